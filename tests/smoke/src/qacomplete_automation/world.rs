//! A mock server with a host that a run waits for.

use super::Setup;
use crate::lease::Lease;
use serde_json::{Value as Json, json};
use tms_mock::{Collection, Mock, qacomplete_automation as records};

/// Name of the computer that a [`World`] knows.
pub const COMPUTER: &str = "RACK11-W7X64";
/// What lets its host in. Not a secret: it opens nothing.
pub const TOKEN: &str = "d2e1ffd1-3c74-4ccf-738b-10997283e35f";

/// A running mock server and the numbers of what was put into it.
#[derive(Debug)]
pub struct World {
    /// The server.
    pub mock: Lease,
    /// The host.
    pub host: i64,
    /// A run of two tests that waits for it; the first stops the run when it fails.
    pub run: i64,
}

impl World {
    /// A server with fresh data.
    ///
    /// # Panics
    /// When the server does not start or does not take what it is given.
    #[must_use]
    pub fn start() -> Self {
        let mock = Lease::qacomplete_automation();
        let host = json!({
            "host_name": COMPUTER, "host_configuration": "x64", "agents": ["JUnit (Selenium)"], "is_active": true, "security_token": TOKEN,
        });
        let host = put(&mock, records::HOSTS, "", host);
        let scripts = || json!([{ "agent": "junit" }]);
        let items = json!([{ "stop_on_fail": true, "steps": 2, "scripts": scripts() }, { "stop_on_fail": false, "scripts": scripts() }]);
        let run = put(&mock, records::RUNS, &host.to_string(), json!({ "items": items }));
        Self { mock, host, run }
    }

    /// A client that is let in as a user and as the host.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup::of(&self.mock).with_host(self.host, TOKEN)
    }

    /// Another run of the host, of one test with this script.
    ///
    /// # Panics
    /// When the server does not take it.
    #[must_use]
    pub fn run_of(&self, script: &Json) -> i64 {
        put(&self.mock, records::RUNS, &self.host.to_string(), json!({ "items": [{ "scripts": [script] }] }))
    }
}

fn put(mock: &Mock, collection: Collection, scope: &str, fields: Json) -> i64 {
    let key = mock.seed(collection, scope, fields).unwrap_or_else(|error| panic!("the mock server does not take a seed: {error}"));
    key.parse().unwrap_or_else(|_| panic!("`{key}` is no number"))
}
