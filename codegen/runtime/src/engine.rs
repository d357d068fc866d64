//! One call, from the request to the final answer: attempts, waits, redirects and deadlines as a state machine without I/O,
//! and the two loops that carry out what it says.

use crate::client::Core;
use crate::error::{CallError, Failure, TimeoutError, TransportError, TransportErrorKind};
use crate::operation::Info;
use crate::rate::Turn;
use crate::raw::{Context, Raw};
use crate::redirect::{self, Redirect};
use crate::retry::{self, Next, Outcome, RetryPolicy};
use crate::secret::Redaction;
use crate::trace::Trace;
use crate::transport::Limits;
use bytes::Bytes;
use http::{StatusCode, Uri};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// What is to be sent, and by which rules.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) info: &'static Info,
    pub(crate) request: http::Request<Bytes>,
    /// What must not be shown of the answer.
    pub(crate) redaction: Redaction,
    /// Whether an answer is an envelope, in which the service says what failed.
    #[cfg(feature = "soap")]
    pub(crate) soap: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) policy: RetryPolicy,
}

impl Plan {
    /// Whether the service itself decided so: asked again it would say the same.
    #[cfg(feature = "soap")]
    fn is_final(&self, raw: &Raw) -> bool {
        self.soap && !retry::may_pass(raw.status(), true) && crate::soap::speaks_of_fault(raw)
    }

    #[cfg(not(feature = "soap"))]
    fn is_final(&self, _raw: &Raw) -> bool {
        false
    }
}

/// What to do next.
enum Step {
    Wait(Duration),
    Send(http::Request<Bytes>, Limits),
    Done(Result<Raw, Failure>),
}

/// When something happened, and a random number from 0 to 1 to go with it.
struct Moment {
    now: Instant,
    date: SystemTime,
    jitter: f64,
}

impl Moment {
    fn at(now: Instant) -> Self {
        // The standard library seeds its hash maps at random: enough to keep clients apart, and no further dependency.
        let random = RandomState::new().hash_one(now) >> 32;
        let jitter = u32::try_from(random).map_or(0.0, |random| f64::from(random) / f64::from(u32::MAX));
        Self { now, date: SystemTime::now(), jitter }
    }
}

/// A call under way.
struct Run {
    core: Arc<Core>,
    plan: Plan,
    trace: Trace,
    deadline: Option<Instant>,
    attempts: u32,
    /// Where redirects of this attempt led, and how many there were.
    redirected: Option<(Uri, u32)>,
    turn: Option<Turn>,
    /// What the last attempt brought: the outcome of the call if there is no time for another.
    last: Option<Result<Raw, Failure>>,
}

impl Run {
    fn new(core: Arc<Core>, plan: Plan, now: Instant) -> Self {
        Self {
            trace: Trace::call(plan.info),
            deadline: plan.timeout.and_then(|timeout| now.checked_add(timeout)),
            core,
            plan,
            attempts: 0,
            redirected: None,
            turn: None,
            last: None,
        }
    }

    /// Sends as soon as the rate limit allows.
    fn go(&mut self, now: Instant) -> Step {
        let mut turn = self.turn.take().unwrap_or_else(|| self.core.turns.take(now));
        let wait = turn.wait(now);
        if wait.is_zero() {
            turn.spend();
            return self.send(now);
        }
        if self.is_too_late(now, wait) {
            let last = self.last.take();
            return self.done(last.unwrap_or_else(|| Err(self.timed_out(self.plan.timeout.unwrap_or_default()))));
        }
        self.turn = Some(turn);
        Step::Wait(wait)
    }

