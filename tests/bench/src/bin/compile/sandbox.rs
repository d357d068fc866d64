//! A workspace under the target folder that holds copies of the generated crate and its runtime, and the baselines.
//!
//! Copies, so that nothing is touched in the repository; the profiles are cargo's own, as users have them.

use crate::baseline::{self, Laziness, Part};
use crate::{Broken, disk};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The generated crate that is measured.
pub(crate) const CRATE: &str = "qase";
/// Its types alone.
pub(crate) const TYPES: &str = "types-alone";
/// The same types with serde derive.
pub(crate) const DERIVED: &str = "baseline-types";
/// The baseline whose functions are generated where they are called.
pub(crate) const LAZY: &str = "baseline-lazy";
/// The baseline whose functions are generated in the crate.
pub(crate) const EAGER: &str = "baseline-eager";

/// The workspace.
#[derive(Debug)]
pub(crate) struct Sandbox {
    root: PathBuf,
}

impl Sandbox {
    /// Writes the workspace to `root`. What was built there before is kept.
    pub(crate) fn new(repository: &Path, root: PathBuf) -> Result<Self, Broken> {
        for folder in ["codegen", "generated", "baseline", "users"] {
            disk::remove(&root.join(folder))?;
        }
        disk::write(&root.join("Cargo.toml"), &manifest(&disk::read(&repository.join("Cargo.toml"))?)?)?;
        disk::write(&root.join("Cargo.lock"), &disk::read(&repository.join("Cargo.lock"))?)?;
        disk::copy(&repository.join("codegen/runtime"), &root.join("codegen/runtime"))?;
        let sandbox = Self { root };
        disk::copy(&repository.join("generated").join(CRATE), &sandbox.package(CRATE))?;
        sandbox.write_support()?;
        let generated = sandbox.package(CRATE);
        baseline::write_types_alone(&generated, &sandbox.package(TYPES), TYPES)?;
        let (lazy, eager) = (Part::Operations(Laziness::Lazy), Part::Operations(Laziness::Eager));
        for (name, part) in [(DERIVED, Part::Types), (LAZY, lazy), (EAGER, eager)] {
            baseline::write(&generated, &sandbox.package(name), name, part)?;
        }
        Ok(sandbox)
    }

    fn write_support(&self) -> Result<(), Broken> {
        let folder = self.root.join("baseline/baseline-support");
        let manifest = r#"[package]
name = "baseline-support"
version = "0.1.0"
edition = "2024"

[lib]
name = "tms_runtime"

[dependencies]
serde = { workspace = true, features = ["derive"] }
serde_json = { workspace = true }
"#;
        disk::write(&folder.join("Cargo.toml"), manifest)?;
        disk::write(&folder.join("src/lib.rs"), include_str!("support.rs"))
    }

    /// The workspace's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A package's folder.
    pub(crate) fn package(&self, name: &str) -> PathBuf {
        self.root.join(if name == CRATE { "generated" } else { "baseline" }).join(name)
    }
}

/// The repository's manifest with other members and cargo's own profiles.
fn manifest(text: &str) -> Result<String, Broken> {
    let mut manifest: Table = text.parse()?;
    manifest.remove("profile");
    let workspace = manifest.get_mut("workspace").and_then(Value::as_table_mut).ok_or("Cargo.toml is no workspace")?;
    workspace.remove("exclude");
    let members = ["codegen/runtime", "generated/*", "baseline/*"].map(|member| Value::String(member.to_owned()));
    workspace.insert("members".to_owned(), Value::Array(members.to_vec()));
    workspace.insert("exclude".to_owned(), Value::Array(vec![Value::String("users".to_owned())]));
    Ok(toml::to_string(&manifest)?)
}
