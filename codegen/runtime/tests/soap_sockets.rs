//! SOAP over real sockets, in both modes: what only a socket shows.

mod support;

use std::time::{Duration, Instant};
use support::both::block_on;
use support::server::{Answer, Server};
use support::soap::{self, List, Load, fault, listed, loaded};
use tms_runtime::codegen::{Mode, Operation};
use tms_runtime::{Async, Blocking, ClientBuilder, Error, RetryPolicy, SoapVersion};

const XML: &str = "content-type: text/xml; charset=utf-8\r\n";
const LIMIT: u64 = 100_000;
const LONG: Duration = Duration::from_secs(20);

/// What became of one call, and the request that was sent.
type Exchange<O> = (Result<<O as Operation>::Output, Error<<O as Operation>::Fault>>, String);

/// One attempt in either mode, each at its own server with the same answer.
fn both<O: Operation>(answer: &Answer, operation: &O, version: SoapVersion, limit: u64) -> [Exchange<O>; 2] {
    fn set_up<M: Mode>(server: &Server, version: SoapVersion, limit: u64) -> ClientBuilder<M> {
        let builder = soap::builder().base_url(format!("{}/psws/psws.asmx", server.url())).soap_version(version);
        builder.max_response_bytes(limit).timeout(LONG).retry(RetryPolicy::never())
    }
    let server = Server::start(vec![answer.clone()]);
    let client = set_up::<Async>(&server, version, limit).build().expect("a client");
    let asynchronous = (block_on(client.send(operation)), server.requests().concat());
    let server = Server::start(vec![answer.clone()]);
    let client = set_up::<Blocking>(&server, version, limit).build().expect("a client");
    let blocking = (client.send(operation), server.requests().concat());
    [asynchronous, blocking]
}

/// What became of one call in either mode.
fn outcomes(answer: &Answer, limit: u64) -> [String; 2] {
    both(answer, &Load { id: 7 }, SoapVersion::V11, limit).map(|(result, _)| match result {
        Ok(bug) => format!("bug {}", bug.id),
        Err(error) => error.to_string(),
    })
}

#[test]
fn the_same_request_in_both_modes() {
    for (version, kind, action) in [
        (SoapVersion::V11, "content-type: text/xml; charset=utf-8", "soapaction: \"urn:bugs/Load\""),
        (SoapVersion::V12, "content-type: application/soap+xml; charset=utf-8; action=\"urn:bugs/Load\"", "accept: application/soap+xml"),
    ] {
        let [first, second] =
            both(&Answer::of("200 OK", XML, &loaded("<Id>7</Id>")), &Load { id: 7 }, version, LIMIT).map(|(result, request)| {
                assert_eq!(result.map(|bug| bug.id).map_err(|error| error.to_string()), Ok(7));
                let (head, body) = request.split_once("\r\n\r\n").unwrap_or_default();
                let mut lines: Vec<String> = head
                    .lines()
                    .map(|line| {
                        line.split_once(':').map_or(line.to_owned(), |(name, value)| format!("{}:{value}", name.to_ascii_lowercase()))
                    })
                    .collect();
                lines.retain(|line| !["host:", "connection:"].iter().any(|name| line.starts_with(name)));
                lines.sort();
                assert!(lines.contains(&"POST /psws/psws.asmx HTTP/1.1".to_owned()), "{lines:?}");
                assert!(lines.contains(&kind.to_owned()) && lines.contains(&action.to_owned()), "{lines:?}");
                assert!(lines.contains(&format!("content-length: {}", body.len())), "{lines:?}");
                assert!(!lines.iter().any(|line| line.starts_with("accept-encoding")), "nobody asks for compressed answers: {lines:?}");
                (lines, body.to_owned())
            });
        assert_eq!(first, second, "async (left) and blocking (right) send different requests");
    }
}

