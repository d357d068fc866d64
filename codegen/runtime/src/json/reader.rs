//! The pull reader: one, not generic, for every type.

use std::borrow::Cow;

use super::error::{Fault, JsonError};
use super::{FromJson, scan};

/// Bytes that union arms may read again, per byte of the document. See [`Reader::fuel`].
const FUEL_PER_BYTE: usize = 64;

/// Reads typed values from a JSON text.
///
/// Every method that reads a value expects to stand before it, whitespace allowed, and leaves the reader behind it.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// A wrongly typed optional member is an error rather than kept as raw text.
    pub(super) strict: bool,
    /// How much of what was read did not fit its type exactly: unknown members, unknown words, numbers in quotes.
    pub(super) oddities: usize,
    /// Bytes that union arms may still read again; without it nested unions would cost exponentially. When it is used up a
    /// union is read as free-form value.
    pub(super) fuel: usize,
    /// Lone surrogates become U+FFFD rather than an error.
    lossy: bool,
}

/// What [`Reader::members`] does with a member: gets its key and reads its value.
pub type ReadMember<'a, 'f> = dyn FnMut(&mut Reader<'a>, Cow<'a, str>) -> Result<(), JsonError> + 'f;

/// A place to come back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) at: usize,
    depth: usize,
}

/// An array being read: [`Reader::array`], then [`Reader::more`] before each element.
#[derive(Debug, Default)]
pub struct Elements {
    /// Elements begun so far.
    begun: usize,
}

