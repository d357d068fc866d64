//! Test runs.

use super::act::{self, Act};
use super::containers::Container;
use super::kinds::{TEST_CASES, TEST_CYCLES, TEST_RUN, TEST_RUNS, TEST_SUITES, VERSIONS};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, message, ok, text};
use super::{cascade, logs, steps, test_cases};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Number, name and colour of the statuses that runs and logs have.
pub(super) const STATUSES: [(i64, &str, &str); 5] = [
    (601, "Passed", "#0cdda8"),
    (602, "Failed", "#ff6f5a"),
    (603, "Incomplete", "#ffc533"),
    (604, "Blocked", "#8f4bb0"),
    (605, "Unexecuted", "#c8c8c8"),
];

pub(super) static ACTIONS: [Action; 7] = [
    on("GET /api/v3/projects/{}/test-runs", &TEST_RUN, list),
    on("POST /api/v3/projects/{}/test-runs", &TEST_RUN, create),
    on("GET /api/v3/projects/{}/test-runs/execution-statuses", &TEST_RUN, statuses),
    on("GET /api/v3/projects/{}/test-runs/subhierarchy", &TEST_RUN, hierarchy),
    on("GET /api/v3/projects/{}/test-runs/{}", &TEST_RUN, get),
    on("PUT /api/v3/projects/{}/test-runs/{}", &TEST_RUN, update),
    on("DELETE /api/v3/projects/{}/test-runs/{}", &TEST_RUN, delete),
];

/// A status as it is shown.
pub(super) fn status(id: i64) -> Option<Value> {
    let (id, name, color) = STATUSES.into_iter().find(|(number, ..)| *number == id)?;
    Some(json!({ "id": id, "name": name, "is_default": id == 605, "color": color, "active": true, "links": [] }))
}

fn statuses(_: &Act<'_>, _: &mut Store) -> Done {
    ok(STATUSES.iter().filter_map(|(id, ..)| status(*id)).collect())
}

/// A run as it is shown: its test case is a stub unless it is asked for.
pub(super) fn show(act: &Act<'_>, store: &Store, record: &Record) -> Value {
    let mut shown = act::show(store, &TEST_RUN, &act.project, record);
    let case = record.field("testCaseId").map(text).and_then(|key| store.get(TEST_CASES, &act.project, &key));
    let version = record.field("test_case_version_id").cloned().unwrap_or_default();
    shown["test_case"] = match (case, act.word("expand")) {
        (Some(case), Some("testcase.teststep")) => test_cases::with_steps(act, store, case),
        (Some(case), Some("testcase")) => act::show(store, &super::kinds::TEST_CASE, &act.project, case),
        _ => json!({ "id": record.field("testCaseId"), "test_case_version_id": version }),
    };
    if let Some(log) = logs::of_run(store, &act.project, &record.key).last() {
        let tester = log.field("tester").cloned().unwrap_or_else(|| json!(super::USERNAME));
        shown["latest_test_log"] = json!({
            "id": log.fields["id"], "status": log.fields["status"]["name"], "exe_start_date": log.fields["exe_start_date"],
            "exe_end_date": log.fields["exe_end_date"], "tester": tester
        });
    }
    if let (Some(map), false) = (shown.as_object_mut(), act.flag("includeToscaProperties", false)) {
        map.retain(|name, _| !name.starts_with("tosca_"));
    }
    shown
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let containers = if act.word("expand") == Some("descendants") { parent.descendants(store, &act.project) } else { vec![parent] };
    let keys = containers.iter().flat_map(|container| container.inside(store, TEST_RUNS, &act.project));
    let records = keys.filter_map(|key| store.get(TEST_RUNS, &act.project, &key));
    let all: Vec<Value> = records.map(|record| show(act, store, record)).collect();
    let path = format!("/api/v3/projects/{}/test-runs", act.project);
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(&all, &path))
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    ok(show(act, store, record))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let record = add(act, store, &act.body(), &parent)?;
    created(show(act, store, &record))
}

