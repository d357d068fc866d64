//! A value as the element that a declaration describes: what [`judge`](super::judge) reads, written.

use super::schema::{Complex, Content, Element, Schemas, Type, TypeId};
use super::xml::escape;
use serde_json::{Map, Value};
use std::fmt::Write;

/// What stands for a value of a built-in type that is not there; None where the element is left out then.
pub(crate) type Blank<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// Writes elements.
pub(crate) struct Writer<'s> {
    schemas: &'s Schemas,
    blank: Blank<'s>,
    out: String,
}

impl<'s> Writer<'s> {
    /// The element with what stands in it, or why the value does not fit.
    pub(crate) fn write(schemas: &'s Schemas, blank: Blank<'s>, element: &Element, value: &Value) -> Result<String, String> {
        let mut writer = Self { schemas, blank, out: String::new() };
        writer.element(element, value, "")?;
        Ok(writer.out)
    }

    /// `around`: the default namespace at this place.
    fn element(&mut self, element: &Element, value: &Value, around: &str) -> Result<(), String> {
        let (name, namespace) = (&element.name.local, element.name.namespace.as_str());
        self.out.push('<');
        self.out.push_str(name);
        if namespace != around {
            let _never_fails = write!(self.out, " xmlns=\"{}\"", escape(namespace));
        }
        if value.is_null() && element.nillable {
            self.out.push_str(" xsi:nil=\"true\"/>");
            return Ok(());
        }
        let start = self.out.len();
        let fail = |message: String| format!("{name}: {message}");
        match self.schemas.ty(element.ty) {
            Type::Simple(_) => {
                self.out.push('>');
                self.text(element.ty, value).map_err(fail)?;
            }
            Type::Complex(complex) => self.complex(element.ty, complex, value, namespace).map_err(fail)?,
        }
        if self.out.len() == start + 1 {
            self.out.truncate(start);
            self.out.push_str("/>");
        } else {
            let _never_fails = write!(self.out, "</{name}>");
        }
        Ok(())
    }

    fn complex(&mut self, ty: TypeId, complex: &Complex, value: &Value, namespace: &str) -> Result<(), String> {
        let object = match value {
            Value::Object(object) => object,
            Value::Null => &Map::new(),
            // A list stands for the only thing that such a type holds.
            Value::Array(_) => match self.schemas.members(ty).as_slice() {
                [member] if member.many => &Map::from_iter([(member.element.name.local.clone(), value.clone())]),
                _ => return Err("a list where there is none".to_owned()),
            },
            other => return Err(format!("{other} is no object")),
        };
        for attribute in &complex.attributes {
            if let Some(value) = object.get(&format!("@{}", attribute.name.local)) {
                let _never_fails = write!(self.out, " {}=\"{}\"", attribute.name.local, escape(&shown(value)));
            }
        }
        self.out.push('>');
        if let (true, Some(inner)) = (complex.mixed, object.get("$")) {
            self.out.push_str(&shown(inner));
            return Ok(());
        }
        if let Content::Text(inner) = complex.content {
            return self.text(inner, object.get("$").unwrap_or(&Value::Null));
        }
        let members = self.schemas.members(ty);
        let known = |key: &String| key.starts_with(['@', '$', '*']) || members.iter().any(|m| m.element.name.local == *key);
        let unnamed: Vec<&String> = object.keys().filter(|key| !known(key)).collect();
        if let (false, Some(key)) = (complex.open, unnamed.first()) {
            return Err(format!("the schema has no `{key}` here"));
        }
        for member in &members {
            match object.get(&member.element.name.local) {
                Some(Value::Array(list)) if member.many => {
                    list.iter().try_for_each(|item| self.element(member.element, item, namespace))?;
                }
                Some(Value::Null) if !member.element.nillable => {}
                Some(value) => self.element(member.element, value, namespace)?,
                None if member.chosen || member.many => {}
                None => {
                    if let Some(blank) = self.schemas.builtin(member.element.ty).and_then(self.blank) {
                        self.element(member.element, &Value::from(blank), namespace)?;
                    }
                }
            }
        }
        for key in unnamed {
            let _never_fails = write!(self.out, "<{key}>{}</{key}>", escape(&shown(&object[key])));
        }
        if let Some(Value::Array(list)) = object.get("*") {
            list.iter().for_each(|raw| self.out.push_str(&shown(raw)));
        }
        Ok(())
    }

    fn text(&mut self, ty: TypeId, value: &Value) -> Result<(), String> {
        let text = match value {
            Value::Object(_) => return Err("an object where there is only text".to_owned()),
            other => shown(other),
        };
        self.schemas.read_text(ty, &text)?;
        self.out.push_str(&escape(&text));
        Ok(())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
