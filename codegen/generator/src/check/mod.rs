//! Whether a document says what it means: everything that can be told from the raw tree, before types are made from it.
//!
//! Level `error` is for what no correct operation can be made from; what other tools tolerate is a warning, and the rest generates.

mod declared;
mod extension;
mod named;
mod operation;
mod parameter;
mod path;
mod reach;
mod reference;
mod schema;
mod security;
mod sites;
mod target;
mod value;
mod version;
mod vocabulary;
mod walk;
pub(crate) mod wsdl;
mod xsd;

pub use declared::{Declared, declared};
pub(crate) use extension::bits_of;
pub(crate) use named::schemas;
pub use reach::block_users;
pub use sites::{METHODS, Site, operations};

use crate::config::Config;
use crate::diagnostic::Report;
use crate::load;
use crate::source::Sources;
use crate::xsd::Schemas;
use std::path::Path;
use walk::Walk;

/// Checks a loaded document and what `sdk.toml` says of it.
///
/// Merge the answer with what loading reported, then call [`block_users`]: only then does the report know all operations ruled out.
pub fn run(sources: &Sources, config: &Config) -> Report {
    let mut report = Report::default();
    if sources.wsdl().is_some() {
        let schemas = Schemas::new(sources);
        xsd::run(&schemas, &mut report);
        wsdl::run(sources, &schemas, &mut report);
        report.collapse_warnings(sources);
        return report;
    }
    let Some(document) = sources.document() else { return report };
    let Some(version) = version::check(&document, &mut report) else { return report };
    let mut walk = Walk::new(version, report);
    walk.document(&document);
    let sites = operations(sources);
    path::check(&document, &mut walk);
    operation::check(&sites, &mut walk);
    security::check(&document, &sites, &mut walk);
    let mut report = walk.report;
    target::check(sources, config, &sites, &mut report);
    report.collapse_warnings(sources);
    report
}

/// Loads and checks an API: all that can be told without generating.
pub fn lint(path: &Path) -> (Report, Sources) {
    let load::Loaded { sources, config, mut report } = load::api(path);
    report.merge(run(&sources, &config));
    block_users(&sources, &mut report);
    (report, sources)
}
