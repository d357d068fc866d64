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

/// What a schema says about itself, and what its type cannot say: which values it knows, how large they may be, what holds
/// without one.
pub(super) fn schema_docs(at: &Cursor<'_>) -> Docs {
    with_limits(docs(at), at)
}

/// What is said of a parameter, and what its type cannot say.
pub(super) fn parameter_docs(own: Docs, schema: &Cursor<'_>) -> Docs {
    if own.summary.is_empty() {
        return Docs { source: own.source, provenance: own.provenance, ..member_docs(schema) };
    }
    schema.follow().map(|target| with_limits(own.clone(), &target)).unwrap_or(own)
}

fn with_limits(mut docs: Docs, schema: &Cursor<'_>) -> Docs {
    let limits = limits(schema);
    if !limits.is_empty() {
        docs.details = if docs.details.is_empty() { limits } else { format!("{}\n\n{limits}", docs.details) };
    }
    docs
}

fn limits(at: &Cursor<'_>) -> String {
    let values: Vec<String> = at.get("enum").iter().flat_map(Cursor::items).filter_map(|value| plain(&value)).collect();
    let known = (!values.is_empty()).then(|| format!("Known values: {}.", values.join(", ")));
    let number = |key: &str| at.get(key).and_then(|value| plain(&value));
    let bounds = [
        bounds(number("minimum"), number("maximum"), ""),
        bounds(number("minLength").filter(|least| least != "`0`" && least != "`1`"), number("maxLength"), " characters"),
        bounds(number("minItems").filter(|least| least != "`0`" && least != "`1`"), number("maxItems"), " entries"),
    ];
    let default = at.get("default").and_then(|value| match &value.node().value {
        Value::Bool(value) => Some(format!("`{value}`")),
        Value::String(text) if !text.is_empty() && !text.contains(['`', '\n']) => Some(format!("`{text}`")),
        _ => plain(&value),
    });
    let default = default.map(|default| format!("Default: {default}."));
    known.into_iter().chain(bounds.into_iter().flatten()).chain(default).collect::<Vec<_>>().join(" ")
}

/// "At least `1`, at most `100`."
fn bounds(least: Option<String>, most: Option<String>, of: &str) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("At least {least}, at most {most}{of}.")),
        (Some(least), None) => Some(format!("At least {least}{of}.")),
        (None, Some(most)) => Some(format!("At most {most}{of}.")),
        (None, None) => None,
    }
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
