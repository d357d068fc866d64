//! Both senders over answers from memory: what they send, and what the summary says.

mod stories;

use super::{Reporting, Summary, TestReport};
use crate::types::{NewResultV2, NewRun, ResultExecution, ResultStatus};
use crate::{ApiClient, Async, Blocking, File, MemoryTransport, Mode, RetryPolicy};
use std::sync::Arc;
use std::time::Duration;
use tms_runtime::{TransportErrorKind, Value, json};

#[derive(Clone, Copy, Debug)]
enum Answer {
    Is(u16, &'static str),
    Breaks(TransportErrorKind),
}
use Answer::{Breaks, Is};

const STARTED: Answer = Is(200, r#"{"status":true,"result":{"id":7}}"#);
const TAKEN: Answer = Is(202, r#"{"status":true}"#);
const DONE: Answer = Is(200, r#"{"status":true}"#);
const BROKEN: Answer = Is(500, "");
const LOST: Answer = Breaks(TransportErrorKind::Interrupted);
const OPEN: Answer = Is(200, r#"{"status":true,"result":{"id":7,"title":"Nightly","end_time":null}}"#);
const OVER: Answer = Is(200, r#"{"status":true,"result":{"id":7,"title":"Nightly","end_time":"2026-11-21T13:27:53+00:00"}}"#);
const ONE_FILE: Answer = Is(200, r#"{"status":true,"result":[{"hash":"a1"}]}"#);
const TWO_FILES: Answer = Is(200, r#"{"status":true,"result":[{"hash":"a1"},{"hash":"a2"}]}"#);
const TOO_MUCH: Answer = Is(413, r#"{"status":false,"errorMessage":"Too much."}"#);
const SECOND: Answer = Is(422, r#"{"message":"Bad.","errors":{"results.1.title":["is required"]}}"#);

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

fn reporting<M: Mode>(transport: Arc<M::Transport>) -> Reporting<M> {
    let builder = ApiClient::builder().token("not-a-token").transport(transport).rate_limit(None);
    builder.retry(RetryPolicy::never()).build().expect("no client").reporter("DEMO").every(Duration::from_millis(1))
}

fn result(title: &str) -> NewResultV2 {
    NewResultV2::new(title, ResultExecution::new(ResultStatus::Failed))
}

fn reports(many: usize, files: usize) -> Vec<TestReport> {
    let file = |n| File::from_bytes(format!("{n}.txt"), format!("file {n}"));
    let report = |n: usize| (0..files).fold(TestReport::new(result(&format!("Test {n}"))), |report, n| report.with_file(file(n)));
    (0..many).map(report).collect()
}

/// Method, path, and of what counts how many: results with their attachments, files.
fn sent(transport: &MemoryTransport) -> Vec<String> {
    let requests = transport.requests().into_iter().map(|request| {
        let path = request.uri().path().split_once("io").map_or(request.uri().path(), |(_, path)| path).to_owned();
        let path = path.trim_start_matches("/v1").trim_start_matches("/v2");
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let what = match json::from_str::<Value>(&body) {
            Ok(body) => body.pointer("/results").and_then(Value::as_array).map_or_else(String::new, |results| {
                let hashes = |result: &Value| result.get("attachments").map_or_else(String::new, ToString::to_string);
                format!("{}{}", results.len(), results.iter().map(hashes).collect::<String>())
            }),
            Err(_) if body.is_empty() => String::new(),
            Err(_) => format!("{} files", body.matches("name=\"file[]\"").count()),
        };
        format!("{} {path} {what}", request.method()).trim_end().to_owned()
    });
    requests.collect()
}

/// What happened: what was sent, what the summary says, and the pauses in seconds.
#[derive(Debug, PartialEq)]
struct Ended {
    sent: Vec<String>,
    said: String,
    unsent: Vec<String>,
    lost: Vec<String>,
    pauses: Vec<u64>,
}

impl Ended {
    fn new(transport: &MemoryTransport, summary: &Summary) -> Self {
        assert_eq!(transport.remaining(), 0, "answers are left: {summary}");
        Self {
            sent: sent(transport),
            said: summary.to_string().split(": qase").next().unwrap_or_default().to_owned(),
            unsent: summary.unsent.iter().map(|report| format!("{} {}", report.result.title, report.files.len())).collect(),
            lost: summary.lost_files.iter().map(|file| format!("{} of {}", file.name, file.title)).collect(),
            pauses: transport.waits().iter().map(Duration::as_secs).filter(|seconds| *seconds > 0).collect(),
        }
    }
}

/// Reports all, in both modes, and in one go: the results wait until all are there.
async fn both_modes(answers: &[Answer], reports: &[TestReport]) -> Ended {
    let one = transport(answers);
    let reporter = reporting::<Async>(Arc::new(one.clone())).start(NewRun::new("Nightly")).await.expect("no run");
    for report in reports.iter().cloned() {
        // The task has no turn before everything is pushed.
        reporter.push(report).await.expect("not taken");
    }
    let summary = reporter.finish().await;
    let ended = Ended::new(&one, &summary);
    let other = transport(answers);
    let patient = reporting::<Blocking>(Arc::new(other.clone())).every(Duration::from_secs(60));
    let reporter = patient.start(NewRun::new("Nightly")).expect("no run");
    for report in reports.iter().cloned() {
        reporter.push(report).expect("not taken");
    }
    let summary = reporter.finish();
    assert_eq!(Ended::new(&other, &summary), ended, "the modes differ");
    ended
}

#[tokio::test]
async fn what_is_sent() {
    const RUN: &str = "POST /run/DEMO";
    const COMPLETE: &str = "POST /run/DEMO/7/complete";
    const LOOK: &str = "GET /run/DEMO/7";
    const RESULTS: &str = "POST /DEMO/run/7/results";
    const FILES: &str = "POST /attachment/DEMO";
    type Row<'a> = (&'a str, Vec<TestReport>, &'a [Answer], &'a [(&'a str, &'a str)], &'a str, &'a [&'a str], &'a [&'a str], &'a [u64]);
    let large = || File::from_reader("large.bin", std::io::empty()).length(33 * 1024 * 1024);
    let table: [Row<'_>; 15] = [
        ("nothing", vec![], &[STARTED, DONE], &[(COMPLETE, "")], "run 7: 0 results arrived; the run is complete", &[], &[], &[]),
        (
            "two results",
            reports(2, 0),
            &[STARTED, TAKEN, DONE],
            &[(RESULTS, "2"), (COMPLETE, "")],
            "run 7: 2 results arrived; the run is complete",
            &[],
            &[],
            &[],
        ),
        (
            "many results",
            reports(450, 0),
            &[STARTED, TAKEN, TAKEN, TAKEN, DONE],
            &[(RESULTS, "200"), (RESULTS, "200"), (RESULTS, "50"), (COMPLETE, "")],
            "run 7: 450 results arrived; the run is complete",
            &[],
            &[],
            &[],
        ),
        (
            "one is refused",
            reports(3, 0),
            &[STARTED, SECOND, TAKEN, DONE],
            &[(RESULTS, "3"), (RESULTS, "2"), (COMPLETE, "")],
            "run 7: 2 results arrived, 1 was refused; the run is complete",
            &[],
            &[],
            &[],
        ),
        (
            "the service fails for a while",
            reports(2, 0),
            &[STARTED, BROKEN, LOST, Is(502, ""), TAKEN, DONE],
            &[(RESULTS, "2"), (RESULTS, "2"), (RESULTS, "2"), (RESULTS, "2"), (COMPLETE, "")],
            "run 7: 2 results arrived; the run is complete",
            &[],
            &[],
            &[1, 2, 4],
        ),
        (
            "the token is wrong",
            reports(2, 0),
            &[STARTED, Is(401, "")],
            &[(RESULTS, "2")],
            "run 7: 0 results arrived, 2 were not sent; the run is open: results_v2.create_bulk (POST /v2/{project_code}/run/{run_id}/results): 401 Unauthorized; check the credentials given to the client builder",
            &["Test 0 0", "Test 1 0"],
            &[],
            &[],
        ),
        (
            "files",
            reports(2, 1),
            &[STARTED, TWO_FILES, TAKEN, DONE],
            &[(FILES, "2 files"), (RESULTS, r#"2["a1"]["a2"]"#), (COMPLETE, "")],
            "run 7: 2 results arrived; the run is complete",
            &[],
            &[],
            &[],
        ),
        (
            "too many files",
            reports(1, 2),
            &[STARTED, TOO_MUCH, ONE_FILE, ONE_FILE, TAKEN, DONE],
            &[(FILES, "2 files"), (FILES, "1 files"), (FILES, "1 files"), (RESULTS, r#"1["a1","a1"]"#), (COMPLETE, "")],
            "run 7: 1 result arrived; the run is complete",
            &[],
            &[],
            &[],
        ),
        (
            "a file that the service does not want",
            reports(1, 2),
            &[STARTED, TOO_MUCH, TOO_MUCH, ONE_FILE, TAKEN, DONE],
            &[(FILES, "2 files"), (FILES, "1 files"), (FILES, "1 files"), (RESULTS, r#"1["a1"]"#), (COMPLETE, "")],
            "run 7: 1 result arrived, 1 file could not be uploaded; the run is complete",
            &[],
            &["0.txt of Test 0"],
            &[],
        ),
        (
            "no room for files",
            reports(2, 2),
            &[STARTED, Is(507, ""), TAKEN, DONE],
            &[(FILES, "4 files"), (RESULTS, "2"), (COMPLETE, "")],
            "run 7: 2 results arrived, 4 files could not be uploaded; the run is complete",
            &[],
            &["0.txt of Test 0", "1.txt of Test 0", "0.txt of Test 1", "1.txt of Test 1"],
            &[],
        ),
        (
            "files break once, and are not taken the next time",
            reports(1, 1),
            &[STARTED, LOST, Is(403, ""), TAKEN, DONE],
            &[(FILES, "1 files"), (FILES, "1 files"), (RESULTS, "1"), (COMPLETE, "")],
            "run 7: 1 result arrived, 1 file could not be uploaded; the run is complete",
            &[],
            &["0.txt of Test 0"],
            &[1],
        ),
        (
            "a file that is too large",
            vec![TestReport::new(result("Test 0")).with_file(large())],
            &[STARTED, TAKEN, DONE],
            &[(RESULTS, "1"), (COMPLETE, "")],
            "run 7: 1 result arrived, 1 file could not be uploaded; the run is complete",
            &[],
            &["large.bin of Test 0"],
            &[],
        ),
        (
            "files and the wrong token",
            reports(1, 1),
            &[STARTED, Is(401, "")],
            &[(FILES, "1 files")],
            "run 7: 0 results arrived, 1 was not sent; the run is open: attachments.upload (POST /attachment/{code_or_hash}): 401 Unauthorized; check the credentials given to the client builder",
            &["Test 0 1"],
            &[],
            &[],
        ),
        (
            "the answer to completing is lost",
            reports(1, 0),
            &[STARTED, TAKEN, LOST, OPEN, BROKEN, OVER],
            &[(RESULTS, "1"), (COMPLETE, ""), (LOOK, ""), (COMPLETE, ""), (LOOK, "")],
            "run 7: 1 result arrived; the run is complete",
            &[],
            &[],
            &[1],
        ),
        (
            "it cannot be completed",
            reports(1, 0),
            &[STARTED, TAKEN, Is(403, ""), OPEN],
            &[(RESULTS, "1"), (COMPLETE, ""), (LOOK, "")],
            "run 7: 1 result arrived; the run is open: runs.complete (POST /run/{code}/{id}/complete): 403 Forbidden; the credentials do not give access to this",
            &[],
            &[],
            &[],
        ),
    ];
    for (name, reports, answers, sent, said, unsent, lost, pauses) in table {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let sent = std::iter::once(&(RUN, "")).chain(sent).map(|(line, what)| format!("{line} {what}").trim_end().to_owned());
        let expected =
            Ended { sent: sent.collect(), said: said.to_owned(), unsent: texts(unsent), lost: texts(lost), pauses: pauses.to_vec() };
        assert_eq!(both_modes(answers, &reports).await, expected, "{name}");
    }
}
