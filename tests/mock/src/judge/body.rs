//! Request bodies.

use super::verdict::{Problem, Reason};
use crate::call::Incoming;
use crate::spec::{MediaRange, Operation, RequestBody};
use http::header::CONTENT_TYPE;
use serde_json::Value;

/// Parses and judges the body; problems are added to the list.
pub(super) fn read(operation: &Operation, incoming: &Incoming, problems: &mut Vec<Problem>) -> Option<Value> {
    let outcome = match (&operation.body, incoming.body.is_empty()) {
        (None, true) => return None,
        (None, false) => Err(vec![Problem::new(Reason::UnexpectedBody, "body", "the operation takes no body")]),
        (Some(body), true) if body.required => Err(vec![Problem::new(Reason::MissingBody, "body", "the operation needs a body")]),
        (Some(_), true) => return None,
        (Some(body), false) => read_content(body, incoming),
    };
    outcome.map_err(|found| problems.extend(found)).ok().flatten()
}

fn read_content(body: &RequestBody, incoming: &Incoming) -> Result<Option<Value>, Vec<Problem>> {
    let bad_type = |message: String| vec![Problem::new(Reason::BadContentType, "header Content-Type", message)];
    let header = incoming.headers.get(CONTENT_TYPE).ok_or_else(|| bad_type("a body needs a content type".to_owned()))?;
    let text = header.to_str().map_err(|_| bad_type("not readable".to_owned()))?;
    let sent = MediaRange::parse(text).ok_or_else(|| bad_type(format!("`{text}` is no media type")))?;
    let media = body
        .media
        .iter()
        .find(|media| media.range.meets(&sent))
        .ok_or_else(|| bad_type(format!("`{text}` is not what the operation takes")))?;
    if !sent.is_json() {
        return Ok(None);
    }
    if charset(text).is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(bad_type(format!("`{text}`: JSON is UTF-8")));
    }
    let value: Value =
        serde_json::from_slice(&incoming.body).map_err(|e| vec![Problem::new(Reason::BadBody, "body", format!("not JSON: {e}"))])?;
    let violations = media.schema.as_ref().map(|schema| schema.violations(&value)).unwrap_or_default();
    match violations.is_empty() {
        true => Ok(Some(value)),
        false => Err(violations.into_iter().map(|v| Problem::new(Reason::BadBody, format!("body {}", v.pointer), v.message)).collect()),
    }
}

fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|p| p.trim().split_once('='));
    parameters.into_iter().find(|(key, _)| key.eq_ignore_ascii_case("charset")).map(|(_, value)| value.trim_matches('"'))
}
