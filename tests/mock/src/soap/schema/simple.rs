//! Texts held to simple types.

use super::builtin::collapse;
use super::{Complex, Content, Schemas, Simple, Type, TypeId};
use serde_json::Value;

impl Schemas {
    /// The value a text stands for in a simple type, or what is wrong with it.
    pub(crate) fn read_text(&self, ty: TypeId, text: &str) -> Result<Value, String> {
        match self.ty(ty) {
            Type::Complex(Complex { content: Content::Text(inner), .. }) => self.read_text(*inner, text),
            Type::Complex(_) => Ok(Value::from(text)),
            Type::Simple(Simple::Builtin(builtin)) => builtin.read(text),
            Type::Simple(Simple::Restriction { base, facets }) => {
                let value = self.read_text(*base, text)?;
                let items = value.as_array().map(Vec::len);
                let shown = match &value {
                    Value::String(text) => text.clone(),
                    Value::Array(_) => collapse(text),
                    other => other.to_string(),
                };
                facets.check(&shown, items)?;
                Ok(if facets.collapses && value.is_string() { Value::from(collapse(&shown)) } else { value })
            }
            Type::Simple(Simple::List(item)) => {
                collapse(text).split(' ').filter(|word| !word.is_empty()).map(|word| self.read_text(*item, word)).collect()
            }
            Type::Simple(Simple::Union(members)) => {
                let mut complaints = Vec::new();
                for member in members {
                    match self.read_text(*member, text) {
                        Ok(value) => return Ok(value),
                        Err(complaint) => complaints.push(complaint),
                    }
                }
                Err(complaints.join(" and "))
            }
        }
    }

    /// The name of the built-in type behind a simple one.
    pub(crate) fn builtin(&self, ty: TypeId) -> Option<&'static str> {
        match self.ty(ty) {
            Type::Simple(Simple::Builtin(builtin)) => Some(builtin.name),
            Type::Simple(Simple::Restriction { base, .. }) => self.builtin(*base),
            _ => None,
        }
    }
}
