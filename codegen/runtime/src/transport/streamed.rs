//! The bodies of answers that are read as they come.

use crate::error::TransportError;
use bytes::{Buf, Bytes};
use std::task::{Context, Poll};

/// The body of an answer, read without blocking. Dropping it abandons the exchange.
pub trait AsyncBody: Send {
    /// The next piece, never an empty one; `None` at the end.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>>;
}

/// The body of an answer, read on the calling thread. Dropping it abandons the exchange.
pub trait BlockingBody: Send {
    /// Reads into the buffer; 0 at the end.
    ///
    /// # Errors
    /// When the answer ended too early, or nothing more came within the limits.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError>;
}

/// A body that is there as a whole.
pub(super) struct Complete(pub(super) Bytes);

impl AsyncBody for Complete {
    fn poll_chunk(&mut self, _context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let rest = std::mem::take(&mut self.0);
        Poll::Ready(if rest.is_empty() { None } else { Some(Ok(rest)) })
    }
}

impl BlockingBody for Complete {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        let count = self.0.len().min(buffer.len());
        self.0.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
