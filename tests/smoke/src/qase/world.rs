//! A mock server with one of everything.

use super::Setup;
use crate::lease::Lease;
use serde_json::{Value as Json, json};
use tms_mock::{Collection, Mock, qase as records};

/// The project that holds what a [`World`] seeds.
pub const PROJECT: &str = "SMOKE";

/// A running mock server and the keys of what was put into it.
#[derive(Debug)]
pub struct World {
    /// The server.
    pub mock: Lease,
    /// A test case.
    pub case: i64,
    /// A suite.
    pub suite: i64,
    /// A milestone.
    pub milestone: i64,
    /// The hash of a shared step.
    pub shared_step: String,
    /// A test plan.
    pub plan: i64,
    /// A test run of the case.
    pub run: i64,
    /// The hash of a result of that run.
    pub result: String,
    /// An open defect.
    pub defect: i64,
    /// A custom field of cases, with options.
    pub custom_field: i64,
    /// The hash of an attachment of the account.
    pub attachment: String,
    /// A team member.
    pub user: i64,
    /// The UUID of an author.
    pub author: String,
    /// An environment.
    pub environment: i64,
    /// A group of configurations.
    pub configuration_group: i64,
    /// The id of a shared parameter.
    pub shared_parameter: String,
    /// An open review of a new case.
    pub review: i64,
}

impl World {
    /// A server with fresh data.
    ///
    /// # Panics
    /// When the server does not start or does not take what it is given.
    #[must_use]
    pub fn start() -> Self {
        let mock = Lease::qase();
        put(&mock, records::PROJECTS, "", json!({ "code": PROJECT, "title": "Smoke" }));
        let of_project = |collection, fields| put(&mock, collection, PROJECT, fields);
        let number = |key: String| key.parse::<i64>().unwrap_or_else(|_| panic!("`{key}` is no number"));
        let case = number(of_project(
            records::CASES,
            json!({ "title": "Login", "severity": "major", "tags": [{ "title": "web", "internal_id": 1 }] }),
        ));
        let run = number(of_project(records::RUNS, json!({ "title": "Nightly", "cases": [case] })));
        let result = json!({ "run_id": run, "case_id": case, "status": "Passed", "end_time": "2024-05-06 07:08:09" });
        Self {
            case,
            suite: number(of_project(records::SUITES, json!({ "title": "Accounts" }))),
            milestone: number(of_project(records::MILESTONES, json!({ "title": "Release 1.0" }))),
            shared_step: of_project(records::SHARED_STEPS, json!({ "title": "Sign in", "action": "Open the page" })),
            plan: number(of_project(records::PLANS, json!({ "title": "Regression" }))),
            run,
            result: of_project(records::RESULTS, result),
            defect: number(of_project(records::DEFECTS, json!({ "title": "Dangerous", "status": "open" }))),
            custom_field: number(put(&mock, records::CUSTOM_FIELDS, "", browser())),
            attachment: put(&mock, records::ATTACHMENTS, "", json!({ "file": "screen.png", "mime": "image/png" })),
            user: number(put(&mock, records::USERS, "", json!({ "name": "Jane Roe" }))),
            author: author(&mock),
            environment: number(of_project(records::ENVIRONMENTS, json!({ "title": "Staging", "slug": "staging" }))),
            configuration_group: number(of_project(records::CONFIGURATION_GROUPS, json!({ "title": "Browser" }))),
            shared_parameter: put(&mock, records::SHARED_PARAMETERS, "", json!({ "title": "Browser" })),
            review: number(of_project(records::REVIEWS, json!({ "title": "Sign in", "proposed_case": { "title": "Sign in" } }))),
            mock,
        }
    }
}

impl World {
    /// A client that may do everything.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup::of(&self.mock)
    }
}

/// A field to choose a browser in.
fn browser() -> Json {
    let options = json!([{ "id": 1, "title": "Chrome" }, { "id": 2, "title": "Firefox" }]);
    json!({ "title": "Browser", "entity": "case", "type": "selectbox", "value": options })
}

fn author(mock: &Mock) -> String {
    let uuid = "0b0e9c9f-3f9b-4d3c-8a58-2f5a5c8f7e11";
    put(mock, records::AUTHORS, "", json!({ "uuid": uuid, "name": "Jane Roe" }));
    uuid.to_owned()
}

fn put(mock: &Mock, collection: Collection, scope: &str, fields: Json) -> String {
    mock.seed(collection, scope, fields).unwrap_or_else(|error| panic!("the mock server does not take a seed: {error}"))
}
