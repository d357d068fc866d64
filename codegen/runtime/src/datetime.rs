//! Points in time and days as the API wrote them.

mod parse;
mod parts;
#[cfg(feature = "soap")]
mod xml;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use parts::Parts;

use crate::json::{FromJson, JsonError, Number, Reader, ToJson, Writer};

/// A point in time, kept exactly as the API wrote it.
///
/// Understood are RFC 3339 (up to nine fraction digits, any offset), the same without offset, `2019-12-12 12:12:12`,
/// `2019-12-12`, any of them with zeros before the year, and numbers of Unix seconds, whole or with a fraction. What is not understood (an empty string, say) keeps
/// its text and has no parts. A missing zone is never assumed: [`offset`](Self::offset) and
/// [`unix_seconds`](Self::unix_seconds) are `None` then.
///
/// Equal are date-times of equal text, not those of the same moment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: String,
    /// Stands in JSON as a number of Unix seconds rather than as a string.
    number: bool,
}

impl DateTime {
    /// A moment in UTC, as `2019-12-12T12:12:12Z`; `None` if there is no such date or time.
    #[must_use]
    pub fn utc(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        Parts::new(year, month, day, hour, minute, second).map(|parts| Self::from(format!("{parts}Z")))
    }

    /// A date and time without zone, as `2019-12-12 12:12:12`; `None` if there is no such date or time.
    #[must_use]
    pub fn local(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        Parts::new(year, month, day, hour, minute, second).map(|parts| Self::from(parts.to_string().replace('T', " ")))
    }

    /// A date and time without zone, with seven digits of a second, as `2015-05-26T10:54:21.0930000`; `None` if there is no such
    /// date or time.
    #[must_use]
    pub fn local_precise(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8, nanosecond: u32) -> Option<Self> {
        let parts = Parts::new(year, month, day, hour, minute, second).filter(|_| nanosecond < 1_000_000_000)?;
        Some(Self::from(Parts { nanosecond, ..parts }.precise()))
    }

    /// The same date and time with seven digits of a second, as `2015-05-26T10:54:21.0930000Z`; the zone stays as it is.
    #[must_use]
    pub fn precise(&self) -> Option<Self> {
        self.parts().map(|parts| Self::from(parts.precise()))
    }

    /// A moment as a number of seconds since 1970-01-01 in UTC.
    #[must_use]
    pub fn unix(seconds: i64) -> Self {
        Self { text: seconds.to_string(), number: true }
    }

    /// The text as the API wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is what some APIs say for no date at all: the year 1, as in `0001-01-01T00:00:00`.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.year() == Some(1)
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.parts().map(|parts| parts.year)
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        self.parts().map(|parts| parts.month)
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        self.parts().map(|parts| parts.day)
    }

    /// The hour, to 23; 0 if only a date is given.
    #[must_use]
    pub fn hour(&self) -> Option<u8> {
        self.parts().map(|parts| parts.hour)
    }

    /// The minute; 0 if only a date is given.
    #[must_use]
    pub fn minute(&self) -> Option<u8> {
        self.parts().map(|parts| parts.minute)
    }

    /// The second, 60 in a leap second; 0 if only a date is given.
    #[must_use]
    pub fn second(&self) -> Option<u8> {
        self.parts().map(|parts| parts.second)
    }

    /// The fraction of the second in nanoseconds.
    #[must_use]
    pub fn nanosecond(&self) -> Option<u32> {
        self.parts().map(|parts| parts.nanosecond)
    }

    /// The zone as seconds east of UTC; `None` if the text has no zone. Unix seconds are in UTC.
    #[must_use]
    pub fn offset(&self) -> Option<i32> {
        self.parts()?.offset
    }

    /// Seconds since 1970-01-01 in UTC, rounded down; `None` if the text has no zone.
    #[must_use]
    pub fn unix_seconds(&self) -> Option<i64> {
        self.parts()?.unix_seconds()
    }

    /// The moment; `None` if the text has no zone.
    #[must_use]
    pub fn system_time(&self) -> Option<SystemTime> {
        let parts = self.parts()?;
        let seconds = parts.unix_seconds()?;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let moment = if seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        moment?.checked_add(Duration::from_nanos(u64::from(parts.nanosecond)))
    }

    fn parts(&self) -> Option<Parts> {
        if self.number { parse::unix(&self.text) } else { parse::date_time(&self.text) }
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self { text, number: false }
    }
}

/// In UTC, as RFC 3339; with a fraction if there is one. Before year 0 and after year 9999, as Unix seconds.
impl From<SystemTime> for DateTime {
    fn from(moment: SystemTime) -> Self {
        let (seconds, nanosecond) = match moment.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).unwrap_or(i64::MAX), after.subsec_nanos()),
            Err(before) => before_epoch(before.duration()),
        };
        match Parts::of_unix(seconds, nanosecond) {
            Some(parts) => Self::from(format!("{parts}Z")),
            None => Self::unix(seconds),
        }
    }
}

/// Seconds rounded down, and the nanoseconds to add to them.
fn before_epoch(before: Duration) -> (i64, u32) {
    let seconds = i64::try_from(before.as_secs()).map_or(i64::MIN, |seconds| -seconds);
    match before.subsec_nanos() {
        0 => (seconds, 0),
        nanosecond => (seconds.saturating_sub(1), 1_000_000_000 - nanosecond),
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({})", self.text)
    }
}

impl FromJson for DateTime {
    fn blank() -> Self {
        Self { text: String::new(), number: false }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.number = reader.is_number();
        self.text = if self.number {
            reader.number("date and time")?.0.to_owned()
        } else if reader.is_str() {
            reader.str()?.into_owned()
        } else {
            return Err(reader.mismatch("date and time"));
        };
        if reader.counts_oddities() && self.parts().is_none() {
            reader.note_oddity();
        }
        Ok(())
    }
}

impl ToJson for DateTime {
    fn write(&self, writer: &mut Writer) {
        match self.number {
            true if Number::new(&self.text).is_some() => writer.raw(&self.text),
            _ => writer.str(&self.text),
        }
    }
}

/// A day, kept exactly as the API wrote it: `2019-12-12`, or a date and time of which the date counts.
///
/// What is not understood keeps its text and has no parts. Equal are dates of equal text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: String,
}

impl Date {
    /// A day; `None` if there is none such.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let parts = Parts::new(year, month, day, 0, 0, 0)?;
        Some(Self { text: format!("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day) })
    }

    /// The text as the API wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.parts().map(|parts| parts.year)
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        self.parts().map(|parts| parts.month)
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        self.parts().map(|parts| parts.day)
    }

    fn parts(&self) -> Option<Parts> {
        parse::date_time(&self.text)
    }
}

impl From<&str> for Date {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

impl From<String> for Date {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({})", self.text)
    }
}

impl FromJson for Date {
    fn blank() -> Self {
        Self { text: String::new() }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.text = reader.str()?.into_owned();
        if self.parts().is_none() {
            reader.note_oddity();
        }
        Ok(())
    }
}

impl ToJson for Date {
    fn write(&self, writer: &mut Writer) {
        writer.str(&self.text);
    }
}
