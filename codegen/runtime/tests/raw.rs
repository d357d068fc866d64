//! The shapes answers come in, and how each is read.

use http::header::CONTENT_TYPE;
use tms_runtime::codegen::{Auth, Envelope, Extra, Info, Method, Raw, Retry, object};
use tms_runtime::{Bytes, DecodeError};

static ENVELOPE: Envelope = Envelope { ok: Some("status"), value: "result" };
static INFO: Info =
    Info { name: "a.b", method: Method::Get, path: "/a", auth: Auth::None, retry: Retry::Idempotent, envelope: Some(&ENVELOPE) };

#[derive(Clone, Debug, PartialEq)]
struct Id {
    id: i64,
    extra: Extra,
}
object! { Id { "id" => id! } }

fn raw(body: &str) -> Raw {
    Raw::new(&INFO, http::Response::new(Bytes::copy_from_slice(body.as_bytes())))
}

/// The id that was read, or path and reason of the error.
fn seen(result: Result<Id, DecodeError>) -> String {
    match result {
        Ok(Id { id, .. }) => id.to_string(),
        Err(error) => format!("{}|{}", error.path(), error.reason()),
    }
}

#[test]
fn shapes() {
    type Read = fn(&Raw) -> Result<Id, DecodeError>;
    let whole: Read = |raw| raw.json();
    let at: Read = |raw| raw.json_at(&ENVELOPE);
    let at_or_whole: Read = |raw| raw.json_at_or_whole(&ENVELOPE);
    let one_at: Read = |raw| raw.one_at(&ENVELOPE);
    let one: Read = |raw| raw.one();
    let failed = "$|the answer says that the call failed";
    let nothing = "no such entity: it is null or an empty array";
    let table = [
        ("json", whole, r#"{"id":1}"#, "1".to_owned()),
        ("json", whole, r#"{"id":"1"}"#, "1".to_owned()),
        ("json", whole, "{}", "$|missing field `id`".to_owned()),
        ("json", whole, r#"{"id":1}x"#, "$|expected the end of the text".to_owned()),
        ("json", whole, "", "|expected JSON, the body is empty".to_owned()),
        ("json_at", at, r#"{"status":true,"result":{"id":1}}"#, "1".to_owned()),
        ("json_at", at, r#"{"result":{"id":1},"more":[1]}"#, "1".to_owned()),
        ("json_at", at, r#"{"status":1,"result":{"id":1}}"#, "1".to_owned()),
        ("json_at", at, r#"{"status":true}"#, "$|missing field `result`".to_owned()),
        ("json_at", at, r#"{"result":{"id":true}}"#, "$.result.id|expected integer of 64 bits, found boolean".to_owned()),
        ("json_at", at, r#"{"result":{"id":1},"status":false}"#, failed.to_owned()),
        ("json_at", at, r#"{"result":null,"status":false}"#, failed.to_owned()),
        ("json_at", at, r#"{"result":null,"status":true}"#, "$.result|expected object, found null".to_owned()),
        ("json_at", at, "[]", "$|expected object, found array".to_owned()),
        ("json_at_or_whole", at_or_whole, r#"{"status":true,"result":{"id":1}}"#, "1".to_owned()),
        ("json_at_or_whole", at_or_whole, r#"{"status":true,"id":2}"#, "2".to_owned()),
        ("json_at_or_whole", at_or_whole, r#"{"status":true}"#, "$|missing field `id`".to_owned()),
        ("json_at_or_whole", at_or_whole, r#"{"status":false,"id":2}"#, failed.to_owned()),
        ("one_at", one_at, r#"{"result":{"id":1}}"#, "1".to_owned()),
        ("one_at", one_at, r#"{"result":[{"id":1}]}"#, "1".to_owned()),
        ("one_at", one_at, r#"{"result":[{"id":1},{"id":2}]}"#, "1".to_owned()),
        ("one_at", one_at, r#"{"result":[]}"#, format!("$.result|{nothing}")),
        ("one_at", one_at, r#"{"result":null}"#, format!("$.result|{nothing}")),
        ("one_at", one_at, r#"{"result":[{"id":[]}]}"#, "$.result[0].id|expected integer of 64 bits, found array".to_owned()),
        ("one_at", one_at, r#"{"status":true}"#, "$|missing field `result`".to_owned()),
        ("one_at", one_at, r#"{"status":false,"result":[]}"#, failed.to_owned()),
        ("one", one, r#"{"id":1}"#, "1".to_owned()),
        ("one", one, r#"[{"id":1}]"#, "1".to_owned()),
        ("one", one, "[]", format!("$|{nothing}")),
        ("one", one, r#"[{"id":1}"#, "$|the text ends too early".to_owned()),
    ];
    for (name, read, body, expected) in table {
        assert_eq!(seen(read(&raw(body))), expected, "{name} of {body}");
    }
}

#[test]
fn other_bodies() {
    assert_eq!(raw(" \r\n").optional_json::<Id>().map_err(|error| error.to_string()), Ok(None));
    assert_eq!(raw("null").optional_json::<Id>().map_err(|error| error.to_string()), Ok(None));
    assert!(raw("{").optional_json::<Id>().is_err());
    assert_eq!(raw("ü").text().map_err(|error| error.to_string()), Ok("ü".to_owned()));
    let latin = Raw::new(&INFO, http::Response::new(Bytes::from_static(b"\xfc")));
    assert!(latin.text().is_err_and(|error| error.reason().starts_with("not UTF-8")));
    assert_eq!(latin.bytes().map_err(|error| error.to_string()), Ok(Bytes::from_static(b"\xfc")));
    assert!(raw("").empty().is_ok());
    assert!(raw(r#"{"status":true}"#).empty().is_ok());
    assert!(raw(r#"{"status":false}"#).empty().is_err());
    assert!(raw("plain text").empty().is_ok());
}

#[test]
fn what_is_no_json_is_named() {
    let html = http::Response::builder().header(CONTENT_TYPE, "text/html").body(Bytes::from_static(b"<html>"));
    let html = Raw::new(&INFO, html.expect("a valid answer"));
    assert_eq!(seen(html.json_at(&ENVELOPE)), "|expected JSON, got `text/html`");
    let mislabelled = http::Response::builder().header(CONTENT_TYPE, "text/html").body(Bytes::from_static(b"{\"id\":1}"));
    assert_eq!(seen(Raw::new(&INFO, mislabelled.expect("a valid answer")).json()), "1", "JSON counts whatever it is called");
}
