//! Scripts: attached, or on another host, which must not see the credentials of this one.

use super::automation::{as_host, first, mock};
use crate::client::Reply;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use tms_mock::{Mock, Reason, qacomplete_automation as api};

/// A GET of any address, with these headers.
#[track_caller]
pub(crate) fn fetch(url: &str, headers: &[(&str, &str)]) -> Reply {
    let rest = url.strip_prefix("http://").expect("an address");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n").expect("sent");
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("an answer");
    let end = all.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).expect("a status");
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Reply { status, headers, body: all[end + 4..].to_vec() }
}

fn run(mock: &Mock, scripts: &Value) -> String {
    mock.seed(api::RUNS, &api::HOST_ID.to_string(), json!({ "items": [{ "scripts": scripts }] })).expect("seeded")
}

fn script(mock: &Mock, run: &str, agent: &str) -> Reply {
    let target = format!("/v2/hosts/142/runs/{run}/items/1/script?agent={agent}");
    as_host(mock, &first(), "GET", &target).header("Accept", "application/zip").now()
}

#[test]
fn an_attached_script_is_an_archive() {
    let mock = mock();
    let run = run(&mock, &json!([{ "agent": "junit" }, { "agent": "TestNG (Selenium)", "size": 3_000_000 }]));
    for agent in ["junit", "JUnit", "JUnit%20%28Selenium%29", "JUnit+(Selenium)"] {
        let reply = script(&mock, &run, agent);
        assert_eq!((reply.status, reply.header("Content-Type")), (200, Some("application/zip")), "{agent}");
        assert!(reply.body.starts_with(b"PK\x03\x04") && reply.body.len() > 100, "{agent}");
    }
    let large = script(&mock, &run, "testng");
    assert_eq!(large.body.len(), 3_000_000);
    assert!(large.body.iter().enumerate().all(|(n, byte)| usize::from(*byte) == n % 251), "it is the pattern");
    assert_eq!(super::failed(&script(&mock, &run, "nunit"), 404), "The test has no script for NUnit (Selenium)");
    super::failed(&script(&mock, &run, "robot"), 400);
    mock.assert_no_verdicts();
}

#[test]
fn a_script_elsewhere_is_found_by_its_place() {
    let mock = mock();
    let run = run(&mock, &json!([{ "agent": "junit", "elsewhere": true, "size": 500, "hops": 2 }]));
    let reply = script(&mock, &run, "junit");
    assert_eq!((reply.status, reply.body.len()), (302, 0));
    let elsewhere = mock.elsewhere().expect("a second address");
    let mut url = reply.header("Location").expect("a place").to_owned();
    assert!(url.starts_with(&elsewhere) && !mock.url().starts_with(&elsewhere), "{url}");
    for _ in 0..2 {
        let hop = fetch(&url, &[]);
        assert_eq!(hop.status, 302);
        url = format!("{elsewhere}{}", hop.header("Location").expect("a place"));
    }
    let reply = fetch(&url, &[("Accept", "application/zip")]);
    assert_eq!((reply.status, reply.body.len(), reply.header("Content-Type")), (200, 500, Some("application/zip")));
    assert_eq!(fetch(url.split('?').next().expect("a place"), &[]).status, 403, "the query belongs to the place");
    assert_eq!(fetch(&format!("{elsewhere}/nothing"), &[]).status, 404);
    assert_eq!(mock.elsewhere_requests().len(), 5);
    mock.assert_no_verdicts();
}

#[test]
fn credentials_that_leak_are_a_verdict() {
    let mock = mock();
    let elsewhere = mock.elsewhere().expect("a second address");
    for header in ["Authorization", "Cookie"] {
        fetch(&format!("{elsewhere}/nothing"), &[(header, "x")]);
        let verdict = mock.verdicts().pop().expect("a verdict");
        assert_eq!(
            (verdict.problems[0].reason, verdict.problems[0].place.to_lowercase()),
            (Reason::Leaked, format!("header {}", header.to_lowercase()))
        );
    }
    assert_eq!(mock.requests().len(), 0, "they are no requests to the API");
}
