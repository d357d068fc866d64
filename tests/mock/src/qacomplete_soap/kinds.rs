//! The kinds of objects: their keys, what they need, what the server alone writes, and what goes with them.

use crate::store::Collection;

macro_rules! collections {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Collection = Collection::new($text);)*
    };
}

collections! {
    /// Projects. The API cannot make any.
    PROJECTS = "projects";
    /// Users; they belong to no project.
    USERS = "users";
    /// Defects.
    BUGS = "bugs";
    /// Releases, iterations and builds.
    RELEASES = "releases";
    /// Requirements.
    FUNCTIONAL_SPECS = "functional specs";
    /// Folders.
    FOLDERS = "folders";
    /// Tasks.
    TASKS = "tasks";
    /// Tasks of project plans.
    PLAN_TASKS = "plan tasks";
    /// Project plans.
    PLANS = "plans";
    /// Contacts.
    CONTACTS = "contacts";
    /// Tests.
    TESTS = "tests";
    /// Steps of tests.
    TEST_STEPS = "test steps";
    /// Test sets.
    TEST_SETS = "test sets";
    /// Tests in test sets.
    TEST_SET_ITEMS = "test set items";
    /// Test runs.
    TEST_RUNS = "test runs";
    /// Tests in test runs; only a new run makes any.
    TEST_RUN_ITEMS = "test run items";
    /// Steps in test runs; only a new run makes any.
    TEST_RUN_RESULTS = "test run results";
    /// Test configurations.
    TEST_CONFIGURATIONS = "test configurations";
    /// Test cases of old.
    TEST_CASES = "test cases";
    /// Hosts that run automated tests.
    AUTOMATION_HOSTS = "automation hosts";
    /// Automated tests.
    AUTOMATION_TEST_ITEMS = "automation test items";
    /// Runs of automated tests.
    AUTOMATION_RUNS = "automation runs";
    /// When automated tests run.
    AUTOMATION_SCHEDULES = "automation schedules";
    /// Attached files.
    ATTACHMENTS = "attachments";
    /// Notes.
    NOTES = "notes";
    /// Traceability links.
    LINKS = "links";
    /// Custom fields.
    CUSTOM_FIELDS = "custom fields";
    /// Choice lists.
    LOOK_UPS = "look-ups";
    /// What was done.
    AUDITS = "audits";
    /// How long it took.
    PERF_LOGS = "performance logs";
}

/// A kind of object.
pub(super) struct Kind {
    pub(super) collection: Collection,
    /// Its type in the document.
    pub(super) type_name: &'static str,
    /// The element that holds its number; empty where the type has none.
    pub(super) key: &'static str,
    /// Another element with the same value.
    pub(super) twin: Option<&'static str>,
    /// What notes, files and links call it.
    pub(super) entity: &'static str,
    pub(super) required: &'static [&'static str],
    /// What the server sets when the object is made; updates leave it alone.
    pub(super) fixed: &'static [&'static str],
    /// What a new one says of itself if the call does not.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// `Title` comes with numeric entities in its text.
    pub(super) encoded: bool,
    /// Elements that name an object there must be; 0 means none.
    pub(super) refers: &'static [(&'static str, Collection)],
    /// What is deleted with it: the elements of those collections that name it.
    pub(super) children: &'static [(Collection, &'static str)],
}

const fn kind(collection: Collection, type_name: &'static str, key: &'static str, required: &'static [&'static str]) -> Kind {
    Kind {
        collection,
        type_name,
        key,
        twin: None,
        entity: "",
        required,
        fixed: &[],
        defaults: &[],
        encoded: false,
        refers: &[],
        children: &[],
    }
}

const FOLDER_ONLY: &[(&str, Collection)] = &[("FolderId", FOLDERS)];

pub(super) static BUG: Kind = Kind { entity: "Bugs", encoded: true, refers: FOLDER_ONLY, ..kind(BUGS, "Bug", "BugId", &["Title"]) };
pub(super) static RELEASE: Kind = Kind {
    entity: "Releases",
    encoded: true,
    refers: &[("FolderId", FOLDERS), ("ParentId", RELEASES)],
    children: &[(RELEASES, "ParentId")],
    ..kind(RELEASES, "Release", "Id", &["Title"])
};
pub(super) static FUNCTIONAL_SPEC: Kind = Kind {
    twin: Some("FunctionalSpecId"),
    entity: "FunctionalSpecs",
    encoded: true,
    refers: FOLDER_ONLY,
    ..kind(FUNCTIONAL_SPECS, "FunctionalSpec", "FunctSpecId", &["Title"])
};
pub(super) static FOLDER: Kind = kind(FOLDERS, "Folder", "FolderId", &["FolderName", "EntityCode", "IsActive", "IsVersion"]);
pub(super) static TASK: Kind = Kind {
    entity: "ProjectTasks",
    refers: FOLDER_ONLY,
    defaults: &[("TaskTypeCode", "To Do List")],
    ..kind(TASKS, "ProjectTask", "TaskId", &["Title"])
};
pub(super) static PLAN_TASK: Kind = Kind {
    entity: "ProjectPlanTasks",
    refers: &[("ProjPlanId", PLANS)],
    ..kind(PLAN_TASKS, "ProjectPlanTask", "TaskId", &["ProjPlanId", "TaskName"])
};
pub(super) static PLAN: Kind = Kind { entity: "ProjectPlans", ..kind(PLANS, "ProjectPlan", "ProjPlanId", &["Name"]) };
pub(super) static CONTACT: Kind =
    Kind { entity: "Contacts", encoded: true, refers: FOLDER_ONLY, ..kind(CONTACTS, "Contact", "ContactId", &["ContactPerson"]) };
