//! A transport without network, for tests: it records requests and replays answers.

#[cfg(feature = "async")]
use super::{AsyncBody, AsyncTransport, BoxFuture};
#[cfg(feature = "blocking")]
use super::{BlockingBody, BlockingTransport};
use super::{Body, Limits};
use crate::error::{TransportError, TransportErrorKind};
use bytes::Bytes;
use std::collections::VecDeque;
#[cfg(feature = "async")]
use std::future::poll_fn;
#[cfg(feature = "blocking")]
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(feature = "async")]
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// A transport that answers from a script and records what it was sent; for tests of programs that use a client.
///
/// Time is its own, too: a wait between attempts is recorded and over at once. Clones share script and record. What a request
/// carries is read and kept as a whole, except when no connection is made.
#[derive(Clone, Debug, Default)]
pub struct MemoryTransport(Arc<Mutex<Memory>>);

#[derive(Debug, Default)]
struct Memory {
    script: VecDeque<Scene>,
    requests: Vec<http::Request<Bytes>>,
    waits: Vec<Duration>,
    start: Option<Instant>,
    passed: Duration,
}

/// One scripted answer, and the time it takes.
#[derive(Debug)]
struct Scene {
    takes: Duration,
    outcome: Result<http::Response<Bytes>, TransportErrorKind>,
}

impl MemoryTransport {
    /// A transport with an empty script: every request fails until answers are added.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer.
    pub fn answer(&self, response: http::Response<impl Into<Bytes>>) -> &Self {
        self.add(Duration::ZERO, Ok(response.map(Into::into)))
    }

    /// Adds an answer of this status with a JSON body.
    ///
    /// A status outside of 100..=999 makes it a failure of the connection.
    pub fn json(&self, status: u16, body: impl Into<Bytes>) -> &Self {
        let response = http::Response::builder().status(status).header("content-type", "application/json").body(body.into());
        self.add(Duration::ZERO, response.map_err(|_| TransportErrorKind::Protocol))
    }

    /// Adds a failure of the connection.
    pub fn failure(&self, kind: TransportErrorKind) -> &Self {
        self.add(Duration::ZERO, Err(kind))
    }

    /// Makes the answer added last take this long, by the transport's own time.
    pub fn taking(&self, time: Duration) -> &Self {
        if let Some(scene) = self.memory().script.back_mut() {
            scene.takes = time;
        }
        self
    }

    fn add(&self, takes: Duration, outcome: Result<http::Response<Bytes>, TransportErrorKind>) -> &Self {
        self.memory().script.push_back(Scene { takes, outcome });
        self
    }

    /// The requests received so far.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.memory().requests.clone()
    }

    /// The waits between attempts so far.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.memory().waits.clone()
    }

    /// How many answers of the script are left.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.memory().script.len()
    }

    /// Whether the next request is to be read.
    fn connects(&self) -> bool {
        let memory = self.memory();
        memory.script.front().is_none_or(|scene| !matches!(scene.outcome, Err(TransportErrorKind::Connect)))
    }

    fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let mut memory = self.memory();
        memory.requests.push(request);
        let Some(scene) = memory.script.pop_front() else {
            return Err(TransportError::new(TransportErrorKind::Protocol, "the script has no answer left"));
        };
        let timeout = [limits.timeout, limits.total].into_iter().flatten().min();
        if let Some(timeout) = timeout.filter(|timeout| *timeout < scene.takes) {
            memory.passed += timeout;
            return Err(TransportErrorKind::Timeout.into());
        }
        memory.passed += scene.takes;
        let response = scene.outcome.map_err(TransportError::from)?;
        if u64::try_from(response.body().len()).is_ok_and(|size| size > limits.max_body) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(response)
    }

    #[cfg(feature = "async")]
    async fn exchange_async(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let (head, body) = request.into_parts();
        let mut read = Vec::new();
        if self.connects() {
            let mut chunks = body.into_chunks();
            while let Some(chunk) = poll_fn(|context| chunks.poll_chunk(context)).await {
                read.extend_from_slice(&chunk.map_err(unreadable)?);
            }
        }
        self.exchange(http::Request::from_parts(head, read.into()), limits)
    }

    #[cfg(feature = "blocking")]
    fn exchange_blocking(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let (head, body) = request.into_parts();
        let mut read = Vec::new();
        if self.connects() {
            body.into_reader().read_to_end(&mut read).map_err(unreadable)?;
        }
        self.exchange(http::Request::from_parts(head, read.into()), limits)
    }

    fn pass(&self, time: Duration) {
        let mut memory = self.memory();
        memory.waits.push(time);
        memory.passed += time;
    }

    fn time(&self) -> Instant {
        let mut memory = self.memory();
        let passed = memory.passed;
        *memory.start.get_or_insert_with(Instant::now) + passed
    }

    /// No code panics while it holds the lock.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unreadable(error: std::io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, error).of_source()
}

/// What a streamed answer comes in.
const PIECE: usize = 1024;

/// An answer's body, piece by piece.
struct Incoming(Bytes);

impl Incoming {
    fn next(&mut self, most: usize) -> Bytes {
        self.0.split_to(most.min(PIECE).min(self.0.len()))
    }
}

#[cfg(feature = "async")]
impl AsyncBody for Incoming {
    fn poll_chunk(&mut self, _context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let piece = self.next(PIECE);
        Poll::Ready(if piece.is_empty() { None } else { Some(Ok(piece)) })
    }
}

#[cfg(feature = "blocking")]
impl BlockingBody for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        let piece = self.next(buffer.len());
        buffer[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}

#[cfg(feature = "async")]
impl AsyncTransport for MemoryTransport {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange_async(request, limits))
    }

    fn open(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn AsyncBody>>, TransportError>> {
        Box::pin(async move {
            let response = self.exchange_async(request, limits).await?;
            Ok(response.map(|body| Box::new(Incoming(body)) as Box<dyn AsyncBody>))
        })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.pass(time) })
    }

    fn now(&self) -> Instant {
        self.time()
    }
}

#[cfg(feature = "blocking")]
impl BlockingTransport for MemoryTransport {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        self.exchange_blocking(request, limits)
    }

    fn open(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Box<dyn BlockingBody>>, TransportError> {
        let response = self.exchange_blocking(request, limits)?;
        Ok(response.map(|body| Box::new(Incoming(body)) as Box<dyn BlockingBody>))
    }

    fn sleep(&self, time: Duration) {
        self.pass(time);
    }

    fn now(&self) -> Instant {
        self.time()
    }
}
