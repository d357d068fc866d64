//! The parts of a date and time, and the calendar.

use std::fmt;

/// A date and time that exists in the Gregorian calendar, reckoned back and forth for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) nanosecond: u32,
    /// Seconds east of UTC.
    pub(super) offset: Option<i32>,
}

const DAY_SECONDS: i64 = 24 * 60 * 60;

impl Parts {
    /// The parts, without zone, if there is such a date and time. A second of 60 is a leap second.
    pub(super) fn new(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let exists = year <= 9999 && (1..=month_days(year, month)).contains(&day) && hour <= 23 && minute <= 59 && second <= 60;
        exists.then_some(Self { year, month, day, hour, minute, second, nanosecond: 0, offset: None })
    }

    /// A moment of years 0 to 9999, in UTC.
    pub(super) fn of_unix(seconds: i64, nanosecond: u32) -> Option<Self> {
        let (year, month, day) = civil(seconds.div_euclid(DAY_SECONDS))?;
        let of_day = seconds.rem_euclid(DAY_SECONDS);
        let part = |value: i64| u8::try_from(value).ok();
        let parts = Self::new(year, month, day, part(of_day / 3600)?, part(of_day / 60 % 60)?, part(of_day % 60)?)?;
        Some(Self { nanosecond, offset: Some(0), ..parts })
    }

    /// `2019-12-12T12:12:12.0000000`: seven digits of a second, then the zone if there is one.
    pub(super) fn precise(&self) -> String {
        let whole = Self { nanosecond: 0, ..*self };
        let text = format!("{whole}.{:07}", self.nanosecond / 100);
        match self.offset {
            None => text,
            Some(0) => text + "Z",
            Some(east) => {
                let minutes = east.unsigned_abs() / 60;
                format!("{text}{}{:02}:{:02}", if east < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
            }
        }
    }

    /// Seconds since 1970-01-01 in UTC; `None` without zone.
    pub(super) fn unix_seconds(&self) -> Option<i64> {
        let of_day = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        let local = days(self.year, self.month, self.day) * DAY_SECONDS + of_day;
        Some(local - i64::from(self.offset?))
    }
}

/// `2019-12-12T12:12:12`, with a fraction in as few digits as it needs; never with a zone.
impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if self.nanosecond == 0 {
            return Ok(());
        }
        let digits = format!("{:09}", self.nanosecond);
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

/// How many days a month has; 0 if there is no such month.
fn month_days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days from 1970-01-01 to a date. The year is made to begin in March, so that the leap day is its last: then months have
/// their lengths by one formula, and 400 years always 146,097 days.
fn days(year: u16, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let month = (i64::from(month) + 9) % 12;
    let of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date a number of days after 1970-01-01: [`days`] backwards. `None` outside of years 0 to 9999.
fn civil(days: i64) -> Option<(u16, u8, u8)> {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = u16::try_from(era * 400 + year + next_year).ok().filter(|year| *year <= 9999)?;
    Some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}
