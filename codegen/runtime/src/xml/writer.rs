//! The writer: one, not generic, for every type.

use std::borrow::Cow;
use std::fmt;

use super::any::KeptAttribute;
use super::escape::{escape, holds_whitespace};
use super::{QName, ToXml, XSI, XmlError, scan};
use crate::Secret;

/// Writes XML without whitespace between elements.
///
/// Elements stand without prefix: the default namespace is declared anew where it changes.
#[derive(Clone, Default)]
pub struct Writer {
    text: String,
    /// The default namespace in force.
    default: &'static str,
    /// The prefixes in force and their namespaces, the innermost last.
    prefixes: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    omit_empty: bool,
    in_attribute: bool,
    secrets: Vec<Secret>,
    fault: Option<XmlError>,
}

/// What a [`Writer`] has written.
pub struct Written {
    /// The text.
    pub text: String,
    /// Every secret in it.
    pub secrets: Vec<Secret>,
}

/// As what a value stands in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// An element of that name.
    Element(QName),
    /// An attribute of that name.
    Attribute(QName),
    /// The content of an element, or a part of a text.
    Text,
}

/// An element being written: [`Writer::open`].
#[derive(Debug)]
pub(super) struct Tag {
    name: QName,
    start: usize,
    /// Where the attributes begin, namespaces aside.
    attributes: usize,
    default: &'static str,
    prefixes: usize,
}

/// Its content.
#[derive(Debug)]
pub(super) struct Content {
    start: usize,
    has_attributes: bool,
}

/// The text may hold secrets.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writer({} bytes)", self.text.len())
    }
}

/// The text may hold secrets.
impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} bytes)", self.text.len())
    }
}

impl Writer {
    /// A writer outside of any namespace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that goes on where `namespace` is the default namespace.
    #[must_use]
    pub fn within(namespace: &'static str) -> Self {
        Self { default: namespace, ..Self::default() }
    }

    /// Leaves out every element that would be empty.
    #[must_use]
    pub fn omitting_empty(mut self, omit: bool) -> Self {
        self.omit_empty = omit;
        self
    }

    /// Says that a prefix is declared already where the writer goes on.
    #[must_use]
    pub fn with_prefix(mut self, prefix: &'static str, namespace: &'static str) -> Self {
        self.prefixes.push((prefix.into(), namespace.into()));
        self
    }

