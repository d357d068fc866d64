//! Parameters: where they are, how they are written, what they may hold.

use super::document::{Document, Node, SpecError};
use super::schema::{Direction, Schema};
use serde_json::Value;
use std::collections::BTreeMap;

/// A declared parameter.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) encoding: Encoding,
    pub(crate) shape: Shape,
    /// Judges the whole decoded value.
    pub(crate) schema: Schema,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value becomes text: `style` and `explode` in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `a=1`
    Plain,
    /// `a=1&a=2`
    Repeated,
    /// `a=1,2`, `a=1 2`, `a=1|2`
    Joined(char),
    /// `a[x]=1&a[y]=2`
    Deep,
    /// `x=1&y=2`
    Members,
    /// JSON text.
    Json,
}

/// What the text must be taken apart into before it can be judged.
#[derive(Debug)]
pub(crate) enum Shape {
    Scalar(Scalar),
    List(Scalar),
    Object(BTreeMap<String, Scalar>),
}

/// A single value in text form.
#[derive(Debug)]
pub(crate) struct Scalar(Schema);

impl Scalar {
    /// The typed reading of a text: one that is allowed; else one that is at least of a wanted type, for the judge to
    /// complain about its value; else the text itself.
    pub(crate) fn read(&self, text: &str) -> Value {
        let typed = [text.parse::<bool>().ok().map(Value::from), number(text)];
        let readings: Vec<Value> = typed.into_iter().flatten().chain([Value::from(text)]).collect();
        let allowed = readings.iter().find(|value| self.0.accepts(value));
        let reading = allowed.or_else(|| readings.iter().find(|value| !self.0.mistypes(value)));
        reading.cloned().unwrap_or_else(|| Value::from(text))
    }

    /// Whether a yes/no value is wanted here.
    pub(crate) fn is_boolean(&self) -> bool {
        self.0.accepts(&Value::Bool(true)) && !self.0.accepts(&Value::from("1")) && !self.0.accepts(&Value::from(1))
    }
}

/// Numbers as JSON writes them: no sign but minus, no leading zeros, no spaces.
fn number(text: &str) -> Option<Value> {
    serde_json::from_str::<Value>(text).ok().filter(|value| value.is_number() && text.trim() == text)
}

/// The parameters of an operation: the path item's, unless the operation has one of the same name and place.
pub(crate) fn read_all(document: &Document, item: &Node<'_>, operation: &Node<'_>) -> Result<Vec<Parameter>, SpecError> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for node in [item, operation] {
        let Some(list) = document.member(node, "parameters")? else { continue };
        for element in document.elements(&list)? {
            let parameter = read_one(document, &element)?;
            parameters.retain(|p| (p.place, &p.name) != (parameter.place, &parameter.name));
            parameters.push(parameter);
        }
    }
    Ok(parameters)
}

fn read_one(document: &Document, node: &Node<'_>) -> Result<Parameter, SpecError> {
    let missing = |key: &str| document.error(&node.at, format!("a parameter needs `{key}`"));
    let name = document.text(node, "name")?.ok_or_else(|| missing("name"))?.to_owned();
    let place = match document.text(node, "in")?.ok_or_else(|| missing("in"))? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        other => return Err(document.error(&node.at.key("in"), format!("no parameter can be in `{other}`"))),
    };
    let required = document.flag(node, "required")?.unwrap_or(false);
    if place == Place::Path && !required {
        return Err(document.error(&node.at, format!("path parameter `{name}` must be required")));
    }
    let (schema, is_json) = schema_node(document, node)?.ok_or_else(|| missing("schema"))?;
    let shape = if is_json { Shape::Scalar(scalar(document, &schema)?) } else { shape(document, &schema)? };
    let encoding = if is_json { Encoding::Json } else { encoding(document, node, place, &shape)? };
    let schema = Schema::compile(document, &schema, Direction::Request)?;
    Ok(Parameter { name, place, required, encoding, shape, schema })
}

/// The parameter's schema, and whether it is written as JSON (`content` instead of `schema`).
fn schema_node<'d>(document: &'d Document, node: &Node<'d>) -> Result<Option<(Node<'d>, bool)>, SpecError> {
    if let Some(value) = node.value.get("schema") {
        return Ok(Some((Node { value, at: node.at.key("schema") }, false)));
    }
    let Some(content) = document.member(node, "content")? else { return Ok(None) };
    let Some(media) = document.member(&content, "application/json")? else {
        return Err(document.error(&content.at, "a parameter's content must be application/json"));
    };
    Ok(media.value.get("schema").map(|value| (Node { value, at: media.at.key("schema") }, true)))
}

pub(super) fn shape(document: &Document, schema: &Node<'_>) -> Result<Shape, SpecError> {
    let resolved = document.follow(schema.clone())?;
    match document.text(&resolved, "type")? {
        Some("array") => {
            let value = resolved.value.get("items").ok_or_else(|| document.error(&resolved.at, "an array needs `items`"))?;
            Ok(Shape::List(scalar(document, &Node { value, at: resolved.at.key("items") })?))
        }
        Some("object") => {
            let mut members = BTreeMap::new();
            if let Some(properties) = document.member(&resolved, "properties")? {
                for (name, node) in document.members(&properties)? {
                    members.insert(name.to_owned(), scalar(document, &node)?);
                }
            }
            Ok(Shape::Object(members))
        }
        _ => Ok(Shape::Scalar(scalar(document, schema)?)),
    }
}

fn scalar(document: &Document, node: &Node<'_>) -> Result<Scalar, SpecError> {
    Schema::compile(document, node, Direction::Request).map(Scalar)
}

fn encoding(document: &Document, node: &Node<'_>, place: Place, shape: &Shape) -> Result<Encoding, SpecError> {
    let standard = match place {
        Place::Path | Place::Header => "simple",
        Place::Query | Place::Cookie => "form",
    };
    let style = document.text(node, "style")?.unwrap_or(standard);
    let explode = document.flag(node, "explode")?.unwrap_or(style == "form");
    match (style, shape, explode) {
        ("form" | "simple", Shape::Scalar(_), _) if style == standard => Ok(Encoding::Plain),
        ("form", Shape::List(_), true) if place == Place::Query => Ok(Encoding::Repeated),
        ("form", Shape::List(_), false) if place == Place::Query => Ok(Encoding::Joined(',')),
        ("form", Shape::Object(_), true) if place == Place::Query => Ok(Encoding::Members),
        ("simple", Shape::List(_), _) if style == standard => Ok(Encoding::Joined(',')),
        ("spaceDelimited", Shape::List(_), false) if place == Place::Query => Ok(Encoding::Joined(' ')),
        ("pipeDelimited", Shape::List(_), false) if place == Place::Query => Ok(Encoding::Joined('|')),
        ("deepObject", Shape::Object(_), _) if place == Place::Query => Ok(Encoding::Deep),
        _ => {
            let message = format!("style `{style}`, explode {explode} is not supported for this value in {}", place.word());
            Err(document.error(&node.at, message))
        }
    }
}
