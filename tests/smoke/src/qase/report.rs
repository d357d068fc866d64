//! Sending in bulk and reporting in either mode.

use super::Drive;
use crate::drive::block_on;
use qase::Error;
use qase::bulk::{Bulk, BulkItem, BulkOutcome};
use qase::reporter::{JunitFailed, Rejected, Reporter, Reporting, Summary, TestReport};
use qase::types::NewRun;
use std::io::BufRead;
use tms_runtime::{Async, Blocking};

/// A mode that tests can report in.
pub trait Report: Drive {
    /// Sends results in bulk.
    fn bulk<T: BulkItem + Sync>(bulk: Bulk<Self, T>) -> BulkOutcome<T>;

    /// Starts a run and reports it.
    ///
    /// # Errors
    /// When it cannot be started.
    fn start(reporting: Reporting<Self>, run: NewRun) -> Result<Reporter<Self>, Error>;

    /// Goes on with a run.
    fn join(reporting: Reporting<Self>, run: i64) -> Reporter<Self>;

    /// Reports a result.
    ///
    /// # Errors
    /// When the reporter has given up.
    fn push(reporter: &Reporter<Self>, report: impl Into<TestReport>) -> Result<(), Rejected>;

    /// Waits for the end.
    fn finish(reporter: Reporter<Self>) -> Summary;

    /// Sends a file.
    ///
    /// # Errors
    /// When the run cannot be started, or the file cannot be read.
    fn send_junit(reporting: Reporting<Self>, run: NewRun, file: impl BufRead) -> Result<Summary, JunitFailed>;
}

impl Report for Async {
    fn bulk<T: BulkItem + Sync>(bulk: Bulk<Self, T>) -> BulkOutcome<T> {
        block_on(bulk.send())
    }

    fn start(reporting: Reporting<Self>, run: NewRun) -> Result<Reporter<Self>, Error> {
        block_on(reporting.start(run))
    }

    fn join(reporting: Reporting<Self>, run: i64) -> Reporter<Self> {
        block_on(async { reporting.join(run) }).unwrap_or_else(|error| panic!("the reporter does not start: {error}"))
    }

    fn push(reporter: &Reporter<Self>, report: impl Into<TestReport>) -> Result<(), Rejected> {
        block_on(reporter.push(report))
    }

    fn finish(reporter: Reporter<Self>) -> Summary {
        block_on(reporter.finish())
    }

    fn send_junit(reporting: Reporting<Self>, run: NewRun, file: impl BufRead) -> Result<Summary, JunitFailed> {
        block_on(reporting.send_junit(run, file))
    }
}

impl Report for Blocking {
    fn bulk<T: BulkItem + Sync>(bulk: Bulk<Self, T>) -> BulkOutcome<T> {
        bulk.send()
    }

    fn start(reporting: Reporting<Self>, run: NewRun) -> Result<Reporter<Self>, Error> {
        reporting.start(run)
    }

    fn join(reporting: Reporting<Self>, run: i64) -> Reporter<Self> {
        reporting.join(run)
    }

    fn push(reporter: &Reporter<Self>, report: impl Into<TestReport>) -> Result<(), Rejected> {
        reporter.push(report)
    }

    fn finish(reporter: Reporter<Self>) -> Summary {
        reporter.finish()
    }

    fn send_junit(reporting: Reporting<Self>, run: NewRun, file: impl BufRead) -> Result<Summary, JunitFailed> {
        reporting.send_junit(run, file)
    }
}
