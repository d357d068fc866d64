//! The data a fresh mock has: those the documented samples speak of, and enough beside them that every operation succeeds.

use super::actions::identify;
use super::kinds::{
    self, ATTACHMENTS, AUDITS, AUTOMATION_HOSTS, AUTOMATION_RUNS, AUTOMATION_SCHEDULES, AUTOMATION_TEST_ITEMS, BUGS, CONTACTS,
    CUSTOM_FIELDS, FOLDERS, FUNCTIONAL_SPECS, LINKS, LOOK_UPS, NOTES, PLAN_TASKS, PLANS, PROJECTS, RELEASES, TASKS, TEST_CASES,
    TEST_CONFIGURATIONS, TEST_RUN_ITEMS, TEST_RUN_RESULTS, TEST_RUNS, TEST_SET_ITEMS, TEST_SETS, TEST_STEPS, TESTS, USERS,
};
use super::{DEPT_ID, EMAIL, OTHER_DEPT_ID, OTHER_PROJ_ID, PROJ_ID, USER_ID};
use crate::behaviour::SeedError;
use crate::soap::Types;
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// Adds a record that a test brings along: its elements must be known, and it has what the server gives a fresh one.
pub(super) fn insert_fresh(
    types: Types<'_>,
    store: &mut Store,
    collection: Collection,
    scope: &str,
    fields: Value,
    now: &str,
) -> Result<String, SeedError> {
    let kind = kinds::of(collection).ok_or_else(|| SeedError::new(format!("there is no collection `{}`", collection.name())))?;
    let Value::Object(mut fields) = fields else { return Err(SeedError::new("the fields are no object")) };
    let is_file = |name: &str| collection == ATTACHMENTS && name == "File";
    if let Some(name) = fields.keys().find(|name| !types.admits(kind.type_name, name) && !is_file(name)) {
        return Err(SeedError::new(format!("{} has no element `{name}`", kind.type_name)));
    }
    let project: Option<i64> = if scope.is_empty() { Some(PROJ_ID) } else { scope.parse().ok() };
    let set = [
        ("ProjId", json!(project)),
        ("CreateUserId", json!(USER_ID)),
        ("UpdateUserId", json!(USER_ID)),
        ("DateCreated", json!(now)),
        ("DateUpdated", json!(now)),
    ];
    let own = types.fields(kind.type_name);
    let is_scoped = collection != PROJECTS && collection != USERS;
    for (name, value) in set.into_iter().filter(|(name, _)| is_scoped && own.iter().any(|(field, _)| field == name)) {
        fields.entry(name).or_insert(value);
    }
    insert(store, collection, scope, Value::Object(fields))
}

/// Adds a record as it stands; without a number it gets the next one.
fn insert(store: &mut Store, collection: Collection, scope: &str, fields: Value) -> Result<String, SeedError> {
    let kind = kinds::of(collection).ok_or_else(|| SeedError::new(format!("there is no collection `{}`", collection.name())))?;
    let Value::Object(mut fields) = fields else { return Err(SeedError::new("the fields are no object")) };
    let mut hidden = Map::new();
    if collection == ATTACHMENTS {
        hidden.insert("File".to_owned(), fields.remove("File").unwrap_or(json!("SGVsbG8sIHdvcmxkIQ==")));
    }
    let is_scoped = collection != PROJECTS && collection != USERS;
    if is_scoped {
        let project = if scope.is_empty() { PROJ_ID.to_string() } else { scope.to_owned() };
        let there = store.get(PROJECTS, "", &project).and_then(|project| project.field("ProjId").cloned());
        hidden.insert("ProjId".to_owned(), there.ok_or_else(|| SeedError::new(format!("there is no project `{project}`")))?);
        hidden.insert("UpdateUserId".to_owned(), json!(USER_ID));
    }
    let id = match fields.get(kind.key).and_then(Value::as_u64) {
        Some(id) => id,
        None => store.next_number(collection, ""),
    };
    identify(kind, &mut fields, id);
    store.put(collection, "", Record { key: id.to_string(), fields, hidden });
    Ok(id.to_string())
}

