//! Logins and tokens: when they are asked for, what they let in, and that nobody gets to see them.

use super::got;
use crate::asked;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qtest_manager::types::{Grant, NewModule, TokenRequest};
use qtest_manager::{Error, File, PasswordLogin, StatusCode};
use serde_json::json;
use std::thread;
use std::time::Duration;
use tms_mock::{Clock, Fault, Mock, qtest_manager as server};
use tms_smoke::both;
use tms_smoke::qtest_manager::{Access, Drive, PROJECT, Setup, World};

both!(
    a_login_takes_one_token,
    clients_say_who_they_are,
    a_token_that_ended_is_renewed,
    a_token_about_to_end_is_renewed_before_it_does,
    what_cannot_be_renewed_is_asked_for_anew,
    a_wrong_password_is_an_error_without_it,
    a_broken_login_is_an_error_that_may_pass,
    another_user_has_another_token,
    a_fixed_token_is_taken_as_it_is,
    no_credentials_stop_the_call_before_it_is_sent,
    a_401_for_another_reason_does_not_go_round_in_circles,
    a_file_that_can_be_read_once_is_not_sent_twice,
    tokens_are_in_no_error,
    tokens_can_be_asked_for_by_hand,
);

fn user(mock: &Mock, login: PasswordLogin) -> Setup {
    Setup::new(mock.url(), Access::login(login))
}

/// Fields of the forms that asked for tokens, and who sent them.
fn logins(mock: &Mock) -> Vec<(String, Vec<(String, String)>)> {
    let requests = mock.requests();
    let logins = requests.iter().filter(|request| request.operation.as_deref() == Some("issueToken"));
    logins.map(|request| (basic(request), form(request))).collect()
}

/// User and password of a header.
fn basic(request: &tms_mock::Request) -> String {
    let header = request.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let decoded = STANDARD.decode(header.trim_start_matches("Basic ")).unwrap_or_default();
    String::from_utf8(decoded).unwrap_or_default()
}

fn form(request: &tms_mock::Request) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(&request.body);
    let decoded = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let mut pairs: Vec<_> = pairs.map(|(name, value)| (decoded(name), decoded(value))).collect();
    pairs.sort();
    pairs
}

/// How the tokens were asked for, one after another.
fn grants(mock: &Mock) -> Vec<String> {
    let grant = |form: Vec<(String, String)>| form.into_iter().find(|(name, _)| name == "grant_type").map(|(_, grant)| grant);
    logins(mock).into_iter().filter_map(|(_, form)| grant(form)).collect()
}

/// The tokens that calls carried.
fn tokens(mock: &Mock) -> Vec<String> {
    let requests = mock.requests();
    let headers = requests.iter().filter_map(|request| request.headers.get("authorization")?.to_str().ok());
    headers.filter_map(|header| header.strip_prefix("Bearer ")).map(str::to_owned).collect()
}

fn a_login_takes_one_token<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    assert!(world.mock.requests().is_empty(), "nothing is sent before the first call");
    got(client.projects().get(PROJECT));
    got(client.clone().project(PROJECT).modules().create(NewModule::new("New")));
    got(client.users().current());
    let operations: Vec<_> = world.mock.requests().into_iter().filter_map(|request| request.operation).collect();
    assert_eq!(operations, ["issueToken", "getProject", "createModule", "getCurrentUser"]);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let form = vec![pair("grant_type", "password"), pair("password", server::PASSWORD), pair("username", server::USERNAME)];
    assert_eq!(logins(&world.mock), [("qtest-api:".to_owned(), form)]);
    let tokens = tokens(&world.mock);
    assert!(tokens.len() == 3 && tokens.iter().all(|token| *token == tokens[0] && token != world.mock.token()));
    world.mock.assert_no_verdicts();
}

fn clients_say_who_they_are<M: Drive>() {
    let world = World::start();
    let login = || PasswordLogin::new(server::USERNAME, server::PASSWORD);
    got(M::client(&user(&world.mock, login().client("acme"))).projects().get(PROJECT));
    got(M::client(&user(&world.mock, login())).projects().get(PROJECT));
    let names: Vec<_> = logins(&world.mock).into_iter().map(|(client, _)| client).collect();
    assert_eq!(names, ["acme:", "qtest-api:"], "the name that may renew, if there is no other");
}

fn a_token_that_ended_is_renewed<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    got(client.projects().get(PROJECT));
    server::expire_tokens(&world.mock);
    got(client.project(PROJECT).modules().create(NewModule::new("Once")));
    assert_eq!(grants(&world.mock), ["password", "refresh_token"]);
    assert_eq!(logins(&world.mock)[1].0, "qtest-api:", "only this name may renew");
    let statuses: Vec<_> = world.mock.requests().iter().filter_map(|request| request.status).map(|status| status.as_u16()).collect();
    assert_eq!(statuses, [200, 200, 401, 200, 201], "refused once, and sent again with the new token");
    let modules = got(client.project(PROJECT).modules().list().search("Once"));
    assert_eq!(modules.len(), 1);
    let tokens = tokens(&world.mock);
    assert!(tokens[0] == tokens[1] && tokens[1] != tokens[2] && tokens[2] == tokens[3]);
}

