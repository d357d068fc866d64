//! The texts a date and time is understood in.

use super::parts::Parts;

/// RFC 3339 (with zeros before the year, too), the same without zone or with a space, or a date alone.
pub(super) fn date_time(text: &str) -> Option<Parts> {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    // Some write five digits of a year.
    let date =
        date.get(date.len().saturating_sub(10)..).filter(|short| date[..date.len() - short.len()].bytes().all(|byte| byte == b'0'))?;
    let (year, month, day) = (digits(date, 0, 4)?, digits(date, 5, 2)?, digits(date, 8, 2)?);
    if date.len() != 10 || date.as_bytes()[4] != b'-' || date.as_bytes()[7] != b'-' {
        return None;
    }
    let (year, month, day) = (u16::try_from(year).ok()?, small(month)?, small(day)?);
    let Some(time) = time else { return Parts::new(year, month, day, 0, 0, 0) };
    let (time, offset) = zone(time)?;
    let (time, nanosecond) = fraction(time)?;
    if time.len() != 8 || time.as_bytes()[2] != b':' || time.as_bytes()[5] != b':' {
        return None;
    }
    let (hour, minute, second) = (digits(time, 0, 2)?, digits(time, 3, 2)?, digits(time, 6, 2)?);
    let parts = Parts::new(year, month, day, small(hour)?, small(minute)?, small(second)?)?;
    Some(Parts { nanosecond, offset, ..parts })
}

/// A JSON number of seconds since 1970-01-01 in UTC.
pub(super) fn unix(text: &str) -> Option<Parts> {
    if text.contains(['e', 'E']) {
        let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.abs() < 1e15)?;
        // In the range above a float has at least millisecond resolution; anything finer is not in the text's digits.
        return unix(&format!("{seconds:.3}"));
    }
    let (whole, nanosecond) = fraction(text)?;
    let seconds = whole.parse::<i64>().ok()?;
    match (whole.starts_with('-'), nanosecond) {
        (true, 1..) => Parts::of_unix(seconds.checked_sub(1)?, 1_000_000_000 - nanosecond),
        _ => Parts::of_unix(seconds, nanosecond),
    }
}

/// Cuts the zone off a time: `Z`, `+02:00`, `+0200`, `+02`, or none.
fn zone(time: &str) -> Option<(&str, Option<i32>)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, Some(0)));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, None)) };
    let (time, zone) = time.split_at(at);
    let digits_of = |from| digits(zone, from, 2);
    let (hours, minutes) = match (zone.len(), zone.as_bytes().get(3)) {
        (3, _) => (digits_of(1)?, 0),
        (5, _) => (digits_of(1)?, digits_of(3)?),
        (6, Some(b':')) => (digits_of(1)?, digits_of(4)?),
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some((time, Some(if zone.starts_with('-') { -seconds } else { seconds })))
}

/// Cuts a fraction of up to nine digits off a number of seconds, and returns it as nanoseconds.
fn fraction(text: &str) -> Option<(&str, u32)> {
    let Some((whole, fraction)) = text.split_once('.') else { return Some((text, 0)) };
    let length = fraction.len();
    if length > 9 {
        return None;
    }
    let scale = 10_u32.pow(9 - u32::try_from(length).ok()?);
    Some((whole, digits(fraction, 0, length)? * scale))
}

/// `count` digits from `from` on, at least one.
fn digits(text: &str, from: usize, count: usize) -> Option<u32> {
    let digits = text.get(from..from + count)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn small(value: u32) -> Option<u8> {
    u8::try_from(value).ok()
}
