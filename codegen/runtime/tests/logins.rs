//! Logins: when a token is asked for, what is sent with it, and what comes of it. Every case runs through both loops.

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use std::time::Duration;
use support::api::{self, Create, List, Script, case, get, page};
use support::both::{self, Seen, Setup, block_on};
use support::service::{self, ACCESS, LIMITED_LOGIN, LOGIN, PASSWORD, REFRESH, Store, tokens};
use tms_runtime::codegen::{Api, Mode, Operation};
use tms_runtime::{Async, Blocking, Client, ClientBuilder, Error, File, MemoryTransport, PasswordLogin, Request, TransportErrorKind};

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A client that logs in.
#[derive(Clone, Copy)]
struct LoggedIn(&'static Api);

impl Setup for LoggedIn {
    fn api(self) -> &'static Api {
        self.0
    }

    fn builder<M: Mode>(self) -> ClientBuilder<M> {
        // Answers may take long.
        service::builder(self.0).attempt_timeout(s(600))
    }
}

/// An answer of a script: status, body, and how many seconds it takes.
type Scene = (u16, String, u64);

fn play(memory: &MemoryTransport, scenes: &[Scene]) {
    for (status, body, seconds) in scenes {
        memory.json(*status, body.clone()).taking(s(*seconds));
    }
}

