//! Decode and encode of a list of records: our tables against the bare events of `quick-xml`, against serde derive with
//! `quick-xml` and against `instant-xml`, on the same bytes.
//!
//! `cargo bench -p tms-runtime --features soap --bench xml`. Compare the throughput columns of one run.

mod xml_models;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use xml_models::{derived, document, enveloped, events, instant, ours};

/// Records of a page and of a large export (about 20 MB).
const SIZES: &[usize] = &[200, 20_000];

fn main() {
    for size in SIZES {
        let text = document(*size);
        let counts = [ours::read(&text).len(), ours::stream(&text), derived::read(&text).len(), instant::read(&text).len()];
        assert_eq!(counts, [*size; 4], "the contestants read the same");
        let written = ours::write(&ours::read(&text));
        let again = ours::write(&ours::read(&enveloped(&written)));
        assert_eq!(written, again, "ours loses nothing");
    }
    divan::main();
}

fn decode<T>(bencher: Bencher<'_, '_>, size: usize, read: fn(&str) -> T) {
    let text = document(size);
    bencher.counter(BytesCount::of_str(&text)).bench(|| read(black_box(&text)));
}

/// The floor: events counted, nothing kept.
#[divan::bench(args = SIZES)]
fn decode_events(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, events::read);
}

#[divan::bench(args = SIZES)]
fn decode_ours(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, ours::read);
}

/// One record in memory at a time.
#[divan::bench(args = SIZES)]
fn decode_ours_streaming(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, ours::stream);
}

#[divan::bench(args = SIZES)]
fn decode_derive(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, derived::read);
}

#[divan::bench(args = SIZES)]
fn decode_instant(bencher: Bencher<'_, '_>, size: usize) {
    decode(bencher, size, instant::read);
}

fn encode<T: Sync>(bencher: Bencher<'_, '_>, records: &[T], write: fn(&[T]) -> String) {
    let length = write(records).len();
    bencher.counter(BytesCount::new(length)).bench(|| write(black_box(records)));
}

#[divan::bench(args = SIZES)]
fn encode_ours(bencher: Bencher<'_, '_>, size: usize) {
    encode(bencher, &ours::read(&document(size)), ours::write);
}

#[divan::bench(args = SIZES)]
fn encode_derive(bencher: Bencher<'_, '_>, size: usize) {
    encode(bencher, &derived::read(&document(size)), derived::write);
}

#[divan::bench(args = SIZES)]
fn encode_instant(bencher: Bencher<'_, '_>, size: usize) {
    encode(bencher, &instant::read(&document(size)), instant::write);
}
