//! Test runs with their items and results, and what else tests are looked up by.

use super::calls::{Act, Done};
use super::kinds::{
    AUTOMATION_SCHEDULE, AUTOMATION_TEST_ITEM, AUTOMATION_TEST_ITEMS, TEST_CASE, TEST_CONFIGURATIONS, TEST_RUN, TEST_RUN_ITEM,
    TEST_RUN_RESULT, TEST_SET_ITEMS, TEST_STEPS, TESTS,
};
use super::{refusal, view};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

const AWAITING: &str = "Awaiting Run";

/// A new run of a test or of a test set: an item per test, a result per step.
pub(super) fn add(act: &Act<'_>, store: &mut Store) -> Done {
    let mut sent = act.object();
    let number = |sent: &Map<String, Value>, name: &str| sent.get(name).and_then(Value::as_i64).unwrap_or_default();
    let (set, single) = (number(&sent, "TestSetId"), number(&sent, "TestId"));
    if set == 0 && single == 0 {
        return Err(refusal("TestId or TestSetId is required."));
    }
    sent.entry("StatusCode").or_insert(json!(AWAITING));
    let configuration = named(store, TEST_CONFIGURATIONS, number(&sent, "TestConfigId"), "ConfigurationName");
    let run = act.add(&TEST_RUN, sent, store)?;
    let tests: Vec<(i64, Value)> = match set {
        0 => vec![(single, json!("N"))],
        _ => items_of(store, TEST_SET_ITEMS, "TestSetId", set)
            .into_iter()
            .map(|item| (number(&item.fields, "TestId"), item.fields.get("IsStoppedOnFail").cloned().unwrap_or(json!("N"))))
            .collect(),
    };
    let count = tests.len();
    for (seq, (test, stops)) in (1..).zip(tests) {
        let fields = object(json!({ "StatusCode": AWAITING, "IsStoppedOnFail": stops }));
        let item = act.add(&TEST_RUN_ITEM, fields, store)?;
        let title = named(store, TESTS, test, "Title");
        let own = json!({ "TestRunId": run, "TestSetId": set, "TestId": test, "Seq": seq, "Version": 1, "Title": title,
            "ConfigurationName": configuration });
        fix(store, &TEST_RUN_ITEM, item, own);
        for step in items_of(store, TEST_STEPS, "TestId", test) {
            let copied = ["Step", "ExpectedResults", "IsStoppedOnFail"].into_iter();
            let copied = copied.filter_map(|name| Some((name.to_owned(), step.fields.get(name)?.clone())));
            let fields = copied.chain([("StatusCode".to_owned(), json!(AWAITING))]).collect();
            let result = act.add(&TEST_RUN_RESULT, fields, store)?;
            let own = json!({ "TestRunItemId": item, "TestStepId": step.fields.get("TestStepId"), "Seq": step.fields.get("Seq") });
            fix(store, &TEST_RUN_RESULT, result, own);
        }
    }
    fix(store, &TEST_RUN, run, json!({ "NbrTests": count }));
    Ok(Some(json!(run)))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Sets what the server alone sets; what there is nothing to say about is left out.
fn fix(store: &mut Store, kind: &super::kinds::Kind, id: i64, fields: Value) {
    if let Some(record) = store.get_mut(kind.collection, "", &id.to_string()) {
        record.fields.extend(object(fields).into_iter().filter(|(_, value)| !value.is_null()));
    }
}

fn named(store: &Store, collection: Collection, id: i64, name: &str) -> Option<Value> {
    store.get(collection, "", &id.to_string())?.fields.get(name).cloned()
}

/// The records that name another one, by their `Seq`.
fn items_of(store: &Store, collection: Collection, name: &str, id: i64) -> Vec<Record> {
    let mut items: Vec<Record> = store.list(collection, "").iter().filter(|r| r.field(name) == Some(&json!(id))).cloned().collect();
    items.sort_by_key(|item| item.field("Seq").and_then(Value::as_i64).unwrap_or_default());
    items
}

/// Test cases of an automation script. Where the script is, the known part of the type does not say: it is an element `AutomationScriptUNC`.
pub(super) fn cases_by_unc(act: &Act<'_>, store: &Store) -> Done {
    let script = act.text("AutomationScriptUNC");
    let of_script = |record: &&Record| record.field("AutomationScriptUNC").and_then(Value::as_str) == script;
    Ok(Some(view::list(act, store, &TEST_CASE, act.seen(store, TEST_CASE.collection).filter(of_script))))
}

/// Automated tests of a host.
pub(super) fn items_by_host(act: &Act<'_>, store: &Store) -> Done {
    let host = act.text("HostName").unwrap_or_default();
    let items = act.seen(store, AUTOMATION_TEST_ITEMS).filter(|item| runs_at(store, item, host));
    Ok(Some(view::list(act, store, &AUTOMATION_TEST_ITEM, items)))
}

/// Whether an automated test is of a host: by the name it gives, or through the number.
fn runs_at(store: &Store, item: &Record, host: &str) -> bool {
    if let Some(name) = item.field("AutomationHostName").and_then(Value::as_str) {
        return name == host;
    }
    let id = item.field("AutomationHostId").and_then(Value::as_i64).unwrap_or_default();
    named(store, super::kinds::AUTOMATION_HOSTS, id, "HostName").is_some_and(|name| name == json!(host))
}

/// Schedules of a host and a kind of automation that begin within a span.
fn within<'s>(act: &Act<'_>, store: &'s Store) -> Vec<&'s Record> {
    let (host, kind) = (act.text("AutomationHostName").unwrap_or_default(), act.text("AutomationType"));
    let (from, to) = (act.text("StartDate").unwrap_or_default(), act.text("EndDate").unwrap_or_default());
    let fits = |schedule: &&Record| {
        let item = schedule.field("AutomationTestItemId").and_then(Value::as_i64).unwrap_or_default();
        let item = store.get(AUTOMATION_TEST_ITEMS, "", &item.to_string());
        let begin = schedule.field("DateBegin").and_then(Value::as_str).unwrap_or_default();
        item.is_some_and(|item| item.field("AutomationType").and_then(Value::as_str) == kind && runs_at(store, item, host))
            && from <= begin
            && begin <= to
    };
    act.seen(store, AUTOMATION_SCHEDULE.collection).filter(fits).collect()
}

pub(super) fn schedules(act: &Act<'_>, store: &Store) -> Done {
    Ok(Some(view::list(act, store, &AUTOMATION_SCHEDULE, within(act, store))))
}

pub(super) fn any_schedules(act: &Act<'_>, store: &Store) -> Done {
    Ok(Some(json!(!within(act, store).is_empty())))
}
