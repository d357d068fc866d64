//! What the mock refuses, and what it must not.

use crate::client::{get, qase, send};
use serde_json::{Value, json};
use tms_mock::{Mock, Reason};

/// Sends, expects a refusal with this status and first reason, and something in the verdict's text.
#[track_caller]
fn refused(mock: &Mock, request: &crate::client::Send<'_>, status: u16, reason: Reason, says: &str) {
    let before = mock.verdicts().len();
    request.now().failed(status);
    let verdicts = mock.verdicts();
    assert_eq!(verdicts.len(), before + 1, "one request, one verdict");
    let verdict = verdicts.last().expect("just counted");
    assert_eq!(verdict.problems[0].reason, reason, "{verdict}");
    assert!(verdict.to_string().contains(says), "`{says}` is not in: {verdict}");
}

#[test]
fn queries() {
    let mock = qase();
    for (target, reason, says) in [
        ("/case/DEMO?limits=10", Reason::UnknownParameter, "query `limits`"),
        ("/case/DEMO?filter[severity]=high", Reason::UnknownParameter, "query `filter[severity]`"),
        ("/run/DEMO?filters%5Bstatus%5D=active", Reason::UnknownParameter, "query `filters[status]`"),
        ("/user/1?limit=1", Reason::UnknownParameter, "getUser"),
        ("/case/DEMO?limit=ten", Reason::BadParameter, "query `limit`"),
        ("/case/DEMO?limit=1.5", Reason::BadParameter, "query `limit`"),
        ("/case/DEMO?limit=%2B5", Reason::BadParameter, "query `limit`"),
        ("/case/DEMO?limit=", Reason::BadParameter, "query `limit`"),
        ("/case/DEMO?limit=0", Reason::BadParameter, "minimum"),
        ("/case/DEMO?offset=-1", Reason::BadParameter, "minimum"),
        ("/case/DEMO?limit=1&limit=2", Reason::BadParameter, "more than once"),
        ("/case/DEMO?filters[severity]=high&filters[severity]=low", Reason::BadParameter, "more than once"),
        ("/case/DEMO?filters[suite_id]=1,2", Reason::BadParameter, "filters[suite_id]"),
        ("/case/DEMO?filters[is_automated]=yes", Reason::BadParameter, "boolean"),
        ("/case/DEMO?filters[is_automated]=1", Reason::BadParameter, "boolean"),
        ("/case/DEMO/one", Reason::BadParameter, "path `id`"),
    ] {
        refused(&mock, &send(&mock, "GET", target), 400, reason, says);
    }
    refused(
        &mock,
        &send(&mock, "POST", "/result/DEMO/abc").json(&json!({ "case_id": 1, "status": "passed" })),
        400,
        Reason::BadParameter,
        "path `run_id",
    );
}

#[test]
fn queries_may_be_raw_or_encoded() {
    let mock = qase();
    for target in [
        "/case/DEMO?filters[severity]=major,normal&limit=5",
        "/case/DEMO?filters%5Bseverity%5D=major%2Cnormal&limit=5",
        "/case/DEMO?limit=5&filters%5bseverity%5d=major%2cnormal&",
        "/suite/DEMO?filters[search]=",
        "/suite/DEMO?filters[search]=a+b%20c",
    ] {
        get(&mock, target).ok();
    }
    mock.assert_no_verdicts();
}

#[test]
fn all_faults_are_told_at_once() {
    let mock = qase();
    send(&mock, "GET", "/case/DEMO?limit=x&offset=y&z=1").header("Accept", "text/html").now().failed(406);
    let reasons: Vec<Reason> = mock.verdicts()[0].problems.iter().map(|p| p.reason).collect();
    let expected = [Reason::NotAcceptable, Reason::BadParameter, Reason::BadParameter, Reason::UnknownParameter];
    assert_eq!(reasons, expected);
}

#[test]
fn paths_and_methods() {
    let mock = qase();
    for target in ["/nowhere", "/case", "/case/", "/case/DEMO/1/2", "/Case/DEMO", "/defect/DEMO/resolve/1/2", "/case/DEMO/"] {
        refused(&mock, &send(&mock, "GET", target), 404, Reason::UnknownPath, "no operation has");
    }
    for (method, target, allowed) in [
        ("PATCH", "/suite/DEMO", "GET, POST"),
        ("PATCH", "/plan/DEMO", "GET, POST"),
        ("PUT", "/case/DEMO/1", "DELETE, GET, PATCH"),
        ("PATCH", "/project", "GET, POST"),
        ("GET", "/defect/DEMO/resolve/1", "PATCH"),
        ("PUT", "/defect/DEMO/1", "DELETE, GET, PATCH"),
        ("PATCH", "/result/DEMO/1", "DELETE, GET, POST"),
        ("OPTIONS", "/user", "GET"),
    ] {
        refused(&mock, &send(&mock, method, target), 405, Reason::WrongMethod, allowed);
        assert_eq!(send(&mock, method, target).now().header("allow"), Some(allowed), "{method} {target}");
    }
}

#[test]
fn the_server_prefix_belongs_to_the_path() {
    let mock = qase();
    let head = send(&mock, "GET", "/user").head().replace("/v1/user", "/user");
    let reply = crate::client::Connection::open(&mock).exchange(&head, b"").expect("an answer");
    reply.failed(404);
}

