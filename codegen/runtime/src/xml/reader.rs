//! The pull reader: one, not generic, for every type.

use std::borrow::Cow;
use std::io::BufRead;

use super::scan::{self, Survey};
use super::scope::{Nil, Open, Scope};
use super::tags::Attribute;
use super::{FromXml, QName, XmlError, error};

/// Bytes of a name that the path of an error shows at most.
const NAME: usize = 100;

/// Reads typed values from an XML text.
///
/// The reader is in an element (or before or behind the document element). [`child`](Self::child) goes on to the next child
/// element, [`text`](Self::text), [`skip`](Self::skip) and [`FromXml::read`] to behind the end of the element.
///
/// What is common is read where it stands; for everything else (attributes, comments, CDATA, references ..) there are the
/// events of `quick-xml`, which stand between two tokens whenever they are not asked.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) events: quick_xml::Reader<&'a [u8]>,
    pub(super) scope: Scope,
    /// Of the element opened last.
    pub(super) attributes: Vec<Attribute<'a>>,
    /// What the next value is read from, rather than from an element: an attribute, a character content, a word of a list; and
    /// where that stands.
    pub(super) pending: Option<(Cow<'a, str>, usize)>,
    pub(super) survey: Survey,
    /// Elements around the one that paths of errors begin with.
    path_from: usize,
}

/// Where an element begins that the reader is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    start: usize,
    /// Elements around it.
    depth: usize,
}

/// A reader that waits for its text: [`Reader::pause`].
#[derive(Debug)]
pub struct Paused {
    at: usize,
    scope: Scope,
    survey: Survey,
    path_from: usize,
}

/// Where [`Reader::step`] has come to.
pub(super) enum Step {
    /// In a child element.
    Opened,
    /// Before the end of the element, the end tag passed.
    Ended,
}

