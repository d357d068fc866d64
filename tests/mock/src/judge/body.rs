//! Request bodies.

use super::verdict::{Problem, Reason};
use super::{Leniency, multipart};
use crate::call::Incoming;
use crate::spec::{Letters, Media, MediaRange, Operation, RequestBody};
use crate::upload::Upload;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a body says.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) value: Option<Value>,
    pub(super) files: BTreeMap<String, Vec<Upload>>,
    pub(super) upload: Option<Upload>,
}

/// Parses and judges the body; problems are added to the list. `own` are members that the document does not know, and
/// the thing that the request is about has.
pub(super) fn read(
    operation: &Operation,
    incoming: &Incoming,
    habits: (Letters, Leniency),
    own: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> Content {
    let is_empty = incoming.body.is_empty() || (habits.1 == Leniency::Clients && incoming.body.as_ref() == b"\"\"");
    let outcome = match (&operation.body, is_empty && incoming.file.is_none()) {
        (None, true) => return Content::default(),
        (None, false) => Err(vec![Problem::new(Reason::UnexpectedBody, "body", "the operation takes no body")]),
        (Some(body), true) if is_empty_file(body, incoming) => read_content(body, incoming, habits, own),
        (Some(body), true) if body.required => Err(vec![Problem::new(Reason::MissingBody, "body", "the operation needs a body")]),
        (Some(_), true) => return Content::default(),
        (Some(body), false) => read_content(body, incoming, habits, own),
    };
    outcome.map_err(|found| problems.extend(found)).unwrap_or_default()
}

/// Whether a body without a byte is a file: its content type says so.
fn is_empty_file(body: &RequestBody, incoming: &Incoming) -> bool {
    let sent = incoming.headers.get(CONTENT_TYPE).and_then(|header| MediaRange::parse(header.to_str().ok()?));
    let media = sent.and_then(|sent| body.media.iter().find(|media| media.range.meets(&sent)));
    media.is_some_and(|Media { range, .. }| !range.is_json() && !range.is_form() && !range.is_url_encoded())
}

fn read_content(
    body: &RequestBody,
    incoming: &Incoming,
    (letters, leniency): (Letters, Leniency),
    own: &BTreeSet<String>,
) -> Result<Content, Vec<Problem>> {
    let bad_type = |message: String| vec![Problem::new(Reason::BadContentType, "header Content-Type", message)];
    let header = incoming.headers.get(CONTENT_TYPE).ok_or_else(|| bad_type("a body needs a content type".to_owned()))?;
    let text = header.to_str().map_err(|_| bad_type("not readable".to_owned()))?;
    let sent = MediaRange::parse(text).ok_or_else(|| bad_type(format!("`{text}` is no media type")))?;
    let media = body
        .media
        .iter()
        .find(|media| media.range.meets(&sent))
        .ok_or_else(|| bad_type(format!("`{text}` is not what the operation takes")))?;
    if media.range.is_url_encoded() {
        return read_fields(media, incoming);
    }
    if media.range.is_form() {
        let boundary = multipart::boundary(text).map_err(bad_type)?;
        return read_form(media, incoming, &boundary);
    }
    if !media.range.is_json() {
        let upload = Upload { file_name: String::new(), content_type: Some(text.to_owned()), content: incoming.content() };
        return Ok(Content { upload: Some(upload), ..Content::default() });
    }
    if charset(text).is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(bad_type(format!("`{text}`: JSON is UTF-8")));
    }
    let mut value: Value =
        serde_json::from_slice(&incoming.body).map_err(|e| vec![Problem::new(Reason::BadBody, "body", format!("not JSON: {e}"))])?;
    media.outline.restore(&mut value, letters == Letters::AnyCase);
    let mut violations = match own.is_empty() {
        true => violations(media, &value),
        false => violations(media, &without(value.clone(), own)),
    };
    if leniency == Leniency::Clients && !violations.is_empty() {
        value = without_nulls(value);
        violations = self::violations(media, &value);
    }
    if violations.is_empty() { Ok(Content { value: Some(value), ..Content::default() }) } else { Err(violations) }
}