pub(super) static TEST: Kind = Kind {
    entity: "Tests",
    refers: FOLDER_ONLY,
    fixed: &["Version", "LastRunByName"],
    children: &[(TEST_STEPS, "TestId"), (TEST_SET_ITEMS, "TestId")],
    ..kind(TESTS, "Test", "TestId", &["Title"])
};
pub(super) static TEST_STEP: Kind =
    Kind { refers: &[("TestId", TESTS)], fixed: &["NbrFiles"], ..kind(TEST_STEPS, "TestStep", "TestStepId", &["TestId"]) };
pub(super) static TEST_SET: Kind = Kind {
    entity: "TestSets",
    refers: FOLDER_ONLY,
    children: &[(TEST_SET_ITEMS, "TestSetId")],
    ..kind(TEST_SETS, "TestSet", "TestSetId", &["Title"])
};
pub(super) static TEST_SET_ITEM: Kind = Kind {
    refers: &[("TestSetId", TEST_SETS), ("TestId", TESTS)],
    ..kind(TEST_SET_ITEMS, "TestSetItem", "TestSetItemId", &["TestSetId", "TestId"])
};
pub(super) static TEST_RUN: Kind = Kind {
    refers: &[("TestSetId", TEST_SETS), ("TestId", TESTS), ("TestConfigId", TEST_CONFIGURATIONS), ("ReleaseId", RELEASES)],
    fixed: &["NbrTests"],
    children: &[(TEST_RUN_ITEMS, "TestRunId")],
    ..kind(TEST_RUNS, "TestRun", "TestRunId", &[])
};
pub(super) static TEST_RUN_ITEM: Kind = Kind {
    fixed: &["TestRunId", "TestSetId", "TestId", "Title", "Version", "Seq", "ReleaseName", "ConfigurationName"],
    children: &[(TEST_RUN_RESULTS, "TestRunItemId")],
    ..kind(TEST_RUN_ITEMS, "TestRunItem", "TestRunItemId", &[])
};
pub(super) static TEST_RUN_RESULT: Kind =
    Kind { fixed: &["TestRunItemId", "TestStepId", "Seq"], ..kind(TEST_RUN_RESULTS, "TestRunResult", "TestRunResultId", &[]) };
pub(super) static TEST_CONFIGURATION: Kind = Kind {
    entity: "TestConfigurations",
    refers: FOLDER_ONLY,
    fixed: &["NbrFilesNotSecured", "NbrFiles", "NbrNotes"],
    ..kind(TEST_CONFIGURATIONS, "TestConfiguration", "ConfigId", &["ConfigurationName"])
};
pub(super) static TEST_CASE: Kind = Kind { entity: "TestCases", encoded: true, ..kind(TEST_CASES, "TestCase", "TestCaseId", &["Title"]) };
pub(super) static AUTOMATION_HOST: Kind = kind(AUTOMATION_HOSTS, "AutomationHost", "AutomationHostId", &["HostName"]);
pub(super) static AUTOMATION_TEST_ITEM: Kind = Kind {
    refers: &[("AutomationHostId", AUTOMATION_HOSTS)],
    children: &[(AUTOMATION_SCHEDULES, "AutomationTestItemId")],
    ..kind(AUTOMATION_TEST_ITEMS, "AutomationTestItem", "AutomationTestItemId", &["TestName"])
};
pub(super) static AUTOMATION_RUN: Kind = Kind {
    refers: &[("AutomationTestItemId", AUTOMATION_TEST_ITEMS), ("AutomationHostId", AUTOMATION_HOSTS)],
    ..kind(
        AUTOMATION_RUNS,
        "AutomationRun",
        "AutomationRunId",
        &["AutomationHostName", "FullTestName", "AutomationType", "StartTime", "EndTime"],
    )
};
pub(super) static AUTOMATION_SCHEDULE: Kind = Kind {
    refers: &[("AutomationTestItemId", AUTOMATION_TEST_ITEMS)],
    ..kind(AUTOMATION_SCHEDULES, "AutomationSchedule", "AutomationScheduleId", &["AutomationTestItemId"])
};
pub(super) static ATTACHMENT: Kind =
    Kind { fixed: &["Seq"], ..kind(ATTACHMENTS, "Attachment", "AttachmentId", &["FKId", "EntityCode", "FileName"]) };
