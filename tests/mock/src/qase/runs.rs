//! Test runs.

use super::actions::{Act, text};
use super::operations::Written;
use super::table::{CASES, ENVIRONMENTS, PLANS, RUNS};
use super::views;
use super::wire::{Done, Failure, done, result};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// The state of a run that still takes results.
const ACTIVE: i64 = 0;
const COMPLETE: i64 = 1;

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let mut body = act.body();
    name_environment(act, &mut body, store)?;
    check_times(&body)?;
    let mut run = act.made(&body, store)?;
    let wanted = cases(act, &body, store);
    if let Some(cases) = run.fields.get_mut("cases").and_then(Value::as_array_mut) {
        for case in wanted {
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
    }
    store.put(RUNS, &act.scope, run.clone());
    act.written(Written::Number, &run)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let mut body = act.body();
    name_environment(act, &mut body, store)?;
    let key = act.key(store)?;
    act.check_references(store, &body)?;
    let mut run = store.get(RUNS, &act.scope, &key).cloned().ok_or_else(|| act.missing())?;
    super::absorb::absorb(act, &mut run, &body, store);
    store.put(RUNS, &act.scope, run);
    done()
}

/// Cases that a run takes over, beside those it names.
fn cases(act: &Act<'_>, body: &Map<String, Value>, store: &Store) -> Vec<Value> {
    let all = body.get("include_all_cases") == Some(&json!(true));
    let every = store.list(CASES, &act.scope).iter().filter(|_| all).filter_map(|case| case.field("id").cloned());
    let plan = body.get("plan_id").and_then(|id| store.get(PLANS, &act.scope, &text(id)));
    let planned = plan.and_then(|plan| plan.field("cases")).and_then(Value::as_array);
    let planned = planned.into_iter().flatten().filter_map(|case| case.get("case_id").cloned());
    every.chain(planned).collect()
}

/// An environment may be named by its slug.
fn name_environment(act: &Act<'_>, body: &mut Map<String, Value>, store: &Store) -> Result<(), Failure> {
    let Some(slug) = body.get("environment_slug") else { return Ok(()) };
    let known = store.list(ENVIRONMENTS, &act.scope).iter().find(|environment| environment.field("slug") == Some(slug));
    let id = match (slug, known) {
        (Value::Null, _) => Value::Null,
        (_, Some(environment)) => environment.field("id").cloned().unwrap_or_default(),
        (_, None) => return Err(Failure::unprocessable("environment_slug", format!("there is no environment {slug}"))),
    };
    body.insert("environment_id".to_owned(), id);
    Ok(())
}

fn check_times(body: &Map<String, Value>) -> Result<(), Failure> {
    let time = |name: &str| body.get(name).and_then(Value::as_str);
    match (time("start_time"), time("end_time")) {
        (Some(start), Some(end)) if end < start => {
            Err(Failure::invalid("end_time", "The end time must be a date after or equal to start time."))
        }
        _ => Ok(()),
    }
}

/// The run that results are sent to. One that is complete takes no more.
pub(super) fn open<'s>(act: &Act<'_>, store: &'s Store) -> Result<&'s Record, Failure> {
    let run = act.rest.first().and_then(|key| store.get(RUNS, &act.scope, key));
    let run = run.ok_or_else(|| Failure::not_found("Test run"))?;
    check_active(run)?;
    Ok(run)
}

fn check_active(run: &Record) -> Result<(), Failure> {
    if run.field("status") == Some(&json!(ACTIVE)) { Ok(()) } else { Err(Failure::refused("Test run is not active")) }
}

pub(super) fn complete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.key(store)?;
    let run = store.get_mut(RUNS, &act.scope, &key).ok_or_else(|| act.missing())?;
    check_active(run)?;
    run.fields.insert("status".to_owned(), json!(COMPLETE));
    run.fields.insert("end_time".to_owned(), views::moment(act.now));
    done()
}

pub(super) fn publish(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.key(store)?;
    let run = store.get_mut(RUNS, &act.scope, &key).ok_or_else(|| act.missing())?;
    let public = act.body().get("status") == Some(&json!(true));
    run.fields.insert("public".to_owned(), json!(public));
    let url = public.then(|| format!("https://app.qase.example/public/report/{key}"));
    result(json!({ "url": url }))
}
