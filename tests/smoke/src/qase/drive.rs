//! Requests of Qase in either mode.

use super::World;
use qase::ClientBuilder;
use tms_mock::Mock;
use tms_runtime::Mode;

/// A client's token, if any.
pub type Access = Option<String>;

crate::rest::rest!(qase);

impl Setup {
    /// A client that may talk to this server.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        Self::new(mock.url(), Some(mock.token().to_owned()))
    }
}

/// The token of the vectors.
fn samples() -> Access {
    Some("api_token".to_owned())
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, token: &Access) -> ClientBuilder<M> {
    match token {
        Some(token) => builder.token(token),
        None => builder,
    }
}