/// What every installation has: projects, users, and the statuses of defects.
pub(super) fn furnish(store: &mut Store) {
    let statuses = json!({ "LookUpType": "Bugs-StatusCode", "Values": ["New", "Open", "Resolved", "Closed"] });
    for (collection, records) in [(PROJECTS, projects()), (USERS, users()), (LOOK_UPS, vec![statuses])] {
        put_all(store, "", collection, records);
    }
}

fn put_all(store: &mut Store, scope: &str, collection: Collection, records: Vec<Value>) {
    for fields in records {
        let inserted = insert(store, collection, scope, fields);
        debug_assert!(inserted.is_ok(), "a sample of {}: {inserted:?}", collection.name());
    }
}

/// Fills the projects.
pub(super) fn fill(store: &mut Store) {
    let other = OTHER_PROJ_ID.to_string();
    let own = [
        (FOLDERS, folders()),
        (BUGS, bugs()),
        (RELEASES, releases()),
        (FUNCTIONAL_SPECS, vec![json!({ "FunctSpecId": 4, "Title": "Checkout", "StatusCode": "Approved", "EstHrs": "12.5" })]),
        (TASKS, vec![json!({ "TaskId": 14, "Title": "Write release notes", "TaskTypeCode": "ProjectTasks", "EstHrs": "2" })]),
        (PLANS, plans()),
        (PLAN_TASKS, plan_tasks()),
        (CONTACTS, vec![json!({ "ContactId": 6, "ContactPerson": "Jane Roe", "Email": "jane.roe@example.com", "Title": "Buyer" })]),
        (TESTS, tests()),
        (TEST_STEPS, test_steps()),
        (TEST_CONFIGURATIONS, vec![json!({ "ConfigId": 8, "ConfigurationName": "Firefox on Linux", "IsActive": "Y" })]),
        (TEST_SETS, vec![json!({ "TestSetId": 1, "Title": "Smoke", "IsActive": "Y", "IsSequential": "Y", "ProjId": PROJ_ID })]),
        (TEST_SET_ITEMS, test_set_items()),
        (TEST_CASES, vec![json!({ "TestCaseId": 9, "Title": "Log in", "AutomationScriptUNC": "\\\\server\\scripts\\login.js" })]),
        (AUTOMATION_HOSTS, vec![json!({ "AutomationHostId": 3, "HostName": "runner-1", "DateCreated": "2014-07-25T10:20:30" })]),
        (AUTOMATION_TEST_ITEMS, automation_items()),
        (AUTOMATION_RUNS, automation_runs()),
        (AUTOMATION_SCHEDULES, schedules()),
        (CUSTOM_FIELDS, custom_fields()),
        (LOOK_UPS, look_ups()),
        (ATTACHMENTS, attachments()),
        (NOTES, vec![json!({ "EntityCode": "Bugs", "FKId": 5, "Description": "Seen again." })]),
        (LINKS, links()),
        (AUDITS, audits()),
    ];
    let own = own.into_iter().map(|(collection, records)| ("", collection, records));
    let foreign = [(other.as_str(), BUGS, vec![json!({ "BugId": 3, "Title": "A defect of another project", "StatusCode": "New" })])];
    for (scope, collection, records) in own.chain(foreign) {
        put_all(store, scope, collection, records);
    }
    runs(store);
}

fn projects() -> Vec<Value> {
    vec![
        json!({ "DeptId": DEPT_ID, "DeptName": "Development", "ProjId": PROJ_ID, "ProjName": "Web shop" }),
        json!({ "DeptId": OTHER_DEPT_ID, "DeptName": "Support", "ProjId": OTHER_PROJ_ID, "ProjName": "Help desk" }),
    ]
}

fn users() -> Vec<Value> {
    let user = |id: i64, first: &str, last: &str, email: &str| json!({ "UserId": id, "FirstName": first, "LastName": last, "Email": email, "SecurityGroup": "WebService Users" });
    vec![user(USER_ID, "John", "Doe", EMAIL), user(24661, "Jane", "Smith", "jane.smith@example.com")]
}

