//! OpenAPI 3.0 schema objects as JSON Schema 2020-12, judged by a validator crate.

use super::document::{Document, Node, Offsets, Pointer, SpecError};
use jiff::Timestamp;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Which way the judged value travels; it decides what `readOnly` and `writeOnly` mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Answer,
}

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema(jsonschema::Validator);

impl Schema {
    pub(crate) fn compile(document: &Document, node: &Node<'_>, direction: Direction) -> Result<Self, SpecError> {
        let mut converter = Converter { document, direction, names: BTreeMap::new(), queue: Vec::new() };
        let mut root = match converter.closed(node)? {
            Value::Object(map) => map,
            other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
        };
        root.insert("$defs".to_owned(), converter.definitions()?);
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
        let options = match document.offsets {
            Offsets::Colon => options,
            Offsets::Any => options.with_format("date-time", |text: &str| moment(text).is_some()),
        };
        options.build(&Value::Object(root)).map(Self).map_err(|e| document.error(&node.at, format!("not a usable schema: {e}")))
    }

    pub(crate) fn accepts(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Whether the value as a whole is of a type that is not wanted.
    pub(crate) fn mistypes(&self, value: &Value) -> bool {
        self.0.iter_errors(value).any(|e| matches!(e.kind(), ValidationErrorKind::Type { .. }) && e.instance_path().as_str().is_empty())
    }

    /// What is wrong with a value; empty when nothing is.
    pub(crate) fn violations(&self, value: &Value) -> Vec<Violation> {
        self.0.iter_errors(value).map(|e| Violation { pointer: e.instance_path().as_str().to_owned(), message: e.to_string() }).collect()
    }
}

/// What a schema found wrong with a value.
#[derive(Debug)]
pub(crate) struct Violation {
    /// JSON pointer into the value.
    pub(crate) pointer: String,
    pub(crate) message: String,
}

struct Converter<'d> {
    document: &'d Document,
    direction: Direction,
    /// Name under `$defs` of each referenced schema.
    names: BTreeMap<Pointer, String>,
    queue: Vec<Node<'d>>,
}

impl<'d> Converter<'d> {
    fn definitions(mut self) -> Result<Value, SpecError> {
        let mut definitions = Map::new();
        while let Some(node) = self.queue.pop() {
            let name = self.names[&node.at].clone();
            let schema = self.schema(&node)?;
            definitions.insert(name, schema);
        }
        Ok(Value::Object(definitions))
    }

    fn schema(&mut self, node: &Node<'_>) -> Result<Value, SpecError> {
        let source = node.value.as_object().ok_or_else(|| self.error(node, "a schema must be an object"))?;
        // Siblings of `$ref` have no meaning in OpenAPI 3.0.
        if let Some(reference) = source.get("$ref") {
            return self.reference(reference, node);
        }
        let mut target = Map::new();
        for (keyword, value) in source {
            self.keyword(keyword, &Node { value, at: node.at.key(keyword) }, source, &mut target)?;
        }
        Ok(nullable(source, target))
    }

