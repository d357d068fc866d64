//! Searches across a project: things, comments, histories. And the report of what covers requirements.

use super::act::{self, Act};
use super::kinds::{COMMENTS, HISTORY, Kind, MODULES, REQUIREMENT, REQUIREMENTS, SITE, named};
use super::operations::{Action, on};
use super::query::Query;
use super::wire::{self, Done, Failure, Window, ok, text};
use super::{comments, fields, logs, runs, test_cases};
use crate::store::{Record, Store};
use serde_json::{Value, json};

pub(super) static ACTIONS: [Action; 4] = [
    on("POST /api/v3/projects/{}/search", &SITE, things),
    on("POST /api/v3/projects/{}/comments", &SITE, search_comments),
    on("POST /api/v3/projects/{}/histories", &SITE, histories),
    on("GET /api/v3/projects/{}/requirements/trace-matrix-report", &REQUIREMENT, trace),
];

/// The kind that a body names.
fn kind(act: &Act<'_>) -> Result<&'static Kind, Failure> {
    let object = act.body().get("object_type").map(text).unwrap_or_default();
    named(&object).filter(|kind| kind.object != "modules").ok_or_else(|| Failure::bad(format!("object_type {object} cannot be searched.")))
}

fn query(act: &Act<'_>, member: &str) -> Result<Option<Query>, Failure> {
    let body = act.body();
    let words = body.get(member).and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    words.map(|words| Query::read(words).map_err(|why| Failure::bad(format!("{member}: {why}.")))).transpose()
}

/// What a thing has at a name: a member (`Created Date` is `created_date`), or the value of a field.
fn values(store: &Store, kind: &Kind, project: &str, record: &Record, name: &str) -> Vec<Value> {
    let member = name.to_lowercase().replace(' ', "_");
    let mut found: Vec<Value> = record.fields.get(&member).cloned().into_iter().collect();
    for property in fields::shown(store, kind, project, record) {
        if property["field_name"].as_str().is_some_and(|label| label.eq_ignore_ascii_case(name)) || text(&property["field_id"]) == name {
            found.extend([property["field_value"].clone(), property["field_value_name"].clone()]);
        }
    }
    found
}

fn admitted<'s>(act: &Act<'_>, store: &'s Store, kind: &'static Kind, query: Option<&Query>) -> Vec<&'s Record> {
    let all = store.list(kind.collection, &act.project).iter();
    let admits = |record: &&Record| query.is_none_or(|query| query.admits(&|name| values(store, kind, &act.project, record, name)));
    all.filter(admits).collect()
}

/// The members that a body asks for: none, or `*`, are all.
fn pick(act: &Act<'_>, mut shown: Value) -> Value {
    let body = act.body();
    let wanted: Vec<&str> = body.get("fields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    if let (Some(map), false) = (shown.as_object_mut(), wanted.is_empty() || wanted.contains(&"*")) {
        map.retain(|name, _| wanted.contains(&name.as_str()) || name == "links");
    }
    shown
}

fn page(act: &Act<'_>, all: &[Value], what: &str) -> Done {
    let path = format!("/api/v3/projects/{}/{what}", act.project);
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(all, &path))
}

fn things(act: &Act<'_>, store: &mut Store) -> Done {
    let (kind, query) = (kind(act)?, query(act, "query")?);
    let show = |record: &Record| match kind.object {
        "test-cases" if act.flag("appendTestSteps", false) => test_cases::with_steps(act, store, record),
        "test-runs" => runs::show(act, store, record),
        "test-logs" => logs::show(act, store, record),
        _ => act::show(store, kind, &act.project, record),
    };
    let found = admitted(act, store, kind, query.as_ref());
    let all: Vec<Value> = found.into_iter().map(|record| pick(act, show(record))).collect();
    page(act, &all, "search")
}

