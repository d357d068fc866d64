//! What a server does with a call that the document allows: the part each API brings itself.

use crate::answer::Answer;
use crate::api::variable;
use crate::call::Call;
use crate::judge::Problem;
use crate::limit::{Allowance, RateLimit};
use crate::spec::{Letters, Offsets};
use crate::store::{Collection, Store};
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// The habits and the data of one API. The core knows no API; everything vendor-specific is behind this trait.
pub trait Behaviour: Send + Sync + 'static {
    /// What the API is called: environment variables begin with it.
    fn name(&self) -> &'static str {
        "mock"
    }

    /// Fills an empty store with the data a fresh server has.
    fn seed(&self, store: &mut Store);

    /// Whether [`answer`](Self::answer) knows this operation, given as method and path without placeholder names
    /// (`GET /case/{}`).
    fn knows(&self, signature: &str) -> bool;

    /// Whether operations that it does not know are answered with the document's examples instead.
    fn shows_examples(&self) -> bool {
        false
    }

    /// Acts on a judged call.
    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer;

    /// Whom HTTP Basic lets in, by the name of the scheme in the document. `token` is what the mock was told to take.
    fn admits(&self, _scheme: &str, _login: &str, _password: &str, _token: &str, _store: &Store) -> bool {
        false
    }

    /// Whether a token lets in. `fixed` is what the mock was told to take.
    fn takes(&self, token: &str, fixed: &str, _store: &Store, _now: Timestamp) -> bool {
        token == fixed
    }

    /// Members that the document does not know, and the thing that a call is about has: who was shown them may send them
    /// back. The call has no body yet.
    fn own_members(&self, _call: &Call, _store: &Store) -> BTreeSet<String> {
        BTreeSet::new()
    }

    /// Adds a record that a test brings along; answers with its key.
    ///
    /// # Errors
    /// If the collection is unknown, the scope is missing, or the fields are no object.
    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError>;

    /// Puts problems into the API's own error shape.
    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer;

    /// The same, for APIs whose operations do not all have one error shape; by the signature of the operation.
    fn refuse_at(&self, _signature: &str, status: StatusCode, problems: &[Problem]) -> Answer {
        self.refuse(status, problems)
    }

    /// The status for a refused request; the standard one unless the API differs.
    fn status(&self, problem: &Problem) -> StatusCode {
        problem.reason.status()
    }

    /// Whether the server cares for letter case.
    fn letters(&self) -> Letters {
        Letters::Exact
    }

    /// How the server takes the offsets of moments.
    fn offsets(&self) -> Offsets {
        Offsets::Colon
    }

    /// What a program needs to know to be let in, by names of environment variables.
    fn variables(&self, token: &str) -> Vec<(String, String)> {
        vec![(variable(self.name(), "TOKEN"), token.to_owned())]
    }

    /// Whether the mock listens at a second address, which redirects lead to. All uploads can be downloaded there, at
    /// `/uploads/1` and so on.
    fn goes_elsewhere(&self) -> bool {
        false
    }

    /// Told once, before anything else: the URL of the second address, without a slash at its end.
    fn settle(&mut self, _elsewhere: &str) {}

    /// What the second address answers at a path.
    fn elsewhere(&self, _path: &str, _query: Option<&str>, _store: &Store) -> Option<Answer> {
        None
    }

    /// Paths that the vendor's pages also use.
    fn path_homonyms(&self) -> &'static [PathHomonym] {
        &[]
    }

    /// Declared names a query key may stand for.
    fn query_homonyms(&self, _key: &str) -> Vec<String> {
        Vec::new()
    }

    /// Headers that tell a client what is left of the rate limit.
    fn limit_headers(&self, _allowance: &Allowance) -> Vec<(&'static str, u64)> {
        Vec::new()
    }

    /// The documented rate limit.
    fn rate_limit(&self) -> Option<RateLimit> {
        None
    }
}

/// A record that cannot be seeded, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError(String);

impl SeedError {
    /// Says why.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

/// Another spelling of a path. Placeholders carry over by name.
#[derive(Clone, Debug)]
pub struct PathHomonym {
    /// The method it holds for.
    pub method: Method,
    /// The other spelling: `/shared_steps/{code}`.
    pub from: &'static str,
    /// The documented one: `/shared_step/{code}`.
    pub to: &'static str,
}
