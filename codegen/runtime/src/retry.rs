//! When a failed call is sent again: pure rules.

use crate::datetime::DateTime;
use crate::error::TransportErrorKind;
use crate::operation::Retry;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use std::time::{Duration, SystemTime};

/// How often, and after which waits, a failed call is sent again.
///
/// What may be repeated at all is a fact of the operation: one that changes something is only sent again when the server
/// certainly did not act (it answered 429, or 408 since it gave up waiting for the request, or no connection was made), unless
/// [`even_if_not_idempotent`](Self::even_if_not_idempotent) says otherwise. A file that can be read only once is never sent again. A SOAP fault is the service's decision: except with
/// status 429 it is never a reason to send anything again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    longest_wait: Duration,
    scope: Scope,
}

/// Which operations are repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Idempotent,
    All,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy {
    /// Three attempts, waits of about 0.5 s and 1 s between them, or what the server asks for up to two minutes.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(120),
            scope: Scope::Idempotent,
        }
    }

    /// Never sends anything again.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The wait before the second attempt, and the longest one: it doubles from attempt to attempt, less up to half of it by
    /// chance, so that clients that failed together do not come back together.
    #[must_use]
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = bounded(base);
        self.cap = bounded(cap);
        self
    }

    /// The longest wait a server may ask for with `Retry-After`; if it asks for more the call fails at once.
    #[must_use]
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = bounded(wait);
        self
    }

    /// Repeats also operations that change something, after server errors and broken connections: it may then be done twice.
    #[must_use]
    pub const fn even_if_not_idempotent(mut self) -> Self {
        self.scope = Scope::All;
        self
    }

    pub(crate) const fn longest(&self) -> Duration {
        self.longest_wait
    }
}

/// A time that can be reckoned with: what is longer than a year counts as a year, so that no clock overflows.
pub(crate) const fn bounded(time: Duration) -> Duration {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    if time.as_secs() > YEAR.as_secs() { YEAR } else { time }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With an answer, and how long the server asks to wait.
    Answer(StatusCode, Option<Duration>),
    /// Without.
    Failed(TransportErrorKind),
}

/// What follows an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: this was the outcome of the call.
    Done,
    /// Another attempt after this wait.
    Wait(Duration),
}

/// What follows attempt number `attempt`, counted from 1. `window` is how long a rate limit lasts, if it is known;
/// `jitter` is a random number from 0 to 1.
pub(crate) fn next(policy: &RetryPolicy, retry: Retry, attempt: u32, outcome: Outcome, window: Option<Duration>, jitter: f64) -> Next {
    if attempt >= policy.attempts || !may_repeat(policy.scope, retry, outcome) {
        return Next::Done;
    }
    let asked = match outcome {
        Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, asked) => asked.or(window),
        Outcome::Answer(_, asked) => asked,
        Outcome::Failed(_) => None,
    };
    match asked {
        Some(asked) if asked > policy.longest_wait => Next::Done,
        Some(asked) => Next::Wait(asked),
        None => Next::Wait(backoff(policy, attempt, jitter)),
    }
}

fn may_repeat(scope: Scope, retry: Retry, outcome: Outcome) -> bool {
    let did_not_act = match outcome {
        Outcome::Answer(status, _) => matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS),
        Outcome::Failed(kind) => kind == TransportErrorKind::Connect,
    };
    let transient = match outcome {
        Outcome::Answer(status, _) => is_transient(status),
        Outcome::Failed(kind) => kind.is_retryable(),
    };
    did_not_act || (transient && (retry == Retry::Idempotent || scope == Scope::All))
}

fn backoff(policy: &RetryPolicy, attempt: u32, jitter: f64) -> Duration {
    let doubled = policy.base.saturating_mul(1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
    let longest = doubled.min(policy.cap);
    longest.mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 2.0)
}

/// Whether an answer speaks of a state that passes. What the service itself decided stands, except that it was asked too often.
pub(crate) fn may_pass(status: StatusCode, is_final: bool) -> bool {
    is_transient(status) && (!is_final || status == StatusCode::TOO_MANY_REQUESTS)
}

/// Whether a status speaks of a state that passes.
fn is_transient(status: StatusCode) -> bool {
    matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS)
        || (status.is_server_error() && !matches!(status, StatusCode::NOT_IMPLEMENTED | StatusCode::HTTP_VERSION_NOT_SUPPORTED))
}

/// What `Retry-After` asks for, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    Some(http_date(text)?.duration_since(now).unwrap_or(Duration::ZERO))
}

