//! Decode and encode of a list: our tables against serde derive with `serde_json` and against a hand-written walk with
//! `jiter`, on the same types and bytes.
//!
//! `cargo bench -p tms-runtime --bench json`. Compare the throughput columns of one run.

mod json_models;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use json_models::{derived, document, ours, pulled};

/// Entries of a page and of a large export (about 8 MB).
const SIZES: &[usize] = &[50, 10_000];

fn main() {
    for size in SIZES {
        let text = document(*size, false);
        let (ours, theirs) = (ours::read(&text), derived::read(&text));
        assert_eq!(format!("{:?}", pulled::read(&text)), format!("{theirs:?}"), "the contestants read the same");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&ours::write(&ours)), value(std::str::from_utf8(&text).expect("UTF-8")), "ours loses nothing");
    }
    divan::main();
}

fn decode<T>(bencher: Bencher<'_, '_>, size: usize, unknown: bool, read: fn(&[u8]) -> T) {
    let text = document(size, unknown);
    bencher.counter(BytesCount::of_slice(&text)).bench(|| read(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn decode_ours(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, false, ours::read);
}

#[divan::bench(args = SIZES)]
fn decode_derive(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, false, derived::read);
}

#[divan::bench(args = SIZES)]
fn decode_jiter(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, false, pulled::read);
}

/// Unknown members: ours keeps them.
#[divan::bench(args = SIZES)]
fn decode_unknown_ours(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, true, ours::read);
}

/// Unknown members: serde derive drops them.
#[divan::bench(args = SIZES)]
fn decode_unknown_derive(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, true, derived::read);
}

fn encode<T: Sync>(bencher: Bencher<'_, '_>, value: &T, write: fn(&T) -> String) {
    let length = write(value).len();
    bencher.counter(BytesCount::new(length)).bench(|| write(black_box(value)));
}

#[divan::bench(args = SIZES)]
fn encode_ours(bencher: Bencher<'_, '_>, size: usize) {
    encode(bencher, &ours::read(&document(size, false)), ours::write);
}

#[divan::bench(args = SIZES)]
fn encode_derive(bencher: Bencher<'_, '_>, size: usize) {
    encode(bencher, &derived::read(&document(size, false)), derived::write);
}
