//! QAComplete's Test Automation REST API, v2.
//!
//! Users, departments and rights are those of the REST mock ([`crate::qacomplete`]); the data are its own. What the documentation
//! leaves open, the mock decides:
//!
//! - A host that registers finds a run of two tests waiting, unless the mock is [`bare`]: the script of the first is attached, that
//!   of the second stands elsewhere (302).
//! - A run waits until all its tests are reported, or one failed that stops it. Until then it is listed with all its tests.
//! - A test that is reported again keeps what is left out; its steps are added to those before.
//! - A host asks for itself alone: another one's number is 403, an unknown one 404.
//! - A host that is not active gets no runs.

mod act;
mod hosts;
mod runs;
mod scripts;

use crate::answer::Answer;
use crate::behaviour::{Behaviour, SeedError};
use crate::call::Call;
use crate::judge::Problem;
use crate::mock::{Builder, Mock};
use crate::qacomplete::{DEPT_ID, JOHN, PASSWORD, furnish, is_active, user, wire};
use crate::spec::Letters;
use crate::store::{Collection, Store};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Hosts.
pub const HOSTS: Collection = Collection::new("hosts");
/// Runs; the scope is the host.
pub const RUNS: Collection = Collection::new("runs");
/// A host that is registered from the beginning.
pub const HOST_ID: i64 = 142;
/// The security token of [`HOST_ID`]. Not a secret: it opens nothing.
pub const HOST_TOKEN: &str = "00000000-1111-2222-3333-444444444444";

/// The habits of the Test Automation API.
#[derive(Clone, Debug)]
pub struct Automation {
    samples: bool,
    /// URL of the second address.
    elsewhere: String,
}

/// A mock of the Test Automation API, by this repository's own document.
#[must_use]
pub fn mock() -> Builder {
    builder(true)
}

/// The same without hosts, and without runs for those that register.
#[must_use]
pub fn bare() -> Builder {
    builder(false)
}

fn builder(samples: bool) -> Builder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/qacomplete-automation");
    Mock::builder(folder, Automation { samples, elsewhere: String::new() }).token(PASSWORD)
}

impl Behaviour for Automation {
    fn name(&self) -> &'static str {
        "qacomplete-automation"
    }

    fn seed(&self, store: &mut Store) {
        furnish(store);
        if self.samples {
            let host = json!({ "id": HOST_ID, "host_name": "BUILD-01", "agents": ["junit"], "security_token": HOST_TOKEN });
            let host = host.as_object().cloned().unwrap_or_default();
            let inserted = insert_host(store, host);
            debug_assert!(inserted.is_ok(), "{inserted:?}");
        }
    }

    fn knows(&self, signature: &str) -> bool {
        act::knows(signature)
    }

    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer {
        let done = act::perform(call, store, now, (&self.elsewhere, self.samples));
        match done {
            Ok(description) if call.signature().ends_with("/script") => scripts::answer(&description),
            done => wire::answer(done),
        }
    }

    fn admits(&self, scheme: &str, login: &str, password: &str, token: &str, store: &Store) -> bool {
        match scheme {
            "HostToken" => {
                let own = store.get(HOSTS, "", login).and_then(|host| host.field("security_token"));
                own.and_then(Value::as_str) == Some(password)
            }
            _ => password == token && user(store, login).is_some_and(is_active),
        }
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, _: Timestamp) -> Result<String, SeedError> {
        let Value::Object(fields) = fields else { return Err(SeedError::new("a record is an object")) };
        match collection {
            HOSTS => insert_host(store, fields),
            RUNS if store.get(HOSTS, "", scope).is_none() => Err(SeedError::new(format!("there is no host `{scope}`"))),
            RUNS => runs::insert(store, scope, fields),
            other => Err(SeedError::new(format!("Test Automation has no collection `{}`", other.name()))),
        }
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

    fn elsewhere(&self, path: &str, query: Option<&str>, _: &Store) -> Option<Answer> {
        scripts::elsewhere(path, query)
    }
}

fn insert_host(store: &mut Store, mut fields: Map<String, Value>) -> Result<String, SeedError> {
    let department = fields.remove("dept_id").and_then(|id| id.as_i64()).unwrap_or(DEPT_ID);
    let id = match fields.get("id").and_then(Value::as_u64) {
        Some(id) => id,
        None => store.next_number(HOSTS, ""),
    };
    let token = hosts::token(store);
    let mut host = hosts::fresh(id, &token, department);
    if let Some(name) = fields.keys().find(|name| !hosts::knows(name)) {
        return Err(SeedError::new(format!("a host has no `{name}`")));
    }
    hosts::absorb(&mut host, fields).map_err(|_| SeedError::new("an agent is unknown"))?;
    store.put(HOSTS, "", host);
    Ok(id.to_string())
}
