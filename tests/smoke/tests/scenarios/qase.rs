//! What happens around a call: paging, refusals, broken answers, broken connections, unknown content.

use crate::asked;
use qase::types::{NewSuite, Severity, SeverityValue, SuiteUpdate};
use qase::{Error, Patch, StatusCode};
use serde_json::json;
use std::time::{Duration, Instant};
use tms_mock::{Fault, qase as records};
use tms_runtime::{Async, RetryPolicy};
use tms_smoke::drive::block_on;
use tms_smoke::qase::drive::{Drive, Setup, answered};
use tms_smoke::qase::{PROJECT, World};
use tms_smoke::{both, wire};

both!(
    a_list_is_read_to_its_end,
    a_list_that_shrinks_while_it_is_read_ends,
    a_429_is_waited_out_and_repeated,
    a_429_is_an_error_once_retries_are_used_up,
    a_server_error_is_repeated_when_that_does_no_harm,
    a_server_error_on_a_create_is_not_repeated,
    a_truncated_body_is_an_error_and_repeated_only_when_that_does_no_harm,
    html_instead_of_json_is_an_error_that_keeps_the_page,
    html_from_a_gateway_is_an_undocumented_refusal,
    an_unknown_enum_value_is_kept,
    a_value_of_the_wrong_type_does_not_lose_the_page,
    unknown_members_survive_read_modify_write,
    extra_of_one_type_brings_no_nulls_into_another,
    a_server_that_is_gone_is_a_transport_error,
    a_slow_answer_is_a_timeout,
    a_reset_connection_is_a_transport_error,
    a_missing_token_stops_the_call_before_it_is_sent,
    a_wrong_token_is_refused_and_printed_nowhere,
    deleting_twice_is_not_found,
    a_refusal_in_a_success_is_an_error,
    an_empty_identifier_is_not_sent,
);

fn a_list_is_read_to_its_end<M: Drive>() {
    let world = World::start();
    let seeds = (1..=249).map(|number| json!({ "title": format!("Case {number}") }));
    world.mock.seed_all(records::CASES, PROJECT, seeds).expect("the mock takes seeds");
    let client = M::client(&Setup::of(&world.mock));
    let cases = M::collect(client.cases(PROJECT).list()).expect("every page");
    let titles: std::collections::BTreeSet<_> = cases.iter().map(|case| case.title.clone()).collect();
    assert_eq!((cases.len(), titles.len()), (250, 250), "each of the 250 cases once");
    let pages: Vec<_> = world.mock.requests().iter().map(|request| wire::Sent::of_mock(request).query()).collect();
    let page = |offset: &str| vec![("limit".to_owned(), "100".to_owned()), ("offset".to_owned(), offset.to_owned())];
    assert_eq!(pages, [page("0"), page("100"), page("200")], "limit and offset are always sent");
    world.mock.assert_no_verdicts();
}

fn a_list_that_shrinks_while_it_is_read_ends<M: Drive>() {
    let world = World::start();
    world.mock.seed_all(records::CASES, PROJECT, (0..5).map(|n| json!({ "title": format!("{n}") }))).expect("the mock takes seeds");
    let empty = json!({ "total": 1000, "filtered": 1000, "count": 0, "entities": [] });
    world.mock.script("listCases", [Fault::pass(), Fault::set("/result", empty)]);
    let client = M::client(&Setup::of(&world.mock));
    let cases = M::collect(client.cases(PROJECT).list().limit(2)).expect("both pages");
    assert_eq!(cases.len(), 2, "an empty page ends the list whatever its counters say");
    assert_eq!(asked(&world.mock, "listCases"), 2);
}

