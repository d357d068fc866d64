//! Every transcribed vector of every API, in memory.

/// Makes two tests of each operation of a REST API. The module that calls it has `api` and `played`.
macro_rules! vector_tests {
    ($($resource:ident { $($method:ident: $operation:ident = $id:literal),+ $(,)? })+) => {$(
        mod $resource {$(
            mod $method {
                use super::super::{api, played};
                use tms_runtime::{Async, Blocking};

                #[test]
                fn in_async() {
                    played::<Async, api::$resource::$operation>($id);
                }

                #[test]
                fn in_blocking() {
                    played::<Blocking, api::$resource::$operation>($id);
                }
            }
        )+}
    )+

        /// The operationIds of the generated crate.
        const OPERATIONS: &[&str] = &[$($($id),+),+];
    };
}

mod qacomplete;
mod qacomplete_automation;
mod qacomplete_soap;
mod qase;
mod qtest_manager;
