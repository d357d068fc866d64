//! From tests to results.

use super::{JunitFailure, JunitStatus, JunitTest};
use crate::File;
use crate::reporter::TestReport;
use crate::types::{NewResultV2, ResultExecution, ResultRelations, ResultStatus, SuitePath, SuitePathItem};
use std::time::UNIX_EPOCH;

/// Properties that name the case.
const CASE: [&str; 2] = ["qase_id", "testops_id"];

impl From<JunitTest> for TestReport {
    fn from(test: JunitTest) -> Self {
        let status = test.status();
        let report = Self::new(result(&test, status));
        if status != JunitStatus::Failed {
            return report;
        }
        let outputs = [("system-out.txt", test.system_out), ("system-err.txt", test.system_err)];
        let files = outputs.into_iter().filter(|(_, text)| !text.trim().is_empty());
        files.fold(report, |report, (name, text)| report.with_file(File::from_bytes(name, text)))
    }
}

fn result(test: &JunitTest, status: JunitStatus) -> NewResultV2 {
    let mut execution = ResultExecution::new(match status {
        JunitStatus::Passed => ResultStatus::Passed,
        JunitStatus::Failed => ResultStatus::Failed,
        JunitStatus::Skipped => ResultStatus::Skipped,
    });
    execution.duration = test.time.and_then(|time| i64::try_from(time.as_millis()).ok());
    let begun = test.timestamp.as_ref().and_then(|time| time.system_time());
    execution.start_time = begun.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_secs_f64());
    execution.stacktrace = joined(test.failures.iter().chain(&test.attempts).map(|failure| failure.text.as_str()), "\n\n");

    let path: Vec<&str> = test.path().collect();
    let mut result = NewResultV2::new(&test.name, execution);
    result.signature = joined(path.iter().copied().chain([test.name.as_str()]), "::");
    result.message = message(test, status);
    if !path.is_empty() {
        let suites: Vec<_> = path.into_iter().map(SuitePathItem::new).collect();
        result.relations = Some(ResultRelations::default().with_suite(SuitePath::new(suites)));
    }
    match cases(test).as_slice() {
        [] => {}
        [case] => result.testops_id = Some(*case),
        cases => result.testops_ids = Some(cases.to_vec()),
    }
    result
}

fn message(test: &JunitTest, status: JunitStatus) -> Option<String> {
    let attempts = match (status, test.attempts.len()) {
        (_, 0) => None,
        (JunitStatus::Failed, others) => Some(format!("Failed in all of {} attempts.", others + 1)),
        (_, 1) => Some("Passed after 1 attempt that failed.".to_owned()),
        (_, others) => Some(format!("Passed after {others} attempts that failed.")),
    };
    let failures = if test.failures.is_empty() { &test.attempts } else { &test.failures };
    let said = failures.iter().map(said).chain(test.skipped.clone());
    let parts: Vec<String> = attempts.into_iter().chain(said).collect();
    joined(parts.iter().map(String::as_str), "\n")
}

fn said(failure: &JunitFailure) -> String {
    let JunitFailure { message, kind, .. } = failure;
    joined([kind.as_str(), message].into_iter(), ": ").unwrap_or_default()
}

/// What is not empty.
fn joined<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> Option<String> {
    let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

/// The numbers of its cases.
fn cases(test: &JunitTest) -> Vec<i64> {
    let named = test.properties.iter().filter(|(name, _)| CASE.contains(&name.as_str()));
    named.flat_map(|(_, value)| value.split(',')).filter_map(|number| number.trim().parse().ok()).collect()
}
