use super::value::is_ambiguous;
use super::version::Version;
use super::vocabulary::{Holds, Kind};
use super::{parameter, reference, schema, security};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::source::{Cursor, Spot};
use std::collections::BTreeSet;

/// Walks a document by its vocabulary: knows which object stands where, and hands each to the checks of its kind.
pub(super) struct Walk {
    pub(super) version: Version,
    pub(super) report: Report,
    /// What references led to outside the places that are walked anyway.
    visited: BTreeSet<Spot>,
    /// Names that may still be compared to guess what was meant.
    guesses: usize,
}

impl Walk {
    pub(super) fn new(version: Version, report: Report) -> Self {
        Self { version, report, visited: BTreeSet::new(), guesses: MAX_GUESSES }
    }

    pub(super) fn document(&mut self, document: &Cursor<'_>) {
        self.object(Kind::Document, document);
    }

    /// Checks something a reference leads to, unless it is checked where it stands.
    pub(super) fn referenced(&mut self, kind: Kind, target: &Cursor<'_>) {
        let spot = target.spot();
        let document = target.sources().document().map(|document| document.file());
        let walked = document == Some(spot.file) && matches!(spot.pointer.segments().next().as_deref(), Some("paths" | "components"));
        if !walked && self.visited.insert(spot) {
            self.object(kind, target);
        }
    }

    pub(super) fn object(&mut self, kind: Kind, at: &Cursor<'_>) {
        let Some(map) = at.node().as_map() else {
            let boolean = kind == Kind::Schema && self.version == Version::V31 && at.node().as_bool().is_some();
            if !boolean {
                self.wrong(at, &format!("{} is a mapping", kind.a_noun()));
            }
            return;
        };
        if kind.may_be_ref() && map.get("$ref").is_some_and(|reference| reference.as_str().is_some()) {
            reference::check(self, kind, at);
            return;
        }
        for (name, value) in at.entries() {
            match kind.field(name, self.version == Version::V31) {
                Some(holds) => self.value(name, holds, &value),
                None if name.starts_with("x-") || (name == "$ref" && kind.may_be_ref()) => self.reference_kind(name, &value),
                None => self.unknown(kind, name, &value),
            }
        }
        self.needed(kind, at);
        match kind {
            Kind::Schema => schema::check(self, at),
            Kind::Parameter => parameter::check(self, at),
            Kind::SecurityScheme => security::scheme(self, at),
            _ => {}
        }
    }

    fn needed(&mut self, kind: Kind, at: &Cursor<'_>) {
        for name in kind.needed() {
            if at.get(name).is_none_or(|value| value.node().is_null()) {
                let message = format!("the {} has no `{name}`", kind.noun());
                self.report.push(Diagnostic::new(Tag::MissingKeyword, message, at.key_location()));
            }
        }
    }

    fn reference_kind(&mut self, name: &str, at: &Cursor<'_>) {
        if name == "$ref" {
            let message = format!("a reference is a text, not {}", at.node().kind());
            self.report.push(Diagnostic::new(Tag::InvalidRef, message, at.location()));
        }
    }

    fn value(&mut self, name: &str, holds: Holds, at: &Cursor<'_>) {
        let node = at.node();
        if node.is_null() && !matches!(holds, Holds::Free) {
            self.ignored(at, format!("`{name}` is empty"));
            return;
        }
        match holds {
            Holds::Free => {}
            // `version: 1.0` and dates without quotes harm nobody.
            Holds::Docs if node.as_map().is_none() && node.as_list().is_none() => {}
            Holds::Docs => self.ignored(at, format!("`{name}` must be a text, not {}", node.kind())),
            Holds::Text if node.as_str().is_some() => {}
            Holds::Text => self.wrong(at, &format!("`{name}` is a text")),
            Holds::Flag if node.as_bool().is_some() => {}
            Holds::Flag => self.ignored(at, format!("`{name}` must be `true` or `false`, not {}", node.kind())),
            Holds::Number if node.as_number().is_some() => {}
            Holds::Number => self.ignored(at, format!("`{name}` must be a number, not {}", node.kind())),
            Holds::Texts => self.texts(name, at),
            Holds::Values => {
                if node.as_list().is_none() {
                    self.ignored(at, format!("`{name}` must be a list, not {}", node.kind()));
                }
            }
            Holds::Types => schema::types(self, at),
            Holds::TextMap => self.text_map(name, at),
            Holds::One(kind) => self.object(kind, at),
            Holds::List(kind) => self.list(name, kind, at),
            Holds::Map(kind) => self.map(name, kind, at),
            Holds::SchemaOrFlag if node.as_bool().is_some() => {}
            Holds::SchemaOrFlag => self.object(Kind::Schema, at),
            Holds::Paths => self.paths(at),
            Holds::Responses => self.responses(at),
            Holds::Security => security::requirements(self, at),
        }
    }

