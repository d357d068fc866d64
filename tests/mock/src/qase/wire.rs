//! What all operations have in common on the wire: answers and errors.

use crate::answer::Answer;
use crate::judge::{Problem, Reason};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// What a call answers with.
pub(super) type Done = Result<Answer, Failure>;

/// What is wrong with a field: its path (`results.0.status`), and why.
pub(super) type FieldFault = (String, String);

/// Which version of the API an operation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

impl Version {
    pub(super) fn of(signature: &str) -> Self {
        if signature.contains(" /v2/") { Self::Two } else { Self::One }
    }
}

/// A call that the document allows and the data does not.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    pub(super) message: String,
    fields: Vec<FieldFault>,
}

impl Failure {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), fields: Vec::new() }
    }

    fn of_field(status: StatusCode, field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, fields: vec![(field.to_owned(), message.clone())], message }
    }

    pub(super) fn not_found(noun: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{noun} not found"))
    }

    /// A request that says nothing.
    pub(super) fn empty() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "At least one field is needed")
    }

    /// What the plan does not include.
    pub(super) fn payment() -> Self {
        Self::new(StatusCode::PAYMENT_REQUIRED, "Your plan does not include this feature")
    }

    pub(super) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    }

    pub(super) fn storage_full() -> Self {
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "There is not enough storage left")
    }

    /// A field that is wrong, as the reference has it.
    pub(super) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::of_field(StatusCode::BAD_REQUEST, field, message)
    }

    /// A field that is wrong, as today's service has it.
    pub(super) fn unprocessable(field: &str, message: impl Into<String>) -> Self {
        Self::of_field(StatusCode::UNPROCESSABLE_ENTITY, field, message)
    }

    /// What the state of a thing does not allow.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// Several fields that are wrong, if any is.
    pub(super) fn check(status: StatusCode, fields: Vec<FieldFault>) -> Result<(), Self> {
        match fields.is_empty() {
            true => Ok(()),
            false => Err(Self { status, message: "Data is invalid.".to_owned(), fields }),
        }
    }

    /// The same about one of many: the place goes before the field.
    pub(super) fn within(mut self, place: &str) -> Self {
        match self.fields.is_empty() {
            true => self.fields.push((place.to_owned(), self.message.clone())),
            false => self.fields.iter_mut().for_each(|(field, _)| *field = format!("{place}.{field}")),
        }
        self
    }

    pub(super) fn answer(self, version: Version) -> Answer {
        error(version, self.status, &self.message, &self.fields)
    }
}

/// Problems in the API's error shape.
pub(super) fn refuse(version: Version, status: StatusCode, problems: &[Problem]) -> Answer {
    let fields: Vec<FieldFault> =
        problems.iter().map(|problem| (path(problem), problem.message.clone())).filter(|(path, _)| !path.is_empty()).collect();
    let first = problems.first();
    let message = match first {
        Some(problem) if problem.reason == Reason::TooManyRequests => "API rate limit exceeded.",
        Some(problem) if has_too_many_items(problem) => "There is too much in one request",
        Some(problem) => problem.message.as_str(),
        None => "error",
    };
    let is_bad_body = first.is_some_and(|problem| problem.reason == Reason::BadBody);
    let status = match (version, status) {
        (Version::Two, StatusCode::BAD_REQUEST) if is_bad_body => StatusCode::UNPROCESSABLE_ENTITY,
        _ => status,
    };
    error(version, status, message, &fields)
}

/// The reference lists no 415: a request that is not valid is 400. One that holds too much is 413 today.
pub(super) fn status(problem: &Problem) -> StatusCode {
    match problem.reason {
        Reason::BadContentType => StatusCode::BAD_REQUEST,
        Reason::BadBody if has_too_many_items(problem) => StatusCode::PAYLOAD_TOO_LARGE,
        reason => reason.status(),
    }
}

/// Version 2 has a shape of its own for fields that are wrong.
fn error(version: Version, status: StatusCode, message: &str, fields: &[FieldFault]) -> Answer {
    if (version, status) == (Version::Two, StatusCode::UNPROCESSABLE_ENTITY) {
        let mut errors: Map<String, Value> = Map::new();
        for (field, why) in fields {
            if let Some(list) = errors.entry(field).or_insert_with(|| json!([])).as_array_mut() {
                list.push(json!(why));
            }
        }
        return Answer::json(status, json!({ "message": message, "errors": errors }));
    }
    let fields: Vec<Value> = fields.iter().map(|(field, why)| json!({ "field": field, "error": why })).collect();
    Answer::json(status, json!({ "status": false, "errorMessage": message, "errorFields": fields }))
}

/// The place of a problem as the service writes it: a missing member is named itself.
fn path(problem: &Problem) -> String {
    let place = problem.field().trim_start_matches('/').replace('/', ".");
    match problem.message.strip_suffix(" is a required property") {
        Some(name) if place.is_empty() => name.trim_matches('"').to_owned(),
        Some(name) => format!("{place}.{}", name.trim_matches('"')),
        None => place,
    }
}

fn has_too_many_items(problem: &Problem) -> bool {
    problem.message.contains(" has more than ") && ["body /results", "body /file[]"].contains(&problem.place.as_str())
}

pub(super) fn ok(value: Value) -> Done {
    Ok(Answer::json(StatusCode::OK, value))
}

pub(super) fn result(value: Value) -> Done {
    let whole = [("status".to_owned(), Value::Bool(true)), ("result".to_owned(), value)];
    ok(Value::Object(whole.into_iter().collect()))
}

/// Taken, and worked on later.
pub(super) fn accepted(value: Value) -> Done {
    Ok(Answer::json(StatusCode::ACCEPTED, value))
}

/// It worked, and there is nothing to say about it.
pub(super) fn done() -> Done {
    ok(json!({ "status": true }))
}
