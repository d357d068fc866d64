//! Things that go wrong on purpose.

use crate::answer::{Answer, Payload};
use http::header::{HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// A scripted fault for one request. The request is judged first: one that is refused uses no fault up.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) delay: Duration,
    pub(crate) timing: Timing,
    pub(crate) source: Source,
    /// Changes to the answer, wherever it comes from.
    pub(crate) edits: Vec<Edit>,
    pub(crate) headers: HeaderMap,
    pub(crate) delivery: Manner,
}

/// Where the answer comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Behaviour,
    Own(Answer),
    /// The API's own error shape.
    Refusal(StatusCode, String),
    /// 303 to a place that the normal answer fills in.
    SeeOther(String),
}

/// How the answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Whole,
    Truncated(usize),
    Reset,
}

/// Whether the server still does what it was asked before things go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timing {
    InsteadOfActing,
    AfterActing,
}

#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Set {
        pointer: String,
        value: Value,
    },
    Remove {
        pointer: String,
    },
    /// In an answer that is text.
    Text {
        from: String,
        to: String,
    },
    ContentType(String),
}

impl Fault {
    /// No fault: lets one request through, between others.
    #[must_use]
    pub fn pass() -> Self {
        Self {
            delay: Duration::ZERO,
            timing: Timing::AfterActing,
            source: Source::Behaviour,
            edits: Vec::new(),
            headers: HeaderMap::new(),
            delivery: Manner::Whole,
        }
    }

    /// The normal answer, late.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::pass().delayed(by)
    }

    /// A status with an empty body; the request is not acted on.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        Self::replace(Answer::empty(status))
    }

    /// An answer of your own; the request is not acted on, and the document is not asked.
    #[must_use]
    pub fn replace(answer: Answer) -> Self {
        Self { source: Source::Own(answer), timing: Timing::InsteadOfActing, ..Self::pass() }
    }

    /// The API's own error shape at any status: a SOAP fault that comes with 200, say. The request is not acted on.
    #[must_use]
    pub fn refusal(status: StatusCode, message: impl Into<String>) -> Self {
        Self { source: Source::Refusal(status, message.into()), timing: Timing::InsteadOfActing, ..Self::pass() }
    }

    /// A web page where data was expected, as proxies and maintenance modes send it.
    #[must_use]
    pub fn html(status: StatusCode) -> Self {
        let page = format!("<!DOCTYPE html><html><body><h1>{status}</h1></body></html>");
        Self::replace(Answer::bytes(status, "text/html; charset=utf-8", page))
    }

    /// 302 to another place.
    ///
    /// # Panics
    /// If a header cannot hold the place: for tests.
    #[must_use]
    #[track_caller]
    pub fn redirect(location: &str) -> Self {
        match HeaderValue::from_str(location) {
            Ok(value) => Self::status(StatusCode::FOUND).header(LOCATION, value),
            Err(e) => panic!("`{location}` cannot be a header: {e}"),
        }
    }

    /// 303 after the request was acted on. `{/id}` in the place stands for what the normal answer has at that pointer.
    #[must_use]
    pub fn see_other(location: &str) -> Self {
        Self { source: Source::SeeOther(location.to_owned()), ..Self::pass() }
    }

    /// The answer with its true `Content-Length`, but only the first bytes of its body; then the connection ends.
    #[must_use]
    pub fn truncate(keep: usize) -> Self {
        Self { delivery: Manner::Truncated(keep), ..Self::pass() }
    }

    /// The connection is reset without an answer; the request is not acted on.
    #[must_use]
    pub fn reset() -> Self {
        Self { delivery: Manner::Reset, timing: Timing::InsteadOfActing, ..Self::pass() }
    }

    /// The normal answer with one member of its JSON set (RFC 6901 pointer; the parent must exist, `-` appends).
    #[must_use]
    pub fn set(pointer: &str, value: Value) -> Self {
        Self::pass().and_set(pointer, value)
    }

    /// The normal answer with one member of its JSON taken out.
    #[must_use]
    pub fn remove(pointer: &str) -> Self {
        Self::pass().and_remove(pointer)
    }

    /// The normal answer with every occurrence of a text replaced; there must be one. Not for JSON.
    #[must_use]
    pub fn edit(from: &str, to: &str) -> Self {
        Self::pass().and_edit(from, to)
    }

    /// The normal answer under another content type.
    #[must_use]
    pub fn content_type(content_type: &str) -> Self {
        let mut fault = Self::pass();
        fault.edits.push(Edit::ContentType(content_type.to_owned()));
        fault
    }

    /// The same fault, and every occurrence of a text in the answer replaced.
    #[must_use]
    pub fn and_edit(mut self, from: &str, to: &str) -> Self {
        self.edits.push(Edit::Text { from: from.to_owned(), to: to.to_owned() });
        self
    }

    /// The same fault, and one member of the answer's JSON set.
    #[must_use]
    pub fn and_set(mut self, pointer: &str, value: Value) -> Self {
        self.edits.push(Edit::Set { pointer: pointer.to_owned(), value });
        self
    }

    /// The same fault, and one member of the answer's JSON taken out.
    #[must_use]
    pub fn and_remove(mut self, pointer: &str) -> Self {
        self.edits.push(Edit::Remove { pointer: pointer.to_owned() });
        self
    }

    /// The same fault, and one header more in the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The same fault, late.
    #[must_use]
    pub fn delayed(mut self, by: Duration) -> Self {
        self.delay = by;
        self
    }

    /// The same fault, but the server has done what it was asked: the answer alone is lost.
    #[must_use]
    pub fn after_acting(mut self) -> Self {
        self.timing = Timing::AfterActing;
        self
    }
}

