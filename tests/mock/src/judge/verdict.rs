//! What was wrong, for tests to read.

use http::StatusCode;
use std::fmt;

/// One fault of a request or of an answer of the mock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What rule was broken.
    pub reason: Reason,
    /// Where: ``query `limit` ``, `body /title`, `header Accept`.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(reason: Reason, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { reason, place: place.into(), message: message.into() }
    }

    /// The bare name of the parameter or body field, for answers that list fields.
    pub(crate) fn field(&self) -> &str {
        match self.place.split_once(' ') {
            Some(("body", pointer)) => pointer.trim_start_matches('/'),
            Some((_, name)) => name.trim_matches('`'),
            None => "",
        }
    }
}

/// The rule that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No operation has this path.
    UnknownPath,
    /// The path exists, the method does not.
    WrongMethod,
    /// Credentials are missing or wrong.
    Unauthorized,
    /// The token sent too many requests. Never in a verdict: the client may not have known.
    TooManyRequests,
    /// Credentials went to another host, which a redirect led to.
    Leaked,
    /// `Accept` admits nothing the operation answers with.
    NotAcceptable,
    /// A query parameter that the operation does not declare.
    UnknownParameter,
    /// A required parameter is not there.
    MissingParameter,
    /// A parameter's value has the wrong type, or is not allowed.
    BadParameter,
    /// `Content-Type` is missing, or not one the operation takes.
    BadContentType,
    /// A required body is not there.
    MissingBody,
    /// A body where the operation takes none.
    UnexpectedBody,
    /// The body breaks its schema, or is not JSON or XML.
    BadBody,
    /// The body is XML, but no SOAP envelope as the content type announces it.
    BadEnvelope,
    /// `SOAPAction` (or the `action` parameter) is missing, unknown, or not that of the body.
    BadAction,
    /// No operation has this element as its input.
    UnknownOperation,
    /// An element or attribute that the schema does not have at this place.
    UnknownElement,
    /// An element that the schema has, but earlier or later.
    WrongOrder,
    /// An element that may not come again.
    DuplicateElement,
    /// A required element or attribute is not there.
    MissingElement,
    /// An element without content where the service takes none.
    EmptyElement,
    /// Content that its type does not allow.
    BadValue,
    /// A refusal a test asked for. Never in a verdict.
    Scripted,
    /// The mock's own answer breaks the document: a bug of the mock or of the document.
    BadAnswer,
    /// A scripted fault could not be applied to the answer: a bug of the test.
    BadFault,
}

impl Reason {
    /// The status an HTTP server answers this with, unless the API has its own habits.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::BadContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BadAnswer | Self::BadFault => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// A request the mock found fault with, or an answer it should not have given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The operation, if the request reached one.
    pub operation: Option<String>,
    /// Method and target as received: `GET /v1/case/DEMO?limit=ten`.
    pub request: String,
    /// Everything that is wrong; never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.request)?;
        if let Some(operation) = &self.operation {
            write!(f, " ({operation})")?;
        }
        for problem in &self.problems {
            write!(f, "\n  {:?} at {}: {}", problem.reason, problem.place, problem.message)?;
        }
        Ok(())
    }
}

/// A request that is turned away.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) operation: Option<String>,
    pub(crate) problems: Vec<Problem>,
    /// Methods the path has, for `Allow`; empty unless the method was wrong.
    pub(crate) allowed: Vec<String>,
}