/// By the clock of the client: that of the server stands still.
fn a_token_about_to_end_is_renewed_before_it_does<M: Drive>() {
    let mock = server::with_token_life(Duration::from_secs(1)).clock(Clock::manual()).start().expect("a server");
    let client = M::client(&Setup::user(&mock));
    got(client.projects().get(PROJECT));
    thread::sleep(Duration::from_millis(1050));
    got(client.projects().get(PROJECT));
    assert_eq!(grants(&mock), ["password", "refresh_token"]);
    let tokens = tokens(&mock);
    assert!(tokens.len() == 2 && tokens[0] != tokens[1], "the old token would still have been taken");
}

fn what_cannot_be_renewed_is_asked_for_anew<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    got(client.projects().get(PROJECT));
    server::expire_tokens(&world.mock);
    server::refuse_refresh(&world.mock);
    got(client.projects().get(PROJECT));
    got(client.projects().get(PROJECT));
    assert_eq!(grants(&world.mock), ["password", "refresh_token", "password"]);
    assert_eq!(asked(&world.mock, "getProject"), 4);
}

fn a_wrong_password_is_an_error_without_it<M: Drive>() {
    let world = World::start();
    for (name, password) in
        [(server::USERNAME, "wrong-p@ssword"), ("nobody@example.com", "wrong-p@ssword"), ("gus@example.com", "mock-password")]
    {
        let before = world.mock.requests().len();
        let client = M::client(&user(&world.mock, PasswordLogin::new(name, password)).attempts(3));
        let error = M::send(client.projects().list()).expect_err("nobody is let in");
        assert!(matches!(error, Error::Auth(_)), "{error:?}");
        assert_eq!((error.operation(), error.status()), ("projects.list", Some(StatusCode::BAD_REQUEST)));
        assert!(!error.is_retryable(), "asking again cannot help");
        let said = error.to_string();
        assert!(said.contains("projects.list") && said.contains("Bad credentials") && said.contains("password"), "{said}");
        assert_eq!(world.mock.requests().len(), before + 1, "neither is the login tried again, nor the call without it");
        let shown = format!("{error} {error:?} {client:?} {:?}", world.mock.requests());
        for secret in [password, "wrong-p%40ssword", &STANDARD.encode(password)] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

fn a_broken_login_is_an_error_that_may_pass<M: Drive>() {
    let world = World::start();
    let broken = || Fault::refusal(StatusCode::SERVICE_UNAVAILABLE, "Down for a while");
    world.mock.script("issueToken", [broken(), broken(), broken()]);
    let client = M::client(&Setup::user(&world.mock).attempts(2));
    let error = M::send(client.projects().get(PROJECT)).expect_err("no token");
    assert!(matches!(error, Error::Auth(_)) && error.is_retryable() && error.to_string().contains("Down for a while"), "{error:?}");
    assert_eq!(asked(&world.mock, "issueToken"), 2, "the login goes by the retry policy of the client");
    got(client.projects().get(PROJECT));
    assert_eq!((asked(&world.mock, "issueToken"), asked(&world.mock, "getProject")), (4, 1));
}

fn another_user_has_another_token<M: Drive>() {
    let world = World::start();
    let ann = M::client(&Setup::user(&world.mock));
    let bob = ann.with_login(PasswordLogin::new("bob@example.com", server::PASSWORD)).expect("a login");
    let seen = [&ann, &bob, &ann].map(|client| got(client.projects().list()).len());
    assert_eq!(seen, [3, 1, 3]);
    assert_eq!(grants(&world.mock), ["password", "password"]);
    assert!(ann.with_login(PasswordLogin::new("", server::PASSWORD)).is_err(), "nobody has no name");
}

fn a_fixed_token_is_taken_as_it_is<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    got(client.projects().get(PROJECT));
    let status = got(client.tokens().status());
    assert_eq!(status.expiration, Some(0), "it never ends");
    assert_eq!(asked(&world.mock, "issueToken"), 0);
    assert_eq!(tokens(&world.mock), [world.mock.token(), world.mock.token()]);
    let wrong = "00000000-1111-2222-3333-444444444444";
    let client = M::client(&Setup::new(world.mock.url(), Access::token(wrong)).attempts(3));
    let error = M::send(client.projects().get(PROJECT)).expect_err("a wrong token");
    assert_eq!((error.status(), asked(&world.mock, "getProject")), (Some(StatusCode::UNAUTHORIZED), 2), "once more would not help");
    assert!(!format!("{error} {error:?} {client:?}").contains(wrong));
}

fn no_credentials_stop_the_call_before_it_is_sent<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::new(world.mock.url(), Access::default()));
    let error = M::send(client.projects().list()).expect_err("nobody");
    let said = error.to_string();
    assert!(matches!(error, Error::Auth(_)) && said.contains("login") && said.contains("QTEST_"), "does not say what to set: {said}");
    assert!(world.mock.requests().is_empty());
}

