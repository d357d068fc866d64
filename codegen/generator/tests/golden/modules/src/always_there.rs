//! Is always there.

/// A number.
pub const NUMBER: u32 = 1;