impl Elements {
    /// Adds the position of the element being read to an error.
    #[cold]
    #[must_use]
    pub fn locate(&self, error: JsonError) -> JsonError {
        error.in_element(self.begun.saturating_sub(1))
    }
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, strict: false, oddities: 0, fuel: text.len().saturating_mul(FUEL_PER_BYTE), lossy: false }
    }

    /// Makes a wrongly typed optional member, and an absent member that is required but nullable, an error.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Reads lone surrogates as U+FFFD.
    pub(super) fn lossy(mut self) -> Self {
        self.lossy = true;
        self
    }

    /// Reads the whole text as one value; anything but whitespace behind it is an error.
    ///
    /// # Errors
    /// The text is no JSON, or not what `target` holds. The error has path and position.
    pub fn document(&mut self, target: &mut dyn FromJson) -> Result<(), JsonError> {
        let source = self.text.as_bytes();
        target.read(self).and_then(|()| self.end()).map_err(|error| error.located(source))
    }

    fn end(&mut self) -> Result<(), JsonError> {
        self.at = scan::skip_whitespace(self.bytes(), self.at);
        if self.at < self.text.len() {
            return Err(self.fault(Fault::Syntax("expected the end of the text")));
        }
        Ok(())
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    #[cold]
    pub(super) fn fault(&self, fault: Fault) -> JsonError {
        JsonError::new(fault, self.at)
    }

    /// The first byte of the next value.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.at = scan::skip_whitespace(self.bytes(), self.at);
        self.bytes().get(self.at).copied()
    }

    /// Whether the next value is `null`. Does not pass it.
    #[inline]
    pub fn is_null(&mut self) -> bool {
        self.peek() == Some(b'n')
    }

    /// Whether the next value is a number. Does not pass it.
    pub fn is_number(&mut self) -> bool {
        matches!(self.peek(), Some(b'-' | b'0'..=b'9'))
    }

    /// Whether the next value is a string. Does not pass it.
    pub fn is_str(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// The error of a value that has another type than `expected`, or is no value at all.
    ///
    /// Hand-written [`FromJson`] impls call it before they read anything of the value.
    #[cold]
    #[must_use]
    pub fn mismatch(&mut self, expected: &'static str) -> JsonError {
        let found = match self.peek() {
            Some(b'"') => "string",
            Some(b'-' | b'0'..=b'9') => "number",
            Some(b't' | b'f') => "boolean",
            Some(b'n') => "null",
            Some(b'[') => "array",
            Some(b'{') => "object",
            Some(_) => return self.fault(Fault::Syntax("expected a value")),
            None => return self.fault(Fault::End),
        };
        self.fault(Fault::Type { expected, found })
    }

    /// The error of a value of the right type that the type cannot hold, for hand-written [`FromJson`] impls.
    #[cold]
    #[must_use]
    pub fn invalid(&self, reason: impl Into<String>) -> JsonError {
        self.fault(Fault::Value(reason.into()))
    }

    /// Reads a string that `parse` accepts.
    ///
    /// # Errors
    /// The next value is no string, or `parse` does not accept it.
    pub fn parsed(&mut self, expected: &'static str, parse: &mut dyn FnMut(&str) -> bool) -> Result<(), JsonError> {
        self.peek();
        let mark = self.mark();
        let text = self.str()?;
        if parse(&text) {
            return Ok(());
        }
        self.back_to(mark);
        Err(self.mismatch(expected))
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// The next value is something else.
    pub fn null(&mut self) -> Result<(), JsonError> {
        if !self.is_null() {
            return Err(self.mismatch("null"));
        }
        self.at = scan::word(self.bytes(), self.at, "null")?;
        Ok(())
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// The next value is something else.
    pub fn bool(&mut self) -> Result<bool, JsonError> {
        let (value, word) = match self.peek() {
            Some(b't') => (true, "true"),
            Some(b'f') => (false, "false"),
            _ => return Err(self.mismatch("boolean")),
        };
        self.at = scan::word(self.bytes(), self.at, word)?;
        Ok(value)
    }

    /// Reads a number as it is written, and whether that is without fraction and exponent.
    ///
    /// # Errors
    /// The next value is something else.
    pub fn number(&mut self, expected: &'static str) -> Result<(&'a str, bool), JsonError> {
        let Some(b'-' | b'0'..=b'9') = self.peek() else { return Err(self.mismatch(expected)) };
        let start = self.at;
        let (end, integral) = scan::number(self.bytes(), start)?;
        self.at = end;
        Ok((&self.text[start..end], integral))
    }

    /// Reads a string.
    ///
    /// # Errors
    /// The next value is something else, or holds half of a surrogate pair.
    #[inline]
    pub fn str(&mut self) -> Result<Cow<'a, str>, JsonError> {
        let Some(b'"') = self.peek() else { return Err(self.mismatch("string")) };
        let start = self.at + 1;
        let (end, escaped) = scan::string(self.bytes(), self.at)?;
        let inside = &self.text[start..end - 1];
        if !escaped {
            self.at = end;
            return Ok(Cow::Borrowed(inside));
        }
        let text = scan::unescape(inside, self.lossy).map_err(|lone| self.lone_surrogate(start + lone))?;
        self.at = end;
        Ok(Cow::Owned(text))
    }

    #[cold]
    fn lone_surrogate(&self, at: usize) -> JsonError {
        JsonError::new(Fault::Value("half of a surrogate pair in a string".to_owned()), at)
    }

    /// Passes a value of any type and returns its text.
    ///
    /// # Errors
    /// The text is no JSON.
    pub fn raw(&mut self) -> Result<&'a str, JsonError> {
        self.at = scan::skip_whitespace(self.bytes(), self.at);
        let start = self.at;
        self.at = scan::value(self.bytes(), start, self.depth)?;
        Ok(&self.text[start..self.at])
    }

    /// Enters an array.
    ///
    /// # Errors
    /// The next value is something else, or nested too deeply.
    pub fn array(&mut self) -> Result<Elements, JsonError> {
        self.open(b'[', "array")?;
        Ok(Elements::default())
    }

    /// Goes to the next element of an array; `false`: there was none, the array is left.
    ///
    /// # Errors
    /// The text is no JSON.
    pub fn more(&mut self, elements: &mut Elements) -> Result<bool, JsonError> {
        let more = self.next_in(b']', elements.begun == 0)?;
        elements.begun += usize::from(more);
        Ok(more)
    }

    /// Reads an object whose members are not known beforehand. `read` gets each key and must read its value.
    ///
    /// # Errors
    /// The next value is something else, or what `read` says.
    pub fn members(&mut self, read: &mut ReadMember<'a, '_>) -> Result<(), JsonError> {
        self.open(b'{', "object")?;
        let mut first = true;
        while self.next_in(b'}', first)? {
            first = false;
            let Some(b'"') = self.peek() else { return Err(self.no_key()) };
            let start = self.at;
            let key = self.str()?;
            self.at = scan::colon(self.bytes(), self.at)?;
            read(self, key).map_err(|error| error.in_member(self.key_text(start)))?;
        }
        Ok(())
    }

    /// The key that starts at `start`, for error paths.
    #[cold]
    fn key_text(&self, start: usize) -> String {
        let mut again = Self { at: start, ..Self::new(self.text).lossy() };
        again.str().unwrap_or_default().into_owned()
    }

    #[cold]
    pub(super) fn no_key(&self) -> JsonError {
        self.fault(if self.at < self.text.len() { Fault::Syntax("expected a key in quotes") } else { Fault::End })
    }

    #[inline]
    pub(super) fn open(&mut self, bracket: u8, expected: &'static str) -> Result<(), JsonError> {
        if self.peek() != Some(bracket) {
            return Err(self.mismatch(expected));
        }
        if self.depth == scan::MAX_DEPTH {
            return Err(self.fault(Fault::Depth));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Passes the comma before the next entry of a container (`true`), or the bracket that closes it (`false`).
    #[inline]
    pub(super) fn next_in(&mut self, closer: u8, first: bool) -> Result<bool, JsonError> {
        match self.peek() {
            Some(byte) if byte == closer => {
                self.depth -= 1;
                self.at += 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            found => Err(self.no_separator(closer, found)),
        }
    }

    #[cold]
    fn no_separator(&self, closer: u8, found: Option<u8>) -> JsonError {
        self.fault(match (found, closer) {
            (None, _) => Fault::End,
            (_, b'}') => Fault::Syntax("expected `,` or `}`"),
            _ => Fault::Syntax("expected `,` or `]`"),
        })
    }

    /// Counts something that did not fit its type exactly; unions prefer the arm with the fewest.
    #[inline]
    pub fn note_oddity(&mut self) {
        self.oddities = self.oddities.saturating_add(1);
    }

    /// Whether anybody will ask for the oddities: a union that tries its arms, or a strict caller.
    pub(crate) fn counts_oddities(&self) -> bool {
        self.strict
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
    }
}
