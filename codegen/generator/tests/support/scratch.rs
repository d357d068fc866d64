//! A workspace of generated crates below the build folder, and cargo run over it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tms_codegen::format::TextFile;
use tms_codegen::write;

/// The build settings of the repository, so that dependencies are built once for both.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n\
                         [profile.dev.package.\"*\"]\ndebug = false\n";

/// A folder of crates.
pub(crate) struct Scratch {
    folder: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// An empty workspace called `name`.
    pub(crate) fn new(name: &str) -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = temporary.join(name);
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        fs::remove_dir_all(&folder).or_else(|error| if folder.exists() { Err(error) } else { Ok(()) }).expect("the old workspace goes");
        fs::create_dir_all(&folder).expect("the build folder can be written");
        fs::write(folder.join("Cargo.toml"), WORKSPACE).expect("the build folder can be written");
        fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the repository has a lock file");
        Self { folder, target: temporary.join("scratch-target") }
    }

    /// Writes a crate, its runtime being the repository's.
    pub(crate) fn add(&self, name: &str, mut files: Vec<TextFile>) {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let runtime = format!("path = {:?}", runtime.canonicalize().expect("the runtime is there").display().to_string());
        for file in files.iter_mut().filter(|file| file.path == "Cargo.toml") {
            file.text = file.text.replace("path = \"../../codegen/runtime\"", &runtime);
        }
        let plan = write::plan(&files, &self.folder.join(name)).and_then(|plan| plan.apply());
        plan.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Runs cargo; what it says about the generated crates is a fault, be it an error or a warning.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--keep-going"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        // Messages about the generated crates have a path relative to the workspace.
        let faults: Vec<&str> = said.split("\n\n").filter(|message| message.contains("--> ") && !message.contains("--> /")).collect();
        let faults = if output.status.success() { faults.join("\n\n") } else { said.to_string() };
        assert!(faults.is_empty(), "cargo {}:\n{faults}", arguments.join(" "));
    }
}
