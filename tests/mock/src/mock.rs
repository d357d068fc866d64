//! The handle tests hold.

use crate::api::Api;
use crate::behaviour::{Behaviour, SeedError};
use crate::clock::Clock;
use crate::elsewhere::Elsewhere;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::judge::{Leniency, Verdict};
use crate::limit::{Limiter, RateLimit};
use crate::log::Request;
use crate::operation::Operation;
use crate::rest::Rest;
use crate::server::{Server, Socket};
use crate::soap::{Service, Soap};
use crate::spec::{Spec, SpecError};
use crate::store::{Collection, Record, Store};
use crate::upload::Upload;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

/// The token a REST mock takes unless told otherwise. Not a secret: it opens nothing.
const TOKEN: &str = "mock-token-0123456789";

/// Why a mock does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The document cannot be read.
    Spec(SpecError),
    /// The document has operations (method and path, or name) that the mock's behaviour does not know.
    Unanswered(Vec<String>),
    /// No socket.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(e) => write!(f, "{e}"),
            Self::Unanswered(list) => write!(f, "the mock has no behaviour for {}", list.join(", ")),
            Self::Io(e) => write!(f, "no socket: {e}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(e) => Some(e),
            Self::Unanswered(_) => None,
            Self::Io(e) => Some(e),
        }
    }
}

/// What an API brings along, by its protocol.
enum Habits {
    Rest(Box<dyn Behaviour>),
    Soap(Box<dyn Service>),
}

/// Settings of a mock.
pub struct Builder {
    folder: PathBuf,
    habits: Habits,
    address: SocketAddr,
    token: String,
    clock: Clock,
    leniency: Leniency,
    rate_limit: Option<RateLimit>,
}

impl Builder {
    fn new(folder: PathBuf, habits: Habits, token: &str) -> Self {
        Self {
            folder,
            habits,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            token: token.to_owned(),
            clock: Clock::system(),
            leniency: Leniency::default(),
            rate_limit: None,
        }
    }

    #[cfg(test)]
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The address to listen at; a free port of 127.0.0.1 by default.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// The token, or pass code, that requests must carry.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// The clock behind time stamps and rate limit.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How much may differ from the document. For REST: SOAP is always strict.
    #[must_use]
    pub fn leniency(mut self, leniency: Leniency) -> Self {
        self.leniency = leniency;
        self
    }

    /// Another rate limit than the API's own; `None` for none.
    #[must_use]
    pub fn rate_limit(mut self, limit: Option<RateLimit>) -> Self {
        self.rate_limit = limit;
        self
    }

    /// Reads the document and starts the server on a thread of its own.
    ///
    /// # Errors
    /// If the document is unusable, has operations the behaviour does not know, or there is no socket.
    pub fn start(self) -> Result<Mock, StartError> {
        let socket = Socket::bind(self.address).map_err(StartError::Io)?;
        let mut second = None;
        let (api, unanswered): (Box<dyn Api>, _) = match self.habits {
            Habits::Rest(mut behaviour) => {
                if behaviour.goes_elsewhere() {
                    let elsewhere = Socket::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).map_err(StartError::Io)?;
                    behaviour.settle(&format!("http://{}", elsewhere.address().map_err(StartError::Io)?));
                    second = Some(elsewhere);
                }
                let spec = Spec::load(&self.folder, behaviour.offsets()).map_err(StartError::Spec)?;
                let rest = Rest::new(spec, behaviour, self.leniency, self.token);
                let unanswered = rest.unanswered();
                (Box::new(rest), unanswered)
            }
            Habits::Soap(service) => {
                let soap = Soap::load(&self.folder, service, self.token).map_err(StartError::Spec)?;
                let unanswered = soap.unanswered();
                (Box::new(soap), unanswered)
            }
        };
        if !unanswered.is_empty() {
            return Err(StartError::Unanswered(unanswered));
        }
        let engine = Engine::new(api, self.clock, Limiter::new(self.rate_limit));
        let server = Server::start(engine.clone(), socket).map_err(StartError::Io)?;
        let elsewhere = second.map(|socket| Server::start(Arc::new(Elsewhere(engine.clone())), socket)).transpose();
        Ok(Mock { engine, server, elsewhere: elsewhere.map_err(StartError::Io)? })
    }
}

/// A running mock server. Dropping it stops the server and closes its connections.
pub struct Mock {
    engine: Arc<Engine>,
    server: Server,
    elsewhere: Option<Server>,
}

impl Mock {
    /// A mock of the API whose `openapi.yaml` (or `.yml`, `.json`) is in `folder`.
    pub fn builder(folder: impl Into<PathBuf>, behaviour: impl Behaviour) -> Builder {
        let rate_limit = behaviour.rate_limit();
        Builder { rate_limit, ..Builder::new(folder.into(), Habits::Rest(Box::new(behaviour)), TOKEN) }
    }

