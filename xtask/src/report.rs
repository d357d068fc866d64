//! Printing diagnostics.

use std::io::IsTerminal;

use tms_codegen::diagnostic::{Report, render, render_styled};
use tms_codegen::source::Sources;

/// Prints all problems to standard error, in colour when a person reads it.
pub fn print(report: &Report, sources: &Sources) {
    if report.is_empty() {
        return;
    }
    let text = if std::io::stderr().is_terminal() { render_styled(report, sources) } else { render(report, sources) };
    eprintln!("{text}");
}
