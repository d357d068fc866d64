//! A response body, chunk by chunk, that may end before its announced length.

use crate::blob::Blob;
use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Content to send, whole or cut.
#[derive(Debug)]
pub(super) struct CutBody {
    content: Blob,
    at: u64,
    end: u64,
    ending: Ending,
}

#[derive(Debug, PartialEq, Eq)]
enum Ending {
    Proper,
    /// The bytes must leave the buffer before hyper notices that too few came and closes the connection.
    Flush,
    Early,
}

impl CutBody {
    pub(super) fn whole(content: Blob) -> Self {
        Self { at: 0, end: content.len(), content, ending: Ending::Proper }
    }

    pub(super) fn cut(content: Blob, keep: usize) -> Self {
        Self { at: 0, end: content.len().min(keep as u64), content, ending: Ending::Flush }
    }
}

impl Body for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.at < this.end {
            let left = usize::try_from(this.end - this.at).unwrap_or(usize::MAX);
            let chunk = this.content.chunk(this.at)?;
            let chunk = chunk.slice(..chunk.len().min(left));
            this.at += chunk.len() as u64;
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if this.ending == Ending::Flush {
            this.ending = Ending::Early;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.at == self.end && self.ending == Ending::Proper
    }
}
