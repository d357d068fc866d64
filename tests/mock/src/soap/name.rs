//! Qualified names.

use roxmltree::Node;
use std::fmt;

/// A namespace (empty for none) and a local name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct QName {
    pub(crate) namespace: String,
    pub(crate) local: String,
}

impl QName {
    pub(crate) fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), local: local.into() }
    }

    /// The name of an element.
    pub(crate) fn of(node: Node<'_, '_>) -> Self {
        Self::new(node.tag_name().namespace().unwrap_or_default(), node.tag_name().name())
    }

    /// The name that `text` means at a node: `tns:Bug`. None if its prefix is not declared there.
    pub(crate) fn resolve(text: &str, node: Node<'_, '_>) -> Option<Self> {
        match text.trim().split_once(':') {
            None => Some(Self::new(node.lookup_namespace_uri(None).unwrap_or_default(), text.trim())),
            Some(("xml", local)) => Some(Self::new(super::xml::XML, local)),
            Some((prefix, local)) => Some(Self::new(node.lookup_namespace_uri(Some(prefix))?, local)),
        }
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => f.write_str(&self.local),
            namespace => write!(f, "{{{namespace}}}{}", self.local),
        }
    }
}
