//! Requests of qTest Manager in either mode.

use super::World;
use qtest_manager::{ClientBuilder, PasswordLogin};
use tms_mock::{Mock, qtest_manager as server};
use tms_runtime::Mode;

/// What a client is let in with.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Name and password of a user, which tokens are got for.
    pub login: Option<PasswordLogin>,
    /// A token.
    pub token: Option<String>,
    /// The name of a client, to get tokens as by hand.
    pub site: Option<String>,
}

crate::rest::rest!(qtest_manager);

impl Access {
    /// A token.
    #[must_use]
    pub fn token(token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::default() }
    }

    /// A user.
    #[must_use]
    pub fn login(login: PasswordLogin) -> Self {
        Self { login: Some(login), ..Self::default() }
    }

    /// With the name of a client.
    #[must_use]
    pub fn site(self, name: &str) -> Self {
        Self { site: Some(name.to_owned()), ..self }
    }
}

impl Setup {
    /// A client with the token that never ends.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        Self::new(mock.url(), Access::token(mock.token()).site("acme"))
    }

    /// A client that logs in.
    #[must_use]
    pub fn user(mock: &Mock) -> Self {
        Self::new(mock.url(), Access::login(PasswordLogin::new(server::USERNAME, server::PASSWORD)))
    }
}

/// The token of the vectors, and the name of a client in them.
fn samples() -> Access {
    Access::token("api_token").site("acme")
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, access: &Access) -> ClientBuilder<M> {
    let builder = match &access.login {
        Some(login) => builder.login(login.clone()),
        None => builder,
    };
    let builder = match &access.token {
        Some(token) => builder.token(token),
        None => builder,
    };
    match &access.site {
        Some(name) => builder.site(name, ""),
        None => builder,
    }
}
