//! Reporting as a state machine without I/O: what the sender does next.

use super::queue::Phase;
use super::summary::{LostFile, Refused, Summary};
use super::{Settings, TestReport};
use crate::bulk::{BulkOutcome, ItemStatus};
use crate::types::{NewResultV2, Run, UploadedFile};
use crate::{Error, File, StatusCode};
use std::time::Duration;
use tms_runtime::chunk::fitting;

/// How large a file may be that the service takes, and how many files of which size together in one request.
const MAX_FILE: u64 = 32 * 1024 * 1024;
const MAX_FILES: u64 = 20;
const MAX_UPLOAD: u64 = 128 * 1024 * 1024;

/// The first pause, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What to do next.
#[derive(Debug)]
pub(super) enum Step {
    /// Wait for results; then [`Machine::fetched`].
    Fetch,
    /// Upload files; then [`Machine::uploaded`].
    Upload(Vec<File>),
    /// Send results; then [`Machine::sent`].
    Send(Vec<NewResultV2>),
    Pause(Duration),
    /// Complete the run; then [`Machine::completed`].
    Complete,
    /// Look whether the run is complete, as the answer did not say so; then [`Machine::looked`].
    Look,
    End,
}

/// A sender at work.
#[derive(Debug)]
pub(super) struct Machine {
    settings: Settings,
    summary: Summary,
    /// What is being sent. Results go when all files are gone.
    hand: Vec<TestReport>,
    /// How many files go together, and how many do now.
    most_files: u64,
    uploading: usize,
    phase: Phase,
    next: Option<Step>,
    /// How often, and how long in all, it has paused since something arrived.
    pauses: u32,
    paused: Duration,
    /// What kept the run from being completed, until it is known whether it is.
    doubt: Option<Error>,
}

impl Machine {
    pub(super) fn new(settings: Settings, summary: Summary) -> Self {
        Self {
            settings,
            summary,
            hand: Vec::new(),
            most_files: MAX_FILES,
            uploading: 0,
            phase: Phase::Open,
            next: None,
            pauses: 0,
            paused: Duration::ZERO,
            doubt: None,
        }
    }

    pub(super) fn next(&mut self) -> Step {
        if let Some(step) = self.next.take() {
            return step;
        }
        if self.phase == Phase::GivenUp {
            return Step::End;
        }
        self.drop_large_files();
        let files: Vec<File> = self.hand.iter().flat_map(|report| &report.files).cloned().collect();
        if !files.is_empty() {
            return self.upload(files);
        }
        if !self.hand.is_empty() {
            return Step::Send(self.hand.drain(..).map(|report| report.result).collect());
        }
        match self.phase {
            Phase::Closed { complete: true } if !self.settings.keep_open => Step::Complete,
            Phase::Open => Step::Fetch,
            _ => Step::End,
        }
    }

    /// There are results, or there will be none.
    pub(super) fn fetched(&mut self, reports: Vec<TestReport>, phase: Phase) {
        if reports.is_empty() {
            self.phase = phase;
        }
        self.hand = reports;
    }

    /// Whether it has given up; then it takes what waits as not sent.
    pub(super) fn has_given_up(&self) -> bool {
        self.phase == Phase::GivenUp
    }

    pub(super) fn end(mut self, waiting: Vec<TestReport>) -> Summary {
        self.summary.unsent.extend(self.hand);
        self.summary.unsent.extend(waiting);
        self.summary
    }

    fn upload(&mut self, mut files: Vec<File>) -> Step {
        let weights: Vec<_> = files.iter().map(|file| [1, file.size().unwrap_or(MAX_FILE)]).collect();
        self.uploading = fitting(&[self.most_files, MAX_UPLOAD], &weights);
        files.truncate(self.uploading);
        Step::Upload(files)
    }

