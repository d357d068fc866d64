//! From a module to a defect of its test case.

use super::got;
use qtest_manager::types::{
    AttachmentOwner, ExecutionStatusRef, LinkSource, LinkTarget, NewComment, NewDefect, NewModule, NewRequirement, NewTestCase,
    NewTestCycle, NewTestLog, NewTestRun, NewTestStep, NewTestStepLog, NewTestSuite, PropertyInput, TestCaseRef,
};
use qtest_manager::{DateTime, File, StatusCode};
use tms_smoke::both;
use tms_smoke::qtest_manager::{PROJECT, Setup, Work, World};

both!(a_test_case_is_written_run_and_fails);

fn a_test_case_is_written_run_and_fails<M: Work>() {
    let world = World::start();
    let project = M::client(&Setup::user(&world.mock)).project(PROJECT);

    // Design: what is wanted, and what shows that it is there.
    let module = got(project.modules().create(NewModule::new("Returns").with_description("<p>Sent back</p>")));
    let requirement = got(project.requirements().create(NewRequirement::new("Money back")).parent_id(module.id));
    let steps = [NewTestStep::new("Send it back", "A label is printed"), NewTestStep::new("Wait", "The money is there")];
    let new =
        NewTestCase::new("Money comes back").with_parent_id(module.id).with_precondition("Something was bought").with_test_steps(steps);
    let case = got(project.test_cases().create(new));
    let steps = got(project.test_cases().steps(case.id));
    assert_eq!(steps.iter().map(|step| step.order).collect::<Vec<_>>(), [Some(1), Some(2)]);
    got(project.links().create(LinkSource::Requirements, requirement.id, LinkTarget::TestCases, [case.id]));
    let approved = got(project.test_cases().approve(case.id));
    assert_eq!(approved.version.as_deref(), Some("1.0"));

    // Execution: where it is run.
    let cycle = got(project.test_cycles().create(NewTestCycle::new("Sprint 8")).parent_id(501).parent_type("release"));
    let suite = got(project.test_suites().create(NewTestSuite::new("Regression")).parent_id(cycle.id).parent_type("test-cycle"));
    assert_eq!((suite.parent_id, suite.parent_type), (Some(cycle.id), Some("test-cycle".into())));
    let new = NewTestRun::new("Money comes back", TestCaseRef::from(&approved));
    let run = got(project.test_runs().create(new).parent_id(suite.id).parent_type("test-suite"));
    assert_eq!((run.parent_id, run.test_case_version_id), (Some(suite.id), approved.test_case_version_id));

    // The second step fails.
    let statuses = got(project.test_runs().statuses());
    let status =
        |name: &str| ExecutionStatusRef::from(statuses.iter().find(|status| status.name.as_deref() == Some(name)).expect("a status"));
    let step_log = |step: usize, name: &str, result: &str| {
        NewTestStepLog::default().with_test_step_id(steps[step].id).with_status(status(name)).with_actual_result(result)
    };
    let (begin, end) = (DateTime::utc(2025, 1, 7, 10, 0, 0).expect("a time"), DateTime::utc(2025, 1, 7, 10, 5, 0).expect("a time"));
    let new = NewTestLog::new(status("Failed"), begin, end.clone())
        .with_note("No money")
        .with_test_step_logs([step_log(0, "Passed", "A label"), step_log(1, "Failed", "Nothing")]);
    let log = got(project.test_logs().create(run.id, new));
    let screen: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let file = File::new("screen.png", "image/png", screen.clone());
    let file = got(project.attachments().upload(AttachmentOwner::TestLogs, log.id, "screen.png", file));

    // And what is done about it.
    let summary = PropertyInput::new(601_001).with_field_value("No money comes back");
    let defect = got(project.defects().create(NewDefect::default().with_properties([summary])));
    let pid = defect.pid.clone().expect("a key");
    got(project.links().link_defects(LinkSource::TestLogs, log.id, LinkTarget::Defects, [pid.clone()]));
    got(project.defects().add_comment(pid.as_str(), NewComment::new("See the log")));

    // All of it can be read back, each from where one would look.
    let tree = got(project.modules().list());
    assert!(tree.iter().any(|found| found.id == module.id && found.name.as_deref() == Some("Returns")));
    let cases = M::collect(project.test_cases().list().parent_id(module.id).expand_steps(true)).expect("test cases");
    let expected: Vec<_> = cases[0].test_steps.iter().flatten().filter_map(|step| step.expected.as_deref()).collect();
    assert_eq!((cases.len(), expected), (1, vec!["A label is printed", "The money is there"]));
    let covering = got(project.links().list(LinkTarget::Requirements).ids([requirement.id]));
    assert_eq!(covering[0].objects.iter().flatten().map(|link| link.id).collect::<Vec<_>>(), [Some(case.id)]);
    let runs =
        M::collect(project.test_runs().list().parent_id(cycle.id).parent_type("test-cycle").expand("descendants")).expect("test runs");
    let latest = runs[0].latest_test_log.as_ref().expect("a log");
    assert_eq!((runs.len(), latest.id, latest.status.as_deref()), (1, Some(log.id), Some("Failed")));
    let last = got(project.test_logs().last(run.id));
    assert_eq!(
        (last.id, last.note.as_deref(), &last.exe_end_date.as_ref().and_then(DateTime::unix_seconds)),
        (log.id, Some("No money"), &end.unix_seconds())
    );
    let results: Vec<_> = last.test_step_logs.iter().flatten().filter_map(|step| step.status.as_ref()?.name.as_deref()).collect();
    assert_eq!(results, ["Passed", "Failed"]);
    let defects: Vec<_> = last.defects.iter().flatten().filter_map(|defect| defect.summary.as_deref()).collect();
    assert_eq!(defects, ["No money comes back"]);
    let files = got(project.attachments().list(AttachmentOwner::TestLogs, log.id));
    assert_eq!(files.iter().map(|file| file.name.as_deref()).collect::<Vec<_>>(), [Some("screen.png")]);
    let content = M::download(project.attachments().get(AttachmentOwner::TestLogs, log.id, file.id.expect("a number")));
    assert!(content.expect("a file") == screen, "another file came back");
    let comments = M::collect(project.defects().comments(pid.as_str())).expect("comments");
    assert_eq!(comments.iter().map(|comment| comment.content.as_deref()).collect::<Vec<_>>(), [Some("See the log")]);
    assert_eq!(got(project.requirements().get(requirement.id)).parent_id, Some(module.id));

    // What is not empty is not deleted by mistake.
    assert!(M::send(project.modules().delete(module.id)).is_err());
    got(project.modules().delete(module.id).force(true));
    assert_eq!(M::send(project.modules().get(module.id)).expect_err("gone").status(), Some(StatusCode::NOT_FOUND));
    world.mock.assert_no_verdicts();
}
