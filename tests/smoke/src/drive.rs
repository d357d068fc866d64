//! One way to run a request in either mode, so that every test is written once.

use std::future::Future;
use std::time::Duration;
use tms_runtime::RetryPolicy;
use tokio::runtime::{Builder, Runtime};

/// How a client is set up.
#[derive(Clone, Debug)]
pub struct Setup<A> {
    /// Base URL.
    pub url: String,
    /// What lets it in, and whatever else its API is set up with.
    pub access: A,
    /// Retries; none unless a test is about them.
    pub retry: RetryPolicy,
    /// Time limit of a call.
    pub timeout: Duration,
}

impl<A> Setup<A> {
    /// A client of this address.
    #[must_use]
    pub fn new(url: String, access: A) -> Self {
        Self { url, access, retry: RetryPolicy::never(), timeout: Duration::from_secs(30) }
    }

    /// With retries that hardly wait by themselves.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.retry = RetryPolicy::new().attempts(attempts).backoff(Duration::from_millis(2), Duration::from_millis(5));
        self
    }
}

thread_local! {
    /// A test has its thread; its connections live as long as this.
    static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("no runtime: {error}"));
}

/// Runs a future to its end.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// Makes the trait that runs requests of an API in either mode: `drive!(qase)`.
macro_rules! drive {
    ($api:ident) => {
        /// A mode that tests can run requests in.
        pub trait Drive: tms_runtime::Mode + Sized {
            /// `async` or `blocking`, as the coverage record spells it.
            const NAME: &'static str;

            /// Makes a client talk to a transport in memory.
            fn over(builder: $api::ClientBuilder<Self>, memory: tms_runtime::MemoryTransport) -> $api::ClientBuilder<Self>;

            /// Sends a request and waits for the answer.
            ///
            /// # Errors
            /// Those of the call.
            fn send<O: tms_runtime::codegen::Operation>(request: $api::Request<Self, O>)
            -> Result<O::Output, tms_runtime::Error<O::Fault>>;

            /// Reads a list to its end.
            ///
            /// # Errors
            /// Those of the first page that fails.
            fn collect<O: tms_runtime::codegen::Paged>(
                request: $api::Request<Self, O>,
            ) -> Result<Vec<O::Item>, tms_runtime::Error<O::Fault>>;

            /// A client of a server.
            fn client(setup: &Setup) -> $api::ApiClient<Self> {
                let builder = $api::ApiClient::<Self>::builder().base_url(&setup.url).retry(setup.retry).timeout(setup.timeout);
                build(signed_in(builder, &setup.access))
            }
        }

        fn build<M: tms_runtime::Mode>(builder: $api::ClientBuilder<M>) -> $api::ApiClient<M> {
            builder.build().unwrap_or_else(|error| panic!("the client cannot be built: {error}"))
        }

        impl Drive for tms_runtime::Async {
            const NAME: &'static str = "async";

            fn over(builder: $api::ClientBuilder<Self>, memory: tms_runtime::MemoryTransport) -> $api::ClientBuilder<Self> {
                builder.transport(std::sync::Arc::new(memory))
            }

            fn send<O: tms_runtime::codegen::Operation>(
                request: $api::Request<Self, O>,
            ) -> Result<O::Output, tms_runtime::Error<O::Fault>> {
                $crate::drive::block_on(request.send())
            }

            fn collect<O: tms_runtime::codegen::Paged>(
                request: $api::Request<Self, O>,
            ) -> Result<Vec<O::Item>, tms_runtime::Error<O::Fault>> {
                $crate::drive::block_on(async {
                    let (mut items, mut all) = (request.items(), Vec::new());
                    while let Some(item) = items.next().await? {
                        all.push(item);
                    }
                    Ok(all)
                })
            }
        }

        impl Drive for tms_runtime::Blocking {
            const NAME: &'static str = "blocking";

            fn over(builder: $api::ClientBuilder<Self>, memory: tms_runtime::MemoryTransport) -> $api::ClientBuilder<Self> {
                builder.transport(std::sync::Arc::new(memory))
            }

            fn send<O: tms_runtime::codegen::Operation>(
                request: $api::Request<Self, O>,
            ) -> Result<O::Output, tms_runtime::Error<O::Fault>> {
                request.send()
            }

            fn collect<O: tms_runtime::codegen::Paged>(
                request: $api::Request<Self, O>,
            ) -> Result<Vec<O::Item>, tms_runtime::Error<O::Fault>> {
                request.items().collect()
            }
        }
    };
}
pub(crate) use drive;