/// Faults waiting for their requests.
#[derive(Debug, Default)]
pub(crate) struct Script {
    by_operation: BTreeMap<String, VecDeque<Fault>>,
    next: VecDeque<Fault>,
}

impl Script {
    pub(crate) fn add(&mut self, operation: &str, faults: impl IntoIterator<Item = Fault>) {
        self.by_operation.entry(operation.to_owned()).or_default().extend(faults);
    }

    pub(crate) fn add_next(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.next.extend(faults);
    }

    /// The fault for a request: the operation's own go first.
    pub(crate) fn take(&mut self, operation: &str) -> Option<Fault> {
        let own = self.by_operation.get_mut(operation).and_then(VecDeque::pop_front);
        own.or_else(|| self.next.pop_front())
    }

    /// How many faults no request has used up.
    pub(crate) fn len(&self) -> usize {
        self.next.len() + self.by_operation.values().map(VecDeque::len).sum::<usize>()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// 303 to a place whose pointers in braces are filled from an answer.
pub(crate) fn see_other(template: &str, acted: &Answer) -> Result<Answer, String> {
    let mut place = String::new();
    let mut rest = template;
    while let Some((before, (pointer, after))) = rest.split_once('{').and_then(|(b, a)| Some((b, a.split_once('}')?))) {
        let value = match &acted.body {
            Payload::Json(root) => root.pointer(pointer).ok_or_else(|| nowhere(pointer))?,
            _ => return Err("the answer is not JSON".to_owned()),
        };
        place += before;
        place += &value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        rest = after;
    }
    place += rest;
    let location = HeaderValue::from_str(&place).map_err(|e| format!("`{place}` cannot be a header: {e}"))?;
    Ok(Answer::empty(StatusCode::SEE_OTHER).header(LOCATION, location))
}

/// Applies edits to an answer, or says why they cannot be.
pub(crate) fn rewrite(answer: &mut Answer, edits: Vec<Edit>) -> Result<(), String> {
    edits.into_iter().try_for_each(|edit| apply(answer, edit))
}

fn apply(answer: &mut Answer, edit: Edit) -> Result<(), String> {
    let not_json = || "the answer is not JSON".to_owned();
    match (edit, &mut answer.body) {
        (Edit::Set { pointer, value }, Payload::Json(root)) if pointer.is_empty() => *root = value,
        (Edit::Set { pointer, value }, Payload::Json(root)) => set(root, &pointer, value).ok_or_else(|| nowhere(&pointer))?,
        (Edit::Remove { pointer }, Payload::Json(root)) => remove(root, &pointer).ok_or_else(|| nowhere(&pointer))?,
        (Edit::Set { .. } | Edit::Remove { .. }, _) => return Err(not_json()),
        (Edit::Text { from, to }, Payload::Bytes { bytes, .. }) => {
            let whole = bytes.bytes().map_err(|e| e.to_string())?;
            let text = std::str::from_utf8(&whole).map_err(|_| "the answer is not text".to_owned())?;
            if !text.contains(&from) {
                return Err(format!("there is no `{from}` in the answer"));
            }
            *bytes = text.replace(&from, &to).into();
        }
        (Edit::Text { .. }, _) => return Err("the answer is not text to edit".to_owned()),
        (Edit::ContentType(content_type), body) => {
            let (_, bytes) = body.encode();
            *body = Payload::Bytes { content_type, bytes };
        }
    }
    Ok(())
}

fn nowhere(pointer: &str) -> String {
    format!("there is nothing to change at `{pointer}`")
}

fn set(root: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    match root.pointer_mut(parent)? {
        Value::Object(map) => drop(map.insert(unescape(key), value)),
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => *list.get_mut(key.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

fn remove(root: &mut Value, pointer: &str) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    match root.pointer_mut(parent)? {
        Value::Object(map) => map.remove(&unescape(key)).map(drop),
        Value::Array(list) => {
            let index = key.parse::<usize>().ok().filter(|index| *index < list.len())?;
            list.remove(index);
            Some(())
        }
        _ => None,
    }
}

fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}
