//! Request bodies.

use super::document::{Document, Node, SpecError};
use super::media::MediaRange;
use super::outline::Outline;
use super::schema::{Direction, Schema};

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
    /// Present for JSON and for forms: other bodies are opaque.
    pub(crate) schema: Option<Schema>,
    /// Other names, and which parts are files.
    pub(crate) outline: Outline,
}

pub(crate) fn read(document: &Document, operation: &Node<'_>) -> Result<Option<RequestBody>, SpecError> {
    let Some(node) = document.member(operation, "requestBody")? else { return Ok(None) };
    let required = document.flag(&node, "required")?.unwrap_or(false);
    let media = read_content(document, &node, Direction::Request)?;
    match media.iter().any(|m| m.range.is_url_encoded()) {
        true => Err(document.error(&node.at, "the mock cannot judge URL-encoded bodies yet")),
        false => Ok(Some(RequestBody { required, media })),
    }
}

/// The `content` of a body or an answer.
pub(crate) fn read_content(document: &Document, node: &Node<'_>, direction: Direction) -> Result<Vec<Media>, SpecError> {
    let Some(content) = document.member(node, "content")? else { return Ok(Vec::new()) };
    let read = |(name, media): (&str, Node<'_>)| {
        let range = MediaRange::parse(name).ok_or_else(|| document.error(&media.at, format!("`{name}` is no media type")))?;
        let (schema, outline) = match media.value.get("schema") {
            Some(value) if range.is_json() || range.is_form() => {
                let node = Node { value, at: media.at.key("schema") };
                (Some(Schema::compile(document, &node, direction)?), Outline::read(document, &node)?)
            }
            _ => (None, Outline::default()),
        };
        Ok(Media { range, schema, outline })
    };
    document.members(&content)?.into_iter().map(read).collect()
}
