//! A request of one operation, refined and sent.

use crate::call::{self, Response};
use crate::client::{self, Client};
use crate::engine;
use crate::error::{EncodeError, Error};
use crate::mode::Mode;
use crate::operation::{Downloads, Info, Operation, Paged};
use crate::paging::{Items, Pages};
use crate::retry::{RetryPolicy, bounded};
use http::{HeaderMap, HeaderName};
use std::fmt;
use std::time::Duration;

/// An operation together with the client that will send it.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<M: Mode, O> {
    client: Client<M>,
    operation: O,
    options: Options,
}

/// What a single call does otherwise than its client.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) repeatable: bool,
    headers: Vec<(String, String)>,
}

impl Options {
    /// Whether the caller sets this header himself.
    pub(crate) fn sets(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(set, _)| name.as_str().eq_ignore_ascii_case(set))
    }

    pub(crate) fn write_headers(&self, info: &'static Info, headers: &mut HeaderMap) -> Result<(), EncodeError> {
        for (name, value) in &self.headers {
            let (name, value) =
                client::header(name, value).map_err(|why| EncodeError::new(info, format!("header {name:?} is refused: {why}")))?;
            headers.insert(name, value);
        }
        Ok(())
    }
}

impl<M: Mode, O: Operation> Request<M, O> {
    /// A request of an operation through a client.
    pub fn new(client: &Client<M>, operation: O) -> Self {
        Self { client: client.clone(), operation, options: Options::default() }
    }

    pub(crate) fn client(&self) -> &Client<M> {
        &self.client
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// The operation, to be changed.
    #[must_use]
    pub fn operation_mut(&mut self) -> &mut O {
        &mut self.operation
    }

    /// The operation, to be kept or sent through another client.
    #[must_use]
    pub fn into_operation(self) -> O {
        self.operation
    }

    /// The time for this call: all attempts and the waits between and before them. Of a list, the time for each page.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(bounded(timeout));
        self
    }

    /// A header for this call, in place of any other value it would have.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// How often, and after which waits, this call is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Says that sending this call twice does no harm, whatever its operation: the service knows it by a key in it, say. It is
    /// then sent again also after server errors and broken connections.
    pub fn repeatable(mut self) -> Self {
        self.options.repeatable = true;
        self
    }
}

impl<M: Mode, O: Paged> Request<M, O> {
    /// The entries of the list, page after page.
    pub fn items(self) -> Items<M, O> {
        Items::new(self.pages())
    }