    fn texts(&mut self, name: &str, at: &Cursor<'_>) {
        if at.node().as_list().is_none() {
            self.ignored(at, format!("`{name}` must be a list of texts, not {}", at.node().kind()));
        }
        for item in at.items().filter(|item| item.as_str().is_none()) {
            self.ignored(&item, format!("`{name}` must be a list of texts; {} is ignored", item.node().kind()));
        }
    }

    fn text_map(&mut self, name: &str, at: &Cursor<'_>) {
        if at.node().as_map().is_none() {
            self.ignored(at, format!("`{name}` must be a mapping of texts, not {}", at.node().kind()));
        }
        for (key, _) in at.entries().filter(|(_, value)| value.as_str().is_none()) {
            if let Some(value) = at.get(key) {
                self.ignored(&value, format!("`{name}` must be a mapping of texts; `{key}` holds {}", value.node().kind()));
            }
        }
    }

    fn list(&mut self, name: &str, kind: Kind, at: &Cursor<'_>) {
        if at.node().as_list().is_none() {
            self.wrong(at, &format!("`{name}` is a list"));
        }
        for item in at.items() {
            self.object(kind, &item);
        }
    }

    fn map(&mut self, name: &str, kind: Kind, at: &Cursor<'_>) {
        if at.node().as_map().is_none() {
            self.wrong(at, &format!("`{name}` is a mapping"));
        }
        for (_, value) in at.entries() {
            self.object(kind, &value);
        }
    }

    fn paths(&mut self, at: &Cursor<'_>) {
        for (path, item) in at.entries().filter(|(path, _)| !path.starts_with("x-")) {
            if item.node().is_null() {
                self.ignored(&item, format!("path `{path}` is empty"));
            } else {
                self.object(Kind::PathItem, &item);
            }
        }
    }

    fn responses(&mut self, at: &Cursor<'_>) {
        if at.node().as_map().is_none() {
            self.wrong(at, "`responses` is a mapping from status codes to responses");
        }
        for (status, response) in at.entries().filter(|(status, _)| !status.starts_with("x-")) {
            if is_status(status) {
                self.object(Kind::Response, &response);
                continue;
            }
            let upper = status.to_ascii_uppercase();
            let help = if is_status(&upper) { format!("did you mean `{upper}`?") } else { "allowed: `200`, `2XX`, `default`".to_owned() };
            let message = format!("`{status}` is not a status code");
            self.report.push(Diagnostic::new(Tag::UnknownKeyword, message, response.key_location()).help(help));
        }
    }

    fn unknown(&mut self, kind: Kind, name: &str, at: &Cursor<'_>) {
        let message = format!("{} has no keyword `{name}`", kind.a_noun());
        let mut diagnostic = Diagnostic::new(Tag::UnknownKeyword, message, at.key_location());
        if kind.newer_fields().iter().any(|(field, _)| *field == name) {
            diagnostic = diagnostic.help("OpenAPI 3.1 has it, 3.0 has not: it is ignored");
        } else if let Some(near) = did_you_mean(name, kind.fields().iter().map(|(field, _)| *field)) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        } else {
            diagnostic = diagnostic.help("it is ignored; own keywords begin with `x-`");
        }
        self.report.push(diagnostic);
    }

    /// The candidate that was probably meant. A document in which very many names are wrong gets no more guesses.
    pub(super) fn near<'a>(&mut self, name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let candidates: Vec<&str> = candidates.take(self.guesses).collect();
        self.guesses -= candidates.len();
        did_you_mean(name, candidates)
    }

    /// Something the generator needs is of the wrong kind.
    pub(super) fn wrong(&mut self, at: &Cursor<'_>, wanted: &str) {
        let message = format!("{wanted}, not {}", at.node().kind());
        self.report.push(Diagnostic::new(Tag::WrongKind, message, at.location()));
    }

    /// Something the generator can do without is of the wrong kind.
    pub(super) fn ignored(&mut self, at: &Cursor<'_>, message: String) {
        self.report.push(Diagnostic::new(Tag::IgnoredValue, message, at.location()));
    }

    /// Reports a text that is none of the words allowed.
    pub(super) fn word(&mut self, at: &Cursor<'_>, allowed: &[&str]) {
        let (Some(key), Some(text)) = (at.key(), at.as_str()) else { return };
        if allowed.contains(&text) {
            return;
        }
        let help = match did_you_mean(text, allowed.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("allowed: {}", listed(allowed.iter().copied())),
        };
        self.report.push(Diagnostic::new(Tag::UnknownValue, format!("`{key}` cannot be `{text}` here"), at.location()).help(help));
    }

    /// Reports a word that YAML 1.1 takes for a truth value.
    pub(super) fn ambiguous(&mut self, at: &Cursor<'_>) {
        if is_ambiguous(at) {
            let text = at.as_str().unwrap_or_default();
            let message = format!("`{text}` without quotes is a truth value for YAML 1.1 tools");
            self.report.push(Diagnostic::new(Tag::AmbiguousWord, message, at.location()).help(format!("write `\"{text}\"`")));
        }
    }
}

/// A second or two.
const MAX_GUESSES: usize = 5_000_000;

/// `404`, `4XX`, `default`.
fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => text == "default",
    }
}
