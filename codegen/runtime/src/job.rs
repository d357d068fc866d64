//! Work that goes on after the answer: submitted, then asked for until it is over.

mod error;

pub use error::{JobError, JobErrorKind};

use crate::error::Error;
use crate::operation::{Operation, Progress, Submits};
use crate::request::Request;
use crate::retry::bounded;
use std::time::{Duration, Instant};

/// How often a job is asked for, and how long.
///
/// One second after the answer if nothing else is said, then after twice the time before, but at least every ten seconds; for an
/// hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    first: Duration,
    max: Duration,
    factor: f64,
    timeout: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        let s = Duration::from_secs;
        Self { first: s(1), max: s(10), factor: 2.0, timeout: s(60 * 60) }
    }
}

impl Wait {
    /// The time before the job is asked for the first time.
    #[must_use]
    pub fn first(mut self, time: Duration) -> Self {
        self.first = bounded(time);
        self
    }

    /// The longest time between two questions.
    #[must_use]
    pub fn max(mut self, time: Duration) -> Self {
        self.max = bounded(time);
        self
    }

    /// By how much the time grows from question to question; less than 1 counts as 1.
    #[must_use]
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// When to give up. The job itself goes on.
    #[must_use]
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = bounded(time);
        self
    }

    /// The time that follows this one.
    fn after(&self, time: Duration) -> Duration {
        let grown = time.as_secs_f64() * self.factor.max(1.0);
        Duration::try_from_secs_f64(grown).unwrap_or(self.max).min(self.max)
    }
}

/// A job that is waited for.
struct Watch {
    wait: Wait,
    end: Instant,
    next: Duration,
}

/// What to do about a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Ask again after this time.
    Ask(Duration),
    Return,
    Fail,
    GiveUp,
}

impl Watch {
    fn new(wait: Wait, now: Instant) -> Self {
        Self { wait, end: now + wait.timeout, next: wait.first.min(wait.max) }
    }

    /// What follows an answer; the job is asked for once more when the time is over.
    fn next(&mut self, progress: Progress, now: Instant) -> Next {
        match progress {
            Progress::Done => return Next::Return,
            Progress::Failed => return Next::Fail,
            Progress::Running => {}
        }
        let left = self.end.saturating_duration_since(now);
        if left.is_zero() {
            return Next::GiveUp;
        }
        let wait = self.next.min(left);
        self.next = self.wait.after(self.next);
        Next::Ask(wait)
    }
}

type Outcome<O> = Result<<O as Operation>::Output, JobError<<O as Operation>::Output, <O as Operation>::Fault>>;

/// The question that is to be asked again after a while, or what the job came to.
enum Step<O: Submits> {
    Ask(Duration, O::Poll, O::Output),
    Over(Outcome<O>),
}

impl<O: Submits> Step<O> {
    /// What follows an answer.
    fn of(operation: &O, watch: &mut Watch, job: O::Output, now: Instant) -> Self {
        let failed = |job, kind| Self::Over(Err(JobError::new(&O::INFO, Some(job), kind)));
        match watch.next(O::progress(&job), now) {
            Next::Ask(wait) => match operation.poll(&job) {
                Some(poll) => Self::Ask(wait, poll, job),
                None => failed(job, JobErrorKind::Nameless),
            },
            Next::Return => Self::Over(Ok(job)),
            Next::Fail => failed(job, JobErrorKind::Failed),
            Next::GiveUp => failed(job, JobErrorKind::TimedOut(watch.wait.timeout)),
        }
    }
}