fn a_401_for_another_reason_does_not_go_round_in_circles<M: Drive>() {
    let world = World::start();
    let refused = || Fault::refusal(StatusCode::UNAUTHORIZED, "This site has no API");
    world.mock.script("getProject", [refused(), refused(), refused(), refused()]);
    let client = M::client(&Setup::user(&world.mock).attempts(3));
    let error = M::send(client.projects().get(PROJECT)).expect_err("refused");
    assert!(matches!(error, Error::Api(_)) && error.to_string().contains("This site has no API"), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!((asked(&world.mock, "getProject"), asked(&world.mock, "issueToken")), (2, 2), "one renewal, one repetition");
    got(client.users().current());
}

fn a_file_that_can_be_read_once_is_not_sent_twice<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock).attempts(3));
    got(client.projects().get(PROJECT));
    server::expire_tokens(&world.mock);
    let attachments = client.project(PROJECT).attachments();
    let before = world.mock.uploads().len();
    let uploads = || world.mock.uploads().len() - before;
    let once = || File::from_reader("log.txt", &b"passed"[..]);
    let error = M::send(attachments.upload("test-logs", 1001, "log.txt", once())).expect_err("the content is gone");
    assert_eq!((error.status(), uploads()), (Some(StatusCode::UNAUTHORIZED), 0));
    got(attachments.upload("test-logs", 1001, "log.txt", once()));
    server::expire_tokens(&world.mock);
    got(attachments.upload("test-logs", 1001, "again.txt", b"passed".to_vec()));
    assert_eq!(uploads(), 2, "what is in memory is sent again");
}

/// The service repeats in its errors what it was sent.
fn tokens_are_in_no_error<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    got(client.projects().get(PROJECT));
    let first = tokens(&world.mock).pop().expect("a token");
    server::expire_tokens(&world.mock);
    got(client.projects().get(PROJECT));
    let second = tokens(&world.mock).pop().expect("another token");
    assert_ne!(first, second);
    let refresh = logins(&world.mock)[1].1.iter().find(|(name, _)| name == "refresh_token").map(|(_, token)| token.clone());
    let refresh = refresh.expect("a token that renews");
    let message = format!("Bearer {second} is odd");
    world.mock.script("getProject", [Fault::refusal(StatusCode::BAD_REQUEST, &message), Fault::set("/id", json!(message))]);
    let refused = M::send(client.projects().get(PROJECT)).expect_err("refused");
    let unreadable = M::send(client.projects().get(PROJECT)).expect_err("no number");
    let no_token = || Fault::refusal(StatusCode::BAD_REQUEST, format!("{} of {refresh}", server::PASSWORD));
    world.mock.script("issueToken", [no_token(), no_token()]);
    server::expire_tokens(&world.mock);
    let login = M::send(client.projects().get(PROJECT)).expect_err("no token");
    assert!(matches!((&refused, &unreadable, &login), (Error::Api(_), Error::Decode(_), Error::Auth(_))));
    for error in [refused, unreadable, login] {
        let shown = format!("{error} {error:?} {client:?}");
        for secret in [&first, &second, &refresh, &server::PASSWORD.to_owned()] {
            assert!(!shown.contains(secret.as_str()), "{shown}");
        }
    }
}

fn tokens_can_be_asked_for_by_hand<M: Drive>() {
    let world = World::start();
    let site = Setup::new(world.mock.url(), Access::default().site("acme"));
    let request = TokenRequest::default().with_grant_type(Grant::Password).with_username(server::USERNAME).with_password(server::PASSWORD);
    let token = got(M::client(&site).tokens().issue(request));
    let access = token.access_token.clone().expect("a token");
    assert!(!format!("{token:?}").contains(access.expose()));
    assert_eq!((token.token_type.as_deref(), token.expires_in, token.agent.as_deref()), (Some("bearer"), Some(3599), Some("acme")));
    let client = M::client(&Setup::new(world.mock.url(), Access::token(access.expose())));
    let status = got(client.tokens().status());
    assert!(status.validity_in_milliseconds.is_some_and(|left| left > 3_500_000 && left <= 3_599_000), "{status:?}");
    assert_eq!(logins(&world.mock)[0].0, "acme:");
    world.mock.assert_no_verdicts();
}
