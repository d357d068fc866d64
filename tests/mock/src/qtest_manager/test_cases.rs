//! Test cases and their versions.
//!
//! Every change makes a new minor version, an approval the next major one.

use super::act::{self, Act};
use super::kinds::{MODULES, TEST_CASE, TEST_CASES, VERSIONS};
use super::operations::{Action, on};
use super::wire::{Done, Failure, Window, ok, text};
use super::{attachments, modules, steps, verbs};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Where test cases go that name no module.
const STANDARD_MODULE: &str = "Created via API";

pub(super) static ACTIONS: [Action; 10] = [
    on("GET /api/v3/projects/{}/test-cases", &TEST_CASE, list),
    on("POST /api/v3/projects/{}/test-cases", &TEST_CASE, create),
    on("PUT /api/v3/projects/{}/test-cases/update/testcases", &TEST_CASE, update_several),
    on("GET /api/v3/projects/{}/test-cases/{}", &TEST_CASE, get),
    on("PUT /api/v3/projects/{}/test-cases/{}", &TEST_CASE, update),
    on("DELETE /api/v3/projects/{}/test-cases/{}", &TEST_CASE, verbs::delete),
    on("PUT /api/v3/projects/{}/test-cases/{}/approve", &TEST_CASE, approve),
    on("PUT /api/v3/projects/{}/test-cases/{}/vera/approve", &TEST_CASE, approve),
    on("GET /api/v3/projects/{}/test-cases/{}/versions", &TEST_CASE, versions),
    on("GET /api/v3/projects/{}/test-cases/{}/versions/{}", &TEST_CASE, version),
];

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let parent = act.number("parentId").map(Value::from);
    let since = act.word("modifiedAfter").and_then(crate::spec::moment);
    let admits = |record: &&Record| {
        let modified = || record.field("last_modified_date").and_then(|value| crate::spec::moment(value.as_str()?));
        parent.as_ref().is_none_or(|parent| record.field("parent_id") == Some(parent)) && since.is_none_or(|since| modified() > Some(since))
    };
    let found = store.list(TEST_CASES, &act.project).iter().filter(admits);
    let all = found.map(|record| {
        let mut shown = match act.flag("expandSteps", false) {
            true => with_steps(act, store, record),
            false => act::show(store, &TEST_CASE, &act.project, record),
        };
        if let (Some(map), false) = (shown.as_object_mut(), act.flag("expandProps", true)) {
            map.remove("properties");
        }
        if act.flag("utc", false) {
            shown["last_modified_date_utc"] = shown["last_modified_date"].clone();
        }
        shown
    });
    ok(Window::of(act.call, "size", 20).cut(&all.collect::<Vec<_>>()).into())
}

/// A test case with its steps.
pub(super) fn with_steps(act: &Act<'_>, store: &Store, record: &Record) -> Value {
    let mut shown = act::show(store, &TEST_CASE, &act.project, record);
    shown["test_steps"] = steps::of(record).iter().map(|step| steps::show(act, store, step)).collect();
    shown
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let parent = body.get("parent_id").cloned().or_else(|| act.number("parentId").map(Value::from)).filter(|id| *id != 0);
    let shown = add(act, store, &body, parent)?;
    ok(shown)
}

/// Makes a test case in a module.
pub(super) fn add(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, parent: Option<Value>) -> Result<Value, Failure> {
    let parent = match parent {
        Some(id) if store.get(MODULES, &act.project, &text(&id)).is_none() => return Err(Failure::absent("Module", &text(&id))),
        Some(id) => id,
        None => modules::ensure(act, store, None, STANDARD_MODULE)?.into(),
    };
    if body.contains_key("tosca_guid") != body.contains_key("tosca_node_path") {
        return Err(Failure::bad("tosca_guid and tosca_node_path come together."));
    }
    let mut record = act.make(store, body)?;
    let siblings = store.list(TEST_CASES, &act.project).iter().filter(|other| other.field("parent_id") == Some(&parent));
    record.fields.insert("order".to_owned(), json!(act::next_order(siblings)));
    record.fields.insert("parent_id".to_owned(), parent);
    let mut made = Vec::new();
    for step in body.get("test_steps").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        made.push((step.get("order").and_then(Value::as_i64), steps::make(act, store, step)?));
    }
    made.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
    steps::set(&mut record, made.into_iter().map(|(_, step)| step).collect());
    attachments::inline(act, store, ("test-cases", &record.key), body)?;
    act.note(store, &record, "created", &[]);
    write_version(act, store, &mut record, "0.1");
    store.put(TEST_CASES, &act.project, record.clone());
    Ok(with_steps(act, store, &record))
}

