//! Free-form numbers.

use std::fmt;

use super::scan;

/// A JSON number that keeps its text, so that nothing of it is lost. Numbers are equal if their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// The number of that text; `None` if it is no JSON number.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        match scan::number(text.as_bytes(), 0) {
            Ok((end, _)) if end == text.len() => Some(Self(text.into())),
            _ => None,
        }
    }

    /// The number `text` is known to be.
    pub(super) fn known(text: &str) -> Self {
        Self(text.into())
    }

    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is written without fraction and exponent and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The number, if it is written without fraction and exponent and fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The nearest floating point number; infinite if the number is too large for one.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::INFINITY)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
