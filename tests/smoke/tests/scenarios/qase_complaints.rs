//! What users of the service's other clients complain about: one test per row of the table in the notes on today's service.

use crate::asked;
use http::header::RETRY_AFTER;
use qase::bulk::ItemStatus;
use qase::fields::{FieldStep, InvalidFields};
use qase::reporter::TestReport;
use qase::types::{
    AttachmentUpload, CaseUpdate, NewCase, NewResult, NewResultStep, NewResultV2, NewRun, ResultCase, ResultExecution, ResultStatus,
    ResultSteps, StepStatus,
};
use qase::{File, StatusCode};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tms_mock::{Fault, qase as records};
use tms_runtime::json as own;
use tms_smoke::both;
use tms_smoke::qase::drive::answered;
use tms_smoke::qase::{PROJECT, Report, Setup, World};
use tms_smoke::wire::Sent;

both!(
    row_01_a_list_is_paged_by_itself,
    row_02_each_filter_goes_out_under_its_name,
    row_03_what_is_not_set_is_not_sent,
    row_04_a_chunk_that_is_too_large_is_divided,
    row_05_a_failure_in_the_middle_says_how_to_go_on,
    row_06_one_bad_result_does_not_hold_up_the_others,
    row_07_a_result_without_a_case_is_named,
    row_08_paths_of_error_fields_are_read,
    row_09_the_error_body_of_version_2_is_read,
    row_10_words_are_written_as_the_service_spells_them,
    row_11_unknown_members_are_kept,
    row_12_attachments_of_steps_are_hashes_when_written_and_files_when_read,
    row_13_uploads_are_forms_the_service_understands,
    row_14_files_go_together_and_wait_their_turn,
    row_15_no_member_is_dropped_silently,
);

fn news(many: usize) -> Vec<NewResultV2> {
    (0..many).map(|n| NewResultV2::new(format!("Test {n}"), ResultExecution::new(ResultStatus::Passed))).collect()
}

/// A result of version 1 by the title of its case.
fn old(title: &str) -> NewResult {
    NewResult::new(ResultStatus::Passed).with_case(ResultCase::new(title))
}

/// How many results the run has, the seeded one aside.
fn stored(world: &World) -> usize {
    let of_run = |record: &tms_mock::Record| record.field("run_id").and_then(Json::as_i64) == Some(world.run);
    world.mock.records(records::RESULTS, PROJECT).iter().filter(|record| of_run(record)).count() - 1
}

/// What stands in the body of the only request of this operation.
fn body(world: &World, operation: &str) -> Json {
    let requests = world.mock.requests();
    let mut of_operation = requests.iter().filter(|request| request.operation.as_deref() == Some(operation));
    let request = of_operation.next().unwrap_or_else(|| panic!("{operation} was not asked for"));
    assert!(of_operation.next().is_none(), "{operation} was asked for more than once");
    request.json().expect("no JSON")
}

fn row_01_a_list_is_paged_by_itself<M: Report>() {
    let world = World::start();
    let before = world.mock.records(records::SUITES, PROJECT).len();
    world
        .mock
        .seed_all(records::SUITES, PROJECT, (0..130).map(|n| json!({ "title": format!("Suite {n}") })))
        .expect("the mock takes seeds");
    let client = M::client(&Setup::of(&world.mock));
    let suites = M::collect(client.suites(PROJECT).list()).expect("every page");
    assert_eq!(suites.len(), before + 130, "the service gives 10 if it is not asked for more");
    assert!(world.mock.requests().iter().all(|request| request.query("limit") == Some("100")), "each page says how long it is to be");
}

