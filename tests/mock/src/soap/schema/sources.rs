//! The `xs:schema` nodes of all files, and the target namespace each is read with.

use super::super::files::{Files, WSDL};
use super::super::name::QName;
use super::super::xml::{self, XSD};
use crate::spec::SpecError;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// A schema as it is read: an included one without a namespace takes that of the schema that includes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) file: usize,
    pub(crate) node: Node<'a, 'a>,
    pub(crate) namespace: &'a str,
}

/// A global declaration: where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Global<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) node: Node<'a, 'a>,
}

/// Every global declaration, by kind (`element`, `complexType`, ..) and name.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    pub(crate) files: &'a Files,
    globals: BTreeMap<(&'a str, QName), Global<'a>>,
    seen: Vec<(usize, roxmltree::NodeId, &'a str)>,
}

impl<'a> Sources<'a> {
    /// Collects what the WSDLs' own schemas and everything they import declare.
    pub(crate) fn collect(files: &'a Files, documents: &'a [Document<'a>]) -> Result<Self, SpecError> {
        let mut sources = Self { files, globals: BTreeMap::new(), seen: Vec::new() };
        for (file, document) in documents.iter().enumerate() {
            let types = document.root_element().children().filter(|n| n.has_tag_name((WSDL, "types")));
            for node in types.flat_map(|types| xml::schema_elements(types).filter(|n| n.tag_name().name() == "schema")) {
                let namespace = node.attribute("targetNamespace").unwrap_or_default();
                sources.add(documents, Source { file, node, namespace })?;
            }
        }
        Ok(sources)
    }

    fn add(&mut self, documents: &'a [Document<'a>], source: Source<'a>) -> Result<(), SpecError> {
        let key = (source.file, source.node.id(), source.namespace);
        if self.seen.contains(&key) {
            return Ok(());
        }
        self.seen.push(key);
        for node in xml::schema_elements(source.node) {
            match node.tag_name().name() {
                "include" | "redefine" | "import" => self.follow(documents, source, node)?,
                "annotation" | "notation" => {}
                kind => {
                    let name =
                        node.attribute("name").ok_or_else(|| self.files.error(source.file, node, "a global declaration needs a name"))?;
                    let kind = if kind == "simpleType" { "complexType" } else { kind };
                    let key = (kind, QName::new(source.namespace, name));
                    if self.globals.insert(key, Global { source, node }).is_some() {
                        return Err(self.files.error(source.file, node, format!("{kind} `{name}` is declared twice")));
                    }
                }
            }
        }
        Ok(())
    }

    fn follow(&mut self, documents: &'a [Document<'a>], source: Source<'a>, node: Node<'a, 'a>) -> Result<(), SpecError> {
        if node.tag_name().name() == "redefine" && xml::schema_elements(node).any(|n| n.tag_name().name() != "annotation") {
            return Err(self.files.error(source.file, node, "the mock does not read `redefine`"));
        }
        // An import without a place only says that another schema of the same WSDL is meant.
        let Some(file) = node.attribute("schemaLocation").and_then(|location| self.files.find(source.file, location)) else {
            return Ok(());
        };
        let root = documents[file].root_element();
        if !root.has_tag_name((XSD, "schema")) {
            return Err(self.files.error(source.file, node, "this is no schema"));
        }
        let own = root.attribute("targetNamespace");
        let is_import = node.tag_name().name() == "import";
        let namespace = own.unwrap_or(if is_import { "" } else { source.namespace });
        let announced = if is_import { node.attribute("namespace").unwrap_or_default() } else { source.namespace };
        if namespace != announced {
            let message = format!("the schema there is of namespace `{namespace}`, not `{announced}`");
            return Err(self.files.error(source.file, node, message));
        }
        self.add(documents, Source { file, node: root, namespace })
    }

    /// A global declaration.
    pub(crate) fn get(&self, kind: &'static str, name: &QName) -> Option<Global<'a>> {
        self.globals.get(&(kind, name.clone())).copied()
    }

    /// All declarations of a kind.
    pub(crate) fn all(&self, kind: &'static str) -> impl Iterator<Item = (&QName, &Global<'a>)> {
        self.globals.iter().filter(move |((k, _), _)| *k == kind).map(|((_, name), global)| (name, global))
    }

    pub(crate) fn error(&self, source: Source<'_>, node: Node<'_, '_>, message: impl Into<String>) -> SpecError {
        self.files.error(source.file, node, message)
    }
}
