//! A run from its start to its end, on a network that fails.

use crate::asked;
use http::header::RETRY_AFTER;
use qase::reporter::TestReport;
use qase::types::{NewResultV2, NewRun, ResultExecution, ResultStatus};
use qase::{ApiClient, File, StatusCode};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;
use tms_mock::{Fault, Mock, Record, qase as records};
use tms_smoke::both;
use tms_smoke::qase::{PROJECT, Report, Setup, World};

both!(
    a_run_is_reported_from_start_to_end,
    nothing_is_lost_and_nothing_comes_twice,
    what_one_reporter_leaves_another_sends,
    a_file_of_cargo_nextest_becomes_a_run,
    limits_that_nobody_told_are_found_out,
    a_full_storage_costs_files_and_no_results,
);

fn result(title: &str, status: ResultStatus) -> NewResultV2 {
    NewResultV2::new(title, ResultExecution::new(status))
}

/// The results of a run.
fn results(world: &World, run: i64) -> Vec<Record> {
    let all = world.mock.records(records::RESULTS, PROJECT);
    all.into_iter().filter(|record| record.field("run_id").and_then(Json::as_i64) == Some(run)).collect()
}

fn is_complete(world: &World, run: i64) -> bool {
    let runs = world.mock.records(records::RUNS, PROJECT);
    let run = runs.iter().find(|record| record.key == run.to_string()).expect("no such run");
    run.field("status").and_then(Json::as_i64) == Some(1)
}

/// How many there are of each word.
fn counted(records: &[Record], member: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for record in records {
        *counts.entry(record.field(member).map(ToString::to_string).unwrap_or_default()).or_default() += 1;
    }
    counts
}

fn a_run_is_reported_from_start_to_end<M: Report>() {
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock));
    let reporter = M::start(client.reporter(PROJECT).every(Duration::from_millis(20)), NewRun::new("Nightly")).expect("a run");
    let run = reporter.run();
    M::push(&reporter, result("Sign in", ResultStatus::Passed)).expect("a reporter");
    let screen = File::from_bytes("screen.png", "not really");
    M::push(&reporter, TestReport::new(result("Sign out", ResultStatus::Failed)).with_file(screen)).expect("a reporter");
    let summary = M::finish(reporter);
    assert_eq!(summary.to_string(), format!("run {run}: 2 results arrived; the run is complete"));
    assert!(summary.is_whole() && is_complete(&world, run));
    let stored = results(&world, run);
    let with_files =
        stored.iter().filter(|record| record.field("attachments").and_then(Json::as_array).is_some_and(|files| files.len() == 1));
    assert_eq!((stored.len(), with_files.count()), (2, 1), "{stored:?}");
    world.mock.assert_no_verdicts();
}

