//! What comes of asking for a token.

use super::tokens::Outcome;
use crate::error::{Failure, StatusError};
use crate::json::Extra;
use crate::json::macros::object;
use crate::raw::Raw;
use crate::retry;
use crate::secret::Secret;
use crate::style;
use http::HeaderValue;
use std::fmt;
use std::time::Duration;

/// A token that was given out.
pub(super) struct Granted {
    pub(super) header: HeaderValue,
    access: Secret,
    pub(super) refresh: Option<Secret>,
    pub(super) life: Option<Duration>,
}

impl Granted {
    pub(super) fn of(access: &str, refresh: Option<&str>, life: Option<Duration>) -> Result<Self, Problem> {
        if access.is_empty() {
            return Err(Problem::new("the token is empty"));
        }
        let header = HeaderValue::try_from(format!("Bearer {access}"));
        let mut header = header.map_err(|_| Problem::new("the token has characters that cannot stand in a header"))?;
        header.set_sensitive(true);
        let refresh = refresh.filter(|refresh| !refresh.is_empty()).map(Secret::from);
        Ok(Self { header, access: access.into(), refresh, life })
    }

    /// The texts that must not be shown, in the forms in which they can come back.
    pub(super) fn secrets(&self) -> Vec<String> {
        let secrets = std::iter::once(&self.access).chain(&self.refresh);
        secrets.flat_map(forms).collect()
    }
}

/// The forms in which a text can come back over HTTP.
fn forms(secret: &Secret) -> [String; 2] {
    [secret.expose().to_owned(), style::encoded(secret.expose()).to_string()]
}

impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Granted(for {:?})", self.life)
    }
}

/// RFC 6749, section 5.1.
struct Answer {
    access_token: Secret,
    refresh_token: Option<Secret>,
    expires_in: Option<i64>,
    extra: Extra,
}
object! { Answer { "access_token" => access_token!, "refresh_token" => refresh_token, "expires_in" => expires_in } }

/// Why there is no token.
#[derive(Clone)]
pub(crate) struct Problem {
    text: String,
    passes: bool,
    answer: Option<Box<Raw>>,
}

impl Problem {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), passes: false, answer: None }
    }

    /// Whether it may be gone later.
    pub(crate) fn passes(&self) -> bool {
        self.passes
    }

    /// What the server said, if it refused.
    pub(crate) fn answer(&self) -> Option<&Raw> {
        self.answer.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How asking ended.
pub(super) fn outcome(result: Result<Raw, Failure>) -> Outcome {
    match result {
        Ok(raw) if raw.status().is_success() => read(&raw).map_or_else(Outcome::Refused, Outcome::Granted),
        Ok(raw) => refusal(raw),
        Err(failure) => Outcome::Failed(silence(&failure)),
    }
}

/// Of an answer that may hold tokens nothing is shown.
fn read(raw: &Raw) -> Result<Granted, Problem> {
    let answer = raw.json::<Answer>().map_err(|error| {
        let [path, reason] = [error.path(), error.reason()];
        let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
        Problem::new(format!("the answer holds no token: {place}{reason}"))
    })?;
    let life = answer.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    let refresh = answer.refresh_token.as_ref().map(Secret::expose);
    Granted::of(answer.access_token.expose(), refresh, life.map(Duration::from_secs))
}

fn refusal(raw: Raw) -> Outcome {
    let passes = retry::may_pass(raw.status(), false);
    let error = StatusError::new(raw);
    let said = error.message().or_else(|| Some(error.raw().excerpt_at(0)).filter(|body| !body.is_empty()));
    let said = said.map_or_else(String::new, |said| format!(": {said}"));
    let advice = match error.raw().note() {
        Some(note) => note,
        None if error.status().is_client_error() && !passes => "check user name, password and client name",
        None => "try again later",
    };
    Outcome::Refused(Problem { text: format!("{}{said}; {advice}", error.status()), passes, answer: Some(Box::new(error.raw().clone())) })
}

/// Why nothing was answered.
fn silence(failure: &Failure) -> Problem {
    let (text, passes) = match failure {
        Failure::Transport(error) => (error.cause().to_string(), error.cause().is_retryable()),
        Failure::Timeout(error) => (format!("no answer within {:?}", error.limit()), true),
        Failure::Build(error) => (error.to_string(), false),
        Failure::Auth(error) => (error.to_string(), false),
    };
    Problem { text, passes, answer: None }
}
