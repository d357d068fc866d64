use std::collections::BTreeSet;

use super::Lower;
use super::docs::member_docs;
use super::draft::{Access, Field, Shape};
use super::name::Name;
use super::schema::{has_properties, says_something, types};
use crate::diagnostic::{Diagnostic, Tag};
use crate::ir::TypeRef;
use crate::source::{Cursor, Spot};

/// What a schema and everything it is composed of say about one value.
#[derive(Clone, Debug, Default)]
pub(super) struct Members<'s> {
    pub(super) properties: Vec<Property<'s>>,
    pub(super) required: BTreeSet<String>,
    /// Schemas with alternatives, and what they are called.
    pub(super) choices: Vec<(Cursor<'s>, Name)>,
    /// Schemas of values that are no objects.
    pub(super) scalars: Vec<Cursor<'s>>,
    /// A schema that says it is an object.
    pub(super) object: Option<Cursor<'s>>,
    seen: BTreeSet<Spot>,
}

#[derive(Clone, Debug)]
pub(super) struct Property<'s> {
    pub(super) wire: String,
    pub(super) at: Cursor<'s>,
    owner: Name,
}

impl<'s> Members<'s> {
    fn add(&mut self, property: Property<'s>) {
        match self.properties.iter_mut().find(|known| known.wire == property.wire) {
            Some(known) if says_something(&property.at) => *known = property,
            Some(_) => {}
            None => self.properties.push(property),
        }
    }

    pub(super) fn property(&self, wire: &str) -> Option<&Property<'s>> {
        self.properties.iter().find(|property| property.wire == wire)
    }
}

