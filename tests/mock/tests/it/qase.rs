//! Qase as it is today: stories written as tables, and what has no table.

mod faults;
mod sizes;
mod stories;

use crate::client::{Send, send};
use tms_mock::Mock;

/// A request with the right token; `target` is below `/v1`, or begins with `/v2`.
fn call<'m>(mock: &'m Mock, method: &'m str, target: &str) -> Send<'m> {
    match target.starts_with("/v2/") {
        true => send(mock, method, "").to(target),
        false => send(mock, method, target),
    }
}
