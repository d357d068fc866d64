//! XML as the mock reads it: no document type, no entities of its own.

use roxmltree::{Document, Node};

/// The namespace of XML Schema.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of `xsi:nil` and `xsi:type`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of the prefix `xml`.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Parses a text, or says what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, String> {
    Document::parse(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|e| e.to_string())
}

/// The elements in a node.
pub(crate) fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// The elements of XML Schema in a node.
pub(crate) fn schema_elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    elements(node).filter(|n| n.tag_name().namespace() == Some(XSD))
}

/// All character data directly in a node; comments and processing instructions may stand between.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

/// What stands in a node, as it was written.
pub(crate) fn inner(node: Node<'_, '_>) -> String {
    let ends = node.first_child().zip(node.last_child());
    ends.map(|(first, last)| node.document().input_text()[first.range().start..last.range().end].to_owned()).unwrap_or_default()
}

/// An element that says by itself what its names mean.
pub(crate) fn outer(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    let name = node.tag_name();
    out += &format!("<{} xmlns=\"{}\"", name.name(), escape(name.namespace().unwrap_or_default()));
    for (index, attribute) in node.attributes().enumerate() {
        match attribute.namespace() {
            None => out += &format!(" {}=\"{}\"", attribute.name(), escape(attribute.value())),
            Some(XML) => out += &format!(" xml:{}=\"{}\"", attribute.name(), escape(attribute.value())),
            Some(namespace) => {
                let (namespace, value) = (escape(namespace), escape(attribute.value()));
                out += &format!(" xmlns:a{index}=\"{namespace}\" a{index}:{}=\"{value}\"", attribute.name());
            }
        }
    }
    out.push('>');
    for child in node.children() {
        match (child.is_element(), child.is_text()) {
            (true, _) => out += &outer(child),
            (_, true) => out += &escape(child.text().unwrap_or_default()),
            _ => {}
        }
    }
    out + &format!("</{}>", name.name())
}

/// Escapes what text and attribute values must not hold as such.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(c),
        }
    }
    out
}
