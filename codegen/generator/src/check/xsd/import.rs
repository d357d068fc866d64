use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::source::namespaces::WSDL;
use crate::source::{XmlCursor, import_location, is_remote};
use crate::xsd::{Schemas, brought_in, is_well_known};

/// Reports files that are not there. What they were to define is reported again where it is needed, and only there counts.
pub(super) fn check(schemas: &Schemas<'_>, report: &mut Report) {
    let known: BTreeSet<&str> = schemas.schemas().map(|schema| schema.target).collect();
    let schema_imports = schemas.schemas().flat_map(|schema| schema.at.children().collect::<Vec<_>>());
    let wsdl_imports = schemas.definitions().flat_map(|root| root.all(WSDL, "import").collect::<Vec<_>>());
    for at in wsdl_imports.chain(schema_imports) {
        let Some(location) = import_location(&at).filter(|_| brought_in(&at).is_none()) else { continue };
        let namespace = at.attr("namespace").unwrap_or_default();
        if at.local() == "import" && (known.contains(namespace) || is_well_known(namespace)) {
            continue;
        }
        report.push(missing(&at, location));
    }
}

fn missing(at: &XmlCursor<'_>, location: &str) -> Diagnostic {
    let attribute = if at.namespace() == WSDL { "location" } else { "schemaLocation" };
    let place = at.attr_location(attribute);
    if is_remote(location) {
        let help = format!("save the file beside the document, and write its relative path as `{attribute}`");
        return Diagnostic::new(Tag::MissingImport, format!("`{location}` is a web address, which is not followed"), place).help(help);
    }
    Diagnostic::new(Tag::MissingImport, format!("`{location}` cannot be read"), place).help("the path is relative to the file it stands in")
}
