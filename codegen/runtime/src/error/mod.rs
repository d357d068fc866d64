//! What can go wrong with a call, as one small type.

mod answer;
mod before;
pub(crate) mod excerpt;
mod transfer;

pub use answer::{ApiError, DecodeError, StatusError};
pub use before::{AuthError, ConfigError, EncodeError};
pub use transfer::{CallError, TimeoutError, TransportError, TransportErrorKind};

use crate::json::Value;
use crate::raw::Raw;
use crate::retry;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::time::{Duration, SystemTime};

/// Why a call failed. `F` is what the API documents as the body of its error answers.
///
/// `Display` and `Debug` are one line that names the operation, what failed and what to do, without credentials.
#[non_exhaustive]
pub enum Error<F = Value> {
    /// The client could not be built.
    Config(ConfigError),
    /// An argument cannot be sent. Nothing was sent.
    Build(EncodeError),
    /// A credential is not set, or the login failed. The operation was not carried out.
    Auth(AuthError),
    /// No answer came, or only a part of it.
    Transport(CallError),
    /// No answer came in time.
    Timeout(TimeoutError),
    /// The API refused, in the way it documents.
    Api(Box<ApiError<F>>),
    /// The API, or something before it, refused in another way.
    Status(Box<StatusError>),
    /// The answer says success but is not what the API documents.
    Decode(DecodeError),
}

impl<F> Error<F> {
    /// The operation, such as `cases.list`; `client` when the client could not be built.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Config(_) => "client",
            Self::Build(error) => error.operation(),
            Self::Auth(error) => error.operation(),
            Self::Transport(error) => error.operation(),
            Self::Timeout(error) => error.operation(),
            Self::Api(error) => error.operation(),
            Self::Status(error) => error.operation(),
            Self::Decode(error) => error.operation(),
        }
    }

    /// The answer's status, if an answer came; of a failed login that of the refusal.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.raw().map(Raw::status)
    }

    /// The answer's headers, if an answer came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.raw().map(Raw::headers)
    }

    /// The answer's whole body, if an answer came.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.raw().map(Raw::body)
    }

    fn raw(&self) -> Option<&Raw> {
        match self {
            Self::Api(error) => Some(error.raw()),
            Self::Status(error) => Some(error.raw()),
            Self::Decode(error) => Some(error.raw()),
            Self::Auth(error) => error.raw(),
            Self::Config(_) | Self::Build(_) | Self::Transport(_) | Self::Timeout(_) => None,
        }
    }

    /// How long the server asks to wait, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(|headers| retry::retry_after(headers, SystemTime::now()))
    }

    /// Whether the same call may succeed later. Says nothing about whether it is safe to repeat: a call that timed out may
    /// have been carried out.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.cause().is_retryable(),
            Self::Timeout(_) => true,
            Self::Api(error) => retry::may_pass(error.status(), error.is_final()),
            Self::Status(error) => retry::may_pass(error.status(), false),
            Self::Auth(error) => error.passes(),
            Self::Config(_) | Self::Build(_) | Self::Decode(_) => false,
        }
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static)
    where
        F: 'static,
    {
        match self {
            Self::Config(error) => error,
            Self::Build(error) => error,
            Self::Auth(error) => error,
            Self::Transport(error) => error,
            Self::Timeout(error) => error,
            Self::Api(error) => error.as_ref(),
            Self::Status(error) => error.as_ref(),
            Self::Decode(error) => error,
        }
    }
}

impl<F: 'static> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl<F: 'static> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.inner(), f)
    }
}

/// The variants say it all, so the chain goes on with what is below them.
impl<F: 'static> std::error::Error for Error<F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

/// What the engine itself can fail with: everything that needs no type of the operation.
#[derive(Debug)]
pub(crate) enum Failure {
    Build(EncodeError),
    Auth(AuthError),
    Transport(CallError),
    Timeout(TimeoutError),
}

impl<F> From<Failure> for Error<F> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Build(error) => Self::Build(error),
            Failure::Auth(error) => Self::Auth(error),
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
        }
    }
}

impl<F> From<ConfigError> for Error<F> {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl<F> From<EncodeError> for Error<F> {
    fn from(error: EncodeError) -> Self {
        Self::Build(error)
    }
}

impl<F> From<DecodeError> for Error<F> {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}
