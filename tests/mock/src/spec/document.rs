//! The raw tree of a document, which may be spread over files, and the positions in it.

use super::files::{self, File};
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// Longest chain of references that is followed.
const MAX_CHAIN: usize = 32;

/// The document cannot be used: where, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecError {
    file: String,
    /// `#/paths/..` or `:12:5`.
    place: String,
    message: String,
}

impl SpecError {
    pub(crate) fn new(file: impl Into<String>, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), place: place.into(), message: message.into() }
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.file, self.place, self.message)
    }
}

impl std::error::Error for SpecError {}

/// A JSON pointer under construction, and the file it goes into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pointer {
    /// Index into the files of the document; its own one is the first.
    file: usize,
    text: String,
}

impl Pointer {
    pub(crate) fn root() -> Self {
        Self { file: 0, text: String::new() }
    }

    /// The pointer of a member of this node.
    pub(crate) fn key(&self, key: &str) -> Self {
        Self { file: self.file, text: format!("{}/{}", self.text, key.replace('~', "~0").replace('/', "~1")) }
    }

    /// The pointer of an element of this node.
    pub(crate) fn index(&self, index: usize) -> Self {
        Self { file: self.file, text: format!("{}/{index}", self.text) }
    }
}

/// A node and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'d> {
    pub(crate) value: &'d Value,
    pub(crate) at: Pointer,
}

/// How the offset of a moment is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offsets {
    /// `+02:00`, as RFC 3339 has it.
    #[default]
    Colon,
    /// Also `+0200`.
    Any,
}

/// A loaded document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its own file first, then those it refers to.
    files: Vec<File>,
    pub(crate) offsets: Offsets,
}

impl Document {
    pub(crate) fn in_folder(folder: &Path, offsets: Offsets) -> Result<Self, SpecError> {
        Ok(Self { files: files::in_folder(folder)?, offsets })
    }

    /// Parses YAML; JSON is a subset of it. There are no other files.
    #[cfg(test)]
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, SpecError> {
        File::parse(file, file, text).map(|file| Self { files: vec![file], offsets: Offsets::Colon })
    }

    pub(crate) fn root(&self) -> &Value {
        &self.files[0].root
    }

    pub(crate) fn error(&self, at: &Pointer, message: impl Into<String>) -> SpecError {
        SpecError::new(&self.files[at.file].shown, format!("#{}", at.text), message)
    }

    /// The member `key` of a node, references followed.
    pub(crate) fn member<'d>(&'d self, node: &Node<'d>, key: &str) -> Result<Option<Node<'d>>, SpecError> {
        match node.value.get(key) {
            None => Ok(None),
            Some(value) => self.follow(Node { value, at: node.at.key(key) }).map(Some),
        }
    }

    /// All members of a node, references followed, in the order of their names.
    pub(crate) fn members<'d>(&'d self, node: &Node<'d>) -> Result<Vec<(&'d str, Node<'d>)>, SpecError> {
        let map = node.value.as_object().ok_or_else(|| self.error(&node.at, "expected an object"))?;
        map.iter().map(|(key, value)| Ok((key.as_str(), self.follow(Node { value, at: node.at.key(key) })?))).collect()
    }

    /// All elements of a node, references followed.
    pub(crate) fn elements<'d>(&'d self, node: &Node<'d>) -> Result<Vec<Node<'d>>, SpecError> {
        let list = node.value.as_array().ok_or_else(|| self.error(&node.at, "expected an array"))?;
        list.iter().enumerate().map(|(index, value)| self.follow(Node { value, at: node.at.index(index) })).collect()
    }

    /// The text member `key` of a node.
    pub(crate) fn text<'d>(&self, node: &Node<'d>, key: &str) -> Result<Option<&'d str>, SpecError> {
        match node.value.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.error(&node.at.key(key), "expected text")),
        }
    }

    /// The yes/no member `key` of a node.
    pub(crate) fn flag(&self, node: &Node<'_>, key: &str) -> Result<Option<bool>, SpecError> {
        match node.value.get(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.error(&node.at.key(key), "expected true or false")),
        }
    }

    /// Follows `$ref` until the node is none.
    pub(crate) fn follow<'d>(&'d self, mut node: Node<'d>) -> Result<Node<'d>, SpecError> {
        for _ in 0..MAX_CHAIN {
            match node.value.get("$ref") {
                Some(Value::String(reference)) => node = self.target(reference, &node.at)?,
                _ => return Ok(node),
            }
        }
        Err(self.error(&node.at, "references go in a circle"))
    }

    /// The node a `$ref` text points at.
    pub(crate) fn target<'d>(&'d self, reference: &str, from: &Pointer) -> Result<Node<'d>, SpecError> {
        let (path, fragment) = files::split(reference);
        let file = match path {
            "" => from.file,
            _ => {
                let name = files::name(&self.files[from.file].name, path).map_err(|message| self.error(from, message))?;
                let found = self.files.iter().position(|file| file.name == name);
                found.ok_or_else(|| self.error(from, format!("there is no file {name}")))?
            }
        };
        let text = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        match self.files[file].root.pointer(&text) {
            Some(value) => Ok(Node { value, at: Pointer { file, text } }),
            None => Err(self.error(from, format!("nothing at {reference}"))),
        }
    }
}
