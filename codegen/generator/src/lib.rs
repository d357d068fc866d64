//! Turns OpenAPI and WSDL files into typed Rust client crates.

pub mod ir;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod source;
pub mod load;
pub mod emit;
pub mod format;
pub mod write;
pub mod lower;
mod names;
pub mod pipeline;
