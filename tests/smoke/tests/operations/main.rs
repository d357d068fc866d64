//! Every operation of every API, called over a socket.

use std::collections::BTreeSet;

/// Makes three tests of each operation of a REST API. The module that calls it has `api`, `exercised` and `parity`.
macro_rules! operation_tests {
    ($($resource:ident { $($method:ident: $operation:ident = $id:literal),+ $(,)? })+) => {$(
        mod $resource {$(
            mod $method {
                use super::super::{api, exercised, parity};
                use tms_runtime::{Async, Blocking};

                #[test]
                fn in_async() {
                    exercised::<Async, api::$resource::$operation>($id);
                }

                #[test]
                fn in_blocking() {
                    exercised::<Blocking, api::$resource::$operation>($id);
                }

                #[test]
                fn alike() {
                    parity::<api::$resource::$operation>($id);
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

/// Checks that a generated crate has the operations of the document that a mock server has read.
fn same_operations(documented: &[tms_mock::Operation], generated: &[&str]) {
    let documented: BTreeSet<&str> = documented.iter().map(tms_mock::Operation::id).collect();
    let generated: BTreeSet<&str> = generated.iter().copied().collect();
    assert_eq!(documented, generated, "the document (left) and the crate's operations! (right) differ: `cargo xtask regenerate`");
}
