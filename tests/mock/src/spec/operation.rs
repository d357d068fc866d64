//! Operations of the document.

use super::answer::Answers;
use super::body::{self, RequestBody};
use super::document::{Document, Node, Pointer, SpecError};
use super::parameter::{self, Parameter, Place};
use super::security::{self, Security};
use super::server;
use super::template::Template;
use http::Method;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One operation as the mock found it in the document.
#[derive(Debug)]
pub(crate) struct Operation {
    id: String,
    method: Method,
    base: String,
    template: Template,
    signature: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<RequestBody>,
    pub(crate) answers: Answers,
    pub(crate) security: Security,
}

impl Operation {
    /// Its `operationId`; method and path where the document gives none.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Its HTTP method.
    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Path of its server, without a closing slash: `/v2`, or empty.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Its path template, below the server's path: `/case/{code}`.
    pub(crate) fn path(&self) -> &str {
        self.template.text()
    }

    pub(crate) fn template(&self) -> &Template {
        &self.template
    }

    pub(crate) fn parameter(&self, place: Place, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.place == place && p.name == name)
    }

    /// Method and path without placeholder names: what a behaviour is bound by. Where the operation has a server of its
    /// own, the path begins with that of the server.
    pub(crate) fn signature(&self) -> &str {
        &self.signature
    }
}

pub(crate) fn read_all(document: &Document) -> Result<Vec<Operation>, SpecError> {
    let root = Node { value: document.root(), at: Pointer::root() };
    let paths = document.member(&root, "paths")?.ok_or_else(|| document.error(&root.at, "`paths` is missing"))?;
    let mut operations: Vec<Operation> = Vec::new();
    for (text, item) in document.members(&paths)? {
        if text.starts_with("x-") {
            continue;
        }
        for operation in read_item(document, text, &item)? {
            if let Some(twin) = operations.iter().find(|o| o.id == operation.id) {
                let message = format!("operationId `{}` is also at {}", operation.id, twin.path());
                return Err(document.error(&item.at, message));
            }
            operations.push(operation);
        }
    }
    Ok(operations)
}

fn read_item(document: &Document, text: &str, item: &Node<'_>) -> Result<Vec<Operation>, SpecError> {
    let template = Template::parse(text).map_err(|message| document.error(&item.at, message))?;
    let mut operations = Vec::new();
    for (key, node) in document.members(item)? {
        match key {
            _ if METHODS.contains(&key) => operations.push(read_one(document, &template, item, key, &node)?),
            "parameters" | "servers" | "summary" | "description" => {}
            _ if key.starts_with("x-") => {}
            _ => return Err(document.error(&node.at, format!("`{key}` has no meaning (or no support) in a path item"))),
        }
    }
    Ok(operations)
}

fn read_one(document: &Document, template: &Template, item: &Node<'_>, word: &str, node: &Node<'_>) -> Result<Operation, SpecError> {
    let method = Method::from_bytes(word.to_ascii_uppercase().as_bytes()).map_err(|e| document.error(&node.at, e.to_string()))?;
    let id = match document.text(node, "operationId")? {
        Some(id) => id.to_owned(),
        None => format!("{method} {}", template.text()),
    };
    let parameters = parameter::read_all(document, item, node)?;
    check_path_parameters(document, template, &parameters, node)?;
    let root = Node { value: document.root(), at: Pointer::root() };
    let base = server::path(document, &[node, item, &root])?;
    let own = if base == server::path(document, &[&root])? { "" } else { &base };
    let signature = format!("{method} {own}{}", template.skeleton());
    Ok(Operation {
        id,
        method,
        base,
        template: template.clone(),
        signature,
        parameters,
        body: body::read(document, node)?,
        answers: Answers::read(document, node)?,
        security: security::read(document, node)?,
    })
}

fn check_path_parameters(document: &Document, template: &Template, parameters: &[Parameter], node: &Node<'_>) -> Result<(), SpecError> {
    let declared: Vec<&str> = parameters.iter().filter(|p| p.place == Place::Path).map(|p| p.name.as_str()).collect();
    if let Some(name) = template.names().find(|name| !declared.contains(name)) {
        return Err(document.error(&node.at, format!("path parameter `{name}` is not declared")));
    }
    match declared.iter().find(|name| !template.names().any(|n| n == **name)) {
        Some(name) => Err(document.error(&node.at, format!("path parameter `{name}` is not in `{}`", template.text()))),
        None => Ok(()),
    }
}
