//! Work that goes on after the answer, and is waited for.

use super::got;
use crate::asked;
use qtest_manager::types::{BatchTestLog, Job, JobState, NewManualTestRuns, NewStepParameterValues, NewTestLogBatch, TestCaseRef};
use qtest_manager::{DateTime, JobErrorKind, StatusCode, Wait};
use std::time::{Duration, Instant};
use tms_mock::{Fault, qtest_manager as server};
use tms_smoke::both;
use tms_smoke::qtest_manager::{PROJECT, Setup, Work, World};

both!(
    a_batch_of_logs_is_submitted_and_awaited,
    a_job_that_fails_is_an_error_with_the_job,
    a_job_that_takes_too_long_is_an_error_with_the_job,
    a_job_that_is_over_is_not_asked_for_again,
    a_job_can_be_awaited_later,
    a_question_that_fails_keeps_the_job,
    a_refused_submission_is_no_job,
    a_token_may_end_while_a_job_is_awaited,
    runs_are_created_by_jobs,
);

/// Asks every few milliseconds.
fn wait() -> Wait {
    Wait::default().first(Duration::from_millis(1)).max(Duration::from_millis(5)).timeout(Duration::from_secs(20))
}

fn log(name: &str, status: &str) -> BatchTestLog {
    let (begin, end) = (DateTime::utc(2025, 1, 7, 10, 0, 0).expect("a time"), DateTime::utc(2025, 1, 7, 10, 5, 0).expect("a time"));
    BatchTestLog::new(name, status, begin, end, format!("com.acme.LoginTest#{name}"))
}

fn batch() -> NewTestLogBatch {
    NewTestLogBatch::new([log("works", "PASS"), log("fails", "FAIL")]).with_test_suite("TS-1")
}

fn assert_done(job: &Job) {
    assert_eq!(job.state, Some(JobState::Success), "{job:?}");
    let content: serde_json::Value = serde_json::from_str(job.content.as_deref().expect("what came of it")).expect("JSON");
    assert_eq!((&content["testSuiteId"], &content["totalTestLogs"]), (&801.into(), &2.into()));
}

fn a_batch_of_logs_is_submitted_and_awaited<M: Work>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let runs = || M::collect(project.test_runs().list().parent_id(801).parent_type("test-suite")).expect("the runs");
    assert_eq!(runs().len(), 1);
    let job = M::wait(project.test_logs().submit_batch(batch()), wait()).expect("a good end");
    assert_done(&job);
    let operations: Vec<_> = world.mock.requests().into_iter().filter_map(|request| request.operation).collect();
    assert_eq!(operations, ["listTestRuns", "submitTestLogBatch", "getJob", "getJob"]);
    let statuses: Vec<_> = runs().into_iter().filter_map(|run| run.latest_test_log?.status).collect();
    assert_eq!(statuses, ["Passed", "Passed", "Failed"]);
    world.mock.assert_no_verdicts();
}

fn a_job_that_fails_is_an_error_with_the_job<M: Work>() {
    let world = World::start();
    server::fail_next_job(&world.mock, "the queue is full");
    let logs = M::client(&world.setup()).project(PROJECT).test_logs();
    let error = M::wait(logs.submit_batch(batch()), wait()).expect_err("a bad end");
    assert!(matches!(error.kind(), JobErrorKind::Failed), "{error:?}");
    assert!(error.to_string().contains("test_logs.submit_batch"), "{error}");
    assert_eq!(error.operation(), "test_logs.submit_batch");
    let job = error.into_job().expect("the job");
    assert_eq!(job.state, Some(JobState::Failed));
    assert!(job.content.is_some_and(|content| content.contains("the queue is full")));
}

