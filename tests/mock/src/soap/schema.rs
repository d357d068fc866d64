//! What an XML Schema says, as far as a judge of messages needs it.

mod builtin;
mod facet;
mod flatten;
mod groups;
mod read;
mod simple;
mod sources;

pub(crate) use builtin::Builtin;
pub(crate) use facet::Facets;
pub(crate) use read::Reader;
pub(crate) use sources::Sources;

use super::name::QName;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which type: an index into [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeId(usize);

/// All declarations of a document.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    types: Vec<Type>,
    named: BTreeMap<QName, TypeId>,
    elements: BTreeMap<QName, Arc<Element>>,
}

/// An element declaration.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: QName,
    pub(crate) ty: TypeId,
    pub(crate) nillable: bool,
    pub(crate) is_abstract: bool,
    pub(crate) fixed: Option<String>,
    /// The element it may stand for.
    pub(crate) head: Option<QName>,
}

#[derive(Debug)]
pub(crate) enum Type {
    Simple(Simple),
    Complex(Complex),
}

#[derive(Clone, Debug)]
pub(crate) enum Simple {
    Builtin(Builtin),
    Restriction { base: TypeId, facets: Facets },
    List(TypeId),
    Union(Vec<TypeId>),
}

#[derive(Clone, Debug)]
pub(crate) struct Complex {
    pub(crate) is_abstract: bool,
    pub(crate) mixed: bool,
    pub(crate) base: Option<TypeId>,
    pub(crate) content: Content,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) any_attribute: bool,
    /// The document itself says that it does not know all elements: those it does not name are taken, too.
    pub(crate) open: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Elements(Particle),
    /// Character data of a simple type.
    Text(TypeId),
}

#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: QName,
    pub(crate) ty: TypeId,
    pub(crate) presence: Presence,
    pub(crate) fixed: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
    Prohibited,
}

/// A part of a content model and how often it may stand there.
#[derive(Clone, Debug)]
pub(crate) struct Particle {
    pub(crate) min: u32,
    /// None: without limit.
    pub(crate) max: Option<u32>,
    pub(crate) term: Term,
}

#[derive(Clone, Debug)]
pub(crate) enum Term {
    Element(Arc<Element>),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
    Any(Wildcard),
}

/// `xs:any`: which namespaces, and whether declarations are looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wildcard {
    pub(crate) admits: Admits,
    pub(crate) process: Process,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Admits {
    Any,
    /// Any but this one and none.
    Other(String),
    Only(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    Strict,
    Lax,
    Skip,
}

impl Schemas {
    pub(crate) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// A global element.
    pub(crate) fn element(&self, name: &QName) -> Option<&Arc<Element>> {
        self.elements.get(name)
    }

    /// A named type.
    pub(crate) fn named(&self, name: &QName) -> Option<TypeId> {
        self.named.get(name).copied()
    }

    /// A named type, whatever its namespace.
    pub(crate) fn any_named(&self, local: &str) -> Option<TypeId> {
        self.named.iter().find(|(name, _)| name.local == local && name.namespace != super::xml::XSD).map(|(_, id)| *id)
    }

    /// The declaration by which an element of this name may stand where `declared` is called for.
    pub(crate) fn substitute(&self, declared: &Arc<Element>, name: &QName) -> Option<Arc<Element>> {
        if declared.name == *name {
            return (!declared.is_abstract).then(|| declared.clone());
        }
        let found = self.elements.get(name).filter(|e| !e.is_abstract)?;
        let mut heads = std::iter::successors(Some(found), |e| self.elements.get(e.head.as_ref()?)).take(self.elements.len());
        // Only a global element has substitutes, and a local one may share its name.
        let is_global = self.elements.get(&declared.name).is_some_and(|global| Arc::ptr_eq(global, declared));
        (is_global && heads.any(|head| head.name == declared.name)).then(|| found.clone())
    }

    /// Whether a type is another or derived from it.
    pub(crate) fn derives(&self, ty: TypeId, from: TypeId) -> bool {
        let base = |id: &TypeId| match self.ty(*id) {
            Type::Complex(complex) => complex.base,
            Type::Simple(Simple::Restriction { base, .. }) => Some(*base),
            Type::Simple(_) => None,
        };
        let is_any = matches!(self.ty(from), Type::Complex(c) if c.any_attribute && c.mixed && c.base.is_none());
        is_any || std::iter::successors(Some(ty), base).take(self.types.len()).any(|id| id == from)
    }

    /// Whether a type takes elements that it does not name.
    pub(crate) fn is_open(&self, ty: TypeId) -> bool {
        matches!(self.ty(ty), Type::Complex(Complex { open: true, .. }))
    }

    /// The elements that may stand in a complex type, in order, with whether each is one of a choice.
    pub(crate) fn members(&self, ty: TypeId) -> Vec<Member<'_>> {
        let mut members = Vec::new();
        if let Type::Complex(Complex { content: Content::Elements(particle), .. }) = self.ty(ty) {
            particle.collect(false, false, &mut members);
        }
        members
    }
}

/// An element of a content model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'s> {
    pub(crate) element: &'s Arc<Element>,
    /// It may be there more than once.
    pub(crate) many: bool,
    /// It need not be there whatever its own particle says: another may stand for it.
    pub(crate) chosen: bool,
}

impl Particle {
    /// No content.
    pub(crate) fn empty() -> Self {
        Self { min: 1, max: Some(1), term: Term::Sequence(Vec::new()) }
    }

    pub(crate) fn repeats(&self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }

    /// Whether nothing at all satisfies it.
    pub(crate) fn emptiable(&self) -> bool {
        self.min == 0
            || match &self.term {
                Term::Element(_) | Term::Any(_) => false,
                Term::Sequence(parts) | Term::All(parts) => parts.iter().all(Self::emptiable),
                Term::Choice(parts) => parts.is_empty() || parts.iter().any(Self::emptiable),
            }
    }

    fn collect<'s>(&'s self, many: bool, chosen: bool, members: &mut Vec<Member<'s>>) {
        let many = many || self.repeats();
        match &self.term {
            Term::Element(element) => members.push(Member { element, many, chosen }),
            Term::Any(_) => {}
            Term::Choice(parts) => parts.iter().for_each(|part| part.collect(many, true, members)),
            Term::Sequence(parts) | Term::All(parts) => {
                parts.iter().for_each(|part| part.collect(many, chosen || self.min == 0, members));
            }
        }
    }
}

impl Wildcard {
    pub(crate) fn admits(&self, name: &QName) -> bool {
        match &self.admits {
            Admits::Any => true,
            Admits::Other(own) => !name.namespace.is_empty() && name.namespace != *own,
            Admits::Only(list) => list.contains(&name.namespace),
        }
    }
}
