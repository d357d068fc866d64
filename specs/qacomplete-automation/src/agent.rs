//! The agent loop: waits for runs, has them run, and reports how they went.
//!
//! An agent is a program on a test host. [`find_or_register`](crate::hosts::Hosts::find_or_register) makes the computer a host
//! with the login of a user; [`as_host`](crate::ApiClient::as_host) goes on with the number and the security token of the host;
//! [`AgentLoop`] asks for runs that wait, downloads the script of each test, hands it to a [`Runner`], reports how the test went,
//! and uploads its log and its report. What runs a test is up to you: a type that is a [`Runner`], or a function like one.
//!
#![cfg_attr(feature = "async", doc = "```no_run")]
#![cfg_attr(not(feature = "async"), doc = "```ignore")]
//! use qacomplete_automation::agent::{BoxError, Job, Stop, TestResult};
//! use qacomplete_automation::types::{Agent, NewHost, Outcome};
//! use qacomplete_automation::{Client, File};
//!
//! async fn run(job: Job) -> Result<TestResult, BoxError> {
//!     job.script.save_to("script.zip").await?;
//!     // Whatever runs the script goes here.
//!     Ok(TestResult::new(Outcome::Passed).with_log(File::from_path("log.xml")?))
//! }
//!
//! # async fn f() -> Result<(), Box<dyn std::error::Error>> {
//! let user = Client::builder().login("user@example.com", std::env::var("QACOMPLETE_PASSWORD")?).build()?;
//! let new = NewHost::new("RACK11-W7X64", "x64, firefox, chrome").with_agents(vec![Agent::JUnit]).with_is_active(true);
//! let host = user.hosts().find_or_register(new).await?;
//!
//! // `stop.stop()`, from wherever it is called, ends the loop.
//! let stop = Stop::new();
//! let agent = user.as_host(&host)?.agent(Agent::JUnit).stop(&stop).on_event(|event| eprintln!("{event}"));
//! agent.run(run).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The blocking mode is the same but for `.await`, with [`blocking::Runner`](mod@blocking):
//!
#![cfg_attr(feature = "blocking", doc = "```no_run")]
#![cfg_attr(not(feature = "blocking"), doc = "```ignore")]
//! use qacomplete_automation::agent::{BoxError, TestResult, blocking::Job};
//! use qacomplete_automation::types::{Agent, Outcome};
//!
//! fn run(mut job: Job) -> Result<TestResult, BoxError> {
//!     // The script is a `Read`, too.
//!     let bytes = std::io::copy(&mut job.script, &mut std::io::sink())?;
//!     Ok(TestResult::new(if bytes > 0 { Outcome::Passed } else { Outcome::Blocked }))
//! }
//!
//! # fn f(user: &qacomplete_automation::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let host = user.hosts().find("RACK11-W7X64").send()?;
//! user.as_host(&host)?.agent(Agent::JUnit).run(run)?;
//! # Ok(())
//! # }
//! ```
//!
//! # What becomes of a test
//!
//! Tests are run one after the other, run by run, in order; the list is read again when there is nothing left to do, and then
//! every [interval](AgentLoop::every). Calls are repeated by the client's [`RetryPolicy`](crate::RetryPolicy). What still fails is
//! told as an [`Event`] and ends nothing but the work it belongs to:
//!
//! | what failed | what follows |
//! |---|---|
//! | reading the list, and it may pass | the list is read again after the interval |
//! | reading the list, and it will not pass: wrong token, no such host | the loop ends with the error |
//! | the download, and it may pass | the run goes on from this test when the list is read next |
//! | the download, and it will not pass; the [`Runner`] | the test is reported as `Blocked` |
//! | the report, and it may pass | the test is not run again, but reported when the list is read next; then the run goes on |
//! | the report, and it will not pass | the test is left alone |
//! | an upload | nothing |
//!
//! When a test fails that is to stop its run, those behind it are reported as `Skipped`. A test that was reported is not run again
//! as long as its run is in the list; after the run was gone from it, it is.
//!
//! The service cannot be told that a run has begun. Two agents on one host would both run it, and an agent that is started again
//! begins its runs anew.
#![cfg(any(feature = "async", feature = "blocking"))]

mod drive;
mod event;
mod host;
mod job;
mod machine;
mod stop;
#[cfg(all(test, feature = "async", feature = "blocking"))]
mod tests;

pub use event::{Event, Task};
pub use host::HostClient;
#[cfg(feature = "async")]
pub use job::Runner;
pub use job::{BoxError, Job, Place, TestResult};
pub use stop::{Stop, Stopped};

use crate::Mode;
use crate::types;
use std::fmt;
use std::time::Duration;

/// What the blocking mode has of its own.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use super::job::BlockingRunner as Runner;

    /// A test to be run, in the blocking mode.
    pub type Job = super::Job<crate::Blocking>;
}

/// How often the list of waiting runs is read; the reference suggests it.
const INTERVAL: Duration = Duration::from_secs(60);

/// The agent loop of a host, to be set up and run: see the [module](self).
#[must_use = "an agent loop does nothing until it is run"]
pub struct AgentLoop<M: Mode> {
    host: HostClient<M>,
    agent: types::Agent,
    interval: Duration,
    stop: Stop,
    on_event: Box<dyn FnMut(Event) + Send>,
}

impl<M: Mode> AgentLoop<M> {
    fn new(host: HostClient<M>, agent: types::Agent) -> Self {
        Self { host, agent, interval: INTERVAL, stop: Stop::new(), on_event: Box::new(|_| {}) }
    }

    /// How long to wait before the list of waiting runs is read again. A minute if not set.
    pub fn every(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// What ends the loop. Without it, the loop runs until the list can no longer be read.
    ///
    /// Waiting ends at once. A test that is running is not disturbed, and its result is still reported with log and report; no
    /// other test is begun.
    pub fn stop(mut self, stop: &Stop) -> Self {
        self.stop = stop.clone();
        self
    }

    /// What is told of everything that happens, of failures above all.
    pub fn on_event(mut self, on_event: impl FnMut(Event) + Send + 'static) -> Self {
        self.on_event = Box::new(on_event);
        self
    }
}

impl<M: Mode> fmt::Debug for AgentLoop<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, agent, interval, .. } = self;
        f.debug_struct("AgentLoop").field("host", host).field("agent", agent).field("interval", interval).finish_non_exhaustive()
    }
}
