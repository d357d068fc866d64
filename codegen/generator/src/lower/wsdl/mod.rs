//! From a checked WSDL to the [`ir::Api`]: ports and bindings to operations, messages to arguments and answers.
//!
//! What a type is, is the business of `xsd`; here an element is a thing with a type, or a wrapper around arguments.

mod answer;
mod args;
mod call;
mod credential;
mod head;
mod layout;
mod operation;
mod secrets;
mod targets;

use super::finish::{self, Context};
use super::operation::Unsupported;
use super::renames;
use super::xsd::Xsd;
use crate::check::wsdl::{Definitions, contacts, sites};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::ir;
use crate::source::{Sources, XmlCursor};
use crate::xsd::Schemas;
use credential::Credentials;
use targets::Seen;

/// Lowers the WSDL of `sources`, whose root this is; see [`super::api`].
pub(super) fn api(root: XmlCursor<'_>, sources: &Sources, config: &Config, report: &mut Report) -> Option<ir::Api> {
    let definitions = Definitions::new(sources);
    let schemas = Schemas::new(sources);
    // What is wrong with ports was told when they were checked.
    let contacts = contacts(&definitions, &mut Report::default());
    let declared = sites(&contacts);
    let groups = call::groups(&contacts, &declared, config, report);
    let xsd = Xsd::new(&schemas, Some(root), &mut *report);
    let mut lower = Soap { definitions: &definitions, config, xsd, credentials: Credentials::default(), seen: Seen::default() };
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let operations = group.calls.iter().filter_map(|call| lower.operation(&group, call)).collect::<Vec<_>>();
            (group, operations)
        })
        .collect();
    lower.xsd.settle();
    let Soap { xsd: Xsd { drafts, .. }, credentials, seen, .. } = lower;
    let head = head::head(root, &contacts, credentials.schemes(config), config, report);
    let mut api = finish::api(head, groups, drafts, Context { sources, config, report });
    secrets::hide(&mut api.types, config);
    let names: std::collections::BTreeSet<&str> =
        declared.iter().map(|site| site.id.as_str()).chain(schemas.components().map(|(_, name, _)| name.local)).collect();
    renames::check("type", &names, &api.types, config, report);
    targets::check(&declared, &seen, &api, config, report);
    report.collapse_warnings(sources);
    (!report.is_fatal()).then_some(api)
}

/// What all of lowering a WSDL shares.
struct Soap<'a, 's> {
    definitions: &'a Definitions<'s>,
    config: &'a Config,
    xsd: Xsd<'a, 's>,
    credentials: Credentials,
    seen: Seen,
}
