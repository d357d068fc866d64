//! What the API shows of a record: lists and single reads differ, and so do reference and today's service (`today`).

mod today;

use super::actions::Act;
use super::issues::includes;
use super::settings::Edition;
use super::table::{CASES, CUSTOM_FIELDS, DEFECTS, MILESTONES, PLANS, PROJECTS, RESULTS, RUNS, SHARED_STEPS, SUITES};
use super::wire::Version;
use crate::store::{Record, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where an entity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    List,
    Single,
}

pub(super) fn show(act: &Act<'_>, record: &Record, view: View, store: &Store) -> Value {
    let mut fields = record.fields.clone();
    complete(act, record, &mut fields, store);
    let resource = act.resource;
    match act.settings.edition {
        Edition::Reference => {
            let left_out = match view {
                View::List => resource.single_only,
                View::Single => resource.list_only,
            };
            left_out.iter().for_each(|name| drop(fields.remove(*name)));
            if view == View::Single {
                put_words(act, &mut fields);
            }
        }
        Edition::Today => today::renew(act, record, view, &mut fields, store),
    }
    Value::Object(fields)
}

fn put_words(act: &Act<'_>, fields: &mut Map<String, Value>) {
    for (name, codes) in act.resource.codes {
        let number = fields.get(*name).and_then(Value::as_i64);
        if let Some((word, _)) = codes.iter().find(|(_, code)| Some(*code) == number) {
            fields.insert((*name).to_owned(), json!(word));
        }
    }
}

/// Fields that follow from other data, and fields that are shown only if they are asked for.
fn complete(act: &Act<'_>, record: &Record, fields: &mut Map<String, Value>, store: &Store) {
    let cases = || record.field("cases").and_then(Value::as_array).map_or(0, Vec::len);
    let scope = &act.scope;
    match act.resource.collection {
        PROJECTS => drop(fields.insert("counts".to_owned(), counts(&record.key, store))),
        PLANS | SHARED_STEPS => drop(fields.insert("cases_count".to_owned(), json!(cases()))),
        RUNS => {
            fields.insert("stats".to_owned(), statistics(record, scope, store));
            today::complete_run(record, fields, scope, store);
            if includes(act, "defects") {
                let own = store.list(DEFECTS, scope).iter().filter(|defect| defect.field("run_id") == record.field("id"));
                fields.insert("defects".to_owned(), own.filter_map(|defect| defect.field("id").cloned()).collect());
            }
            for (name, word) in [("cases", "cases"), ("external_issue", "external_issue")] {
                if !includes(act, word) {
                    fields.remove(name);
                }
            }
        }
        CASES if !includes(act, "external_issues") => drop(fields.remove("external_issues")),
        CUSTOM_FIELDS if Version::of(act.call.signature()) == Version::One => as_text(fields),
        _ => {}
    }
}

/// Version 1 shows options as text.
fn as_text(fields: &mut Map<String, Value>) {
    if let Some(options @ Value::Array(_)) = fields.get_mut("value") {
        *options = Value::from(options.to_string());
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

/// The last outcome of each case of a run, in lower case.
fn outcomes(run: &Record, scope: &str, store: &Store) -> Vec<Option<String>> {
    let of_run = store.list(RESULTS, scope).iter().filter(|result| result.field("run_id") == run.field("id"));
    let outcome = |result: &Record| Some((result.field("case_id")?.to_string(), result.field("status")?.as_str()?.to_ascii_lowercase()));
    let last: BTreeMap<String, String> = of_run.filter_map(outcome).collect();
    let cases = run.field("cases").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    cases.iter().map(|case| last.get(&case.to_string()).cloned()).collect()
}

/// How the cases of a run went: the last result of each counts. Deleted cases are not in the total.
fn statistics(run: &Record, scope: &str, store: &Store) -> Value {
    let outcomes = outcomes(run, scope, store);
    let count = |word: &str| outcomes.iter().filter(|o| o.as_deref() == Some(word)).count();
    let deleted = run.field("stats").and_then(|stats| stats.get("deleted")).cloned().unwrap_or_default();
    json!({
        "total": outcomes.len(),
        "untested": outcomes.iter().filter(|outcome| outcome.is_none()).count(),
        "passed": count("passed"),
        "failed": count("failed"),
        "blocked": count("blocked"),
        "skipped": count("skipped"),
        "retest": count("retest"),
        "deleted": deleted,
    })
}

/// `2018-05-02T20:32:23.000000Z`
pub(super) fn instant(now: Timestamp) -> Value {
    Value::from(now.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string())
}

/// `2021-12-30T19:23:59+00:00`
pub(super) fn offset(now: Timestamp) -> Value {
    Value::from(now.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string())
}

/// `2019-12-12 12:12:12`
pub(super) fn moment(now: Timestamp) -> Value {
    Value::from(now.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string())
}
