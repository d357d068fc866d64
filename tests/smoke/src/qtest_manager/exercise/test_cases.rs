//! Test cases with their steps, versions and comments.

use super::{file, shows};
use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{BOB, CASE, INNER_MODULE, MODULE, OTHER_CASE, OTHER_COMMENT, value};
use qtest_manager::types::{
    CustomFieldInfo, NewComment, NewTestCase, NewTestStep, TestCaseExpand, TestCaseUpdate, TestStepExpand, TestStepUpdate,
};
use std::collections::BTreeMap;
use tms_mock::qtest_manager as records;

crate::rest::exercises! { qtest_manager:
    test_cases::List |client, world| client.project(PROJECT).test_cases().list()
            .parent_id(MODULE).page(1).size(20).expand_properties(true).expand_steps(true).show_param_identifier(true).utc(true)
            .modified_after("2025-01-01T00:00:00Z"),
        |cases| cases.iter().map(|case| case.id).eq([CASE])
            && cases[0].test_steps.iter().flatten().count() == 2 && cases[0].last_modified_date_utc.is_some();
    test_cases::Create |client, world| client.project(PROJECT).test_cases().create(
            NewTestCase::new("Pay twice").with_order(2).with_parent_id(INNER_MODULE).with_description("<p>By card</p>")
                .with_precondition("Logged in").with_properties([value(402, "303")]).with_attachments([file()]).with_agent_ids([7])
                .with_tosca_guid("guid").with_tosca_node_path("/Pay").with_tosca_url("https://example.com/tosca")
                .with_tosca_test_case_unique_id("unique").with_tosca_state("PLANNED").with_tosca_workspace_url("https://example.com/ws")
                .with_test_steps([
                    NewTestStep::new("Pay", "Paid").with_order(1).with_attachments([file()]).with_called_test_case_id(CASE)
                        .with_parameter_values(["card".to_owned()])
                        .with_custom_field_info([CustomFieldInfo::default().with_id(841).with_value("4711")]),
                ]),
        ).parent_id(MODULE).agent_id("7").show_param_identifier(false).ai_generated(false),
        |case| case.parent_id == Some(INNER_MODULE) && shows(case.properties.as_ref(), 402, "303")
            && case.test_steps.iter().flatten().map(|step| step.called_test_case_id).eq([Some(CASE)]);
    test_cases::UpdateMany |client, world| client.project(PROJECT).test_cases().update_many(BTreeMap::from([
            (OTHER_CASE.to_string(), TestCaseUpdate::default().with_name("Pay by cheque")),
            (CASE.to_string(), TestCaseUpdate::default().with_name("Log in")),
        ])).show_param_identifier(true),
        |cases| cases.iter().map(|case| case.name.as_deref()).eq([Some("Log in"), Some("Pay by cheque")]);
    test_cases::Get |client, world| client.project(PROJECT).test_cases().get("TC-1")
            .version_id(world.version).expand(TestCaseExpand::TestSteps).show_param_identifier(true),
        |case| case.id == CASE && case.test_steps.iter().flatten().count() == 2;
    test_cases::Update |client, world| client.project(PROJECT).test_cases().update(
            CASE,
            TestCaseUpdate::default().with_id(CASE).with_name("Log in").with_order(1).with_parent_id(MODULE).with_description("Again")
                .with_precondition("Logged out").with_properties([value(403, "702")]).with_attachments([file()])
                .with_test_steps([TestStepUpdate::new("Open the page", "It is there").with_id(world.step)]),
        ).show_param_identifier(true),
        |case| case.name.as_deref() == Some("Log in") && shows(case.properties.as_ref(), 403, "702")
            && case.test_steps.iter().flatten().map(|step| step.expected.as_deref()).eq([Some("It is there")]);
    test_cases::Delete |client, world| client.project(PROJECT).test_cases().delete(CASE),
        |()| !world.has(records::TEST_CASES, CASE);
    test_cases::Approve |client, world| client.project(PROJECT).test_cases().approve(CASE),
        |case| case.version.as_deref() == Some("1.0");
    test_cases::ApproveByVera |client, world| client.project(PROJECT).test_cases().approve_by_vera(CASE),
        |case| case.version.as_deref() == Some("1.0");

    test_cases::Steps |client, world| client.project(PROJECT).test_cases().steps(CASE).show_param_identifier(true),
        |steps| steps.len() == 2 && steps[0].id == world.step;
    test_cases::AddStep |client, world| client.project(PROJECT).test_cases().add_step(
            CASE,
            NewTestStep::new("Leave", "The form is back").with_order(2).with_attachments([file()])
                .with_custom_field_info([CustomFieldInfo::default().with_id(841).with_value("4711")]),
        ).show_param_identifier(true),
        |step| step.order == Some(2) && step.attachments.iter().flatten().count() == 1
            && step.custom_field_info.iter().flatten().map(|info| info.value.as_deref()).eq([Some("4711")]);
    test_cases::GetStep |client, world| client.project(PROJECT).test_cases().get_step(CASE, world.step).show_param_identifier(true),
        |step| step.id == world.step && step.expected.as_deref() == Some("A form is shown");
    test_cases::UpdateStep |client, world| client.project(PROJECT).test_cases().update_step(
            CASE, world.step, TestStepUpdate::new("Open it", "It is open").with_id(world.step).with_order(2),
        ).show_param_identifier(true),
        |step| step.id != world.step && step.order == Some(2) && step.expected.as_deref() == Some("It is open");
    test_cases::DeleteStep |client, world| client.project(PROJECT).test_cases().delete_step(CASE, world.step).update_version(false),
        |()| world.member(records::TEST_CASES, "1", CASE, "/version") == "0.1"
            && world.mock.records(records::TEST_CASES, "1").iter().filter_map(|case| case.field("test_steps"))
                .all(|steps| steps.as_array().is_none_or(|steps| steps.iter().all(|step| step["id"] != world.step)));
    test_cases::StepsPaged |client, world| client.project(PROJECT).test_cases().steps_paged(CASE)
            .page(2).size(1).show_param_identifier(true),
        |steps| steps.iter().map(|step| step.description.as_deref()).eq([Some("Fill it in")]);

    test_cases::Versions |client, world| client.project(PROJECT).test_cases().versions(CASE).show_param_identifier(true),
        |versions| versions.iter().map(|version| version.test_case_version_id).eq([Some(world.version)]);
    test_cases::GetVersion |client, world| client.project(PROJECT).test_cases().get_version(CASE, world.version)
            .show_param_identifier(true),
        |version| version.test_case_version_id == Some(world.version) && version.version.as_deref() == Some("0.1");
    test_cases::VersionSteps |client, world| client.project(PROJECT).test_cases().version_steps(CASE, world.version)
            .expand(TestStepExpand::CalledTestSteps).show_param_identifier(true),
        |steps| steps.len() == 2 && steps[0].id == world.step;
    test_cases::VersionStepsPaged |client, world| client.project(PROJECT).test_cases().version_steps_paged(CASE, world.version)
            .expand(TestStepExpand::CalledTestSteps).page(1).size(1).show_param_identifier(true),
        |steps| steps.iter().map(|step| step.id).eq([world.step]);

    test_cases::Comments |client, world| client.project(PROJECT).test_cases().comments("TC-1").page(1).page_size(10),
        |page| page.total == Some(1) && page.items.iter().flatten().map(|comment| comment.id).eq([Some(OTHER_COMMENT)]);
    test_cases::AddComment |client, world| client.project(PROJECT).test_cases().add_comment("TC-1", NewComment::new("Why?")),
        |comment| comment.content.as_deref() == Some("Why?") && comment.id.is_some();
    test_cases::GetComment |client, world| client.project(PROJECT).test_cases().get_comment("TC-1", OTHER_COMMENT),
        |comment| comment.user_id == Some(BOB);
    test_cases::UpdateComment |client, world| client.project(PROJECT).test_cases().update_comment(
            "301", OTHER_COMMENT, NewComment::new("Never mind"),
        ),
        |comment| comment.id == Some(OTHER_COMMENT) && comment.content.as_deref() == Some("Never mind");
    test_cases::DeleteComment |client, world| client.project(PROJECT).test_cases().delete_comment("TC-1", OTHER_COMMENT),
        |()| world.mock.records(records::COMMENTS, "1/test-cases/301").is_empty();
}
