//! What a WSDL 1.1 document says: document/literal operations and where they are called.

use super::files::{Files, WSDL};
use super::message::Version;
use super::name::QName;
use super::schema::{Element, Reader, Schemas, Sources};
use super::xml;
use crate::spec::SpecError;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A service.
#[derive(Debug)]
pub(crate) struct Definition {
    /// `location` of the first SOAP port.
    pub(crate) location: String,
    pub(crate) operations: Vec<SoapOperation>,
    pub(crate) schemas: Schemas,
}

/// An operation: what its body holds, and the action of each SOAP version it is offered in.
#[derive(Debug)]
pub(crate) struct SoapOperation {
    pub(crate) name: String,
    pub(crate) input: Arc<Element>,
    /// None: one-way.
    pub(crate) output: Option<Arc<Element>>,
    pub(crate) actions: BTreeMap<Version, String>,
}

/// Messages, port types and bindings of all files, by name.
struct Index<'a> {
    files: &'a Files,
    nodes: BTreeMap<(&'a str, QName), (usize, Node<'a, 'a>)>,
    services: Vec<(usize, Node<'a, 'a>)>,
}

impl Definition {
    /// Reads the files.
    pub(crate) fn read(files: &Files) -> Result<Self, SpecError> {
        let documents = files.parse()?;
        let sources = Sources::collect(files, &documents)?;
        let mut definition = Self { location: String::new(), operations: Vec::new(), schemas: Reader::read(&sources)? };
        let index = Index::of(files, &documents);
        for (file, service) in &index.services {
            for port in wsdl_elements(*service, "port") {
                definition.add_port(&index, *file, port)?;
            }
        }
        match definition.operations.is_empty() {
            true => Err(SpecError::new(&files.0[0].shown, "", "there is no SOAP port with operations")),
            false => Ok(definition),
        }
    }

    fn add_port(&mut self, index: &Index<'_>, file: usize, port: Node<'_, '_>) -> Result<(), SpecError> {
        let (binding_file, binding) = index.follow("binding", file, port, "binding")?;
        let Some((version, settings)) = soap_element(binding, "binding") else {
            // HTTP GET and POST, MIME: not SOAP, not ours.
            return Ok(());
        };
        let location = soap_element(port, "address").and_then(|(_, address)| address.attribute("location")).unwrap_or_default();
        if self.location.is_empty() {
            location.clone_into(&mut self.location);
        }
        let (port_file, port_type) = index.follow("portType", binding_file, binding, "type")?;
        for node in wsdl_elements(binding, "operation") {
            let name = node.attribute("name").unwrap_or_default();
            let fail = |message: &str| index.files.error(binding_file, node, format!("operation `{name}`: {message}"));
            let own = soap_element(node, "operation").map(|(_, own)| own);
            let style = own.and_then(|own| own.attribute("style")).or_else(|| settings.attribute("style"));
            let encoded = node.descendants().any(|n| n.attribute("use") == Some("encoded"));
            if style == Some("rpc") || encoded {
                return Err(fail("the mock reads document/literal only"));
            }
            if node.descendants().any(|n| is_soap(n).is_some() && n.tag_name().name() == "header") {
                return Err(fail("the mock does not read headers"));
            }
            let mut twins = wsdl_elements(port_type, "operation").filter(|o| o.attribute("name") == Some(name));
            let abstracted = twins.next().ok_or_else(|| fail("the port type does not have it"))?;
            if twins.next().is_some() {
                return Err(fail("the port type has it twice; the mock does not tell overloaded operations apart"));
            }
            let message =
                |kind: &'static str| wsdl_elements(abstracted, kind).next().map(|node| self.element(index, port_file, node)).transpose();
            let input = message("input")?.ok_or_else(|| fail("it has no input"))?;
            let output = message("output")?;
            let action = own.and_then(|own| own.attribute("soapAction")).unwrap_or_default();
            self.add(name, input, output, version, action).map_err(|message| fail(&message))?;
        }
        Ok(())
    }

    /// The element of a message's only part.
    fn element(&self, index: &Index<'_>, file: usize, node: Node<'_, '_>) -> Result<Arc<Element>, SpecError> {
        let (file, message) = index.follow("message", file, node, "message")?;
        let fail = |text: String| index.files.error(file, message, text);
        let mut parts = wsdl_elements(message, "part");
        let (Some(part), None) = (parts.next(), parts.next()) else {
            return Err(fail("a message has one part here".to_owned()));
        };
        let text = part.attribute("element").ok_or_else(|| fail("a part names an element here, not a type".to_owned()))?;
        let name = QName::resolve(text, part).ok_or_else(|| fail(format!("the prefix of `{text}` is not declared")))?;
        self.schemas.element(&name).cloned().ok_or_else(|| fail(format!("there is no element `{name}`")))
    }

    fn add(&mut self, name: &str, input: Arc<Element>, output: Option<Arc<Element>>, version: Version, action: &str) -> Result<(), String> {
        let operation = match self.operations.iter().position(|o| o.name == name) {
            Some(at) if Arc::ptr_eq(&self.operations[at].input, &input) => &mut self.operations[at],
            Some(_) => return Err("another port has one of this name with another input".to_owned()),
            None => {
                if let Some(twin) = self.operations.iter().find(|o| o.input.name == input.name) {
                    return Err(format!("`{}` has the same input", twin.name));
                }
                self.operations.push(SoapOperation { name: name.to_owned(), input, output, actions: BTreeMap::new() });
                let last = self.operations.len() - 1;
                &mut self.operations[last]
            }
        };
        operation.actions.insert(version, action.to_owned());
        Ok(())
    }
}

impl<'a> Index<'a> {
    fn of(files: &'a Files, documents: &'a [Document<'a>]) -> Self {
        let mut index = Self { files, nodes: BTreeMap::new(), services: Vec::new() };
        for (file, document) in documents.iter().enumerate() {
            let root = document.root_element();
            let namespace = root.attribute("targetNamespace").unwrap_or_default();
            for node in xml::elements(root).filter(|n| n.tag_name().namespace() == Some(WSDL)) {
                let name = QName::new(namespace, node.attribute("name").unwrap_or_default());
                match node.tag_name().name() {
                    "service" => index.services.push((file, node)),
                    kind => drop(index.nodes.insert((kind, name), (file, node))),
                }
            }
        }
        index
    }

    /// The node of a kind that an attribute names.
    fn follow(&self, kind: &'static str, file: usize, node: Node<'_, '_>, attribute: &str) -> Result<(usize, Node<'a, 'a>), SpecError> {
        let text = node.attribute(attribute).unwrap_or_default();
        let found = QName::resolve(text, node).and_then(|name| self.nodes.get(&(kind, name)));
        found.copied().ok_or_else(|| self.files.error(file, node, format!("there is no {kind} `{text}`")))
    }
}

fn wsdl_elements<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    xml::elements(node).filter(move |n| n.has_tag_name((WSDL, name)))
}

fn is_soap(node: Node<'_, '_>) -> Option<Version> {
    match node.tag_name().namespace()? {
        "http://schemas.xmlsoap.org/wsdl/soap/" => Some(Version::V11),
        "http://schemas.xmlsoap.org/wsdl/soap12/" => Some(Version::V12),
        _ => None,
    }
}

/// The element of a SOAP binding's vocabulary in a node, and the version it speaks of.
fn soap_element<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<(Version, Node<'a, 'i>)> {
    let mut found = xml::elements(node).filter(|n| n.tag_name().name() == name);
    found.find_map(|n| Some((is_soap(n)?, n)))
}
