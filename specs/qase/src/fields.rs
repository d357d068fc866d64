//! Which fields the service does not like: the two error bodies of the API as one list of paths.
//!
//! Version 1 says `{"errorFields": [{"field": "results.0.steps.3.action", "error": "..."}]}`, version 2 also
//! `{"errors": {"execution.status": ["..."]}}`. Both come as a list of [`InvalidField`]s:
//!
//! ```
//! use qase::fields::{FieldStep, InvalidFields};
//! # let body = br#"{"status":false,"errorFields":[{"field":"results.0.steps.3.action","error":"is required"}]}"#;
//! # let fault: qase::types::ErrorBody = qase::tms_runtime::json::from_slice(body)?;
//! // or of an `Error` of a call
//! for invalid in fault.invalid_fields() {
//!     if let [FieldStep::Name(list), FieldStep::Index(index), ..] = invalid.path.as_slice() {
//!         println!("number {index} of {list}: {invalid}");
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::Error;
use crate::types::ErrorBody;
use std::fmt;
use tms_runtime::Value;

/// A field that the service does not like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidField {
    /// Where it stands in what was sent; empty if the service does not say.
    pub path: Vec<FieldStep>,
    /// What is wrong with it.
    pub message: String,
}

/// One step of the path to a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldStep {
    /// To the member of that name.
    Name(String),
    /// To the element of a list, from 0.
    Index(usize),
}

/// What can tell which fields the service does not like: error bodies, and errors of calls.
pub trait InvalidFields {
    /// The fields that the service does not like, in its order; none if it names none.
    fn invalid_fields(&self) -> Vec<InvalidField>;
}

impl InvalidFields for ErrorBody {
    fn invalid_fields(&self) -> Vec<InvalidField> {
        let listed = self.error_fields.iter().flatten().map(|field| {
            let path = field.field.as_deref().unwrap_or_default();
            InvalidField::new(path, field.error.clone().unwrap_or_default())
        });
        let mapped = self.errors.iter().flatten().flat_map(|(path, messages)| {
            let messages = messages.iter().cloned();
            messages.map(move |message| InvalidField::new(path, message))
        });
        // Other forms of the map do not fit the type and are kept as they came: one text in place of the list, above all.
        let odd = self.extra.get("errors").filter(|_| self.errors.is_none());
        listed.chain(mapped).chain(odd.as_ref().map(loose).unwrap_or_default()).collect()
    }
}

impl InvalidFields for Error {
    fn invalid_fields(&self) -> Vec<InvalidField> {
        match self {
            Self::Api(error) => error.fault().invalid_fields(),
            _ => Vec::new(),
        }
    }
}

impl InvalidField {
    fn new(path: &str, message: String) -> Self {
        Self { path: steps(path), message }
    }
}

/// `results.0.steps.3.action: is required`
impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.path.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "." })?;
            write!(f, "{step}")?;
        }
        let between = if self.path.is_empty() || self.message.is_empty() { "" } else { ": " };
        write!(f, "{between}{}", self.message)
    }
}

impl fmt::Display for FieldStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Index(index) => index.fmt(f),
        }
    }
}

/// Reads `results.0.steps.3.action`, and `results[0].steps[3].action` as well.
fn steps(path: &str) -> Vec<FieldStep> {
    let parts = path.split(['.', '[']).map(|part| part.strip_suffix(']').unwrap_or(part)).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_or_else(|_| FieldStep::Name(part.to_owned()), FieldStep::Index)).collect()
}

fn loose(errors: &Value) -> Vec<InvalidField> {
    let Value::Object(members) = errors else { return Vec::new() };
    let each = members.iter().flat_map(|(path, said)| match said {
        Value::Array(messages) => messages.iter().map(|message| InvalidField::new(path, words(message))).collect(),
        said => vec![InvalidField::new(path, words(said))],
    });
    each.collect()
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        let fault: ErrorBody = tms_runtime::json::from_str(body).expect("an error body");
        fault.invalid_fields().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_bodies() {
        let table: [(&str, &[&str]); 10] = [
            (r#"{"status":false,"errorMessage":"Data is invalid."}"#, &[]),
            (
                r#"{"errorFields":[{"field":"results.0.steps.3.action","error":"is required"},{"field":"run","error":"is over"}]}"#,
                &["results.0.steps.3.action: is required", "run: is over"],
            ),
            (r#"{"errorFields":[{"error":"bad"},{"field":"a"},{}]}"#, &["bad", "a", ""]),
            (
                r#"{"message":"bad","errors":{"execution.status":["is unknown","is long"]}}"#,
                &["execution.status: is unknown", "execution.status: is long"],
            ),
            (r#"{"errors":{"title":"is required"}}"#, &["title: is required"]),
            (r#"{"errors":{"title":["is required",{"code":7}],"x":null}}"#, &["title: is required", r#"title: {"code":7}"#, "x: null"]),
            (r#"{"errors":["bad"]}"#, &[]),
            (r#"{"errors":null,"errorFields":null}"#, &[]),
            (r#"{"errorFields":"bad"}"#, &[]),
            (r#"{"errorFields":[{"field":"a","error":"1"}],"errors":{"b":["2"]}}"#, &["a: 1", "b: 2"]),
        ];
        for (body, expected) in table {
            assert_eq!(shown(body), expected, "{body}");
        }
    }

    #[test]
    fn paths() {
        let name = |name: &str| FieldStep::Name(name.to_owned());
        let table = [
            ("results.0.steps.3.action", vec![name("results"), FieldStep::Index(0), name("steps"), FieldStep::Index(3), name("action")]),
            ("results[12].steps[0]", vec![name("results"), FieldStep::Index(12), name("steps"), FieldStep::Index(0)]),
            ("execution.status", vec![name("execution"), name("status")]),
            ("3", vec![FieldStep::Index(3)]),
            ("99999999999999999999", vec![name("99999999999999999999")]),
            ("-1.a", vec![name("-1"), name("a")]),
            ("..a..", vec![name("a")]),
            ("", vec![]),
        ];
        for (path, expected) in table {
            assert_eq!(steps(path), expected, "{path}");
        }
    }
}
