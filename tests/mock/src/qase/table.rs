//! The resources of the reference: their fields, filters and writable members, with what today's service adds.

pub(super) mod today;

pub use today::{AUTHORS, CONFIGURATION_GROUPS, ENVIRONMENTS, REVIEWS, SHARED_PARAMETERS};

use super::shape::{Codes, Destination, Key, Resource, Scope, Single, Times, Write};
use super::{cases, issues};
use crate::store::{Collection, Filter, Test};
use serde_json::{Value, json};

/// Projects.
pub const PROJECTS: Collection = Collection::new("projects");
/// Test cases.
pub const CASES: Collection = Collection::new("cases");
/// Suites.
pub const SUITES: Collection = Collection::new("suites");
/// Milestones.
pub const MILESTONES: Collection = Collection::new("milestones");
/// Shared steps.
pub const SHARED_STEPS: Collection = Collection::new("shared steps");
/// Test plans.
pub const PLANS: Collection = Collection::new("plans");
/// Test runs.
pub const RUNS: Collection = Collection::new("runs");
/// Results of test runs.
pub const RESULTS: Collection = Collection::new("results");
/// Defects.
pub const DEFECTS: Collection = Collection::new("defects");
/// Custom fields of the account.
pub const CUSTOM_FIELDS: Collection = Collection::new("custom fields");
/// Attachments of the account.
pub const ATTACHMENTS: Collection = Collection::new("attachments");
/// Team members: seeded only.
pub const USERS: Collection = Collection::new("users");

// The reference prints no table of words and numbers: these are the mock's workspace.
const SEVERITY: Codes =
    &[("undefined", 0), ("blocker", 1), ("blocked", 1), ("critical", 2), ("major", 3), ("normal", 4), ("minor", 5), ("trivial", 6)];
const SEVERITY_WORDS: &[&str] = &["undefined", "blocker", "critical", "major", "normal", "minor", "trivial"];
const PRIORITY: Codes = &[("undefined", 0), ("high", 1), ("medium", 2), ("low", 3)];
const TYPE: Codes = &[
    ("undefined", 0),
    ("other", 1),
    ("functional", 2),
    ("smoke", 3),
    ("regression", 4),
    ("security", 5),
    ("usability", 6),
    ("performance", 7),
    ("acceptance", 8),
];
const BEHAVIOR: Codes = &[("undefined", 0), ("positive", 1), ("negative", 2), ("destructive", 3)];
const RUN_STATUS: Codes = &[("active", 0), ("in_progress", 0), ("complete", 1), ("passed", 1), ("abort", 2), ("aborted", 2), ("failed", 3)];
const FIELD_ENTITY: &[&str] = &["case", "run", "defect"];
const FIELD_TYPE: &[&str] = &["number", "string", "text", "selectbox", "checkbox", "radio", "multiselect", "url", "user", "datetime"];

const fn field(name: &'static str) -> Write {
    Write { member: name, into: Destination::Field(name), must_exist: None }
}

const fn filter(parameter: &'static str, field: &'static str, test: Test) -> Filter {
    Filter { parameter, field, test }
}

const fn write(member: &'static str, into: Destination) -> Write {
    Write { member, into, must_exist: None }
}

const SEARCH: Filter = filter("filters[search]", "title", Test::Contains);
const SEARCH_TODAY: Filter = filter("search", "title", Test::Contains);

/// What most resources have in common.
const fn resource_of(collection: Collection, noun: &'static str, key: Key, blank: fn() -> Value) -> Resource {
    Resource {
        collection,
        noun,
        scope: Scope::Project,
        key,
        single: Single::Object,
        blank,
        times: Times::CreatedUpdated,
        filters: &[],
        writes: &[],
        codes: &[],
        single_only: &[],
        list_only: &[],
        reference_only: &[],
        today: || json!({}),
    }
}

