//! Limits of calls, as the service tells of them.

use super::got;
use crate::asked;
use http::{HeaderName, HeaderValue};
use qtest_manager::{Error, StatusCode};
use std::time::{Duration, Instant};
use tms_mock::{Fault, Mock, RateLimit};
use tms_smoke::both;
use tms_smoke::qtest_manager::{Drive, PROJECT, Setup, World};

both!(
    a_429_is_waited_out_and_repeated,
    a_429_says_how_long_it_lasts,
    nothing_is_sent_while_nothing_is_left,
    a_limit_that_is_obeyed_refuses_nothing,
    logins_count_as_well,
);

const SECOND: Duration = Duration::from_secs(1);

fn with(fault: Fault, headers: &[(&'static str, &'static str)]) -> Fault {
    headers.iter().fold(fault, |fault, (name, value)| fault.header(HeaderName::from_static(name), HeaderValue::from_static(value)))
}

fn too_many() -> Fault {
    Fault::refusal(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded")
}

fn a_429_is_waited_out_and_repeated<M: Drive>() {
    let world = World::start();
    world.mock.script("getProject", [with(too_many(), &[("retry-after", "1")])]);
    world.mock.script("getCurrentUser", [with(too_many(), &[("ratelimit-reset", "1"), ("x-ratelimit-remaining-minute", "0")])]);
    let client = M::client(&world.setup().attempts(2));
    let begun = Instant::now();
    got(client.projects().get(PROJECT));
    assert!(begun.elapsed() >= SECOND, "`retry-after: 1` was not obeyed");
    got(client.users().current());
    assert!(begun.elapsed() >= 2 * SECOND, "`ratelimit-reset: 1` was not obeyed");
    assert_eq!((asked(&world.mock, "getProject"), asked(&world.mock, "getCurrentUser")), (2, 2));
}

fn a_429_says_how_long_it_lasts<M: Drive>() {
    let world = World::start();
    world.mock.script("getProject", [with(too_many(), &[("retry-after", "7")])]);
    let error = M::send(M::client(&world.setup()).projects().get(PROJECT)).expect_err("refused");
    assert!(matches!(error, Error::Api(_)) && error.to_string().contains("API rate limit exceeded"), "{error:?}");
    assert_eq!((error.status(), error.retry_after()), (Some(StatusCode::TOO_MANY_REQUESTS), Some(7 * SECOND)));
    assert!(error.is_retryable());
}

/// The last call that was left has been used: all clones know it.
fn nothing_is_sent_while_nothing_is_left<M: Drive>() {
    let world = World::start();
    let left = |left: &'static str, reset| with(Fault::pass(), &[("x-ratelimit-remaining-minute", left), ("ratelimit-reset", reset)]);
    world.mock.script("getProject", [left("0", "1"), left("3", "60"), left("0", "60")]);
    let client = M::client(&world.setup());
    let begun = Instant::now();
    got(client.projects().get(PROJECT));
    got(client.clone().projects().get(PROJECT));
    assert!(begun.elapsed() >= SECOND, "nothing was left for a second");
    got(client.projects().get(PROJECT));
    let error = M::send(client.clone().projects().get(PROJECT).timeout(SECOND / 10)).expect_err("nothing is left for a minute");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(asked(&world.mock, "getProject"), 3);
}

fn a_limit_that_is_obeyed_refuses_nothing<M: Drive>() {
    let limit = RateLimit { requests: 2, window: SECOND, lock: 60 * SECOND };
    let mock = Mock::qtest_manager().rate_limit(Some(limit)).start().expect("a server");
    let client = M::client(&Setup::of(&mock));
    for _ in 0..5 {
        got(client.projects().get(PROJECT));
    }
    assert!(mock.requests().iter().all(|request| request.status == Some(StatusCode::OK)));
}

fn logins_count_as_well<M: Drive>() {
    let world = World::start();
    world.mock.script("issueToken", [with(too_many(), &[("retry-after", "1")])]);
    let begun = Instant::now();
    got(M::client(&Setup::user(&world.mock).attempts(2)).projects().get(PROJECT));
    assert!(begun.elapsed() >= SECOND, "`retry-after: 1` was not obeyed");
    assert_eq!((asked(&world.mock, "issueToken"), asked(&world.mock, "getProject")), (2, 1));
}
