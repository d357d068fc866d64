//! Lost answers: what was done stays done.

use super::call;
use crate::client::start;
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use serde_json::json;
use std::io::ErrorKind;
use tms_mock::qase as api;
use tms_mock::{Fault, Mock};

fn results(mock: &Mock) -> usize {
    mock.records(api::RESULTS, "DEMO").len()
}

#[test]
fn a_lost_answer_does_not_undo_what_was_taken() {
    let mock = start(api::mock().rate_limit(None));
    let before = results(&mock);
    let v1 = json!({ "results": [{ "case_id": 1, "status": "passed" }, { "case_id": 2, "status": "passed" }] });
    let send = |body| call(&mock, "POST", "/result/DEMO/1/bulk").json(body).try_now();
    mock.script("createResults", [Fault::reset(), Fault::reset().after_acting()]);
    for (stored, what) in [(0, "the body was not taken"), (2, "the body was taken")] {
        let kind = send(&v1).expect_err(what).kind();
        assert!([ErrorKind::ConnectionReset, ErrorKind::UnexpectedEof].contains(&kind), "{what}: {kind:?}");
        assert_eq!(results(&mock) - before, stored, "{what}");
    }
    assert_eq!(send(&v1).expect("an answer").status, 200);
    assert_eq!(results(&mock) - before, 4, "version 1 knows no keys: repeated is doubled");

    let v2 = json!({ "results": [{ "id": "a", "title": "A", "execution": { "status": "passed" } }] });
    let lost = Fault::status(StatusCode::BAD_GATEWAY).after_acting();
    let busy = Fault::refusal(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded.").header(RETRY_AFTER, HeaderValue::from_static("1"));
    mock.script("createResultsV2", [busy, lost]);
    let statuses = [429, 502, 202, 202].map(|_| call(&mock, "POST", "/v2/DEMO/run/1/results").json(&v2).now().status);
    assert_eq!(statuses, [429, 502, 202, 202]);
    assert_eq!(results(&mock) - before, 5, "version 2 knows them");
    mock.assert_no_verdicts();
}
