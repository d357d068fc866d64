//! Unions: which arm a value is, told by its structure or by its tag.

use super::reader::Mark;
use super::{FromJson, Reader};

/// A value that is read as each arm of a union in turn: [`Reader::trial`], [`Reader::try_arm`] per arm, [`Reader::settle`].
#[derive(Debug)]
pub struct Trial {
    start: Mark,
    /// The reader's state before.
    strict: bool,
    oddities: usize,
    best: Option<Fit>,
}

#[derive(Debug)]
struct Fit {
    oddities: usize,
    end: Mark,
}

impl<'a> Reader<'a> {
    /// Begins to try the arms of a union on the next value.
    pub fn trial(&mut self) -> Trial {
        self.peek();
        Trial { start: self.mark(), strict: self.strict, oddities: self.oddities, best: None }
    }

    /// Reads the value as one arm, strictly; `true`: it fits, and better than every arm before.
    ///
    /// The arm with the fewest unknown members, unknown words and numbers in quotes is the best; of equals the first.
    pub fn try_arm(&mut self, trial: &mut Trial, arm: &mut dyn FromJson) -> bool {
        let to_beat = trial.best.as_ref().map_or(usize::MAX, |best| best.oddities);
        if to_beat == 0 || self.fuel == 0 {
            return false;
        }
        self.back_to(trial.start);
        self.strict = true;
        self.oddities = 0;
        let fits = arm.read(self).is_ok();
        let end = self.mark();
        self.fuel = self.fuel.saturating_sub(1 + end.at.saturating_sub(trial.start.at));
        if !fits || self.oddities >= to_beat {
            return false;
        }
        trial.best = Some(Fit { oddities: self.oddities, end });
        true
    }

    /// Goes behind the value if an arm fitted (`true`), else back before it.
    pub fn settle(&mut self, trial: Trial) -> bool {
        self.strict = trial.strict;
        if let Some(best) = trial.best {
            self.back_to(best.end);
            self.oddities = trial.oddities.saturating_add(best.oddities);
            return true;
        }
        self.back_to(trial.start);
        self.oddities = trial.oddities.saturating_add(1);
        false
    }

    /// The string member `name` of the next value, if that is an object with one. Passes nothing.
    pub fn tag(&mut self, name: &str) -> Option<String> {
        self.peek();
        let mark = self.mark();
        let mut tag = None;
        let read = self.members(&mut |reader, key| {
            if key != name {
                return reader.raw().map(drop);
            }
            tag = match reader.peek() {
                Some(b'"') => Some(reader.str()?.into_owned()),
                _ => reader.raw().map(|_| None)?,
            };
            Ok(())
        });
        if self.strict {
            self.fuel = self.fuel.saturating_sub(self.at.saturating_sub(mark.at));
        }
        self.back_to(mark);
        // A broken text is reported by whoever reads the value next.
        read.ok().and(tag)
    }
}
