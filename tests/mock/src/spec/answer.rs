//! Documented answers of an operation.

use super::body::{self, Media};
use super::document::{Document, Node, SpecError};
use super::example;
use super::schema::Direction;
use crate::answer::Answer;
use http::StatusCode;
use std::collections::BTreeMap;

/// Answers by status: an exact code goes before a class (`4XX`), a class before `default`.
#[derive(Debug)]
pub(crate) struct Answers {
    exact: BTreeMap<u16, Vec<Media>>,
    class: BTreeMap<u16, Vec<Media>>,
    default: Option<Vec<Media>>,
    example: Answer,
}

/// What the document says about a status.
#[derive(Debug)]
pub(crate) enum Documented<'s> {
    No,
    /// The media types it may have; none means no body.
    As(&'s [Media]),
}

impl Answers {
    pub(crate) fn read(document: &Document, operation: &Node<'_>) -> Result<Self, SpecError> {
        let node = document.member(operation, "responses")?.ok_or_else(|| document.error(&operation.at, "`responses` is missing"))?;
        let mut answers =
            Self { exact: BTreeMap::new(), class: BTreeMap::new(), default: None, example: example::answer(document, &node)? };
        for (status, answer) in document.members(&node)? {
            if status.starts_with("x-") {
                continue;
            }
            let content = body::read_content(document, &answer, Direction::Answer)?;
            match (status, status.strip_suffix("XX").and_then(|c| c.parse().ok()), status.parse()) {
                ("default", ..) => answers.default = Some(content),
                (_, Some(class @ 1..=5), _) => drop(answers.class.insert(class, content)),
                (_, _, Ok(code @ 100..=599)) => drop(answers.exact.insert(code, content)),
                _ => return Err(document.error(&answer.at, format!("`{status}` is no status"))),
            }
        }
        Ok(answers)
    }

    pub(crate) fn of(&self, status: StatusCode) -> Documented<'_> {
        let code = status.as_u16();
        // Where the document names successes, `default` means failures.
        let named = self.exact.keys().any(|code| (200..300).contains(code)) || self.class.contains_key(&2);
        let other = self.default.as_ref().filter(|_| !(named && status.is_success()));
        let media = self.exact.get(&code).or_else(|| self.class.get(&(code / 100))).or(other);
        media.map_or(Documented::No, |m| Documented::As(m))
    }

    /// A success as the document shows it.
    pub(crate) fn example(&self) -> &Answer {
        &self.example
    }

    /// Every media type a success may have.
    pub(crate) fn success_media(&self) -> impl Iterator<Item = &Media> {
        let exact = self.exact.iter().filter(|(code, _)| (200..300).contains(*code)).map(|(_, m)| m);
        exact.chain(self.class.get(&2)).flatten()
    }
}
