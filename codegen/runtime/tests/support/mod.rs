//! A small hand-written API over the runtime: what emitted code looks like, for the tests of the engine.

#![allow(dead_code, reason = "each test file uses its part of it")]

pub(crate) mod api;
pub(crate) mod both;
pub(crate) mod large;
pub(crate) mod server;
pub(crate) mod service;
#[cfg(feature = "soap")]
pub(crate) mod soap;
