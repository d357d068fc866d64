//! Promises that the compiler keeps for users of the generated crates: `pass/` must compile, `fail/` must not, for the reason
//! that stands beside it. The one test is `promises.rs`; `cargo xtask bless` accepts new wording.
