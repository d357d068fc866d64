//! Tokens: given out, ended, renewed, refused; and what is told of the limit.

use super::{call, call_with, mock};
use crate::client::{Reply, send, start};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::time::Duration;
use tms_mock::{Clock, Mock, RateLimit, qtest_manager as api};

const LOGIN: &str = "grant_type=password&username=ann%40example.com&password=mock-password";

fn token(mock: &Mock, client: &str, form: &str) -> Reply {
    let basic = format!("Basic {}", STANDARD.encode(client));
    let request = send(mock, "POST", "/oauth/token").without("Token").header("Authorization", &basic);
    request.text(form).header("Content-Type", "application/x-www-form-urlencoded").now()
}

fn text(reply: &Reply, name: &str) -> String {
    reply.ok()[name].as_str().expect(name).to_owned()
}

fn status_with(mock: &Mock, token: &str) -> u16 {
    call_with(mock, token, "GET", "/api/v3/projects").now().status
}

#[test]
fn a_token_lets_in_until_it_ends_and_is_renewed() {
    let clock = Clock::manual();
    let mock = start(api::with_token_life(Duration::from_secs(300)).clock(clock.clone()));
    let given = token(&mock, "acme:", LOGIN);
    let (access, refresh) = (text(&given, "access_token"), text(&given, "refresh_token"));
    assert_eq!((&given.ok()["expires_in"], &given.ok()["token_type"]), (&300.into(), &"bearer".into()));
    assert_eq!(status_with(&mock, &access), 200);
    clock.advance(Duration::from_secs(200));
    let left = call_with(&mock, &access, "GET", "/oauth/status").now().ok();
    assert_eq!(left["validityInMilliseconds"], 100_000);
    clock.advance(Duration::from_secs(100));
    assert_eq!(status_with(&mock, &access), 401, "it has ended");
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    assert_eq!(token(&mock, "acme:", &form).status, 401, "only one name may renew");
    let renewed = text(&token(&mock, "qtest-api:", &form), "access_token");
    assert_eq!(status_with(&mock, &renewed), 200);
    api::expire_tokens(&mock);
    assert_eq!(status_with(&mock, &renewed), 401, "it was ended");
    assert_eq!(token(&mock, "qtest-api:", &form).status, 200, "it can still be renewed");
    api::refuse_refresh(&mock);
    assert_eq!(token(&mock, "qtest-api:", &form).status, 400, "it cannot be renewed");
    assert_eq!(token(&mock, "acme:", LOGIN).status, 200);
    assert_eq!(mock.hits()["issueToken"], 4);
}

#[test]
fn who_is_not_known_gets_no_token() {
    let mock = mock();
    for (client, form, status) in [
        ("acme:", "username=ann%40example.com&password=mock-password", 200),
        ("acme:", "grant_type=password&username=ann%40example.com&password=wrong", 400),
        ("acme:", "grant_type=password&username=gus%40example.com&password=mock-password", 400),
        ("acme:", "grant_type=password&password=mock-password", 400),
        ("qtest-api:", "grant_type=refresh_token&refresh_token=unknown", 400),
        ("acme:", "grant_type=magic", 400),
        ("acme:", "grant_type=password&user=ann", 400),
        ("acme:", "username=a&username=b", 400),
        ("acme:secret", LOGIN, 401),
        (":", LOGIN, 401),
    ] {
        assert_eq!(token(&mock, client, form).status, status, "{client} {form}");
    }
    let bare = send(&mock, "POST", "/oauth/token").without("Token").text(LOGIN).header("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(bare.now().status, 401, "a client has a name");
    let json = send(&mock, "POST", "/oauth/token").without("Token").header("Authorization", "Basic YWNtZTo=");
    assert_eq!(json.json(&Value::Null).now().status, 405, "it is a form");
}

#[test]
fn the_fixed_token_never_ends_and_users_are_who_logged_in() {
    let mock = mock();
    assert_eq!(call(&mock, "GET", "/oauth/status").now().ok()["expiration"], 0);
    let bob = text(&token(&mock, "acme:", &LOGIN.replace("ann", "bob")), "access_token");
    assert_eq!(call_with(&mock, &bob, "GET", "/api/v3/re-evaluation").now().ok()["user_name"], "bob@example.com");
    assert_eq!(call_with(&mock, &bob, "GET", "/api/v3/projects").now().ok().as_array().map(Vec::len), Some(1));
    mock.assert_no_verdicts();
}

#[test]
fn answers_tell_what_is_left_of_the_limit() {
    let clock = Clock::manual();
    let minute = Duration::from_secs(60);
    let limit = RateLimit { requests: 2, window: minute, lock: minute };
    let mock = start(Mock::qtest_manager().rate_limit(Some(limit)).clock(clock.clone()));
    let ask = || call(&mock, "GET", "/api/v3/projects").now();
    let headers = |reply: &Reply| {
        ["ratelimit-limit", "ratelimit-reset", "x-ratelimit-remaining-minute", "retry-after"]
            .map(|name| reply.header(name).unwrap_or("-").to_owned())
    };
    assert_eq!(headers(&ask()), ["2", "60", "1", "-"]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(headers(&ask()), ["2", "50", "0", "-"]);
    let refused = ask();
    assert_eq!((refused.status, &refused.json()["message"]), (429, &"API rate limit exceeded".into()));
    assert_eq!(headers(&refused), ["2", "60", "0", "60"]);
    clock.advance(minute);
    assert_eq!(ask().status, 200);
    let unlimited = start(Mock::qtest_manager().rate_limit(None));
    assert_eq!(headers(&call(&unlimited, "GET", "/api/v3/projects").now()), ["-", "-", "-", "-"]);
}

#[test]
fn jobs_fail_and_dawdle_when_told_to() {
    let mock = mock();
    api::fail_next_job(&mock, "the queue is full");
    api::slow_next_job(&mock, 4);
    let submit = || {
        let body = serde_json::json!({ "test_case": { "id": 301 }, "combined_type": 1 });
        let target = "/api/v3/projects/1/test-runs/assign-parameter-values/randomize";
        call(&mock, "POST", target).json(&body).now().ok()["id"].as_u64().expect("a job")
    };
    let states = |id: u64| {
        let mut states = Vec::new();
        for _ in 0..4 {
            let job = call(&mock, "GET", &format!("/api/v3/projects/queue-processing/{id}")).now().ok();
            states.push(format!("{} {}", job["state"].as_str().expect("a state"), job["content"].as_str().unwrap_or("-")));
        }
        states
    };
    let failed = states(submit());
    assert_eq!(failed[..2], ["IN_PROCESSING -", r#"FAILED {"error":"the queue is full"}"#]);
    let slow = states(submit());
    assert!(slow[..3].iter().all(|state| state == "IN_PROCESSING -") && slow[3].starts_with("SUCCESS"), "{slow:?}");
    assert!(states(submit())[1].starts_with("SUCCESS"), "both orders are gone");
}
