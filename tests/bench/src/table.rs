//! The table that a benchmark prints.

use crate::contest::{Ratio, Times, median};
use std::fmt;

/// What a ratio should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// At least so many times as fast as the peer.
    Speed(f64),
    /// At most so many times the peer's cost.
    Cost(f64),
    /// How many times as fast as the peer, with no aim.
    NoSpeed,
    /// How many times the peer's cost, with no aim.
    NoCost,
}

impl Aim {
    /// The ratio the aim is about, from what ours and the peer took.
    fn ratio(self, ours: &[f64], peer: &[f64]) -> Ratio {
        match self {
            Self::Speed(_) | Self::NoSpeed => Ratio::of(peer, ours),
            Self::Cost(_) | Self::NoCost => Ratio::of(ours, peer),
        }
    }

    fn verdict(self, ratio: f64) -> &'static str {
        let met = match self {
            Self::Speed(least) => ratio >= least,
            Self::Cost(most) => ratio <= most,
            Self::NoSpeed | Self::NoCost => return "",
        };
        if met { "met" } else { "MISSED" }
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Speed(least) => write!(f, ">= {least} x speed"),
            Self::Cost(most) => write!(f, "<= {most} x cost"),
            Self::NoSpeed => f.write_str("(x speed)"),
            Self::NoCost => f.write_str("(x cost)"),
        }
    }
}

/// Rows of ours against a peer.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<[String; 7]>,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Compares CPU times.
    pub fn cpu(&mut self, task: &str, peer: &str, (ours, theirs): (&Times, &Times), aim: Aim) {
        self.row(task, peer, "CPU", (&ours.cpu, &theirs.cpu), aim);
    }

    /// Compares wall times.
    pub fn wall(&mut self, task: &str, peer: &str, (ours, theirs): (&Times, &Times), aim: Aim) {
        self.row(task, peer, "wall", (&ours.wall, &theirs.wall), aim);
    }

    fn row(&mut self, task: &str, peer: &str, clock: &str, (ours, theirs): (&[f64], &[f64]), aim: Aim) {
        let ratio = aim.ratio(ours, theirs);
        self.rows.push([
            task.to_owned(),
            peer.to_owned(),
            format!("{} {clock}", seconds(median(ours))),
            seconds(median(theirs)),
            format!("{:.3} ({:.3}..{:.3})", ratio.median, ratio.low, ratio.high),
            aim.to_string(),
            aim.verdict(ratio.median).to_owned(),
        ]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["task", "peer", "ours", "peer's", "ratio (middle half)", "aim", ""].map(str::to_owned);
        let lines: Vec<&[String; 7]> = std::iter::once(&head).chain(&self.rows).collect();
        let widths: Vec<usize> = (0..head.len()).map(|column| lines.iter().map(|line| line[column].len()).max().unwrap_or(0)).collect();
        for line in lines {
            let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            writeln!(f, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}

/// A duration in the unit that suits it.
#[must_use]
pub fn seconds(seconds: f64) -> String {
    match seconds {
        s if s >= 1.0 => format!("{s:.2} s"),
        s if s >= 1e-3 => format!("{:.2} ms", s * 1e3),
        s => format!("{:.2} us", s * 1e6),
    }
}
