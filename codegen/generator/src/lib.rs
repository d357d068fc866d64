//! Turns OpenAPI and WSDL files into typed Rust client crates.

pub mod check;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod ir;
pub mod load;
pub mod lower;
mod names;
pub mod pipeline;
pub mod source;
pub mod write;
mod xsd;
