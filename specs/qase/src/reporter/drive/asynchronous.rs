//! The async mode: a task sends.

use super::{JunitFailed, JunitReader, NewRun, PANICKED, Reporter, Reporting, Sender, State, Step, Summary};
use crate::reporter::start::StartRun;
use crate::reporter::{Rejected, TestReport};
use crate::{Async, ConfigError, Error};
use std::io::BufRead;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tms_runtime::codegen::spawn;

impl Reporting<Async> {
    /// Starts a run and reports it.
    ///
    /// # Errors
    /// When the run cannot be started, or outside of a tokio runtime.
    pub async fn start(self, run: NewRun) -> Result<Reporter<Async>, Error> {
        let started = self.client.send(&StartRun::new(&self.project, run)).await?;
        Ok(self.join(started.id)?)
    }

    /// Goes on with a run that is there.
    ///
    /// # Errors
    /// Outside of a tokio runtime.
    pub fn join(self, run: i64) -> Result<Reporter<Async>, ConfigError> {
        let sender = Sender::of(&self, run);
        let queue = Arc::clone(&sender.queue);
        drop(spawn(sender.work())?);
        Ok(Reporter::new(self.project, run, queue))
    }

    /// Starts a run, sends a file of JUnit XML to it, and completes it.
    ///
    /// The file is read piece by piece, on this task; files on disk are fast enough for that.
    ///
    /// # Errors
    /// When the run cannot be started, or the file cannot be read. What becomes of the results is in the summary; after a
    /// failure that does not pass, the file is not read on behind the last of those that were not sent.
    pub async fn send_junit(self, run: NewRun, file: impl BufRead) -> Result<Summary, JunitFailed> {
        let mut tests = JunitReader::new(file).peekable();
        if let Some(Err(error)) = tests.next_if(Result::is_err) {
            return Err(JunitFailed::Read(error, None));
        }
        let reporter = self.start(run).await.map_err(JunitFailed::Start)?;
        for test in tests {
            let test = match test {
                Ok(test) => test,
                Err(error) => return Err(JunitFailed::Read(error, Some(Box::new(reporter.end(false).await)))),
            };
            if let Err(Rejected(report)) = reporter.push(test).await {
                let mut summary = reporter.end(false).await;
                summary.unsent.push(*report);
                return Ok(summary);
            }
        }
        Ok(reporter.finish().await)
    }
}

impl Reporter<Async> {
    /// Takes a result, to be sent in the background; waits while too many are.
    ///
    /// # Errors
    /// When the reporter has given up. The error holds the result.
    pub async fn push(&self, report: impl Into<TestReport>) -> Result<(), Rejected> {
        let report = self.keyed(report);
        let bytes = report.bytes();
        let mut report = Some(report);
        self.queue.wait(|state| state.push(&mut report, bytes)).await.map_err(Rejected)
    }

    /// Waits until everything is sent, completes the run, and tells how it went.
    pub async fn finish(self) -> Summary {
        self.end(true).await
    }

    async fn end(self, complete: bool) -> Summary {
        self.queue.change(|state| state.close(complete));
        self.queue.wait(State::summary).await.expect(PANICKED)
    }
}

impl Sender<Async> {
    async fn work(self) {
        let mut machine = self.machine();
        loop {
            match machine.next() {
                Step::Fetch => {
                    self.queue.wait(|state| state.has_work().then_some(())).await;
                    self.linger(self.settings.interval).await;
                    self.fetched(&mut machine);
                }
                Step::Upload(files) => machine.uploaded(self.upload(files).send().await),
                Step::Send(results) => machine.sent(self.bulk(results).send().await),
                Step::Pause(time) => self.client.runtime.sleep(time).await,
                Step::Complete => machine.completed(self.complete().send().await),
                Step::Look => machine.looked(self.look().send().await),
                Step::End => return self.end(machine),
            }
        }
    }

    /// Waits so long for more results, or until there are enough.
    async fn linger(&self, time: Duration) {
        let mut due = pin!(self.queue.wait(|state| state.is_due().then_some(())));
        let mut over = self.client.runtime.sleep(time);
        let either = std::future::poll_fn(|context| match due.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending => over.as_mut().poll(context),
        });
        either.await;
    }
}
