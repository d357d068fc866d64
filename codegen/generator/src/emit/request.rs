//! `src/request.rs`: the crate's own request, so that each operation can add its setters to it.

use quote::quote;

use super::docs::Doc;
use super::source::{Item, Module, SourceFile};
use super::{job, soap, wire};
use crate::ir::Api;

/// `src/request.rs`
pub(super) fn file(api: &Api) -> SourceFile {
    let mut module = Module::documented(&Doc::new("A request that is ready to be sent."));
    let is_soap = soap::speaks(api);
    let downloads = downloads(api);
    let jobs = job::any(api);
    let mut items = vec![imports(is_soap, downloads, jobs), definition(), common(), asynchronous(), blocking()];
    items.extend(is_soap.then(streaming));
    items.extend(downloads.then(downloading));
    items.extend(jobs.then(waiting));
    module.items.extend(items.into_iter().map(Item::Code));
    SourceFile::rust("src/request.rs", &api.origin, module)
}

/// Is there an operation whose answer is a file?
pub(super) fn downloads(api: &Api) -> bool {
    api.resources.iter().flat_map(|resource| &resource.operations).any(wire::is_download)
}

fn imports(is_soap: bool, downloads: bool, jobs: bool) -> proc_macro2::TokenStream {
    let downloading = downloads.then(|| {
        quote! {
            #[cfg(any(feature = "async", feature = "blocking"))]
            use tms_runtime::Download;
            #[cfg(any(feature = "async", feature = "blocking"))]
            use tms_runtime::codegen::Downloads;
        }
    });
    let waiting = jobs.then(|| {
        quote! {
            #[cfg(any(feature = "async", feature = "blocking"))]
            use tms_runtime::{JobError, Submits, Wait};
        }
    });
    let streaming = is_soap.then(|| {
        quote! {
            #[cfg(any(feature = "async", feature = "blocking"))]
            use tms_runtime::{Records, Streamed};
        }
    });
    quote! {
        use std::time::Duration;
        #[cfg(feature = "async")]
        use tms_runtime::{Async, Call};
        #[cfg(feature = "blocking")]
        use tms_runtime::{Blocking, Error};
        #[cfg(any(feature = "async", feature = "blocking"))]
        use tms_runtime::Response;
        #streaming
        #downloading
        #waiting
        use tms_runtime::{Client, Items, Mode, Operation, Paged, Pages, RetryPolicy};
    }
}

fn definition() -> proc_macro2::TokenStream {
    quote! {
        /// A request: an operation, the client to send it with, and options of this one call.
        ///
        /// The optional arguments of each operation are methods of its request.
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct Request<M: Mode, O: Operation>(tms_runtime::Request<M, O>);
    }
}

fn common() -> proc_macro2::TokenStream {
    quote! {
        impl<M: Mode, O: Operation> Request<M, O> {
            #[inline]
            pub(crate) fn new(client: &Client<M>, operation: O) -> Self {
                Self(tms_runtime::Request::new(client, operation))
            }

            /// The operation and its arguments.
            #[inline]
            #[must_use]
            pub fn operation(&self) -> &O {
                self.0.operation()
            }

            /// The operation and its arguments, to be changed.
            #[inline]
            pub fn operation_mut(&mut self) -> &mut O {
                self.0.operation_mut()
            }

            /// The operation alone, to be kept or sent with another client.
            #[inline]
            #[must_use]
            pub fn into_operation(self) -> O {
                self.0.into_operation()
            }

            /// The time for this call: all attempts and the waits between and before them. Of a list, the time for each page.
            #[inline]
            pub fn timeout(self, timeout: Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// A header for this call, in place of any other value it would have.
            #[inline]
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.header(name, value))
            }

            /// How often, and after which waits, this call is sent again.
            #[inline]
            pub fn retry(self, policy: RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }
        }

        impl<M: Mode, O: Paged> Request<M, O> {
            /// All entries from here on, page after page.
            #[inline]
            pub fn items(self) -> Items<M, O> {
                self.0.items()
            }

            /// All pages from here on.
            #[inline]
            pub fn pages(self) -> Pages<M, O> {
                self.0.pages()
            }
        }
    }
}

