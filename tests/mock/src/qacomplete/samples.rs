//! The data a fresh mock has: those that the documented samples speak of, and enough beside them that every operation
//! succeeds.

use super::kinds::{
    ATTACHMENTS, AUTOMATION_ATTACHMENTS, AUTOMATIONS, DEFECTS, DEPARTMENTS, FOLDERS, LINKED_ITEMS, NOTES, PRIVILEGES, PROJECTS, Place,
    RELEASES, REQUIREMENTS, SECURITY_GROUPS, TEST_RUN_ITEMS, TEST_RUNS, TEST_SET_ITEMS, TEST_SETS, TESTS, USER_GROUPS, USERS,
};
use super::related::named;
use super::rights::Right;
use super::write::STEPS;
use super::{AREAS, DEPT_ID, GONE, JOHN, JOHN_ID, OTHER_DEPT_ID, OUTSIDER, PROJECT_ID, READER, TWO, WRITER, own};
use crate::behaviour::SeedError;
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// When everything began.
const BEGAN: &str = "2015-05-26T10:54:21.0930000";

/// A project of another department.
const RESEARCH: i64 = 12001;

/// What each group may do, by its first rights.
const GROUPS: [(&str, &[Right]); 4] = [
    ("Security Administrator", &Right::ALL),
    ("Administrator", &Right::ALL),
    ("User", &[Right::Read, Right::Add, Right::Update]),
    ("Reader", &[Right::Read]),
];

/// Adds a record: what is not given is as in a fresh one; unknown members are kept.
pub(super) fn insert(store: &mut Store, collection: Collection, scope: &str, fields: Value, now: &str) -> Result<String, SeedError> {
    let kind = own::kind(collection).ok_or_else(|| SeedError::new(format!("QAComplete has no collection `{}`", collection.name())))?;
    let Value::Object(given) = fields else { return Err(SeedError::new("a record is an object")) };
    let project = scope.split('/').next().unwrap_or_default();
    if kind.place != Place::Account && store.get(PROJECTS, "", project).is_none() {
        return Err(SeedError::new(format!("there is no project `{project}` for {}", collection.name())));
    }
    let mut fields = kind.fields.fresh();
    let parts: Vec<&str> = scope.split('/').collect();
    let number = |part: usize| parts.get(part).and_then(|text| text.parse::<i64>().ok());
    let below = |code: &str| number(2).filter(|_| parts.get(1) == Some(&code));
    let stamps = [
        ("date_created", json!(now)),
        ("date_opened", json!(now)),
        ("date_updated", json!(now)),
        ("project_id", json!(number(0))),
        ("entity_code", json!(parts.get(1))),
        ("entity_id", json!(number(2))),
        ("test_set_id", json!(below("TestSets"))),
        ("test_run_id", json!(below("TestRuns"))),
        ("create_user_id", json!(JOHN_ID)),
        ("update_user_id", json!(JOHN_ID)),
        ("opened_by", json!(JOHN_ID)),
    ];
    let fits = |name: &str, value: &Value| kind.fields.sort(name).is_some() && !value.is_null();
    fields.extend(stamps.into_iter().filter(|(name, value)| fits(name, value)).map(named));
    fields.extend(given);
    if collection == PROJECTS {
        let name = fields.get("dept_id").and_then(|id| store.get(DEPARTMENTS, "", id.as_str()?)?.field("dept_name")).cloned();
        fields.insert("dept_name".to_owned(), json!(name));
    }
    let steps = fields.get("test_steps").and_then(Value::as_array).into_iter().flatten().filter_map(|step| step["id"].as_u64());
    steps.collect::<Vec<_>>().into_iter().for_each(|id| store.reserve(STEPS, "", id));
    let key = match fields.get(kind.key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if number.as_i64() != Some(0) => number.to_string(),
        _ => {
            let id = store.next_number(collection, "");
            fields.insert(kind.key.to_owned(), json!(id));
            id.to_string()
        }
    };
    if let Ok(number) = key.parse() {
        store.reserve(collection, "", number);
    }
    if collection == AUTOMATION_ATTACHMENTS {
        fields.remove(kind.key);
    }
    store.put(collection, scope, Record { key: key.clone(), fields, hidden: Map::new() });
    Ok(key)
}

