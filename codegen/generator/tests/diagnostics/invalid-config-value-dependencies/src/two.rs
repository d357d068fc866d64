//! Module two.
