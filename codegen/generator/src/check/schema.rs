use super::extension;
use super::value::{is_of_type, same, shown};
use super::version::Version;
use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag, did_you_mean, listed};
use crate::source::{Cursor, Spot, Value};
use std::collections::BTreeSet;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Checks the value of `type`.
pub(super) fn types(walk: &mut Walk, at: &Cursor<'_>) {
    match &at.node().value {
        Value::String(name) => type_name(walk, name, at),
        Value::List(_) if walk.version == Version::V31 => {
            for item in at.items() {
                match item.as_str() {
                    Some(name) => type_name(walk, name, &item),
                    None => walk.wrong(&item, "a type is a text"),
                }
            }
        }
        Value::List(_) => {
            let diagnostic = Diagnostic::new(Tag::WrongKind, "`type` is a text, not a list", at.location());
            walk.report.push(diagnostic.help("OpenAPI 3.1 allows lists; in 3.0 use `nullable: true` or `oneOf`"));
        }
        _ => walk.wrong(at, "`type` is a text"),
    }
}

fn type_name(walk: &mut Walk, name: &str, at: &Cursor<'_>) {
    let newer = walk.version == Version::V31;
    if TYPES.contains(&name) || (newer && name == "null") {
        return;
    }
    let help = match name {
        "null" => "OpenAPI 3.0 says `nullable: true` beside the type".to_owned(),
        "any" => "leave `type` out: any value is allowed then".to_owned(),
        "file" | "binary" => "write `type: string` and `format: binary`".to_owned(),
        "int" | "long" | "int32" | "int64" => "write `type: integer`, and `format: int64` where needed".to_owned(),
        "float" | "double" | "decimal" => "write `type: number`".to_owned(),
        "date" | "datetime" | "date-time" | "uuid" | "uri" | "url" | "email" | "enum" => "write `type: string`".to_owned(),
        "bool" => "did you mean `boolean`?".to_owned(),
        "list" | "map" | "dict" => format!("write `type: {}`", if name == "list" { "array" } else { "object" }),
        _ => match did_you_mean(name, TYPES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("allowed: {}", listed(TYPES)),
        },
    };
    walk.report.push(Diagnostic::new(Tag::UnknownType, format!("`{name}` is not a type"), at.location()).help(help));
}

/// Checks what keywords of a schema say about each other.
pub(super) fn check(walk: &mut Walk, at: &Cursor<'_>) {
    extension::check(walk, at);
    enumeration(walk, at);
    default(walk, at);
    if at.str("type") == Some("array") && at.get("items").is_none() && walk.version == Version::V30 {
        let message = "an array should say in `items` what it holds";
        walk.report.push(Diagnostic::new(Tag::MissingItems, message, at.key_location()).help("its elements are taken for free-form JSON"));
    }
    required(walk, at);
    discriminator(walk, at);
}

/// The types a schema allows, as far as it names known ones; empty if it allows any.
fn allowed_types<'s>(at: &Cursor<'s>) -> Vec<&'s str> {
    let ty = at.get("type");
    let mut types: Vec<&str> = ty.iter().filter_map(Cursor::as_str).collect();
    types.extend(ty.iter().flat_map(Cursor::items).filter_map(|item| item.as_str()));
    types.retain(|ty| TYPES.contains(ty) || *ty == "null");
    types
}

fn fits(at: &Cursor<'_>, value: &Cursor<'_>) -> bool {
    let types = allowed_types(at);
    let node = value.node();
    // Other tools take `null` for the absence of a default and for a value of every enum.
    types.is_empty() || node.is_null() || types.iter().any(|ty| is_of_type(node, ty))
}

fn enumeration(walk: &mut Walk, at: &Cursor<'_>) {
    let Some(values) = at.get("enum") else { return };
    let all: Vec<Cursor<'_>> = values.items().collect();
    if all.is_empty() && values.node().as_list().is_some() {
        walk.report.push(Diagnostic::new(Tag::EnumMismatch, "an empty `enum` allows no value", values.location()).help("it is ignored"));
    }
    let mut texts = BTreeSet::new();
    for (index, value) in all.iter().enumerate() {
        walk.ambiguous(value);
        if !fits(at, value) {
            let message = format!("{} is not of type {}", shown(value.node()), listed(allowed_types(at)));
            let diagnostic = Diagnostic::new(Tag::EnumMismatch, message, value.location());
            let quoted = value.node().as_str().is_none() && allowed_types(at).contains(&"string");
            walk.report.push(if quoted { diagnostic.help("put it in quotes") } else { diagnostic });
        }
        let repeated = match value.as_str() {
            Some(text) => !texts.insert(text),
            // Enums of anything but texts are short.
            None => all.iter().take(index.min(100)).any(|earlier| same(earlier.node(), value.node())),
        };
        if repeated {
            let message = format!("{} is listed twice", shown(value.node()));
            walk.report.push(Diagnostic::new(Tag::DuplicateEnumValue, message, value.location()));
        }
    }
}

