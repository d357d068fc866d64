//! Test cycles: the folders of the test execution.

use super::act::Act;
use super::cascade;
use super::containers::Container;
use super::kinds::{RELEASES, TEST_CYCLE, TEST_CYCLES, TEST_RUNS, TEST_SUITE, TEST_SUITES};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, message, ok};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 5] = [
    on("GET /api/v3/projects/{}/test-cycles", &TEST_CYCLE, list),
    on("POST /api/v3/projects/{}/test-cycles", &TEST_CYCLE, create),
    on("GET /api/v3/projects/{}/test-cycles/{}", &TEST_CYCLE, get),
    on("PUT /api/v3/projects/{}/test-cycles/{}", &TEST_CYCLE, update),
    on("DELETE /api/v3/projects/{}/test-cycles/{}", &TEST_CYCLE, delete),
];

/// A cycle, with what is below it if that is asked for.
fn tree(act: &Act<'_>, store: &Store, record: &Record, deep: bool) -> Value {
    let mut shown = act.show(store, record);
    if deep {
        let own = cycle(&record.key);
        let below = |keys: Vec<String>, collection| keys.into_iter().filter_map(move |key| store.get(collection, &act.project, &key));
        let cycles = below(own.inside(store, TEST_CYCLES, &act.project), TEST_CYCLES);
        shown["test-cycles"] = cycles.map(|cycle| tree(act, store, cycle, true)).collect();
        let suites = below(own.inside(store, TEST_SUITES, &act.project), TEST_SUITES);
        shown["test-suites"] = suites.map(|suite| super::act::show(store, &TEST_SUITE, &act.project, suite)).collect();
    }
    shown
}

fn cycle(key: &str) -> Container {
    Container { kind: "test-cycle".to_owned(), id: key.parse().unwrap_or_default() }
}

fn is_deep(act: &Act<'_>) -> bool {
    act.word("expand") == Some("descendants")
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let keys = parent.inside(store, TEST_CYCLES, &act.project);
    let records = keys.iter().filter_map(|key| store.get(TEST_CYCLES, &act.project, key));
    let all: Vec<Value> = records.map(|record| tree(act, store, record, is_deep(act))).collect();
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).cut(&all).into())
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let shown = add(act, store, &act.body(), &parent)?;
    created(shown)
}

/// Makes a cycle in a container. Below a release it is planned for that.
pub(super) fn add(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, parent: &Container) -> Result<Value, Failure> {
    if parent.kind == "test-suite" {
        return Err(Failure::bad("A test suite holds no cycles."));
    }
    check_release(act, store, body)?;
    let act = Act { kind: &TEST_CYCLE, project: act.project.clone(), ..*act };
    let mut record = act.make(store, body)?;
    let target = match parent.kind.as_str() {
        "release" => Some(json!(parent.id)),
        _ => parent.record(store, &act.project).and_then(|above| above.field("target_release_id").cloned()),
    };
    if let Some(target) = target.filter(|_| !body.contains_key("target_release_id")) {
        record.fields.insert("target_release_id".to_owned(), target);
    }
    parent.take(&mut record);
    let place = parent.inside(store, TEST_CYCLES, &act.project).len() + 1;
    record.fields.insert("order".to_owned(), json!(place));
    store.put(TEST_CYCLES, &act.project, record.clone());
    Ok(act.show(store, &record))
}

/// The release and the build that something is planned for must be there.
pub(super) fn check_release(act: &Act<'_>, store: &Store, body: &Map<String, Value>) -> Result<(), Failure> {
    for (member, collection, noun) in [("target_release_id", RELEASES, "Release"), ("target_build_id", super::kinds::BUILDS, "Build")] {
        if let Some(id) = body.get(member).and_then(Value::as_i64)
            && store.get(collection, &act.project, &id.to_string()).is_none()
        {
            return Err(Failure::bad(format!("{noun} {id} does not exist.")));
        }
    }
    Ok(())
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    ok(tree(act, store, record, is_deep(act)))
}

/// Unlike suites and runs, a cycle can be changed and moved at once.
fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let before = act.find(store, &act.argument(1))?.clone();
    let body = act.body();
    check_release(act, store, &body)?;
    let mut record = before.clone();
    act.absorb(store, &mut record, &body)?;
    if let Some(parent) = Container::named(act, store)? {
        if cycle(&record.key).descendants(store, &act.project).contains(&parent) {
            return Err(Failure::bad("A test cycle cannot move into itself."));
        }
        parent.take(&mut record);
    }
    act.changed(store, &before, &mut record);
    store.put(TEST_CYCLES, &act.project, record.clone());
    ok(act.show(store, &record))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store, &act.argument(1))?.key.clone();
    let own = cycle(&key);
    let holds = [TEST_CYCLES, TEST_SUITES, TEST_RUNS].into_iter().any(|collection| !own.inside(store, collection, &act.project).is_empty());
    if holds && !act.flag("force", false) {
        return Err(Failure::bad(format!("Test cycle {key} is not empty.")));
    }
    cascade::delete(store, act.kind, &act.project, &key);
    message(format!("Test cycle {key} was deleted."))
}