impl<'a> Reader<'a> {
    /// A reader before the beginning of a document. What the document says of its encoding does not count.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::at_offset(text, 0, Scope::new(), scan::survey(text), 0)
    }

    fn at_offset(text: &'a str, at: usize, scope: Scope, survey: Survey, path_from: usize) -> Self {
        Self { text, events: events(text, at), scope, attributes: Vec::new(), pending: None, survey, path_from }
    }

    /// Stops in the middle of a document. [`resume`](Self::resume) goes on there; until then nothing is borrowed.
    #[must_use]
    pub fn pause(self) -> Paused {
        Paused { at: self.offset(), scope: self.scope, survey: self.survey, path_from: self.path_from }
    }

    /// Goes on with the text a reader was stopped in, which must be the same.
    #[must_use]
    pub fn resume(text: &'a str, paused: Paused) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::at_offset(text, paused.at, paused.scope, paused.survey, paused.path_from)
    }

    /// Reads the whole text as one value, whatever the document element is called.
    ///
    /// # Errors
    /// The text is no XML, or not what `target` holds. The error has path and position.
    pub fn document(&mut self, target: &mut dyn FromXml) -> Result<(), XmlError> {
        self.root()?;
        target.read(self)?;
        self.finish()
    }

    /// Goes into the document element.
    ///
    /// # Errors
    /// The text does not begin like an XML document without document type.
    pub fn root(&mut self) -> Result<(), XmlError> {
        if let Some(at) = self.survey.illegal {
            return Err(XmlError::broken("a character that XML does not allow", String::new(), at));
        }
        loop {
            self.consume(scan::whitespace(self.rest()));
            match self.rest() {
                [] => return Err(self.ended()),
                [b'<', b'!' | b'?', ..] => self.aside(false)?,
                [b'<', ..] => return self.open(),
                _ => return Err(self.broken("expected an XML document")),
            }
        }
    }

    /// Makes sure that nothing follows the document element.
    ///
    /// # Errors
    /// Something does.
    pub fn finish(&mut self) -> Result<(), XmlError> {
        loop {
            self.consume(scan::whitespace(self.rest()));
            match self.rest() {
                [] => return Ok(()),
                [b'<', b'!' | b'?', ..] => self.aside(false)?,
                _ => return Err(self.broken("expected the end of the text behind the document element")),
            }
        }
    }

    /// Where the element begins that the reader is in.
    #[inline]
    pub(super) fn mark(&self) -> Mark {
        Mark { start: self.top().map_or(0, |open| open.start), depth: self.scope.stack.len().saturating_sub(1) }
    }

    /// Goes into an element again that could not be read, wherever in or right behind it the reader is.
    pub(super) fn enter_again(&mut self, mark: Mark) -> Result<(), XmlError> {
        while self.scope.stack.len() > mark.depth {
            self.scope.pop();
        }
        self.pending = None;
        self.events = events(self.text, mark.start);
        self.open()
    }

    /// Bytes of the text passed so far, without byte order mark.
    #[inline]
    #[must_use]
    pub fn offset(&self) -> usize {
        self.text.len() - self.events.get_ref().len()
    }

    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.events.get_ref()
    }

    #[inline]
    pub(super) fn consume(&mut self, bytes: usize) {
        self.events.stream().consume(bytes);
    }

    #[inline]
    pub(super) fn top(&self) -> Option<&Open> {
        self.scope.stack.last()
    }

    /// How many elements the reader is in.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.scope.stack.len()
    }

    pub(super) fn name_of(&self, open: &Open) -> &'a str {
        self.text.get(open.start + 1..open.start + 1 + open.name_len).unwrap_or_default()
    }

    /// The local name of the element the reader is in.
    #[must_use]
    pub fn local(&self) -> &'a str {
        self.top().map_or("", |open| self.local_of(open))
    }

    fn local_of(&self, open: &Open) -> &'a str {
        let name = self.name_of(open);
        name.get(if open.prefix_len == 0 { 0 } else { open.prefix_len + 1 }..).unwrap_or_default()
    }

    /// The namespace of the element the reader is in; empty for none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.top().map_or("", |open| self.scope.uri(open.namespace))
    }

    /// Whether the element the reader is in has that name.
    #[must_use]
    pub fn is(&self, name: QName) -> bool {
        self.local() == name.1 && self.namespace() == name.0
    }

    /// Whether the element the reader is in is nil.
    #[inline]
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.pending.is_none() && self.top().is_some_and(|open| open.nil == Nil::Yes)
    }

    /// Whether the element the reader is in says that it is not nil, or nothing.
    #[inline]
    pub(super) fn has_value(&self) -> bool {
        self.pending.is_some() || self.top().is_none_or(|open| open.nil == Nil::No)
    }

    /// Leaves the element if it is nil.
    ///
    /// # Errors
    /// It is nil, but not empty, or does not say whether it is nil.
    #[inline]
    pub fn null(&mut self) -> Result<bool, XmlError> {
        if self.has_value() {
            return Ok(false);
        }
        if !self.is_nil() {
            return Err(self.no_value());
        }
        match self.step(false)? {
            Step::Ended => self.scope.pop(),
            Step::Opened => return Err(self.data("an element that is nil must be empty")),
        }
        Ok(true)
    }

    /// Tells which of its list the element the reader is in is, for paths of errors.
    #[inline]
    pub fn set_index(&mut self, index: usize) {
        if let Some(open) = self.scope.stack.last_mut() {
            open.index = u32::try_from(index).unwrap_or(u32::MAX);
        }
    }

    /// Leaves the elements around the one the reader is in out of the paths of errors.
    pub fn begin_path(&mut self) {
        self.path_from = self.scope.stack.len().saturating_sub(1);
    }

    /// Goes into the next child element; `false`: there was none, the element is left.
    ///
    /// # Errors
    /// The text is no XML, or there is a text between the elements.
    pub fn child(&mut self) -> Result<bool, XmlError> {
        match self.step(false)? {
            Step::Opened => Ok(true),
            Step::Ended => {
                self.scope.pop();
                Ok(false)
            }
        }
    }

    /// Leaves the element the reader is in.
    ///
    /// # Errors
    /// The text is no XML.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        self.skip_content()?;
        self.scope.pop();
        Ok(())
    }

    /// Goes to the next child element or passes the end tag. `mixed`: texts are passed, too.
    pub(super) fn step(&mut self, mixed: bool) -> Result<Step, XmlError> {
        if self.top().is_none_or(|open| open.empty) {
            return Ok(Step::Ended);
        }
        loop {
            self.consume(scan::whitespace(self.rest()));
            match self.rest() {
                [b'<', b'/', ..] => return self.end_tag().map(|()| Step::Ended),
                [b'<', b'!' | b'?', ..] => self.aside(mixed)?,
                [b'<', ..] => return self.open().map(|()| Step::Opened),
                [] => return Err(self.ended()),
                [b'&', ..] if mixed => self.passed_reference()?,
                _ if mixed => self.consume(scan::text_run(self.rest())),
                _ => return Err(self.data("expected elements, found text")),
            }
        }
    }

    /// Goes to behind the end tag, but does not leave the element yet.
    pub(super) fn skip_content(&mut self) -> Result<(), XmlError> {
        let depth = self.depth();
        loop {
            if let Step::Ended = self.step(true)? {
                if self.depth() <= depth {
                    return Ok(());
                }
                self.scope.pop();
            }
        }
    }

    /// The error of a value that the type cannot hold, for hand-written [`FromXml`] impls.
    #[cold]
    #[must_use]
    pub fn data(&self, reason: impl Into<Cow<'static, str>>) -> XmlError {
        self.data_at(reason, self.offset())
    }

    #[cold]
    pub(super) fn data_at(&self, reason: impl Into<Cow<'static, str>>, at: usize) -> XmlError {
        XmlError::data(reason, self.path(), at)
    }

    /// The error of an element that has come before, but may come only once.
    #[cold]
    pub(super) fn twice(&self) -> XmlError {
        XmlError::ambiguous("the element may come only once", self.path(), self.offset())
    }

    /// The error of an element that is none of a choice.
    #[cold]
    #[doc(hidden)]
    #[must_use]
    pub fn no_arm(&self, arms: &[QName]) -> XmlError {
        let names: Vec<_> = arms.iter().map(|arm| format!("`{}`", arm.1)).collect();
        self.data(format!("expected one of {}", names.join(", ")))
    }

    /// The error of a text that is no XML.
    #[cold]
    pub(super) fn broken(&self, reason: impl Into<Cow<'static, str>>) -> XmlError {
        self.broken_at(reason, self.offset())
    }

    #[cold]
    pub(super) fn broken_at(&self, reason: impl Into<Cow<'static, str>>, at: usize) -> XmlError {
        XmlError::broken(reason, self.path(), at)
    }

    #[cold]
    pub(super) fn ended(&self) -> XmlError {
        self.broken("the text ends too early")
    }

    /// The path of the element the reader is in.
    fn path(&self) -> String {
        let mut path = String::new();
        for open in self.scope.stack.iter().skip(self.path_from) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(error::beginning(self.local_of(open), NAME));
            if open.index != u32::MAX {
                path.push('[');
                path.push_str(itoa::Buffer::new().format(open.index));
                path.push(']');
            }
        }
        path
    }
}

/// The events of a text from there on, which must be behind or before a tag.
fn events(text: &str, at: usize) -> quick_xml::Reader<&[u8]> {
    let mut events = quick_xml::Reader::from_str(text.get(at..).unwrap_or_default());
    let config = events.config_mut();
    // The reader compares names itself, as it does not ask for every event.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.check_comments = true;
    events
}
