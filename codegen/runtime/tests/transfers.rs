//! Files that are read while they are sent, and answers that are read as they come.

mod support;

use std::fs;
use std::future::poll_fn;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::api::{self, SECRET, Script, Upload};
use support::both::{self, Plain, block_on};
use support::server::{Answer, Server};
use tms_runtime::codegen::Mode;
use tms_runtime::{Async, Blocking, Bytes, Client, ClientBuilder, Error, File, MemoryTransport, RetryPolicy, TransportErrorKind};

/// A file or folder for one test.
fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()))
}

fn builder<M: Mode>(url: &str) -> ClientBuilder<M> {
    api::builder(&api::API).base_url(url).retry(RetryPolicy::never())
}

fn client<M: Mode>(url: &str) -> Client<M> {
    builder(url).build().expect("a client")
}

/// A stream of these pieces.
struct Pieces(Vec<io::Result<Bytes>>);

impl futures_core::Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
    }
}

/// Reads these bytes, then fails.
fn broken(before: &'static str) -> impl Read {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is on fire"))
        }
    }
    before.as_bytes().chain(Fails)
}

/// Makes a new file for every call.
type Make<'a> = Box<dyn Fn() -> File + 'a>;

/// A file in every form.
fn forms(path: &Path) -> [(&'static str, Make<'_>); 4] {
    fs::write(path, "A large file").expect("a file");
    [
        ("memory", Box::new(|| File::from_bytes("a.txt", "A large file"))),
        (
            "path",
            Box::new(move || {
                let mut file = File::from_path(path).expect("a file");
                (file.name, file.content_type) = ("a.txt".to_owned(), "text/plain".to_owned());
                file
            }),
        ),
        ("reader", Box::new(|| File::from_reader("a.txt", "A large file and more".as_bytes()).length(12))),
        ("chunked", Box::new(|| File::from_reader("a.txt", "A large file".as_bytes()))),
    ]
}

#[test]
fn every_form_of_a_file_is_sent() {
    let path = place("forms");
    for (form, file) in forms(&path) {
        let ok = |memory: &MemoryTransport| {
            memory.json(200, "done");
        };
        let seen = [both_new(Plain, ok, &*file), over_sockets(&*file)];
        for requests in seen {
            for request in requests {
                let request = both::without_chance(&request);
                let part = "name=\"file[]\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n";
                assert!(request.contains(part), "{form}: {request}");
                let (_, content) = request.split_once(part).unwrap_or_default();
                assert!(
                    content.contains("A large file") && content.contains("--boundary--") && !content.contains("more"),
                    "{form}: {request}"
                );
                let head = request.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
                if head.contains("http/1.1") {
                    assert_eq!(head.contains("content-length: "), form != "chunked", "{form}: {request}");
                    assert_eq!(head.contains("transfer-encoding: chunked"), form == "chunked", "{form}: {request}");
                }
            }
        }
    }
    let _ = fs::remove_file(path);
    let memory = MemoryTransport::new();
    memory.json(200, "done");
    let client = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let pieces = ["A ", "", "large file", " and more"].map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
    let file = File::from_stream("a.txt", Pieces(pieces.into())).length(12);
    assert!(block_on(client.send(&Upload { file })).is_ok());
    let body = String::from_utf8_lossy(memory.requests()[0].body()).into_owned();
    assert!(body.contains("\r\n\r\nA large file\r\n--"), "{body}");
}

/// Sends a new file in each mode, and returns the requests.
fn both_new(_: Plain, script: impl Fn(&MemoryTransport), file: &dyn Fn() -> File) -> Vec<String> {
    let requests = |memory: &MemoryTransport| -> Vec<String> {
        assert_eq!(memory.remaining(), 0, "not every answer was asked for");
        memory.requests().iter().map(both::text).collect()
    };
    let memory = MemoryTransport::new();
    script(&memory);
    let client = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let _ = block_on(client.send(&Upload { file: file() }));
    let asynchronous = requests(&memory);
    let memory = MemoryTransport::new();
    script(&memory);
    let client = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let _ = client.send(&Upload { file: file() });
    let blocking = requests(&memory);
    let alike = |requests: &[String]| requests.iter().map(|request| both::without_chance(request)).collect::<Vec<_>>();
    assert_eq!(alike(&asynchronous), alike(&blocking), "async (left) and blocking (right) disagree");
    asynchronous
}

