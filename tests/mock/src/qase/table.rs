//! The resources of the reference: their fields, filters and writable members.

use super::shape::{Codes, Destination, Key, Resource, Scope, Single, Times, Write};
use crate::store::{Collection, Filter, Test};
use serde_json::{Value, json};

/// Projects.
pub const PROJECTS: Collection = Collection::new("projects");
/// Test cases. They cannot be created over the API: seed them.
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
/// Defects. Only results create them over the API.
pub const DEFECTS: Collection = Collection::new("defects");
/// Custom fields: seeded only.
pub const CUSTOM_FIELDS: Collection = Collection::new("custom fields");
/// Attachments of the account: seeded only.
pub const ATTACHMENTS: Collection = Collection::new("attachments");
/// Team members: seeded only.
pub const USERS: Collection = Collection::new("users");

// The reference prints no table of words and numbers: these are the mock's workspace.
const SEVERITY: Codes =
    &[("undefined", 0), ("blocker", 1), ("blocked", 1), ("critical", 2), ("major", 3), ("normal", 4), ("minor", 5), ("trivial", 6)];
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
const RUN_STATUS: Codes = &[("active", 0), ("complete", 1), ("abort", 2)];

const fn field(name: &'static str) -> Write {
    Write { member: name, into: Destination::Field(name), must_exist: None }
}

const fn filter(parameter: &'static str, field: &'static str, test: Test) -> Filter {
    Filter { parameter, field, test }
}

const SEARCH: Filter = filter("filters[search]", "title", Test::Contains);

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
    ],
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
    filters: &[SEARCH],
    writes: &[
        field("title"),
        field("description"),
        field("preconditions"),
        Write { member: "parent_id", into: Destination::Field("parent_id"), must_exist: Some(SUITES) },
    ],
    ..resource_of(
        SUITES,
        "Suite",
        Key::Number,
        || json!({ "title": "", "description": null, "preconditions": null, "position": 1, "parent_id": null }),
    )
};

pub(super) static MILESTONE: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[SEARCH],
    writes: &[field("title"), field("description")],
    // The printed single read is that of a suite; clients must stand it.
    single_only: &["preconditions", "position", "parent_id"],
    list_only: &["due_date"],
    ..resource_of(MILESTONES, "Milestone", Key::Number, || {
        json!({
            "title": "", "description": null, "due_date": null,
            "preconditions": null, "position": 1, "parent_id": null
        })
    })
};

pub(super) static SHARED_STEP: Resource = Resource {
    single: Single::ArrayOfOne,
    filters: &[SEARCH],
    writes: &[field("title"), field("action"), field("expected_result")],
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
    filters: &[filter("filter[status]", "status", Test::OneOfNumbered(RUN_STATUS))],
    writes: &[
        field("title"),
        field("description"),
        Write { member: "environment_id", into: Destination::Field("environment"), must_exist: None },
        Write { member: "cases", into: Destination::Field("cases"), must_exist: Some(CASES) },
    ],
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
    ],
    writes: &[
        field("case_id"),
        Write { member: "status", into: Destination::Outcome, must_exist: None },
        Write { member: "time", into: Destination::Field("time_spent"), must_exist: None },
        Write { member: "member_id", into: Destination::Hidden("member_id"), must_exist: Some(USERS) },
        field("comment"),
        Write { member: "steps", into: Destination::Steps, must_exist: None },
    ],
    ..resource_of(RESULTS, "Test run result", Key::Hash, || {
        json!({
            "comment": null, "run_id": 1, "case_id": 1, "steps": null, "status": "Passed", "is_api_result": true,
            "time_spent": 0, "end_time": null
        })
    })
};

pub(super) static DEFECT: Resource = Resource {
    filters: &[filter("filter[status]", "status", Test::Equals)],
    ..resource_of(
        DEFECTS,
        "Defect",
        Key::Number,
        || json!({ "title": "", "actual_result": "", "status": "open", "user_id": 1, "attachments": [] }),
    )
};

pub(super) static CUSTOM_FIELD: Resource = resource_of(CUSTOM_FIELDS, "Custom field", Key::Number, || {
    json!({
        "title": "", "type": "Text", "placeholder": "", "default_value": null, "value": null,
        "is_required": false, "is_visible": false, "is_filterable": false
    })
});

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
