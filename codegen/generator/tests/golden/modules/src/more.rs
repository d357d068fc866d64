//! More about things.

/// What is more.
pub type More = crate::things::List;