fn default(walk: &mut Walk, at: &Cursor<'_>) {
    let Some(value) = at.get("default") else { return };
    if !fits(at, &value) {
        let message = format!("the default {} is not of type {}", shown(value.node()), listed(allowed_types(at)));
        walk.report.push(Diagnostic::new(Tag::DefaultMismatch, message, value.location()));
        return;
    }
    let listed_values = at.get("enum").map(|values| values.items().collect::<Vec<_>>()).unwrap_or_default();
    let known = value.node().is_null() || listed_values.is_empty() || listed_values.iter().any(|item| same(item.node(), value.node()));
    if !known {
        let message = format!("the default {} is none of the values listed in `enum`", shown(value.node()));
        let texts = listed_values.iter().filter_map(Cursor::as_str);
        let near = value.as_str().and_then(|text| did_you_mean(text, texts)).map(|near| format!("did you mean `{near}`?"));
        walk.report.push(Diagnostic::new(Tag::DefaultMismatch, message, value.location()).maybe_help(near));
    }
}

fn required(walk: &mut Walk, at: &Cursor<'_>) {
    let Some(required) = at.get("required").filter(|_| !is_arm(at)) else { return };
    let mut names = BTreeSet::new();
    // A schema that says nothing of its properties may still demand some.
    if !properties(at, &mut names, &mut BTreeSet::new()) || names.is_empty() {
        return;
    }
    for item in required.items() {
        if let Some(name) = item.as_str().filter(|name| !names.contains(name)) {
            let near = walk.near(name, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`required` names `{name}`, which is not a property");
            walk.report.push(Diagnostic::new(Tag::UnknownRequired, message, item.location()).maybe_help(near));
        }
    }
}

/// Whether a schema is one of an `allOf`, `oneOf` or `anyOf`: then its neighbours may define what it requires.
fn is_arm(at: &Cursor<'_>) -> bool {
    let pointer = at.pointer();
    let last = pointer.parent().and_then(|parent| parent.last().map(std::borrow::Cow::into_owned));
    at.key().is_none() && matches!(last.as_deref(), Some("allOf" | "oneOf" | "anyOf"))
}

/// Collects the properties of a schema and its parts. `false` if it cannot be told what they are.
pub(super) fn properties<'s>(at: &Cursor<'s>, names: &mut BTreeSet<&'s str>, seen: &mut BTreeSet<Spot>) -> bool {
    let Ok(at) = at.follow() else { return false };
    if !seen.insert(at.spot()) {
        return true;
    }
    let parts: Vec<Cursor<'s>> =
        ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| at.get(key)).flat_map(|list| list.items().collect::<Vec<_>>()).collect();
    if let Some(all) = at.get("properties") {
        names.extend(all.entries().map(|(name, _)| name));
    }
    parts.iter().all(|part| properties(part, names, seen))
}

fn discriminator(walk: &mut Walk, at: &Cursor<'_>) {
    let Some(discriminator) = at.get("discriminator").filter(|value| value.node().as_map().is_some()) else { return };
    if discriminator.str("propertyName").is_none() {
        let message = "the discriminator has no `propertyName`";
        walk.report.push(Diagnostic::new(Tag::Discriminator, message, discriminator.key_location()).help("it is ignored"));
    }
    for (word, target) in discriminator.get("mapping").iter().flat_map(|mapping| mapping.entries().collect::<Vec<_>>()) {
        let Some(text) = target.as_str() else { continue };
        if resolve_mapping(&target, text).is_none() {
            let names = at.sources().document().and_then(|document| document.get("components")?.get("schemas"));
            let wanted = text.rsplit('/').next().unwrap_or_default();
            let near = names.and_then(|names| walk.near(wanted, names.entries().map(|(name, _)| name)));
            let message = format!("value `{word}` is mapped to `{text}`, which is not defined");
            let help = near.map(|near| format!("did you mean `#/components/schemas/{near}`?"));
            walk.report.push(Diagnostic::new(Tag::Discriminator, message, target.location()).maybe_help(help));
        }
    }
}

/// A mapping holds references or bare names of schemas.
pub(super) fn resolve_mapping<'s>(at: &Cursor<'s>, text: &str) -> Option<Cursor<'s>> {
    let schemas = || at.sources().document()?.get("components")?.get("schemas");
    let by_name = if text.contains(['#', '/']) { None } else { schemas().and_then(|schemas| schemas.get(text)) };
    by_name.or_else(|| at.resolve(text).ok())
}
