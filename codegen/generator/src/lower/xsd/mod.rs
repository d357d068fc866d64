//! From XML Schema to drafts.
//!
//! Types are looked at one by one from a queue, so that schemas that refer to each other without end need no recursion.
//! What is wrong or unsupported was reported by [`crate::check`], and the operations that need it are left out: nothing fails here.

mod complex;
mod content;
pub(super) mod docs;
mod member;
mod names;
mod shared;
mod simple;

use std::collections::{BTreeMap, VecDeque};

use super::draft::{Drafts, Label, nullable};
use super::name::Name;
use crate::diagnostic::Report;
use crate::ir::{Docs, Member, MemberKind, Prim, TypeId, TypeRef};
use crate::source::{self, FileId};
use crate::xsd::{Builtin, Kind, Part, Schemas, builtin};
use complex::Complex;
use content::Slot;
use names::Names;
use shared::Shared;

/// Makes drafts from schemas.
pub(super) struct Xsd<'a, 's> {
    pub(super) schemas: &'a Schemas<'s>,
    pub(super) report: &'a mut Report,
    pub(super) drafts: Drafts<'s>,
    names: Names<'s>,
    types: BTreeMap<(FileId, u32, &'s str), TypeId>,
    unions: BTreeMap<UnionKey<'s>, TypeId>,
    shared: Shared<'s>,
    queue: VecDeque<(TypeId, Part<'s>, Name)>,
}

/// A choice: its place, unless it is the same everywhere, and its elements.
type UnionKey<'s> = (Option<(FileId, u32)>, Vec<source::Name<'s>>);

/// What a global element holds.
pub(super) struct ElementType {
    /// Nullable if it may be nil.
    pub(super) ty: TypeRef,
    pub(super) docs: Docs,
}

/// A child of an element whose type is a plain list of elements.
pub(super) struct Child<'s> {
    pub(super) wire: String,
    pub(super) member: Member,
    /// Never nullable itself.
    pub(super) ty: TypeRef,
    /// At least one must be there.
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) docs: Docs,
    pub(super) at: Part<'s>,
}

impl<'a, 's> Xsd<'a, 's> {
    pub(super) fn new(schemas: &'a Schemas<'s>, document: Option<source::XmlCursor<'s>>, report: &'a mut Report) -> Self {
        let names = Names::new(schemas, document);
        let (types, unions, queue) = (BTreeMap::new(), BTreeMap::new(), VecDeque::new());
        Self { schemas, report, drafts: Drafts::default(), names, types, unions, shared: Shared::default(), queue }
    }

    /// What a global element holds.
    pub(super) fn element(&mut self, name: source::Name<'s>) -> Option<ElementType> {
        let at = self.schemas.find(Kind::Element, name)?;
        let ty = self.element_type(at);
        let ty = if at.flag("nillable") { nullable(ty) } else { ty };
        Some(ElementType { ty, docs: self.member_docs(at, at, None) })
    }

    /// The type of a name.
    pub(super) fn typed(&mut self, name: source::Name<'s>) -> Option<TypeRef> {
        if let Some(part) = self.schemas.find(Kind::Type, name) {
            return Some(self.named(part, name));
        }
        Some(match builtin(name)? {
            Builtin::Any => TypeRef::Prim(Prim::Xml),
            Builtin::Simple(prim) => TypeRef::Prim(prim),
            Builtin::List(prim) => TypeRef::Tokens(Box::new(TypeRef::Prim(prim))),
        })
    }

    /// What an element in `namespace` is that has the type of a name.
    pub(super) fn typed_member(&mut self, name: source::Name<'s>, namespace: &str) -> Option<(MemberKind, TypeRef)> {
        let array = self.schemas.find(Kind::Type, name).and_then(|part| self.array_of(part, namespace));
        if let Some((item, ty)) = array {
            return Some((MemberKind::Array(item), ty));
        }
        Some((MemberKind::Element, self.typed(name)?))
    }

