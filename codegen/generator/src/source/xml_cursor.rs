use super::namespaces::{SCHEMA, WSDL};
use super::xml::{Element, Name, Scope, XmlTree};
use super::{FileId, Location, Sources, Spot};
use std::borrow::Cow;

/// An element of an XML file together with where it stands: what stages walk WSDL and XML Schema with.
#[derive(Clone, Copy, Debug)]
pub struct XmlCursor<'s> {
    sources: &'s Sources,
    file: FileId,
    tree: &'s XmlTree,
    element: &'s Element,
    id: u32,
}

/// A prefix that nothing declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPrefix<'t>(pub &'t str);

impl<'s> XmlCursor<'s> {
    pub(super) fn new(sources: &'s Sources, file: FileId, tree: &'s XmlTree, id: u32) -> Option<Self> {
        Some(Self { sources, file, tree, element: tree.get(id)?, id })
    }

    /// The file it stands in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Which element of its file it is, in document order.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// All files.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// Its name without prefix.
    pub fn local(&self) -> &'s str {
        &self.element.local
    }

    /// Its namespace; empty for none.
    pub fn namespace(&self) -> &'s str {
        &self.element.namespace
    }

    /// Whether it has this name.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.local() == local && self.namespace() == namespace
    }

    /// File and pointer; the steps are numbers of children.
    pub fn spot(&self) -> Spot {
        self.tree.spot(self.id, self.file)
    }

    /// Its start tag.
    pub fn location(&self) -> Location {
        Location::value(&self.spot())
    }

    /// The value of an attribute, by its name as written; the start tag if it has no such attribute.
    pub fn attr_location(&self, name: &str) -> Location {
        let spot = self.spot();
        let known = self.element.attributes.iter().any(|attribute| *attribute.name == *name);
        Location::value(&if known { spot.child(&format!("@{name}")) } else { spot })
    }

    /// The value of an attribute without namespace, without white space around it.
    pub fn attr(&self, local: &str) -> Option<&'s str> {
        self.attr_in("", local)
    }

    /// The value of an attribute in a namespace.
    pub fn attr_in(&self, namespace: &str, local: &str) -> Option<&'s str> {
        let found = self.element.attributes.iter().find(|attribute| *attribute.local == *local && *attribute.namespace == *namespace);
        found.map(|attribute| attribute.value.trim())
    }

    /// The attributes: names, and values as written.
    pub fn attributes(&self) -> impl Iterator<Item = (Name<'s>, &'s str)> {
        let name = |attribute: &'s super::xml::Attribute| Name { namespace: &attribute.namespace, local: &attribute.local };
        self.element.attributes.iter().map(move |attribute| (name(attribute), &*attribute.value))
    }

    /// The element around it.
    pub fn parent(&self) -> Option<Self> {
        Self::new(self.sources, self.file, self.tree, self.element.parent?)
    }

    /// The element itself and all around it, outwards.
    pub fn around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), Self::parent)
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.element.children.iter().filter_map(move |id| Self::new(self.sources, self.file, self.tree, *id))
    }

    /// The elements of this name in it.
    pub fn all<'n>(self, namespace: &'n str, local: &'n str) -> impl Iterator<Item = Self> + use<'s, 'n> {
        self.children().filter(move |child| child.is(namespace, local))
    }

    /// The first element of this name in it.
    pub fn child(&self, namespace: &str, local: &str) -> Option<Self> {
        self.children().find(|child| child.is(namespace, local))
    }

    /// Every element from here inwards, in document order.
    pub fn tree(self) -> impl Iterator<Item = Self> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let mut inner: Vec<Self> = next.children().collect();
            inner.reverse();
            open.extend(inner);
            Some(next)
        })
    }

    /// Whether another element says the same: names, attributes and what is inside, but for the order of attributes and white space.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.tree(), other.tree());
        loop {
            match (one.next(), two.next()) {
                (None, None) => return true,
                (Some(one), Some(two)) => {
                    let attributes = |at: &Self| at.attributes().collect::<std::collections::BTreeSet<_>>();
                    let counts = one.element.children.len() == two.element.children.len();
                    if !counts || one.local() != two.local() || one.namespace() != two.namespace() || attributes(&one) != attributes(&two) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    }

    /// All character content, that of the elements in it included.
    pub fn text(&self) -> Cow<'s, str> {
        if let ([(_, only)], true) = (self.element.pieces.as_slice(), self.element.children.is_empty()) {
            return Cow::Borrowed(only);
        }
        let mut text = String::new();
        let mut pieces = self.element.pieces.iter().peekable();
        for (place, child) in self.children().map(Some).chain([None]).enumerate() {
            if let Some((_, piece)) = pieces.next_if(|(before, _)| *before == place) {
                text.push_str(piece);
            }
            text.push_str(&child.map(|child| child.text()).unwrap_or_default());
        }
        Cow::Owned(text)
    }

    /// What a name means that stands as text in an attribute of this element, such as `tns:Bug`.
    pub fn name<'t: 's>(&self, text: &'t str) -> Result<Name<'s>, UnknownPrefix<'t>> {
        let (prefix, local) = text.trim().split_once(':').unwrap_or(("", text.trim()));
        match self.element.scope.namespace(prefix) {
            Some(namespace) => Ok(Name { namespace, local }),
            None if prefix.is_empty() => Ok(Name { namespace: "", local }),
            None => Err(UnknownPrefix(prefix)),
        }
    }

    /// The prefixes that may be used here.
    pub fn scope(&self) -> &'s Scope {
        &self.element.scope
    }
}

/// Where the file is that an element of WSDL or XML Schema brings in, if it says so.
pub(crate) fn import_location<'s>(at: &XmlCursor<'s>) -> Option<&'s str> {
    let location = match (at.namespace(), at.local()) {
        (WSDL, "import") => at.attr("location"),
        (SCHEMA, "import" | "include" | "redefine" | "override") => at.attr("schemaLocation"),
        _ => None,
    };
    location.filter(|location| !location.is_empty())
}