fn over_sockets(file: &dyn Fn() -> File) -> Vec<String> {
    let answer = || vec![Answer::of("200 OK", "content-type: text/plain\r\n", "done")];
    let server = Server::start(answer());
    let sent = block_on(client::<Async>(&server.url()).send(&Upload { file: file() }));
    assert_eq!(sent.map_err(|error| error.to_string()), Ok("done".to_owned()));
    let asynchronous = server.requests();
    let server = Server::start(answer());
    let sent = client::<Blocking>(&server.url()).send(&Upload { file: file() });
    assert_eq!(sent.map_err(|error| error.to_string()), Ok("done".to_owned()));
    [asynchronous, server.requests()].concat()
}

#[test]
fn what_can_be_read_once_is_sent_once() {
    let path = place("once");
    type Script = fn(&MemoryTransport);
    let scripts: [(&str, Script, bool); 4] = [
        // The upload is a PUT. What happens first, and whether the content was begun by then.
        (
            "500",
            |memory| {
                memory.json(500, "{}");
            },
            true,
        ),
        (
            "408",
            |memory| {
                memory.json(408, "{}");
            },
            true,
        ),
        (
            "interrupted",
            |memory| {
                memory.failure(TransportErrorKind::Interrupted);
            },
            true,
        ),
        (
            "connect",
            |memory| {
                memory.failure(TransportErrorKind::Connect);
            },
            false,
        ),
    ];
    for (form, file) in forms(&path) {
        for (name, script, begun) in scripts {
            let again = !begun || ["memory", "path"].contains(&form);
            let script = |memory: &MemoryTransport| {
                script(memory);
                if again {
                    memory.json(200, "done");
                }
            };
            let requests = both_new(Plain, script, &*file);
            assert_eq!(requests.len(), if again { 2 } else { 1 }, "{form} after {name}");
            assert!(requests.last().is_some_and(|last| last.contains("A large file")), "{form} after {name}: {requests:?}");
        }
    }
    let _ = fs::remove_file(path);
    let upload = Upload { file: File::from_reader("a.txt", io::empty()) };
    let memory = MemoryTransport::new();
    memory.json(200, "done");
    let client = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    assert!(client.send(&upload).is_ok());
    let error = client.send(&upload).expect_err("nothing is left to send").to_string();
    let expected = "file `a.txt` was sent already and can be read only once; make a new `File` for every call";
    assert_eq!(error, format!("files.upload (PUT /file): {expected}"));
    assert_eq!(memory.requests().len(), 1, "something was sent");
}

