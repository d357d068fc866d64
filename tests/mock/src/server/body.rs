//! A response body that may end before its announced length.

use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Bytes to send, whole or cut.
#[derive(Debug)]
pub(super) struct CutBody {
    bytes: Option<Bytes>,
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
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self { bytes: (!bytes.is_empty()).then_some(bytes), ending: Ending::Proper }
    }

    pub(super) fn cut(bytes: &Bytes, keep: usize) -> Self {
        let kept = bytes.slice(..keep.min(bytes.len()));
        Self { bytes: Some(kept), ending: Ending::Flush }
    }
}

impl Body for CutBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        if let Some(bytes) = this.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if this.ending == Ending::Flush {
            this.ending = Ending::Early;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && self.ending == Ending::Proper
    }
}
