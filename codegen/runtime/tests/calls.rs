//! One call: what is sent, when it is sent again, and what comes of it. Every case runs through both loops.

mod support;

use std::sync::Arc;
use std::time::Duration;
use support::api::{self, Create, List, Ping, SECRET, Upload, case, get};
use support::both::{self, Plain, Seen, Setup};
use tms_runtime::codegen::{Api, Mode, Operation};
use tms_runtime::{Async, Blocking, ClientBuilder, File, MemoryTransport, Request, RetryPolicy, TransportErrorKind};

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn answer(memory: &MemoryTransport, status: u16, header: (&str, &str), body: &str) {
    let response = http::Response::builder().status(status).header(header.0, header.1).body(body.to_owned());
    memory.answer(response.expect("a valid answer"));
}

#[test]
fn requests_on_the_wire() {
    let seen = both::send(
        Plain,
        |memory| {
            memory.json(200, case(7));
        },
        &get(7),
    );
    let expected =
        format!("GET https://api.example.com/v1/case/DEMO/7\ntoken: {SECRET}\naccept: application/json\nuser-agent: sample/0.1.0");
    assert_eq!(seen.requests, [expected]);
    assert_eq!(seen.result, r#"Case { id: 7, title: "t7", extra: {} }"#);

    let seen = both::send(
        Plain,
        |memory| {
            memory.json(200, case(1));
        },
        &Create { title: "a \"b\"".to_owned() },
    );
    let expected = format!(
        "POST https://api.example.com/v1/case\ntoken: {SECRET}\ncontent-type: application/json\n\
         accept: application/json\nuser-agent: sample/0.1.0\n\n\"a \\\"b\\\"\""
    );
    assert_eq!(seen.requests, [expected]);

    let list = List { limit: Some(5), severity: Some(vec!["high".into(), "low".into()]), ..List::default() };
    let seen = both::send(
        Plain,
        |memory| {
            memory.json(200, api::page(0, &[]));
        },
        &list,
    );
    let line = seen.requests[0].lines().next();
    assert_eq!(line, Some("GET https://api.example.com/v1/case?limit=5&filters%5Bseverity%5D=high%2Clow"));

    let upload = Upload { file: File::from_bytes("a.txt", "A") };
    let seen = both::send(Plain, |memory| answer(memory, 200, ("content-type", "text/plain"), "done"), &upload);
    let expected = "PUT https://api.example.com/v1/file\naccept: text/plain\n\
         content-type: multipart/form-data; boundary=boundary\nuser-agent: sample/0.1.0\n\n\
         --boundary\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"a.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nA\r\n--boundary--\r\n";
    assert_eq!((seen.requests, seen.result.as_str()), (vec![expected.to_owned()], "\"done\""));
}

#[test]
fn headers_and_addresses() {
    #[derive(Clone, Copy)]
    struct Custom;
    impl Setup for Custom {
        fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
            builder.base_url("http://127.0.0.1:8080/prefix/").header("X-Team", "a").header("Accept", "text/html")
        }
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.header("x-trace", "1").header("token", "other")
        }
    }
    let seen = both::send(
        Custom,
        |memory| {
            memory.json(200, case(7));
        },
        &get(7),
    );
    let expected = "GET http://127.0.0.1:8080/prefix/case/DEMO/7\ntoken: other\naccept: application/json\n\
                    user-agent: sample/0.1.0\nx-team: a\nx-trace: 1";
    assert_eq!(seen.requests, [expected], "the call's headers win over the credential, the operation's over the client's");
}

