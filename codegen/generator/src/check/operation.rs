use super::path::{placeholders, within_key};
use super::sites::Site;
use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{Cursor, Location, Map};
use std::collections::{BTreeMap, BTreeSet};

/// Checks what operations, their paths and their parameters say about each other.
pub(super) fn check(sites: &[Site<'_>], walk: &mut Walk) {
    ids(sites, walk);
    for site in sites {
        let answers = site.operation.get("responses");
        if answers.is_none_or(|answers| answers.node().as_map().is_none_or(Map::is_empty)) {
            let message = format!("`{}` does not say what it answers", site.title());
            walk.report.push(Diagnostic::new(Tag::MissingResponses, message, site.operation.key_location()));
        }
        unused(site, walk);
    }
    for of_path in sites.chunk_by(|a, b| a.path == b.path) {
        undeclared(of_path, walk);
    }
    repeated(sites, walk);
}

fn ids<'s>(sites: &[Site<'s>], walk: &mut Walk) {
    let mut seen: BTreeMap<&str, (Cursor<'s>, &Site<'s>)> = BTreeMap::new();
    for site in sites {
        let Some(id) = site.operation.get("operationId") else { continue };
        let Some(text) = id.as_str() else { continue };
        if let Some((first, owner)) = seen.get(text) {
            // The same path item behind two paths is one description with one id.
            if first.spot() == id.spot() {
                continue;
            }
            let message = format!("operation id `{text}` is already taken by `{}`", owner.title());
            let diagnostic = Diagnostic::new(Tag::DuplicateOperationId, message, id.location()).also(first.location(), "first here");
            walk.report.push(diagnostic.help("`operationId` names the method, so each may occur once"));
        } else {
            seen.insert(text, (id, site));
        }
    }
}

/// The parameter objects of a list, behind their references.
fn parameters<'s>(of: &Cursor<'s>) -> Vec<(Cursor<'s>, Cursor<'s>)> {
    let list = of.get("parameters");
    let items: Vec<_> = list.iter().flat_map(|list| list.items().collect::<Vec<_>>()).collect();
    items.into_iter().filter_map(|item| item.follow().ok().map(|parameter| (item, parameter))).collect()
}

fn path_parameters<'s>(site: &Site<'s>) -> Vec<(Cursor<'s>, &'s str)> {
    let all = parameters(&site.operation).into_iter().chain(parameters(&site.item));
    all.filter(|(_, parameter)| parameter.str("in") == Some("path"))
        .filter_map(|(_, parameter)| parameter.str("name").map(|name| (parameter, name)))
        .collect()
}

fn unused(site: &Site<'_>, walk: &mut Walk) {
    let names: Vec<&str> = placeholders(site.path).into_iter().map(|(_, name)| name).collect();
    for (parameter, name) in path_parameters(site) {
        if !names.contains(&name) {
            let message = format!("path parameter `{name}` does not occur in `{}`", site.path);
            let place = parameter.get("name").map_or_else(|| parameter.key_location(), |name| name.location());
            let near = crate::diagnostic::did_you_mean(name, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            walk.report.push(Diagnostic::new(Tag::UnusedPathParameter, message, place).maybe_help(near));
        }
    }
}

/// Placeholders without a parameter: one message per path if all of its operations lack it, else one per operation.
fn undeclared(of_path: &[Site<'_>], walk: &mut Walk) {
    let Some(first) = of_path.first() else { return };
    let mut names = BTreeSet::new();
    for (range, name) in placeholders(first.path) {
        if name.trim().is_empty() || !names.insert(name) {
            continue;
        }
        let lacking: Vec<&Site<'_>> =
            of_path.iter().filter(|site| path_parameters(site).iter().all(|(_, declared)| *declared != name)).collect();
        let report = |walk: &mut Walk, owner: &str, place: Location, label: Option<String>| {
            let message = format!("placeholder `{{{name}}}` of `{owner}` has no parameter");
            let diagnostic = Diagnostic::new(Tag::UndeclaredPathParameter, message, place);
            let diagnostic = diagnostic.help(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"));
            walk.report.push(match label {
                Some(label) => diagnostic.label(label),
                None => diagnostic,
            });
        };
        if lacking.len() == of_path.len() {
            let place = within_key(&first.item.spot(), &first.entry, range);
            report(walk, first.path, place, Some("in all operations of this path".to_owned()).filter(|_| of_path.len() > 1));
        } else {
            for site in lacking {
                report(walk, &site.title(), within_key(&site.operation.spot(), &site.entry, range.clone()), None);
            }
        }
    }
}

/// Parameters that a list holds twice.
fn repeated(sites: &[Site<'_>], walk: &mut Walk) {
    let mut done = BTreeSet::new();
    for owner in sites.iter().flat_map(|site| [&site.item, &site.operation]) {
        if !done.insert(owner.spot()) {
            continue;
        }
        let mut seen: BTreeMap<(&str, &str), Cursor<'_>> = BTreeMap::new();
        for (item, parameter) in parameters(owner) {
            let (Some(name), Some(place)) = (parameter.str("name"), parameter.str("in")) else { continue };
            if let Some(first) = seen.get(&(name, place)) {
                let message = format!("{place} parameter `{name}` is declared twice");
                let diagnostic = Diagnostic::new(Tag::DuplicateParameter, message, item.location()).also(first.location(), "first here");
                walk.report.push(diagnostic.help("the first one is used"));
            } else {
                seen.insert((name, place), item);
            }
        }
    }
}
