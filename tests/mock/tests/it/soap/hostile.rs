//! Bodies that mean no good: refused, and the mock goes on.

use super::{BOTH, CREDENTIALS, Post, Version, call, fault, ok, qacomplete};
use tms_mock::Reason;

/// Changes a body.
type Change = fn(String) -> String;

#[test]
fn bodies_that_mean_no_good_are_refused() {
    let bodies: [(&str, Change, &str); 10] = [
        ("a document type", |b| b.replacen("?>", "?><!DOCTYPE x>", 1), "DTD"),
        ("an entity of a file", |b| b.replacen("?>", "?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>", 1), "DTD"),
        (
            "entities in entities",
            |b| b.replacen("?>", "?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", 1),
            "DTD",
        ),
        ("an entity nobody declared", |b| b.replace(">5<", ">&five;<"), "not XML"),
        ("an illegal character", |b| b.replace(">5<", ">&#1;<"), "not XML"),
        ("half of it", |b| b[..b.len() / 2].to_owned(), "not XML"),
        ("nothing", |_| " ".to_owned(), "not XML"),
        ("JSON", |_| "{}".to_owned(), "not XML"),
        ("tags that cross", |b| b.replace("</BugId></Bugs_Load>", "</Bugs_Load></BugId>"), "not XML"),
        (
            "10,000 elements in one another",
            |b| b.replace(">5<", &format!(">{}{}<", "<a>".repeat(10_000), "</a>".repeat(10_000))),
            "in one another",
        ),
    ];
    let mock = qacomplete();
    for (what, change, message) in bodies {
        for version in BOTH {
            mock.reset();
            let mut post = Post::new(version, "Bugs_Load", &format!("{CREDENTIALS}<BugId>5</BugId>"));
            post.body = change(post.body);
            let fault = fault(&post.send(&mock), version, 500);
            assert!(fault.reason.starts_with("Server was unable to read request.") && fault.reason.contains(message), "{what}: {fault:?}");
            let problem = &mock.verdicts()[0].problems[0];
            assert_eq!(problem.reason, Reason::BadBody, "{what}: {}", mock.verdicts()[0]);
        }
        ok(&call(&mock, "Bugs_Load", "<BugId>5</BugId>"));
    }
}

#[test]
fn other_ways_to_say_the_same_are_taken() {
    let bodies: [(&str, Change); 7] = [
        ("another prefix", |b| b.replace("soap:", "e:").replace("xmlns:soap", "xmlns:e")),
        ("a prefix in the body", |b| {
            b.replace("<BugId>", "<p:BugId xmlns:p=\"http://www.pragmaticsw.com/\">").replace("</BugId>", "</p:BugId>")
        }),
        ("white space", |b| b.replace("><", ">\n  <").replace(">5<", "> 5\n<")),
        ("CDATA", |b| b.replace(">5<", "><![CDATA[5]]><")),
        ("a comment in a text", |b| b.replace(">1032<", ">10<!-- and -->32<")),
        ("character references", |b| b.replace(">5<", ">&#x35;<")),
        ("a byte order mark", |b| format!("\u{feff}{b}")),
    ];
    let mock = qacomplete();
    for (what, change) in bodies {
        let mut post = Post::new(Version::V11, "Bugs_Load", &format!("{CREDENTIALS}<BugId>5</BugId>"));
        post.body = change(post.body);
        let reply = post.send(&mock);
        assert_eq!(reply.status, 200, "{what}: {}", super::text(&reply));
    }
    mock.assert_no_verdicts();
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mock = qacomplete();
    let request = crate::client::send(&mock, "POST", "").without("Token").header("Content-Type", "text/xml; charset=utf-8");
    let head = request.header("SOAPAction", "\"http://www.pragmaticsw.com/GetVersion\"").text("..").head();
    let reply = crate::client::Connection::open(&mock).exchange(&head, &[0xff, 0xfe]).expect("an answer");
    assert!(fault(&reply, Version::V11, 500).reason.contains("not UTF-8"));
}
