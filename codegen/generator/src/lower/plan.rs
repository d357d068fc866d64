use std::collections::BTreeMap;

use super::docs::docs;
use super::group::{Callable, Group};
use super::key::bound;
use super::parameter::declared;
use crate::config::{Config, Resource};
use crate::diagnostic::Report;
use crate::ir::{Arg, Docs, Ident, Place};
use crate::names::{Kind, ident, plural, spelled, words};
use crate::source::{Cursor, Location, Spot};

/// An operation of the document and what it is called.
#[derive(Debug)]
pub(super) struct Call<'s> {
    pub(super) id: String,
    pub(super) method: Ident,
    pub(super) ty: Ident,
    /// Lower-case HTTP method.
    pub(super) verb: &'static str,
    pub(super) path: &'s str,
    /// What the path says for all its operations.
    pub(super) item: Cursor<'s>,
    pub(super) at: Cursor<'s>,
}

impl Callable for Call<'_> {
    fn id(&self) -> &str {
        &self.id
    }

    fn spot(&self) -> Spot {
        self.at.spot()
    }

    fn ty(&self) -> &Ident {
        &self.ty
    }

    fn name(&mut self, method: Ident, ty: Ident) {
        self.method = method;
        self.ty = ty;
    }

    fn declares(&self, arg: &Arg) -> Location {
        let in_query = matches!(arg.place, Place::Query(_));
        let is_it = |at: &Cursor<'_>| at.str("name") == Some(&arg.wire) && (at.str("in") == Some("query")) == in_query;
        declared(self).into_iter().find(is_it).unwrap_or_else(|| self.at.clone()).location()
    }
}

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// All operations that nothing speaks against yet, by resource, sorted by module.
pub(super) fn groups<'s>(document: &Cursor<'s>, config: &Config, report: &mut Report) -> Vec<Group<Call<'s>>> {
    let mut by_module: BTreeMap<String, Vec<Call<'s>>> = BTreeMap::new();
    let mut tags: BTreeMap<String, &'s str> = BTreeMap::new();
    for call in calls(document, report) {
        let tag = call.at.get("tags").and_then(|tags| tags.step("0")).and_then(|tag| tag.as_str());
        let module = module(&call, tag, config);
        if let Some(tag) = tag {
            // The first tag in the alphabet documents the resource, whatever comes first in the file.
            let known = tags.entry(module.clone()).or_insert(tag);
            *known = tag.min(*known);
        }
        by_module.entry(module).or_default().push(call);
    }
    let groups = by_module.into_iter().map(|(module, calls)| {
        let setting = config.resources.get(&module);
        let tag = setting.and_then(|setting| setting.tag.as_deref()).or(tags.get(&module).copied());
        let bound = setting.map(|setting| bound(&module, setting, &calls, config, report)).unwrap_or_default();
        let (module, ty) = (Ident::lossy(&module), ident(Kind::Call, &module));
        let about = setting.and_then(|setting| setting.about.clone());
        let docs = about.map_or_else(|| tag_docs(document, tag), |summary| Docs { summary, ..Docs::default() });
        let mut group = Group { docs, module, ty, bound, calls };
        group.name_calls(config, report);
        group
    });
    groups.collect()
}

fn calls<'s>(document: &Cursor<'s>, report: &Report) -> Vec<Call<'s>> {
    let mut calls = Vec::new();
    for (path, item) in document.get("paths").iter().flat_map(Cursor::entries) {
        let Ok(item) = item.follow() else { continue };
        for (verb, at) in VERBS.iter().filter_map(|verb| Some((*verb, item.get(verb)?))) {
            if at.node().as_map().is_none() || report.blocks_operation(&at.spot()) {
                continue;
            }
            let id = operation_id(&at, verb, path);
            let (method, ty) = (ident(Kind::Method, &id), ident(Kind::Call, &id));
            calls.push(Call { id, method, ty, verb, path, item: item.clone(), at });
        }
    }
    calls
}

fn operation_id(at: &Cursor<'_>, verb: &str, path: &str) -> String {
    let id = at.str("operationId").map(str::trim).filter(|id| !id.is_empty());
    id.map_or_else(|| id_from_path(verb, path), str::to_owned)
}

/// Whose part a place of the document is; what a `$ref` leads to may belong to another operation than the one that refers to it.
#[derive(Debug)]
pub(super) enum Home<'s> {
    Operation { id: String, at: Cursor<'s> },
    Path(String),
    Components,
}

/// Whose part a place is.
pub(super) fn home<'s>(at: &Cursor<'s>) -> Home<'s> {
    let pointer = at.pointer();
    let steps: Vec<_> = pointer.segments().take(3).collect();
    let [paths, path, verb] = steps.as_slice() else { return Home::Components };
    let operation = || at.sources().root_of(at.file())?.get(paths)?.get(path)?.get(verb);
    match (&**paths, VERBS.contains(&&**verb), operation()) {
        ("paths", true, Some(at)) => Home::Operation { id: operation_id(&at, verb, path), at },
        ("paths", _, _) => Home::Path((**path).to_owned()),
        _ => Home::Components,
    }
}

/// `get /case/{code}` makes `get_case_by_code`.
fn id_from_path(verb: &str, path: &str) -> String {
    let mut parts = vec![verb.to_owned()];
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) {
            Some(name) => parts.push(format!("by_{}", spelled(Kind::Field, name))),
            None => parts.push(spelled(Kind::Field, &step.replace(['{', '}'], "_"))),
        }
    }
    parts.join("_")
}

/// The module an operation belongs to: as `sdk.toml` says, or its tag in the plural, or what its path begins with.
fn module(call: &Call<'_>, tag: Option<&str>, config: &Config) -> String {
    if let Some((module, _)) = config.operation(&call.id) {
        return module.to_owned();
    }
    let by_tag = |(_, resource): &(&String, &Resource)| tag.is_some() && resource.tag.as_deref() == tag;
    // Of several resources with this tag, one that lists no operations has those that no other lists.
    if let Some((module, _)) = config.resources.iter().filter(by_tag).min_by_key(|(_, resource)| !resource.operations.is_empty()) {
        return module.clone();
    }
    let version = |step: &str| step.strip_prefix('v').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
    let step = || call.path.split('/').find(|step| !matches!(*step, "" | "api" | "rest") && !step.contains('{') && !version(step));
    let text = tag.filter(|tag| !tag.trim().is_empty()).or_else(step).unwrap_or("root");
    let mut words = words(text);
    if let Some(last) = words.last_mut() {
        *last = plural(last);
    }
    spelled(Kind::Module, &words.join("_"))
}

fn tag_docs(document: &Cursor<'_>, tag: Option<&str>) -> Docs {
    let Some(tag) = tag else { return Docs::default() };
    let declared = document.get("tags").and_then(|tags| tags.items().find(|item| item.str("name") == Some(tag)));
    let docs = declared.filter(|item| item.str("description").is_some()).map(|item| docs(&item)).unwrap_or_default();
    if docs.summary.is_empty() { Docs { summary: tag.trim().to_owned(), ..docs } } else { docs }
}
