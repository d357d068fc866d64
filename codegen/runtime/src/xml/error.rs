//! Why an XML text could not be read, or a value not be written, and where.

use std::borrow::Cow;
use std::fmt;

/// Bytes of an offending value an error shows at most.
const EXCERPT: usize = 40;

/// An XML text could not be read, or a value not be written.
///
/// Says what was expected, the path of the element (`Body/LoadResponse/Bug[17]/Amount`; entries of lists are counted from 0),
/// the position in the text, and shows the beginning of the offending value, but nothing of other values.
#[derive(Clone)]
pub struct XmlError(Box<Details>);

#[derive(Clone)]
struct Details {
    reason: Cow<'static, str>,
    path: String,
    /// `None`: nothing has been read.
    offset: Option<usize>,
    excerpt: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Broken,
    /// Good XML that nobody may make sense of: a second element where there may be one.
    Ambiguous,
    Misfit,
}

impl XmlError {
    /// An error of the text itself.
    #[cold]
    pub(super) fn broken(reason: impl Into<Cow<'static, str>>, path: String, offset: usize) -> Self {
        Self::new(reason.into(), path, Some(offset), Kind::Broken)
    }

    /// An error of a text that is good XML, but not what the type holds.
    #[cold]
    pub(super) fn data(reason: impl Into<Cow<'static, str>>, path: String, offset: usize) -> Self {
        Self::new(reason.into(), path, Some(offset), Kind::Misfit)
    }

    /// An error of a text that is good XML, but says a thing twice.
    #[cold]
    pub(super) fn ambiguous(reason: impl Into<Cow<'static, str>>, path: String, offset: usize) -> Self {
        Self::new(reason.into(), path, Some(offset), Kind::Ambiguous)
    }

    /// An error of a value that cannot be written.
    #[cold]
    pub(super) fn unwritable(reason: impl Into<Cow<'static, str>>, path: String) -> Self {
        Self::new(reason.into(), path, None, Kind::Misfit)
    }

    fn new(reason: Cow<'static, str>, path: String, offset: Option<usize>, kind: Kind) -> Self {
        Self(Box::new(Details { reason, path, offset, excerpt: String::new(), kind }))
    }

    /// Shows the offending value.
    #[cold]
    #[must_use]
    pub(super) fn showing(mut self, value: &str) -> Self {
        self.0.excerpt = beginning(value, EXCERPT).to_owned();
        self
    }

    /// Names the part of the element the error happened in.
    #[cold]
    #[must_use]
    pub(super) fn within(mut self, part: &str) -> Self {
        if !self.0.path.is_empty() {
            self.0.path.push('/');
        }
        self.0.path.push_str(part);
        self
    }

    /// Whether the text is good XML that does not fit the type (as opposed to a broken text).
    #[must_use]
    pub fn is_data(&self) -> bool {
        self.0.kind != Kind::Broken
    }

    /// Whether a member that can be absent does without what the error is about.
    pub(super) fn is_misfit(&self) -> bool {
        self.0.kind == Kind::Misfit
    }

    /// Where in the document: `Body/LoadResponse/Bug[17]/Amount`, local names from the document element on; an attribute as
    /// `@name`. Empty outside of the document element.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, without the place: `expected decimal`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Bytes of the text before the offence; 0 if it is not about reading.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset.unwrap_or_default()
    }

    /// The beginning of the offending value; empty where there is none to show.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

/// The beginning of a text, at most that many bytes.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    &text[..end]
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { reason, path, offset, excerpt, .. } = &*self.0;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(reason)?;
        if let Some(offset) = offset {
            write!(f, " (byte {offset})")?;
        }
        if !excerpt.is_empty() {
            write!(f, " at `{}`", excerpt.replace(char::is_control, " "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "XmlError({self})")
    }
}

impl std::error::Error for XmlError {}
