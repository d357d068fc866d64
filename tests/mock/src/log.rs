//! What came in, for tests to read.

use crate::blob::Blob;
use crate::call::Incoming;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use std::fmt;

/// A request the mock received.
#[derive(Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Path as sent: percent-encoded, with the server's prefix.
    pub path: String,
    /// Query as sent, without the question mark.
    pub raw_query: Option<String>,
    /// Decoded query pairs, in the order they were sent.
    pub query: Vec<(String, String)>,
    /// Headers. Those that carry credentials are marked sensitive: they are there, but not printed.
    pub headers: HeaderMap,
    /// Body. Not printed: it may hold credentials. Empty if the request brought a form or a file.
    pub body: Bytes,
    /// A body that is neither JSON nor XML nor a URL-encoded form, as it came.
    pub form: Option<Blob>,
    /// The operation it reached, if any.
    pub operation: Option<String>,
    /// The status it was answered with; none if the connection was reset instead.
    pub status: Option<StatusCode>,
    /// Which TCP connection it came over, from 1.
    pub connection: u64,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.raw_query)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.form.as_ref().map_or(self.body.len() as u64, Blob::len)))
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("connection", &self.connection)
            .finish()
    }
}

impl Request {
    /// `secret`: names of the headers that carry credentials.
    pub(crate) fn new(incoming: &Incoming, secret: &[String]) -> Self {
        let mut headers = incoming.headers.clone();
        for (name, value) in &mut headers {
            value.set_sensitive(secret.iter().any(|s| s.eq_ignore_ascii_case(name.as_str())));
        }
        Self {
            method: incoming.method.clone(),
            path: incoming.path.clone(),
            raw_query: incoming.query.clone(),
            query: incoming.pairs(),
            headers,
            body: incoming.body.clone(),
            form: incoming.file.clone(),
            operation: None,
            status: None,
            connection: incoming.connection,
        }
    }

    /// The body as JSON, if it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The first decoded value of a query key.
    #[must_use]
    pub fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }
}
