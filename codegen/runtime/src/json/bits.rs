//! A set of field numbers.

/// A set of small numbers; those below 64 need no allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    low: u64,
    high: Vec<u64>,
}

impl Bits {
    #[inline]
    pub(crate) fn get(&self, index: usize) -> bool {
        if index < 64 {
            return self.low >> index & 1 == 1;
        }
        self.high.get(index / 64 - 1).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Adds a number; `true`: it was there already.
    #[inline]
    pub(crate) fn set(&mut self, index: usize) -> bool {
        let word = self.word(index);
        let bit = 1 << (index % 64);
        let was = *word & bit != 0;
        *word |= bit;
        was
    }

    pub(super) fn clear(&mut self, index: usize) {
        *self.word(index) &= !(1 << (index % 64));
        while self.high.last() == Some(&0) {
            self.high.pop();
        }
    }

    #[inline]
    fn word(&mut self, index: usize) -> &mut u64 {
        if index < 64 {
            return &mut self.low;
        }
        let at = index / 64 - 1;
        if self.high.len() <= at {
            self.high.resize(at + 1, 0);
        }
        &mut self.high[at]
    }
}
