//! Start tags, end tags, and what stands beside them.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::events::attributes::{AttrError, Attributes};

use super::scope::{MAX_ATTRIBUTES, MAX_NAMESPACE, Namespace, Nil, Open};
use super::{QName, Reader, XSI, XmlError, scan};

/// An attribute that declares no namespace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute<'a> {
    prefix: &'a str,
    pub(super) name: &'a str,
    pub(super) namespace: Namespace,
    /// As it stands in the text.
    pub(super) raw: &'a str,
}

impl Attribute<'_> {
    /// Where the value stands in the text it is a part of.
    pub(super) fn at(&self, text: &str) -> usize {
        (self.raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
    }
}

impl<'a> Reader<'a> {
    /// An attribute of the element the reader is in, as long as nothing of its content has been read.
    ///
    /// # Errors
    /// The value has references that cannot be read.
    pub fn attribute(&self, name: QName) -> Result<Option<Cow<'a, str>>, XmlError> {
        let wanted = |attribute: &&Attribute<'a>| attribute.name == name.1 && self.scope.uri(attribute.namespace) == name.0;
        self.attributes.iter().find(wanted).map(|attribute| self.value_of(attribute)).transpose()
    }

    pub(super) fn value_of(&self, attribute: &Attribute<'a>) -> Result<Cow<'a, str>, XmlError> {
        scan::attribute_value(attribute.raw).map_err(|reason| self.broken(reason).within(&format!("@{}", attribute.name)))
    }

    /// Enters the element whose start tag is next.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), XmlError> {
        let start = self.offset();
        let rest = self.rest();
        let Some((name_len, prefix_len)) = scan::name(&rest[1..]) else { return Err(self.broken("expected the name of an element")) };
        let (length, empty) = match &rest[1 + name_len..] {
            [b'>', ..] => (name_len + 2, false),
            [b'/', b'>', ..] => (name_len + 3, true),
            [b' ', b'/', b'>', ..] => (name_len + 4, true),
            _ => return self.open_by_event(name_len, prefix_len),
        };
        self.attributes.clear();
        let mut open = self.scope.opening(start, name_len, prefix_len);
        open.empty = empty;
        if prefix_len > 0 {
            open.namespace = self.resolved(&self.text[start + 1..start + 1 + prefix_len])?;
        }
        self.enter(open)?;
        self.consume(length);
        Ok(())
    }

    /// Enters an element whose start tag is passed.
    #[inline]
    pub(super) fn enter(&mut self, open: Open) -> Result<(), XmlError> {
        if self.scope.push(open) { Ok(()) } else { Err(self.broken("nested too deeply")) }
    }

    /// As [`open`](Self::open), for a start tag that is more than a name.
    fn open_by_event(&mut self, name_len: usize, prefix_len: usize) -> Result<(), XmlError> {
        let start = self.offset();
        let (named, empty) = match self.event()? {
            Event::Start(tag) => (tag.name().as_ref().len() == name_len, false),
            Event::Empty(tag) => (tag.name().as_ref().len() == name_len, true),
            event => return Err(self.refused(&event, start)),
        };
        if !named {
            return Err(self.broken_at("an illegal character in the name of an element", start));
        }
        let tag = &self.text[start + 1..self.offset() - 1 - usize::from(empty)];
        let mut open = self.scope.opening(start, name_len, prefix_len);
        (open.empty, open.by_event) = (empty, !empty);
        self.collect_attributes(tag, name_len)?;
        open.namespace = if prefix_len == 0 { self.scope.default } else { self.resolved(&tag[..prefix_len])? };
        for index in 0..self.attributes.len() {
            let attribute = self.attributes[index];
            if attribute.prefix.is_empty() {
                continue;
            }
            let namespace = self.resolved(attribute.prefix)?;
            self.attributes[index].namespace = namespace;
            if attribute.name == "nil" && self.scope.is_xsi(namespace) {
                open.nil = self.nil_of(&attribute)?;
            }
        }
        self.enter(open)
    }

    /// Takes the attributes of a start tag apart: declarations of namespaces into the scope, the others aside.
    fn collect_attributes(&mut self, tag: &'a str, name_len: usize) -> Result<(), XmlError> {
        self.attributes.clear();
        for (count, attribute) in Attributes::new(tag, name_len).enumerate() {
            let attribute = attribute.map_err(|error| {
                let twice = matches!(error, AttrError::Duplicated(..));
                self.broken(if twice { "an attribute comes twice" } else { "an attribute is not `name=\"value\"`" })
            })?;
            if count == MAX_ATTRIBUTES {
                return Err(self.broken("too many attributes"));
            }
            let (key, Cow::Borrowed(raw)) = (attribute.key.into_inner(), attribute.value) else { continue };
            let Some((_, prefix_len)) = scan::name(key.as_bytes()).filter(|_| scan::is_name(key)) else {
                return Err(self.broken("an illegal character in the name of an attribute"));
            };
            let (prefix, name) = if prefix_len == 0 { ("", key) } else { (&key[..prefix_len], &key[prefix_len + 1..]) };
            if key == "xmlns" || prefix == "xmlns" {
                self.declare(if prefix.is_empty() { "" } else { name }, raw)?;
            } else {
                self.attributes.push(Attribute { prefix, name, namespace: Namespace::NONE, raw });
            }
        }
        Ok(())
    }

    fn declare(&mut self, prefix: &str, raw: &str) -> Result<(), XmlError> {
        let uri = scan::attribute_value(raw).map_err(|reason| self.broken(reason))?;
        if !prefix.is_empty() && uri.is_empty() || prefix == "xmlns" {
            return Err(self.broken(format!("the prefix `{prefix}` cannot be declared so")));
        }
        if uri.len() > MAX_NAMESPACE {
            return Err(self.broken("the name of a namespace is too long"));
        }
        if self.scope.declare(prefix, &uri) { Ok(()) } else { Err(self.broken("too many declarations of namespaces")) }
    }

    fn resolved(&self, prefix: &str) -> Result<Namespace, XmlError> {
        self.scope.resolve(prefix).ok_or_else(|| self.broken(format!("the prefix `{prefix}` is not declared")))
    }

    /// What does not fit is no error yet, since an element that is passed over may say anything.
    fn nil_of(&self, attribute: &Attribute<'a>) -> Result<Nil, XmlError> {
        Ok(match self.value_of(attribute)?.trim_ascii() {
            "true" | "1" => Nil::Yes,
            "false" | "0" => Nil::No,
            _ => Nil::Odd,
        })
    }

    /// The error of an element with a value that is nil, or does not even know whether it is.
    #[cold]
    pub(super) fn no_value(&self) -> XmlError {
        if self.is_nil() {
            return self.data("is nil, but a value is required");
        }
        let nil = self.attribute(QName(XSI, "nil")).ok().flatten();
        self.data("expected a boolean as `xsi:nil`").showing(nil.as_deref().unwrap_or_default().trim_ascii())
    }

    /// Passes the end tag of the element, which is next.
    #[inline]
    pub(super) fn end_tag(&mut self) -> Result<(), XmlError> {
        if let Some(open) = self.top().filter(|open| !open.by_event) {
            let name = self.name_of(open).as_bytes();
            if let Some([b'>', ..]) = self.rest()[2..].strip_prefix(name) {
                self.consume(name.len() + 3);
                return Ok(());
            }
        }
        self.end_tag_by_event()
    }

    fn end_tag_by_event(&mut self) -> Result<(), XmlError> {
        let at = self.offset();
        match self.event()? {
            Event::End(tag) => self.check_end(tag.name().as_ref(), at),
            event => Err(self.refused(&event, at)),
        }
    }

    pub(super) fn check_end(&self, name: &str, at: usize) -> Result<(), XmlError> {
        let expected = self.top().map_or("", |open| self.name_of(open));
        if name == expected { Ok(()) } else { Err(self.broken_at(format!("expected `</{expected}>`, found another end tag"), at)) }
    }

    /// Passes a comment, a processing instruction, or (only where there may be text) a CDATA section.
    pub(super) fn aside(&mut self, text: bool) -> Result<(), XmlError> {
        let at = self.offset();
        match self.event()? {
            Event::Comment(_) | Event::PI(_) => Ok(()),
            Event::Decl(_) if self.text[..at].trim_ascii().is_empty() => Ok(()),
            Event::CData(data) if !self.scope.stack.is_empty() => match text || data.trim_ascii().is_empty() {
                true => Ok(()),
                false => Err(self.data_at("expected elements, found text", at)),
            },
            event => Err(self.refused(&event, at)),
        }
    }

    pub(super) fn passed_reference(&mut self) -> Result<(), XmlError> {
        let at = self.offset();
        match self.event()? {
            Event::GeneralRef(name) => scan::reference(&name).map(drop).map_err(|reason| self.broken_at(reason, at)),
            event => Err(self.refused(&event, at)),
        }
    }

    /// The next event of `quick-xml`. Whoever asks goes on to behind a tag, where texts begin.
    pub(super) fn event(&mut self) -> Result<Event<'a>, XmlError> {
        match self.events.read_event() {
            Ok(Event::PI(instruction)) if !scan::is_name(instruction.target()) => {
                Err(self.broken("a processing instruction without a name"))
            }
            Ok(event) => Ok(event),
            Err(quick_xml::Error::Syntax(error)) => Err(self.broken(error.to_string())),
            Err(quick_xml::Error::IllFormed(error)) => Err(self.broken(error.to_string())),
            Err(error) => Err(self.broken(error.to_string())),
        }
    }

    /// The error of an event in the wrong place.
    #[cold]
    pub(super) fn refused(&self, event: &Event<'_>, at: usize) -> XmlError {
        match event {
            Event::DocType(_) => self.broken_at("document types are refused", at),
            Event::Decl(_) => self.broken_at("an XML declaration in the middle of the text", at),
            Event::Eof => self.ended(),
            Event::Start(_) | Event::Empty(_) => self.data_at("expected text, found an element", at),
            _ => self.broken_at("unexpected text", at),
        }
    }
}