    fn send(&mut self, now: Instant) -> Step {
        let mut request = self.plan.request.clone();
        match &self.redirected {
            Some((target, _)) => request.uri_mut().clone_from(target),
            None => self.attempts += 1,
        }
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(now));
        let timeout = [left, self.core.attempt_timeout].into_iter().flatten().min();
        Step::Send(request, Limits { timeout, max_body: self.core.max_response_bytes })
    }

    /// What follows an exchange.
    fn answered(&mut self, outcome: Result<http::Response<Bytes>, TransportError>, moment: &Moment) -> Step {
        match outcome {
            Ok(response) => self.answer(response, moment),
            Err(error) => self.failure(error, moment),
        }
    }

    fn answer(&mut self, response: http::Response<Bytes>, moment: &Moment) -> Step {
        let status = response.status();
        let request = &self.plan.request;
        let (from, hops) = self.redirected.as_ref().map_or((request.uri(), 0), |(target, hops)| (target, *hops));
        let note = match redirect::decide(request.method(), from, hops, status, response.headers()) {
            Redirect::Follow(target) => {
                self.redirected = Some((target, hops + 1));
                return self.go(moment.now);
            }
            Redirect::Refuse(why) => Some(why.into_boxed_str()),
            Redirect::No => None,
        };
        let asked = retry::retry_after(response.headers(), moment.date);
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.pause(asked, moment.now);
        }
        let context = Context { redaction: self.plan.redaction.clone(), attempts: self.attempts, note };
        let raw = Raw::with_context(self.plan.info, response, context);
        if !status.is_success() && self.plan.is_final(&raw) {
            return self.done(Ok(raw));
        }
        self.decide(Ok(raw), Outcome::Answer(status, asked), moment)
    }

    /// Holds back all clones of the client as long as the server asks, within reason.
    fn pause(&self, asked: Option<Duration>, now: Instant) {
        let pause = asked.or(self.core.turns.period()).map(|pause| pause.min(self.plan.policy.longest()));
        if let Some(until) = pause.and_then(|pause| now.checked_add(pause)) {
            self.core.turns.pause(until);
        }
    }

    fn failure(&mut self, error: TransportError, moment: &Moment) -> Step {
        let kind = error.kind();
        let over = self.deadline.is_some_and(|deadline| deadline <= moment.now);
        let failure = if kind == TransportErrorKind::Timeout {
            let limit = if over { self.plan.timeout } else { self.core.attempt_timeout };
            self.timed_out(limit.unwrap_or_default())
        } else {
            let place = redirect::place(self.plan.request.uri());
            Failure::Transport(CallError::new(self.plan.info, place, self.attempts, error))
        };
        self.decide(Err(failure), Outcome::Failed(kind), moment)
    }

    fn decide(&mut self, result: Result<Raw, Failure>, outcome: Outcome, moment: &Moment) -> Step {
        let Plan { info, policy, .. } = &self.plan;
        let next = retry::next(policy, info.retry, self.attempts, outcome, self.core.turns.period(), moment.jitter);
        match next {
            Next::Wait(wait) if !self.is_too_late(moment.now, wait) => {
                self.trace.retry(self.attempts, outcome, wait);
                self.last = Some(result);
                self.redirected = None;
                Step::Wait(wait)
            }
            Next::Wait(_) | Next::Done => self.done(result),
        }
    }

    fn done(&self, result: Result<Raw, Failure>) -> Step {
        self.trace.end(result.as_ref().ok().map(Raw::status), self.attempts);
        Step::Done(result)
    }

    /// Whether the time of the call is over after this wait.
    fn is_too_late(&self, now: Instant, wait: Duration) -> bool {
        self.deadline.is_some_and(|deadline| deadline.saturating_duration_since(now) <= wait)
    }

    fn timed_out(&self, limit: Duration) -> Failure {
        Failure::Timeout(TimeoutError::new(self.plan.info, limit, self.attempts))
    }
}

/// Carries a call out without blocking.
#[cfg(feature = "async")]
pub(crate) async fn run_async(
    core: Arc<Core>,
    transport: Arc<dyn crate::transport::AsyncTransport>,
    plan: Result<Plan, Failure>,
) -> Result<Raw, Failure> {
    let mut run = Run::new(core, plan?, transport.now());
    let trace = run.trace.clone();
    let work = async {
        let mut step = run.go(transport.now());
        loop {
            step = match step {
                Step::Wait(time) => {
                    transport.sleep(time).await;
                    run.go(transport.now())
                }
                Step::Send(request, limits) => {
                    let outcome = transport.send(request, limits).await;
                    run.answered(outcome, &Moment::at(transport.now()))
                }
                Step::Done(result) => return result,
            };
        }
    };
    trace.around(work).await
}

/// Carries a call out on the calling thread.
#[cfg(feature = "blocking")]
pub(crate) fn run_blocking(
    core: Arc<Core>,
    transport: &dyn crate::transport::BlockingTransport,
    plan: Result<Plan, Failure>,
) -> Result<Raw, Failure> {
    let mut run = Run::new(core, plan?, transport.now());
    let trace = run.trace.clone();
    trace.within(|| {
        let mut step = run.go(transport.now());
        loop {
            step = match step {
                Step::Wait(time) => {
                    transport.sleep(time);
                    run.go(transport.now())
                }
                Step::Send(request, limits) => {
                    let outcome = transport.send(request, limits);
                    run.answered(outcome, &Moment::at(transport.now()))
                }
                Step::Done(result) => return result,
            };
        }
    })
}
