//! Answers that are not quite what the reference says.

use super::got;
use crate::asked;
use qtest_manager::types::{CommentSearch, CommentedObject, NewDefect, PropertyInput, TestCaseUpdate, WebhookEvent};
use qtest_manager::{DateTime, Error, StatusCode};
use serde_json::json;
use std::collections::BTreeMap;
use tms_mock::{Answer, Fault};
use tms_smoke::both;
use tms_smoke::qtest_manager::{Drive, PROJECT, World};

both!(
    times_are_read_in_every_form,
    times_are_sent_with_an_offset,
    one_or_several_is_a_list,
    empty_bodies_are_fine,
    truths_may_be_words,
    hyphenated_members_are_read,
    words_that_are_new_are_kept,
    a_missing_answer_is_an_error_that_says_where,
    html_is_an_error_that_keeps_the_page,
    errors_come_in_any_form,
    secrets_of_webhooks_are_not_shown,
);

fn times_are_read_in_every_form<M: Drive>() {
    let world = World::start();
    let modules = M::client(&world.setup()).project(PROJECT).modules();
    let forms = [
        "2025-01-06T08:30:00+00:00",
        "2025-01-06T08:30:00+0000",
        "2025-01-06T08:30:00.000+0000",
        "2025-01-06T08:30:00Z",
        "2025-01-06T03:30:00-05:00",
        "2025-01-06T03:30:00-0500",
    ];
    for form in forms {
        world.mock.script("getModule", [Fault::set("/created_date", json!(form))]);
        let module = got(modules.get(101));
        let created = module.created_date.clone().unwrap_or_else(|| panic!("{form} cannot be read"));
        assert_eq!((created.as_str(), created.unix_seconds()), (form, Some(1_736_152_200)), "{form}");
        assert!(tms_runtime::json::to_string(&module).contains(form), "not written as it was read");
    }
    world.mock.script("getModule", [Fault::set("/created_date", json!(1_736_152_200_000_i64)), Fault::set("/created_date", json!(""))]);
    for _ in 0..2 {
        assert_eq!(got(modules.get(101)).id, 101, "what is no time costs nothing else");
    }
}

fn times_are_sent_with_an_offset<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let since = DateTime::utc(2025, 1, 1, 0, 0, 0).expect("a time");
    assert_eq!(M::collect(project.defects().changed_since(since)).expect("defects").len(), 1);
    assert_eq!(M::collect(project.defects().changed_since("2025-01-01T00:00:00.000+0000")).expect("defects").len(), 1);
    assert_eq!(M::collect(project.defects().changed_since("2999-01-01T00:00:00.000+0000")).expect("defects").len(), 0);
    let search = CommentSearch::new(CommentedObject::Defects).with_start("2025-01-01T00:00:00.000+0000");
    assert_eq!(M::collect(project.search().comments(search)).expect("comments").len(), 1);
    let sent: Vec<_> = world.mock.requests().iter().filter_map(|request| request.query("startTime").map(str::to_owned)).collect();
    assert_eq!(sent[1], "2025-01-01T00:00:00.000+0000", "the plus sign arrives");
    world.mock.assert_no_verdicts();
}

/// Declared as one test case, the service may answer with all that were changed.
fn one_or_several_is_a_list<M: Drive>() {
    let world = World::start();
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    let case = |id: i64| json!({ "id": id, "name": format!("{id}") });
    world.mock.script("updateTestCases", [Fault::pass(), Fault::set("", case(301)), Fault::set("", json!([case(301), case(302)]))]);
    let update = |id: &str, name: &str| (id.to_owned(), TestCaseUpdate::default().with_name(name));
    let updates = || BTreeMap::from([update("301", "Sign in"), update("302", "Pay")]);
    assert_eq!(got(cases.update_many(updates())).len(), 2);
    let counts = [got(cases.update_many(updates())).len(), got(cases.update_many(updates())).len()];
    assert_eq!(counts, [1, 2]);
    assert_eq!(got(cases.get("301")).name.as_deref(), Some("Sign in"));
    world.mock.assert_no_verdicts();
}

fn empty_bodies_are_fine<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    got(project.test_suites().delete(801));
    let empty = |status: u16| Fault::replace(Answer::empty(StatusCode::from_u16(status).expect("a status"))).after_acting();
    world.mock.script("deleteTestCase", [empty(204), empty(200)]);
    got(project.test_cases().delete(302));
    got(project.test_cases().delete(301));
    assert!(M::collect(project.test_cases().list()).expect("none").is_empty());
    // What is promised has to come, though.
    world.mock.script("getModule", [Fault::replace(Answer::empty(StatusCode::OK))]);
    let error = M::send(project.modules().get(101)).expect_err("nothing");
    assert!(matches!(error, Error::Decode(_)) && error.to_string().contains("modules.get"), "{error:?}");
}

fn truths_may_be_words<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    for (sent, read) in [(json!("true"), Some(true)), (json!("False"), Some(false)), (json!(true), Some(true)), (json!(null), None)] {
        world.mock.script("listFields", [Fault::set("/0/required", sent.clone())]);
        let fields = got(project.fields().list("test-cases"));
        assert_eq!(fields[0].required, read, "{sent}");
    }
}

