//! Decode and encode of a page of Qase cases: the generated types against serde derive on the same types.
//!
//! `cargo bench -p tms-bench --bench json`. Decoding starts from the bytes of the whole answer and ends when the value has
//! been dropped.

use bytes::Bytes;
use qase::Operation;
use qase::cases::List;
use qase::types::CasePage;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
            let more = if unknown == Unknown::Some { " + unknown" } else { "" };
            let task = format!("{name}{more}, {} KB", page.len() / 1000);
            let contest = Contest { page: &page, rounds, task };
            contest.check(unknown);
            contest.decode(&mut table, unknown, aim);
            contest.encode(&mut table, unknown);
        }
    }
    println!("{table}");
    println!("Unknown members (three in each case): ours and derive + flatten keep and write them, plain derive drops them.");
}

/// Everybody's turn with one page.
struct Contest<'a> {
    page: &'a str,
    rounds: usize,
    task: String,
}

impl Contest<'_> {
    /// Both sides read and write the same, or the comparison is worth nothing.
    fn check(&self, unknown: Unknown) {
        assert_eq!(json::to_string(&read_ours(&self.raw())), self.page, "ours writes what it read");
        let peer: peer::CasePage = read_slice(&self.answer());
        let again = text(&peer);
        assert_eq!(unknown == Unknown::None, again == self.page, "the peer writes what it read, but for unknown members");
        assert_eq!(read_slice::<peer::CasePage>(&cases::answer(&again)), peer, "the peer reads what it wrote");
        let keeping: peer::KeepingPage = read_slice(&self.answer());
        assert_eq!(read_slice::<peer::KeepingPage>(&cases::answer(&text(&keeping))), keeping, "the keeping peer loses nothing");
    }

    fn decode(&self, table: &mut Table, unknown: Unknown, aim: f64) {
        let (answer, raw) = (self.answer(), self.raw());
        let (answer, raw) = (answer.as_str(), &raw);
        let mut contestants = vec![
            Contestant::new("ours", move || drop(black_box(read_ours(black_box(raw))))),
            Contestant::new("serde_json::from_slice", move || drop(black_box(read_slice::<peer::CasePage>(black_box(answer))))),
            Contestant::new("from_utf8 + serde_json::from_str", move || drop(black_box(read_checked(black_box(answer))))),
        ];
        if unknown == Unknown::Some {
            let keeping = move || drop(black_box(read_slice::<peer::KeepingPage>(black_box(answer))));
            contestants.push(Contestant::new("from_slice, flatten", keeping));
        }
        self.run("decode", contestants, table, Aim::Speed(aim));
    }

    fn encode(&self, table: &mut Table, unknown: Unknown) {
        let ours = read_ours(&self.raw());
        let peer: peer::CasePage = read_slice(&self.answer());
        let keeping: peer::KeepingPage = read_slice(&self.answer());
        let mut contestants = vec![
            Contestant::new("ours", || drop(black_box(json::to_vec(black_box(&ours))))),
            Contestant::new("serde_json::to_vec", || drop(black_box(serde_json::to_vec(black_box(&peer))))),
        ];
        if unknown == Unknown::Some {
            let keeping = || drop(black_box(serde_json::to_vec(black_box(&keeping))));
            contestants.push(Contestant::new("to_vec, flatten", keeping));
        }
        self.run("encode", contestants, table, Aim::NoSpeed);
    }

    /// The aim is about the first peer.
    fn run(&self, verb: &str, mut contestants: Vec<Contestant<'_>>, table: &mut Table, aim: Aim) {
        let times = contest::run(self.rounds, &mut contestants);
        let aims = std::iter::once(aim).chain(std::iter::repeat(Aim::NoSpeed));
        for ((contestant, peer), aim) in contestants.iter().zip(&times).skip(1).zip(aims) {
            table.cpu(&format!("{verb} {}", self.task), contestant.name, (&times[0], peer), aim);
        }
    }

    fn answer(&self) -> String {
        cases::answer(self.page)
    }

    fn raw(&self) -> Raw {
        Raw::new(&List::INFO, http::Response::new(Bytes::from(self.answer())))
    }
}

fn read_ours(raw: &Raw) -> CasePage {
    List::decode(raw).unwrap_or_else(|error| panic!("ours reads the page: {error}"))
}

fn read_slice<T: DeserializeOwned>(answer: &str) -> T {
    value(serde_json::from_slice(answer.as_bytes()))
}

/// The faster way that few take: the text is checked once as a whole.
fn read_checked(answer: &str) -> peer::CasePage {
    let text = std::str::from_utf8(answer.as_bytes()).unwrap_or_else(|error| panic!("the answer is UTF-8: {error}"));
    value(serde_json::from_str(text))
}

fn value<T>(answer: serde_json::Result<peer::Answer<T>>) -> T {
    answer.unwrap_or_else(|error| panic!("the peer reads the page: {error}")).result
}

fn text(peer: &impl Serialize) -> String {
    serde_json::to_string(peer).unwrap_or_else(|error| panic!("the peer writes: {error}"))
}
