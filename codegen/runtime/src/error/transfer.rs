//! What goes wrong between client and server.

use super::before::debug_as_display;
use crate::body::SourceError;
use crate::operation::Info;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

/// Why a transport brought no whole answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    /// What to set on the client builder if the answer is too large.
    setting: &'static str,
}

/// The limit of an answer that is read as a whole.
const WHOLE: &str = "max_response_bytes";

/// How far an exchange came; the engine decides by it whether the call may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: the server cannot have acted.
    Connect,
    /// The time was over; the server may have acted.
    Timeout,
    /// The connection broke, or the answer ended too early; the server may have acted.
    Interrupted,
    /// The answer is larger than the client accepts.
    TooLarge,
    /// A file could not be read while it was sent.
    Source,
    /// A download could not be written to where it should go.
    Sink,
    /// The request cannot be sent, or the answer is no HTTP. It would be the same next time.
    Protocol,
}

impl TransportErrorKind {
    /// Whether the next attempt may go better.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        match self {
            Self::Connect | Self::Timeout | Self::Interrupted => true,
            Self::TooLarge | Self::Source | Self::Sink | Self::Protocol => false,
        }
    }
}

impl TransportError {
    /// An error of this kind, and what it comes from. The text of `source` is shown to users: it must not hold credentials.
    #[must_use]
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: Some(source.into()), setting: WHOLE }
    }

    /// A download is larger than the client accepts.
    pub(crate) fn large_download() -> Self {
        Self { kind: TransportErrorKind::TooLarge, source: None, setting: "max_download_bytes" }
    }

    /// The same error; of kind [`Source`](TransportErrorKind::Source) if it comes from a file that could not be read.
    pub(crate) fn of_source(mut self) -> Self {
        let first = self.source.as_deref().map(|source| source as &(dyn StdError + 'static));
        let mut chain = std::iter::successors(first, |&error| error.source());
        let is_wrapped = |error: &io::Error| error.get_ref().is_some_and(<dyn StdError + Send + Sync>::is::<SourceError>);
        if chain.any(|error| error.downcast_ref().is_some_and(is_wrapped)) {
            self.kind = TransportErrorKind::Source;
        }
        self
    }

    /// How far the exchange came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the next attempt may go better.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.kind.is_retryable()
    }

    /// The text of the deepest cause: libraries' outer errors tend to say only that there is one.
    fn root(&self) -> Option<String> {
        let mut error: &(dyn StdError + 'static) = self.source.as_deref()?;
        while let Some(source) = error.source() {
            error = source;
        }
        Some(error.to_string())
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None, setting: WHOLE }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::Interrupted => "the connection broke before the answer was complete",
            TransportErrorKind::Source => "a file could not be read while it was sent",
            TransportErrorKind::Sink => "what came could not be written",
            TransportErrorKind::TooLarge => {
                return write!(f, "the answer is too large; accept more with `.{}(..)` on the client builder", self.setting);
            }
            TransportErrorKind::Protocol => "the exchange is not valid HTTP",
        })?;
        self.root().map_or(Ok(()), |root| write!(f, ": {root}"))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// A call to which no whole answer came.
pub struct CallError(Box<Call>);

struct Call {
    info: &'static Info,
    /// Scheme and host.
    origin: String,
    attempts: u32,
    cause: TransportError,
}

impl CallError {
    pub(crate) fn new(info: &'static Info, origin: String, attempts: u32, cause: TransportError) -> Self {
        Self(Box::new(Call { info, origin, attempts, cause }))
    }

    /// The operation, such as `cases.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.info.name
    }

    /// How often the request was sent, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What the last attempt failed with.
    #[must_use]
    pub fn cause(&self) -> &TransportError {
        &self.0.cause
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Call { info, origin, attempts, cause } = self.0.as_ref();
        write!(f, "{info} at {origin}: {cause}{}", Attempts(*attempts))
    }
}

impl StdError for CallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.source()
    }
}

/// A call that was not answered in the time given to it.
#[derive(Clone)]
pub struct TimeoutError(Box<Timeout>);

#[derive(Clone)]
struct Timeout {
    info: &'static Info,
    limit: Duration,
    attempts: u32,
}

impl TimeoutError {
    pub(crate) fn new(info: &'static Info, limit: Duration, attempts: u32) -> Self {
        Self(Box::new(Timeout { info, limit, attempts }))
    }

    /// The operation, such as `cases.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.info.name
    }

    /// The time the call, or its last attempt, was given.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.0.limit
    }

    /// How often the request was sent; 0 if the client's own rate limit or its login left no time for it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Timeout { info, limit, attempts } = self.0.as_ref();
        if *attempts == 0 {
            return write!(
                f,
                "{info}: the rate limit leaves no turn within {limit:?}, or the login no time; raise the timeout or call less often"
            );
        }
        write!(f, "{info}: no answer within {limit:?}{}; raise the timeout or ask for less", Attempts(*attempts))
    }
}

impl StdError for TimeoutError {}

debug_as_display!(CallError, TimeoutError);

/// ` (after 3 attempts)`; nothing after a single one.
pub(super) struct Attempts(pub(super) u32);

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 1 { write!(f, " (after {} attempts)", self.0) } else { Ok(()) }
    }
}
