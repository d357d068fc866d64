//! What a call does about its token.

use super::{Run, Step};
use crate::error::{AuthError, Failure};
use crate::login::{Entry, Flight};
use crate::raw::Raw;
use http::StatusCode;
use http::header::AUTHORIZATION;
use std::sync::Arc;
use std::time::Instant;

const STAYS_REFUSED: &str =
    "the token was refused and will be another one, but the file could be read only once: call again with a new `File`";

/// Asking for a token: a call of its own within another one.
pub(super) struct LogIn {
    pub(super) run: Run,
    pub(super) flight: Flight,
}

impl Run {
    /// Sees to the token; what is to be done before there is one.
    pub(super) fn log_in(&mut self, now: Instant) -> Option<Step> {
        let session = self.plan.session.as_ref()?;
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(now));
        let step = match session.enter(now, self.waited.take()) {
            Entry::Token(token) => {
                self.plan.request.headers_mut().insert(AUTHORIZATION, token.header.clone());
                self.token = Some(token);
                return None;
            }
            Entry::Failed(problem) => self.done(Err(Failure::Auth(AuthError::login(self.plan.info, problem)))),
            Entry::Wait(_) | Entry::Fetch(_) if left.is_some_and(|left| left.is_zero()) => self.done(Err(self.late())),
            Entry::Wait(wait) => {
                self.waited = Some(wait.flight());
                Step::Join(wait, left)
            }
            Entry::Fetch(flight) => match self.core.plan_login(&flight, left) {
                Ok(plan) => Step::LogIn(Box::new(LogIn { run: Self::new(Arc::clone(&self.core), plan, now), flight })),
                Err(failure) => self.done(Err(failure)),
            },
        };
        Some(step)
    }

    /// What follows from asking for a token.
    pub(super) fn logged_in(&mut self, flight: Flight, result: Result<Raw, Failure>, now: Instant) -> Step {
        if self.deadline.is_some() && matches!(result, Err(Failure::Timeout(_))) {
            // Others may have more time: it is their turn.
            return self.done(Err(self.late()));
        }
        self.waited = Some(flight.land(result));
        self.go(now)
    }

    /// Whether the call is to be sent again because its token was refused: once, with another token.
    pub(super) fn renew(&mut self) -> bool {
        let (Some(session), Some(token), false) = (&self.plan.session, &self.token, self.renewed) else { return false };
        session.refuse(token);
        self.renewed = true;
        self.can_repeat()
    }

    /// What the reader of an error should know when only the file keeps a call with a refused token from being sent again.
    pub(super) fn why_refused(&self, status: StatusCode) -> Option<Box<str>> {
        (status == StatusCode::UNAUTHORIZED && self.renewed && !self.can_repeat()).then(|| STAYS_REFUSED.into())
    }
}
