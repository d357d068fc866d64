//! Webhooks. The mock calls none.

use super::act::{self, Act};
use super::kinds::{PROJECTS, WEBHOOK, WEBHOOKS};
use super::operations::{Action, on};
use super::wire::{Done, Failure, created, nothing, ok, text};
use crate::store::Store;
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 6] = [
    on("GET /api/v3/webhooks", &WEBHOOK, list),
    on("POST /api/v3/webhooks", &WEBHOOK, create),
    on("GET /api/v3/webhooks/events", &WEBHOOK, events),
    on("GET /api/v3/webhooks/{}", &WEBHOOK, get),
    on("PUT /api/v3/webhooks/{}", &WEBHOOK, update),
    on("DELETE /api/v3/webhooks/{}", &WEBHOOK, delete),
];

const EVENTS: [&str; 20] = [
    "testcase_created",
    "testcase_updated",
    "testcase_deleted",
    "testcase_approved",
    "testrun_created",
    "testrun_updated",
    "testrun_deleted",
    "testlog_submitted",
    "testlog_modified",
    "project_created",
    "project_updated",
    "defect_submitted",
    "defect_modified",
    "requirement_created",
    "requirement_updated",
    "requirement_deleted",
    "requirement_linked",
    "requirement_unlinked",
    "defect_linked",
    "defect_unlinked",
];

fn check(store: &Store, body: &Map<String, Value>) -> Result<(), Failure> {
    let list = |name: &str| body.get(name).and_then(Value::as_array).into_iter().flatten().map(text);
    if let Some(event) = list("events").find(|event| !EVENTS.contains(&event.as_str())) {
        return Err(Failure::bad(format!("Event {event} does not exist.")));
    }
    match list("projectIds").find(|id| store.get(PROJECTS, "", id).is_none()) {
        Some(id) => Err(Failure::bad(format!("Project {id} is not active."))),
        None => Ok(()),
    }
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    ok(store.list(WEBHOOKS, "").iter().map(|record| act.show(store, record)).collect())
}

fn events(_: &Act<'_>, _: &mut Store) -> Done {
    ok(json!(EVENTS))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    check(store, &body)?;
    let record = act::make(store, &WEBHOOK, "", (act.now, act.user), &body)?;
    store.put(WEBHOOKS, "", record.clone());
    created(act.show(store, &record))
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.argument(0);
    let record = store.get(WEBHOOKS, "", &key).ok_or_else(|| Failure::absent("Webhook", &key))?;
    ok(act.show(store, record))
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let (key, body) = (act.argument(0), act.body());
    check(store, &body)?;
    let before = store.get(WEBHOOKS, "", &key).cloned().ok_or_else(|| Failure::absent("Webhook", &key))?;
    let mut record = before.clone();
    act::absorb(store, &WEBHOOK, "", &mut record, &body)?;
    act.changed(store, &before, &mut record);
    store.put(WEBHOOKS, "", record.clone());
    ok(act.show(store, &record))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.argument(0);
    store.remove(WEBHOOKS, "", &key).ok_or_else(|| Failure::absent("Webhook", &key))?;
    nothing()
}
