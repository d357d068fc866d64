//! Releases, builds, cycles, suites and runs.

use super::shows;
use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{BOB, BUILD, CASE, CYCLE, LOG, OTHER_COMMENT, RELEASE, RUN, SUITE, moment, value};
use qtest_manager::DateTime;
use qtest_manager::types::{
    BuildUpdate, IdRef, JobState, NewBuild, NewComment, NewDatasetTestRuns, NewManualTestRuns, NewRandomTestRuns, NewRelease,
    NewStepParameterValues, NewTestCycle, NewTestRun, NewTestSuite, ParentType, ReleaseUpdate, RunParentType, StepParameterValues,
    TestCaseRef, TestCycleExpand, TestCycleUpdate, TestRunExpand, TestRunListExpand, TestRunUpdate, TestSuiteUpdate,
};
use tms_mock::qtest_manager as records;

crate::rest::exercises! { qtest_manager:
    releases::List |client, world| client.project(PROJECT).releases().list().include_closed(true),
        |releases| releases.iter().map(|release| release.id).eq([RELEASE]);
    releases::Create |client, world| client.project(PROJECT).releases().create(
            NewRelease::new("Release 2").with_order(2).with_description("The next").with_note("Late").with_start_date(moment(1))
                .with_end_date(moment(31)).with_properties([value(821, "2")]),
        ),
        |release| release.name.as_deref() == Some("Release 2") && shows(release.properties.as_ref(), 821, "2") && release.id != RELEASE;
    releases::Get |client, world| client.project(PROJECT).releases().get(RELEASE),
        |release| release.pid.as_deref() == Some("RL-1") && release.start_date.as_ref().and_then(DateTime::day) == Some(6);
    releases::Update |client, world| client.project(PROJECT).releases().update(
            RELEASE,
            ReleaseUpdate::default().with_name("Release 1.1").with_order(1).with_description("Mended").with_note("Soon")
                .with_start_date(moment(2)).with_end_date(moment(3)).with_properties([value(821, "3")]),
        ),
        |release| release.name.as_deref() == Some("Release 1.1") && shows(release.properties.as_ref(), 821, "3");
    releases::Delete |client, world| client.project(PROJECT).releases().delete(RELEASE),
        |()| !world.has(records::RELEASES, RELEASE);

    builds::List |client, world| client.project(PROJECT).builds().list(RELEASE),
        |builds| builds.iter().map(|build| build.id).eq([BUILD]);
    builds::Create |client, world| client.project(PROJECT).builds().create(
            NewBuild::new("Build 2", IdRef::new(RELEASE)).with_order(2).with_properties([value(831, "2")]),
        ),
        |build| build.release.as_ref().map(|release| release.id) == Some(RELEASE) && shows(build.properties.as_ref(), 831, "2");
    builds::Get |client, world| client.project(PROJECT).builds().get(BUILD),
        |build| build.pid.as_deref() == Some("BL-1");
    builds::Update |client, world| client.project(PROJECT).builds().update(
            BUILD,
            BuildUpdate::default().with_name("Build 1a").with_release(IdRef::new(RELEASE)).with_order(1).with_properties([value(831, "2")]),
        ),
        |build| build.name.as_deref() == Some("Build 1a") && shows(build.properties.as_ref(), 831, "2");
    builds::Delete |client, world| client.project(PROJECT).builds().delete(BUILD),
        |()| !world.has(records::BUILDS, BUILD);

    test_cycles::List |client, world| client.project(PROJECT).test_cycles().list()
            .parent_id(0).parent_type(ParentType::Root).expand(TestCycleExpand::Descendants).tosca(false).page(1).page_size(10),
        |cycles| cycles.iter().map(|cycle| cycle.id).eq([CYCLE])
            && cycles[0].test_suites.iter().flatten().map(|suite| suite.id).eq([SUITE]);
    test_cycles::Create |client, world| client.project(PROJECT).test_cycles().create(
            NewTestCycle::new("Sprint 8").with_order(1).with_description("The next").with_target_release_id(RELEASE)
                .with_target_build_id(BUILD),
        ).parent_id(RELEASE).parent_type(ParentType::Release),
        |cycle| cycle.name.as_deref() == Some("Sprint 8") && cycle.target_build_id == Some(BUILD);
    test_cycles::Get |client, world| client.project(PROJECT).test_cycles().get(CYCLE).expand(TestCycleExpand::Descendants),
        |cycle| cycle.pid.as_deref() == Some("CL-1") && cycle.test_suites.iter().flatten().map(|suite| suite.id).eq([SUITE]);
    test_cycles::Update |client, world| client.project(PROJECT).test_cycles().update(
            CYCLE,
            TestCycleUpdate::default().with_name("Sprint 7a").with_order(1).with_description("Longer").with_target_release_id(RELEASE)
                .with_target_build_id(BUILD),
        ).parent_id(RELEASE).parent_type(ParentType::Release),
        |cycle| cycle.id == CYCLE && cycle.name.as_deref() == Some("Sprint 7a") && cycle.target_build_id == Some(BUILD);
    test_cycles::Delete |client, world| client.project(PROJECT).test_cycles().delete(CYCLE).force(true),
        |said| said.message.is_some() && !world.has(records::TEST_CYCLES, CYCLE) && !world.has(records::TEST_SUITES, SUITE);

    test_suites::List |client, world| client.project(PROJECT).test_suites().list().parent_id(CYCLE).parent_type(ParentType::TestCycle),
        |suites| suites.iter().map(|suite| suite.id).eq([SUITE]);
    test_suites::Create |client, world| client.project(PROJECT).test_suites().create(
            NewTestSuite::new("Regression").with_order(1).with_properties([value(811, "902")]).with_target_release_id(RELEASE)
                .with_target_build_id(BUILD),
        ).parent_id(CYCLE).parent_type(ParentType::TestCycle),
        |suite| suite.parent_id == Some(CYCLE) && suite.parent_type == Some(ParentType::TestCycle)
            && shows(suite.properties.as_ref(), 811, "902");
    test_suites::Get |client, world| client.project(PROJECT).test_suites().get(SUITE),
        |suite| suite.pid.as_deref() == Some("TS-1") && suite.parent_id == Some(CYCLE);
    // With a parent it is a move, and changes nothing else.
    test_suites::Update |client, world| client.project(PROJECT).test_suites().update(
            SUITE,
            TestSuiteUpdate::default().with_name("All").with_order(1).with_properties([value(811, "901")]).with_target_release_id(RELEASE)
                .with_target_build_id(BUILD),
        ).parent_id(RELEASE).parent_type(ParentType::Release).no_email(true),
        |suite| suite.id == SUITE && suite.parent_id == Some(RELEASE) && suite.name.as_deref() == Some("Smoke");
    test_suites::Delete |client, world| client.project(PROJECT).test_suites().delete(SUITE),
        |()| !world.has(records::TEST_SUITES, SUITE);

    test_runs::List |client, world| client.project(PROJECT).test_runs().list()
            .parent_id(CYCLE).parent_type(RunParentType::TestCycle).expand(TestRunListExpand::Descendants)
            .include_tosca_properties(true).page(1).page_size(10),
        |page| page.total == Some(1) && page.items.iter().flatten().map(|run| run.id).eq([RUN]);
    test_runs::Create |client, world| client.project(PROJECT).test_runs().create(
            NewTestRun::new("Log in again", TestCaseRef::new(CASE).with_test_case_version_id(world.version)).with_order(2)
                .with_properties([value(802, "Firefox")]).with_test_case_version_id(world.version).with_automation("No")
                .with_assign_parameter_values([
                    StepParameterValues::default().with_step_id(world.step).with_description_parameter_values(["page".to_owned()])
                        .with_expected_parameter_values(["form".to_owned()]),
                ])
                .with_tosca_guid("guid").with_tosca_node_path("/Runs").with_configuration_id("7d1f0a52-3f5e-4c55-9b1e-0d2a8c1b6e11"),
        ).parent_id(SUITE).parent_type(RunParentType::TestSuite),
        |run| run.parent_id == Some(SUITE) && run.test_case_id == Some(CASE) && shows(run.properties.as_ref(), 802, "Firefox");
    test_runs::CreateFromDataset |client, world| client.project(PROJECT).test_runs().create_from_dataset(
            NewDatasetTestRuns::new(TestCaseRef::new(CASE)).with_name("Log in").with_properties([value(802, "Firefox")])
                .with_dataset_id("17").with_from_row(1).with_number_of_rows(2),
        ).parent_id(SUITE).parent_type(RunParentType::TestSuite),
        |job| job.state == Some(JobState::InWaiting);
    test_runs::CreateManually |client, world| client.project(PROJECT).test_runs().create_manually(
            NewManualTestRuns::new(
                TestCaseRef::new(CASE),
                [vec![NewStepParameterValues::new(world.step).with_description_parameter_values(["page".to_owned()])
                    .with_expected_parameter_values(["form".to_owned()])]],
            ).with_name("Log in").with_properties([value(802, "Firefox")]),
        ).parent_id(SUITE).parent_type(RunParentType::TestSuite),
        |job| job.state == Some(JobState::InWaiting);
    test_runs::CreateRandomly |client, world| client.project(PROJECT).test_runs().create_randomly(
            NewRandomTestRuns::new(TestCaseRef::new(CASE), 1).with_name("Log in").with_properties([value(802, "Firefox")])
                .with_number_of_combinations(2),
        ).parent_id(SUITE).parent_type(RunParentType::TestSuite),
        |job| job.state == Some(JobState::InWaiting);
    test_runs::Statuses |client, world| client.project(PROJECT).test_runs().statuses(),
        |statuses| statuses.iter().map(|status| status.id).eq(601..=605);
    test_runs::Tree |client, world| client.project(PROJECT).test_runs().tree().parent_type("test-cycle").parent_id(CYCLE),
        |tree| tree.id == Some(CYCLE) && tree.children.iter().flatten().map(|child| child.id).eq([Some(SUITE)]);
    test_runs::Get |client, world| client.project(PROJECT).test_runs().get(RUN)
            .expand(TestRunExpand::TestcaseTeststep).include_tosca_properties(true),
        |run| run.test_case.as_ref().and_then(|case| case.test_steps.as_ref()).is_some_and(|steps| steps.len() == 2)
            && run.latest_test_log.as_ref().and_then(|log| log.id) == Some(LOG);
    test_runs::Update |client, world| client.project(PROJECT).test_runs().update(
            RUN,
            TestRunUpdate::default().with_name("Log in").with_order(1).with_properties([value(802, "Chrome")])
                .with_test_case(TestCaseRef::new(CASE)).with_test_case_version_id(world.version).with_automation("No")
                .with_configuration_id("7d1f0a52-3f5e-4c55-9b1e-0d2a8c1b6e11"),
        ),
        |run| run.name.as_deref() == Some("Log in") && shows(run.properties.as_ref(), 802, "Chrome") && run.parent_id == Some(SUITE);
    test_runs::Delete |client, world| client.project(PROJECT).test_runs().delete(RUN),
        |said| said.message.is_some() && !world.has(records::TEST_RUNS, RUN);

    test_runs::Comments |client, world| client.project(PROJECT).test_runs().comments("TR-1"),
        |page| page.items.iter().flatten().map(|comment| comment.id).eq([Some(OTHER_COMMENT)]);
    test_runs::AddComment |client, world| client.project(PROJECT).test_runs().add_comment("TR-1", NewComment::new("Why?")),
        |comment| comment.content.as_deref() == Some("Why?") && comment.id.is_some();
    test_runs::GetComment |client, world| client.project(PROJECT).test_runs().get_comment("TR-1", OTHER_COMMENT),
        |comment| comment.user_id == Some(BOB);
    test_runs::UpdateComment |client, world| client.project(PROJECT).test_runs().update_comment(
            "901", OTHER_COMMENT, NewComment::new("Never mind"),
        ),
        |comment| comment.id == Some(OTHER_COMMENT) && comment.content.as_deref() == Some("Never mind");
    test_runs::DeleteComment |client, world| client.project(PROJECT).test_runs().delete_comment("TR-1", OTHER_COMMENT),
        |()| world.mock.records(records::COMMENTS, "1/test-runs/901").is_empty();
}
