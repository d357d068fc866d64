//! Module one.
