//! Files to upload.

#[cfg(feature = "async")]
use crate::body::Chunks;
use crate::body::{Content, Once};
use bytes::Bytes;
#[cfg(feature = "async")]
use futures_core::Stream;
use std::io::{self, Read};
use std::path::Path;

/// The content type of a file of which nothing else is known.
const OCTETS: &str = "application/octet-stream";

/// A file to upload: name, content type and content.
///
/// The content is bytes, a file on disk, or whatever can be read; only bytes are ever in memory as a whole. A call that sends a
/// large file needs time: raise [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) if it can take longer than a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// The name the server is told.
    pub name: String,
    /// The content type, such as `image/png`.
    pub content_type: String,
    pub(crate) content: Content,
    pub(crate) length: Option<u64>,
}

impl File {
    /// A file from memory.
    #[must_use]
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: content_type.into(), content: Content::Bytes(content.into()), length: None }
    }

    /// A file from memory; the content type follows from the name's ending (`application/octet-stream` if unknown).
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::of(name.into(), Content::Bytes(content.into()), None)
    }

    /// A file on disk; name and content type follow from the path.
    ///
    /// It is not loaded: every call that sends it opens and reads it again, to the length it has now.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let metadata = std::fs::File::open(path)?.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Self::of(name, Content::Path(path.into()), Some(metadata.len())))
    }

    /// A file that is read from somewhere while it is sent; the content type follows from the name's ending.
    ///
    /// It can be sent once: a call that has begun to read it is not repeated, whatever happens to it. Without
    /// [`length`](Self::length) it is sent in chunks, which not every server takes. An async client reads on tokio's pool for
    /// blocking work.
    #[must_use]
    pub fn from_reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::of(name.into(), Content::Reader(Once::new(Box::new(reader))), None)
    }

    /// As [`from_reader`](Self::from_reader), from a stream of pieces. Only an async client can send it.
    #[cfg(feature = "async")]
    #[must_use]
    pub fn from_stream(name: impl Into<String>, stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        let stream: Chunks = Box::pin(stream);
        Self::of(name.into(), Content::Stream(Once::new(stream)), None)
    }

    /// Says how long the content is: exactly so many bytes are sent, and it is an error if there are fewer.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// The content, if it is in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// How long the content is, if that is known before it is read.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.length.or_else(|| self.bytes().and_then(|bytes| u64::try_from(bytes.len()).ok()))
    }

    fn of(name: String, content: Content, length: Option<u64>) -> Self {
        Self { content_type: content_type(&name).to_owned(), name, content, length }
    }
}

/// Content alone: octets under the name `file`.
impl From<Bytes> for File {
    fn from(content: Bytes) -> Self {
        Self::from_bytes("file", content)
    }
}

/// Content alone: octets under the name `file`.
impl From<Vec<u8>> for File {
    fn from(content: Vec<u8>) -> Self {
        Self::from_bytes("file", content)
    }
}

/// The types test-management tools are fed with; anything else is octets, which servers accept for any file.
fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "txt" | "log" => "text/plain",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "json" => "application/json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "mp4" => "video/mp4",
        _ => OCTETS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types() {
        for (name, expected) in [("a.PNG", "image/png"), ("b.tar.gz", OCTETS), ("c", OCTETS), ("x.json", "application/json")] {
            assert_eq!(File::from_bytes(name, "x").content_type, expected, "{name}");
        }
    }

    #[test]
    fn equal_files() {
        let reader = File::from_reader("a", io::empty());
        assert_eq!(reader, reader.clone(), "clones share what is read");
        assert_ne!(reader, File::from_reader("a", io::empty()));
        assert_eq!(File::from_bytes("a", "x"), File::from_bytes("a", "x"));
        assert!(File::from_path(".").is_err_and(|error| error.to_string() == "it is no file"));
    }
}
