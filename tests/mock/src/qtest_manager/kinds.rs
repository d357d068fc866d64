//! What each kind of thing looks like, and what can be written to it.

use crate::store::Collection;
use serde_json::{Value, json};

/// Projects. The scope of what is in them is their number.
pub const PROJECTS: Collection = Collection::new("projects");
/// Modules of the test design.
pub const MODULES: Collection = Collection::new("modules");
/// Requirements.
pub const REQUIREMENTS: Collection = Collection::new("requirements");
/// Test cases. Their steps are hidden in them, as `test_steps`.
pub const TEST_CASES: Collection = Collection::new("test cases");
/// Versions of test cases; the scope is the test case: `1/301`.
pub const VERSIONS: Collection = Collection::new("test case versions");
/// Releases.
pub const RELEASES: Collection = Collection::new("releases");
/// Builds of releases.
pub const BUILDS: Collection = Collection::new("builds");
/// Test cycles.
pub const TEST_CYCLES: Collection = Collection::new("test cycles");
/// Test suites.
pub const TEST_SUITES: Collection = Collection::new("test suites");
/// Test runs.
pub const TEST_RUNS: Collection = Collection::new("test runs");
/// Test logs; which run they belong to is in `test_run_id`.
pub const TEST_LOGS: Collection = Collection::new("test logs");
/// Defects.
pub const DEFECTS: Collection = Collection::new("defects");
/// Comments; the scope is what they are about: `1/defects/1101`.
pub const COMMENTS: Collection = Collection::new("comments");
/// Files; hidden in them are kind and number of what they hang on, and the number of the upload.
pub const ATTACHMENTS: Collection = Collection::new("attachments");
/// Links between two things, each kept once.
pub const LINKS: Collection = Collection::new("links");
/// Fields; the scope is project and kind, `1/test-cases`, or the kind alone for those of the site.
pub const FIELDS: Collection = Collection::new("fields");
/// What was changed; the scope is what was changed: `1/test-cases/301`.
pub const HISTORY: Collection = Collection::new("history");
/// Users of the site.
pub const USERS: Collection = Collection::new("users");
/// Groups of users.
pub const GROUPS: Collection = Collection::new("groups");
/// Webhooks.
pub const WEBHOOKS: Collection = Collection::new("webhooks");
/// Jobs that are waiting, running or done.
pub const JOBS: Collection = Collection::new("jobs");

/// A kind of thing.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) collection: Collection,
    /// What messages call it.
    pub(super) noun: &'static str,
    /// What paths call it.
    pub(super) object: &'static str,
    /// What its readable keys begin with; empty if it has none.
    pub(super) prefix: &'static str,
    /// Every member it can show, with the value of a fresh one. Null is not shown.
    pub(super) blank: fn() -> Value,
    /// Members that requests write.
    pub(super) writes: &'static [&'static str],
}

const NONE: Kind = Kind { collection: PROJECTS, noun: "Object", object: "", prefix: "", blank: || json!({ "id": null }), writes: &[] };

/// For operations that are about no kind.
pub(super) static SITE: Kind = NONE;

pub(super) static PROJECT: Kind = Kind {
    noun: "Project",
    object: "projects",
    blank: || {
        json!({
            "id": null, "name": "", "description": null, "status_id": 101, "start_date": null, "end_date": null, "admins": [],
            "admin_ids": [], "sample": false, "defect_tracking_systems": [], "x_explorer_access_level": 7, "date_format": "yyyy/MM/dd",
            "automation": false, "template_id": null, "uuid": null
        })
    },
    writes: &["name", "description", "status_id", "start_date", "end_date", "admins", "admin_ids", "template_id", "uuid", "date_format"],
    ..NONE
};

pub(super) static MODULE: Kind = Kind {
    collection: MODULES,
    noun: "Module",
    object: "modules",
    prefix: "MD",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "parent_id": null,
            "description": null, "shared": false, "projects_shared_to": [], "tosca_guid": null, "tosca_node_path": null
        })
    },
    writes: &["name", "description", "shared", "projects_shared_to", "parent_id", "tosca_guid", "tosca_node_path"],
};

pub(super) static REQUIREMENT: Kind = Kind {
    collection: REQUIREMENTS,
    noun: "Requirement",
    object: "requirements",
    prefix: "RQ",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "web_url": null,
            "parent_id": null
        })
    },
    writes: &["name", "order"],
};

pub(super) static TEST_CASE: Kind = Kind {
    collection: TEST_CASES,
    noun: "Test case",
    object: "test-cases",
    prefix: "TC",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "web_url": null,
            "parent_id": null, "test_case_version_id": null, "version": "0.1", "description": "", "precondition": "", "creator_id": null,
            "agent_ids": [], "tosca_guid": null, "tosca_node_path": null
        })
    },
    writes: &["name", "order", "description", "precondition", "parent_id", "agent_ids", "tosca_guid", "tosca_node_path"],
};

