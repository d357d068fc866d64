//! The data a fresh mock has: the samples of the reference, and enough beside them to work with.

use super::actions::fresh;
use super::operations;
use super::shape::{Key, Resource, Scope};
use super::table::{
    ATTACHMENTS, AUTHORS, CASES, CUSTOM_FIELDS, DEFECTS, MILESTONES, PLANS, PROJECTS, RESULTS, RUNS, SHARED_STEPS, SUITES, USERS,
};
use crate::behaviour::SeedError;
use crate::store::{Collection, Store};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Fields that are kept but not shown.
const HIDDEN: [&str; 1] = ["member_id"];

/// Adds a record with the given fields over those of a fresh one.
pub(super) fn insert(store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
    let resource =
        operations::resource(collection).ok_or_else(|| SeedError::new(format!("Qase has no collection `{}`", collection.name())))?;
    match resource.scope {
        Scope::Project if store.get(PROJECTS, "", scope).is_none() => {
            return Err(SeedError::new(format!("there is no project `{scope}` for {}", collection.name())));
        }
        Scope::Account | Scope::AccountByProject if !scope.is_empty() => {
            return Err(SeedError::new(format!("{} belong to no project: the scope must be empty", collection.name())));
        }
        _ => {}
    }
    let Value::Object(fields) = fields else {
        return Err(SeedError::new("a record is an object"));
    };
    let key_field = resource.key.field();
    if resource.key == Key::Code && !fields.contains_key(key_field) {
        return Err(SeedError::new(format!("{} need a `{key_field}`", collection.name())));
    }
    let mut record = fresh(resource, fields.get(key_field).cloned(), store, scope, now);
    for (name, value) in fields {
        let value = coded(resource, &name, value);
        match HIDDEN.contains(&name.as_str()) {
            true => drop(record.hidden.insert(name, value)),
            false => drop(record.fields.insert(name, value)),
        }
    }
    let key = record.key.clone();
    store.put(collection, scope, record);
    Ok(key)
}

/// A word of a coded field as the number that is stored.
fn coded(resource: &Resource, name: &str, value: Value) -> Value {
    let codes = resource.codes.iter().find(|(field, _)| *field == name).map(|(_, codes)| *codes);
    let number = codes.and_then(|codes| codes.iter().find(|(word, _)| value.as_str() == Some(word)));
    number.map_or(value, |(_, number)| json!(number))
}

/// Fills an empty store.
pub(super) fn fill(store: &mut Store) {
    let account =
        [(PROJECTS, projects()), (USERS, users()), (ATTACHMENTS, attachments()), (CUSTOM_FIELDS, custom_fields()), (AUTHORS, authors())];
    let project = [
        (SUITES, suites()),
        (MILESTONES, milestones()),
        (CASES, cases()),
        (SHARED_STEPS, shared_steps()),
        (PLANS, plans()),
        (RUNS, runs()),
        (RESULTS, results()),
        (DEFECTS, defects()),
    ];
    let account = account.into_iter().map(|(collection, records)| ("", collection, records));
    let project = project.into_iter().map(|(collection, records)| ("DEMO", collection, records));
    for (scope, collection, records) in account.chain(project) {
        for fields in records {
            let inserted = insert(store, collection, scope, fields, Timestamp::UNIX_EPOCH);
            debug_assert!(inserted.is_ok(), "a sample of {}: {inserted:?}", collection.name());
        }
    }
}

fn projects() -> Vec<Value> {
    vec![json!({ "title": "Demo Project", "code": "DEMO" }), json!({ "title": "Qase Web Application", "code": "QAPP" })]
}

fn users() -> Vec<Value> {
    vec![
        json!({ "id": 1, "name": "John Smith", "email": "[email\u{a0}protected]", "title": "Team Owner", "status": 1 }),
        json!({ "id": 2, "name": "Jane Doe", "email": "jane@example.com", "title": "QA engineer", "status": 1 }),
    ]
}

fn authors() -> Vec<Value> {
    vec![json!({ "id": 1, "uuid": "6fa85f64-5717-4562-b3fc-2c963f66afa6", "name": "John Smith", "email": "john@example.com" })]
}

fn attachments() -> Vec<Value> {
    vec![json!({
        "hash": "2497be4bc95f807d2fe3c2203793673f6e5140e8", "file": "filename.ext", "mime": "text/plain", "size": 100,
        "full_path": "https://storage.cdn.example/filename.ext"
    })]
}

fn suites() -> Vec<Value> {
    let times = |value: Value| with(value, json!({ "created": "2018-05-02T10:49:01.000000Z", "updated": "2019-07-21T19:10:15.000000Z" }));
    let texts = json!({ "description": "Set from API", "preconditions": "Set from API" });
    [
        json!({ "id": 1, "title": "Level 1", "parent_id": null, "position": 1 }),
        json!({ "id": 2, "title": "Level 2", "parent_id": 1, "position": 2 }),
        json!({ "id": 3, "title": "Sign in", "parent_id": null, "position": 3 }),
    ]
    .map(|suite| times(with(suite, texts.clone())))
    .to_vec()
}

