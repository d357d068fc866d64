//! What goes wrong before anything is sent.

use crate::login;
use crate::operation::Info;
use crate::raw::Raw;
use std::fmt;

/// `Debug` as `Display`: these errors are what `main` and `unwrap` print.
macro_rules! debug_as_display {
    ($($name:ty),+) => {$(
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }
    )+};
}
pub(super) use debug_as_display;

/// A client could not be built.
#[derive(Clone)]
pub struct ConfigError(Box<str>);

/// An argument cannot be sent.
#[derive(Clone)]
pub struct EncodeError(Box<Problem>);

/// A credential an operation wants is not set, or there was no token for it.
#[derive(Clone)]
pub struct AuthError(Box<Refusal>);

#[derive(Clone)]
struct Refusal {
    problem: Problem,
    /// What came of asking for a token.
    login: Option<login::Problem>,
}

#[derive(Clone)]
struct Problem {
    info: &'static Info,
    message: String,
}

impl ConfigError {
    pub(crate) fn new(message: impl Into<Box<str>>) -> Self {
        Self(message.into())
    }
}

impl EncodeError {
    pub(crate) fn new(info: &'static Info, message: String) -> Self {
        Self(Box::new(Problem { info, message }))
    }

    /// The operation, such as `cases.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.info.name
    }
}

impl AuthError {
    pub(crate) fn new(info: &'static Info, message: String) -> Self {
        Self(Box::new(Refusal { problem: Problem { info, message }, login: None }))
    }

    /// There is no token for the operation.
    pub(crate) fn login(info: &'static Info, login: login::Problem) -> Self {
        Self(Box::new(Refusal { problem: Problem { info, message: format!("the login failed: {login}") }, login: Some(login) }))
    }

    /// The operation, such as `cases.get`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.problem.info.name
    }

    pub(crate) fn raw(&self) -> Option<&Raw> {
        self.0.login.as_ref().and_then(login::Problem::answer)
    }

    /// Whether it may be another time.
    pub(crate) fn passes(&self) -> bool {
        self.0.login.as_ref().is_some_and(login::Problem::passes)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.info, self.message)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.fmt(f)
    }
}

debug_as_display!(ConfigError, EncodeError, AuthError);

impl std::error::Error for ConfigError {}
impl std::error::Error for EncodeError {}
impl std::error::Error for AuthError {}
