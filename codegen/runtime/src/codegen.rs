//! What emitted code names: one import surface between the generator and this crate. Not meant for anybody else, and
//! exempt from semantic versioning.

pub use crate::json::macros::{object, tagged, union, words};
pub use crate::json::{Base64, Extra, FromJson, JsonError, Number, Object, Patch, Reader, ToJson, Value, Writer};
pub use crate::{
    Api, Async, Auth, Blocking, Cursor, DecodeError, EncodeError, Envelope, Fault, File, Info, Method, Mode, Multipart, Operation, Paged,
    Parts, Place, RateLimit, Raw, Retry, Scheme, Style,
};
pub use crate::{Date, DateTime};
pub use bytes::Bytes;
pub use std::collections::BTreeMap;
pub use std::time::Duration;
