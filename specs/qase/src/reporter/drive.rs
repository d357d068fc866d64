//! What carries out what the state machine says, in both modes.

use super::junit::JunitReader;
use super::machine::{Machine, Step};
use super::queue::{Queue, State};
use super::summary::{JunitFailed, Summary};
use super::{Reporting, Settings, TestReport};
use crate::bulk::{Bulk, Keys};
use crate::types::{AttachmentUpload, NewResultV2, NewRun};
use crate::{ApiClient, File, Mode, attachments, runs};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A run being reported: see the [module](super).
#[must_use = "without `finish` nobody learns what has not arrived"]
pub struct Reporter<M: Mode> {
    project: String,
    run: i64,
    keys: Mutex<Keys>,
    queue: Arc<Queue>,
    mode: std::marker::PhantomData<M>,
}

impl<M: Mode> Reporter<M> {
    fn new(project: String, run: i64, queue: Arc<Queue>) -> Self {
        Self { project, run, keys: Mutex::new(Keys::new(run)), queue, mode: std::marker::PhantomData }
    }

    /// Code of the project.
    #[must_use]
    pub fn project(&self) -> &str {
        &self.project
    }

    /// Number of the run.
    #[must_use]
    pub fn run(&self) -> i64 {
        self.run
    }

    fn keyed(&self, report: impl Into<TestReport>) -> TestReport {
        let TestReport { result, files } = report.into();
        // Whoever panics while he holds the lock has changed nothing yet.
        let result = self.keys.lock().unwrap_or_else(PoisonError::into_inner).keyed(result);
        TestReport { result, files }
    }
}

/// What was pushed is still sent; see the [module](super).
impl<M: Mode> Drop for Reporter<M> {
    fn drop(&mut self) {
        self.queue.change(|state| state.close(false));
    }
}

impl<M: Mode> fmt::Debug for Reporter<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reporter(run {} of {})", self.run, self.project)
    }
}

/// Who sends, in the background.
struct Sender<M: Mode> {
    client: ApiClient<M>,
    project: String,
    run: i64,
    settings: Settings,
    queue: Arc<Queue>,
}

impl<M: Mode> Sender<M> {
    fn of(reporting: &Reporting<M>, run: i64) -> Self {
        let Reporting { client, project, settings } = reporting.clone();
        Self { client, project, run, settings, queue: Arc::new(Queue::new(settings)) }
    }

    fn machine(&self) -> Machine {
        Machine::new(self.settings, Summary::new(self.project.clone(), self.run))
    }

    /// Uploading a file twice leaves one that nobody refers to.
    fn upload(&self, files: Vec<File>) -> tms_runtime::Request<M, attachments::Upload> {
        self.client.runtime.request(attachments::Upload::new(&self.project, AttachmentUpload::new(files))).repeatable()
    }

    fn bulk(&self, results: Vec<NewResultV2>) -> Bulk<M, NewResultV2> {
        self.client.results_v2(&self.project, self.run).create_all(results)
    }

    fn complete(&self) -> tms_runtime::Request<M, runs::Complete> {
        self.client.runtime.request(runs::Complete::new(&self.project, self.run)).repeatable()
    }

    fn look(&self) -> tms_runtime::Request<M, runs::Get> {
        self.client.runtime.request(runs::Get::new(&self.project, self.run))
    }

    fn fetched(&self, machine: &mut Machine) {
        let (reports, phase) = self.queue.change(|state| (state.take(), state.phase()));
        machine.fetched(reports, phase);
    }

    fn end(&self, machine: Machine) {
        let waiting = if machine.has_given_up() { self.queue.change(State::give_up) } else { Vec::new() };
        self.queue.change(|state| state.end(machine.end(waiting)));
    }
}

/// However the sender ends, nobody waits for it any longer.
impl<M: Mode> Drop for Sender<M> {
    fn drop(&mut self) {
        self.queue.change(State::leave);
    }
}

/// Nobody has a summary of a sender that panicked.
const PANICKED: &str = "what sends in the background has panicked";

#[cfg(feature = "async")]
mod asynchronous;
#[cfg(feature = "blocking")]
mod blocking;
