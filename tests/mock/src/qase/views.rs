//! What the API shows of a record: lists and single reads differ.

use super::shape::{Resource, Single};
use super::table::{CASES, DEFECTS, MILESTONES, PLANS, PROJECTS, RESULTS, RUNS, SHARED_STEPS, SUITES};
use crate::call::Call;
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

/// Where an entity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    List,
    Single,
}

pub(super) fn show(resource: &Resource, record: &Record, view: View, call: &Call, scope: &str, store: &Store) -> Value {
    let mut fields = record.fields.clone();
    complete(resource.collection, record, &mut fields, scope, store);
    let left_out = match view {
        View::List => resource.single_only,
        View::Single => resource.list_only,
    };
    for name in left_out {
        fields.remove(*name);
    }
    if resource.collection == RUNS && !includes_cases(call) {
        fields.remove("cases");
    }
    if view == View::Single {
        for (name, codes) in resource.codes {
            let number = fields.get(*name).and_then(Value::as_i64);
            if let Some((word, _)) = codes.iter().find(|(_, code)| Some(*code) == number) {
                fields.insert((*name).to_owned(), json!(word));
            }
        }
    }
    Value::Object(fields)
}

/// The form of a single read.
pub(super) fn wrap(resource: &Resource, entity: Value) -> Value {
    match resource.single {
        Single::Object => entity,
        Single::ArrayOfOne => json!([entity]),
    }
}

/// Fields that follow from other data.
fn complete(collection: Collection, record: &Record, fields: &mut Map<String, Value>, scope: &str, store: &Store) {
    let cases = || record.field("cases").and_then(Value::as_array).map_or(0, Vec::len);
    match collection {
        PROJECTS => drop(fields.insert("counts".to_owned(), counts(&record.key, store))),
        PLANS | SHARED_STEPS => drop(fields.insert("cases_count".to_owned(), json!(cases()))),
        RUNS => drop(fields.insert("stats".to_owned(), statistics(record, scope, store))),
        _ => {}
    }
}

fn counts(project: &str, store: &Store) -> Value {
    let count = |collection| store.list(collection, project).len();
    let with = |collection, status: Value| store.list(collection, project).iter().filter(|r| r.field("status") == Some(&status)).count();
    json!({
        "cases": count(CASES),
        "suites": count(SUITES),
        "milestones": count(MILESTONES),
        "runs": { "total": count(RUNS), "active": with(RUNS, json!(0)) },
        "defects": { "total": count(DEFECTS), "open": with(DEFECTS, json!("open")) },
    })
}

/// How the cases of a run went: the last result of each counts. Deleted cases are not in the total.
fn statistics(run: &Record, scope: &str, store: &Store) -> Value {
    let cases = run.field("cases").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let results = store.list(RESULTS, scope);
    let outcome = |case: &Value| {
        let of_case = |r: &&Record| r.field("run_id") == run.field("id") && r.field("case_id") == Some(case);
        let last = results.iter().rev().find(of_case)?;
        last.field("status")?.as_str().map(str::to_ascii_lowercase)
    };
    let outcomes: Vec<Option<String>> = cases.iter().map(outcome).collect();
    let count = |word: &str| outcomes.iter().filter(|o| o.as_deref() == Some(word)).count();
    let deleted = run.field("stats").and_then(|stats| stats.get("deleted")).cloned().unwrap_or_default();
    let done = ["passed", "failed", "blocked", "skipped", "retest"];
    json!({
        "total": cases.len(),
        "untested": cases.len() - done.iter().map(|word| count(word)).sum::<usize>(),
        "passed": count("passed"),
        "failed": count("failed"),
        "blocked": count("blocked"),
        "skipped": count("skipped"),
        "retest": count("retest"),
        "deleted": deleted,
    })
}

/// Runs show their cases only when asked to.
fn includes_cases(call: &Call) -> bool {
    match call.query("include") {
        Some(Value::String(text)) => text.split(',').any(|word| word == "cases"),
        Some(Value::Array(words)) => words.contains(&json!("cases")),
        _ => false,
    }
}

/// `2018-05-02T20:32:23.000000Z`
pub(super) fn instant(now: Timestamp) -> Value {
    Value::from(now.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string())
}

/// `2019-12-12 12:12:12`
pub(super) fn moment(now: Timestamp) -> Value {
    Value::from(now.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string())
}
