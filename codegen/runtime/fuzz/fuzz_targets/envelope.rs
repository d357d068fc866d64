//! Any answer of a SOAP service: nothing panics, and what is read in one way is read in the others.
//! `cargo +nightly fuzz run envelope corpus/envelope seeds/envelope -- -dict=envelope.dict`
#![no_main]

#[path = "../../tests/envelope_oracle/mod.rs"]
mod envelope_oracle;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| envelope_oracle::agree(bytes));
