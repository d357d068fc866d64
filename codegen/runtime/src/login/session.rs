//! One login, shared by all clones of a client: one request for a token, however many calls wait for it.

use super::answer::{self, Problem};
use super::tokens::{Decision, Grant, Outcome, Token, Tokens};
use super::{OAuth, PasswordLogin};
use crate::error::Failure;
use crate::operation::{Auth, Info, Method, Retry};
use crate::parts::Parts;
use crate::raw::Raw;
use crate::secret::Redaction;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

/// What a request for a token is called in traces.
static LOGIN: Info =
    Info { name: "login", method: Method::Post, path: "(token)", auth: Auth::None, retry: Retry::Idempotent, envelope: None };

/// A login and the tokens it brought.
pub(crate) struct Session {
    oauth: OAuth,
    login: PasswordLogin,
    state: Mutex<State>,
    landed: Condvar,
}

#[derive(Default)]
struct State {
    tokens: Tokens,
    /// Of the futures that wait; those of dropped ones are woken in vain.
    wakers: Vec<Waker>,
}

/// What a call does about its token.
pub(crate) enum Entry {
    Token(Token),
    Fetch(Flight),
    Wait(Wait),
    Failed(Problem),
}

impl Session {
    pub(crate) fn new(oauth: OAuth, login: PasswordLogin) -> Self {
        Self { oauth, login, state: Mutex::default(), landed: Condvar::new() }
    }

    /// What a call does that waited for the request of number `waited`, if it did.
    pub(crate) fn enter(self: &Arc<Self>, now: Instant, waited: Option<u64>) -> Entry {
        let mut state = self.state();
        match state.tokens.decide(now, waited) {
            Decision::Use(token) => Entry::Token(token),
            Decision::Fail(problem) => Entry::Failed(problem),
            Decision::Wait => Entry::Wait(Wait { session: Arc::clone(self), flight: state.tokens.flight() }),
            Decision::Fetch(grant) => {
                let number = state.tokens.take_off();
                Entry::Fetch(Flight { session: Arc::clone(self), number, grant, outcome: Outcome::Abandoned, asked: now })
            }
        }
    }

    /// The server did not take this token.
    pub(crate) fn refuse(&self, token: &Token) {
        self.state().tokens.refuse(token);
    }

    fn request(&self, grant: &Grant) -> Parts {
        let OAuth { token, refresh, refresh_client } = self.oauth;
        let own = self.login.client.as_deref();
        let (path, client, fields) = match grant {
            Grant::Password => {
                let fields = [("grant_type", "password"), ("username", &self.login.user), ("password", self.login.password.expose())];
                (token, own.or(refresh_client), fields.to_vec())
            }
            Grant::Refresh(secret) => {
                let fields = [("grant_type", "refresh_token"), ("refresh_token", secret.expose())];
                (refresh, refresh_client.or(own), fields.to_vec())
            }
        };
        let mut parts = Parts::new(&LOGIN);
        parts.literal(path);
        parts.form(&fields.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect::<BTreeMap<_, _>>());
        if let Some(client) = client
            && let Ok(mut basic) = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(format!("{client}:"))))
        {
            basic.set_sensitive(true);
            parts.set_header(AUTHORIZATION, basic);
        }
        parts
    }

    /// No code panics while it holds the lock, and every state is a valid one.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Password and tokens are nobody's business.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.oauth.token)
    }
}

/// The right to ask for a token, which one call has at a time. When it is dropped, whatever the reason, the others go on.
pub(crate) struct Flight {
    session: Arc<Session>,
    number: u64,
    grant: Grant,
    outcome: Outcome,
    asked: Instant,
}

impl Flight {
    /// What to send.
    pub(crate) fn request(&self) -> Parts {
        self.session.request(&self.grant)
    }

    /// What must not be shown of the answer: the tokens there were.
    pub(crate) fn redaction(&self) -> Redaction {
        self.session.state().tokens.redaction()
    }

    /// Passes on what came of it; returns its number.
    pub(crate) fn land(mut self, result: Result<Raw, Failure>) -> u64 {
        self.outcome = answer::outcome(result);
        self.number
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut state = self.session.state();
        let outcome = std::mem::replace(&mut self.outcome, Outcome::Abandoned);
        state.tokens.land(&self.grant, outcome, self.asked);
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        self.session.landed.notify_all();
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// Somebody else asks for a token.
pub(crate) struct Wait {
    session: Arc<Session>,
    flight: u64,
}

impl Wait {
    /// The number of the request that is waited for.
    pub(crate) fn flight(&self) -> u64 {
        self.flight
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::Wait;
    use std::task::{Context, Poll};

    impl Wait {
        /// Whether it is over.
        pub(crate) fn poll(&self, context: &Context<'_>) -> Poll<()> {
            let mut state = self.session.state();
            if !state.tokens.is_flying(self.flight) {
                return Poll::Ready(());
            }
            if !state.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                state.wakers.push(context.waker().clone());
            }
            Poll::Pending
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::{PoisonError, Wait};
    use std::time::Duration;

    impl Wait {
        /// Returns when it is over, or the time is.
        pub(crate) fn block(&self, limit: Option<Duration>) {
            let landed = &self.session.landed;
            let is_flying = |state: &mut super::State| state.tokens.is_flying(self.flight);
            let state = self.session.state();
            match limit {
                Some(limit) => drop(landed.wait_timeout_while(state, limit, is_flying).unwrap_or_else(PoisonError::into_inner)),
                None => drop(landed.wait_while(state, is_flying).unwrap_or_else(PoisonError::into_inner)),
            }
        }
    }
}
