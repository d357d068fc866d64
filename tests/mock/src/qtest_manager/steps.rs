//! Steps of test cases. A step that is changed gets a new number.

use super::act::Act;
use super::attachments;
use super::fields;
use super::kinds::{FIELDS, TEST_CASE, VERSIONS};
use super::operations::{Action, on};
use super::test_cases;
use super::wire::{Done, Failure, Window, nothing, ok, text};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// Numbers of steps.
pub(super) const STEPS: Collection = Collection::new("test steps");

pub(super) static ACTIONS: [Action; 8] = [
    on("GET /api/v3/projects/{}/test-cases/{}/test-steps", &TEST_CASE, list),
    on("POST /api/v3/projects/{}/test-cases/{}/test-steps", &TEST_CASE, add),
    on("GET /api/v3/projects/{}/test-cases/{}/test-steps/{}", &TEST_CASE, get),
    on("PUT /api/v3/projects/{}/test-cases/{}/test-steps/{}", &TEST_CASE, update),
    on("DELETE /api/v3/projects/{}/test-cases/{}/test-steps/{}", &TEST_CASE, delete),
    on("GET /api/v3/projects/{}/test-cases/{}/versions/{}/test-steps", &TEST_CASE, list_of_version),
    on("GET /api/v4/projects/{}/test-cases/{}/test-steps", &TEST_CASE, page),
    on("GET /api/v4/projects/{}/test-cases/{}/versions/{}/test-steps", &TEST_CASE, page_of_version),
];

