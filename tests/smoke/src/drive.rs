//! One way to run a request in either mode, so that every test is written once.

use crate::qase::{Exercise, World};
use qase::{ApiClient, ClientBuilder, Request};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tms_mock::Mock;
use tms_runtime::codegen::{Operation, Paged};
use tms_runtime::{Async, Blocking, Error, MemoryTransport, Mode, RetryPolicy};
use tokio::runtime::{Builder, Runtime};

/// A mode that tests can run requests in.
pub trait Drive: Mode + Sized {
    /// `async` or `blocking`, as the coverage record spells it.
    const NAME: &'static str;

    /// Makes a client talk to a transport in memory.
    fn over(builder: ClientBuilder<Self>, memory: MemoryTransport) -> ClientBuilder<Self>;

    /// Sends a request and waits for the answer.
    ///
    /// # Errors
    /// Those of the call.
    fn send<O: Operation>(request: Request<Self, O>) -> Result<O::Output, Error<O::Fault>>;

    /// Reads a list to its end.
    ///
    /// # Errors
    /// Those of the first page that fails.
    fn collect<O: Paged>(request: Request<Self, O>) -> Result<Vec<O::Item>, Error<O::Fault>>;

    /// A client of a mock server.
    fn client(setup: &Setup) -> ApiClient<Self> {
        let builder = ApiClient::<Self>::builder().base_url(&setup.url).retry(setup.retry).timeout(setup.timeout);
        build(match &setup.token {
            Some(token) => builder.token(token),
            None => builder,
        })
    }
}

fn build<M: Mode>(builder: ClientBuilder<M>) -> ApiClient<M> {
    builder.build().unwrap_or_else(|error| panic!("the client cannot be built: {error}"))
}

/// How a client is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Base URL.
    pub url: String,
    /// API token, if any.
    pub token: Option<String>,
    /// Retries; none unless a test is about them.
    pub retry: RetryPolicy,
    /// Time limit of a call.
    pub timeout: Duration,
}

impl Setup {
    /// A client that may talk to this server.
    #[must_use]
    pub fn of(mock: &Mock) -> Self {
        let (url, token) = (mock.url(), Some(mock.token().to_owned()));
        Self { url, token, retry: RetryPolicy::never(), timeout: Duration::from_secs(30) }
    }

    /// With retries that hardly wait by themselves.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.retry = RetryPolicy::new().attempts(attempts).backoff(Duration::from_millis(2), Duration::from_millis(5));
        self
    }
}

thread_local! {
    /// A test has its thread; its connections live as long as this.
    static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("no runtime: {error}"));
}

/// Runs a future to its end.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

impl Drive for Async {
    const NAME: &'static str = "async";

    fn over(builder: ClientBuilder<Self>, memory: MemoryTransport) -> ClientBuilder<Self> {
        builder.transport(Arc::new(memory))
    }

    fn send<O: Operation>(request: Request<Self, O>) -> Result<O::Output, Error<O::Fault>> {
        block_on(request.send())
    }

    fn collect<O: Paged>(request: Request<Self, O>) -> Result<Vec<O::Item>, Error<O::Fault>> {
        block_on(async {
            let (mut items, mut all) = (request.items(), Vec::new());
            while let Some(item) = items.next().await? {
                all.push(item);
            }
            Ok(all)
        })
    }
}

impl Drive for Blocking {
    const NAME: &'static str = "blocking";

    fn over(builder: ClientBuilder<Self>, memory: MemoryTransport) -> ClientBuilder<Self> {
        builder.transport(Arc::new(memory))
    }

    fn send<O: Operation>(request: Request<Self, O>) -> Result<O::Output, Error<O::Fault>> {
        request.send()
    }

    fn collect<O: Paged>(request: Request<Self, O>) -> Result<Vec<O::Item>, Error<O::Fault>> {
        request.items().collect()
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
