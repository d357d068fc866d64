//! What can be set of the mock.

use crate::limit::RateLimit;
use std::time::Duration;

/// Which service the mock is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// Answers have the shapes that the reference prints.
    #[default]
    Reference,
    /// Answers have the shapes of today's service: single reads are objects, numbers stand for severities and the like,
    /// writes say what they touched, and a page holds ten unless asked otherwise.
    Today,
}

/// What the account pays for. It decides how many requests are allowed, and whether issues of other tools can be linked
/// to cases and cases reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "names of products")]
pub enum Plan {
    Free,
    Startup,
    Business,
    Teams,
    Enterprise,
}

/// What can be set of the mock.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The shapes of answers.
    pub edition: Edition,
    /// The plan of the account. Without one everything is included, and the limit is that of the reference: 200 requests
    /// a minute.
    pub plan: Option<Plan>,
    /// Most results of one request; more are 413.
    pub bulk: usize,
    /// Most bytes of a request with many results; more are 413.
    pub bytes: u64,
    /// Most characters of `error_context` in a request of version 2; more are 413.
    pub error_context: usize,
    /// Bytes of the account's storage; files that do not fit are 507.
    pub storage: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { edition: Edition::Reference, plan: None, bulk: 200, bytes: u64::MAX, error_context: 4_194_304, storage: u64::MAX }
    }
}

impl Settings {
    pub(super) fn rate_limit(&self) -> RateLimit {
        let requests = match self.plan {
            None => 200,
            Some(Plan::Free) => 150,
            Some(Plan::Startup) => 300,
            Some(Plan::Business | Plan::Teams) => 600,
            Some(Plan::Enterprise) => 1000,
        };
        let minute = Duration::from_secs(60);
        RateLimit { requests, window: minute, lock: minute }
    }

    /// Whether the plan includes issues of other tools and reviews.
    pub(super) fn has_extras(&self) -> bool {
        !matches!(self.plan, Some(Plan::Free | Plan::Startup))
    }
}
