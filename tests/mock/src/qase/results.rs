//! Results of version 1, and what requests with results of both versions have in common.

use super::absorb::absorb;
use super::actions::{Act, fresh, text};
use super::effects;
use super::operations::Written;
use super::settings::Edition;
use super::table::{ATTACHMENTS, RESULT, RESULTS};
use super::target::Target;
use super::wire::{Done, Failure, FieldFault, done, result};
use crate::store::{Record, Store};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// Outcomes of a step. Version 1 does not take `skipped`.
const STEP_WORDS: [&str; 4] = ["passed", "failed", "blocked", "in_progress"];

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    act.check_references(store, &body)?;
    let mut target = Target::open(act, store)?;
    if let Some(fault) = foreign_case(&body, &target) {
        return Err(Failure::invalid("case_id", fault));
    }
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, faults(&body, store))?;
    let record = add(act, &body, &mut target, store);
    match act.settings.edition {
        Edition::Reference => act.written(Written::Hash, &record),
        Edition::Today => result(json!({ "case_id": record.field("case_id"), "hash": record.key })),
    }
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let found: Vec<FieldFault> = faults(&body, store).into_iter().filter(|(field, _)| field != "case_id").collect();
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, found)?;
    let answer = act.update(store, Written::Hash)?;
    let key = act.key(store)?;
    if let Some(record) = store.get(RESULTS, &act.scope, &key).cloned() {
        effects::open_defect(act, &body, &record, store);
    }
    Ok(answer)
}

/// All or none. The answer names no hashes.
pub(super) fn create_many(act: &Act<'_>, store: &mut Store) -> Done {
    let mut target = Target::open(act, store)?;
    let all = act.objects("results");
    check_size(act, all.len())?;
    let mut found = Vec::new();
    for (index, body) in all.iter().enumerate() {
        let place = format!("results.{index}");
        act.check_references(store, body).map_err(|failure| failure.within(&place))?;
        let foreign = foreign_case(body, &target).map(|why| ("case_id".to_owned(), why));
        found.extend(faults(body, store).into_iter().chain(foreign).map(|(field, why)| (format!("{place}.{field}"), why)));
    }
    Failure::check(StatusCode::BAD_REQUEST, found)?;
    for body in &all {
        add(act, body, &mut target, store);
    }
    done()
}

/// How much a request with many results may hold.
pub(super) fn check_size(act: &Act<'_>, results: usize) -> Result<(), Failure> {
    let (most, bytes) = (act.settings.bulk, act.settings.bytes);
    if results > most {
        return Err(Failure::too_large(format!("At most {most} results are taken")));
    }
    if act.call.size() > bytes { Err(Failure::too_large(format!("At most {bytes} bytes are taken"))) } else { Ok(()) }
}

/// A case that is named by number must be one of the run's.
fn foreign_case(body: &Map<String, Value>, target: &Target) -> Option<String> {
    let case = body.get("case_id").filter(|case| !target.has_case(case))?;
    Some(format!("Test case {case} does not belong to the run"))
}

/// What is wrong with a result that the document allows.
fn faults(body: &Map<String, Value>, store: &Store) -> Vec<FieldFault> {
    let mut found = Vec::new();
    let mut add = |field: &str, why: &str| found.push((field.to_owned(), why.to_owned()));
    let is_blank = |text: Option<&Value>| text.and_then(Value::as_str).is_some_and(|text| text.trim().is_empty());
    match (body.get("case_id"), body.get("case")) {
        (None, None) => add("case_id", "The case id field is required when case is not present."),
        (_, Some(case)) if is_blank(case.get("title")) => add("case.title", "The title field is required."),
        _ => {}
    }
    if body.get("status").and_then(Value::as_str).is_some_and(|word| !is_status(word)) {
        add("status", "The selected status is invalid.");
    }
    unknown_files(body.get("attachments"), "attachments", store, &mut found);
    step_faults(body.get("steps"), "steps", store, &mut found);
    found
}

/// Outcomes are words in lower case; the workspace may have some of its own.
fn is_status(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
}

fn step_faults(steps: Option<&Value>, place: &str, store: &Store, found: &mut Vec<FieldFault>) {
    for (index, step) in steps.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = |name: &str| format!("{place}.{index}.{name}");
        if step.get("status").and_then(Value::as_str).is_some_and(|word| !STEP_WORDS.contains(&word)) {
            found.push((at("status"), "The selected status is invalid.".to_owned()));
        }
        if step.get("action").and_then(Value::as_str).is_some_and(|action| action.trim().is_empty()) {
            found.push((at("action"), "The action field is required.".to_owned()));
        }
        unknown_files(step.get("attachments"), &at("attachments"), store, found);
        step_faults(step.get("steps"), &at("steps"), store, found);
    }
}

/// Hashes that no file has.
pub(super) fn unknown_files(hashes: Option<&Value>, place: &str, store: &Store, found: &mut Vec<FieldFault>) {
    for (index, hash) in hashes.and_then(Value::as_array).into_iter().flatten().enumerate() {
        if store.get(ATTACHMENTS, "", &text(hash)).is_none() {
            found.push((format!("{place}.{index}"), format!("There is no attachment {hash}.")));
        }
    }
}

fn add(act: &Act<'_>, body: &Map<String, Value>, target: &mut Target, store: &mut Store) -> Record {
    let case = body.get("case_id").cloned().unwrap_or_else(|| {
        let of_case = |name: &str| body.get("case").and_then(|case| case.get(name)?.as_str());
        let suites: Vec<&str> = of_case("suite_title").map(|path| path.split('\t').collect()).unwrap_or_default();
        target.case_titled(act, of_case("title").unwrap_or_default(), &suites, body.get("case"), store)
    });
    let mut record = fresh(&RESULT, None, store, &act.scope, act.now);
    record.fields.insert("case_id".to_owned(), case);
    absorb(act, &mut record, body, store);
    target.put(act, record, body, store)
}
