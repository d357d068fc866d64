//! What tests are told of an operation.

use http::Method;

/// One operation as the mock found it in the document.
#[derive(Clone, Debug)]
pub struct Operation {
    id: String,
    method: Method,
    base: String,
    path: String,
}

impl Operation {
    pub(crate) fn new(id: impl Into<String>, method: Method, base: &str, path: impl Into<String>) -> Self {
        Self { id: id.into(), method, base: base.to_owned(), path: path.into() }
    }

    /// Its name: the `operationId` (method and path where the document gives none), or the WSDL's operation name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Path of its server, which need not be the first of the document: `/v2`, or empty.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Its path template, below the server's prefix: `/case/{code}`. Empty for SOAP, where all share one address.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}
