//! Requests of Qase in either mode.

use super::{Exercise, World};
use crate::drive;
use qase::{ApiClient, ClientBuilder};
use tms_mock::Mock;
use tms_runtime::{MemoryTransport, Mode};

/// A client's token, if any.
pub type Setup = drive::Setup<Option<String>>;

drive::drive!(qase);

impl Setup {
    /// A client that may talk to this server.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        Self::new(mock.url(), Some(mock.token().to_owned()))
    }
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, token: &Option<String>) -> ClientBuilder<M> {
    match token {
        Some(token) => builder.token(token),
        None => builder,
    }
}

/// A client that talks to nobody and is given these answers (status and JSON body), and the transport that remembers what
/// was sent. Its base URL is the API's own.
#[must_use]
pub fn in_memory<M: Drive>(replies: &[(u16, &str)]) -> (ApiClient<M>, MemoryTransport) {
    let memory = MemoryTransport::new();
    for (status, body) in replies {
        memory.json(*status, (*body).to_owned());
    }
    let builder = ApiClient::<M>::builder().token("api_token");
    (build(M::over(builder, memory.clone())), memory)
}

/// What the mock server receives when an operation is called in a mode.
#[must_use]
pub fn requests_of<M: Drive, O: Exercise>() -> Vec<tms_mock::Request> {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let outcome = M::send(O::request(&client, &world));
    outcome.unwrap_or_else(|error| panic!("{}: {error}", O::INFO.name));
    world.mock.requests()
}
