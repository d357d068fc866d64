//! What happens around a call of qTest Manager.

mod access;
mod answers;
mod crowd;
mod fields;
mod files;
mod jobs;
mod kept;
mod limits;
mod links;
mod lists;
mod story;

use qtest_manager::{Operation, Request};
use std::fmt::Debug;
use tms_smoke::qtest_manager::Drive;

/// What a call answers that has to succeed.
fn got<M: Drive, O: Operation<Fault: Debug>>(request: Request<M, O>) -> O::Output {
    M::send(request).unwrap_or_else(|error| panic!("{}: {error:?}", O::INFO.name))
}
