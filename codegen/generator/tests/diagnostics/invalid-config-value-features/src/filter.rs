//! Clashes with a feature.