/// The steps of a test case, in their order.
pub(super) fn of(case: &Record) -> Vec<Value> {
    case.hidden.get("test_steps").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Where a step stands in a test case.
pub(super) fn position(case: &Record, id: i64) -> Option<usize> {
    of(case).iter().position(|step| step["id"] == id)
}

/// Replaces the steps of a test case; they are numbered as they stand.
pub(super) fn set(case: &mut Record, mut steps: Vec<Value>) {
    for (place, step) in steps.iter_mut().enumerate() {
        step["order"] = json!(place + 1);
    }
    case.hidden.insert("test_steps".to_owned(), Value::Array(steps));
}

/// A step that a body describes.
pub(super) fn make(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>) -> Result<Value, Failure> {
    let id = store.next_number(STEPS, "");
    let mut step = json!({ "id": id, "description": "", "expected": "", "links": [] });
    for name in ["description", "expected", "parameter_values"] {
        if let Some(value) = body.get(name) {
            step[name] = value.clone();
        }
    }
    if let Some(called) = body.get("called_test_case_id").filter(|called| !called.is_null()) {
        let case = super::act::find(store, &TEST_CASE, &act.project, &text(called))?;
        step["called_test_case_id"] = called.clone();
        step["called_test_case_name"] = case.fields.get("name").cloned().unwrap_or_default();
        step["root_called_test_case_id"] = called.clone();
    }
    step["customFieldInfo"] = Value::Array(custom(act, store, id, body.get("customFieldInfo"))?);
    attachments::inline(act, store, ("test-steps", &id.to_string()), body)?;
    Ok(step)
}

/// Every custom field of steps, with the value it has here. Each names the step that it belongs to.
fn custom(act: &Act<'_>, store: &Store, step: u64, given: Option<&Value>) -> Result<Vec<Value>, Failure> {
    let fields = store.list(FIELDS, &fields::scope(&act.project, "test-steps"));
    let given = given.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let stray = given.iter().find(|info| fields.iter().all(|field| Some(&info["id"]) != field.fields.get("id")));
    if let Some(info) = stray {
        return Err(Failure::bad(format!("Field {} is none of test-steps.", info["id"])));
    }
    let info = |field: &Record| {
        let value = given.iter().find(|info| Some(&info["id"]) == field.fields.get("id"));
        let value = value.and_then(|info| info["value"].as_str()).unwrap_or_default();
        json!({
            "id": field.fields["id"], "value": value, "objectId": step, "type": field.fields["attribute_type"],
            "name": field.fields["label"], "stripHTMLValue": value, "propertyEditorComponent": false
        })
    };
    Ok(fields.iter().filter(|field| field.field("is_active") == Some(&json!(true))).map(info).collect())
}

/// A step as it is shown.
pub(super) fn show(act: &Act<'_>, store: &Store, step: &Value) -> Value {
    let mut shown = step.clone();
    shown["attachments"] = Value::Array(attachments::of(store, &act.project, "test-steps", &text(&step["id"])));
    let called = step.get("called_test_case_id").map(text).and_then(|key| store.get(TEST_CASE.collection, &act.project, &key));
    if let (Some(case), Some("calledteststep")) = (called, act.word("expand")) {
        shown["called_test_case"] = test_cases::with_steps(act, store, case);
    }
    shown
}

fn shown(act: &Act<'_>, store: &Store) -> Result<Vec<Value>, Failure> {
    let case = act.find(store, &act.argument(1))?;
    Ok(of(case).iter().map(|step| show(act, store, step)).collect())
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    ok(shown(act, store)?.into())
}

fn page(act: &Act<'_>, store: &mut Store) -> Done {
    ok(Window::of(act.call, "size", 200).cut(&shown(act, store)?).into())
}

fn of_version(act: &Act<'_>, store: &Store) -> Result<Vec<Value>, Failure> {
    let (case, version) = (act.find(store, &act.argument(1))?, act.argument(2));
    let record = store.get(VERSIONS, &format!("{}/{}", act.project, case.key), &version);
    let record = record.ok_or_else(|| Failure::absent("Version", &version))?;
    let steps = record.field("test_steps").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(steps.iter().map(|step| show(act, store, step)).collect())
}

fn list_of_version(act: &Act<'_>, store: &mut Store) -> Done {
    ok(of_version(act, store)?.into())
}

/// The reference declares no form: one of two that are known.
fn page_of_version(act: &Act<'_>, store: &mut Store) -> Done {
    let all = of_version(act, store)?;
    ok(Window::of(act.call, "size", 200).envelope(&all, "test-steps"))
}

/// The test case, and the place of the step that the path names.
fn step(act: &Act<'_>, store: &Store) -> Result<(Record, usize), Failure> {
    let (case, key) = (act.find(store, &act.argument(1))?.clone(), act.argument(2));
    let place = position(&case, key.parse().unwrap_or_default());
    place.map(|place| (case, place)).ok_or_else(|| Failure::absent("Test step", &key))
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let (case, place) = step(act, store)?;
    ok(show(act, store, &of(&case)[place]))
}

fn add(act: &Act<'_>, store: &mut Store) -> Done {
    let before = act.find(store, &act.argument(1))?.clone();
    let body = act.body();
    let made = make(act, store, &body)?;
    let mut steps = of(&before);
    let wanted = body.get("order").and_then(Value::as_u64).and_then(|order| usize::try_from(order).ok());
    let place = wanted.map_or(steps.len(), |order| order.saturating_sub(1).min(steps.len()));
    steps.insert(place, made);
    finish(act, store, &before, steps, Some(place), true)
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let (before, place) = step(act, store)?;
    let mut steps = of(&before);
    let mut body = steps[place].as_object().cloned().unwrap_or_default();
    body.extend(act.body());
    steps[place] = make(act, store, &body)?;
    let wanted = act.body().get("order").and_then(Value::as_u64).and_then(|order| usize::try_from(order).ok());
    let target = wanted.map_or(place, |order| order.saturating_sub(1).min(steps.len() - 1));
    let moved = steps.remove(place);
    steps.insert(target, moved);
    finish(act, store, &before, steps, Some(target), true)
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let (before, place) = step(act, store)?;
    let mut steps = of(&before);
    steps.remove(place);
    finish(act, store, &before, steps, None, act.flag("updateVersion", true))
}

/// Keeps the steps; answers with the one at a place.
fn finish(act: &Act<'_>, store: &mut Store, before: &Record, steps: Vec<Value>, place: Option<usize>, raise: bool) -> Done {
    let mut case = before.clone();
    set(&mut case, steps);
    test_cases::keep(act, store, before, &mut case, raise);
    match place {
        Some(place) => ok(show(act, store, &of(&case)[place])),
        None => nothing(),
    }
}