pub(super) static PROJECT: Resource = Resource {
    scope: Scope::Account,
    times: Times::None,
    writes: &[
        field("title"),
        Write { member: "description", into: Destination::Hidden("description"), must_exist: None },
        Write { member: "access", into: Destination::Hidden("access"), must_exist: None },
        Write { member: "members", into: Destination::Hidden("members"), must_exist: None },
    ],
    ..resource_of(PROJECTS, "Project", Key::Code, || json!({ "title": "" }))
};

pub(super) static CASE: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[
        SEARCH,
        filter("filters[milestone_id]", "milestone_id", Test::Equals),
        filter("filters[suite_id]", "suite_id", Test::Equals),
        filter("filters[severity]", "severity", Test::OneOfNumbered(SEVERITY)),
        filter("filters[priority]", "priority", Test::OneOfNumbered(PRIORITY)),
        filter("filters[type]", "type", Test::OneOfNumbered(TYPE)),
        filter("filters[behavior]", "behavior", Test::OneOfNumbered(BEHAVIOR)),
        filter("filters[is_automated]", "is_automated", Test::Equals),
        filter("filters[is_deprecated]", "is_deprecated", Test::Equals),
        SEARCH_TODAY,
        filter("milestone_id", "milestone_id", Test::Equals),
        filter("suite_id", "suite_id", Test::Equals),
        filter("severity", "severity", Test::OneOfNumbered(SEVERITY)),
        filter("priority", "priority", Test::OneOfNumbered(PRIORITY)),
        filter("type", "type", Test::OneOfNumbered(TYPE)),
        filter("behavior", "behavior", Test::OneOfNumbered(BEHAVIOR)),
        filter("automation", "automation", Test::By(cases::is_automated)),
        filter("status", "status", Test::By(cases::is_in_state)),
        filter("external_issues[type]", "external_issues", Test::By(issues::is_of_tracker)),
        filter("external_issues[ids][]", "external_issues", Test::By(issues::is_linked)),
    ],
    writes: &[
        field("title"),
        field("description"),
        field("preconditions"),
        field("postconditions"),
        field("severity"),
        field("priority"),
        field("behavior"),
        field("type"),
        field("layer"),
        field("is_flaky"),
        field("automation"),
        field("isManual"),
        field("isToBeAutomated"),
        field("status"),
        field("steps_type"),
        Write { member: "suite_id", into: Destination::Field("suite_id"), must_exist: Some(SUITES) },
        Write { member: "milestone_id", into: Destination::Field("milestone_id"), must_exist: Some(MILESTONES) },
        write("attachments", Destination::Files),
        write("steps", Destination::CaseSteps),
        write("tags", Destination::Tags),
        field("params"),
        field("created_at"),
        field("updated_at"),
        write("parameters", Destination::Parameters),
        write("custom_field", Destination::CustomFields),
    ],
    reference_only: &["links", "revision", "is_automated", "is_deprecated"],
    today: || {
        json!({
            "layer": 0, "is_flaky": 0, "automation": 0, "isManual": true, "isToBeAutomated": false, "status": 0, "steps_type": "classic",
            "params": [], "parameters": [], "member_id": 1, "author_id": 1, "deleted": null
        })
    },
    codes: &[("severity", SEVERITY), ("priority", PRIORITY), ("type", TYPE), ("behavior", BEHAVIOR)],
    ..resource_of(CASES, "Test case", Key::Number, || {
        json!({
            "position": 1, "title": "Test case", "description": "", "preconditions": "", "postconditions": "",
            "severity": 4, "priority": 2, "type": 1, "behavior": 1, "is_automated": false, "is_deprecated": false,
            "milestone_id": null, "suite_id": null, "tags": [], "links": [], "revision": 1, "custom_fields": [],
            "attachments": [], "steps": []
        })
    })
};

pub(super) static SUITE: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[SEARCH, SEARCH_TODAY],
    writes: &[
        field("title"),
        field("description"),
        field("preconditions"),
        Write { member: "parent_id", into: Destination::Field("parent_id"), must_exist: Some(SUITES) },
    ],
    today: || json!({ "cases_count": 0 }),
    ..resource_of(
        SUITES,
        "Suite",
        Key::Number,
        || json!({ "title": "", "description": null, "preconditions": null, "position": 1, "parent_id": null }),
    )
};

