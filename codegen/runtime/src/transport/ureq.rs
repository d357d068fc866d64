//! The blocking transport: ureq over rustls.

use super::{BlockingBody, BlockingTransport, Body, CONNECT_TIMEOUT, Limits, tls};
use crate::error::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use std::io::{self, ErrorKind, Read};
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

pub(crate) struct Ureq(ureq::Agent);

impl Ureq {
    pub(crate) fn new() -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(tls::provider())
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .build();
        Self(config.new_agent())
    }
}

impl BlockingTransport for Ureq {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let (head, mut body) = self.exchange(request, Times { total: limits.timeout, each: None })?.into_parts();
        let announced = body.content_length().unwrap_or(0);
        if announced > limits.max_body {
            return Err(TransportErrorKind::TooLarge.into());
        }
        // ureq refuses a body of exactly its limit.
        let read = body.with_config().limit(limits.max_body.saturating_add(1)).read_to_vec().map_err(failure)?;
        if u64::try_from(read.len()).is_ok_and(|read| read > limits.max_body) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(http::Response::from_parts(head, read.into()))
    }

    fn open(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Box<dyn BlockingBody>>, TransportError> {
        let response = self.exchange(request, Times { total: limits.total, each: limits.timeout })?;
        Ok(response.map(|body| Box::new(Incoming(body.into_with_config().limit(u64::MAX).reader())) as Box<dyn BlockingBody>))
    }
}

/// How long an exchange, and each of its steps, may take.
#[derive(Clone, Copy)]
struct Times {
    total: Option<Duration>,
    each: Option<Duration>,
}

impl Ureq {
    fn exchange(&self, request: http::Request<Body>, times: Times) -> Result<http::Response<ureq::Body>, TransportError> {
        let (mut head, body) = request.into_parts();
        let response = match (body.bytes(), body.length()) {
            (Some(bytes), _) if bytes.is_empty() => self.run(http::Request::from_parts(head, ()), times),
            (Some(bytes), _) => self.run(http::Request::from_parts(head, bytes.as_ref()), times),
            (None, length) => {
                if let Some(length) = length {
                    head.headers.insert(CONTENT_LENGTH, length.into());
                }
                self.run(http::Request::from_parts(head, ureq::SendBody::from_owned_reader(body.into_reader())), times)
            }
        };
        response.map_err(failure)
    }

    fn run(&self, request: http::Request<impl ureq::AsSendBody>, times: Times) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let request = self.0.configure_request(request).timeout_global(times.total);
        let request = match times.each {
            Some(_) => request.timeout_recv_response(times.each).timeout_per_read(times.each),
            None => request,
        };
        self.0.run(request.build())
    }
}

/// An answer's body as it comes.
struct Incoming(ureq::BodyReader<'static>);

impl BlockingBody for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => return read.map_err(|error| failure(error.into())),
            }
        }
    }
}

fn failure(error: ureq::Error) -> TransportError {
    use ureq::Timeout;
    let kind = match &error {
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportErrorKind::Connect,
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => TransportErrorKind::Connect,
        ureq::Error::Tls(_) => TransportErrorKind::Connect,
        ureq::Error::Rustls(error) => tls_kind(error),
        ureq::Error::Io(error) => io_kind(error),
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        _ => TransportErrorKind::Protocol,
    };
    // ureq's own error does not lead to the one within.
    match error {
        ureq::Error::Io(error) => TransportError::new(kind, error).of_source(),
        error => TransportError::new(kind, error),
    }
}

fn io_kind(error: &io::Error) -> TransportErrorKind {
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return tls_kind(tls);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            TransportErrorKind::Connect
        }
        ErrorKind::TimedOut | ErrorKind::WouldBlock => TransportErrorKind::Timeout,
        // A failed lookup has no kind of its own in the standard library, only this text.
        _ if error.to_string().starts_with("failed to lookup address") => TransportErrorKind::Connect,
        _ => TransportErrorKind::Interrupted,
    }
}

/// Only of a handshake is it certain that no request went out.
fn tls_kind(error: &rustls::Error) -> TransportErrorKind {
    use rustls::Error::{InvalidCertificate, NoCertificatesPresented, PeerIncompatible, UnsupportedNameType};
    match error {
        InvalidCertificate(_) | NoCertificatesPresented | PeerIncompatible(_) | UnsupportedNameType => TransportErrorKind::Connect,
        _ => TransportErrorKind::Interrupted,
    }
}
