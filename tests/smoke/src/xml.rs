//! Elements in XML, whatever their prefixes, comments and white space: what two documents say, to be compared.

use std::fmt;

/// The namespace of `xsi:nil`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A name and the namespace it is in; empty for none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Namespace.
    pub namespace: String,
    /// Local name.
    pub local: String,
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// Its attributes, sorted by name.
    pub attributes: Vec<(Name, String)>,
    /// What it holds.
    pub content: Content,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Characters, or nothing.
    Text(String),
    /// Elements; white space between them means nothing.
    Elements(Vec<Element>),
}

impl Name {
    /// A name in a namespace.
    #[must_use]
    pub fn new(namespace: &str, local: &str) -> Self {
        Self { namespace: namespace.to_owned(), local: local.to_owned() }
    }
}

impl Element {
    /// An element without attributes.
    #[must_use]
    pub fn new(name: Name, content: Content) -> Self {
        Self { name, attributes: Vec::new(), content }
    }

    /// Reads a document.
    ///
    /// # Panics
    /// When it is not well-formed.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("not XML: {error}: {text}"));
        Self::of(document.root_element())
    }

    fn of(node: roxmltree::Node<'_, '_>) -> Self {
        let name = |namespace: Option<&str>, local: &str| Name::new(namespace.unwrap_or_default(), local);
        let attributes = node.attributes().map(|at| (name(at.namespace(), at.name()), at.value().to_owned()));
        let mut attributes: Vec<_> = attributes.collect();
        attributes.sort();
        let elements: Vec<Self> = node.children().filter(roxmltree::Node::is_element).map(Self::of).collect();
        let content = if elements.is_empty() {
            Content::Text(node.children().filter_map(|child| child.is_text().then(|| child.text()).flatten()).collect())
        } else {
            Content::Elements(elements)
        };
        Self { name: name(node.tag_name().namespace(), node.tag_name().name()), attributes, content }
    }

    /// The elements it holds.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match &self.content {
            Content::Text(_) => &[],
            Content::Elements(elements) => elements,
        }
    }

    /// The characters it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Elements(_) => "",
        }
    }

    /// Its first child with a local name.
    #[must_use]
    pub fn child(&self, local: &str) -> Option<&Self> {
        self.children().iter().find(|child| child.name.local == local)
    }

    /// What stands at a path of local names and, among children, of numbers from 0: `/Projects/1/ProjName`.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').filter(|step| !step.is_empty()).try_fold(self, |at, step| match step.parse::<usize>() {
            Ok(index) => at.children().get(index),
            Err(_) => at.child(step),
        })
    }

    /// Every element that holds nothing, by path.
    #[must_use]
    pub fn empties(&self) -> Vec<String> {
        match &self.content {
            Content::Text(text) if text.is_empty() => vec![self.name.local.clone()],
            Content::Text(_) => Vec::new(),
            Content::Elements(elements) => {
                let below = elements.iter().flat_map(Self::empties);
                below.map(|path| format!("{}/{path}", self.name.local)).collect()
            }
        }
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{{{}}}{}", self.name.namespace, self.name.local)?;
        for (name, value) in &self.attributes {
            write!(f, " {{{}}}{}={value:?}", name.namespace, name.local)?;
        }
        f.write_str(">")?;
        match &self.content {
            Content::Text(text) => write!(f, "{text:?}"),
            Content::Elements(elements) => elements.iter().try_for_each(|element| element.fmt(f)),
        }
    }
}
