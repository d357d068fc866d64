//! Watches what happens.