fn call_failed<O: Submits>(error: Error<O::Fault>, known: Option<O::Output>) -> Outcome<O> {
    Err(JobError::new(&O::INFO, known, JobErrorKind::Call(error)))
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::{Outcome, Request, Step, Submits, Wait, Watch, call_failed};
    use crate::mode::Async;

    impl<O: Submits> Request<Async, O> {
        /// Sends the request, and asks for the job that it answers until that is over.
        ///
        /// Dropping the future leaves the job to itself.
        ///
        /// # Errors
        /// When a call fails, the job fails, or it takes too long; what is known of the job is in the error.
        pub async fn send_and_wait(self, wait: Wait) -> Outcome<O> {
            let mut watch = Watch::new(wait, self.client().now());
            let mut answer = self.ask(self.operation()).await;
            let mut known = None;
            loop {
                let job = match answer {
                    Ok(job) => job,
                    Err(error) => return call_failed::<O>(error, known),
                };
                match Step::of(self.operation(), &mut watch, job, self.client().now()) {
                    Step::Over(outcome) => return outcome,
                    Step::Ask(time, poll, job) => {
                        known = Some(job);
                        self.client().sleep(time).await;
                        answer = self.ask(&poll).await;
                    }
                }
            }
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::{Outcome, Request, Step, Submits, Wait, Watch, call_failed};
    use crate::mode::Blocking;

    impl<O: Submits> Request<Blocking, O> {
        /// Sends the request, and asks for the job that it answers until that is over.
        ///
        /// # Errors
        /// When a call fails, the job fails, or it takes too long; what is known of the job is in the error.
        pub fn send_and_wait(self, wait: Wait) -> Outcome<O> {
            let mut watch = Watch::new(wait, self.client().now());
            let mut answer = self.ask(self.operation());
            let mut known = None;
            loop {
                let job = match answer {
                    Ok(job) => job,
                    Err(error) => return call_failed::<O>(error, known),
                };
                match Step::of(self.operation(), &mut watch, job, self.client().now()) {
                    Step::Over(outcome) => return outcome,
                    Step::Ask(time, poll, job) => {
                        known = Some(job);
                        self.client().sleep(time);
                        answer = self.ask(&poll);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    /// The times at which a job is asked for that never ends, in milliseconds; each answer takes `each`.
    fn questions(wait: Wait, each: Duration) -> Vec<u128> {
        let zero = Instant::now();
        let mut watch = Watch::new(wait, zero);
        let (mut now, mut asked) = (zero + each, Vec::new());
        while let Next::Ask(time) = watch.next(Progress::Running, now) {
            now += time;
            asked.push((now - zero).as_millis());
            now += each;
        }
        asked
    }

    #[test]
    fn sequences() {
        let short = Wait::default().timeout(ms(40_000));
        let table: [(Wait, Duration, &[u128]); 8] = [
            (short, ms(0), &[1_000, 3_000, 7_000, 15_000, 25_000, 35_000, 40_000]),
            (short, ms(500), &[1_500, 4_000, 8_500, 17_000, 27_500, 38_000, 40_000]),
            (short.first(ms(30_000)).max(ms(15_000)), ms(0), &[15_000, 30_000, 40_000]),
            (short.first(ms(10_000)).factor(0.1), ms(0), &[10_000, 20_000, 30_000, 40_000]),
            (short.first(ms(10_000)).factor(f64::NAN), ms(0), &[10_000, 20_000, 30_000, 40_000]),
            (short.first(ms(10_000)).factor(f64::INFINITY).max(ms(20_000)), ms(0), &[10_000, 30_000, 40_000]),
            (short.factor(1.5).timeout(ms(6_000)), ms(0), &[1_000, 2_500, 4_750, 6_000]),
            (short.timeout(ms(0)), ms(0), &[]),
        ];
        for (wait, each, expected) in table {
            assert_eq!(questions(wait, each), expected, "{wait:?}, answers after {each:?}");
        }
        let hour = questions(Wait::default(), ms(0));
        assert_eq!(hour.last(), Some(&3_600_000), "an hour if nothing else is said");
    }

    #[test]
    fn ends() {
        let now = Instant::now();
        let mut watch = Watch::new(Wait::default().timeout(ms(0)), now);
        assert_eq!(watch.next(Progress::Done, now), Next::Return, "done is done, however late");
        assert_eq!(watch.next(Progress::Failed, now), Next::Fail);
        assert_eq!(watch.next(Progress::Running, now), Next::GiveUp);
        assert!(matches!(Watch::new(Wait::default().timeout(Duration::MAX), now).next(Progress::Running, now), Next::Ask(_)));
    }
}
