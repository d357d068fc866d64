//! `src/client.rs`: the client, its builder, and the way to every handle.

mod credentials;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, line};
use super::scope::Scope;
use super::source::{Item, Module, SourceFile};
use super::{credential, handle, request, soap};
use crate::ir::Api;

/// `src/client.rs`
pub(super) fn file(api: &Api) -> SourceFile {
    let scope = Scope::resource(api, std::iter::empty());
    let mut module = Module::documented(&Doc::new("The client and its builder."));
    let handles = handle::methods(&Scope::gated(api));
    let handles = quote! { impl<M: Mode> ApiClient<M> { #handles } };
    let code = [client(api), constructors(&scope), credentials::variations(&scope), sending(), handles, builder(api), setters(&scope)];
    let (imports, more) = (imports(api), scope.imports());
    module.items.push(Item::Code(quote! { #more #imports }));
    module.items.extend(code.into_iter().map(Item::Code));
    SourceFile::rust("src/client.rs", &api.origin, module)
}

fn imports(api: &Api) -> TokenStream {
    let secret = api.schemes.iter().any(credentials::is_secret).then(|| quote! { , Secret });
    let login = api.schemes.iter().any(credential::is_login).then(|| quote! { PasswordLogin, });
    let version = has_versions(api).then(|| quote! { , SoapVersion });
    quote! {
        use std::sync::Arc;
        use std::time::Duration;
        #[cfg(feature = "async")]
        use tms_runtime::{Async, Call};
        #[cfg(feature = "blocking")]
        use tms_runtime::{Blocking, Error};
        use tms_runtime::{ConfigError, Mode, Operation, #login RateLimit, RetryPolicy #secret #version};
    }
}

/// Can a client choose between versions of SOAP?
fn has_versions(api: &Api) -> bool {
    soap::versions(api).len() > 1
}

fn client(api: &Api) -> TokenStream {
    let docs = Doc::new(&format!("A client of {}.", line(&api.title)))
        .own(
            "[`Client`](crate::Client) is its async mode, [`blocking::Client`](crate::blocking::Client) its blocking one; both have the \
             same methods. Clones share connections, credentials and the rate limit.",
        )
        .attributes();
    // Modules written by hand may make other clients of it.
    let visible = (!api.modules.is_empty()).then(|| quote! { pub(crate) });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct ApiClient<M: Mode> {
            #visible runtime: tms_runtime::Client<M>,
        }
    }
}

/// `new` takes the one credential there is; an API with none or several has a builder only, or a `new` without arguments.
fn constructors(scope: &Scope<'_>) -> TokenStream {
    let api = scope.api;
    let new = match (api.schemes.as_slice(), api.servers.is_empty()) {
        ([scheme], false) => credentials::new(scope, scheme),
        ([], false) => quote! {
            /// A client with the defaults of the builder.
            ///
            /// # Errors
            /// When the transport cannot be set up.
            pub fn new() -> Result<Self, ConfigError> {
                Self::builder().build()
            }
        },
        _ => TokenStream::new(),
    };
    quote! {
        impl<M: Mode> ApiClient<M> {
            #new

            /// A client with settings of your own.
            pub fn builder() -> ClientBuilder<M> {
                ClientBuilder { runtime: tms_runtime::ClientBuilder::new(&crate::API) }
            }

            /// A request of an operation made without a handle, to be refined and sent.
            #[inline]
            pub fn request<O: Operation>(&self, operation: O) -> crate::Request<M, O> {
                crate::Request::new(&self.runtime, operation)
            }
        }
    }
}

fn sending() -> TokenStream {
    quote! {
        #[cfg(feature = "async")]
        impl ApiClient<Async> {
            /// Sends an operation made without a handle.
            #[inline]
            pub fn send<O: Operation>(&self, operation: &O) -> Call<O> {
                self.runtime.send(operation)
            }
        }

        #[cfg(feature = "blocking")]
        impl ApiClient<Blocking> {
            /// Sends an operation made without a handle.
            ///
            /// # Errors
            /// When no answer came, or not a good one.
            #[inline]
            pub fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error<O::Fault>> {
                self.runtime.send(operation)
            }
        }
    }
}

fn builder(api: &Api) -> TokenStream {
    let docs = Doc::new("Settings of a client.").own(&match api.servers.first() {
        Some(server) => format!("Without [`base_url`](Self::base_url) it talks to <{}>.", server.url),
        None => "It needs a [`base_url`](Self::base_url): the API has no address of its own.".to_owned(),
    });
    let docs = docs.attributes();
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder<M: Mode> {
            runtime: tms_runtime::ClientBuilder<M>,
        }
    }
}

fn setters(scope: &Scope<'_>) -> TokenStream {
    let schemes = scope.api.schemes.iter().map(|scheme| credentials::setter(scope, scheme));
    let address = scope.by_protocol(
        "Where the API stands; a path in it is put before the path of every operation.",
        "Where the service stands; every request goes to this address as it is.",
    );
    let address = Doc::new(address).attributes();
    let version = has_versions(scope.api).then(|| {
        quote! {
            /// The version of SOAP to speak; 1.1 if not set. An operation that is offered in one version alone is sent in that.
            pub fn soap_version(self, version: SoapVersion) -> Self {
                Self { runtime: self.runtime.soap_version(version) }
            }
        }
    });
    let download = request::downloads(scope.api).then(|| {
        quote! {
            /// The largest file accepted by [`download`](crate::Request::download), in bytes.
            pub fn max_download_bytes(self, bytes: u64) -> Self {
                Self { runtime: self.runtime.max_download_bytes(bytes) }
            }
        }
    });
    quote! {
        impl<M: Mode> ClientBuilder<M> {
            #(#schemes)*

            #address
            pub fn base_url(self, url: impl Into<String>) -> Self {
                Self { runtime: self.runtime.base_url(url) }
            }

            #version

            /// A header for every request that does not set it itself.
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self { runtime: self.runtime.header(name, value) }
            }

            /// The time for a whole call: all attempts and the waits between and before them. Unlimited if not set.
            pub fn timeout(self, timeout: Duration) -> Self {
                Self { runtime: self.runtime.timeout(timeout) }
            }

            /// The time for one attempt, from connecting to the last byte of the answer.
            pub fn attempt_timeout(self, timeout: Duration) -> Self {
                Self { runtime: self.runtime.attempt_timeout(timeout) }
            }

            /// How often, and after which waits, failed calls are sent again.
            pub fn retry(self, policy: RetryPolicy) -> Self {
                Self { runtime: self.runtime.retry(policy) }
            }

            /// How many requests are sent in how much time; further ones wait for their turn. What the API says, if not set.
            pub fn rate_limit(self, limit: impl Into<Option<RateLimit>>) -> Self {
                Self { runtime: self.runtime.rate_limit(limit) }
            }

            /// The largest answer accepted, in bytes.
            pub fn max_response_bytes(self, bytes: u64) -> Self {
                Self { runtime: self.runtime.max_response_bytes(bytes) }
            }

            #download

            /// What carries the requests: another HTTP client, or a memory transport in tests.
            pub fn transport(self, transport: Arc<M::Transport>) -> Self {
                Self { runtime: self.runtime.transport(transport) }
            }

            /// The client.
            ///
            /// # Errors
            /// When a setting cannot be used, or the transport cannot be set up.
            pub fn build(self) -> Result<ApiClient<M>, ConfigError> {
                Ok(ApiClient { runtime: self.runtime.build()? })
            }
        }
    }
}
