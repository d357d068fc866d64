//! What a struct was given beyond its fields.

use std::fmt;

use super::any::KeptAttribute;
use super::table::{Kind, Table};
use super::tags::Attribute;
use super::{FromXml, Reader, ToXml, Writer, XmlError};

/// The child elements and attributes of an element that its struct does not name, so that they survive reading and writing
/// back: elements as text, completed by the declarations of namespaces they need to mean the same anywhere.
///
/// Eight bytes; allocates only when there is something to keep. An element or attribute that the struct does name, but whose
/// value did not fit the field, is kept here too, and written back as long as the field is absent. An entry of a list that did
/// not fit is written back in any case.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    attributes: Vec<KeptAttribute>,
    elements: Vec<Element>,
}

#[derive(Clone, PartialEq, Eq)]
struct Element {
    name: Box<str>,
    text: String,
    /// If it is known.
    owner: Option<Owner>,
}

/// The field an element belongs to, whose value did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// The tag of the struct's table.
    pub(super) table: u32,
    pub(super) field: usize,
    /// One entry of several.
    pub(super) entry: bool,
}

impl Extra {
    /// Whether there is nothing beyond the struct's own members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The text of the first element of that local name, tags included.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.elements().iter().find(|element| *element.name == *name).map(|element| element.text.as_str())
    }

    /// The first element of that local name, read as `T`.
    ///
    /// # Errors
    /// The element is there and is not what `T` holds.
    pub fn get_as<T: FromXml>(&self, name: &str) -> Result<Option<T>, XmlError> {
        self.get(name).map(super::from_str).transpose()
    }

    /// The value of the attribute of that local name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|attribute| *attribute.name == *name).map(|attribute| &*attribute.value)
    }

    /// The local names of the elements, in the order they came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.elements().iter().map(|element| &*element.name)
    }

    fn elements(&self) -> &[Element] {
        self.0.as_ref().map_or(&[], |kept| &kept.elements)
    }

    fn attributes(&self) -> &[KeptAttribute] {
        self.0.as_ref().map_or(&[], |kept| &kept.attributes)
    }

    /// Whether there is an element of that field.
    pub(super) fn holds(&self, table: &Table, field: usize) -> bool {
        let is_it = |owner: Owner| owner.table == table.tag && owner.field == field;
        self.elements().iter().any(|element| element.owner.is_some_and(is_it))
    }

    /// Keeps the element the reader is in.
    pub(super) fn keep_element(&mut self, reader: &mut Reader<'_>, owner: Option<Owner>) -> Result<(), XmlError> {
        let mut element = Element { name: reader.local().into(), text: String::new(), owner };
        reader.capture(&mut element.text)?;
        self.0.get_or_insert_default().elements.push(element);
        Ok(())
    }

    /// Keeps an attribute, unless it says something of the document rather than of the struct.
    pub(super) fn keep_attribute(&mut self, reader: &Reader<'_>, attribute: &Attribute<'_>) -> Result<(), XmlError> {
        if let Some(kept) = KeptAttribute::of(reader, attribute)? {
            self.0.get_or_insert_default().attributes.push(kept);
        }
        Ok(())
    }

    /// Declares what the values of the attributes need.
    pub(super) fn write_bindings(&self, writer: &mut Writer) {
        KeptAttribute::bind(self.attributes(), writer);
    }

    /// Writes the attributes, but none of a field that has a value.
    pub(super) fn write_attributes(&self, writer: &mut Writer, table: &Table, fields: &[&dyn ToXml]) {
        for attribute in self.attributes() {
            let known = table.position(Kind::Attribute, &attribute.namespace, &attribute.name, 0).and_then(|index| fields.get(index));
            if known.is_none_or(ToXml::is_absent) {
                writer.kept_attribute(attribute);
            }
        }
    }

    /// Writes the elements, but none in the place of a field that has a value.
    pub(super) fn write_elements(&self, writer: &mut Writer, table: &Table, fields: &[&dyn ToXml]) {
        for element in self.elements() {
            if element.owner.is_none_or(|owner| owner.entry || !is_taken(owner, table, fields)) {
                writer.raw(&element.text);
            }
        }
    }
}

/// Whether a field has a value, of a struct or of a group in it.
fn is_taken(owner: Owner, table: &Table, fields: &[&dyn ToXml]) -> bool {
    let has_value = |fields: &[&dyn ToXml]| fields.get(owner.field).is_some_and(|field| !field.is_absent());
    if owner.table == table.tag {
        return has_value(fields);
    }
    let groups = table.fields.iter().zip(fields).filter(|(line, _)| line.kind == Kind::Group);
    groups.into_iter().any(|(_, group)| {
        let mut taken = false;
        group.values(&mut |table, fields, _| taken = owner.table == table.tag && has_value(fields));
        taken
    })
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let elements = self.elements().iter().map(|element| (&*element.name, &*element.text));
        let attributes = self.attributes().iter().map(|attribute| (&*attribute.name, &*attribute.value));
        f.debug_map().entries(attributes).entries(elements).finish()
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