fn row_02_each_filter_goes_out_under_its_name<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let results = client.results(PROJECT);
    M::send(results.list().status(ResultStatus::Passed).run([1, 2]).case_id([3]).member([4]).api(true).limit(5)).expect("a page");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let sent: BTreeSet<_> = Sent::of_mock(&world.mock.requests()[0]).query().into_iter().collect();
    let expected = [("status", "passed"), ("run", "1,2"), ("case_id", "3"), ("member", "4"), ("api", "true"), ("limit", "5")];
    assert_eq!(sent, expected.iter().map(|(name, value)| pair(name, value)).collect());
    let cases = client.cases(PROJECT);
    M::send(cases.list().filters_severity(["critical".into(), "major".into()]).limit(5)).expect("a page");
    let sent: BTreeSet<_> = Sent::of_mock(&world.mock.requests()[1]).query().into_iter().collect();
    assert_eq!(sent, [pair("filters[severity]", "critical,major"), pair("limit", "5")].into());
}

fn row_03_what_is_not_set_is_not_sent<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    M::send(client.results(PROJECT).create(world.run, NewResult::new(ResultStatus::Failed).with_case_id(world.case))).expect("a result");
    assert_eq!(body(&world, "createResult"), json!({ "case_id": world.case, "status": "failed" }));
    world.mock.assert_no_verdicts();
}

fn row_04_a_chunk_that_is_too_large_is_divided<M: Report>() {
    let world = World::start();
    let large = || Fault::refusal(StatusCode::PAYLOAD_TOO_LARGE, "Too many results.");
    world.mock.script("createResultsV2", [large(), large()]);
    let client = M::client(&Setup::of(&world.mock));
    let outcome = M::bulk(client.results_v2(PROJECT, world.run).create_all(news(250)));
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(stored(&world), 250);
    let sizes: Vec<_> = world.mock.requests().iter().filter_map(|request| request.json()?["results"].as_array().map(Vec::len)).collect();
    assert_eq!(sizes, [200, 100, 50, 50, 100, 50], "halves; and what is too many is not tried again");
    world.mock.assert_no_verdicts();
}

fn row_05_a_failure_in_the_middle_says_how_to_go_on<M: Report>() {
    let world = World::start();
    // The second request is acted on, but nobody learns of it.
    world.mock.script("createResultsV2", [Fault::pass(), Fault::reset().after_acting()]);
    let client = M::client(&Setup::of(&world.mock));
    let outcome = M::bulk(client.results_v2(PROJECT, world.run).create_all(news(30)).max_items(10));
    assert_eq!((outcome.run(), outcome.arrived(), outcome.unknown().count(), outcome.rest().count()), (world.run, 10, 10, 20), "{outcome}");
    let said = outcome.to_string();
    let expected =
        format!("run {}: 10 of 30 results arrived, 10 were not sent, 10 were sent without an answer: results_v2.create_bulk", world.run);
    assert!(said.starts_with(&expected), "{said}");
    let outcome = M::bulk(client.results_v2(PROJECT, outcome.run()).create_all(outcome.into_rest()));
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(stored(&world), 30, "none is missing, none is there twice");
}

/// Results of version 1, of which these two have a step without words.
fn with_bad_steps(many: usize, bad: [usize; 2]) -> impl Iterator<Item = NewResult> {
    let step = |action: &str| NewResultStep::new(StepStatus::Passed).with_position(1).with_action(action);
    let inner = step("Open").with_steps([step("Look"), step(" ")]);
    (0..many).map(move |n| {
        let result = old(&format!("Test {n}"));
        if bad.contains(&n) { result.with_steps([inner.clone()]) } else { result }
    })
}

fn row_06_one_bad_result_does_not_hold_up_the_others<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let outcome = M::bulk(client.results(PROJECT).create_all(world.run, with_bad_steps(20, [3, 17])));
    let refused: Vec<_> =
        outcome.items().iter().enumerate().filter(|(_, (_, status))| *status != ItemStatus::Arrived).map(|(n, _)| n).collect();
    assert_eq!((refused, outcome.arrived(), outcome.error().is_none()), (vec![3, 17], 18, true), "{outcome}");
    assert_eq!(stored(&world), 18);
}