/// What a request says in short, the fields of a form and the client's name in plain text.
fn brief(request: &str) -> String {
    let line = request.lines().next().unwrap_or_default().replace("https://api.example.com/v1", "");
    let authorization = request.lines().find_map(|line| line.strip_prefix("authorization: "));
    let who = authorization.map(|text| match text.strip_prefix("Basic ") {
        Some(name) => String::from_utf8_lossy(&STANDARD.decode(name).expect("base64")).into_owned(),
        None => text.replace(&format!("Bearer {ACCESS}"), "#"),
    });
    let form = request.split_once("\n\n").map(|(_, body)| body).filter(|_| line.contains("/oauth/"));
    let form = form.map(|form| form.replace(PASSWORD, "(password)").replace(REFRESH, "#"));
    [Some(line), who, form].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn briefs(seen: &Seen) -> Vec<String> {
    seen.requests.iter().map(|request| brief(request)).collect()
}

const BY_PASSWORD: &str = "POST /oauth/token acme: grant_type=password&password=(password)&username=user%40example.com";
const BY_REFRESH: &str = "POST /oauth/refresh sample-api: grant_type=refresh_token&refresh_token=#1";

#[test]
fn the_first_call_logs_in() {
    let script = |memory: &MemoryTransport| play(memory, &[(200, tokens(1, 300), 0), (200, case(1), 0)]);
    let seen = both::send(LoggedIn(&LOGIN), script, &get(1));
    let token = format!(
        "POST https://api.example.com/v1/oauth/token\nauthorization: Basic YWNtZTo=\ncontent-type: application/x-www-form-urlencoded\n\
         accept: application/json\nuser-agent: sample/0.1.0\n\ngrant_type=password&password={PASSWORD}&username=user%40example.com"
    );
    let call = format!(
        "GET https://api.example.com/v1/case/DEMO/1\naccept: application/json\nuser-agent: sample/0.1.0\nauthorization: Bearer {ACCESS}1"
    );
    assert_eq!(seen.requests, [token, call]);
}

#[test]
fn refusals() {
    type Row<'a> = (&'a str, Vec<Scene>, Vec<&'a str>, &'a str);
    let refused = || (401, r#"{"message":"expired"}"#.to_owned(), 0);
    let no = |text: &str| (400, text.to_owned(), 0);
    let ok = || (200, case(1), 0);
    let (first, second) = ("GET /case/DEMO/1 #1", "GET /case/DEMO/1 #2");
    let table: [Row<'_>; 7] = [
        (
            "a refused token is renewed",
            vec![(200, tokens(1, 300), 0), refused(), (200, tokens(2, 300), 0), ok()],
            vec![BY_PASSWORD, first, BY_REFRESH, second],
            "Case {",
        ),
        (
            "once",
            vec![(200, tokens(1, 300), 0), refused(), (200, tokens(2, 300), 0), refused()],
            vec![BY_PASSWORD, first, BY_REFRESH, second],
            "cases.get (GET /case/{code}/{id}): 401 Unauthorized: expired; check the credentials given to the client builder",
        ),
        (
            "if it cannot be renewed there is still the password",
            vec![(200, tokens(1, 300), 0), refused(), no(r#"{"error":"invalid_grant"}"#), (200, tokens(2, 300), 0), ok()],
            vec![BY_PASSWORD, first, BY_REFRESH, BY_PASSWORD, second],
            "Case {",
        ),
        (
            "an answer without token is a refusal, too",
            vec![(200, tokens(1, 300), 0), refused(), (200, "{}".into(), 0), (200, tokens(2, 300), 0), ok()],
            vec![BY_PASSWORD, first, BY_REFRESH, BY_PASSWORD, second],
            "Case {",
        ),
        (
            "then it is over",
            vec![(200, tokens(1, 300), 0), refused(), no("{}"), no(r#"{"error":"invalid_grant","error_description":"locked"}"#)],
            vec![BY_PASSWORD, first, BY_REFRESH, BY_PASSWORD],
            "cases.get (GET /case/{code}/{id}): the login failed: 400 Bad Request: locked; check user name, password and client name",
        ),
        (
            "without a token nothing is sent",
            vec![(401, format!("{{\"message\":\"bad password {PASSWORD}\"}}"), 0)],
            vec![BY_PASSWORD],
            "cases.get (GET /case/{code}/{id}): the login failed: 401 Unauthorized: bad password ***; check",
        ),
        (
            "what passes is waited for",
            vec![(503, "{}".into(), 0), (200, tokens(1, 300), 0), (200, case(1), 0)],
            vec![BY_PASSWORD, BY_PASSWORD, first],
            "Case {",
        ),
    ];
    for (name, scenes, expected, result) in table {
        let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &scenes), &get(1));
        assert_eq!(briefs(&seen), expected, "{name}");
        assert!(seen.result.starts_with(result), "{name}: {}\n  is not: {result}", seen.result);
    }
    let scenes = [(200, tokens(1, 300), 0), refused(), (200, tokens(2, 300), 0), (200, case(1), 0)];
    let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &scenes), &Create { title: "x".into() });
    let last = seen.requests.last().map(String::as_str).unwrap_or_default();
    assert!(last.starts_with("POST https://api.example.com/v1/case\n") && last.ends_with("\n\n\"x\""), "a POST is repeated, too: {last}");
}

#[test]
fn answers_that_hold_no_token() {
    let table = [
        (r#"{"access_token":17}"#.to_owned(), "the answer holds no token: $.access_token: expected string, found number"),
        (format!(r#"{{"token":"{ACCESS}1"}}"#), "the answer holds no token: $: missing field `access_token`"),
        (r#"{"access_token":""}"#.to_owned(), "the token is empty"),
        (format!(r#"{{"access_token":"{ACCESS}\n"}}"#), "the token has characters that cannot stand in a header"),
        (format!("{ACCESS}1"), "the answer holds no token: $: "),
        (String::new(), "the answer holds no token: expected JSON, the body is empty"),
    ];
    for (body, expected) in table {
        let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &[(200, body.clone(), 0)]), &get(1));
        let expected = format!("cases.get (GET /case/{{code}}/{{id}}): the login failed: {expected}");
        assert!(seen.result.starts_with(&expected), "{body}: {}\n  is not: {expected}", seen.result);
    }
    let unreachable = |memory: &MemoryTransport| {
        for _ in 0..3 {
            memory.failure(TransportErrorKind::Connect);
        }
    };
    let seen = both::send(LoggedIn(&LOGIN), unreachable, &get(1));
    assert_eq!(seen.result, "cases.get (GET /case/{code}/{id}): the login failed: no connection to the server");
}

#[test]
fn tokens_are_renewed_before_they_expire() {
    // life of the token, seconds that each page takes -> the tokens the pages are asked for with
    let table: [(u64, u64, &[&str]); 5] = [
        (300, 0, &["#1", "#1", "#1"]),
        (300, 134, &["#1", "#1", "#1"]),
        (300, 135, &["#1", "#1", "#2"]),
        (20, 17, &["#1", "#1", "#2"]),
        (20, 18, &["#1", "#2", "#3"]),
    ];
    for (life, takes, expected) in table {
        let script = |memory: &MemoryTransport| {
            play(memory, &[(200, tokens(1, life), 0)]);
            for (index, ids) in [&[1, 2][..], &[3, 4], &[5]].into_iter().enumerate() {
                if index > 0 && expected[index] != expected[index - 1] {
                    let number = expected[index].trim_start_matches('#').parse().expect("a number");
                    play(memory, &[(200, tokens(number, life), 0)]);
                }
                play(memory, &[(200, page(5, ids), takes)]);
            }
        };
        let seen = both::list(LoggedIn(&LOGIN), script, &List::default(), 99);
        let used: Vec<String> = briefs(&seen).into_iter().filter(|brief| brief.starts_with("GET")).collect();
        let used: Vec<&str> = used.iter().filter_map(|brief| brief.rsplit(' ').next()).collect();
        assert_eq!(used, expected, "a token for {life} s, pages of {takes} s: {}", seen.result);
    }
}

#[test]
fn limits_hold_for_logins_too() {
    let script = |memory: &MemoryTransport| {
        play(memory, &[(200, tokens(1, 3600), 1), (200, page(9, &[1, 2]), 1), (200, page(9, &[3, 4]), 1), (200, page(9, &[]), 1)]);
    };
    let seen = both::list(LoggedIn(&LIMITED_LOGIN), script, &List::default(), 99);
    assert_eq!(seen.waits, [s(58)], "two requests in any 60 seconds: the token's at 0, the pages' at 1, 60 and 61 s");

    #[derive(Clone, Copy)]
    struct Hurried;
    impl Setup for Hurried {
        fn builder<M: Mode>(self) -> ClientBuilder<M> {
            service::builder(&LOGIN)
        }
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.timeout(s(5))
        }
    }
    let seen = both::send(Hurried, |memory| play(memory, &[(200, tokens(1, 300), 6)]), &get(1));
    assert!(seen.result.contains("within 5s, or the login no time"), "{}", seen.result);
}

#[test]
fn no_answer_shows_a_token() {
    let echo = format!(r#"{{"errorMessage":"no right for {ACCESS}1 of {REFRESH}1, {PASSWORD} {ACCESS}1"}}"#);
    let scenes = [(200, tokens(1, 300), 0), (403, echo.clone(), 0)];
    let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &scenes), &get(1));
    assert!(seen.result.contains("no right for *** of ***, *** ***"), "{}", seen.result);
    let after = format!(r#"{{"errorMessage":"{ACCESS}1 was followed by {ACCESS}2"}}"#);
    let scenes = [(200, tokens(1, 300), 0), (401, echo, 0), (200, tokens(2, 300), 0), (400, after, 0)];
    let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &scenes), &get(1));
    assert!(seen.result.contains("*** was followed by ***"), "{}", seen.result);
    let scenes = [
        (200, tokens(1, 300), 0),
        (401, "{}".into(), 0),
        (400, format!("\"{REFRESH}1 is spent\""), 0),
        (400, format!("\"{PASSWORD} is wrong, as was {REFRESH}1\""), 0),
    ];
    let seen = both::send(LoggedIn(&LOGIN), |memory| play(memory, &scenes), &get(1));
    assert!(seen.result.contains("400 Bad Request: *** is wrong, as was ***"), "{}", seen.result);

    let memory = MemoryTransport::new();
    play(&memory, &[(200, tokens(1, 300), 0), (200, case(1), 0)]);
    let client = service::builder::<Blocking>(&LOGIN).transport(Arc::new(memory)).build().expect("a client");
    assert!(client.send(&get(1)).is_ok());
    let shown = format!("{client:?} {:?} {:?} {:?}", service::login(), service::builder::<Async>(&LOGIN), client.request(get(1)));
    for secret in [PASSWORD, ACCESS, REFRESH] {
        assert!(!shown.contains(secret), "a secret in: {shown}");
    }
}

#[test]
fn no_other_host_gets_a_token() {
    let redirect = |memory: &MemoryTransport| {
        play(memory, &[(200, tokens(1, 300), 0)]);
        let answer = http::Response::builder().status(302).header("location", "https://files.example.net/a?key=1").body("");
        memory.answer(answer.expect("a valid answer"));
    };
    let elsewhere = |memory: &MemoryTransport| {
        redirect(memory);
        memory.json(200, "x");
    };
    let seen = both::download(LoggedIn(&LOGIN), elsewhere, &Script);
    assert_eq!(briefs(&seen), [BY_PASSWORD, "GET /script #1", "GET https://files.example.net/a?key=1"]);
    let refused = |memory: &MemoryTransport| {
        redirect(memory);
        memory.json(401, "{}");
    };
    let seen = both::download(LoggedIn(&LOGIN), refused, &Script);
    assert_eq!(briefs(&seen).len(), 3, "what another host refuses is not the token: {:?}", briefs(&seen));
    // The token itself is asked for at home only.
    let lured = |memory: &MemoryTransport| {
        let answer = http::Response::builder().status(307).header("location", "https://evil.example.net/token").body("");
        memory.answer(answer.expect("a valid answer"));
    };
    let seen = both::send(LoggedIn(&LOGIN), lured, &get(1));
    assert!(seen.result.contains("the login failed: 307") && seen.result.contains("the redirect is not followed"), "{}", seen.result);
}

#[test]
fn the_callers_own_header_needs_no_login() {
    #[derive(Clone, Copy)]
    struct Own;
    impl Setup for Own {
        fn builder<M: Mode>(self) -> ClientBuilder<M> {
            service::builder(&LOGIN)
        }
        fn request<M: Mode, O: Operation>(self, request: Request<M, O>) -> Request<M, O> {
            request.header("Authorization", "Bearer mine")
        }
    }
    let seen = both::send(Own, |memory| play(memory, &[(200, case(1), 0)]), &get(1));
    assert_eq!(briefs(&seen), ["GET /case/DEMO/1 Bearer mine"]);
}

#[test]
fn what_can_be_read_once_is_not_repeated() {
    let script = |memory: &MemoryTransport| {
        play(memory, &[(200, tokens(1, 300), 0), (401, "{}".into(), 0), (200, tokens(2, 300), 0), (200, "done".into(), 0)]);
    };
    let store = || Store { file: File::from_reader("a.txt", "once".as_bytes()) };
    type Sent = Result<String, Error<api::Fault>>;
    let told = |first: Sent, second: Sent| -> Sent { Ok(format!("{} / {}", first.expect_err("a refusal"), second?)) };
    let seen = both::both(
        LoggedIn(&LOGIN),
        script,
        |client| told(block_on(client.send(&store())), block_on(client.send(&store()))),
        |client| told(client.send(&store()), client.send(&store())),
    );
    let expected = "files.store (PUT /store): 401 Unauthorized: `{}`; the token was refused and will be another one, but the file \
                    could be read only once: call again with a new `File` / done";
    assert_eq!(seen.result.trim_matches('"'), expected);
    assert_eq!(briefs(&seen), [BY_PASSWORD, "PUT /store #1", BY_REFRESH, "PUT /store #2"]);
}

#[test]
fn logins_that_cannot_be_used() {
    let table = [
        (PasswordLogin::new("", PASSWORD), "TokenAuth", "the credential `TokenAuth` given to `.login(..)` has no user name"),
        (PasswordLogin::new("u", ""), "TokenAuth", "the credential `TokenAuth` given to `.login(..)` has no password"),
        (service::login().client("acme:"), "TokenAuth", "the credential `TokenAuth` given to `.login(..)` has a client name with a colon"),
        (service::login(), "Fixed", "the credential `Fixed` given to `.token(..)` is no login: give it with `.credential(..)`"),
        (service::login(), "Other", "the API has no security scheme `Other`"),
    ];
    for (login, scheme, expected) in table {
        let built = Client::<Async>::builder(&LOGIN).login(scheme, login.clone()).build();
        assert_eq!(built.map(drop).map_err(|error| error.to_string()), Err(expected.to_owned()));
        let client = service::builder::<Blocking>(&LOGIN).build().expect("a client");
        assert_eq!(client.with_login(scheme, login).map(drop).map_err(|error| error.to_string()), Err(expected.to_owned()));
    }
    let text = Client::<Async>::builder(&LOGIN).credential("TokenAuth", "x").build();
    let expected = "the credential `TokenAuth` given to `.login(..)` is a login: give user and password with `.login(..)`";
    assert_eq!(text.map(drop).map_err(|error| error.to_string()), Err(expected.to_owned()));
}

#[test]
fn another_login_has_its_own_tokens() {
    let memory = MemoryTransport::new();
    let client = service::builder::<Blocking>(&LOGIN).transport(Arc::new(memory.clone())).build().expect("a client");
    let other = client.with_login("TokenAuth", PasswordLogin::new("other", "fake-password-1111")).expect("a client");
    play(&memory, &[(200, tokens(1, 300), 0), (200, case(1), 0), (200, tokens(2, 300), 0), (200, case(1), 0), (200, case(1), 0)]);
    for client in [&client, &other, &client.clone()] {
        assert!(client.send(&get(1)).is_ok());
    }
    let requests: Vec<String> = memory.requests().iter().map(|request| brief(&both::text(request))).collect();
    let other = "POST /oauth/token sample-api: grant_type=password&password=fake-password-1111&username=other";
    let get = |token: &str| format!("GET /case/DEMO/1 {token}");
    assert_eq!(requests, [BY_PASSWORD.to_owned(), get("#1"), other.to_owned(), get("#2"), get("#1")]);
}

#[test]
fn a_failed_login_says_whether_it_may_pass() {
    for (status, passes) in [(400, false), (401, false), (503, true), (429, true)] {
        let memory = MemoryTransport::new();
        play(&memory, &[(status, r#"{"message":"no"}"#.into(), 0)]);
        let builder = service::builder::<Blocking>(&LOGIN).retry(tms_runtime::RetryPolicy::never());
        let client = builder.transport(Arc::new(memory)).build().expect("a client");
        let error = client.send(&get(1)).expect_err("no token");
        assert!(matches!(error, Error::Auth(_)), "{error}");
        assert_eq!((error.operation(), error.status().map(|status| status.as_u16())), ("cases.get", Some(status)), "{error}");
        assert_eq!((error.is_retryable(), error.body().map(|body| &body[..])), (passes, Some(&br#"{"message":"no"}"#[..])), "{error}");
    }
}
