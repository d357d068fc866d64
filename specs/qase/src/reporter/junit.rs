//! Reads JUnit XML, as cargo-nextest, Maven, Gradle, pytest and many others write it.
//!
//! The file is read test by test, and one test is in memory at a time:
//!
//! ```
//! use qase::reporter::junit::{JunitReader, JunitStatus};
//!
//! # let file = br#"<testsuites><testsuite name="shop"><testcase name="sign_in" time="1.5"><failure message="no form"/></testcase></testsuite></testsuites>"#.as_slice();
//! for test in JunitReader::new(file) {
//!     let test = test?;
//!     if test.status() == JunitStatus::Failed {
//!         println!("{} failed: {}", test.name, test.failures[0].message);
//!     }
//! }
//! # Ok::<(), qase::reporter::junit::JunitError>(())
//! ```
//!
//! # What a test is read as
//!
//! There is no standard of JUnit XML. This is what is looked for, and how it is reported:
//!
//! | in the file | in the result |
//! |---|---|
//! | `testsuite`s around it, `classname` unless it repeats the innermost | `relations.suite` |
//! | `name` | `title`; with suites and class, the `signature` |
//! | `failure`, `error` | `failed`; the text is the `stacktrace`, `message` and `type` are in the `message` |
//! | `skipped` | `skipped`, with its reason as `message` |
//! | `flakyFailure`, `flakyError` | `passed`; the `message` says after how many attempts, their texts are the `stacktrace` |
//! | `rerunFailure`, `rerunError` | how many attempts there were; their texts are in the `stacktrace` |
//! | `time`, `timestamp` of the test | `duration`; `start_time`, if it names its zone |
//! | `system-out`, `system-err` | of failed tests: files of the result, `system-out.txt` and `system-err.txt`. Of other tests they are not sent |
//! | property `qase_id` or `testops_id` | `testops_id`, or with several numbers between commas `testops_ids` |
//!
//! What else there is, properties and outputs of suites and counters above all, is not looked at.

mod lines;
mod parse;
mod result;
#[cfg(test)]
mod tests;

use crate::DateTime;
use lines::Lines;
use parse::Parser;
use std::fmt;
use std::io::{self, BufRead};
use std::sync::Arc;
use std::time::Duration;

/// A test of a JUnit file.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct JunitTest {
    /// The suites around it, the outermost first.
    pub suites: Vec<String>,
    /// What it calls its class.
    pub class: Option<String>,
    /// Its name.
    pub name: String,
    /// How long it took.
    pub time: Option<Duration>,
    /// When it began.
    pub timestamp: Option<DateTime>,
    /// Why it failed.
    pub failures: Vec<JunitFailure>,
    /// Attempts that failed, besides the one that counts.
    pub attempts: Vec<JunitFailure>,
    /// Why it was skipped, if it was.
    pub skipped: Option<String>,
    /// What is noted of it, by name.
    pub properties: Vec<(String, String)>,
    /// What it printed.
    pub system_out: String,
    /// What it printed as errors.
    pub system_err: String,
}

/// How a test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JunitStatus {
    /// It passed, if need be after other attempts.
    Passed,
    /// It failed, or something went wrong with it.
    Failed,
    /// It was not run.
    Skipped,
}

impl JunitTest {
    /// How it went.
    #[must_use]
    pub fn status(&self) -> JunitStatus {
        match (self.failures.is_empty(), &self.skipped) {
            (false, _) => JunitStatus::Failed,
            (true, Some(_)) => JunitStatus::Skipped,
            (true, None) => JunitStatus::Passed,
        }
    }

    /// The suites around it, and its class unless that repeats the innermost.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        let class = self.class.as_ref().filter(|class| !class.is_empty() && self.suites.last() != Some(class));
        self.suites.iter().chain(class).map(String::as_str)
    }
}

/// How a test, or an attempt of it, failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JunitFailure {
    /// What it says.
    pub message: String,
    /// What kind of failure it was, such as the class of an exception.
    pub kind: String,
    /// Where it failed, and whatever else there is to say.
    pub text: String,
}

/// The tests of a JUnit file, in order. After an error there are none.
#[derive(Debug)]
pub struct JunitReader<R> {
    parser: Parser<R>,
    ended: bool,
}

impl<R: BufRead> JunitReader<R> {
    /// Reads a file. It is read in small pieces, so something like [`BufReader`](io::BufReader) must stand before it.
    pub fn new(reader: R) -> Self {
        Self { parser: Parser::new(Lines::new(reader)), ended: false }
    }
}

impl<R: BufRead> Iterator for JunitReader<R> {
    type Item = Result<JunitTest, JunitError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let test = self.parser.test().transpose();
        self.ended = !matches!(test, Some(Ok(_)));
        test
    }
}

/// Why a file cannot be read.
#[derive(Debug)]
pub struct JunitError {
    line: u64,
    column: u64,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    /// The file cannot be read.
    Read(Arc<io::Error>),
    /// It is no XML, or no JUnit.
    Text(String),
}

impl JunitError {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The byte in the line, from 1.
    #[must_use]
    pub fn column(&self) -> u64 {
        self.column
    }
}

/// `line 7, column 12: there is text outside of the outermost element`
impl fmt::Display for JunitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, cause } = self;
        write!(f, "line {line}, column {column}: ")?;
        match cause {
            Cause::Read(error) => write!(f, "cannot be read: {error}"),
            Cause::Text(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for JunitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Read(error) => Some(error.as_ref()),
            Cause::Text(_) => None,
        }
    }
}
