//! Files that clients send.

use crate::blob::Blob;

/// A file, as a part of a form brought it, or a body of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Its name.
    pub file_name: String,
    /// Its `Content-Type`, if the part said one.
    pub content_type: Option<String>,
    /// What it holds.
    pub content: Blob,
}
