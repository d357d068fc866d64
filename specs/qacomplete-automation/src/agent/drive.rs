//! What carries out what the state machine says, in both modes.

use super::job::{self, BoxError, Clock, Job, Place, TestResult};
use super::machine::{Machine, Step, Trouble};
use super::{AgentLoop, Event, Task};
use crate::types::{ItemReport, LogUpload, ReportUpload, Run};
use crate::{Error, File, Mode, Request, runs};

impl<M: Mode> AgentLoop<M> {
    fn script(&self, place: Place) -> Request<M, runs::Script> {
        self.host.runs().script(place.run, place.sequence_number, self.agent.clone())
    }

    fn report(&self, place: Place, report: ItemReport) -> Request<M, runs::Report> {
        self.host.runs().report(place.run, place.sequence_number, report)
    }

    fn upload_log(&self, place: Place, log: File) -> Request<M, runs::UploadLog> {
        self.host.runs().upload_log(place.run, place.sequence_number, LogUpload::new(log))
    }

    fn upload_report(&self, place: Place, report: File) -> Request<M, runs::UploadReport> {
        self.host.runs().upload_report(place.run, place.sequence_number, ReportUpload::new(report))
    }

    fn polled(&mut self, machine: &mut Machine, runs: Result<Vec<Run>, Error>) -> Result<(), Error> {
        match runs {
            Ok(runs) => {
                let tests = machine.polled(runs);
                (self.on_event)(Event::Polled { tests });
            }
            Err(error) if Trouble::of(&error) == Trouble::Final => return Err(error),
            Err(error) => self.failed(Task::Poll, None, error),
        }
        Ok(())
    }

    fn began(&mut self, place: Place) -> Clock {
        (self.on_event)(Event::Began(place));
        Clock::start()
    }

    fn ran(&mut self, machine: &mut Machine, place: Place, clock: &Clock, result: Result<TestResult, BoxError>) {
        machine.ran(result.map(|result| result.timed(clock)).map_err(|error| {
            let trouble = if job::may_pass(&error) { Trouble::Passing } else { Trouble::Final };
            self.failed(Task::Run, Some(place), error);
            trouble
        }));
    }

    fn without_script(&mut self, machine: &mut Machine, place: Place, error: Error) {
        machine.ran(Err(Trouble::of(&error)));
        self.failed(Task::Script, Some(place), error);
    }

    fn reported<T>(&mut self, machine: &mut Machine, place: Place, report: ItemReport, answer: Result<T, Error>) {
        machine.reported(answer.as_ref().map(|_| ()).map_err(Trouble::of));
        match (answer, report.status) {
            (Ok(_), Some(outcome)) => (self.on_event)(Event::Reported(place, outcome)),
            (Ok(_), None) => {}
            (Err(error), _) => self.failed(Task::Report, Some(place), error),
        }
    }

    fn uploaded(&mut self, task: Task, place: Place, answer: Result<(), Error>) {
        if let Err(error) = answer {
            self.failed(task, Some(place), error);
        }
    }

    fn failed(&mut self, task: Task, place: Option<Place>, error: impl Into<BoxError>) {
        (self.on_event)(Event::Failed { task, place, error: error.into() });
    }
}

#[cfg(feature = "async")]
impl AgentLoop<crate::Async> {
    /// Runs until it is stopped. Dropping the future ends it, too, wherever it is.
    ///
    /// # Errors
    /// When the list of waiting runs cannot be read, and that will not pass.
    pub async fn run(mut self, mut runner: impl super::Runner) -> Result<(), Error> {
        let mut machine = Machine::new(self.interval);
        loop {
            match machine.next(self.stop.is_stopped()) {
                Step::Poll => {
                    let runs = self.host.waiting().await;
                    self.polled(&mut machine, runs)?;
                }
                Step::Wait(time) => self.host.pause(time, self.stop.stopped()).await,
                Step::Run(place, item) => match self.script(place).download().await {
                    Ok(script) => {
                        let clock = self.began(place);
                        let result = runner.run(Job::new(place, item, script)).await;
                        self.ran(&mut machine, place, &clock, result);
                    }
                    Err(error) => self.without_script(&mut machine, place, error),
                },
                Step::Report(place, report) => {
                    let answer = self.report(place, report.clone()).send().await;
                    self.reported(&mut machine, place, report, answer);
                }
                Step::UploadLog(place, log) => {
                    let answer = self.upload_log(place, log).send().await;
                    self.uploaded(Task::UploadLog, place, answer);
                }
                Step::UploadReport(place, report) => {
                    let answer = self.upload_report(place, report).send().await;
                    self.uploaded(Task::UploadReport, place, answer);
                }
                Step::End => return Ok(()),
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl AgentLoop<crate::Blocking> {
    /// Runs until it is stopped.
    ///
    /// # Errors
    /// When the list of waiting runs cannot be read, and that will not pass.
    pub fn run(mut self, mut runner: impl super::blocking::Runner) -> Result<(), Error> {
        let mut machine = Machine::new(self.interval);
        loop {
            match machine.next(self.stop.is_stopped()) {
                Step::Poll => {
                    let runs = self.host.runs().current().items().collect();
                    self.polled(&mut machine, runs)?;
                }
                Step::Wait(time) => {
                    let _stopped = self.stop.wait(time);
                }
                Step::Run(place, item) => match self.script(place).download() {
                    Ok(script) => {
                        let clock = self.began(place);
                        let result = runner.run(Job::new(place, item, script));
                        self.ran(&mut machine, place, &clock, result);
                    }
                    Err(error) => self.without_script(&mut machine, place, error),
                },
                Step::Report(place, report) => {
                    let answer = self.report(place, report.clone()).send();
                    self.reported(&mut machine, place, report, answer);
                }
                Step::UploadLog(place, log) => {
                    let answer = self.upload_log(place, log).send();
                    self.uploaded(Task::UploadLog, place, answer);
                }
                Step::UploadReport(place, report) => {
                    let answer = self.upload_report(place, report).send();
                    self.uploaded(Task::UploadReport, place, answer);
                }
                Step::End => return Ok(()),
            }
        }
    }
}