    /// A mock of the SOAP service whose WSDL is in `folder`, with the pass code it takes unless told otherwise.
    pub fn soap_builder(folder: impl Into<PathBuf>, service: impl Service, pass_code: &str) -> Builder {
        Builder::new(folder.into(), Habits::Soap(Box::new(service)), pass_code)
    }

    /// Base URL with the server's path prefix: `http://127.0.0.1:41234/v1`; of SOAP, the address of the service.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.server.address(), self.engine.api.base())
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The token, or pass code, that requests must carry.
    #[must_use]
    pub fn token(&self) -> &str {
        self.engine.api.token()
    }

    /// What a program that talks to this mock needs to know, as environment variables: `QASE_BASE_URL`, `QASE_TOKEN`.
    #[must_use]
    pub fn env(&self) -> Vec<(String, String)> {
        let base = (self.engine.api.base_variable(), self.url());
        std::iter::once(base).chain(self.engine.api.credentials()).collect()
    }

    /// Every operation the mock found in the document.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        self.engine.api.operations()
    }

    /// How often each operation (by id) was acted on with success; those never called are there with 0.
    #[must_use]
    pub fn hits(&self) -> BTreeMap<String, usize> {
        self.engine.state().hits.clone()
    }

    /// Every request since the start or the last [`reset`](Self::reset), in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.engine.state().requests.clone()
    }

    /// URL of the second address, which redirects lead to, without a slash at its end; not every API has one. Every
    /// upload can be downloaded there: `/uploads/1` is the first.
    #[must_use]
    pub fn elsewhere(&self) -> Option<String> {
        self.elsewhere.as_ref().map(|server| format!("http://{}", server.address()))
    }

    /// Every request to the second address since the start or the last [`reset`](Self::reset), in order.
    #[must_use]
    pub fn elsewhere_requests(&self) -> Vec<Request> {
        self.engine.state().elsewhere.clone()
    }

    /// Every file that clients uploaded, in order.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        self.engine.state().store.uploads().to_vec()
    }

    /// What the mock has of a collection in a scope, with what it shows nobody.
    #[must_use]
    pub fn records(&self, collection: Collection, scope: &str) -> Vec<Record> {
        self.engine.state().store.list(collection, scope).to_vec()
    }

    /// Everything the mock found wrong, in order.
    #[must_use]
    pub fn verdicts(&self) -> Vec<Verdict> {
        self.engine.state().verdicts.clone()
    }

    /// Passes if nothing was wrong so far.
    ///
    /// # Panics
    /// With every verdict, if there is one: for tests.
    #[track_caller]
    pub fn assert_no_verdicts(&self) {
        let verdicts = self.verdicts();
        let list = verdicts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(verdicts.is_empty(), "the mock found fault with {} exchange(s):\n{list}", verdicts.len());
    }

    /// Faults for the next requests of an operation, one each, after those already waiting.
    ///
    /// # Panics
    /// If the document has no such operation: such a fault would never happen.
    #[track_caller]
    pub fn script(&self, operation: &str, faults: impl IntoIterator<Item = Fault>) {
        assert!(self.operations().iter().any(|o| o.id() == operation), "there is no operation `{operation}`");
        self.engine.state().script.add(operation, faults);
    }

    /// Faults for the next requests whatever their operation; those scripted for an operation go first.
    pub fn script_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.engine.state().script.add_next(faults);
    }

    /// How many scripted faults have not happened yet.
    #[must_use]
    pub fn scripted(&self) -> usize {
        self.engine.state().script.len()
    }

    /// Adds a record as if it had been there all along; answers with its key. Fields left out get the values of a
    /// fresh record, unknown fields are kept and shown. `scope` is the project code, or empty for what is account-wide.
    ///
    /// # Errors
    /// If the API has no such collection, the scope does not exist, or the fields are no object.
    pub fn seed(&self, collection: Collection, scope: &str, fields: Value) -> Result<String, SeedError> {
        self.engine.seed(collection, scope, fields)
    }

    /// Adds many records; answers with their keys.
    ///
    /// # Errors
    /// As [`seed`](Self::seed), at the first record it concerns.
    pub fn seed_all(
        &self,
        collection: Collection,
        scope: &str,
        records: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<String>, SeedError> {
        records.into_iter().map(|fields| self.seed(collection, scope, fields)).collect()
    }

    /// Changes the data behind the back of the API.
    pub fn change<R>(&self, change: impl FnOnce(&mut Store) -> R) -> R {
        change(&mut self.engine.state().store)
    }

    /// Everything back to the start: data, scripts, log, verdicts, hits and rate limit. The address stays.
    pub fn reset(&self) {
        self.engine.reset();
    }

    /// Blocks while the server runs: until the process ends.
    pub fn serve(self) {
        self.server.join();
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("folder", &self.folder).field("address", &self.address).finish_non_exhaustive()
    }
}