fn a_429_is_waited_out_and_repeated<M: Drive>() {
    let world = World::start();
    let refused = Fault::status(StatusCode::TOO_MANY_REQUESTS).header(http::header::RETRY_AFTER, "1".parse().expect("a header"));
    world.mock.script("createSuite", [refused]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let begun = Instant::now();
    let created = M::send(client.suites(PROJECT).create(NewSuite::new("Late"))).expect("the second attempt");
    assert!(created.id.is_some());
    assert!(begun.elapsed() >= Duration::from_secs(1), "`Retry-After: 1` was not honoured");
    assert_eq!(asked(&world.mock, "createSuite"), 2, "a refused call is repeated, whatever its method");
    world.mock.assert_no_verdicts();
}

fn a_429_is_an_error_once_retries_are_used_up<M: Drive>() {
    let world = World::start();
    let refused = || Fault::status(StatusCode::TOO_MANY_REQUESTS).header(http::header::RETRY_AFTER, "7".parse().expect("a header"));
    world.mock.script("listUsers", [refused()]);
    let client = M::client(&Setup::of(&world.mock));
    let error = M::send(client.users().list()).expect_err("refused");
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
    assert_eq!(asked(&world.mock, "listUsers"), 1);
}

fn a_server_error_is_repeated_when_that_does_no_harm<M: Drive>() {
    let world = World::start();
    let broken = || Fault::status(StatusCode::INTERNAL_SERVER_ERROR);
    world.mock.script("getSuite", [broken(), broken()]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let suite = M::send(client.suites(PROJECT).get(world.suite)).expect("the third attempt");
    assert_eq!(suite.title, "Accounts");
    assert_eq!(asked(&world.mock, "getSuite"), 3);
    assert_eq!(world.mock.scripted(), 0);
}

fn a_server_error_on_a_create_is_not_repeated<M: Drive>() {
    let world = World::start();
    world.mock.script("createSuite", [Fault::status(StatusCode::INTERNAL_SERVER_ERROR).after_acting()]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let error = M::send(client.suites(PROJECT).create(NewSuite::new("Once"))).expect_err("a 500");
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(error.operation(), "suites.create");
    assert_eq!(asked(&world.mock, "createSuite"), 1, "the server may have acted: it must not be asked again");
    let suites = M::collect(client.suites(PROJECT).list()).expect("the suites");
    assert_eq!(suites.iter().filter(|suite| suite.title == "Once").count(), 1);
}

fn a_truncated_body_is_an_error_and_repeated_only_when_that_does_no_harm<M: Drive>() {
    let world = World::start();
    world.mock.script("getSuite", [Fault::truncate(20), Fault::truncate(20)]);
    world.mock.script("createSuite", [Fault::truncate(5)]);
    let careful = M::client(&Setup::of(&world.mock));
    let error = M::send(careful.suites(PROJECT).get(world.suite)).expect_err("half a body");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    assert_eq!(M::send(client.suites(PROJECT).get(world.suite)).expect("the next attempt").id, world.suite);
    let error = M::send(client.suites(PROJECT).create(NewSuite::new("Once"))).expect_err("half a body");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!((asked(&world.mock, "getSuite"), asked(&world.mock, "createSuite")), (3, 1));
}

fn html_instead_of_json_is_an_error_that_keeps_the_page<M: Drive>() {
    let world = World::start();
    world.mock.script("listSuites", [Fault::html(StatusCode::OK)]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let error = M::send(client.suites(PROJECT).list()).expect_err("a web page");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.body().is_some_and(|body| body.starts_with(b"<!DOCTYPE html>")));
    let said = error.to_string();
    assert!(said.contains("suites.list") && said.contains("<!DOCTYPE html>"), "says neither what failed nor what came: {said}");
    assert_eq!(asked(&world.mock, "listSuites"), 1);
}

fn html_from_a_gateway_is_an_undocumented_refusal<M: Drive>() {
    let world = World::start();
    world.mock.script("listSuites", [Fault::html(StatusCode::BAD_GATEWAY)]);
    let client = M::client(&Setup::of(&world.mock));
    let error = M::send(client.suites(PROJECT).list()).expect_err("a web page");
    assert!(matches!(error, Error::Status(_)), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert!(error.is_retryable() && error.body().is_some_and(|body| body.starts_with(b"<!DOCTYPE html>")));
}

fn an_unknown_enum_value_is_kept<M: Drive>() {
    let world = World::start();
    world.mock.script("listCases", [Fault::set("/result/entities/0/severity", json!("apocalyptic"))]);
    let client = M::client(&Setup::of(&world.mock));
    let page = M::send(client.cases(PROJECT).list()).expect("a page with a new word");
    let severity = page.entities[0].severity.clone();
    assert_eq!(severity, Some(SeverityValue::Severity(Severity::Unknown("apocalyptic".to_owned()))));
    let written = tms_runtime::json::to_string(&page.entities[0]);
    assert!(written.contains(r#""severity":"apocalyptic""#), "{written}");
    // And it can be asked for.
    M::send(client.cases(PROJECT).list().severity([Severity::from("apocalyptic")])).expect("a filter with a new word");
    let asked = world.mock.requests().last().and_then(|request| request.query("severity").map(str::to_owned));
    assert_eq!(asked.as_deref(), Some("apocalyptic"));
}

fn a_value_of_the_wrong_type_does_not_lose_the_page<M: Drive>() {
    let world = World::start();
    world.mock.script("listCases", [Fault::set("/result/entities/0/position", json!({ "x": 1 }))]);
    let client = M::client(&Setup::of(&world.mock));
    let page = M::send(client.cases(PROJECT).list()).expect("a page with one odd field");
    assert_eq!((page.entities[0].id, page.entities[0].position), (world.case, None));
    let kept = page.entities[0].extra.get("position").map(|value| value.to_string());
    assert_eq!(kept.as_deref(), Some(r#"{"x":1}"#));
    // A required one is an error that says where.
    world.mock.script("listCases", [Fault::set("/result/entities/0/title", json!(7))]);
    let error = M::send(client.cases(PROJECT).list()).expect_err("a title that is no text");
    assert!(error.to_string().contains("entities[0].title"), "does not say where: {error}");
}

/// A suite as a later version of the API may show it: with a member this crate does not know, and nulls.
const LATER: &str = r##"{"status":true,"result":{"id":7,"title":"Old","description":null,"preconditions":"Signed in",
    "parent_id":null,"color":{"hex":"#ff0000","shades":[1,2.50,null]}}}"##;

/// What came in and what went out; the mock server takes no members that the document lacks, so this is done in memory.
fn unknown_members_survive_read_modify_write<M: Drive>() {
    let (client, memory) = answered::<M>(&[LATER, r#"{"status":true}"#]);
    let mut suite = M::send(client.suites(PROJECT).get(7)).expect("the suite");
    suite.title = "New".to_owned();
    let color = r##""color":{"hex":"#ff0000","shades":[1,2.50,null]}"##;
    let written = tms_runtime::json::to_string(&suite);
    let whole = format!(r#"{{"id":7,"title":"New","description":null,"preconditions":"Signed in","parent_id":null,{color}}}"#);
    assert_eq!(written, whole, "what was read is written back: unknown members to the byte, nulls as null, nothing invented");
    let mut update = SuiteUpdate::default().with_title(suite.title).with_parent_id(Patch::Null);
    for (name, value) in suite.extra.iter() {
        update.extra.set(&name, value);
    }
    M::send(client.suites(PROJECT).update(7, update)).expect("the update");
    let sent = memory.requests().pop().expect("a request").into_body();
    assert_eq!(String::from_utf8_lossy(&sent), format!(r#"{{"title":"New","parent_id":null,{color}}}"#));
}

fn extra_of_one_type_brings_no_nulls_into_another<M: Drive>() {
    let (client, memory) = answered::<M>(&[LATER, r#"{"status":true}"#]);
    let suite = M::send(client.suites(PROJECT).get(7)).expect("the suite");
    let mut update = SuiteUpdate::default().with_title("New");
    update.extra = suite.extra;
    M::send(client.suites(PROJECT).update(7, update)).expect("the update");
    let sent: serde_json::Value = serde_json::from_slice(memory.requests().pop().expect("a request").body()).expect("JSON");
    let color = json!({ "hex": "#ff0000", "shades": [1, 2.50, null] });
    assert_eq!(sent, json!({ "title": "New", "color": color }), "a field nobody set would be cleared");
}

fn a_server_that_is_gone_is_a_transport_error<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock).attempts(2));
    M::send(client.projects().list()).expect("while it is there");
    let token = world.mock.token().to_owned();
    world.mock.stop();
    let error = M::send(client.projects().list()).expect_err("nobody there");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_retryable());
    assert_eq!((error.operation(), error.status()), ("projects.list", None));
    assert!(!format!("{error} {error:?}").contains(&token));
}

fn a_slow_answer_is_a_timeout<M: Drive>() {
    let world = World::start();
    world.mock.script("listProjects", [Fault::delay(Duration::from_secs(20))]);
    let client = M::client(&Setup::of(&world.mock));
    let error = M::send(client.projects().list().timeout(Duration::from_millis(100))).expect_err("too slow");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    M::send(client.projects().list()).expect("the next call, with the client's own limit");
}

fn a_reset_connection_is_a_transport_error<M: Drive>() {
    let world = World::start();
    world.mock.script("createSuite", [Fault::reset()]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let error = M::send(client.suites(PROJECT).create(NewSuite::new("Lost"))).expect_err("reset");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(asked(&world.mock, "createSuite"), 1, "the server may have acted: it must not be asked again");
    world.mock.script("listSuites", [Fault::reset()]);
    M::send(client.suites(PROJECT).list()).expect("reading is repeated");
    assert_eq!(asked(&world.mock, "listSuites"), 2);
}

fn a_missing_token_stops_the_call_before_it_is_sent<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup { access: None, ..Setup::of(&world.mock) });
    let error = M::send(client.projects().list()).expect_err("no token");
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert!(error.to_string().contains("token"), "does not say what to set: {error}");
    assert!(world.mock.requests().is_empty());
}

fn a_wrong_token_is_refused_and_printed_nowhere<M: Drive>() {
    let world = World::start();
    let wrong = "wrong-token-of-nobody";
    let client = M::client(&Setup { access: Some(wrong.to_owned()), ..Setup::of(&world.mock) }.attempts(3));
    let error = M::send(client.projects().list()).expect_err("a wrong token");
    let Error::Api(refusal) = &error else { panic!("not the documented error body: {error:?}") };
    assert!(refusal.fault().error_message.as_ref().is_some_and(|message| !message.is_empty()));
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(world.mock.requests().len(), 1, "asking again cannot help");
    assert!(!format!("{error} {error:?} {client:?}").contains(wrong));
}

fn deleting_twice_is_not_found<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    M::send(client.suites(PROJECT).delete(world.suite)).expect("the first time");
    let error = M::send(client.suites(PROJECT).delete(world.suite)).expect_err("the second time");
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!((error.status(), error.is_retryable()), (Some(StatusCode::NOT_FOUND), false));
    let error = M::send(client.suites(PROJECT).get(world.suite)).expect_err("reading it");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
}

fn a_refusal_in_a_success_is_an_error<M: Drive>() {
    let world = World::start();
    let refusal = json!({ "status": false, "errorMessage": "Defect not found" });
    world.mock.script("resolveDefect", [Fault::set("", refusal)]);
    let client = M::client(&Setup::of(&world.mock));
    let error = M::send(client.defects(PROJECT).resolve(world.defect)).expect_err("status false");
    let Error::Api(api) = &error else { panic!("not an error of the API: {error:?}") };
    assert_eq!(api.fault().error_message.as_deref(), Some("Defect not found"));
    assert_eq!(error.status(), Some(StatusCode::OK));
}

fn an_empty_identifier_is_not_sent<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    for hash in ["", ".", ".."] {
        let error = M::send(client.results(PROJECT).delete(world.run, hash)).expect_err("another path");
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(error.to_string().contains("results.delete"), "{error}");
    }
    assert!(world.mock.requests().is_empty());
    let error = M::send(client.results(PROJECT).delete(world.run, "a/../../b?c#d")).expect_err("no such result");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    let path = world.mock.requests().pop().map(|request| request.path);
    assert_eq!(
        path.as_deref(),
        Some(format!("/v1/result/SMOKE/{}/a%2F..%2F..%2Fb%3Fc%23d", world.run).as_str()),
        "one segment, whatever is in it"
    );
}

/// A dropped future stops its call; the client stays usable.
#[test]
fn a_cancelled_call_leaves_the_client_usable() {
    let world = World::start();
    world.mock.script("listProjects", [Fault::delay(Duration::from_secs(20))]);
    let client = Async::client(&Setup::of(&world.mock));
    block_on(async {
        let cancelled = tokio::time::timeout(Duration::from_millis(100), client.projects().list().send()).await;
        assert!(cancelled.is_err(), "the answer takes 20 seconds");
        client.projects().list().send().await.expect("the next call");
    });
    assert_eq!(asked(&world.mock, "listProjects"), 2);
}

/// Retry settings of one request go before the client's.
#[test]
fn a_request_can_bring_its_own_retry_policy() {
    let world = World::start();
    world.mock.script("listUsers", [Fault::status(StatusCode::SERVICE_UNAVAILABLE)]);
    let client = Async::client(&Setup::of(&world.mock).attempts(3));
    let error = Async::send(client.users().list().retry(RetryPolicy::never())).expect_err("one attempt");
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(asked(&world.mock, "listUsers"), 1);
}
