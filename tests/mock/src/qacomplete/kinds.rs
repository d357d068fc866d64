//! What each kind of entity looks like, and what can be written to it.

use super::fields::Fields;
use crate::store::Collection;

/// Projects.
pub const PROJECTS: Collection = Collection::new("projects");
/// Departments.
pub const DEPARTMENTS: Collection = Collection::new("departments");
/// Security groups; their scope is the department.
pub const SECURITY_GROUPS: Collection = Collection::new("security groups");
/// What a group may do; the scope is department and group: `8162/User`.
pub const PRIVILEGES: Collection = Collection::new("privileges");
/// The group a user has in each project; the scope is the user.
pub const USER_GROUPS: Collection = Collection::new("user groups");
/// Users.
pub const USERS: Collection = Collection::new("users");
/// Defects; the scope is the project, as of all that follow where nothing else is said.
pub const DEFECTS: Collection = Collection::new("defects");
/// Requirements.
pub const REQUIREMENTS: Collection = Collection::new("requirements");
/// Releases, iterations and builds.
pub const RELEASES: Collection = Collection::new("releases");
/// Tests.
pub const TESTS: Collection = Collection::new("tests");
/// Test sets.
pub const TEST_SETS: Collection = Collection::new("test sets");
/// Tests of a set; the scope is the set: `11873/TestSets/182`.
pub const TEST_SET_ITEMS: Collection = Collection::new("test set items");
/// Test runs.
pub const TEST_RUNS: Collection = Collection::new("test runs");
/// Tests of a run; the scope is the run: `98429/TestRuns/647894`.
pub const TEST_RUN_ITEMS: Collection = Collection::new("test run items");
/// Folders; the scope is project and kind: `11873/Bugs`.
pub const FOLDERS: Collection = Collection::new("folders");
/// Links between two things; the scope is one of the two: `11873/Bugs/12`.
pub const LINKED_ITEMS: Collection = Collection::new("linked items");
/// Attachments; the scope is what they are attached to: `11873/Bugs/12`.
pub const ATTACHMENTS: Collection = Collection::new("attachments");
/// Notes; the scope is what they are about: `11873/Bugs/12`.
pub const NOTES: Collection = Collection::new("notes");
/// Automations; the scope is the test: `11873/Tests/1`.
pub const AUTOMATIONS: Collection = Collection::new("automations");
/// Files of automations; the scope is the test: `11873/Tests/1`.
pub const AUTOMATION_ATTACHMENTS: Collection = Collection::new("automation attachments");

/// Where a kind is found: which arguments of a path name what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `/depts/{}` and below: nothing is scoped by the path.
    Account,
    /// `/projects/{}/...`
    Project,
    /// `/projects/{}/{EntityCode}/folders`
    Folder,
    /// `/projects/{}/{EntityCode}/{}/...`
    Entity,
    /// `/projects/{}/testsets/{}/...`: below an entity of this code.
    Below(&'static str),
}

/// A kind of entity.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) collection: Collection,
    /// What messages call it, and paths where they say `EntityCode`.
    pub(super) code: &'static str,
    /// What rights are given for.
    pub(super) area: &'static str,
    pub(super) place: Place,
    /// The member that it is addressed by.
    pub(super) key: &'static str,
    pub(super) fields: Fields,
    /// Members that requests write. What a PUT leaves out of them is reset.
    pub(super) writes: &'static [&'static str],
    /// Members that only creating takes.
    pub(super) created: &'static [&'static str],
    /// Members that must hold some text where they are sent.
    pub(super) filled: &'static [&'static str],
    /// Whether it shows what the caller may do with it.
    pub(super) permissions: bool,
}

/// Areas of rights.
pub(super) const AREAS: [&str; 7] = ["Releases", "FunctionalSpecs", "Tests", "TestSets", "Bugs", TEST_HOSTS, "Folders"];
/// The area that uploads of logs ask for.
pub(crate) const TEST_HOSTS: &str = "TestHosts";

