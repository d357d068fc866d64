//! What a request carries: bytes, or pieces that are read while they are sent.

#[cfg(feature = "async")]
mod chunks;
mod content;
mod reader;

#[cfg(feature = "async")]
pub use chunks::BodyChunks;
#[cfg(feature = "async")]
pub(crate) use chunks::offload;
#[cfg(feature = "async")]
pub(crate) use content::Chunks;
pub(crate) use content::{Content, Once, SourceError};
pub use reader::BodyReader;

use crate::file::File;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// What a request carries: bytes, or pieces (of a form, say) that are read while they are sent. Cheap to clone.
#[derive(Clone)]
pub struct Body(Repr);

#[derive(Clone)]
enum Repr {
    Whole(Bytes),
    Pieces(Arc<[Piece]>),
}

/// A part of a body.
#[derive(Clone)]
pub(crate) enum Piece {
    Bytes(Bytes),
    /// A file's content, to its length if that is known. The name is for errors.
    File {
        name: String,
        content: Content,
        length: Option<u64>,
    },
}

impl Body {
    /// The body that consists of these pieces.
    pub(crate) fn of(pieces: Vec<Piece>) -> Self {
        Self(Repr::Pieces(pieces.into()))
    }

    /// The body, if it is in memory as a whole.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Repr::Whole(bytes) => Some(bytes),
            Repr::Pieces(_) => None,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes().is_some_and(Bytes::is_empty)
    }

    /// How many bytes it has, if that is known before it is read.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Repr::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Repr::Pieces(pieces) => pieces.iter().try_fold(0_u64, |sum, piece| sum.checked_add(piece.length()?)),
        }
    }

    /// The body to be read on this thread.
    #[must_use]
    pub fn into_reader(self) -> BodyReader {
        BodyReader::new(self.into_pieces())
    }

    /// The body to be read without blocking.
    #[cfg(feature = "async")]
    #[must_use]
    pub fn into_chunks(self) -> BodyChunks {
        BodyChunks::new(self.into_pieces())
    }

    fn into_pieces(self) -> Arc<[Piece]> {
        match self.0 {
            Repr::Whole(bytes) => Arc::new([Piece::Bytes(bytes)]),
            Repr::Pieces(pieces) => pieces,
        }
    }

    /// The name of a file in it that can be read only once, and was.
    pub(crate) fn spent(&self) -> Option<&str> {
        let Repr::Pieces(pieces) = &self.0 else { return None };
        pieces.iter().find_map(|piece| match piece {
            Piece::File { name, content, .. } if content.is_spent() => Some(name.as_str()),
            _ => None,
        })
    }
}

impl Piece {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File { length, .. } => *length,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Repr::Whole(bytes))
    }
}

impl From<&File> for Body {
    fn from(file: &File) -> Self {
        match file.bytes() {
            Some(bytes) if file.length.is_none() => Self::from(bytes.clone()),
            _ => Self::of(vec![Piece::File { name: file.name.clone(), content: file.content.clone(), length: file.length }]),
        }
    }
}

/// What is sent can be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(of unknown length)"),
        }
    }
}