/// What every installation has: departments, groups, users, projects.
pub(crate) fn furnish(store: &mut Store) {
    let project = |id: i64, name: &str, dept: i64| json!({ "id": id.to_string(), "proj_name": name, "dept_id": dept.to_string() });
    let department = |id: i64, name: &str| json!({ "id": id, "company_id": 8426, "dept_name": name, "page_size": 25 });
    put_all(store, DEPARTMENTS, "", [department(DEPT_ID, "Edgar Solutions"), department(OTHER_DEPT_ID, "Edgar Research")]);
    put_all(
        store,
        PROJECTS,
        "",
        [(PROJECT_ID, "Orders"), (11946, "Invoices"), (11953, "Desktop"), (98429, "Browsers"), (12345, "Archive")]
            .map(|(id, name)| project(id, name, DEPT_ID)),
    );
    put_all(store, PROJECTS, "", [project(RESEARCH, "Research", OTHER_DEPT_ID)]);
    for department in [DEPT_ID, OTHER_DEPT_ID].map(|id| id.to_string()) {
        for (group, rights) in GROUPS {
            put_all(store, SECURITY_GROUPS, &department, [json!({ "name": group })]);
            let privilege = |area: &str| {
                let granted = Right::ALL.map(|right| (right.member().to_owned(), json!(rights.contains(&right))));
                Value::Object(granted.into_iter().chain([named(("entity-code", json!(area)))]).collect())
            };
            put_all(store, PRIVILEGES, &format!("{department}/{group}"), AREAS.map(privilege));
        }
    }
    let user = |id: i64, first: &str, last: &str, email: &str, dept: i64| {
        let name = json!({ "first_name": first, "last_name": last });
        with(name, json!({ "id": id, "email": email, "primary_dept_id": dept }))
    };
    put_all(
        store,
        USERS,
        "",
        [
            with(user(JOHN_ID, "John", "Smith", JOHN, DEPT_ID), json!({ "is_security_admin": true, "work_phone": "555-0100" })),
            user(24793, "Jane", "Doe", "jane@example.com", DEPT_ID),
            user(24663, "Ann", "Colleague", "ann@example.com", DEPT_ID),
            user(25263, "Bert", "Colleague", "bert@example.com", DEPT_ID),
            user(25264, "Cleo", "Colleague", "cleo@example.com", DEPT_ID),
            user(130_457, "Dora", "Colleague", "dora@example.com", DEPT_ID),
            user(135_027, "Egon", "Colleague", "egon@example.com", DEPT_ID),
            user(24801, "Rita", "Reader", READER, DEPT_ID),
            user(24802, "Will", "Writer", WRITER, DEPT_ID),
            user(24803, "Olga", "Outsider", OUTSIDER, OTHER_DEPT_ID),
            user(24805, "Tara", "Two", TWO, DEPT_ID),
            with(user(24804, "Gus", "Gone", GONE, DEPT_ID), json!({ "is_active": false })),
        ],
    );
    for (user, projects, group) in [
        (JOHN_ID, &[PROJECT_ID, 11946, 11953, 12345, 98429][..], "Administrator"),
        (24793, &[PROJECT_ID, 11953], "User"),
        (24801, &[PROJECT_ID], "Reader"),
        (24802, &[PROJECT_ID], "User"),
        (24805, &[PROJECT_ID, RESEARCH], "User"),
        (24804, &[PROJECT_ID], "Administrator"),
    ] {
        put_all(store, USER_GROUPS, &user.to_string(), projects.iter().map(|project| json!({ "proj_id": project, "group_name": group })));
    }
}

