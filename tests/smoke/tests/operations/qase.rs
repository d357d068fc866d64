//! Every operation in both modes over a socket. The list comes from the generated crate: an operation without an entry in
//! `src/qase/exercise.rs` does not compile.

use tms_runtime::{Async, Blocking};
use tms_smoke::qase::drive::{self, Drive, Setup};
use tms_smoke::qase::{Exercise, World};
use tms_smoke::{coverage, wire};

/// Calls an operation and checks the answer and what the mock server thought of the request.
fn exercise<M: Drive, O: Exercise>(operation: &str) {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let outcome = M::send(O::request(&client, &world));
    world.mock.assert_no_verdicts();
    let output = outcome.unwrap_or_else(|error| panic!("{operation}: {error}"));
    assert!(O::holds(&output, &world), "{operation}: the answer does not show what was seeded: {output:#?}");
    let hits: Vec<_> = world.mock.hits().into_iter().filter(|(_, hits)| *hits > 0).collect();
    assert_eq!(hits, [(operation.to_owned(), 1)], "the mock server saw other operations than {operation}");
    coverage::record(env!("CARGO_TARGET_TMPDIR"), "qase", operation, M::NAME);
}

/// Both modes put the same bytes on the wire.
fn parity<O: Exercise>(operation: &str) {
    let sent = |requests: Vec<tms_mock::Request>| -> Vec<wire::Sent> { requests.iter().map(wire::Sent::of_mock).collect() };
    let asynchronous = sent(drive::requests_of::<Async, O>());
    let blocking = sent(drive::requests_of::<Blocking, O>());
    assert_eq!(asynchronous.len(), 1, "{operation} took more than one request");
    assert_eq!(asynchronous, blocking, "{operation}: async (left) and blocking (right) differ on the wire");
}

macro_rules! tests {
    ($($resource:ident { $($method:ident: $operation:ident = $id:literal),+ $(,)? })+) => {$(
        mod $resource {$(
            mod $method {
                use tms_runtime::{Async, Blocking};

                #[test]
                fn in_async() {
                    crate::qase::exercise::<Async, qase::$resource::$operation>($id);
                }

                #[test]
                fn in_blocking() {
                    crate::qase::exercise::<Blocking, qase::$resource::$operation>($id);
                }

                #[test]
                fn alike() {
                    crate::qase::parity::<qase::$resource::$operation>($id);
                }
            }
        )+}
    )+

        /// The operationIds of the generated crate.
        const OPERATIONS: &[&str] = &[$($($id),+),+];
    };
}

qase::operations!(tests);

/// The mock server reads the document by itself: what the generator left out would show here.
#[test]
fn the_generated_crate_has_every_operation_of_the_document() {
    let world = World::start();
    let documented: std::collections::BTreeSet<&str> = world.mock.operations().iter().map(tms_mock::Operation::id).collect();
    let generated = OPERATIONS.iter().copied().collect();
    assert_eq!(documented, generated, "the document (left) and qase::operations! (right) differ: `cargo xtask regenerate`");
}
