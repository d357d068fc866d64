//! QAComplete's REST APIs: requests written by hand, answers as they come over the wire.

mod automation;
mod bodies;
mod credentials;
mod entities;
mod errors;
mod filters;
mod items;
mod lists;
mod people;
mod printed;
mod related;
mod routes;
mod runs;
mod scripts;
mod uploads;
mod whole;

use crate::client::{Reply, Send, send, start};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tms_mock::{Mock, Reason, qacomplete as api};

pub(crate) fn mock() -> Mock {
    start(Mock::qacomplete())
}

/// The value of `Authorization`.
pub(crate) fn basic(login: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{login}:{password}")))
}

/// A request of the administrator; `target` is below the server's prefix.
pub(crate) fn call<'m>(mock: &'m Mock, method: &'m str, target: &str) -> Send<'m> {
    call_as(mock, api::JOHN, method, target)
}

/// A request of any user.
pub(crate) fn call_as<'m>(mock: &'m Mock, login: &str, method: &'m str, target: &str) -> Send<'m> {
    send(mock, method, target).without("Token").header("Authorization", &basic(login, mock.token()))
}

#[track_caller]
pub(crate) fn ask(mock: &Mock, method: &str, target: &str, body: Option<Value>) -> Reply {
    let request = call(mock, method, target);
    match body {
        Some(body) => request.json(&body).now(),
        None => request.now(),
    }
}

#[track_caller]
pub(crate) fn get(mock: &Mock, target: &str) -> Value {
    ask(mock, "GET", target, None).ok()
}

/// A failure in the documented shape; answers with its first message.
#[track_caller]
pub(crate) fn failed(reply: &Reply, status: u16) -> String {
    let body = reply.json();
    assert_eq!(reply.status, status, "{body}");
    assert_eq!(body["errors"][0]["code"], status, "{body}");
    body["errors"][0]["message"].as_str().expect("a message").to_owned()
}

/// Takes one request's verdict: its problems' reasons and places.
#[track_caller]
pub(crate) fn verdict(mock: &Mock) -> Vec<(Reason, String)> {
    let verdicts = mock.verdicts();
    let last = verdicts.last().expect("a verdict");
    last.problems.iter().map(|problem| (problem.reason, problem.place.clone())).collect()
}

/// A form: parts as (name, file name, content).
pub(crate) fn form<'m>(request: Send<'m>, parts: &[(&str, Option<&str>, &[u8])]) -> Send<'m> {
    let mut body = Vec::new();
    for (name, file_name, content) in parts {
        let file = file_name.map(|name| format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
        body.extend_from_slice(format!("--x-y-z\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x-y-z--\r\n");
    request.bytes(body).header("Content-Type", "multipart/form-data; boundary=x-y-z")
}

/// Numbers of the entities on a page.
pub(crate) fn ids(page: &Value) -> Vec<i64> {
    let results = page["results"].as_array().expect("results");
    let id = |entity: &Value| entity["id"].as_i64().or_else(|| entity["id"].as_str()?.parse().ok());
    results.iter().map(|entity| id(entity).expect("a number")).collect()
}
