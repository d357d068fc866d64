//! Contestants that take turns.

use crate::clock::{Clock, Reading, Stopwatch};
use std::fmt;

/// How long one round of the first contestant should take, in seconds.
const ROUND: f64 = 0.02;

/// Somebody who can do the task at hand.
pub struct Contestant<'a> {
    /// What the table calls it.
    pub name: &'static str,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Contestant<'a> {
    /// A contestant that does the task once when `run` is called.
    pub fn new(name: &'static str, run: impl FnMut() + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }

    fn round(&mut self, times: u32) -> Reading {
        let watch = Stopwatch::start(Clock::Thread);
        for _ in 0..times {
            (self.run)();
        }
        watch.read()
    }
}

impl fmt::Debug for Contestant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contestant({})", self.name)
    }
}

/// What a contestant took, in seconds per run, round by round.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// CPU time of the contestant's thread.
    pub cpu: Vec<f64>,
    /// Wall time.
    pub wall: Vec<f64>,
}

impl Times {
    /// Adds a round of `times` runs.
    pub fn push(&mut self, reading: Reading, times: u32) {
        self.cpu.push(reading.cpu / f64::from(times));
        self.wall.push(reading.wall / f64::from(times));
    }
}

/// Lets the contestants take turns, each round in another order, after one round that does not count.
pub fn run(rounds: usize, contestants: &mut [Contestant<'_>]) -> Vec<Times> {
    let mut times = vec![Times::default(); contestants.len()];
    let Some(first) = contestants.first_mut() else { return times };
    let runs = runs_per_round(first);
    for contestant in contestants.iter_mut() {
        contestant.round(runs);
    }
    for round in 0..rounds {
        for turn in 0..contestants.len() {
            let index = (turn + round) % contestants.len();
            times[index].push(contestants[index].round(runs), runs);
        }
    }
    times
}

fn runs_per_round(contestant: &mut Contestant<'_>) -> u32 {
    let mut runs = 1;
    while contestant.round(runs).wall < ROUND {
        runs *= 2;
    }
    runs
}

/// A ratio over many rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The one that counts.
    pub median: f64,
    /// A quarter of the rounds was below.
    pub low: f64,
    /// A quarter of the rounds was above.
    pub high: f64,
}

impl Ratio {
    /// `over[i] / under[i]`, for each round.
    #[must_use]
    pub fn of(over: &[f64], under: &[f64]) -> Self {
        let ratios: Vec<f64> = over.iter().zip(under).map(|(over, under)| over / under).collect();
        Self { median: quantile(&ratios, 0.5), low: quantile(&ratios, 0.25), high: quantile(&ratios, 0.75) }
    }
}

/// The middle value.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Between two values, as much of each as the share is near to it.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // Positions in a list of rounds are small whole numbers.
    #[expect(clippy::cast_precision_loss)]
    let place = sorted.len().saturating_sub(1) as f64 * share;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let index = place as usize;
    let at = |index: usize| sorted.get(index).copied();
    let Some(low) = at(index) else { return f64::NAN };
    let high = at(index + 1).unwrap_or(low);
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratio_pairs_rounds_before_it_looks_for_the_middle() {
        // A slow period hits both contestants of a round alike.
        let (over, under) = ([2.0, 20.0, 3.0, 40.0], [1.0, 10.0, 1.0, 10.0]);
        assert_eq!(Ratio::of(&over, &under), Ratio { low: 2.0, median: 2.5, high: 3.25 });
    }
}
