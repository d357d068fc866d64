//! Does a [`round`] of things.

mod cycle;

pub use cycle::round;
