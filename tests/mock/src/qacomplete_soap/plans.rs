//! Project plans, which come and go as a whole.

use super::calls::{Act, Done};
use super::kinds::{PLAN, PLAN_TASK, PLAN_TASKS};
use super::view;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// What a task of a plan and a task in an exported plan have in common.
const SHARED: [&str; 9] = ["TaskId", "TaskName", "IsParent", "Indent", "EstStart", "EstFinish", "AssigneeUserId", "PredNum", "SeqNum"];

/// The plans without their tasks; those whose status is `Inactive` only if asked for.
pub(super) fn list(act: &Act<'_>, store: &Store) -> Done {
    let all = act.call.arguments().get("IncludeInactive") == Some(&Value::Bool(true));
    let active = |plan: &&Record| all || plan.field("StatusCode").and_then(Value::as_str) != Some("Inactive");
    Ok(Some(view::list(act, store, &PLAN, act.seen(store, PLAN.collection).filter(active))))
}

/// A plan with its tasks becomes a plan, and tasks of it.
pub(super) fn import(act: &Act<'_>, store: &mut Store) -> Done {
    let mut sent = act.object();
    let tasks = sent.remove("Tasks");
    let plan = act.add(&PLAN, sent, store)?;
    let tasks = tasks.as_ref().and_then(|tasks| tasks.get("PPTask")?.as_array()).cloned().unwrap_or_default();
    for task in tasks.iter().filter_map(Value::as_object) {
        let mut fields = shared(task);
        fields.insert("ProjPlanId".to_owned(), json!(plan));
        fields.entry("TaskName").or_insert(json!("Task"));
        act.add(&PLAN_TASK, fields, store)?;
    }
    Ok(Some(json!(plan)))
}

/// A plan with its tasks.
pub(super) fn export(act: &Act<'_>, store: &Store) -> Done {
    let record = act.find(store, &PLAN, act.id())?;
    let mut plan = view::show(act, store, &PLAN, record);
    let own = act.seen(store, PLAN_TASKS).filter(|task| task.field("ProjPlanId") == Some(&json!(act.id())));
    let tasks: Vec<Value> = own.map(|task| Value::Object(shared(&task.fields))).collect();
    if !tasks.is_empty() {
        plan["Tasks"] = json!({ "PPTask": tasks });
    }
    Ok(Some(plan))
}

fn shared(task: &Map<String, Value>) -> Map<String, Value> {
    SHARED.into_iter().filter_map(|name| Some((name.to_owned(), task.get(name)?.clone()))).collect()
}
