use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{Cursor, Location, Span, Spot};
use std::collections::BTreeMap;
use std::ops::Range;

/// Checks the templates of all paths.
pub(super) fn check(document: &Cursor<'_>, walk: &mut Walk) {
    let mut shapes: BTreeMap<String, Vec<Cursor<'_>>> = BTreeMap::new();
    let Some(paths) = document.get("paths") else { return };
    for (path, item) in paths.entries().filter(|(path, _)| !path.starts_with("x-")) {
        if let Some((fault, help)) = fault(path) {
            walk.report.push(Diagnostic::new(Tag::InvalidPath, fault, item.key_location()).help(help));
            continue;
        }
        let mut names = Vec::new();
        for (range, name) in placeholders(path) {
            if names.contains(&name) {
                let message = format!("placeholder `{{{name}}}` occurs twice in the path");
                let place = within_key(&item.spot(), &item, range);
                walk.report.push(Diagnostic::new(Tag::DuplicatePlaceholder, message, place));
            }
            names.push(name);
        }
        let alike = shapes.entry(shape(path)).or_default();
        if let Some(first) = alike.iter().find(|other| !exclude_each_other(other, &item)) {
            let message = format!("path `{path}` cannot be told from `{}`", first.key().unwrap_or_default());
            let diagnostic = Diagnostic::new(Tag::EquivalentPaths, message, item.key_location()).label("this one");
            walk.report.push(diagnostic.also(first.key_location(), "and this one"));
        } else {
            alike.push(item);
        }
    }
}

/// Whether a placeholder of one path takes numbers and its counterpart takes none: servers tell such paths apart.
fn exclude_each_other(first: &Cursor<'_>, second: &Cursor<'_>) -> bool {
    let kinds = |item: &Cursor<'_>| -> Vec<Option<Takes>> {
        placeholders(item.key().unwrap_or_default()).iter().map(|(_, name)| takes(item, name)).collect()
    };
    let apart = |pair: (&Option<Takes>, &Option<Takes>)| matches!(pair, (Some(a), Some(b)) if a != b);
    kinds(first).iter().zip(&kinds(second)).any(apart)
}

/// What all operations of a path take for a placeholder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Integers,
    NoIntegers,
}

fn takes(item: &Cursor<'_>, name: &str) -> Option<Takes> {
    let item = item.follow().ok()?;
    let lists = item.get("parameters").into_iter().chain(item.entries().filter_map(|(_, operation)| operation.get("parameters")));
    let parameters = lists.flat_map(|list| list.items().filter_map(|at| at.follow().ok()).collect::<Vec<_>>());
    let mut kinds = parameters.filter(|at| at.str("in") == Some("path") && at.str("name") == Some(name)).map(|at| {
        let schema = at.get("schema")?.follow().ok()?;
        match (schema.str("type")?, schema.str("pattern")) {
            ("integer", _) => Some(Takes::Integers),
            ("string", Some(pattern)) if demands_letter(pattern) => Some(Takes::NoIntegers),
            _ => None,
        }
    });
    let first = kinds.next()??;
    kinds.all(|kind| kind == Some(first)).then_some(first)
}

/// Whether a pattern of classes in a row, such as `^[A-Za-z][A-Za-z0-9]+$`, has one of letters only that cannot be left out.
fn demands_letter(pattern: &str) -> bool {
    let simple = pattern.chars().all(|c| c.is_ascii_alphanumeric() || "^$[]{},+*?-_".contains(c)) && !pattern.contains("[^");
    let mut classes = pattern.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    simple
        && classes.any(|(class, after)| {
            let letters = !class.is_empty() && class.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            letters && !after.starts_with(['*', '?']) && !after.starts_with("{0")
        })
}

/// The placeholders of a path: where they stand in it, braces included, and their names.
pub(super) fn placeholders(path: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = path.get(from..).and_then(|rest| rest.find('{')).map(|at| at + from) {
        let Some(close) = path.get(open..).and_then(|rest| rest.find('}')).map(|at| at + open) else { break };
        found.push((open..close + 1, path.get(open + 1..close).unwrap_or_default()));
        from = close + 1;
    }
    found
}

/// A piece of the key of a path item, as a problem of the node at `spot`.
pub(super) fn within_key(spot: &Spot, item: &Cursor<'_>, piece: Range<usize>) -> Location {
    let sources = item.sources();
    let key = sources.position(&item.key_location());
    let text = key.and_then(|key| sources.file(key.file)?.text.get(key.span.start..key.span.end));
    match (key, text, item.key()) {
        // The text of the key differs from its value by quotes, or by escapes that defy counting.
        (Some(key), Some(text), Some(name)) if key.file == spot.file => match text.find(name) {
            Some(quote) => {
                let start = key.span.start + quote;
                Location::Text(spot.clone(), Span { start: start + piece.start, end: start + piece.end })
            }
            None => Location::Text(spot.clone(), key.span),
        },
        _ => Location::key(spot),
    }
}

fn fault(path: &str) -> Option<(String, &'static str)> {
    if !path.starts_with('/') {
        return Some((format!("path `{path}` does not begin with `/`"), "own keywords among the paths begin with `x-`"));
    }
    let mut open = false;
    for c in path.chars() {
        match (c, open) {
            ('{', false) => open = true,
            ('}', true) => open = false,
            ('{', true) | ('}', false) => return Some(unbalanced(path)),
            _ => {}
        }
    }
    if open {
        return Some(unbalanced(path));
    }
    let empty = placeholders(path).iter().any(|(_, name)| name.trim().is_empty());
    empty.then(|| (format!("a placeholder of path `{path}` has no name"), "write the name of a parameter between the braces"))
}

fn unbalanced(path: &str) -> (String, &'static str) {
    (format!("the braces of path `{path}` do not match"), "placeholders look like `{id}`")
}

/// The path without the names of its placeholders.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut from = 0;
    for (range, _) in placeholders(path) {
        shape.push_str(path.get(from..range.start).unwrap_or_default());
        shape.push_str("{}");
        from = range.end;
    }
    shape.push_str(path.get(from..).unwrap_or_default());
    shape
}
