//! What errors say, what they keep, and what they never show.

mod support;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;
use support::api::{self, Create, Fault, Get, List, Ping, SECRET, Upload, get};
use support::both::{self, Plain};
use tms_runtime::codegen::Operation;
use tms_runtime::{Blocking, Client, Error, File, MemoryTransport, RetryPolicy, Secret, StatusCode, TransportErrorKind};

fn client(memory: &MemoryTransport) -> Client<Blocking> {
    let builder = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone()));
    builder.retry(RetryPolicy::never()).build().expect("a client")
}

/// The error of a call to a scripted server.
fn failed<O: Operation>(script: impl Fn(&MemoryTransport), operation: &O) -> Error<O::Fault> {
    let memory = MemoryTransport::new();
    script(&memory);
    match client(&memory).send(operation) {
        Ok(_) => panic!("{} did not fail", O::INFO),
        Err(error) => error,
    }
}

fn answer(status: u16, content_type: &'static str, body: &str) -> impl Fn(&MemoryTransport) + use<> {
    let response = http::Response::builder().status(status).header("content-type", content_type);
    let response = response.body(body.to_owned()).expect("a valid answer");
    move |memory| {
        memory.answer(response.clone());
    }
}

#[test]
fn display() {
    const JSON: &str = "application/json";
    let table = [
        (404, JSON, r#"{"errorMessage":"Case not found"}"#, "404 Not Found: Case not found"),
        (404, JSON, r#"{"errorMessage":" "}"#, r#"404 Not Found: `{"errorMessage":" "}`"#),
        (404, JSON, r#"{"error":{"message":"deep"}}"#, "404 Not Found: deep"),
        (422, JSON, r#"{"errors":[{"detail":"first"}]}"#, "422 Unprocessable Entity: first"),
        (400, "text/plain", "no\n\n  good", "400 Bad Request: `no good`"),
        (500, "text/html", "", "500 Internal Server Error"),
        (401, JSON, "{}", "401 Unauthorized: `{}`; check the credentials given to the client builder"),
        (403, JSON, "{}", "403 Forbidden: `{}`; the credentials do not give access to this"),
        (429, JSON, "{}", "429 Too Many Requests: `{}`; wait, or set a rate limit on the client builder"),
        (304, JSON, "", "304 Not Modified"),
        (
            200,
            JSON,
            r#"{"status":false,"errorMessage":"Data is invalid."}"#,
            "200 OK, but the answer says that the call failed: Data is invalid.",
        ),
        (
            200,
            JSON,
            r#"{"result":{"id":7,"title":17},"status":true}"#,
            "the answer is not what the API documents: $.result.title: expected string, found number at `17},\"status\":true}`",
        ),
        (200, JSON, r#"{"status":true}"#, "the answer is not what the API documents: $: missing field `result` at `{\"status\":true}`"),
        (
            200,
            "text/html; charset=utf-8",
            "<html>Log in</html>",
            "the answer is not what the API documents: expected JSON, got `text/html; charset=utf-8` at `<html>Log in</html>`",
        ),
        (200, JSON, " \n", "the answer is not what the API documents: expected JSON, the body is empty"),
        (200, JSON, r#"{"status":true,"result":{"id":7"#, "the answer is not what the API documents: $.result: the text ends too early"),
    ];
    for (status, content_type, body, expected) in table {
        let error = failed(answer(status, content_type, body), &get(7));
        assert_eq!(error.to_string(), format!("cases.get (GET /case/{{code}}/{{id}}): {expected}"), "{status} {body}");
        assert_eq!(format!("{error:?}"), error.to_string(), "what `unwrap` prints is the same text");
        assert_eq!(error.body().map(|body| &body[..]), Some(body.as_bytes()), "the whole body is kept");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.operation(), "cases.get");
    }
}

#[test]
fn variants() {
    let documented = failed(answer(404, "application/json", r#"{"errorMessage":"gone","code":1}"#), &get(7));
    let Error::Api(api) = &documented else { panic!("not the documented fault: {documented}") };
    let Fault { error_message, extra, .. } = api.fault();
    assert_eq!((error_message.as_str(), extra.names().count()), ("gone", 1), "unknown members of a fault are kept");
    assert!(matches!(failed(answer(404, "text/html", "<html>"), &get(7)), Error::Status(_)));
    assert!(matches!(failed(answer(200, "application/json", "[]"), &get(7)), Error::Decode(_)));
    let false_ok = r#"{"status":false,"result":{"id":1,"title":"x"},"errorMessage":"no"}"#;
    assert!(matches!(failed(answer(200, "application/json", false_ok), &get(7)), Error::Api(_)), "`status` decides");
    let empty = failed(answer(200, "application/json", r#"{"status":true,"result":[]}"#), &Create { title: "x".into() });
    assert!(empty.to_string().contains("$.result: no such entity"), "{empty}");
    assert!(size_of::<Error<Fault>>() <= 24, "errors are small");
}

#[test]
fn what_can_be_tried_again() {
    let retryable = |script: &dyn Fn(&MemoryTransport)| failed(script, &get(1)).is_retryable();
    for (status, expected) in [(400, false), (404, false), (408, true), (429, true), (500, true), (501, false), (503, true)] {
        assert_eq!(retryable(&answer(status, "text/plain", "")), expected, "{status}");
    }
    use TransportErrorKind::{Connect, Interrupted, Protocol, Timeout, TooLarge};
    for (kind, expected) in [(Connect, true), (Timeout, true), (Interrupted, true), (TooLarge, false), (Protocol, false)] {
        assert_eq!(
            retryable(&|memory| {
                memory.failure(kind);
            }),
            expected,
            "{kind:?}"
        );
    }
    let asked = failed(
        |memory| {
            let response = http::Response::builder().status(429).header("retry-after", "12").body("");
            memory.answer(response.expect("a valid answer"));
        },
        &get(1),
    );
    assert_eq!(asked.retry_after(), Some(Duration::from_secs(12)));
    assert!(asked.headers().is_some_and(|headers| headers.contains_key("retry-after")));
}

#[test]
fn nothing_is_sent_with_bad_arguments() {
    let table = [
        (Get { code: String::new(), id: 1 }, "argument `code` is empty"),
        (Get { code: ".".into(), id: 1 }, "argument `code` is a relative path"),
        (Get { code: "..".into(), id: 1 }, "argument `code` is a relative path"),
        (Get { code: "x".repeat(70_000), id: 1 }, "the URL is not valid or longer than 64 KiB"),
    ];
    for (operation, expected) in table {
        let seen = both::send(Plain, |_| {}, &operation);
        assert_eq!(seen.result, format!("cases.get (GET /case/{{code}}/{{id}}): {expected}"));
        assert!(seen.requests.is_empty(), "{expected}: something was sent");
    }
    let odd = both::send(
        Plain,
        |memory| {
            memory.json(200, api::case(1));
        },
        &Get { code: "a/b ü?#%".into(), id: -1 },
    );
    assert!(odd.requests[0].starts_with("GET https://api.example.com/v1/case/a%2Fb%20%C3%BC%3F%23%25/-1\n"), "{odd:?}");
    let upload = Upload { file: File::new("a", "b\r\nc", "") };
    let sent = both::send(
        Plain,
        |memory| {
            memory.json(200, "{}");
        },
        &upload,
    );
    assert!(sent.requests[0].contains("Content-Type: b  c\r\n"), "{sent:?}");
    let memory = MemoryTransport::new();
    for (name, value) in [("a b", "c"), ("a", "c\nd"), ("Content-Length", "3")] {
        let error = client(&memory).request(get(1)).header(name, value).send().expect_err("a bad header");
        assert!(error.to_string().starts_with("cases.get (GET /case/{code}/{id}): header "), "{error}");
        assert!(!error.to_string().contains("c\nd"), "{error}");
    }
    assert!(memory.requests().is_empty(), "something was sent");
}

#[test]
fn credentials_and_addresses_are_checked_first() {
    let memory = MemoryTransport::new();
    let builder = || Client::<Blocking>::builder(&api::API).transport(Arc::new(memory.clone()));
    let open = builder().build().expect("a client");
    let error = open.send(&get(1)).expect_err("no token");
    assert!(matches!(error, Error::Auth(_)));
    assert_eq!(
        error.to_string(),
        "cases.get (GET /case/{code}/{id}): no credentials: set `TokenAuth` with `.token(..)` on the client builder \
         (examples read it from SAMPLE_TOKEN)"
    );
    assert!(memory.requests().is_empty(), "something was sent");
    let table = [
        (builder().base_url("api.example.com"), "the base URL is refused: it is not an absolute URL such as"),
        (builder().base_url("https://u:hidden@example.com"), "the base URL is refused: it holds a user name or password"),
        (builder().credential("TokenAuth", "hidden\n"), "the credential `TokenAuth` given to `.token(..)` has characters"),
        (builder().header("x\n", "hidden"), "header \"x\\n\" is refused: the name has characters"),
        (builder().header("x", "hidden\n"), "header \"x\" is refused: the value has characters"),
    ];
    for (builder, expected) in table {
        let error = builder.build().expect_err(expected).to_string();
        assert!(error.starts_with(expected) && !error.contains("hidden"), "{error}");
    }
}

#[test]
fn secrets_are_never_shown() {
    let echo = format!("bad token {SECRET}; {}", format!("{SECRET} ").repeat(40));
    let bodies = [
        answer(401, "application/json", &format!(r#"{{"errorMessage":"{echo}"}}"#)),
        answer(400, "text/plain", &echo),
        answer(200, "application/json", &echo),
        answer(200, "application/json", &format!(r#"{{"status":true,"result":{{"id":"{SECRET}"}}}}"#)),
    ];
    let mut shown = Vec::new();
    for script in bodies {
        let error = failed(script, &get(7));
        let whole = error.body().map(|body| String::from_utf8_lossy(body).contains(SECRET));
        assert_eq!(whole, Some(true), "the body itself is as it came");
        shown.extend([error.to_string(), format!("{error:?}"), format!("{:?}", error.source().map(ToString::to_string))]);
    }
    let memory = MemoryTransport::new();
    memory.json(200, api::case(1));
    let client = client(&memory);
    let request = client.request(get(1)).header("x-secret", SECRET);
    shown.extend([format!("{client:?}"), format!("{request:?}"), format!("{:?}", Secret::from(SECRET))]);
    shown.push(format!("{:?}", api::builder::<Blocking>(&api::API)));
    request.send().expect("an answer");
    shown.push(format!("{memory:?} {:?}", memory.requests()));
    for text in shown {
        assert!(!text.contains(SECRET), "a secret in: {text}");
    }
}

#[test]
fn sources_and_causes() {
    let error = failed(
        |memory| {
            memory.failure(TransportErrorKind::Connect);
        },
        &Ping,
    );
    let Error::Transport(call) = &error else { panic!("{error}") };
    assert_eq!((call.attempts(), call.cause().kind()), (1, TransportErrorKind::Connect));
    assert_eq!(error.to_string(), "ping (POST /ping) at https://api.example.com: no connection to the server");
    let error = failed(|_| {}, &List::default());
    assert!(error.to_string().ends_with("the exchange is not valid HTTP: the script has no answer left"), "{error}");
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the script has no answer left"));
    let error = failed(answer(418, "text/plain", ""), &Ping);
    assert_eq!((error.status(), error.source().is_none()), (Some(StatusCode::IM_A_TEAPOT), true));
}
