//! XML: a pull reader over `quick-xml` and a writer that are not generic, and the tables that describe structs to them.
//!
//! A struct is a [`Table`] of its wire names; [`Reader::record`] and [`Writer::record`] do the rest over `&mut dyn` fields, so
//! a type costs its user a few lines of machine code per field. What a struct does not know is kept in its [`Extra`] and
//! written back.
//!
//! A member that does not fit its type does not fail the whole: if its field can be absent, it is, and the element or attribute
//! is kept in `extra` with the unknown ones. An error goes up to the innermost member that can be absent: an element, a whole
//! list that stands in an element of its own, an attribute, or one entry of a list without such an element. What is no XML,
//! what is too much and what comes twice fails the whole, wherever it stands.
//!
//! The reader is lenient in the order of elements, in elements and attributes it does not know, in whitespace around values
//! that are no strings, and in comments, processing instructions and CDATA anywhere in a text. It is strict in everything
//! else: names are compared with their namespaces, whatever the prefixes; an element that may come once comes once; document
//! types and entities are refused, and so are characters that XML 1.0 does not allow; elements may be [`MAX_DEPTH`] deep and
//! have [`MAX_ATTRIBUTES`] attributes, and [`MAX_PREFIXES`] declarations of namespaces may be in force, each of a name of
//! [`MAX_NAMESPACE`] bytes.

mod any;
mod capture;
mod containers;
mod decimal;
mod error;
mod escape;
mod extra;
mod group;
#[doc(hidden)]
pub mod macros;
mod reader;
mod record;
mod scalars;
mod scan;
mod scope;
mod table;
mod tags;
mod text;
mod tokens;
mod writer;

pub use any::Xml;
pub use decimal::{Decimal, DecimalError};
pub use error::XmlError;
pub use extra::Extra;
#[doc(hidden)]
pub use group::is_vacant;
pub use reader::{Paused, Reader};
pub use scope::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAMESPACE, MAX_PREFIXES};
pub use table::{Field, Table};
pub use tokens::Tokens;
pub use writer::{Slot, Writer, Written};

/// The namespace of `xsi:nil` and `xsi:type`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A name: the namespace (empty for none) and the local name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName(pub &'static str, pub &'static str);

/// A type that can be read from XML. Can be used as `&mut dyn FromXml`.
pub trait FromXml {
    /// A value to read into. Not `Default`: it need not make sense, and must not make required members optional.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the element the reader is in, to behind its end. `self` is [`blank`](Self::blank); of a list, or what former
    /// reads left.
    ///
    /// # Errors
    /// The text is no XML or not what the type holds; `self` is then something unspecified, but a list is as it was before.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError>;

    /// Makes `self` what it is when its element is absent, if it can be that.
    fn accept_absent(&mut self) -> bool {
        false
    }

    /// Whether the type is a list, for which the element may come any number of times.
    #[must_use]
    fn is_list() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Of a list, how many have been read.
    fn repeats(&self) -> Option<usize> {
        None
    }

    /// The elements a value can be read from, if it is one of several.
    fn choices() -> &'static [QName]
    where
        Self: Sized,
    {
        &[]
    }

    /// [`choices`](Self::choices) of the type, or of what it holds.
    fn arms(&self) -> &'static [QName] {
        &[]
    }

    /// Prepares `self` for the entries of an element that is there, or is nil.
    fn begin_items(&mut self, nil: bool) {
        let _ = nil;
    }

    /// Reads one entry of a list whose entries stand in an element of their own.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        self.read(reader)
    }

    /// The table of a struct, or of the struct that the type holds.
    #[must_use]
    fn table() -> Option<&'static Table>
    where
        Self: Sized,
    {
        None
    }

    /// [`table`](Self::table) of what an option holds.
    fn group(&self) -> Option<&'static Table> {
        None
    }

    /// Lets `visit` see the fields of a struct: its table, the fields in that order, what is unknown.
    ///
    /// # Errors
    /// What `visit` returns.
    fn fields(&mut self, visit: &mut FieldsVisitor<'_>) -> Result<(), XmlError> {
        let _ = visit;
        Ok(())
    }
}

/// Is shown the fields of a struct to read them.
pub type FieldsVisitor<'a> = dyn FnMut(&'static Table, &mut [&mut dyn FromXml], &mut Extra) -> Result<(), XmlError> + 'a;

/// Is shown the fields of a struct to write them.
pub type ValuesVisitor<'a> = dyn FnMut(&'static Table, &[&dyn ToXml], &Extra) + 'a;

/// A type that can be written as XML. Can be used as `&dyn ToXml`.
pub trait ToXml {
    /// Writes the value: as an element of that name (of a list, as any number of them), as an attribute, or as text.
    fn write(&self, writer: &mut Writer, slot: Slot);

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether the value is an explicit nil, or would be if it were written.
    fn is_nil(&self) -> bool {
        false
    }

    /// Lets `visit` see the fields of a struct: its table, the fields in that order, what is unknown.
    fn values(&self, visit: &mut ValuesVisitor<'_>) {
        let _ = visit;
    }
}

/// Reads a document, whatever its document element is called.
///
/// # Errors
/// The text is no XML or not what `T` holds. The error has path and position.
pub fn from_str<T: FromXml>(text: &str) -> Result<T, XmlError> {
    let mut value = T::blank();
    Reader::new(text).document(&mut value)?;
    Ok(value)
}

/// Writes a document with that document element, without XML declaration; an empty text if the value is absent.
///
/// # Errors
/// A text of the value holds a character that XML does not allow.
pub fn to_string(name: QName, value: &dyn ToXml) -> Result<String, XmlError> {
    let mut writer = Writer::new();
    writer.element(name, value);
    writer.finish().map(|written| written.text)
}
