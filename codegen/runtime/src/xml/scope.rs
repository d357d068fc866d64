//! What a reader knows of the elements it is in: their names, and the prefixes in force.

use super::XSI;

/// Elements inside each other the reader follows; one more is an error.
pub const MAX_DEPTH: usize = 128;

/// Attributes an element may have, declarations of namespaces included.
pub const MAX_ATTRIBUTES: usize = 256;

/// Declarations of namespaces that may be in force at a time.
pub const MAX_PREFIXES: usize = 256;

/// Bytes that the name of a namespace may have: what is kept of a document repeats it.
pub const MAX_NAMESPACE: usize = 4096;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A namespace while it is in force: the number of its declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Namespace(u16);

impl Namespace {
    /// No namespace.
    pub(super) const NONE: Self = Self(u16::MAX);
    /// The namespace of `xml:lang`, which is always in force.
    const XML: Self = Self(u16::MAX - 1);
}

/// What an element says of being nil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nil {
    No,
    Yes,
    /// Neither of them.
    Odd,
}

/// An element the reader is in. The name is a place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Where the start tag begins.
    pub(super) start: usize,
    pub(super) name_len: usize,
    /// Without the colon; 0: no prefix.
    pub(super) prefix_len: usize,
    pub(super) namespace: Namespace,
    /// Which of its list it is; `u32::MAX`: of none.
    pub(super) index: u32,
    pub(super) nil: Nil,
    /// `<name/>`: there is no end tag.
    pub(super) empty: bool,
    /// Opened by an event of `quick-xml`, which therefore waits for the end tag.
    pub(super) by_event: bool,
    /// What to go back to at the end.
    declared_before: u16,
    default_before: Namespace,
}

impl Open {
    /// The default namespace around the element.
    pub(super) fn default_before(&self) -> Namespace {
        self.default_before
    }
}

#[derive(Debug)]
pub(super) struct Declaration {
    /// Empty for the default namespace.
    pub(super) prefix: Box<str>,
    pub(super) uri: Box<str>,
}

/// The elements a reader is in, and the prefixes in force.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) stack: Vec<Open>,
    declarations: Vec<Declaration>,
    /// The default namespace.
    pub(super) default: Namespace,
}

impl Scope {
    pub(super) fn new() -> Self {
        Self { stack: Vec::with_capacity(16), declarations: Vec::new(), default: Namespace::NONE }
    }

    /// An element whose namespace is not known yet. [`push`](Self::push) enters it.
    #[inline]
    pub(super) fn opening(&self, start: usize, name_len: usize, prefix_len: usize) -> Open {
        Open {
            start,
            name_len,
            prefix_len,
            namespace: self.default,
            index: u32::MAX,
            nil: Nil::No,
            empty: false,
            by_event: false,
            #[allow(clippy::cast_possible_truncation)]
            declared_before: self.declarations.len() as u16,
            default_before: self.default,
        }
    }

    /// Enters an element; `false`: that is too deep.
    #[inline]
    pub(super) fn push(&mut self, open: Open) -> bool {
        if self.stack.len() == MAX_DEPTH {
            return false;
        }
        self.stack.push(open);
        true
    }

    /// Leaves an element.
    #[inline]
    pub(super) fn pop(&mut self) {
        if let Some(open) = self.stack.pop() {
            self.declarations.truncate(usize::from(open.declared_before));
            self.default = open.default_before;
        }
    }

    /// Adds a declaration of the element that is about to be pushed; `false`: these are too many.
    pub(super) fn declare(&mut self, prefix: &str, uri: &str) -> bool {
        if self.declarations.len() == MAX_PREFIXES {
            return false;
        }
        #[allow(clippy::cast_possible_truncation)]
        let number = Namespace(self.declarations.len() as u16);
        self.declarations.push(Declaration { prefix: prefix.into(), uri: uri.into() });
        if prefix.is_empty() {
            self.default = if uri.is_empty() { Namespace::NONE } else { number };
        }
        true
    }

    /// The namespace a prefix stands for.
    pub(super) fn resolve(&self, prefix: &str) -> Option<Namespace> {
        if prefix == "xml" {
            return Some(Namespace::XML);
        }
        let number = self.declarations.iter().rposition(|declaration| *declaration.prefix == *prefix)?;
        #[allow(clippy::cast_possible_truncation)]
        Some(Namespace(number as u16))
    }

    /// The namespace's name; empty for none.
    #[inline]
    pub(super) fn uri(&self, namespace: Namespace) -> &str {
        match self.declarations.get(usize::from(namespace.0)) {
            Some(declaration) => &declaration.uri,
            None if namespace == Namespace::XML => XML,
            None => "",
        }
    }

    pub(super) fn is_xsi(&self, namespace: Namespace) -> bool {
        self.uri(namespace) == XSI
    }

    /// What a prefix stands for around an element the reader is in.
    pub(super) fn outer_uri(&self, prefix: &str, open: &Open) -> Option<&str> {
        let outer = &self.declarations[..usize::from(open.declared_before)];
        outer.iter().rfind(|declaration| *declaration.prefix == *prefix).map(|declaration| &*declaration.uri)
    }

    /// The declarations of the element the reader is in.
    pub(super) fn declarations_of(&self, open: &Open) -> &[Declaration] {
        &self.declarations[usize::from(open.declared_before)..]
    }
}
