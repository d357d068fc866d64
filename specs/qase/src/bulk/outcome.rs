//! What has become of results.

use super::BulkItem;
use crate::fields::{FieldStep, InvalidField, InvalidFields};
use crate::{Error, StatusCode};
use std::fmt;

/// What has become of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemStatus {
    /// The service has taken it.
    Arrived,
    /// The service does not want it. It would not want it the next time either.
    Refused(Refusal),
    /// The service has not seen it.
    NotSent,
    /// It was sent, and nobody knows whether it has arrived: the connection broke, say.
    Unknown,
}

/// Why the service does not want a result.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The status of the answer.
    pub status: Option<StatusCode>,
    /// What the service says.
    pub message: Option<String>,
    /// Which of its fields the service does not like; the paths begin inside the result.
    pub fields: Vec<InvalidField>,
}

impl Refusal {
    pub(super) fn new(error: &Error, fields: Vec<InvalidField>) -> Self {
        let message = match error {
            Error::Api(error) => error.message(),
            Error::Status(error) => error.message(),
            _ => None,
        };
        Self { status: error.status(), message, fields }
    }

    /// A refusal of a request with nothing else in it.
    pub(super) fn whole(error: &Error) -> Self {
        let inside = |field: InvalidField| match element(&field) {
            Some((_, path)) => InvalidField { path: path.to_vec(), ..field },
            None => field,
        };
        Self::new(error, error.invalid_fields().into_iter().map(inside).collect())
    }
}

/// Which of the results that were sent a field is part of, and where in it.
pub(super) fn element(field: &InvalidField) -> Option<(usize, &[FieldStep])> {
    match field.path.as_slice() {
        [FieldStep::Name(list), FieldStep::Index(index), rest @ ..] if list == "results" => Some((*index, rest)),
        [FieldStep::Index(index), rest @ ..] => Some((*index, rest)),
        _ => None,
    }
}

/// `422 Unprocessable Entity: Data is invalid.: steps.0.action: is required`
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.fields.iter().map(ToString::to_string);
        let parts = self.status.map(|status| status.to_string()).into_iter().chain(self.message.clone()).chain(fields);
        f.write_str(&parts.collect::<Vec<_>>().join(": "))
    }
}

/// What has become of results that were sent in bulk.
#[derive(Debug)]
#[must_use = "it tells what has not arrived"]
pub struct BulkOutcome<T> {
    run: i64,
    items: Vec<(T, ItemStatus)>,
    error: Option<Error>,
}

impl<T> BulkOutcome<T> {
    pub(super) fn new(run: i64, items: Vec<(T, ItemStatus)>, error: Option<Error>) -> Self {
        Self { run, items, error }
    }

    /// Number of the run.
    #[must_use]
    pub fn run(&self) -> i64 {
        self.run
    }

    /// Each result and what has become of it, in the order they were given.
    #[must_use]
    pub fn items(&self) -> &[(T, ItemStatus)] {
        &self.items
    }

    /// As [`items`](Self::items) and [`error`](Self::error), to be kept.
    #[must_use]
    pub fn into_parts(self) -> (Vec<(T, ItemStatus)>, Option<Error>) {
        (self.items, self.error)
    }

    /// Whether all have arrived.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.arrived() == self.items.len()
    }

    /// How many have arrived.
    #[must_use]
    pub fn arrived(&self) -> usize {
        self.count(|status| matches!(status, ItemStatus::Arrived))
    }

    /// Those that the service does not want, and why.
    pub fn refused(&self) -> impl Iterator<Item = (&T, &Refusal)> {
        self.items.iter().filter_map(|(item, status)| match status {
            ItemStatus::Refused(refusal) => Some((item, refusal)),
            _ => None,
        })
    }

    /// Those of which nobody knows whether they have arrived.
    pub fn unknown(&self) -> impl Iterator<Item = &T> {
        self.items.iter().filter(|(_, status)| *status == ItemStatus::Unknown).map(|(item, _)| item)
    }

    /// What ended it before everything was sent.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    fn count(&self, is: impl Fn(&ItemStatus) -> bool) -> usize {
        self.items.iter().filter(|(_, status)| is(status)).count()
    }
}

impl<T: BulkItem> BulkOutcome<T> {
    /// Those that can be sent later without adding any twice: what was not sent, and of version 2 also what may have arrived.
    pub fn rest(&self) -> impl Iterator<Item = &T> {
        self.items.iter().filter(|(_, status)| is_rest::<T>(status)).map(|(item, _)| item)
    }

    /// As [`rest`](Self::rest), to be sent.
    #[must_use]
    pub fn into_rest(self) -> Vec<T> {
        self.items.into_iter().filter(|(_, status)| is_rest::<T>(status)).map(|(item, _)| item).collect()
    }
}

fn is_rest<T: BulkItem>(status: &ItemStatus) -> bool {
    match status {
        ItemStatus::NotSent => true,
        ItemStatus::Unknown => T::ONCE,
        ItemStatus::Arrived | ItemStatus::Refused(_) => false,
    }
}

/// `run 7: 380 of 400 results arrived, 2 were refused, 18 were not sent: results_v2.create_bulk ...`
impl<T> fmt::Display for BulkOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "run {}: {} of {} results arrived", self.run, self.arrived(), self.items.len())?;
        let counts = [
            (self.count(|status| matches!(status, ItemStatus::Refused(_))), "refused"),
            (self.count(|status| *status == ItemStatus::NotSent), "not sent"),
            (self.count(|status| *status == ItemStatus::Unknown), "sent without an answer"),
        ];
        for (count, what) in counts {
            match count {
                0 => {}
                1 => write!(f, ", 1 was {what}")?,
                count => write!(f, ", {count} were {what}")?,
            }
        }
        self.error.as_ref().map_or(Ok(()), |error| write!(f, ": {error}"))
    }
}
