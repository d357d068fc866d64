//! Every operation of QAComplete SOAP against the mock server: one entry per operation, in the order of the service's description.
//!
//! An entry is the call as a user would write it, with every argument there is, and what its typed answer must show, if it has one.

use super::world::World;
use qacomplete_soap::{ApiClient, Request};
use std::fmt::Debug;
use tms_runtime::Mode;
use tms_runtime::codegen::Operation;

mod automation;
mod items;
mod planning;
mod service;
mod testing;

/// An operation that can be called against a [`World`].
#[diagnostic::on_unimplemented(
    message = "operation `{Self}` has no smoke test",
    note = "add an entry to tests/smoke/src/qacomplete_soap/exercise"
)]
pub trait Exercise: Operation<Output: Debug> + Sized {
    /// The call.
    fn request<M: Mode>(client: &ApiClient<M>, world: &World) -> Request<M, Self>;

    /// Whether the answer shows what is known to be there. Of what answers nothing, the mock server is the only judge.
    fn holds(output: &Self::Output, _: &World) -> bool {
        std::mem::size_of_val(output) == 0
    }
}

/// A condition: the mock server does not read it, so that any XML will do.
const CONDITION: &str = "<any what=\"this &amp; that\"/>";

macro_rules! exercises {
    ($($resource:ident::$operation:ident |$client:ident, $world:ident| $request:expr $(, |$output:ident| $holds:expr)?;)+) => {$(
        impl super::Exercise for qacomplete_soap::$resource::$operation {
            #[allow(unused_variables)] // not every call and not every answer depends on what was seeded
            fn request<M: tms_runtime::Mode>(
                $client: &qacomplete_soap::ApiClient<M>,
                $world: &crate::qacomplete_soap::World,
            ) -> qacomplete_soap::Request<M, Self> {
                $request
            }
            $(
                #[allow(unused_variables)]
                fn holds($output: &Self::Output, $world: &crate::qacomplete_soap::World) -> bool {
                    $holds
                }
            )?
        }
    )+};
}
use exercises;
