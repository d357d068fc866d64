use std::collections::BTreeSet;

use super::Xsd;
use super::content::{Choice, Leaf, Reader, Slot};
use super::docs::{add, docs};
use crate::ir::{Docs, Member, MemberKind, Prim, QName, TypeRef};
use crate::lower::draft::{Access, Arm, Field, Shape, Union, nullable};
use crate::lower::name::Name;
use crate::names;
use crate::source;
use crate::xsd::{Kind, MAX_CHAIN, Part};

/// How an element becomes a member.
pub(super) struct Use {
    pub(super) kind: MemberKind,
    pub(super) ty: TypeRef,
    pub(super) required: bool,
    pub(super) nullable: bool,
}

impl<'s> Xsd<'_, 's> {
    /// The fields that the content of a type becomes.
    pub(super) fn fields(&mut self, slots: Vec<Slot<'s>>) -> Vec<Field> {
        let mut taken: BTreeSet<String> = slots.iter().filter_map(|slot| Some(field_name(element(slot)?.name.local))).collect();
        let field = |slot| match slot {
            Slot::Element(leaf) => {
                let Use { kind, ty, required, nullable: null } = self.member(&leaf);
                Field {
                    wire: leaf.name.local.to_owned(),
                    docs: self.member_docs(leaf.element, leaf.at, leaf.note.as_deref()),
                    ty: if null { nullable(ty) } else { ty },
                    required,
                    access: Access::Both,
                    aliases: Vec::new(),
                    deprecated: false,
                    xml: Some(Member { namespace: leaf.name.namespace.to_owned(), kind }),
                    origin: leaf.at.at.spot(),
                }
            }
            Slot::Choice(choice) => self.choice_field(&choice, &mut taken),
        };
        slots.into_iter().map(field).collect()
    }

    /// How an element stands in the content of a type.
    pub(super) fn member(&mut self, leaf: &Leaf<'s>) -> Use {
        let null = leaf.element.flag("nillable");
        if leaf.many {
            let ty = self.element_type(leaf.element);
            let ty = TypeRef::List(Box::new(if null { nullable(ty) } else { ty }));
            return Use { kind: MemberKind::Element, ty, required: true, nullable: false };
        }
        let (required, nullable) = (!leaf.optional, null);
        match self.array(leaf.element, leaf.name.namespace) {
            Some((item, ty)) => Use { kind: MemberKind::Array(item), ty, required, nullable },
            None => Use { kind: MemberKind::Element, ty: self.element_type(leaf.element), required, nullable },
        }
    }

    /// The type of an element, whether or not it may be nil.
    pub(super) fn element_type(&mut self, element: Part<'s>) -> TypeRef {
        let mut here = element;
        for _ in 0..MAX_CHAIN {
            // A type without name is called after the element.
            let inline = ["complexType", "simpleType"];
            let ty = inline.into_iter().find_map(|inline| self.referred(here, "type", inline, &Name::default()));
            if let Some(ty) = ty {
                return ty;
            }
            // Without a type of its own it has that of the head of its substitution group.
            let head = here.names("substitutionGroup").first().and_then(|name| self.schemas.find(Kind::Element, *name));
            match head {
                Some(head) => here = head,
                None => break,
            }
        }
        TypeRef::Prim(Prim::Xml)
    }

    /// If a type is nothing but a list of one element in `namespace`: the name of that element, and the list.
    pub(super) fn array(&mut self, element: Part<'s>, namespace: &str) -> Option<(String, TypeRef)> {
        let ty = match element.name("type") {
            Some(name) => self.schemas.find(Kind::Type, name)?,
            None => element.child("complexType")?,
        };
        self.array_of(ty, namespace)
    }

    pub(super) fn array_of(&mut self, ty: Part<'s>, namespace: &str) -> Option<(String, TypeRef)> {
        let mut parts = ty.children();
        let (Some(group), None) = (parts.next(), parts.next()) else { return None };
        let mut items = group.children();
        let (Some(_), None) = (items.next(), items.next()) else { return None };
        let plain = ty.at.local() == "complexType" && !super::complex::is_mixed(ty) && !ty.flag("abstract");
        if !plain || !matches!(group.at.local(), "sequence" | "all" | "choice") {
            return None;
        }
        let slots = Reader::new(self.schemas).slots(group);
        let [Slot::Element(leaf @ Leaf { many: true, .. })] = slots.as_slice() else { return None };
        (leaf.name.namespace == namespace).then(|| (leaf.name.local.to_owned(), self.member(leaf).ty))
    }

    fn choice_field(&mut self, choice: &Choice<'s>, taken: &mut BTreeSet<String>) -> Field {
        let locals: Vec<&str> = choice.leaves.iter().map(|leaf| leaf.name.local).collect();
        let told = match (choice.name, locals.as_slice()) {
            (Some(name), _) => name.to_owned(),
            (None, [a, b]) => format!("{a} or {b}"),
            (None, _) => "choice".to_owned(),
        };
        let named = locals.first().map(|first| format!("{first} {told}"));
        let numbered = (2u32..).map(|number| format!("{told} {number}"));
        let mut wanted = std::iter::once(told.clone()).chain(named).chain(numbered);
        let wire = wanted.find(|wire| !taken.contains(&field_name(wire))).unwrap_or_else(|| told.clone());
        taken.insert(field_name(&wire));
        // The type is called the same wherever the choice is used.
        let name = match choice.name {
            Some(name) => Name::new(name).or(&format!("{name} choice")),
            None => {
                let owner = self.place_name(choice.at);
                owner.child(&told).or(&format!("{} {} {told}", owner.text, locals.first().copied().unwrap_or_default()))
            }
        };
        let id = self.union(choice, &name);
        let ty = TypeRef::Named(id);
        Field {
            wire,
            docs: docs(&choice.at.at),
            ty: if choice.many { TypeRef::List(Box::new(ty)) } else { ty },
            required: choice.many || !choice.optional,
            access: Access::Both,
            aliases: Vec::new(),
            deprecated: false,
            xml: Some(Member { namespace: String::new(), kind: MemberKind::Choice }),
            origin: choice.at.at.spot(),
        }
    }

    /// The type of a choice; the same choice is one type wherever it is used.
    fn union(&mut self, choice: &Choice<'s>, name: &Name) -> crate::ir::TypeId {
        let names: Vec<source::Name<'s>> = choice.leaves.iter().map(|leaf| leaf.name).collect();
        // All references to the head of a substitution group mean the same, wherever they stand.
        let place = if choice.at.attr("ref").is_some() { None } else { Some((choice.at.at.file(), choice.at.at.id())) };
        if let Some(known) = self.unions.get(&(place, names.clone())) {
            return *known;
        }
        let arms = choice
            .leaves
            .iter()
            .map(|leaf| Arm {
                ty: self.element_type(leaf.element),
                hint: Some(leaf.name.local.to_owned()),
                values: Vec::new(),
                element: Some(QName { namespace: leaf.name.namespace.to_owned(), local: leaf.name.local.to_owned() }),
            })
            .collect();
        let shape = Shape::Union(Union { arms, tag: None });
        let id = self.drafts.made(name.clone(), Docs::default(), choice.at.at.spot(), shape);
        self.unions.insert((place, names), id);
        id
    }

    /// What is said of a member, and what the schema says of its value.
    pub(super) fn member_docs(&self, declaration: Part<'s>, at: Part<'s>, note: Option<&str>) -> Docs {
        let mut all = docs(&at.at);
        if all == Docs::default() {
            all = docs(&declaration.at);
        }
        if all == Docs::default() {
            let simple = declaration.name("type").and_then(|name| self.schemas.find(Kind::Type, name));
            let simple = simple.filter(|part| part.at.local() == "simpleType");
            all = simple.map(|part| Docs { source: None, provenance: None, ..self.simple_docs(part) }).unwrap_or_default();
        }
        let value = |key| at.attr(key).or_else(|| declaration.attr(key));
        if let Some(fixed) = value("fixed") {
            add(&mut all, &format!("Always `{fixed}`."));
        } else if let Some(default) = value("default").filter(|default| !default.is_empty()) {
            add(&mut all, &format!("The default is `{default}`."));
        }
        if let Some(note) = note {
            add(&mut all, note);
        }
        all
    }
}

fn field_name(text: &str) -> String {
    names::spelled(names::Kind::Field, text)
}

fn element<'a, 's>(slot: &'a Slot<'s>) -> Option<&'a Leaf<'s>> {
    if let Slot::Element(leaf) = slot { Some(leaf) } else { None }
}
