//! A request before and after it was judged.

use crate::blob::Blob;
use crate::upload::Upload;
use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;
use std::collections::BTreeMap;

/// A request as it came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// Path, still percent-encoded, with the server's prefix.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    /// Empty if the request brings a form.
    pub(crate) body: Bytes,
    /// A `multipart` body, still in one piece.
    pub(crate) form: Option<Blob>,
    pub(crate) connection: u64,
}

impl Incoming {
    /// Decoded query pairs, in the order they were sent. Brackets and commas may come raw or encoded.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let query = self.query.as_deref().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// `GET /v1/case/DEMO?limit=ten`
    pub(crate) fn line(&self) -> String {
        let query = self.query.as_ref().map_or_else(String::new, |q| format!("?{q}"));
        format!("{} {}{query}", self.method, self.path)
    }
}

/// A request that the document allows, typed.
#[derive(Clone, Debug)]
pub struct Call {
    pub(crate) operation: String,
    pub(crate) signature: String,
    pub(crate) arguments: Arguments,
    pub(crate) body: Option<Value>,
    pub(crate) files: BTreeMap<String, Upload>,
    /// The login of HTTP Basic.
    pub(crate) caller: Option<String>,
}

/// Decoded parameters by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// In the order of the path.
    pub(crate) path: Vec<(String, Value)>,
    pub(crate) query: BTreeMap<String, Value>,
    /// Header and cookie parameters.
    pub(crate) other: BTreeMap<String, Value>,
}

impl Call {
    /// The `operationId`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Method and path without placeholder names: `GET /case/{}/{}`.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// A path argument, counted from 0: its name is the document's affair, its place is the API's.
    #[must_use]
    pub fn path(&self, index: usize) -> Option<&Value> {
        self.arguments.path.get(index).map(|(_, value)| value)
    }

    /// A query argument, if it was sent.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&Value> {
        self.arguments.query.get(name)
    }

    /// A header or cookie argument, if it was sent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&Value> {
        self.arguments.other.get(name)
    }

    /// A file of the form that was sent, by the name of its part.
    #[must_use]
    pub fn file(&self, part: &str) -> Option<&Upload> {
        self.files.get(part)
    }

    /// Who calls, if that came as a login of HTTP Basic.
    #[must_use]
    pub fn caller(&self) -> Option<&str> {
        self.caller.as_deref()
    }

    /// The JSON body, or the texts of a form, if there is one.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }
}
