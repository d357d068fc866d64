//! Results of version 2: taken at once, and each only once by the `id` it brings.

use super::absorb::{capitalized, files};
use super::actions::{Act, fresh};
use super::effects;
use super::results::{check_size, unknown_files};
use super::table::CASES;
use super::target::Target;
use super::wire::{Done, Failure, FieldFault, accepted};
use crate::store::Store;
use http::StatusCode;
use serde_json::{Map, Value, json};

/// Outcomes that are taken; any other word is refused.
const WORDS: [&str; 6] = ["passed", "failed", "blocked", "skipped", "invalid", "in_progress"];
/// Longer texts of what was around a failure are cut.
const CONTEXT: usize = 262_144;

pub(super) fn take(act: &Act<'_>, store: &mut Store) -> Done {
    let mut target = Target::open(act, store)?;
    let body = act.body();
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, faults(act, &body, store))?;
    let (case, hash) = add(act, &body, &mut target, store);
    accepted(json!({ "status": true, "result": { "case_id": case, "hash": hash } }))
}

/// All or none.
pub(super) fn take_many(act: &Act<'_>, store: &mut Store) -> Done {
    let mut target = Target::open(act, store)?;
    let all = act.objects("results");
    check_size(act, all.len())?;
    let most = act.settings.error_context;
    if all.iter().map(|body| context(body).chars().count()).sum::<usize>() > most {
        return Err(Failure::too_large(format!("At most {most} characters of error_context are taken")));
    }
    let found = all
        .iter()
        .enumerate()
        .flat_map(|(index, body)| faults(act, body, store).into_iter().map(move |(field, why)| (format!("results.{index}.{field}"), why)));
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, found.collect())?;
    for body in &all {
        add(act, body, &mut target, store);
    }
    accepted(json!({ "status": true }))
}

fn execution<'b>(body: &'b Map<String, Value>, name: &str) -> Option<&'b Value> {
    body.get("execution")?.get(name)
}

fn context(body: &Map<String, Value>) -> &str {
    execution(body, "error_context").and_then(Value::as_str).unwrap_or_default()
}

/// The cases a result names by number.
fn named(body: &Map<String, Value>) -> Vec<&Value> {
    let several = body.get("testops_ids").and_then(Value::as_array).into_iter().flatten();
    body.get("testops_id").into_iter().chain(several).collect()
}

/// What is wrong with a result that the document allows.
fn faults(act: &Act<'_>, body: &Map<String, Value>, store: &Store) -> Vec<FieldFault> {
    let mut found = Vec::new();
    let mut add = |field: &str, why: String| found.push((field.to_owned(), why));
    if body.get("title").and_then(Value::as_str).is_some_and(|title| title.trim().is_empty()) {
        add("title", "The title field is required.".to_owned());
    }
    if body.contains_key("testops_id") && body.contains_key("testops_ids") {
        add("testops_id", "Either testops_id or testops_ids can be there.".to_owned());
    }
    if let Some(unknown) = named(body).into_iter().find(|id| !act.has(CASES, id, store)) {
        add("testops_id", format!("There is no test case {unknown}."));
    }
    if let Some(execution) = body.get("execution") {
        execution_faults(execution, "execution", &mut found);
    }
    unknown_files(body.get("attachments"), "attachments", store, &mut found);
    step_faults(body.get("steps"), "steps", store, &mut found);
    found
}

fn execution_faults(execution: &Value, place: &str, found: &mut Vec<FieldFault>) {
    if execution.get("status").and_then(Value::as_str).is_some_and(|word| !WORDS.contains(&word)) {
        found.push((format!("{place}.status"), "The selected status is invalid.".to_owned()));
    }
    let time = |name: &str| execution.get(name).and_then(Value::as_f64);
    if time("start_time").zip(time("end_time")).is_some_and(|(start, end)| end < start) {
        found.push((format!("{place}.end_time"), "The end time must be after the start time.".to_owned()));
    }
}

