//! The two ways to wait for an answer.

#[cfg(feature = "async")]
use crate::call::Call;
use crate::error::ConfigError;
use crate::operation::Operation;
#[cfg(feature = "async")]
use crate::raw::Raw;
use crate::transport::{AsyncBody, AsyncTransport, BlockingBody, BlockingTransport};
use std::fmt::Debug;
use std::sync::Arc;

/// How a client waits for answers: [`Async`] or [`Blocking`].
///
/// Everything but `send` is the same in both. A mode's `send` exists when the cargo feature of its name (`async`, `blocking`)
/// is on; if the compiler does not find it, turn that feature on.
pub trait Mode: sealed::Sealed + Copy + Debug + Default + Send + Sync + 'static {
    /// What carries the requests of this mode.
    type Transport: ?Sized + Send + Sync + 'static;

    /// A page on its way.
    #[doc(hidden)]
    type Pending<O: Operation>: Default + Send;

    /// The body of an answer on its way.
    #[doc(hidden)]
    type Body: ?Sized + Send;

    /// The transport of a client that was given none.
    #[doc(hidden)]
    fn default_transport() -> Result<Arc<Self::Transport>, ConfigError>;
}

/// `send` returns a future. Needs the feature `async`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Async;

/// `send` returns when the answer is there. Needs the feature `blocking`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocking;

impl Mode for Async {
    type Transport = dyn AsyncTransport;
    type Body = dyn AsyncBody;
    #[cfg(feature = "async")]
    type Pending<O: Operation> = Option<Call<O, (O::Output, Raw)>>;
    #[cfg(not(feature = "async"))]
    type Pending<O: Operation> = ();

    #[cfg(feature = "async")]
    fn default_transport() -> Result<Arc<Self::Transport>, ConfigError> {
        Ok(Arc::new(crate::transport::reqwest::Reqwest::new()?))
    }

    #[cfg(not(feature = "async"))]
    fn default_transport() -> Result<Arc<Self::Transport>, ConfigError> {
        Err(ConfigError::new("this is an async client, but the cargo feature `async` is off"))
    }
}

impl Mode for Blocking {
    type Transport = dyn BlockingTransport;
    type Body = dyn BlockingBody;
    type Pending<O: Operation> = ();

    #[cfg(feature = "blocking")]
    fn default_transport() -> Result<Arc<Self::Transport>, ConfigError> {
        Ok(Arc::new(crate::transport::ureq::Ureq::new()))
    }

    #[cfg(not(feature = "blocking"))]
    fn default_transport() -> Result<Arc<Self::Transport>, ConfigError> {
        Err(ConfigError::new("this is a blocking client, but the cargo feature `blocking` is off"))
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Async {}
    impl Sealed for super::Blocking {}
}
