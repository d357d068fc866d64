//! Jobs, whole files, other servers, totals in headers and limits the server tells of. Every case runs through both loops.

mod support;

use std::sync::Arc;
use std::time::Duration;
use support::api::{self, case, get};
use support::both::{self, Plain, Seen, Setup, block_on};
use support::service::{Bare, GetJob, Job, Store, Submit};
use tms_runtime::codegen::{Mode, Submits};
use tms_runtime::{Async, Blocking, Client, ClientBuilder, Error, File, JobError, JobErrorKind, MemoryTransport, TransportErrorKind, Wait};

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn job(state: &str) -> String {
    format!(r#"{{"id":7,"state":"{state}","content":"c"}}"#)
}

/// Waits for a job in both modes.
fn wait<O: Submits<Output = Job> + Clone>(wait: Wait, script: impl Fn(&MemoryTransport), operation: &O) -> Seen {
    /// The job, or the error with what is known of the job.
    fn told<F: 'static>(result: Result<Job, JobError<Job, F>>) -> Result<Text, Error<F>> {
        Ok(Text(match result {
            Ok(job) => format!("{job:?}"),
            Err(error) => format!("{error} | {:?}", error.job().and_then(|job| job.state.as_deref())),
        }))
    }
    both::both(
        Plain,
        script,
        |client| told(block_on(client.request(operation.clone()).send_and_wait(wait))),
        |client| told(client.request(operation.clone()).send_and_wait(wait)),
    )
}

