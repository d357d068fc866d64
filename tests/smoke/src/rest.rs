//! What the tests of REST APIs have in common.

/// Makes the traits and the checks of an API: `rest!(qacomplete)`. There must be a `World` with
/// a `setup`, an `Access`, `samples` for that of the vectors, and `signed_in`.
macro_rules! rest {
    ($api:ident) => {
        crate::drive::drive!($api);

        /// How a client of this API is set up.
        pub type Setup = crate::drive::Setup<Access>;

        /// An operation that can be called against a [`World`].
        #[diagnostic::on_unimplemented(
            message = "operation `{Self}` has no smoke test",
            note = "add an entry to the `exercise` of its API in tests/smoke/src"
        )]
        pub trait Exercise: tms_runtime::Operation<Output: std::fmt::Debug, Fault: std::fmt::Debug> + Sized {
            /// The call.
            fn request<M: tms_runtime::Mode>(client: &$api::ApiClient<M>, world: &World) -> $api::Request<M, Self>;

            /// Whether the answer shows what is known to be there. Of what answers nothing, the mock server is the only judge.
            fn holds(output: &Self::Output, _: &World) -> bool {
                std::mem::size_of_val(output) == 0
            }
        }

        /// An operation that can be called with transcribed arguments.
        #[diagnostic::on_unimplemented(
            message = "the vectors cannot call operation `{Self}`",
            note = "add an entry to the `replay` of its API in tests/smoke/src, and vectors for it to tests/vectors"
        )]
        pub trait Replay: tms_runtime::Operation<Output: crate::shown::Shown, Fault: tms_runtime::ToJson> + Sized {
            /// The call, made as a caller would make it.
            fn request<M: tms_runtime::Mode>(client: &$api::ApiClient<M>, call: &mut crate::Call) -> $api::Request<M, Self>;

            /// What the caller is let in with.
            fn access(_: &crate::Vector) -> Access {
                samples()
            }
        }

        /// A client that talks to nobody and is given these answers, and the transport that remembers what was sent. Its base
        /// URL is the API's own, its credentials those of the vectors.
        pub fn in_memory<M: Drive>(
            replies: impl IntoIterator<Item = http::Response<Vec<u8>>>,
        ) -> ($api::ApiClient<M>, tms_runtime::MemoryTransport) {
            over(signed_in($api::ApiClient::<M>::builder(), &samples()), replies)
        }

        fn over<M: Drive>(
            builder: $api::ClientBuilder<M>,
            replies: impl IntoIterator<Item = http::Response<Vec<u8>>>,
        ) -> ($api::ApiClient<M>, tms_runtime::MemoryTransport) {
            let memory = tms_runtime::MemoryTransport::new();
            for reply in replies {
                memory.answer(reply);
            }
            (build(M::over(builder, memory.clone())), memory)
        }

        /// A client that talks to nobody and is given these JSON texts with status 200.
        #[must_use]
        pub fn answered<M: Drive>(texts: &[&str]) -> ($api::ApiClient<M>, tms_runtime::MemoryTransport) {
            let reply = |text: &&str| {
                let reply = http::Response::builder().header(http::header::CONTENT_TYPE, "application/json").body(text.as_bytes().to_vec());
                reply.unwrap_or_else(|error| panic!("{error}"))
            };
            in_memory(texts.iter().map(reply))
        }

        /// Calls an operation and checks the answer and what the mock server thought of the request.
        ///
        /// # Panics
        /// When there is something wrong with it.
        pub fn exercise<M: Drive, O: Exercise>(operation: &str)
        where
            tms_runtime::Error<O::Fault>: std::fmt::Display,
        {
            let world = World::start();
            let client = M::client(&world.setup());
            let outcome = M::send(O::request(&client, &world));
            world.mock.assert_no_verdicts();
            let output = outcome.unwrap_or_else(|error| panic!("{operation}: {error}"));
            assert!(O::holds(&output, &world), "{operation}: the answer does not show what was seeded: {output:#?}");
            let hits: Vec<_> = world.mock.hits().into_iter().filter(|(_, hits)| *hits > 0).collect();
            assert_eq!(hits, [(operation.to_owned(), 1)], "the mock server saw other operations than {operation}");
        }

        /// Makes sure that both modes put the same bytes on the wire.
        ///
        /// # Panics
        /// When they do not.
        pub fn parity<O: Exercise>(operation: &str)
        where
            tms_runtime::Error<O::Fault>: std::fmt::Display,
        {
            let asynchronous = requests_of::<tms_runtime::Async, O>(operation);
            let blocking = requests_of::<tms_runtime::Blocking, O>(operation);
            assert_eq!(asynchronous.len(), 1, "{operation} took more than one request");
            assert_eq!(asynchronous, blocking, "{operation}: async (left) and blocking (right) differ on the wire");
        }

        fn requests_of<M: Drive, O: Exercise>(operation: &str) -> Vec<crate::wire::Sent>
        where
            tms_runtime::Error<O::Fault>: std::fmt::Display,
        {
            let world = World::start();
            let outcome = M::send(O::request(&M::client(&world.setup()), &world));
            outcome.unwrap_or_else(|error| panic!("{operation}: {error}"));
            world.mock.requests().iter().map(crate::wire::Sent::of_mock).collect()
        }

        /// Plays the vectors of an operation.
        ///
        /// # Panics
        /// When there is none, or something is not as it says.
        pub fn replay<M: Drive, O: Replay>(vectors: &str, operation: &str)
        where
            tms_runtime::Error<O::Fault>: std::fmt::Display,
        {
            let mut played = 0;
            for vector in crate::vector::of_api(vectors).iter().filter(|vector| vector.operation() == operation) {
                played += 1;
                crate::replay::check(vector, |call, replies| {
                    let builder = $api::ApiClient::<M>::builder().retry(tms_runtime::RetryPolicy::never());
                    let (client, memory) = over(signed_in(builder, &O::access(vector)), replies);
                    let outcome = M::send(O::request(&client, call));
                    let outcome = outcome.map(|output| crate::shown::Shown::shown(&output));
                    let outcome = outcome.map_err(|error| crate::replay::Refusal::new(&error));
                    crate::replay::Played { sent: crate::wire::Sent::all(&memory), outcome }
                });
            }
            assert!(played > 0, "{operation} has no vector: transcribe one into tests/vectors/{vectors}");
        }
    };
}
pub(crate) use rest;