fn hyphenated_members_are_read<M: Drive>() {
    let world = World::start();
    let cycles = M::client(&world.setup()).project(PROJECT).test_cycles();
    let new = qtest_manager::types::NewTestCycle::new("Below");
    let below = got(cycles.create(new).parent_id(701).parent_type("test-cycle"));
    let cycle = got(cycles.get(701).expand("descendants"));
    let names = |cycle: &qtest_manager::types::TestCycle| {
        let suites = cycle.test_suites.iter().flatten().filter_map(|suite| suite.name.clone()).collect::<Vec<_>>();
        let cycles = cycle.test_cycles.iter().flatten().map(|cycle| cycle.id).collect::<Vec<_>>();
        (cycles, suites)
    };
    assert_eq!(names(&cycle), (vec![below.id], vec!["Smoke".to_owned()]));
    let written = tms_runtime::json::to_string(&cycle);
    assert!(written.contains(r#""test-cycles":[{"#) && written.contains(r#""test-suites":[{"#), "{written}");
    let list = got(cycles.list().expand("descendants"));
    assert_eq!(names(&list[0]), names(&cycle));
    world.mock.assert_no_verdicts();
}

fn words_that_are_new_are_kept<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    world.mock.script("getWebhook", [Fault::set("/events", json!(["testlog_submitted", "moon_full", "defect_submited"]))]);
    let events = got(client.webhooks().get("1401")).events.expect("events");
    let new = WebhookEvent::Unknown("moon_full".to_owned());
    assert_eq!(events, [WebhookEvent::TestLogSubmitted, new, WebhookEvent::DefectSubmitted], "one is misspelled by older versions");
    world.mock.script("getTestRun", [Fault::set("/parentType", json!("galaxy"))]);
    let run = got(client.project(PROJECT).test_runs().get(901));
    assert_eq!(run.parent_type, Some("galaxy".into()));
}

fn a_missing_answer_is_an_error_that_says_where<M: Drive>() {
    let world = World::start();
    world.mock.script("listTestCases", [Fault::set("/1/id", json!("no number")), Fault::remove("/1/id")]);
    let cases = M::client(&world.setup().attempts(3)).project(PROJECT).test_cases();
    for _ in 0..2 {
        let error = M::send(cases.list()).expect_err("which test case is that?");
        let said = error.to_string();
        assert!(
            matches!(error, Error::Decode(_)) && said.contains("test_cases.list") && said.contains("[1]") && said.contains("id"),
            "{said}"
        );
        assert!(error.body().is_some_and(|body| !body.is_empty()), "what came is kept");
    }
    assert_eq!(asked(&world.mock, "listTestCases"), 2, "asking again cannot help");
}

fn html_is_an_error_that_keeps_the_page<M: Drive>() {
    let world = World::start();
    world.mock.script("getProject", [Fault::html(StatusCode::OK), Fault::html(StatusCode::BAD_GATEWAY)]);
    let projects = M::client(&world.setup()).projects();
    let (page, gateway) = (M::send(projects.get(PROJECT)).expect_err("a page"), M::send(projects.get(PROJECT)).expect_err("a page"));
    assert!(matches!((&page, &gateway), (Error::Decode(_), Error::Status(_))), "{page:?} {gateway:?}");
    for error in [page, gateway] {
        assert!(error.body().is_some_and(|body| body.starts_with(b"<!DOCTYPE html>")) && error.to_string().contains("<!DOCTYPE html>"));
    }
}

fn errors_come_in_any_form<M: Drive>() {
    let world = World::start();
    let projects = M::client(&world.setup()).projects();
    let forms =
        [json!({ "message": "Gone", "code": 7 }), json!({ "message": "Gone", "code": "E7", "more": [1] }), json!({ "message": "Gone" })];
    for form in forms {
        world.mock.script("getProject", [Fault::replace(Answer::json(StatusCode::NOT_FOUND, form.clone()))]);
        let error = M::send(projects.get(PROJECT)).expect_err("gone");
        let Error::Api(api) = &error else { panic!("{form} is not taken for an error: {error:?}") };
        assert_eq!((api.fault().message.as_deref(), api.status()), (Some("Gone"), StatusCode::NOT_FOUND), "{form}");
        assert!(error.to_string().contains("projects.get") && error.to_string().contains("Gone"), "{error}");
    }
    let error = M::send(projects.get(999)).expect_err("no such project");
    assert!(error.status() == Some(StatusCode::NOT_FOUND) && error.to_string().contains("999"), "{error}");
}

fn secrets_of_webhooks_are_not_shown<M: Drive>() {
    let world = World::start();
    let webhooks = M::client(&world.setup()).webhooks();
    let secret = "hook-s3cret";
    let new = qtest_manager::types::NewWebhook::new("ci", "https://hooks.example.com/q", [WebhookEvent::TestLogSubmitted], secret);
    let request = webhooks.create(new);
    assert!(!format!("{request:?}").contains(secret));
    let created = got(request);
    assert!(!format!("{created:?}").contains(secret));
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    assert_eq!(sent["secretKey"], secret);
    // A refusal that repeats it.
    world.mock.script("createDefect", [Fault::refusal(StatusCode::BAD_REQUEST, "field 601001 is empty")]);
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let error = M::send(defects.create(NewDefect::default().with_properties([PropertyInput::new(601_001)]))).expect_err("refused");
    assert!(error.to_string().contains("field 601001 is empty"), "{error}");
}
