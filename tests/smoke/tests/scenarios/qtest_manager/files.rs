//! Files: attachments and pictures of users. Large ones are in tests/transfers.

use super::got;
use qtest_manager::types::{AttachmentOwner, NewAttachment, NewTestCase, SearchedOwner};
use qtest_manager::{Base64, Error, File, StatusCode};
use tms_smoke::both;
use tms_smoke::qtest_manager::{PROJECT, Work, World};

both!(
    a_file_is_uploaded_found_and_downloaded,
    files_of_every_origin_are_sent,
    names_of_files_are_sent_as_they_can_be,
    an_empty_file_is_a_file,
    files_come_along_in_a_body,
    a_picture_is_downloaded,
    a_file_that_is_gone_is_not_found,
);

fn a_file_is_uploaded_found_and_downloaded<M: Work>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let file = File::new("ignored.bin", "image/png", content.clone());
    let uploaded = got(attachments.upload(AttachmentOwner::TestLogs, 1001, "screen.png", file));
    assert_eq!((uploaded.name.as_deref(), uploaded.content_type.as_deref()), (Some("screen.png"), Some("image/png")));
    assert_eq!((uploaded.artifact_id, uploaded.author.and_then(|author| author.id)), (Some(1001), Some(1)));
    let request = world.mock.requests().pop().expect("a request");
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    assert_eq!(
        (header("file-name"), header("content-type"), header("content-length")),
        (Some("screen.png"), Some("image/png"), Some("100000"))
    );
    let id = uploaded.id.expect("a number");
    let listed: Vec<_> = got(attachments.list(AttachmentOwner::TestLogs, 1001)).into_iter().map(|file| file.id).collect();
    assert_eq!(listed, [Some(id)]);
    let search = attachments.search(SearchedOwner::TestLogs).ids([1001, 7]).author(1).created_date("gt 2025-01-07T00:00:00Z");
    let found = M::collect(search).expect("files");
    assert_eq!(found.iter().map(|file| file.id).collect::<Vec<_>>(), [Some(id)]);
    assert_eq!(got(attachments.get(AttachmentOwner::TestLogs, 1001, id)), content, "all at once");
    let streamed = M::download(attachments.get(AttachmentOwner::TestLogs, 1001, id).force_download(true)).expect("a file");
    assert!(streamed == content, "piece by piece, {} bytes came", streamed.len());
    got(attachments.delete(AttachmentOwner::TestLogs, 1001, id));
    assert!(got(attachments.list(AttachmentOwner::TestLogs, 1001)).is_empty());
    world.mock.assert_no_verdicts();
}

fn files_of_every_origin_are_sent<M: Work>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    let path = std::env::temp_dir().join(format!("tms-smoke-{}-{}.txt", M::NAME, std::process::id()));
    std::fs::write(&path, "from a path").expect("a file");
    let before = world.mock.uploads().len();
    let upload = |file: File| got(attachments.upload(AttachmentOwner::Defects, 1101, "log.txt", file)).content_type;
    let types = [
        upload(b"from bytes".to_vec().into()),
        upload(File::from_bytes("log.txt", "from bytes")),
        upload(File::from_path(&path).expect("a file")),
        upload(File::from_reader("log.json", &b"from a reader"[..])),
    ];
    std::fs::remove_file(&path).expect("the file is still there");
    assert_eq!(types.map(Option::unwrap_or_default), ["application/octet-stream", "text/plain", "text/plain", "application/json"]);
    let contents: Vec<_> = world.mock.uploads()[before..].iter().filter_map(|upload| upload.content.bytes().ok()).collect();
    assert_eq!(contents, [&b"from bytes"[..], b"from bytes", b"from a path", b"from a reader"]);
    world.mock.assert_no_verdicts();
}

/// The name is sent as a header. One that cannot be is an error before anything is sent.
fn names_of_files_are_sent_as_they_can_be<M: Work>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    let upload = |name: &str| M::send(attachments.upload(AttachmentOwner::Defects, 1101, name, b"x".to_vec()));
    for name in ["a name with blanks; and signs.txt", "Prüfung.txt", "試験.txt"] {
        assert_eq!(upload(name).expect("a file").name.as_deref(), Some(name));
    }
    let before = world.mock.requests().len();
    let error = upload("two\nlines.txt").expect_err("no header");
    assert!(matches!(error, Error::Build(_)) && error.to_string().contains("File-Name"), "{error:?}");
    assert_eq!(world.mock.requests().len(), before);
}

fn an_empty_file_is_a_file<M: Work>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    let id = got(attachments.upload(AttachmentOwner::Defects, 1101, "empty.txt", File::from_bytes("empty.txt", ""))).id.expect("a number");
    assert!(M::download(attachments.get(AttachmentOwner::Defects, 1101, id)).expect("a file").is_empty());
}

fn files_come_along_in_a_body<M: Work>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let file = NewAttachment::new("steps.txt", "text/plain", Base64::from(&b"one, two"[..]));
    let case = got(project.test_cases().create(NewTestCase::new("With a file").with_attachments([file])));
    let attached = case.attachments.as_deref().and_then(<[_]>::first).expect("a file");
    let id = attached.id.expect("a number");
    assert_eq!(got(project.attachments().get(AttachmentOwner::TestCases, case.id, id)), &b"one, two"[..]);
    let sent = world.mock.requests()[0].json().expect("a body");
    assert_eq!(sent["attachments"][0]["data"], "b25lLCB0d28=");
    world.mock.assert_no_verdicts();
}

fn a_picture_is_downloaded<M: Work>() {
    let world = World::start();
    let users = M::client(&world.setup()).users();
    let whole = got(users.avatar(1));
    assert!(whole.starts_with(b"GIF8"));
    assert_eq!(M::download(users.avatar(1)).expect("a picture"), whole);
    let accept = world.mock.requests()[0].headers.get("accept").and_then(|value| value.to_str().ok()).map(str::to_owned);
    assert!(accept.is_none_or(|accept| accept.contains("*/*")), "any media type may come");
    world.mock.assert_no_verdicts();
}

fn a_file_that_is_gone_is_not_found<M: Work>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    let error = M::download(attachments.get(AttachmentOwner::Defects, 1101, 99)).expect_err("no such file");
    assert!(matches!(error, Error::Api(_)) && error.to_string().contains("attachments.get"), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
}
