//! A request before and after it was judged.

use crate::blob::Blob;
use crate::judge::Caller;
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
    /// Empty if the request brings a file.
    pub(crate) body: Bytes,
    /// A body that is no text to be read at once: a form still in one piece, or a file.
    pub(crate) file: Option<Blob>,
    pub(crate) connection: u64,
}

impl Incoming {
    /// The body as it came, wherever it is kept.
    pub(crate) fn content(&self) -> Blob {
        self.file.clone().unwrap_or_else(|| self.body.clone().into())
    }

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
    pub(crate) files: BTreeMap<String, Vec<Upload>>,
    /// A body that is a file as a whole.
    pub(crate) upload: Option<Upload>,
    /// Bytes of the body.
    pub(crate) size: u64,
    pub(crate) caller: Caller,
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
        self.files(part).first()
    }

    /// All files of the form under the name of a part.
    #[must_use]
    pub fn files(&self, part: &str) -> &[Upload] {
        self.files.get(part).map_or(&[], Vec::as_slice)
    }

    /// The body, if it is a file as a whole. Its name is the API's affair.
    #[must_use]
    pub fn upload(&self) -> Option<&Upload> {
        self.upload.as_ref()
    }

    /// Who calls, if that came as a login of HTTP Basic.
    #[must_use]
    pub fn caller(&self) -> Option<&str> {
        self.caller.login.as_deref()
    }

    /// The token that let the call in, if one did.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.caller.token.as_deref()
    }

    /// How many bytes the body had.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The JSON body, or the texts of a form, if there is one.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }
}
