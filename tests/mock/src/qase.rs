//! Qase API v1: what its one-page reference says the server does.
//!
//! `operations` lists the 45 documented operations and `table` what each resource looks like; the other modules act on them.

mod actions;
mod effects;
mod operations;
mod samples;
mod shape;
mod table;
mod views;

pub use table::{ATTACHMENTS, CASES, CUSTOM_FIELDS, DEFECTS, MILESTONES, PLANS, PROJECTS, RESULTS, RUNS, SHARED_STEPS, SUITES, USERS};

use crate::answer::Answer;
use crate::behaviour::{Behaviour, PathHomonym, SeedError};
use crate::call::Call;
use crate::judge::{Problem, Reason};
use crate::limit::RateLimit;
use crate::mock::{Builder, Mock};
use crate::store::{Collection, Store};
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Qase's habits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Qase;

/// A mock of Qase, by this repository's own document.
#[must_use]
pub fn mock() -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qase");
    Mock::builder(folder, Qase)
}

impl Behaviour for Qase {
    fn name(&self) -> &'static str {
        "qase"
    }

    fn seed(&self, store: &mut Store) {
        samples::fill(store);
    }

    fn knows(&self, signature: &str) -> bool {
        operations::action(signature).is_some()
    }

    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer {
        let done = match operations::action(call.signature()) {
            Some(action) => actions::perform(action, call, store, now),
            None => Err(actions::Failure::not_found("Endpoint")),
        };
        done.map_or_else(actions::Failure::answer, |value| Answer::json(StatusCode::OK, value))
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        samples::insert(store, collection, scope, fields, now)
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        let message = problems.first().map_or("error", |problem| problem.message.as_str());
        let fields = problems.iter().filter(|p| !p.field().is_empty());
        let fields: Vec<Value> = fields.map(|p| json!({ "field": p.field(), "error": p.message })).collect();
        Answer::json(status, json!({ "status": false, "errorMessage": message, "errorFields": fields }))
    }

    /// The reference lists no 415; a request that is not valid is 400.
    fn status(&self, problem: &Problem) -> StatusCode {
        match problem.reason {
            Reason::BadContentType => StatusCode::BAD_REQUEST,
            reason => reason.status(),
        }
    }

    fn path_homonyms(&self) -> &'static [PathHomonym] {
        const fn homonym(method: Method, from: &'static str, to: &'static str) -> PathHomonym {
            PathHomonym { method, from, to }
        }
        // The reference's own curl lines, and what the service does today.
        static HOMONYMS: [PathHomonym; 7] = [
            homonym(Method::GET, "/project", "/projects"),
            homonym(Method::GET, "/shared_steps/{code}", "/shared_step/{code}"),
            homonym(Method::POST, "/shared_steps/{code}", "/shared_step/{code}"),
            homonym(Method::GET, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
            homonym(Method::PATCH, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
            homonym(Method::DELETE, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
            homonym(Method::DELETE, "/result/{code}/{run_id}/{hash}", "/result/{code}/{hash}"),
        ];
        &HOMONYMS
    }

    /// Three spellings are in use: `filters[x]`, `filter[x]`, `x`.
    fn query_homonyms(&self, key: &str) -> Vec<String> {
        let inner = |prefix: &str| key.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(']'));
        let bare = inner("filters[").or_else(|| inner("filter[")).unwrap_or(key);
        vec![format!("filters[{bare}]"), format!("filter[{bare}]"), bare.to_owned()]
    }

    fn rate_limit(&self) -> Option<RateLimit> {
        let minute = Duration::from_secs(60);
        Some(RateLimit { requests: 200, window: minute, lock: minute })
    }
}
