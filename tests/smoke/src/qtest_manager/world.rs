//! A mock server whose first project was worked in.

use super::Setup;
use crate::lease::Lease;
use qtest_manager::DateTime;
use qtest_manager::types::PropertyInput;
use serde_json::{Map, Value as Json, json};
use tms_mock::{Collection, Mock, Record, Store, Upload, qtest_manager as records};

/// The project that was worked in.
pub const PROJECT: i64 = records::PROJECT_ID;
/// The user who calls.
pub const ANN: i64 = 1;
/// Another user.
pub const BOB: i64 = 2;
/// The upper one of two modules.
pub const MODULE: i64 = 101;
/// The module in it.
pub const INNER_MODULE: i64 = 102;
/// A requirement in the upper module, covered by the test case and linked to the defect.
pub const REQUIREMENT: i64 = 201;
/// A test case of two steps in the upper module, with a file.
pub const CASE: i64 = 301;
/// A test case without steps in the lower module.
pub const OTHER_CASE: i64 = 302;
/// A release.
pub const RELEASE: i64 = 501;
/// Its build.
pub const BUILD: i64 = 551;
/// A test cycle in the root.
pub const CYCLE: i64 = 701;
/// A test suite in the cycle.
pub const SUITE: i64 = 801;
/// A run of the test case in the suite.
pub const RUN: i64 = 901;
/// The log of the run, linked to the defect.
pub const LOG: i64 = 1001;
/// A defect.
pub const DEFECT: i64 = 1101;
/// A comment on the defect, by Bob.
pub const COMMENT: i64 = 1201;
/// A comment on the requirement, the test case and the run each.
pub const OTHER_COMMENT: i64 = 1202;
/// A webhook.
pub const WEBHOOK: &str = "1401";
/// A field of test cases with two allowed values, in the project and in the site.
pub const FIELD: i64 = 650_001;
/// The first one of them.
pub const ALLOWED: i64 = 19_001;
/// The file of the test case.
pub const ATTACHMENT: i64 = 1301;
/// What it holds.
pub const CONTENT: &str = "The form is gone.";
/// A job that waits.
pub const JOB: i64 = 1501;
/// What happened to the defect.
pub const CHANGE: i64 = 1601;

/// A running mock server and the numbers it gave.
#[derive(Debug)]
pub struct World {
    /// The server.
    pub mock: Lease,
    /// The first step of the test case.
    pub step: i64,
    /// The version of the test case.
    pub version: i64,
}

impl World {
    /// A server with fresh data.
    ///
    /// # Panics
    /// When the server does not start or does not take what it is given.
    #[must_use]
    pub fn start() -> Self {
        let mock = Lease::qtest_manager();
        for object in ["requirements/201", "test-cases/301", "test-runs/901"] {
            let comment = json!({ "id": OTHER_COMMENT, "content": "Mind the gap", "userId": BOB });
            let seeded = mock.seed(records::COMMENTS, &format!("{PROJECT}/{object}"), comment);
            seeded.unwrap_or_else(|error| panic!("the mock server does not take a comment on {object}: {error}"));
        }
        mock.change(furnish);
        let case = record(&mock, records::TEST_CASES, "1", CASE).unwrap_or_else(|| panic!("the mock server has no test case {CASE}"));
        let number = |value: Option<&Json>| value.and_then(Json::as_i64).unwrap_or_else(|| panic!("{case:?} lacks a number"));
        let step = number(case.field("test_steps").and_then(|steps| steps.pointer("/0/id")));
        Self { step, version: number(case.field("test_case_version_id")), mock }
    }

    /// A client that may do everything.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup::of(&self.mock)
    }

    /// Whether the project has a thing of this number.
    #[must_use]
    pub fn has(&self, collection: Collection, number: i64) -> bool {
        record(&self.mock, collection, &PROJECT.to_string(), number).is_some()
    }

    /// A member of what is in a scope; null if there is none.
    #[must_use]
    pub fn member(&self, collection: Collection, scope: &str, number: i64, pointer: &str) -> Json {
        let found = record(&self.mock, collection, scope, number).map(|record| Json::Object(record.fields));
        found.and_then(|fields| fields.pointer(pointer).cloned()).unwrap_or_default()
    }
}

fn record(mock: &Mock, collection: Collection, scope: &str, number: i64) -> Option<Record> {
    mock.records(collection, scope).into_iter().find(|record| record.key == number.to_string())
}

/// What only calls make: a field, a file, links, a job, and an entry of a history.
fn furnish(store: &mut Store) {
    for scope in ["1/test-cases", "test-cases"] {
        let value = |number: i64, label: &str| {
            let is_first = number == ALLOWED;
            json!({ "value": number, "label": label, "order": 1, "is_default": is_first, "is_active": true })
        };
        put(
            store,
            (records::FIELDS, scope, FIELD),
            json!({
                "label": "Browser", "data_type": 3, "attribute_type": "Number", "constrained": true, "order": 9, "is_active": true,
                "system_field": false, "allowed_values": [value(ALLOWED, "Firefox"), value(ALLOWED + 1, "Chrome")]
            }),
            json!({}),
        );
    }
    let content = CONTENT.as_bytes().to_vec();
    let upload = Upload { file_name: "form.txt".to_owned(), content_type: Some("text/plain".to_owned()), content: content.into() };
    let upload = store.keep(upload);
    put(
        store,
        (records::ATTACHMENTS, "1", ATTACHMENT),
        json!({
            "name": "form.txt", "content_type": "text/plain", "artifact_id": CASE, "author": { "id": ANN },
            "created_date": "2025-01-06T08:30:00+00:00", "links": []
        }),
        json!({ "object": "test-cases", "upload": upload }),
    );
    let end = |object: &str, number: i64| json!({ "object": object, "id": number });
    for (number, from) in [(901, end("requirements", REQUIREMENT)), (902, end("test-logs", LOG))] {
        put(store, (records::LINKS, "1", number), json!({ "from": from, "to": end("defects", DEFECT) }), json!({}));
    }
    put(
        store,
        (records::JOBS, "", JOB),
        json!({ "state": "IN_WAITING", "type": "TOSCA_IMPORT", "contentType": "application/json" }),
        json!({ "work": "nothing", "left": 2 }),
    );
    put(
        store,
        (records::HISTORY, "1/defects/1101", CHANGE),
        json!({
            "created": "2025-01-07T08:30:00+00:00", "description": "Defect updated", "author_id": BOB,
            "linked_object": { "object_type": "defects", "object_id": DEFECT },
            "changes": [{ "field": "Status", "old_value": "New", "new_value": "Fixed" }]
        }),
        json!({}),
    );
}

fn put(store: &mut Store, (collection, scope, number): (Collection, &str, i64), fields: Json, hidden: Json) {
    let map = |value: Json| if let Json::Object(map) = value { map } else { Map::new() };
    let mut fields = map(fields);
    if collection != records::LINKS {
        fields.insert("id".to_owned(), json!(number));
    }
    store.put(collection, scope, Record { key: number.to_string(), fields, hidden: map(hidden) });
}

/// The value of a field.
#[must_use]
pub fn value(field: i64, value: &str) -> PropertyInput {
    PropertyInput::new(field).with_field_value(value)
}

/// A moment of a day in January 2025.
///
/// # Panics
/// When there is no such day.
#[must_use]
pub fn moment(day: u8) -> DateTime {
    DateTime::utc(2025, 1, day, 8, 30, 0).expect("a day in January")
}