/// Members whose names do not follow from those of requests.
const RENAMED: [(&str, &str); 6] = [
    ("Phone", "work_phone"),
    ("IsAdAccount", "is_a_d_account"),
    ("Critical", "is_stopped_on_fail"),
    ("Steps", "test_run_results"),
    ("StepName", "step"),
    ("TestRunResultId", "id"),
];

impl Kind {
    /// The member of the entity that a member of a request writes to.
    pub(super) fn target(member: &str) -> String {
        let renamed = RENAMED.iter().find(|(name, _)| *name == member);
        renamed.map_or_else(|| crate::spec::snake_case(member), |(_, target)| (*target).to_owned())
    }

    /// Whether the document knows this member.
    pub(super) fn knows(&self, name: &str) -> bool {
        name == self.key || name == "__permissions" || self.fields.sort(name).is_some()
    }
}

const PLAIN: Kind = Kind {
    collection: PROJECTS,
    code: "",
    area: "",
    place: Place::Project,
    key: "id",
    fields: Fields::NONE,
    writes: &[],
    created: &[],
    filled: &[],
    permissions: false,
};

pub(super) static PROJECT: Kind = Kind {
    code: "Projects",
    place: Place::Account,
    permissions: true,
    fields: Fields {
        numbers: &["actual_cost", "actual_hrs", "est_cost", "est_hrs", "nbr_events", "nbr_files", "nbr_notes", "update_user_id"],
        texts: &["proj_name", "dept_id", "dept_name", "user_name"],
        truths: &[("is_active", true), ("is_auto_calc", false)],
        moments: &["date_begin_actual", "date_begin_scheduled", "date_created", "date_end_actual", "date_end_scheduled", "date_updated"],
        ..Fields::NONE
    },
    ..PLAIN
};

pub(super) static DEPARTMENT: Kind = Kind {
    collection: DEPARTMENTS,
    code: "Departments",
    place: Place::Account,
    fields: Fields {
        numbers: &["company_id", "update_user_id", "page_size", "id"],
        texts: &["dept_name"],
        moments: &["date_created", "date_updated"],
        ..Fields::NONE
    },
    ..PLAIN
};

pub(super) static SECURITY_GROUP: Kind = Kind {
    collection: SECURITY_GROUPS,
    code: "SecurityGroups",
    place: Place::Account,
    key: "name",
    fields: Fields { texts: &["name"], ..Fields::NONE },
    ..PLAIN
};

pub(super) static PRIVILEGE: Kind =
    Kind { collection: PRIVILEGES, code: "SecurityPrivileges", place: Place::Account, key: "entity-code", ..PLAIN };

pub(super) static USER_GROUP: Kind = Kind {
    collection: USER_GROUPS,
    code: "UserGroups",
    place: Place::Account,
    key: "proj_id",
    fields: Fields { texts: &["group_name"], ..Fields::NONE },
    ..PLAIN
};

pub(super) static USER: Kind = Kind {
    collection: USERS,
    code: "Users",
    place: Place::Account,
    fields: Fields {
        numbers: &["id", "nbr_times_logon", "update_user_id", "discount", "import_id", "primary_dept_id", "logon_attempts"],
        texts: &["first_name", "middle_name", "last_name", "email", "work_phone", "title", "company_name", "grouping", "sub_grouping"],
        truths: &[
            ("is_logged_on", false),
            ("is_security_admin", false),
            ("is_active", true),
            ("is_selected", false),
            ("is_a_d_account", false),
        ],
        moments: &["date_of_anniv", "date_created", "date_updated"],
        ..Fields::NONE
    },
    writes: &["FirstName", "LastName", "MiddleName", "Email", "IsSecurityAdmin", "Phone", "IsAdAccount", "AdSearchValue"],
    created: &[
        "TimeZone",
        "CompanyName",
        "Custom1",
        "Custom2",
        "Custom3",
        "Custom4",
        "Custom5",
        "Custom6",
        "Custom7",
        "Custom8",
        "Custom9",
        "Custom10",
    ],
    filled: &["FirstName", "LastName", "Email"],
    ..PLAIN
};

