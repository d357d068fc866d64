//! The resources that only today's service has.

use super::{SEARCH_TODAY, field, filter, resource_of};
use crate::qase::shape::{Destination, Key, Resource, Scope, Times, Write};
use crate::qase::{fields, reviews};
use crate::store::{Collection, Test};
use serde_json::json;

/// Environments.
pub const ENVIRONMENTS: Collection = Collection::new("environments");
/// Groups of configurations, with these in them.
pub const CONFIGURATION_GROUPS: Collection = Collection::new("groups of configurations");
/// Shared parameters of the account.
pub const SHARED_PARAMETERS: Collection = Collection::new("shared parameters");
/// Authors of the account: seeded only.
pub const AUTHORS: Collection = Collection::new("authors");
/// Reviews of test cases.
pub const REVIEWS: Collection = Collection::new("reviews");

pub(in crate::qase) static ENVIRONMENT: Resource = Resource {
    times: Times::None,
    filters: &[SEARCH_TODAY, filter("slug", "slug", Test::Equals)],
    writes: &[field("title"), field("description"), field("slug"), field("host")],
    ..resource_of(ENVIRONMENTS, "Environment", Key::Number, || json!({ "title": "", "description": null, "slug": "", "host": null }))
};

pub(in crate::qase) static CONFIGURATION_GROUP: Resource = Resource {
    times: Times::None,
    writes: &[field("title")],
    ..resource_of(CONFIGURATION_GROUPS, "Configuration group", Key::Number, || json!({ "title": "", "configurations": [] }))
};

pub(in crate::qase) static SHARED_PARAMETER: Resource = Resource {
    scope: Scope::Account,
    times: Times::None,
    filters: &[
        filter("filters[search]", "title", Test::Contains),
        filter("filters[type]", "type", Test::Equals),
        filter("filters[project_codes][]", "project_codes", Test::By(fields::is_in_project)),
    ],
    writes: &[field("title"), field("type"), field("project_codes"), field("is_enabled_for_all_projects"), field("parameters")],
    ..resource_of(
        SHARED_PARAMETERS,
        "Shared parameter",
        Key::Uuid,
        || json!({ "title": "", "type": "single", "project_codes": [], "is_enabled_for_all_projects": true, "parameters": [] }),
    )
};

pub(in crate::qase) static AUTHOR: Resource = Resource {
    scope: Scope::Account,
    times: Times::None,
    filters: &[filter("search", "name", Test::Contains), filter("type", "entity_type", Test::Equals)],
    ..resource_of(
        AUTHORS,
        "Author",
        Key::NumberOrUuid,
        || json!({ "uuid": "00000000-0000-4000-8000-000000000000", "entity_type": "user", "name": "", "email": "", "is_active": true }),
    )
};

pub(in crate::qase) static REVIEW: Resource = Resource {
    times: Times::CreatedUpdatedAt,
    filters: &[
        SEARCH_TODAY,
        filter("status", "status", Test::Equals),
        filter("type", "type", Test::Equals),
        filter("case_id", "case_id", Test::Equals),
        filter("author_uuid", "author_uuid", Test::Equals),
        filter("reviewer_uuid", "reviewers", Test::By(reviews::is_reviewed_by)),
    ],
    writes: &[
        Write { member: "case_id", into: Destination::Field("case_id"), must_exist: Some(super::CASES) },
        Write { member: "reviewers", into: Destination::Reviewers, must_exist: None },
        Write { member: "proposed_case", into: Destination::Proposal, must_exist: None },
    ],
    single_only: &["proposed_case"],
    ..resource_of(
        REVIEWS,
        "Review",
        Key::Number,
        || json!({ "title": "", "type": "create", "status": "open", "case_id": null, "author_uuid": null, "reviewers": [] }),
    )
};
