//! Links between things. Each is kept once, and seen from both ends.

use super::act;
use super::act::Act;
use super::kinds::{DEFECT, DEFECTS, LINKS, REQUIREMENT, SITE, TEST_CASE, TEST_CASES, TEST_RUNS, named};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, nothing, ok, text};
use super::{attachments, fields, runs, verbs};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 5] = [
    on("GET /api/v3/projects/{}/linked-artifacts", &SITE, find),
    on("POST /api/v3/projects/{}/{}/{}/link", &SITE, create),
    on("DELETE /api/v3/projects/{}/{}/{}/link", &SITE, delete),
    on("POST /api/v3/projects/{}/{}/{}/{}", &SITE, create_by_key),
    on("DELETE /api/v3/projects/{}/{}/{}/{}", &SITE, delete_by_key),
];

/// Kind and number of a thing.
type End<'a> = (&'a str, &'a str);

fn is(end: &Value, (object, key): End<'_>) -> bool {
    end["object"] == object && text(&end["id"]) == key
}

/// What a thing is linked to, as kind and number.
fn others(store: &Store, project: &str, end: End<'_>) -> Vec<(String, String)> {
    let all = store.list(LINKS, project).iter();
    let other = |link: &Record| {
        let (from, to) = (link.field("from")?, link.field("to")?);
        let other = if is(from, end) { to } else { Some(from).filter(|_| is(to, end))? };
        Some((text(&other["object"]), text(&other["id"])))
    };
    all.filter_map(other).collect()
}

/// Links two things unless they are.
pub(super) fn link(store: &mut Store, project: &str, from: End<'_>, to: End<'_>) {
    if others(store, project, from).iter().any(|(object, key)| (object.as_str(), key.as_str()) == to) {
        return;
    }
    let id = store.next_number(LINKS, "");
    let end = |(object, key): End<'_>| json!({ "object": object, "id": key.parse::<i64>().ok() });
    let fields = Map::from_iter([("from".to_owned(), end(from)), ("to".to_owned(), end(to))]);
    store.put(LINKS, project, Record { key: id.to_string(), fields, hidden: Map::new() });
}

fn unlink(store: &mut Store, project: &str, one: End<'_>, other: End<'_>) -> bool {
    let links = store.list_mut(LINKS, project);
    let before = links.len();
    links.retain(|link| {
        let (from, to) = (link.field("from").cloned().unwrap_or_default(), link.field("to").cloned().unwrap_or_default());
        !(is(&from, one) && is(&to, other) || is(&from, other) && is(&to, one))
    });
    links.len() < before
}

/// What kind of relation a link to a thing is.
fn relation(object: &str) -> &'static str {
    match object {
        "test-cases" => "is_covered_by",
        _ => "is_associated_with",
    }
}

/// The links of a thing.
fn container(store: &Store, project: &str, end: End<'_>) -> Value {
    let pid = |(object, key): End<'_>| {
        let record = named(object).and_then(|kind| store.get(kind.collection, project, key));
        record.and_then(|record| record.field("pid")).cloned()
    };
    let linked = others(store, project, end);
    let objects = linked.iter().map(|(object, key)| {
        let url = act::web_url(project, object, key);
        let mut shown = json!({ "id": key.parse::<i64>().ok(), "link_type": relation(object), "self": url });
        if let Some(pid) = pid((object, key)) {
            shown["pid"] = pid;
        }
        shown
    });
    let mut shown = json!({ "id": end.1.parse::<i64>().ok(), "objects": objects.collect::<Vec<_>>() });
    if let Some(pid) = pid(end) {
        shown["pid"] = pid;
    }
    shown
}

fn find(act: &Act<'_>, store: &mut Store) -> Done {
    let object = act.word("type").unwrap_or_default();
    let mut keys: Vec<String> = act.call.query("ids").and_then(Value::as_array).into_iter().flatten().map(text).collect();
    let pids = act.call.query("pids").and_then(Value::as_array);
    if pids.is_some() && object != "defects" {
        return Err(Failure::bad("pids are those of defects."));
    }
    let of_pids = pids.into_iter().flatten().filter_map(|pid| verbs::defect(store, &act.project, &text(pid)));
    keys.extend(of_pids.map(|defect| defect.key.clone()));
    let known = keys.iter().filter(|key| attachments::check(store, &act.project, object, key).is_ok() || exists(store, act, object, key));
    ok(known.map(|key| container(store, &act.project, (object, key))).collect())
}

fn exists(store: &Store, act: &Act<'_>, object: &str, key: &str) -> bool {
    named(object).is_some_and(|kind| store.get(kind.collection, &act.project, key).is_some())
}

/// The thing that the path names.
fn source(act: &Act<'_>, store: &Store) -> Result<(String, String), Failure> {
    let (object, key) = (act.argument(1), act.argument(2));
    attachments::check(store, &act.project, &object, &key)?;
    Ok((object, key))
}

fn sent(act: &Act<'_>) -> Vec<String> {
    act.call.body().and_then(Value::as_array).into_iter().flatten().map(text).collect()
}

