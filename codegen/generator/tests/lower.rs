//! What specifications of a single construct are lowered to.
//!
//! A case is `lower/<construct>.yaml` or `.wsdl`, or a folder with `openapi.yaml` or `service.wsdl` and `sdk.toml`; `<construct>.ir` holds
//! the dump of the IR and what was reported.

#[path = "support/turned.rs"]
mod turned;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tms_codegen::diagnostic::render;
use tms_codegen::source::{Node, Value};
use tms_codegen::{ir, load, pipeline};

const FOLDER: &str = "tests/lower";

#[test]
fn each_construct_is_lowered_as_recorded() {
    let faults: Vec<String> = cases().iter().filter_map(|case| check(case).err()).collect();
    assert!(faults.is_empty(), "{}\n\n`cargo xtask bless` accepts the new text; read the diff before committing it", faults.join("\n\n"));
}

#[test]
fn the_order_of_paths_and_components_changes_no_name() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lower");
    let qase = Path::new("../../specs/qase").to_path_buf();
    for case in cases().into_iter().chain([qase]) {
        let loaded = load::api(&case);
        let Some(document) = loaded.sources.document() else { continue };
        if loaded.sources.files().filter(|(_, file)| !file.name.ends_with("sdk.toml")).count() > 1 {
            continue;
        }
        let folder = scratch.join(case.file_stem().unwrap_or_default());
        let settings = case.join("sdk.toml");
        fs::create_dir_all(&folder).expect("a folder for input");
        fs::write(folder.join("openapi.json"), turned(document.node(), 0)).expect("an input file");
        match fs::copy(&settings, folder.join("sdk.toml")) {
            Ok(_) => {}
            Err(_) => fs::write(folder.join("sdk.toml"), format!("crate = {:?}\n", loaded.config.package)).expect("an input file"),
        }
        assert_eq!(names(&folder), names(&case), "{}: names depend on the order of the document", case.display());
    }
}

#[test]
fn the_order_of_a_wsdl_changes_no_name() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lower");
    let spec = Path::new("../../specs/qacomplete-soap").to_path_buf();
    let mut turned = 0;
    for case in cases().into_iter().chain([spec]) {
        let loaded = load::api(&case);
        let Some(document) = loaded.sources.wsdl() else { continue };
        let folder = scratch.join(format!("{}-turned", case.file_stem().unwrap_or_default().to_string_lossy()));
        let name_of = |path: &str| Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        fs::create_dir_all(&folder).expect("a folder for input");
        fs::write(folder.join("sdk.toml"), format!("crate = {:?}\n", loaded.config.package)).expect("an input file");
        let mut flat = true;
        for (id, file) in loaded.sources.files() {
            let name = if id == document.file() { "service.wsdl".to_owned() } else { name_of(&file.name) };
            flat &= !file.text.contains("location=\"../") && !file.text.contains("location=\"parts/");
            let text = if name == "sdk.toml" { file.text.clone() } else { turned::turned(&file.text) };
            fs::write(folder.join(name), text).expect("an input file");
        }
        if flat {
            assert_eq!(names(&folder), names(&case), "{}: names depend on the order of the document", case.display());
            turned += 1;
        }
    }
    assert!(turned >= 8, "only {turned} cases were tried");
}

#[test]
fn lowering_twice_is_lowering_once() {
    for case in cases() {
        let once = || format!("{:?}", pipeline::lower(&case, Path::new(FOLDER)).api);
        assert_eq!(once(), once(), "{}", case.display());
    }
}

fn check(case: &Path) -> Result<(), String> {
    let text = lowered(case);
    let golden = Path::new(FOLDER).join(case.file_stem().unwrap_or_default()).with_extension("ir");
    if std::env::var_os("TMS_BLESS").is_some() {
        return fs::write(&golden, text).map_err(|error| format!("{}: {error}", golden.display()));
    }
    let recorded = fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
    if recorded == text { Ok(()) } else { Err(format!("{} differs.\n--- recorded\n{recorded}\n--- now\n{text}", golden.display())) }
}

fn lowered(case: &Path) -> String {
    let lowered = pipeline::lower(case, Path::new(FOLDER));
    let mut text = lowered.api.as_ref().map_or("nothing\n".to_owned(), |api| ir::show(api, &|_| true));
    let report = render(&lowered.report, &lowered.sources);
    if !report.is_empty() {
        write!(text, "\n{report}").expect("writing to a text");
    }
    text
}

/// The lines of the dump, without regard to the order of operations.
fn names(case: &Path) -> Vec<String> {
    let lowered = pipeline::lower(case, Path::new(FOLDER));
    let text = lowered.api.map(|api| ir::show(&api, &|_| true)).unwrap_or_default();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// A document as JSON, the paths and their methods, and the components of each kind, in reverse.
fn turned(node: &Node, depth: usize) -> String {
    match &node.value {
        Value::Map(map) => {
            let mut members: Vec<String> = map
                .iter()
                .map(|entry| {
                    let turns = depth == 0 && matches!(entry.key.as_str(), "paths" | "components");
                    let inner = if turns || depth > 0 { depth + 1 } else { usize::MAX / 2 };
                    format!("{}:{}", serde_json::Value::from(entry.key.as_str()), turned(&entry.value, inner))
                })
                .collect();
            if (1..=2).contains(&depth) {
                members.reverse();
            }
            format!("{{{}}}", members.join(","))
        }
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| turned(item, usize::MAX / 2)).collect::<Vec<_>>().join(","))
        }
        _ => node.to_json().to_string(),
    }
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    let is_case = |path: &PathBuf| path.extension().is_none_or(|extension| extension == "yaml" || extension == "wsdl");
    let mut cases: Vec<PathBuf> = entries.filter(is_case).collect();
    cases.sort();
    assert!(cases.len() >= 42, "the folder of cases is not complete: {cases:?}");
    cases
}
