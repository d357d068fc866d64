//! Where a file's content comes from.

use bytes::Bytes;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;
#[cfg(feature = "async")]
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// Pieces of a file as they come.
#[cfg(feature = "async")]
pub(crate) type Chunks = Pin<Box<dyn futures_core::Stream<Item = io::Result<Bytes>> + Send>>;

/// Where a file's content comes from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Bytes),
    Path(Arc<Path>),
    Reader(Once<Box<dyn Read + Send>>),
    #[cfg(feature = "async")]
    Stream(Once<Chunks>),
}

impl Content {
    /// Whether it could be read only once, and was.
    pub(crate) fn is_spent(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Path(_) => false,
            Self::Reader(once) => once.is_spent(),
            #[cfg(feature = "async")]
            Self::Stream(once) => once.is_spent(),
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Path(path) => path.fmt(f),
            Self::Reader(_) => f.write_str("reader"),
            #[cfg(feature = "async")]
            Self::Stream(_) => f.write_str("stream"),
        }
    }
}

/// Something that can be taken once; clones share it. Equal are clones.
pub(crate) struct Once<T>(Arc<Mutex<Option<T>>>);

impl<T> Once<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(Some(value))))
    }

    pub(super) fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn is_spent(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Once<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Once<T> {}

/// Why a file could not be read while it was sent: what is found in the errors of the libraries under the transports.
#[derive(Debug)]
pub(crate) struct SourceError {
    name: String,
    error: io::Error,
}

impl SourceError {
    pub(super) fn wrap(name: &str, error: io::Error) -> io::Error {
        let kind = error.kind();
        io::Error::new(kind, Self { name: name.to_owned(), error })
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.error)
    }
}

/// Without a source: the error says all of it.
impl std::error::Error for SourceError {}
