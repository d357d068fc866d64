//! Why a JSON text could not be read, and where.

use std::fmt;

use super::scan;

/// Bytes of an offending value an error shows at most.
const EXCERPT: usize = 40;

/// Bytes of a text that is no JSON an error shows at most.
const BROKEN_EXCERPT: usize = 16;

/// A JSON text could not be read.
///
/// Says what was expected, the path of the value (`$.result.entities[3].title`), the position in the text, and shows the
/// beginning of the offending value. Of other values nothing is shown; where the text is no JSON, its next few bytes.
#[derive(Clone)]
pub struct JsonError(Box<Details>);

#[derive(Clone)]
struct Details {
    fault: Fault,
    /// Innermost first: a segment is added at every level the error passes on its way out.
    segments: Vec<Segment>,
    offset: usize,
    line: usize,
    column: usize,
    excerpt: String,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Not the grammar of RFC 8259.
    Syntax(&'static str),
    /// The text ends too early.
    End,
    /// Nested deeper than the reader follows.
    Depth,
    /// Not UTF-8.
    Encoding,
    /// Good JSON, but not what the type holds.
    Type { expected: &'static str, found: &'static str },
    /// Good JSON, but the value does not fit.
    Value(String),
    /// A required member is not there.
    Missing(String),
}

#[derive(Clone)]
enum Segment {
    Member(String),
    Index(usize),
}

impl JsonError {
    #[cold]
    pub(crate) fn new(fault: Fault, offset: usize) -> Self {
        Self(Box::new(Details { fault, segments: Vec::new(), offset, line: 1, column: 1, excerpt: String::new() }))
    }

    /// Names the object member the error happened in.
    #[cold]
    #[must_use]
    pub(crate) fn in_member(mut self, name: impl Into<String>) -> Self {
        self.0.segments.push(Segment::Member(name.into()));
        self
    }

    /// Names the array element the error happened in.
    #[cold]
    #[must_use]
    pub(crate) fn in_element(mut self, index: usize) -> Self {
        self.0.segments.push(Segment::Index(index));
        self
    }

    /// Fills line, column and excerpt from the text that was read.
    #[cold]
    #[must_use]
    pub(crate) fn located(mut self, source: &[u8]) -> Self {
        let offset = self.0.offset.min(source.len());
        let before = &source[..offset];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        self.0.line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.0.column = 1 + offset - line_start;
        let shown = &source[offset..source.len().min(offset + EXCERPT).min(self.end(source, offset))];
        self.0.excerpt = String::from_utf8_lossy(shown).into_owned();
        self
    }

    /// The end of what may be shown: a value that does not fit, but not its neighbours, which may be secret.
    fn end(&self, source: &[u8], offset: usize) -> usize {
        match self.0.fault {
            Fault::Type { .. } | Fault::Value(_) => scan::value(source, offset, 0).unwrap_or(offset),
            Fault::Missing(_) => offset,
            Fault::Syntax(_) | Fault::End | Fault::Depth | Fault::Encoding => offset + BROKEN_EXCERPT,
        }
    }

    /// Whether the text is good JSON whose value does not fit the type (as opposed to a broken text).
    #[must_use]
    pub fn is_data(&self) -> bool {
        matches!(self.0.fault, Fault::Type { .. } | Fault::Value(_) | Fault::Missing(_))
    }

    /// Where in the document: `$.result.entities[3].title`. The document itself is `$`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for segment in self.0.segments.iter().rev() {
            match segment {
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
                Segment::Member(name) if is_plain(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Segment::Member(name) => path.push_str(&format!("[{name:?}]")),
            }
        }
        path
    }

    /// What is wrong, without the place: `expected string, found number`.
    #[must_use]
    pub fn reason(&self) -> String {
        match &self.0.fault {
            Fault::Syntax(reason) => (*reason).to_owned(),
            Fault::End => "the text ends too early".to_owned(),
            Fault::Depth => "nested too deeply".to_owned(),
            Fault::Encoding => "not UTF-8".to_owned(),
            Fault::Type { expected, found } => format!("expected {expected}, found {found}"),
            Fault::Value(reason) => reason.clone(),
            Fault::Missing(name) => format!("missing field `{name}`"),
        }
    }

    /// Bytes before the offence.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Line of the offence, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Column of the offence in bytes, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// The beginning of the offending value or text; empty at the end of the text and for a missing field.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, reason) = (self.path(), self.reason());
        write!(f, "{path}: {reason} (line {}, column {})", self.0.line, self.0.column)?;
        if !self.0.excerpt.is_empty() {
            write!(f, " at `{}`", self.0.excerpt.replace(char::is_control, " "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonError({self})")
    }
}

impl std::error::Error for JsonError {}
