//! A mock server with one of everything.

use crate::lease::Lease;
use serde_json::{Value as Json, json};
use tms_mock::{Collection, Mock, qacomplete_soap as records};

pub use records::EMAIL;

/// The password of the user with [`EMAIL`].
pub const PASSWORD: &str = "p@ssword";

macro_rules! world {
    ($($(#[$doc:meta])* $field:ident = $collection:ident |$world:ident| $fields:expr;)+) => {
        /// A running mock server and the numbers of what was put into it.
        #[derive(Debug)]
        pub struct World {
            /// The server.
            pub mock: Lease,
            /// The user of the samples.
            pub user: i32,
            $($(#[$doc])* pub $field: i32,)+
        }

        impl World {
            /// A server with fresh data.
            ///
            /// # Panics
            /// When the server does not start or does not take what it is given.
            #[must_use]
            pub fn start() -> Self {
                let user = i32::try_from(records::USER_ID).expect("the number of a user");
                let mut world = Self { mock: Lease::qacomplete_soap(), user, $($field: 0),+ };
                $(world.$field = {
                    #[allow(unused_variables)] // not every thing refers to another
                    let $world = &world;
                    put(&world.mock, records::$collection, $fields)
                };)+
                world
            }
        }
    };
}

world! {
    /// A defect.
    bug = BUGS |world| json!({ "Title": "Dangerous", "StatusCode": "New" });
    /// A release.
    release = RELEASES |world| json!({ "Title": "1.0", "ReleaseType": "Release" });
    /// A requirement.
    functional_spec = FUNCTIONAL_SPECS |world| json!({ "Title": "Check out" });
    /// A file attached to the defect.
    attachment = ATTACHMENTS |world| json!({ "EntityCode": "Bugs", "FKId": world.bug, "FileName": "log.txt", "File": "bG9n" });
    /// A note on the defect.
    note = NOTES |world| json!({ "EntityCode": "Bugs", "FKId": world.bug, "Description": "Looked at" });
    /// A link from the defect to the release.
    link = LINKS |world| json!({
        "EntityCode": "Bugs", "FKId": world.bug, "LinkedEntityCode": "Releases", "LinkedFKId": world.release, "LinkType": "Found in build",
    });
    /// A folder of defects.
    folder = FOLDERS |world| json!({ "FolderName": "Inbox", "EntityCode": "Bugs", "IsActive": "Y", "IsVersion": "N" });
    /// A custom field of defects.
    custom_field = CUSTOM_FIELDS |world| json!({
        "EntityCode": "Bugs", "CustomFieldNbr": 1, "FieldName": "Browser", "FieldType": "Look Up",
    });
    /// The choice list of that field.
    look_up = LOOK_UPS |world| json!({ "LookUpType": "Bugs-Custom1", "Values": { "string": ["Firefox", "Chromium"] } });
    /// An agile task.
    project_task = TASKS |world| json!({ "Title": "Write tests" });
    /// A project plan.
    project_plan = PLANS |world| json!({ "Name": "Summer" });
    /// A task of the plan.
    project_plan_task = PLAN_TASKS |world| json!({ "ProjPlanId": world.project_plan, "TaskName": "Design" });
    /// A contact.
    contact = CONTACTS |world| json!({ "ContactPerson": "Max Moe" });
    /// A test.
    test = TESTS |world| json!({ "Title": "Check out" });
    /// A step of the test.
    test_step = TEST_STEPS |world| json!({ "TestId": world.test, "Step": "Pay", "Seq": 1 });
    /// A test set.
    test_set = TEST_SETS |world| json!({ "Title": "Regression" });
    /// The test in the test set.
    test_set_item = TEST_SET_ITEMS |world| json!({ "TestSetId": world.test_set, "TestId": world.test });
    /// A configuration.
    test_configuration = TEST_CONFIGURATIONS |world| json!({ "ConfigurationName": "Windows" });
    /// A run of the test set.
    test_run = TEST_RUNS |world| json!({ "TestSetId": world.test_set, "StatusCode": "Awaiting Run" });
    /// The test in the run.
    test_run_item = TEST_RUN_ITEMS |world| json!({ "TestRunId": world.test_run, "TestId": world.test, "TestSetId": world.test_set });
    /// The step in the run.
    test_run_result = TEST_RUN_RESULTS |world| json!({ "TestRunItemId": world.test_run_item, "TestStepId": world.test_step });
    /// A test case of old.
    test_case = TEST_CASES |world| json!({ "Title": "Old one" });
    /// A host for automated tests.
    automation_host = AUTOMATION_HOSTS |world| json!({ "HostName": "Test-Win7x86" });
    /// An automated test on the host.
    automation_test_item = AUTOMATION_TEST_ITEMS |world| json!({
        "AutomationHostId": world.automation_host, "AutomationHostName": "Test-Win7x86", "TestName": "Orders", "AutomationType": "TestComplete",
    });
    /// A run of the automated test.
    automation_run = AUTOMATION_RUNS |world| json!({
        "AutomationTestItemId": world.automation_test_item, "AutomationHostId": world.automation_host, "AutomationHostName": "Test-Win7x86",
        "FullTestName": "Orders", "AutomationType": "TestComplete", "StartTime": "2014-08-12T08:00:00", "EndTime": "2014-08-12T08:26:39",
    });
    /// A schedule of the automated test.
    automation_schedule = AUTOMATION_SCHEDULES |world| json!({
        "AutomationTestItemId": world.automation_test_item, "DateBegin": "2014-08-12T00:00:00", "DateEnd": "2014-08-20T00:00:00",
    });
    /// An entry in the history of the defect.
    audit = AUDITS |world| json!({ "EntityCode": "Bugs", "FKId": world.bug, "Title": "Status" });
}

fn put(mock: &Mock, collection: Collection, fields: Json) -> i32 {
    let key = mock.seed(collection, "", fields).unwrap_or_else(|error| panic!("the mock server does not take a seed: {error}"));
    key.parse().unwrap_or_else(|_| panic!("`{key}` is no number"))
}
