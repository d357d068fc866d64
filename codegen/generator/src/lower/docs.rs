use crate::ir::Docs;
use crate::source::{Cursor, Value};

/// What a part of the document says about itself.
pub(super) fn docs(at: &Cursor<'_>) -> Docs {
    let text = |key| at.str(key).map(str::trim).filter(|text: &&str| !text.is_empty());
    let (summary, details) = match (text("summary"), text("description")) {
        (Some(summary), Some(details)) if details.starts_with(summary.trim_end_matches('.')) => split(details),
        (Some(summary), Some(details)) => (one_line(summary), details.to_owned()),
        (Some(summary), None) => (one_line(summary), String::new()),
        (None, Some(details)) => split(details),
        (None, None) => (text("title").map(one_line).unwrap_or_default(), String::new()),
    };
    Docs { summary, details, source: text("x-source").map(one_line), provenance: text("x-provenance").map(one_line) }
}

/// What a schema says about itself, and which values it knows where its type cannot say that.
pub(super) fn schema_docs(at: &Cursor<'_>) -> Docs {
    let mut docs = docs(at);
    let values: Vec<String> = at.get("enum").iter().flat_map(Cursor::items).filter_map(|value| plain(&value)).collect();
    if !values.is_empty() {
        let known = format!("Known values: {}.", values.join(", "));
        docs.details = if docs.details.is_empty() { known } else { format!("{}\n\n{known}", docs.details) };
    }
    docs
}

/// What a member says about itself, or else what its type does.
pub(super) fn member_docs(at: &Cursor<'_>) -> Docs {
    let own = schema_docs(at);
    if own != Docs::default() || at.get("$ref").is_none() {
        return own;
    }
    at.follow().map(|target| Docs { provenance: None, source: None, ..schema_docs(&target) }).unwrap_or_default()
}

/// A known value that no open enum lists: a number.
fn plain(value: &Cursor<'_>) -> Option<String> {
    match &value.node().value {
        Value::Number(number) => Some(format!("`{number}`")),
        _ => None,
    }
}

/// First sentence and rest of a text.
pub(super) fn split(text: &str) -> (String, String) {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let end = sentence_end(paragraph).unwrap_or(paragraph.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (one_line(first), rest.trim().to_owned())
}

/// Offset behind the full stop of the first sentence.
fn sentence_end(text: &str) -> Option<usize> {
    const SHORT: [&str; 6] = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "approx."];
    text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).find(|end| {
        let (before, after) = text.split_at_checked(*end).unwrap_or((text, ""));
        let mut next = after.chars().skip_while(|c| c.is_whitespace());
        let starts = after.starts_with(char::is_whitespace) && next.next().is_some_and(|c| !c.is_lowercase());
        starts && !SHORT.iter().any(|short| before.ends_with(short))
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
