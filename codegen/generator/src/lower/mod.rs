//! From a checked document and its settings to the [`ir::Api`].
//!
//! Lowering reads the raw tree by its cursor, one piece at a time, so that a piece it cannot use costs one operation and every
//! message knows its place. It works in two steps: operations and schemas become *drafts* that refer to each other freely
//! (`schema`, `object`, `choice`); then the drafts are *settled* into final, named types (`settle`).
//! Names depend on places alone, never on the order in which they are met.

mod answer;
mod body;
mod choice;
mod clash;
mod convert;
mod docs;
mod draft;
mod examples;
mod finish;
mod group;
mod head;
mod jobs;
mod key;
mod login;
mod media;
mod modules;
mod name;
mod object;
mod operation;
mod paging;
mod parameter;
mod plan;
mod renames;
mod schema;
mod server;
mod settle;
mod texts;
mod words;
mod wsdl;
mod xsd;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir;
use crate::source::{Cursor, Sources};
use draft::Drafts;
pub use examples::examples;
pub use modules::modules;

/// Lowers the document of `sources`. What cannot be done is reported, and the operation it concerns left out.
///
/// `None` when there is no document, or a problem rules out everything; what else is wrong is reported all the same.
pub fn api(sources: &Sources, config: &Config, report: &mut Report) -> Option<ir::Api> {
    // What is wrong in `sdk.toml` rules out everything, but hides nothing that is wrong elsewhere.
    let in_settings = |diagnostic: &Diagnostic| config.file.is_some() && diagnostic.location().file() == config.file;
    if !report.fatal().all(in_settings) {
        return None;
    }
    if let Some(root) = sources.wsdl() {
        return wsdl::api(root, sources, config, report);
    }
    let document = sources.document()?;
    let groups = plan::groups(&document, config, report);
    let mut lower = Lower { sources, config, report: &mut *report, drafts: Drafts::default() };
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let operations = group.calls.iter().filter_map(|call| lower.operation(&document, &group, call)).collect::<Vec<_>>();
            (group, operations)
        })
        .collect();
    lower.settle_references();
    let head = head::head(&document, config, lower.report);
    let Lower { drafts, .. } = lower;
    let mut api = finish::api(head, groups, drafts, finish::Context { sources, config, report });
    let declared = renames::declared(sources, &document);
    api.conversions = convert::conversions(&api.types, &declared, (config, report));
    jobs::jobs(&mut api, config, report);
    renames::check("schema", &declared, &api.types, config, report);
    (!report.is_fatal()).then_some(api)
}

/// What all of lowering shares.
struct Lower<'a, 's> {
    sources: &'s Sources,
    config: &'a Config,
    report: &'a mut Report,
    drafts: Drafts<'s>,
}

impl<'s> Lower<'_, 's> {
    /// Reports something worth a look that costs no operation.
    fn warn(&mut self, tag: Tag, message: String, at: &Cursor<'s>) {
        self.report.push(Diagnostic::new(tag, message, at.key_location()));
    }
}
