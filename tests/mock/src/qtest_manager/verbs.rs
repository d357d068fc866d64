//! The verbs that several kinds have in common.

use super::act::{self, Act};
use super::cascade;
use super::kinds::{BUILD, BUILDS, DEFECT, DEFECTS, MODULES, RELEASE, RELEASES, REQUIREMENT, REQUIREMENTS};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, nothing, ok, text};
use super::{attachments, links};
use crate::spec::moment;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 21] = [
    on("GET /api/v3/projects/{}/releases", &RELEASE, releases),
    on("POST /api/v3/projects/{}/releases", &RELEASE, create),
    on("GET /api/v3/projects/{}/releases/{}", &RELEASE, get),
    on("PUT /api/v3/projects/{}/releases/{}", &RELEASE, update),
    on("DELETE /api/v3/projects/{}/releases/{}", &RELEASE, delete),
    on("GET /api/v3/projects/{}/builds", &BUILD, builds),
    on("POST /api/v3/projects/{}/builds", &BUILD, create_build),
    on("GET /api/v3/projects/{}/builds/{}", &BUILD, get),
    on("PUT /api/v3/projects/{}/builds/{}", &BUILD, update),
    on("DELETE /api/v3/projects/{}/builds/{}", &BUILD, delete),
    on("POST /api/v3/projects/{}/defects", &DEFECT, create),
    on("GET /api/v3/projects/{}/defects/last-change", &DEFECT, last_changed),
    on("GET /api/v3/projects/{}/defects/{}", &DEFECT, get),
    on("PUT /api/v3/projects/{}/defects/{}", &DEFECT, update),
    on("GET /api/v3/projects/{}/requirements", &REQUIREMENT, requirements),
    on("POST /api/v3/projects/{}/requirements", &REQUIREMENT, create_requirement),
    on("GET /api/v3/projects/{}/requirements/{}", &REQUIREMENT, get),
    on("PUT /api/v3/projects/{}/requirements/{}", &REQUIREMENT, update_requirement),
    on("DELETE /api/v3/projects/{}/requirements/{}", &REQUIREMENT, delete),
    on("GET /api/v3/projects/{}/requirements/{}/defects", &REQUIREMENT, links::defects_of_requirement),
    on("GET /api/v3/projects/{}/requirements/{}/test-runs", &REQUIREMENT, links::runs_of_requirement),
];

pub(super) fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    ok(act.show(store, record))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    created(add(act, store, &act.body())?)
}

