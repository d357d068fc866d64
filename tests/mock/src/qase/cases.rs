//! Test cases, and the suites they are in.

use super::actions::{Act, text};
use super::operations::Written;
use super::table::{CASES, SUITES};
use super::wire::{Done, Failure, FieldFault, result};
use crate::store::{Record, Store, list};
use http::StatusCode;
use serde_json::{Map, Value, json};

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, unknown_numbers(act, &body))?;
    let record = made(act, &body, store)?;
    act.written(Written::Number, &record)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    Failure::check(StatusCode::UNPROCESSABLE_ENTITY, unknown_numbers(act, &body))?;
    let answer = act.update(store, Written::Number)?;
    let key = act.key(store)?;
    if let Some(case) = store.get_mut(CASES, &act.scope, &key) {
        settle(case, &body);
    }
    Ok(answer)
}

/// All or none.
pub(super) fn create_many(act: &Act<'_>, store: &mut Store) -> Done {
    let all = act.objects("cases");
    let mut faults: Vec<FieldFault> = Vec::new();
    for (index, body) in all.iter().enumerate() {
        let place = format!("cases.{index}");
        act.check_references(store, body).map_err(|failure| failure.within(&place))?;
        faults.extend(unknown_numbers(act, body).into_iter().map(|(field, why)| (format!("{place}.{field}"), why)));
        if body.get("id").is_some_and(|id| act.has(CASES, id, store)) {
            faults.push((format!("{place}.id"), "There is a case with this number already.".to_owned()));
        }
    }
    Failure::check(StatusCode::BAD_REQUEST, faults)?;
    let mut ids = Vec::new();
    for body in &all {
        ids.push(made(act, body, store)?.fields.remove("id").unwrap_or_default());
    }
    result(json!({ "ids": ids }))
}

fn made(act: &Act<'_>, body: &Map<String, Value>, store: &mut Store) -> Result<Record, Failure> {
    let mut record = act.made(body, store)?;
    settle(&mut record, body);
    if let Some(number) = body.get("id") {
        store.remove(CASES, &act.scope, &record.key);
        record.key = text(number);
        record.fields.insert("id".to_owned(), number.clone());
    }
    store.put(CASES, &act.scope, record.clone());
    Ok(record)
}

/// Members that say the same in several ways agree with the one that was written.
fn settle(case: &mut Record, body: &Map<String, Value>) {
    let flag = |name: &str| body.get(name).and_then(Value::as_bool);
    let automation = match (body.get("automation").and_then(Value::as_i64), flag("isManual"), flag("isToBeAutomated")) {
        (Some(number), ..) => number,
        (None, Some(false), _) => 2,
        (None, _, Some(true)) => 1,
        (None, Some(true), _) => 0,
        (None, None, _) => return,
    };
    case.fields.insert("automation".to_owned(), json!(automation));
    case.fields.insert("is_automated".to_owned(), json!(automation == 2));
    case.fields.insert("isManual".to_owned(), json!(automation != 2));
    case.fields.insert("isToBeAutomated".to_owned(), json!(automation == 1));
}

/// Numbers that stand for nothing in this workspace.
fn unknown_numbers(act: &Act<'_>, body: &Map<String, Value>) -> Vec<FieldFault> {
    let unknown = act.resource.codes.iter().filter(|(name, codes)| {
        let number = body.get(*name).and_then(Value::as_i64);
        number.is_some_and(|number| !codes.iter().any(|(_, code)| *code == number))
    });
    unknown.map(|(name, _)| ((*name).to_owned(), format!("The selected {name} is invalid."))).collect()
}

/// Deletes a suite; its cases move, if the request says where to.
pub(super) fn delete_suite(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let key = act.key(store)?;
    if let Some(destination) = body.get("destination_id") {
        if text(destination) == key || !act.has(SUITES, destination, store) {
            return Err(Failure::unprocessable("destination_id", format!("there is no suite {destination} to move to")));
        }
        let is_in = |case: &&mut Record| case.field("suite_id").map(text).as_ref() == Some(&key);
        for case in store.list_mut(CASES, &act.scope).iter_mut().filter(is_in) {
            case.fields.insert("suite_id".to_owned(), destination.clone());
        }
    }
    act.delete(store, Written::Nothing)
}

/// Whether a case is automated in one of these ways.
pub(super) fn is_automated(case: &Record, ways: &Value) -> bool {
    const WAYS: [&str; 3] = ["is-not-automated", "to-be-automated", "automated"];
    let by_flag = || if case.field("is_automated") == Some(&json!(true)) { 2 } else { 0 };
    stands_for_one(&WAYS, case.field("automation").and_then(Value::as_u64).unwrap_or_else(by_flag), ways)
}

/// Whether a case is in one of these states.
pub(super) fn is_in_state(case: &Record, states: &Value) -> bool {
    const STATES: [&str; 3] = ["actual", "draft", "deprecated"];
    let by_flag = || if case.field("is_deprecated") == Some(&json!(true)) { 2 } else { 0 };
    stands_for_one(&STATES, case.field("status").and_then(Value::as_u64).unwrap_or_else(by_flag), states)
}

fn stands_for_one(words: &[&str], number: u64, wanted: &Value) -> bool {
    let word = usize::try_from(number).ok().and_then(|index| words.get(index));
    word.is_some_and(|word| list(wanted).contains(&json!(word)))
}
