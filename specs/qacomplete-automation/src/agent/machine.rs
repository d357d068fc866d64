//! The agent loop as a state machine without I/O: what is to be done next.

#[cfg(test)]
mod tests;

use super::job::{Place, TestResult};
use crate::types::{ItemReport, Outcome, Run, RunItem};
use crate::{Error, File};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// What to do next.
#[derive(Debug)]
pub(super) enum Step {
    /// Read the list of waiting runs; then [`Machine::polled`].
    Poll,
    /// Wait, but not if the loop is to end.
    Wait(Duration),
    /// Download the script and run it; then [`Machine::ran`].
    Run(Place, RunItem),
    /// Report; then [`Machine::reported`].
    Report(Place, ItemReport),
    UploadLog(Place, File),
    UploadReport(Place, File),
    End,
}

/// What a failure means for what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing was done, or nobody knows; another time it may work.
    Passing,
    /// It was done, but the answer cannot be read.
    Garbled,
    /// It will not work.
    Final,
}

impl Trouble {
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::Decode(_) => Self::Garbled,
            _ if error.is_retryable() => Self::Passing,
            _ => Self::Final,
        }
    }
}

/// A loop under way.
#[derive(Debug)]
pub(super) struct Machine {
    interval: Duration,
    /// Whether the list is to be read when there is nothing else to do.
    due: bool,
    queue: VecDeque<Test>,
    /// What has begun: the test that is run or reported.
    current: Option<Current>,
    uploads: VecDeque<Step>,
    /// What is known of the runs in the list.
    runs: BTreeMap<i64, Known>,
}

#[derive(Debug)]
struct Test {
    place: Place,
    item: RunItem,
}

#[derive(Debug)]
struct Current {
    place: Place,
    stop_on_fail: bool,
    result: Option<TestResult>,
}

#[derive(Debug, Default)]
struct Known {
    /// The tests that are not to be run again, by their place.
    done: BTreeSet<i64>,
    /// Results that could not be reported yet, by place.
    unreported: BTreeMap<i64, TestResult>,
    /// A test failed that stops the run.
    is_over: bool,
}

impl Machine {
    pub(super) fn new(interval: Duration) -> Self {
        Self { interval, due: true, queue: VecDeque::new(), current: None, uploads: VecDeque::new(), runs: BTreeMap::new() }
    }

    /// What to do next, if the loop is to end or not.
    pub(super) fn next(&mut self, stopped: bool) -> Step {
        if let Some(upload) = self.uploads.pop_front() {
            return upload;
        }
        if let Some(Current { place, result: Some(result), .. }) = &self.current {
            return Step::Report(*place, result.item.clone());
        }
        if stopped {
            return Step::End;
        }
        while let Some(test) = self.queue.pop_front() {
            if !self.known(test.place).done.contains(&test.place.sequence_number) {
                return self.begin(test);
            }
        }
        if std::mem::take(&mut self.due) {
            return Step::Poll;
        }
        self.due = true;
        Step::Wait(self.interval)
    }

    fn begin(&mut self, test: Test) -> Step {
        let Test { place, item } = test;
        let known = self.known(place);
        let skipped = || TestResult::new(Outcome::Skipped);
        let result = known.unreported.remove(&place.sequence_number).or_else(|| known.is_over.then(skipped));
        let report = result.as_ref().map(|result| result.item.clone());
        self.current = Some(Current { place, stop_on_fail: item.stop_on_fail.unwrap_or(false), result });
        match report {
            Some(report) => Step::Report(place, report),
            None => Step::Run(place, item),
        }
    }

    /// The list was read, or not. Returns how many tests there are to be run.
    pub(super) fn polled(&mut self, runs: Vec<Run>) -> usize {
        self.runs.retain(|id, _| runs.iter().any(|run| run.id == *id));
        for run in runs {
            let known = self.runs.entry(run.id).or_default();
            let mut tests: Vec<Test> =
                run.test_run_items.unwrap_or_default().into_iter().zip(1..).map(|(item, index)| Test::new(run.id, item, index)).collect();
            tests.retain(|test| !known.done.contains(&test.place.sequence_number));
            tests.sort_by_key(|test| test.place);
            self.queue.extend(tests);
        }
        self.queue.len()
    }

    /// The test was run, or could not be.
    pub(super) fn ran(&mut self, result: Result<TestResult, Trouble>) {
        let Some(mut current) = self.current.take() else { return };
        current.result = match result {
            Ok(result) => Some(result),
            Err(Trouble::Passing) => return self.leave(current.place.run),
            Err(Trouble::Garbled | Trouble::Final) => Some(TestResult::new(Outcome::Blocked)),
        };
        self.current = Some(current);
    }

    /// The result was reported, or could not be.
    pub(super) fn reported(&mut self, answer: Result<(), Trouble>) {
        let Some(Current { place, stop_on_fail, result: Some(result) }) = self.current.take() else { return };
        let known = self.known(place);
        if answer == Err(Trouble::Passing) {
            known.unreported.insert(place.sequence_number, result);
            return self.leave(place.run);
        }
        known.done.insert(place.sequence_number);
        known.is_over |= stop_on_fail && result.item.status == Some(Outcome::Failed);
        if answer == Err(Trouble::Final) {
            return;
        }
        // A run that is done leaves the list, and another may have come.
        self.due = true;
        self.uploads.extend(result.log.map(|log| Step::UploadLog(place, log)));
        self.uploads.extend(result.report.map(|report| Step::UploadReport(place, report)));
    }

    /// Leaves a run alone until the list is read next, lest its tests be run out of order.
    fn leave(&mut self, run: i64) {
        self.queue.retain(|test| test.place.run != run);
    }

    fn known(&mut self, place: Place) -> &mut Known {
        self.runs.entry(place.run).or_default()
    }
}

impl Test {
    /// The reference has the number at the steps, the metadata page at the test.
    fn new(run: i64, item: RunItem, index: i64) -> Self {
        let at_steps = || item.test_run_results.iter().flatten().find_map(|step| step.sequence_number);
        let place = Place::new(run, item.sequence_number.or_else(at_steps).unwrap_or(index));
        Self { place, item }
    }
}
