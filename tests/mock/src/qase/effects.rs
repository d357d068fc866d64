//! What a write does to other records.

use super::absorb::files;
use super::actions::{Act, fresh};
use super::table::{CASES, DEFECT, DEFECTS, PLANS, PROJECTS, RESULTS, RUNS, SHARED_STEPS};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// A result with `defect: true` also opens a defect.
pub(super) fn open_defect(act: &Act<'_>, body: &Map<String, Value>, result: &Record, store: &mut Store) {
    if body.get("defect") != Some(&Value::Bool(true)) {
        return;
    }
    let mut defect = fresh(&DEFECT, None, store, &act.scope, act.now);
    let case = result.field("case_id").cloned().unwrap_or_default();
    defect.fields.insert("title".to_owned(), json!(format!("Defect of test case {case}")));
    if let Some(comment @ Value::String(_)) = result.field("comment") {
        defect.fields.insert("actual_result".to_owned(), comment.clone());
    }
    if let Some(member) = result.field("member_id") {
        defect.fields.insert("user_id".to_owned(), member.clone());
    }
    defect.hidden.insert("run_id".to_owned(), result.field("run_id").cloned().unwrap_or_default());
    store.put(DEFECTS, &act.scope, defect);
}

/// The results of a deleted run go with it, and all of a project; a deleted case leaves its plans, runs and shared steps.
pub(super) fn after_delete(collection: Collection, record: &Record, store: &mut Store, scope: &str) {
    let id = record.field("id").cloned().unwrap_or_default();
    match collection {
        PROJECTS => store.clear(&record.key),
        RUNS => store.list_mut(RESULTS, scope).retain(|result| result.field("run_id") != Some(&id)),
        CASES => {
            for owners in [PLANS, RUNS, SHARED_STEPS] {
                store.list_mut(owners, scope).iter_mut().for_each(|owner| forget_case(owner, &id));
            }
        }
        _ => {}
    }
}

fn forget_case(owner: &mut Record, case: &Value) {
    let Some(cases) = owner.fields.get_mut("cases").and_then(Value::as_array_mut) else { return };
    let before = cases.len();
    cases.retain(|entry| entry != case && entry.get("case_id") != Some(case));
    let gone = before - cases.len();
    if let Some(deleted) = owner.fields.get_mut("stats").and_then(|stats| stats.get_mut("deleted")) {
        *deleted = json!(deleted.as_u64().unwrap_or_default() + gone as u64);
    }
}

/// Takes over step outcomes, a list or a map by position. A new result keeps them all; a later write changes only the
/// steps that are there, unless it names none by position, as today's service has it: then its steps replace them.
pub(super) fn merge_steps(result: &mut Record, sent: &Value, is_new: bool, store: &Store) {
    let sent: Vec<Value> = match sent {
        Value::Array(list) => list.iter().map(|step| shown_step(step, store)).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| json!({ "position": k.parse::<i64>().ok(), "status": v })).collect(),
        _ => Vec::new(),
    };
    if is_new || !sent.iter().all(|step| step["position"].is_number()) {
        result.fields.insert("steps".to_owned(), Value::Array(sent));
        return;
    }
    let Some(steps) = result.fields.get_mut("steps").and_then(Value::as_array_mut) else { return };
    for step in steps {
        if let Some(change) = sent.iter().find(|other| other["position"] == step["position"]) {
            *step = change.clone();
        }
    }
}

/// A step as it is shown: files instead of hashes, on every level.
fn shown_step(step: &Value, store: &Store) -> Value {
    let mut shown = json!({ "position": step["position"], "status": step["status"] });
    for name in ["comment", "action", "expected_result", "data"] {
        if let Some(text) = step.get(name) {
            shown[name] = text.clone();
        }
    }
    if let Some(hashes) = step.get("attachments") {
        shown["attachments"] = files(hashes, store);
    }
    if let Some(inner) = step.get("steps").and_then(Value::as_array) {
        shown["steps"] = inner.iter().map(|step| shown_step(step, store)).collect();
    }
    shown
}

/// The number that answers have for the outcome of a step.
pub(super) fn step_number(word: &Value) -> Value {
    const NUMBERS: [(&str, i64); 5] = [("passed", 1), ("failed", 2), ("blocked", 3), ("skipped", 5), ("in_progress", 7)];
    let number = NUMBERS.iter().find(|(known, _)| word.as_str() == Some(known));
    number.map_or_else(|| word.clone(), |(_, number)| json!(number))
}