#[test]
fn files_that_cannot_be_read() {
    let gone = place("gone");
    fs::write(&gone, "xyz").expect("a file");
    let lost = File::from_path(&gone).expect("a file");
    fs::remove_file(&gone).expect("the file is removed");
    let short = "it ends 2 bytes before the length it was said to have";
    let stream = || File::from_stream("a", Pieces(vec![Ok("xyz".into()), Err(io::Error::other("the disk is on fire"))]));
    let table: [(Make<'_>, &str, &str); 4] = [
        (Box::new(|| File::from_reader("a", "xyz".as_bytes()).length(5)), short, short),
        (Box::new(|| File::from_reader("a", broken("xyz"))), "the disk is on fire", "the disk is on fire"),
        (Box::new(|| lost.clone()), "No such file", "No such file"),
        (Box::new(stream), "the disk is on fire", "a blocking client cannot read; use `File::from_reader`"),
    ];
    for (file, in_async, in_blocking) in table {
        let check = |error: Error<api::Fault>, expected: &str, place: &str| {
            let text = error.to_string();
            assert!(text.starts_with("files.upload (PUT /file) at ") && text.contains(expected), "{place}: {text}\n  lacks: {expected}");
            assert!(text.contains("a file could not be read while it was sent: `"), "{place}: {text}");
            let Error::Transport(call) = &error else { panic!("{place}: {text}") };
            assert_eq!((call.cause().kind(), call.attempts()), (TransportErrorKind::Source, 1), "{place}: {text}");
        };
        let server = Server::start(vec![Answer::json("{}")]);
        check(block_on(client::<Async>(&server.url()).send(&Upload { file: file() })).expect_err(in_async), in_async, "async");
        let server = Server::start(vec![Answer::json("{}")]);
        check(client::<Blocking>(&server.url()).send(&Upload { file: file() }).expect_err(in_blocking), in_blocking, "blocking");
        let memory = MemoryTransport::new();
        let client = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
        check(block_on(client.send(&Upload { file: file() })).expect_err(in_async), in_async, "memory");
    }
}

#[test]
fn downloads_answer_as_calls_do() {
    let refusal = r#"{"errorMessage":"no such script"}"#;
    let seen = both::download(
        Plain,
        |memory| {
            memory.json(404, refusal);
        },
        &Script,
    );
    assert_eq!(seen.result, "script (GET /script): 404 Not Found: no such script");
    let seen = both::download(
        Plain,
        |memory| {
            memory.json(503, "{}").failure(TransportErrorKind::Interrupted).json(200, "x".repeat(5000));
        },
        &Script,
    );
    assert_eq!((seen.requests.len(), seen.waits.len()), (3, 2), "until the answer begins a download is tried again");
    assert!(seen.result.starts_with("(5000, \"xxx"), "{}", seen.result);
}

#[test]
fn the_parts_of_a_download() {
    let memory = MemoryTransport::new();
    for _ in 0..4 {
        let response = http::Response::builder().header("content-length", 3000).header("x-id", "9").body("y".repeat(3000));
        memory.answer(response.expect("a valid answer"));
    }
    let asynchronous = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let mut download = block_on(asynchronous.request(Script).download()).expect("a download");
    assert_eq!((download.status().as_u16(), download.length(), download.headers().get("x-id").is_some()), (200, Some(3000), true));
    let first = block_on(download.chunk()).expect("a piece").expect("more than nothing");
    let mut rest = 0;
    block_on(async {
        while let Some(piece) = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut download), context)).await {
            rest += piece.expect("a piece").len();
        }
    });
    assert_eq!(first.len() + rest, 3000);
    assert_eq!(format!("{download:?}"), "Download(script (GET /script): 200 OK, 3000 bytes read)");

    let blocking = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let mut download = blocking.request(Script).download().expect("a download");
    let mut text = String::new();
    assert_eq!((download.length(), download.read_to_string(&mut text).ok()), (Some(3000), Some(3000)));

    let path = place("saved");
    fs::write(&path, "what was there before").expect("a file");
    let download = block_on(asynchronous.request(Script).download()).expect("a download");
    assert_eq!(block_on(download.save_to(&path)).map_err(|error| error.to_string()), Ok(3000));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "y".repeat(3000));
    fs::remove_file(&path).expect("the file is removed");
    let download = blocking.request(Script).download().expect("a download");
    assert_eq!(download.save_to(&path).map_err(|error| error.to_string()), Ok(3000));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "y".repeat(3000));
    fs::remove_file(&path).expect("the file is removed");
}

/// The errors of a download whose server answers so, saved to a file, in both modes.
fn fail(answer: &Answer, set: &dyn Fn(&mut Limits)) -> [Error<api::Fault>; 2] {
    let mut limits = Limits { each: Duration::from_secs(20), whole: Duration::from_secs(30), most: 10_000 };
    set(&mut limits);
    fn client<M: Mode>(url: &str, limits: &Limits) -> Client<M> {
        let builder = builder(url).attempt_timeout(limits.each).timeout(limits.whole).max_download_bytes(limits.most);
        builder.max_response_bytes(100).build().expect("a client")
    }
    let path = place("broken");
    let server = Server::start(vec![answer.clone()]);
    let asynchronous = block_on(async { client::<Async>(&server.url(), &limits).request(Script).download().await?.save_to(&path).await });
    let left = |mode: &str| {
        let part = PathBuf::from(format!("{}.part", path.display()));
        assert!(!path.exists() && !part.exists(), "{mode}: something is left of a download that failed");
    };
    left("async");
    let server = Server::start(vec![answer.clone()]);
    let blocking = client::<Blocking>(&server.url(), &limits).request(Script).download().and_then(|download| download.save_to(&path));
    left("blocking");
    [asynchronous.expect_err("a failure"), blocking.expect_err("a failure")]
}

