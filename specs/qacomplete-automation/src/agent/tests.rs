//! Both drivers over answers from memory: what they send, tell and return must be the same.

use super::{BoxError, Event, HostClient, Stop, Task, TestResult, job};
use crate::types::{Agent, Host, NewHost, Outcome};
use crate::{ApiClient, Async, Blocking, Error, File, MemoryTransport, Mode, RetryPolicy};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const TOKEN: &str = "d2e1ffd1-3c74-4ccf-738b-10997283e35f";
const NONE: (u16, &str) = (200, r#"{"results":[]}"#);
const ONE: (u16, &str) = (200, r#"{"results":[{"id":7,"test_run_items":[{"sequence_number":1}]}]}"#);
const TWO: (u16, &str) =
    (200, r#"{"results":[{"id":7,"test_run_items":[{"sequence_number":1,"stop_on_fail":true},{"sequence_number":2}]}]}"#);
const ITEM: (u16, &str) = (200, r#"{"sequence_number":1}"#);
const MISSING: (u16, &str) = (404, r#"{"errors":[{"message":"not found","code":404}]}"#);
const BROKEN: (u16, &str) = (500, "");
const HOST: (u16, &str) = (200, r#"{"id":143,"security_token":"d2e1ffd1-3c74-4ccf-738b-10997283e35f"}"#);

fn answering(answers: &[(u16, &'static str)]) -> MemoryTransport {
    let transport = MemoryTransport::new();
    for (status, body) in answers {
        transport.json(*status, *body);
    }
    transport
}

fn client<M: Mode>(transport: Arc<M::Transport>) -> ApiClient<M> {
    let builder = ApiClient::builder().login("user@example.com", "not-a-password").transport(transport);
    builder.retry(RetryPolicy::never()).build().expect("no client")
}

fn host<M: Mode>(client: &ApiClient<M>) -> HostClient<M> {
    let host = Host { security_token: Some(TOKEN.into()), ..Host::new(143) };
    client.as_host(&host).expect("no client of the host")
}

/// Method, end of the path, and of JSON what is reported.
fn sent(transport: &MemoryTransport) -> Vec<String> {
    let requests = transport.requests();
    let line = requests.iter().map(|request| {
        let path = request.uri().path().rsplit_once("/v2").map_or("", |(_, path)| path);
        let body = String::from_utf8_lossy(request.body());
        let status = body.split_once(r#"{"status":""#).and_then(|(_, rest)| rest.split_once('"'));
        format!("{} {path} {}", request.method(), status.map_or("", |(status, _)| status)).trim_end().to_owned()
    });
    line.collect()
}

/// What was told, without the words of the errors.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn hear(&self, event: &Event) {
        let text = match event {
            Event::Failed { task, place: Some(place), .. } => format!("{place}: {task} failed"),
            Event::Failed { task: Task::Poll, .. } => "no list".to_owned(),
            event => event.to_string(),
        };
        self.0.lock().expect("a test panicked").push(text);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("a test panicked").clone()
    }
}

/// How a loop ended: what it sent, told, and returned.
#[derive(Debug, PartialEq)]
struct Ended {
    sent: Vec<String>,
    told: Vec<String>,
    status: Option<u16>,
}

impl Ended {
    fn new(transport: &MemoryTransport, told: &Told, result: Result<(), Error>) -> Self {
        assert_eq!(transport.remaining(), 0, "answers are left: {:?}", told.all());
        let status = result.err().map(|error| error.status().map_or(0, |status| status.as_u16()));
        Self { sent: sent(transport), told: told.all(), status }
    }
}

/// What a runner makes of a script.
fn verdict(script: &str) -> Result<TestResult, BoxError> {
    match script {
        "pass" => Ok(TestResult::new(Outcome::Passed)),
        "fail" => {
            Ok(TestResult::new(Outcome::Failed).with_log(File::from_bytes("a.xml", "<log/>")).with_report(File::from_bytes("a.mht", "")))
        }
        _ => Err("no such script".into()),
    }
}

/// Stops at the second list without tests, so that one wait is part of it.
fn stopping(stop: &Stop, told: &Told) -> impl FnMut(Event) + Send + 'static {
    let (stop, told, mut empty) = (stop.clone(), told.clone(), 0);
    move |event| {
        told.hear(&event);
        empty += u32::from(matches!(event, Event::Polled { tests: 0 }));
        if empty == 2 {
            stop.stop();
        }
    }
}

async fn run_async(answers: &[(u16, &'static str)]) -> Ended {
    let (transport, told, stop) = (answering(answers), Told::default(), Stop::new());
    let agent = host(&client::<Async>(Arc::new(transport.clone()))).agent(Agent::JUnit);
    let running = agent.stop(&stop).on_event(stopping(&stop, &told)).run(async |mut job: super::Job| {
        let mut script = Vec::new();
        while let Some(chunk) = job.script.chunk().await? {
            script.extend_from_slice(&chunk);
        }
        verdict(&String::from_utf8_lossy(&script))
    });
    let result = running.await;
    Ended::new(&transport, &told, result)
}

fn run_blocking(answers: &[(u16, &'static str)]) -> Ended {
    let (transport, told, stop) = (answering(answers), Told::default(), Stop::new());
    let agent = host(&client::<Blocking>(Arc::new(transport.clone()))).agent(Agent::JUnit).every(Duration::ZERO);
    let result = agent.stop(&stop).on_event(stopping(&stop, &told)).run(|mut job: super::blocking::Job| {
        let mut script = String::new();
        std::io::Read::read_to_string(&mut job.script, &mut script)?;
        verdict(&script)
    });
    Ended::new(&transport, &told, result)
}

#[tokio::test]
async fn both_modes_do_the_same() {
    type Row<'a> = (&'a str, &'a [(u16, &'static str)], &'a [&'a str], &'a [&'a str], Option<u16>);
    let table: [Row<'_>; 10] = [
        ("nothing waits", &[], &[], &[], None),
        (
            "a test passes",
            &[ONE, (200, "pass"), ITEM],
            &["1 test is to be run", "run 7, test 1: begins", "run 7, test 1: Passed"],
            &["GET currentruns", "GET runs/7/items/1/script", "PATCH runs/7/items/1 Passed"],
            None,
        ),
        (
            "a test fails and stops its run",
            &[TWO, (200, "fail"), ITEM, (200, ""), (200, ""), ITEM],
            &["2 tests are to be run", "run 7, test 1: begins", "run 7, test 1: Failed", "run 7, test 2: Skipped"],
            &[
                "GET currentruns",
                "GET runs/7/items/1/script",
                "PATCH runs/7/items/1 Failed",
                "POST runs/7/items/1/logs",
                "POST runs/7/items/1/report",
                "PATCH runs/7/items/2 Skipped",
            ],
            None,
        ),
        (
            "there is no script",
            &[ONE, MISSING, ITEM],
            &["1 test is to be run", "run 7, test 1: downloading the script failed", "run 7, test 1: Blocked"],
            &["GET currentruns", "GET runs/7/items/1/script", "PATCH runs/7/items/1 Blocked"],
            None,
        ),
        (
            "the script cannot be had now",
            &[ONE, BROKEN, ONE, (200, "pass"), ITEM],
            &[
                "1 test is to be run",
                "run 7, test 1: downloading the script failed",
                "1 test is to be run",
                "run 7, test 1: begins",
                "run 7, test 1: Passed",
            ],
            &[
                "GET currentruns",
                "GET runs/7/items/1/script",
                "GET currentruns",
                "GET runs/7/items/1/script",
                "PATCH runs/7/items/1 Passed",
            ],
            None,
        ),
        (
            "the runner does not know what to do",
            &[ONE, (200, "?"), ITEM],
            &["1 test is to be run", "run 7, test 1: begins", "run 7, test 1: running failed", "run 7, test 1: Blocked"],
            &["GET currentruns", "GET runs/7/items/1/script", "PATCH runs/7/items/1 Blocked"],
            None,
        ),
        (
            "the result cannot be reported now",
            &[ONE, (200, "pass"), BROKEN, ONE, ITEM],
            &[
                "1 test is to be run",
                "run 7, test 1: begins",
                "run 7, test 1: reporting failed",
                "1 test is to be run",
                "run 7, test 1: Passed",
            ],
            &[
                "GET currentruns",
                "GET runs/7/items/1/script",
                "PATCH runs/7/items/1 Passed",
                "GET currentruns",
                "PATCH runs/7/items/1 Passed",
            ],
            None,
        ),
        (
            "log and report cannot be uploaded",
            &[ONE, (200, "fail"), ITEM, BROKEN, MISSING],
            &[
                "1 test is to be run",
                "run 7, test 1: begins",
                "run 7, test 1: Failed",
                "run 7, test 1: uploading the log failed",
                "run 7, test 1: uploading the report failed",
            ],
            &[
                "GET currentruns",
                "GET runs/7/items/1/script",
                "PATCH runs/7/items/1 Failed",
                "POST runs/7/items/1/logs",
                "POST runs/7/items/1/report",
            ],
            None,
        ),
        ("the list cannot be read now", &[BROKEN, (200, "<html>")], &["no list", "no list"], &["GET currentruns", "GET currentruns"], None),
        ("the list cannot be read", &[BROKEN, (401, "")], &["no list"], &["GET currentruns", "GET currentruns"], Some(401)),
    ];
    for (name, answers, told, sent, status) in table {
        let idle = if status.is_none() { 2 } else { 0 };
        let answers = [answers, &[NONE; 2][..idle]].concat();
        let path = |line: &&str| line.replacen(' ', " /hosts/143/", 1);
        let expected = Ended {
            sent: sent.iter().chain(&["GET currentruns"; 2][..idle]).map(path).collect(),
            told: told.iter().chain(&["0 tests are to be run"; 2][..idle]).map(ToString::to_string).collect(),
            status,
        };
        assert_eq!(run_async(&answers).await, expected, "async: {name}");
        assert_eq!(run_blocking(&answers), expected, "blocking: {name}");
    }
}

#[tokio::test]
async fn finding_and_registering() {
    type Row<'a> = (&'a [(u16, &'static str)], &'a [&'a str], Result<i64, u16>);
    let table: [Row<'_>; 7] = [
        (&[HOST], &["GET"], Ok(143)),
        (&[MISSING, HOST], &["GET", "POST"], Ok(143)),
        (&[MISSING, BROKEN, HOST], &["GET", "POST", "GET"], Ok(143)),
        (&[MISSING, BROKEN, MISSING], &["GET", "POST", "GET"], Err(500)),
        (&[MISSING, BROKEN, (403, "")], &["GET", "POST", "GET"], Err(403)),
        (&[MISSING, (403, "")], &["GET", "POST"], Err(403)),
        (&[(401, "")], &["GET"], Err(401)),
    ];
    for (answers, methods, expected) in table {
        let id = |found: Result<Host, Error>| found.map(|host| host.id).map_err(|error| error.status().map_or(0, |status| status.as_u16()));
        let expected = (methods.iter().map(|method| format!("{method} /hosts")).collect::<Vec<_>>(), expected);
        let new = NewHost::new("RACK11-W7X64", "x64").with_dept_id(8162);
        let transport = answering(answers);
        let found = client::<Async>(Arc::new(transport.clone())).hosts().find_or_register(new.clone()).await;
        assert_eq!((sent(&transport), id(found)), expected, "async: {answers:?}");
        assert_eq!(transport.requests()[0].uri().query(), Some("name=RACK11-W7X64&deptid=8162"));
        let transport = answering(answers);
        let found = client::<Blocking>(Arc::new(transport.clone())).hosts().find_or_register(new);
        assert_eq!((sent(&transport), id(found)), expected, "blocking: {answers:?}");
    }
}

#[test]
fn a_host_speaks_for_itself() {
    let transport = answering(&[HOST]);
    let client = client::<Blocking>(Arc::new(transport.clone()));
    let host = host(&client);
    host.get().send().expect("the host is there");
    let requests = transport.requests();
    let authorization = requests[0].headers().get("authorization").map(|value| value.to_str().expect("no text"));
    assert_eq!(authorization, Some("Basic MTQzOmQyZTFmZmQxLTNjNzQtNGNjZi03MzhiLTEwOTk3MjgzZTM1Zg=="));
    let shown = format!("{host:?} {:?}", host.agent(Agent::JUnit));
    assert!(!shown.contains(TOKEN), "{shown}");
    let error = client.as_host(&Host::new(143)).expect_err("a host without token");
    assert!(error.to_string().contains("HostToken"), "{error}");
}

#[test]
fn waiting_ends_at_once() {
    let (transport, stop) = (answering(&[NONE]), Stop::new());
    let agent = host(&client::<Blocking>(Arc::new(transport))).agent(Agent::JUnit).every(Duration::from_secs(600)).stop(&stop);
    let running = std::thread::spawn(move || agent.run(|_: super::blocking::Job| verdict("pass")));
    stop.stop();
    running.join().expect("the loop panicked").expect("the loop failed");
}

#[test]
fn loops_can_be_spawned() {
    fn can_be_spawned<T: Send + 'static>(_: T) {}
    let client = client::<Async>(Arc::new(MemoryTransport::new()));
    can_be_spawned(host(&client).agent(Agent::JUnit).run(async |_: super::Job| verdict("pass")));
}

#[test]
fn what_may_pass() {
    let error = |status| client::<Blocking>(Arc::new(answering(&[(status, "")]))).hosts().find("x").send().expect_err("no error");
    let table: [(BoxError, bool); 6] = [
        (error(503).into(), true),
        (error(404).into(), false),
        (std::io::Error::other(error(503)).into(), true),
        (std::io::Error::other(std::io::Error::other(error(503))).into(), true),
        (std::io::Error::other(error(404)).into(), false),
        ("503".into(), false),
    ];
    for (error, expected) in table {
        assert_eq!(job::may_pass(&error), expected, "{error}");
    }
}
