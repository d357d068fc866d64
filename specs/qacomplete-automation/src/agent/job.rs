//! What is run, what runs it, and what comes of it.

use crate::types::{Errors, ItemReport, Outcome, RunItem, StepResult};
use crate::{Async, DateTime, Download, Error, File, Mode};
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Where a test stands: in which run, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// Number of the run.
    pub run: i64,
    /// Place of the test in its set, from 1; 1 if it is run alone.
    pub sequence_number: i64,
}

impl Place {
    pub(super) fn new(run: i64, sequence_number: i64) -> Self {
        Self { run, sequence_number }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "run {}, test {}", self.run, self.sequence_number)
    }
}

/// A test to be run, in the async mode if nothing else is said: see [`blocking::Job`](mod@super::blocking).
#[derive(Debug)]
#[non_exhaustive]
pub struct Job<M: Mode = Async> {
    /// Where the test stands.
    pub place: Place,
    /// The test as the list has it.
    pub item: RunItem,
    /// The script, usually a zip archive. It comes while it is read: save it to a file, or read it piece by piece.
    pub script: Download<M, Errors>,
}

impl<M: Mode> Job<M> {
    pub(super) fn new(place: Place, item: RunItem, script: Download<M, Errors>) -> Self {
        Self { place, item, script }
    }
}

/// What runs tests: a type of your own, or a function that takes a [`Job`].
///
#[cfg_attr(feature = "async", doc = "```")]
#[cfg_attr(not(feature = "async"), doc = "```ignore")]
/// use qacomplete_automation::agent::{BoxError, Job, Runner, TestResult};
/// use qacomplete_automation::types::Outcome;
///
/// struct Counting(u32);
///
/// impl Runner for Counting {
///     async fn run(&mut self, job: Job) -> Result<TestResult, BoxError> {
///         self.0 += 1;
///         job.script.save_to(format!("script-{}.zip", self.0)).await?;
///         Ok(TestResult::new(Outcome::Passed))
///     }
/// }
/// ```
#[cfg(feature = "async")]
pub trait Runner: Send {
    /// Runs a test.
    ///
    /// A test that fails is a result, not an error. Errors are for tests that could not be run: they are reported as `Blocked`,
    /// unless the error is, or comes from, one of the client's own that may pass; then the test is run when the list is read next.
    fn run(&mut self, job: Job) -> impl Future<Output = Result<TestResult, BoxError>> + Send;
}

#[cfg(feature = "async")]
impl<F, R> Runner for F
where
    F: FnMut(Job) -> R + Send,
    R: Future<Output = Result<TestResult, BoxError>> + Send,
{
    fn run(&mut self, job: Job) -> impl Future<Output = Result<TestResult, BoxError>> + Send {
        self(job)
    }
}

/// What runs tests: a type of your own, or a function that takes a [`Job`](super::blocking::Job).
#[cfg(feature = "blocking")]
pub trait BlockingRunner {
    /// Runs a test.
    ///
    /// A test that fails is a result, not an error. Errors are for tests that could not be run: they are reported as `Blocked`,
    /// unless the error is, or comes from, one of the client's own that may pass; then the test is run when the list is read next.
    ///
    /// # Errors
    /// When the test could not be run.
    fn run(&mut self, job: super::blocking::Job) -> Result<TestResult, BoxError>;
}

#[cfg(feature = "blocking")]
impl<F: FnMut(super::blocking::Job) -> Result<TestResult, BoxError>> BlockingRunner for F {
    fn run(&mut self, job: super::blocking::Job) -> Result<TestResult, BoxError> {
        self(job)
    }
}

/// How a test went.
///
/// When it began and ended, and how long it took, the loop adds unless it is there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestResult {
    /// What is reported.
    pub item: ItemReport,
    /// The log of the test runner, `.xml` or `.tcLogX`, to be uploaded.
    pub log: Option<File>,
    /// A report for people, `.mht`, to be uploaded.
    pub report: Option<File>,
}

impl TestResult {
    /// A result without log and report.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        ItemReport::default().with_status(outcome).into()
    }

    /// Sets how the steps went; they may differ from those the test was written with.
    #[must_use]
    pub fn with_steps(mut self, steps: impl Into<Vec<StepResult>>) -> Self {
        self.item.test_run_results = Some(steps.into());
        self
    }

    /// Sets [`log`](Self::log).
    #[must_use]
    pub fn with_log(mut self, log: File) -> Self {
        self.log = Some(log);
        self
    }

    /// Sets [`report`](Self::report).
    #[must_use]
    pub fn with_report(mut self, report: File) -> Self {
        self.report = Some(report);
        self
    }

    /// Adds when it began and ended.
    pub(super) fn timed(mut self, clock: &Clock) -> Self {
        let took = clock.instant.elapsed();
        let item = &mut self.item;
        item.date_started.get_or_insert_with(|| moment(clock.begun));
        item.date_finished.get_or_insert_with(|| moment(clock.begun + took));
        item.run_time.get_or_insert_with(|| i64::try_from(took.as_secs()).unwrap_or(i64::MAX));
        self
    }
}

impl From<ItemReport> for TestResult {
    fn from(item: ItemReport) -> Self {
        Self { item, log: None, report: None }
    }
}

/// When a test began, by the date and by a clock that nobody sets.
pub(super) struct Clock {
    begun: SystemTime,
    instant: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { begun: SystemTime::now(), instant: Instant::now() }
    }
}

/// In milliseconds: the overview shows no more.
fn moment(time: SystemTime) -> DateTime {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let thousandths = Duration::new(since.as_secs(), since.subsec_millis() * 1_000_000);
    UNIX_EPOCH.checked_add(thousandths).unwrap_or(time).into()
}

/// Whether what a runner failed with may pass: whether the client's own error is behind it, and that may pass.
pub(super) fn may_pass(error: &BoxError) -> bool {
    let mut error: Option<&(dyn StdError + 'static)> = Some(error.as_ref());
    while let Some(this) = error {
        if let Some(own) = this.downcast_ref::<Error>() {
            return own.is_retryable();
        }
        // What an `io::Error` holds is not what it calls its source.
        let held = this.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        error = held.map(|held| held as &(dyn StdError + 'static)).or_else(|| this.source());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_added() {
        let begun = UNIX_EPOCH + Duration::new(1_432_637_661, 93_456_789);
        let clock = Clock { begun, instant: Instant::now() };
        let ItemReport { date_started, date_finished, run_time, .. } = TestResult::new(Outcome::Passed).timed(&clock).item;
        assert_eq!(date_started, Some("2015-05-26T10:54:21.093Z".into()));
        let finished = date_finished.and_then(|date| date.system_time()).expect("no end");
        assert!(finished + Duration::from_millis(1) > begun, "{finished:?}");
        assert_eq!(run_time, Some(0));
    }

    #[test]
    fn times_that_are_there_stay() {
        let item = ItemReport::default().with_date_started("a").with_date_finished("b").with_run_time(12);
        assert_eq!(TestResult::from(item.clone()).timed(&Clock::start()).item, item);
    }
}