struct Limits {
    each: Duration,
    whole: Duration,
    most: u64,
}

#[test]
fn downloads_that_fail() {
    const LONG: Duration = Duration::from_secs(20);
    let body = "z".repeat(1000);
    let cut = Answer::Bytes(format!("HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n{body}").into());
    let stalled = Answer::Stall(format!("HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n{body}").into(), LONG);
    let long = Answer::of("200 OK", "", &body);
    let chunked = Answer::Bytes(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n{body}\r\n0\r\n\r\n").into());
    let ms = Duration::from_millis;
    let large = "the answer is too large; accept more with `.max_download_bytes(..)` on the client builder";
    type Set = fn(&mut Limits);
    let table: [(&Answer, Set, &str); 7] = [
        (&cut, |_| {}, "the connection broke before the answer was complete"),
        (&stalled, |limits| limits.each = Duration::from_millis(300), "no answer within 300ms"),
        (&stalled, |limits| limits.whole = Duration::from_millis(400), "no answer within 400ms"),
        (&Answer::Silence(LONG), |limits| limits.each = Duration::from_millis(300), "no answer within 300ms"),
        (&long, |limits| limits.most = 999, large),
        (&chunked, |limits| limits.most = 999, large),
        (&Answer::of("500 Oh", "", &body), |_| {}, "accept more with `.max_response_bytes(..)`"),
    ];
    for (answer, set, expected) in table {
        let start = Instant::now();
        for (error, mode) in fail(answer, &set).into_iter().zip(["async", "blocking"]) {
            let text = error.to_string();
            assert!(text.starts_with("script (GET /script)") && text.contains(expected), "{mode}: {text}\n  lacks: {expected}");
            assert!(!text.contains(SECRET), "{mode}: a secret in: {text}");
        }
        assert!(start.elapsed() < LONG - ms(1000), "the server was waited for: {expected}");
    }
}

#[test]
fn every_piece_has_its_own_time() {
    let piece = |text: &str| text.as_bytes().to_vec();
    let pieces = [piece("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\na"), piece("b"), piece("c"), piece("d"), piece("e"), piece("f")];
    let slow = Answer::Slow(pieces.to_vec(), Duration::from_millis(200));
    fn hasty<M: Mode>(url: &str) -> Client<M> {
        builder(url).attempt_timeout(Duration::from_millis(700)).build().expect("a client")
    }
    let server = Server::start(vec![slow.clone()]);
    let mut read = Vec::new();
    let copied = block_on(async { hasty::<Async>(&server.url()).request(Script).download().await?.copy_to(&mut read).await });
    assert_eq!((copied.map_err(|error| error.to_string()), read.as_slice()), (Ok(6), &b"abcdef"[..]));
    let server = Server::start(vec![slow]);
    let download = hasty::<Blocking>(&server.url()).request(Script).download().expect("a download");
    assert_eq!(io::read_to_string(download).map_err(|error| error.to_string()), Ok("abcdef".to_owned()));
}

#[test]
fn what_cannot_be_written() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("no room"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let memory = MemoryTransport::new();
    let client = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    memory.json(200, "x").json(200, "x");
    let errors = [
        client.request(Script).download().and_then(|download| download.copy_to(&mut Full)),
        client.request(Script).download().and_then(|download| download.save_to(place("no-such-folder").join("a"))),
    ];
    for (error, expected) in errors.into_iter().zip(["no room", "No such file"]) {
        let text = error.map(|count| format!("{count} bytes were written")).map_err(|error| error.to_string());
        let text = text.expect_err("it cannot be written");
        let start = "script (GET /script) at https://api.example.com: what came could not be written: ";
        assert!(text.starts_with(start) && text.contains(expected), "{text}");
    }
}
