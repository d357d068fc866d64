//! Every operation in both modes over a socket. The list comes from the generated crate: an operation without an entry in
//! `src/qtest_manager/exercise` does not compile.

use qtest_manager as api;
use tms_smoke::coverage;
use tms_smoke::qtest_manager::World;
use tms_smoke::qtest_manager::drive::{Drive, Exercise, exercise, parity};

/// Calls an operation, and notes that it was called.
fn exercised<M: Drive, O: Exercise>(operation: &str) {
    exercise::<M, O>(operation);
    coverage::record(env!("CARGO_TARGET_TMPDIR"), "qtest-manager", operation, M::NAME);
}

qtest_manager::operations!(operation_tests);

/// The mock server reads the document by itself: what the generator left out would show here.
#[test]
fn the_generated_crate_has_every_operation_of_the_document() {
    crate::same_operations(World::start().mock.operations(), OPERATIONS);
}