/// A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_weekday, rest) = text.split_once(", ")?;
    let parts: Vec<&str> = rest.split([' ', ':']).collect();
    let &[day, month, year, hour, minute, second, "GMT"] = parts.as_slice() else { return None };
    let month = u8::try_from(MONTHS.iter().position(|name| *name == month)? + 1).ok()?;
    let number = |text: &str| text.parse::<u8>().ok();
    DateTime::utc(year.parse().ok()?, month, number(day)?, number(hour)?, number(minute)?, number(second)?)?.system_time()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    const fn answer(status: u16, asked: Option<Duration>) -> Outcome {
        match StatusCode::from_u16(status) {
            Ok(status) => Outcome::Answer(status, asked),
            Err(_) => panic!("no status"),
        }
    }

    #[test]
    fn decisions() {
        use Retry::{Idempotent, OnlyRefused};
        use TransportErrorKind::{Connect, Interrupted, Protocol, Source, Timeout, TooLarge};
        let normal = RetryPolicy::new().backoff(s(2), s(5)).longest_wait(s(60)).attempts(9);
        let bold = normal.even_if_not_idempotent();
        let window = Some(s(42));
        let table = [
            // policy, operation, attempt, outcome, window -> next (without jitter)
            (normal, Idempotent, 1, answer(500, None), None, Next::Wait(s(2))),
            (normal, Idempotent, 2, answer(502, None), None, Next::Wait(s(4))),
            (normal, Idempotent, 3, answer(503, None), None, Next::Wait(s(5))),
            (normal, Idempotent, 8, answer(504, None), None, Next::Wait(s(5))),
            (normal, Idempotent, 9, answer(504, None), None, Next::Done),
            (normal.attempts(1), Idempotent, 1, answer(500, None), None, Next::Done),
            (normal.attempts(0), Idempotent, 1, answer(500, None), None, Next::Done),
            (normal, Idempotent, 1, answer(503, Some(s(7))), None, Next::Wait(s(7))),
            (normal, Idempotent, 1, answer(503, Some(s(61))), None, Next::Done),
            (normal, Idempotent, 1, answer(501, None), None, Next::Done),
            (normal, Idempotent, 1, answer(200, None), None, Next::Done),
            (normal, Idempotent, 1, answer(404, Some(s(1))), None, Next::Done),
            (normal, Idempotent, 1, answer(408, None), None, Next::Wait(s(2))),
            (normal, Idempotent, 1, answer(429, None), None, Next::Wait(s(2))),
            (normal, Idempotent, 1, answer(429, None), window, Next::Wait(s(42))),
            (normal, Idempotent, 1, answer(429, Some(s(3))), window, Next::Wait(s(3))),
            (normal, Idempotent, 1, answer(429, Some(s(0))), window, Next::Wait(s(0))),
            (normal, Idempotent, 1, Outcome::Failed(Interrupted), None, Next::Wait(s(2))),
            (normal, Idempotent, 1, Outcome::Failed(Timeout), None, Next::Wait(s(2))),
            (normal, Idempotent, 1, Outcome::Failed(TooLarge), None, Next::Done),
            (normal, Idempotent, 1, Outcome::Failed(Protocol), None, Next::Done),
            (normal, Idempotent, 1, Outcome::Failed(Source), None, Next::Done),
            (normal, OnlyRefused, 1, answer(500, None), None, Next::Done),
            (normal, OnlyRefused, 1, answer(503, Some(s(1))), None, Next::Done),
            (normal, OnlyRefused, 1, answer(408, None), None, Next::Wait(s(2))),
            (normal, OnlyRefused, 1, answer(425, None), None, Next::Done),
            (normal, OnlyRefused, 1, answer(429, Some(s(1))), None, Next::Wait(s(1))),
            (normal, OnlyRefused, 1, Outcome::Failed(Connect), None, Next::Wait(s(2))),
            (normal, OnlyRefused, 1, Outcome::Failed(Interrupted), None, Next::Done),
            (normal, OnlyRefused, 1, Outcome::Failed(Timeout), None, Next::Done),
            (bold, OnlyRefused, 1, answer(500, None), None, Next::Wait(s(2))),
            (bold, OnlyRefused, 1, Outcome::Failed(Timeout), None, Next::Wait(s(2))),
            (bold, OnlyRefused, 1, answer(400, None), None, Next::Done),
        ];
        for (policy, retry, attempt, outcome, window, expected) in table {
            let next = next(&policy, retry, attempt, outcome, window, 0.0);
            assert_eq!(next, expected, "attempt {attempt} of {retry:?}: {outcome:?}, {policy:?}");
        }
    }

    #[test]
    fn jitter_takes_up_to_half() {
        let policy = RetryPolicy::new().backoff(s(4), s(60)).attempts(u32::MAX);
        for (jitter, expected) in [(0.0, s(4)), (0.5, s(3)), (1.0, s(2)), (9.0, s(2))] {
            assert_eq!(backoff(&policy, 1, jitter), expected, "jitter {jitter}");
        }
        assert_eq!(backoff(&policy, u32::MAX - 1, 0.0), s(60), "many attempts do not overflow");
        let endless = RetryPolicy::new().backoff(Duration::MAX, Duration::MAX);
        assert_eq!(backoff(&endless, 9, 0.0), s(365 * 24 * 60 * 60), "endless waits do not overflow");
    }

    #[test]
    fn retry_after_forms() {
        let now = SystemTime::UNIX_EPOCH + s(784_111_777); // Sun, 06 Nov 1994 08:49:37 GMT
        let table = [
            ("30", Some(s(30))),
            (" 30 ", Some(s(30))),
            ("99999999999999999999", Some(s(u64::MAX))),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(s(30))),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(s(0))),
            ("Sun, 31 Feb 1994 08:50:07 GMT", None),
            ("Sun, 06 Nov 1994 08:50:07 CET", None),
            ("soon", None),
            ("-1", None),
            ("", None),
        ];
        for (text, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, http::HeaderValue::from_static(text));
            assert_eq!(retry_after(&headers, now), expected, "Retry-After: {text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
