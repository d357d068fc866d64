//! Modules: the folders of the test design.

use super::act::Act;
use super::cascade;
use super::kinds::{MODULE, MODULES, REQUIREMENTS, TEST_CASES};
use super::operations::{Action, on};
use super::verbs;
use super::wire::{Done, Failure, created, message, ok};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 5] = [
    on("GET /api/v3/projects/{}/modules", &MODULE, list),
    on("POST /api/v3/projects/{}/modules", &MODULE, create),
    on("GET /api/v3/projects/{}/modules/{}", &MODULE, get),
    on("PUT /api/v3/projects/{}/modules/{}", &MODULE, update),
    on("DELETE /api/v3/projects/{}/modules/{}", &MODULE, delete),
];

/// A module, with those below it if they are asked for.
fn tree(act: &Act<'_>, store: &Store, record: &Record, deep: bool) -> Value {
    let mut shown = act.show(store, record);
    if deep {
        let children = children(store, &act.project, record.fields.get("id"));
        shown["children"] = children.into_iter().map(|child| tree(act, store, child, true)).collect();
    }
    shown
}

/// The modules directly below one, or below the root.
fn children<'s>(store: &'s Store, project: &str, parent: Option<&Value>) -> Vec<&'s Record> {
    let parent = parent.filter(|id| !id.is_null());
    store.list(MODULES, project).iter().filter(|record| record.field("parent_id").filter(|id| !id.is_null()) == parent).collect()
}

fn parent(act: &Act<'_>, store: &Store) -> Result<Option<i64>, Failure> {
    match act.number("parentId").filter(|id| *id != 0) {
        Some(id) if store.get(MODULES, &act.project, &id.to_string()).is_none() => Err(Failure::absent("Module", &id.to_string())),
        parent => Ok(parent),
    }
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = parent(act, store)?.map(Value::from);
    let search = act.word("search").map(str::to_lowercase);
    let name = |record: &Record| record.field("name").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let found = match &search {
        Some(word) => store.list(MODULES, &act.project).iter().filter(|record| name(record).contains(word)).collect(),
        None => children(store, &act.project, parent.as_ref()),
    };
    let deep = act.word("expand") == Some("descendants");
    ok(found.into_iter().map(|record| tree(act, store, record, deep)).collect())
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    ok(tree(act, store, record, act.word("expand") == Some("descendants")))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let mut body = act.body();
    if body.contains_key("tosca_guid") != body.contains_key("tosca_node_path") {
        return Err(Failure::bad("tosca_guid and tosca_node_path come together."));
    }
    if let Some(parent) = parent(act, store)? {
        body.insert("parent_id".to_owned(), json!(parent));
    }
    created(verbs::add(act, store, &body)?)
}

/// With a parent it is a move, and the body counts for nothing.
fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.argument(1);
    let body = match act.number("parentId") {
        None => act.body(),
        Some(_) => {
            let parent = parent(act, store)?;
            if parent.is_some_and(|parent| is_below(store, &act.project, parent, &key)) {
                return Err(Failure::bad("A module cannot move into itself."));
            }
            Map::from_iter([("parent_id".to_owned(), json!(parent))])
        }
    };
    ok(verbs::change(act, store, &key, &body)?)
}

/// Whether a module is another one, or below it.
fn is_below(store: &Store, project: &str, module: i64, other: &str) -> bool {
    let mut at = Some(module);
    while let Some(id) = at {
        if id.to_string() == other {
            return true;
        }
        at = store.get(MODULES, project, &id.to_string()).and_then(|record| record.field("parent_id")?.as_i64());
    }
    false
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    let (key, id) = (record.key.clone(), record.fields.get("id").cloned());
    let holds = [MODULES, REQUIREMENTS, TEST_CASES]
        .into_iter()
        .any(|collection| store.list(collection, &act.project).iter().any(|record| record.field("parent_id") == id.as_ref()));
    if holds && !act.flag("force", false) {
        return Err(Failure::bad(format!("Module {key} is not empty.")));
    }
    cascade::delete(store, act.kind, &act.project, &key);
    message(format!("Module {key} was deleted."))
}

/// The module of a name below a parent, made if it is not there.
pub(super) fn ensure(act: &Act<'_>, store: &mut Store, parent: Option<i64>, name: &str) -> Result<i64, Failure> {
    let above = parent.map(Value::from);
    let found = children(store, &act.project, above.as_ref()).into_iter().find(|record| record.field("name") == Some(&json!(name)));
    if let Some(id) = found.and_then(|record| record.fields.get("id")?.as_i64()) {
        return Ok(id);
    }
    let body = Map::from_iter([("name".to_owned(), json!(name)), ("parent_id".to_owned(), json!(parent))]);
    let act = Act { kind: &MODULE, project: act.project.clone(), ..*act };
    let shown = verbs::add(&act, store, &body)?;
    shown["id"].as_i64().ok_or_else(|| Failure::bad("no module"))
}
