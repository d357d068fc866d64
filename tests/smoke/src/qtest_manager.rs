//! How the operations of qTest Manager are called.

pub mod drive;
pub mod exercise;
pub mod replay;
pub mod work;
pub mod world;

pub use drive::{Access, Drive, Exercise, Replay, Setup, in_memory};
pub use work::Work;
pub use world::{PROJECT, World};
