//! Small specifications, one construct each, and the crates they become.

#[path = "support/golden.rs"]
mod golden;

use std::fs;
use std::path::PathBuf;

use tms_codegen::format::TextFile;
use tms_codegen::write;

/// What is the same in nearly every crate.
const COMMON: &[&str] =
    &["Cargo.toml", "README.md", "rustfmt.toml", "examples/quickstart.rs", "src/client.rs", "src/lib.rs", "src/request.rs", "src/types.rs"];

#[test]
fn each_construct_becomes_what_is_expected() {
    let constructs = golden::constructs();
    assert!(constructs.len() >= 62, "the folder of goldens is not complete: {constructs:?}");
    let faults: Vec<String> = constructs.iter().filter_map(|construct| check(construct).err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The specification of a construct.
fn document(construct: &str) -> PathBuf {
    let folder = golden::root().join(construct);
    let wsdl = folder.join("service.wsdl");
    if wsdl.exists() { wsdl } else { folder.join("openapi.yaml") }
}

/// The files a golden shows: those of its resources and types, and what the first line of the specification adds, so that a
/// change of what is the same in every crate changes few goldens.
fn shown(construct: &str, files: Vec<TextFile>) -> Vec<TextFile> {
    let path = document(construct);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let line = text.lines().next().unwrap_or_default();
    let marked = line.strip_prefix("# golden: ").or_else(|| line.strip_prefix("<!-- golden: ")?.strip_suffix(" -->"));
    let more = marked.unwrap_or_default();
    let is_shown =
        |file: &TextFile| more == "all" || !COMMON.contains(&file.path.as_str()) || more.split(' ').any(|path| path == file.path);
    files.into_iter().filter(is_shown).collect()
}

/// Compares a construct with its expected files, or writes them when `TMS_BLESS` is set. `Err` says what differs.
fn check(construct: &str) -> Result<(), String> {
    let generated = golden::generate(construct);
    let folder = golden::root().join(construct).join("expected");
    let plan = write::plan(&shown(construct, generated.files), &folder).map_err(|error| error.to_string())?;
    if std::env::var_os("TMS_BLESS").is_some() {
        return plan.apply().map_err(|error| error.to_string());
    }
    plan.differences().map_or(Ok(()), |text| Err(format!("{text}if that is right: cargo xtask bless\n")))
}
