//! What today's service shows otherwise, or besides.

use super::{View, moment, offset, outcomes};
use crate::qase::actions::Act;
use crate::qase::effects::step_number;
use crate::qase::table::{ATTACHMENTS, CASES, CUSTOM_FIELDS, ENVIRONMENTS, MILESTONES, PLANS, RESULTS, REVIEWS, RUNS, SUITES};
use crate::store::{Record, Store};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Environment and milestone of a run, if it has them.
pub(super) fn complete_run(run: &Record, fields: &mut Map<String, Value>, scope: &str, store: &Store) {
    for (member, name, collection, shown) in [
        ("environment_id", "environment", ENVIRONMENTS, &["title", "description", "slug", "host"][..]),
        ("milestone_id", "milestone", MILESTONES, &["title", "description"][..]),
    ] {
        let key = run.hidden.get(member).map(crate::qase::actions::text);
        if let Some(thing) = key.and_then(|key| store.get(collection, scope, &key)) {
            fields.insert(name.to_owned(), some_of(thing, shown));
        }
    }
}

fn some_of(record: &Record, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), record.field(name).cloned().unwrap_or_default())).collect::<Map<_, _>>().into()
}

/// The fields of the reference as today's service has them.
pub(super) fn renew(act: &Act<'_>, record: &Record, view: View, fields: &mut Map<String, Value>, store: &Store) {
    let collection = act.resource.collection;
    if collection == CASES {
        tell_flags(record, fields);
    }
    act.resource.reference_only.iter().for_each(|name| drop(fields.remove(*name)));
    if view == View::List && [PLANS, REVIEWS].contains(&collection) {
        act.resource.single_only.iter().for_each(|name| drop(fields.remove(*name)));
    }
    for (name, value) in (act.resource.today)().as_object().cloned().unwrap_or_default() {
        fields.entry(name).or_insert(value);
    }
    renew_times(fields, collection == CASES);
    match collection {
        SUITES => {
            let is_in = |case: &&Record| case.field("suite_id") == record.field("id");
            let count = store.list(CASES, &act.scope).iter().filter(is_in).count();
            fields.insert("cases_count".to_owned(), json!(count));
        }
        RUNS => renew_run(record, fields, &act.scope, store),
        RESULTS => renew_result(record, fields),
        CUSTOM_FIELDS => {
            if let Some(Value::String(word)) = fields.get_mut("type") {
                word.make_ascii_lowercase();
            }
        }
        ATTACHMENTS => {
            let name = record.field("file").and_then(Value::as_str).unwrap_or_default();
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            fields.insert("extension".to_owned(), json!(extension));
            fields.insert("url".to_owned(), record.field("full_path").cloned().unwrap_or_default());
        }
        _ => {}
    }
}

/// The flags of the reference in today's members, which win.
fn tell_flags(case: &Record, fields: &mut Map<String, Value>) {
    let is = |name: &str| case.field(name) == Some(&json!(true));
    let flags =
        [("automation", json!(2), "is_automated"), ("isManual", json!(false), "is_automated"), ("status", json!(2), "is_deprecated")];
    for (name, value, flag) in flags {
        if is(flag) {
            fields.entry(name).or_insert(value);
        }
    }
}

/// `created` and `updated` are deprecated, and stand beside moments with an offset.
fn renew_times(fields: &mut Map<String, Value>, keeps_old: bool) {
    for (old, new) in [("created", "created_at"), ("updated", "updated_at")] {
        let time = fields.get(old).and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
        if let Some(time) = time {
            fields.entry(new).or_insert(offset(time));
            if !keeps_old {
                fields.insert(old.to_owned(), moment(time));
            }
        }
    }
    for name in ["start_time", "end_time"] {
        let time = fields.get(name).and_then(Value::as_str).and_then(|text| DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok());
        if let Some(time) = time.and_then(|time| time.to_zoned(TimeZone::UTC).ok()) {
            fields.insert(name.to_owned(), offset(time.timestamp()));
        }
    }
}

fn renew_run(run: &Record, fields: &mut Map<String, Value>, scope: &str, store: &Store) {
    let word = match run.field("status").and_then(Value::as_i64) {
        Some(0) => "in_progress",
        Some(1) => "passed",
        _ => "aborted",
    };
    fields.insert("status_text".to_owned(), json!(word));
    fields.insert("run_id".to_owned(), run.field("id").cloned().unwrap_or_default());
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for outcome in outcomes(run, scope, store) {
        *statuses.entry(outcome.unwrap_or_else(|| "untested".to_owned())).or_default() += 1;
    }
    if let Some(stats) = fields.get_mut("stats").and_then(Value::as_object_mut) {
        for word in ["in_progress", "invalid"] {
            stats.insert(word.to_owned(), json!(statuses.get(word).copied().unwrap_or_default()));
        }
        stats.remove("deleted");
        stats.insert("statuses".to_owned(), json!(statuses));
    }
}

fn renew_result(result: &Record, fields: &mut Map<String, Value>) {
    let seconds = result.field("time_spent").and_then(Value::as_i64).unwrap_or_default();
    fields.insert("result_hash".to_owned(), json!(result.key));
    fields.entry("time_spent_ms").or_insert_with(|| json!(seconds * 1000));
    if let Some(Value::String(word)) = fields.get_mut("status") {
        word.make_ascii_lowercase();
    }
    if let Some(steps) = fields.get_mut("steps") {
        renew_steps(steps);
    }
}

fn renew_steps(steps: &mut Value) {
    for step in steps.as_array_mut().into_iter().flatten() {
        let number = step_number(&step["status"]);
        step["status"] = number;
        if let Some(inner) = step.get_mut("steps") {
            renew_steps(inner);
        }
    }
}
