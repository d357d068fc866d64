//! Where redirects lead, and what goes along. Every case runs through both loops.

mod support;

use support::api::{self, Create, SECRET, Script, case, get};
use support::both::{self, Plain, Seen, Setup};
use support::server::{Answer, Server};
use tms_runtime::codegen::Mode;
use tms_runtime::{Async, Blocking, ClientBuilder, MemoryTransport, RetryPolicy, TransportErrorKind};

const HOME: &str = "https://api.example.com/v1/script";

/// A status and where it leads.
type Stop = (u16, &'static str);

fn lead(memory: &MemoryTransport, stops: &[Stop]) {
    for (status, location) in stops {
        let response = http::Response::builder().status(*status).header("location", *location).body("moved");
        memory.answer(response.expect("a valid answer"));
    }
}

fn file(memory: &MemoryTransport) {
    let response = http::Response::builder().header("content-type", "application/zip").body("zip");
    memory.answer(response.expect("a valid answer"));
}

/// The request lines.
fn lines(seen: &Seen) -> Vec<&str> {
    seen.requests.iter().map(|request| request.lines().next().unwrap_or_default()).collect()
}

/// A request's lines, whatever the order of its headers.
fn sorted(request: &str) -> Vec<String> {
    let mut lines: Vec<String> = request.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn downloads_from_elsewhere() {
    let refused = "the redirect is not followed: ";
    // Where it leads, what is asked for in the end, and what is wrong.
    let table: [(&[Stop], &str, &str); 9] = [
        (&[(302, "https://files.example/a.zip?key=hush-hush")], "https://files.example/a.zip?key=hush-hush", ""),
        (&[(303, "//files.example/a")], "https://files.example/a", ""),
        (&[(307, "/v1/other")], "https://api.example.com/v1/other", ""),
        (&[(302, "https://files.example/x/y"), (302, "z?key=hush-hush")], "https://files.example/x/z?key=hush-hush", ""),
        (&[(302, "https://files.example/x"), (302, HOME)], HOME, ""),
        (&[(302, "http://files.example/a?key=hush-hush")], HOME, "it leads from https to http://files.example"),
        (&[(302, "https://files.example/a"), (302, "http://files.example/b")], "https://files.example/a", "it leads from https to"),
        (&[(302, "https://u:hush-hush@files.example/")], HOME, "it holds a user name or password"),
        (&[(302, HOME); 6], HOME, "there were 5 before it"),
    ];
    for (stops, last, problem) in table {
        let script = |memory: &MemoryTransport| {
            lead(memory, stops);
            if problem.is_empty() {
                file(memory);
            }
        };
        for seen in [both::send(Plain, script, &Script), both::download(Plain, script, &Script)] {
            assert_eq!(lines(&seen).last().copied(), Some(format!("GET {last}").as_str()), "{stops:?}");
            assert!(!seen.result.contains("hush-hush"), "a secret in: {}", seen.result);
            let expected = if problem.is_empty() { "zip".to_owned() } else { format!("{refused}{problem}") };
            assert!(seen.result.contains(&expected), "{stops:?}: {}", seen.result);
        }
    }
}

#[test]
fn nobody_else_gets_credentials() {
    let script = |memory: &MemoryTransport| {
        lead(memory, &[(302, "/v1/near"), (302, "https://files.example/a"), (302, "https://api.example.com/v1/back")]);
        file(memory);
    };
    #[derive(Clone, Copy)]
    struct Chatty;
    impl Setup for Chatty {
        fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
            builder.header("Authorization", "Basic b3RoZXI=").header("X-Team", "a")
        }
    }
    let seen = both::download(Chatty, script, &Script);
    let full = format!(
        "\ntoken: {SECRET}\nx-agent: a1\naccept: application/zip\ncookie: session=c1\nuser-agent: sample/0.1.0\n\
         authorization: Basic b3RoZXI=\nx-team: a"
    );
    let bare = "\naccept: application/zip\nuser-agent: sample/0.1.0";
    let expected = [
        (HOME, full.as_str()),
        ("https://api.example.com/v1/near", &full),
        ("https://files.example/a", bare),
        ("https://api.example.com/v1/back", bare),
    ];
    for ((address, headers), request) in expected.into_iter().zip(&seen.requests) {
        assert_eq!(sorted(request), sorted(&format!("GET {address}{headers}")), "{address}");
    }
    assert_eq!(seen.requests.len(), 4);
}

#[test]
fn what_a_call_came_to_is_fetched() {
    let create = Create { title: "x".to_owned() };
    let seen = both::send(
        Plain,
        |memory| {
            lead(memory, &[(303, "/v1/case/1")]);
            memory.json(200, case(1));
        },
        &create,
    );
    assert!(seen.result.starts_with("Case"), "{}", seen.result);
    let expected = format!("GET https://api.example.com/v1/case/1\ntoken: {SECRET}\naccept: application/json\nuser-agent: sample/0.1.0");
    assert_eq!(sorted(&seen.requests[1]), sorted(&expected), "a GET without body, with the credential");

    let seen = both::send(Plain, |memory| lead(memory, &[(303, "https://files.example/1")]), &create);
    assert_eq!(seen.requests.len(), 1, "to another host only if the operation says so");
    assert!(seen.result.contains("leads to another host, https://files.example"), "{}", seen.result);

    let fails: [fn(&MemoryTransport); 3] = [
        |memory| {
            memory.json(500, "{}");
        },
        |memory| {
            memory.json(429, "{}");
        },
        |memory| {
            memory.failure(TransportErrorKind::Connect);
        },
    ];
    for fail in fails {
        let script = |memory: &MemoryTransport| {
            lead(memory, &[(303, "/v1/case/1")]);
            fail(memory);
            memory.json(200, case(1));
        };
        let seen = both::send(Plain, script, &create);
        let fetch = "GET https://api.example.com/v1/case/1";
        assert_eq!(lines(&seen), ["POST https://api.example.com/v1/case", fetch, fetch], "what was done is not done again");
    }
}

#[test]
fn a_new_attempt_begins_at_home() {
    let script = |memory: &MemoryTransport| {
        lead(memory, &[(302, "https://files.example/a")]);
        memory.json(503, "{}");
        lead(memory, &[(302, "https://files.example/b")]);
        file(memory);
    };
    for seen in [both::send(Plain, script, &Script), both::download(Plain, script, &Script)] {
        let [first, second] = ["GET https://files.example/a", "GET https://files.example/b"];
        assert_eq!(lines(&seen), [&format!("GET {HOME}"), first, &format!("GET {HOME}"), second]);
        assert!(seen.result.contains("zip"), "{}", seen.result);
    }
}

#[test]
fn secrets_in_addresses_are_not_shown() {
    let to = |memory: &MemoryTransport| lead(memory, &[(302, "https://files.example/a?X-Signature=hush%2Fhush")]);
    let answers: [fn(&MemoryTransport); 3] = [
        |memory| {
            memory.json(403, r#"{"errorMessage":"hush/hush or hush%2Fhush is no signature"}"#);
        },
        |memory| {
            let body = r#"<a href="https://other.example/?s=hush/hush">"#;
            let moved = http::Response::builder().status(302).header("location", "http://other.example/?s=hush/hush").body(body);
            memory.answer(moved.expect("a valid answer"));
        },
        |memory| {
            memory.failure(TransportErrorKind::Protocol);
        },
    ];
    for answer in answers {
        let script = |memory: &MemoryTransport| {
            to(memory);
            answer(memory);
        };
        for seen in [both::send(Plain, script, &Script), both::download(Plain, script, &Script)] {
            assert!(seen.result.starts_with("script (GET /script)"), "{}", seen.result);
            assert!(!seen.result.contains("hush/") && !seen.result.contains("hush%"), "a secret in: {}", seen.result);
        }
    }
    let seen = both::send(
        Plain,
        |memory| {
            to(memory);
            memory.failure(TransportErrorKind::Protocol);
        },
        &Script,
    );
    assert!(seen.result.contains("at https://files.example: "), "the error names the host that failed: {}", seen.result);
}

#[test]
fn over_sockets() {
    let zip = Answer::of("200 OK", "content-type: application/zip\r\n", "zip");
    let run = |mode: &dyn Fn(&str) -> String| {
        let other = Server::start(vec![zip.clone()]);
        let home = Server::start(vec![Answer::of("302 Found", &format!("location: {}/a?key=1\r\n", other.url()), "")]);
        assert_eq!(mode(&home.url()), "zip");
        let requests = other.requests();
        let request = requests.first().expect("a request").to_ascii_lowercase();
        assert!(request.starts_with("get /a?key=1 http/1.1\r\n") && request.contains("accept: application/zip"), "{request}");
        for name in ["token", "cookie", "x-agent", "authorization", "referer"] {
            assert!(!request.contains(&format!("\r\n{name}: ")), "{name} was sent to another host: {request}");
        }
    };
    fn client<M: Mode>(url: &str) -> tms_runtime::Client<M> {
        api::builder(&api::API).base_url(url).retry(RetryPolicy::never()).build().expect("a client")
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    run(&|url| text(&both::block_on(client::<Async>(url).send(&Script)).expect("a file")));
    run(&|url| text(&client::<Blocking>(url).send(&Script).expect("a file")));
    run(&|url| {
        let mut read = Vec::new();
        let copied = both::block_on(async { client::<Async>(url).request(Script).download().await?.copy_to(&mut read).await });
        assert_eq!(copied.map_err(|error| error.to_string()), Ok(3));
        text(&read)
    });
    run(&|url| std::io::read_to_string(client::<Blocking>(url).request(Script).download().expect("a download")).expect("a file"));
    // 303 after a POST, with what a server sees of it.
    let answers = vec![Answer::of("303 See Other", "location: /case/7\r\n", ""), Answer::json(&case(7))];
    let create = Create { title: "x".to_owned() };
    let server = Server::start(answers.clone());
    assert!(both::block_on(client::<Async>(&server.url()).send(&create)).is_ok());
    let asynchronous = server.requests();
    let server = Server::start(answers);
    assert!(client::<Blocking>(&server.url()).send(&create).is_ok());
    for requests in [asynchronous, server.requests()] {
        let fetch = requests[1].to_ascii_lowercase();
        assert!(fetch.starts_with("get /case/7 http/1.1\r\n") && fetch.contains(SECRET), "{fetch}");
        assert!(fetch.ends_with("\r\n\r\n") && !fetch.contains("content-"), "{fetch}");
    }
    let looped = Server::start((0..6).map(|_| Answer::of("302 Found", "location: /case/DEMO/1\r\n", "")).collect());
    let error = client::<Blocking>(&looped.url()).send(&get(1)).expect_err("a loop").to_string();
    assert!(error.ends_with("there were 5 before it"), "{error}");
    assert_eq!(looped.requests().len(), 6);
}