pub(super) static NOTE: Kind = kind(NOTES, "Notes", "NoteId", &["EntityCode", "FKId", "Description"]);
pub(super) static LINK: Kind = kind(LINKS, "TraceabilityLink", "LinkId", &["EntityCode", "FKId", "LinkedEntityCode", "LinkedFKId"]);
pub(super) static CUSTOM_FIELD: Kind = kind(CUSTOM_FIELDS, "CustomField", "", &["EntityCode", "FieldName"]);
pub(super) static LOOK_UP: Kind = kind(LOOK_UPS, "LookUp", "", &["LookUpType"]);
pub(super) static AUDIT: Kind =
    Kind { encoded: true, defaults: &[("OldValue", "N/A"), ("NewValue", "N/A")], ..kind(AUDITS, "Audit", "", &["EntityCode", "FKId"]) };
pub(super) static PERF_LOG: Kind = kind(PERF_LOGS, "PerfLog", "", &["Task"]);
pub(super) static USER: Kind = kind(USERS, "User", "UserId", &["FirstName", "LastName", "Email"]);
pub(super) static PROJECT: Kind = kind(PROJECTS, "Project", "ProjId", &["ProjName"]);

/// All of them.
pub(super) static ALL: [&Kind; 30] = [
    &BUG,
    &RELEASE,
    &FUNCTIONAL_SPEC,
    &FOLDER,
    &TASK,
    &PLAN_TASK,
    &PLAN,
    &CONTACT,
    &TEST,
    &TEST_STEP,
    &TEST_SET,
    &TEST_SET_ITEM,
    &TEST_RUN,
    &TEST_RUN_ITEM,
    &TEST_RUN_RESULT,
    &TEST_CONFIGURATION,
    &TEST_CASE,
    &AUTOMATION_HOST,
    &AUTOMATION_TEST_ITEM,
    &AUTOMATION_RUN,
    &AUTOMATION_SCHEDULE,
    &ATTACHMENT,
    &NOTE,
    &LINK,
    &CUSTOM_FIELD,
    &LOOK_UP,
    &AUDIT,
    &PERF_LOG,
    &USER,
    &PROJECT,
];

/// The kind that a collection holds.
pub(super) fn of(collection: Collection) -> Option<&'static Kind> {
    ALL.into_iter().find(|kind| kind.collection == collection)
}

/// The kind that notes, files and links call so; some samples say `Defects`.
pub(super) fn entity(code: &str) -> Option<&'static Kind> {
    let code = if code == "Defects" { "Bugs" } else { code };
    ALL.into_iter().find(|kind| !kind.entity.is_empty() && kind.entity == code)
}

#[cfg(test)]
mod tests {
    use super::super::{QaComplete, builder, samples};
    use super::{ALL, of};
    use crate::soap::Soap;
    use crate::store::Store;

    #[test]
    fn the_document_has_every_element_that_the_tables_name() {
        let soap = Soap::load(builder(QaComplete { samples: true }).folder(), Box::new(QaComplete { samples: true }), String::new());
        let soap = soap.expect("the document");
        let types = soap.types();
        let mut store = Store::default();
        samples::furnish(&mut store);
        samples::fill(&mut store);
        for kind in ALL {
            let fields = types.fields(kind.type_name);
            let has = |name: &str| fields.iter().any(|(field, _)| field == name);
            let refers = kind.refers.iter().map(|(name, _)| name);
            let defaults = kind.defaults.iter().map(|(name, _)| name);
            let named = kind.required.iter().chain(kind.fixed).chain(refers).chain(defaults).chain(&kind.twin);
            let named = named.chain([&kind.key]).filter(|name| !name.is_empty());
            let unknown: Vec<&&str> = named.filter(|name| !has(name)).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?}", kind.type_name);
            for (collection, name) in kind.children {
                let child = of(*collection).expect("a kind of its own");
                assert!(types.fields(child.type_name).iter().any(|(field, _)| field == name), "{}: {name}", child.type_name);
            }
            for record in store.list(kind.collection, "") {
                let unknown: Vec<&String> = record.fields.keys().filter(|name| !types.admits(kind.type_name, name)).collect();
                assert!(unknown.is_empty(), "a sample of {}: {unknown:?}", kind.type_name);
            }
        }
    }
}
