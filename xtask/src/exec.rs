//! Running cargo.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Done, Failure, root};

/// A cargo command in the repository, by the cargo that runs this tool.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Runs `command` with its output shown.
pub fn run(mut command: Command, what: &str) -> Done {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::Found(format!("failed: {what}"))),
        Err(error) => Err(Failure::Broken(format!("cannot run {} for {what}: {error}", command.get_program().display()))),
    }
}

/// Runs `command` and returns what it printed to standard output.
pub fn output(mut command: Command, what: &str) -> Result<String, Failure> {
    match command.stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(_) => Err(Failure::Found(format!("failed: {what}"))),
        Err(error) => Err(Failure::Broken(format!("cannot run {} for {what}: {error}", command.get_program().display()))),
    }
}

/// What cargo knows of the workspace.
pub fn metadata() -> Result<Value, Failure> {
    let text = output(cargo(&["metadata", "--no-deps", "--format-version", "1"]), "cargo metadata")?;
    serde_json::from_str(&text).map_err(|error| Failure::Broken(format!("cargo metadata: {error}")))
}

/// Where cargo builds.
pub fn target() -> Result<PathBuf, Failure> {
    let metadata = metadata()?;
    metadata["target_directory"]
        .as_str()
        .map(PathBuf::from)
        .ok_or_else(|| Failure::Broken("cargo metadata names no target directory".into()))
}