    /// The schema at a place of its own (not an arm of `allOf` and the like). In a request an object with declared members may
    /// hold no others unless the document says `additionalProperties`: what nobody declared is a misspelling.
    fn closed(&mut self, node: &Node<'_>) -> Result<Value, SpecError> {
        let mut schema = self.schema(node)?;
        let declares = |value: &Value| ["properties", "allOf", "oneOf", "anyOf"].iter().any(|keyword| value.get(keyword).is_some());
        if self.direction == Direction::Request && declares(self.document.follow(Node { value: node.value, at: node.at.clone() })?.value) {
            // Beside a converted `anyOf` for null or a `$ref`: the keyword sees through both.
            if let Some(map) = schema.as_object_mut() {
                map.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
        }
        Ok(schema)
    }

    fn reference(&mut self, reference: &Value, node: &Node<'_>) -> Result<Value, SpecError> {
        let text = reference.as_str().ok_or_else(|| self.error(node, "`$ref` must be text"))?;
        let target = self.document.target(text, &node.at)?;
        let next = format!("s{}", self.names.len());
        let name = match self.names.get(&target.at) {
            Some(name) => name.clone(),
            None => {
                self.names.insert(target.at.clone(), next.clone());
                self.queue.push(target);
                next
            }
        };
        Ok(json!({ "$ref": format!("#/$defs/{name}") }))
    }

    fn keyword(
        &mut self,
        keyword: &str,
        node: &Node<'_>,
        source: &Map<String, Value>,
        target: &mut Map<String, Value>,
    ) -> Result<(), SpecError> {
        let converted = match keyword {
            "type" => self.type_name(node)?,
            "multipleOf" | "maxLength" | "minLength" | "pattern" | "maxItems" | "minItems" | "uniqueItems" | "maxProperties"
            | "minProperties" | "enum" => node.value.clone(),
            "maximum" => return self.bound(node, source, "exclusiveMaximum", "maximum", target),
            "minimum" => return self.bound(node, source, "exclusiveMinimum", "minimum", target),
            "format" => return self.format(node, target),
            "required" => self.required(node, source)?,
            "properties" => self.map(node)?,
            "not" => self.schema(node)?,
            "additionalProperties" if node.value.is_boolean() => node.value.clone(),
            "items" | "additionalProperties" => self.closed(node)?,
            "allOf" | "oneOf" | "anyOf" => self.list(node)?,
            // Handled beside the keyword they belong to, or without a say in what is valid.
            "nullable" | "exclusiveMaximum" | "exclusiveMinimum" | "title" | "description" | "default" | "example" | "deprecated"
            | "discriminator" | "xml" | "externalDocs" | "readOnly" | "writeOnly" => return Ok(()),
            _ if keyword.starts_with("x-") => return Ok(()),
            _ => return Err(self.error(node, format!("`{keyword}` is no keyword of an OpenAPI 3.0 schema"))),
        };
        target.insert(keyword.to_owned(), converted);
        Ok(())
    }

    fn type_name(&self, node: &Node<'_>) -> Result<Value, SpecError> {
        match node.value.as_str() {
            Some("string" | "number" | "integer" | "boolean" | "array" | "object") => Ok(node.value.clone()),
            _ => Err(self.error(node, format!("{} is no type of OpenAPI 3.0", node.value))),
        }
    }

    /// OpenAPI 3.0 keeps the flag of draft 4 beside the bound; newer drafts have a bound of its own.
    fn bound(
        &self,
        node: &Node<'_>,
        source: &Map<String, Value>,
        exclusive: &str,
        inclusive: &str,
        target: &mut Map<String, Value>,
    ) -> Result<(), SpecError> {
        if !node.value.is_number() {
            return Err(self.error(node, "expected a number"));
        }
        let keyword = if source.get(exclusive) == Some(&Value::Bool(true)) { exclusive } else { inclusive };
        target.insert(keyword.to_owned(), node.value.clone());
        Ok(())
    }

    fn format(&self, node: &Node<'_>, target: &mut Map<String, Value>) -> Result<(), SpecError> {
        let name = node.value.as_str().ok_or_else(|| self.error(node, "`format` must be text"))?;
        if name == "int32" {
            let range = json!({ "minimum": i32::MIN, "maximum": i32::MAX });
            target.insert("if".to_owned(), json!({ "type": "number" }));
            target.insert("then".to_owned(), range);
        } else {
            target.insert("format".to_owned(), node.value.clone());
        }
        Ok(())
    }

    /// A read-only property is not required in a request, nor a write-only one in an answer.
    fn required(&self, node: &Node<'_>, source: &Map<String, Value>) -> Result<Value, SpecError> {
        let names = node.value.as_array().ok_or_else(|| self.error(node, "`required` must be an array"))?;
        let excused = match self.direction {
            Direction::Request => "readOnly",
            Direction::Answer => "writeOnly",
        };
        let mut kept = Vec::new();
        for name in names {
            let property = name.as_str().and_then(|name| source.get("properties")?.get(name));
            let resolved = match property {
                Some(value) => Some(self.document.follow(Node { value, at: node.at.clone() })?),
                None => None,
            };
            if resolved.and_then(|p| p.value.get(excused)) != Some(&Value::Bool(true)) {
                kept.push(name.clone());
            }
        }
        Ok(Value::Array(kept))
    }

    fn map(&mut self, node: &Node<'_>) -> Result<Value, SpecError> {
        let source = node.value.as_object().ok_or_else(|| self.error(node, "expected an object"))?;
        let mut target = Map::new();
        for (key, value) in source {
            target.insert(key.clone(), self.closed(&Node { value, at: node.at.key(key) })?);
        }
        Ok(Value::Object(target))
    }

    fn list(&mut self, node: &Node<'_>) -> Result<Value, SpecError> {
        let source = node.value.as_array().ok_or_else(|| self.error(node, "expected an array"))?;
        let schemas: Result<Vec<_>, _> =
            source.iter().enumerate().map(|(index, value)| self.schema(&Node { value, at: node.at.index(index) })).collect();
        schemas.map(Value::Array)
    }

    fn error(&self, node: &Node<'_>, message: impl Into<String>) -> SpecError {
        self.document.error(&node.at, message)
    }
}

/// A moment of RFC 3339, of which the colon in the offset may be missing.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let without_colon = || Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok();
    text.contains('T').then(|| text.parse().ok().or_else(without_colon))?
}

/// Null is one more allowed value, whatever the other keywords say. (The standard promises this only beside `type`;
/// documents in the field use it beside `allOf` and `enum` as well, and mean the same.)
fn nullable(source: &Map<String, Value>, target: Map<String, Value>) -> Value {
    if source.get("nullable") == Some(&Value::Bool(true)) {
        json!({ "anyOf": [{ "type": "null" }, target] })
    } else {
        Value::Object(target)
    }
}

#[cfg(test)]
mod tests;
