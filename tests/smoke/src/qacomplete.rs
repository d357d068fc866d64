//! How the operations of QAComplete are called.

pub mod drive;
pub mod exercise;
pub mod replay;
pub mod world;

pub use drive::{Access, Drive, Exercise, Replay, Setup, in_memory};
pub use world::{DEPARTMENT, PROJECT, World};