pub(super) static MILESTONE: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[SEARCH, SEARCH_TODAY],
    writes: &[field("title"), field("description"), field("status"), write("due_date", Destination::Moment("due_date"))],
    // The printed single read is that of a suite; clients must stand it.
    single_only: &["preconditions", "position", "parent_id"],
    list_only: &["due_date"],
    reference_only: &["preconditions", "position", "parent_id"],
    today: || json!({ "status": "active" }),
    ..resource_of(MILESTONES, "Milestone", Key::Number, || {
        json!({
            "title": "", "description": null, "due_date": null,
            "preconditions": null, "position": 1, "parent_id": null
        })
    })
};

pub(super) static SHARED_STEP: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[SEARCH, SEARCH_TODAY],
    writes: &[field("title"), field("action"), field("expected_result"), field("data"), write("steps", Destination::CaseSteps)],
    today: || json!({ "data": null, "steps": [] }),
    ..resource_of(
        SHARED_STEPS,
        "Shared step",
        Key::HashOrNumber,
        || json!({ "title": "", "action": "", "expected_result": null, "cases": [] }),
    )
};

pub(super) static PLAN: Resource = Resource {
    filters: &[SEARCH],
    writes: &[field("title"), field("description"), Write { member: "cases", into: Destination::Assignments, must_exist: Some(CASES) }],
    single_only: &["average_time", "cases"],
    ..resource_of(PLANS, "Test plan", Key::Number, || json!({ "title": "", "description": null, "average_time": 0, "cases": [] }))
};

pub(super) static RUN: Resource = Resource {
    times: Times::At("start_time"),
    filters: &[
        filter("filter[status]", "status", Test::OneOfNumbered(RUN_STATUS)),
        filter("status", "status", Test::OneOfNumbered(RUN_STATUS)),
        SEARCH_TODAY,
        filter("milestone", "milestone_id", Test::Equals),
        filter("environment", "environment_id", Test::Equals),
        filter("from_start_time", "start_time", Test::After),
        filter("to_start_time", "start_time", Test::Before),
    ],
    writes: &[
        field("title"),
        field("description"),
        Write { member: "environment_id", into: Destination::Hidden("environment_id"), must_exist: Some(ENVIRONMENTS) },
        Write { member: "milestone_id", into: Destination::Hidden("milestone_id"), must_exist: Some(MILESTONES) },
        Write { member: "plan_id", into: Destination::Field("plan_id"), must_exist: Some(PLANS) },
        Write { member: "cases", into: Destination::Field("cases"), must_exist: Some(CASES) },
        field("start_time"),
        field("end_time"),
        field("configurations"),
        write("tags", Destination::Tags),
        write("custom_field", Destination::CustomFields),
    ],
    reference_only: &["user_id"],
    today: || {
        json!({
            "milestone": null, "custom_fields": [], "tags": [], "plan_id": null, "configurations": [], "elapsed_time": 0
        })
    },
    ..resource_of(RUNS, "Test run", Key::Number, || {
        json!({
            "title": "", "description": null, "status": 0, "start_time": null, "end_time": null, "public": false,
            "stats": { "deleted": 0 }, "time_spent": 0, "user_id": 1, "environment": null, "cases": []
        })
    })
};

