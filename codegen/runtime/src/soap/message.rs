//! Writing envelopes.

use super::element::{self, Element};
use super::{Soap, SoapVersion, action};
use crate::xml::{QName, Slot, ToXml, Writer, XSI, XmlError};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use std::fmt;

/// The namespace of the types of XML Schema; declared so that values may name them.
const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// An envelope under construction: what stands in its header and body.
///
/// Version and credential are the client's, so the envelope itself is written when the request is finished.
#[derive(Clone)]
pub struct Message {
    soap: Soap,
    action: &'static str,
    version: SoapVersion,
    header: Writer,
    /// The element the arguments stand in; without it they are the body's children.
    wrapper: Option<QName>,
    body: Writer,
    credentials: Vec<Element>,
}

impl Message {
    pub(crate) fn new(soap: Soap, action: &'static str) -> Self {
        let writer = || writer("", &soap);
        let version = soap.usual();
        Self { soap, action, version, header: writer(), wrapper: None, body: writer(), credentials: Vec::new() }
    }

    /// The element, a child of the body, that the arguments stand in. Comes before them.
    pub fn wrapper(&mut self, name: QName) {
        self.wrapper = Some(name);
        self.body = writer(name.0, &self.soap);
    }

    /// An argument, in the wrapper's namespace; of a list an element for each entry. A value that is absent adds nothing.
    pub fn element(&mut self, name: &'static str, value: &dyn ToXml) {
        self.element_in(QName(self.namespace(), name), value);
    }

    /// An argument in a namespace of its own.
    pub fn element_in(&mut self, name: QName, value: &dyn ToXml) {
        self.body.element(name, value);
    }

    /// A list, as an element that holds an element for each entry, both in the wrapper's namespace. A list that is absent adds
    /// nothing.
    pub fn array(&mut self, name: &'static str, item: &'static str, values: &dyn ToXml) {
        let namespace = self.namespace();
        self.array_in(QName(namespace, name), QName(namespace, item), values);
    }

    /// A list in a namespace of its own.
    pub fn array_in(&mut self, name: QName, item: QName, values: &dyn ToXml) {
        if !values.is_absent() {
            self.body.array(Slot::Element(name), item, values);
        }
    }

    /// An entry of the envelope's header. A value that is absent adds nothing.
    pub fn header(&mut self, name: QName, value: &dyn ToXml) {
        self.header.element(name, value);
    }

    /// The body's child itself. A value that is absent adds nothing.
    pub fn root(&mut self, name: QName, value: &dyn ToXml) {
        self.body.element(name, value);
    }

    fn namespace(&self) -> &'static str {
        self.wrapper.map_or("", |wrapper| wrapper.0)
    }

    /// The version to speak, if the operation is offered in it.
    pub(crate) fn speak(&mut self, version: SoapVersion) {
        if self.soap.versions.contains(&version) {
            self.version = version;
        }
    }

    /// The first child of the wrapper.
    pub(crate) fn credential(&mut self, credential: &Element) {
        self.credentials.push(credential.clone());
    }

    /// The envelope, what it is, and the texts in it that must not be shown; the other headers are written to `headers`.
    ///
    /// # Errors
    /// When an argument cannot be written as XML, or there is no place for the credential.
    pub(crate) fn finish(self, headers: &mut HeaderMap) -> Result<Finished, String> {
        let Some(content_type) = action::write(self.version, self.action, headers) else {
            return Err("the SOAP action has characters that cannot stand in a header".to_owned());
        };
        let unwritable = |error: XmlError| match error.path() {
            "" => format!("an argument cannot be written as XML: {}", error.reason()),
            path => format!("an argument cannot be written as XML: `{path}`: {}", error.reason()),
        };
        let header = self.header.finish().map_err(unwritable)?;
        let body = self.body.finish().map_err(unwritable)?;
        let (prefix, namespace) = (self.version.prefix(), self.version.namespace());
        let mut credentials = String::new();
        for credential in &self.credentials {
            let Some(wrapper) = self.wrapper else { return Err("the request has no element to put the credential into".to_owned()) };
            credential.write(wrapper.0, self.soap.omit_empty, &mut credentials);
        }
        // All that is around header, credentials and arguments is shorter than this, save for very long names.
        let mut text = String::with_capacity(512 + header.text.len() + credentials.len() + body.text.len());
        for part in ["<?xml version=\"1.0\" encoding=\"utf-8\"?><", prefix, ":Envelope xmlns:xsi=\"", XSI, "\" xmlns:xsd=\"", XSD] {
            text.push_str(part);
        }
        for part in ["\" xmlns:", prefix, "=\"", namespace, "\">"] {
            text.push_str(part);
        }
        if !header.text.is_empty() {
            for part in ["<", prefix, ":Header>", &header.text, "</", prefix, ":Header>"] {
                text.push_str(part);
            }
        }
        for part in ["<", prefix, ":Body>"] {
            text.push_str(part);
        }
        match self.wrapper {
            Some(QName(namespace, name)) => {
                text.push('<');
                text.push_str(name);
                element::declare(namespace, &mut text);
                for part in [">", &credentials, &body.text, "</", name, ">"] {
                    text.push_str(part);
                }
            }
            None => text.push_str(&body.text),
        }
        for part in ["</", prefix, ":Body></", prefix, ":Envelope>"] {
            text.push_str(part);
        }
        let secrets = header.secrets.iter().chain(&body.secrets).flat_map(element::forms).collect();
        Ok(Finished { content_type, body: text.into(), secrets })
    }
}

/// Arguments can be secrets, so only the action shows.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?}, {})", self.action, self.version)
    }
}

/// A finished envelope.
pub(crate) struct Finished {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Bytes,
    /// What must not be shown of it.
    pub(crate) secrets: Vec<String>,
}

/// A writer of what stands in an envelope where `namespace` is the default namespace.
pub(super) fn writer(namespace: &'static str, soap: &Soap) -> Writer {
    Writer::within(namespace).with_prefix("xsi", XSI).with_prefix("xsd", XSD).omitting_empty(soap.omit_empty)
}
