//! Sending in bulk as a state machine without I/O: what is to be sent next.

use super::item::Answer;
use super::outcome::{ItemStatus, Refusal, element};
use crate::fields::{InvalidField, InvalidFields};
use crate::{Error, StatusCode};
use std::collections::{BTreeMap, VecDeque};
use tms_runtime::TransportErrorKind;
use tms_runtime::chunk::fitting;

/// How many results may be refused one by one, without any arriving, before the fault is not looked for in them any more.
const ALL_REFUSED: usize = 8;

/// Results being sent, by their places in the list.
#[derive(Debug)]
pub(super) struct Machine {
    weights: Vec<[u64; 3]>,
    limits: [u64; 3],
    /// Whether the service takes the same result only once.
    once: bool,
    statuses: Vec<ItemStatus>,
    /// The first result that was in no chunk yet.
    fresh: usize,
    /// Chunks that were cut from others.
    pieces: VecDeque<Vec<usize>>,
    current: Vec<usize>,
    /// Of the chunk that was too large and its pieces, the most results that arrived at once.
    cut: Option<usize>,
    /// How many were refused one by one without being named, and without any arriving in between.
    blind: usize,
    ended: bool,
    error: Option<Error>,
}

/// What an answer means for what was sent.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Arrived,
    TooLarge,
    Refused,
    /// Nothing is to be sent any more, and this has become of what was sent.
    End(ItemStatus),
}

impl Machine {
    pub(super) fn new(weights: Vec<[u64; 3]>, limits: [u64; 3], once: bool) -> Self {
        let statuses = vec![ItemStatus::NotSent; weights.len()];
        Self {
            weights,
            limits,
            once,
            statuses,
            fresh: 0,
            pieces: VecDeque::new(),
            current: Vec::new(),
            cut: None,
            blind: 0,
            ended: false,
            error: None,
        }
    }

    /// What to send next; then [`answered`](Self::answered).
    pub(super) fn next(&mut self) -> Option<&[usize]> {
        if self.ended {
            return None;
        }
        self.current = self.pieces.pop_front().unwrap_or_default();
        if self.current.is_empty() {
            // What was too much once is too much again.
            if let Some(arrived @ 1..) = self.cut.take() {
                self.limits[0] = self.limits[0].min(arrived as u64);
            }
            let begin = self.fresh;
            self.fresh += fitting(&self.limits, &self.weights[begin..]);
            self.current = (begin..self.fresh).collect();
        }
        (!self.current.is_empty()).then_some(&self.current)
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        let chunk = std::mem::take(&mut self.current);
        let error = match answer {
            Ok(_) => return self.arrived(&chunk),
            Err(error) => error,
        };
        match verdict(&error, self.once) {
            Verdict::Arrived => self.arrived(&chunk),
            Verdict::TooLarge => {
                self.cut.get_or_insert(0);
                self.halve(chunk, error);
            }
            Verdict::Refused => self.refused(chunk, error),
            Verdict::End(status) => {
                self.mark(&chunk, &status);
                self.end_with(error);
            }
        }
    }

    /// What has become of each, and what ended it early.
    pub(super) fn end(self) -> (Vec<ItemStatus>, Option<Error>) {
        (self.statuses, self.error)
    }

    fn arrived(&mut self, chunk: &[usize]) {
        self.mark(chunk, &ItemStatus::Arrived);
        self.blind = 0;
        self.cut = self.cut.map(|most| most.max(chunk.len()));
    }

    /// The service takes all of a chunk or nothing.
    fn refused(&mut self, chunk: Vec<usize>, error: Error) {
        let mut named: BTreeMap<usize, Vec<InvalidField>> = BTreeMap::new();
        for field in error.invalid_fields() {
            let Some((place, path)) = element(&field).map(|(place, path)| (place, path.to_vec())) else { continue };
            if let Some(item) = chunk.get(place) {
                named.entry(*item).or_default().push(InvalidField { path, ..field });
            }
        }
        if named.is_empty() {
            return self.halve(chunk, error);
        }
        let others: Vec<usize> = chunk.into_iter().filter(|item| !named.contains_key(item)).collect();
        if !others.is_empty() {
            self.pieces.push_front(others);
        }
        for (item, fields) in named {
            self.statuses[item] = ItemStatus::Refused(Refusal::new(&error, fields));
        }
    }

    /// Sends a chunk in two; what cannot be divided is refused.
    fn halve(&mut self, mut chunk: Vec<usize>, error: Error) {
        if chunk.len() > 1 {
            let second = chunk.split_off(chunk.len().div_ceil(2));
            self.pieces.push_front(second);
            self.pieces.push_front(chunk);
            return;
        }
        self.mark(&chunk, &ItemStatus::Refused(Refusal::whole(&error)));
        self.blind += 1;
        let is_over = self.pieces.is_empty() && self.fresh == self.weights.len();
        if self.blind >= ALL_REFUSED && !is_over && !self.statuses.contains(&ItemStatus::Arrived) {
            self.end_with(error);
        }
    }

    fn end_with(&mut self, error: Error) {
        self.ended = true;
        self.error = Some(error);
    }

    fn mark(&mut self, chunk: &[usize], status: &ItemStatus) {
        for item in chunk {
            self.statuses[*item] = status.clone();
        }
    }
}

fn verdict(error: &Error, once: bool) -> Verdict {
    let not_sent = Verdict::End(ItemStatus::NotSent);
    let unknown = Verdict::End(ItemStatus::Unknown);
    match error {
        Error::Api(_) | Error::Status(_) => match error.status() {
            Some(StatusCode::PAYLOAD_TOO_LARGE) => Verdict::TooLarge,
            Some(StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY) => Verdict::Refused,
            Some(StatusCode::INSUFFICIENT_STORAGE) => not_sent,
            Some(status) if status.is_client_error() => not_sent,
            // A success that says `"status": false`.
            Some(status) if status.is_success() => Verdict::Refused,
            _ => unknown,
        },
        // Any success without content will do.
        Error::Decode(_) if error.body().is_some_and(|body| body.trim_ascii().is_empty()) => Verdict::Arrived,
        Error::Decode(_) => unknown,
        // An attempt before this one may have brought it there.
        Error::Transport(error) if once && error.attempts() > 1 => unknown,
        Error::Timeout(error) if error.attempts() == 0 => not_sent,
        Error::Transport(error) => match error.cause().kind() {
            TransportErrorKind::Connect | TransportErrorKind::Source => not_sent,
            _ => unknown,
        },
        Error::Timeout(_) => unknown,
        _ => not_sent,
    }
}
