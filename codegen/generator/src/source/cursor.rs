use super::{FileId, Location, Map, Node, Pointer, Sources, Spot};
use std::sync::Arc;

/// A node together with where it stands: what stages walk the document with.
#[derive(Clone, Debug)]
pub struct Cursor<'s> {
    sources: &'s Sources,
    file: FileId,
    trail: Option<Arc<Step<'s>>>,
    node: &'s Node,
}

#[derive(Debug)]
struct Step<'s> {
    parent: Option<Arc<Step<'s>>>,
    name: Name<'s>,
}

#[derive(Debug)]
enum Name<'s> {
    Key(&'s str),
    Index(usize),
}

/// Why a `$ref` leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefError {
    /// Its text is no reference at all: not a text, or a fragment that is no JSON pointer.
    Malformed,
    /// It names a web address.
    Remote,
    /// The file it names is not loaded.
    NoFile,
    /// The file is there; what it should hold is not. The spot says where it was looked for.
    NoTarget(Spot),
    /// It leads back to itself without ever reaching a value.
    Cycle,
}

impl<'s> Cursor<'s> {
    pub(super) fn root(sources: &'s Sources, file: FileId, node: &'s Node) -> Self {
        Self { sources, file, trail: None, node }
    }

    /// The node.
    pub fn node(&self) -> &'s Node {
        self.node
    }

    /// The file it stands in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// All files.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// The pointer to it.
    pub fn pointer(&self) -> Pointer {
        let mut steps = Vec::new();
        let mut trail = self.trail.as_deref();
        while let Some(step) = trail {
            steps.push(&step.name);
            trail = step.parent.as_deref();
        }
        steps.iter().rev().fold(Pointer::root(), |pointer, name| match name {
            Name::Key(key) => pointer.child(key),
            Name::Index(index) => pointer.index(*index),
        })
    }

    /// File and pointer.
    pub fn spot(&self) -> Spot {
        Spot { file: self.file, pointer: self.pointer() }
    }

    /// Its key, as a location.
    pub fn key_location(&self) -> Location {
        Location::key(&self.spot())
    }

    /// Its value, as a location.
    pub fn location(&self) -> Location {
        Location::value(&self.spot())
    }

    /// The key or index it stands under; `None` at the root of a file and in lists.
    pub fn key(&self) -> Option<&'s str> {
        match self.trail.as_deref()?.name {
            Name::Key(key) => Some(key),
            Name::Index(_) => None,
        }
    }

    /// Member `key`.
    pub fn get(&self, key: &str) -> Option<Self> {
        let entry = self.node.as_map()?.entry(key)?;
        Some(self.deeper(Name::Key(&entry.key), &entry.value))
    }

    /// The member or element that a pointer segment names.
    pub fn step(&self, segment: &str) -> Option<Self> {
        match self.node.as_list() {
            Some(items) => {
                let index = segment.parse().ok()?;
                items.get(index).map(|node| self.deeper(Name::Index(index), node))
            }
            None => self.get(segment),
        }
    }

    /// Members in file order; none if it is no mapping.
    pub fn entries(&self) -> impl Iterator<Item = (&'s str, Self)> + use<'_, 's> {
        let entries = self.node.as_map().into_iter().flat_map(Map::iter);
        entries.map(|entry| (entry.key.as_str(), self.deeper(Name::Key(&entry.key), &entry.value)))
    }

    /// Elements in file order; none if it is no list.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'_, 's> {
        let items = self.node.as_list().unwrap_or_default();
        items.iter().enumerate().map(|(index, node)| self.deeper(Name::Index(index), node))
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&'s str> {
        self.node.as_str()
    }

    /// The text of member `key`, if it has one.
    pub fn str(&self, key: &str) -> Option<&'s str> {
        self.node.get(key)?.as_str()
    }

    /// The truth value of member `key`, if it has one.
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.node.get(key)?.as_bool()
    }

    /// What this node means: itself, or what its `$ref` (and that one's, …) leads to.
    pub fn follow(&self) -> Result<Self, RefError> {
        let mut here = self.clone();
        for _ in 0..MAX_REF_CHAIN {
            match here.node.get("$ref") {
                None => return Ok(here),
                Some(reference) => here = here.resolve(reference.as_str().ok_or(RefError::Malformed)?)?,
            }
        }
        Err(RefError::Cycle)
    }

    /// What a reference written in this node's file leads to, one step: `#/components/schemas/Suite`, `common.yaml#/Suite`.
    pub fn resolve(&self, reference: &str) -> Result<Self, RefError> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { self.file } else { self.sources.referenced(self.file, file)? };
        let pointer = Pointer::from_fragment(fragment).ok_or(RefError::Malformed)?;
        let spot = Spot { file, pointer };
        self.sources.cursor(&spot).ok_or(RefError::NoTarget(spot))
    }

    fn deeper(&self, name: Name<'s>, node: &'s Node) -> Self {
        Self { sources: self.sources, file: self.file, trail: Some(Arc::new(Step { parent: self.trail.clone(), name })), node }
    }
}

/// References that lead to references; more than any honest document has.
pub(crate) const MAX_REF_CHAIN: usize = 64;
