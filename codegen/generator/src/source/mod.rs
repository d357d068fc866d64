//! The input files of one API in memory: their text, their raw trees, and the way from a pointer to a line and column.
//!
//! Nothing here reads the disk (that is [`crate::load`]) and nothing here knows OpenAPI or WSDL.

mod cursor;
mod file;
pub(crate) mod namespaces;
mod node;
mod number;
mod place;
mod pointer;
mod xml;
mod xml_cursor;

pub(crate) use cursor::MAX_REF_CHAIN;
pub use cursor::{Cursor, RefError};
pub use file::{File, FileId, Sources};
pub(crate) use file::{beside, is_remote};
pub use node::{Entry, Map, Node, Span, Value};
pub use number::Number;
pub use place::{Location, Part, Position, Spot};
pub use pointer::Pointer;
pub use xml::{Attribute, Element, Name, Scope, XmlTree};
pub(crate) use xml_cursor::import_location;
pub use xml_cursor::{UnknownPrefix, XmlCursor};