#[test]
fn faults_at_any_status() {
    for (version, status) in
        [SoapVersion::V11, SoapVersion::V12].into_iter().flat_map(|version| [(version, "200 OK"), (version, "500 Internal Server Error")])
    {
        let answer = Answer::of(status, XML, &fault(version, "not valid"));
        for (result, request) in both(&answer, &List::default(), version, LIMIT) {
            let Err(Error::Api(error)) = result else { panic!("{version} at {status}: no fault") };
            assert_eq!((error.fault().message(), error.fault().version()), ("not valid", version), "{status}");
            assert!(!request.is_empty());
        }
    }
    let page = Answer::of("500 Internal Server Error", "content-type: text/html\r\n", "<html>Runtime Error</html>");
    for outcome in outcomes(&page, LIMIT) {
        assert_eq!(outcome, "bugs.load (POST Bugs_Load): 500 Internal Server Error: `<html>Runtime Error</html>`");
    }
}

/// How long a server says that an answer is costs nothing but what comes of it.
#[test]
fn lengths_that_are_lies() {
    let start = Instant::now();
    let two_gigabytes = |length: u64| {
        let head = format!("HTTP/1.1 200 OK\r\n{XML}content-length: {length}\r\n\r\n");
        Answer::Bytes([head.as_bytes(), loaded("<Id>7</Id>").as_bytes()].concat())
    };
    let too_large = "the answer is too large; accept more with `.max_response_bytes(..)` on the client builder";
    let stalled = Answer::Stall(format!("HTTP/1.1 200 OK\r\n{XML}content-length: 2147483648\r\n\r\n").into_bytes(), LONG);
    for answer in [two_gigabytes(1 << 31), stalled] {
        for outcome in outcomes(&answer, LIMIT) {
            assert!(outcome.ends_with(too_large), "{outcome}");
        }
    }
    for length in [1 << 31, u64::try_from(i64::MAX).unwrap_or_default()] {
        for outcome in outcomes(&two_gigabytes(length), u64::MAX) {
            assert!(outcome.contains("the connection broke before the answer was complete"), "{outcome}");
        }
    }
    assert!(start.elapsed() < LONG, "the rest was waited for");
}

#[test]
fn oversized_answers() {
    let body = listed(&"<Bug><Id>1</Id></Bug>".repeat(1000));
    let size = u64::try_from(body.len()).expect("a small body");
    let chunked = format!("HTTP/1.1 200 OK\r\n{XML}transfer-encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n");
    let endless = format!("HTTP/1.1 200 OK\r\n{XML}\r\n{}", loaded(&"<a/>".repeat(100_000)));
    for (answer, good) in [
        (Answer::of("200 OK", XML, &body), true),
        (Answer::Bytes(chunked.into_bytes()), true),
        (Answer::Bytes(endless.into_bytes()), false),
    ] {
        for (result, _) in both(&answer, &List::default(), SoapVersion::V11, size - 1) {
            let error = result.expect_err("too large").to_string();
            assert!(error.contains("the answer is too large"), "{error}");
        }
        if good {
            for (result, _) in both(&answer, &List::default(), SoapVersion::V11, size) {
                assert_eq!(result.map(|bugs| bugs.len()).map_err(|error| error.to_string()), Ok(1000), "exactly the limit");
            }
        }
    }
}

#[test]
fn records_over_sockets() {
    let answer = Answer::of("200 OK", XML, &listed(&"<Bug><Id>1</Id></Bug>".repeat(1000)));
    let server = Server::start(vec![answer.clone(), answer]);
    let client = soap::builder::<Async>().base_url(server.url()).build().expect("a client");
    let asynchronous = block_on(client.request(List::default()).records()).expect("a list");
    let client = soap::builder::<Blocking>().base_url(server.url()).build().expect("a client");
    let blocking = client.request(List::default()).records().expect("a list");
    for records in [asynchronous, blocking] {
        let bugs = records.collect::<Result<Vec<_>, _>>().expect("good entries");
        assert_eq!((bugs.len(), bugs[999].id), (1000, 1));
    }
}
