//! qTest Manager: stories written as tables, and what has no table.

mod login;
mod printed;
mod stories;

use crate::client::{Send, send, start};
use tms_mock::Mock;

fn mock() -> Mock {
    start(Mock::qtest_manager())
}

/// A request with the fixed token.
fn call<'m>(mock: &'m Mock, method: &'m str, target: &str) -> Send<'m> {
    call_with(mock, mock.token(), method, target)
}

fn call_with<'m>(mock: &'m Mock, token: &str, method: &'m str, target: &str) -> Send<'m> {
    send(mock, method, target).without("Token").without("Accept").header("Authorization", &format!("Bearer {token}"))
}