/// What cannot be linked is left out.
fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key) = source(act, store)?;
    let target = act.word("type").unwrap_or_default();
    for other in sent(act) {
        if attachments::check(store, &act.project, target, &other).is_ok() {
            link(store, &act.project, (&object, &key), (target, &other));
        }
    }
    ok(json!([container(store, &act.project, (&object, &key))]))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key) = source(act, store)?;
    for other in sent(act) {
        unlink(store, &act.project, (&object, &key), (act.word("type").unwrap_or_default(), &other));
    }
    nothing()
}

/// Kind and number of a thing, and key and number of each defect.
type ByKey = (String, String, Vec<(String, String)>);

/// By keys, only defects of logs and steps are linked.
fn by_key(act: &Act<'_>, store: &Store) -> Result<ByKey, Failure> {
    let (object, key) = source(act, store)?;
    let target = act.argument(3);
    if target != "defects" || !["test-logs", "test-steps"].contains(&object.as_str()) {
        return Err(Failure::bad(format!("{target} of {object} are not linked by keys.")));
    }
    let found = sent(act).into_iter().map(|pid| match verbs::defect(store, &act.project, &pid) {
        Some(defect) => Ok((pid, defect.key.clone())),
        None => Err(Failure::absent("Defect", &pid)),
    });
    Ok((object, key, found.collect::<Result<_, _>>()?))
}

fn create_by_key(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key, defects) = by_key(act, store)?;
    for (_, defect) in &defects {
        link(store, &act.project, (&object, &key), ("defects", defect));
    }
    created(json!([{ "id": key.parse::<i64>().ok(), "objects": defects_of(store, &act.project, &object, &key) }]))
}

fn delete_by_key(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key, defects) = by_key(act, store)?;
    let mut gone = Vec::new();
    for (pid, defect) in defects {
        match unlink(store, &act.project, (&object, &key), ("defects", &defect)) {
            true => gone.push(pid),
            false => return Err(Failure::absent("Link to", &pid)),
        }
    }
    ok(json!(gone))
}

/// A value of a field, by the label of the field.
fn value(store: &Store, project: &str, record: &Record, label: &str) -> Option<Value> {
    let mut shown = fields::shown(store, &DEFECT, project, record).into_iter();
    shown.find(|property| property["field_name"] == label).map(|property| property["field_value_name"].clone())
}

/// The defects that a thing is linked to.
pub(super) fn defects_of(store: &Store, project: &str, object: &str, key: &str) -> Vec<Value> {
    let linked = others(store, project, (object, key)).into_iter().filter(|(object, _)| object == "defects");
    let records = linked.filter_map(|(_, key)| store.get(DEFECTS, project, &key));
    let show = |record: &Record| {
        let pid = record.fields["pid"].clone();
        let mut shown = json!({ "id": record.fields["id"], "pid": pid, "external_defect_id": pid, "link_type": relation("defects") });
        for (member, label) in [("summary", "Summary"), ("status", "Status")] {
            if let Some(value) = value(store, project, record, label) {
                shown[member] = value;
            }
        }
        shown
    };
    records.map(show).collect()
}

/// Defects of a requirement: those linked to it, as a bare list.
pub(super) fn defects_of_requirement(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store, &act.argument(1))?.key.clone();
    let linked = others(store, &act.project, (REQUIREMENT.object, &key)).into_iter().filter(|(object, _)| object == "defects");
    let records = linked.filter_map(|(_, key)| store.get(DEFECTS, &act.project, &key));
    let show = |record: &Record| {
        let mut shown = json!({
            "id": record.fields["id"], "pid": record.fields["pid"], "submittedDate": record.fields["submitted_date"],
            "lastModifiedDate": record.fields["last_modified_date"], "submitterUserId": record.fields["submitter_id"], "links": []
        });
        for (member, label) in [("title", "Summary"), ("status", "Status"), ("priority", "Severity")] {
            if let Some(value) = value(store, &act.project, record, label) {
                shown[member] = value;
            }
        }
        shown
    };
    let all: Vec<Value> = records.map(show).collect();
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).cut(&all).into())
}

/// The test cases that cover a requirement.
pub(super) fn cases_of<'s>(store: &'s Store, project: &str, requirement: &str) -> Vec<&'s Record> {
    let linked = others(store, project, (REQUIREMENT.object, requirement)).into_iter();
    linked.filter(|(object, _)| object == TEST_CASE.object).filter_map(|(_, key)| store.get(TEST_CASES, project, &key)).collect()
}

/// Runs of the test cases that cover a requirement.
pub(super) fn runs_of_requirement(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store, &act.argument(1))?.key.clone();
    let covering: Vec<String> = cases_of(store, &act.project, &key).iter().map(|case| case.key.clone()).collect();
    let of_case = |run: &&Record| run.field("testCaseId").map(text).is_some_and(|case| covering.contains(&case));
    let show = |run: &Record| {
        let mut shown = runs::show(act, store, run);
        let case = run.field("testCaseId").map(text).and_then(|key| store.get(TEST_CASES, &act.project, &key));
        shown["test_case"] = case.map(|case| act::show(store, &TEST_CASE, &act.project, case)).unwrap_or_default();
        if let Some(map) = shown.as_object_mut() {
            map.remove("properties");
            if !act.flag("includeLatestLog", false) {
                map.remove("latest_test_log");
            }
        }
        shown
    };
    let all: Vec<Value> = store.list(TEST_RUNS, &act.project).iter().filter(of_case).map(show).collect();
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(&all, &format!("requirements/{key}/test-runs")))
}