fn search_comments(act: &Act<'_>, store: &mut Store) -> Done {
    let (kind, body) = (kind(act)?, act.body());
    let time = |name: &str| body.get(name).and_then(Value::as_str).and_then(crate::spec::moment);
    let (start, end) = (time("start"), time("end"));
    let author = body.get("author").and_then(Value::as_i64);
    let mut all = Vec::new();
    for record in store.list(kind.collection, &act.project) {
        if body.get("object").is_some_and(|object| text(object) != record.key) {
            continue;
        }
        for comment in store.list(COMMENTS, &comments::scope(&act.project, kind, &record.key)) {
            let created = comment.field("created").and_then(|value| crate::spec::moment(value.as_str()?));
            let in_time = start.is_none_or(|start| created >= Some(start)) && end.is_none_or(|end| created <= Some(end));
            if in_time && author.is_none_or(|author| comment.field("userId") == Some(&json!(author))) {
                all.push(pick(act, Value::Object(comment.fields.clone())));
            }
        }
    }
    page(act, &all, "comments")
}

fn histories(act: &Act<'_>, store: &mut Store) -> Done {
    let (kind, of_objects, of_entries) = (kind(act)?, query(act, "object_query")?, query(act, "query")?);
    let mut all = Vec::new();
    for record in admitted(act, store, kind, of_objects.as_ref()) {
        for entry in store.list(HISTORY, &format!("{}/{}/{}", act.project, kind.object, record.key)) {
            let value = |name: &str| {
                let name = if name.eq_ignore_ascii_case("author") { "author_id" } else { name };
                entry.field(&name.to_lowercase()).cloned().into_iter().collect()
            };
            if of_entries.as_ref().is_none_or(|query| query.admits(&value)) {
                all.push(pick(act, Value::Object(entry.fields.clone())));
            }
        }
    }
    page(act, &all, "histories")
}

/// Requirements by module, each with the test cases that cover it.
fn trace(act: &Act<'_>, store: &mut Store) -> Done {
    let wanted: Vec<String> = act.call.query("fieldIds").and_then(Value::as_array).into_iter().flatten().map(text).collect();
    let from = act.word("lastModifiedFrom");
    let to = act.word("lastModifiedTo");
    let in_time = |record: &&Record| {
        let day = record.field("last_modified_date").and_then(Value::as_str).and_then(|moment| moment.get(..10));
        from.is_none_or(|from| day >= Some(from)) && to.is_none_or(|to| day <= Some(to))
    };
    let all: Vec<&Record> = store.list(REQUIREMENTS, &act.project).iter().filter(in_time).collect();
    let entry = |record: &Record| {
        let cases = super::links::cases_of(store, &act.project, &record.key);
        let covered: Vec<Value> =
            cases.iter().map(|case| json!({ "id": case.fields["id"], "pid": case.fields["pid"], "name": case.fields["name"] })).collect();
        let mut entry =
            json!({ "id": record.fields["pid"], "name": record.fields["name"], "linked-testcases": covered.len(), "testcases": covered });
        for property in fields::shown(store, &REQUIREMENT, &act.project, record) {
            if wanted.contains(&text(&property["field_id"])) {
                entry[text(&property["field_name"])] = property["field_value_name"].clone();
            }
        }
        entry
    };
    let below = |module: Option<&Value>| {
        all.iter()
            .filter(|record| record.field("parent_id").filter(|id| !id.is_null()) == module)
            .map(|record| entry(record))
            .collect::<Vec<_>>()
    };
    let mut nodes = vec![json!({ "root": true, "children": [], "requirements": below(None), "order": 0 })];
    for (order, module) in store.list(MODULES, &act.project).iter().enumerate() {
        let requirements = below(module.fields.get("id"));
        if !requirements.is_empty() {
            nodes.push(json!({ "root": false, "children": [], "requirements": requirements, "order": order + 1 }));
        }
    }
    ok(Window::of(act.call, "size", 20).cut(&nodes).into())
}
