//! Rate limits: the client's own, a sliding window as a pure function over instants, and what the server says about its.

mod headers;

pub(crate) use headers::asked;

use crate::retry::bounded;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So many requests in any stretch of time this long. Shared by all clones of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: u32,
    per: Duration,
}

impl RateLimit {
    /// At most `requests` requests in any stretch of time as long as `per`; 0 requests count as 1.
    #[must_use]
    pub const fn new(requests: u32, per: Duration) -> Self {
        Self { requests: if requests == 0 { 1 } else { requests }, per: bounded(per) }
    }

    /// How many requests.
    #[must_use]
    pub const fn requests(&self) -> u32 {
        self.requests
    }

    /// In any stretch of time this long.
    #[must_use]
    pub const fn per(&self) -> Duration {
        self.per
    }
}

/// The turns that were given out.
#[derive(Debug, Default)]
struct Window {
    limit: Option<RateLimit>,
    /// Sorted; those that still count, and those to come.
    taken: VecDeque<Instant>,
    paused_until: Option<Instant>,
}

impl Window {
    /// Takes the next free turn: the instant from which on the caller may send.
    fn take(&mut self, now: Instant) -> Instant {
        let earliest = self.paused_until.map_or(now, |until| until.max(now));
        let Some(RateLimit { requests, per }) = self.limit else { return earliest };
        while self.taken.front().is_some_and(|taken| *taken + per <= now) {
            self.taken.pop_front();
        }
        let before = self.taken.len().checked_sub(usize::try_from(requests).unwrap_or(usize::MAX));
        let free = before.and_then(|index| self.taken.get(index)).map_or(earliest, |taken| earliest.max(*taken + per));
        self.taken.insert(self.taken.partition_point(|taken| *taken <= free), free);
        free
    }

    /// Gives a turn back that was not used.
    fn give_back(&mut self, turn: Instant) {
        if let Ok(index) = self.taken.binary_search(&turn) {
            self.taken.remove(index);
        }
    }
}

/// The turns of a client, shared by its clones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns(Arc<Mutex<Window>>);

/// A turn; given back when dropped before it was used.
#[derive(Debug)]
pub(crate) struct Turn {
    turns: Turns,
    at: Instant,
    spent: bool,
}

impl Turns {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        Self(Arc::new(Mutex::new(Window { limit, ..Window::default() })))
    }

    pub(crate) fn take(&self, now: Instant) -> Turn {
        Turn { at: self.window().take(now), turns: self.clone(), spent: false }
    }

    /// Lets nobody send before `until`.
    pub(crate) fn pause(&self, until: Instant) {
        let mut window = self.window();
        window.paused_until = window.paused_until.max(Some(until));
    }

    /// How long the limit lasts.
    pub(crate) fn period(&self) -> Option<Duration> {
        self.window().limit.map(|limit| limit.per)
    }

    /// No code panics while it holds the lock, and every state of the window is a valid one.
    fn window(&self) -> MutexGuard<'_, Window> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// How long until it may be used. When a pause came in between it becomes a later turn.
    pub(crate) fn wait(&mut self, now: Instant) -> Duration {
        let mut window = self.turns.window();
        if window.paused_until.is_some_and(|until| self.at < until) {
            window.give_back(self.at);
            self.at = window.take(now);
        }
        self.at.saturating_duration_since(now)
    }

    /// Uses it up.
    pub(crate) fn spend(mut self) {
        self.spent = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.spent {
            self.turns.window().give_back(self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn turns() {
        let zero = Instant::now();
        let turns = Turns::new(Some(RateLimit::new(2, ms(100))));
        let taken: Vec<Turn> = (0..5).map(|_| turns.take(zero)).collect();
        let at: Vec<Duration> = taken.iter().map(|turn| turn.at - zero).collect();
        assert_eq!(at, [ms(0), ms(0), ms(100), ms(100), ms(200)], "two per 100 ms");
        let mut taken = taken.into_iter();
        taken.by_ref().take(2).for_each(Turn::spend);
        drop(taken);
        assert_eq!(turns.take(zero + ms(50)).at - zero, ms(100), "turns given back are free again, spent ones are not");
        assert_eq!(turns.take(zero + ms(100)).at - zero, ms(100), "a turn is over after the window");
    }

    #[test]
    fn a_pause_moves_everybody() {
        let zero = Instant::now();
        let turns = Turns::new(Some(RateLimit::new(1, ms(100))));
        let mut waiting: Vec<Turn> = (0..3).map(|_| turns.take(zero)).collect();
        turns.pause(zero + ms(1000));
        turns.pause(zero + ms(500));
        let mut waits: Vec<Duration> = waiting.iter_mut().map(|turn| turn.wait(zero + ms(10))).collect();
        waits.sort();
        assert_eq!(waits, [ms(990), ms(1090), ms(1190)], "nobody before the pause ends, then one per 100 ms");
        let unlimited = Turns::new(None);
        unlimited.pause(zero + ms(70));
        assert_eq!(unlimited.take(zero).wait(zero), ms(70), "a pause holds without a limit, too");
        assert_eq!(unlimited.take(zero + ms(80)).wait(zero + ms(80)), ms(0));
    }

    #[test]
    fn no_window_holds_too_many() {
        for seed in 0..200 {
            let mut random = fastrand::Rng::with_seed(seed);
            let limit = RateLimit::new(random.u32(1..5), ms(random.u64(1..50)));
            let turns = Turns::new(Some(limit));
            let mut now = Instant::now();
            let (mut waiting, mut sent): (Vec<Turn>, Vec<Instant>) = (Vec::new(), Vec::new());
            for _ in 0..300 {
                match random.u8(0..20) {
                    0..10 => waiting.push(turns.take(now)),
                    10 if !waiting.is_empty() => drop(waiting.swap_remove(random.usize(0..waiting.len()))),
                    11 => turns.pause(now + ms(random.u64(0..60))),
                    _ => now += ms(random.u64(0..20)),
                }
                let mut index = 0;
                while index < waiting.len() {
                    if waiting[index].wait(now).is_zero() {
                        waiting.swap_remove(index).spend();
                        sent.push(now);
                    } else {
                        index += 1;
                    }
                }
            }
            let most = usize::try_from(limit.requests()).unwrap_or(usize::MAX);
            for (first, last) in sent.iter().zip(sent.iter().skip(most)) {
                // Turns that became due while the test's clock jumped are sent late, never early.
                assert!(*last - *first + ms(20) >= limit.per(), "seed {seed}: more than {limit:?}");
            }
        }
    }
}
