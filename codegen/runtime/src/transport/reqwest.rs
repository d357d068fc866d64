//! The async transport: reqwest over rustls.

use super::{AsyncTransport, BoxFuture, CONNECT_TIMEOUT, Limits, tls};
use crate::error::{ConfigError, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use rustls_platform_verifier::BuilderVerifierExt;
use std::time::Duration;

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

    async fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(failure)?;
        *request.timeout_mut() = limits.timeout;
        let mut response = self.0.execute(request).await.map_err(failure)?;
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
}

impl AsyncTransport for Reqwest {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
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
    TransportError::new(kind, error.without_url())
}