pub(super) static RELEASE: Kind = Kind {
    collection: RELEASES,
    noun: "Release",
    object: "releases",
    prefix: "RL",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "web_url": null,
            "description": null, "note": null, "start_date": null, "end_date": null
        })
    },
    writes: &["name", "order", "description", "note", "start_date", "end_date"],
};

pub(super) static BUILD: Kind = Kind {
    collection: BUILDS,
    noun: "Build",
    object: "builds",
    prefix: "BL",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "release": null
        })
    },
    writes: &["name", "order", "release"],
};

pub(super) static TEST_CYCLE: Kind = Kind {
    collection: TEST_CYCLES,
    noun: "Test cycle",
    object: "test-cycles",
    prefix: "CL",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "web_url": null,
            "description": null, "target_release_id": null, "target_build_id": null
        })
    },
    writes: &["name", "order", "description", "target_release_id", "target_build_id"],
};

pub(super) static TEST_SUITE: Kind = Kind {
    collection: TEST_SUITES,
    noun: "Test suite",
    object: "test-suites",
    prefix: "TS",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null, "web_url": null,
            "parentId": null, "parentType": null, "target_release_id": null, "target_build_id": null
        })
    },
    writes: &["name", "order", "target_release_id", "target_build_id"],
};

pub(super) static TEST_RUN: Kind = Kind {
    collection: TEST_RUNS,
    noun: "Test run",
    object: "test-runs",
    prefix: "TR",
    blank: || {
        json!({
            "id": null, "name": "", "order": 1, "pid": null, "created_date": null, "last_modified_date": null,
            "parentId": null, "parentType": null, "automation": "No", "testCaseId": null, "test_case_version_id": null,
            "test_case_version": null, "creator_id": null, "configuration_id": null, "tosca_guid": null, "tosca_node_path": null
        })
    },
    writes: &["name", "order", "test_case_version_id", "assign_parameter_values", "configuration_id", "tosca_guid", "tosca_node_path"],
};

pub(super) static TEST_LOG: Kind = Kind {
    collection: TEST_LOGS,
    noun: "Test log",
    object: "test-logs",
    blank: || {
        json!({
            "id": null, "test_case_version_id": null, "exe_start_date": null, "exe_end_date": null, "note": null, "name": "",
            "planned_exe_time": 0, "actual_exe_time": 0, "build_number": null, "build_url": null, "status": null, "result_number": 1,
            "test_step_logs": [], "test_run_id": null
        })
    },
    writes: &[
        "exe_start_date",
        "exe_end_date",
        "note",
        "name",
        "planned_exe_time",
        "actual_exe_time",
        "build_number",
        "build_url",
        "test_case_version_id",
    ],
    ..NONE
};

pub(super) static DEFECT: Kind = Kind {
    collection: DEFECTS,
    noun: "Defect",
    object: "defects",
    prefix: "DF",
    blank: || {
        json!({
            "id": null, "pid": null, "submitted_date": null, "last_modified_date": null, "submitter_id": null,
            "last_modified_user_id": null, "web_url": null
        })
    },
    writes: &[],
};

pub(super) static USER: Kind = Kind {
    collection: USERS,
    noun: "User",
    object: "users",
    blank: || {
        json!({
            "id": null, "username": "", "email": null, "first_name": "", "last_name": "", "status": 1, "avatar": null,
            "ldap_username": null, "user_group_ids": [], "external_auth_config_id": -1, "external_user_name": null
        })
    },
    writes: &["first_name", "last_name", "status", "user_group_ids", "external_auth_config_id", "external_user_name", "ldap_username"],
    ..NONE
};

pub(super) static GROUP: Kind = Kind {
    collection: GROUPS,
    noun: "Group",
    object: "groups",
    blank: || json!({ "id": null, "name": "", "description": null, "is_system": false, "is_default": false, "authorities": [] }),
    writes: &["name", "description", "is_default", "user_ids"],
    ..NONE
};

pub(super) static WEBHOOK: Kind = Kind {
    collection: WEBHOOKS,
    noun: "Webhook",
    object: "webhooks",
    blank: || {
        json!({
            "id": null, "name": "", "url": "", "events": [], "secretKey": null, "responseType": "text", "projectIds": [],
            "createdDate": null, "lastModifiedDate": null
        })
    },
    writes: &["name", "url", "events", "secretKey", "responseType", "projectIds"],
    ..NONE
};

/// Kinds that belong to a project and are addressed by what paths call them.
pub(super) static OF_PROJECT: [&Kind; 10] =
    [&MODULE, &REQUIREMENT, &TEST_CASE, &RELEASE, &BUILD, &TEST_CYCLE, &TEST_SUITE, &TEST_RUN, &TEST_LOG, &DEFECT];

/// The kind that a path calls so.
pub(super) fn named(object: &str) -> Option<&'static Kind> {
    OF_PROJECT.into_iter().find(|kind| kind.object == object)
}