    /// The children of a global element, if it holds nothing but a row of elements.
    pub(super) fn members(&mut self, element: source::Name<'s>) -> Option<Vec<Child<'s>>> {
        let at = self.schemas.find(Kind::Element, element)?;
        let ty = match at.name("type") {
            Some(name) => self.schemas.find(Kind::Type, name)?,
            None => at.child("complexType")?,
        };
        let owner = self.place_name(ty);
        let Complex::Elements { slots, attributes, open: false } = (ty.at.local() == "complexType").then(|| self.gather(ty, &owner))?
        else {
            return None;
        };
        if !attributes.is_empty() || slots.iter().any(|slot| matches!(slot, Slot::Choice(_))) {
            return None;
        }
        let child = |slot| match slot {
            Slot::Element(leaf) => {
                let member::Use { kind, ty, nullable, .. } = self.member(&leaf);
                Some(Child {
                    wire: leaf.name.local.to_owned(),
                    member: Member { namespace: leaf.name.namespace.to_owned(), kind },
                    ty,
                    required: !leaf.optional,
                    nullable,
                    docs: self.member_docs(leaf.element, leaf.at, leaf.note.as_deref()),
                    at: leaf.at,
                })
            }
            Slot::Choice(_) => None,
        };
        slots.into_iter().map(child).collect()
    }

    /// Looks at everything that was referred to.
    pub(super) fn settle(&mut self) {
        while let Some((id, part, name)) = self.queue.pop_front() {
            let shape = if part.at.local() == "simpleType" { self.simple(part, &name) } else { self.complex(id, part, &name) };
            self.drafts.fill(id, shape, false);
        }
        self.share_groups();
    }

    /// The type that a part names in an attribute, or defines itself.
    fn referred(&mut self, part: Part<'s>, attribute: &str, inline: &str, name: &Name) -> Option<TypeRef> {
        match part.name(attribute) {
            // What is not defined was reported.
            Some(reference) => Some(self.typed(reference).unwrap_or(TypeRef::Prim(Prim::Xml))),
            None => part.child(inline).map(|inner| self.anonymous(inner, name)),
        }
    }

    fn named(&mut self, part: Part<'s>, name: source::Name<'s>) -> TypeRef {
        let text = self.names.of(Kind::Type, name);
        let place = Name::new(&text);
        self.draft(part, Label::Component(text), place)
    }

    /// The draft of a type without name; several such types in one place are told apart by the names of what they are in.
    fn anonymous(&mut self, part: Part<'s>, name: &Name) -> TypeRef {
        let name = if part.at.parent().is_some_and(|parent| matches!(parent.local(), "element" | "attribute")) {
            self.place_name(part)
        } else {
            name.child("item")
        };
        self.draft(part, Label::Anonymous(name.clone()), name)
    }

    fn draft(&mut self, part: Part<'s>, label: Label, name: Name) -> TypeRef {
        let key = (part.at.file(), part.at.id(), part.target);
        if let Some(id) = self.types.get(&key) {
            return TypeRef::Named(*id);
        }
        let docs = if part.at.local() == "simpleType" { self.simple_docs(part) } else { docs::docs(&part.at) };
        let id = self.drafts.open(label, docs, part.at.spot());
        self.types.insert(key, id);
        self.queue.push_back((id, part, name));
        TypeRef::Named(id)
    }

    /// What something inside a schema is called: after the elements and the component it is in.
    fn place_name(&self, part: Part<'s>) -> Name {
        let mut inner: Vec<&'s str> = Vec::new();
        for at in part.at.around() {
            let here = Part { at, ..part };
            let Some(local) = here.attr("name") else { continue };
            if !here.is_global() {
                inner.push(local);
                continue;
            }
            let kind = if matches!(at.local(), "complexType" | "simpleType") { Kind::Type } else { Kind::Element };
            let text = self.names.of(kind, source::Name { namespace: part.target, local });
            let name = inner.iter().rev().fold(Name::new(&text), |name, step| name.child(step));
            // An element may have the name of a type.
            let fallback = format!("{} {}", name.text, at.local());
            return name.or(&fallback);
        }
        inner.iter().rev().fold(Name::default(), |name, step| name.child(step))
    }
}
