//! Answers that are read as they come.

mod partial;

use crate::error::{CallError, Error, TimeoutError, TransportError, TransportErrorKind};
use crate::json::Value;
use crate::mode::Mode;
use crate::operation::Info;
use crate::raw::Raw;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

/// A file on its way: what an operation returns that [`Request::download`](crate::Request) sent.
///
/// It is never in memory as a whole. Read it piece by piece, or all of it with `save_to` or `copy_to`; dropping it abandons the
/// rest. Every piece has to come within [`attempt_timeout`](crate::ClientBuilder::attempt_timeout), and the whole within the
/// call's timeout if it has one; what was begun is not tried again.
#[must_use = "a download is read when it is asked for"]
pub struct Download<M: Mode, F = Value> {
    body: Box<M::Body>,
    status: StatusCode,
    headers: HeaderMap,
    rest: Rest,
    fault: PhantomData<fn() -> F>,
}

/// What reading the rest of an answer needs to know of its call.
pub(crate) struct Rest {
    pub(crate) info: &'static Info,
    /// Scheme and host.
    pub(crate) origin: String,
    pub(crate) attempts: u32,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
    /// The largest download accepted, and how much of it was read.
    pub(crate) most: u64,
    pub(crate) read: u64,
}

impl Rest {
    fn failed<F>(&self, error: TransportError) -> Error<F> {
        if error.kind() != TransportErrorKind::Timeout {
            return Error::Transport(CallError::new(self.info, self.origin.clone(), self.attempts, error));
        }
        let over = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        let limit = if over { self.timeout } else { self.attempt_timeout };
        Error::Timeout(TimeoutError::new(self.info, limit.unwrap_or_default(), self.attempts))
    }

    /// The error of something that could not be written.
    fn unwritten<F>(&self, error: io::Error) -> Error<F> {
        self.failed(TransportError::new(TransportErrorKind::Sink, error))
    }

    /// Counts what came.
    fn count<F>(&mut self, bytes: usize) -> Result<(), Error<F>> {
        self.read = self.read.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        if self.read > self.most { Err(self.failed(TransportError::large_download())) } else { Ok(()) }
    }
}

impl<M: Mode, F> Download<M, F> {
    pub(crate) fn open(raw: Raw, body: Box<M::Body>, rest: Rest) -> Result<Self, Error<F>> {
        let (status, headers, _) = raw.into_parts();
        let this = Self { body, status, headers, rest, fault: PhantomData };
        if this.length().is_some_and(|length| length > this.rest.most) {
            return Err(this.rest.failed(TransportError::large_download()));
        }
        Ok(this)
    }

    /// The answer's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer's headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes it has as a whole, if the server says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }
}

