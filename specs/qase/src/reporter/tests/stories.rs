//! What the table has no columns for.

use super::{Answer::Is, BROKEN, DONE, Ended, LOST, STARTED, TAKEN, reporting, result, sent, transport};
use crate::reporter::{Rejected, Reporter};
use crate::types::NewRun;
use crate::{Async, Blocking, MemoryTransport};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tms_runtime::{Value, json};

#[tokio::test]
async fn a_result_keeps_its_key_however_often_it_is_sent() {
    let transport = transport(&[STARTED, LOST, BROKEN, TAKEN, DONE]);
    let reporter = reporting::<Blocking>(Arc::new(transport.clone())).start(NewRun::new("Nightly")).expect("no run");
    reporter.push(result("A")).expect("not taken");
    reporter.push(result("B").with_id("mine")).expect("not taken");
    let _summary = reporter.finish();
    let requests = transport.requests();
    assert_eq!(requests[1].body(), requests[2].body());
    assert_eq!(requests[1].body(), requests[3].body());
    let body: Value = json::from_slice(requests[1].body()).expect("no JSON");
    let key = |n| body.pointer(&format!("/results/{n}/id")).and_then(Value::as_str).expect("no key").to_owned();
    assert!(key(0).starts_with("7-") && key(1) == "mine", "{body}");
}

