//! Runs the same thing through both loops and insists that they agree.

use super::{api, service};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;
use tms_runtime::codegen::{Api, Downloads, Mode, Operation, Paged};
use tms_runtime::transport::{AsyncTransport, BlockingTransport};
use tms_runtime::{Async, Blocking, Client, ClientBuilder, Error, MemoryTransport, Request};

/// No outcome may show one of them.
const SECRETS: &[&str] = &[
    api::SECRET,
    service::PASSWORD,
    service::ACCESS,
    service::REFRESH,
    #[cfg(feature = "soap")]
    super::soap::SECRET,
];

/// What a scenario came to: the result as text, the requests, and the waits between attempts.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) result: String,
    pub(crate) requests: Vec<String>,
    pub(crate) waits: Vec<Duration>,
}

/// Settings that are the same in both modes.
pub(crate) trait Setup: Copy {
    fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
        builder
    }

    fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
        request
    }

    fn api(self) -> &'static Api {
        &api::API
    }

    fn builder<M: Mode>(self) -> ClientBuilder<M> {
        api::builder(self.api())
    }
}

/// Nothing special.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Setup for Plain {}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a tokio runtime starts").block_on(future)
}

/// Sends an operation to a scripted server, in both modes.
pub(crate) fn send<O>(setup: impl Setup, script: impl Fn(&MemoryTransport), operation: &O) -> Seen
where
    O: Operation<Output: Debug> + Clone,
{
    both(
        setup,
        script,
        |client| block_on(setup.request(client.request(operation.clone())).send()),
        |client| setup.request(client.request(operation.clone())).send(),
    )
}

/// Downloads an answer as text, in both modes.
pub(crate) fn download<O>(setup: impl Setup, script: impl Fn(&MemoryTransport), operation: &O) -> Seen
where
    O: Downloads + Clone,
{
    both(
        setup,
        script,
        |client| {
            let mut read = Vec::new();
            let download = setup.request(client.request(operation.clone())).download();
            let count = block_on(async { download.await?.copy_to(&mut read).await })?;
            Ok((count, String::from_utf8_lossy(&read).into_owned()))
        },
        |client| {
            let mut read = Vec::new();
            let count = setup.request(client.request(operation.clone())).download()?.copy_to(&mut read)?;
            Ok((count, String::from_utf8_lossy(&read).into_owned()))
        },
    )
}

/// Takes at most `most` entries of a list, in both modes.
pub(crate) fn list<O>(setup: impl Setup, script: impl Fn(&MemoryTransport), operation: &O, most: usize) -> Seen
where
    O: Paged<Item: Debug>,
{
    both(
        setup,
        script,
        |client| {
            let mut items = setup.request(client.request(operation.clone())).items();
            block_on(async {
                let mut seen = Vec::new();
                while seen.len() < most {
                    let Some(item) = items.next().await? else { break };
                    seen.push(item);
                }
                Ok(seen)
            })
        },
        |client| setup.request(client.request(operation.clone())).items().take(most).collect(),
    )
}

/// Reads the records of an answer one by one, in both modes.
#[cfg(feature = "soap")]
pub(crate) fn records<O>(setup: impl Setup, script: impl Fn(&MemoryTransport), operation: &O) -> Seen
where
    O: tms_runtime::Streamed<Record: Debug> + Clone,
{
    let read = |records: tms_runtime::Records<O::Record>| Ok(records.collect::<Result<Vec<_>, _>>()?);
    both(
        setup,
        script,
        |client| block_on(setup.request(client.request(operation.clone())).records()).and_then(read),
        |client| setup.request(client.request(operation.clone())).records().and_then(read),
    )
}

/// Does the same in both modes.
pub(crate) fn both<T: Debug, F: 'static>(
    setup: impl Setup,
    script: impl Fn(&MemoryTransport),
    run_async: impl Fn(Client<Async>) -> Result<T, Error<F>>,
    run_blocking: impl Fn(Client<Blocking>) -> Result<T, Error<F>>,
) -> Seen {
    let memory = MemoryTransport::new();
    script(&memory);
    let transport: Arc<dyn AsyncTransport> = Arc::new(memory.clone());
    let client = setup.client(setup.builder()).transport(transport).build();
    let asynchronous = seen(client.map_err(Error::from).and_then(run_async), &memory);

    let memory = MemoryTransport::new();
    script(&memory);
    let transport: Arc<dyn BlockingTransport> = Arc::new(memory.clone());
    let client = setup.client(setup.builder()).transport(transport).build();
    let blocking = seen(client.map_err(Error::from).and_then(run_blocking), &memory);

    // How long a backoff takes is partly chance; that it happened is not.
    let exact = |seen: &Seen| (seen.result.clone(), seen.requests.clone(), seen.waits.len());
    assert_eq!(exact(&asynchronous), exact(&blocking), "the async loop (left) and the blocking loop (right) disagree");
    asynchronous
}

fn seen<T: Debug, F: 'static>(result: Result<T, Error<F>>, memory: &MemoryTransport) -> Seen {
    assert_eq!(memory.remaining(), 0, "the client did not ask for every scripted answer");
    let result = match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    };
    for secret in SECRETS {
        assert!(!result.contains(secret), "a secret in: {result}");
    }
    Seen { result, requests: memory.requests().iter().map(text).collect(), waits: memory.waits() }
}

/// A request, complete, as text.
pub(crate) fn text(request: &http::Request<bytes::Bytes>) -> String {
    let mut text = format!("{} {}", request.method(), request.uri());
    for (name, value) in request.headers() {
        text.push_str(&format!("\n{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    }
    if !request.body().is_empty() {
        text.push_str(&format!("\n\n{}", String::from_utf8_lossy(request.body())));
    }
    without_chance(&text)
}

/// A request with the boundary of its form, which is chosen by chance, as the word `boundary`.
pub(crate) fn without_chance(request: &str) -> String {
    let boundary = request.split_once("; boundary=").and_then(|(_, rest)| rest.split(['\r', '\n']).next());
    boundary.map_or_else(|| request.to_owned(), |boundary| request.replace(boundary, "boundary"))
}
