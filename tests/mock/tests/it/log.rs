//! What a test can read after the fact.

use crate::client::{Connection, get, post, qase, send};
use serde_json::json;

#[test]
fn a_request_is_logged_as_it_came() {
    let mock = qase();
    send(&mock, "POST", "/suite/DEMO").json(&json!({ "title": "x" })).header("X-Trace", "7").now().ok();
    get(&mock, "/case/DEMO?filters%5Bseverity%5D=major%2Clow&limit=3").ok();
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    let (create, list) = (&requests[0], &requests[1]);
    assert_eq!((create.method.as_str(), create.path.as_str()), ("POST", "/v1/suite/DEMO"));
    assert_eq!(create.json(), Some(json!({ "title": "x" })));
    assert_eq!(create.headers["x-trace"], "7");
    assert_eq!(create.operation.as_deref(), Some("createSuite"));
    assert_eq!(create.status.map(|s| s.as_u16()), Some(200));
    assert_eq!(list.raw_query.as_deref(), Some("filters%5Bseverity%5D=major%2Clow&limit=3"));
    assert_eq!(list.query("filters[severity]"), Some("major,low"));
    assert_eq!(list.query("offset"), None);
}

#[test]
fn tokens_are_in_the_log_but_not_in_its_debug_text() {
    let mock = qase();
    get(&mock, "/user").ok();
    send(&mock, "GET", "/nowhere").header("Token", "somebodys-secret").now().failed(404);
    let requests = mock.requests();
    assert_eq!(requests[0].headers["token"], mock.token());
    let printed = format!("{requests:?} {mock:?}");
    assert!(!printed.contains(mock.token()) && !printed.contains("somebodys-secret"), "{printed}");
}

#[test]
fn connections_are_kept_alive_and_counted() {
    let mock = qase();
    let mut first = Connection::open(&mock);
    for _ in 0..3 {
        send(&mock, "GET", "/user").over(&mut first).expect("an answer").ok();
    }
    get(&mock, "/user").ok();
    let connections: Vec<u64> = mock.requests().iter().map(|r| r.connection).collect();
    assert_eq!(connections, [1, 1, 1, 2]);
}

#[test]
fn hits_count_what_was_acted_on() {
    let mock = qase();
    assert_eq!(mock.hits().len(), mock.operations().len());
    assert!(mock.hits().values().all(|hits| *hits == 0));
    get(&mock, "/user/1").ok();
    get(&mock, "/user/1").ok();
    get(&mock, "/user/99").failed(404);
    get(&mock, "/user/one").failed(400);
    assert_eq!(mock.hits()["getUser"], 2);
    assert_eq!(mock.hits()["listUsers"], 0);
}

#[test]
fn reset_brings_everything_back() {
    let mock = qase();
    post(&mock, "/suite/DEMO", &json!({ "title": "x" })).ok();
    get(&mock, "/nowhere").failed(404);
    mock.script_next([tms_mock::Fault::pass()]);
    mock.reset();
    assert!(mock.requests().is_empty() && mock.verdicts().is_empty());
    assert_eq!((mock.hits()["createSuite"], mock.scripted()), (0, 0));
    assert_eq!(get(&mock, "/suite/DEMO").ok()["result"]["total"], 3);
    assert_eq!(post(&mock, "/suite/DEMO", &json!({ "title": "x" })).ok()["id"], 4, "numbers start again too");
}

#[test]
fn a_dropped_mock_is_gone() {
    let mock = qase();
    let mut open = Connection::open(&mock);
    send(&mock, "GET", "/user").over(&mut open).expect("an answer").ok();
    let request = send(&mock, "GET", "/user").head();
    drop(mock);
    assert!(open.exchange(&request, b"").is_err(), "an open connection must end with the mock");
}

#[test]
#[should_panic(expected = "UnknownPath at path")]
fn assert_no_verdicts_prints_what_is_wrong() {
    let mock = qase();
    get(&mock, "/nowhere").failed(404);
    mock.assert_no_verdicts();
}

#[test]
fn a_mock_can_live_inside_a_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mock = qase();
        get(&mock, "/user").ok();
        drop(mock);
    });
}