/// What projects have that were worked in.
pub(super) fn fill(store: &mut Store) {
    let orders = PROJECT_ID.to_string();
    for kind in ["Tests", "TestSets"] {
        put_all(store, FOLDERS, &format!("{orders}/{kind}"), [folder(8, "Orders")]);
    }
    put_all(store, RELEASES, "98429", [release(115_444, "Browsers 1", "Release")]);
    put_all(
        store,
        FOLDERS,
        &format!("{orders}/Bugs"),
        [folder(254, "version 11"), with(folder(255, "Floating"), json!({ "parent_id": 254 }))],
    );
    put_all(store, FOLDERS, &format!("{orders}/FunctionalSpecs"), [folder(733, "Screens"), folder(734, "version 11")]);
    put_all(
        store,
        DEFECTS,
        &orders,
        [
            with(
                titled(12, "Floating toolbar flickers", "Open"),
                json!({
                    "folder_id": 254, "assignee_user_id": 24793, "severity_code": "3-Medium", "priority_code": "2-Normal", "est_hrs": 2.5,
                    "description": "It flickers when it is moved.", "est_start": "2015-05-27T00:00:00.0000000", "pct_complete": 10,
                    "custom_fields": [{ "Id": "Custom1", "Name": "Browser", "Value": "Any" }]
                }),
            ),
            with(
                titled(17, "Total isn't right", "Closed"),
                json!({ "severity_code": "1-Blocker", "date_closed": "2015-06-01T08:00:00.0000000" }),
            ),
            titled(3_714_539, "Order list is empty", "Reopened"),
        ],
    );
    put_all(
        store,
        REQUIREMENTS,
        &orders,
        [
            with(
                titled(1, "The toolbar floats", "Approved"),
                json!({
                    "folder_id": 733, "owner_user_id": JOHN_ID, "business_rule": "All users", "act_hrs": 36.1,
                    "custom_fields": [{ "Id": "Custom2", "Name": "Source", "Value": "Survey" }]
                }),
            ),
            titled(1_663_742, "Orders are listed", "Approved"),
        ],
    );
    put_all(
        store,
        RELEASES,
        &orders,
        [
            with(release(145_910, "Orders 2", "Release"), json!({ "status_code": "In Progress", "seq_num": 2 })),
            with(release(145_911, "Sprint 1", "Iteration"), json!({ "parent_id": 145_910, "seq_num": 1 })),
        ],
    );
    put_all(
        store,
        TESTS,
        &orders,
        [
            with(
                test(1, "Add an order"),
                json!({ "avg_run_time": 375, "execution_type": "Manual", "test_steps": [
            step(501, 1, "Open the list of orders", "It opens"), step(502, 2, "Press Add", "A form opens")
        ] }),
            ),
            test(2678, "Delete an order"),
        ],
    );
    put_all(store, TESTS, "11953", [with(test(2693, "Desktop order"), json!({ "execution_type": "Automated" }))]);
    put_all(store, TESTS, "98429", [test(3001, "Show"), test(3002, "Hide")]);
    put_all(store, TESTS, "11946", [test(3101, "Print an invoice")]);
    put_all(store, TEST_SETS, &orders, [set(182, "Smoke test")]);
    put_all(store, TEST_SETS, "98429", [set(277_958, "Show")]);
    put_all(store, TEST_SET_ITEMS, "98429/TestSets/277958", [json!({ "test_id": 3001 }), json!({ "test_id": 3002 })]);
    put_all(
        store,
        TEST_SET_ITEMS,
        &format!("{orders}/TestSets/182"),
        [json!({ "id": 1493, "test_id": 2678, "is_stopped_on_fail": true, "default_host_id": 177 }), json!({ "id": 1494, "test_id": 1 })],
    );
    runs(store);
    related(store, &orders);
}

