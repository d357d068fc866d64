//! The raw tree of a document and the positions in it.

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

/// A JSON pointer under construction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pointer(String);

impl Pointer {
    pub(crate) fn root() -> Self {
        Self(String::new())
    }

    /// The pointer of a member of this node.
    pub(crate) fn key(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The pointer of an element of this node.
    pub(crate) fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }
}

/// A node and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'d> {
    pub(crate) value: &'d Value,
    pub(crate) at: Pointer,
}

/// A loaded document.
#[derive(Debug)]
pub(crate) struct Document {
    file: String,
    root: Value,
}

impl Document {
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, SpecError> {
        for name in ["openapi.yaml", "openapi.yml", "openapi.json"] {
            let path = folder.join(name);
            if path.is_file() {
                let file = path.display().to_string();
                let text = std::fs::read_to_string(&path).map_err(|e| failure(&file, e.to_string()))?;
                return Self::parse(&file, &text);
            }
        }
        Err(failure(&folder.display().to_string(), "no openapi.yaml, openapi.yml or openapi.json in this folder".to_owned()))
    }

    /// Parses YAML; JSON is a subset of it.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, SpecError> {
        let root = serde_yaml::from_str(text).map_err(|e| failure(file, e.to_string()))?;
        Ok(Self { file: file.to_owned(), root })
    }

    pub(crate) fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn error(&self, at: &Pointer, message: impl Into<String>) -> SpecError {
        SpecError::new(&self.file, format!("#{}", at.0), message)
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
        let fragment = reference.strip_prefix('#').ok_or_else(|| self.error(from, format!("reference to another file: {reference}")))?;
        let pointer = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        match self.root.pointer(&pointer) {
            Some(value) => Ok(Node { value, at: Pointer(pointer) }),
            None => Err(self.error(from, format!("nothing at {reference}"))),
        }
    }
}

fn failure(file: &str, message: String) -> SpecError {
    SpecError::new(file, "#", message)
}
