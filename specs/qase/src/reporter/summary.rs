//! How reporting ended.

use super::TestReport;
use super::junit::JunitError;
use crate::Error;
use crate::bulk::Refusal;
use crate::types::NewResultV2;
use std::fmt;

/// How reporting ended.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "it tells what has not arrived"]
pub struct Summary {
    /// Code of the project.
    pub project: String,
    /// Number of the run.
    pub run: i64,
    /// How many results have arrived.
    pub arrived: usize,
    /// What the service does not want.
    pub refused: Vec<Refused>,
    /// What can be pushed later: it was not sent, or nobody knows whether it has arrived. The results have their keys, so
    /// that none comes twice.
    pub unsent: Vec<TestReport>,
    /// Files that could not be uploaded.
    pub lost_files: Vec<LostFile>,
    /// Whether the run is complete.
    pub completed: bool,
    /// What ended it early, or kept the run from being completed.
    pub error: Option<Error>,
}

/// A result that the service does not want.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refused {
    /// The result.
    pub result: NewResultV2,
    /// Why.
    pub refusal: Refusal,
}

/// A file that could not be uploaded. Its result was sent without it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostFile {
    /// Title of the result.
    pub title: String,
    /// Name of the file.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl Summary {
    pub(super) fn new(project: String, run: i64) -> Self {
        let (refused, unsent, lost_files) = (Vec::new(), Vec::new(), Vec::new());
        Self { project, run, arrived: 0, refused, unsent, lost_files, completed: false, error: None }
    }

    /// Whether everything has arrived, with all files.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.refused.is_empty() && self.unsent.is_empty() && self.lost_files.is_empty() && self.error.is_none()
    }

    /// Where the shared cloud shows the run.
    #[must_use]
    pub fn link(&self) -> String {
        format!("https://app.qase.io/run/{}/dashboard/{}", self.project, self.run)
    }
}

/// `run 7: 398 results arrived, 2 were refused; the run is complete`
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        write!(f, "run {}: {} arrived", self.run, many(self.arrived, "result"))?;
        let were = |count: usize| if count == 1 { "was" } else { "were" };
        for (count, what) in [(self.refused.len(), "refused"), (self.unsent.len(), "not sent")] {
            if count > 0 {
                write!(f, ", {count} {} {what}", were(count))?;
            }
        }
        if !self.lost_files.is_empty() {
            write!(f, ", {} could not be uploaded", many(self.lost_files.len(), "file"))?;
        }
        f.write_str(if self.completed { "; the run is complete" } else { "; the run is open" })?;
        self.error.as_ref().map_or(Ok(()), |error| write!(f, ": {error}"))
    }
}

/// Why a file of JUnit XML was not sent to its end. `Debug` says the same as `Display`.
#[non_exhaustive]
pub enum JunitFailed {
    /// The run could not be started.
    Start(Error),
    /// The file cannot be read from some place on. What stands before it was sent, and the run is open; without any test
    /// before it, no run was started.
    Read(JunitError, Option<Box<Summary>>),
}

impl fmt::Display for JunitFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "the run could not be started: {error}"),
            Self::Read(error, Some(summary)) => write!(f, "{error}; before that, {summary}"),
            Self::Read(error, None) => write!(f, "{error}; no run was started"),
        }
    }
}

impl fmt::Debug for JunitFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for JunitFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(error) => Some(error),
            Self::Read(error, _) => Some(error),
        }
    }
}
