//! The mock's own answers, held to the document like a client's requests.

use super::verdict::{Problem, Reason};
use crate::answer::{Answer, Payload};
use crate::spec::{Documented, MediaRange, Operation};

/// What is wrong with an answer. Errors the document does not mention pass: no vendor lists them all.
pub(crate) fn check(operation: &Operation, answer: &Answer) -> Vec<Problem> {
    let bad = |place: String, message: String| Problem::new(Reason::BadAnswer, place, message);
    let media = match operation.answers.of(answer.status) {
        Documented::As(media) => media,
        Documented::No if answer.status.is_success() => {
            return vec![bad("answer".to_owned(), format!("status {} is not documented", answer.status))];
        }
        Documented::No => return Vec::new(),
    };
    match &answer.body {
        Payload::Json(value) => match media.iter().find(|m| m.range.is_json()) {
            None => vec![bad("answer".to_owned(), "no JSON answer is documented".to_owned())],
            Some(media) => {
                let mut value = value.clone();
                media.outline.restore(&mut value, false);
                let violations = media.schema.as_ref().map(|s| s.violations(&value)).unwrap_or_default();
                violations.into_iter().map(|v| bad(format!("answer {}", v.pointer), v.message)).collect()
            }
        },
        Payload::Empty if media.is_empty() => Vec::new(),
        Payload::Empty => vec![bad("answer".to_owned(), "a body is documented".to_owned())],
        Payload::Bytes { content_type, .. } => match MediaRange::parse(content_type) {
            Some(sent) if media.iter().any(|m| m.range.meets(&sent)) => Vec::new(),
            _ => vec![bad("answer".to_owned(), format!("`{content_type}` is not documented"))],
        },
    }
}
