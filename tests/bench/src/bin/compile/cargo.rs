//! Cargo, and what its runs take.

use crate::Broken;
use std::path::Path;
use std::process::Command;
use tms_bench::clock::{Clock, Reading, Stopwatch};

/// A cargo command.
#[derive(Debug)]
pub(crate) struct Cargo(Command);

impl Cargo {
    /// Cargo in `folder`, which has its own target folder.
    pub(crate) fn new(folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(args).current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
        Self(command)
    }

    /// Further arguments.
    pub(crate) fn args(&mut self, args: &[&str]) -> &mut Self {
        self.0.args(args);
        self
    }

    /// An environment variable.
    pub(crate) fn env(&mut self, name: &str, value: &str) -> &mut Self {
        self.0.env(name, value);
        self
    }

    /// Runs it and returns what it took, and what it said on standard error.
    pub(crate) fn run(&mut self) -> Result<(Reading, String), Broken> {
        let (reading, _, said) = run(&mut self.0)?;
        Ok((reading, said))
    }

    /// Runs it and returns what it wrote to standard output.
    pub(crate) fn output(&mut self) -> Result<String, Broken> {
        let (_, output, _) = run(&mut self.0)?;
        Ok(output)
    }
}

/// Runs a command to its good end: what it took, wrote to standard output and to standard error.
pub(crate) fn run(command: &mut Command) -> Result<(Reading, String, String), Broken> {
    let watch = Stopwatch::start(Clock::Children);
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let reading = watch.read();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !output.status.success() {
        return Err(format!("{command:?} failed:\n{}{}", text(&output.stdout), text(&output.stderr)).into());
    }
    Ok((reading, text(&output.stdout), text(&output.stderr)))
}
