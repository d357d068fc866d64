//! The core with a document that is spread over files: references, servers, tokens, forms, files as bodies.

use crate::client::{send, start};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::Path;
use tms_mock::{Answer, Behaviour, Call, Collection, Mock, Problem, Reason, SeedError, Store};

/// Answers with what it was given. What it does not know is shown as the document has it.
struct Echo;

impl Behaviour for Echo {
    fn seed(&self, _: &mut Store) {}

    fn knows(&self, signature: &str) -> bool {
        signature != "GET /v2/trees"
    }

    fn shows_examples(&self) -> bool {
        true
    }

    fn answer(&self, call: &Call, _: &mut Store, _: Timestamp) -> Answer {
        let upload = call.upload().map(|file| json!({ "type": file.content_type, "length": file.content.len() }));
        match call.operation() {
            "fell" => Answer::empty(StatusCode::NO_CONTENT),
            "picture" => Answer::json(StatusCode::OK, json!(upload)),
            "token" => Answer::json(StatusCode::OK, json!({ "body": call.body(), "client": call.caller() })),
            _ => Answer::json(StatusCode::OK, call.body().cloned().unwrap_or_default()),
        }
    }

    fn takes(&self, token: &str, fixed: &str, _: &Store, _: Timestamp) -> bool {
        token == fixed || token == "given-out"
    }

    fn admits(&self, scheme: &str, login: &str, password: &str, _: &str, _: &Store) -> bool {
        (scheme, login, password) == ("client", "acme", "")
    }

    fn insert(&self, _: &mut Store, _: Collection, _: &str, _: Value, _: Timestamp) -> Result<String, SeedError> {
        Err(SeedError::new("nothing is kept"))
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        Answer::json(status, json!({ "problems": problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>() }))
    }
}

fn mock() -> Mock {
    start(Mock::builder(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files"), Echo).token("t0ken"))
}

fn ask<'m>(mock: &'m Mock, method: &'m str, target: &str) -> crate::client::Send<'m> {
    send(mock, method, target).without("Token").header("Authorization", "Bearer given-out")
}

fn reason(mock: &Mock) -> Option<Reason> {
    mock.verdicts().pop().map(|verdict| verdict.problems[0].reason)
}

#[test]
fn schemas_hold_each_other_across_files() {
    let mock = mock();
    for (body, status) in [
        (json!({ "name": "oak", "leaves": [{ "weight": 1, "on": { "name": "ash" } }] }), 200),
        (json!({ "name": "oak", "leaves": [{ "on": { "leaves": [] } }] }), 400),
        (json!({ "name": "oak", "leaves": [{ "weight": "heavy" }] }), 400),
    ] {
        assert_eq!(ask(&mock, "POST", "/trees").json(&body).now().status, status, "{body}");
    }
}

#[test]
fn a_delete_has_a_body_that_is_judged() {
    let mock = mock();
    assert_eq!(ask(&mock, "DELETE", "/trees/1").json(&json!([1, 2])).now().status, 204);
    for (body, why) in [(Some(json!([0])), Reason::BadBody), (None, Reason::MissingBody)] {
        let request = ask(&mock, "DELETE", "/trees/1");
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        assert_eq!((request.now().status, reason(&mock)), (400, Some(why)));
    }
    assert_eq!(ask(&mock, "DELETE", "/trees/0").json(&json!([1])).now().status, 400, "the number is that of the common file");
}

#[test]
fn another_server_is_another_path_of_this_one() {
    let mock = mock();
    assert!(mock.url().ends_with("/v1"), "the base is that of the document");
    let at = |target: &str| {
        let head = format!("GET {target} HTTP/1.1\r\nHost: mock.test\r\nAuthorization: Bearer t0ken\r\n\r\n");
        crate::client::Connection::open(&mock).exchange(&head, b"").expect("an answer")
    };
    assert_eq!(at("/v2/trees").ok(), json!([{ "name": "oak", "leaves": [{ "weight": 1 }] }]), "the document's example");
    assert_eq!(at("/v1/v2/trees").status, 404);
    let operation = mock.operations().iter().find(|operation| operation.id() == "listV2").expect("an operation");
    assert_eq!((operation.base(), operation.path()), ("", "/v2/trees"));
}

#[test]
fn tokens_that_were_given_out_let_in() {
    let mock = mock();
    let plant = |token: &str| ask(&mock, "POST", "/trees").header("Authorization", token).json(&json!({ "name": "oak" })).now().status;
    for (token, status) in [("Bearer given-out", 200), ("bearer t0ken", 200), ("Bearer other", 401), ("Basic given-out", 401)] {
        assert_eq!(plant(token), status, "{token}");
    }
}

#[test]
fn encoded_forms_are_judged() {
    let mock = mock();
    let token = |client: &str, form: &str| {
        let request = ask(&mock, "POST", "/token").header("Authorization", &format!("Basic {}", STANDARD.encode(client)));
        request.text(form).header("Content-Type", "application/x-www-form-urlencoded").now()
    };
    let reply = token("acme:", "user=a%26b+c&days=7").ok();
    assert_eq!(reply, json!({ "body": { "user": "a&b c", "days": 7 }, "client": "acme" }));
    for (client, form, why) in [
        ("acme:", "days=7", Reason::BadBody),
        ("acme:", "user=a&days=x", Reason::BadBody),
        ("acme:", "user=a&user=b", Reason::BadBody),
        ("acme:", "user=a&colour=red", Reason::BadBody),
        ("acme:", "", Reason::MissingBody),
        ("acme:secret", "user=a", Reason::Unauthorized),
    ] {
        assert!(token(client, form).status >= 400, "{form}");
        assert_eq!(reason(&mock), Some(why), "{client} {form}");
    }
}

/// Whatever its content type, the body is a file; a large one goes to disk.
#[test]
fn files_are_whole_bodies() {
    const SIZE: usize = 3 * 1024 * 1024;
    let mock = mock();
    for (content, content_type) in
        [(b"{".to_vec(), "application/json"), (vec![7; SIZE], "image/png"), (b"a=b".to_vec(), "application/x-www-form-urlencoded")]
    {
        let length = content.len();
        let reply = ask(&mock, "PUT", "/trees/1").bytes(content).header("Content-Type", content_type).now().ok();
        assert_eq!(reply, json!({ "type": content_type, "length": length }));
    }
    let large = mock.requests().swap_remove(1);
    assert!(large.body.is_empty() && large.form.is_some_and(|file| file.len() == SIZE as u64));
    mock.assert_no_verdicts();
}
