//! Content of any kind.

use std::fmt;

use quick_xml::events::{BytesStart, Event};

use super::escape::escape;
use super::reader::Step;
use super::tags::Attribute;
use super::{FromXml, QName, Reader, Slot, ToXml, Writer, XSI, XmlError};

/// Content of any kind: the attributes of an element and all that is in it, kept as it came, child elements completed by the
/// declarations of namespaces they need to mean the same anywhere.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Xml {
    attributes: Vec<KeptAttribute>,
    inner: String,
}

/// An attribute kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptAttribute {
    pub(super) namespace: Box<str>,
    pub(super) name: Box<str>,
    pub(super) value: Box<str>,
    /// The prefix the value begins with and the namespace it stands for (`xsi:type="a:T"`).
    binding: Option<(Box<str>, Box<str>)>,
}

impl KeptAttribute {
    /// `None`: the attribute says something of the document (`xsi:nil`, where its schema is), not of what it holds.
    pub(super) fn of(reader: &Reader<'_>, attribute: &Attribute<'_>) -> Result<Option<Self>, XmlError> {
        let namespace = reader.scope.uri(attribute.namespace);
        if namespace == XSI && attribute.name != "type" {
            return Ok(None);
        }
        let value = reader.value_of(attribute)?;
        let prefix = value.split_once(':').map_or("", |(prefix, _)| prefix.trim_ascii_start());
        let known = if prefix.is_empty() { None } else { reader.scope.resolve(prefix) };
        let binding = known.map(|namespace| (prefix.into(), reader.scope.uri(namespace).into())).filter(|_| prefix != "xml");
        Ok(Some(Self { namespace: namespace.into(), name: attribute.name.into(), value: value.as_ref().into(), binding }))
    }

    /// Declares what the values need.
    pub(super) fn bind(attributes: &[Self], writer: &mut Writer) {
        for (prefix, namespace) in attributes.iter().filter_map(|attribute| attribute.binding.as_ref()) {
            writer.bind(prefix, namespace);
        }
    }
}

impl Xml {
    /// Content that is given as XML.
    ///
    /// # Errors
    /// The text is no content of an XML element.
    pub fn new(inner: &str) -> Result<Self, XmlError> {
        super::from_str(&format!("<xml>{inner}</xml>"))
    }

    /// Content that is a text.
    ///
    /// A character that XML does not allow is left out.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut inner = String::new();
        escape(&mut inner, text, false);
        Self { attributes: Vec::new(), inner }
    }

    /// The content as XML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.inner
    }

    /// Whether there are neither attributes nor content.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.inner.is_empty()
    }

    /// The value of the attribute of that local name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| *attribute.name == *name).map(|attribute| &*attribute.value)
    }

    /// A document of attributes and content; the document element is called `xml`.
    #[must_use]
    pub fn to_document(&self) -> String {
        // What was read holds no illegal character.
        super::to_string(QName("", "xml"), self).unwrap_or_default()
    }

    /// The first child element of that name, read as `T`.
    #[must_use]
    pub fn child<T: FromXml>(&self, name: QName) -> Option<Result<T, XmlError>> {
        let document = self.to_document();
        let mut reader = Reader::new(&document);
        let mut find = || {
            reader.root()?;
            while let Step::Opened = reader.step(true)? {
                if reader.is(name) {
                    let mut value = T::blank();
                    return value.read(&mut reader).map(|()| Some(value));
                }
                reader.skip()?;
            }
            Ok(None)
        };
        find().transpose()
    }
}

impl fmt::Display for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner)
    }
}

impl fmt::Debug for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_document())
    }
}

impl FromXml for Xml {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        if reader.is_in_text() {
            *self = Self::from_text(&reader.text()?);
            return Ok(());
        }
        if !reader.has_value() {
            return Err(reader.no_value());
        }
        for attribute in std::mem::take(&mut reader.attributes) {
            self.attributes.extend(KeptAttribute::of(reader, &attribute)?);
        }
        reader.inner(&mut self.inner)
    }
}

impl Reader<'_> {
    /// Leaves the element the reader is in, and keeps what is in it.
    fn inner(&mut self, kept: &mut String) -> Result<(), XmlError> {
        let mut from = self.offset();
        loop {
            let step = self.step(true)?;
            // What has been passed ends with a tag: of a child, or of the element itself.
            let passed = &self.text[from..self.offset()];
            let text = match step {
                Step::Opened => self.scope.stack.last().map_or(passed, |open| &self.text[from..open.start]),
                Step::Ended => passed.rfind("</").map_or("", |tag| &passed[..tag]),
            };
            kept.push_str(text);
            match step {
                Step::Opened => self.capture(kept)?,
                Step::Ended => {
                    self.scope.pop();
                    return Ok(());
                }
            }
            from = self.offset();
        }
    }
}

impl ToXml for Xml {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        let Slot::Element(name) = slot else { return writer.fault("content of any kind cannot be a part of a text") };
        let tag = writer.open(name);
        KeptAttribute::bind(&self.attributes, writer);
        self.attributes.iter().for_each(|attribute| writer.kept_attribute(attribute));
        let content = writer.begin_content(&tag);
        writer.raw(&self.inner);
        writer.close(&tag, &content);
    }
}

/// Adds XML that is known to be good, without the elements in it that have neither content nor attributes.
pub(super) fn prune(target: &mut String, xml: &str) {
    let mut events = quick_xml::Reader::from_str(xml);
    // Where an element begins, where its content does, and whether it has attributes.
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    loop {
        let from = xml.len() - events.get_ref().len();
        let Ok(event) = events.read_event() else { return };
        let raw = &xml[from..xml.len() - events.get_ref().len()];
        match event {
            Event::Eof => return,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Empty(tag) if !has_attributes(&tag) => {}
            Event::Start(tag) => {
                let start = target.len();
                target.push_str(raw);
                open.push((start, target.len(), has_attributes(&tag)));
            }
            Event::End(_) => match open.pop() {
                Some((start, content, false)) if content == target.len() => target.truncate(start),
                _ => target.push_str(raw),
            },
            _ => target.push_str(raw),
        }
    }
}

/// Whether there are attributes that say more than namespaces and `xsi:nil`.
fn has_attributes(tag: &BytesStart<'_>) -> bool {
    tag.attributes().flatten().map(|attribute| attribute.key.into_inner()).any(|key| !key.starts_with("xmlns") && !key.ends_with(":nil"))
}
