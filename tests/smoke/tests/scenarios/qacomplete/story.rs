//! From a release to the results of its tests.

use super::got;
use qacomplete::File;
use qacomplete::filter::Field;
use qacomplete::types::{
    DefectInput, EntityCode, LogUpload, NewLinkedItem, NewRelease, NewTestRun, NewTestSetItem, ReleaseType, RunStatus, TestInput,
    TestRunItemInput, TestRunStepInput, TestSetInput, TestSetItems, TestStepInput,
};
use tms_smoke::both;
use tms_smoke::qacomplete::{Drive, PROJECT, World};

both!(a_release_is_tested);

fn a_release_is_tested<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let project = client.project(PROJECT);

    let release = got(project.releases().create(NewRelease::new(ReleaseType::Release, "2.0").with_is_active(true)));
    let build = got(project.releases().create(NewRelease::new(ReleaseType::Build, "2.0.1").with_parent_id(release.id)));
    assert_eq!(build.parent_id, Some(release.id));

    let step = |step: &str| TestStepInput::default().with_step(step).with_expected_result("Done");
    let buy =
        got(project.tests().create(TestInput::new("Buy", "Ready").with_test_steps([step("Choose").with_seq(1), step("Pay").with_seq(2)])));
    let sell = got(project.tests().create(TestInput::new("Sell", "Ready")));
    let set = got(project.test_sets().create(TestSetInput::new("Shop", 0, "Ready", world.user).with_is_sequential(true)));
    let items = project.test_set_items(set.id);
    got(items.add(TestSetItems::new([NewTestSetItem::new(sell.id).with_is_active(true)])));
    got(items.insert(1, NewTestSetItem::new(buy.id).with_is_active(true).with_is_stopped_on_fail(true)));
    let order: Vec<_> = M::collect(items.list()).expect("the items").iter().map(|item| (item.seq, item.test_id)).collect();
    assert_eq!(order, [(Some(1), Some(buy.id)), (Some(2), Some(sell.id))]);

    let run = got(project.test_runs().create(NewTestRun::default().with_test_set_id(set.id).with_release_id(build.id)));
    assert_eq!((run.status_code, run.release_id), (Some(RunStatus::AwaitingRun), Some(build.id)));
    let results = project.test_run_items(run.id);
    let tests = M::collect(results.list()).expect("the tests of the run");
    assert_eq!(tests.iter().map(|item| item.test_id).collect::<Vec<_>>(), [Some(buy.id), Some(sell.id)]);

    // One test fails at its second step, for which a defect is written down and linked; the other passes.
    let failed = |item: qacomplete::types::TestRunItem| {
        let mut steps: Vec<TestRunStepInput> = item.test_run_results.into_iter().flatten().map(TestRunStepInput::from).collect();
        assert_eq!(steps.len(), 2, "the steps of the test");
        steps[0].status_code = Some(RunStatus::Passed);
        steps[1].status_code = Some(RunStatus::Failed);
        steps[1].actual_result = Some("Not paid".to_owned());
        TestRunItemInput::new(RunStatus::Failed).with_run_time(30).with_steps(steps)
    };
    let bought = got(results.get(tests[0].id));
    got(results.replace(bought.id, failed(bought.clone())));
    let shown = got(results.get(bought.id));
    let statuses: Vec<_> = shown.test_run_results.iter().flatten().map(|step| step.status_code.clone()).collect();
    assert_eq!((shown.status_code, statuses), (Some(RunStatus::Failed), vec![Some(RunStatus::Passed), Some(RunStatus::Failed)]));
    let log = b"<log/>".repeat(100);
    got(results.upload_log(bought.id, LogUpload::new(File::from_bytes("run.xml", log.clone()))));
    got(results.update(tests[1].id, TestRunItemInput::new(RunStatus::Passed).with_run_time(5)));
    assert!(
        world.mock.uploads().iter().any(|upload| upload.file_name == "run.xml" && upload.content.bytes().is_ok_and(|bytes| bytes == log))
    );

    let defect = got(project.defects().create(DefectInput::new("Cannot pay", "New").with_software_version_code("2.0.1")));
    let links = project.linked_items(EntityCode::Bugs, defect.id);
    got(links.create(NewLinkedItem::new(EntityCode::Tests, buy.id)));
    let linked: Vec<_> = M::collect(links.list()).expect("links").iter().map(|link| link.linked_entity_id).collect();
    assert_eq!(linked, [Some(buy.id)]);

    let run = got(project.test_runs().get(run.id));
    assert_eq!((run.nbr_tests, run.nbr_passed, run.nbr_failed), (Some(2), Some(1), Some(1)));
    assert_eq!(run.status_code, Some(RunStatus::Failed), "the server derives it from its tests");
    let failures = M::collect(results.list().filter(Field::text("StatusCode").eq("Failed"))).expect("failures");
    assert_eq!(failures.iter().map(|item| item.test_id).collect::<Vec<_>>(), [Some(buy.id)]);

    let again = got(project.test_runs().restart(run.id));
    assert_eq!((again.status_code, again.nbr_failed), (Some(RunStatus::AwaitingRun), Some(0)));
    world.mock.assert_no_verdicts();
}
