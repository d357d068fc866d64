use super::{FileId, Pointer, Span};

/// A node of an input file: the file and the pointer to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub pointer: Pointer,
}

impl Spot {
    /// The spot of member `name`.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        Self { file: self.file, pointer: self.pointer.child(name) }
    }

    /// Whether this is `other` or lies inside it.
    pub fn is_within(&self, other: &Spot) -> bool {
        self.file == other.file && self.pointer.is_within(&other.pointer)
    }
}

/// Which part of a mapping's member is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The key. For list elements, and for the root, the value.
    Key,
    /// The value; of a list or mapping only the first line is shown.
    Value,
}

/// What a diagnostic points at. It costs a pointer; line and column are looked up when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// Something on disk that is not loaded, by the path as given.
    Path(String),
    /// A whole file.
    File(FileId),
    /// A key or value of a parsed file.
    Node(Spot, Part),
    /// A piece of text, and the node it belongs to if the file was parsed.
    Text(Spot, Span),
}

impl Location {
    /// The key of the member at `spot`.
    pub fn key(spot: &Spot) -> Self {
        Self::Node(spot.clone(), Part::Key)
    }

    /// The value at `spot`.
    pub fn value(spot: &Spot) -> Self {
        Self::Node(spot.clone(), Part::Value)
    }

    /// A piece of text of a file that has no tree.
    pub fn text(file: FileId, span: Span) -> Self {
        Self::Text(Spot { file, pointer: Pointer::root() }, span)
    }

    /// The file it is in, if that file is loaded.
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Path(_) => None,
            Self::File(file) => Some(*file),
            Self::Node(spot, _) | Self::Text(spot, _) => Some(spot.file),
        }
    }

    /// The node it is about.
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Path(_) | Self::File(_) => None,
            Self::Node(spot, _) | Self::Text(spot, _) => Some(spot),
        }
    }
}

/// A [`Location`] found in the text: what is underlined, and where that starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The file.
    pub file: FileId,
    /// The text to underline: never beyond the end of its first line.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}
