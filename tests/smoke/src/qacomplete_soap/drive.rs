//! Requests of QAComplete SOAP in either mode.

use super::{Exercise, World};
use crate::drive;
use qacomplete_soap::types::AuthenticationData;
use qacomplete_soap::{ApiClient, ClientBuilder, Records, Request, SoapVersion};
use tms_mock::{Mock, qacomplete_soap as server};
use tms_runtime::codegen::Streamed;
use tms_runtime::{Async, Blocking, Error, MemoryTransport, Mode};

/// What lets a client in, and how it speaks.
#[derive(Clone, Debug)]
pub struct Access {
    /// Version of SOAP.
    pub version: SoapVersion,
    /// Credentials, if any.
    pub credentials: Option<AuthenticationData>,
}

/// A client's credentials and version of SOAP.
pub type Setup = drive::Setup<Access>;

drive::drive!(qacomplete_soap);

impl Setup {
    /// A client that may talk to this server.
    #[must_use]
    pub fn of(mock: &Mock, version: SoapVersion) -> Self {
        let credentials = Some(credentials(server::DEPT_ID, server::PROJ_ID).with_pass_code(mock.token()));
        Self::new(mock.url(), Access { version, credentials })
    }

    /// With other credentials.
    #[must_use]
    pub fn with(mut self, credentials: AuthenticationData) -> Self {
        self.access.credentials = Some(credentials);
        self
    }
}

/// Credentials of the samples' user for a project, without a pass code.
#[must_use]
pub fn credentials(department: i64, project: i64) -> AuthenticationData {
    let number = |number: i64| i32::try_from(number).unwrap_or_else(|_| panic!("{number} is no xs:int"));
    AuthenticationData::default()
        .with_app_code(server::APP_CODE)
        .with_dept_id(number(department))
        .with_proj_id(number(project))
        .with_user_id(number(server::USER_ID))
}

fn signed_in<M: Mode>(builder: ClientBuilder<M>, access: &Access) -> ClientBuilder<M> {
    let builder = builder.soap_version(access.version);
    match &access.credentials {
        Some(credentials) => builder.authentication_data(credentials.clone()),
        None => builder,
    }
}

/// A client that talks to nobody and is given these answers, and the transport that remembers what was sent. Its base URL is
/// the API's own.
#[must_use]
pub fn in_memory<M: Drive>(access: &Access, replies: impl IntoIterator<Item = http::Response<String>>) -> (ApiClient<M>, MemoryTransport) {
    let memory = MemoryTransport::new();
    for reply in replies {
        memory.answer(reply);
    }
    let builder = signed_in(ApiClient::<M>::builder(), access);
    (build(M::over(builder, memory.clone())), memory)
}

/// What the mock server receives when an operation is called in a mode.
#[must_use]
pub fn requests_of<M: Drive, O: Exercise>(version: SoapVersion) -> Vec<tms_mock::Request> {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock, version));
    let outcome = M::send(O::request(&client, &world));
    outcome.unwrap_or_else(|error| panic!("{}: {error}", O::INFO.name));
    world.mock.requests()
}

/// A mode that tests can read an answer record by record in.
pub trait Stream: Drive {
    /// Sends a request; the records of the answer are read later, one at a time.
    ///
    /// # Errors
    /// Those of the call.
    fn records<O: Streamed>(request: Request<Self, O>) -> Result<Records<O::Record>, Error<O::Fault>>;
}

impl Stream for Async {
    fn records<O: Streamed>(request: Request<Self, O>) -> Result<Records<O::Record>, Error<O::Fault>> {
        drive::block_on(request.records())
    }
}

impl Stream for Blocking {
    fn records<O: Streamed>(request: Request<Self, O>) -> Result<Records<O::Record>, Error<O::Fault>> {
        request.records()
    }
}