#[test]
fn what_is_sent_again() {
    use TransportErrorKind::{Connect, Interrupted, Protocol, Timeout, TooLarge};
    type Script = fn(&MemoryTransport);
    let post = Create { title: "x".to_owned() };
    let ok = || case(1);
    // script, attempts of a GET, attempts of a POST (a script that needs more attempts ends in an answer)
    let table: [(&str, Script, usize, usize); 9] = [
        ("200", |_| {}, 1, 1),
        (
            "408",
            |memory| {
                memory.json(408, "{}");
            },
            2,
            2,
        ),
        ("429", |memory| answer(memory, 429, ("retry-after", "3"), "{}"), 2, 2),
        (
            "500",
            |memory| {
                memory.json(500, "{}");
            },
            2,
            1,
        ),
        (
            "connect",
            |memory| {
                memory.failure(Connect);
            },
            2,
            2,
        ),
        (
            "interrupted",
            |memory| {
                memory.failure(Interrupted);
            },
            2,
            1,
        ),
        (
            "timeout",
            |memory| {
                memory.failure(Timeout);
            },
            2,
            1,
        ),
        (
            "protocol",
            |memory| {
                memory.failure(Protocol);
            },
            1,
            1,
        ),
        (
            "too large",
            |memory| {
                memory.failure(TooLarge);
            },
            1,
            1,
        ),
    ];
    for (name, script, gets, posts) in table {
        let full = |attempts: usize| {
            move |memory: &MemoryTransport| {
                script(memory);
                if attempts > memory.remaining() {
                    memory.json(200, ok());
                }
            }
        };
        let seen = both::send(Plain, full(gets), &get(1));
        assert_eq!(seen.requests.len(), gets, "{name}: a GET was sent {} times", seen.requests.len());
        let seen = both::send(Plain, full(posts), &post);
        assert_eq!(seen.requests.len(), posts, "{name}: a POST was sent {} times", seen.requests.len());
    }
}

#[test]
fn retry_after_is_waited_for() {
    let script = |memory: &MemoryTransport| {
        answer(memory, 429, ("retry-after", "7"), "{}");
        answer(memory, 503, ("retry-after", "9"), "{}");
        memory.json(200, case(1));
    };
    let seen = both::send(Plain, script, &get(1));
    assert_eq!(seen.waits, [s(7), s(9)]);
    assert!(seen.result.starts_with("Case"), "{}", seen.result);
    assert!(seen.requests.iter().all(|request| *request == seen.requests[0]), "the same request every time");

    let seen = both::send(Plain, |memory| answer(memory, 429, ("retry-after", "3600"), "{}"), &get(1));
    assert_eq!((seen.waits.len(), seen.requests.len()), (0, 1), "an hour is too long to wait: the caller decides");
}

#[test]
fn a_policy_says_how_often() {
    #[derive(Clone, Copy)]
    struct Policy(RetryPolicy);
    impl Setup for Policy {
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.retry(self.0)
        }
    }
    let failures = |count| {
        move |memory: &MemoryTransport| {
            for _ in 0..count {
                memory.json(500, "{}");
            }
        }
    };
    let post = Create { title: "x".to_owned() };
    let fast = RetryPolicy::new().backoff(s(1), s(1));
    assert_eq!(both::send(Policy(RetryPolicy::never()), failures(1), &get(1)).requests.len(), 1);
    assert_eq!(both::send(Policy(fast.attempts(5)), failures(5), &get(1)).requests.len(), 5);
    assert_eq!(both::send(Policy(fast.attempts(5)), failures(1), &post).requests.len(), 1);
    let bold = both::send(Policy(fast.attempts(5).even_if_not_idempotent()), failures(5), &post);
    assert_eq!(bold.requests.len(), 5);
    assert!(bold.waits.iter().all(|wait| (s(1) / 2..=s(1)).contains(wait)), "{:?}", bold.waits);
    assert!(bold.result.contains("500") && bold.result.contains("after 5 attempts"), "{}", bold.result);
}

#[test]
fn a_call_can_be_said_to_do_no_harm_twice() {
    #[derive(Clone, Copy)]
    struct Repeatable;
    impl Setup for Repeatable {
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.retry(RetryPolicy::new().backoff(s(1), s(1))).repeatable()
        }
    }
    let failures = |memory: &MemoryTransport| {
        memory.failure(TransportErrorKind::Interrupted).json(503, "{}").json(200, "{}");
    };
    let post = Create { title: "x".to_owned() };
    let seen = both::send(Repeatable, failures, &post);
    assert_eq!(seen.requests.len(), 3, "{}", seen.result);
    let refused = |memory: &MemoryTransport| {
        memory.json(400, "{}");
    };
    assert_eq!(both::send(Repeatable, refused, &post).requests.len(), 1, "what was refused is refused again");
}