/// Makes a run in a container.
pub(super) fn add(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, parent: &Container) -> Result<Record, Failure> {
    let case = body.get("test_case").and_then(|case| case.get("id")).map(text).ok_or_else(|| Failure::missing("test_case"))?;
    let case = act::find(store, &super::kinds::TEST_CASE, &act.project, &case)?.clone();
    let act = Act { kind: &TEST_RUN, project: act.project.clone(), ..*act };
    let mut record = act.make(store, body)?;
    let wanted = body.get("test_case_version_id").or_else(|| body.get("test_case").and_then(|case| case.get("test_case_version_id")));
    let version = wanted.filter(|id| !id.is_null()).or_else(|| case.field("test_case_version_id")).cloned().unwrap_or_default();
    set_version(&act, store, &mut record, &case.key, &version)?;
    record.fields.insert("testCaseId".to_owned(), case.fields["id"].clone());
    if !body.contains_key("name") {
        record.fields.insert("name".to_owned(), case.fields["name"].clone());
    }
    if steps::of(&case).is_empty() && case.hidden.contains_key("automation_content") {
        record.fields.insert("automation".to_owned(), json!("Yes"));
    }
    let place = parent.inside(store, TEST_RUNS, &act.project).len() + 1;
    record.fields.insert("order".to_owned(), json!(place));
    parent.take(&mut record);
    act.note(store, &record, "created", &[]);
    store.put(TEST_RUNS, &act.project, record.clone());
    Ok(record)
}

fn set_version(act: &Act<'_>, store: &Store, run: &mut Record, case: &str, version: &Value) -> Result<(), Failure> {
    let record = store.get(VERSIONS, &format!("{}/{case}", act.project), &text(version));
    let record = record.ok_or_else(|| Failure::bad(format!("Version {version} is none of test case {case}.")))?;
    run.fields.insert("test_case_version_id".to_owned(), version.clone());
    run.fields.insert("test_case_version".to_owned(), record.fields["version"].clone());
    Ok(())
}

/// With a container it is a move, and the body counts for nothing.
fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let before = act.find(store, &act.argument(1))?.clone();
    let mut record = before.clone();
    match Container::named(act, store)? {
        Some(parent) => parent.take(&mut record),
        None => {
            let body = act.body();
            act.absorb(store, &mut record, &body)?;
            if let Some(version) = body.get("test_case_version_id") {
                let case = record.field("testCaseId").map(text).unwrap_or_default();
                set_version(act, store, &mut record, &case, version)?;
            }
        }
    }
    act.changed(store, &before, &mut record);
    store.put(TEST_RUNS, &act.project, record.clone());
    ok(show(act, store, &record))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store, &act.argument(1))?.key.clone();
    cascade::delete(store, act.kind, &act.project, &key);
    message(format!("Test run {key} was deleted."))
}

/// What is directly below a container.
fn hierarchy(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = Container::named(act, store)?.unwrap_or_else(Container::root);
    let node = |record: &Record, kind: &str, word: &str| {
        json!({
            "id": record.fields["id"], "name": record.fields["name"], "type": word, "artifactType": kind, "order": record.fields["order"],
            "children": []
        })
    };
    let mut children = Vec::new();
    if parent.kind == "root" {
        children.extend(store.list(super::kinds::RELEASES, &act.project).iter().map(|record| node(record, "RELEASE", "release")));
    }
    for (collection, kind, word) in
        [(TEST_CYCLES, "TEST_CYCLE", "test-cycle"), (TEST_SUITES, "TEST_SUITE", "test-suite"), (TEST_RUNS, "TEST_CASE_RUN", "test-run")]
    {
        let keys = parent.inside(store, collection, &act.project);
        children.extend(keys.iter().filter_map(|key| Some(node(store.get(collection, &act.project, key)?, kind, word))));
    }
    let own = parent.record(store, &act.project);
    let name = own.and_then(|record| record.field("name")).cloned().unwrap_or_else(|| json!("root"));
    let kind = parent.kind.to_uppercase().replace('-', "_");
    ok(json!({ "id": parent.id, "name": name, "type": parent.kind, "artifactType": kind, "order": 0, "children": children }))
}
