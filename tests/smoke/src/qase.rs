//! How the operations of Qase are called.

mod bodies;
pub mod drive;
pub mod exercise;
pub mod replay;
pub mod report;
pub mod world;

pub use drive::{Drive, Exercise, Replay, Setup};
pub use report::Report;
pub use world::{PROJECT, World};
