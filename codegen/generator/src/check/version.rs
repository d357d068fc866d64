use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::source::{Cursor, Location, Value};

/// The version of OpenAPI a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V30,
    V31,
}

/// Finds the version; `None`, with a diagnostic, if there is nothing to go on with.
pub(super) fn check(document: &Cursor<'_>, report: &mut Report) -> Option<Version> {
    if document.node().as_map().is_none() {
        let message = format!("an OpenAPI document is a mapping, not {}", document.node().kind());
        report.push(Diagnostic::new(Tag::NotOpenapi, message, document.location()));
        return None;
    }
    let Some(stated) = document.get("openapi") else {
        report.push(no_version(document));
        return None;
    };
    let text = match &stated.node().value {
        Value::String(text) => text.trim(),
        // `openapi: 3.0` without quotes.
        Value::Number(number) => number.as_str(),
        _ => "",
    };
    let mut parts = text.split('.');
    let version = match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Version::V30,
        (Some("3"), Some("1")) => {
            let message = format!("OpenAPI {text} is supported in part");
            report.push(Diagnostic::new(Tag::PartialVersion, message, stated.location()).label("what 3.0 also has, and lists of types"));
            Version::V31
        }
        _ => {
            let message = format!("OpenAPI version `{text}` is not supported");
            report.push(Diagnostic::new(Tag::OpenapiVersion, message, stated.location()).help("supported: 3.0.x, and 3.1.x in part"));
            return None;
        }
    };
    let paths = document.get("paths");
    if paths.as_ref().is_none_or(|paths| paths.node().as_map().is_none()) {
        let (message, place) = match paths {
            Some(paths) => (format!("`paths` must be a mapping, not {}", paths.node().kind()), paths.key_location()),
            None => ("the document has no `paths`".to_owned(), stated.key_location()),
        };
        report.push(Diagnostic::new(Tag::NotOpenapi, message, place).help("describe at least one operation under `paths`"));
        return None;
    }
    Some(version)
}

fn no_version(document: &Cursor<'_>) -> Diagnostic {
    let version = |at: &Cursor<'_>| match &at.node().value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    if let Some(swagger) = document.get("swagger") {
        let message = format!("Swagger {} is not supported", version(&swagger));
        return Diagnostic::new(Tag::OpenapiVersion, message.replace("  ", " "), swagger.location())
            .help("convert the document to OpenAPI 3.0 first, for example with `swagger2openapi`");
    }
    let other = ["asyncapi", "swaggerVersion", "arazzo", "$schema"].into_iter().find_map(|key| document.get(key));
    let place = other.as_ref().map_or(Location::File(document.file()), Cursor::key_location);
    Diagnostic::new(Tag::NotOpenapi, "this is not an OpenAPI document", place).help("it must begin with `openapi: 3.0.3`, for example")
}
