//! What every generated client stands on: JSON tables, requests, retry, paging, transports.
//!
//! The features `async` (reqwest) and `blocking` (ureq) turn on the two modes; with neither the types are there, but
//! nothing can be sent. The feature `soap` adds XML and SOAP.

// Without a mode the engine is there for the types' sake alone.
#![cfg_attr(not(any(feature = "async", feature = "blocking")), allow(dead_code, unused_imports))]

mod base_url;
mod body;
mod call;
pub mod chunk;
mod client;
mod credentials;
mod cursor;
mod download;
mod engine;
mod error;
mod file;
mod job;
mod login;
mod missing;
mod mode;
mod multipart;
mod operation;
mod paging;
mod parts;
mod rate;
mod raw;
mod redirect;
mod request;
mod retry;
mod secret;
mod style;
#[cfg(feature = "async")]
mod task;
mod trace;
pub mod transport;
mod words;

#[doc(hidden)]
pub mod codegen;
mod datetime;
pub mod json;
#[cfg(feature = "soap")]
pub mod soap;
#[cfg(feature = "soap")]
pub mod xml;

pub use base_url::{BaseUrl, BaseUrlError};
#[cfg(feature = "async")]
pub use call::Call;
pub use call::Response;
pub use client::{Api, Client, ClientBuilder};
pub use credentials::{Place, Scheme};
pub use cursor::Cursor;
pub use datetime::{Date, DateTime};
pub use download::Download;
pub use error::{
    ApiError, AuthError, CallError, ConfigError, DecodeError, EncodeError, Error, StatusError, TimeoutError, TransportError,
    TransportErrorKind,
};
pub use file::File;
pub use job::{JobError, JobErrorKind, Wait};
pub use json::{Base64, Extra, FromJson, JsonError, Many, Number, Object, Patch, ToJson, Value};
pub use login::{OAuth, PasswordLogin};
pub use missing::MissingMember;
pub use mode::{Async, Blocking, Mode};
pub use multipart::Multipart;
pub use operation::{Auth, Downloads, Envelope, Fault, Info, Method, Operation, Paged, Progress, Retry, Submits};
pub use paging::{Items, Pages};
pub use parts::Parts;
pub use rate::RateLimit;
pub use raw::Raw;
pub use request::Request;
pub use retry::RetryPolicy;
pub use secret::Secret;
#[cfg(feature = "soap")]
pub use soap::{Records, Soap, SoapFault, SoapVersion, Streamed};
pub use style::Style;
#[cfg(any(feature = "async", feature = "blocking"))]
pub use transport::MemoryTransport;
#[cfg(feature = "soap")]
pub use xml::{Decimal, Extra as XmlExtra, FromXml, QName, ToXml, Tokens, Xml, XmlError};

pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
