//! Waits until it is over.
