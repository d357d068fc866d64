//! The input files of one API in memory: their text, their raw trees, and the way from a pointer to a line and column.
//!
//! Nothing here reads the disk (that is [`crate::load`]) and nothing here knows OpenAPI.

mod cursor;
mod file;
mod node;
mod number;
mod place;
mod pointer;

pub(crate) use cursor::MAX_REF_CHAIN;
pub use cursor::{Cursor, RefError};
pub use file::{File, FileId, Sources};
pub(crate) use file::{beside, is_remote};
pub use node::{Entry, Map, Node, Span, Value};
pub use number::Number;
pub use place::{Location, Part, Position, Spot};
pub use pointer::Pointer;
