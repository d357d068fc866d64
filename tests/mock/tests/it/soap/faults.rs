//! Scripted faults, as for REST.

use super::{BOTH, CREDENTIALS, Post, Version, call, fault, ok, only, qacomplete, text};
use crate::client::Reply;
use http::StatusCode;
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use tms_mock::{Answer, Fault, Mock, Reason};

fn load(mock: &Mock) -> Reply {
    call(mock, "Bugs_Load", "<BugId>5</BugId>")
}

#[test]
fn statuses_pages_and_own_answers_happen_in_their_order() {
    let mock = qacomplete();
    let own = Answer::bytes(StatusCode::OK, "text/xml", "<x/>");
    mock.script("Bugs_Load", [Fault::status(StatusCode::BAD_GATEWAY), Fault::html(StatusCode::OK), Fault::pass(), Fault::replace(own)]);
    let empty = load(&mock);
    assert_eq!((empty.status, empty.body.len()), (502, 0));
    let page = load(&mock);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    ok(&load(&mock));
    assert_eq!(text(&load(&mock)), "<x/>");
    ok(&load(&mock));
    assert_eq!((mock.scripted(), mock.hits()["Bugs_Load"]), (0, 2));
}

#[test]
fn a_soap_fault_can_come_with_any_status() {
    let mock = qacomplete();
    for version in BOTH {
        for status in [StatusCode::OK, StatusCode::BAD_REQUEST, StatusCode::INTERNAL_SERVER_ERROR] {
            mock.script_next([Fault::refusal(status, "Down for maintenance")]);
            let reply = Post::new(version, "User_GetByProject", CREDENTIALS).send(&mock);
            assert_eq!(fault(&reply, version, status.as_u16()).message.as_deref(), Some("Down for maintenance"));
        }
    }
    assert_eq!(mock.hits()["User_GetByProject"], 0);
    mock.assert_no_verdicts();
}

#[test]
fn an_answer_can_be_late_cut_or_never_come() {
    let mock = qacomplete();
    mock.script("Bugs_Load", [Fault::delay(Duration::from_millis(100)), Fault::truncate(100), Fault::reset()]);
    let start = Instant::now();
    ok(&load(&mock));
    assert!(start.elapsed() >= Duration::from_millis(100));
    let post = Post::new(Version::V11, "Bugs_Load", &format!("{CREDENTIALS}<BugId>5</BugId>"));
    assert_eq!(post.try_send(&mock).expect_err("too few bytes").kind(), ErrorKind::UnexpectedEof);
    assert_eq!(post.try_send(&mock).expect_err("no answer").kind(), ErrorKind::ConnectionReset);
}

#[test]
fn the_answer_can_be_lost_after_the_deed() {
    let mock = qacomplete();
    mock.script("Bugs_Delete", [Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR, "lost").after_acting()]);
    assert_eq!(call(&mock, "Bugs_Delete", "<BugId>5</BugId>").status, 500);
    assert_eq!(load(&mock).status, 500, "it is gone");
}

#[test]
fn the_answer_can_be_changed_in_places() {
    let mock = qacomplete();
    let change =
        Fault::edit("<BugId>5</BugId>", "<BugId>6</BugId><!-- changed -->").and_edit("soap:", "e:").and_edit("xmlns:soap", "xmlns:e");
    mock.script("Bugs_Load", [change, Fault::content_type("text/plain"), Fault::edit("nowhere", "x")]);
    assert_eq!(only(&load(&mock), "BugId"), "6");
    let plain = load(&mock);
    assert_eq!((plain.header("content-type"), only(&plain, "BugId").as_str()), (Some("text/plain"), "5"));
    mock.assert_no_verdicts();
    assert_eq!(fault(&load(&mock), Version::V11, 500).code, "soap:Server");
    assert_eq!(mock.verdicts()[0].problems[0].reason, Reason::BadFault);
}

#[test]
#[should_panic(expected = "no operation `Bugs_Lode`")]
fn a_fault_for_an_unknown_operation_is_a_mistake() {
    qacomplete().script("Bugs_Lode", [Fault::pass()]);
}
