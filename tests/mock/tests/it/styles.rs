//! The core with another API: every parameter style, other credentials, other answers. It knows no vendor.

use crate::client::{send, start};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tms_mock::{Answer, Behaviour, Call, Collection, Mock, Problem, Reason, SeedError, StartError, Store};

/// Answers with the arguments it was given.
struct Echo;

impl Behaviour for Echo {
    fn seed(&self, _: &mut Store) {}

    fn knows(&self, signature: &str) -> bool {
        signature != "GET /unheard/{}"
    }

    fn answer(&self, call: &Call, _: &mut Store, _: Timestamp) -> Answer {
        match call.operation() {
            "lie" => Answer::json(StatusCode::OK, json!({ "count": "three" })),
            "surprise" => Answer::json(StatusCode::CREATED, json!({ "count": 3 })),
            "leave" => Answer::empty(StatusCode::NO_CONTENT),
            "upload" => Answer::json(StatusCode::OK, json!({ "body": call.body() })),
            _ => Answer::json(StatusCode::OK, json!({ "path": call.path(0), "q": call.query("q"), "h": call.header("X-Ids") })),
        }
    }

    fn insert(&self, _: &mut Store, _: Collection, _: &str, _: Value, _: Timestamp) -> Result<String, SeedError> {
        Err(SeedError::new("nothing is kept"))
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        Answer::json(status, json!({ "problems": problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>() }))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn echo() -> Mock {
    start(Mock::builder(folder("styles"), Echo).token("t0ken"))
}

fn ask<'m>(mock: &'m Mock, method: &'m str, target: &str) -> crate::client::Send<'m> {
    send(mock, method, target).without("Token").header("Authorization", "Bearer t0ken")
}

#[test]
fn every_style_is_decoded() {
    let mock = echo();
    for (target, expected) in [
        ("/repeat?q=1&q=2", json!([1, 2])),
        ("/repeat?q=1", json!([1])),
        ("/comma?q=a,b", json!(["a", "b"])),
        ("/comma?q=a%2Cb", json!(["a", "b"])),
        ("/space?q=1%202", json!([1, 2])),
        ("/pipe?q=1|2", json!([1, 2])),
        ("/pipe?q=1%7C2", json!([1, 2])),
        ("/deep?q[from]=1&q%5Bword%5D=x", json!({ "from": 1, "word": "x" })),
        ("/members?from=1&word=x", json!({ "from": 1, "word": "x" })),
        ("/json?q=%7B%22from%22%3A1%7D", json!({ "from": 1 })),
        ("/either?q=17", json!(17)),
        ("/either?q=all", json!("all")),
        ("/digits?q=17", json!("17")),
    ] {
        assert_eq!(ask(&mock, "GET", target).now().ok()["q"], expected, "{target}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn every_style_is_judged() {
    let mock = echo();
    for (target, reason) in [
        ("/repeat?q=1&q=x", Reason::BadParameter),
        ("/comma?q=a,c", Reason::BadParameter),
        ("/space?q=1,2", Reason::BadParameter),
        ("/deep?q[from]=x", Reason::BadParameter),
        ("/deep?q[colour]=red", Reason::BadParameter),
        ("/deep?q=1", Reason::UnknownParameter),
        ("/members?from=x", Reason::BadParameter),
        ("/json?q=%7B", Reason::BadParameter),
        ("/either?q=none", Reason::BadParameter),
        ("/digits?q=x", Reason::BadParameter),
        ("/comma", Reason::MissingParameter),
    ] {
        assert_eq!(ask(&mock, "GET", target).now().status, 400, "{target}");
        assert_eq!(mock.verdicts().last().expect(target).problems[0].reason, reason, "{target}");
    }
}

#[test]
fn path_and_header_lists_are_simple() {
    let mock = echo();
    let reply = ask(&mock, "GET", "/simple/1,2").header("X-Ids", "3,4").now().ok();
    assert_eq!((&reply["path"], &reply["h"]), (&json!([1, 2]), &json!([3, 4])));
    assert_eq!(ask(&mock, "GET", "/simple/1,2").now().status, 400, "the header is required");
}

#[test]
fn credentials_may_be_alternatives_or_absent() {
    let mock = echo();
    assert_eq!(ask(&mock, "GET", "/either?q=1").without("Authorization").now().status, 401);
    assert_eq!(ask(&mock, "GET", "/either?q=1").header("Authorization", "Basic t0ken").now().status, 401);
    ask(&mock, "GET", "/either?q=1").header("Authorization", "bearer t0ken").now().ok();
    ask(&mock, "GET", "/either?q=1&key=t0ken").without("Authorization").now().ok();
    assert_eq!(ask(&mock, "GET", "/either?q=1&key=other").without("Authorization").now().status, 401);
    ask(&mock, "DELETE", "/open").without("Authorization").now();
    assert_eq!(mock.hits()["leave"], 1);
}

#[test]
fn answers_are_held_to_the_document() {
    let mock = echo();
    for (operation, says) in [("lie", "answer /count"), ("surprise", "status 201 Created is not documented")] {
        assert_eq!(ask(&mock, "GET", &format!("/{operation}")).now().status, 500, "{operation}");
        let verdict = mock.verdicts().last().expect(operation).to_string();
        assert!(verdict.contains("BadAnswer") && verdict.contains(says), "{verdict}");
    }
    let left = ask(&mock, "DELETE", "/open").now();
    assert_eq!((left.status, left.body.len()), (204, 0));
}

#[test]
fn bodies_that_are_not_json_pass_as_they_are() {
    let mock = echo();
    let upload = ask(&mock, "POST", "/upload").text("\u{1}\u{2}");
    assert_eq!(upload.header("Content-Type", "application/octet-stream").now().ok()["body"], Value::Null);
    let wrong = ask(&mock, "POST", "/upload").text("<x/>").header("Content-Type", "text/xml").now();
    assert_eq!(wrong.status, 415, "the standard status, unless the API has another habit");
    ask(&mock, "POST", "/upload").now().ok();
}

#[test]
fn a_mock_without_behaviour_for_an_operation_does_not_start() {
    let error = Mock::builder(folder("unanswered"), Echo).start().expect_err("it must not start");
    assert!(matches!(&error, StartError::Unanswered(list) if list == &["GET /unheard/{}"]), "{error}");
}

#[test]
fn documents_that_cannot_be_used_say_where_and_why() {
    for (name, says) in [
        ("nowhere", "no openapi.yaml"),
        ("version", "the mock reads OpenAPI 3.0, found 3.1.0"),
        ("reference", "openapi.yaml#/paths/~1a/get/parameters/0: nothing at #/components/parameters/Missing"),
        ("keyword", "`requierd` is no keyword"),
        ("nofile", "missing.yaml"),
        ("outside", "outside of this folder"),
    ] {
        let error = Mock::builder(folder(name), Echo).start().expect_err(name).to_string();
        assert!(error.contains(says), "{name}: {error}");
    }
}
