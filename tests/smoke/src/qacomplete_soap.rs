//! How the operations of QAComplete SOAP are called.

pub mod drive;
pub mod exercise;
pub mod replay;
pub mod world;

pub use drive::{Access, Drive, Setup, Stream};
pub use exercise::Exercise;
pub use world::World;

/// Both versions of SOAP, with the names the coverage record and the vectors use.
pub const VERSIONS: [(&str, qacomplete_soap::SoapVersion); 2] =
    [("1.1", qacomplete_soap::SoapVersion::V11), ("1.2", qacomplete_soap::SoapVersion::V12)];
