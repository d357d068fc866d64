//! QAComplete's SOAP service.
//!
//! The seed data are those of the documented samples: their requests can be sent as they are printed. What the documentation
//! leaves open, the mock decides:
//!
//! - The elements of a `Condition` are documented nowhere: every well-formed XML document is taken and matches everything.
//! - One class of the server is known by name, `psWS.AuthenticationException`. Refusals that are not about credentials name
//!   [`DATA_EXCEPTION`], which is the mock's own; requests that cannot be read get the framework's fault, without a description.
//! - The service reads elements in any order and passes over those it does not know; the mock refuses them, since both mean that
//!   something is lost. Types that the document marks as known in part take elements it does not name, and give them back.
//! - A title that comes back with numeric entities in its text (`&#60;`) may be sent back so: it means the same.
//! - A deleted folder leaves what was in it without a folder.

mod actions;
mod calls;
mod cascade;
mod criteria;
mod kinds;
mod login;
mod operations;
mod plans;
mod related;
mod runs;
mod samples;
mod view;

pub use kinds::{
    ATTACHMENTS, AUDITS, AUTOMATION_HOSTS, AUTOMATION_RUNS, AUTOMATION_SCHEDULES, AUTOMATION_TEST_ITEMS, BUGS, CONTACTS, CUSTOM_FIELDS,
    FOLDERS, FUNCTIONAL_SPECS, LINKS, LOOK_UPS, NOTES, PERF_LOGS, PLAN_TASKS, PLANS, PROJECTS, RELEASES, TASKS, TEST_CASES,
    TEST_CONFIGURATIONS, TEST_RUN_ITEMS, TEST_RUN_RESULTS, TEST_RUNS, TEST_SET_ITEMS, TEST_SETS, TEST_STEPS, TESTS, USERS,
};

use crate::behaviour::SeedError;
use crate::judge::{Problem, Reason};
use crate::mock::{Builder, Mock};
use crate::soap::{Call, Service, SoapFault, Types};
use crate::store::{Collection, Store};
use jiff::Timestamp;
use serde_json::Value;
use std::path::Path;

/// `AppCode` of the installation.
pub const APP_CODE: &str = "agSP";
/// The department of [`PROJ_ID`].
pub const DEPT_ID: i64 = 7154;
/// The project of most samples.
pub const PROJ_ID: i64 = 1032;
/// The user of most samples.
pub const USER_ID: i64 = 25315;
/// The e-mail of [`USER_ID`].
pub const EMAIL: &str = "john.doe@example.com";
/// Another project, of another department, as the samples of notes have it.
pub const OTHER_PROJ_ID: i64 = 11873;
/// The department of [`OTHER_PROJ_ID`].
pub const OTHER_DEPT_ID: i64 = 8162;
/// What refusals name as their origin where the documentation names none.
pub const DATA_EXCEPTION: &str = "psWS.DataException";

/// The class that finds fault with credentials.
const AUTHENTICATION_EXCEPTION: &str = "psWS.AuthenticationException";
/// The pass code of the samples, which is every user's password. Not a secret: it opens nothing.
const PASS_CODE: &str = "p@ssword";

/// The habits of QAComplete's SOAP service.
#[derive(Clone, Copy, Debug)]
pub struct QaComplete {
    /// Whether a fresh server has objects in its projects.
    samples: bool,
}

/// A mock of QAComplete's SOAP service, by this repository's own document.
#[must_use]
pub fn mock() -> Builder {
    builder(QaComplete { samples: true })
}

/// The same without objects in its projects: users, projects and the statuses of defects are all it has.
#[must_use]
pub fn bare() -> Builder {
    builder(QaComplete { samples: false })
}

fn builder(service: QaComplete) -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qacomplete-soap");
    Mock::soap_builder(folder, service, PASS_CODE)
}

/// A refusal that is about the data.
fn refusal(message: impl Into<String>) -> SoapFault {
    SoapFault::client("Error").described(DATA_EXCEPTION, message)
}

fn not_authentic(message: &str) -> SoapFault {
    SoapFault::client("Error").described(AUTHENTICATION_EXCEPTION, format!("Authentication data is not valid. {message}"))
}

impl Service for QaComplete {
    fn name(&self) -> &'static str {
        "qacomplete-soap"
    }

    fn seed(&self, store: &mut Store) {
        samples::furnish(store);
        if self.samples {
            samples::fill(store);
        }
    }

    fn knows(&self, operation: &str) -> bool {
        operations::action(operation).is_some()
    }

    fn credentials(&self) -> Option<&'static str> {
        Some("AuthenticationData")
    }

    fn admit(&self, operation: &str, credentials: &Value, token: &str, store: &Store) -> Result<(), (String, String)> {
        login::admit(operation, credentials, token, store)
    }

    fn variables(&self, token: &str) -> Vec<(&'static str, String)> {
        vec![
            ("APP_CODE", APP_CODE.to_owned()),
            ("DEPT_ID", DEPT_ID.to_string()),
            ("PROJ_ID", PROJ_ID.to_string()),
            ("USER_ID", USER_ID.to_string()),
            ("PASS_CODE", token.to_owned()),
            ("EMAIL", EMAIL.to_owned()),
            ("PASSWORD", token.to_owned()),
        ]
    }

    fn answer(&self, call: &Call<'_>, store: &mut Store, now: Timestamp) -> Result<Option<Value>, SoapFault> {
        match operations::action(call.operation()) {
            Some(action) => calls::perform(action, call, store, now),
            None => Err(SoapFault::server("the operation is not implemented")),
        }
    }

    fn insert(
        &self,
        types: Types<'_>,
        store: &mut Store,
        collection: Collection,
        scope: &str,
        fields: Value,
        now: Timestamp,
    ) -> Result<String, SeedError> {
        samples::insert_fresh(types, store, collection, scope, fields, &calls::server_time(now))
    }

    fn refuse(&self, problems: &[Problem]) -> SoapFault {
        let Some(problem) = problems.first() else { return SoapFault::server("no reason") };
        let text = match problem.place.as_str() {
            "" => problem.message.clone(),
            place => format!("{place}: {}", problem.message),
        };
        match problem.reason {
            Reason::Unauthorized => not_authentic(&text),
            Reason::MissingElement | Reason::EmptyElement | Reason::Scripted => refusal(text),
            Reason::BadAnswer | Reason::BadFault => SoapFault::server(text),
            Reason::BadAction => SoapFault::client(format!("Server did not recognize the value of HTTP Header SOAPAction: {text}.")),
            _ => SoapFault::client(format!("Server was unable to read request. ---> There is an error in XML document. ---> {text}")),
        }
    }

    fn refuses_empty(&self) -> bool {
        true
    }

    fn blank(&self, builtin: &str) -> Option<&'static str> {
        match builtin {
            "int" | "decimal" => Some("0"),
            "dateTime" => Some("0001-01-01T00:00:00"),
            "boolean" => Some("false"),
            _ => None,
        }
    }
}