pub(super) static RESULT: Resource = Resource {
    times: Times::At("end_time"),
    filters: &[
        filter("filter[status]", "status", Test::Equals),
        filter("filter[member]", "member_id", Test::Equals),
        filter("filter[run]", "run_id", Test::Equals),
        filter("filter[case_id]", "case_id", Test::Equals),
        filter("filter[from_end_time]", "end_time", Test::After),
        filter("filter[to_end_time]", "end_time", Test::Before),
        filter("status", "status", Test::Equals),
        filter("member", "member_id", Test::OneOf),
        filter("run", "run_id", Test::OneOf),
        filter("case_id", "case_id", Test::OneOf),
        filter("api", "is_api_result", Test::Equals),
        filter("from_end_time", "end_time", Test::After),
        filter("to_end_time", "end_time", Test::Before),
    ],
    writes: &[
        field("case_id"),
        Write { member: "status", into: Destination::Outcome, must_exist: None },
        Write { member: "time", into: Destination::Field("time_spent"), must_exist: None },
        Write { member: "member_id", into: Destination::Hidden("member_id"), must_exist: Some(USERS) },
        write("author_id", Destination::Hidden("author_id")),
        write("time_ms", Destination::Field("time_spent_ms")),
        field("stacktrace"),
        write("attachments", Destination::Files),
        field("comment"),
        Write { member: "steps", into: Destination::Steps, must_exist: None },
    ],
    reference_only: &["time_spent"],
    today: || json!({ "stacktrace": null, "attachments": [] }),
    ..resource_of(RESULTS, "Test run result", Key::Hash, || {
        json!({
            "comment": null, "run_id": 1, "case_id": 1, "steps": null, "status": "Passed", "is_api_result": true,
            "time_spent": 0, "end_time": null
        })
    })
};

pub(super) static DEFECT: Resource = Resource {
    filters: &[filter("filter[status]", "status", Test::Equals), filter("status", "status", Test::Equals)],
    writes: &[
        field("title"),
        field("actual_result"),
        field("status"),
        write("severity", Destination::Word("severity", SEVERITY_WORDS)),
        Write { member: "milestone_id", into: Destination::Field("milestone_id"), must_exist: Some(MILESTONES) },
        write("attachments", Destination::Files),
        write("tags", Destination::Tags),
        write("custom_field", Destination::CustomFields),
    ],
    reference_only: &["user_id"],
    today: || {
        json!({
            "member_id": 1, "author_id": 1, "severity": "normal", "milestone_id": null, "custom_fields": [], "resolved_at": null,
            "external_data": "", "runs": [], "results": [], "tags": []
        })
    },
    ..resource_of(
        DEFECTS,
        "Defect",
        Key::Number,
        || json!({ "title": "", "actual_result": "", "status": "open", "user_id": 1, "attachments": [] }),
    )
};

pub(super) static CUSTOM_FIELD: Resource = Resource {
    scope: Scope::Account,
    filters: &[filter("entity", "entity", Test::Equals), filter("type", "type", Test::Equals)],
    writes: &[
        field("title"),
        write("entity", Destination::Word("entity", FIELD_ENTITY)),
        write("type", Destination::Word("type", FIELD_TYPE)),
        field("value"),
        field("placeholder"),
        field("default_value"),
        field("is_filterable"),
        field("is_visible"),
        field("is_required"),
        field("is_enabled_for_all_projects"),
        field("projects_codes"),
    ],
    today: || json!({ "entity": "case", "is_enabled_for_all_projects": true, "projects_codes": [] }),
    ..resource_of(CUSTOM_FIELDS, "Custom field", Key::Number, || {
        json!({
            "title": "", "type": "Text", "placeholder": "", "default_value": null, "value": null,
            "is_required": false, "is_visible": false, "is_filterable": false
        })
    })
};

/// Custom fields at the paths of the reference, which name a project.
pub(super) static PROJECT_CUSTOM_FIELD: Resource = Resource { scope: Scope::AccountByProject, ..CUSTOM_FIELD };

pub(super) static ATTACHMENT: Resource = Resource {
    scope: Scope::Account,
    times: Times::None,
    ..resource_of(
        ATTACHMENTS,
        "Attachment",
        Key::Hash,
        || json!({ "file": "file.txt", "mime": "text/plain", "size": 0, "full_path": "https://storage.cdn.example/file.txt" }),
    )
};

pub(super) static USER: Resource = Resource {
    scope: Scope::Account,
    times: Times::None,
    ..resource_of(USERS, "User", Key::Number, || json!({ "name": "", "email": "", "title": "", "status": 1 }))
};