fn nothing_is_lost_and_nothing_comes_twice<M: Report>() {
    let world = World::start();
    let seconds = |seconds: &'static str| (RETRY_AFTER, seconds.parse().expect("a header"));
    let (name, one) = seconds("1");
    let busy = Fault::refusal(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded.").header(name, one);
    let broken = || Fault::status(StatusCode::BAD_GATEWAY);
    world.mock.script(
        "createResultsV2",
        // Acted on without an answer, not acted on, acted on with a bad answer, and more than one call endures.
        [Fault::reset().after_acting(), Fault::reset(), broken().after_acting(), busy, broken(), broken(), broken(), Fault::truncate(3)],
    );
    world.mock.script("completeRun", [Fault::reset().after_acting()]);
    let client = M::client(&Setup::of(&world.mock).attempts(3));
    let reporter = M::start(client.reporter(PROJECT).every(Duration::from_millis(20)), NewRun::new("Nightly")).expect("a run");
    let run = reporter.run();
    for n in 0..500 {
        M::push(&reporter, result(&format!("Test {n}"), ResultStatus::Passed)).expect("a reporter");
    }
    let summary = M::finish(reporter);
    assert_eq!(summary.to_string(), format!("run {run}: 500 results arrived; the run is complete"));
    let stored = results(&world, run);
    assert_eq!((stored.len(), counted(&stored, "case_id").len()), (500, 500), "each result once");
    assert!(is_complete(&world, run));
    assert_eq!(world.mock.scripted(), 0, "every failure has happened");
    world.mock.assert_no_verdicts();
}

fn what_one_reporter_leaves_another_sends<M: Report>() {
    let world = World::start();
    world.mock.script("createResultsV2", [Fault::reset().after_acting(), Fault::refusal(StatusCode::UNAUTHORIZED, "Token expired.")]);
    let client = M::client(&Setup::of(&world.mock));
    let reporting = client.reporter(PROJECT).every(Duration::from_millis(20));
    let reporter = M::start(reporting.clone(), NewRun::new("Nightly")).expect("a run");
    for n in 0..5 {
        M::push(&reporter, result(&format!("Test {n}"), ResultStatus::Passed)).expect("a reporter");
    }
    let summary = M::finish(reporter);
    assert_eq!((summary.arrived, summary.unsent.len(), summary.completed), (0, 5, false), "{summary}");
    assert!(summary.error.as_ref().is_some_and(|error| error.to_string().contains("Token expired.")), "{summary}");

    let reporter = M::join(reporting, summary.run);
    for report in summary.unsent {
        M::push(&reporter, report).expect("a reporter");
    }
    let summary = M::finish(reporter);
    assert!(summary.is_whole() && summary.completed, "{summary}");
    assert_eq!(results(&world, summary.run).len(), 5, "the service had them already");
}

fn a_file_of_cargo_nextest_becomes_a_run<M: Report>() {
    let world = World::start();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/qase/junit-nextest.xml");
    let text = fs::read_to_string(&path).expect("the file");
    let client = M::client(&Setup::of(&world.mock));
    let file = BufReader::new(fs::File::open(&path).expect("the file"));
    let summary = M::send_junit(client.reporter(PROJECT), NewRun::new("CI"), file).expect("a file");
    assert!(summary.is_whole() && summary.completed, "{summary}");
    let tests = text.matches("<testcase ").count();
    let stored = results(&world, summary.run);
    assert_eq!((stored.len(), counted(&stored, "status")), (tests, [("\"Passed\"".to_owned(), tests)].into()));
    assert_eq!(asked(&world.mock, "createResultsV2"), 1);
    world.mock.assert_no_verdicts();
}

/// A server of its own, with limits of its own, and a client of it.
fn limited<M: Report>(settings: records::Settings) -> (Mock, ApiClient<M>) {
    let mock = records::with(settings).rate_limit(None).start().expect("a mock server");
    let client = M::client(&Setup::of(&mock));
    (mock, client)
}

fn limits_that_nobody_told_are_found_out<M: Report>() {
    let (mock, client) = limited::<M>(records::Settings { bulk: 50, bytes: 3000, error_context: 100, ..records::Settings::default() });
    let context = |n: usize| if n.is_multiple_of(40) { "x".repeat(60) } else { String::new() };
    let results = (0..300).map(|n| {
        let execution = ResultExecution::new(ResultStatus::Failed).with_error_context(context(n));
        NewResultV2::new(format!("Test {n}"), execution)
    });
    let before = mock.records(records::RESULTS, "DEMO").len();
    let outcome = M::bulk(client.results_v2("DEMO", 1).create_all(results));
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(mock.records(records::RESULTS, "DEMO").len() - before, 300);
    let refused = mock.requests().iter().filter(|request| request.status == Some(StatusCode::PAYLOAD_TOO_LARGE)).count();
    assert!((1..20).contains(&refused), "{refused} requests were too large");
}

fn a_full_storage_costs_files_and_no_results<M: Report>() {
    let (mock, client) = limited::<M>(records::Settings { storage: 10, ..records::Settings::default() });
    let reporter = M::start(client.reporter("DEMO").every(Duration::from_millis(20)), NewRun::new("Nightly")).expect("a run");
    let report = |n: usize| {
        let file = File::from_bytes(format!("{n}.txt"), "more than ten bytes");
        TestReport::new(result(&format!("Test {n}"), ResultStatus::Failed)).with_file(file)
    };
    for n in 0..3 {
        M::push(&reporter, report(n)).expect("a reporter");
    }
    let summary = M::finish(reporter);
    assert_eq!((summary.arrived, summary.lost_files.len(), summary.completed), (3, 3, true), "{summary}");
    assert!(summary.lost_files.iter().all(|file| file.reason.contains("507")), "{:?}", summary.lost_files);
    assert!(mock.uploads().is_empty());
}
