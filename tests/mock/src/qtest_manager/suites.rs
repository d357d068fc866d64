//! Test suites.

use super::act::Act;
use super::containers::Container;
use super::cycles;
use super::kinds::{TEST_SUITE, TEST_SUITES};
use super::operations::{Action, on};
use super::verbs;
use super::wire::{Done, Failure, ok};
use crate::store::Store;
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 5] = [
    on("GET /api/v3/projects/{}/test-suites", &TEST_SUITE, list),
    on("POST /api/v3/projects/{}/test-suites", &TEST_SUITE, create),
    on("GET /api/v3/projects/{}/test-suites/{}", &TEST_SUITE, verbs::get),
    on("PUT /api/v3/projects/{}/test-suites/{}", &TEST_SUITE, update),
    on("DELETE /api/v3/projects/{}/test-suites/{}", &TEST_SUITE, verbs::delete),
];

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let keys = parent.inside(store, TEST_SUITES, &act.project);
    let records = keys.iter().filter_map(|key| store.get(TEST_SUITES, &act.project, key));
    ok(records.map(|record| act.show(store, record)).collect())
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let shown = add(act, store, &act.body(), &parent)?;
    ok(shown)
}

/// Makes a suite in a container.
pub(super) fn add(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, parent: &Container) -> Result<Value, Failure> {
    if parent.kind == "test-suite" {
        return Err(Failure::bad("A test suite holds no suites."));
    }
    cycles::check_release(act, store, body)?;
    let act = Act { kind: &TEST_SUITE, project: act.project.clone(), ..*act };
    let mut record = act.make(store, body)?;
    let place = parent.inside(store, TEST_SUITES, &act.project).len();
    record.fields.insert("order".to_owned(), json!(place));
    parent.take(&mut record);
    store.put(TEST_SUITES, &act.project, record.clone());
    Ok(act.show(store, &record))
}

/// With a container it is a move, and the body counts for nothing.
fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let before = act.find(store, &act.argument(1))?.clone();
    let mut record = before.clone();
    match Container::named(act, store)? {
        Some(parent) => parent.take(&mut record),
        None => {
            cycles::check_release(act, store, &act.body())?;
            act.absorb(store, &mut record, &act.body())?;
        }
    }
    act.changed(store, &before, &mut record);
    store.put(TEST_SUITES, &act.project, record.clone());
    ok(act.show(store, &record))
}

/// The suite of a name in a container, made if it is not there.
pub(super) fn ensure(act: &Act<'_>, store: &mut Store, parent: &Container, name: &str) -> Result<Container, Failure> {
    let keys = parent.inside(store, TEST_SUITES, &act.project);
    let named = |key: &&String| store.get(TEST_SUITES, &act.project, key).and_then(|suite| suite.field("name")) == Some(&json!(name));
    let id = match keys.iter().find(named) {
        Some(key) => key.parse().ok(),
        None => {
            let body = Map::from_iter([("name".to_owned(), json!(name))]);
            add(act, store, &body, parent)?["id"].as_i64()
        }
    };
    let id = id.ok_or_else(|| Failure::bad("no suite"))?;
    Ok(Container { kind: "test-suite".to_owned(), id })
}