/// A text that is shown as it is.
struct Text(String);

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[test]
fn jobs_are_waited_for() {
    type Row<'a> = (&'a str, Vec<(u16, String)>, &'a [u64], &'a str);
    let short = Wait::default().timeout(s(20));
    let states = |states: &[&str]| states.iter().map(|state| (200, job(state))).collect::<Vec<_>>();
    let table: [Row<'_>; 9] = [
        ("at once", states(&["SUCCESS"]), &[], "Job { id: Some(7), state: Some(\"SUCCESS\")"),
        ("soon", states(&["IN_WAITING", "IN_PROCESSING", "PENDING", "SUCCESS"]), &[1, 2, 4], "Job { id: Some(7), state: Some(\"SUCCESS\")"),
        ("an unknown state", states(&["THINKING", "SUCCESS"]), &[1], "Job { id: Some(7), state: Some(\"SUCCESS\")"),
        ("no state", vec![(200, r#"{"id":7}"#.into()), (200, job("SUCCESS"))], &[1], "Job {"),
        (
            "failed at once",
            states(&["FAILED"]),
            &[],
            "jobs.submit (POST /jobs): the job failed; what the service tells about it is in the error's `job` | Some(\"FAILED\")",
        ),
        ("failed", states(&["PENDING", "FAILED"]), &[1], "jobs.submit (POST /jobs): the job failed"),
        (
            "too long",
            states(&["PENDING", "PENDING", "PENDING", "PENDING", "PENDING", "IN_PROCESSING"]),
            &[1, 2, 4, 8, 5],
            "jobs.submit (POST /jobs): the job was not over within 20s; raise the timeout of `Wait`, or ask for the job later | Some(\"IN_PROCESSING\")",
        ),
        (
            "a question that fails",
            vec![(200, job("PENDING")), (404, r#"{"errorMessage":"no such job"}"#.into())],
            &[1],
            "jobs.submit (POST /jobs): the job was submitted, but asking for it failed: jobs.get (GET /jobs/{id}): 404 Not Found: no such job | Some(\"PENDING\")",
        ),
        ("no job", vec![(200, "{}".into())], &[], "jobs.submit (POST /jobs): the answer does not say which job to ask for | None"),
    ];
    for (name, answers, waits, expected) in table {
        let script = |memory: &MemoryTransport| {
            for (status, body) in &answers {
                memory.json(*status, body.clone());
            }
        };
        let seen = wait(short, script, &Submit);
        assert!(seen.result.starts_with(expected), "{name}: {}\n  is not: {expected}", seen.result);
        assert_eq!(seen.waits, waits.iter().copied().map(s).collect::<Vec<_>>(), "{name}");
        let lines: Vec<&str> = seen.requests.iter().filter_map(|request| request.lines().next()).collect();
        assert_eq!(lines[0], "POST https://api.example.com/v1/jobs", "{name}");
        assert!(lines[1..].iter().all(|line| *line == "GET https://api.example.com/v1/jobs/7"), "{name}: {lines:?}");
        assert_eq!(lines.len(), answers.len(), "{name}");
    }
    let refused = |memory: &MemoryTransport| {
        memory.json(400, r#"{"errorMessage":"no logs"}"#);
    };
    let seen = wait(short, refused, &Submit);
    assert_eq!(seen.result, "jobs.submit (POST /jobs): 400 Bad Request: no logs | None", "nothing was submitted");
    let later = |memory: &MemoryTransport| {
        memory.json(200, job("PENDING")).json(200, job("SUCCESS"));
    };
    let seen = wait(short.first(s(3)), later, &GetJob { id: 7 });
    assert_eq!((seen.requests.len(), seen.waits), (2, vec![s(3)]), "a job can be waited for later");
}

#[test]
fn what_became_of_a_job() {
    let client = || {
        let memory = MemoryTransport::new();
        (memory.clone(), api::builder::<Blocking>(&api::API).transport(Arc::new(memory)).build().expect("a client"))
    };
    let (memory, failing) = client();
    memory.json(200, job("FAILED"));
    let error = failing.request(Submit).send_and_wait(Wait::default()).expect_err("a failure");
    assert!(matches!(error.kind(), JobErrorKind::Failed), "{error:?}");
    assert_eq!((error.operation(), error.job().and_then(|job| job.id)), ("jobs.submit", Some(7)));
    let (memory, broken) = client();
    memory.failure(TransportErrorKind::Interrupted);
    let error = broken.request(Submit).send_and_wait(Wait::default()).expect_err("a failure");
    assert!(matches!(error.kind(), JobErrorKind::Call(Error::Transport(_))) && error.job().is_none(), "{error:?}");
}

#[test]
fn whole_files() {
    type Row = (fn() -> File, &'static str, &'static str);
    let table: [Row; 4] = [
        (|| File::from_bytes("a.png", "PNG"), "image/png", "a.png"),
        (|| File::new("b", "application/x-log; charset=utf-8", "PNG"), "application/x-log; charset=utf-8", "b"),
        (|| File::from_reader("Grüße.txt", "PNG and more".as_bytes()).length(3), "text/plain", "Grüße.txt"),
        (|| b"PNG".to_vec().into(), "application/octet-stream", "file"),
    ];
    for (file, content_type, name) in table {
        let seen = both::both(
            Plain,
            |memory| {
                memory.json(200, "done");
            },
            |client| block_on(client.send(&Store { file: file() })),
            |client| client.send(&Store { file: file() }),
        );
        let request = &seen.requests[0];
        for line in [format!("\nfile-name: {name}\n"), format!("\ncontent-type: {content_type}\n"), "\n\nPNG".to_owned()] {
            assert!(request.contains(&line), "{name}: {request}\n  lacks: {line}");
        }
        assert!(request.ends_with("PNG"), "{name}: {request}");
    }
    let seen = both::send(Plain, |_| {}, &Store { file: File::new("a", "text/plain\nX-Evil: 1", "x") });
    assert_eq!(seen.result, "files.store (PUT /store): argument `content type` has characters that cannot stand in a header");
}

#[test]
fn totals_in_headers() {
    let answer = |memory: &MemoryTransport, total: Option<&str>, body: &str| {
        let response = http::Response::builder().status(200);
        let response = total.into_iter().fold(response, |response, total| response.header("X-Item-Total", total));
        memory.answer(response.body(body.to_owned()).expect("a valid answer"));
    };
    type Row<'a> = (&'a str, Option<&'a str>, &'a [&'a str], &'a str);
    let table: [Row<'_>; 5] = [
        ("a server with smaller pages", Some("5"), &["[1,2]", "[3,4]", "[5]", "[]"], "[1, 2, 3, 4, 5]"),
        ("no header", None, &["[1,2]"], "[1, 2]"),
        ("a header that is no number", Some("many"), &["[1,2]"], "[1, 2]"),
        ("a total that is too large ends with an empty page", Some("9"), &["[1,2]", "[]"], "[1, 2]"),
        ("one that stands alone", Some("2"), &["1", "[2]"], "[1, 2]"),
    ];
    for (name, total, bodies, expected) in table {
        let seen = both::list(Plain, |memory| bodies.iter().for_each(|body| answer(memory, total, body)), &Bare::default(), 99);
        assert_eq!((seen.result.as_str(), seen.requests.len()), (expected, bodies.len()), "{name}");
        let line = seen.requests.last().and_then(|request| request.lines().next()).unwrap_or_default();
        assert_eq!(line, format!("GET https://api.example.com/v2/bare?page={}&pageSize=100", bodies.len()), "{name}");
    }
}

#[test]
fn other_servers_of_the_same_host() {
    #[derive(Clone, Copy)]
    struct At(&'static str);
    impl Setup for At {
        fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
            builder.base_url(self.0)
        }
    }
    for (base, expected) in [("http://127.0.0.1:8080", "http://127.0.0.1:8080/v2/bare"), ("http://h/proxy/v1/", "http://h/proxy/v2/bare")] {
        let seen = both::send(
            At(base),
            |memory| {
                memory.json(200, "[]");
            },
            &Bare::default(),
        );
        assert!(seen.requests[0].starts_with(&format!("GET {expected}\n")), "{base}: {}", seen.requests[0]);
    }
}

#[test]
fn limits_that_the_server_tells_of() {
    type Headers = &'static [(&'static str, &'static str)];
    let answer = |memory: &MemoryTransport, status: u16, headers: Headers, body: String| {
        let response = http::Response::builder().status(status);
        let response = headers.iter().fold(response, |response, (name, text)| response.header(*name, *text));
        memory.answer(response.body(body).expect("a valid answer"));
    };
    let table: [(u16, Headers, &[u64]); 6] = [
        (200, &[("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "30")], &[]),
        (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], &[30]),
        (200, &[("x-ratelimit-remaining-minute", "0"), ("ratelimit-reset", "12")], &[12]),
        (200, &[("ratelimit", "\"minute\";r=0;t=8")], &[8]),
        (200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "9999")], &[120]),
        (429, &[("ratelimit-reset", "12")], &[12]),
    ];
    for (status, headers, waits) in table {
        let script = |memory: &MemoryTransport| {
            answer(memory, status, headers, if status == 200 { case(1) } else { "{}".into() });
            memory.json(200, case(2));
        };
        let calls = |first: bool| if first && status == 429 { 1 } else { 2 };
        let seen = both::both(
            Plain,
            script,
            |client| block_on(async { futures(&client, calls(true)).await }),
            |client| {
                let clones = [client.clone(), client];
                clones.iter().take(calls(true)).try_fold(0, |sum, client| client.send(&get(1)).map(|case| sum + case.id))
            },
        );
        assert_eq!(seen.waits, waits.iter().copied().map(s).collect::<Vec<_>>(), "{status} {headers:?}: {}", seen.result);
    }
}

/// So many calls, each by a clone.
async fn futures(client: &Client<Async>, calls: usize) -> Result<i64, Error<api::Fault>> {
    let mut sum = 0;
    for client in [client.clone(), client.clone()].iter().take(calls) {
        sum += client.send(&get(1)).await?.id;
    }
    Ok(sum)
}