    /// The pages of the list.
    pub fn pages(self) -> Pages<M, O> {
        Pages::new(self)
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::{Client, Downloads, Error, Operation, Options, Request, Response, call, engine};
    use crate::call::Call;
    use crate::download::Download;
    use crate::error::Failure;
    use crate::mode::Async;
    use crate::raw::Raw;
    use crate::transport::BoxFuture;
    use std::sync::Arc;

    impl Client<Async> {
        /// Sends an operation.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send<O: Operation>(&self, operation: &O) -> Call<O> {
            Call::new(self.exchange(operation, &Options::default()), call::value::<O>)
        }

        fn exchange<O: Operation>(&self, operation: &O, options: &Options) -> BoxFuture<'static, Result<Raw, Failure>> {
            let plan = self.plan(operation, options);
            Box::pin(engine::run_async(Arc::clone(&self.core), Arc::clone(&self.transport), plan))
        }
    }

    impl<O: Operation> Request<Async, O> {
        /// Sends the request.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send(self) -> Call<O> {
            Call::new(self.client.exchange(&self.operation, &self.options), call::value::<O>)
        }

        /// Sends the request; the result has status, headers and body of the answer, too.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send_with_response(self) -> Call<O, Response<O::Output>> {
            Call::new(self.client.exchange(&self.operation, &self.options), call::response::<O>)
        }

        /// Sends the request; the records of the answer are read as they are asked for, so that only one is in memory at a time
        /// besides the answer itself.
        ///
        /// # Errors
        /// See [`Error`](crate::Error); what is wrong with a record comes in its place.
        #[cfg(feature = "soap")]
        pub fn records(self) -> Call<O, crate::soap::Records<O::Record>>
        where
            O: crate::soap::Streamed,
        {
            Call::new(self.client.exchange(&self.operation, &self.options), call::records::<O>)
        }

        /// Sends the request; the answer is a file that is read as it comes, so that it is never in memory as a whole.
        ///
        /// Dropping the future or the download abandons the call.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        pub fn download(self) -> impl Future<Output = Result<Download<Async, O::Fault>, Error<O::Fault>>> + Send
        where
            O: Downloads,
        {
            let plan = self.client.plan(&self.operation, &self.options);
            let opened = engine::open_async(Arc::clone(&self.client.core), Arc::clone(&self.client.transport), plan);
            async move { call::download::<Async, O>(opened.await) }
        }

        /// Sends another operation as this one would be.
        pub(crate) fn ask<P: Operation>(&self, operation: &P) -> Call<P> {
            Call::new(self.client.exchange(operation, &self.options), call::value::<P>)
        }

        pub(crate) fn page(&self) -> Call<O, (O::Output, Raw)> {
            Call::new(self.client.exchange(&self.operation, &self.options), call::with_raw::<O>)
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::{Client, Downloads, Error, Operation, Options, Request, Response, call, engine};
    use crate::download::Download;
    use crate::error::Failure;
    use crate::mode::Blocking;
    use crate::raw::Raw;
    use std::sync::Arc;

    impl Client<Blocking> {
        /// Sends an operation.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error<O::Fault>> {
            call::value::<O>(self.exchange(operation, &Options::default()))
        }

        fn exchange<O: Operation>(&self, operation: &O, options: &Options) -> Result<Raw, Failure> {
            let plan = self.plan(operation, options);
            engine::run_blocking(Arc::clone(&self.core), self.transport.as_ref(), plan)
        }
    }

    impl<O: Operation> Request<Blocking, O> {
        /// Sends the request.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send(self) -> Result<O::Output, Error<O::Fault>> {
            call::value::<O>(self.client.exchange(&self.operation, &self.options))
        }

        /// Sends the request; the result has status, headers and body of the answer, too.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        #[inline]
        pub fn send_with_response(self) -> Result<Response<O::Output>, Error<O::Fault>> {
            call::response::<O>(self.client.exchange(&self.operation, &self.options))
        }

        /// Sends the request; the records of the answer are read as they are asked for, so that only one is in memory at a time
        /// besides the answer itself.
        ///
        /// # Errors
        /// See [`Error`](crate::Error); what is wrong with a record comes in its place.
        #[cfg(feature = "soap")]
        pub fn records(self) -> Result<crate::soap::Records<O::Record>, Error<O::Fault>>
        where
            O: crate::soap::Streamed,
        {
            call::records::<O>(self.client.exchange(&self.operation, &self.options))
        }

        /// Sends the request; the answer is a file that is read as it comes, so that it is never in memory as a whole.
        ///
        /// # Errors
        /// See [`Error`](crate::Error).
        pub fn download(self) -> Result<Download<Blocking, O::Fault>, Error<O::Fault>>
        where
            O: Downloads,
        {
            let plan = self.client.plan(&self.operation, &self.options);
            let opened = engine::open_blocking(Arc::clone(&self.client.core), self.client.transport.as_ref(), plan);
            call::download::<Blocking, O>(opened)
        }

        /// Sends another operation as this one would be.
        pub(crate) fn ask<P: Operation>(&self, operation: &P) -> Result<P::Output, Error<P::Fault>> {
            call::value::<P>(self.client.exchange(operation, &self.options))
        }

        pub(crate) fn page(&self) -> Result<(O::Output, Raw), Error<O::Fault>> {
            call::with_raw::<O>(self.client.exchange(&self.operation, &self.options))
        }
    }
}

/// Arguments can be secrets, so only the operation's name shows.
impl<M: Mode, O: Operation> fmt::Debug for Request<M, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} at {})", O::INFO, self.client.base_url())
    }
}
