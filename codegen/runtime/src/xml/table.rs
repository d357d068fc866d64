//! Structs as tables.

/// The wire names of a struct, in the order of its fields.
#[derive(Debug)]
pub struct Table {
    /// Of all elements without a namespace of their own; empty for none.
    pub(super) namespace: &'static str,
    pub(super) fields: &'static [Field],
    /// There are fields for attributes.
    pub(super) attributes: bool,
    /// There are fields for groups of elements.
    pub(super) groups: bool,
    /// The field for the character content; then there are none for elements.
    pub(super) text: Option<usize>,
    /// Tells what this table's record could not read from what that of another struct could not.
    pub(super) tag: u32,
}

/// One line of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(super) kind: Kind,
    /// The name as a start tag: `<Title>`.
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    /// If it is not that of the table (for attributes: none).
    pub(super) namespace: Option<&'static str>,
    /// The elements in this element, if that is only the wrapper of a list.
    pub(super) item: Option<&'static str>,
    pub(super) required: bool,
    pub(super) nillable: bool,
}

/// As what a field stands in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Element,
    Attribute,
    Text,
    Choice,
    /// Several elements, which the table of the field's type names.
    Group,
}

impl Field {
    /// An optional element. `tag` is its name as a start tag: `<Title>`.
    #[must_use]
    pub const fn new(tag: &'static str) -> Self {
        let (_, rest) = tag.split_at(1);
        let (name, _) = rest.split_at(rest.len() - 1);
        Self { kind: Kind::Element, tag, name, namespace: None, item: None, required: false, nillable: false }
    }

    /// The character content.
    #[must_use]
    pub const fn text() -> Self {
        Self { kind: Kind::Text, ..Self::new("<>") }
    }

    /// One of several elements, which the field's type names.
    #[must_use]
    pub const fn choice() -> Self {
        Self { kind: Kind::Choice, ..Self::new("<>") }
    }

    /// Several elements, in a struct of their own. They all must be optional, and no other field may have one of their names.
    #[must_use]
    pub const fn group() -> Self {
        Self { kind: Kind::Group, ..Self::new("<>") }
    }

    /// Makes the field an attribute, without namespace.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.kind = Kind::Attribute;
        self
    }

    /// Puts the field into a namespace other than the table's; empty for none.
    #[must_use]
    pub const fn within(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// Makes the field an element that holds one element of this name for each entry of the list.
    #[must_use]
    pub const fn array(mut self, item: &'static str) -> Self {
        self.item = Some(item);
        self
    }

    /// Makes the field one that must be there if its type cannot be absent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Makes the field one that is written as nil when it is absent.
    #[must_use]
    pub const fn nillable(mut self) -> Self {
        self.nillable = true;
        self
    }
}

impl Table {
    /// A table of these fields, their elements in this namespace (empty for none).
    #[must_use]
    pub const fn new(namespace: &'static str, fields: &'static [Field]) -> Self {
        let (mut attributes, mut groups, mut text, mut index) = (false, false, None, 0);
        // FNV-1a over the names.
        let mut tag: u32 = 0x811c_9dc5;
        while index < fields.len() {
            let name = fields[index].tag.as_bytes();
            let mut at = 0;
            while at < name.len() {
                tag = (tag ^ name[at] as u32).wrapping_mul(0x0100_0193);
                at += 1;
            }
            match fields[index].kind {
                Kind::Attribute => attributes = true,
                Kind::Group => groups = true,
                Kind::Text => text = Some(index),
                Kind::Element | Kind::Choice => {}
            }
            index += 1;
        }
        Self { namespace, fields, attributes, groups, text, tag }
    }

    /// The namespace of a field.
    pub(super) fn namespace_of(&self, field: &Field) -> &'static str {
        match field.kind {
            Kind::Attribute => field.namespace.unwrap_or_default(),
            _ => field.namespace.unwrap_or(self.namespace),
        }
    }

    /// The field of that kind and name; looked for from `expected` on.
    pub(super) fn position(&self, kind: Kind, namespace: &str, name: &str, expected: usize) -> Option<usize> {
        let is_it = |index: &usize| {
            let field = &self.fields[*index];
            field.kind == kind && field.name == name && self.namespace_of(field) == namespace
        };
        (expected..self.fields.len()).find(is_it).or_else(|| (0..expected.min(self.fields.len())).find(is_it))
    }
}