fn folders() -> Vec<Value> {
    let flags = json!({ "IsActive": "Y", "IsVersion": "N", "IsPublic": "Y", "ProjId": PROJ_ID, "DeptId": DEPT_ID });
    vec![
        with(json!({ "FolderId": 2, "FolderName": "Backlog", "EntityCode": "Bugs", "FullFolderName": "Backlog" }), &flags),
        with(json!({ "FolderId": 3, "FolderName": "Regression", "EntityCode": "Tests", "FullFolderName": "Regression" }), &flags),
    ]
}

fn bugs() -> Vec<Value> {
    let dates = json!({ "DateCreated": "2014-07-25T10:20:30", "DateUpdated": "2014-07-28T08:00:00.123", "UpdateUserId": USER_ID });
    vec![
        with(json!({ "BugId": 5, "Title": "Total <b> & tax is > 100%", "StatusCode": "New", "FolderId": 2, "EstHrs": "1.50" }), &dates),
        with(json!({ "BugId": 33, "Title": "Button does nothing", "StatusCode": "Resolved", "AssigneeUserId": 24661 }), &dates),
        with(json!({ "BugId": 34, "Title": "Außerhalb der Seite", "StatusCode": "New", "Custom1": "yes" }), &dates),
    ]
}

/// 30 has an iteration with a build in it, and a build of its own.
fn releases() -> Vec<Value> {
    let release = |id: i64, title: &str, kind: &str, parent: i64| json!({ "Id": id, "Title": title, "ReleaseType": kind, "ParentId": parent, "ProjId": PROJ_ID, "IsActive": "Y" });
    vec![
        release(23, "1.0 build 23", "Build", 0),
        release(30, "2.0", "Release", 0),
        release(31, "2.0 iteration 1", "Iteration", 30),
        release(32, "2.0 build 1", "Build", 31),
        release(33, "2.0 build 2", "Build", 30),
    ]
}

fn plans() -> Vec<Value> {
    let resources = json!({ "PPResource": [{ "UserId": USER_ID, "PersonName": "Doe, John", "StandardRate": "50.00" }] });
    vec![
        json!({ "ProjPlanId": 7, "Name": "Launch", "OwnerUserId": USER_ID, "StatusCode": "Active", "Resources": resources }),
        json!({ "ProjPlanId": 8, "Name": "Last year", "StatusCode": "Inactive" }),
    ]
}

fn plan_tasks() -> Vec<Value> {
    vec![
        json!({ "TaskId": 25, "TaskName": "Design", "ProjPlanId": 7, "SeqNum": 1, "EstStart": "2014-08-01T08:00:00", "EstHrs": "8" }),
        json!({ "TaskId": 26, "TaskName": "Build", "ProjPlanId": 7, "SeqNum": 2, "PredNum": "1", "EstHrs": "16" }),
    ]
}

fn tests() -> Vec<Value> {
    let common = json!({ "Version": 1, "ProjId": PROJ_ID, "IsActive": "Y", "ExecutionType": "Manual", "FolderId": 3 });
    vec![with(json!({ "TestId": 2, "Title": "Log in" }), &common), with(json!({ "TestId": 3, "Title": "Log out" }), &common)]
}

fn test_steps() -> Vec<Value> {
    let step = |id: i64, test: i64, seq: i64, step: &str, expected: &str| {
        json!({ "TestStepId": id, "TestId": test, "Seq": seq, "Title": step, "IsStoppedOnFail": "N", "Step": step,
            "ExpectedResults": expected, "DateCreated": "2014-07-25T10:20:30" })
    };
    vec![
        step(10, 2, 1, "Open the page", "The page is there"),
        step(11, 2, 2, "Enter the password", "The user is greeted"),
        step(12, 3, 1, "Press Log out", "The page says good-bye"),
    ]
}

