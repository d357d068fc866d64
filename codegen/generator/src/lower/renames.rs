use std::collections::BTreeSet;

use crate::check::schemas;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::Types;
use crate::source::{Cursor, Sources};

/// Reports names under `[rename]` that are neither declared in the document nor those of a type made of it.
pub(super) fn check(noun: &str, declared: &BTreeSet<&str>, types: &Types, config: &Config, report: &mut Report) {
    let made = types.iter().map(|(_, ty)| ty.wire.as_str());
    let known: BTreeSet<&str> = declared.iter().copied().chain(made).collect();
    for key in config.rename.keys() {
        // Names of schemas may hold dots themselves.
        let owners = key.match_indices('.').filter_map(|(dot, _)| key.get(..dot)).chain([key.as_str()]);
        let mut owners = owners.filter(|owner| known.contains(owner));
        if owners.next().is_some() {
            continue;
        }
        let Some(location) = config.key(["rename", key]) else { continue };
        let owner = key.split('.').next().unwrap_or_default();
        let help = match did_you_mean(owner, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has: {}", listed(declared.iter().copied())),
        };
        let message = format!("the document has no {noun} or operation `{owner}`");
        report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, location).help(help));
    }
}

/// Schemas and operations an OpenAPI document names.
pub(super) fn declared<'s>(sources: &'s Sources, document: &Cursor<'s>) -> BTreeSet<&'s str> {
    let paths = document.get("paths");
    let items = paths.iter().flat_map(Cursor::entries).filter_map(|(_, item)| item.follow().ok());
    let ids = items.flat_map(|item| item.entries().filter_map(|(_, operation)| operation.str("operationId")).collect::<Vec<_>>());
    schemas(sources).into_iter().map(|(name, _)| name).chain(ids).collect()
}