    pub(super) fn uploaded(&mut self, answer: Result<Vec<UploadedFile>, Error>) {
        match answer {
            Ok(uploaded) if uploaded.len() == self.uploading => {
                self.arrived();
                self.most_files = (self.most_files * 2).min(MAX_FILES);
                for file in uploaded {
                    let Some(report) = self.hand.iter_mut().find(|report| !report.files.is_empty()) else { break };
                    report.files.remove(0);
                    report.result.attachments.get_or_insert_default().push(file.hash);
                }
            }
            Ok(uploaded) => {
                let reason = format!("the service answers {} files for {}", uploaded.len(), self.uploading);
                self.lose_files(&reason);
            }
            Err(error) if may_pass(&error) || concerns_all(&error) => self.trouble(error),
            Err(error) if self.uploading > 1 && concerns_files(&error) => self.most_files = (self.uploading as u64) / 2,
            Err(error) => {
                self.lose_files(&error.to_string());
                self.most_files = (self.most_files * 2).min(MAX_FILES);
            }
        }
    }

    /// The results that were sent, and what has become of them.
    pub(super) fn sent(&mut self, outcome: BulkOutcome<NewResultV2>) {
        let (items, error) = outcome.into_parts();
        for (result, status) in items {
            match status {
                ItemStatus::Arrived => {
                    self.summary.arrived += 1;
                    self.arrived();
                }
                ItemStatus::Refused(refusal) => self.summary.refused.push(Refused { result, refusal }),
                ItemStatus::NotSent | ItemStatus::Unknown => self.hand.push(result.into()),
            }
        }
        if let Some(error) = error {
            self.trouble(error);
        }
    }

    pub(super) fn completed<T>(&mut self, answer: Result<T, Error>) {
        match answer {
            Ok(_) => self.complete(),
            Err(error) => {
                self.doubt = Some(error);
                self.next = Some(Step::Look);
            }
        }
    }

    pub(super) fn looked(&mut self, run: Result<Run, Error>) {
        let doubt = self.doubt.take();
        match (run, doubt) {
            // Somebody has completed it: this reporter, most likely, whose answer was lost.
            (Ok(Run { end_time: Some(time), .. }), _) if !time.is_unset() => self.complete(),
            (_, Some(error)) | (Err(error), None) => self.trouble(error),
            (Ok(_), None) => {}
        }
    }

    fn complete(&mut self) {
        self.summary.completed = true;
        self.next = Some(Step::End);
    }

    fn arrived(&mut self) {
        (self.pauses, self.paused) = (0, Duration::ZERO);
    }

    /// Pauses if that helps.
    fn trouble(&mut self, error: Error) {
        let doubled = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(self.pauses).unwrap_or(u32::MAX)).min(LONGEST_PAUSE);
        let pause = error.retry_after().unwrap_or(doubled);
        let paused = self.paused.saturating_add(pause);
        if may_pass(&error) && paused <= self.settings.patience {
            self.pauses += 1;
            self.paused = paused;
            self.next = Some(Step::Pause(pause));
        } else {
            self.phase = Phase::GivenUp;
            self.summary.error = Some(error);
        }
    }

    fn drop_large_files(&mut self) {
        for report in &mut self.hand {
            for file in report.files.extract_if(.., |file| file.size().is_some_and(|size| size > MAX_FILE)) {
                self.summary.lost_files.push(lost(&report.result, &file, "it is larger than 32 MB"));
            }
        }
    }

    /// Goes on without the files that could not be uploaded.
    fn lose_files(&mut self, reason: &str) {
        let mut left = self.uploading;
        for report in &mut self.hand {
            let count = left.min(report.files.len());
            left -= count;
            self.summary.lost_files.extend(report.files.drain(..count).map(|file| lost(&report.result, &file, reason)));
        }
    }
}

fn lost(result: &NewResultV2, file: &File, reason: &str) -> LostFile {
    LostFile { title: result.title.clone(), name: file.name.clone(), reason: reason.to_owned() }
}

/// Whether waiting helps. A storage that is full does not become empty by itself.
fn may_pass(error: &Error) -> bool {
    error.is_retryable() && error.status() != Some(StatusCode::INSUFFICIENT_STORAGE)
}

/// Whether an upload failed for a reason that holds for everything else as well.
fn concerns_all(error: &Error) -> bool {
    matches!(error, Error::Auth(_) | Error::Config(_)) || matches!(error.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND))
}

/// Whether an upload may have failed because of some of its files.
fn concerns_files(error: &Error) -> bool {
    match error.status() {
        Some(status) => matches!(status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY),
        // Files that cannot be read, or no more.
        None => true,
    }
}
