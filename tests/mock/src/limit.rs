//! Rate limit: so many requests in a window, then a lock.

use jiff::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// A limit per token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests allowed within the window.
    pub requests: usize,
    /// The (sliding) window.
    pub window: Duration,
    /// How long a token is locked once it went over.
    pub lock: Duration,
}

/// What is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The limit.
    pub limit: RateLimit,
    /// How many more requests may come.
    pub remaining: usize,
    /// In how many seconds there will be more of them.
    pub reset: u64,
    /// When that is.
    pub reset_at: Timestamp,
}

/// Who asked when.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: Option<RateLimit>,
    tokens: BTreeMap<String, Usage>,
}

#[derive(Debug, Default)]
struct Usage {
    recent: VecDeque<Timestamp>,
    locked_until: Option<Timestamp>,
}

impl Limiter {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        Self { limit, tokens: BTreeMap::new() }
    }

    pub(crate) fn reset(&mut self) {
        self.tokens.clear();
    }

    /// What is left for a token.
    pub(crate) fn allowance(&self, token: &str, now: Timestamp) -> Option<Allowance> {
        let limit = self.limit?;
        let left = |remaining, reset_at| Some(Allowance { limit, remaining, reset: seconds_between(now, reset_at), reset_at });
        let Some(usage) = self.tokens.get(token) else { return left(limit.requests, now) };
        if let Some(until) = usage.locked_until.filter(|until| now < *until) {
            return left(0, until);
        }
        let first = usage.recent.front().map(|first| first.checked_add(limit.window).unwrap_or(Timestamp::MAX));
        left(limit.requests.saturating_sub(usage.recent.len()), first.unwrap_or(now))
    }

    /// Counts a request, or says for how many whole seconds its token is locked.
    pub(crate) fn admit(&mut self, token: &str, now: Timestamp) -> Result<(), u64> {
        let Some(limit) = self.limit else { return Ok(()) };
        let usage = self.tokens.entry(token.to_owned()).or_default();
        if let Some(until) = usage.locked_until {
            if now < until {
                return Err(seconds_between(now, until));
            }
            *usage = Usage::default();
        }
        while usage.recent.front().is_some_and(|first| now.duration_since(*first).unsigned_abs() >= limit.window) {
            usage.recent.pop_front();
        }
        if usage.recent.len() >= limit.requests {
            let until = now.checked_add(limit.lock).unwrap_or(Timestamp::MAX);
            usage.locked_until = Some(until);
            return Err(seconds_between(now, until));
        }
        usage.recent.push_back(now);
        Ok(())
    }
}

fn seconds_between(now: Timestamp, until: Timestamp) -> u64 {
    let left = until.duration_since(now).unsigned_abs();
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::{Limiter, RateLimit};
    use jiff::Timestamp;
    use std::time::Duration;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).expect("in range")
    }

    fn limiter() -> Limiter {
        let second = Duration::from_secs(1);
        Limiter::new(Some(RateLimit { requests: 2, window: 10 * second, lock: 60 * second }))
    }

    #[test]
    fn the_window_slides() {
        let mut limiter = limiter();
        assert_eq!(limiter.admit("t", at(0)), Ok(()));
        assert_eq!(limiter.admit("t", at(9_000)), Ok(()));
        assert_eq!(limiter.admit("t", at(10_000)), Ok(()), "the first has left the window");
        assert_eq!(limiter.admit("t", at(10_001)), Err(60));
    }

    #[test]
    fn a_lock_counts_down_ends_and_is_not_prolonged() {
        let mut limiter = limiter();
        for ms in [0, 1] {
            assert_eq!(limiter.admit("t", at(ms)), Ok(()));
        }
        assert_eq!(limiter.admit("t", at(2)), Err(60));
        assert_eq!(limiter.admit("t", at(30_500)), Err(30), "a part of a second counts whole");
        assert_eq!(limiter.admit("t", at(60_002)), Ok(()));
    }

    #[test]
    fn what_is_left_is_told() {
        let mut limiter = limiter();
        let told = |limiter: &Limiter, ms| limiter.allowance("t", at(ms)).map(|left| (left.remaining, left.reset));
        assert_eq!(told(&limiter, 0), Some((2, 0)));
        for (ms, expected) in [(0, (1, 10)), (4_500, (0, 6)), (5_000, (0, 60))] {
            let _locked = limiter.admit("t", at(ms));
            assert_eq!(told(&limiter, ms), Some(expected), "at {ms} ms");
        }
        assert_eq!(told(&Limiter::new(None), 0), None);
    }

    #[test]
    fn after_a_lock_counting_starts_anew() {
        let second = Duration::from_secs(1);
        let mut limiter = Limiter::new(Some(RateLimit { requests: 2, window: 60 * second, lock: second }));
        for (ms, expected) in [(0, Ok(())), (1, Ok(())), (2, Err(1)), (1_002, Ok(())), (1_003, Ok(())), (1_004, Err(1))] {
            assert_eq!(limiter.admit("t", at(ms)), expected, "at {ms} ms");
        }
    }

    #[test]
    fn tokens_are_counted_apart() {
        let mut limiter = limiter();
        for _ in 0..2 {
            assert_eq!(limiter.admit("a", at(0)), Ok(()));
        }
        assert_eq!(limiter.admit("a", at(0)), Err(60));
        assert_eq!(limiter.admit("b", at(0)), Ok(()));
    }

    #[test]
    fn without_a_limit_all_pass() {
        let mut limiter = Limiter::new(None);
        assert!((0..1000).all(|_| limiter.admit("t", at(0)).is_ok()));
    }
}
