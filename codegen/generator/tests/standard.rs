//! The specs are standard files: another reader, which knows nothing of this generator, sees the same operations.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr};
use serde_yaml::Value;
use tms_codegen::{check, load};

/// Folders of `specs/` with an OpenAPI document.
fn documents() -> Vec<PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let folders = fs::read_dir(specs).expect("specs/ can be read").filter_map(Result::ok);
    folders.map(|entry| entry.path().join("openapi.yaml")).filter(|path| path.is_file()).collect()
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{} is no OpenAPI 3.0: {error}", path.display()))
}

/// The path item that a reference of the document leads to, in another file.
fn referenced(document: &Path, reference: &str) -> PathItem {
    let (file, pointer) = reference.split_once('#').unwrap_or_else(|| panic!("{}: {reference}", document.display()));
    let file = document.with_file_name(file);
    let whole: Value = read(&file);
    let found = pointer.split('/').skip(1).try_fold(&whole, |value, step| value.get(step));
    let found = found.unwrap_or_else(|| panic!("{}: there is nothing at {reference}", document.display()));
    serde_yaml::from_value(found.clone()).unwrap_or_else(|error| panic!("{reference} is no path of OpenAPI 3.0: {error}"))
}

/// The YAML files of a spec beside its document: they hold parts like those in `components`.
fn parts(document: &Path) -> Vec<PathBuf> {
    let mut open: Vec<PathBuf> = document.parent().map(Path::to_path_buf).into_iter().collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("the spec can be read").filter_map(Result::ok).map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "yaml") && path != document {
            found.push(path);
        }
    }
    found
}

#[test]
fn another_reader_sees_the_same_operations() {
    let documents = documents();
    assert!(!documents.is_empty(), "there is no specs/<api>/openapi.yaml");
    for path in documents {
        let document: OpenAPI = read(&path);
        let mut theirs: BTreeSet<(String, String)> = BTreeSet::new();
        for (template, item) in &document.paths.paths {
            let item = match item {
                ReferenceOr::Item(item) => item.clone(),
                ReferenceOr::Reference { reference } => referenced(&path, reference),
            };
            theirs.extend(item.iter().map(|(method, _)| (template.clone(), method.to_owned())));
        }
        let loaded = load::api(path.parent().expect("the document is in a folder"));
        let ours: BTreeSet<(String, String)> =
            check::operations(&loaded.sources).iter().map(|site| (site.path.to_owned(), site.method.to_owned())).collect();
        assert_eq!(ours, theirs, "{}", path.display());
    }
}

#[test]
fn another_reader_understands_the_parts() {
    let files: Vec<PathBuf> = documents().iter().flat_map(|document| parts(document)).collect();
    assert!(files.len() > 30, "the parts of qTest Manager and Qase are missing: {files:?}");
    let count = |file: &PathBuf| {
        let parts: Components = read(file);
        parts.schemas.len() + parts.parameters.len() + parts.responses.len()
    };
    let read: usize = files.iter().map(count).sum();
    assert!(read > 400, "only {read} parts were understood");
}
