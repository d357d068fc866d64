//! Operations that are not at the base URL of the client.

use super::head::server_url;
use super::operation::Unsupported;
use super::plan::Call;
use crate::diagnostic::Tag;
use crate::source::Cursor;

/// The step from the base URL of the client to the server of an operation, such as `../v2`; `None` if that is the base URL.
pub(super) fn step<'s>(document: &Cursor<'s>, call: &Call<'s>) -> Result<Option<String>, Unsupported> {
    let Some(own) = call.at.get("servers").or_else(|| call.item.get("servers")) else { return Ok(None) };
    let urls = |at: &Cursor<'s>| -> Vec<String> { at.items().filter_map(|server| server_url(&server)).collect() };
    let common = document.get("servers").map(|servers| urls(&servers)).unwrap_or_default();
    let there = urls(&own);
    if there.iter().any(|url| common.contains(url)) || there.is_empty() {
        return Ok(None);
    }
    match common.first().and_then(|base| there.iter().find_map(|url| between(base, url))) {
        Some(step) => Ok(Some(step)),
        None => {
            let message = format!("`{}` has a server of its own", call.id);
            let help = "only another path on the host of the first server of the document can be reached by the same client";
            Err(Unsupported::new(Tag::UnsupportedServer, &own, message).help(help))
        }
    }
}

/// The way from one address to another on the same host: relative, so that it holds for any base URL a user sets.
fn between(base: &str, other: &str) -> Option<String> {
    let (host, base) = split(base)?;
    let (there, other) = split(other)?;
    if !host.eq_ignore_ascii_case(there) {
        return None;
    }
    let common = base.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = base.iter().skip(common).map(|_| "..");
    Some(up.chain(other.iter().skip(common).copied()).collect::<Vec<_>>().join("/"))
}

/// Scheme and host, and the steps of the path.
fn split(url: &str) -> Option<(&str, Vec<&str>)> {
    let host = url.find("://")? + 3;
    let path = url.get(host..)?.find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    let steps = url.get(path..)?;
    if steps.contains(['?', '#']) {
        return None;
    }
    Some((url.get(..path)?, steps.split('/').filter(|step| !step.is_empty()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_between_addresses() {
        let table = [
            ("https://h/v1", "https://h/v2", Some("../v2")),
            ("https://h/v1", "https://h", Some("..")),
            ("https://h", "https://H/v2/x", Some("v2/x")),
            ("https://h/api/v1", "https://h/api/v1/beta", Some("beta")),
            ("https://h/api/v1", "https://h/other", Some("../../other")),
            ("https://h:1/v1", "https://h/v1", None),
            ("http://h/v1", "https://h/v2", None),
            ("https://h/v1", "/v2", None),
            ("https://h/v1", "https://h?x=/v2", None),
        ];
        for (base, other, expected) in table {
            assert_eq!(between(base, other).as_deref(), expected, "from {base} to {other}");
        }
    }
}
