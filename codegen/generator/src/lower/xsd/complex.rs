use std::collections::BTreeSet;

use super::Xsd;
use super::content::{Reader, Slot, in_a_row};
use crate::ir::{Member, MemberKind, Prim, TypeId, TypeRef};
use crate::lower::draft::{Access, Field, Shape};
use crate::lower::name::Name;
use crate::source;
use crate::source::namespaces::XML;
use crate::xsd::{Kind, MAX_CHAIN, Part, builtin};

/// What values of a complex type hold.
pub(super) enum Complex<'s> {
    /// Anything.
    Any,
    /// Text and attributes.
    Text { value: TypeRef, attributes: Vec<Attribute<'s>> },
    /// Elements and attributes.
    Elements {
        slots: Vec<Slot<'s>>,
        attributes: Vec<Attribute<'s>>,
        /// There may be more that the schema does not tell.
        open: bool,
    },
}

/// An attribute of a type.
#[derive(Clone, Debug)]
pub(super) struct Attribute<'s> {
    pub(super) name: source::Name<'s>,
    pub(super) declaration: Part<'s>,
    pub(super) at: Part<'s>,
    pub(super) required: bool,
}

impl<'s> Xsd<'_, 's> {
    /// The shape of a complex type.
    pub(super) fn complex(&mut self, id: TypeId, part: Part<'s>, name: &Name) -> Shape {
        match self.gather(part, name) {
            Complex::Any => Shape::Alias(TypeRef::Prim(Prim::Xml)),
            Complex::Text { value, attributes } if attributes.is_empty() => Shape::Alias(value),
            Complex::Elements { slots, attributes, open: true } if slots.is_empty() && attributes.is_empty() => {
                Shape::Alias(TypeRef::Prim(Prim::Xml))
            }
            Complex::Text { value, attributes } => {
                let taken = |wire: &str| attributes.iter().any(|attribute| attribute.name.local == wire);
                let wire = ["value", "text", "content"].into_iter().find(|wire| !taken(wire)).unwrap_or("value");
                let mut fields = vec![Field {
                    wire: wire.to_owned(),
                    docs: crate::ir::Docs::default(),
                    ty: value,
                    required: true,
                    access: Access::Both,
                    aliases: Vec::new(),
                    deprecated: false,
                    xml: Some(Member { namespace: String::new(), kind: MemberKind::Text }),
                    origin: part.at.spot(),
                }];
                fields.extend(attributes.iter().map(|attribute| self.attribute(attribute)));
                Shape::Struct(fields)
            }
            Complex::Elements { slots, attributes, .. } => {
                self.shared.note(id, &slots);
                let mut fields = self.fields(slots);
                fields.extend(attributes.iter().map(|attribute| self.attribute(attribute)));
                Shape::Struct(fields)
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute<'s>) -> Field {
        let Attribute { name, declaration, at, required } = *attribute;
        let ty = self.referred(declaration, "type", "simpleType", &Name::default()).unwrap_or(TypeRef::Prim(Prim::String));
        Field {
            wire: name.local.to_owned(),
            docs: self.member_docs(declaration, at, None),
            ty,
            required,
            access: Access::Both,
            aliases: Vec::new(),
            deprecated: false,
            xml: Some(Member { namespace: name.namespace.to_owned(), kind: MemberKind::Attribute }),
            origin: at.at.spot(),
        }
    }

    /// Everything that a type and those it is built on say.
    pub(super) fn gather(&mut self, part: Part<'s>, name: &Name) -> Complex<'s> {
        let chain = self.chain(part);
        if chain.iter().any(|part| is_mixed(*part)) {
            return Complex::Any;
        }
        let mut reader = Reader::new(self.schemas);
        let mut slots: Vec<Slot<'s>> = Vec::new();
        let mut attributes: Vec<Attribute<'s>> = Vec::new();
        let mut open = false;
        let mut text = false;
        let mut value: Option<TypeRef> = None;
        for part in chain.into_iter().rev() {
            let (derivation, restricts) = derivation(part);
            let body = derivation.unwrap_or(part);
            if restricts {
                slots.clear();
                open = false;
            }
            reader.open = false;
            let own: Vec<Slot<'s>> = body.children().filter(is_particle).flat_map(|child| reader.slots(child)).collect();
            slots.extend(own);
            open |= reader.open | body.child("anyAttribute").is_some();
            self.attributes(body, &mut attributes, &mut BTreeSet::new(), 0);
            if part.child("simpleContent").is_some() {
                text = true;
                let base = body.name("base").filter(|name| self.is_simple(*name));
                let inline = body.child("simpleType").map(|inner| self.anonymous(inner, name));
                value = inline.or_else(|| self.typed(base?)).or(value);
            }
        }
        if text {
            return Complex::Text { value: value.unwrap_or(TypeRef::Prim(Prim::String)), attributes };
        }
        Complex::Elements { slots: in_a_row(slots), attributes, open }
    }

    /// A complex type and those it is built on.
    fn chain(&self, part: Part<'s>) -> Vec<Part<'s>> {
        let mut chain = vec![part];
        let mut here = part;
        while let Some(base) = derivation(here).0.and_then(|body| self.schemas.find(Kind::Type, body.name("base")?)) {
            let again = chain.iter().any(|part| part.at.spot() == base.at.spot() && part.target == base.target);
            if again || base.at.local() != "complexType" || chain.len() > MAX_CHAIN {
                break;
            }
            chain.push(base);
            here = base;
        }
        chain
    }

    fn is_simple(&self, name: source::Name<'s>) -> bool {
        self.schemas.find(Kind::Type, name).map_or_else(|| builtin(name).is_some(), |part| part.at.local() == "simpleType")
    }

    /// Collects attributes; one that is there already is replaced, or taken away.
    fn attributes(&self, body: Part<'s>, all: &mut Vec<Attribute<'s>>, seen: &mut BTreeSet<source::Spot>, depth: usize) {
        for part in body.children() {
            if part.at.local() == "attributeGroup" {
                let group = part.name("ref").and_then(|name| self.schemas.find(Kind::AttributeGroup, name));
                if let Some(group) = group.filter(|group| depth < MAX_CHAIN && seen.insert(group.at.spot())) {
                    self.attributes(group, all, seen, depth + 1);
                }
            }
            let Some(attribute) = self.declared(part) else { continue };
            all.retain(|known| known.name != attribute.name);
            if part.attr("use") != Some("prohibited") {
                all.push(attribute);
            }
        }
    }

    fn declared(&self, part: Part<'s>) -> Option<Attribute<'s>> {
        if part.at.local() != "attribute" {
            return None;
        }
        let required = part.attr("use") == Some("required");
        let Some(name) = part.name("ref") else {
            let name = source::Name { namespace: part.namespace(), local: part.attr("name")? };
            return Some(Attribute { name, declaration: part, at: part, required });
        };
        // Attributes of XML itself need no definition.
        let declaration = self.schemas.find(Kind::Attribute, name).filter(|_| name.namespace != XML).unwrap_or(part);
        Some(Attribute { name, declaration, at: part, required })
    }
}

/// What a type says of the type it is built on, and whether it restricts rather than extends it.
pub(super) fn derivation<'s>(part: Part<'s>) -> (Option<Part<'s>>, bool) {
    let content = part.child("complexContent").or_else(|| part.child("simpleContent"));
    let extension = content.and_then(|content| content.child("extension"));
    let restriction = content.and_then(|content| content.child("restriction"));
    (extension.or(restriction), extension.is_none() && restriction.is_some())
}

pub(super) fn is_mixed(part: Part<'_>) -> bool {
    part.flag("mixed") || part.child("complexContent").is_some_and(|content| content.flag("mixed"))
}

fn is_particle(part: &Part<'_>) -> bool {
    matches!(part.at.local(), "sequence" | "choice" | "all" | "group")
}
