//! QAComplete's REST API, v1 and v2.
//!
//! `operations` lists the 104 documented operations, `kinds`, `entities` and `library` what each entity looks like; the other
//! modules act on them. The seed data are those of the documented samples: their requests can be sent as they are printed. What
//! the documentation leaves open, the mock decides:
//!
//! - An unknown project is refused like one without access, with 403; an unknown department is 404.
//! - `limit=0` is answered without `results`.
//! - A PATCH with a list (custom fields, steps) replaces that list. A PUT resets what the bodies of this kind can write, and
//!   drops members that the document does not know unless they are sent back.
//! - Dates come back as they were sent; what is no date at all is refused.
//! - Single reads of test set items and notes have `active` and `fk_id`, as their pages print them; lists have `is_active` and
//!   `entity_id`, as public code reads them.
//! - A list of test set items that was appended to or replaced is answered with its page, one that was changed with the bare list.
//! - A run may be started while another one of the same set is not finished, `ForceNewRunCreation` or not.
//! - The password of every user is the one the mock was told to take.
//! - No documented operation downloads what was uploaded: the mock's second address does, and `file_log` and `file_report` lead
//!   there.
//!
//! Filters have notes of their own, see `filter`.

mod act;
mod automations;
mod cascade;
mod entities;
mod fields;
mod filter;
mod folders;
mod items;
mod kinds;
mod library;
mod operations;
mod own;
mod people;
mod related;
mod rights;
mod runs;
mod samples;
mod verbs;
mod view;
pub(crate) mod wire;
mod write;

pub(crate) use filter::time;
pub(crate) use kinds::TEST_HOSTS;
pub use kinds::{
    ATTACHMENTS, AUTOMATION_ATTACHMENTS, AUTOMATIONS, DEFECTS, DEPARTMENTS, FOLDERS, LINKED_ITEMS, NOTES, PRIVILEGES, PROJECTS, RELEASES,
    REQUIREMENTS, SECURITY_GROUPS, TEST_RUN_ITEMS, TEST_RUNS, TEST_SET_ITEMS, TEST_SETS, TESTS, USER_GROUPS, USERS,
};
pub(crate) use rights::{Right, departments, is_active, may_somewhere, user};
pub(crate) use samples::furnish;

use crate::answer::Answer;
use crate::behaviour::{Behaviour, PathHomonym, SeedError};
use crate::call::Call;
use crate::judge::Problem;
use crate::mock::{Builder, Mock};
use crate::spec::Letters;
use crate::store::{Collection, Store};
use http::{Method, StatusCode};
use jiff::Timestamp;
use kinds::AREAS;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The department of the samples.
pub const DEPT_ID: i64 = 8162;
/// Another department, of a project that only [`TWO`] is in.
pub const OTHER_DEPT_ID: i64 = 8163;
/// The project of most samples.
pub const PROJECT_ID: i64 = 11873;
/// An administrator, who may do everything.
pub const JOHN: &str = "john@example.com";
/// The number of [`JOHN`].
pub const JOHN_ID: i64 = 24661;
/// A user who may read in [`PROJECT_ID`], and nothing else.
pub const READER: &str = "reader@example.com";
/// A user who may read, add and update in [`PROJECT_ID`], but not delete.
pub const WRITER: &str = "writer@example.com";
/// A user who is in no project.
pub const OUTSIDER: &str = "outsider@example.com";
/// A user who is in two departments.
pub const TWO: &str = "two@example.com";
/// A user who was disabled, and is not let in.
pub const GONE: &str = "gone@example.com";

/// The password of every user unless told otherwise, as the samples have it. Not a secret: it opens nothing.
pub(crate) const PASSWORD: &str = "p@ssword";

/// The habits of QAComplete's REST API.
#[derive(Clone, Debug)]
pub struct QaComplete {
    /// Whether there is anything in the projects of a fresh server.
    samples: bool,
    /// URL of the second address.
    elsewhere: String,
}

/// A mock of QAComplete's REST API, by this repository's own document.
#[must_use]
pub fn mock() -> Builder {
    builder(true)
}

/// The same without anything in its projects: departments, groups, users and projects are all it has.
#[must_use]
pub fn bare() -> Builder {
    builder(false)
}

fn builder(samples: bool) -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qacomplete");
    Mock::builder(folder, QaComplete { samples, elsewhere: String::new() }).token(PASSWORD)
}

impl Behaviour for QaComplete {
    fn name(&self) -> &'static str {
        "qacomplete"
    }

    fn seed(&self, store: &mut Store) {
        samples::furnish(store);
        if self.samples {
            samples::fill(store);
        }
    }

    fn knows(&self, signature: &str) -> bool {
        operations::action(signature).is_some()
    }

    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer {
        wire::answer(act::perform(call, store, now, &self.elsewhere))
    }

    fn admits(&self, _scheme: &str, login: &str, password: &str, token: &str, store: &Store) -> bool {
        password == token && rights::user(store, login).is_some_and(rights::is_active)
    }

    fn own_members(&self, call: &Call, store: &Store) -> BTreeSet<String> {
        act::own_members(call, store)
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        samples::insert(store, collection, scope, fields, &wire::moment(now))
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        wire::refuse(status, problems)
    }

    fn status(&self, problem: &Problem) -> StatusCode {
        wire::status(problem)
    }

    fn letters(&self) -> Letters {
        Letters::AnyCase
    }

    fn variables(&self, token: &str) -> Vec<(String, String)> {
        vec![("QACOMPLETE_LOGIN".to_owned(), JOHN.to_owned()), ("QACOMPLETE_PASSWORD".to_owned(), token.to_owned())]
    }

    fn goes_elsewhere(&self) -> bool {
        true
    }

    fn settle(&mut self, elsewhere: &str) {
        elsewhere.clone_into(&mut self.elsewhere);
    }

    /// Public code calls these under v1.
    fn path_homonyms(&self) -> &'static [PathHomonym] {
        const fn homonym(method: Method, from: &'static str, to: &'static str) -> PathHomonym {
            PathHomonym { method, from, to }
        }
        static HOMONYMS: [PathHomonym; 6] = [
            homonym(Method::GET, "/v1/projects/{ProjectId}/tests", "/v2/projects/{ProjectId}/tests"),
            homonym(Method::POST, "/v1/projects/{ProjectId}/tests", "/v2/projects/{ProjectId}/tests"),
            homonym(Method::GET, "/v1/projects/{ProjectId}/tests/{Id}", "/v2/projects/{ProjectId}/tests/{Id}"),
            homonym(Method::PUT, "/v1/projects/{ProjectId}/tests/{Id}", "/v2/projects/{ProjectId}/tests/{Id}"),
            homonym(Method::GET, "/v1/projects/{ProjectId}/testsets", "/v2/projects/{ProjectId}/testsets"),
            homonym(Method::PATCH, "/v1/projects/{ProjectId}/testsets/{Id}", "/v2/projects/{ProjectId}/testsets/{Id}"),
        ];
        &HOMONYMS
    }
}
