//! What all operations have in common on the wire: errors, pages, moments.

use crate::answer::Answer;
use crate::call::Call;
use crate::judge::{Problem, Reason};
use http::{HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fmt;

/// Page size of most lists.
pub(super) const PAGE_SIZE: i64 = 100;

/// A call that the document allows and the data does not.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What a call answers with.
pub(super) type Done = Result<Answer, Failure>;

impl Failure {
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }

    pub(super) fn unauthorized(message: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, message: message.into() }
    }

    pub(super) fn missing(member: &str) -> Self {
        Self { status: StatusCode::PRECONDITION_FAILED, message: format!("{member} is required.") }
    }

    pub(super) fn absent(noun: &str, key: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: format!("{noun} {key} does not exist.") }
    }

    pub(super) fn answer(self) -> Answer {
        Answer::json(self.status, json!({ "message": self.message }))
    }
}

pub(super) fn ok(value: Value) -> Done {
    Ok(Answer::json(StatusCode::OK, value))
}

pub(super) fn created(value: Value) -> Done {
    Ok(Answer::json(StatusCode::CREATED, value))
}

/// Done, and nothing to say about it.
pub(super) fn nothing() -> Done {
    Ok(Answer::empty(StatusCode::OK))
}

pub(super) fn message(text: impl Into<String>) -> Done {
    ok(json!({ "message": text.into() }))
}

/// Problems in the API's error shape.
pub(super) fn refuse(status: StatusCode, problems: &[Problem]) -> Answer {
    let text = |problem: &Problem| match (problem.reason, problem.place.as_str()) {
        (Reason::TooManyRequests, _) => "API rate limit exceeded".to_owned(),
        (_, "") => problem.message.clone(),
        (_, place) => format!("{place}: {}", problem.message),
    };
    let all: Vec<String> = problems.iter().map(text).collect();
    Answer::json(status, json!({ "message": all.join("; ") }))
}

/// The statuses of the vendor's list: a missing member has one of its own, and so has a wrong media type.
pub(super) fn status(problem: &Problem) -> StatusCode {
    match problem.reason {
        Reason::BadContentType => StatusCode::METHOD_NOT_ALLOWED,
        Reason::BadBody if problem.message.ends_with("is a required property") => StatusCode::PRECONDITION_FAILED,
        Reason::NotAcceptable => StatusCode::BAD_REQUEST,
        reason => reason.status(),
    }
}

/// Which part of a list was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    page: i64,
    size: i64,
}

impl Window {
    /// `name` is that of the parameter with the size.
    pub(super) fn of(call: &Call, name: &str, standard: i64) -> Self {
        let number = |name: &str| call.query(name).and_then(Value::as_i64);
        Self { page: number("page").unwrap_or(1).max(1), size: number(name).unwrap_or(standard) }
    }

    /// The entries of this page. A negative size is no limit.
    pub(super) fn cut(self, all: &[Value]) -> Vec<Value> {
        let index = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
        match self.size {
            ..0 => all.to_vec(),
            size => all.iter().skip(index((self.page - 1).saturating_mul(size))).take(index(size)).cloned().collect(),
        }
    }

    /// `{links, page, page_size, total, items}`; where more follow, the first link says so.
    pub(super) fn envelope(self, all: &[Value], path: &str) -> Value {
        let items = self.cut(all);
        let href = format!("{path}?page={}&pageSize={}", self.page + 1, self.size);
        let more = usize::try_from(self.page.saturating_mul(self.size)).is_ok_and(|seen| seen < all.len());
        let links = if more { json!([{ "rel": "next", "href": href }]) } else { json!([]) };
        json!({ "links": links, "page": self.page, "page_size": self.size, "total": all.len(), "items": items })
    }

    /// A bare list, with the total in a header.
    pub(super) fn headed(self, all: &[Value], path: &str) -> Done {
        let answer = Answer::json(StatusCode::OK, Value::Array(self.cut(all)));
        let answer = answer.header(HeaderName::from_static("x-item-total"), HeaderValue::from(all.len()));
        let more = usize::try_from(self.page.saturating_mul(self.size)).is_ok_and(|seen| seen < all.len());
        let link = format!("<{path}?page={}&pageSize={}>; rel=\"next\"", self.page + 1, self.size);
        Ok(match HeaderValue::from_str(&link) {
            Ok(value) if more => answer.header(http::header::LINK, value),
            _ => answer,
        })
    }
}

/// `2026-01-01T00:00:00+00:00`
pub(super) fn moment(now: Timestamp) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A value as text: of a text, the text.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
