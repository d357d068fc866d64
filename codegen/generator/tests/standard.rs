//! The specs are standard files: another reader, which knows nothing of this generator, sees the same operations.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use openapiv3::{OpenAPI, ReferenceOr};
use tms_codegen::{check, load};

/// Folders of `specs/` with an OpenAPI document.
fn documents() -> Vec<PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let folders = fs::read_dir(specs).expect("specs/ can be read").filter_map(Result::ok);
    folders.map(|entry| entry.path().join("openapi.yaml")).filter(|path| path.is_file()).collect()
}

#[test]
fn another_reader_sees_the_same_operations() {
    let documents = documents();
    assert!(!documents.is_empty(), "there is no specs/<api>/openapi.yaml");
    for path in documents {
        let text = fs::read_to_string(&path).expect("the document can be read");
        let document: OpenAPI =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{} is no OpenAPI 3.0 document: {error}", path.display()));
        let theirs: BTreeSet<(String, String)> = document
            .paths
            .iter()
            .filter_map(|(template, item)| match item {
                ReferenceOr::Item(item) => Some((template, item)),
                ReferenceOr::Reference { .. } => None,
            })
            .flat_map(|(template, item)| item.iter().map(|(method, _)| (template.clone(), method.to_owned())))
            .collect();
        let loaded = load::api(path.parent().expect("the document is in a folder"));
        let ours: BTreeSet<(String, String)> =
            check::operations(&loaded.sources).iter().map(|site| (site.path.to_owned(), site.method.to_owned())).collect();
        assert_eq!(ours, theirs, "{}", path.display());
    }
}
