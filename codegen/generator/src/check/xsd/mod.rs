//! Whether schemas say what they mean, and whether they say only what can be made types from: lowering takes that for granted.

mod cycle;
mod import;
mod reach;
mod reference;
mod vocabulary;
mod walk;

pub(crate) use reach::{Use, block_users};

use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::xsd::Schemas;

/// Checks all schemas that the document brings in.
pub(crate) fn run(schemas: &Schemas<'_>, report: &mut Report) {
    import::check(schemas, report);
    walk::check(schemas, report);
    cycle::check(schemas, report);
    repeated(schemas, report);
}

/// Names that are defined twice; a schema that two others bring in is no second definition.
fn repeated(schemas: &Schemas<'_>, report: &mut Report) {
    for (kind, part) in schemas.repeated() {
        let Some(name) = part.attr("name") else { continue };
        let Some(first) = schemas.find(kind, crate::source::Name { namespace: part.target, local: name }) else { continue };
        if first.redefines() || first.at.is_alike(&part.at) {
            continue;
        }
        let message = format!("{} `{name}` is already defined; the first definition counts", kind.noun());
        let diagnostic = Diagnostic::new(Tag::DuplicateDefinition, message, part.at.attr_location("name")).label("again here");
        report.push(diagnostic.also(first.at.attr_location("name"), "first here"));
    }
}
