//! Decode and encode of a page of Qase cases: the generated types against serde derive on the same types.
//!
//! `cargo bench -p tms-bench --bench json`. Decoding starts from the bytes of the whole answer and ends when the value has
//! been dropped.

use bytes::Bytes;
use qase::Operation;
use qase::cases::List;
use qase::types::CasePage;
use serde::Deserialize;
use std::hint::black_box;
use tms_bench::cases::{self, Unknown};
use tms_bench::contest::{self, Contestant};
use tms_bench::peer;
use tms_bench::table::{Aim, Table};
use tms_runtime::{Raw, json};

/// A page of the longest length, and an export of about 8 MB.
const SIZES: &[(u64, &str, usize, f64)] = &[(50, "50 cases", 151, 1.5), (10_000, "10,000 cases", 31, 1.2)];

fn main() {
    let mut table = Table::new();
    for &(count, name, rounds, aim) in SIZES {
        for unknown in [Unknown::None, Unknown::Some] {
            let page = cases::page(count, unknown);
            let task = match unknown {
                Unknown::None => format!("{name}, {} KB", page.len() / 1000),
                Unknown::Some => format!("{name}, {} KB, 3 unknown members each", page.len() / 1000),
            };
            check(&page, unknown);
            decode(&mut table, &task, &page, rounds, aim);
            encode(&mut table, &task, &page, rounds);
        }
    }
    println!("{table}");
    println!("Unknown members: ours keeps and writes them, the peers drop them.");
}

/// Both sides read and write the same, or the comparison is worth nothing.
fn check(page: &str, unknown: Unknown) {
    let ours = read_ours(&raw(page));
    assert_eq!(json::to_string(&ours), page, "ours writes what it read");
    let peer = read_peer(&cases::answer(page));
    let again = serde_json::to_string(&peer).unwrap_or_else(|error| panic!("the peer writes: {error}"));
    assert_eq!(unknown == Unknown::None, again == page, "the peer writes what it read, but for unknown members");
    assert_eq!(read_peer(&cases::answer(&again)), peer, "the peer reads what it wrote");
}

fn decode(table: &mut Table, task: &str, page: &str, rounds: usize, aim: f64) {
    let answer = cases::answer(page);
    let raw = raw(page);
    let times = contest::run(
        rounds,
        &mut [
            Contestant::new("ours", || drop(black_box(read_ours(black_box(&raw))))),
            Contestant::new("from_slice", || drop(black_box(read_peer(black_box(&answer))))),
            Contestant::new("from_str", || drop(black_box(read_checked(black_box(answer.as_bytes()))))),
        ],
    );
    table.cpu(&format!("decode {task}"), "serde_json::from_slice", (&times[0], &times[1]), Aim::Speed(aim));
    table.cpu(&format!("decode {task}"), "from_utf8 + serde_json::from_str", (&times[0], &times[2]), Aim::NoSpeed);
}

fn encode(table: &mut Table, task: &str, page: &str, rounds: usize) {
    let (ours, peer) = (read_ours(&raw(page)), read_peer(&cases::answer(page)));
    let times = contest::run(
        rounds,
        &mut [
            Contestant::new("ours", || drop(black_box(json::to_vec(black_box(&ours))))),
            Contestant::new("to_vec", || drop(black_box(serde_json::to_vec(black_box(&peer))))),
        ],
    );
    table.cpu(&format!("encode {task}"), "serde_json::to_vec", (&times[0], &times[1]), Aim::NoSpeed);
}

fn raw(page: &str) -> Raw {
    Raw::new(&List::INFO, http::Response::new(Bytes::from(cases::answer(page))))
}

fn read_ours(raw: &Raw) -> CasePage {
    List::decode(raw).unwrap_or_else(|error| panic!("ours reads the page: {error}"))
}

fn read_peer(answer: &str) -> peer::CasePage {
    value(serde_json::from_slice(answer.as_bytes()))
}

/// The faster way that few take: the text is checked once as a whole.
fn read_checked(answer: &[u8]) -> peer::CasePage {
    let text = std::str::from_utf8(answer).unwrap_or_else(|error| panic!("the answer is UTF-8: {error}"));
    value(serde_json::from_str(text))
}

fn value<T: for<'de> Deserialize<'de>>(answer: serde_json::Result<peer::Answer<T>>) -> T {
    answer.unwrap_or_else(|error| panic!("the peer reads the page: {error}")).result
}