fn row_07_a_result_without_a_case_is_named<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let nameless = NewResult::new(ResultStatus::Skipped);
    let outcome = M::bulk(client.results(PROJECT).create_all(world.run, [old("A"), nameless.clone(), old("B")]));
    let refused: Vec<_> = outcome.refused().collect();
    let [(result, refusal)] = refused.as_slice() else { panic!("not the one without a case: {outcome}") };
    assert_eq!(**result, nameless);
    assert_eq!(refusal.fields.iter().map(|field| field.path.clone()).collect::<Vec<_>>(), [[FieldStep::Name("case_id".to_owned())]]);
    assert_eq!((outcome.arrived(), stored(&world)), (2, 2));
}

fn row_08_paths_of_error_fields_are_read<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let results = with_bad_steps(2, [0, 0]).collect::<Vec<_>>();
    let error =
        M::send(client.results(PROJECT).create_bulk(world.run, qase::types::NewResults::new(results))).expect_err("a step without words");
    let name = |name: &str| FieldStep::Name(name.to_owned());
    let index = FieldStep::Index;
    let path = [name("results"), index(0), name("steps"), index(0), name("steps"), index(1), name("action")];
    let fields = error.invalid_fields();
    assert_eq!(fields.iter().map(|field| field.path.as_slice()).collect::<Vec<_>>(), [path.as_slice()], "{error}");
    assert!(fields[0].to_string().starts_with("results.0.steps.0.steps.1.action: "), "{}", fields[0]);
}

fn row_09_the_error_body_of_version_2_is_read<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let disabled = || NewResultV2::new("Test", ResultExecution::new(ResultStatus::from("disabled")));
    let error = M::send(client.results_v2(PROJECT, world.run).create(disabled())).expect_err("no such status");
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    let path = [FieldStep::Name("execution".to_owned()), FieldStep::Name("status".to_owned())];
    assert_eq!(error.invalid_fields().iter().map(|field| field.path.as_slice()).collect::<Vec<_>>(), [path.as_slice()], "{error}");
    let outcome = M::bulk(client.results_v2(PROJECT, world.run).create_all(news(2).into_iter().chain([disabled()])));
    let paths: Vec<_> = outcome.refused().flat_map(|(_, refusal)| refusal.fields.iter().map(|field| field.path.clone())).collect();
    assert_eq!((paths, outcome.arrived()), (vec![path.to_vec()], 2), "{outcome}");
}

