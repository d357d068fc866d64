//! What goes wrong with an answer.

use super::before::debug_as_display;
use super::excerpt;
use super::transfer::Attempts;
use crate::json::{self, JsonError, Value};
use crate::operation::Fault;
use crate::raw::Raw;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// The API refused, with an error body as it documents.
pub struct ApiError<F> {
    raw: Raw,
    fault: F,
    message: Option<String>,
    summary: Option<String>,
    is_final: bool,
}

/// The API, or something before it, refused in a way the API does not document.
pub struct StatusError {
    raw: Raw,
}

/// An answer that says success but is not what the API documents.
pub struct DecodeError(Box<Misfit>);

struct Misfit {
    /// JSON path of the value, from `$`, or path of the XML element; empty if the answer is neither.
    path: String,
    reason: String,
    /// Bytes of the body before the misfit.
    offset: usize,
    raw: Raw,
    refused: bool,
}

macro_rules! answer_accessors {
    () => {
        /// The operation, such as `cases.get`.
        #[must_use]
        pub fn operation(&self) -> &'static str {
            self.raw.info().name
        }

        /// The answer's status.
        #[must_use]
        pub fn status(&self) -> StatusCode {
            self.raw.status()
        }

        /// The answer's headers.
        #[must_use]
        pub fn headers(&self) -> &HeaderMap {
            self.raw.headers()
        }

        /// The answer's whole body.
        #[must_use]
        pub fn body(&self) -> &Bytes {
            self.raw.body()
        }

        pub(crate) fn raw(&self) -> &Raw {
            &self.raw
        }
    };
}

impl<F> ApiError<F> {
    pub(crate) fn new(raw: Raw, fault: F) -> Self
    where
        F: Fault,
    {
        let [message, summary] = [fault.message(), fault.summary()].map(|text| text.map(|text| shown(&raw, &text)));
        Self { raw, fault, message, summary, is_final: F::FINAL }
    }

    /// Whether the service decided so: trying again changes nothing, whatever the status says.
    pub(crate) fn is_final(&self) -> bool {
        self.is_final
    }

    /// What the body says in words, if it does.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.message.clone().or_else(|| message(&self.raw))
    }

    /// The error body.
    #[must_use]
    pub fn fault(&self) -> &F {
        &self.fault
    }

    answer_accessors!();
}

impl StatusError {
    pub(crate) fn new(raw: Raw) -> Self {
        Self { raw }
    }

    /// What the body says in words, if it does.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        message(&self.raw)
    }

    answer_accessors!();
}

impl DecodeError {
    pub(crate) fn new(raw: &Raw, path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self(Box::new(Misfit { path: path.into(), reason: reason.into(), offset: 0, raw: raw.clone(), refused: false }))
    }

    #[cold]
    pub(crate) fn json(raw: &Raw, error: &JsonError) -> Self {
        let mut this = Self::new(raw, error.path(), error.reason());
        this.0.offset = error.offset();
        this
    }

    /// What is wrong at a place of the answer's text; reason and path may hold parts of the answer.
    #[cfg(feature = "soap")]
    #[cold]
    pub(crate) fn at(raw: &Raw, path: &str, reason: &str, offset: usize) -> Self {
        let [path, reason] = [path, reason].map(|text| raw.redaction().apply(text.to_owned()));
        let mut this = Self::new(raw, path, reason);
        this.0.offset = offset;
        this
    }

    /// The envelope says that the call failed.
    #[cold]
    pub(crate) fn refused(raw: &Raw) -> Self {
        let mut this = Self::new(raw, "$", "the answer says that the call failed");
        this.0.refused = true;
        this
    }

    /// The envelope holds a fault.
    #[cfg(feature = "soap")]
    #[cold]
    pub(crate) fn fault(raw: &Raw, fault: &crate::soap::SoapFault) -> Self {
        let mut this = Self::new(raw, "", format!("the answer says that the call failed: {fault}"));
        this.0.refused = true;
        // The fault says it all, wherever it stands.
        this.0.offset = raw.body().len();
        this
    }

    pub(crate) fn is_refusal(&self) -> bool {
        self.0.refused
    }

    /// The operation, such as `cases.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.raw.info().name
    }

    /// Where in the body: `$.result.entities[3].title`, or of SOAP `Body/LoadResponse/Bug[3]/Title`; empty if the body is
    /// something else altogether.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong there: `expected string, found number`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The beginning of the text that does not fit, at most 200 characters.
    #[must_use]
    pub fn excerpt(&self) -> String {
        self.0.raw.excerpt_at(self.0.offset)
    }

    pub(crate) fn raw(&self) -> &Raw {
        &self.0.raw
    }

    #[cfg(feature = "soap")]
    pub(crate) fn into_raw(self) -> Raw {
        self.0.raw
    }
}

impl<F> fmt::Display for ApiError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        refusal(&self.raw, self.summary.clone().or_else(|| message(&self.raw)), f)
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        refusal(&self.raw, self.message(), f)
    }
}

fn refusal(raw: &Raw, message: Option<String>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let status = raw.status();
    write!(f, "{}: {status}", raw.info())?;
    if status.is_success() {
        f.write_str(", but the answer says that the call failed")?;
    }
    match message {
        Some(message) => write!(f, ": {message}")?,
        None if !raw.body().is_empty() => write!(f, ": `{}`", raw.excerpt_at(0))?,
        None => {}
    }
    write!(f, "{}", Attempts(raw.attempts()))?;
    match (raw.note(), advice(status)) {
        (Some(note), _) => write!(f, "; {note}"),
        (None, Some(advice)) => write!(f, "; {advice}"),
        (None, None) => Ok(()),
    }
}

fn advice(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::UNAUTHORIZED => Some("check the credentials given to the client builder"),
        StatusCode::FORBIDDEN => Some("the credentials do not give access to this"),
        StatusCode::TOO_MANY_REQUESTS => Some("wait, or set a rate limit on the client builder"),
        _ => None,
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Misfit { path, reason, raw, .. } = self.0.as_ref();
        write!(f, "{}: the answer is not what the API documents: ", raw.info())?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(reason)?;
        let excerpt = self.excerpt();
        if excerpt.is_empty() { Ok(()) } else { write!(f, " at `{excerpt}`") }
    }
}

impl<F> fmt::Debug for ApiError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

debug_as_display!(StatusError, DecodeError);

impl<F> std::error::Error for ApiError<F> {}
impl std::error::Error for StatusError {}
impl std::error::Error for DecodeError {}

/// Members that APIs put their words in, the most specific first.
const MESSAGES: [&str; 8] = ["errorMessage", "error_description", "message", "Message", "detail", "error", "errors", "title"];

/// How deep in an error body words are looked for: `{"errors": [{"detail": "here"}]}`.
const DEPTH: u8 = 5;

/// What an error body says in words.
fn message(raw: &Raw) -> Option<String> {
    let value: Value = json::from_slice(raw.body()).ok()?;
    words(&value, DEPTH).map(|found| shown(raw, found))
}

/// Foreign text as errors show it.
fn shown(raw: &Raw, text: &str) -> String {
    excerpt::without(raw.redaction(), text.as_bytes(), excerpt::SHOWN)
}

fn words(value: &Value, depth: u8) -> Option<&str> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
        Value::Array(elements) => elements.iter().find_map(|element| words(element, depth)),
        Value::Object(members) => MESSAGES.iter().find_map(|name| words(members.get(name)?, depth)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
