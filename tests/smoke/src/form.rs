//! Forms, with files and without, as they went out.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// Stands where a form had its own boundary, which is another one each time.
pub const BOUNDARY: &str = "boundary-of-one-request";

/// A body whose boundary, if it has one, is [`BOUNDARY`]; and the boundary it had.
///
/// # Panics
/// When a form without files on disk is no UTF-8: tests send texts.
#[must_use]
pub fn settled(headers: &HeaderMap, body: &[u8]) -> (Vec<u8>, Option<String>) {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match content_type.split_once("boundary=") {
        Some((kind, boundary)) if kind.starts_with("multipart/") => {
            let text = std::str::from_utf8(body).unwrap_or_else(|error| panic!("a form that is no text: {error}"));
            (text.replace(boundary, BOUNDARY).into_bytes(), Some(boundary.to_owned()))
        }
        _ => (body.to_vec(), None),
    }
}

/// The parts of a [settled] form, as vectors list them: `name`, `filename`, `content_type` and `text`.
///
/// # Panics
/// When it is no form.
#[must_use]
pub fn parts(body: &[u8]) -> Json {
    let text = String::from_utf8_lossy(body);
    let (open, close) = (format!("--{BOUNDARY}\r\n"), format!("--{BOUNDARY}--\r\n"));
    let form = text.strip_prefix(&open).and_then(|form| form.strip_suffix(&close));
    let form = form.unwrap_or_else(|| panic!("not a form with an end: {text}"));
    form.split(&open).map(part).collect()
}

/// The names and values of a form without files, in order.
#[must_use]
pub fn fields(body: &[u8]) -> Json {
    form_urlencoded::parse(body).map(|(name, value)| Json::from([name, value].map(Cow::into_owned).to_vec())).collect()
}

fn part(part: &str) -> Json {
    let (head, text) = part.split_once("\r\n\r\n").unwrap_or_else(|| panic!("a part without a head: {part}"));
    let text = text.strip_suffix("\r\n").unwrap_or_else(|| panic!("a part without an end: {part}"));
    let mut shown = Map::new();
    for line in head.split("\r\n") {
        let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("no header: {line}"));
        match name.to_ascii_lowercase().as_str() {
            "content-type" => {
                shown.insert("content_type".to_owned(), value.into());
            }
            "content-disposition" => shown.extend(disposition(value)),
            other => panic!("a part has a header `{other}`"),
        }
    }
    shown.insert("text".to_owned(), text.into());
    Json::Object(shown)
}

/// `form-data; name="File"; filename="data.txt"`
fn disposition(value: &str) -> impl Iterator<Item = (String, Json)> {
    let parameters = value.strip_prefix("form-data; ").unwrap_or_else(|| panic!("not a part of a form: {value}"));
    parameters.split("; ").map(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_else(|| panic!("no parameter: {parameter}"));
        (name.to_owned(), value.trim_matches('"').into())
    })
}
