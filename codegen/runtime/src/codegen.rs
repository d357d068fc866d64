//! What emitted code names: one import surface between the generator and this crate. Not meant for anybody else, and
//! exempt from semantic versioning.

pub use crate::json::macros::{flags, object, tagged, union, words};
pub use crate::json::{Base64, Extra, FromJson, JsonError, Many, Number, Object, Patch, Reader, ToJson, Value, Writer};
#[cfg(feature = "async")]
pub use crate::task::spawn;
#[cfg(feature = "soap")]
pub use crate::xml::macros::{choice, record, xml_words};
#[cfg(feature = "soap")]
pub use crate::xml::{Decimal, Extra as XmlExtra, FromXml, Reader as XmlReader, Slot, ToXml, Tokens, Writer as XmlWriter, Xml, XmlError};
pub use crate::{
    Api, Async, Auth, Blocking, Cursor, DecodeError, Downloads, EncodeError, Envelope, Fault, File, Info, Method, MissingMember, Mode,
    Multipart, OAuth, Operation, Paged, Parts, Place, Progress, RateLimit, Raw, Retry, Scheme, Secret, Style, Submits,
};
pub use crate::{Date, DateTime};
#[cfg(feature = "soap")]
pub use crate::{QName, Records, Soap, SoapFault, SoapVersion, Streamed};
pub use bytes::Bytes;
pub use http::HeaderMap;
pub use std::collections::BTreeMap;
pub use std::time::Duration;
