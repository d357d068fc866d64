//! What a loop tells of.

use super::job::{BoxError, Place};
use crate::types::Outcome;
use std::fmt;

/// Something that happened in an agent loop. `Display` is one line for a log.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The list of waiting runs was read, and so many of their tests are to be run or reported.
    Polled {
        /// How many.
        tests: usize,
    },
    /// A test begins: its script is on its way.
    Began(Place),
    /// It was reported how a test went.
    Reported(Place, Outcome),
    /// Something failed, and the loop goes on: see the [module](super).
    Failed {
        /// What failed.
        task: Task,
        /// Which test it was for.
        place: Option<Place>,
        /// Why it failed; what the client itself says is an [`Error`](crate::Error).
        error: BoxError,
    },
}

/// What a loop does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Task {
    /// Reads the list of waiting runs.
    Poll,
    /// Downloads a script.
    Script,
    /// Has a test run.
    Run,
    /// Reports how a test went.
    Report,
    /// Uploads the log of a test.
    UploadLog,
    /// Uploads the report of a test.
    UploadReport,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Polled { tests: 1 } => f.write_str("1 test is to be run"),
            Self::Polled { tests } => write!(f, "{tests} tests are to be run"),
            Self::Began(place) => write!(f, "{place}: begins"),
            Self::Reported(place, outcome) => write!(f, "{place}: {}", outcome.as_str()),
            Self::Failed { task, place: Some(place), error } => write!(f, "{place}: {task} failed: {error}"),
            Self::Failed { task, place: None, error } => write!(f, "{task} failed: {error}"),
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Poll => "reading the waiting runs",
            Self::Script => "downloading the script",
            Self::Run => "running",
            Self::Report => "reporting",
            Self::UploadLog => "uploading the log",
            Self::UploadReport => "uploading the report",
        })
    }
}
