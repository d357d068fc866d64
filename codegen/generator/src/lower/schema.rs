use super::Lower;
use super::docs::schema_docs;
use super::draft::{Label, Shape, nullable};
use super::name::Name;
use crate::check::bits_of;
use crate::diagnostic::Tag;
use crate::ir::{Prim, TypeRef};
use crate::source::{Cursor, Value};

impl<'s> Lower<'_, 's> {
    /// The type of a schema. What needs a type of its own becomes a draft.
    pub(super) fn schema(&mut self, at: &Cursor<'s>, name: &Name) -> TypeRef {
        if let Some(reference) = at.str("$ref") {
            let ty = at.resolve(reference).map_or(TypeRef::Json, |target| self.reference(&target));
            return if at.bool("nullable") == Some(true) { nullable(ty) } else { ty };
        }
        if !is_complex(at) {
            let ty = self.simple(at, name);
            return if is_nullable(at) { nullable(ty) } else { ty };
        }
        let spot = at.spot();
        let id = match self.drafts.find(&spot) {
            // A `$ref` led here before; the place itself knows a better name.
            Some(id) if self.drafts.take_over(id, name) => id,
            Some(id) => return TypeRef::Named(id),
            None => self.drafts.open(Label::Anonymous(name.clone()), schema_docs(at), spot),
        };
        let shape = self.shape(at, name);
        self.drafts.fill(id, shape, is_nullable(at));
        TypeRef::Named(id)
    }

    /// The type of a member or parameter; most need no name, so that it is only made where one does.
    pub(super) fn schema_called(&mut self, at: &Cursor<'s>, name: impl FnOnce(&Self) -> Name) -> TypeRef {
        let unnamed = at.get("$ref").is_some() || !(is_complex(at) || holds_others(at));
        let name = if unnamed { Name::default() } else { name(self) };
        self.schema(at, &name)
    }

    /// The type of a schema that a `$ref` leads to; it is looked at later, so that references cannot nest.
    pub(super) fn reference(&mut self, target: &Cursor<'s>) -> TypeRef {
        let spot = target.spot();
        if let Some(id) = self.drafts.find(&spot) {
            return TypeRef::Named(id);
        }
        let (name, component) = self.name_of(target);
        let label = component.map_or_else(|| Label::Anonymous(name), Label::Component);
        let id = self.drafts.open(label, schema_docs(target), spot);
        self.drafts.defer(id, target.clone());
        TypeRef::Named(id)
    }

    /// Looks at every schema that was referred to.
    pub(super) fn settle_references(&mut self) {
        while let Some((id, at)) = self.drafts.next() {
            let (name, _) = self.name_of(&at);
            let shape = match at.str("$ref") {
                Some(_) => Shape::Alias(self.schema(&at, &name)),
                None => self.shape(&at, &name),
            };
            self.drafts.fill(id, shape, is_nullable(&at));
        }
    }

    /// What the thing at a place is called, and its name if the document gives it one.
    pub(super) fn name_of(&self, at: &Cursor<'s>) -> (Name, Option<String>) {
        let file = self.sources.file(at.file()).map_or("", |file| &file.name);
        let (name, component) = Name::of_spot(&at.spot(), file);
        match component.as_ref().and_then(|component| self.config.rename.get(component)) {
            Some(chosen) => (Name::new(chosen), component),
            None => (name, component),
        }
    }

    /// The shape of a schema that is no reference.
    fn shape(&mut self, at: &Cursor<'s>, name: &Name) -> Shape {
        if let Some(flags) = flags(at) {
            return Shape::Flags(flags);
        }
        let scalar = !types(at).iter().any(|ty| matches!(*ty, "array" | "object"));
        if scalar && let Some(shape) = self.enumeration(at) {
            return shape;
        }
        if at.get("allOf").is_some() {
            return self.all_of(at, name);
        }
        if at.get("oneOf").is_some() || at.get("anyOf").is_some() {
            return self.one_of(at, name);
        }
        if has_properties(at) {
            return Shape::Struct(self.own_fields(at, name));
        }
        if at.get("not").is_some() && types(at).is_empty() {
            return Shape::Alias(self.json(at, "`not` says what a value is not, which is no Rust type"));
        }
        match types(at).as_slice() {
            several @ [_, _, ..] => self.by_type(at, several, name),
            _ => Shape::Alias(self.simple(at, name)),
        }
    }

    /// The shape of a schema that is all another one has to say, and takes its name.
    pub(super) fn instead(&mut self, only: &Cursor<'s>, name: &Name) -> Shape {
        if only.get("$ref").is_some() || is_nullable(only) { Shape::Alias(self.schema(only, name)) } else { self.shape(only, name) }
    }

    /// Any JSON value, because the schema cannot be more than that.
    pub(super) fn json(&mut self, at: &Cursor<'s>, why: &str) -> TypeRef {
        self.warn(Tag::SchemaAsJson, format!("this schema becomes any JSON value: {why}"), at);
        TypeRef::Json
    }

    /// The type of a schema without properties, alternatives or known values.
    fn simple(&mut self, at: &Cursor<'s>, name: &Name) -> TypeRef {
        match types(at).as_slice() {
            [] if at.get("items").is_some() => self.of_type(at, "array", name),
            [] if at.get("additionalProperties").is_some_and(|more| more.node().as_map().is_some()) => self.of_type(at, "object", name),
            [] => TypeRef::Json,
            [ty, ..] => self.of_type(at, ty, name),
        }
    }

    /// The type of a schema, taken as one of the JSON types.
    pub(super) fn of_type(&mut self, at: &Cursor<'s>, ty: &str, name: &Name) -> TypeRef {
        let format = at.str("format").unwrap_or_default();
        TypeRef::Prim(match ty {
            "string" | "file" => text(format),
            "boolean" => Prim::Bool,
            "integer" if format == "int32" => Prim::I32,
            "integer" => Prim::I64,
            "number" if format == "float" => Prim::F32,
            "number" => Prim::F64,
            "array" => {
                let entry = at.get("items").filter(|items| items.node().as_map().is_some());
                return TypeRef::List(Box::new(entry.map_or(TypeRef::Json, |entry| self.schema(&entry, &name.entry("item")))));
            }
            "object" => {
                let value = map_value(at).map_or(TypeRef::Json, |value| self.schema(&value, &name.entry("value")));
                return TypeRef::Map(Box::new(value));
            }
            _ => return TypeRef::Json,
        })
    }
}

