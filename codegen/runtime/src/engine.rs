//! One call, from the request to the final answer: attempts, waits, redirects and deadlines as a state machine without I/O,
//! and the two loops that carry out what it says.

#[cfg(feature = "async")]
mod asynchronous;
#[cfg(feature = "blocking")]
mod blocking;
mod login;

#[cfg(feature = "async")]
pub(crate) use asynchronous::{open_async, run_async};
#[cfg(feature = "blocking")]
pub(crate) use blocking::{open_blocking, run_blocking};

use crate::body::Body;
use crate::client::Core;
use crate::download::Rest;
use crate::error::{CallError, Failure, TimeoutError, TransportError, TransportErrorKind};
use crate::login::{Session, Token, Wait};
use crate::operation::{Info, Retry};
use crate::rate::{self, Turn};
use crate::raw::{Context, Raw};
use crate::redirect::{self, Hop, Redirect, Rules};
use crate::retry::{self, Next, Outcome, RetryPolicy};
use crate::secret::Redaction;
use crate::trace::Trace;
use crate::transport::Limits;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, Method, StatusCode, Uri};
use login::LogIn;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// What is to be sent, and by which rules.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) info: &'static Info,
    pub(crate) request: http::Request<Body>,
    /// Whether a redirect may lead to another host.
    pub(crate) may_leave: bool,
    /// Whether a successful answer is left to be read.
    pub(crate) streamed: bool,
    /// What must not be shown of the answer.
    pub(crate) redaction: Redaction,
    /// Where the token comes from, if it needs one.
    pub(crate) session: Option<Arc<Session>>,
    /// Whether an answer is an envelope, in which the service says what failed.
    #[cfg(feature = "soap")]
    pub(crate) soap: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) policy: RetryPolicy,
    /// When it may be sent again.
    pub(crate) retry: Retry,
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
    Send(http::Request<Body>, Limits),
    /// Ask for a token, and report what came of it with `logged_in`.
    LogIn(Box<LogIn>),
    /// Wait for somebody else to do so, for so long at most.
    Join(Wait, Option<Duration>),
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
    /// Whether the next request begins an attempt.
    fresh: bool,
    /// Where redirects of this attempt led.
    hop: Option<Hop>,
    turn: Option<Turn>,
    token: Option<Token>,
    /// The request for a token that was waited for, by its number.
    waited: Option<u64>,
    /// Whether a refused token was replaced, which is done once.
    renewed: bool,
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
            fresh: true,
            hop: None,
            turn: None,
            token: None,
            waited: None,
            renewed: false,
            last: None,
        }
    }

    /// Sends as soon as the rate limit allows.
    fn go(&mut self, now: Instant) -> Step {
        let mut turn = self.turn.take().unwrap_or_else(|| self.core.turns.take(now));
        let wait = turn.wait(now);
        if wait.is_zero() {
            // Whoever has to wait for a token gives the turn back.
            return self.log_in(now).unwrap_or_else(|| {
                turn.spend();
                self.send(now)
            });
        }
        if self.is_too_late(now, wait) {
            let last = self.last.take();
            return self.done(last.unwrap_or_else(|| Err(self.late())));
        }
        self.turn = Some(turn);
        Step::Wait(wait)
    }

    /// Whether what is to be sent is still there.
    fn can_repeat(&self) -> bool {
        self.fetches() || self.plan.request.body().spent().is_none()
    }

    /// Whether the call was carried out: only what came of it is asked for again.
    fn fetches(&self) -> bool {
        self.hop.as_ref().is_some_and(|hop| hop.fetch)
    }

    fn send(&mut self, now: Instant) -> Step {
        self.attempts += u32::from(std::mem::take(&mut self.fresh));
        let request = self.hop.as_ref().map_or_else(|| self.plan.request.clone(), |hop| redirected(&self.plan.request, hop));
        let total = self.deadline.map(|deadline| deadline.saturating_duration_since(now));
        let timeout = [total, self.core.attempt_timeout].into_iter().flatten().min();
        let max_body = if self.plan.streamed { self.core.max_download_bytes } else { self.core.max_response_bytes };
        Step::Send(request, Limits { timeout, total, max_body })
    }

    /// Where the last request was sent to.
    fn address(&self) -> &Uri {
        self.hop.as_ref().map_or(self.plan.request.uri(), |hop| &hop.target)
    }

    /// What must not be shown of an answer: where a redirect leads can be a secret, too.
    fn redaction(&self, status: StatusCode, headers: &HeaderMap) -> Redaction {
        let mut secrets = self.hop.as_ref().map_or_else(Vec::new, |hop| redirect::secrets(&hop.target.to_string()));
        if let Some(location) = headers.get(LOCATION).filter(|_| status.is_redirection()) {
            secrets.extend(redirect::secrets(&String::from_utf8_lossy(location.as_bytes())));
        }
        let redaction = self.plan.redaction.and(secrets);
        self.token.as_ref().map_or(redaction.clone(), |token| redaction.joined(&token.redaction))
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
        let rules = Rules { method: self.plan.request.method(), home: self.plan.request.uri(), may_leave: self.plan.may_leave };
        let note = match redirect::decide(&rules, self.hop.as_ref(), status, response.headers()) {
            Redirect::Follow(hop) => {
                // The limit is that of the API's own host.
                let counts = !hop.elsewhere;
                self.hop = Some(hop);
                return if counts { self.go(moment.now) } else { self.send(moment.now) };
            }
            Redirect::Refuse(why) => Some(why.into_boxed_str()),
            Redirect::No => None,
        };
        let is_home = self.hop.as_ref().is_none_or(|hop| !hop.elsewhere);
        let asked = rate::asked(status, response.headers(), moment.date);
        if is_home && (asked.pause.is_some() || status == StatusCode::TOO_MANY_REQUESTS) {
            self.pause(asked.pause, moment.now);
        }
        if is_home && status == StatusCode::UNAUTHORIZED && self.renew() {
            self.hop = self.hop.take().filter(|hop| hop.fetch);
            return self.go(moment.now);
        }
        let note = note.or_else(|| self.why_refused(status));
        let context = Context { redaction: self.redaction(status, response.headers()), attempts: self.attempts, note };
        let raw = Raw::with_context(self.plan.info, response, context);
        if !status.is_success() && self.plan.is_final(&raw) {
            return self.done(Ok(raw));
        }
        self.decide(Ok(raw), Outcome::Answer(status, asked.wait), moment)
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
            let place = redirect::place(self.address());
            Failure::Transport(CallError::new(self.plan.info, place, self.attempts, error))
        };
        self.decide(Err(failure), Outcome::Failed(kind), moment)
    }

    fn decide(&mut self, result: Result<Raw, Failure>, outcome: Outcome, moment: &Moment) -> Step {
        let Plan { policy, retry, .. } = &self.plan;
        let fetches = self.fetches();
        let retry = if fetches { Retry::Idempotent } else { *retry };
        let next = retry::next(policy, retry, self.attempts, outcome, self.core.turns.period(), moment.jitter);
        match next {
            Next::Wait(wait) if self.can_repeat() && !self.is_too_late(moment.now, wait) => {
                self.trace.retry(self.attempts, outcome, wait);
                self.last = Some(result);
                self.fresh = true;
                self.hop = self.hop.take().filter(|_| fetches);
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

    /// The time of the call is over.
    fn late(&self) -> Failure {
        self.timed_out(self.plan.timeout.unwrap_or_default())
    }

    fn timed_out(&self, limit: Duration) -> Failure {
        Failure::Timeout(TimeoutError::new(self.plan.info, limit, self.attempts))
    }
}

/// The request that follows a redirect.
fn redirected(request: &http::Request<Body>, hop: &Hop) -> http::Request<Body> {
    let fetched = hop.fetch || hop.elsewhere;
    let body = if fetched { Body::default() } else { request.body().clone() };
    let mut next = http::Request::new(body);
    next.uri_mut().clone_from(&hop.target);
    *next.method_mut() = if hop.fetch { Method::GET } else { request.method().clone() };
    let headers = next.headers_mut();
    if hop.elsewhere {
        // Of all the others nobody knows what they tell about the caller.
        for name in [ACCEPT, USER_AGENT] {
            if let Some(value) = request.headers().get(&name) {
                headers.insert(name, value.clone());
            }
        }
        return next;
    }
    headers.clone_from(request.headers());
    if hop.fetch {
        for name in [CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE] {
            headers.remove(name);
        }
    }
    next
}

/// A call whose answer is left to be read, if it is a success.
pub(crate) struct Opened<B: ?Sized> {
    /// The answer; without body if that is to be read.
    pub(crate) raw: Raw,
    pub(crate) body: Option<Box<B>>,
    pub(crate) rest: Rest,
}

impl Run {
    fn opened<B: ?Sized>(&self, raw: Raw, body: Option<Box<B>>) -> Opened<B> {
        let rest = Rest {
            info: self.plan.info,
            origin: redirect::place(self.address()),
            attempts: self.attempts,
            timeout: self.plan.timeout,
            attempt_timeout: self.core.attempt_timeout,
            deadline: self.deadline,
            most: self.core.max_download_bytes,
            read: 0,
        };
        Opened { raw, body, rest }
    }
}