fn milestones() -> Vec<Value> {
    let times = json!({ "created": "2018-08-31T23:59:10.000000Z", "updated": "2018-08-31T23:59:10.000000Z" });
    let suite_like = json!({ "preconditions": "Set from API", "position": 1, "parent_id": null });
    [json!({ "id": 1, "title": "Release 1.0" }), json!({ "id": 2, "title": "Release 2.0", "description": "Set from API" })]
        .map(|milestone| with(with(milestone, times.clone()), suite_like.clone()))
        .to_vec()
}

/// Ten, as the project's sample counts; 1 and 5 are the printed ones.
fn cases() -> Vec<Value> {
    let times = json!({ "created": "2018-05-02T20:32:23.000000Z", "updated": "2019-07-21T13:24:08.000000Z" });
    let one = json!({
        "description": "Test case description", "severity": "major", "priority": "high", "type": "undefined",
        "behavior": "positive", "suite_id": null
    });
    let five = json!({
        "description": "Description for case", "severity": 4, "priority": 2, "type": 1, "behavior": 2, "suite_id": 1
    });
    let other = |n: i64| {
        json!({
            "title": format!("Test case {n}"), "description": format!("Description for case {n}"),
            "severity": n % 7, "priority": n % 4, "type": n % 9, "behavior": n % 4, "suite_id": 1 + n % 3,
            "milestone_id": if n % 2 == 0 { json!(1) } else { Value::Null },
            "is_automated": n % 3 == 0, "is_deprecated": n == 10
        })
    };
    let fields = |n: i64| match n {
        1 => one.clone(),
        5 => five.clone(),
        _ => other(n),
    };
    (1..=10).map(|n| with(with(json!({ "id": n, "position": n, "title": "Test case" }), fields(n)), times.clone())).collect()
}

fn shared_steps() -> Vec<Value> {
    vec![json!({
        "hash": "0223905c291bada23e6049d415385982af92d758", "title": "Shared step",
        "action": "Open signup page", "expected_result": "Page is opened", "cases": [1, 3, 5, 7],
        "created": "2019-02-09T23:16:49.000000Z", "updated": "2019-02-09T23:16:49.000000Z"
    })]
}

fn plans() -> Vec<Value> {
    vec![
        json!({
            "id": 1, "title": "Sample plan", "description": "Regression", "average_time": 12.5,
            "cases": [{ "case_id": 1, "assignee_id": null }, { "case_id": 2, "assignee_id": 2 }],
            "created": "2019-01-10T22:47:53.000000Z", "updated": "2019-01-10T22:47:53.000000Z"
        }),
        json!({
            "id": 16, "title": "Sample plan", "description": "Awesome plan", "average_time": 40,
            "cases": [{ "case_id": 1, "assignee_id": 1 }],
            "created": "2019-09-15T18:49:07.000000Z", "updated": "2019-09-15T18:49:30.000000Z"
        }),
    ]
}

fn runs() -> Vec<Value> {
    let one = json!({
        "id": 1, "title": "Test run 2019/12/12", "start_time": "2019-12-12 12:12:12", "cases": [1, 2, 3],
        "stats": { "deleted": 4 }
    });
    let two = json!({
        "id": 2, "title": "Test run 2019/12/13", "status": 1, "start_time": "2019-12-13 08:00:00",
        "end_time": "2019-12-13 09:30:00", "cases": [4, 5]
    });
    vec![one, two]
}

fn results() -> Vec<Value> {
    let one = json!({
        "hash": "6efce6e4f9de887a2ee863e8197cb74ab626a273", "run_id": 1, "case_id": 1, "status": "Passed",
        "end_time": "2018-11-11 11:11:11"
    });
    let two = json!({
        "hash": "2898ba7f3b4d857cec8bee4a852cdc85f8b33132", "run_id": 1, "case_id": 2, "status": "Failed",
        "end_time": "2019-12-12 12:30:00", "member_id": 1, "comment": "Failed via API", "time_spent": 100,
        "steps": [{ "position": 1, "status": "passed" }, { "position": 3, "status": "failed" }]
    });
    [one, two].map(|result| with(result, json!({ "is_api_result": false }))).to_vec()
}

fn defects() -> Vec<Value> {
    let times = json!({ "created": "2019-11-08T22:03:07.000000Z", "updated": "2019-11-19T22:29:57.000000Z" });
    [
        json!({ "id": 1, "title": "Dangerous defect", "actual_result": "Something happened" }),
        json!({ "id": 2, "title": "Old defect", "actual_result": "Nothing happened", "status": "resolved" }),
    ]
    .map(|defect| with(defect, times.clone()))
    .to_vec()
}

fn custom_fields() -> Vec<Value> {
    vec![json!({
        "id": 1, "title": "Description", "type": "Text", "placeholder": "Write something",
        "created": "2019-08-26T22:30:07.000000Z", "updated": "2019-08-26T22:30:07.000000Z"
    })]
}

fn with(mut base: Value, more: Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more);
    }
    base
}
