//! Things that go wrong on purpose.

use crate::client::{Connection, get, patch, post, qase, send};
use http::StatusCode;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use serde_json::json;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tms_mock::{Answer, Fault, Reason};

#[test]
fn faults_happen_once_each_in_their_order() {
    let mock = qase();
    let busy = Fault::status(StatusCode::SERVICE_UNAVAILABLE).header(RETRY_AFTER, HeaderValue::from_static("2"));
    mock.script("listUsers", [busy, Fault::pass(), Fault::html(StatusCode::BAD_GATEWAY)]);
    let first = get(&mock, "/user");
    assert_eq!((first.status, first.header("retry-after"), first.body.len()), (503, Some("2"), 0));
    get(&mock, "/user/1").ok();
    get(&mock, "/user").ok();
    let page = get(&mock, "/user");
    assert_eq!((page.status, page.header("content-type")), (502, Some("text/html; charset=utf-8")));
    assert!(page.body.starts_with(b"<!DOCTYPE html>"));
    get(&mock, "/user").ok();
    assert_eq!(mock.scripted(), 0);
}

#[test]
fn the_next_request_of_any_operation_can_be_hit() {
    let mock = qase();
    mock.script_next([Fault::status(StatusCode::INTERNAL_SERVER_ERROR), Fault::status(StatusCode::GONE)]);
    mock.script("getUser", [Fault::status(StatusCode::FORBIDDEN)]);
    assert_eq!(get(&mock, "/user/1").status, 403, "an operation's own fault goes first");
    assert_eq!(get(&mock, "/user/1").status, 500);
    assert_eq!(get(&mock, "/user").status, 410);
    get(&mock, "/user").ok();
}

#[test]
fn a_refused_request_uses_no_fault_up() {
    let mock = qase();
    mock.script_next([Fault::status(StatusCode::BAD_GATEWAY)]);
    get(&mock, "/user?limit=ten").failed(400);
    assert_eq!(mock.scripted(), 1);
    assert_eq!(get(&mock, "/user").status, 502);
}

#[test]
#[should_panic(expected = "no operation `listUser`")]
fn a_fault_for_an_unknown_operation_is_a_mistake() {
    qase().script("listUser", [Fault::pass()]);
}

#[test]
fn an_answer_can_be_late() {
    let mock = qase();
    mock.script("listUsers", [Fault::delay(Duration::from_millis(150))]);
    let start = Instant::now();
    get(&mock, "/user").ok();
    assert!(start.elapsed() >= Duration::from_millis(150), "{:?}", start.elapsed());
}

#[test]
fn a_late_answer_does_not_hold_up_others() {
    let mock = qase();
    mock.script("listUsers", [Fault::delay(Duration::from_secs(60))]);
    let mut waiting = TcpStream::connect(mock.address()).expect("the mock listens");
    waiting.write_all(send(&mock, "GET", "/user").head().as_bytes()).expect("sent");
    while mock.scripted() > 0 {
        std::thread::yield_now();
    }
    get(&mock, "/user").ok();
}

#[test]
fn a_truncated_body_is_shorter_than_announced_and_the_connection_ends() {
    let mock = qase();
    let whole = get(&mock, "/user");
    mock.script("listUsers", [Fault::truncate(10)]);
    let mut stream = TcpStream::connect(mock.address()).expect("the mock listens");
    stream.write_all(send(&mock, "GET", "/user").head().as_bytes()).expect("sent");
    let mut received = Vec::new();
    stream.read_to_end(&mut received).expect("a proper end of the connection");
    let text = String::from_utf8(received).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains(&format!("content-length: {}", whole.body.len())), "{head}");
    assert_eq!(body.as_bytes(), &whole.body[..10]);
}

#[test]
fn a_body_can_be_cut_off_whole() {
    let mock = qase();
    mock.script("listUsers", [Fault::truncate(0)]);
    let error = send(&mock, "GET", "/user").try_now().expect_err("no body comes");
    assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
}

#[test]
fn a_reset_is_a_reset() {
    let mock = qase();
    mock.script("createSuite", [Fault::reset(), Fault::reset().after_acting()]);
    let create = send(&mock, "POST", "/suite/DEMO").json(&json!({ "title": "x" }));
    let total = || get(&mock, "/suite/DEMO").ok()["result"]["total"].clone();
    let error = create.try_now().expect_err("no answer comes");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(total(), 3, "a plain fault happens before the server acts");
    create.try_now().expect_err("no answer comes");
    assert_eq!(total(), 4, "this one after");
    assert_eq!(mock.requests()[0].status, None);
}

#[test]
fn a_failure_can_come_after_the_deed() {
    let mock = qase();
    mock.script("createSuite", [Fault::status(StatusCode::BAD_GATEWAY).after_acting()]);
    assert_eq!(post(&mock, "/suite/DEMO", &json!({ "title": "x" })).status, 502);
    assert_eq!(get(&mock, "/suite/DEMO").ok()["result"]["total"], 4);
}

#[test]
fn answers_can_be_changed_in_places() {
    let mock = qase();
    let change = Fault::set("/result/0/severity", json!("apocalyptic"))
        .and_set("/result/0/ai_score", json!(0.5))
        .and_set("/result/0/tags/-", json!("new"))
        .and_remove("/result/0/links");
    mock.script("getCase", [change]);
    let case = get(&mock, "/case/DEMO/1").ok()["result"][0].clone();
    assert_eq!((&case["severity"], &case["ai_score"], &case["tags"]), (&json!("apocalyptic"), &json!(0.5), &json!(["new"])));
    assert_eq!(case.get("links"), None);
    assert_eq!(get(&mock, "/case/DEMO/1").ok()["result"][0]["severity"], "major", "the data itself is as before");
    mock.assert_no_verdicts();
}

#[test]
fn a_change_that_finds_no_place_is_reported() {
    let mock = qase();
    mock.script("getUser", [Fault::set("/result/0/name", json!("x"))]);
    get(&mock, "/user/1").failed(500);
    let verdicts = mock.verdicts();
    assert_eq!(verdicts[0].problems[0].reason, Reason::BadFault);
    assert!(verdicts[0].to_string().contains("/result/0/name"), "{}", verdicts[0]);
}

#[test]
fn redirects_and_answers_of_your_own() {
    let mock = qase();
    let own = Answer::bytes(StatusCode::OK, "application/json", "{\"status\":false,\"errorMessage\":\"maintenance\"}");
    let own = own.header(HeaderName::from_static("x-request-id"), HeaderValue::from_static("42"));
    mock.script("listUsers", [Fault::redirect("http://elsewhere.test/user"), Fault::replace(own)]);
    let redirect = get(&mock, "/user");
    assert_eq!((redirect.status, redirect.header("location")), (302, Some("http://elsewhere.test/user")));
    let own = get(&mock, "/user");
    assert_eq!((own.ok()["status"].clone(), own.header("x-request-id")), (json!(false), Some("42")));
    assert_eq!(mock.hits()["listUsers"], 0, "neither was acted on");
}

#[test]
fn a_fault_leaves_the_connection_usable() {
    let mock = qase();
    mock.script("updateSuite", [Fault::status(StatusCode::BAD_GATEWAY)]);
    let mut connection = Connection::open(&mock);
    let update = send(&mock, "PATCH", "/suite/DEMO/1").json(&json!({ "title": "x" }));
    assert_eq!(update.over(&mut connection).expect("an answer").status, 502);
    update.over(&mut connection).expect("an answer").ok();
    patch(&mock, "/suite/DEMO/1", &json!({ "title": "y" })).ok();
}
