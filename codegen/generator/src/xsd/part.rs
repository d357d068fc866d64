use crate::source::namespaces::SCHEMA;
use crate::source::{Name, UnknownPrefix, XmlCursor};

/// A part of a schema. The same element is several parts if schemas of several namespaces include it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'s> {
    pub(crate) at: XmlCursor<'s>,
    /// The namespace its schema defines names in.
    pub(crate) target: &'s str,
}

/// How often something may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurs {
    pub(crate) min: u32,
    pub(crate) most: Most,
}

/// How often something may occur at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Most {
    Never,
    Once,
    Many,
}

impl<'s> Part<'s> {
    /// What is in it, without annotations.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        let is_part = |at: &XmlCursor<'s>| at.namespace() == SCHEMA && at.local() != "annotation";
        self.at.children().filter(is_part).map(move |at| Self { at, target: self.target })
    }

    /// The first child of this name.
    pub(crate) fn child(&self, local: &str) -> Option<Self> {
        self.children().find(|part| part.at.local() == local)
    }

    /// An attribute.
    pub(crate) fn attr(&self, local: &str) -> Option<&'s str> {
        self.at.attr(local)
    }

    /// Whether an attribute says yes.
    pub(crate) fn flag(&self, local: &str) -> bool {
        matches!(self.attr(local), Some("true" | "1"))
    }

    /// What a name refers to that stands in an attribute of this part.
    pub(crate) fn resolve<'t: 's>(&self, text: &'t str) -> Result<Name<'s>, UnknownPrefix<'t>> {
        let name = self.at.name(text)?;
        // A schema without namespace takes that of the schema that includes it.
        let included = name.namespace.is_empty() && self.schema().is_none_or(|schema| schema.attr("targetNamespace").is_none());
        Ok(if included { Name { namespace: self.target, ..name } } else { name })
    }

    /// What the name in an attribute refers to; `None` if there is no such attribute, or its prefix means nothing.
    pub(crate) fn name(&self, attribute: &str) -> Option<Name<'s>> {
        self.resolve(self.attr(attribute)?).ok()
    }

    /// What the names in an attribute refer to.
    pub(crate) fn names(&self, attribute: &str) -> Vec<Name<'s>> {
        self.attr(attribute).unwrap_or_default().split_ascii_whitespace().filter_map(|text| self.resolve(text).ok()).collect()
    }

    /// The element `schema` around it.
    pub(crate) fn schema(&self) -> Option<XmlCursor<'s>> {
        self.at.around().find(|at| at.is(SCHEMA, "schema"))
    }

    /// Whether it stands directly in its schema, and so is known by its name.
    pub(crate) fn is_global(&self) -> bool {
        self.redefines() || self.at.parent().is_some_and(|parent| parent.local() == "schema")
    }

    /// Whether it changes a component of another schema.
    pub(crate) fn redefines(&self) -> bool {
        self.at.parent().is_some_and(|parent| matches!(parent.local(), "redefine" | "override"))
    }

    /// The namespace that elements (attributes) declared at this place are in.
    pub(crate) fn namespace(&self) -> &'s str {
        let default = if self.at.local() == "attribute" { "attributeFormDefault" } else { "elementFormDefault" };
        let form = self.attr("form").or_else(|| self.schema()?.attr(default));
        if self.is_global() || form == Some("qualified") { self.target } else { "" }
    }

    /// How often it occurs.
    pub(crate) fn occurs(&self) -> Occurs {
        let number = |local| self.attr(local).and_then(|text| text.parse::<u64>().ok());
        let most = match (self.attr("maxOccurs"), number("maxOccurs")) {
            (Some("unbounded"), _) => Most::Many,
            (_, Some(0)) => Most::Never,
            (_, None | Some(1)) => Most::Once,
            (_, Some(_)) => Most::Many,
        };
        Occurs { min: number("minOccurs").map_or(1, |min| u32::try_from(min).unwrap_or(u32::MAX)), most }
    }
}
