//! qTest Manager.
//!
//! `operations` lists the operations that the mock acts on, each next to what it does: those of `attachments`, `comments`
//! and so on. All others (Jira settings, LDAP, agents, templates, profiles) are judged, and answered with the examples of
//! the document. What the sources leave open, the mock decides:
//!
//! - Moments are shown with seconds and `+00:00`.
//! - Numbers of fields, and of their allowed values, are the same in all projects; fields that nobody gave a value show
//!   their default, those without one are left out. A value of a field that the project does not have is refused.
//! - Every change of a test case, or of a step, makes a new minor version, an approval the next major one.
//! - A list of runs of a requirement is a page, one of defects is a bare list; of a version's steps (v4), a page.
//! - A wrong password, and a token that cannot be renewed, are 400 with `message`.
//! - Missing members are 412, and wrong media types 405, as the vendor's list has it.
//! - A job waits, is in progress when it is asked for the first time, and done the second time; only then its results are
//!   there.
//! - Files may be larger than the vendor's 50 MB.
//! - The limit of calls is 10000 in a minute; no source tells the number.

mod act;
mod attachments;
mod automation;
mod cascade;
mod comments;
mod containers;
mod cycles;
mod fields;
mod jobs;
mod kinds;
mod links;
mod logs;
mod modules;
mod oauth;
mod operations;
mod people;
mod projects;
mod query;
mod runs;
mod samples;
mod search;
mod steps;
mod suites;
mod test_cases;
mod verbs;
mod webhooks;
mod wire;

pub use kinds::{
    ATTACHMENTS, BUILDS, COMMENTS, DEFECTS, FIELDS, GROUPS, HISTORY, JOBS, LINKS, MODULES, PROJECTS, RELEASES, REQUIREMENTS, TEST_CASES,
    TEST_CYCLES, TEST_LOGS, TEST_RUNS, TEST_SUITES, USERS, VERSIONS, WEBHOOKS,
};

use crate::answer::Answer;
use crate::behaviour::{Behaviour, SeedError};
use crate::call::Call;
use crate::judge::Problem;
use crate::limit::{Allowance, RateLimit};
use crate::mock::{Builder, Mock};
use crate::spec::Offsets;
use crate::store::{Collection, Store};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The project that was worked in.
pub const PROJECT_ID: i64 = 1;
/// The user whom the fixed token stands for.
pub const USERNAME: &str = "ann@example.com";
/// The password of every user. Not a secret: it opens nothing.
pub const PASSWORD: &str = "mock-password";

/// What can be set of the mock.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How long a token lets in.
    token_life: Duration,
}

/// The habits of qTest Manager.
#[derive(Clone, Debug)]
pub struct QtestManager(Settings);

/// A mock of qTest Manager, by this repository's own document. Tokens let in for an hour.
#[must_use]
pub fn mock() -> Builder {
    with_token_life(Duration::from_secs(3599))
}

/// The same with tokens that let in for so long.
#[must_use]
pub fn with_token_life(token_life: Duration) -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qtest-manager");
    Mock::builder(folder, QtestManager(Settings { token_life }))
}

/// Ends every token that was given out; they can be renewed.
pub fn expire_tokens(mock: &Mock) {
    mock.change(oauth::expire);
}

/// From now on no token can be renewed that was given out so far.
pub fn refuse_refresh(mock: &Mock) {
    mock.change(oauth::revoke);
}

/// The next job fails, for this reason. May be told several times, for as many jobs.
pub fn fail_next_job(mock: &Mock, why: &str) {
    mock.change(|store| jobs::order(store, json!({ "fails": why })));
}

/// The next job is done only when it was asked for so many times.
pub fn slow_next_job(mock: &Mock, polls: u64) {
    mock.change(|store| jobs::order(store, json!({ "left": polls })));
}

impl Behaviour for QtestManager {
    fn name(&self) -> &'static str {
        "qtest"
    }

    fn seed(&self, store: &mut Store) {
        samples::furnish(store);
        samples::fill(store);
    }

    fn knows(&self, signature: &str) -> bool {
        operations::action(signature).is_some()
    }

    fn shows_examples(&self) -> bool {
        true
    }

    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer {
        act::perform(call, store, now, &self.0).unwrap_or_else(wire::Failure::answer)
    }

    /// The name of a client may be any, its password is empty.
    fn admits(&self, _scheme: &str, login: &str, password: &str, _token: &str, _store: &Store) -> bool {
        !login.is_empty() && password.is_empty()
    }

    fn takes(&self, token: &str, fixed: &str, store: &Store, now: Timestamp) -> bool {
        token == fixed || oauth::takes(token, store, now)
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        samples::insert(store, collection, scope, fields, now)
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        wire::refuse(status, problems)
    }

    fn status(&self, problem: &Problem) -> StatusCode {
        wire::status(problem)
    }

    fn offsets(&self) -> Offsets {
        Offsets::Any
    }

    fn variables(&self, _token: &str) -> Vec<(String, String)> {
        vec![("QTEST_USERNAME".to_owned(), USERNAME.to_owned()), ("QTEST_PASSWORD".to_owned(), PASSWORD.to_owned())]
    }

    fn limit_headers(&self, allowance: &Allowance) -> Vec<(&'static str, u64)> {
        let (limit, remaining) = (allowance.limit.requests as u64, allowance.remaining as u64);
        vec![
            ("ratelimit-limit", limit),
            ("ratelimit-reset", allowance.reset),
            ("x-ratelimit-limit-minute", limit),
            ("x-ratelimit-remaining-minute", remaining),
        ]
    }

    fn rate_limit(&self) -> Option<RateLimit> {
        let minute = Duration::from_secs(60);
        Some(RateLimit { requests: 10_000, window: minute, lock: minute })
    }
}

#[cfg(test)]
mod tests {
    use super::operations;
    use crate::spec::{Offsets, Spec};
    use std::collections::BTreeSet;

    /// An operation of the table that the document does not have is a misspelling.
    #[test]
    fn every_operation_of_the_tables_is_in_the_document_once() {
        let spec = Spec::load(super::mock().folder(), Offsets::Any).expect("the document");
        let documented: BTreeSet<&str> = spec.operations().iter().map(crate::spec::Operation::signature).collect();
        let mut seen = BTreeSet::new();
        for action in operations::all() {
            assert!(documented.contains(action.signature), "{} is not in the document", action.signature);
            assert!(seen.insert(action.signature), "{} is there twice", action.signature);
        }
        assert_eq!(documented.len(), 190);
    }
}
