//! What `send` returns.

use crate::download::Download;
use crate::engine::Opened;
use crate::error::{ApiError, Error, Failure, StatusError};
use crate::mode::Mode;
use crate::operation::{Fault, Operation};
use crate::raw::Raw;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// What an operation returned, and the answer it was read from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What `send` alone returns.
    pub value: T,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body as it came.
    pub body: Bytes,
}

impl<T> Response<T> {
    fn new(value: T, raw: Raw) -> Self {
        let (status, headers, body) = raw.into_parts();
        Self { value, status, headers, body }
    }
}

/// A call under way. Dropping it abandons the call; it does nothing until it is awaited.
#[cfg(feature = "async")]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O: Operation, T = <O as Operation>::Output> {
    exchange: crate::transport::BoxFuture<'static, Result<Raw, Failure>>,
    finish: Finish<O, T>,
}

/// Makes an operation's result of an answer.
#[cfg(feature = "async")]
type Finish<O, T> = fn(Result<Raw, Failure>) -> Result<T, Error<<O as Operation>::Fault>>;

#[cfg(feature = "async")]
mod future {
    use super::{Call, Error, Failure, Finish, Operation, Raw};
    use crate::transport::BoxFuture;
    use std::fmt;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    impl<O: Operation, T> Call<O, T> {
        pub(crate) fn new(exchange: BoxFuture<'static, Result<Raw, Failure>>, finish: Finish<O, T>) -> Self {
            Self { exchange, finish }
        }
    }

    impl<O: Operation, T> Future for Call<O, T> {
        type Output = Result<T, Error<O::Fault>>;

        #[inline]
        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
            self.exchange.as_mut().poll(context).map(self.finish)
        }
    }

    impl<O: Operation, T> fmt::Debug for Call<O, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "Call({})", O::INFO)
        }
    }
}

/// The value of an answer.
pub(crate) fn value<O: Operation>(raw: Result<Raw, Failure>) -> Result<O::Output, Error<O::Fault>> {
    decoded::<O>(raw?).map(|(value, _)| value)
}

/// The value of an answer, and the answer.
pub(crate) fn response<O: Operation>(raw: Result<Raw, Failure>) -> Result<Response<O::Output>, Error<O::Fault>> {
    decoded::<O>(raw?).map(|(value, raw)| Response::new(value, raw))
}

/// The value of an answer, and the answer as it came.
pub(crate) fn with_raw<O: Operation>(raw: Result<Raw, Failure>) -> Result<(O::Output, Raw), Error<O::Fault>> {
    decoded::<O>(raw?)
}

/// An answer to be read as it comes.
pub(crate) fn download<M: Mode, O: Operation>(opened: Result<Opened<M::Body>, Failure>) -> Result<Download<M, O::Fault>, Error<O::Fault>> {
    let Opened { raw, body, rest } = opened?;
    match body {
        Some(body) if raw.status().is_success() => Download::open(raw, body, rest),
        _ => Err(refusal(raw)),
    }
}

/// The records of an answer, to be read one after the other.
#[cfg(feature = "soap")]
pub(crate) fn records<O: crate::soap::Streamed>(raw: Result<Raw, Failure>) -> Result<crate::soap::Records<O::Record>, Error<O::Fault>> {
    let raw = raw?;
    if !raw.status().is_success() {
        return Err(refusal(raw));
    }
    match O::records(raw).opened() {
        Ok(records) => Ok(records),
        Err(error) if error.is_refusal() => Err(refusal(error.into_raw())),
        Err(error) => Err(Error::Decode(error)),
    }
}

fn decoded<O: Operation>(raw: Raw) -> Result<(O::Output, Raw), Error<O::Fault>> {
    if !raw.status().is_success() {
        return Err(refusal(raw));
    }
    match O::decode(&raw) {
        Ok(value) => Ok((value, raw)),
        Err(error) if error.is_refusal() => Err(refusal(raw)),
        Err(error) => Err(Error::Decode(error)),
    }
}

#[cold]
fn refusal<F: Fault>(raw: Raw) -> Error<F> {
    match F::of(&raw) {
        Some(fault) => Error::Api(Box::new(ApiError::new(raw, fault))),
        None => Error::Status(Box::new(StatusError::new(raw))),
    }
}