/// Makes a thing and keeps it.
pub(super) fn add(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>) -> Result<Value, Failure> {
    let mut record = act.make(store, body)?;
    if record.fields.contains_key("order") && !body.contains_key("order") {
        let siblings = store.list(act.kind.collection, act.scope()).iter();
        let siblings = siblings.filter(|other| other.field("parent_id") == record.field("parent_id"));
        record.fields.insert("order".to_owned(), json!(act::next_order(siblings)));
    }
    act.note(store, &record, "created", &[]);
    attachments::inline(act, store, (act.kind.object, &record.key), body)?;
    store.put(act.kind.collection, act.scope(), record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    ok(change(act, store, &act.argument(1), &act.body())?)
}

/// Changes a thing: what the body leaves out stays.
pub(super) fn change(act: &Act<'_>, store: &mut Store, key: &str, body: &Map<String, Value>) -> Result<Value, Failure> {
    let before = act.find(store, key)?.clone();
    let mut record = before.clone();
    act.absorb(store, &mut record, body)?;
    act.changed(store, &before, &mut record);
    attachments::inline(act, store, (act.kind.object, &record.key), body)?;
    store.put(act.kind.collection, act.scope(), record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store, &act.argument(1))?.key.clone();
    cascade::delete(store, act.kind, &act.project, &key);
    nothing()
}

fn shown(act: &Act<'_>, store: &Store, admits: impl Fn(&Record) -> bool) -> Vec<Value> {
    let records = store.list(act.kind.collection, act.scope()).iter();
    records.filter(|record| admits(record)).map(|record| act.show(store, record)).collect()
}

/// A release is closed when its field `Status` says so.
fn releases(act: &Act<'_>, store: &mut Store) -> Done {
    let closed = |shown: &Value| {
        let mut properties = shown["properties"].as_array().into_iter().flatten();
        properties.any(|property| property["field_name"] == "Status" && property["field_value_name"] == "Closed")
    };
    let all = shown(act, store, |_| true);
    let all = all.into_iter().filter(|release| act.flag("includeClosed", false) || !closed(release));
    ok(all.collect())
}

fn builds(act: &Act<'_>, store: &mut Store) -> Done {
    let release = act.number("releaseId").unwrap_or_default();
    if store.get(RELEASES, &act.project, &release.to_string()).is_none() {
        return Err(Failure::absent("Release", &release.to_string()));
    }
    ok(shown(act, store, |build| build.field("release").is_some_and(|r| r["id"] == release)).into())
}

fn create_build(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let release = body.get("release").and_then(|release| release.get("id")).ok_or_else(|| Failure::missing("release"))?;
    if store.get(RELEASES, &act.project, &text(release)).is_none() {
        return Err(Failure::bad(format!("Release {release} does not exist.")));
    }
    create(act, store)
}

fn last_changed(act: &Act<'_>, store: &mut Store) -> Done {
    let since = act.word("startTime").unwrap_or_default();
    let since = moment(since).ok_or_else(|| Failure::bad(format!("startTime {since} is no time.")))?;
    let is_new = |record: &Record| record.field("last_modified_date").and_then(|v| moment(v.as_str()?)).is_some_and(|t| t >= since);
    let all: Vec<Value> = shown(act, store, is_new);
    ok(Window::of(act.call, "size", wire::PAGE_SIZE).cut(&all).into())
}

fn requirements(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = act.number("parentId");
    let all = shown(act, store, |record| parent.is_none_or(|parent| record.field("parent_id") == Some(&json!(parent))));
    ok(Window::of(act.call, "size", 20).cut(&all).into())
}

fn create_requirement(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = module(act, store)?;
    let shown = add(act, store, &act.body())?;
    ok(put_below(act, store, shown, parent))
}

fn update_requirement(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = module(act, store)?;
    let shown = change(act, store, &act.argument(1), &act.body())?;
    ok(put_below(act, store, shown, parent))
}

/// The module that the query names.
fn module(act: &Act<'_>, store: &Store) -> Result<Option<i64>, Failure> {
    match act.number("parentId") {
        Some(id) if store.get(MODULES, &act.project, &id.to_string()).is_none() => {
            Err(Failure::bad(format!("Module {id} does not exist.")))
        }
        parent => Ok(parent),
    }
}

fn put_below(act: &Act<'_>, store: &mut Store, mut shown: Value, parent: Option<i64>) -> Value {
    let key = text(&shown["id"]);
    if let (Some(parent), Some(record)) = (parent, store.get_mut(REQUIREMENTS, &act.project, &key)) {
        record.fields.insert("parent_id".to_owned(), json!(parent));
        shown["parent_id"] = json!(parent);
    }
    shown
}

/// Whether a defect has this number or key.
pub(super) fn defect<'s>(store: &'s Store, project: &str, key: &str) -> Option<&'s Record> {
    let mut all = store.list(DEFECTS, project).iter();
    all.find(|record| record.key == key || record.field("pid").and_then(Value::as_str) == Some(key))
}

/// Builds of a release.
pub(super) fn builds_of(store: &Store, project: &str, release: &str) -> Vec<String> {
    let all = store.list(BUILDS, project).iter();
    all.filter(|build| build.field("release").is_some_and(|r| text(&r["id"]) == release)).map(|build| build.key.clone()).collect()
}
