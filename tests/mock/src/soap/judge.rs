//! An element held to its declaration, and the value it stands for.
//!
//! A complex type becomes a JSON object: a member per element (a list where it may repeat), `@name` per attribute, `$` for
//! character data, `*` for what only a wildcard admits. A type that is known in part takes elements it does not name. Numbers and booleans become such, every other simple type stays text.

mod align;

use super::name::QName;
use super::schema::{Complex, Content, Element, Presence, Process, Schemas, Type, TypeId};
use super::xml::{self, XSI};
use crate::judge::{Problem, Reason};
use align::{Aligned, Place};
use roxmltree::Node;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Judges elements.
pub(crate) struct Judge<'s> {
    schemas: &'s Schemas,
    /// Whether an element that is there must have content.
    refuses_empty: bool,
    pub(crate) problems: Vec<Problem>,
}

impl<'s> Judge<'s> {
    pub(crate) fn new(schemas: &'s Schemas, refuses_empty: bool) -> Self {
        Self { schemas, refuses_empty, problems: Vec::new() }
    }

    /// The child of a body; it alone may always be empty.
    pub(crate) fn root(&mut self, node: Node<'_, '_>, element: &Arc<Element>) -> Value {
        self.content(node, element.ty, &format!("/{}", element.name.local))
    }

