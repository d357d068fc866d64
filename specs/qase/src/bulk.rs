//! Results of any number, sent in as many requests as it takes, with an outcome for each.
//!
//! The service takes so many results in one request, and refuses all of them when it does not like one.
//! [`ResultsV2::create_all`](crate::results_v2::ResultsV2::create_all) and
//! [`Results::create_all`](crate::results::Results::create_all) cut the list by number and by bytes, cut again what is still too
//! large (413), take out what the service does not like and send the others again. What has become of each result, the
//! [`BulkOutcome`] tells:
//!
#![cfg_attr(feature = "async", doc = "```no_run")]
#![cfg_attr(not(feature = "async"), doc = "```ignore")]
//! use qase::types::{NewResultV2, ResultExecution, ResultStatus};
//!
//! # async fn f(client: qase::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let results = (1..=5000).map(|n| NewResultV2::new(format!("Test {n}"), ResultExecution::new(ResultStatus::Passed)));
//! let outcome = client.results_v2("DEMO", 7).create_all(results).send().await;
//! println!("{outcome}"); // run 7: 4800 of 5000 results arrived, 200 were not sent: ...
//! for (result, refusal) in outcome.refused() {
//!     println!("{}: {refusal}", result.title);
//! }
//! if !outcome.is_complete() {
//!     // Later; nothing is added twice.
//!     let again = client.results_v2("DEMO", outcome.run()).create_all(outcome.into_rest()).send().await;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What ends it
//!
//! | answer | what follows |
//! |---|---|
//! | 413 | the chunk is sent in halves; a single result is refused. Later chunks are as large as those that went through |
//! | 400 or 422 that names results | these are refused, the others of the chunk are sent again |
//! | 400 or 422 that names none | the chunk is sent in halves, down to single ones. Nothing else is sent when all that is refused turns out to be everything |
//! | anything else: no connection, 401, 402, 404, 429, 500, .. | nothing else is sent |
//!
//! Calls are repeated by the client's [`RetryPolicy`](crate::RetryPolicy) before they count as failed.
//!
//! # Once and not twice
//!
//! Results of version 2 have an [`id`](crate::types::NewResultV2::id) under which the service takes them once. One that has none
//! is given one, so that its request may be repeated after a server error or a broken connection, and so that
//! [`into_rest`](BulkOutcome::into_rest) may hold it when nobody knows whether it has arrived.
//!
//! Those of version 1 have no such key. Their requests are repeated only when the service certainly did not act, and what
//! nobody knows of is [`Unknown`](ItemStatus::Unknown) and no part of the rest: look into the run before you send it again.
#![cfg(any(feature = "async", feature = "blocking"))]

mod drive;
mod item;
mod machine;
mod outcome;
#[cfg(all(test, feature = "async", feature = "blocking"))]
mod tests;

pub use item::BulkItem;
pub(crate) use item::Keys;
pub use outcome::{BulkOutcome, ItemStatus, Refusal};

use crate::Mode;
use crate::results::Results;
use crate::results_v2::ResultsV2;
use crate::types::{NewResult, NewResultV2};
use item::Target;
use std::fmt;

/// How many results the service takes in one request.
pub(crate) const MAX_ITEMS: usize = 200;

/// How many bytes are sent in one request. The service documents no limit of its own; it answers 413 when it is too much.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// How many characters of `error_context` the service takes in one request.
const MAX_CONTEXT: u64 = 4_194_304;

/// Results on their way: see the [module](self).
#[must_use = "nothing is sent without `send`"]
pub struct Bulk<M: Mode, T> {
    client: tms_runtime::Client<M>,
    target: Target,
    items: Vec<T>,
    limits: [u64; 3],
}

impl<M: Mode> ResultsV2<M> {
    /// Adds any number of results to the run, in as many requests as it takes.
    ///
    /// Those without an `id` are given one. See the module [`bulk`](crate::bulk).
    pub fn create_all(&self, results: impl IntoIterator<Item = NewResultV2>) -> Bulk<M, NewResultV2> {
        let mut keys = Keys::new(self.run_id);
        let results = results.into_iter().map(|result| keys.keyed(result)).collect();
        let target = Target { project: self.project_code.clone(), run: self.run_id };
        Bulk::new(self.client.clone(), target, results)
    }
}

impl<M: Mode> Results<M> {
    /// Adds any number of results to a run, in as many requests as it takes.
    ///
    /// See the module [`bulk`](crate::bulk).
    pub fn create_all(&self, run_id: i64, results: impl IntoIterator<Item = NewResult>) -> Bulk<M, NewResult> {
        let target = Target { project: self.code.clone(), run: run_id };
        Bulk::new(self.client.clone(), target, results.into_iter().collect())
    }
}

impl<M: Mode, T> Bulk<M, T> {
    fn new(client: tms_runtime::Client<M>, target: Target, items: Vec<T>) -> Self {
        Self { client, target, items, limits: [MAX_ITEMS as u64, MAX_BYTES, MAX_CONTEXT] }
    }

    /// At most so many results in a request; 200 if not set, which is what the service allows. 0 counts as 1.
    pub fn max_items(mut self, items: usize) -> Self {
        self.limits[0] = u64::try_from(items).unwrap_or(u64::MAX).max(1);
        self
    }

    /// At most so many bytes in a request; 8 MiB if not set. A single result may be larger.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.limits[1] = bytes;
        self
    }
}

impl<M: Mode, T> fmt::Debug for Bulk<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bulk({} results of run {})", self.items.len(), self.target.run)
    }
}
