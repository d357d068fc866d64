//! A TCP stream that can be made to end with a reset instead of a proper close.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Decides how a connection ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Fuse(Arc<AtomicBool>);

impl Fuse {
    /// The connection will be reset when it is closed.
    pub(super) fn blow(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A connection.
#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    fuse: Fuse,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, fuse: Fuse) -> Self {
        Self { stream, fuse }
    }

    fn inner(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.fuse.0.load(Ordering::SeqCst) {
            // Without a linger time the kernel sends RST; should it refuse, the peer still sees the connection end.
            let _refused = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.inner().poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.inner().poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A blown fuse must not be preceded by a proper close.
        match self.fuse.0.load(Ordering::SeqCst) {
            true => Poll::Ready(Ok(())),
            false => self.inner().poll_shutdown(cx),
        }
    }
}
