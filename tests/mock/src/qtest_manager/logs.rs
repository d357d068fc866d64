//! Test logs: what came of a run.

use super::act::{self, Act};
use super::kinds::{DEFECTS, FIELDS, TEST_LOG, TEST_LOGS, TEST_RUN, TEST_RUNS, USERS};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, nothing, ok, text};
use super::{attachments, automation, fields, links, runs, test_cases};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// Numbers of the logs of steps.
const STEP_LOGS: Collection = Collection::new("test step logs");

pub(super) static ACTIONS: [Action; 7] = [
    on("GET /api/v3/projects/{}/test-runs/{}/test-logs", &TEST_LOG, list),
    on("POST /api/v3/projects/{}/test-runs/{}/test-logs", &TEST_LOG, create),
    on("GET /api/v3/projects/{}/test-runs/{}/test-logs/last-run", &TEST_LOG, last),
    on("GET /api/v3/projects/{}/test-runs/{}/test-logs/{}", &TEST_LOG, get),
    on("PUT /api/v3/projects/{}/test-runs/{}/test-logs/{}", &TEST_LOG, update),
    on("POST /api/v3/projects/{}/test-runs/{}/auto-test-logs", &TEST_LOG, automation::create),
    on("PUT /api/v3/projects/{}/test-runs/{}/auto-test-logs/{}", &TEST_LOG, automation::update),
];

/// The logs of a run, the oldest first.
pub(super) fn of_run<'s>(store: &'s Store, project: &str, run: &str) -> Vec<&'s Record> {
    store.list(TEST_LOGS, project).iter().filter(|log| log.field("test_run_id").map(text).as_deref() == Some(run)).collect()
}

/// Whether a step of a log has this number.
pub(super) fn has_step_log(log: &Record, id: i64) -> bool {
    log.field("test_step_logs").and_then(Value::as_array).is_some_and(|steps| steps.iter().any(|step| step["test_step_log_id"] == id))
}

/// The run that the path names.
pub(super) fn run(act: &Act<'_>, store: &Store) -> Result<Record, Failure> {
    act::find(store, &TEST_RUN, &act.project, &act.argument(1)).cloned()
}

/// The log that the path names; it must be one of the run.
pub(super) fn log(act: &Act<'_>, store: &Store) -> Result<Record, Failure> {
    let (run, key) = (run(act, store)?, act.argument(2));
    let log = store.get(TEST_LOGS, &act.project, &key).filter(|log| log.field("test_run_id").map(text) == Some(run.key));
    log.cloned().ok_or_else(|| Failure::absent("Test log", &key))
}

pub(super) fn show(act: &Act<'_>, store: &Store, record: &Record) -> Value {
    let mut shown = act::show(store, &TEST_LOG, &act.project, record);
    shown["properties"] = json!([]);
    shown["defects"] = links::defects_of(store, &act.project, "test-logs", &record.key).into();
    let run = record.field("test_run_id").map(text).and_then(|key| store.get(TEST_RUNS, &act.project, &key));
    let case = run.and_then(|run| run.field("testCaseId")).map(text);
    let case = case.and_then(|key| store.get(super::kinds::TEST_CASES, &act.project, &key));
    if let (Some(case), Some("testcase")) = (case, act.word("expand")) {
        shown["test_case"] = test_cases::with_steps(act, store, case);
    }
    for step in shown["test_step_logs"].as_array_mut().into_iter().flatten() {
        let key = text(&step["test_step_log_id"]);
        step["attachments"] = attachments::of(store, &act.project, "test-step-logs", &key).into();
    }
    shown
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let run = run(act, store)?;
    let all: Vec<Value> = of_run(store, &act.project, &run.key).into_iter().map(|log| show(act, store, log)).collect();
    let path = format!("/api/v3/projects/{}/test-runs/{}/test-logs", act.project, run.key);
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(&all, &path))
}

fn last(act: &Act<'_>, store: &mut Store) -> Done {
    let run = run(act, store)?;
    let log = of_run(store, &act.project, &run.key).last().copied().ok_or_else(|| Failure::absent("Test log of run", &run.key))?;
    ok(show(act, store, log))
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let log = log(act, store)?;
    ok(show(act, store, &log))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let (run, body) = (run(act, store)?, act.body());
    let status = status(body.get("status"))?;
    let record = add(act, store, &run, &body, status)?;
    created(show(act, store, &record))
}

/// The status that a body names by its number.
fn status(sent: Option<&Value>) -> Result<Value, Failure> {
    let id = sent.and_then(|status| status.get("id")).and_then(Value::as_i64).ok_or_else(|| Failure::missing("status.id"))?;
    runs::status(id).ok_or_else(|| Failure::bad(format!("Status {id} does not exist.")))
}

