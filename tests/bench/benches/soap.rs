//! Decode and encode of a `LoadByCriteria` answer of records with thirty elements: the runtime's table against quick-xml.
//!
//! `cargo bench -p tms-bench --bench soap`. Decoding starts from the bytes of the whole answer and ends when the value has
//! been dropped. The bare loop only looks at every event; it makes no values.

use bytes::Bytes;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::hint::black_box;
use tms_bench::contest::{self, Contestant};
use tms_bench::records::{self, NAMESPACE};
use tms_bench::soap_peer::{Record, instant, serde_derive};
use tms_bench::table::{Aim, Table};
use tms_runtime::codegen::{Auth, Info, Method, QName, Raw, Retry, XmlWriter};

const INFO: Info = Info {
    name: "bugs.load_by_criteria",
    method: Method::Post,
    path: "Bugs_LoadByCriteria",
    auth: Auth::None,
    retry: Retry::Idempotent,
    envelope: None,
};
const WRAPPER: QName = QName(NAMESPACE, "Bugs_LoadByCriteriaResponse");
const RESULT: QName = QName(NAMESPACE, "Bugs_LoadByCriteriaResult");
const ITEM: QName = QName(NAMESPACE, "Bug");

/// A page of the longest length, and an export of about 20 MB.
const SIZES: &[(u32, &str, usize)] = &[(200, "200 records", 101), (20_000, "20,000 records", 15)];

fn main() {
    let mut table = Table::new();
    for &(count, name, rounds) in SIZES {
        let answer = records::answer(count);
        let task = format!("{name}, {} KB", answer.len() / 1000);
        let contest = Contest { answer: &answer, rounds, task };
        contest.check(count);
        contest.decode(&mut table);
        contest.encode(&mut table);
    }
    println!("{table}");
}

/// Everybody's turn with one answer.
struct Contest<'a> {
    answer: &'a str,
    rounds: usize,
    task: String,
}

impl Contest<'_> {
    /// All read the same, or the comparison is worth nothing.
    fn check(&self, count: u32) {
        let ours = read_ours(&self.raw());
        assert_eq!(u32::try_from(ours.len()), Ok(count));
        assert!(ours.iter().all(|record| record.extra.is_empty()), "every element is known");
        assert!(read_lazily(self.raw()) == ours.len(), "one by one as at once");
        let (derived, instant) = (read_serde(self.answer), read_instant(self.answer));
        for ((ours, derived), instant) in ours.iter().zip(&derived).zip(&instant) {
            assert_eq!((&ours.title, ours.rank, ours.date_created.as_str()), (&derived.title, derived.rank, derived.date_created.as_str()));
            assert_eq!((&ours.title, ours.rank, ours.est_hrs.to_string()), (&instant.title, instant.rank, instant.est_hrs.clone()));
        }
        assert_eq!((derived.len(), instant.len()), (ours.len(), ours.len()));
    }

    fn decode(&self, table: &mut Table) {
        let (answer, raw) = (self.answer, self.raw());
        let raw = &raw;
        let contestants = vec![
            Contestant::new("ours", move || drop(black_box(read_ours(black_box(raw))))),
            Contestant::new("bare quick-xml loop", move || _ = black_box(events(black_box(answer)))),
            Contestant::new("quick-xml + serde derive", move || drop(black_box(read_serde(black_box(answer))))),
            Contestant::new("instant-xml", move || drop(black_box(read_instant(black_box(answer))))),
        ];
        self.run("decode", contestants, table, &[Aim::Speed(0.5), Aim::Speed(1.7), Aim::Speed(1.25)]);
        let contestants = vec![
            Contestant::new("ours, one record at a time", move || _ = black_box(read_lazily(black_box(raw).clone()))),
            Contestant::new("bare quick-xml loop", move || _ = black_box(events(black_box(answer)))),
        ];
        self.run("decode lazily", contestants, table, &[Aim::NoSpeed]);
    }

    fn encode(&self, table: &mut Table) {
        let (ours, derived, instant) = (read_ours(&self.raw()), list(read_serde(self.answer)), envelope(read_instant(self.answer)));
        let contestants = vec![
            Contestant::new("ours", || drop(black_box(write_ours(black_box(&ours))))),
            Contestant::new("quick-xml + serde derive", || drop(black_box(quick_xml::se::to_string(black_box(&derived))))),
            Contestant::new("instant-xml", || drop(black_box(instant_xml::to_string(black_box(&instant))))),
        ];
        self.run("encode", contestants, table, &[Aim::Speed(1.7), Aim::Speed(1.25)]);
    }

    fn run(&self, verb: &str, mut contestants: Vec<Contestant<'_>>, table: &mut Table, aims: &[Aim]) {
        let times = contest::run(self.rounds, &mut contestants);
        for ((contestant, peer), aim) in contestants.iter().zip(&times).skip(1).zip(aims) {
            table.cpu(&format!("{verb} {}", self.task), contestant.name, (&times[0], peer), *aim);
        }
    }

    fn raw(&self) -> Raw {
        let answer = http::Response::builder().header("Content-Type", "text/xml; charset=utf-8").body(Bytes::from(self.answer.to_owned()));
        Raw::new(&INFO, answer.unwrap_or_else(|error| panic!("an answer: {error}")))
    }
}

fn read_ours(raw: &Raw) -> Vec<Record> {
    raw.soap_array(WRAPPER, RESULT, ITEM).unwrap_or_else(|error| panic!("ours reads the answer: {error}"))
}

fn read_lazily(raw: Raw) -> usize {
    let records = raw.soap_records::<Record>(WRAPPER, RESULT, ITEM);
    records.map(|record| record.unwrap_or_else(|error| panic!("ours reads the answer: {error}"))).map(black_box).count()
}

fn read_serde(answer: &str) -> Vec<serde_derive::Record> {
    let envelope: serde_derive::Envelope =
        quick_xml::de::from_str(answer).unwrap_or_else(|error| panic!("serde reads the answer: {error}"));
    envelope.body.response.result.bugs
}

fn read_instant(answer: &str) -> Vec<instant::Record> {
    let envelope: instant::Envelope = instant_xml::from_str(answer).unwrap_or_else(|error| panic!("instant-xml reads the answer: {error}"));
    envelope.body.response.result.bugs
}

#[expect(clippy::ptr_arg, reason = "the writer takes the list as an operation holds it")]
fn write_ours(records: &Vec<Record>) -> String {
    let mut writer = XmlWriter::within(NAMESPACE);
    writer.element(ITEM, records);
    writer.finish().unwrap_or_else(|error| panic!("ours writes: {error}")).text
}

fn list(bugs: Vec<serde_derive::Record>) -> serde_derive::Envelope {
    serde_derive::Envelope { body: serde_derive::Body { response: serde_derive::Response { result: serde_derive::List { bugs } } } }
}

fn envelope(bugs: Vec<instant::Record>) -> instant::Envelope {
    instant::Envelope { body: instant::Body { response: instant::Response { result: instant::List { bugs } } } }
}

/// Every event, nothing made of it.
fn events(answer: &str) -> usize {
    let mut reader = Reader::from_str(answer);
    let mut count = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return count,
            Ok(event) => {
                black_box(&event);
                count += 1;
            }
            Err(error) => panic!("the loop reads the answer: {error}"),
        }
    }
}
