//! An answer as it came, and the ways emitted `decode` functions read it.

use crate::error::{DecodeError, excerpt};
use crate::json::{self, FromJson, JsonError, Many, Reader};
use crate::operation::{Envelope, Info};
use crate::secret::Redaction;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// An answer as it came: status, headers and body.
#[derive(Clone)]
pub struct Raw {
    info: &'static Info,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    context: Context,
}

/// What the engine knows about how the answer came.
#[derive(Clone, Default)]
pub(crate) struct Context {
    pub(crate) redaction: Redaction,
    pub(crate) attempts: u32,
    /// What the reader of an error should know, such as why a redirect was not followed.
    pub(crate) note: Option<Box<str>>,
}

impl Raw {
    /// The answer to a request that was sent by other means than a client.
    #[must_use]
    pub fn new(info: &'static Info, response: http::Response<Bytes>) -> Self {
        Self::with_context(info, response, Context::default())
    }

    pub(crate) fn with_context(info: &'static Info, response: http::Response<Bytes>, context: Context) -> Self {
        let (head, body) = response.into_parts();
        Self { info, status: head.status, headers: head.headers, body, context }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    pub(crate) fn info(&self) -> &'static Info {
        self.info
    }

    pub(crate) fn redaction(&self) -> &Redaction {
        &self.context.redaction
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.context.attempts
    }

    pub(crate) fn note(&self) -> Option<&str> {
        self.context.note.as_deref()
    }

    pub(crate) fn into_parts(self) -> (StatusCode, HeaderMap, Bytes) {
        (self.status, self.headers, self.body)
    }

    /// The beginning of the body from `offset` on, short and in one line.
    pub(crate) fn excerpt_at(&self, offset: usize) -> String {
        #[cfg(feature = "soap")]
        let text = crate::soap::text_of(self.content_type(), &self.body);
        // In another encoding no secret would be found.
        #[cfg(feature = "soap")]
        let body = text.as_deref().map_or(&*self.body, |text| text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes());
        #[cfg(not(feature = "soap"))]
        let body = &*self.body;
        excerpt::without(&self.context.redaction, body.get(offset..).unwrap_or_default(), excerpt::SHOWN)
    }

    /// Takes the body out, to be put back with [`set_body`](Self::set_body) before anybody asks for it.
    #[cfg(feature = "soap")]
    pub(crate) fn take_body(&mut self) -> Bytes {
        std::mem::take(&mut self.body)
    }

    #[cfg(feature = "soap")]
    pub(crate) fn set_body(&mut self, body: Bytes) {
        self.body = body;
    }

    /// Reads the body.
    ///
    /// # Errors
    /// When it is not JSON, or not what `T` holds.
    #[inline]
    pub fn json<T: FromJson>(&self) -> Result<T, DecodeError> {
        let mut value = T::blank();
        self.read(&mut value)?;
        Ok(value)
    }

    /// Reads the envelope's value.
    ///
    /// # Errors
    /// As [`json`](Self::json); also when the value is missing, or the envelope says that the call failed.
    #[inline]
    pub fn json_at<T: FromJson>(&self, envelope: &'static Envelope) -> Result<T, DecodeError> {
        let mut value = T::blank();
        if self.read_wrapped(envelope, &mut value)? { Ok(value) } else { Err(self.missing(envelope)) }
    }

    /// Reads the envelope's value or, if there is none, the envelope itself.
    ///
    /// # Errors
    /// As [`json`](Self::json); also when the envelope says that the call failed.
    #[inline]
    pub fn json_at_or_whole<T: FromJson>(&self, envelope: &'static Envelope) -> Result<T, DecodeError> {
        let mut value = T::blank();
        if !self.read_wrapped(envelope, &mut value)? {
            self.read(&mut value)?;
        }
        Ok(value)
    }

    /// Reads the envelope's value, which is the entity or an array of just it.
    ///
    /// # Errors
    /// As [`json_at`](Self::json_at); also when there is no entity: null or an empty array.
    #[inline]
    pub fn one_at<T: FromJson>(&self, envelope: &'static Envelope) -> Result<T, DecodeError> {
        let mut value = T::blank();
        let mut one = One::of(&mut value);
        let found = self.read_wrapped(envelope, &mut one)?;
        match (found, one.found) {
            (true, true) => Ok(value),
            (true, false) => Err(self.nothing(&format!("$.{}", envelope.value))),
            (false, _) => Err(self.missing(envelope)),
        }
    }

    /// Reads the body, which is the entity or an array of just it.
    ///
    /// # Errors
    /// As [`json`](Self::json); also when there is no entity: null or an empty array.
    #[inline]
    pub fn one<T: FromJson>(&self) -> Result<T, DecodeError> {
        let mut value = T::blank();
        let mut one = One::of(&mut value);
        self.read(&mut one)?;
        if one.found { Ok(value) } else { Err(self.nothing("$")) }
    }

    /// Reads the body, which is a list or an entry that stands alone.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    #[inline]
    pub fn many<T: FromJson>(&self) -> Result<Vec<T>, DecodeError> {
        self.json::<Many<T>>().map(Vec::from)
    }

    /// Reads the body, which is a list, a page that holds it in `member`, or an entry that stands alone.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    #[inline]
    pub fn many_in<T: FromJson>(&self, member: &'static str) -> Result<Vec<T>, DecodeError> {
        let mut list = Vec::blank();
        if self.read_member(member, &mut list)? { Ok(list) } else { self.many() }
    }

    /// Reads the body if there is one.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    #[inline]
    pub fn optional_json<T: FromJson>(&self) -> Result<Option<T>, DecodeError> {
        if self.body.trim_ascii().is_empty() { Ok(None) } else { self.json() }
    }

