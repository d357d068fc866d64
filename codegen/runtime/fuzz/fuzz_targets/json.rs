//! Any bytes: our JSON reader and `serde_json` agree about them. `cargo +nightly fuzz run json corpus seeds -- -dict=json.dict`
#![no_main]

#[path = "../../tests/json_oracle/mod.rs"]
mod json_oracle;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| json_oracle::agree(bytes));