/// Keeps a test case that was changed, as a new version or not.
pub(super) fn keep(act: &Act<'_>, store: &mut Store, before: &Record, record: &mut Record, raise: bool) {
    act.changed(store, before, record);
    if raise {
        let (major, minor) = label(record);
        write_version(act, store, record, &format!("{major}.{}", minor + 1));
    }
    store.put(TEST_CASES, &act.project, record.clone());
}

/// `1.2` as two numbers.
fn label(record: &Record) -> (u64, u64) {
    let text = record.field("version").and_then(Value::as_str).unwrap_or_default();
    let (major, minor) = text.split_once('.').unwrap_or(("0", "0"));
    (major.parse().unwrap_or(0), minor.parse().unwrap_or(0))
}

fn write_version(act: &Act<'_>, store: &mut Store, record: &mut Record, label: &str) {
    let id = store.next_number(VERSIONS, "");
    record.fields.insert("test_case_version_id".to_owned(), json!(id));
    record.fields.insert("version".to_owned(), json!(label));
    let Value::Object(fields) = with_steps(act, store, record) else { return };
    store.put(VERSIONS, &format!("{}/{}", act.project, record.key), Record { key: id.to_string(), fields, hidden: Map::new() });
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(1))?;
    let wants_steps = act.word("expand").is_some_and(|word| word.eq_ignore_ascii_case("teststep"));
    if let Some(id) = act.number("versionId") {
        return ok(of_version(act, store, record, &id.to_string(), wants_steps)?);
    }
    ok(if wants_steps { with_steps(act, store, record) } else { act.show(store, record) })
}

fn of_version(act: &Act<'_>, store: &Store, case: &Record, id: &str, with_steps: bool) -> Result<Value, Failure> {
    let record = store.get(VERSIONS, &format!("{}/{}", act.project, case.key), id).ok_or_else(|| Failure::absent("Version", id))?;
    let mut fields = record.fields.clone();
    if !with_steps {
        fields.remove("test_steps");
    }
    Ok(Value::Object(fields))
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    ok(change(act, store, &act.argument(1), &act.body())?)
}

fn change(act: &Act<'_>, store: &mut Store, key: &str, body: &Map<String, Value>) -> Result<Value, Failure> {
    let before = act.find(store, key)?.clone();
    if let Some(parent) = body.get("parent_id").filter(|id| store.get(MODULES, &act.project, &text(id)).is_none()) {
        return Err(Failure::absent("Module", &text(parent)));
    }
    let mut record = before.clone();
    act.absorb(store, &mut record, body)?;
    if let Some(sent) = body.get("test_steps").and_then(Value::as_array) {
        let mut all = Vec::new();
        for step in sent.iter().filter_map(Value::as_object) {
            let old = step.get("id").and_then(Value::as_i64).and_then(|id| position(&before, id));
            let mut merged = old.and_then(|old| old.as_object().cloned()).unwrap_or_default();
            merged.extend(step.clone());
            all.push(steps::make(act, store, &merged)?);
        }
        steps::set(&mut record, all);
    }
    attachments::inline(act, store, ("test-cases", &record.key), body)?;
    keep(act, store, &before, &mut record, true);
    Ok(with_steps(act, store, &record))
}

fn position(case: &Record, id: i64) -> Option<Value> {
    steps::of(case).into_iter().find(|step| step["id"] == id)
}

/// The keys are numbers of test cases.
fn update_several(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    if let Some(key) = body.keys().find(|key| store.get(TEST_CASES, &act.project, key).is_none()) {
        return Err(Failure::absent("Test case", key));
    }
    let mut all = Vec::new();
    for (key, wanted) in &body {
        let wanted = wanted.as_object().cloned().unwrap_or_default();
        all.push(change(act, store, key, &wanted)?);
    }
    ok(all.into())
}

fn approve(act: &Act<'_>, store: &mut Store) -> Done {
    let before = act.find(store, &act.argument(1))?.clone();
    let (major, minor) = label(&before);
    if minor == 0 {
        return Err(Failure::bad(format!("Version {major}.0 is approved already.")));
    }
    let mut record = before.clone();
    act.changed(store, &before, &mut record);
    write_version(act, store, &mut record, &format!("{}.0", major + 1));
    store.put(TEST_CASES, &act.project, record.clone());
    ok(act.show(store, &record))
}

/// Approved versions, and the last one if it is not.
fn versions(act: &Act<'_>, store: &mut Store) -> Done {
    let case = act.find(store, &act.argument(1))?;
    let all = store.list(VERSIONS, &format!("{}/{}", act.project, case.key));
    let last = all.last().map(|record| record.key.clone());
    let listed = all.iter().filter(|record| label(record).1 == 0 || Some(&record.key) == last.as_ref());
    ok(listed.map(|record| Value::Object(record.fields.clone())).collect())
}

fn version(act: &Act<'_>, store: &mut Store) -> Done {
    let case = act.find(store, &act.argument(1))?;
    ok(of_version(act, store, case, &act.argument(2), true)?)
}
