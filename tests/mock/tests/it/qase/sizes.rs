//! Limits that are too large for a table, and those that time decides.

use super::call;
use crate::client::{get, start};
use crate::qacomplete::form;
use serde_json::{Value, json};
use std::time::Duration;
use tms_mock::qase::{self as api, Plan, Settings};
use tms_mock::{Clock, Mock};

fn unlimited() -> Mock {
    start(api::mock().rate_limit(None))
}

/// Uploads files of these sizes; answers with the status.
fn upload(mock: &Mock, sizes: &[usize]) -> u16 {
    let contents: Vec<Vec<u8>> = sizes.iter().map(|size| vec![b'x'; *size]).collect();
    let parts: Vec<_> = contents.iter().map(|content| ("file[]", Some("a.txt"), content.as_slice())).collect();
    form(call(mock, "POST", "/attachment/DEMO"), &parts).now().status
}

#[test]
fn files_are_limited_in_number_and_size() {
    const MB: usize = 1024 * 1024;
    let mock = unlimited();
    for (sizes, status) in [
        (vec![32 * MB], 200),
        (vec![32 * MB + 1], 413),
        (vec![32 * MB; 4], 200),
        (vec![32 * MB, 32 * MB, 32 * MB, 32 * MB, 1], 413),
        (vec![1; 20], 200),
    ] {
        let (count, before) = (sizes.len(), mock.uploads().len());
        assert_eq!(upload(&mock, &sizes), status, "{count} files of {} bytes and so on", sizes[0]);
        assert_eq!(mock.uploads().len() - before, if status == 200 { count } else { 0 });
    }
    mock.assert_no_verdicts();
    assert_eq!(upload(&mock, &[1; 21]), 413, "the document says so already");
    assert_eq!(mock.verdicts().len(), 1);
}

#[test]
fn more_results_than_the_document_has_are_too_many_as_well() {
    let mock = unlimited();
    let many = |count: usize, one: Value| json!({ "results": vec![one; count] });
    let (first, second) = (json!({ "case_id": 1, "status": "passed" }), json!({ "title": "T", "execution": { "status": "passed" } }));
    for (target, one) in [("/result/DEMO/1/bulk", first), ("/v2/DEMO/run/1/results", second)] {
        let ask = |count: usize| call(&mock, "POST", target).json(&many(count, one.clone())).now();
        assert!([200, 202].contains(&ask(200).status), "{target}");
        let refused = ask(201);
        assert_eq!((refused.status, &refused.json()["errorMessage"]), (413, &json!("There is too much in one request")), "{target}");
    }
    assert_eq!(mock.verdicts().len(), 2);
    assert_eq!(mock.records(api::RESULTS, "DEMO").len(), 402, "two were there");
}

#[test]
fn a_plan_decides_how_many_requests_are_allowed() {
    for (plan, limit) in [
        (None, "200"),
        (Some(Plan::Free), "150"),
        (Some(Plan::Startup), "300"),
        (Some(Plan::Business), "600"),
        (Some(Plan::Teams), "600"),
        (Some(Plan::Enterprise), "1000"),
    ] {
        let mock = start(api::with(Settings { plan, ..Settings::default() }));
        let left = limit.parse::<u32>().expect("a number") - 1;
        let reply = get(&mock, "/user");
        assert_eq!(reply.header("x-ratelimit-limit"), Some(limit), "{plan:?}");
        assert_eq!(reply.header("x-ratelimit-remaining"), Some(left.to_string().as_str()), "{plan:?}");
    }
}

#[test]
fn clients_are_told_when_there_will_be_more_requests() {
    let clock = Clock::manual();
    let mock = start(api::with(Settings { plan: Some(Plan::Free), ..Settings::default() }).clock(clock.clone()));
    // 2026-01-01T00:00:00Z
    let start = 1_767_225_600;
    let told = |remaining: &str, reset: u64| {
        let reply = get(&mock, "/user");
        assert_eq!(reply.header("x-ratelimit-remaining"), Some(remaining));
        assert_eq!(reply.header("x-ratelimit-reset"), Some(reset.to_string().as_str()));
        reply
    };
    told("149", start + 60);
    clock.advance(Duration::from_secs(10));
    for _ in 0..148 {
        get(&mock, "/user").ok();
    }
    told("0", start + 60);
    let refused = told("0", start + 70);
    assert_eq!(refused.failed(429), "API rate limit exceeded.");
    assert_eq!(refused.header("retry-after"), Some("60"));
    let of_two = call(&mock, "GET", "/v2/custom_field").now();
    assert_eq!(of_two.failed(429), "API rate limit exceeded.", "both versions count together");
    clock.advance(Duration::from_secs(60));
    told("149", start + 130);
    mock.assert_no_verdicts();
}

#[test]
fn without_a_limit_nothing_is_told_of_it() {
    let reply = get(&unlimited(), "/user");
    assert_eq!((reply.header("x-ratelimit-limit"), reply.header("x-ratelimit-reset")), (None, None));
}

#[test]
fn long_error_contexts_are_cut() {
    let mock = unlimited();
    let execution = json!({ "status": "failed", "error_context": "ö".repeat(300_000) });
    let sent = call(&mock, "POST", "/v2/DEMO/run/1/result").json(&json!({ "title": "T", "execution": execution })).now();
    assert_eq!(sent.status, 202);
    let kept = mock.records(api::RESULTS, "DEMO").pop().expect("it was kept");
    assert_eq!(kept.hidden["error_context"].as_str().map(|text| text.chars().count()), Some(262_144));
}
