//! Requests of QAComplete Test Automation in either mode.

use super::World;
use qacomplete_automation::ClientBuilder;
use tms_mock::{Mock, qacomplete as people};
use tms_runtime::Mode;

/// Who calls: a user, a host, both or nobody.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Mail address and password.
    pub user: Option<(String, String)>,
    /// Number and security token.
    pub host: Option<(String, String)>,
}

crate::rest::rest!(qacomplete_automation);

impl Setup {
    /// A client of somebody who may do everything, and of no host.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        Self::user(mock, people::JOHN)
    }

    /// A client of a user.
    #[must_use]
    pub fn user(mock: &Mock, login: &str) -> Self {
        Self::new(mock.url(), Access { user: Some((login.to_owned(), mock.token().to_owned())), host: None })
    }

    /// And of a host.
    #[must_use]
    pub fn with_host(mut self, id: i64, token: &str) -> Self {
        self.access.host = Some((id.to_string(), token.to_owned()));
        self
    }
}

/// The user and the host of the vectors.
fn samples() -> Access {
    let pair = |one: &str, other: &str| Some((one.to_owned(), other.to_owned()));
    Access { user: pair("john@example.com", "p@ssword"), host: pair("143", "d2e1ffd1-3c74-4ccf-738b-10997283e35f") }
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, access: &Access) -> ClientBuilder<M> {
    let builder = match &access.user {
        Some((login, password)) => builder.login(login, password),
        None => builder,
    };
    match &access.host {
        Some((id, token)) => builder.host(id, token),
        None => builder,
    }
}
