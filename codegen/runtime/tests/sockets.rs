//! Both transports over real sockets: what only a socket shows.

mod support;

use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};
use support::api::{self, Create, Get, Ping, SECRET, Upload, case, get};
use support::both::{block_on, without_chance};
use support::server::{Answer, Server};
use tms_runtime::codegen::{Auth, DecodeError, EncodeError, Info, Method, Mode, Operation, Parts, Raw, Retry};
use tms_runtime::{Async, Blocking, ClientBuilder, Error, File, RetryPolicy};

const LONG: Duration = Duration::from_secs(20);

/// What a call came to, and the requests the server got.
type Exchange<O> = (Result<<O as Operation>::Output, Error<<O as Operation>::Fault>>, Vec<String>);

/// One attempt in either mode, each at its own server with the same answers.
fn both<O>(answers: &[Answer], operation: &O, limit: u64, timeout: Duration) -> [Exchange<O>; 2]
where
    O: Operation,
{
    fn set_up<M: Mode>(server: &Server, limit: u64, timeout: Duration) -> ClientBuilder<M> {
        let builder = api::builder(&api::API).base_url(server.url()).max_response_bytes(limit);
        builder.timeout(timeout).retry(RetryPolicy::never())
    }
    let server = Server::start(answers.to_vec());
    let client = set_up::<Async>(&server, limit, timeout).build().expect("a client");
    let asynchronous = (block_on(client.send(operation)), server.requests());
    let server = Server::start(answers.to_vec());
    let client = set_up::<Blocking>(&server, limit, timeout).build().expect("a client");
    let blocking = (client.send(operation), server.requests());
    [asynchronous, blocking]
}

/// The error of either mode, which has to contain `expected`.
fn both_fail<O: Operation>(answers: &[Answer], operation: &O, limit: u64, timeout: Duration, expected: &str) {
    for ((result, requests), mode) in both(answers, operation, limit, timeout).into_iter().zip(["async", "blocking"]) {
        let Err(error) = result else { panic!("{mode}: no error") };
        assert!(error.to_string().contains(expected), "{mode}: {error}\n  does not contain: {expected}");
        assert!(!error.to_string().contains(SECRET), "{mode}: a secret in: {error}");
        assert!(requests.len() <= 1, "{mode}: sent more than once: {requests:?}");
    }
}

/// Method, target, the headers that matter, and the body: what a server acts on.
fn essence(request: &str) -> String {
    let request = without_chance(request);
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((&request, ""));
    let mut lines = head.lines().map(str::to_owned);
    let start = lines.next().unwrap_or_default();
    let mut headers: Vec<String> = lines
        .filter_map(|line| line.split_once(':').map(|(name, value)| format!("{}:{value}", name.to_ascii_lowercase())))
        .filter(|line| !["host:", "connection:"].iter().any(|name| line.starts_with(name)))
        .collect();
    headers.sort();
    format!("{start}\n{}\n\n{body}", headers.join("\n"))
}

#[test]
fn the_same_bytes_in_both_modes() {
    fn same<O: Operation>(operation: &O, answer: &str, expected: &[&str]) {
        let [(asynchronous, first), (blocking, second)] = both(&[Answer::json(answer)], operation, 1000, LONG);
        assert!(asynchronous.is_ok() && blocking.is_ok(), "{:?} {:?}", asynchronous.err(), blocking.err());
        let (first, second) = (essence(&first.join("")), essence(&second.join("")));
        assert_eq!(first, second, "async (left) and blocking (right) send different requests");
        assert_eq!(first.lines().collect::<Vec<_>>(), expected);
    }
    let (accept, agent, token) = ("accept: application/json", "user-agent: sample/0.1.0", "token: fake-token-0000");
    let line = "GET /case/a%2Fb/7 HTTP/1.1";
    same(&Get { code: "a/b".to_owned(), id: 7 }, &case(7), &[line, accept, token, agent, ""]);
    let create = Create { title: "ü".to_owned() };
    let (kind, length) = ("content-type: application/json", "content-length: 4");
    same(&create, &case(7), &["POST /case HTTP/1.1", accept, length, kind, token, agent, "", "\"ü\""]);
    same(&Ping, "{}", &["POST /ping HTTP/1.1", accept, "content-length: 0", agent, ""]);
    let upload = Upload { file: File::new("a", "b/c", "xyz") };
    let form = "content-type: multipart/form-data; boundary=boundary";
    let disposition = "Content-Disposition: form-data; name=\"file[]\"; filename=\"a\"";
    let head = ["PUT /file HTTP/1.1", "accept: text/plain", "content-length: 187", form, agent, ""];
    let body = ["--boundary", disposition, "Content-Type: b/c", "", "xyz", "--boundary--"];
    same(&upload, "{}", &[&head[..], &body[..]].concat());
    same(&Remove, "{}", &["DELETE /cases HTTP/1.1", accept, "content-length: 5", kind, agent, "", "[1,2]"]);
}

/// A DELETE that says in its body what is to go.
#[derive(Clone, Debug)]
struct Remove;

impl Operation for Remove {
    type Output = ();
    type Fault = api::Fault;
    const INFO: Info =
        Info { name: "cases.remove", method: Method::Delete, path: "/cases", auth: Auth::None, retry: Retry::Idempotent, envelope: None };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/cases");
        parts.json(&vec![1_i64, 2]);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<(), DecodeError> {
        raw.empty()
    }
}