/// Writes the entries of an API's `exercise`.
macro_rules! exercises {
    ($api:ident: $($resource:ident::$operation:ident |$client:ident, $world:ident| $request:expr $(, |$output:pat_param| $holds:expr)?;)+) => {$(
        impl crate::$api::Exercise for $api::$resource::$operation {
            #[allow(unused_variables)] // not every call and not every answer depends on what was seeded
            fn request<M: tms_runtime::Mode>(
                $client: &$api::ApiClient<M>,
                $world: &crate::$api::World,
            ) -> $api::Request<M, Self> {
                $request
            }
            $(
                #[allow(unused_variables)]
                fn holds($output: &Self::Output, $world: &crate::$api::World) -> bool {
                    $holds
                }
            )?
        }
    )+};
}
pub(crate) use exercises;

/// Writes the entries of an API's `replay`.
macro_rules! replays {
    ($api:ident: $($resource:ident::$operation:ident |$client:ident, $call:ident| $request:expr $(, $setter:ident <- $argument:expr)*;)+) => {$(
        impl crate::$api::Replay for $api::$resource::$operation {
            #[allow(unused_variables)] // not every call has arguments
            fn request<M: tms_runtime::Mode>($client: &$api::ApiClient<M>, $call: &mut crate::Call) -> $api::Request<M, Self> {
                crate::fluent!($request; $($setter <- $argument),*)
            }
        }
    )+};
}
pub(crate) use replays;
