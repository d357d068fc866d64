//! A mock server with one of everything.

use super::Setup;
use crate::lease::Lease;
use qacomplete::types::CustomField;
use qacomplete::{DateTime, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use tms_mock::{Collection, Mock, qacomplete as records};

/// The project that holds what a [`World`] seeds.
pub const PROJECT: i64 = 11873;
/// Its department.
pub const DEPARTMENT: i64 = 8162;
/// The security group of the user that a [`World`] seeds.
pub const GROUP: &str = "Testers";

macro_rules! world {
    ($($(#[$doc:meta])* $field:ident = $collection:ident in $scope:literal $(/ $below:ident)? |$world:ident| $fields:expr;)+) => {
        /// A running mock server and the numbers of what was put into it.
        #[derive(Debug)]
        pub struct World {
            /// The server.
            pub mock: Lease,
            $($(#[$doc])* pub $field: i64,)+
        }

        impl World {
            /// A server with fresh data.
            ///
            /// # Panics
            /// When the server does not start or does not take what it is given.
            #[must_use]
            pub fn start() -> Self {
                let mut world = Self { mock: Lease::qacomplete(), $($field: 0),+ };
                world.add_group();
                $(world.$field = {
                    #[allow(unused_variables)] // not every thing refers to another
                    let $world = &world;
                    let scope = $scope.to_owned() $(+ "/" + &world.$below.to_string())?;
                    put(&world.mock, records::$collection, &scope, $fields)
                };)+
                world.put_user_into_group();
                world
            }
        }
    };
}

world! {
    /// A user.
    user = USERS in "" |world| json!({
        "first_name": "Jane", "last_name": "Roe", "email": "jane@example.com", "primary_dept_id": DEPARTMENT,
    });
    /// A release.
    release = RELEASES in "11873" |world| json!({ "title": "1.0", "release_type": "Release" });
    /// A requirement.
    requirement = REQUIREMENTS in "11873" |world| json!({ "title": "Check out", "status": "New" });
    /// A folder of defects.
    folder = FOLDERS in "11873/Bugs" |world| json!({ "folder_name": "Inbox" });
    /// A defect.
    defect = DEFECTS in "11873" |world| json!({ "title": "Dangerous", "status": "New" });
    /// A file attached to the defect.
    attachment = ATTACHMENTS in "11873/Bugs" / defect |world| json!({ "file_name": "log.txt", "title": "Log" });
    /// A note on the defect.
    note = NOTES in "11873/Bugs" / defect |world| json!({ "description": "Looked at" });
    /// A link from the defect to the requirement.
    link = LINKED_ITEMS in "11873/Bugs" / defect |world| json!({
        "linked_entity_code": "FunctionalSpecs", "linked_entity_id": world.requirement,
    });
    /// A test with an automation without a file.
    test = TESTS in "11873" |world| json!({ "title": "Buy", "status": "New" });
    /// A test with an automation and its file.
    scripted = TESTS in "11873" |world| json!({ "title": "Sell by script", "status": "New" });
    /// A test set.
    test_set = TEST_SETS in "11873" |world| json!({ "title": "Regression", "owner_user_id": world.user, "status_code": "New" });
    /// The first test in the test set.
    test_set_item = TEST_SET_ITEMS in "11873/TestSets" / test_set |world| json!({ "test_id": world.test, "seq": 1 });
    /// A run of the test set.
    run = TEST_RUNS in "11873" |world| json!({ "test_set_id": world.test_set, "status_code": "Awaiting Run" });
    /// The test in the run.
    run_item = TEST_RUN_ITEMS in "11873/TestRuns" / run |world| json!({ "test_id": world.test, "sequence_number": 1 });
}

impl World {
    /// A client of somebody who may do everything.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup::of(&self.mock)
    }

    fn add_group(&self) {
        let department = DEPARTMENT.to_string();
        seed(&self.mock, records::SECURITY_GROUPS, &department, json!({ "name": GROUP }));
        let privilege = json!({ "entity-code": "Bugs", "can_read": true, "can_add": true, "can_update": true, "can_delete": false });
        seed(&self.mock, records::PRIVILEGES, &format!("{department}/{GROUP}"), privilege);
    }

    fn put_user_into_group(&self) {
        seed(&self.mock, records::USER_GROUPS, &self.user.to_string(), json!({ "proj_id": PROJECT, "group_name": GROUP }));
        for (test, file) in [(self.test, None), (self.scripted, Some("suite.zip"))] {
            let scope = format!("{PROJECT}/Tests/{test}");
            seed(&self.mock, records::AUTOMATIONS, &scope, json!({ "agent": "JUnit (Selenium)", "title": "By JUnit" }));
            if let Some(file) = file {
                let fields = json!({ "agent": "JUnit (Selenium)", "file_name": file, "file_format_code": "PKZip File" });
                seed(&self.mock, records::AUTOMATION_ATTACHMENTS, &scope, fields);
            }
        }
    }
}

fn seed(mock: &Mock, collection: Collection, scope: &str, fields: Json) -> String {
    mock.seed(collection, scope, fields).unwrap_or_else(|error| panic!("the mock server does not take a seed in `{scope}`: {error}"))
}

fn put(mock: &Mock, collection: Collection, scope: &str, fields: Json) -> i64 {
    let key = seed(mock, collection, scope, fields);
    key.parse().unwrap_or_else(|_| panic!("`{key}` is no number"))
}

/// The value of a custom field.
#[must_use]
pub fn field(id: &str, value: &str) -> CustomField {
    CustomField::default().with_id(id).with_name("Ours").with_value(value)
}

/// A moment of a day in May 2015.
///
/// # Panics
/// When there is no such day.
#[must_use]
pub fn moment(day: u8) -> DateTime {
    DateTime::local_precise(2015, 5, day, 10, 54, 21, 93_000_000).expect("a day in May")
}

/// Parameters of an automation.
#[must_use]
pub fn parameters() -> BTreeMap<String, Value> {
    BTreeMap::from([("project".to_owned(), Value::from("Orders"))])
}
