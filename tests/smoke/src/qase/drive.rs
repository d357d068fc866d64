//! Requests of Qase in either mode.

use super::World;
use http::header::CONTENT_TYPE;
use qase::{ApiClient, ClientBuilder};
use tms_mock::Mock;
use tms_runtime::{MemoryTransport, Mode};

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

/// A client that talks to nobody and is given these JSON texts with status 200.
#[must_use]
pub fn answered<M: Drive>(texts: &[&str]) -> (ApiClient<M>, MemoryTransport) {
    let reply = |text: &&str| {
        let reply = http::Response::builder().header(CONTENT_TYPE, "application/json").body(text.as_bytes().to_vec());
        reply.unwrap_or_else(|error| panic!("{error}"))
    };
    in_memory(texts.iter().map(reply))
}
