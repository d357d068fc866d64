//! CPU time and wall time.

use std::ops::Sub;
use std::time::Instant;

/// Seconds since some moment of no importance.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// CPU time, user and system; wall time where the platform does not tell.
    pub cpu: f64,
    /// Wall time.
    pub wall: f64,
}

impl Sub for Reading {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self { cpu: self.cpu - earlier.cpu, wall: self.wall - earlier.wall }
    }
}

/// Whose CPU time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The calling thread's.
    Thread,
    /// That of child processes which were waited for, and of theirs.
    Children,
}

/// A clock that has begun to run.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    clock: Clock,
    start: Instant,
    cpu: f64,
}

impl Stopwatch {
    /// Starts at zero.
    #[must_use]
    pub fn start(clock: Clock) -> Self {
        let start = Instant::now();
        Self { clock, start, cpu: cpu(clock, start) }
    }

    /// The time since the start.
    #[must_use]
    pub fn read(&self) -> Reading {
        Reading { cpu: cpu(self.clock, self.start) - self.cpu, wall: self.start.elapsed().as_secs_f64() }
    }
}

#[cfg(unix)]
fn cpu(clock: Clock, start: Instant) -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    use nix::time::{ClockId, clock_gettime};
    use std::time::Duration;

    let seconds = match clock {
        Clock::Thread => clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).ok().map(|time| Duration::from(time).as_secs_f64()),
        Clock::Children => getrusage(UsageWho::RUSAGE_CHILDREN).ok().map(|usage| {
            let micros = (usage.user_time() + usage.system_time()).num_microseconds();
            Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
        }),
    };
    seconds.unwrap_or_else(|| start.elapsed().as_secs_f64())
}

#[cfg(not(unix))]
fn cpu(_: Clock, start: Instant) -> f64 {
    start.elapsed().as_secs_f64()
}
