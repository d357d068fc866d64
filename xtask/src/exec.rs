//! Running cargo.

use std::process::{Command, Stdio};

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
        Err(error) => Err(Failure::Broken(format!("cannot run cargo for {what}: {error}"))),
    }
}

/// Runs `command` and returns what it printed to standard output.
pub fn output(mut command: Command, what: &str) -> Result<String, Failure> {
    match command.stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(_) => Err(Failure::Found(format!("failed: {what}"))),
        Err(error) => Err(Failure::Broken(format!("cannot run cargo for {what}: {error}"))),
    }
}
