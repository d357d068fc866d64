use super::{FileId, Part, Pointer, Span, Spot};
use std::fmt;
use std::sync::Arc;

/// The elements of an XML file in document order; the first is the root.
#[derive(Debug, Default)]
pub struct XmlTree {
    elements: Vec<Element>,
}

/// An element of an XML file together with its place.
#[derive(Debug)]
pub struct Element {
    pub(crate) namespace: Arc<str>,
    pub(crate) local: Box<str>,
    pub(crate) attributes: Vec<Attribute>,
    /// Where its start tag stands.
    pub(crate) tag: Span,
    pub(crate) scope: Arc<Scope>,
    pub(super) parent: Option<u32>,
    /// Which child of its parent it is, from 0.
    pub(super) number: u32,
    pub(super) children: Vec<u32>,
    /// Pieces of character content, each with the number of children before it.
    pub(super) pieces: Vec<(usize, String)>,
}

/// An attribute together with its place; declarations of namespaces are none.
#[derive(Debug)]
pub struct Attribute {
    /// The name as written.
    pub(crate) name: Box<str>,
    pub(crate) namespace: Arc<str>,
    pub(crate) local: Box<str>,
    pub(crate) value: Box<str>,
    pub(crate) name_span: Span,
    pub(crate) value_span: Span,
}

/// The prefixes an element declares, and those of the elements around it.
#[derive(Debug, Default)]
pub struct Scope {
    outer: Option<Arc<Scope>>,
    /// Sorted by prefix.
    prefixes: Vec<(Box<str>, Arc<str>)>,
}

/// A name in a namespace; an empty namespace is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name<'s> {
    /// The namespace.
    pub namespace: &'s str,
    /// The name in it.
    pub local: &'s str,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() { f.write_str(self.local) } else { write!(f, "{{{}}}{}", self.namespace, self.local) }
    }
}

impl Scope {
    pub(crate) fn new(outer: Option<Arc<Scope>>, mut prefixes: Vec<(Box<str>, Arc<str>)>) -> Self {
        prefixes.sort();
        Self { outer, prefixes }
    }

    /// What a prefix stands for; the empty prefix stands for the default namespace.
    pub(crate) fn namespace(&self, prefix: &str) -> Option<&Arc<str>> {
        let mut scope = Some(self);
        while let Some(here) = scope {
            if let Ok(found) = here.prefixes.binary_search_by(|(name, _)| (**name).cmp(prefix)) {
                return here.prefixes.get(found).map(|(_, namespace)| namespace);
            }
            scope = here.outer.as_deref();
        }
        None
    }

    /// All prefixes that mean something here.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = &str> {
        let scopes = std::iter::successors(Some(self), |scope| scope.outer.as_deref());
        scopes.flat_map(|scope| scope.prefixes.iter().map(|(prefix, _)| &**prefix)).filter(|prefix| !prefix.is_empty())
    }
}

impl XmlTree {
    /// The number that the next element gets.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.elements.len()).unwrap_or(u32::MAX)
    }

    /// Adds an element at the end of the children of `parent`.
    pub(crate) fn push(&mut self, parent: Option<u32>, mut element: Element) -> u32 {
        let id = self.len();
        element.parent = parent;
        if let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent as usize)) {
            element.number = u32::try_from(parent.children.len()).unwrap_or(u32::MAX);
            parent.children.push(id);
        }
        self.elements.push(element);
        id
    }

    /// Adds character content to an element.
    pub(crate) fn push_text(&mut self, id: u32, text: &str) {
        let Some(element) = self.elements.get_mut(id as usize) else { return };
        let before = element.children.len();
        match element.pieces.last_mut() {
            Some((place, piece)) if *place == before => piece.push_str(text),
            _ => element.pieces.push((before, text.into())),
        }
    }

    /// Where an element stands in its file.
    pub(crate) fn spot(&self, id: u32, file: FileId) -> Spot {
        let ids = std::iter::successors(Some(id), |id| self.get(*id)?.parent);
        let steps: Vec<u32> = ids.filter_map(|id| self.get(id)).filter(|element| element.parent.is_some()).map(|at| at.number).collect();
        let pointer = steps.iter().rev().fold(Pointer::root(), |pointer, step| pointer.index(*step as usize));
        Spot { file, pointer }
    }

    /// The prefixes that may be used in an element.
    pub(crate) fn prefixes(&self, id: u32) -> impl Iterator<Item = &str> {
        self.get(id).into_iter().flat_map(|element| element.scope.prefixes())
    }

    /// The element with this number.
    pub(super) fn get(&self, id: u32) -> Option<&Element> {
        self.elements.get(id as usize)
    }

    /// The element, and the attribute if there is one, that a pointer leads to; what leads nowhere counts as the nearest above it.
    pub(super) fn find(&self, pointer: &Pointer) -> Option<(u32, Option<&Attribute>)> {
        let mut id = 0;
        let mut element = self.get(0)?;
        for segment in pointer.segments() {
            if let Some(name) = segment.strip_prefix('@') {
                return Some((id, element.attributes.iter().find(|attribute| *attribute.name == *name)));
            }
            let child = segment.parse::<usize>().ok().and_then(|number| element.children.get(number));
            let Some((child, next)) = child.and_then(|child| Some((*child, self.get(*child)?))) else { break };
            (id, element) = (child, next);
        }
        Some((id, None))
    }

    /// The places of an element's start tag, or of the name or value of an attribute.
    pub(super) fn span_of(&self, pointer: &Pointer, part: Part) -> Option<Span> {
        let (id, attribute) = self.find(pointer)?;
        Some(match (attribute, part) {
            (Some(attribute), Part::Key) => attribute.name_span,
            (Some(attribute), Part::Value) if attribute.value_span.start < attribute.value_span.end => attribute.value_span,
            (Some(attribute), Part::Value) => attribute.name_span,
            (None, _) => self.get(id)?.tag,
        })
    }
}

impl Element {
    pub(crate) fn new(namespace: Arc<str>, local: &str, tag: Span, scope: Arc<Scope>) -> Self {
        let local = local.into();
        Self { namespace, local, attributes: Vec::new(), tag, scope, parent: None, number: 0, children: Vec::new(), pieces: Vec::new() }
    }
}