#[test]
fn truncated_answers() {
    let whole = case(7);
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", whole.len());
    let by_length = Answer::Bytes([head.as_bytes(), &whole.as_bytes()[..20]].concat());
    let by_chunks = Answer::Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"status\"".to_vec());
    let head_only = Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec());
    let nothing = Answer::Bytes(Vec::new());
    for answer in [by_length, by_chunks, head_only, nothing] {
        let expected = "the connection broke before the answer was complete";
        both_fail(std::slice::from_ref(&answer), &get(7), 1000, LONG, expected);
    }
}

#[test]
fn timeouts() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    for answer in [Answer::Silence(LONG), Answer::Stall(head, LONG)] {
        let start = Instant::now();
        let expected = "no answer within 300ms; raise the timeout";
        both_fail(&[answer], &get(7), 1000, Duration::from_millis(300), expected);
        assert!(start.elapsed() < LONG, "the server was waited for");
    }
}

#[test]
fn oversized_answers() {
    let body = case(7);
    let size = u64::try_from(body.len()).expect("a small body");
    let chunked = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n");
    for answer in [Answer::json(&body), Answer::Bytes(chunked.into_bytes())] {
        let answers = std::slice::from_ref(&answer);
        both_fail(answers, &get(7), size - 1, LONG, "accept more with `.max_response_bytes(..)` on the client builder");
        for (result, _) in both(answers, &get(7), size, LONG) {
            assert_eq!(result.map(|case| case.id).map_err(|error| error.to_string()), Ok(7), "exactly the limit");
        }
    }
}

#[test]
fn redirects_to_another_host() {
    let other = Server::start(vec![Answer::json(&case(7))]);
    let redirect = Answer::of("307 Temporary Redirect", &format!("location: {}/case\r\n", other.url()), "");
    both_fail(&[redirect], &get(7), 1000, LONG, "the redirect is not followed: it leads to another host");
    assert_eq!(other.requests(), Vec::<String>::new(), "the other host got a request");
    let within = [Answer::of("302 Found", "location: /elsewhere\r\n", ""), Answer::json(&case(7))];
    for (result, requests) in both(&within, &get(7), 1000, LONG) {
        assert!(result.is_ok(), "{:?}", result.err());
        assert!(requests[1].starts_with("GET /elsewhere HTTP/1.1\r\n"), "{requests:?}");
    }
}

#[test]
fn nobody_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let url = format!("http://{address}");
    let expected = format!("cases.create (POST /case) at {url}: no connection to the server: ");
    let create = Create { title: "x".to_owned() };
    let fast = RetryPolicy::new().attempts(2).backoff(Duration::from_millis(1), Duration::from_millis(1));
    let client = api::builder::<Async>(&api::API).base_url(&url).retry(fast).build().expect("a client");
    let asynchronous = block_on(client.send(&create)).expect_err("nobody is there").to_string();
    let client = api::builder::<Blocking>(&api::API).base_url(&url).retry(fast).build().expect("a client");
    let blocking = client.send(&create).expect_err("nobody is there").to_string();
    for error in [asynchronous, blocking] {
        assert!(error.starts_with(&expected) && error.ends_with("(after 2 attempts)"), "{error}");
        assert!(error.to_lowercase().contains("refused"), "the cause is shown: {error}");
    }
    let client = api::builder::<Blocking>(&api::API).base_url("http://no-such-host.invalid").retry(fast).build();
    let error = client.expect("a client").send(&create).expect_err("no such host").to_string();
    assert!(error.contains("no connection to the server"), "{error}");
}

#[test]
fn nothing_readable_is_sent_to_a_server_without_tls() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let server = thread::spawn(move || {
        let mut received = Vec::new();
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).expect("a greeting");
            received.extend_from_slice(&buffer[..count]);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expect("the client listens");
        }
        received
    });
    let client = api::builder::<Async>(&api::API).base_url(&url).retry(RetryPolicy::never()).build().expect("a client");
    let asynchronous = block_on(client.send(&get(1))).expect_err("no TLS").to_string();
    let client = api::builder::<Blocking>(&api::API).base_url(&url).retry(RetryPolicy::never()).build().expect("a client");
    let blocking = client.send(&get(1)).expect_err("no TLS").to_string();
    let received = String::from_utf8_lossy(&server.join().expect("the server ran")).into_owned();
    assert!(!received.contains(SECRET) && !received.contains("GET"), "readable on the wire: {received}");
    for error in [asynchronous, blocking] {
        assert!(error.contains("received corrupt message"), "the cause is shown: {error}");
    }
}

#[test]
fn endless_timeouts_are_timeouts() {
    let server = Server::start(vec![Answer::json(&case(7)), Answer::json(&case(7))]);
    let client = api::builder::<Async>(&api::API).base_url(server.url()).attempt_timeout(Duration::MAX).timeout(Duration::MAX);
    assert!(block_on(client.build().expect("a client").send(&get(7))).is_ok());
    let client = api::builder::<Blocking>(&api::API).base_url(server.url()).attempt_timeout(Duration::MAX).timeout(Duration::MAX);
    assert!(client.build().expect("a client").send(&get(7)).is_ok());
}

#[test]
fn a_dropped_call_closes_its_connection() {
    let server = Server::start(vec![Answer::Silence(LONG), Answer::json(&case(7))]);
    let client = api::builder::<Async>(&api::API).base_url(server.url()).build().expect("a client");
    let result = block_on(async {
        let call = client.request(get(1)).send();
        let cut = tokio::time::timeout(Duration::from_millis(200), call).await;
        assert!(cut.is_err(), "the server answered");
        client.request(get(7)).send().await
    });
    assert_eq!(result.map(|case| case.id).map_err(|error| error.to_string()), Ok(7), "the client is still good");
}
