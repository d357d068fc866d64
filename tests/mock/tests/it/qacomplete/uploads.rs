//! Files: taken apart to the letter, kept, and given back.

use super::{call, failed, form, get, mock, verdict};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use tms_mock::{Reason, qacomplete as api};

const FILES: &str = "/v1/projects/11873/Bugs/12/files";

#[test]
fn an_attachment_is_kept_replaced_and_renamed() {
    let mock = mock();
    let parts: &[(&str, Option<&str>, &[u8])] = &[("Title", None, "Größe".as_bytes()), ("File", Some("a.bin"), b"\x00\xff\r\n--x\r\n")];
    let file = form(call(&mock, "POST", FILES), parts).now().ok();
    assert_eq!((&file["title"], &file["file_name"], &file["attachment_type_code"]), (&json!("Größe"), &json!("a.bin"), &json!("File")));
    assert_eq!((&file["entity_code"], &file["entity_id"]), (&json!("Bugs"), &json!(12)));
    let kept = mock.uploads();
    assert_eq!(kept[0].content.bytes().expect("in memory")[..], b"\x00\xff\r\n--x\r\n"[..]);
    assert_eq!(kept[0].content_type.as_deref(), Some("application/octet-stream"));
    let url = format!("{}/uploads/1", mock.elsewhere().expect("a second address"));
    assert_eq!(super::scripts::fetch(&url, &[]).body, b"\x00\xff\r\n--x\r\n");
    let target = format!("{FILES}/{}", file["id"]);
    let replaced = form(call(&mock, "PUT", &target), &[("Title", None, b"b"), ("File", Some("b.bin"), b"")]).now().ok();
    assert_eq!((&replaced["file_name"], &replaced["id"]), (&json!("b.bin"), &file["id"]));
    let renamed = call(&mock, "PATCH", &target).json(&json!({ "Title": "c", "Comments": "<i>d</i>" })).now().ok();
    assert_eq!((&renamed["title"], &renamed["comments"], &renamed["file_name"]), (&json!("c"), &json!("<i>d</i>"), &json!("b.bin")));
    assert_eq!(get(&mock, "/v1/projects/11873/defects/12")["nbr_files"], 2);
    let untitled = form(call(&mock, "POST", FILES), &[("File", Some("c.txt"), b"c")]).now().ok();
    assert_eq!(untitled["title"], "c.txt", "the title is that of the file where none is given");
    mock.assert_no_verdicts();
}

#[test]
fn forms_that_break_the_document_are_refused() {
    let mock = mock();
    let long = "x".repeat(256);
    let file = ("File", Some("a.txt"), b"a".as_slice());
    for (parts, place) in [
        (&[("Title", None, b"t".as_slice())][..], "body "),
        (&[file, ("ProjectId", None, b"11873")], "body "),
        (&[file, ("title", None, b"t")], "body "),
        (&[file, ("Title", None, long.as_bytes())], "body /Title"),
        (&[file, file], "body /File"),
        (&[("File", None, b"a")], "body /File"),
        (&[("File", Some(""), b"a")], "body /File"),
        (&[file, ("Title", Some("t.txt"), b"t")], "body /Title"),
        (&[file, ("Title", None, b"\xff")], "body /Title"),
        (&[], "body"),
    ] {
        failed(&form(call(&mock, "POST", FILES), parts).now(), 400);
        assert_eq!(verdict(&mock)[0], (Reason::BadBody, place.to_owned()), "{parts:?}");
    }
    for content_type in ["multipart/form-data", "application/json"] {
        failed(&form(call(&mock, "POST", FILES), &[file]).header("Content-Type", content_type).now(), 400);
    }
    assert_eq!((mock.uploads().len(), mock.records(api::ATTACHMENTS, "11873/Bugs/12").len()), (0, 1), "nothing was kept");
}

/// A large file, sent in chunks: it goes to disk and comes back from there.
#[test]
fn large_files_do_not_stay_in_memory() {
    const SIZE: usize = 8 * 1024 * 1024 + 7;
    let mock = mock();
    let content: Vec<u8> = (0..SIZE).map(|n| (n / 3 % 256) as u8).collect();
    let head = call(&mock, "POST", FILES).header("Content-Type", "multipart/form-data; boundary=x").head();
    let head = head.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(mock.address()).expect("it listens");
    stream.write_all(head.as_bytes()).expect("sent");
    let before = b"--x\r\nContent-Disposition: form-data; name=\"File\"; filename=\"large.bin\"\r\n\r\n";
    for chunk in std::iter::once(&before[..]).chain(content.chunks(100_000)).chain([&b"\r\n--x--\r\n"[..]]) {
        write!(stream, "{:x}\r\n", chunk.len()).expect("sent");
        stream.write_all(chunk).expect("sent");
        stream.write_all(b"\r\n").expect("sent");
    }
    stream.write_all(b"0\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let kept = mock.uploads();
    assert_eq!(format!("{:?}", kept[0].content), format!("{SIZE} bytes"));
    let mut read = Vec::new();
    kept[0].content.reader().read_to_end(&mut read).expect("read");
    assert!(read == content, "what was kept differs");
    let url = format!("{}/uploads/1", mock.elsewhere().expect("a second address"));
    assert!(super::scripts::fetch(&url, &[]).body == content, "what is downloaded differs");
    let request = mock.requests().pop().expect("a request");
    assert!(request.body.is_empty() && request.form.is_some_and(|form| form.len() > SIZE as u64));
    mock.assert_no_verdicts();
}