impl<'s> Lower<'_, 's> {
    /// The members a schema itself has.
    pub(super) fn own_fields(&mut self, at: &Cursor<'s>, name: &Name) -> Vec<Field> {
        let mut members = Members::default();
        gather_own(at, name, &mut members);
        self.fields(members)
    }

    pub(super) fn fields(&mut self, members: Members<'s>) -> Vec<Field> {
        let required = members.required;
        let wires: BTreeSet<String> = members.properties.iter().map(|property| property.wire.clone()).collect();
        let mut taken = wires;
        let mut fields = Vec::new();
        for property in members.properties {
            let aliases = self.aliases(&property.at, &mut taken);
            fields.push(Field { aliases, ..self.field(property, &required) });
        }
        fields
    }

    /// Other names of a member, which no other member may have.
    fn aliases(&mut self, at: &Cursor<'s>, taken: &mut BTreeSet<String>) -> Vec<String> {
        let mut aliases = Vec::new();
        for alias in at.get("x-aliases").iter().flat_map(Cursor::items) {
            let Some(name) = alias.as_str() else { continue };
            if taken.insert(name.to_owned()) {
                aliases.push(name.to_owned());
            } else {
                self.report.push(Diagnostic::new(Tag::IgnoredValue, format!("`{name}` is the name of a member already"), alias.location()));
            }
        }
        aliases
    }

    fn field(&mut self, property: Property<'s>, required: &BTreeSet<String>) -> Field {
        let Property { wire, at, owner } = property;
        let ty = self.schema_called(&at, |_| owner.child(&wire));
        let access = match (at.bool("readOnly"), at.bool("writeOnly")) {
            (Some(true), _) => Access::Read,
            (_, Some(true)) => Access::Write,
            _ => Access::Both,
        };
        let deprecated = at.bool("deprecated") == Some(true);
        Field {
            docs: member_docs(&at),
            required: required.contains(&wire),
            wire,
            aliases: Vec::new(),
            ty,
            access,
            deprecated,
            xml: None,
            origin: at.spot(),
        }
    }

    /// The shape of a schema with `allOf`: all its parts in one.
    pub(super) fn all_of(&mut self, at: &Cursor<'s>, name: &Name) -> Shape {
        let parts: Vec<Cursor<'s>> = at.get("allOf").iter().flat_map(Cursor::items).filter(|part| !is_trivial(part)).collect();
        let own = ["properties", "required", "oneOf", "anyOf"].iter().any(|key| at.node().get(key).is_some());
        if let ([only], false) = (parts.as_slice(), own) {
            return self.instead(only, name);
        }
        let mut members = Members::default();
        self.gather(at, name, &mut members, &mut Vec::new());
        match (members.choices.as_slice(), members.properties.is_empty()) {
            ([], false) => return Shape::Struct(self.fields(members)),
            ([], true) => {}
            ([(choice, owner)], _) => {
                let (choice, owner) = (choice.clone(), if choice.spot() == at.spot() { name.clone() } else { owner.clone() });
                let owner = if members.properties.is_empty() { owner } else { name.clone() };
                return self.choice(&choice, &owner, members);
            }
            (_, false) => {
                let message = "only the common members become fields: there are several lists of alternatives";
                self.warn(Tag::SchemaAsJson, message.to_owned(), at);
                return Shape::Struct(self.fields(members));
            }
            (_, true) => return Shape::Alias(self.json(at, "there are several lists of alternatives")),
        }
        if let Some(object) = members.object {
            return Shape::Alias(self.of_type(&object, "object", name));
        }
        self.most_precise(at, members.scalars, name)
    }

    /// The shape of a value that several schemas without members describe.
    fn most_precise(&mut self, at: &Cursor<'s>, scalars: Vec<Cursor<'s>>, name: &Name) -> Shape {
        let precision = |at: &Cursor<'s>| (at.node().get("enum").is_some(), at.node().get("items").is_some(), at.str("format").is_some());
        let best = scalars.into_iter().rev().max_by_key(precision);
        let Some(best) = best else { return Shape::Alias(TypeRef::Json) };
        if best.spot() != at.spot() {
            let inside = best.spot().is_within(&at.spot());
            return Shape::Alias(if inside { self.schema(&best, name) } else { self.reference(&best) });
        }
        match self.enumeration(&best) {
            Some(shape) => shape,
            None => Shape::Alias(types(&best).first().map_or(TypeRef::Json, |ty| self.of_type(&best, ty, name))),
        }
    }

    /// Collects what a schema and all it is composed of say. Each part counts once, so that this ends.
    pub(super) fn gather(&mut self, at: &Cursor<'s>, owner: &Name, members: &mut Members<'s>, trail: &mut Vec<Spot>) {
        let Ok(target) = at.follow() else { return };
        let owner = if target.spot() == at.spot() { owner.clone() } else { self.name_of(&target).0 };
        let spot = target.spot();
        if !members.seen.insert(spot.clone()) {
            if trail.contains(&spot) {
                self.warn(Tag::AllOfCycle, "this schema is part of itself".to_owned(), at);
            }
            return;
        }
        if trail.len() > MAX_PARTS_DEEP {
            self.warn(Tag::AllOfCycle, format!("schemas are composed more than {MAX_PARTS_DEEP} deep; this part is left out"), at);
            return;
        }
        trail.push(spot);
        for part in target.get("allOf").iter().flat_map(Cursor::items) {
            self.gather(&part, &owner, members, trail);
        }
        trail.pop();
        gather_own(&target, &owner, members);
    }
}

/// Collects what a schema says by itself.
fn gather_own<'s>(at: &Cursor<'s>, owner: &Name, members: &mut Members<'s>) {
    for (wire, schema) in at.get("properties").iter().flat_map(Cursor::entries) {
        if schema.node().as_map().is_some() || schema.node().as_bool() == Some(true) {
            members.add(Property { wire: wire.to_owned(), at: schema, owner: owner.clone() });
        }
    }
    let required =
        at.get("required").iter().flat_map(Cursor::items).filter_map(|name| name.as_str().map(str::to_owned)).collect::<Vec<_>>();
    members.required.extend(required);
    if super::choice::has_alternatives(at) {
        members.choices.push((at.clone(), owner.clone()));
    } else if types(at).contains(&"object") || at.node().get("additionalProperties").is_some() {
        members.object = members.object.take().or_else(|| Some(at.clone()));
    } else if !has_properties(at) && at.get("allOf").is_none() && says_something(at) {
        members.scalars.push(at.clone());
    }
}

/// Whether a part of an `allOf` adds nothing to the shape.
fn is_trivial(part: &Cursor<'_>) -> bool {
    !says_something(part) && part.get("required").is_none()
}

/// More parts of parts than any honest schema has.
const MAX_PARTS_DEEP: usize = 64;
