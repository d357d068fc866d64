//! What goes back to the client.

use crate::blob::Blob;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

/// What a server sends back.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers besides content type and length.
    pub headers: HeaderMap,
    /// Body.
    pub body: Payload,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// No body.
    Empty,
    /// `application/json`.
    Json(Value),
    /// Anything else.
    Bytes {
        /// `Content-Type`.
        content_type: String,
        /// The bytes.
        bytes: Blob,
    },
}

impl Answer {
    /// A JSON answer.
    #[must_use]
    pub fn json(status: StatusCode, value: Value) -> Self {
        Self { status, headers: HeaderMap::new(), body: Payload::Json(value) }
    }

    /// An answer without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Payload::Empty }
    }

    /// An answer of any media type.
    #[must_use]
    pub fn bytes(status: StatusCode, content_type: impl Into<String>, bytes: impl Into<Blob>) -> Self {
        let body = Payload::Bytes { content_type: content_type.into(), bytes: bytes.into() };
        Self { status, headers: HeaderMap::new(), body }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

impl Payload {
    /// Content type and bytes.
    pub(crate) fn encode(&self) -> (Option<&str>, Blob) {
        match self {
            Self::Empty => (None, Vec::new().into()),
            Self::Json(value) => (Some("application/json"), value.to_string().into()),
            Self::Bytes { content_type, bytes } => (Some(content_type), bytes.clone()),
        }
    }
}