/// The schema of the values of a map.
fn map_value<'s>(at: &Cursor<'s>) -> Option<Cursor<'s>> {
    let is_schema = |at: &Cursor<'s>| at.node().as_map().is_some_and(|map| !map.is_empty());
    at.get("additionalProperties").filter(is_schema).or_else(|| {
        let patterns = at.get("patternProperties")?;
        let mut values = patterns.entries().map(|(_, value)| value);
        let only = values.next()?;
        (values.next().is_none() && is_schema(&only)).then_some(only)
    })
}

/// The type of a text with this format. Formats of no consequence on the wire stay text.
pub(super) fn text(format: &str) -> Prim {
    match format {
        "date-time" | "date-time-local" | "datetime" => Prim::DateTime,
        "date" => Prim::Date,
        "byte" | "base64" => Prim::Base64,
        "password" => Prim::Secret,
        _ => Prim::String,
    }
}

/// The named bits of an integer, if it has such.
fn flags(at: &Cursor<'_>) -> Option<Vec<(String, i64)>> {
    let flags = at.get("x-flags").filter(|_| types(at) == ["integer"])?;
    let flags: Vec<_> = flags.entries().filter_map(|(name, bits)| Some((name.to_owned(), bits_of(&bits)?))).collect();
    (!flags.is_empty()).then_some(flags)
}

/// The JSON types a schema allows, null left out.
pub(super) fn types<'s>(at: &Cursor<'s>) -> Vec<&'s str> {
    let Some(ty) = at.node().get("type") else { return Vec::new() };
    let all = ty.as_str().into_iter().chain(ty.as_list().into_iter().flatten().filter_map(|node| node.as_str()));
    all.filter(|ty| *ty != "null").collect()
}

/// Whether a schema says itself that null is allowed.
pub(super) fn is_nullable(at: &Cursor<'_>) -> bool {
    let null_type = |ty: &Value| match ty {
        Value::String(text) => text == "null",
        Value::List(types) => types.iter().any(|ty| ty.as_str() == Some("null")),
        _ => false,
    };
    at.bool("nullable") == Some(true)
        || is_null(at)
        || at.node().get("type").is_some_and(|ty| null_type(&ty.value))
        || at.node().get("enum").and_then(|values| values.as_list()).is_some_and(|values| values.iter().any(crate::source::Node::is_null))
        || ["oneOf", "anyOf"].iter().filter_map(|key| at.get(key)).any(|arms| arms.items().any(|arm| is_nullable(&arm)))
}

/// Whether a schema allows nothing but null.
pub(super) fn is_null(at: &Cursor<'_>) -> bool {
    let only_null = |values: &[crate::source::Node]| !values.is_empty() && values.iter().all(crate::source::Node::is_null);
    at.str("type") == Some("null")
        || at.node().get("enum").and_then(|values| values.as_list()).is_some_and(only_null)
        || at.node().get("const").is_some_and(crate::source::Node::is_null)
        || (at.bool("nullable") == Some(true) && !says_something(at))
}

/// Whether a schema says anything about the shape of its values.
pub(super) fn says_something(at: &Cursor<'_>) -> bool {
    const KEYWORDS: [&str; 11] =
        ["$ref", "type", "properties", "items", "allOf", "oneOf", "anyOf", "enum", "const", "additionalProperties", "patternProperties"];
    KEYWORDS.iter().any(|key| at.node().get(key).is_some())
}

pub(super) fn has_properties(at: &Cursor<'_>) -> bool {
    at.node().get("properties").and_then(|node| node.as_map()).is_some_and(|map| !map.is_empty())
}

/// Whether a schema is about lists or maps.
fn holds_others(at: &Cursor<'_>) -> bool {
    ["items", "additionalProperties", "patternProperties"].iter().any(|key| at.node().get(key).is_some())
}

/// Whether a schema may need a type of its own.
fn is_complex(at: &Cursor<'_>) -> bool {
    const KEYWORDS: [&str; 6] = ["allOf", "oneOf", "anyOf", "enum", "const", "not"];
    flags(at).is_some() || has_properties(at) || KEYWORDS.iter().any(|key| at.node().get(key).is_some()) || types(at).len() > 1
}
