//! Servers: the mock stands for all of them, each at the path of its URL.

use super::document::{Document, Node, SpecError};

/// The path of the server that the first of these nodes names: `/v1`, or empty. Where none does, the server is `/`.
pub(super) fn path(document: &Document, nodes: &[&Node<'_>]) -> Result<String, SpecError> {
    for node in nodes {
        let Some(servers) = document.member(node, "servers")? else { continue };
        let Some(first) = document.elements(&servers)?.into_iter().next() else { continue };
        let url = document.text(&first, "url")?.ok_or_else(|| document.error(&first.at, "a server needs `url`"))?;
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None if url.starts_with('/') => url,
            None => return Err(document.error(&first.at.key("url"), format!("`{url}` is neither a URL nor a path"))),
        };
        if path.contains('{') {
            return Err(document.error(&first.at.key("url"), "the mock knows variables only in the name of a host"));
        }
        return Ok(path.trim_end_matches('/').to_owned());
    }
    Ok(String::new())
}
