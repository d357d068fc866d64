//! Module three.