#[test]
fn after_giving_up_results_come_back() {
    let transport = transport(&[STARTED, Is(404, r#"{"errorMessage":"No such run."}"#)]);
    let reporting = reporting::<Blocking>(Arc::new(transport)).buffer(1, 1 << 20);
    let reporter = reporting.start(NewRun::new("Nightly")).expect("no run");
    let mut rejected = Vec::new();
    for n in 0..20 {
        // The first ones are taken: it has not given up yet.
        if let Err(Rejected(report)) = reporter.push(result(&n.to_string())) {
            rejected.push(*report);
        }
    }
    let summary = reporter.finish();
    assert!(!rejected.is_empty() && !summary.unsent.is_empty(), "{summary}");
    let all = summary.unsent.iter().chain(&rejected);
    let keys: BTreeSet<_> = all.clone().map(|report| report.result.id.clone().expect("no key")).collect();
    assert_eq!((all.count(), keys.len(), summary.arrived), (20, 20, 0), "every one is somewhere, once");
    assert!(summary.error.as_ref().is_some_and(|error| error.to_string().contains("No such run.")), "{summary}");
}

#[test]
fn patience_ends() {
    let transport = transport(&[STARTED, BROKEN, BROKEN, BROKEN]);
    let reporting = reporting::<Blocking>(Arc::new(transport.clone())).patience(Duration::from_secs(5));
    let reporter = reporting.start(NewRun::new("Nightly")).expect("no run");
    reporter.push(result("A")).expect("not taken");
    let summary = reporter.finish();
    assert_eq!((summary.unsent.len(), summary.completed, transport.remaining()), (1, false, 0), "{summary}");
    let seconds: Vec<_> = transport.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [1, 2], "the next one would be too long");
}

#[tokio::test]
async fn who_is_faster_than_the_service_waits() {
    let answers: Vec<_> = std::iter::once(STARTED).chain([TAKEN; 40]).collect();
    let transport = transport(&answers);
    let reporting = reporting::<Async>(Arc::new(transport.clone())).buffer(3, 1 << 20).keep_open();
    let reporter = Arc::new(reporting.start(NewRun::new("Nightly")).await.expect("no run"));
    let tasks = (0..4).map(|task| {
        let reporter = Arc::clone(&reporter);
        tokio::spawn(async move {
            for n in 0..10 {
                reporter.push(result(&format!("{task}.{n}"))).await.expect("not taken");
            }
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        task.await.expect("a task panicked");
    }
    let summary = Arc::into_inner(reporter).expect("somebody still reports").finish().await;
    assert_eq!((summary.arrived, summary.is_whole(), summary.completed), (40, true, false), "{summary}");
    let sizes = sent(&transport).into_iter().filter_map(|line| line.strip_prefix("POST /DEMO/run/7/results ")?.parse::<usize>().ok());
    let sizes: Vec<_> = sizes.collect();
    assert!(sizes.iter().all(|size| *size <= 3) && sizes.iter().sum::<usize>() == 40, "{sizes:?}");
}

#[test]
fn threads_wait_as_well() {
    let answers: Vec<_> = std::iter::once(STARTED).chain([TAKEN; 40]).collect();
    let transport = transport(&answers);
    let reporting = reporting::<Blocking>(Arc::new(transport)).buffer(100, 300).keep_open();
    let reporter = reporting.start(NewRun::new("Nightly")).expect("no run");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let reporter = &reporter;
            scope.spawn(move || (0..10).for_each(|n| reporter.push(result(&format!("{thread}.{n}"))).expect("not taken")));
        }
    });
    let summary = reporter.finish();
    assert_eq!((summary.arrived, summary.is_whole()), (40, true), "{summary}");
}

#[test]
fn a_reporter_that_is_dropped_still_sends() {
    let transport = transport(&[STARTED, TAKEN]);
    let reporter = reporting::<Blocking>(Arc::new(transport.clone())).start(NewRun::new("Nightly")).expect("no run");
    reporter.push(result("A")).expect("not taken");
    drop(reporter);
    let begun = std::time::Instant::now();
    while transport.remaining() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is sent");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(sent(&transport).len(), 2, "the run is not completed");
}

#[test]
fn a_run_without_a_number_is_no_run() {
    let transport = transport(&[Is(200, r#"{"status":true,"result":{}}"#)]);
    let error = reporting::<Blocking>(Arc::new(transport)).start(NewRun::new("Nightly")).expect_err("a reporter");
    assert!(error.to_string().contains("id"), "{error}");
}

#[test]
fn there_is_no_task_without_a_runtime() {
    let error = reporting::<Async>(Arc::new(MemoryTransport::new())).join(7).expect_err("a reporter");
    assert!(error.to_string().contains("tokio"), "{error}");
}

const JUNIT: &str = "<testsuite name='s'><testcase name='a'/><testcase name='b'/></testsuite>";

#[tokio::test]
async fn files_go_with_one_call() {
    let answers = [STARTED, TAKEN, DONE];
    let one = transport(&answers);
    let summary = reporting::<Async>(Arc::new(one.clone())).send_junit(NewRun::new("CI"), JUNIT.as_bytes()).await.expect("sent");
    let other = transport(&answers);
    let again = reporting::<Blocking>(Arc::new(other.clone()))
        .every(Duration::from_secs(60))
        .send_junit(NewRun::new("CI"), JUNIT.as_bytes())
        .expect("sent");
    assert_eq!(Ended::new(&one, &summary), Ended::new(&other, &again));
    assert_eq!(summary.to_string(), "run 7: 2 results arrived; the run is complete");
    assert_eq!(summary.link(), "https://app.qase.io/run/DEMO/dashboard/7");
}

#[tokio::test]
async fn a_file_that_is_none_starts_no_run() {
    let failed =
        reporting::<Async>(Arc::new(transport(&[]))).send_junit(NewRun::new("CI"), "<html/>".as_bytes()).await.expect_err("no file");
    let again = reporting::<Blocking>(Arc::new(transport(&[]))).send_junit(NewRun::new("CI"), "<html/>".as_bytes()).expect_err("no file");
    assert_eq!(failed.to_string(), again.to_string());
    assert!(failed.to_string().ends_with("this one with `<html>`; no run was started"), "{failed}");
}

#[tokio::test]
async fn a_broken_file_leaves_the_run_open() {
    let broken = &JUNIT[..JUNIT.len() - 5];
    let answers = [STARTED, TAKEN];
    let failed =
        reporting::<Async>(Arc::new(transport(&answers))).send_junit(NewRun::new("CI"), broken.as_bytes()).await.expect_err("half a file");
    let blocking = reporting::<Blocking>(Arc::new(transport(&answers))).every(Duration::from_secs(60));
    let again = blocking.send_junit(NewRun::new("CI"), broken.as_bytes()).expect_err("half a file");
    assert_eq!(failed.to_string(), again.to_string());
    assert!(failed.to_string().starts_with("line 1, column "), "{failed}");
    assert!(failed.to_string().ends_with("before that, run 7: 2 results arrived; the run is open"), "{failed}");
}

#[tokio::test]
async fn a_file_is_read_no_further_when_the_reporter_has_given_up() {
    let many: String = (0..5000).map(|n| format!("<testcase name='{n}'/>")).collect();
    let file = format!("<testsuite>{many}</testsuite>");
    let reporting = reporting::<Async>(Arc::new(transport(&[STARTED, Is(401, "")]))).buffer(10, 1 << 20);
    let summary = reporting.send_junit(NewRun::new("CI"), file.as_bytes()).await.expect("a summary");
    let titles: Vec<_> = summary.unsent.iter().map(|report| report.result.title.clone()).collect();
    assert!(!titles.is_empty() && titles.len() < 30, "{titles:?}");
    assert_eq!(titles, (0..titles.len()).map(|n| n.to_string()).collect::<Vec<_>>(), "the beginning of the file, in order");
}

#[test]
fn futures_can_be_spawned() {
    fn can_be_spawned<T: Send + 'static>(_: T) {}
    fn can_be_shared<T: Send + Sync>() {}
    can_be_shared::<Reporter<Async>>();
    can_be_shared::<Reporter<Blocking>>();
    let reporting = || reporting::<Async>(Arc::new(MemoryTransport::new()));
    can_be_spawned(reporting().start(NewRun::new("Nightly")));
    can_be_spawned(reporting().send_junit(NewRun::new("CI"), JUNIT.as_bytes()));
}
