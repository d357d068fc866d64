//! Qase: what its one-page reference says the server does, and what today's service does beside that.
//!
//! `operations` lists the operations and `table` what each resource looks like; the other modules act on them. What the
//! sources leave open, the mock decides:
//!
//! - Breaches of the document are 400. What only the data tells is 400 where the reference has it and in bulk requests, 422
//!   otherwise; `errorFields` names dotted paths. Version 2 answers 422 with `message` and `errors`.
//! - Outcomes of version 1 are words in lower case, known ones or the workspace's own; version 2 takes known ones only.
//! - Results to a run that is complete, and completing it again, are 422.
//! - A result that names its case by title makes the case, and its suites, if they are not there, and adds it to the run.
//! - A bulk request is taken as a whole or not at all; reviews are made one by one.
//! - Small plans have no reviews, and link no cases to issues: 402.

mod absorb;
mod actions;
mod attachments;
mod cases;
mod effects;
mod fields;
mod issues;
mod operations;
mod projects;
mod results;
mod reviews;
mod runs;
mod samples;
mod search;
mod settings;
mod shape;
mod table;
mod taken;
mod target;
mod views;
mod wire;

pub use settings::{Edition, Plan, Settings};
pub use table::{
    ATTACHMENTS, AUTHORS, CASES, CONFIGURATION_GROUPS, CUSTOM_FIELDS, DEFECTS, ENVIRONMENTS, MILESTONES, PLANS, PROJECTS, RESULTS, REVIEWS,
    RUNS, SHARED_PARAMETERS, SHARED_STEPS, SUITES, USERS,
};

use crate::answer::Answer;
use crate::behaviour::{Behaviour, PathHomonym, SeedError};
use crate::call::Call;
use crate::judge::{Leniency, Problem};
use crate::limit::{Allowance, RateLimit};
use crate::mock::{Builder, Mock};
use crate::store::{Collection, Store};
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::Value;
use std::path::Path;
use wire::Version;

/// Qase's habits.
#[derive(Clone, Debug, Default)]
pub struct Qase(Settings);

/// A mock of Qase, by this repository's own document.
#[must_use]
pub fn mock() -> Builder {
    with(Settings::default())
}

/// The same, with other settings.
#[must_use]
pub fn with(settings: Settings) -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qase");
    Mock::builder(folder, Qase(settings))
}

/// A mock of Qase as the vendor's published clients know it: the shapes of today, and what they send besides.
#[must_use]
pub fn for_clients() -> Builder {
    with(Settings { edition: Edition::Today, ..Settings::default() }).leniency(Leniency::Clients).rate_limit(None)
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
        actions::perform(call, store, now, &self.0).unwrap_or_else(|failure| failure.answer(Version::of(call.signature())))
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        samples::insert(store, collection, scope, fields, now)
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        wire::refuse(Version::One, status, problems)
    }

    fn refuse_at(&self, signature: &str, status: StatusCode, problems: &[Problem]) -> Answer {
        wire::refuse(Version::of(signature), status, problems)
    }

    fn status(&self, problem: &Problem) -> StatusCode {
        wire::status(problem)
    }

    fn path_homonyms(&self) -> &'static [PathHomonym] {
        const fn homonym(method: Method, from: &'static str, to: &'static str) -> PathHomonym {
            PathHomonym { method, from, to }
        }
        // The reference's own curl lines.
        static HOMONYMS: [PathHomonym; 5] = [
            homonym(Method::GET, "/shared_steps/{code}", "/shared_step/{code}"),
            homonym(Method::POST, "/shared_steps/{code}", "/shared_step/{code}"),
            homonym(Method::GET, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
            homonym(Method::PATCH, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
            homonym(Method::DELETE, "/shared_steps/{code}/{id}", "/shared_step/{code}/{id}"),
        ];
        &HOMONYMS
    }

    /// Three spellings are in use: `filters[x]`, `filter[x]`, `x`.
    fn query_homonyms(&self, key: &str) -> Vec<String> {
        let inner = |prefix: &str| key.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(']'));
        let bare = inner("filters[").or_else(|| inner("filter[")).unwrap_or(key);
        vec![format!("filters[{bare}]"), format!("filter[{bare}]"), bare.to_owned()]
    }

    fn limit_headers(&self, allowance: &Allowance) -> Vec<(&'static str, u64)> {
        let at = allowance.reset_at;
        let whole = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
        vec![
            ("x-ratelimit-limit", allowance.limit.requests as u64),
            ("x-ratelimit-remaining", allowance.remaining as u64),
            ("x-ratelimit-reset", u64::try_from(whole).unwrap_or_default()),
        ]
    }

    fn rate_limit(&self) -> Option<RateLimit> {
        Some(self.0.rate_limit())
    }
}

#[cfg(test)]
mod tests {
    use super::operations;
    use crate::spec::{Offsets, Spec};
    use std::collections::BTreeSet;

    /// An operation of the table that the document does not have is a misspelling.
    #[test]
    fn every_operation_of_the_table_is_in_the_document_once() {
        let spec = Spec::load(super::mock().folder(), Offsets::Colon).expect("the document");
        let documented: BTreeSet<&str> = spec.operations().iter().map(crate::spec::Operation::signature).collect();
        let mut seen = BTreeSet::new();
        for action in operations::all() {
            assert!(documented.contains(action.signature), "{} is not in the document", action.signature);
            assert!(seen.insert(action.signature), "{} is there twice", action.signature);
        }
    }
}
