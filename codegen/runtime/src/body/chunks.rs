//! A body read without blocking.

use super::Piece;
use super::content::{Chunks, Content, SourceError};
use super::reader::{Measured, pass};
use crate::transport::BoxFuture;
use bytes::Bytes;
use std::fmt;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::runtime::Handle;

/// Bytes read from a file at once.
const READ_AT_ONCE: usize = 64 * 1024;

/// A [`Body`](super::Body) to be read without blocking.
pub struct BodyChunks {
    pieces: Arc<[Piece]>,
    next: usize,
    current: Option<Current>,
}

enum Current {
    Reading(BoxFuture<'static, io::Result<(Measured, Bytes)>>),
    Stream { name: String, stream: Chunks, left: Option<u64> },
}

impl BodyChunks {
    pub(super) fn new(pieces: Arc<[Piece]>) -> Self {
        Self { pieces, next: 0, current: None }
    }

    /// The next piece, never an empty one; `None` at the end.
    pub fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let Some(current) = &mut self.current else {
                let Some(piece) = self.pieces.get(self.next) else { return Poll::Ready(None) };
                self.next += 1;
                match piece {
                    Piece::Bytes(bytes) if bytes.is_empty() => {}
                    Piece::Bytes(bytes) => return Poll::Ready(Some(Ok(bytes.clone()))),
                    Piece::File { name, content, length } => match Current::open(name, content, *length) {
                        Ok(current) => self.current = Some(current),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    },
                }
                continue;
            };
            match ready!(current.poll(context)) {
                Ok(bytes) if bytes.is_empty() => self.current = None,
                read => return Poll::Ready(Some(read)),
            }
        }
    }
}

impl Current {
    fn open(name: &str, content: &Content, left: Option<u64>) -> io::Result<Self> {
        if let Content::Stream(once) = content
            && let Some(stream) = once.take()
        {
            return Ok(Self::Stream { name: name.to_owned(), stream, left });
        }
        Ok(Self::Reading(Box::pin(read(Measured::open(name, content, left)?))))
    }

    /// The next bytes; none at the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        match self {
            Self::Reading(reading) => {
                let (file, bytes) = ready!(reading.as_mut().poll(context))?;
                if !bytes.is_empty() {
                    *reading = Box::pin(read(file));
                }
                Poll::Ready(Ok(bytes))
            }
            Self::Stream { left: Some(0), .. } => Poll::Ready(Ok(Bytes::new())),
            Self::Stream { name, stream, left } => loop {
                let mut bytes = match ready!(stream.as_mut().poll_next(context)) {
                    Some(Ok(bytes)) if bytes.is_empty() => continue,
                    Some(Ok(bytes)) => bytes,
                    Some(Err(error)) => return Poll::Ready(Err(SourceError::wrap(name, error))),
                    None => Bytes::new(),
                };
                bytes.truncate(left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX));
                return Poll::Ready(pass(name, left, bytes.len()).map(|()| bytes));
            },
        }
    }
}

async fn read(mut file: Measured) -> io::Result<(Measured, Bytes)> {
    offload(move || {
        let mut buffer = vec![0; READ_AT_ONCE];
        let count = file.read(&mut buffer)?;
        buffer.truncate(count);
        Ok((file, buffer.into()))
    })
    .await
}

/// Does work that blocks on the pool tokio has for it; without a tokio runtime on the spot.
pub(crate) async fn offload<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(io::Error::other)?,
        Err(_) => work(),
    }
}

impl futures_core::Stream for BodyChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl fmt::Debug for BodyChunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyChunks")
    }
}
