//! The async transport: reqwest over rustls.

use super::{AsyncBody, AsyncTransport, Body, BodyChunks, BoxFuture, CONNECT_TIMEOUT, Limits, tls};
use crate::error::{ConfigError, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};
use rustls_platform_verifier::BuilderVerifierExt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Memory taken before the first byte of a body is there: servers may announce whatever they like.
const AT_ONCE: u64 = 4 * 1024 * 1024;

pub(crate) struct Reqwest(reqwest::Client);

impl Reqwest {
    pub(crate) fn new() -> Result<Self, ConfigError> {
        let failed = |error: &dyn std::fmt::Display| ConfigError::new(format!("TLS cannot be set up: {error}"));
        let tls = rustls::ClientConfig::builder_with_provider(tls::provider())
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| failed(&error))?
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .build();
        client.map(Self).map_err(|error| failed(&error))
    }

    async fn exchange(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let mut response = self.execute(request, limits.timeout).await?;
        let announced = response.content_length().unwrap_or(0);
        if announced > limits.max_body {
            return Err(TransportErrorKind::TooLarge.into());
        }
        let mut body = BytesMut::with_capacity(usize::try_from(announced.min(AT_ONCE)).unwrap_or(0));
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            body.extend_from_slice(&chunk);
            if u64::try_from(body.len()).is_ok_and(|read| read > limits.max_body) {
                return Err(TransportErrorKind::TooLarge.into());
            }
        }
        let mut answer = http::Response::new(body.freeze());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }

    async fn begin(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Box<dyn AsyncBody>>, TransportError> {
        let answer = self.execute(request, limits.total);
        let response = match limits.timeout {
            Some(timeout) => tokio::time::timeout(timeout, answer).await.map_err(|_| TransportErrorKind::Timeout)??,
            None => answer.await?,
        };
        Ok(http::Response::from(response).map(|body| Box::new(Incoming::new(body, limits.timeout)) as Box<dyn AsyncBody>))
    }

    async fn execute(&self, request: http::Request<Body>, timeout: Option<Duration>) -> Result<reqwest::Response, TransportError> {
        let mut request = reqwest::Request::try_from(request.map(outgoing)).map_err(failure)?;
        *request.timeout_mut() = timeout;
        self.0.execute(request).await.map_err(failure)
    }
}

impl AsyncTransport for Reqwest {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn open(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn AsyncBody>>, TransportError>> {
        Box::pin(self.begin(request, limits))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

fn outgoing(body: Body) -> reqwest::Body {
    match body.bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing { length: body.length(), chunks: Mutex::new(body.into_chunks()) }),
    }
}

/// A body that is read while it is sent.
struct Outgoing {
    length: Option<u64>,
    /// Never locked: reqwest asks for `Sync`, which readers need not be.
    chunks: Mutex<BodyChunks>,
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let chunks = self.chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
        chunks.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// An answer's body as it comes.
struct Incoming {
    body: reqwest::Body,
    timeout: Option<Duration>,
    /// Runs while a piece is waited for.
    alarm: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Incoming {
    fn new(body: reqwest::Body, timeout: Option<Duration>) -> Self {
        Self { body, timeout, alarm: None, waiting: false }
    }

    /// Whether the time for this piece is over.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let Some(timeout) = self.timeout else { return false };
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        if !self.waiting {
            self.waiting = true;
            if let Some(until) = Instant::now().checked_add(timeout) {
                alarm.as_mut().reset(until);
            }
        }
        alarm.as_mut().poll(context).is_ready()
    }
}

impl AsyncBody for Incoming {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending if self.is_late(context) => return Poll::Ready(Some(Err(TransportErrorKind::Timeout.into()))),
                frame => ready!(frame),
            };
            self.waiting = false;
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err(failure(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) if !bytes.is_empty() => Some(Ok(bytes)),
                    _ => continue,
                },
            });
        }
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Protocol
    } else {
        TransportErrorKind::Interrupted
    };
    // The URL's query can hold credentials.
    TransportError::new(kind, error.without_url()).of_source()
}
