//! JSON: a pull reader and a writer that are not generic, and the tables that describe structs to them.
//!
//! A struct is a [`Table`] of its wire names; [`Reader::object`] and [`Writer::object`] do the rest over `&mut dyn` fields, so
//! a type costs its user a few lines of machine code per field. What a struct does not know is kept as raw text in its
//! [`Extra`] and written back byte for byte.
//!
//! The reader accepts exactly RFC 8259 (also inside of what it skips), containers up to 127 deep, UTF-8 without byte order
//! mark. Of a repeated key the last one wins. Numbers outside of a type's range and half surrogate pairs are errors of the
//! value, not of the text: in an optional member they are kept as raw text like any other value of the wrong type.

mod base64;
mod bits;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod bridge;
mod containers;
mod error;
mod extra;
#[doc(hidden)]
pub mod macros;
mod many;
mod number;
mod object;
mod patch;
mod reader;
mod scalars;
mod scan;
mod trial;
mod value;
mod value_json;
mod writer;

pub use base64::Base64;
pub use error::JsonError;
pub use extra::Extra;
pub use many::Many;
pub use number::Number;
pub use object::{Field, Table};
pub use patch::Patch;
pub use reader::{Elements, ReadMember, Reader};
pub use trial::Trial;
pub use value::{Object, Value};
pub use writer::Writer;

#[cfg(feature = "soap")]
pub(crate) use bits::Bits;
use error::Fault;

/// A type that can be read from JSON. Can be used as `&mut dyn FromJson`.
pub trait FromJson {
    /// A value to read into. Not `Default`: it need not make sense, and must not make required fields optional.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the next value over `self`, of which nothing remains.
    ///
    /// # Errors
    /// The text is no JSON or not what the type holds; `self` is then something unspecified.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError>;

    /// Makes `self` what it is when its member is absent, if it can be that.
    fn accept_absent(&mut self) -> bool {
        false
    }

    /// Whether an absent member and an explicit `null` leave the same value, so that somebody else must remember the `null`.
    fn forgets_null(&self) -> bool {
        false
    }
}

/// A type that can be written as JSON. Can be used as `&dyn ToJson`.
pub trait ToJson {
    /// Writes one value.
    fn write(&self, writer: &mut Writer);

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Reads a document.
///
/// # Errors
/// The bytes are no JSON or not what `T` holds. The error has path and position.
#[inline]
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, JsonError> {
    let mut value = T::blank();
    read_slice(bytes, &mut value)?;
    Ok(value)
}

/// Reads a document.
///
/// # Errors
/// The text is no JSON or not what `T` holds. The error has path and position.
#[inline]
pub fn from_str<T: FromJson>(text: &str) -> Result<T, JsonError> {
    let mut value = T::blank();
    Reader::new(text).document(&mut value)?;
    Ok(value)
}

/// Reads a document over `target`.
///
/// # Errors
/// The bytes are no JSON or not what `target` holds. The error has path and position.
pub fn read_slice(bytes: &[u8], target: &mut dyn FromJson) -> Result<(), JsonError> {
    Reader::new(utf8(bytes)?).document(target)
}

/// Checks the encoding, once for the whole document.
fn utf8(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| JsonError::new(Fault::Encoding, error.valid_up_to()).located(bytes))
}

/// Writes a document.
#[must_use]
pub fn to_string(value: &dyn ToJson) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.into_string()
}

/// Writes a document.
#[must_use]
pub fn to_vec(value: &dyn ToJson) -> Vec<u8> {
    to_string(value).into_bytes()
}

/// What a value looks like as JSON, free-form.
#[must_use]
pub fn to_value(value: &dyn ToJson) -> Value {
    let text = checked_text(value);
    let mut tree = Value::Null;
    match Reader::new(&text).document(&mut tree) {
        Ok(()) => tree,
        Err(_) => Value::String(text),
    }
}

/// A value's JSON text, or a JSON string that holds it if a hand-written `ToJson` wrote no JSON or the value is nested deeper
/// than a reader follows.
fn checked_text(value: &dyn ToJson) -> String {
    let text = to_string(value);
    if scan::value(text.as_bytes(), 0, 0).is_ok_and(|end| end == text.len()) { text } else { to_string(&text) }
}