#[test]
fn deadlines() {
    #[derive(Clone, Copy)]
    struct Within(Duration, Duration);
    impl Setup for Within {
        fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
            builder.attempt_timeout(self.1)
        }
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.timeout(self.0)
        }
    }
    let slow = |memory: &MemoryTransport| {
        memory.json(200, case(1)).taking(s(8));
    };
    let seen = both::send(Within(s(5), s(60)), slow, &get(1));
    assert_eq!(seen.result, "cases.get (GET /case/{code}/{id}): no answer within 5s; raise the timeout or ask for less");
    assert_eq!(seen.requests.len(), 1, "when the call's time is over nothing is sent again");

    let three = |memory: &MemoryTransport| (0..3).for_each(|_| slow(memory));
    let seen = both::send(Within(s(60), s(5)), three, &get(1));
    assert!(seen.result.contains("no answer within 5s (after 3 attempts)"), "{}", seen.result);

    let later = |memory: &MemoryTransport| answer(memory, 429, ("retry-after", "30"), r#"{"errorMessage":"slow down"}"#);
    let seen = both::send(Within(s(20), s(5)), later, &get(1));
    assert_eq!(seen.waits, [], "no wait that the deadline would cut off");
    assert!(seen.result.contains("429 Too Many Requests: slow down"), "{}", seen.result);
}

#[test]
fn redirects() {
    fn to(location: &'static str) -> impl Fn(&MemoryTransport) {
        move |memory| answer(memory, 302, ("location", location), "")
    }
    let followed = |memory: &MemoryTransport| {
        to("/v2/case/7")(memory);
        memory.json(200, case(7));
    };
    let seen = both::send(Plain, followed, &get(7));
    assert!(seen.requests[1].starts_with("GET https://api.example.com/v2/case/7\ntoken: "), "{:?}", seen.requests);
    assert!(seen.result.starts_with("Case"), "{}", seen.result);

    let seen = both::send(Plain, to("https://evil.example/case/7?x=1"), &get(7));
    assert_eq!(seen.requests.len(), 1, "nothing may be sent to another host");
    assert_eq!(
        seen.result,
        "cases.get (GET /case/{code}/{id}): 302 Found; the redirect is not followed: it leads to another host, \
         https://evil.example; set it as base URL if that is right"
    );
    let seen = both::send(Plain, to("/v2/case"), &Create { title: "x".to_owned() });
    assert_eq!(seen.requests.len(), 1, "a POST is not repeated by a redirect");
    let seen = both::send(Plain, |memory| (0..6).for_each(|_| to("/v1/loop")(memory)), &get(7));
    assert!(seen.result.ends_with("the redirect is not followed: there were 5 before it"), "{}", seen.result);
}

#[test]
fn the_rate_limit_is_kept_across_calls() {
    #[derive(Clone, Copy)]
    struct Limited;
    impl Setup for Limited {
        fn api(self) -> &'static Api {
            &api::LIMITED
        }
    }
    #[derive(Clone, Copy)]
    struct Hurried;
    impl Setup for Hurried {
        fn api(self) -> &'static Api {
            &api::LIMITED
        }
        fn client<M: Mode>(self, builder: ClientBuilder<M>) -> ClientBuilder<M> {
            builder.timeout(s(5))
        }
    }
    let pages = |memory: &MemoryTransport| {
        for ids in [[1, 2], [3, 4], [5, 6]] {
            memory.json(200, api::page(9, &ids)).taking(s(1));
        }
        memory.json(200, api::page(9, &[7]));
        memory.json(200, api::page(9, &[]));
    };
    let seen = both::list(Limited, pages, &List::default(), 99);
    assert_eq!(seen.waits, [s(58), s(59)], "two requests in any 60 seconds: at 0, 1, 60, 61 and 120 s");
    let two = |memory: &MemoryTransport| {
        memory.json(200, api::page(9, &[1, 2])).json(200, api::page(9, &[3, 4]));
    };
    let seen = both::list(Hurried, two, &List::default(), 99);
    assert!(seen.result.contains("the rate limit leaves no turn within 5s"), "{}", seen.result);
    assert_eq!(seen.waits, [], "a wait that the deadline would cut off is not begun");
    let refused = |memory: &MemoryTransport| {
        memory.json(429, "{}");
        memory.json(200, case(1));
    };
    let seen = both::send(Limited, refused, &get(1));
    assert_eq!(seen.waits, [s(60)], "a 429 without Retry-After waits as long as the limit lasts");
}

