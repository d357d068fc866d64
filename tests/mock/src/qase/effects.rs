//! What a write does to other records.

use super::actions::fresh;
use super::shape::Resource;
use super::table::{CASES, DEFECT, DEFECTS, PLANS, RESULTS, RUNS, SHARED_STEPS};
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// A result with `defect: true` also opens a defect.
pub(super) fn after_result(
    resource: &Resource,
    body: &Map<String, Value>,
    result: &Record,
    store: &mut Store,
    scope: &str,
    now: Timestamp,
) {
    if resource.collection != RESULTS || body.get("defect") != Some(&Value::Bool(true)) {
        return;
    }
    let mut defect = fresh(&DEFECT, None, store, scope, now);
    let case = result.field("case_id").cloned().unwrap_or_default();
    defect.fields.insert("title".to_owned(), json!(format!("Defect of test case {case}")));
    if let Some(comment @ Value::String(_)) = result.field("comment") {
        defect.fields.insert("actual_result".to_owned(), comment.clone());
    }
    if let Some(member) = result.field("member_id") {
        defect.fields.insert("user_id".to_owned(), member.clone());
    }
    store.put(DEFECTS, scope, defect);
}

/// The results of a deleted run go with it; a deleted case leaves its plans, runs and shared steps.
pub(super) fn after_delete(collection: Collection, record: &Record, store: &mut Store, scope: &str) {
    let id = record.field("id").cloned().unwrap_or_default();
    match collection {
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
/// steps that are there.
pub(super) fn merge_steps(result: &mut Record, sent: &Value, is_new: bool) {
    let sent: Vec<(Value, Value)> = match sent {
        Value::Array(list) => list.iter().map(|s| (s["position"].clone(), s["status"].clone())).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (json!(k.parse::<i64>().ok()), v.clone())).collect(),
        _ => Vec::new(),
    };
    if is_new {
        let steps: Value = sent.into_iter().map(|(p, s)| json!({ "position": p, "status": s })).collect();
        result.fields.insert("steps".to_owned(), steps);
        return;
    }
    let Some(steps) = result.fields.get_mut("steps").and_then(Value::as_array_mut) else { return };
    for step in steps {
        if let Some((_, status)) = sent.iter().find(|(position, _)| *position == step["position"]) {
            step["status"] = status.clone();
        }
    }
}
