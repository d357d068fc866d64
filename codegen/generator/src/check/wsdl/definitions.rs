use crate::source::namespaces::WSDL;
use crate::source::{Name, Sources, XmlCursor};
use std::collections::BTreeMap;

/// Everything the files of a WSDL define, by name.
#[derive(Debug, Default)]
pub(crate) struct Definitions<'s> {
    /// The root of each file, the document itself first.
    pub(crate) roots: Vec<XmlCursor<'s>>,
    messages: BTreeMap<Name<'s>, XmlCursor<'s>>,
    port_types: BTreeMap<Name<'s>, XmlCursor<'s>>,
    bindings: BTreeMap<Name<'s>, XmlCursor<'s>>,
}

impl<'s> Definitions<'s> {
    /// Reads what all files define; of two things of the same name the first counts.
    pub(crate) fn new(sources: &'s Sources) -> Self {
        let mut all = Self::default();
        for (file, _) in sources.files() {
            all.roots.extend(sources.xml_root_of(file).filter(|root| root.is(WSDL, "definitions")));
        }
        for root in &all.roots {
            let namespace = root.attr("targetNamespace").unwrap_or_default();
            for at in root.children().filter(|at| at.namespace() == WSDL) {
                let Some(local) = at.attr("name") else { continue };
                let table = match at.local() {
                    "message" => &mut all.messages,
                    "portType" => &mut all.port_types,
                    "binding" => &mut all.bindings,
                    _ => continue,
                };
                table.entry(Name { namespace, local }).or_insert(at);
            }
        }
        all
    }

    /// The message that an attribute names.
    pub(crate) fn message(&self, name: Name<'_>) -> Option<XmlCursor<'s>> {
        self.messages.get(&name).copied()
    }

    /// The message that an input, output, fault or header is about.
    pub(crate) fn message_of(&self, at: &XmlCursor<'s>) -> Option<XmlCursor<'s>> {
        self.message(at.name(at.attr("message")?).ok()?)
    }

    /// The port type that an attribute names.
    pub(crate) fn port_type(&self, name: Name<'_>) -> Option<XmlCursor<'s>> {
        self.port_types.get(&name).copied()
    }

    /// The binding that an attribute names.
    pub(crate) fn binding(&self, name: Name<'_>) -> Option<XmlCursor<'s>> {
        self.bindings.get(&name).copied()
    }

    /// All bindings, in file order.
    pub(crate) fn bindings(&self) -> impl Iterator<Item = XmlCursor<'s>> {
        self.roots.iter().flat_map(|root| root.all(WSDL, "binding"))
    }

    /// All services, in file order.
    pub(crate) fn services(&self) -> impl Iterator<Item = XmlCursor<'s>> {
        self.roots.iter().flat_map(|root| root.all(WSDL, "service"))
    }

    /// The names of all things of a kind, for suggestions.
    pub(crate) fn names(&self, kind: &str) -> Vec<&'s str> {
        let table = match kind {
            "message" => &self.messages,
            "port type" => &self.port_types,
            _ => &self.bindings,
        };
        table.keys().map(|name| name.local).collect()
    }
}

/// A part of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'s> {
    pub(crate) name: &'s str,
    pub(crate) at: XmlCursor<'s>,
}

/// The parts of a message.
pub(crate) fn parts(message: XmlCursor<'_>) -> Vec<Part<'_>> {
    message.all(WSDL, "part").map(|at| Part { name: at.attr("name").unwrap_or_default(), at }).collect()
}