/// Makes a log of a run. The run has the status of its last log.
pub(super) fn add(act: &Act<'_>, store: &mut Store, run: &Record, body: &Map<String, Value>, status: Value) -> Result<Record, Failure> {
    check_times(body)?;
    let mut record = act::make(store, &TEST_LOG, &act.project, (act.now, act.user), body)?;
    if !body.contains_key("test_case_version_id") {
        record.fields.insert("test_case_version_id".to_owned(), run.fields["test_case_version_id"].clone());
    }
    if !body.contains_key("name") {
        record.fields.insert("name".to_owned(), run.fields["name"].clone());
    }
    let number = of_run(store, &act.project, &run.key).len() + 1;
    record.fields.insert("result_number".to_owned(), json!(number));
    record.fields.insert("test_run_id".to_owned(), run.fields["id"].clone());
    record.fields.insert("status".to_owned(), status);
    if let Some(user) = store.get(USERS, "", &act.user.to_string()) {
        record.hidden.insert("tester".to_owned(), user.fields["username"].clone());
    }
    let step_logs = step_logs(act, store, body)?;
    record.fields.insert("test_step_logs".to_owned(), step_logs);
    attachments::inline(act, store, ("test-logs", &record.key), body)?;
    store.put(TEST_LOGS, &act.project, record.clone());
    link_defects(act, store, &record.key, body.get("defects"));
    mark(act, store, run, &record.fields["status"]);
    Ok(record)
}

fn check_times(body: &Map<String, Value>) -> Result<(), Failure> {
    let time = |name: &str| body.get(name).and_then(Value::as_str).and_then(crate::spec::moment);
    match (time("exe_start_date"), time("exe_end_date")) {
        (Some(start), Some(end)) if start > end => Err(Failure::bad("exe_end_date is before exe_start_date.")),
        _ => Ok(()),
    }
}

fn step_logs(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>) -> Result<Value, Failure> {
    let mut all = Vec::new();
    for (place, sent) in body.get("test_step_logs").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let id = store.next_number(STEP_LOGS, "");
        let mut step = sent.clone();
        step["test_step_log_id"] = json!(id);
        step["user_id"] = json!(act.user);
        step["links"] = json!([]);
        if step["order"].is_null() {
            step["order"] = json!(place);
        }
        step["status"] = match &sent["status"] {
            Value::Object(_) => status(sent.get("status"))?,
            Value::String(word) => automation::status(word)?,
            _ => runs::status(605).unwrap_or_default(),
        };
        attachments::inline(act, store, ("test-step-logs", &id.to_string()), sent.as_object().unwrap_or(&Map::new()))?;
        if let Some(step) = step.as_object_mut() {
            step.remove("attachments");
        }
        all.push(step);
    }
    Ok(all.into())
}

fn link_defects(act: &Act<'_>, store: &mut Store, log: &str, defects: Option<&Value>) {
    for defect in defects.and_then(Value::as_array).into_iter().flatten() {
        let key = text(&defect["id"]);
        if store.get(DEFECTS, &act.project, &key).is_some() {
            links::link(store, &act.project, ("test-logs", log), ("defects", &key));
        }
    }
}

/// Writes the status of a run into its field `Status`.
fn mark(act: &Act<'_>, store: &mut Store, run: &Record, status: &Value) {
    let scope = fields::scope(&act.project, "test-runs");
    let field = store.list(FIELDS, &scope).iter().find(|field| field.field("original_name") == Some(&json!("Status")));
    let Some(field) = field.map(|field| field.key.clone()) else { return };
    if let Some(run) = store.get_mut(TEST_RUNS, &act.project, &run.key)
        && let Some(values) = run.hidden.entry("values").or_insert_with(|| json!({})).as_object_mut()
    {
        values.insert(field, json!(text(&status["id"])));
    }
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let status = status(body.get("status"))?;
    let record = change(act, store, &body, status)?;
    ok(show(act, store, &record))
}

/// Changes a log. Of its steps, what was done there.
pub(super) fn change(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, status: Value) -> Result<Record, Failure> {
    let mut record = log(act, store)?;
    check_times(body)?;
    let body_without_version: Map<String, Value> =
        body.iter().filter(|(name, _)| *name != "test_case_version_id").map(|(name, value)| (name.clone(), value.clone())).collect();
    act::absorb(store, &TEST_LOG, &act.project, &mut record, &body_without_version)?;
    record.fields.insert("status".to_owned(), status);
    let mut steps = record.fields["test_step_logs"].as_array().cloned().unwrap_or_default();
    for sent in body.get("test_step_logs").and_then(Value::as_array).into_iter().flatten() {
        let id = &sent["test_step_log_id"];
        let step = steps.iter_mut().find(|step| step["test_step_log_id"] == *id);
        let step = step.ok_or_else(|| Failure::absent("Test step log", &text(id)))?;
        if !sent["order"].is_null() && sent["order"] != step["order"] {
            return Err(Failure::bad(format!("The order of test step log {id} cannot change.")));
        }
        for name in ["actual_result", "exe_date"] {
            if let Some(value) = sent.get(name) {
                step[name] = value.clone();
            }
        }
        match &sent["status"] {
            Value::Object(_) => step["status"] = self::status(sent.get("status"))?,
            Value::String(word) => step["status"] = automation::status(word)?,
            _ => {}
        }
    }
    record.fields.insert("test_step_logs".to_owned(), steps.into());
    attachments::inline(act, store, ("test-logs", &record.key), body)?;
    store.put(TEST_LOGS, &act.project, record.clone());
    let run = run(act, store)?;
    if of_run(store, &act.project, &run.key).last().is_some_and(|last| last.key == record.key) {
        mark(act, store, &run, &record.fields["status"].clone());
    }
    Ok(record)
}

/// Done, without a word about it.
pub(super) fn changed(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, status: Value) -> Done {
    change(act, store, body, status)?;
    nothing()
}
