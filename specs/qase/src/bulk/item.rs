//! What is sent in bulk: results of both versions.

use crate::types::{NewResult, NewResultV2, NewResults, NewResultsV2};
use crate::{Error, results, results_v2, types};
use std::hash::{BuildHasher, RandomState};
use tms_runtime::{Operation, ToJson, json};

/// Where results go.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) project: String,
    pub(super) run: i64,
}

/// What can be sent in bulk: [`NewResult`] and [`NewResultV2`].
pub trait BulkItem: sealed::Sealed + ToJson + Clone + Send + 'static {
    #[doc(hidden)]
    type Operation: Operation<Output = types::EntityRef, Fault = types::ErrorBody>;

    /// Whether the service takes the same result only once.
    #[doc(hidden)]
    const ONCE: bool;

    #[doc(hidden)]
    fn operation(target: &Target, items: Vec<Self>) -> Self::Operation;

    /// How many characters of `error_context` it has.
    #[doc(hidden)]
    fn context(&self) -> usize {
        0
    }
}

impl BulkItem for NewResult {
    type Operation = results::CreateBulk;
    const ONCE: bool = false;

    fn operation(target: &Target, items: Vec<Self>) -> Self::Operation {
        results::CreateBulk::new(&target.project, target.run, NewResults::new(items))
    }
}

impl BulkItem for NewResultV2 {
    type Operation = results_v2::CreateBulk;
    const ONCE: bool = true;

    fn operation(target: &Target, items: Vec<Self>) -> Self::Operation {
        results_v2::CreateBulk::new(&target.project, target.run, NewResultsV2::new(items))
    }

    fn context(&self) -> usize {
        self.execution.error_context.as_deref().map_or(0, |text| text.chars().count())
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::NewResult {}
    impl Sealed for super::NewResultV2 {}
}

/// What a result counts for against the limits of a request.
pub(super) fn weight(item: &impl BulkItem) -> [u64; 3] {
    let size = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    // And the comma.
    [1, size(json::to_string(item).len() + 1), size(item.context())]
}

/// Keys under which the service takes results once.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    run: i64,
    /// No other list of the same run begins with it.
    start: u64,
    next: u64,
}

impl Keys {
    pub(crate) fn new(run: i64) -> Self {
        // The standard library seeds its hash maps at random.
        Self { run, start: RandomState::new().hash_one(run), next: 0 }
    }

    /// The result with a key of its own, or with the one it has.
    pub(crate) fn keyed(&mut self, mut result: NewResultV2) -> NewResultV2 {
        if result.id.is_none() {
            self.next += 1;
            result.id = Some(format!("{}-{:016x}-{}", self.run, self.start, self.next));
        }
        result
    }
}

/// The result of a call, of either version.
pub(super) type Answer = Result<types::EntityRef, Error>;
