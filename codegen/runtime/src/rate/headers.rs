//! What answers say about limits: a pure rule over the headers in use.

use crate::retry;
use http::{HeaderMap, StatusCode};
use std::time::{Duration, SystemTime};

/// Headers with the number of requests that are left, for now or in a window of their own.
const REMAINING: [&str; 8] = [
    "ratelimit-remaining",
    "x-ratelimit-remaining",
    "x-rate-limit-remaining",
    "x-ratelimit-remaining-second",
    "x-ratelimit-remaining-minute",
    "x-ratelimit-remaining-hour",
    "x-ratelimit-remaining-day",
    "x-ratelimit-remaining-month",
];

/// Headers with the time until there are more: seconds, or the instant as seconds or milliseconds since 1970.
const RESET: [&str; 3] = ["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"];

/// What an answer asks of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// How long to wait before the same call is sent again.
    pub(crate) wait: Option<Duration>,
    /// How long nothing at all should be sent.
    pub(crate) pause: Option<Duration>,
}

/// What an answer of this status asks for that came at `now`.
pub(crate) fn asked(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Asked {
    let wait = retry::retry_after(headers, now);
    let windows = windows(headers, now);
    let exhausted = windows.iter().filter(|window| window.remaining == Some(0)).filter_map(|window| window.reset).max();
    if status == StatusCode::TOO_MANY_REQUESTS {
        // Something is exhausted, whether it is told or not.
        let wait = wait.or(exhausted).or_else(|| windows.iter().filter_map(|window| window.reset).min());
        return Asked { wait, pause: wait };
    }
    Asked { wait, pause: exhausted }
}

/// A limit as an answer describes it.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    remaining: Option<u64>,
    reset: Option<Duration>,
}

fn windows(headers: &HeaderMap, now: SystemTime) -> Vec<Window> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let remaining = REMAINING.iter().filter_map(|name| number(text(name)?)).min();
    let reset = RESET.iter().find_map(|name| until(text(name)?, now));
    let mut windows = vec![Window { remaining, reset }];
    let lines = headers.get_all("ratelimit").iter().filter_map(|line| line.to_str().ok());
    lines.for_each(|line| windows.extend(structured(line)));
    windows
}

/// `RateLimit: limit=10, remaining=0, reset=5`, or as of later drafts `RateLimit: "minute";r=0;t=5, "day";r=90;t=600`.
fn structured(line: &str) -> Vec<Window> {
    let in_one = line.contains("remaining=");
    let policies: Vec<&str> = if in_one { vec![line] } else { line.split(',').collect() };
    policies.into_iter().map(window).collect()
}

fn window(policy: &str) -> Window {
    policy.split([',', ';']).filter_map(|pair| pair.trim().split_once('=')).fold(Window::default(), |window, (name, text)| match name {
        "r" | "remaining" => Window { remaining: number(text), ..window },
        "t" | "reset" => Window { reset: number(text).map(Duration::from_secs), ..window },
        _ => window,
    })
}

fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

/// How long until the time that a number names: nobody is asked to wait for thirty years.
fn until(text: &str, now: SystemTime) -> Option<Duration> {
    const INSTANTS: u64 = 1_000_000_000;
    let instant = match number(text)? {
        seconds if seconds < INSTANTS => return Some(Duration::from_secs(seconds)),
        seconds if seconds < INSTANTS * 1000 => Duration::from_secs(seconds),
        milliseconds => Duration::from_millis(milliseconds),
    };
    Some(SystemTime::UNIX_EPOCH.checked_add(instant)?.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions() {
        type Row = (u16, &'static [(&'static str, &'static str)], Option<u64>, Option<u64>);
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let table: [Row; 27] = [
            // status, headers -> seconds before the same call, seconds before any call
            (200, &[], None, None),
            (200, &[("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "30")], None, None),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], None, Some(30)),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1700000030")], None, Some(30)),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1700000030000")], None, Some(30)),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1600000000")], None, Some(0)),
            (200, &[("x-rate-limit-remaining", " 0 "), ("x-rate-limit-reset", " 9 ")], None, Some(9)),
            (200, &[("x-ratelimit-remaining", "0")], None, None),
            (200, &[("x-ratelimit-reset", "30")], None, None),
            (200, &[("x-ratelimit-remaining", "none"), ("x-ratelimit-reset", "30")], None, None),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "soon")], None, None),
            (
                200,
                &[("x-ratelimit-remaining-minute", "0"), ("x-ratelimit-remaining-month", "99"), ("ratelimit-reset", "12")],
                None,
                Some(12),
            ),
            (200, &[("x-ratelimit-remaining-minute", "1"), ("x-ratelimit-remaining-month", "99"), ("ratelimit-reset", "12")], None, None),
            (200, &[("ratelimit", "limit=100, remaining=0, reset=50")], None, Some(50)),
            (200, &[("ratelimit", "limit=100, remaining=1, reset=50")], None, None),
            (200, &[("ratelimit", "\"minute\";r=0;t=8, \"day\";r=90;t=600")], None, Some(8)),
            (200, &[("ratelimit", "\"minute\";r=1;t=8"), ("ratelimit", "\"day\";r=0;t=600")], None, Some(600)),
            (200, &[("ratelimit", "\"minute\"; r=0; t=8")], None, Some(8)),
            (200, &[("ratelimit", ";;=,=0")], None, None),
            (404, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], None, Some(30)),
            (503, &[("retry-after", "7")], Some(7), None),
            (429, &[], None, None),
            (429, &[("retry-after", "7")], Some(7), Some(7)),
            (429, &[("retry-after", "7"), ("ratelimit-reset", "12")], Some(7), Some(7)),
            (429, &[("ratelimit-reset", "12")], Some(12), Some(12)),
            (429, &[("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "1700000002")], Some(2), Some(2)),
            (429, &[("ratelimit", "\"minute\";r=0;t=8, \"day\";r=90;t=600")], Some(8), Some(8)),
        ];
        for (status, headers, wait, pause) in table {
            let status = StatusCode::from_u16(status).expect("a status");
            let map: HeaderMap = headers.iter().fold(HeaderMap::new(), |mut map, (name, text)| {
                map.append(*name, http::HeaderValue::from_static(text));
                map
            });
            let expected = Asked { wait: wait.map(Duration::from_secs), pause: pause.map(Duration::from_secs) };
            assert_eq!(asked(status, &map, now), expected, "{status} with {headers:?}");
        }
    }
}
