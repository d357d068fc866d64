use super::builder::{Builder, Parsed};
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{FileId, Location, Number, Span, Value};
use serde::de::IgnoredAny;

/// Parses JSON. `serde_json` decides what is valid; the scanner below only adds the places, which it does not tell.
pub(super) fn parse(text: &str, file: FileId) -> Result<Parsed, Box<Diagnostic>> {
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| broken(&error, text, file))?;
    Scanner { text, at: 0, file, builder: Builder::new(file) }.document()
}

fn broken(error: &serde_json::Error, text: &str, file: FileId) -> Box<Diagnostic> {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let start = (line_start + error.column().saturating_sub(1)).min(text.len());
    let why = error.to_string();
    let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
    Box::new(Diagnostic::new(Tag::Syntax, "this is not valid JSON", Location::text(file, Span { start, end: start + 1 })).label(why))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    file: FileId,
    builder: Builder,
}

impl Scanner<'_> {
    fn document(mut self) -> Result<Parsed, Box<Diagnostic>> {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            let start = self.at;
            self.at += 1;
            match byte {
                b'{' => self.builder.start_map(start, 0)?,
                b'[' => self.builder.start_list(start, 0)?,
                b'}' | b']' => self.builder.end(self.at)?,
                b'"' => self.string(start)?,
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
                _ => self.word(start)?,
            }
        }
        self.builder.finish().ok_or_else(|| Box::new(Diagnostic::new(Tag::EmptyFile, "the file holds no value", Location::File(self.file))))
    }

    fn string(&mut self, start: usize) -> Result<(), Box<Diagnostic>> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                _ => 1,
            };
            if *byte == b'"' {
                break;
            }
        }
        let span = Span { start, end: self.at };
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        let text = if quoted.contains('\\') {
            let invalid = |_| {
                Diagnostic::new(Tag::Syntax, "this is not valid JSON", Location::text(self.file, span)).label("half of a surrogate pair")
            };
            serde_json::from_str(quoted).map_err(invalid)?
        } else {
            quoted.trim_matches('"').to_owned()
        };
        if self.builder.wants_key() {
            self.builder.key(text, span);
            return Ok(());
        }
        self.builder.scalar(Value::String(text), span, 0)
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self, start: usize) -> Result<(), Box<Diagnostic>> {
        let rest = self.text.get(start..).unwrap_or_default();
        let len = rest.find([',', ':', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
        self.at = start + len.max(1);
        let value = match rest.get(..len).unwrap_or_default() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            number => Value::Number(Number::from_text(number)),
        };
        self.builder.scalar(value, Span { start, end: self.at }, 0)
    }
}
