//! What happens around a call of QAComplete Test Automation.

mod access;
mod agent;
mod scripts;

use qacomplete_automation::{Operation, Request};
use std::fmt::Debug;
use tms_smoke::qacomplete_automation::Drive;

/// What a call answers that has to succeed.
fn got<M: Drive, O: Operation<Fault: Debug>>(request: Request<M, O>) -> O::Output {
    M::send(request).unwrap_or_else(|error| panic!("{}: {error:?}", O::INFO.name))
}
