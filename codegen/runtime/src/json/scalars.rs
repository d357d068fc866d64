//! Booleans, numbers and strings.

use super::{FromJson, JsonError, Reader, ToJson, Writer, scan};

impl FromJson for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        if !reader.is_str() {
            *self = reader.bool()?;
            return Ok(());
        }
        reader.parsed("boolean", &mut |text| {
            *self = text.eq_ignore_ascii_case("true");
            *self || text.eq_ignore_ascii_case("false")
        })?;
        reader.note_oddity();
        Ok(())
    }
}

impl ToJson for bool {
    fn write(&self, writer: &mut Writer) {
        writer.bool(*self);
    }
}

impl FromJson for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        *self = reader.str()?.into_owned();
        Ok(())
    }
}

impl ToJson for String {
    fn write(&self, writer: &mut Writer) {
        writer.str(self);
    }
}

impl ToJson for str {
    fn write(&self, writer: &mut Writer) {
        writer.str(self);
    }
}

impl Reader<'_> {
    /// Reads a number of at most 18 digits and nothing else, if that is what comes: the form nearly all of them have.
    #[inline]
    fn digits(&mut self) -> Option<u64> {
        let rest = self.peek().and_then(|_| self.bytes().get(self.at..))?;
        let mut value = 0_u64;
        let mut length = 0;
        while let Some(digit) = rest.get(length).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            length += 1;
        }
        let odd = matches!(rest.get(length), Some(b'.' | b'e' | b'E'));
        if length == 0 || length > 18 || odd || (rest[0] == b'0' && length > 1) {
            return None;
        }
        self.at += length;
        Some(value)
    }

    /// Reads a whole number with `parse`: as number (`17`, `17.0`) or as a string of digits (`"17"`).
    fn whole(&mut self, expected: &'static str, parse: &mut dyn FnMut(&str) -> bool) -> Result<(), JsonError> {
        let quoted = self.peek() == Some(b'"');
        let mark = self.mark();
        let fits = if quoted {
            let text = self.str()?;
            if !is_digits(&text) {
                self.back_to(mark);
                return Err(self.mismatch(expected));
            }
            parse(&text)
        } else {
            let (text, integral) = self.number(expected)?;
            if integral {
                parse(text)
            } else {
                self.note_oddity();
                whole_part(text).is_some_and(|text| parse(&text))
            }
        };
        if quoted {
            self.note_oddity();
        }
        if fits {
            return Ok(());
        }
        self.back_to(mark);
        Err(self.invalid(format!("the number does not fit: expected {expected}")))
    }

    /// Reads a number, or a string that is one.
    fn decimal(&mut self, parse: &mut dyn FnMut(&str) -> bool) -> Result<(), JsonError> {
        let quoted = self.peek() == Some(b'"');
        let mark = self.mark();
        let fits = if quoted {
            let text = self.str()?;
            if scan::number(text.as_bytes(), 0).is_ok_and(|(end, _)| end == text.len()) {
                self.note_oddity();
                parse(&text)
            } else {
                self.back_to(mark);
                return Err(self.mismatch("number"));
            }
        } else {
            parse(self.number("number")?.0)
        };
        if fits {
            return Ok(());
        }
        self.back_to(mark);
        Err(self.invalid("the number is too large"))
    }
}

/// `-?[0-9]+`
fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole number that a number with fraction or exponent is, if it is one: `17.0` and `1.7e1` are `17`.
fn whole_part(text: &str) -> Option<String> {
    /// More digits than the largest integer type has.
    const MOST: i64 = 40;
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let shift = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    if shift > MOST {
        return None;
    }
    if let Ok(zeros) = usize::try_from(shift) {
        return Some(format!("{sign}{digits}{}", "0".repeat(zeros)));
    }
    let kept = digits.len().checked_sub(usize::try_from(-shift).ok()?)?;
    let (kept, cut) = digits.split_at(kept);
    cut.bytes().all(|digit| digit == b'0').then(|| format!("{sign}{kept}"))
}

macro_rules! whole_numbers {
    ($($type:ty: $expected:literal),*) => {$(
        impl FromJson for $type {
            fn blank() -> Self {
                0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
                let start = reader.mark();
                if let Some(number) = reader.digits().and_then(|number| <$type>::try_from(number).ok()) {
                    *self = number;
                    return Ok(());
                }
                reader.back_to(start);
                reader.whole($expected, &mut |text| text.parse().map(|number| *self = number).is_ok())
            }
        }

        impl ToJson for $type {
            fn write(&self, writer: &mut Writer) {
                writer.integer(*self);
            }
        }
    )*};
}

whole_numbers!(i32: "integer of 32 bits", i64: "integer of 64 bits", u32: "unsigned integer of 32 bits", u64: "unsigned integer of 64 bits");

macro_rules! decimals {
    ($($type:ty: $write:ident),*) => {$(
        impl FromJson for $type {
            fn blank() -> Self {
                0.0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
                reader.decimal(&mut |text| {
                    *self = text.parse().unwrap_or(<$type>::INFINITY);
                    self.is_finite()
                })
            }
        }

        impl ToJson for $type {
            fn write(&self, writer: &mut Writer) {
                writer.$write(*self);
            }
        }
    )*};
}

decimals!(f32: single, f64: float);
