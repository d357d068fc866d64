//! Every transcribed vector in both modes, over a transport in memory.

use qtest_manager as api;
use tms_smoke::qtest_manager::drive::{Drive, Replay, replay};
use tms_smoke::wire;

/// Plays the vectors of an operation.
fn played<M: Drive, O: Replay>(operation: &str) {
    replay::<M, O>("qtest-manager", operation);
}

qtest_manager::operations!(vector_tests);

/// The list of operations that was transcribed for the coverage count has vectors for each, on its path.
#[test]
fn every_documented_operation_has_a_vector_on_its_path() {
    wire::check_documented("qtest-manager", api::BASE_URL, OPERATIONS);
}