fn step_faults(steps: Option<&Value>, place: &str, store: &Store, found: &mut Vec<FieldFault>) {
    for (index, step) in steps.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = |name: &str| format!("{place}.{index}.{name}");
        if let Some(execution) = step.get("execution") {
            execution_faults(execution, &at("execution"), found);
            unknown_files(execution.get("attachments"), &at("execution.attachments"), store, found);
        }
        if let Some(data) = step.get("data") {
            if data.get("action").and_then(Value::as_str).is_some_and(|action| action.trim().is_empty()) {
                found.push((at("data.action"), "The action field is required.".to_owned()));
            }
            unknown_files(data.get("attachments"), &at("data.attachments"), store, found);
        }
        step_faults(step.get("steps"), &at("steps"), store, found);
    }
}

/// Adds a result, unless the run has seen its `id`: then it is the one that was added before. Answers with case and hash.
fn add(act: &Act<'_>, body: &Map<String, Value>, target: &mut Target, store: &mut Store) -> (Value, String) {
    if let Some(known) = body.get("id").and_then(|id| target.taken(id)) {
        return known.clone();
    }
    let case = named(body).first().map_or_else(|| case_of_title(act, body, target, store), |number| (*number).clone());
    let mut record = fresh(act.resource, None, store, &act.scope, act.now);
    let of = |name: &str| execution(body, name).cloned().unwrap_or_default();
    let fields = [
        ("case_id", case),
        ("status", capitalized(&of("status"))),
        ("stacktrace", of("stacktrace")),
        ("time_spent_ms", of("duration")),
        ("comment", body.get("message").cloned().unwrap_or_default()),
        ("attachments", files(body.get("attachments").unwrap_or(&Value::Null), store)),
        ("steps", shown_steps(body.get("steps"), store)),
    ];
    record.fields.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    let short: String = context(body).chars().take(CONTEXT).collect();
    record.hidden.insert("error_context".to_owned(), json!(short));
    let sent = ["title", "params", "fields", "signature", "testops_ids"].map(|name| (name, name));
    for (name, member) in sent.into_iter().chain([("key", "id")]) {
        if let Some(value) = body.get(member) {
            record.hidden.insert(name.to_owned(), value.clone());
        }
    }
    let failed = execution(body, "status") == Some(&json!("failed"));
    let opens_defect = if failed { body.clone() } else { Map::new() };
    let record = target.put(act, record, &opens_defect, store);
    (record.fields.get("case_id").cloned().unwrap_or_default(), record.key)
}

fn case_of_title(act: &Act<'_>, body: &Map<String, Value>, target: &mut Target, store: &mut Store) -> Value {
    let suites = body.get("relations").and_then(|relations| relations.pointer("/suite/data")).and_then(Value::as_array);
    let titles: Vec<&str> = suites.into_iter().flatten().filter_map(|suite| suite.get("title")?.as_str()).collect();
    let title = body.get("title").and_then(Value::as_str).unwrap_or_default();
    target.case_titled(act, title, &titles, body.get("fields"), store)
}

/// Steps in the shape of version 1.
fn shown_steps(steps: Option<&Value>, store: &Store) -> Value {
    let Some(steps) = steps.and_then(Value::as_array) else { return Value::Null };
    let one = |(index, step): (usize, &Value)| {
        let execution = |name: &str| step.pointer(&format!("/execution/{name}")).cloned().unwrap_or_default();
        let data = |name: &str| step.pointer(&format!("/data/{name}")).cloned().unwrap_or_default();
        json!({
            "position": index + 1, "status": effects::step_number(&execution("status")), "comment": execution("comment"),
            "duration_ms": execution("duration"), "attachments": files(&execution("attachments"), store), "action": data("action"),
            "expected_result": data("expected_result"), "data": data("input_data"), "steps": shown_steps(step.get("steps"), store)
        })
    };
    steps.iter().enumerate().map(one).collect()
}
