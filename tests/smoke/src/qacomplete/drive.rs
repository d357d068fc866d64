//! Requests of QAComplete in either mode.

use super::World;
use qacomplete::ClientBuilder;
use tms_mock::{Mock, qacomplete as server};
use tms_runtime::Mode;

/// Mail address and password of a user, if any.
#[derive(Clone, Debug, Default)]
pub struct Access(pub Option<(String, String)>);

crate::rest::rest!(qacomplete);

impl Access {
    /// A user.
    #[must_use]
    pub fn of(login: &str, password: &str) -> Self {
        Self(Some((login.to_owned(), password.to_owned())))
    }
}

impl Setup {
    /// A client of somebody who may do everything.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        Self::user(mock, server::JOHN)
    }

    /// A client of a user.
    #[must_use]
    pub fn user(mock: &Mock, login: &str) -> Self {
        Self::new(mock.url(), Access::of(login, mock.token()))
    }
}

/// The user of the vectors.
fn samples() -> Access {
    Access::of("john@example.com", "p@ssword")
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, access: &Access) -> ClientBuilder<M> {
    match &access.0 {
        Some((login, password)) => builder.login(login, password),
        None => builder,
    }
}
