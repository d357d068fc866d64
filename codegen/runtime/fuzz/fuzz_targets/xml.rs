//! Any bytes: what our XML reader makes a struct of, our writer can write, and it reads back the same.
//! `cargo +nightly fuzz run xml corpus/xml seeds/xml -- -dict=xml.dict`
#![no_main]

#[path = "../../tests/xml_support/mod.rs"]
mod xml_support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        xml_support::survives(text);
    }
});
