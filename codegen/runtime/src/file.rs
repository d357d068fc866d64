//! Files to upload.

use bytes::Bytes;
use std::io;
use std::path::Path;

/// The content type of a file of which nothing else is known.
const OCTETS: &str = "application/octet-stream";

/// A file to upload: name, content type and content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// The name the server is told.
    pub name: String,
    /// The content type, such as `image/png`.
    pub content_type: String,
    /// The content.
    pub content: Bytes,
}

impl File {
    /// A file from memory.
    #[must_use]
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: content_type.into(), content: content.into() }
    }

    /// A file from memory; the content type follows from the name's ending (`application/octet-stream` if unknown).
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let name = name.into();
        let content_type = content_type(&name);
        Self::new(name, content_type, content)
    }

    /// Reads a file into memory; name and content type follow from the path.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Self::from_bytes(name, std::fs::read(path)?))
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
}