fn row_10_words_are_written_as_the_service_spells_them<M: Report>() {
    let words = [
        (ResultStatus::Passed, "passed"),
        (ResultStatus::Failed, "failed"),
        (ResultStatus::Blocked, "blocked"),
        (ResultStatus::Skipped, "skipped"),
        (ResultStatus::Invalid, "invalid"),
        (ResultStatus::InProgress, "in_progress"),
        (ResultStatus::from("Passed"), "passed"),
    ];
    for (status, word) in words {
        let (client, memory) = answered::<M>(&[r#"{"status":true,"result":{"case_id":1,"hash":"a"}}"#]);
        M::send(client.results(PROJECT).create(7, NewResult::new(status).with_case_id(1))).expect("a result");
        let sent = memory.requests().pop().expect("a request").into_body();
        assert_eq!(String::from_utf8_lossy(&sent), format!(r#"{{"case_id":1,"status":"{word}"}}"#));
    }
}

fn row_11_unknown_members_are_kept<M: Report>() {
    let (client, _) = answered::<M>(&[r#"{"status":true,"result":{"id":1,"title":"Login","quality":{"score":7.50}}}"#]);
    let case = M::send(client.cases(PROJECT).get(1)).expect("a case");
    assert_eq!(case.extra.raw("quality"), Some(r#"{"score":7.50}"#));
    assert!(own::to_string(&case).contains(r#""quality":{"score":7.50}"#));
}

fn row_12_attachments_of_steps_are_hashes_when_written_and_files_when_read<M: Report>() {
    let read = r#"{"status":true,"result":{"hash":"a","steps":[{"position":1,"status":1,"attachments":[{"filename":"a.png","size":3}]}]}}"#;
    let (client, memory) = answered::<M>(&[r#"{"status":true}"#, read]);
    let step = NewResultStep::new(StepStatus::Passed).with_attachments(["6efce6e4".to_owned()]);
    M::send(client.results(PROJECT).create(7, NewResult::new(ResultStatus::Passed).with_case_id(1).with_steps([step]))).expect("a result");
    let sent: Json = serde_json::from_slice(memory.requests()[0].body()).expect("JSON");
    assert_eq!(sent["steps"], json!([{ "status": "passed", "attachments": ["6efce6e4"] }]));
    let Some(ResultSteps::List(steps)) = M::send(client.results(PROJECT).get("a")).expect("a result").steps else {
        panic!("no list of steps")
    };
    let files = steps[0].attachments.as_ref().expect("no attachments");
    assert_eq!((files[0].filename.as_deref(), files[0].size), (Some("a.png"), Some(3)));
}

fn row_13_uploads_are_forms_the_service_understands<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let files = [File::from_bytes("a.txt", "one"), File::from_reader("é\".bin", &b"two"[..]).length(3), File::from_bytes("empty.png", "")];
    let uploaded = M::send(client.attachments().upload(PROJECT, AttachmentUpload::new(files))).expect("three files");
    assert_eq!(uploaded.iter().map(|file| file.hash.clone()).collect::<BTreeSet<_>>().len(), 3);
    let received: Vec<_> =
        world.mock.uploads().iter().map(|upload| (upload.file_name.clone(), upload.content_type.clone().unwrap_or_default())).collect();
    let named = |name: &str, content_type: &str| (name.to_owned(), content_type.to_owned());
    assert_eq!(received, [named("a.txt", "text/plain"), named("é\".bin", "application/octet-stream"), named("empty.png", "image/png")]);
    let request = world.mock.requests().pop().expect("a request");
    let content_type = request.headers.get("content-type").and_then(|value| value.to_str().ok()).expect("a content type");
    assert!(content_type.starts_with("multipart/form-data; boundary="), "{content_type}");
    world.mock.assert_no_verdicts();
}

fn row_14_files_go_together_and_wait_their_turn<M: Report>() {
    let world = World::start();
    let busy =
        Fault::refusal(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded.").header(RETRY_AFTER, "1".parse().expect("a header"));
    world.mock.script("uploadAttachments", [Fault::pass(), busy]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let reporter = M::start(client.reporter(PROJECT).every(Duration::from_millis(300)), NewRun::new("Nightly")).expect("a run");
    for (n, result) in news(45).into_iter().enumerate() {
        M::push(&reporter, TestReport::new(result).with_file(File::from_bytes(format!("{n}.txt"), format!("{n}")))).expect("a reporter");
    }
    let summary = M::finish(reporter);
    assert!(summary.is_whole() && summary.completed && summary.arrived == 45, "{summary}");
    assert_eq!(world.mock.uploads().len(), 45);
    assert_eq!(asked(&world.mock, "uploadAttachments"), 4, "20, 20 again after the wait, 20, 5");
}

fn row_15_no_member_is_dropped_silently<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let new = NewCase::new("Sign in").with_automation(2).with_is_flaky(1);
    let id = M::send(client.cases(PROJECT).create(new)).expect("a case").id.expect("an id");
    assert_eq!(body(&world, "createCase"), json!({ "title": "Sign in", "automation": 2, "is_flaky": 1 }));
    let mut update = CaseUpdate::default();
    update.extra.set("isManual", false);
    M::send(client.cases(PROJECT).update(id, update)).expect("a change");
    assert_eq!(body(&world, "updateCase"), json!({ "isManual": false }), "nor one that this crate does not name");
}