fn a_job_that_takes_too_long_is_an_error_with_the_job<M: Work>() {
    let world = World::start();
    server::slow_next_job(&world.mock, 1_000_000);
    let client = M::client(&world.setup());
    let patience = Duration::from_secs(1);
    let begun = Instant::now();
    let submit = client.project(PROJECT).test_logs().submit_batch(batch());
    let error =
        M::wait(submit, wait().first(Duration::from_millis(200)).max(Duration::from_millis(400)).timeout(patience)).expect_err("no end");
    assert!(begun.elapsed() >= patience, "given up before its time");
    assert!(matches!(error.kind(), JobErrorKind::TimedOut(time) if *time == patience), "{error:?}");
    let job = error.job().expect("the job goes on").clone();
    assert_eq!(job.state, Some(JobState::InProcessing));
    let asked = asked(&world.mock, "getJob");
    assert!((1..=4).contains(&asked), "asked {asked} times in 1000 ms, although it waits 200, 400, 400 ms");
    assert_eq!(got(client.queue().get(job.id)).id, job.id);
}

fn a_job_that_is_over_is_not_asked_for_again<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let done = M::wait(client.project(PROJECT).test_logs().submit_batch(batch()), wait()).expect("a good end");
    let before = asked(&world.mock, "getJob");
    let again = M::wait(client.queue().get(done.id), Wait::default()).expect("it is over");
    assert_eq!((again, asked(&world.mock, "getJob")), (done, before + 1), "the answer itself says so; nothing is waited for");
    let state = Fault::set("/state", "SUCCESS".into());
    world.mock.script("submitTestLogBatch", [state]);
    M::wait(client.project(PROJECT).test_logs().submit_batch(batch()), Wait::default()).expect("over at once");
    assert_eq!(asked(&world.mock, "getJob"), before + 1);
}

fn a_job_can_be_awaited_later<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    server::slow_next_job(&world.mock, 7);
    let job = got(client.project(PROJECT).test_logs().submit_batch(batch()));
    assert_eq!(job.state, Some(JobState::InWaiting));
    assert_done(&M::wait(client.queue().get(job.id), wait()).expect("a good end"));
    assert_eq!(asked(&world.mock, "getJob"), 7);
}

fn a_question_that_fails_keeps_the_job<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    world.mock.script("getJob", [Fault::pass(), Fault::refusal(StatusCode::FORBIDDEN, "Not yours any more")]);
    let error = M::wait(client.project(PROJECT).test_logs().submit_batch(batch()), wait()).expect_err("refused");
    assert!(matches!(error.kind(), JobErrorKind::Call(error) if error.status() == Some(StatusCode::FORBIDDEN)), "{error:?}");
    assert!(error.to_string().contains("Not yours any more"), "{error}");
    let id = error.job().expect("what is known of it").id;
    assert_done(&M::wait(client.queue().get(id), wait()).expect("a good end after all"));
}

fn a_refused_submission_is_no_job<M: Work>() {
    let world = World::start();
    let logs = M::client(&world.setup()).project(PROJECT).test_logs();
    let error = M::wait(logs.submit_batch(batch().with_test_suite("TS-99")), wait()).expect_err("no such suite");
    assert!(matches!(error.kind(), JobErrorKind::Call(error) if error.status() == Some(StatusCode::BAD_REQUEST)), "{error:?}");
    assert!(error.job().is_none());
    assert_eq!(asked(&world.mock, "getJob"), 0);
}

fn a_token_may_end_while_a_job_is_awaited<M: Work>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    let job = got(client.project(PROJECT).test_logs().submit_batch(batch()));
    server::expire_tokens(&world.mock);
    assert_done(&M::wait(client.queue().get(job.id), wait()).expect("a good end"));
    assert_eq!(asked(&world.mock, "issueToken"), 2);
}

fn runs_are_created_by_jobs<M: Work>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let step = got(project.test_cases().steps(301))[0].id;
    let values = |value: &str| vec![NewStepParameterValues::new(step).with_description_parameter_values([value.to_owned()])];
    let new = NewManualTestRuns::new(TestCaseRef::new(301), [values("home"), values("shop")]);
    let request = project.test_runs().create_manually(new).parent_id(801).parent_type("test-suite");
    let job = M::wait(request, wait()).expect("a good end");
    assert_eq!(job.state, Some(JobState::Success));
    assert_eq!(M::collect(project.test_runs().list().parent_id(801).parent_type("test-suite")).expect("the runs").len(), 3);
    world.mock.assert_no_verdicts();
}