    /// The text, and the secrets in it.
    ///
    /// # Errors
    /// Something could not be written: a text holds a character that XML does not allow, say.
    pub fn finish(self) -> Result<Written, XmlError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(Written { text: self.text, secrets: self.secrets }),
        }
    }

    /// Writes a value as an element, or as many as it is; an absent one as none.
    pub fn element(&mut self, name: QName, value: &dyn ToXml) {
        if !value.is_absent() {
            value.write(self, Slot::Element(name));
        }
    }

    /// Writes the value of a choice as that element, which is there even if the value is absent.
    #[doc(hidden)]
    pub fn arm(&mut self, name: QName, value: &dyn ToXml) {
        value.write(self, Slot::Element(name));
    }

    /// Writes a text.
    pub fn text(&mut self, slot: Slot, text: &str) {
        self.leaf(slot, text, false);
    }

    /// Writes a text that needs no escapes.
    pub fn plain(&mut self, slot: Slot, text: &str) {
        self.leaf(slot, text, true);
    }

    /// Writes a text that must not be shown, and remembers it.
    pub fn secret(&mut self, slot: Slot, secret: &Secret) {
        self.text(slot, secret.expose());
        self.secrets.push(secret.clone());
    }

    /// Remembers that a value cannot be written; [`finish`](Self::finish) says so.
    #[cold]
    pub fn fault(&mut self, reason: impl Into<Cow<'static, str>>) {
        self.fault.get_or_insert_with(|| XmlError::unwritable(reason, String::new()));
    }

    #[inline]
    fn leaf(&mut self, slot: Slot, text: &str, plain: bool) {
        match slot {
            Slot::Element(_) if text.is_empty() && self.omit_empty => {}
            Slot::Element(name) => {
                self.start_tag(name);
                if text.is_empty() {
                    return self.text.push_str("/>");
                }
                self.text.push('>');
                self.characters(slot, text, plain);
                self.end_tag(name);
            }
            Slot::Attribute(name) => {
                self.start_attribute(name.0, name.1);
                self.in_attribute = true;
                self.characters(slot, text, plain);
                self.in_attribute = false;
                self.text.push('"');
            }
            Slot::Text => self.characters(slot, text, plain),
        }
    }

    #[inline]
    fn characters(&mut self, slot: Slot, text: &str, plain: bool) {
        if plain {
            self.text.push_str(text);
        } else if !escape(&mut self.text, text, self.in_attribute) {
            self.illegal(slot, text);
        }
    }

    #[cold]
    fn illegal(&mut self, slot: Slot, text: &str) {
        let character = text.chars().find(|character| !scan::is_legal(*character)).unwrap_or_default();
        let path = match slot {
            Slot::Element(name) => name.1.to_owned(),
            Slot::Attribute(name) => format!("@{}", name.1),
            Slot::Text => String::new(),
        };
        let reason = format!("the text holds U+{:04X}, which XML does not allow", u32::from(character));
        self.fault.get_or_insert_with(|| XmlError::unwritable(reason, path));
    }

    /// Writes a list of words, which `write` writes one by one after a call of [`word`](Self::word) each.
    pub(super) fn words(&mut self, slot: Slot, write: &mut dyn FnMut(&mut Self)) {
        match slot {
            Slot::Element(name) => {
                let tag = self.open(name);
                let content = self.begin_content(&tag);
                write(self);
                self.close(&tag, &content);
            }
            Slot::Attribute(name) => {
                self.start_attribute(name.0, name.1);
                self.in_attribute = true;
                write(self);
                self.in_attribute = false;
                self.text.push('"');
            }
            Slot::Text => write(self),
        }
    }

    /// Writes one word of a list.
    pub(super) fn word(&mut self, first: bool, value: &dyn ToXml) {
        if !first {
            self.text.push(' ');
        }
        let start = self.text.len();
        value.write(self, Slot::Text);
        let word = &self.text[start..];
        if word.is_empty() || word.contains([' ', '\t', '\n', '\r', '&']) && holds_whitespace(word) {
            self.fault("an entry of a list of words is empty or holds whitespace");
        }
    }

    /// Writes a nil element; nothing in the place of a text.
    pub fn nil(&mut self, slot: Slot) {
        let Slot::Element(name) = slot else { return };
        if self.omit_empty {
            return;
        }
        let tag = self.open(name);
        self.plain(Slot::Attribute(QName(XSI, "nil")), "true");
        let content = self.begin_content(&tag);
        self.close(&tag, &content);
    }

    /// `<name`, with its namespace if it is another one than before.
    #[inline]
    fn start_tag(&mut self, name: QName) {
        self.text.push('<');
        self.text.push_str(name.1);
        if !same(name.0, self.default) {
            self.text.push_str(" xmlns=\"");
            escape(&mut self.text, name.0, true);
            self.text.push('"');
        }
    }

    #[inline]
    fn end_tag(&mut self, name: QName) {
        self.text.push_str("</");
        self.text.push_str(name.1);
        self.text.push('>');
    }

    /// Begins an element. Attributes may follow, then [`begin_content`](Self::begin_content).
    pub(super) fn open(&mut self, name: QName) -> Tag {
        let (start, default) = (self.text.len(), self.default);
        self.start_tag(name);
        self.default = name.0;
        Tag { name, start, attributes: self.text.len(), default, prefixes: self.prefixes.len() }
    }

    pub(super) fn begin_content(&mut self, tag: &Tag) -> Content {
        let has_attributes = self.text.len() > tag.attributes;
        self.text.push('>');
        Content { start: self.text.len(), has_attributes }
    }

    pub(super) fn close(&mut self, tag: &Tag, content: &Content) {
        if self.text.len() > content.start {
            self.end_tag(tag.name);
        } else if self.omit_empty && !content.has_attributes {
            self.text.truncate(tag.start);
        } else {
            self.text.pop();
            self.text.push_str("/>");
        }
        self.default = tag.default;
        self.prefixes.truncate(tag.prefixes);
    }

    /// Writes an attribute that was kept.
    pub(super) fn kept_attribute(&mut self, attribute: &KeptAttribute) {
        self.start_attribute(&attribute.namespace, &attribute.name);
        escape(&mut self.text, &attribute.value, true);
        self.text.push('"');
    }

    /// Makes a prefix mean a namespace in the element that has been begun, for a value that uses it.
    pub(super) fn bind(&mut self, prefix: &str, namespace: &str) {
        if self.prefixes.iter().rfind(|(known, _)| known == prefix).is_none_or(|(_, uri)| uri != namespace) {
            self.declare(prefix.to_owned().into(), namespace);
        }
    }

    /// Text that is XML already and means the same anywhere.
    pub(super) fn raw(&mut self, xml: &str) {
        if self.omit_empty {
            super::any::prune(&mut self.text, xml);
        } else {
            self.text.push_str(xml);
        }
    }

    /// ` name="`
    fn start_attribute(&mut self, namespace: &str, name: &str) {
        let prefix = match namespace {
            "" => None,
            "http://www.w3.org/XML/1998/namespace" => Some(Cow::Borrowed("xml")),
            _ => Some(self.prefix_for(namespace)),
        };
        self.text.push(' ');
        if let Some(prefix) = prefix {
            self.text.push_str(&prefix);
            self.text.push(':');
        }
        self.text.push_str(name);
        self.text.push_str("=\"");
    }

    fn prefix_for(&mut self, namespace: &str) -> Cow<'static, str> {
        let hidden = |at: usize, prefix: &str| self.prefixes[at + 1..].iter().any(|(later, _)| later == prefix);
        let known = self.prefixes.iter().enumerate().rfind(|(at, (prefix, uri))| uri == namespace && !hidden(*at, prefix));
        if let Some((_, (prefix, _))) = known {
            return prefix.clone();
        }
        let free = |prefix: &String| self.prefixes.iter().all(|(known, _)| known != prefix);
        let wanted = (namespace == XSI).then(|| "xsi".to_owned()).filter(&free);
        let mut number = 1;
        let prefix = wanted.unwrap_or_else(|| {
            while !free(&format!("n{number}")) {
                number += 1;
            }
            format!("n{number}")
        });
        self.declare(prefix.clone().into(), namespace);
        prefix.into()
    }

    fn declare(&mut self, prefix: Cow<'static, str>, namespace: &str) {
        self.text.push_str(" xmlns:");
        self.text.push_str(&prefix);
        self.text.push_str("=\"");
        escape(&mut self.text, namespace, true);
        self.text.push('"');
        self.prefixes.push((prefix, namespace.to_owned().into()));
    }
}

/// Whether two names of namespaces are the same. Mostly it is one place.
#[inline]
fn same(one: &'static str, other: &'static str) -> bool {
    std::ptr::eq(one, other) || one == other
}
