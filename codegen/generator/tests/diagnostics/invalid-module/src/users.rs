//! Taken by a resource.