/// Its headers can hold what should not be shown.
impl<M: Mode, F> fmt::Debug for Download<M, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({}: {}, {} bytes read)", self.rest.info, self.status, self.rest.read)
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::partial::Partial;
    use super::{Download, Error};
    use crate::body::offload;
    use crate::mode::Async;
    use bytes::{Buf, Bytes, BytesMut};
    use futures_core::Stream;
    use std::future::poll_fn;
    use std::io;
    use std::path::Path;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};
    use tokio::io::AsyncWrite;

    /// Bytes written to a file at once.
    const WRITE_AT_ONCE: usize = 256 * 1024;

    impl<F> Download<Async, F> {
        /// The next piece; `None` at the end.
        ///
        /// # Errors
        /// When the connection breaks, nothing comes in time, or more comes than the client accepts.
        pub fn chunk(&mut self) -> impl Future<Output = Result<Option<Bytes>, Error<F>>> + Send {
            poll_fn(|context| self.poll(context).map(Option::transpose))
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error<F>>>> {
            let Some(chunk) = ready!(self.body.poll_chunk(context)) else { return Poll::Ready(None) };
            let chunk = chunk.map_err(|error| self.rest.failed(error));
            Poll::Ready(Some(chunk.and_then(|chunk| self.rest.count(chunk.len()).map(|()| chunk))))
        }

        /// Writes all of it to a file, and returns how many bytes that were.
        ///
        /// The file is there, or replaced, when it is complete: until then it has `.part` behind its name.
        ///
        /// # Errors
        /// As [`chunk`](Self::chunk), and when the file cannot be written. Nothing is left behind then.
        pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error<F>> {
            let path = path.as_ref().to_owned();
            let mut file = offload(move || Partial::create(path)).await.map_err(|error| self.rest.unwritten(error))?;
            let mut buffer = BytesMut::with_capacity(WRITE_AT_ONCE);
            loop {
                let chunk = self.chunk().await?;
                buffer.extend_from_slice(chunk.as_deref().unwrap_or_default());
                if buffer.len() < WRITE_AT_ONCE && chunk.is_some() {
                    continue;
                }
                let written = offload(move || {
                    file.write(&buffer)?;
                    buffer.clear();
                    Ok((file, buffer))
                });
                (file, buffer) = written.await.map_err(|error| self.rest.unwritten(error))?;
                if chunk.is_none() {
                    break;
                }
            }
            offload(move || file.complete()).await.map_err(|error| self.rest.unwritten(error))?;
            Ok(self.rest.read)
        }

        /// Writes all of it, and returns how many bytes that were.
        ///
        /// # Errors
        /// As [`chunk`](Self::chunk), and when it cannot be written.
        pub async fn copy_to(mut self, writer: &mut (impl AsyncWrite + Unpin + Send)) -> Result<u64, Error<F>> {
            while let Some(mut chunk) = self.chunk().await? {
                while !chunk.is_empty() {
                    let written = poll_fn(|context| Pin::new(&mut *writer).poll_write(context, &chunk)).await;
                    match written.map_err(|error| self.rest.unwritten(error))? {
                        0 => return Err(self.rest.unwritten(io::ErrorKind::WriteZero.into())),
                        count => chunk.advance(count),
                    }
                }
            }
            let flushed = poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await;
            flushed.map(|()| self.rest.read).map_err(|error| self.rest.unwritten(error))
        }
    }

    /// Nothing in it is pinned.
    impl<F> Unpin for Download<Async, F> {}

    impl<F> Stream for Download<Async, F> {
        type Item = Result<Bytes, Error<F>>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.get_mut().poll(context)
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::partial::Partial;
    use super::{Download, Error};
    use crate::mode::Blocking;
    use std::io::{self, Read, Write};
    use std::path::Path;

    /// Bytes read and written at once.
    const AT_ONCE: usize = 64 * 1024;

    impl<F> Download<Blocking, F> {
        /// Writes all of it to a file, and returns how many bytes that were.
        ///
        /// The file is there, or replaced, when it is complete: until then it has `.part` behind its name.
        ///
        /// # Errors
        /// When the connection breaks, nothing comes in time, more comes than the client accepts, or the file cannot be written.
        /// Nothing is left behind then.
        pub fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error<F>> {
            let mut file = Partial::create(path.as_ref().to_owned()).map_err(|error| self.rest.unwritten(error))?;
            self.each(&mut |bytes| file.write(bytes))?;
            file.complete().map_err(|error| self.rest.unwritten(error))?;
            Ok(self.rest.read)
        }

        /// Writes all of it, and returns how many bytes that were.
        ///
        /// # Errors
        /// When the connection breaks, nothing comes in time, more comes than the client accepts, or it cannot be written.
        pub fn copy_to(mut self, writer: &mut impl Write) -> Result<u64, Error<F>> {
            self.each(&mut |bytes| writer.write_all(bytes))?;
            writer.flush().map_err(|error| self.rest.unwritten(error))?;
            Ok(self.rest.read)
        }

        fn each(&mut self, write: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> Result<(), Error<F>> {
            let mut buffer = vec![0; AT_ONCE];
            loop {
                match self.fill(&mut buffer)? {
                    0 => return Ok(()),
                    count => write(&buffer[..count]).map_err(|error| self.rest.unwritten(error))?,
                }
            }
        }

        fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Error<F>> {
            let count = self.body.read(buffer).map_err(|error| self.rest.failed(error))?;
            self.rest.count(count)?;
            Ok(count)
        }
    }

    /// The errors are the client's own [`Error`]s, within an [`io::Error`].
    impl<F: Send + Sync + 'static> Read for Download<Blocking, F> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.fill(buffer).map_err(io::Error::other)
        }
    }
}