/// A URL-encoded form as an object.
fn read_fields(media: &Media, incoming: &Incoming) -> Result<Content, Vec<Problem>> {
    let mut object = Map::new();
    for (name, text) in form_urlencoded::parse(&incoming.body) {
        let value = media.fields.get(name.as_ref()).map_or_else(|| Value::from(text.as_ref()), |scalar| scalar.read(&text));
        if object.insert(name.clone().into_owned(), value).is_some() {
            return Err(vec![Problem::new(Reason::BadBody, format!("body /{name}"), "the field is there more than once")]);
        }
    }
    let value = Value::Object(object);
    let violations = violations(media, &value);
    if violations.is_empty() { Ok(Content { value: Some(value), ..Content::default() }) } else { Err(violations) }
}

/// A form: its texts as an object, its files beside it.
fn read_form(media: &Media, incoming: &Incoming, boundary: &str) -> Result<Content, Vec<Problem>> {
    let bad = |place: String, message: String| Problem::new(Reason::BadBody, place, message);
    let parts = match &incoming.file {
        Some(form) => multipart::parse(form, boundary).map_err(|message| vec![bad("body".to_owned(), message)])?,
        None => Vec::new(),
    };
    let mut problems = Vec::new();
    let (mut judged, mut texts) = (Map::new(), Map::new());
    let mut files: BTreeMap<String, Vec<Upload>> = BTreeMap::new();
    for part in parts {
        let place = format!("body /{}", part.name);
        let text = match (media.outline.is_file(&part.name), &part.file_name) {
            (true, Some(file_name)) if !file_name.is_empty() => {
                let upload = Upload { file_name: file_name.clone(), content_type: part.content_type, content: part.content };
                files.entry(part.name.clone()).or_default().push(upload);
                // The validator knows no bytes: any text stands for them.
                String::new()
            }
            (true, _) => {
                problems.push(bad(place.clone(), "a file needs a file name".to_owned()));
                String::new()
            }
            (false, Some(_)) => {
                problems.push(bad(place.clone(), "no file is taken here".to_owned()));
                String::new()
            }
            (false, None) => match part.content.bytes().map(|bytes| String::from_utf8(bytes.to_vec())) {
                Ok(Ok(text)) => {
                    texts.insert(part.name.clone(), Value::from(text.as_str()));
                    text
                }
                _ => {
                    problems.push(bad(place.clone(), "not UTF-8".to_owned()));
                    String::new()
                }
            },
        };
        if media.outline.is_list(&part.name) {
            let list = judged.entry(part.name).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().into_iter().for_each(|list| list.push(Value::from(text.as_str())));
        } else if judged.insert(part.name, Value::from(text)).is_some() {
            problems.push(bad(place, "the part is there more than once".to_owned()));
        }
    }
    problems.extend(violations(media, &Value::Object(judged)));
    match problems.is_empty() {
        true => Ok(Content { value: Some(Value::Object(texts)), files, upload: None }),
        false => Err(problems),
    }
}

fn violations(media: &Media, value: &Value) -> Vec<Problem> {
    let violations = media.schema.as_ref().map(|schema| schema.violations(value)).unwrap_or_default();
    violations.into_iter().map(|v| Problem::new(Reason::BadBody, format!("body {}", v.pointer), v.message)).collect()
}

/// A value without the members of these names, at every depth.
fn without(value: Value, names: &BTreeSet<String>) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(name, _)| !names.contains(name)).map(|(name, value)| (name, without(value, names))).collect()
        }
        Value::Array(list) => list.into_iter().map(|value| without(value, names)).collect(),
        other => other,
    }
}

/// A value without the members that are null, at every depth.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, without_nulls(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|p| p.trim().split_once('='));
    parameters.into_iter().find(|(key, _)| key.eq_ignore_ascii_case("charset")).map(|(_, value)| value.trim_matches('"'))
}
