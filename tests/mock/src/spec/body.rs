//! Request bodies.

use super::document::{Document, Node, SpecError};
use super::media::MediaRange;
use super::outline::Outline;
use super::parameter::{self, Scalar, Shape};
use super::schema::{Direction, Schema};
use std::collections::BTreeMap;

/// What an operation takes as its body.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) media: Vec<Media>,
}

/// One accepted content type.
#[derive(Debug)]
pub(crate) struct Media {
    pub(crate) range: MediaRange,
    /// Present for JSON and for both sorts of forms: other bodies are opaque.
    pub(crate) schema: Option<Schema>,
    /// Other names, and which parts are files.
    pub(crate) outline: Outline,
    /// How the values of a URL-encoded form are read.
    pub(crate) fields: BTreeMap<String, Scalar>,
}

pub(crate) fn read(document: &Document, operation: &Node<'_>) -> Result<Option<RequestBody>, SpecError> {
    let Some(node) = document.member(operation, "requestBody")? else { return Ok(None) };
    let required = document.flag(&node, "required")?.unwrap_or(false);
    Ok(Some(RequestBody { required, media: read_content(document, &node, Direction::Request)? }))
}

/// The `content` of a body or an answer.
pub(crate) fn read_content(document: &Document, node: &Node<'_>, direction: Direction) -> Result<Vec<Media>, SpecError> {
    let Some(content) = document.member(node, "content")? else { return Ok(Vec::new()) };
    let read = |(name, media): (&str, Node<'_>)| {
        let range = MediaRange::parse(name).ok_or_else(|| document.error(&media.at, format!("`{name}` is no media type")))?;
        let opaque = Media { range: range.clone(), schema: None, outline: Outline::default(), fields: BTreeMap::new() };
        let Some(value) = media.value.get("schema") else { return Ok(opaque) };
        let node = Node { value, at: media.at.key("schema") };
        if range.is_url_encoded() {
            let Shape::Object(fields) = parameter::shape(document, &node)? else {
                return Err(document.error(&node.at, "a URL-encoded form is an object"));
            };
            return Ok(Media { schema: Some(Schema::compile(document, &node, direction)?), fields, ..opaque });
        }
        if range.is_json() || range.is_form() {
            let schema = Some(Schema::compile(document, &node, direction)?);
            return Ok(Media { schema, outline: Outline::read(document, &node)?, ..opaque });
        }
        Ok(opaque)
    };
    document.members(&content)?.into_iter().map(read).collect()
}
