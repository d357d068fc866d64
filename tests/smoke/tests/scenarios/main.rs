//! What happens around calls.

mod qacomplete;
mod qacomplete_automation;
mod qacomplete_soap;
mod qase;
mod qase_complaints;
mod qase_reporter;
mod qtest_manager;

/// How often an operation was asked for.
fn asked(mock: &tms_mock::Mock, operation: &str) -> usize {
    mock.requests().iter().filter(|request| request.operation.as_deref() == Some(operation)).count()
}
