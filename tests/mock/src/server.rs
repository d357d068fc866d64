//! HTTP/1.1 over TCP, on a thread of its own.

mod body;
mod wire;

use crate::call::Incoming;
use crate::engine::{Delivery, Engine};
use body::CutBody;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming as RequestBody;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use wire::{Fuse, Wire};

/// Largest request body that is read.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// A running server; dropping it closes the socket and every connection.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(engine: Arc<Engine>, address: SocketAddr) -> io::Result<Self> {
        // Bound without a runtime, so that a mock can be started from inside one.
        let socket = std::net::TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = {
            let _entered = runtime.enter();
            TcpListener::from_std(socket)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("tms-mock".to_owned()).spawn(move || {
            // The runtime ends with this thread, and every connection with it.
            let _accepting = runtime.spawn(accept(engine, listener));
            let _stopped = runtime.block_on(stopped);
        })?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for the server to end, which it does not by itself.
    pub(crate) fn join(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread ends without a value; a panic in it was printed already.
            let _ended = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

async fn accept(engine: Arc<Engine>, listener: TcpListener) {
    let mut connection = 0;
    loop {
        // A failed accept is the peer's doing (it left already); the next one may well succeed.
        let Ok((stream, _)) = listener.accept().await else { continue };
        connection += 1;
        tokio::spawn(serve(engine.clone(), stream, connection));
    }
}

async fn serve(engine: Arc<Engine>, stream: TcpStream, connection: u64) {
    let fuse = Fuse::default();
    let wire = TokioIo::new(Wire::new(stream, fuse.clone()));
    let service = service_fn(|request| answer(&engine, request, connection, &fuse));
    // How a connection ended is the client's to notice.
    let _ended = http1::Builder::new().serve_connection(wire, service).await;
}

/// The request is not answered: the connection is reset.
#[derive(Debug)]
struct ConnectionReset;

impl std::fmt::Display for ConnectionReset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("connection reset on purpose")
    }
}

impl std::error::Error for ConnectionReset {}

async fn answer(
    engine: &Engine,
    request: http::Request<RequestBody>,
    connection: u64,
    fuse: &Fuse,
) -> Result<Response<CutBody>, ConnectionReset> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        let mut refused = Response::new(CutBody::whole(bytes::Bytes::new()));
        *refused.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(refused);
    };
    let incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers,
        body: body.to_bytes(),
        connection,
    };
    let outcome = engine.handle(&incoming);
    if !outcome.delay.is_zero() {
        tokio::time::sleep(outcome.delay).await;
    }
    let (answer, keep) = match outcome.delivery {
        Delivery::Whole(answer) => (answer, None),
        Delivery::Truncated(answer, keep) => (answer, Some(keep)),
        Delivery::Reset => {
            fuse.blow();
            return Err(ConnectionReset);
        }
    };
    let (content_type, bytes) = answer.body.encode();
    let content_type = content_type.and_then(|text| HeaderValue::from_str(text).ok());
    let length = HeaderValue::from(bytes.len());
    let mut response = Response::new(match keep {
        Some(keep) => CutBody::cut(&bytes, keep),
        None => CutBody::whole(bytes),
    });
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response.headers_mut().insert(CONTENT_LENGTH, length);
    if let Some(content_type) = content_type {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    Ok(response)
}
