//! Below nothing.
