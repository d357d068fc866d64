//! Lists read entry by entry.

use super::walk::{Trouble, Walk};
use crate::error::DecodeError;
use crate::operation::Operation;
use crate::raw::Raw;
use crate::xml::{FromXml, Paused, QName, Reader};
use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;

/// An operation whose answer is a list that can be read entry by entry.
pub trait Streamed: Operation {
    /// One entry of the list.
    type Record: FromXml + Send + 'static;

    /// The entries of a successful answer.
    fn records(raw: Raw) -> Records<Self::Record>;
}

/// The entries of a list, each read from the answer when it is asked for. After an error there is nothing more.
///
/// The answer is in memory as it came, but of its entries only the one that was asked for. What stands behind that one has not
/// been looked at: a list may end in an error after any number of good entries.
#[must_use = "records are read when they are asked for"]
pub struct Records<T> {
    list: List,
    entry: PhantomData<fn() -> T>,
}

/// What does not depend on the type of the entries.
struct List {
    /// Without its body as long as that is in `text`.
    raw: Raw,
    text: String,
    is_body: bool,
    walk: Walk,
    state: State,
}

enum State {
    Waiting(Paused),
    Failed(DecodeError),
    Ended,
}

impl<T: FromXml> Records<T> {
    pub(super) fn new(raw: Raw, way: &[QName]) -> Self {
        Self { list: List::new(raw, way), entry: PhantomData }
    }

    /// Tells right away when the list cannot even be begun.
    pub(crate) fn opened(self) -> Result<Self, DecodeError> {
        match self.list.state {
            State::Failed(error) => Err(error),
            State::Waiting(_) | State::Ended => Ok(self),
        }
    }
}

impl<T: FromXml> Iterator for Records<T> {
    type Item = Result<T, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut entry = T::blank();
        match self.list.next(&mut entry) {
            Ok(true) => Some(Ok(entry)),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T: FromXml> FusedIterator for Records<T> {}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Records({})", self.list.raw.info())
    }
}

impl List {
    fn new(mut raw: Raw, way: &[QName]) -> Self {
        let walk = Walk::to(way);
        let (text, is_body) = match raw.soap_text() {
            Ok(Cow::Owned(text)) => (text, false),
            Ok(Cow::Borrowed(_)) => (text(raw.take_body().into()), true),
            Err(error) => return Self { raw, text: String::new(), is_body: false, walk, state: State::Failed(error) },
        };
        let mut this = Self { raw, text, is_body, walk, state: State::Ended };
        let mut reader = Reader::new(&this.text);
        this.state = match this.walk.begin(&mut reader).and_then(|()| this.walk.approach(&mut reader)) {
            Ok(true) => State::Waiting(reader.pause()),
            Ok(false) => State::Ended,
            Err(trouble) => State::Failed(this.failed(trouble)),
        };
        this
    }

    /// Reads the next entry over `target`; `false` if there is none.
    fn next(&mut self, target: &mut dyn FromXml) -> Result<bool, DecodeError> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Waiting(paused) => match advance(&self.text, &mut self.walk, paused, target) {
                Ok(Some(paused)) => {
                    self.state = State::Waiting(paused);
                    Ok(true)
                }
                Ok(None) => Ok(false),
                Err(trouble) => Err(self.failed(trouble)),
            },
            State::Failed(error) => Err(error),
            State::Ended => Ok(false),
        }
    }

    #[cold]
    fn failed(&mut self, trouble: Trouble) -> DecodeError {
        let text = std::mem::take(&mut self.text);
        if self.is_body {
            self.raw.set_body(text.into());
        }
        match self.raw.soap_text() {
            Ok(text) => self.raw.soap_trouble(&text, trouble),
            Err(error) => error,
        }
    }
}

/// Reads one entry; `None` if there is none and the text is read to its end.
fn advance(text: &str, walk: &mut Walk, paused: Paused, target: &mut dyn FromXml) -> Result<Option<Paused>, Trouble> {
    let mut reader = Reader::resume(text, paused);
    if !walk.next(&mut reader)? {
        return Ok(None);
    }
    reader.set_index(walk.found() - 1);
    target.read(&mut reader)?;
    Ok(Some(reader.pause()))
}

/// Bytes that are known to be a text.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