#[test]
fn tokens() {
    let mock = qase();
    let ask = || send(&mock, "GET", "/user");
    refused(&mock, &ask().without("Token"), 401, Reason::Unauthorized, "missing");
    refused(&mock, &ask().header("Token", "wrong"), 401, Reason::Unauthorized, "wrong");
    refused(&mock, &ask().header("Token", &format!("Bearer {}", mock.token())), 401, Reason::Unauthorized, "wrong");
    let bearer = format!("Bearer {}", mock.token());
    refused(&mock, &ask().without("Token").header("Authorization", &bearer), 401, Reason::Unauthorized, "missing");
    ask().without("Token").header("tOKEN", mock.token()).now().ok();
    let said = mock.verdicts().iter().map(ToString::to_string).collect::<String>();
    assert!(!said.contains(mock.token()), "no token in a verdict: {said}");
}

#[test]
fn accept() {
    let mock = qase();
    for value in ["text/html", "application/xml, text/*", "application/json;q=0", "nonsense"] {
        refused(&mock, &send(&mock, "GET", "/user").header("Accept", value), 406, Reason::NotAcceptable, "Accept");
    }
    for value in ["*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/JSON; charset=utf-8"] {
        send(&mock, "GET", "/user").header("Accept", value).now().ok();
    }
    send(&mock, "GET", "/user").without("Accept").now().ok();
}

#[test]
fn bodies() {
    let mock = qase();
    let suite = || send(&mock, "POST", "/suite/DEMO");
    refused(&mock, &suite(), 400, Reason::MissingBody, "needs a body");
    refused(&mock, &suite().json(&json!({})), 400, Reason::BadBody, "\"title\" is a required");
    refused(&mock, &suite().json(&json!({ "title": 7 })), 400, Reason::BadBody, "body /title");
    refused(&mock, &suite().json(&json!({ "title": null })), 400, Reason::BadBody, "body /title");
    refused(&mock, &suite().json(&json!({ "title": "x", "parent_id": "1" })), 400, Reason::BadBody, "/parent_id");
    refused(&mock, &suite().json(&json!(["x"])), 400, Reason::BadBody, "object");
    let broken = suite().text("{\"title\":").header("Content-Type", "application/json");
    refused(&mock, &broken, 400, Reason::BadBody, "not JSON");
    let plan = send(&mock, "POST", "/plan/DEMO").json(&json!({ "title": "x", "cases": [1, "2"] }));
    refused(&mock, &plan, 400, Reason::BadBody, "/cases/1");
    let result = json!({ "case_id": 1, "status": "passed", "steps": [{ "position": 1 }] });
    let result = send(&mock, "POST", "/result/DEMO/1").json(&result);
    refused(&mock, &result, 400, Reason::BadBody, "/steps/0");
    let nothing = send(&mock, "PATCH", "/suite/DEMO/1").json(&json!({}));
    assert!(!nothing.now().failed(400).is_empty(), "a change needs a field");
}

#[test]
fn error_fields_name_the_place() {
    let mock = qase();
    let fields = |reply: &crate::client::Reply| reply.json()["errorFields"][0]["field"].clone();
    let plan = send(&mock, "POST", "/plan/DEMO").json(&json!({ "title": 1, "cases": [] })).now();
    assert_eq!(fields(&plan), "title");
    assert_eq!(fields(&get(&mock, "/case/DEMO?filters[suite_id]=x")), "filters[suite_id]");
}

#[test]
fn content_types() {
    let mock = qase();
    let text = json!({ "title": "x" }).to_string();
    let suite = || send(&mock, "POST", "/suite/DEMO").text(&text);
    refused(&mock, &suite(), 400, Reason::BadContentType, "needs a content type");
    for value in ["text/plain", "application/x-www-form-urlencoded", "json", "application/json; charset=latin1"] {
        refused(&mock, &suite().header("Content-Type", value), 400, Reason::BadContentType, value);
    }
    for value in ["application/json", "Application/JSON", "application/json; charset=UTF-8"] {
        suite().header("Content-Type", value).now().ok();
    }
}

#[test]
fn bodies_where_none_is_taken() {
    let mock = qase();
    let empty = Value::Object(serde_json::Map::new());
    for (method, target) in [("GET", "/user"), ("DELETE", "/case/DEMO/1"), ("PATCH", "/defect/DEMO/resolve/1")] {
        refused(&mock, &send(&mock, method, target).json(&empty), 400, Reason::UnexpectedBody, "takes no body");
        let with_type = send(&mock, method, target).header("Content-Type", "application/json");
        assert_eq!(with_type.now().status, 200, "a content type alone is no body");
    }
}

#[test]
fn twins_are_told_apart_by_method() {
    let mock = qase();
    get(&mock, "/result/DEMO/6efce6e4f9de887a2ee863e8197cb74ab626a273").ok();
    send(&mock, "POST", "/result/DEMO/1").json(&json!({ "case_id": 1, "status": "passed" })).now().ok();
    let operations: Vec<_> = mock.requests().into_iter().filter_map(|r| r.operation).collect();
    assert_eq!(operations, ["getResult", "createResult"]);
}

#[test]
fn an_answer_that_breaks_the_document_is_the_mocks_own_failure() {
    let mock = qase();
    mock.seed(tms_mock::qase::CASES, "DEMO", json!({ "id": 77, "title": 5 })).expect("seeds");
    get(&mock, "/case/DEMO/77").failed(500);
    let verdict = &mock.verdicts()[0];
    assert_eq!(verdict.problems[0].reason, Reason::BadAnswer);
    assert_eq!(verdict.operation.as_deref(), Some("getCase"));
    assert_eq!(mock.hits()["getCase"], 0);
}
