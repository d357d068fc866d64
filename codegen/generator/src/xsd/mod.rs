//! XML Schema: which components the files of an API define, and what a name refers to.
//!
//! Names are looked up among all schemas that the document brings in, whether or not the schema that uses one imports its namespace:
//! documents of others are careless about that.

mod builtin;
mod part;

pub(crate) use builtin::{Builtin, builtin, is_well_known};
pub(crate) use part::{Most, Part};

use crate::source::namespaces::{SCHEMA, WSDL};
use crate::source::{FileId, Name, Sources, XmlCursor, import_location};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Definitions built on each other, one after the other: more than any honest schema has.
pub(crate) const MAX_CHAIN: usize = 100;

/// What a name may refer to; names of different kinds do not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Element,
    /// Simple or complex.
    Type,
    Attribute,
    Group,
    AttributeGroup,
}

impl Kind {
    /// All kinds.
    pub(crate) const ALL: [Self; 5] = [Self::Element, Self::Type, Self::Attribute, Self::Group, Self::AttributeGroup];

    /// What messages call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Type => "type",
            Self::Attribute => "attribute",
            Self::Group => "group",
            Self::AttributeGroup => "attribute group",
        }
    }

    fn of(local: &str) -> Option<Self> {
        Some(match local {
            "element" => Self::Element,
            "complexType" | "simpleType" => Self::Type,
            "attribute" => Self::Attribute,
            "group" => Self::Group,
            "attributeGroup" => Self::AttributeGroup,
            _ => return None,
        })
    }
}

/// All schemas of an API.
#[derive(Debug)]
pub(crate) struct Schemas<'s> {
    /// The roots of the WSDL files, the document first.
    definitions: Vec<XmlCursor<'s>>,
    /// In the order in which the document brings them in.
    schemas: Vec<Part<'s>>,
    components: BTreeMap<(Kind, Name<'s>), Part<'s>>,
    repeated: Vec<(Kind, Part<'s>)>,
    /// Heads of substitution groups, and the elements that name them.
    substitutes: BTreeMap<Name<'s>, Vec<Name<'s>>>,
}

impl<'s> Schemas<'s> {
    /// Collects what the WSDL document of `sources` brings in.
    pub(crate) fn new(sources: &'s Sources) -> Self {
        let mut all = Self {
            definitions: Vec::new(),
            schemas: Vec::new(),
            components: BTreeMap::new(),
            repeated: Vec::new(),
            substitutes: BTreeMap::new(),
        };
        let mut seen: BTreeSet<(FileId, u32, &str)> = BTreeSet::new();
        let mut waiting: VecDeque<(XmlCursor<'s>, &'s str)> = sources.wsdl().map(|root| (root, "")).into_iter().collect();
        while let Some((at, includer)) = waiting.pop_front() {
            if at.is(WSDL, "definitions") {
                if seen.insert((at.file(), at.id(), "")) {
                    let inline = at.all(WSDL, "types").flat_map(|types| types.all(SCHEMA, "schema"));
                    waiting.extend(inline.chain(imported(&at)).map(|root| (root, "")));
                    all.definitions.push(at);
                }
                continue;
            }
            let target = at.attr("targetNamespace").unwrap_or(includer);
            if !at.is(SCHEMA, "schema") || !seen.insert((at.file(), at.id(), target)) {
                continue;
            }
            let schema = Part { at, target };
            waiting
                .extend(at.children().filter_map(|child| Some((brought_in(&child)?, if child.local() == "import" { "" } else { target }))));
            all.schemas.push(schema);
            all.define(schema);
        }
        all
    }

    fn define(&mut self, schema: Part<'s>) {
        for part in schema.children() {
            // What is redefined counts, not what it was.
            let inner = matches!(part.at.local(), "redefine" | "override").then(|| part.children());
            let parts: Vec<Part<'s>> = inner.map_or_else(|| vec![part], Iterator::collect);
            for part in parts {
                let (Some(kind), Some(local)) = (Kind::of(part.at.local()), part.attr("name")) else { continue };
                let name = Name { namespace: part.target, local };
                if self.components.contains_key(&(kind, name)) {
                    self.repeated.push((kind, part));
                    continue;
                }
                self.components.insert((kind, name), part);
                if kind == Kind::Element {
                    for head in part.names("substitutionGroup") {
                        self.substitutes.entry(head).or_default().push(name);
                    }
                }
            }
        }
    }

    /// The roots of the WSDL files, the document first.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = XmlCursor<'s>> {
        self.definitions.iter().copied()
    }

    /// The schemas.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = Part<'s>> {
        self.schemas.iter().copied()
    }

    /// The component a name refers to.
    pub(crate) fn find(&self, kind: Kind, name: Name<'s>) -> Option<Part<'s>> {
        self.components.get(&(kind, name)).copied()
    }

    /// The components of this name in all namespaces.
    pub(crate) fn named(&self, kind: Kind, local: &str) -> impl Iterator<Item = (Name<'s>, Part<'s>)> {
        self.components().filter(move |(other, name, _)| *other == kind && name.local == local).map(|(_, name, part)| (name, part))
    }

    /// The components of a namespace.
    pub(crate) fn in_namespace(&self, kind: Kind, namespace: &'s str) -> impl Iterator<Item = (&'s str, Part<'s>)> {
        let first = (kind, Name { namespace, local: "" });
        let all = self.components.range(first..).take_while(move |((other, name), _)| *other == kind && name.namespace == namespace);
        all.map(|((_, name), part)| (name.local, *part))
    }

    /// All components with their names.
    pub(crate) fn components(&self) -> impl Iterator<Item = (Kind, Name<'s>, Part<'s>)> {
        self.components.iter().map(|((kind, name), part)| (*kind, *name, *part))
    }

    /// Components whose name was taken before.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = (Kind, Part<'s>)> {
        self.repeated.iter().copied()
    }

    /// The elements that may stand in place of one, itself first: those that are not abstract, in the order of their definition.
    pub(crate) fn substitutes(&self, head: Name<'s>) -> Vec<(Name<'s>, Part<'s>)> {
        let (mut found, mut seen, mut open) = (Vec::new(), BTreeSet::from([head]), VecDeque::from([head]));
        while let Some(name) = open.pop_front() {
            found.extend(self.find(Kind::Element, name).filter(|part| !part.flag("abstract")).map(|part| (name, part)));
            let more = self.substitutes.get(&name).into_iter().flatten();
            open.extend(more.filter(|name| seen.insert(**name)).collect::<Vec<_>>());
        }
        found
    }
}

/// The roots of the files that a WSDL file imports.
fn imported<'s>(at: &XmlCursor<'s>) -> impl Iterator<Item = XmlCursor<'s>> {
    at.all(WSDL, "import").filter_map(|import| brought_in(&import))
}

/// The root of the file that an element brings in.
pub(crate) fn brought_in<'s>(at: &XmlCursor<'s>) -> Option<XmlCursor<'s>> {
    let file = at.sources().imported(at.file(), import_location(at)?).ok()?;
    at.sources().xml_root_of(file)
}
