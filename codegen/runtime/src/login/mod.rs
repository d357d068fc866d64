//! Logins: user and password are exchanged for a token, which is renewed before it expires or when it is refused.

mod answer;
mod session;
mod tokens;

pub(crate) use answer::Problem;
pub(crate) use session::{Entry, Flight, Session, Wait};
pub(crate) use tokens::Token;

use crate::secret::Secret;

/// Where an API gives out tokens for user and password (the password grant of OAuth 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuth {
    /// The path that gives out tokens, put behind the base URL.
    pub token: &'static str,
    /// The path that renews them.
    pub refresh: &'static str,
    /// The client name to renew tokens with, if that is not the one they were asked for with.
    pub refresh_client: Option<&'static str>,
}

/// User name and password to log in with.
///
/// The client logs in when it first needs to, and again whenever its token expires or is refused: once for all its clones,
/// however many calls wait for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordLogin {
    user: String,
    password: Secret,
    client: Option<String>,
}

impl PasswordLogin {
    /// This user with this password.
    #[must_use]
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { user: user.into(), password: password.into(), client: None }
    }

    /// The client name that the server is told, such as the name of the site.
    #[must_use]
    pub fn client(mut self, name: impl Into<String>) -> Self {
        self.client = Some(name.into());
        self
    }

    /// Why it cannot be used.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        if self.user.is_empty() {
            Some("has no user name")
        } else if self.password.expose().is_empty() {
            Some("has no password")
        } else if self.client.as_ref().is_some_and(|client| client.contains(':')) {
            Some("has a client name with a colon")
        } else {
            None
        }
    }

    pub(crate) fn password(&self) -> &Secret {
        &self.password
    }
}
