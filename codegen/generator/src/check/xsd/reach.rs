use std::collections::{BTreeMap, BTreeSet};

use super::reference::names;
use crate::diagnostic::Report;
use crate::source::{FileId, Spot, XmlCursor};
use crate::xsd::{Kind, Part, Schemas};

/// An operation and the elements of WSDL it is made of.
#[derive(Clone, Debug)]
pub(crate) struct Use<'s> {
    /// What stands for the operation in the report.
    pub(crate) operation: Spot,
    pub(crate) parts: Vec<XmlCursor<'s>>,
}

/// An element of any file.
type Place = (FileId, u32);

/// Rules out the operations that reach, by the names of elements and types, a place of which the report says something that rules
/// operations out.
pub(crate) fn block_users(schemas: &Schemas<'_>, operations: &[Use<'_>], report: &mut Report) {
    let Some(sources) = schemas.definitions().next().map(|document| document.sources()) else { return };
    let mut waiting: Vec<XmlCursor<'_>> =
        report.ruling().filter_map(|diagnostic| sources.xml_cursor(diagnostic.location().spot()?)).collect();
    if waiting.is_empty() {
        return;
    }
    let users = users(schemas);
    let owners = owners(schemas, operations);
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        // The place itself and everything around it.
        for at in at.around() {
            if !seen.insert(place(&at)) {
                break;
            }
            owners.get(&place(&at)).into_iter().flatten().for_each(|operation| report.block((*operation).clone()));
            waiting.extend(users.get(&place(&at)).into_iter().flatten());
        }
    }
}

fn place(at: &XmlCursor<'_>) -> Place {
    (at.file(), at.id())
}

/// For each component the places that name it.
fn users<'s>(schemas: &Schemas<'s>) -> BTreeMap<Place, Vec<XmlCursor<'s>>> {
    let mut users: BTreeMap<Place, Vec<XmlCursor<'s>>> = BTreeMap::new();
    for schema in schemas.schemas() {
        for at in schema.at.tree() {
            let part = Part { at, ..schema };
            for (attribute, kind, name) in names(part) {
                let Some(target) = schemas.find(kind, name) else { continue };
                if attribute != "substitutionGroup" {
                    users.entry(place(&target.at)).or_default().push(at);
                    continue;
                }
                // Who uses the head may meet this element; this element needs the head only for its type.
                users.entry(place(&at)).or_default().push(target.at);
                if part.attr("type").is_none() && part.child("complexType").is_none() && part.child("simpleType").is_none() {
                    users.entry(place(&target.at)).or_default().push(at);
                }
            }
        }
    }
    users
}

/// For each place the operations it is part of, or that name it.
fn owners<'a>(schemas: &Schemas<'_>, operations: &'a [Use<'_>]) -> BTreeMap<Place, Vec<&'a Spot>> {
    let mut owners: BTreeMap<Place, Vec<&Spot>> = BTreeMap::new();
    for Use { operation, parts } in operations {
        for part in parts {
            owners.entry(place(part)).or_default().push(operation);
            for at in part.tree() {
                let name = |attribute: &str| at.name(at.attr(attribute)?).ok();
                let element = name("element").and_then(|name| schemas.find(Kind::Element, name));
                let ty = name("type").and_then(|name| schemas.find(Kind::Type, name));
                element.into_iter().chain(ty).for_each(|target| owners.entry(place(&target.at)).or_default().push(operation));
            }
        }
    }
    owners
}
