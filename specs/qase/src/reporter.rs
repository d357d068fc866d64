//! Reports a test run while it goes on: starts the run, sends results in the background, attaches files, completes the run.
//!
#![cfg_attr(feature = "async", doc = "```no_run")]
#![cfg_attr(not(feature = "async"), doc = "```ignore")]
//! use qase::reporter::TestReport;
//! use qase::types::{NewResultV2, NewRun, ResultExecution, ResultStatus};
//! use qase::File;
//!
//! # async fn f(client: qase::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let reporter = client.reporter("DEMO").start(NewRun::new("Nightly")).await?;
//! let failed = NewResultV2::new("Sign in", ResultExecution::new(ResultStatus::Failed));
//! reporter.push(TestReport::new(failed).with_file(File::from_path("screen.png")?)).await?;
//! let summary = reporter.finish().await;
//! println!("{summary}"); // run 7: 1 result arrived; the run is complete
//! # Ok(())
//! # }
//! ```
//!
//! Whole files of JUnit XML go with one call, [`send_junit`](Reporting::send_junit). The blocking mode is the same but for
//! `.await`; there a thread of its own sends.
//!
//! # Nothing is lost, nothing comes twice
//!
//! - [`push`](Reporter::push) waits while [more](Reporting::buffer) is under way than should be in memory.
//! - Each result has a key, [`id`](crate::types::NewResultV2::id), under which the service takes it once. So what has met a server
//!   error or a broken connection is sent again: by the client's [`RetryPolicy`](crate::RetryPolicy), and after that
//!   with growing pauses, or those that the service asks for, as long as the reporter is [patient](Reporting::patience).
//! - What the service refuses is in the [`Summary`], with its reasons; the other results go on. So are files that cannot be
//!   uploaded; their results are sent without them.
//! - After a failure that does not pass, `push` gives results back, and the summary has those that were not
//!   sent. [`join`](Reporting::join) and push them later: they have their keys.
//!
//! **Call [`finish`](Reporter::finish).** A reporter that is dropped goes on to send what was pushed, as long as the program (and in
//! the async mode its tokio runtime) lives, but nobody learns how that ended, and the run is not completed.
#![cfg(any(feature = "async", feature = "blocking"))]

mod drive;
pub mod junit;
mod machine;
mod queue;
mod report;
mod start;
mod summary;
#[cfg(all(test, feature = "async", feature = "blocking"))]
mod tests;

pub use drive::Reporter;
pub use report::{Rejected, TestReport};
pub use summary::{JunitFailed, LostFile, Refused, Summary};

use crate::{ApiClient, Mode};
use std::time::Duration;

/// How a run is reported, to be set up and begun: see the [module](self).
#[derive(Clone, Debug)]
#[must_use = "nothing is reported before it is started"]
pub struct Reporting<M: Mode> {
    client: ApiClient<M>,
    project: String,
    settings: Settings,
}

#[derive(Clone, Copy, Debug)]
struct Settings {
    max_results: usize,
    max_bytes: u64,
    interval: Duration,
    patience: Duration,
    keep_open: bool,
}

impl<M: Mode> ApiClient<M> {
    /// Reports a run to a project while it goes on: see the module [`reporter`](crate::reporter).
    pub fn reporter(&self, project: impl Into<String>) -> Reporting<M> {
        let settings = Settings {
            max_results: 1000,
            max_bytes: 32 * 1024 * 1024,
            interval: Duration::from_secs(2),
            patience: Duration::from_secs(300),
            keep_open: false,
        };
        Reporting { client: self.clone(), project: project.into(), settings }
    }
}

impl<M: Mode> Reporting<M> {
    /// How many results wait to be sent at most, and how many bytes they have; 1000 and 32 MiB if not set. Files count as far as
    /// they are in memory. A single result may be larger.
    pub fn buffer(mut self, results: usize, bytes: u64) -> Self {
        self.settings.max_results = results.max(1);
        self.settings.max_bytes = bytes;
        self
    }

    /// How long a result may wait for others to be sent with; 2 seconds if not set.
    pub fn every(mut self, interval: Duration) -> Self {
        self.settings.interval = interval;
        self
    }

    /// How long to wait, all pauses together, for a service that fails or cannot be reached; 5 minutes if not set. It begins anew
    /// whenever something arrives.
    pub fn patience(mut self, time: Duration) -> Self {
        self.settings.patience = time;
        self
    }

    /// Does not complete the run at the end: other reporters go on with it.
    pub fn keep_open(mut self) -> Self {
        self.settings.keep_open = true;
        self
    }
}
