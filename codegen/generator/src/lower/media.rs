use super::schema::types;
use crate::source::Cursor;

/// What is done with content of a media type, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
    /// It needs more than bytes: parts with headers of their own.
    Unsupported,
}

/// A media type of a body or answer, and what the document says of it.
#[derive(Clone, Debug)]
pub(super) struct Content<'s> {
    pub(super) media: Media,
    /// The media type to send or ask for.
    pub(super) mime: String,
    pub(super) at: Cursor<'s>,
}

impl<'s> Content<'s> {
    pub(super) fn schema(&self) -> Option<Cursor<'s>> {
        self.at.get("schema").filter(|schema| schema.node().as_map().is_some())
    }
}

/// The contents of a body or answer, best first.
pub(super) fn contents<'s>(at: &Cursor<'s>) -> Vec<Content<'s>> {
    let content = at.get("content");
    let mut all: Vec<Content<'s>> = content
        .iter()
        .flat_map(Cursor::entries)
        .filter(|(mime, _)| mime.contains('/'))
        .map(|(mime, at)| {
            let media = media(mime, at.get("schema").and_then(|schema| schema.follow().ok()).as_ref());
            Content { media, mime: concrete(mime, media), at }
        })
        .collect();
    // The usual media type is the safest choice among several for the same thing.
    all.sort_by_key(|content| (content.media, content.mime != "application/json"));
    all
}

fn media(mime: &str, schema: Option<&Cursor<'_>>) -> Media {
    let essence = mime.split(';').next().unwrap_or(mime).trim().to_ascii_lowercase();
    let string = schema.filter(|schema| types(schema) == ["string"]);
    let binary = string.is_some_and(is_binary);
    let any = essence == "*/*" || essence == "application/*";
    let json = essence.ends_with("/json") || essence.ends_with("+json") || any;
    let text = essence.starts_with("text/") || TEXTS.iter().any(|word| essence.ends_with(word));
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Media::Form,
        "multipart/form-data" => Media::Multipart,
        _ if essence.starts_with("multipart/") => Media::Unsupported,
        _ if binary => Media::Bytes,
        _ if any && string.is_some() => Media::Text,
        _ if json => Media::Json,
        _ if text => Media::Text,
        _ => Media::Bytes,
    }
}

/// Whether the values of a text schema are bytes.
pub(super) fn is_binary(schema: &Cursor<'_>) -> bool {
    schema.str("format") == Some("binary")
        || schema.str("type") == Some("file")
        || (schema.str("contentMediaType").is_some() && schema.str("contentEncoding").is_none())
}

/// A media type without wildcard, where one has to be named. Bytes are taken as whatever they come.
fn concrete(mime: &str, media: Media) -> String {
    match media {
        Media::Json if mime.contains('*') => "application/json".to_owned(),
        Media::Text if mime.contains('*') => "text/plain".to_owned(),
        _ => mime.to_owned(),
    }
}

/// Ends of media types that are text although they do not begin with `text/`.
const TEXTS: [&str; 10] = ["/xml", "+xml", "/yaml", "/x-yaml", "+yaml", "/javascript", "/graphql", "ndjson", "/jsonl", "/json-seq"];