    /// Reads the envelope's value if there is a body.
    ///
    /// # Errors
    /// As [`json_at`](Self::json_at).
    #[inline]
    pub fn optional_json_at<T: FromJson>(&self, envelope: &'static Envelope) -> Result<Option<T>, DecodeError> {
        if self.body.trim_ascii().is_empty() { Ok(None) } else { self.json_at(envelope).map(Some) }
    }

    /// Expects nothing of the body but that it does not speak of failure.
    ///
    /// # Errors
    /// When the API wraps its answers and the envelope says that the call failed, or a web page came: a proxy's, say.
    pub fn empty(&self) -> Result<(), DecodeError> {
        if self.content_type().is_some_and(|content_type| content_type.starts_with("text/html")) {
            return Err(DecodeError::new(self, "", "expected no content, got a web page"));
        }
        if self.info.envelope.is_some_and(|envelope| self.refused(envelope)) {
            return Err(DecodeError::refused(self));
        }
        Ok(())
    }

    /// The body as it is.
    ///
    /// # Errors
    /// None.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = String::from_utf8(self.body.to_vec());
        text.map_err(|error| DecodeError::new(self, "", format!("not UTF-8: {}", error.utf8_error())))
    }

    /// Reads the body over `target`. The one place where JSON becomes values.
    fn read(&self, target: &mut dyn FromJson) -> Result<(), DecodeError> {
        json::read_slice(&self.body, target).map_err(|error| self.misfit(&error))
    }

    /// Reads a member of the body over `target`; `false` if the body is no object with such a member.
    fn read_member(&self, member: &'static str, target: &mut dyn FromJson) -> Result<bool, DecodeError> {
        if !self.body.trim_ascii_start().starts_with(b"{") {
            return Ok(false);
        }
        let mut wrapped = Wrapped { ok: None, value: member, target: Some(target), found: false, refused: false };
        json::read_slice(&self.body, &mut wrapped).map_err(|error| self.misfit(&error))?;
        Ok(wrapped.found)
    }

    /// Reads the envelope's value over `target`; `false` if there is none.
    fn read_wrapped(&self, envelope: &'static Envelope, target: &mut dyn FromJson) -> Result<bool, DecodeError> {
        let mut wrapped = Wrapped { target: Some(target), ..Wrapped::of(envelope) };
        match json::read_slice(&self.body, &mut wrapped) {
            Ok(()) if wrapped.refused => Err(DecodeError::refused(self)),
            Ok(()) => Ok(wrapped.found),
            // What is read first may be broken because the call failed, which is then what the caller must know.
            Err(_) if self.refused(envelope) => Err(DecodeError::refused(self)),
            Err(error) => Err(self.misfit(&error)),
        }
    }

    /// Whether the envelope says that the call failed.
    fn refused(&self, envelope: &'static Envelope) -> bool {
        let mut wrapped = Wrapped::of(envelope);
        json::read_slice(&self.body, &mut wrapped).is_ok() && wrapped.refused
    }

    #[cold]
    fn misfit(&self, error: &JsonError) -> DecodeError {
        if self.body.trim_ascii().is_empty() {
            return DecodeError::new(self, "", "expected JSON, the body is empty");
        }
        match self.content_type() {
            Some(other) if !error.is_data() && !other.contains("json") => {
                let other = excerpt::of(other.as_bytes(), 60);
                DecodeError::new(self, "", format!("expected JSON, got `{other}`"))
            }
            _ => DecodeError::json(self, error),
        }
    }

    #[cold]
    fn missing(&self, envelope: &Envelope) -> DecodeError {
        DecodeError::new(self, "$", format!("missing field `{}`", envelope.value))
    }

    #[cold]
    fn nothing(&self, path: &str) -> DecodeError {
        DecodeError::new(self, path, "no such entity: it is null or an empty array")
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }
}

/// Headers and body can hold what should not be shown.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({}: {}, {} bytes: `{}`)", self.info, self.status, self.body.len(), self.excerpt_at(0))
    }
}

/// Reads an envelope: its value over the target, and whether it speaks of failure.
struct Wrapped<'t> {
    ok: Option<&'static str>,
    value: &'static str,
    target: Option<&'t mut dyn FromJson>,
    found: bool,
    refused: bool,
}

impl Wrapped<'_> {
    fn of(envelope: &'static Envelope) -> Self {
        Self { ok: envelope.ok, value: envelope.value, target: None, found: false, refused: false }
    }
}

impl FromJson for Wrapped<'_> {
    fn blank() -> Self {
        Self { ok: None, value: "", target: None, found: false, refused: false }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        reader.members(&mut |reader, key| match &mut self.target {
            Some(target) if key == self.value => {
                self.found = true;
                target.read(reader)
            }
            _ => {
                let raw = reader.raw()?;
                self.refused |= self.ok == Some(&*key) && raw == "false";
                Ok(())
            }
        })
    }
}

/// Reads an entity that stands alone or in an array.
struct One<'t> {
    target: Option<&'t mut dyn FromJson>,
    found: bool,
}

impl<'t> One<'t> {
    fn of(target: &'t mut dyn FromJson) -> Self {
        Self { target: Some(target), found: false }
    }
}

impl FromJson for One<'_> {
    fn blank() -> Self {
        Self { target: None, found: false }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        let Some(target) = &mut self.target else { return reader.raw().map(drop) };
        if reader.is_null() {
            return reader.null();
        }
        let Ok(mut elements) = reader.array() else {
            self.found = true;
            return target.read(reader);
        };
        while reader.more(&mut elements)? {
            let element = if self.found { reader.raw().map(drop) } else { target.read(reader) };
            element.map_err(|error| elements.locate(error))?;
            self.found = true;
        }
        Ok(())
    }
}
