//! Jobs: work that is done after the call was answered, and asked for until it is.
//!
//! A job waits, then it is in progress, then it is done; each time it is asked for it goes one step further. What it does
//! is done when it is.

use super::act::Act;
use super::automation;
use super::containers::Container;
use super::kinds::{JOBS, SITE, TEST_CASE};
use super::operations::{Action, on};
use super::runs;
use super::wire::{Done, Failure, created, ok, text};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// What tests ordered for jobs to come.
const ORDERS: Collection = Collection::new("orders for jobs");
/// How often a job is asked for until it is done.
const POLLS: u64 = 2;
/// The most runs that one call makes.
const MOST_RUNS: usize = 100;

pub(super) static ACTIONS: [Action; 9] = [
    on("POST /api/v3.1/projects/{}/test-runs/{}/auto-test-logs", &SITE, submit_batch),
    on("POST /api/v3/projects/{}/auto-test-logs", &SITE, submit_tree),
    on("GET /api/v3/projects/queue-processing/{}", &SITE, track),
    on("POST /api/v3/projects/{}/test-runs/assign-parameter-values/dataset", &SITE, create_runs),
    on("POST /api/v3/projects/{}/test-runs/assign-parameter-values/manually", &SITE, create_runs),
    on("POST /api/v3/projects/{}/test-runs/assign-parameter-values/randomize", &SITE, create_runs),
    on("POST /api/v3/projects/{}/tosca/import/test-event", &SITE, import),
    on("GET /api/v3/projects/{}/settings/integration/connections/{}/retrieve", &SITE, retrieve),
    on("POST /api/v3/projects/{}/settings/jira-integration/defect/retrieve", &SITE, retrieve),
];

/// What a test ordered for the next job that nothing was ordered for yet.
pub(super) fn order(store: &mut Store, order: Value) {
    let number = store.next_number(ORDERS, "");
    if let Value::Object(fields) = order {
        store.put(ORDERS, "", Record { key: number.to_string(), fields, hidden: Map::new() });
    }
}

/// A job that waits.
fn begin(act: &Act<'_>, store: &mut Store, kind: &str, work: &str) -> Value {
    let id = store.next_number(JOBS, "");
    let ordered = store.list(ORDERS, "").first().map(|order| order.key.clone());
    let order = ordered.and_then(|key| store.remove(ORDERS, "", &key)).map(|order| order.fields).unwrap_or_default();
    let shown = json!({ "id": id, "state": "IN_WAITING", "type": kind, "contentType": "application/json" });
    let mut hidden = Map::from_iter([
        ("work".to_owned(), json!(work)),
        ("project".to_owned(), json!(act.project)),
        ("user".to_owned(), json!(act.user)),
        ("body".to_owned(), act.call.body().cloned().unwrap_or_default()),
        ("container".to_owned(), json!({ "kind": act.word("parentType"), "id": act.number("parentId") })),
        ("left".to_owned(), json!(POLLS)),
    ]);
    hidden.extend(order);
    if let Value::Object(fields) = &shown {
        store.put(JOBS, "", Record { key: id.to_string(), fields: fields.clone(), hidden });
    }
    shown
}

fn submit_batch(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    automation::check_places(act, store, &body)?;
    automation::check_all(&body)?;
    created(begin(act, store, "AUTOMATION_TEST_LOG", "batch"))
}

fn submit_tree(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    automation::check_places(act, store, &body)?;
    automation::check_all(&body)?;
    created(begin(act, store, "AUTOMATION_TEST_LOG", "tree"))
}

fn create_runs(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    Container::named(act, store)?;
    let case = body.get("test_case").map(|case| text(&case["id"])).unwrap_or_default();
    super::act::find(store, &TEST_CASE, &act.project, &case)?;
    match count(&body) {
        1..=MOST_RUNS => ok(begin(act, store, "CREATE_TEST_RUN_WITH_PARAMETER", "runs")),
        count => Err(Failure::bad(format!("{count} test runs are not between 1 and {MOST_RUNS}."))),
    }
}

/// How many runs a body asks for.
fn count(body: &Map<String, Value>) -> usize {
    let number = |name: &str| body.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    match body.get("test_runs").and_then(Value::as_array) {
        Some(runs) => runs.len(),
        None => number("number_of_rows").or_else(|| number("number_of_combinations")).unwrap_or(1),
    }
}

fn import(act: &Act<'_>, store: &mut Store) -> Done {
    ok(begin(act, store, "TOSCA_IMPORT", "nothing"))
}

fn retrieve(act: &Act<'_>, store: &mut Store) -> Done {
    ok(begin(act, store, "FETCH_LINKED_DEFECTS", "nothing"))
}

/// Asks for a job, which thereby goes on.
fn track(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.argument(0);
    let mut job = store.get(JOBS, "", &key).cloned().ok_or_else(|| Failure::absent("Job", &key))?;
    let left = job.field("left").and_then(Value::as_u64).unwrap_or_default();
    let is_over = ["SUCCESS", "FAILED"].iter().any(|state| job.field("state") == Some(&json!(state)));
    if !is_over {
        let (state, content) = match left {
            2.. => ("IN_PROCESSING", None),
            _ => match finish(act, store, &job) {
                Ok(content) => ("SUCCESS", Some(content)),
                Err(why) => ("FAILED", Some(json!({ "error": why }))),
            },
        };
        job.hidden.insert("left".to_owned(), json!(left.saturating_sub(1)));
        job.fields.insert("state".to_owned(), json!(state));
        if let Some(content) = content {
            job.fields.insert("content".to_owned(), json!(content.to_string()));
        }
        store.put(JOBS, "", job.clone());
    }
    ok(Value::Object(job.fields))
}

/// Does the work of a job.
fn finish(act: &Act<'_>, store: &mut Store, job: &Record) -> Result<Value, String> {
    if let Some(why) = job.field("fails") {
        return Err(text(why));
    }
    let body = job.field("body").and_then(Value::as_object).cloned().unwrap_or_default();
    let project = job.field("project").map(text).unwrap_or_default();
    let user = job.field("user").and_then(Value::as_i64).unwrap_or(act.user);
    let act = Act { project, user, ..*act };
    let done = match job.field("work").and_then(Value::as_str) {
        Some("batch") => automation::submit_batch(&act, store, &body),
        Some("tree") => automation::submit_tree(&act, store, &body),
        Some("runs") => make_runs(&act, store, job, &body),
        _ => Ok(json!({})),
    };
    done.map_err(|failure| failure.to_string())
}

fn make_runs(act: &Act<'_>, store: &mut Store, job: &Record, body: &Map<String, Value>) -> Result<Value, Failure> {
    let place = job.field("container").cloned().unwrap_or_default();
    let container = match (place["kind"].as_str(), place["id"].as_i64()) {
        (Some(kind), Some(id)) => Container { kind: kind.to_owned(), id },
        _ => Container::root(),
    };
    let mut ids = Vec::new();
    for number in 0..count(body) {
        let mut wanted = body.clone();
        if let Some(values) = body.get("test_runs").and_then(|runs| runs.get(number)) {
            wanted.insert("assign_parameter_values".to_owned(), values.clone());
        }
        ids.push(runs::add(act, store, &wanted, &container)?.fields["id"].clone());
    }
    Ok(json!({ "testRunIds": ids }))
}
