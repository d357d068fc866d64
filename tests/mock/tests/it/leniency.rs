//! Spellings that the vendor's own pages use and the document does not declare.

use crate::client::{Reply, delete, get, post, qase, send, start};
use serde_json::json;
use tms_mock::{Leniency, Mock, qase as api};

fn lenient() -> Mock {
    start(api::mock().rate_limit(None).leniency(Leniency::Homonyms))
}

/// A homonym, and the status it has with a strict mock.
type Row = (&'static str, &'static str, u16);

const PATHS: [Row; 2] = [("GET", "/shared_steps/DEMO", 404), ("GET", "/shared_steps/DEMO/0223905c291bada23e6049d415385982af92d758", 404)];

const QUERIES: [Row; 5] = [
    ("GET", "/case/DEMO?filter[suite_id]=1", 400),
    ("GET", "/run/DEMO?filters[status]=active", 400),
    ("GET", "/defect/DEMO?filters%5Bstatus%5D=open", 400),
    ("GET", "/case/DEMO?filters[is_automated]=1", 400),
    ("GET", "/case/DEMO?filters[is_automated]=0", 400),
];

fn ask(mock: &Mock, (method, target, _): Row) -> Reply {
    send(mock, method, target).now()
}

#[test]
fn a_strict_mock_refuses_them() {
    let mock = qase();
    for row in PATHS.into_iter().chain(QUERIES) {
        ask(&mock, row).failed(row.2);
    }
    assert_eq!(mock.verdicts().len(), PATHS.len() + QUERIES.len());
}

#[test]
fn a_lenient_mock_takes_them_for_what_they_mean() {
    let mock = lenient();
    for row in PATHS.into_iter().chain(QUERIES) {
        let reply = ask(&mock, row);
        assert_eq!(reply.status, 200, "{row:?}: {}", String::from_utf8_lossy(&reply.body));
    }
    let filtered = |query: &str| get(&mock, &format!("/case/DEMO?{query}")).ok()["result"]["filtered"].clone();
    assert_eq!(filtered("filter[suite_id]=1"), filtered("filters[suite_id]=1"));
    assert_eq!(filtered("filters[is_automated]=1"), 3);
    assert_eq!(filtered("filters[is_automated]=0"), 7);
    let id = post(&mock, "/shared_steps/DEMO", &json!({ "title": "x", "action": "y" })).ok()["id"].clone();
    let one = format!("/shared_steps/DEMO/{id}");
    send(&mock, "PATCH", &one).json(&json!({ "title": "z", "action": "y" })).now().ok();
    assert_eq!(get(&mock, &format!("/shared_step/DEMO/{id}")).ok()["result"][0]["title"], "z");
    delete(&mock, &one).ok();
    mock.assert_no_verdicts();
}

#[test]
fn a_lenient_mock_is_no_blind_one() {
    let mock = lenient();
    get(&mock, "/case/DEMO?filter[colour]=red").failed(400);
    get(&mock, "/case/DEMO?filters[is_automated]=2").failed(400);
    get(&mock, "/shared_stepz/DEMO").failed(404);
    delete(&mock, "/result/DEMO/1").failed(404);
}
