//! What the generated clients cost, as ratios to hand-written peers.
//!
//! Machines differ and are never quiet, so no absolute figure means anything: contestants take turns, round by round, and what
//! counts is the median over the rounds of one's CPU time divided by the other's. A missed aim is shown, never an error.
//!
//! `cargo xtask bench` runs `benches/`; `cargo xtask bench compile` runs `src/bin/compile`, which takes minutes.

pub mod cases;
pub mod clock;
pub mod contest;
pub mod peer;
pub mod random;
pub mod records;
pub mod server;
pub mod soap_peer;
pub mod table;
