//! Runs of a host: they wait, are reported test by test, and are over.

use super::RUNS;
use super::act::Act;
use super::scripts;
use crate::behaviour::SeedError;
use crate::qacomplete::time;
use crate::qacomplete::wire::{Done, Failure, agent, page};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// The runs that wait for the host, by number. A host that is not active gets none, nor one whose time has not come.
pub(super) fn current(act: &Act<'_>, store: &mut Store) -> Done {
    let host = act.host(store)?;
    let is_active = host.field("is_active") == Some(&json!(true));
    let mut waiting: Vec<&Record> = store.list(RUNS, &host.key).iter().filter(|run| is_active && waits(run, &act.now)).collect();
    waiting.sort_by_key(|run| run.key.parse::<u64>().unwrap_or_default());
    let shown: Vec<Value> = waiting.into_iter().map(|run| Value::Object(run.fields.clone())).collect();
    Ok(page(act.call, &shown, 7))
}

fn waits(run: &Record, now: &str) -> bool {
    let begins = run.field("not_before").and_then(Value::as_str).and_then(time);
    begins.is_none_or(|begins| time(now).is_some_and(|now| now >= begins)) && !is_over(run)
}

/// Once every test is reported, or one failed that stops the run.
fn is_over(run: &Record) -> bool {
    let all = items(run);
    let status = |item: &Value| item["status"].as_str().unwrap_or_default().to_owned();
    all.iter().all(|item| !status(item).is_empty()) || all.iter().any(|item| item["stop_on_fail"] == true && status(item) == "Failed")
}

/// What the run keeps of its tests, beside what it shows.
fn items(run: &Record) -> &[Value] {
    run.hidden.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Reports how a test went. Steps that are reported again come after the others.
pub(super) fn report(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    for name in ["date_started", "date_finished"] {
        if body.get(name).is_some_and(|value| value.as_str().and_then(time).is_none()) {
            return Err(Failure::bad(format!("{name}: {} is no date.", body[name])));
        }
    }
    change(act, store, |item| {
        for (name, value) in body {
            match (item.get_mut(&name).and_then(Value::as_array_mut), value) {
                (Some(old), Value::Array(more)) => old.extend(more),
                (_, value) => drop(item.insert(name, value)),
            }
        }
    })?;
    let (run, index) = find(act, store)?;
    let shown = run.field("test_run_items").and_then(|items| items.get(index)).cloned().unwrap_or_default();
    let kept = &items(run)[index];
    let mut shown = shown.as_object().cloned().unwrap_or_default();
    shown.insert("status".to_owned(), kept["status"].clone());
    shown.retain(|_, value| !value.is_null());
    Ok(Value::Object(shown))
}

pub(super) fn log(act: &Act<'_>, store: &mut Store) -> Done {
    keep(act, store, "log", &["tclogx", "xml"])
}

pub(super) fn file_report(act: &Act<'_>, store: &mut Store) -> Done {
    keep(act, store, "report", &["mht"])
}

/// Keeps a file in the place of an older one.
fn keep(act: &Act<'_>, store: &mut Store, part: &str, endings: &[&str]) -> Done {
    find(act, store)?;
    let file = act.call.file(part).ok_or_else(|| Failure::bad(format!("{part} is required.")))?;
    let ending = file.file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !endings.contains(&ending.as_str()) {
        return Err(Failure::bad(format!("{part}: {} is no file of this kind.", file.file_name)));
    }
    let number = store.keep(file.clone());
    change(act, store, |item| drop(item.insert(part.to_owned(), json!(number))))?;
    Ok(Value::Null)
}

/// The script of a test for an agent; what is to be answered with is `scripts`' affair.
pub(super) fn script(act: &Act<'_>, store: &mut Store) -> Done {
    let (run, index) = find(act, store)?;
    let wanted = act.call.query("agent").and_then(Value::as_str).unwrap_or_default();
    let agent = agent(wanted).ok_or_else(|| Failure::bad(format!("agent: {wanted} is no agent.")))?;
    let place = format!("{}/{}/{}", act.argument(0), act.argument(1), act.argument(2));
    scripts::describe(&items(run)[index], agent, &place, act.elsewhere)
}

/// The run and the index of the test that the path names.
fn find<'s>(act: &Act<'_>, store: &'s Store) -> Result<(&'s Record, usize), Failure> {
    let (host, run, place) = (act.argument(0), act.argument(1), act.argument(2));
    let found = store.get(RUNS, &host, &run).ok_or_else(|| Failure::absent(format!("Run with id {run} not found")))?;
    let index = items(found).iter().position(|item| item["sequence_number"].as_u64() == place.parse().ok());
    index.map(|index| (found, index)).ok_or_else(|| Failure::absent(format!("Item {place} of run {run} not found")))
}

fn change(act: &Act<'_>, store: &mut Store, edit: impl FnOnce(&mut Map<String, Value>)) -> Result<(), Failure> {
    let index = find(act, store)?.1;
    let run = store.get_mut(RUNS, &act.argument(0), &act.argument(1));
    let item = run.and_then(|run| run.hidden.get_mut("items")?.get_mut(index)?.as_object_mut());
    item.map(edit).ok_or_else(|| Failure::absent("The run has no such item"))
}

/// Adds a run. `items` says of each test: `stop_on_fail`, `steps` (how many), `scripts`; other members are shown as they are.
pub(super) fn insert(store: &mut Store, host: &str, mut fields: Map<String, Value>) -> Result<String, SeedError> {
    let id = match fields.get("id").and_then(Value::as_u64) {
        Some(id) => id,
        None => store.next_number(RUNS, ""),
    };
    store.reserve(RUNS, "", id);
    let Some(Value::Array(items)) = fields.remove("items") else { return Err(SeedError::new("a run needs `items`")) };
    let (mut shown, mut kept) = (Vec::new(), Vec::new());
    for (index, item) in items.into_iter().enumerate() {
        let place = index + 1;
        let stops = item["stop_on_fail"] == true;
        let steps = item["steps"].as_u64().unwrap_or(1);
        let results: Vec<Value> = (0..steps).map(|_| json!({ "sequence_number": place })).collect();
        shown.push(json!({ "sequence_number": place, "stop_on_fail": stops, "test_run_results": results }));
        let scripts = item.get("scripts").cloned().unwrap_or_else(scripts::for_all);
        scripts::check(&scripts)?;
        kept.push(json!({ "sequence_number": place, "stop_on_fail": stops, "scripts": scripts }));
    }
    let not_before = fields.remove("not_before").unwrap_or_default();
    fields.extend([("id".to_owned(), json!(id)), ("test_run_items".to_owned(), json!(shown))]);
    let hidden = Map::from_iter([("items".to_owned(), json!(kept)), ("not_before".to_owned(), not_before)]);
    store.put(RUNS, host, Record { key: id.to_string(), fields, hidden });
    Ok(id.to_string())
}

/// The run that waits for a host once it is registered: two tests, the script of the second stands elsewhere.
pub(super) fn give_first(store: &mut Store, host: &Record) {
    let elsewhere: Value =
        scripts::for_all().as_array().into_iter().flatten().map(|script| json!({ "agent": script["agent"], "elsewhere": true })).collect();
    let items = json!({ "items": [{ "stop_on_fail": true, "steps": 2 }, { "steps": 1, "scripts": elsewhere }] });
    let inserted = insert(store, &host.key, items.as_object().cloned().unwrap_or_default());
    debug_assert!(inserted.is_ok(), "{inserted:?}");
}