fn runs(store: &mut Store) {
    let manual = json!({ "run_by_user_id": JOHN_ID, "schedule_id": "0", "execution_type": "Manual" });
    let run = |id: i64, set: i64| with(manual.clone(), json!({ "id": id, "test_set_id": set }));
    let waiting = json!({ "sequence_number": 1, "status_code": "Awaiting Run", "version": 1 });
    let item = |id: i64, test: i64, name: &str| with(waiting.clone(), json!({ "id": id, "test_id": test, "test_name": name }));
    put_all(store, TEST_RUNS, "98429", [run(647_894, 277_958), run(663_528, 277_958)]);
    let result = json!({ "id": 9001, "test_run_item_id": 3_623_363, "project_id": 98429, "seq": 1, "step": "Show it" });
    let results = json!([with(result, json!({ "status_code": "Awaiting Run" }))]);
    let show = |id: i64| with(item(id, 3001, "Show"), json!({ "test_set_id": 277_958 }));
    put_all(store, TEST_RUN_ITEMS, "98429/TestRuns/647894", [with(show(3_623_363), json!({ "test_run_results": results }))]);
    put_all(store, TEST_RUN_ITEMS, "98429/TestRuns/663528", [show(3_623_364)]);
    put_all(store, TEST_RUNS, "11946", [run(2316, 0)]);
    put_all(store, TEST_RUN_ITEMS, "11946/TestRuns/2316", [item(3_623_365, 3101, "Print an invoice")]);
}

fn related(store: &mut Store, orders: &str) {
    let defect = format!("{orders}/Bugs/12");
    put_all(store, NOTES, &defect, [json!({ "id": 1, "description": "Seen by two users.", "notes_type_code": "Notes", "seq": 1 })]);
    let file = json!({ "id": 2013, "attachment_type_code": "File", "file_name": "data.txt", "title": "Data" });
    put_all(store, ATTACHMENTS, &defect, [file]);
    let link = |to: (&str, i64)| json!({ "link_id": 3_277_942, "linked_entity_code": to.0, "linked_entity_id": to.1 });
    put_all(store, LINKED_ITEMS, &format!("{orders}/Bugs/3714539"), [link(("TestSets", 182))]);
    put_all(store, LINKED_ITEMS, &format!("{orders}/TestSets/182"), [link(("Bugs", 3_714_539))]);
    let agents = ["TestComplete/TestExecute", "JUnit (Selenium)"];
    let automation =
        |agent: &str| json!({ "agent": agent, "title": "TCProjectSuite\\Orders_Project\\Script\\Orders\\addRecord", "timeout": 60 });
    put_all(store, AUTOMATIONS, "11953/Tests/2693", agents.map(automation));
    let zip = json!({ "agent": agents[0], "file_name": "orders.zip", "file_format_code": "PKZip File" });
    put_all(store, AUTOMATION_ATTACHMENTS, "11953/Tests/2693", [zip]);
}

fn titled(id: i64, title: &str, status: &str) -> Value {
    json!({ "id": id, "title": title, "status": status })
}

fn release(id: i64, title: &str, kind: &str) -> Value {
    json!({ "id": id, "release_id": id, "title": title, "release_type": kind })
}

fn folder(id: i64, name: &str) -> Value {
    json!({ "id": id, "folder_name": name, "is_active": true })
}

fn test(id: i64, title: &str) -> Value {
    with(titled(id, title, "Approved"), json!({ "version": 1 }))
}

fn set(id: i64, title: &str) -> Value {
    json!({ "id": id, "title": title, "status_code": "Approved", "priority_code": "3-Low", "owner_user_id": JOHN_ID })
}

fn step(id: i64, seq: i64, step: &str, expected: &str) -> Value {
    json!({ "id": id, "seq": seq, "step": step, "expected_result": expected, "is_stopped_on_fail": false, "script_source_id": 0 })
}

/// An object with the members of another.
fn with(mut value: Value, more: Value) -> Value {
    if let (Value::Object(map), Value::Object(more)) = (&mut value, more) {
        map.extend(more);
    }
    value
}

fn put_all(store: &mut Store, collection: Collection, scope: &str, records: impl IntoIterator<Item = Value>) {
    for fields in records {
        let inserted = insert(store, collection, scope, fields, BEGAN);
        debug_assert!(inserted.is_ok(), "{inserted:?}");
    }
}
