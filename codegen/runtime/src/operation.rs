//! The contract between emitted code and the engine: one value per operation.

use crate::cursor::Cursor;
use crate::error::{DecodeError, EncodeError};
use crate::json::{self, FromJson};
use crate::parts::Parts;
use crate::raw::Raw;
use bytes::Bytes;
use http::HeaderMap;
use std::fmt;

/// One operation of an API as a plain value: what goes out and how the answer is read.
///
/// Nothing here does I/O, so a value can be inspected, queued, stored or sent through any client.
pub trait Operation: Send + Sync + 'static {
    /// What a successful answer is read as.
    type Output: Send + 'static;
    /// What the body of a documented error answer is read as.
    type Fault: Fault;
    /// Name, method, path template and the rules the engine follows.
    const INFO: Info;

    /// Writes path, parameters and body.
    ///
    /// # Errors
    /// When an argument cannot stand where the API wants it, such as an empty path segment.
    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError>;

    /// Reads the body of a successful answer.
    ///
    /// # Errors
    /// When the body is not what the API documents; the error holds the JSON path.
    fn decode(raw: &Raw) -> Result<Self::Output, DecodeError>;
}

/// An operation whose answer is a file, which need not be in memory as a whole: see [`Request::download`](crate::Request).
pub trait Downloads: Operation<Output = Bytes> {}

/// The body of a documented error answer. Implemented for everything that can be read from JSON and shown.
pub trait Fault: fmt::Debug + Send + Sync + Sized + 'static {
    /// Whether such an answer is the service's own decision, which stands whatever the status says about trying again.
    const FINAL: bool = false;

    /// Reads the body of an answer; `None` if it is no such body.
    fn of(raw: &Raw) -> Option<Self>;

    /// What it says in words; `None` leaves it to the members that JSON APIs put their words in.
    fn message(&self) -> Option<String> {
        None
    }

    /// What errors show of it, if that is more than the words.
    fn summary(&self) -> Option<String> {
        self.message()
    }
}

impl<T: FromJson + fmt::Debug + Send + Sync + 'static> Fault for T {
    fn of(raw: &Raw) -> Option<Self> {
        let mut fault = T::blank();
        json::read_slice(raw.body(), &mut fault).ok().map(|()| fault)
    }
}

/// An operation whose answer is one page of a longer list.
pub trait Paged: Operation + Clone {
    /// One entry of the list.
    type Item: Send + 'static;

    /// Makes paging explicit: sets offset, page and page size where the caller left them out.
    fn start(&mut self);

    /// Takes the entries out of a page and says where the next page is; some APIs count the entries in the headers.
    fn items(&self, output: Self::Output, headers: &HeaderMap) -> (Vec<Self::Item>, Cursor);

    /// Moves to the page the cursor names; `false` when there is none.
    fn advance(&mut self, cursor: &Cursor) -> bool;
}

/// An operation that answers a job: work that goes on after the answer.
pub trait Submits: Operation {
    /// Asks how the job is.
    type Poll: Operation<Output = Self::Output, Fault = Self::Fault>;

    /// What asks how the job is; `None` when the answer does not say which job it is.
    fn poll(&self, job: &Self::Output) -> Option<Self::Poll>;

    /// How far the job is. An unknown state is a running one.
    fn progress(job: &Self::Output) -> Progress;
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It goes on.
    Running,
    /// It is over and went well.
    Done,
    /// It is over and did not go well.
    Failed,
}

/// The facts of an operation that do not depend on its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Resource and verb, such as `cases.list`; names the operation in errors and traces.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template as the API documents it, such as `/case/{code}`; of SOAP the operation as the WSDL names it.
    pub path: &'static str,
    /// The credentials the operation wants.
    pub auth: Auth,
    /// When a failed call may be sent again.
    pub retry: Retry,
    /// The object the API wraps its answers in, if it does.
    pub envelope: Option<&'static Envelope>,
}

/// `cases.list (GET /case/{code})`, as errors begin.
impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `TRACE`
    Trace,
}

impl Method {
    /// The method as it stands in the request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Head => Self::HEAD,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Trace => Self::TRACE,
        }
    }
}

/// The credentials an operation wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// None at all.
    None,
    /// Alternatives of scheme names, as OpenAPI's `security`: all names of one inner list together.
    AnyOf(&'static [&'static [&'static str]]),
}

/// When a failed call may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Sending it twice does no harm: also after server errors and broken connections.
    Idempotent,
    /// Only when the server certainly did not act: 429, 408, or no connection was made.
    OnlyRefused,
}

/// The object an API wraps its answers in, such as `{"status": true, "result": ..}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The member that is `false` when the call failed in spite of a 2xx status.
    pub ok: Option<&'static str>,
    /// The member that holds the answer.
    pub value: &'static str,
}