fn asynchronous() -> proc_macro2::TokenStream {
    quote! {
        #[cfg(feature = "async")]
        impl<O: Operation> Request<Async, O> {
            /// Sends it and reads the answer.
            #[inline]
            pub fn send(self) -> Call<O> {
                self.0.send()
            }

            /// Sends it and reads the answer, of which status, headers and body are kept.
            #[inline]
            pub fn send_with_response(self) -> Call<O, Response<O::Output>> {
                self.0.send_with_response()
            }
        }
    }
}

fn blocking() -> proc_macro2::TokenStream {
    quote! {
        #[cfg(feature = "blocking")]
        impl<O: Operation> Request<Blocking, O> {
            /// Sends it and reads the answer.
            ///
            /// # Errors
            /// When no answer came, or not a good one.
            #[inline]
            pub fn send(self) -> Result<O::Output, Error<O::Fault>> {
                self.0.send()
            }

            /// Sends it and reads the answer, of which status, headers and body are kept.
            ///
            /// # Errors
            /// When no answer came, or not a good one.
            #[inline]
            pub fn send_with_response(self) -> Result<Response<O::Output>, Error<O::Fault>> {
                self.0.send_with_response()
            }
        }
    }
}

/// Answers that are read one record at a time.
fn streaming() -> proc_macro2::TokenStream {
    quote! {
        #[cfg(feature = "async")]
        impl<O: Streamed> Request<Async, O> {
            /// Sends it; the records of the answer are read one by one, as they are asked for.
            #[inline]
            pub fn records(self) -> Call<O, Records<O::Record>> {
                self.0.records()
            }
        }

        #[cfg(feature = "blocking")]
        impl<O: Streamed> Request<Blocking, O> {
            /// Sends it; the records of the answer are read one by one, as they are asked for.
            ///
            /// # Errors
            /// When no answer came, or not a good one.
            #[inline]
            pub fn records(self) -> Result<Records<O::Record>, Error<O::Fault>> {
                self.0.records()
            }
        }
    }
}

/// Answers that are read piece by piece.
fn downloading() -> proc_macro2::TokenStream {
    quote! {
        #[cfg(feature = "async")]
        impl<O: Downloads> Request<Async, O> {
            /// Sends it; the file is read piece by piece, as it is asked for, and never held as a whole.
            #[inline]
            pub fn download(self) -> impl Future<Output = Result<Download<Async, O::Fault>, tms_runtime::Error<O::Fault>>> + Send {
                self.0.download()
            }
        }

        #[cfg(feature = "blocking")]
        impl<O: Downloads> Request<Blocking, O> {
            /// Sends it; the file is read piece by piece, as it is asked for, and never held as a whole.
            ///
            /// # Errors
            /// When no answer came, or not a good one.
            #[inline]
            pub fn download(self) -> Result<Download<Blocking, O::Fault>, Error<O::Fault>> {
                self.0.download()
            }
        }
    }
}

/// Answers that are jobs.
fn waiting() -> proc_macro2::TokenStream {
    quote! {
        #[cfg(feature = "async")]
        impl<O: Submits> Request<Async, O> {
            /// Sends it, and asks for the job it answers until that is over.
            ///
            /// # Errors
            /// When a call fails, the job fails, or it takes too long; what is known of the job is in the error.
            #[inline]
            pub fn send_and_wait(self, wait: Wait) -> impl Future<Output = Result<O::Output, JobError<O::Output, O::Fault>>> + Send {
                self.0.send_and_wait(wait)
            }
        }

        #[cfg(feature = "blocking")]
        impl<O: Submits> Request<Blocking, O> {
            /// Sends it, and asks for the job it answers until that is over.
            ///
            /// # Errors
            /// When a call fails, the job fails, or it takes too long; what is known of the job is in the error.
            #[inline]
            pub fn send_and_wait(self, wait: Wait) -> Result<O::Output, JobError<O::Output, O::Fault>> {
                self.0.send_and_wait(wait)
            }
        }
    }
}
