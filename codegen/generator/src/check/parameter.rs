use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::Cursor;

const PLACES: [&str; 4] = ["query", "header", "path", "cookie"];

/// Checks a parameter by itself.
pub(super) fn check(walk: &mut Walk, at: &Cursor<'_>) {
    if let Some(place) = at.get("in") {
        let text = place.as_str().unwrap_or_default();
        if matches!(text, "body" | "formData") {
            let message = format!("`in` cannot be `{text}` here");
            let help = "that is Swagger 2.0; OpenAPI 3.0 has `requestBody` for it";
            walk.report.push(Diagnostic::new(Tag::UnknownValue, message, place.location()).help(help));
        } else {
            walk.word(&place, &PLACES);
        }
    }
    let place = at.str("in").unwrap_or_default();
    if let Some(style) = at.get("style") {
        walk.word(&style, styles(place));
    }
    let name = at.str("name").unwrap_or_default();
    if place == "path" && at.bool("required") != Some(true) {
        let message = format!("path parameter `{name}` should be marked as required");
        let help = "add `required: true`; it is treated as required";
        walk.report.push(Diagnostic::new(Tag::OptionalPathParameter, message, at.key_location()).help(help));
    }
    let described = ["schema", "content"].iter().any(|key| at.get(key).is_some_and(|value| !value.node().is_null()));
    if !described && PLACES.contains(&place) {
        let message = format!("parameter `{name}` has no schema");
        walk.report.push(Diagnostic::new(Tag::MissingSchema, message, at.key_location()).help("it is treated as text"));
    }
}

/// The styles a place allows.
fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"],
    }
}
