//! The blocking mode: a thread sends.

use super::{JunitFailed, JunitReader, NewRun, PANICKED, Reporter, Reporting, Sender, State, Step, Summary};
use crate::reporter::start::StartRun;
use crate::reporter::{Rejected, TestReport};
use crate::{Blocking, Error};
use std::io::BufRead;
use std::sync::Arc;
use std::thread;

impl Reporting<Blocking> {
    /// Starts a run and reports it.
    ///
    /// # Errors
    /// When the run cannot be started.
    pub fn start(self, run: NewRun) -> Result<Reporter<Blocking>, Error> {
        let started = self.client.send(&StartRun::new(&self.project, run))?;
        Ok(self.join(started.id))
    }

    /// Goes on with a run that is there.
    pub fn join(self, run: i64) -> Reporter<Blocking> {
        let sender = Sender::of(&self, run);
        let queue = Arc::clone(&sender.queue);
        thread::spawn(move || sender.work());
        Reporter::new(self.project, run, queue)
    }

    /// Starts a run, sends a file of JUnit XML to it, and completes it.
    ///
    /// # Errors
    /// When the run cannot be started, or the file cannot be read. What becomes of the results is in the summary; after a
    /// failure that does not pass, the file is not read on behind the last of those that were not sent.
    pub fn send_junit(self, run: NewRun, file: impl BufRead) -> Result<Summary, JunitFailed> {
        let mut tests = JunitReader::new(file).peekable();
        if let Some(Err(error)) = tests.next_if(Result::is_err) {
            return Err(JunitFailed::Read(error, None));
        }
        let reporter = self.start(run).map_err(JunitFailed::Start)?;
        for test in tests {
            let test = match test {
                Ok(test) => test,
                Err(error) => return Err(JunitFailed::Read(error, Some(Box::new(reporter.end(false))))),
            };
            if let Err(Rejected(report)) = reporter.push(test) {
                let mut summary = reporter.end(false);
                summary.unsent.push(*report);
                return Ok(summary);
            }
        }
        Ok(reporter.finish())
    }
}

impl Reporter<Blocking> {
    /// Takes a result, to be sent in the background; waits while too many are.
    ///
    /// # Errors
    /// When the reporter has given up. The error holds the result.
    pub fn push(&self, report: impl Into<TestReport>) -> Result<(), Rejected> {
        let report = self.keyed(report);
        let bytes = report.bytes();
        let mut report = Some(report);
        self.queue.wait_blocking(|state| state.push(&mut report, bytes)).map_err(Rejected)
    }

    /// Waits until everything is sent, completes the run, and tells how it went.
    pub fn finish(self) -> Summary {
        self.end(true)
    }

    fn end(self, complete: bool) -> Summary {
        self.queue.change(|state| state.close(complete));
        self.queue.wait_blocking(State::summary).expect(PANICKED)
    }
}

impl Sender<Blocking> {
    fn work(self) {
        let mut machine = self.machine();
        loop {
            match machine.next() {
                Step::Fetch => {
                    self.queue.wait_blocking(|state| state.has_work().then_some(()));
                    self.queue.wait_blocking_for(self.settings.interval, |state| state.is_due().then_some(()));
                    self.fetched(&mut machine);
                }
                Step::Upload(files) => machine.uploaded(self.upload(files).send()),
                Step::Send(results) => machine.sent(self.bulk(results).send()),
                Step::Pause(time) => self.client.runtime.sleep(time),
                Step::Complete => machine.completed(self.complete().send()),
                Step::Look => machine.looked(self.look().send()),
                Step::End => return self.end(machine),
            }
        }
    }
}