    fn problem(&mut self, reason: Reason, at: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(reason, format!("body {at}"), message));
    }

    fn element(&mut self, node: Node<'_, '_>, element: &Element, at: &str) -> Value {
        let is_empty = !xml::elements(node).any(|_| true) && xml::text(node).is_empty();
        match node.attribute((XSI, "nil")).map(str::trim) {
            None | Some("false" | "0") => {}
            Some("true" | "1") => {
                if !element.nillable {
                    self.problem(Reason::BadValue, at, "it may not be nil");
                }
                if !is_empty {
                    self.problem(Reason::BadValue, at, "it is nil and has content");
                }
                return Value::Null;
            }
            Some(other) => self.problem(Reason::BadValue, at, format!("xsi:nil is `{other}`")),
        }
        if is_empty && self.refuses_empty {
            self.problem(Reason::EmptyElement, at, "the service does not support empty elements: leave it out");
            return Value::Null;
        }
        let value = self.content(node, element.ty, at);
        if let Some(fixed) = element.fixed.as_ref().filter(|fixed| **fixed != xml::text(node)) {
            self.problem(Reason::BadValue, at, format!("it is always `{fixed}`"));
        }
        value
    }

    fn content(&mut self, node: Node<'_, '_>, declared: TypeId, at: &str) -> Value {
        let Some(ty) = self.actual_type(node, declared, at) else { return Value::Null };
        match self.schemas.ty(ty) {
            Type::Simple(_) => {
                for attribute in node.attributes().filter(|a| a.namespace() != Some(XSI)) {
                    self.problem(Reason::UnknownElement, at, format!("the schema has no attribute `{}` here", attribute.name()));
                }
                self.text(node, ty, at)
            }
            Type::Complex(complex) if complex.is_abstract => {
                self.problem(Reason::BadValue, at, "its type is abstract: xsi:type must say which one it is");
                Value::Null
            }
            Type::Complex(complex) => self.complex(node, complex, at),
        }
    }

    /// The declared type, or the one derived from it that `xsi:type` names.
    fn actual_type(&mut self, node: Node<'_, '_>, declared: TypeId, at: &str) -> Option<TypeId> {
        let Some(text) = node.attribute((XSI, "type")) else { return Some(declared) };
        let Some(ty) = QName::resolve(text, node).and_then(|name| self.schemas.named(&name)) else {
            self.problem(Reason::BadValue, at, format!("xsi:type names no type: `{text}`"));
            return None;
        };
        if !self.schemas.derives(ty, declared) {
            self.problem(Reason::BadValue, at, format!("xsi:type names a type that may not stand here: `{text}`"));
            return None;
        }
        Some(ty)
    }

    fn text(&mut self, node: Node<'_, '_>, ty: TypeId, at: &str) -> Value {
        for child in xml::elements(node) {
            self.problem(Reason::UnknownElement, at, format!("`{}` where there is only text", child.tag_name().name()));
        }
        self.schemas.read_text(ty, &xml::text(node)).unwrap_or_else(|message| {
            self.problem(Reason::BadValue, at, message);
            Value::Null
        })
    }

    fn complex(&mut self, node: Node<'_, '_>, complex: &'s Complex, at: &str) -> Value {
        let mut object = Map::new();
        self.attributes(node, complex, at, &mut object);
        match &complex.content {
            Content::Text(ty) => drop(object.insert("$".to_owned(), self.text(node, *ty, at))),
            Content::Elements(particle) => {
                let text = xml::text(node);
                if complex.mixed {
                    object.insert("$".to_owned(), Value::from(xml::inner(node)));
                } else if !text.trim().is_empty() {
                    self.problem(Reason::BadValue, at, format!("text between elements: `{}`", text.trim()));
                }
                let children: Vec<Node<'_, '_>> = xml::elements(node).collect();
                let aligned = Aligned::new(self.schemas, particle, &children, complex.open);
                for (reason, message, child) in aligned.problems {
                    let at = child.map_or_else(|| at.to_owned(), |child| format!("{at}/{child}"));
                    self.problem(reason, &at, message);
                }
                for (child, place) in aligned.placed {
                    self.place(child, &place, at, &mut object);
                }
            }
        }
        Value::Object(object)
    }

    fn place(&mut self, child: Node<'_, '_>, place: &Place, at: &str, object: &mut Map<String, Value>) {
        let name = QName::of(child);
        let (element, many) = match place {
            Place::Element(element, many) => (element.clone(), *many),
            Place::Any(process) => {
                let declared = self.schemas.element(&name).filter(|_| *process != Process::Skip).cloned();
                if let Some(element) = declared {
                    self.element(child, &element, &format!("{at}/{}", name.local));
                } else if *process == Process::Strict {
                    self.problem(Reason::UnknownElement, &format!("{at}/{}", name.local), "it is declared nowhere");
                }
                return push(object, "*", Value::from(xml::outer(child)));
            }
            Place::Unnamed => return self.unnamed(child, name, at, object),
        };
        let nth = object.get(&name.local).and_then(Value::as_array).map(|list| format!("[{}]", list.len() + 1));
        let below = format!("{at}/{}{}", name.local, nth.unwrap_or_default());
        let value = self.element(child, &element, &below);
        match many {
            true => push(object, &name.local, value),
            false => drop(object.insert(name.local, value)),
        }
    }

    /// An element of a type that is known in part: text under its name, anything else as it is.
    fn unnamed(&mut self, child: Node<'_, '_>, name: QName, at: &str, object: &mut Map<String, Value>) {
        let plain = !xml::elements(child).any(|_| true) && child.attributes().len() == 0;
        let own = child.parent_element().is_some_and(|parent| parent.tag_name().namespace() == child.tag_name().namespace());
        if plain && xml::text(child).is_empty() && self.refuses_empty {
            let at = format!("{at}/{}", name.local);
            return self.problem(Reason::EmptyElement, &at, "the service does not support empty elements: leave it out");
        }
        match plain && own && !object.contains_key(&name.local) {
            true => drop(object.insert(name.local, Value::from(xml::text(child)))),
            false => push(object, "*", Value::from(xml::outer(child))),
        }
    }

    fn attributes(&mut self, node: Node<'_, '_>, complex: &Complex, at: &str, object: &mut Map<String, Value>) {
        for attribute in node.attributes().filter(|a| a.namespace() != Some(XSI)) {
            let name = QName::new(attribute.namespace().unwrap_or_default(), attribute.name());
            let Some(declared) = complex.attributes.iter().find(|a| a.name == name && a.presence != Presence::Prohibited) else {
                if !complex.any_attribute {
                    self.problem(Reason::UnknownElement, at, format!("the schema has no attribute `{}` here", name.local));
                }
                continue;
            };
            if declared.fixed.as_ref().is_some_and(|fixed| fixed != attribute.value()) {
                self.problem(
                    Reason::BadValue,
                    at,
                    format!("attribute `{}` is always `{}`", name.local, declared.fixed.clone().unwrap_or_default()),
                );
            }
            match self.schemas.read_text(declared.ty, attribute.value()) {
                Ok(value) => drop(object.insert(format!("@{}", name.local), value)),
                Err(message) => self.problem(Reason::BadValue, at, format!("attribute `{}`: {message}", name.local)),
            }
        }
        let missing = complex.attributes.iter().filter(|a| a.presence == Presence::Required);
        for declared in missing.filter(|a| !node.attributes().any(|sent| sent.name() == a.name.local)) {
            self.problem(Reason::MissingElement, at, format!("attribute `{}` is missing", declared.name.local));
        }
    }
}

fn push(object: &mut Map<String, Value>, key: &str, value: Value) {
    match object.get_mut(key) {
        Some(Value::Array(list)) => list.push(value),
        _ => drop(object.insert(key.to_owned(), Value::Array(vec![value]))),
    }
}
