//! Every operation of QAComplete against the mock server: one entry per operation, in the order of the crate.
//!
//! An entry is the call as a user would write it, with every argument there is, and what its typed answer must show, if it has one.

mod administration;
mod items;
mod planning;
mod runs;
mod sets;
mod tests;
