//! Every kind of problem has a spec that shows it, and the text an author reads about it is golden.
//!
//! A case is `diagnostics/<name>.yaml` (or `.json`, `.wsdl`), or a folder with such a file and `sdk.toml`; `<name>.stderr` holds the
//! text.
//! Its name begins with the tag it shows, as in `syntax-tab`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tms_codegen::diagnostic::{Level, Tag, render};
use tms_codegen::pipeline;

const FOLDER: &str = "tests/diagnostics";

#[test]
fn every_problem_is_told_as_recorded() {
    let faults: Vec<String> = cases().into_iter().filter_map(|case| check(&case).err()).collect();
    assert!(faults.is_empty(), "{}\n\n`cargo xtask bless` accepts the new text; read the diff before committing it", faults.join("\n\n"));
}

#[test]
fn every_tag_has_a_case() {
    let names: Vec<String> = cases().iter().map(|case| name_of(case)).collect();
    // A bug of ours cannot be written down as a spec; too many files are tested in `limits.rs`.
    let exempt = |tag: &Tag| tag.level() == Level::Ice || *tag == Tag::FileLimit;
    let missing: Vec<&str> =
        Tag::ALL.iter().filter(|tag| !exempt(tag)).map(|tag| tag.as_str()).filter(|tag| !names.iter().any(|name| name == tag)).collect();
    assert!(missing.is_empty(), "add a spec that shows it, and `cargo xtask bless`: {FOLDER}/{{{}}}.yaml", missing.join(","));
}

#[test]
fn no_text_is_recorded_without_a_case() {
    let names: BTreeSet<String> = cases().iter().map(|case| name_of(case)).collect();
    let stale: Vec<PathBuf> = entries().into_iter().filter(|path| is_golden(path) && !names.contains(&name_of(path))).collect();
    assert!(stale.is_empty(), "delete {stale:?}: the case is gone");
}

#[test]
fn codes_are_unique_and_explained() {
    let codes: BTreeSet<&str> = Tag::ALL.iter().map(|tag| tag.as_str()).collect();
    assert_eq!(codes.len(), Tag::ALL.len(), "two tags have the same code");
    for tag in Tag::ALL {
        assert!(
            tag.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "`{tag}` is not kebab case"
        );
        assert!(tag.summary().ends_with('.') && tag.explain().ends_with('.'), "`{tag}` is explained in sentences");
    }
}

fn check(case: &Path) -> Result<(), String> {
    let lowered = pipeline::lower(case, Path::new("."));
    let text = render(&lowered.report, &lowered.sources);
    let name = name_of(case);
    let tag = Tag::ALL.iter().filter(|tag| name.starts_with(tag.as_str())).max_by_key(|tag| tag.as_str().len());
    let Some(tag) = tag else { return Err(format!("{}: the name of a case begins with a tag", case.display())) };
    if !lowered.report.iter().any(|diagnostic| diagnostic.tag() == *tag) {
        return Err(format!("{}: the problem `{tag}` is not reported, but:\n{text}", case.display()));
    }
    let golden = Path::new(FOLDER).join(format!("{name}.stderr"));
    if std::env::var_os("TMS_BLESS").is_some() {
        return fs::write(&golden, text).map_err(|error| format!("{}: {error}", golden.display()));
    }
    let recorded = fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
    if recorded == text { Ok(()) } else { Err(format!("{} differs.\n--- recorded\n{recorded}\n--- now\n{text}", golden.display())) }
}

fn cases() -> Vec<PathBuf> {
    entries().into_iter().filter(|path| !is_golden(path)).collect()
}

fn entries() -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(FOLDER).expect("the folder of cases").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn is_golden(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "stderr")
}

fn name_of(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}
