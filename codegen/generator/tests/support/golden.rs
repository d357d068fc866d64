//! The specifications below `tests/golden`, one construct each.

use std::fs;
use std::path::{Path, PathBuf};

use tms_codegen::diagnostic::render;
use tms_codegen::pipeline::{self, Generated};

/// `tests/golden`
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The names of all constructs, sorted.
pub(crate) fn constructs() -> Vec<String> {
    let entries = fs::read_dir(root()).unwrap_or_else(|error| panic!("{}: {error}", root().display()));
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// Generates a construct, whole.
pub(crate) fn generate(construct: &str) -> Generated {
    let outcome = pipeline::generate(&root().join(construct), &root());
    let report = render(&outcome.report, &outcome.sources);
    let generated = outcome.generated.unwrap_or_else(|| panic!("{construct} generates nothing:\n{report}"));
    assert_eq!(generated.emitted, outcome.declared, "{construct} loses operations:\n{report}");
    generated
}