#[test]
fn clones_share_what_a_429_asks_for() {
    let memory = MemoryTransport::new();
    let builder = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone()));
    let client = builder.build().expect("a client");
    let clone = client.clone();
    answer(&memory, 429, ("retry-after", "30"), "{}");
    memory.json(200, case(1));
    let first = client.request(get(1)).retry(RetryPolicy::never()).send();
    assert!(first.is_err_and(|error| error.retry_after() == Some(s(30))));
    assert!(clone.send(&get(1)).is_ok());
    assert_eq!(memory.waits(), [s(30)], "the clone waits although it was not refused itself");
}

#[test]
fn the_same_client_with_another_credential() {
    let memory = MemoryTransport::new();
    let client = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let other = client.with_credential("TokenAuth", "fake-token-1111").expect("a client");
    memory.json(200, case(1)).json(200, case(1)).json(400, "no such token: fake-token-1111");
    assert!(other.send(&get(1)).is_ok() && client.send(&get(1)).is_ok());
    let tokens: Vec<_> = memory.requests().iter().map(|request| request.headers()["token"].clone()).collect();
    assert_eq!(tokens, ["fake-token-1111", SECRET]);
    let error = other.send(&get(1)).expect_err("a refusal").to_string();
    assert!(error.contains("no such token: ***"), "{error}");
    assert!(client.with_credential("TokenAuth", "").is_err_and(|error| error.to_string().contains("is empty")));
    assert!(client.with_credential("Other", "x").is_err());
    let waiting = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    both::block_on(waiting.sleep(s(3600)));
    client.sleep(s(7200));
    assert_eq!(memory.waits(), [s(3600), s(7200)], "waits by the transport's own time");
}

#[test]
fn values_come_with_their_answer() {
    let memory = MemoryTransport::new();
    answer(&memory, 201, ("x-id", "9"), &case(1));
    answer(&memory, 201, ("x-id", "9"), &case(1));
    let asynchronous = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let blocking = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let responses = [both::block_on(asynchronous.request(get(1)).send_with_response()), blocking.request(get(1)).send_with_response()];
    for response in responses {
        let response = response.expect("an answer");
        assert_eq!((response.value.id, response.status.as_u16()), (1, 201));
        assert_eq!((&response.headers["x-id"], &response.body[..]), (&http::HeaderValue::from(9), case(1).as_bytes()));
    }
}

#[test]
fn empty_answers() {
    let Seen { result, requests, .. } = both::send(Plain, |memory| answer(memory, 204, ("x", "y"), ""), &Ping);
    assert_eq!((result.as_str(), requests.len()), ("()", 1));
    assert!(!requests[0].contains("token"), "an operation without security gets no credential: {requests:?}");
    let seen = both::send(
        Plain,
        |memory| {
            memory.json(200, r#"{"status":false,"errorMessage":"no"}"#);
        },
        &Ping,
    );
    assert!(seen.result.contains("200 OK, but the answer says that the call failed: no"), "{}", seen.result);
    let seen = both::send(Plain, |memory| answer(memory, 200, ("content-type", "text/html"), "<html>log in"), &Ping);
    assert!(seen.result.contains("expected no content, got a web page at `<html>log in`"), "{}", seen.result);
}