pub(super) static SET_ITEM: Kind = Kind {
    collection: TEST_SET_ITEMS,
    code: "TestSetItems",
    area: "TestSets",
    place: Place::Below("TestSets"),
    fields: Fields {
        numbers: &[
            "id",
            "project_id",
            "test_set_id",
            "test_id",
            "seq",
            "assignee_user_id",
            "default_host_id",
            "create_user_id",
            "update_user_id",
            "nbr_steps",
            "nbr_files",
            "nbr_notes",
        ],
        texts: &["title"],
        truths: &[("is_active", true), ("is_stopped_on_fail", false)],
        moments: &["date_created", "date_updated"],
        ..Fields::NONE
    },
    writes: &["IsActive", "IsStoppedOnFail", "AssigneeUserId", "DefaultHostId"],
    created: &["TestId"],
    ..PLAIN
};

pub(super) static FOLDER: Kind = Kind {
    collection: FOLDERS,
    code: "Folders",
    place: Place::Folder,
    fields: Fields {
        numbers: &["id", "parent_id", "project_id", "update_user_id", "create_user_id", "owner_user_id"],
        texts: &["entity_code", "folder_name", "description", "full_folder_name", "updated_user_name", "created_user_name", "parent_name"],
        truths: &[("is_active", false), ("is_public", true)],
        moments: &["date_created", "date_updated"],
        ..Fields::NONE
    },
    writes: &["FolderName", "Description", "IsPublic", "ParentName", "IsActive"],
    filled: &["FolderName"],
    ..PLAIN
};

pub(super) static LINKED_ITEM: Kind = Kind {
    collection: LINKED_ITEMS,
    code: "LinkedItems",
    place: Place::Entity,
    key: "link_id",
    fields: Fields {
        numbers: &["link_id", "entity_id", "linked_entity_id", "update_user_id"],
        texts: &["entity_code", "linked_entity_code", "title", "status", "updated_user_name"],
        truths: &[("is_active", true)],
        moments: &["date_updated"],
        ..Fields::NONE
    },
    created: &["LinkedEntityCode", "LinkedEntityId"],
    ..PLAIN
};

pub(super) static ATTACHMENT: Kind = Kind {
    collection: ATTACHMENTS,
    code: "Files",
    place: Place::Entity,
    fields: Fields {
        numbers: &["id", "entity_id", "update_user_id"],
        texts: &["attachment_type_code", "file_name", "title", "comments", "entity_code", "user_name"],
        moments: &["date_created", "date_updated"],
        ..Fields::NONE
    },
    writes: &["Title", "Comments"],
    filled: &["Title"],
    ..PLAIN
};

pub(super) static NOTE: Kind = Kind {
    collection: NOTES,
    code: "Notes",
    place: Place::Entity,
    fields: Fields {
        numbers: &["id", "entity_id", "original_id", "seq", "update_user_id"],
        texts: &["description", "entity_code", "notes_type_code", "user_name"],
        moments: &["date_created", "date_updated"],
        ..Fields::NONE
    },
    writes: &["Description", "OriginalId", "UpdateUserId"],
    filled: &["Description"],
    ..PLAIN
};

pub(super) static AUTOMATION: Kind = Kind {
    collection: AUTOMATIONS,
    code: "Automations",
    area: "Tests",
    place: Place::Below("Tests"),
    key: "agent",
    fields: Fields { numbers: &["timeout", "run_mode"], texts: &["agent", "title"], maps: &["params"], ..Fields::NONE },
    writes: &["Title", "Timeout", "RunMode", "Params"],
    ..PLAIN
};

pub(super) static AUTOMATION_ATTACHMENT: Kind = Kind {
    collection: AUTOMATION_ATTACHMENTS,
    code: "AutomationAttachments",
    key: "agent",
    area: "Tests",
    place: Place::Below("Tests"),
    fields: Fields { texts: &["file_name", "file_format_code"], moments: &["date_created", "date_updated"], ..Fields::NONE },
    ..PLAIN
};
