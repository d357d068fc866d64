//! HTTP/1.1 over TCP, on a thread of its own.

mod body;
mod wire;

use crate::blob::{Blob, Spool};
use crate::call::Incoming;
use crate::engine::{Delivery, Outcome};
use body::CutBody;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::BodyExt;
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

/// Largest body that is read at once; of forms and files, which are kept on disk if they are large, see [`MAX_FILE`].
const MAX_BODY: u64 = 64 * 1024 * 1024;
/// Largest form or file that is read.
const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// What is read at once, by how content types begin.
const TEXTS: [&str; 5] = ["application/json", "application/x-www-form-urlencoded", "application/soap+xml", "application/xml", "text/xml"];

/// What answers the requests that come in.
pub(crate) trait Handle: Send + Sync + 'static {
    /// What to do with a request.
    fn handle(&self, incoming: &Incoming) -> Outcome;
}

/// A socket that nobody serves yet.
#[derive(Debug)]
pub(crate) struct Socket(std::net::TcpListener);

/// A running server; dropping it closes the socket and every connection.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Socket {
    /// Bound without a runtime, so that a mock can be started from inside one.
    pub(crate) fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = std::net::TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        Ok(Self(socket))
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Server {
    pub(crate) fn start(handler: Arc<dyn Handle>, socket: Socket) -> io::Result<Self> {
        let address = socket.address()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = {
            let _entered = runtime.enter();
            TcpListener::from_std(socket.0)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("tms-mock".to_owned()).spawn(move || {
            // The runtime ends with this thread, and every connection with it.
            let _accepting = runtime.spawn(accept(handler, listener));
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

async fn accept(handler: Arc<dyn Handle>, listener: TcpListener) {
    let mut connection = 0;
    loop {
        // A failed accept is the peer's doing (it left already); the next one may well succeed.
        let Ok((stream, _)) = listener.accept().await else { continue };
        connection += 1;
        tokio::spawn(serve(handler.clone(), stream, connection));
    }
}

async fn serve(handler: Arc<dyn Handle>, stream: TcpStream, connection: u64) {
    let fuse = Fuse::default();
    let wire = TokioIo::new(Wire::new(stream, fuse.clone()));
    let service = service_fn(|request| answer(handler.as_ref(), request, connection, &fuse));
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
    handler: &dyn Handle,
    request: http::Request<RequestBody>,
    connection: u64,
    fuse: &Fuse,
) -> Result<Response<CutBody>, ConnectionReset> {
    let (parts, body) = request.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    let is_file = content_type.is_some_and(|text| !text.contains("+json") && !TEXTS.iter().any(|known| text.starts_with(known)));
    let (body, file) = match read(body, is_file).await {
        Ok(blob) if is_file && !blob.is_empty() => (Bytes::new(), Some(blob)),
        read => match read.and_then(|blob| blob.bytes()) {
            Ok(bytes) => (bytes, None),
            Err(_) => {
                let mut refused = Response::new(CutBody::whole(Bytes::new().into()));
                *refused.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
                return Ok(refused);
            }
        },
    };
    let incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers,
        body,
        file,
        connection,
    };
    let outcome = handler.handle(&incoming);
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
        Some(keep) => CutBody::cut(bytes, keep),
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

/// Reads a body: all of it, or none if it is too large or the client left.
async fn read(mut body: RequestBody, is_file: bool) -> io::Result<Blob> {
    let most = if is_file { MAX_FILE } else { MAX_BODY };
    let mut spool = Spool::default();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.map_err(io::Error::other)?.into_data() {
            spool.push(&data)?;
        }
        if spool.len() > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
    spool.finish()
}
