//! Between who reports and who sends: results that wait, as many as may be in memory.

use super::{Settings, Summary, TestReport};
use crate::bulk::{MAX_BYTES, MAX_ITEMS};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tms_runtime::chunk::fitting;

/// What both sides share.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    #[cfg(feature = "async")]
    wakers: Mutex<Vec<std::task::Waker>>,
    #[cfg(feature = "blocking")]
    changed: std::sync::Condvar,
}

/// What may come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Results.
    Open,
    /// Nothing; the run is to be completed if all goes well, or not.
    Closed { complete: bool },
    /// Nothing: the sender has given up.
    GivenUp,
    /// Nothing: the sender is gone.
    Gone,
}

#[derive(Debug)]
pub(super) struct State {
    settings: Settings,
    /// Results, and what they count for.
    waiting: VecDeque<(TestReport, [u64; 2])>,
    bytes: u64,
    /// Whether somebody waits for room.
    crowded: bool,
    phase: Phase,
    summary: Option<Summary>,
}

impl Queue {
    pub(super) fn new(settings: Settings) -> Self {
        let state = State { settings, waiting: VecDeque::new(), bytes: 0, crowded: false, phase: Phase::Open, summary: None };
        Self {
            state: Mutex::new(state),
            #[cfg(feature = "async")]
            wakers: Mutex::default(),
            #[cfg(feature = "blocking")]
            changed: std::sync::Condvar::new(),
        }
    }

    /// Changes something at once.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let value = change(&mut self.state());
        self.tell();
        value
    }

    /// Tells everybody that something has changed.
    fn tell(&self) {
        #[cfg(feature = "blocking")]
        self.changed.notify_all();
        #[cfg(feature = "async")]
        {
            let wakers = std::mem::take(&mut *self.wakers.lock().unwrap_or_else(PoisonError::into_inner));
            // Wakers are foreign code: the lock is gone by now.
            wakers.into_iter().for_each(std::task::Waker::wake);
        }
    }

    /// Waits until `change` has something to return.
    #[cfg(feature = "async")]
    pub(super) async fn wait<T>(&self, mut change: impl FnMut(&mut State) -> Option<T>) -> T {
        let poll = |context: &mut std::task::Context<'_>| {
            let mut state = self.state();
            let Some(value) = change(&mut state) else {
                // Before the state is free for others, lest they tell nobody.
                let mut wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
                if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                    wakers.push(context.waker().clone());
                }
                return std::task::Poll::Pending;
            };
            drop(state);
            self.tell();
            std::task::Poll::Ready(value)
        };
        std::future::poll_fn(poll).await
    }

    /// Waits until `change` has something to return.
    #[cfg(feature = "blocking")]
    pub(super) fn wait_blocking<T>(&self, mut change: impl FnMut(&mut State) -> Option<T>) -> T {
        loop {
            if let Some(value) = self.wait_blocking_for(std::time::Duration::MAX, &mut change) {
                return value;
            }
        }
    }

    /// Waits so long at most until `change` has something to return.
    #[cfg(feature = "blocking")]
    pub(super) fn wait_blocking_for<T>(&self, time: std::time::Duration, mut change: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let mut value = None;
        let waited = self.changed.wait_timeout_while(self.state(), time, |state| {
            value = change(state);
            value.is_none()
        });
        drop(waited);
        if value.is_some() {
            self.tell();
        }
        value
    }

    /// Whoever panics while he holds the lock has changed nothing yet.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes a report in if there is room; gives it back if none will come.
    pub(super) fn push(&mut self, report: &mut Option<TestReport>, bytes: u64) -> Option<Result<(), Box<TestReport>>> {
        if self.phase != Phase::Open {
            return report.take().map(|report| Err(Box::new(report)));
        }
        let Settings { max_results, max_bytes, .. } = self.settings;
        let has_room = self.waiting.len() < max_results && self.bytes.saturating_add(bytes) <= max_bytes;
        if !self.waiting.is_empty() && !has_room {
            self.crowded = true;
            return None;
        }
        self.bytes = self.bytes.saturating_add(bytes);
        self.waiting.push_back((report.take()?, [1, bytes]));
        Some(Ok(()))
    }

    /// Whether there is something to do for the sender.
    pub(super) fn has_work(&self) -> bool {
        !self.waiting.is_empty() || self.phase != Phase::Open
    }

    /// Whether there is nothing to wait for before it is sent.
    pub(super) fn is_due(&self) -> bool {
        self.crowded || self.phase != Phase::Open || self.waiting.len() >= MAX_ITEMS || self.bytes >= MAX_BYTES
    }

    /// What can be sent together.
    pub(super) fn take(&mut self) -> Vec<TestReport> {
        let count = fitting(&[MAX_ITEMS as u64, MAX_BYTES], self.waiting.iter().map(|(_, weight)| weight));
        let taken: Vec<_> = self.waiting.drain(..count).collect();
        self.bytes -= taken.iter().map(|(_, [_, bytes])| bytes).sum::<u64>().min(self.bytes);
        self.crowded = false;
        taken.into_iter().map(|(report, _)| report).collect()
    }

    /// All that waits; nothing is taken in any more.
    pub(super) fn give_up(&mut self) -> Vec<TestReport> {
        self.phase = Phase::GivenUp;
        self.bytes = 0;
        self.waiting.drain(..).map(|(report, _)| report).collect()
    }

    pub(super) fn close(&mut self, complete: bool) {
        if self.phase == Phase::Open {
            self.phase = Phase::Closed { complete };
        }
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase
    }

    pub(super) fn end(&mut self, summary: Summary) {
        self.summary = Some(summary);
    }

    /// The sender is gone, with or without a summary.
    pub(super) fn leave(&mut self) {
        self.phase = Phase::Gone;
    }

    /// How it ended, once it has.
    pub(super) fn summary(&mut self) -> Option<Option<Summary>> {
        (self.phase == Phase::Gone).then(|| self.summary.take())
    }
}