fn test_set_items() -> Vec<Value> {
    let item = |id: i64, test: i64, seq: i64| json!({ "TestSetItemId": id, "TestSetId": 1, "TestId": test, "Seq": seq, "IsActive": "Y" });
    vec![item(1, 2, 1), item(2, 3, 2)]
}

/// A run of the test set, as `TestRuns_Add` would have made it.
fn runs(store: &mut Store) {
    let state = json!({ "StatusCode": "Awaiting Run", "ProjId": PROJ_ID });
    let run = json!({ "TestRunId": 20, "TestSetId": 1, "NbrTests": 2, "RunByUserId": USER_ID, "DateStarted": "2014-07-25T10:20:30" });
    let item = |id: i64, test: i64, seq: i64| json!({ "TestRunItemId": id, "TestRunId": 20, "TestSetId": 1, "TestId": test, "Seq": seq });
    let result = |id: i64, item: i64, step: i64, seq: i64| json!({ "TestRunResultId": id, "TestRunItemId": item, "TestStepId": step, "Seq": seq, "Step": "As in the test" });
    let records = [
        (TEST_RUNS, vec![run]),
        (TEST_RUN_ITEMS, vec![item(40, 2, 1), item(41, 3, 2)]),
        (TEST_RUN_RESULTS, vec![result(50, 40, 10, 1), result(51, 40, 11, 2), result(52, 41, 12, 1)]),
    ];
    for (collection, list) in records {
        put_all(store, "", collection, list.into_iter().map(|fields| with(fields, &state)).collect());
    }
}

fn automation_items() -> Vec<Value> {
    vec![json!({ "AutomationTestItemId": 15, "AutomationHostId": 3, "TestName": "Smoke", "AutomationType": "TestComplete",
        "ProjId": PROJ_ID })]
}

fn automation_runs() -> Vec<Value> {
    vec![json!({ "AutomationRunId": 16, "AutomationTestItemId": 15, "AutomationHostId": 3, "Status": "Passed", "NbrTests": 4,
        "NbrPassed": 4, "StartTime": "2014-07-25T10:20:30", "EndTime": "2014-07-25T10:21:00" })]
}

fn schedules() -> Vec<Value> {
    vec![json!({ "AutomationScheduleId": 17, "AutomationTestItemId": 15, "DateBegin": "2014-07-26T02:00:00",
        "DateEnd": "2014-12-31T00:00:00", "ProjId": PROJ_ID })]
}

fn custom_fields() -> Vec<Value> {
    vec![json!({ "EntityCode": "Bugs", "CustomFieldNbr": 1, "FieldName": "Browser", "FieldType": "Look Up", "FieldSize": 50,
        "IsRequired": "N" })]
}

fn look_ups() -> Vec<Value> {
    vec![json!({ "LookUpType": "Bugs-Custom1", "Values": ["Firefox", "Chrome"] })]
}

fn attachments() -> Vec<Value> {
    vec![json!({ "AttachmentId": 12, "FKId": 5, "EntityCode": "Bugs", "AttachmentTypeCode": "File", "FileName": "hello.txt",
        "Title": "Greeting", "File": "SGVsbG8sIHdvcmxkIQ==" })]
}

fn links() -> Vec<Value> {
    vec![json!({ "LinkId": 11, "ProjId": PROJ_ID, "EntityCode": "Bugs", "FKId": 33, "LinkedEntityCode": "Releases", "LinkedFKId": 23,
        "LinkType": "Found in build" })]
}

fn audits() -> Vec<Value> {
    let audit = |id: i64, title: &str, date: &str| {
        json!({ "FKId": id, "EntityCode": "Bugs", "Title": title, "OldValue": "N/A", "NewValue": "N/A", "DateCreated": date,
            "ProjId": PROJ_ID, "UpdateUserId": USER_ID })
    };
    vec![audit(5, "Total & tax", "2014-07-25T10:20:30"), audit(33, "Button does nothing", "2014-07-29T10:20:30")]
}

fn with(mut base: Value, more: &Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more.clone());
    }
    base
}
