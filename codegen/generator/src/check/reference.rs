use super::vocabulary::{Kind, with_article};
use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{Cursor, MAX_REF_CHAIN, RefError, Spot};
use std::collections::BTreeSet;

/// Checks the reference that stands in the place of an object.
pub(super) fn check(walk: &mut Walk, kind: Kind, at: &Cursor<'_>) {
    if kind != Kind::PathItem {
        siblings(walk, at);
    }
    let Some(reference) = at.get("$ref") else { return };
    let text = reference.as_str().unwrap_or_default();
    match at.resolve(text) {
        Ok(target) => {
            if let Some(fault) = wrong_kind(kind, &target) {
                walk.report.push(Diagnostic::new(Tag::RefKind, fault, reference.location()));
            } else if let Err(RefError::Cycle) = target.follow() {
                cycle(walk, at, &reference);
            } else {
                walk.referenced(kind, &target);
            }
        }
        Err(error) => {
            let diagnostic = unresolved(walk, &error, text, &reference);
            walk.report.push(diagnostic);
        }
    }
    if kind == Kind::PathItem {
        beside_path_item(walk, at);
    }
}

/// Reports a circle of references once: at the one of its places whose pointer is the least.
fn cycle(walk: &mut Walk, at: &Cursor<'_>, reference: &Cursor<'_>) {
    let start = at.spot();
    let mut here = at.clone();
    let mut seen = BTreeSet::new();
    while let Some(next) = here.str("$ref").and_then(|text| here.resolve(text).ok()) {
        let spot = next.spot();
        if spot == start {
            let message = format!("reference `{}` leads back to itself", reference.as_str().unwrap_or_default());
            walk.report.push(Diagnostic::new(Tag::RefCycle, message, reference.location()));
            return;
        }
        if seen.len() > MAX_REF_CHAIN {
            let message = format!("reference `{}` leads through more than {MAX_REF_CHAIN} others", reference.as_str().unwrap_or_default());
            walk.report.push(Diagnostic::new(Tag::RefCycle, message, reference.location()));
            return;
        }
        // Another place of the circle comes first, or the circle does not come back here at all.
        if spot < start || !seen.insert(spot) {
            return;
        }
        here = next;
    }
}

/// What is wrong with a reference that leads nowhere.
fn unresolved(walk: &mut Walk, error: &RefError, text: &str, at: &Cursor<'_>) -> Diagnostic {
    let file = text.split('#').next().unwrap_or_default();
    match error {
        RefError::Malformed | RefError::Cycle => {
            Diagnostic::new(Tag::InvalidRef, format!("`{text}` is not a valid reference"), at.location())
                .maybe_help(guess(text, at).map(|guess| format!("did you mean `{guess}`?")))
        }
        RefError::Remote => Diagnostic::new(Tag::RemoteRef, "references to web addresses are not followed", at.location())
            .help("save the file beside the document and refer to it by its relative path"),
        RefError::NoFile => {
            let help = guess(text, at).map(|guess| format!("did you mean `{guess}`?"));
            Diagnostic::new(Tag::UnknownRef, format!("file `{file}` cannot be read"), at.location())
                .help(help.unwrap_or_else(|| "the path is relative to the file it stands in".to_owned()))
        }
        RefError::NoTarget(spot) => missing(walk, spot, at),
    }
}

fn missing(walk: &mut Walk, spot: &Spot, at: &Cursor<'_>) -> Diagnostic {
    let sources = at.sources();
    let name = spot.pointer.last().unwrap_or_default().into_owned();
    let steps: Vec<_> = spot.pointer.segments().collect();
    let noun = match steps.as_slice() {
        [components, section, _] if components == "components" => noun(section),
        _ => None,
    };
    let message = match noun {
        Some(noun) => format!("{noun} `{name}` is not defined"),
        None => format!("there is nothing at `{}`", spot.pointer),
    };
    let diagnostic = Diagnostic::new(Tag::UnknownRef, message, at.location());
    let parent = spot.pointer.parent().and_then(|pointer| sources.cursor(&Spot { file: spot.file, pointer }));
    let near = parent.as_ref().and_then(|parent| {
        let near = walk.near(&name, parent.entries().map(|(key, _)| key))?;
        parent.get(near).map(|candidate| (near, candidate))
    });
    if let Some((near, candidate)) = near {
        let what = noun.map_or(String::new(), |noun| format!("{} ", with_article(noun)));
        return diagnostic.help(format!("{what}`{near}` exists at {}", sources.describe(&candidate.key_location())));
    }
    diagnostic.maybe_help(elsewhere(&name, at))
}

/// A component of that name in another section.
fn elsewhere(name: &str, at: &Cursor<'_>) -> Option<String> {
    let components = at.sources().document()?.get("components")?;
    let (noun, found) = components.entries().find_map(|(section, all)| Some((noun(section)?, all.get(name)?)))?;
    Some(format!("{} `{name}` exists at {}", with_article(noun), at.sources().describe(&found.key_location())))
}

/// What a reference without `#/` was meant to be.
fn guess(text: &str, at: &Cursor<'_>) -> Option<String> {
    let name = text.trim_start_matches('#').rsplit('/').next()?;
    at.sources().document()?.get("components")?.get("schemas")?.get(name).map(|_| format!("#/components/schemas/{name}"))
}

/// References to a whole component must lead to the section of their kind.
fn wrong_kind(kind: Kind, target: &Cursor<'_>) -> Option<String> {
    let spot = target.spot();
    let steps: Vec<_> = spot.pointer.segments().collect();
    let [components, section, name] = steps.as_slice() else { return None };
    let noun = noun(section)?;
    let fits = components != "components" || Some(section.as_ref()) == kind.section();
    (!fits).then(|| format!("{} is needed here; `{name}` is {}", kind.a_noun(), with_article(noun)))
}

fn noun(section: &str) -> Option<&'static str> {
    Some(match section {
        "schemas" => "schema",
        "responses" => "response",
        "parameters" => "parameter",
        "requestBodies" => "request body",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        "examples" => "example",
        "links" => "link",
        "callbacks" => "callback",
        "pathItems" => "path",
        _ => return None,
    })
}

/// Documentation beside a reference is harmless; anything else was meant to have an effect.
fn siblings(walk: &mut Walk, at: &Cursor<'_>) {
    const HARMLESS: [&str; 7] = ["$ref", "description", "summary", "title", "example", "examples", "deprecated"];
    for (name, value) in at.entries() {
        if !HARMLESS.contains(&name) && !name.starts_with("x-") {
            let message = format!("`{name}` beside `$ref` has no effect");
            walk.report.push(Diagnostic::new(Tag::RefSiblings, message, value.key_location()).help("put the reference in an `allOf`"));
        }
    }
}

/// OpenAPI allows operations beside the reference of a path.
fn beside_path_item(walk: &mut Walk, at: &Cursor<'_>) {
    for (name, value) in at.entries() {
        if super::METHODS.contains(&name) {
            walk.object(Kind::Operation, &value);
        }
    }
}
