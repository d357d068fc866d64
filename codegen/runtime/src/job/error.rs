//! Why a job did not end well.

use crate::error::Error;
use crate::json::Value;
use crate::operation::Info;
use std::fmt;
use std::time::Duration;

/// Why a job did not end well, and what is known of the job. `J` is what the API tells about a job, `F` what it documents as the
/// body of its error answers.
pub struct JobError<J, F = Value> {
    info: &'static Info,
    job: Option<Box<J>>,
    kind: JobErrorKind<F>,
}

/// What became of a job.
#[non_exhaustive]
pub enum JobErrorKind<F = Value> {
    /// A call failed: the one that submits the job, or one that asks for it.
    Call(Error<F>),
    /// The job failed.
    Failed,
    /// The job was not over in this time. It may go on.
    TimedOut(Duration),
    /// The answer does not say which job to ask for.
    Nameless,
}

impl<F: 'static> fmt::Debug for JobErrorKind<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => fmt::Debug::fmt(error, f),
            Self::Failed => f.write_str("Failed"),
            Self::TimedOut(limit) => write!(f, "TimedOut({limit:?})"),
            Self::Nameless => f.write_str("Nameless"),
        }
    }
}

impl<J, F> JobError<J, F> {
    pub(super) fn new(info: &'static Info, job: Option<J>, kind: JobErrorKind<F>) -> Self {
        Self { info, job: job.map(Box::new), kind }
    }

    /// The operation that submitted the job, such as `queue.submit`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.info.name
    }

    /// What became of the job.
    #[must_use]
    pub fn kind(&self) -> &JobErrorKind<F> {
        &self.kind
    }

    /// The job as the last answer has it; `None` if there was no answer at all.
    #[must_use]
    pub fn job(&self) -> Option<&J> {
        self.job.as_deref()
    }

    /// The job as the last answer has it: ask for it later to go on.
    #[must_use]
    pub fn into_job(self) -> Option<J> {
        self.job.map(|job| *job)
    }
}

impl<J, F: 'static> fmt::Display for JobError<J, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.info;
        match &self.kind {
            JobErrorKind::Call(error) if self.job.is_none() => fmt::Display::fmt(error, f),
            JobErrorKind::Call(error) => write!(f, "{info}: the job was submitted, but asking for it failed: {error}"),
            JobErrorKind::Failed => write!(f, "{info}: the job failed; what the service tells about it is in the error's `job`"),
            JobErrorKind::TimedOut(limit) => {
                write!(f, "{info}: the job was not over within {limit:?}; raise the timeout of `Wait`, or ask for the job later")
            }
            JobErrorKind::Nameless => write!(f, "{info}: the answer does not say which job to ask for"),
        }
    }
}

/// What a job holds is the caller's, so only the error itself shows.
impl<J, F: 'static> fmt::Debug for JobError<J, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<J, F: 'static> std::error::Error for JobError<J, F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            JobErrorKind::Call(error) => std::error::Error::source(error),
            JobErrorKind::Failed | JobErrorKind::TimedOut(_) | JobErrorKind::Nameless => None,
        }
    }
}
