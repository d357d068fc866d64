//! The IR to the files of a crate.
//!
//! Emission imports the IR and token crates, nothing else of this crate: it cannot see where an [`Api`] came from. It decides
//! nothing either: names, types and rules are in the IR. Each construct has one small emitter, and each operation is emitted
//! in one piece, so that it can be checked against the vendor's page without scrolling.

mod client;
mod convert;
mod credential;
mod docs;
mod explain;
mod features;
mod flags;
mod forms;
mod handle;
mod inventory;
mod job;
mod manifest;
mod operation;
mod paging;
mod path;
mod quickstart;
mod readme;
mod request;
mod resource;
mod root;
mod scope;
mod soap;
mod source;
mod structs;
mod types;
mod unions;
mod wire;
mod words;

pub use source::{Content, Inner, Item, Module, SourceFile, Table};

use crate::ir::{Api, Module as HandModule, ModuleFile};

/// Every file of the crate, in a fixed order.
#[must_use]
pub fn crate_files(api: &Api) -> Vec<SourceFile> {
    let quickstart = quickstart::of(api);
    let mut files = vec![
        SourceFile::text("Cargo.toml", &api.origin, manifest::cargo(api)),
        SourceFile::text("README.md", &api.origin, readme::readme(api, &quickstart)),
        SourceFile::text("rustfmt.toml", &api.origin, manifest::RUSTFMT.to_owned()),
        SourceFile::text("examples/quickstart.rs", &quickstart.origin, quickstart.file()),
        root::file(api, &quickstart),
        client::file(api),
        request::file(api),
    ];
    files.extend(api.examples.iter().map(|example| {
        let path = format!("examples/{}.rs", example.name);
        SourceFile::text(path.clone(), &format!("{}{path}", folder(api)), example.text.clone())
    }));
    files.extend(api.handles.iter().map(|handle| handle::file(api, handle)));
    files.extend(api.resources.iter().map(|resource| resource::file(api, resource)));
    files.extend(types::files(api));
    files.extend(api.modules.iter().flat_map(|module| module_files(api, module)));
    files
}

/// The files of a module written by hand, as they are.
fn module_files(api: &Api, module: &HandModule) -> Vec<SourceFile> {
    let folder = folder(api);
    let file = |file: &ModuleFile| SourceFile::text(format!("src/{}", file.path), &format!("{folder}src/{}", file.path), file.text.clone());
    module.files.iter().map(file).collect()
}

/// The folder of the description, with `/` at its end.
fn folder(api: &Api) -> String {
    api.origin.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// How many operations the files implement, counted in what was emitted and not in the IR it came from.
#[must_use]
pub fn count_operations(files: &[SourceFile]) -> usize {
    files.iter().map(SourceFile::operations).sum()
}
