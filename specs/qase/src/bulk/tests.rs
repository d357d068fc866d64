//! Both drivers over answers from memory: what they send, and what becomes of each result.

use super::{BulkItem, BulkOutcome, ItemStatus};
use crate::types::{NewResult, NewResultV2, ResultExecution, ResultStatus};
use crate::{ApiClient, Async, Blocking, MemoryTransport, Mode, RetryPolicy};
use std::collections::BTreeSet;
use std::sync::Arc;
use tms_runtime::{TransportErrorKind, Value, json};

#[derive(Clone, Copy, Debug)]
enum Answer {
    Is(u16, &'static str),
    Breaks(TransportErrorKind),
}
use Answer::{Breaks, Is};

const TAKEN: Answer = Is(202, r#"{"status":true}"#);
const LARGE: Answer = Is(413, r#"{"status":false,"errorMessage":"Too many."}"#);
const INVALID: Answer = Is(422, r#"{"message":"The given data was invalid."}"#);
const THIRD: Answer = Is(
    400,
    r#"{"status":false,"errorMessage":"Data is invalid.","errorFields":[{"field":"results.2.steps.0.action","error":"is required"}]}"#,
);
const FIRST: Answer = Is(422, r#"{"message":"Bad.","errors":{"results.0.execution.status":["is unknown"]}}"#);
const OWN: Answer = Is(422, r#"{"message":"Bad.","errors":{"execution.status":["is unknown"]}}"#);
const LOST: Answer = Breaks(TransportErrorKind::Interrupted);
const NOBODY: Answer = Breaks(TransportErrorKind::Connect);

fn transport(answers: &[Answer]) -> MemoryTransport {
    let transport = MemoryTransport::new();
    for answer in answers {
        match *answer {
            Is(status, body) => transport.json(status, body),
            Breaks(kind) => transport.failure(kind),
        };
    }
    transport
}

fn client<M: Mode>(transport: Arc<M::Transport>, attempts: u32) -> ApiClient<M> {
    let builder = ApiClient::builder().token("not-a-token").transport(transport).rate_limit(None);
    builder.retry(RetryPolicy::new().attempts(attempts)).build().expect("no client")
}

/// What happened, in short: `A`rrived, `R`efused, `-` not sent, `?` unknown.
#[derive(Debug, PartialEq)]
struct Ended {
    sizes: Vec<usize>,
    statuses: String,
    has_error: bool,
}

fn letter(status: &ItemStatus) -> char {
    match status {
        ItemStatus::Arrived => 'A',
        ItemStatus::Refused(_) => 'R',
        ItemStatus::NotSent => '-',
        ItemStatus::Unknown => '?',
    }
}

impl Ended {
    fn new<T>(transport: &MemoryTransport, outcome: &BulkOutcome<T>) -> Self {
        assert_eq!(transport.remaining(), 0, "answers are left: {outcome}");
        let statuses = outcome.items().iter().map(|(_, status)| letter(status)).collect();
        let sizes = sent(transport).iter().map(Vec::len).collect();
        Self { sizes, statuses, has_error: outcome.error().is_some() }
    }
}

/// What was sent, request by request; nothing where no connection was made.
fn sent(transport: &MemoryTransport) -> Vec<Vec<Value>> {
    let results = transport.requests().into_iter().map(|request| {
        if request.body().is_empty() {
            return Vec::new();
        }
        let body: Value = json::from_slice(request.body()).expect("no JSON");
        body.pointer("/results").and_then(Value::as_array).expect("no results").to_vec()
    });
    results.collect()
}

fn news(many: usize) -> Vec<NewResultV2> {
    (0..many).map(|n| NewResultV2::new(format!("Test {n}"), ResultExecution::new(ResultStatus::Passed))).collect()
}

fn olds(many: usize) -> Vec<NewResult> {
    (0..).take(many).map(|n| NewResult::new(ResultStatus::Passed).with_case_id(n)).collect()
}

/// How results are sent in a test.
#[derive(Clone, Copy)]
struct Way {
    attempts: u32,
    items: usize,
    bytes: u64,
}

const ONCE: Way = Way { attempts: 1, items: 200, bytes: 1 << 20 };

async fn both_modes<T, F, G>(answers: &[Answer], way: Way, asynchronous: F, blocking: G) -> (BulkOutcome<T>, Vec<Vec<Value>>)
where
    T: BulkItem + Sync,
    F: Fn(ApiClient<Async>) -> super::Bulk<Async, T>,
    G: Fn(ApiClient<Blocking>) -> super::Bulk<Blocking, T>,
{
    let one = transport(answers);
    let bulk = asynchronous(client::<Async>(Arc::new(one.clone()), way.attempts));
    let outcome = bulk.max_items(way.items).max_bytes(way.bytes).send().await;
    let other = transport(answers);
    let bulk = blocking(client::<Blocking>(Arc::new(other.clone()), way.attempts));
    let again = bulk.max_items(way.items).max_bytes(way.bytes).send();
    assert_eq!(Ended::new(&one, &outcome), Ended::new(&other, &again), "the modes differ");
    assert_eq!(outcome.to_string(), again.to_string(), "the modes differ");
    (outcome, sent(&one))
}

async fn new_results(many: usize, answers: &[Answer], way: Way) -> (BulkOutcome<NewResultV2>, Vec<Vec<Value>>) {
    let run = |client: ApiClient<Async>| client.results_v2("DEMO", 7).create_all(news(many));
    both_modes(answers, way, run, |client| client.results_v2("DEMO", 7).create_all(news(many))).await
}

async fn old_results(many: usize, answers: &[Answer], way: Way) -> (BulkOutcome<NewResult>, Vec<Vec<Value>>) {
    let run = |client: ApiClient<Async>| client.results("DEMO").create_all(7, olds(many));
    both_modes(answers, way, run, |client| client.results("DEMO").create_all(7, olds(many))).await
}

#[tokio::test]
async fn what_becomes_of_results() {
    let of = |items| Way { items, ..ONCE };
    type Row<'a> = (&'a str, usize, Way, &'a [Answer], &'a [usize], &'a str, bool);
    let table: [Row<'_>; 22] = [
        ("nothing", 0, ONCE, &[], &[], "", false),
        ("one", 1, ONCE, &[TAKEN], &[1], "A", false),
        ("by number", 5, of(2), &[TAKEN; 3], &[2, 2, 1], "AAAAA", false),
        ("0 is 1", 2, of(0), &[TAKEN; 2], &[1, 1], "AA", false),
        ("by bytes", 3, Way { bytes: 120, ..ONCE }, &[TAKEN; 3], &[1, 1, 1], "AAA", false),
        ("a chunk that is too large", 4, of(4), &[LARGE, TAKEN, TAKEN], &[4, 2, 2], "AAAA", false),
        (
            "what was too large is not tried again",
            9,
            of(4),
            &[LARGE, TAKEN, TAKEN, TAKEN, TAKEN, TAKEN],
            &[4, 2, 2, 2, 2, 1],
            "AAAAAAAAA",
            false,
        ),
        ("one that is too large", 4, of(4), &[LARGE, LARGE, LARGE, TAKEN, TAKEN], &[4, 2, 1, 1, 2], "RAAA", false),
        ("alone and too large", 1, ONCE, &[LARGE], &[1], "R", false),
        ("one is refused by name", 4, ONCE, &[THIRD, TAKEN], &[4, 3], "AARA", false),
        ("in the other form", 4, ONCE, &[FIRST, TAKEN], &[4, 3], "RAAA", false),
        ("one after the other", 4, ONCE, &[THIRD, FIRST, TAKEN], &[4, 3, 2], "RARA", false),
        ("all by name", 2, ONCE, &[FIRST, FIRST], &[2, 1], "RR", false),
        ("a name that is not there", 2, ONCE, &[THIRD, TAKEN, THIRD], &[2, 1, 1], "AR", false),
        ("without a name", 4, ONCE, &[INVALID, TAKEN, INVALID, INVALID, TAKEN], &[4, 2, 2, 1, 1], "AARA", false),
        ("a success that is none", 2, ONCE, &[Is(200, r#"{"status":false}"#), TAKEN, TAKEN], &[2, 1, 1], "AA", false),
        ("a success without a word", 1, ONCE, &[Is(202, "")], &[1], "A", false),
        ("a success of somebody else", 3, of(2), &[Is(200, "<html>")], &[2], "??-", true),
        ("no such run", 3, of(2), &[TAKEN, Is(404, "")], &[2, 1], "AA-", true),
        ("the plan has it not", 3, of(2), &[Is(402, "")], &[2], "---", true),
        ("the service fails", 5, of(2), &[TAKEN, Is(500, "")], &[2, 2], "AA??-", true),
        ("nobody is there", 3, of(2), &[TAKEN, NOBODY], &[2, 0], "AA-", true),
    ];
    for (name, many, way, answers, sizes, statuses, has_error) in table {
        let expected = Ended { sizes: sizes.to_vec(), statuses: statuses.to_owned(), has_error };
        let ended =
            |sent: &[Vec<Value>], statuses: String, has_error| Ended { sizes: sent.iter().map(Vec::len).collect(), statuses, has_error };
        let (outcome, sent) = new_results(many, answers, way).await;
        let shown = |items: &mut dyn Iterator<Item = &ItemStatus>| items.map(letter).collect::<String>();
        let found = ended(&sent, shown(&mut outcome.items().iter().map(|(_, status)| status)), outcome.error().is_some());
        assert_eq!(found, expected, "version 2: {name}");
        // The bytes of a result differ.
        if way.bytes == ONCE.bytes {
            let (outcome, sent) = old_results(many, answers, way).await;
            let found = ended(&sent, shown(&mut outcome.items().iter().map(|(_, status)| status)), outcome.error().is_some());
            assert_eq!(found, expected, "version 1: {name}");
        }
    }
}

#[tokio::test]
async fn a_service_that_refuses_everything_is_not_asked_for_ever() {
    let (outcome, sent) = new_results(200, &[INVALID; 22], ONCE).await;
    assert_eq!((sent.len(), outcome.refused().count(), outcome.rest().count()), (22, 8, 192));
    assert!(outcome.error().is_some());
    let (outcome, _) = new_results(3, &[INVALID; 5], ONCE).await;
    assert!(outcome.error().is_none() && outcome.refused().count() == 3, "all three were asked for: {outcome}");
}

#[tokio::test]
async fn what_was_lost_is_sent_again_under_the_same_key() {
    let patient = Way { attempts: 3, items: 2, ..ONCE };
    let (outcome, sent) = new_results(3, &[LOST, Is(503, ""), TAKEN, TAKEN], patient).await;
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(sent[0], sent[1], "an attempt is the same to the byte");
    assert_eq!(sent[0], sent[2]);
    let keys: BTreeSet<_> = sent.iter().flatten().map(|result| result.get("id").and_then(Value::as_str).expect("no key")).collect();
    assert_eq!(keys.len(), 3, "{keys:?}");
    assert!(keys.iter().all(|key| key.starts_with("7-")), "{keys:?}");

    let (outcome, sent) = new_results(3, &[LOST], ONCE).await;
    assert_eq!((outcome.unknown().count(), outcome.rest().count()), (3, 3));
    let keys = |results: &[NewResultV2]| results.iter().map(|result| result.id.clone().expect("no key")).collect::<Vec<_>>();
    let first: Vec<_> = sent[0].iter().map(|result| result.get("id").and_then(Value::as_str).expect("no key").to_owned()).collect();
    assert_eq!(keys(&outcome.into_rest()), first, "the rest keeps its keys");
}

#[tokio::test]
async fn results_without_keys_are_never_sent_twice() {
    let patient = Way { attempts: 3, items: 2, ..ONCE };
    for lost in [LOST, Is(503, ""), Breaks(TransportErrorKind::Timeout)] {
        let (outcome, sent) = old_results(3, &[lost], patient).await;
        assert_eq!((sent.len(), outcome.unknown().count()), (1, 2), "{lost:?}: {outcome}");
        assert_eq!(outcome.into_rest(), olds(3)[2..], "{lost:?}");
    }
    // These say that nothing was done.
    for refused in [Is(429, ""), Is(408, ""), NOBODY] {
        let (outcome, _) = old_results(3, &[refused, TAKEN, TAKEN], patient).await;
        assert!(outcome.is_complete(), "{refused:?}: {outcome}");
    }
    let (outcome, _) = new_results(3, &[LOST, NOBODY, NOBODY], patient).await;
    assert_eq!(outcome.unknown().count(), 2, "the first attempt may have arrived: {outcome}");
}

#[tokio::test]
async fn keys_of_the_caller_are_kept() {
    let transport = transport(&[TAKEN]);
    let client = client::<Async>(Arc::new(transport.clone()), 1);
    let results = news(2).into_iter().zip(["a", "b"]).map(|(result, key)| result.with_id(key));
    assert!(client.results_v2("DEMO", 7).create_all(results).send().await.is_complete());
    let keys: Vec<_> = sent(&transport)[0].iter().filter_map(|result| result.get("id")?.as_str().map(str::to_owned)).collect();
    assert_eq!(keys, ["a", "b"]);
}

#[tokio::test]
async fn error_context_counts_by_characters() {
    let long = "é".repeat(2_000_000);
    let result = |n| {
        let execution = ResultExecution::new(ResultStatus::Failed).with_error_context(long.clone());
        NewResultV2::new(format!("Test {n}"), execution)
    };
    let transport = transport(&[TAKEN; 2]);
    let client = client::<Blocking>(Arc::new(transport.clone()), 1);
    let outcome = client.results_v2("DEMO", 7).create_all((0..3).map(result)).max_bytes(u64::MAX).send();
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(sent(&transport).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1], "4194304 characters in a request");
}

#[tokio::test]
async fn what_is_said() {
    let (outcome, _) = new_results(4, &[THIRD, Is(500, r#"{"errorMessage":"Oops"}"#)], ONCE).await;
    let said = outcome.to_string();
    assert!(
        said.starts_with("run 7: 0 of 4 results arrived, 1 was refused, 3 were sent without an answer: results_v2.create_bulk"),
        "{said}"
    );
    assert!(said.contains("500 Internal Server Error: Oops"), "{said}");
    let refusals: Vec<_> = outcome.refused().map(|(result, refusal)| format!("{}: {refusal}", result.title)).collect();
    assert_eq!(refusals, ["Test 2: 400 Bad Request: Data is invalid.: steps.0.action: is required"]);
    let (outcome, _) = new_results(1, &[OWN], ONCE).await;
    let fields: Vec<_> = outcome.refused().flat_map(|(_, refusal)| &refusal.fields).map(ToString::to_string).collect();
    assert_eq!(fields, ["execution.status: is unknown"], "a fault of the only one");
}

#[test]
fn futures_can_be_spawned() {
    fn can_be_spawned<T: Send + 'static>(_: T) {}
    let client = client::<Async>(Arc::new(MemoryTransport::new()), 1);
    can_be_spawned(client.results_v2("DEMO", 7).create_all(news(1)).send());
    can_be_spawned(client.results("DEMO").create_all(7, olds(1)).send());
}
