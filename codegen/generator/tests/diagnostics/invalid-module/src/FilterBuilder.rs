//! Not in snake case.
