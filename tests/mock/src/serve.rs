//! Serving until the process is ended.

use crate::mock::{Builder, StartError};
use std::io::{self, Write};

/// Starts a mock, prints where it is and what it takes, and serves until Ctrl-C.
///
/// # Errors
/// If the mock does not start, or standard output is closed.
pub fn serve(builder: Builder) -> Result<(), StartError> {
    let mock = builder.start()?;
    announce(&mock).map_err(StartError::Io)?;
    mock.serve();
    Ok(())
}

fn announce(mock: &crate::Mock) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "url: {}", mock.url())?;
    for (name, value) in mock.env() {
        writeln!(out, "env: {name}={value}")?;
    }
    writeln!(out, "operations: {}", mock.operations().len())?;
    writeln!(out, "serving until Ctrl-C")?;
    out.flush()
}
