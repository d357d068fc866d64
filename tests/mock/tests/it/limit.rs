//! 200 requests a minute, then a minute's lock.

use crate::client::{get, qase, send, start};
use std::time::Duration;
use tms_mock::{Clock, Mock, RateLimit, qase as api};

fn with_clock() -> (Mock, Clock) {
    let clock = Clock::manual();
    (start(api::mock().clock(clock.clone())), clock)
}

#[test]
fn the_201st_request_is_too_many_until_the_lock_ends() {
    let (mock, clock) = with_clock();
    for n in 1..=200 {
        assert_eq!(get(&mock, "/user").status, 200, "request {n}");
    }
    let refused = get(&mock, "/user");
    refused.failed(429);
    assert_eq!(refused.header("retry-after"), Some("60"));
    clock.advance(Duration::from_millis(30_500));
    assert_eq!(get(&mock, "/project/DEMO").header("retry-after"), Some("30"), "asking again does not prolong the lock");
    clock.advance(Duration::from_millis(29_500));
    get(&mock, "/user").ok();
    mock.assert_no_verdicts();
}

#[test]
fn spread_over_more_than_a_minute_nothing_is_too_many() {
    let (mock, clock) = with_clock();
    for _ in 0..250 {
        get(&mock, "/user").ok();
        clock.advance(Duration::from_millis(310));
    }
}

#[test]
fn a_refused_token_is_not_counted() {
    let (mock, _clock) = with_clock();
    for _ in 0..201 {
        send(&mock, "GET", "/user").header("Token", "wrong").now().failed(401);
    }
    get(&mock, "/user").ok();
}

#[test]
fn it_can_be_set_and_switched_off() {
    let second = Duration::from_secs(1);
    let limit = RateLimit { requests: 1, window: second, lock: 5 * second };
    let tight = start(api::mock().clock(Clock::manual()).rate_limit(Some(limit)));
    get(&tight, "/user").ok();
    assert_eq!(get(&tight, "/user").header("retry-after"), Some("5"));
    tight.reset();
    get(&tight, "/user").ok();

    let free = qase();
    for _ in 0..205 {
        get(&free, "/user").ok();
    }
}
