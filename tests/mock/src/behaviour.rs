//! What a server does with a call that the document allows: the part each API brings itself.

use crate::answer::Answer;
use crate::call::Call;
use crate::judge::Problem;
use crate::limit::RateLimit;
use crate::store::{Collection, Store};
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::Value;
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

    /// Acts on a judged call.
    fn answer(&self, call: &Call, store: &mut Store, now: Timestamp) -> Answer;

    /// Adds a record that a test brings along; answers with its key.
    ///
    /// # Errors
    /// If the collection is unknown, the scope is missing, or the fields are no object.
    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError>;

    /// Puts problems into the API's own error shape.
    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer;

    /// The status for a refused request; the standard one unless the API differs.
    fn status(&self, problem: &Problem) -> StatusCode {
        problem.reason.status()
    }

    /// Paths that the vendor's pages also use.
    fn path_homonyms(&self) -> &'static [PathHomonym] {
        &[]
    }

    /// Declared names a query key may stand for.
    fn query_homonyms(&self, _key: &str) -> Vec<String> {
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
