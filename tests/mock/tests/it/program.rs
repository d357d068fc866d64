//! `tms-mock` as a program.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tms-mock")).args(arguments).output().expect("the program runs")
}

#[test]
fn help_goes_to_standard_output() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("--no-rate-limit") && text.contains("--port <N>"), "{text}");
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    for (arguments, complaint) in
        [(&[] as &[&str], "which API?"), (&["jira"], "jira"), (&["qase", "--port", "many"], "many"), (&["qase", "--fast"], "--fast")]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.starts_with("error: ") && text.contains(complaint), "{arguments:?}: {text}");
    }
}

#[test]
fn a_taken_port_is_exit_code_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("bound").port().to_string();
    let output = run(&["qase", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no socket"));
}

#[test]
fn it_says_where_it_is_and_serves() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tms-mock"))
        .args(["qase", "--no-rate-limit"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut value = |name: &str| {
        let line = lines.next().expect("a line").expect("text");
        line.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or_else(|| panic!("`{name}` first in `{line}`")).to_owned()
    };
    let (url, base, token, operations) = (value("url"), value("env"), value("env"), value("operations"));
    assert_eq!(base, format!("QASE_BASE_URL={url}"));
    let token = token.strip_prefix("QASE_TOKEN=").expect("the token");
    assert_eq!(operations, "97");
    let address = url.strip_prefix("http://").and_then(|u| u.strip_suffix("/v1")).expect("a URL with /v1");
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = format!("GET /v1/user HTTP/1.1\r\nHost: x\r\nToken: {token}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    child.kill().expect("it was running");
    child.wait().expect("it ended");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn each_api_can_be_served() {
    for (api, first, operations) in
        [("qacomplete", "QACOMPLETE_BASE_URL=", "104"), ("qacomplete-automation", "QACOMPLETE_AUTOMATION_BASE_URL=", "10")]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tms-mock")).arg(api).stdout(Stdio::piped()).spawn().expect("the program runs");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
        let head: Vec<String> = lines.take_while(|line| !line.starts_with("serving")).collect();
        child.kill().expect("it was running");
        child.wait().expect("it ended");
        let url = head[0].strip_prefix("url: ").expect("the address first");
        assert_eq!(head[1], format!("env: {first}{url}"));
        assert_eq!(head[2..4], ["env: QACOMPLETE_LOGIN=john@example.com".to_owned(), "env: QACOMPLETE_PASSWORD=p@ssword".to_owned()]);
        assert_eq!(head[4], format!("operations: {operations}"));
    }
}

#[test]
fn of_soap_it_says_everything_a_client_needs() {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_tms-mock")).arg("qacomplete-soap").stdout(Stdio::piped()).spawn().expect("the program runs");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
    let head: Vec<String> = lines.take_while(|line| !line.starts_with("serving")).collect();
    child.kill().expect("it was running");
    child.wait().expect("it ended");
    let url = head[0].strip_prefix("url: ").expect("the address first");
    let expected = [
        format!("env: QACOMPLETE_SOAP_BASE_URL={url}"),
        "env: QACOMPLETE_SOAP_APP_CODE=agSP".to_owned(),
        "env: QACOMPLETE_SOAP_DEPT_ID=7154".to_owned(),
        "env: QACOMPLETE_SOAP_PROJ_ID=1032".to_owned(),
        "env: QACOMPLETE_SOAP_USER_ID=25315".to_owned(),
        "env: QACOMPLETE_SOAP_PASS_CODE=p@ssword".to_owned(),
        "env: QACOMPLETE_SOAP_EMAIL=john.doe@example.com".to_owned(),
        "env: QACOMPLETE_SOAP_PASSWORD=p@ssword".to_owned(),
    ];
    assert_eq!(head[1..9], expected);
    assert!(head[9].starts_with("operations: "), "{head:?}");
}
