//! Test logs, of people and of machines, and the jobs that many at once become.

use super::file;
use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{CASE, CYCLE, DEFECT, JOB, LOG, MODULE, RUN, SUITE, moment};
use qtest_manager::Date;
use qtest_manager::types::{
    AutomationTestLogUpdate, BatchTestLog, ExecutionStatusRef, JobState, LinkedDefectInput, NewAutomationStepLog, NewAutomationTestLog,
    NewTestLog, NewTestLogBatch, NewTestLogTree, NewTestStepLog, TestLogExpand, TestLogUpdate, ToscaExecutionEntry, ToscaObjectType,
    ToscaTestCase, ToscaTestCycle, TreeTestLog,
};
use tms_mock::qtest_manager as records;

/// A step of a machine's result.
fn step_log() -> NewAutomationStepLog {
    NewAutomationStepLog::new("Open", "A form")
        .with_actual_result("None")
        .with_status("FAIL")
        .with_order(0)
        .with_exe_date(moment(7))
        .with_attachments([file()])
        .with_defect_pids(["DF-1".to_owned()])
}

crate::rest::exercises! { qtest_manager:
    test_logs::List |client, world| client.project(PROJECT).test_logs().list(RUN).page_size(10).page(1),
        |page| page.total == Some(1) && page.items.iter().flatten().map(|log| log.id).eq([LOG]);
    test_logs::Create |client, world| client.project(PROJECT).test_logs().create(
            RUN,
            NewTestLog::new(ExecutionStatusRef::new(602), moment(7), moment(8)).with_planned_exe_time(5).with_actual_exe_time(7)
                .with_test_case_version_id(world.version).with_name("Once more").with_note("Red").with_submitted_by("ann")
                .with_attachments([file()]).with_build_number("17").with_build_url("https://ci.example.com/17")
                .with_defects([LinkedDefectInput::default().with_id(DEFECT).with_pid("DF-1")])
                .with_test_step_logs([
                    NewTestStepLog::default().with_test_step_id(world.step).with_status(ExecutionStatusRef::new(602)).with_order(0)
                        .with_description("Open").with_expected_result("A form").with_actual_result("None").with_exe_date(moment(7)),
                ]),
        ),
        |log| log.id > LOG && log.status.as_ref().map(|status| status.id) == Some(602) && log.test_step_logs.iter().flatten().count() == 1
            && log.defects.iter().flatten().map(|defect| defect.pid.as_deref()).eq([Some("DF-1")]);
    test_logs::Last |client, world| client.project(PROJECT).test_logs().last(RUN).expand(TestLogExpand::Testcase),
        |log| log.id == LOG && log.test_case.as_ref().map(|case| case.id) == Some(CASE);
    test_logs::Get |client, world| client.project(PROJECT).test_logs().get(RUN, LOG),
        |log| log.test_run_id == Some(RUN) && log.status.as_ref().map(|status| status.id) == Some(601);
    test_logs::Update |client, world| client.project(PROJECT).test_logs().update(
            RUN, LOG,
            TestLogUpdate::new(ExecutionStatusRef::new(604), moment(7), moment(8)).with_id(LOG).with_planned_exe_time(1)
                .with_actual_exe_time(2).with_note("No server").with_attachments([file()]),
        ),
        |log| log.id == LOG && log.status.as_ref().map(|status| status.id) == Some(604) && log.note.as_deref() == Some("No server");

    test_logs::CreateAutomated |client, world| client.project(PROJECT).test_logs().create_automated(
            RUN,
            NewAutomationTestLog::new("Log in", "FAIL", moment(7), moment(8)).with_automation_content("shop.LoginTest#login")
                .with_test_case_version_id(world.version).with_planned_exe_time(5).with_actual_exe_time(7).with_note("Red")
                .with_system_name("ci").with_order(0).with_attachments([file()]).with_build_number("17")
                .with_build_url("https://ci.example.com/17").with_test_step_logs([step_log()]).with_module_names(["Shop".to_owned()])
                .with_agent_ids([7]).with_defect_pids(["DF-1".to_owned(), "DF-9".to_owned()]),
        ).suite_per_day(false).suite_date("20250107").encode_note(false).force_update_version(false).agent_id("7").user_id("1"),
        |log| log.id > LOG && log.status.as_deref() == Some("FAIL") && log.automation_content.as_deref() == Some("shop.LoginTest#login")
            && log.linked_defects.as_ref().and_then(|linked| linked.success.as_ref()).is_some_and(|pids| *pids == ["DF-1"]);
    test_logs::UpdateAutomated |client, world| client.project(PROJECT).test_logs().update_automated(
            RUN, LOG,
            AutomationTestLogUpdate::new("BLOCKED", moment(7), moment(8)).with_id(LOG).with_name("Log in").with_note("No server")
                .with_planned_exe_time(5).with_actual_exe_time(7).with_build_number("17").with_build_url("https://ci.example.com/17"),
        ).encode_note(true),
        |()| world.member(records::TEST_LOGS, "1", LOG, "/status/id") == 604;
    test_logs::SubmitBatch |client, world| client.project(PROJECT).test_logs().submit_batch(
            NewTestLogBatch::new([
                BatchTestLog::new("Log in", "PASS", moment(7), moment(8), "shop.LoginTest#login").with_test_step_logs([step_log()]),
            ]).with_test_suite(SUITE.to_string()).with_parent_module(MODULE.to_string()).with_skip_creating_automation_module(true)
                .with_execution_date(Date::new(2025, 1, 7).expect("a day")).with_should_check_unlink_requirement(false),
        ).escape_xml(true).user_id("1"),
        |job| job.state == Some(JobState::InWaiting) && job.id > JOB;
    test_logs::SubmitTree |client, world| client.project(PROJECT).test_logs().submit_tree(
            NewTestLogTree::new(CYCLE.to_string(), [
                TreeTestLog::new("Log in", "PASS", moment(7), moment(8), "shop.LoginTest#login", ["Shop".to_owned(), "Login".to_owned()])
                    .with_test_step_logs([step_log()]),
            ]).with_execution_date("2025-01-07").with_should_check_unlink_requirement(false),
        ).escape_xml(true).user_id("1"),
        |job| job.state == Some(JobState::InWaiting);

    queue::Get |client, world| client.queue().get(JOB),
        |job| job.id == JOB && job.state == Some(JobState::InProcessing);

    tosca::ImportTestEvents |client, world| client.project(PROJECT).tosca().import_test_events([
            ToscaTestCycle::new("u1", "Nightly", "/Events").with_description("All").with_tosca_object_type(ToscaObjectType::TestEvent)
                .with_tosca_url("https://example.com/tosca").with_parent_id(0).with_parent_type("root")
                .with_test_cycles([
                    ToscaTestCycle::new("u2", "List", "/Events/List").with_tosca_object_type(ToscaObjectType::ExecutionList),
                ])
                .with_test_runs([
                    ToscaExecutionEntry::new("u3", "Log in", "/Events/Entry")
                        .with_associated_tosca_test_case(ToscaTestCase::new("u4", "/Cases/Log in"))
                        .with_associated_tosca_test_case_id("u4"),
                ]),
        ]),
        |job| job.state == Some(JobState::InWaiting);
}
