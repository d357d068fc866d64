//! What the engine asks of an API, whatever its protocol.

use crate::answer::Answer;
use crate::behaviour::SeedError;
use crate::call::Incoming;
use crate::judge::{Problem, Refusal};
use crate::limit::Allowance;
use crate::operation::Operation;
use crate::store::{Collection, Store};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

/// Counts a request, or says for how many seconds the client is locked.
pub(crate) type Admit<'a> = &'a mut dyn FnMut() -> Result<(), u64>;

/// An API: its document, its habits, its credentials.
pub(crate) trait Api: Send + Sync {
    /// Path of the base URL.
    fn base(&self) -> &str;

    /// Every operation of the document.
    fn operations(&self) -> &[Operation];

    /// The secret that requests must carry.
    fn token(&self) -> &str;

    /// What a program needs to know to be let in, by the names of environment variables.
    fn credentials(&self) -> Vec<(String, String)>;

    /// The environment variable that holds the base URL.
    fn base_variable(&self) -> String;

    /// Names of the headers that carry credentials.
    fn secret_headers(&self) -> &[String];

    /// Fills an empty store with the data a fresh server has.
    fn seed(&self, store: &mut Store);

    /// Adds a record that a test brings along.
    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError>;

    /// What the second address answers at a path.
    fn elsewhere(&self, _path: &str, _query: Option<&str>, _store: &Store) -> Option<Answer> {
        None
    }

    /// Judges a request.
    fn read<'a>(&'a self, incoming: &Incoming, store: &Store, now: Timestamp, admit: Admit<'_>) -> Reading<'a>;

    /// Headers that tell a client what is left of the rate limit.
    fn limit_headers(&self, _allowance: &Allowance) -> Vec<(&'static str, u64)> {
        Vec::new()
    }
}

/// A request that was judged.
pub(crate) enum Reading<'a> {
    /// The document allows it.
    Allowed(Box<dyn Act + 'a>),
    /// It does not.
    Refused(Refusal, Answer),
    /// Answered without a verdict: a page for people, or a client that is too fast.
    Turned { operation: Option<String>, answer: Answer },
}

/// A request that the document allows.
pub(crate) trait Act {
    /// Its operation.
    fn operation(&self) -> &str;

    /// Does what it asks. The problems of an answer that breaks the document are the mock's own.
    fn act(&self, store: &mut Store, now: Timestamp) -> Result<Answer, Vec<Problem>>;

    /// Puts problems into the API's own error shape.
    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer;
}

/// `QASE_BASE_URL`, of the API `qase`.
pub(crate) fn variable(api: &str, name: &str) -> String {
    format!("{}_{name}", api.to_uppercase().replace('-', "_"))
}
