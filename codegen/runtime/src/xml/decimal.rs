//! Numbers with a fraction that nothing is lost of.

use std::fmt;
use std::str::FromStr;

use super::{FromXml, Reader, Slot, ToXml, Writer, XmlError};

/// A decimal number that keeps its text, so that nothing of it is lost. Numbers are equal if their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

/// A text is no decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecimalError;

impl Decimal {
    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating point number.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // Every decimal number is one to the standard library.
        self.0.parse().unwrap_or(f64::NAN)
    }
}

/// Digits with at most one point among them, maybe with a sign: no exponent, no whitespace.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    whole.len() + fraction.len() > 0 && whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit())
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        if is_decimal(text) { Ok(Self(text.into())) } else { Err(DecimalError) }
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Decimal {
            fn from(number: $type) -> Self {
                Self(itoa::Buffer::new().format(number).into())
            }
        }
    )*};
}

from_integers!(i32, i64, u32, u64);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number: digits, maybe with a sign and a point")
    }
}

impl std::error::Error for DecimalError {}

impl FromXml for Decimal {
    fn blank() -> Self {
        Self::from(0)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        reader.parsed("decimal number", &mut |text| text.parse().map(|number| *self = number).is_ok())
    }
}

impl ToXml for Decimal {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.plain(slot, &self.0);
    }
}
