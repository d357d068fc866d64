//! What happens around a call of QAComplete.

mod filters;
mod kept;
mod lists;
mod refused;
mod story;
mod written;

use qacomplete::{Operation, Request};
use std::fmt::Debug;
use tms_smoke::qacomplete::Drive;

/// What a call answers that has to succeed.
fn got<M: Drive, O: Operation<Fault: Debug>>(request: Request<M, O>) -> O::Output {
    M::send(request).unwrap_or_else(|error| panic!("{}: {error:?}", O::INFO.name))
}
