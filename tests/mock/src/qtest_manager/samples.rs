//! What a fresh server has, and what tests bring along.

use super::act;
use super::fields as of_fields;
use super::kinds::{
    ATTACHMENTS, BUILD, COMMENTS, DEFECT, FIELDS, GROUP, GROUPS, JOBS, Kind, LINKS, MODULE, OF_PROJECT, PROJECT, PROJECTS, RELEASE,
    REQUIREMENT, TEST_CASE, TEST_CYCLE, TEST_LOG, TEST_RUN, TEST_SUITE, USER, USERS, VERSIONS, WEBHOOK,
};
use super::wire::{Failure, text};
use super::{PASSWORD, USERNAME, links, runs, steps};
use crate::behaviour::SeedError;
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// When everything began: 2025-01-06T08:30:00Z in seconds.
const BEGAN: i64 = 1_736_152_200;

/// Number, label, data type and allowed values of the system fields of a kind.
type System = (u64, &'static str, i64, &'static [(i64, &'static str)]);

const PRIORITIES: &[(i64, &str)] = &[(301, "Low"), (302, "Medium"), (303, "High")];
const OUTCOMES: &[(i64, &str)] = &[(601, "Passed"), (602, "Failed"), (603, "Incomplete"), (604, "Blocked"), (605, "Unexecuted")];

/// The first allowed value is the one that things have who name none; of outcomes, the last.
const SYSTEM: [(&str, &[System]); 8] = [
    (
        "requirements",
        &[(501, "Description", 6, &[]), (502, "Priority", 3, PRIORITIES), (503, "Status", 3, &[(311, "New"), (312, "Approved")])],
    ),
    (
        "test-cases",
        &[
            (401, "Status", 3, &[(201, "New"), (202, "Ready")]),
            (402, "Priority", 3, PRIORITIES),
            (403, "Type", 3, &[(701, "Manual"), (702, "Automation")]),
        ],
    ),
    (
        "defects",
        &[
            (601_001, "Summary", 1, &[]),
            (601_002, "Description", 6, &[]),
            (601_003, "Status", 3, &[(10_001, "New"), (10_002, "Fixed"), (10_003, "Closed")]),
            (601_004, "Severity", 3, &[(10_301, "Trivial"), (10_302, "Major")]),
        ],
    ),
    ("test-runs", &[(801, "Status", 3, OUTCOMES), (802, "Environment", 1, &[])]),
    ("test-suites", &[(811, "Execution Type", 3, &[(901, "Regression"), (902, "Smoke")])]),
    ("releases", &[(821, "Status", 3, &[(1, "Planned"), (2, "In Progress"), (3, "Closed")])]),
    ("builds", &[(831, "Status", 3, &[(1, "Planned"), (2, "Done")])]),
    ("test-steps", &[(841, "Data", 6, &[])]),
];

fn moment() -> Timestamp {
    Timestamp::from_second(BEGAN).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Gives a project, or the site, the system fields. The numbers of fields hold in every project.
pub(super) fn fields(store: &mut Store, project: &str) -> Result<(), Failure> {
    for (object, fields) in SYSTEM {
        let scope = of_fields::scope(project, object);
        for (id, label, data_type, allowed) in fields {
            let allowed: Vec<Value> = allowed
                .iter()
                .enumerate()
                .map(|(place, (value, label))| {
                    let first = if *allowed == OUTCOMES { place + 1 == allowed.len() } else { place == 0 };
                    json!({ "value": value, "label": label, "is_default": first })
                })
                .collect();
            let field = json!({ "id": id, "label": label, "data_type": data_type, "allowed_values": allowed });
            let Value::Object(field) = field else { continue };
            of_fields::make(store, &scope, &field, true)?;
        }
    }
    // Values and fields that are made later have other numbers.
    store.reserve(FIELDS, "allowed values", 20_000);
    store.reserve(FIELDS, "", 700_000);
    Ok(())
}

/// Users, groups and projects.
pub(super) fn furnish(store: &mut Store) {
    let user = |id: i64, name: &str, first: &str, last: &str, status: i64, projects: Value| json!({ "id": id, "username": name, "first_name": first, "last_name": last, "status": status, "projects": projects });
    for (collection, fields) in [
        (USERS, user(1, USERNAME, "Ann", "Lee", 1, json!([1, 2, 108_781]))),
        (USERS, user(2, "bob@example.com", "Bob", "Ray", 1, json!([1]))),
        (USERS, user(3, "gus@example.com", "Gus", "Gone", 3, json!([1]))),
        (GROUPS, json!({ "id": 1, "name": "Everybody", "is_system": true, "is_default": true, "user_ids": [1, 2, 3] })),
    ] {
        put(store, collection, "", fields);
    }
    for (id, name, uuid) in [(1, "Shop", "shop"), (2, "Empty", "empty"), (108_781, "Sample", "sample")] {
        put(store, PROJECTS, "", json!({ "id": id, "name": name, "uuid": uuid, "admins": [USERNAME], "admin_ids": [1] }));
    }
    let furnished = fields(store, "");
    debug_assert!(furnished.is_ok(), "{furnished:?}");
}

/// What the first project has, who was worked in.
pub(super) fn fill(store: &mut Store) {
    let kinds = [
        (&MODULE, json!({ "id": 101, "name": "Checkout" })),
        (&MODULE, json!({ "id": 102, "name": "Payment", "parent_id": 101 })),
        (&REQUIREMENT, json!({ "id": 201, "name": "Pay by card", "parent_id": 101 })),
        (
            &TEST_CASE,
            json!({ "id": 301, "name": "Login works", "description": "<p>happy path</p>", "parent_id": 101, "test_steps": [
                { "description": "Open the page", "expected": "A form is shown" }, { "description": "Fill it in", "expected": "The user is in" }
            ] }),
        ),
        (&TEST_CASE, json!({ "id": 302, "name": "Pay by card", "parent_id": 102 })),
        (&RELEASE, json!({ "id": 501, "name": "Release 1", "start_date": "2025-01-06T00:00:00+00:00" })),
        (&BUILD, json!({ "id": 551, "name": "Build 1", "release": { "id": 501 } })),
        (&TEST_CYCLE, json!({ "id": 701, "name": "Sprint 7", "target_release_id": 501 })),
        (&TEST_SUITE, json!({ "id": 801, "name": "Smoke", "parentId": 701, "parentType": "test-cycle" })),
        (&TEST_RUN, json!({ "id": 901, "name": "Login works", "testCaseId": 301, "parentId": 801, "parentType": "test-suite" })),
        (
            &TEST_LOG,
            json!({ "id": 1001, "name": "Login works", "test_run_id": 901, "status": runs::status(601), "exe_start_date": "2025-01-07T10:00:00+00:00",
                "exe_end_date": "2025-01-07T10:05:00+00:00" }),
        ),
        (&DEFECT, json!({ "id": 1101, "properties": [{ "field_id": 601_001, "field_value": "Login fails" }] })),
    ];
    for (kind, fields) in kinds {
        put(store, kind.collection, "1", fields);
    }
    put(store, COMMENTS, "1/defects/1101", json!({ "id": 1201, "content": "Seen again", "userId": 2 }));
    put(
        store,
        WEBHOOK.collection,
        "",
        json!({ "id": 1401, "name": "ci", "url": "https://hooks.example.com/q", "events": ["testlog_submitted"] }),
    );
    links::link(store, "1", ("requirements", "201"), ("test-cases", "301"));
}

fn put(store: &mut Store, collection: Collection, scope: &str, fields: Value) {
    let inserted = insert(store, collection, scope, fields, moment());
    debug_assert!(inserted.is_ok(), "{inserted:?}");
}

/// Adds a record as if it had been there all along.
pub(super) fn insert(store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
    let Value::Object(mut given) = fields else { return Err(SeedError::new("a record is an object")) };
    if collection == COMMENTS {
        return comment(store, scope, given, now);
    }
    if [ATTACHMENTS, LINKS, JOBS, VERSIONS, FIELDS].contains(&collection) {
        return Err(SeedError::new(format!("{} are made by calls only", collection.name())));
    }
    let site = [&PROJECT, &USER, &GROUP, &WEBHOOK];
    let kind: &Kind = OF_PROJECT
        .into_iter()
        .chain(site)
        .find(|kind| kind.collection == collection)
        .ok_or_else(|| SeedError::new(format!("there is no collection `{}`", collection.name())))?;
    let is_site = site.iter().any(|other| other.collection == collection);
    if !is_site && store.get(PROJECTS, "", scope).is_none() {
        return Err(SeedError::new(format!("there is no project `{scope}` for {}", collection.name())));
    }
    let wanted = given.remove("id");
    let mut record =
        act::make(store, kind, if is_site { "" } else { scope }, (now, 1), &given).map_err(|e| SeedError::new(e.to_string()))?;
    if let Some(id) = wanted {
        record.key = text(&id);
        record.fields.insert("id".to_owned(), id);
        if let Some(url) = record.fields.get_mut("web_url") {
            *url = json!(act::web_url(scope, kind.object, &record.key));
        }
    }
    let blank = (kind.blank)();
    for (name, value) in given.iter().filter(|(name, _)| *name != "properties" && *name != "test_steps") {
        let place = if blank.get(name).is_some() { &mut record.fields } else { &mut record.hidden };
        place.insert(name.clone(), value.clone());
    }
    complete(store, kind, scope, &mut record, &given).map_err(|e| SeedError::new(e.to_string()))?;
    if let Ok(number) = record.key.parse() {
        store.reserve(collection, "", number);
    }
    let key = record.key.clone();
    store.put(collection, if is_site { "" } else { scope }, record);
    if collection == PROJECTS {
        self::fields(store, &key).map_err(|e| SeedError::new(e.to_string()))?;
    }
    Ok(key)
}

/// What a record of a kind has beside what it was given.
fn complete(store: &mut Store, kind: &Kind, scope: &str, record: &mut Record, given: &Map<String, Value>) -> Result<(), Failure> {
    match kind.object {
        "users" => {
            let name = record.fields["username"].clone();
            record.fields.insert("email".to_owned(), name);
            record.fields.insert("avatar".to_owned(), json!(format!("https://acme.example/api/v3/users/{}/avatar", record.key)));
            record.hidden.entry("password").or_insert_with(|| json!(PASSWORD));
        }
        "test-cases" => version(store, scope, record, given),
        "test-runs" => {
            let case = record.field("testCaseId").map(text).unwrap_or_default();
            let case = act::find(store, &TEST_CASE, scope, &case)?.clone();
            for (member, of_case) in [("test_case_version_id", "test_case_version_id"), ("test_case_version", "version")] {
                record.fields.insert(member.to_owned(), case.fields[of_case].clone());
            }
        }
        _ => {}
    }
    if ["test-cycles", "test-suites", "test-runs"].contains(&kind.object) && record.field("parentType").is_none_or(Value::is_null) {
        super::containers::Container::root().take(record);
    }
    Ok(())
}

/// The steps and the first version of a test case.
fn version(store: &mut Store, scope: &str, record: &mut Record, given: &Map<String, Value>) {
    let sent = given.get("test_steps").and_then(Value::as_array).into_iter().flatten();
    let made = sent.map(|step| {
        let mut step = step.clone();
        let id = store.next_number(steps::STEPS, "");
        step["id"] = json!(id);
        step["customFieldInfo"] = json!([{ "id": 841, "value": "", "objectId": id, "name": "Data", "type": "LongText" }]);
        step["links"] = json!([]);
        step
    });
    let made: Vec<Value> = made.collect();
    steps::set(record, made);
    let id = store.next_number(VERSIONS, "");
    record.fields.insert("test_case_version_id".to_owned(), json!(id));
    let mut shown = act::show(store, &TEST_CASE, scope, record);
    shown["test_steps"] = steps::of(record).into();
    if let Value::Object(fields) = shown {
        store.put(VERSIONS, &format!("{scope}/{}", record.key), Record { key: id.to_string(), fields, hidden: Map::new() });
    }
}

fn comment(store: &mut Store, scope: &str, mut given: Map<String, Value>, now: Timestamp) -> Result<String, SeedError> {
    if scope.split('/').count() != 3 {
        return Err(SeedError::new("the scope of a comment is what it is about: `1/defects/1101`"));
    }
    let id = given.get("id").and_then(Value::as_u64).unwrap_or_else(|| store.next_number(COMMENTS, ""));
    store.reserve(COMMENTS, "", id);
    given.insert("id".to_owned(), json!(id));
    for name in ["created", "updated"] {
        given.entry(name).or_insert_with(|| json!(super::wire::moment(now)));
    }
    given.entry("userId").or_insert(json!(1));
    given.insert("links".to_owned(), json!([]));
    store.put(COMMENTS, scope, Record { key: id.to_string(), fields: given, hidden: Map::new() });
    Ok(id.to_string())
}
