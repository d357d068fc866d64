//! What carries requests: two object-safe traits, and their implementations over reqwest, ureq and memory.

#[cfg(any(feature = "async", feature = "blocking"))]
mod memory;
#[cfg(feature = "async")]
pub(crate) mod reqwest;
mod streamed;
#[cfg(any(feature = "async", feature = "blocking"))]
mod tls;
#[cfg(feature = "blocking")]
pub(crate) mod ureq;

#[cfg(any(feature = "async", feature = "blocking"))]
pub use memory::MemoryTransport;

#[cfg(feature = "async")]
pub use crate::body::BodyChunks;
pub use crate::body::{Body, BodyReader};
pub use streamed::{AsyncBody, BlockingBody};

use crate::error::TransportError;
use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};
use streamed::Complete;

/// A future that can be kept and sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The bounds of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte out to the last byte in; of a streamed answer, to its head, and then from one piece to the next.
    pub timeout: Option<Duration>,
    /// From the first byte out to the last byte in, whether the answer is streamed or not.
    pub total: Option<Duration>,
    /// The largest body accepted, in bytes.
    pub max_body: u64,
}

/// Carries single requests, without blocking.
///
/// An implementation follows no redirect, repeats nothing, and enforces the limits while it reads. Dropping the future
/// abandons the exchange.
pub trait AsyncTransport: Send + Sync + 'static {
    /// Sends a request and reads the whole answer.
    fn send(&self, request: http::Request<Body>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request; the answer's body is read as it is asked for. Without an implementation of its own it is whole by then.
    fn open(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn AsyncBody>>, TransportError>> {
        Box::pin(async move { Ok(self.send(request, limits).await?.map(|body| Box::new(Complete(body)) as Box<dyn AsyncBody>)) })
    }

    /// Waits between attempts.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()>;

    /// The time by which waits and deadlines are reckoned.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// Carries single requests, on the calling thread.
///
/// An implementation follows no redirect, repeats nothing, and enforces the limits while it reads.
pub trait BlockingTransport: Send + Sync + 'static {
    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When no whole answer came within the limits.
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError>;

    /// Sends a request; the answer's body is read as it is asked for. Without an implementation of its own it is whole by then.
    ///
    /// # Errors
    /// When no answer came within the limits.
    fn open(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Box<dyn BlockingBody>>, TransportError> {
        Ok(self.send(request, limits)?.map(|body| Box::new(Complete(body)) as Box<dyn BlockingBody>))
    }

    /// Waits between attempts.
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    /// The time by which waits and deadlines are reckoned.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// How long a connection may take, within the time of the exchange.
#[cfg(any(feature = "async", feature = "blocking"))]
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
