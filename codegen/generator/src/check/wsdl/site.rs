use super::binding::Bound;
use super::port::Contact;
use crate::source::XmlCursor;
use crate::source::namespaces::WSDL;
use std::collections::{BTreeMap, BTreeSet};

/// An operation of a port type that a binding to SOAP offers.
#[derive(Clone, Debug)]
pub(crate) struct SoapSite<'s> {
    /// Its name, or a longer one where others have the same; no other operation has it.
    pub(crate) id: String,
    pub(crate) name: &'s str,
    /// What tells it from others of this name in its port type: the name of its input.
    pub(crate) overload: Option<&'s str>,
    /// The name of its port type.
    pub(crate) port_type: &'s str,
    /// The operation in the port type.
    pub(crate) at: XmlCursor<'s>,
    /// How it goes over the wire, by version of SOAP; at least one.
    pub(crate) bound: Vec<Bound<'s>>,
}

/// All operations that can be called by SOAP, in file order.
pub(crate) fn sites<'s>(contacts: &[Contact<'s>]) -> Vec<SoapSite<'s>> {
    let mut sites = Vec::new();
    for contact in contacts {
        let overloads = by_name(&contact.at);
        let bindings: Vec<_> = contact.bindings.iter().map(|binding| (binding, by_name(&binding.at))).collect();
        for at in contact.at.all(WSDL, "operation") {
            let Some(name) = at.attr("name").filter(|name| !name.is_empty()) else { continue };
            let overloads = overloads.get(name).map_or(&[][..], Vec::as_slice);
            let bound: Vec<Bound<'s>> = bindings
                .iter()
                .filter_map(|(binding, operations)| {
                    let at = bound_operation(&at, overloads, operations.get(name)?)?;
                    Some(Bound { version: binding.version, at, soap: binding.soap })
                })
                .collect();
            if !bound.is_empty() {
                sites.push(SoapSite { id: String::new(), name, overload: None, port_type: contact.name.local, at, bound });
            }
        }
    }
    identify(&mut sites);
    sites
}

/// The operations of a port type or binding.
fn by_name<'s>(at: &XmlCursor<'s>) -> BTreeMap<&'s str, Vec<XmlCursor<'s>>> {
    let mut found: BTreeMap<&str, Vec<XmlCursor<'s>>> = BTreeMap::new();
    for operation in at.all(WSDL, "operation") {
        found.entry(operation.attr("name").unwrap_or_default()).or_default().push(operation);
    }
    found
}

/// Which of a binding's operations of a name is about one of the port type's.
fn bound_operation<'s>(at: &XmlCursor<'s>, overloads: &[XmlCursor<'s>], candidates: &[XmlCursor<'s>]) -> Option<XmlCursor<'s>> {
    if overloads.len() < 2 {
        return candidates.first().copied();
    }
    let messages = |at: &XmlCursor<'s>| ["input", "output"].map(|side| at.child(WSDL, side).and_then(|side| side.attr("name")));
    let same = |candidate: &&XmlCursor<'s>| messages(candidate) == messages(at);
    let position = overloads.iter().position(|overload| overload.id() == at.id())?;
    candidates.iter().find(same).or_else(|| candidates.get(position)).copied()
}

/// Gives each operation an id: its name where that is enough.
fn identify(sites: &mut [SoapSite<'_>]) {
    let mut by_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut overloads: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for site in sites.iter() {
        by_name.entry(site.name).or_default().insert(site.port_type);
        *overloads.entry((site.port_type, site.name)).or_default() += 1;
    }
    let (shared, overloaded): (BTreeSet<&str>, BTreeSet<(&str, &str)>) = (
        by_name.iter().filter(|(_, port_types)| port_types.len() > 1).map(|(name, _)| *name).collect(),
        overloads.iter().filter(|(_, count)| **count > 1).map(|(key, _)| *key).collect(),
    );
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for site in sites.iter_mut() {
        let mut id = site.name.to_owned();
        if shared.contains(site.name) {
            id = format!("{}.{id}", site.port_type);
        }
        if overloaded.contains(&(site.port_type, site.name)) {
            site.overload = site.at.child(WSDL, "input").and_then(|input| input.attr("name"));
            id.extend(site.overload.iter().flat_map(|overload| [".", overload]));
        }
        if !taken.insert(id.clone()) {
            let free = (2u32..).map(|number| format!("{id}.{number}")).find(|id| !taken.contains(id));
            id = free.unwrap_or(id);
            taken.insert(id.clone());
        }
        site.id = id;
    }
}
