//! Taken by the crate.
