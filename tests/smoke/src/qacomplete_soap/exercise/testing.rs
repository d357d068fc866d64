//! Test management.

use super::{CONDITION, exercises};
use qacomplete_soap::types::{Test, TestConfiguration, TestRun, TestRunItem, TestRunResult, TestSet, TestSetItem, TestStep};

exercises! {
    tests::Add |client, world|
            client.tests().add(Test::default().with_title("Log in").with_folder_id(0)).send_email_alert("N").new_notes("New"),
        |id| *id > 0 && *id != world.test;
    tests::Load |client, world| client.tests().load(world.test),
        |test| test.test_id == Some(world.test) && test.title.as_deref() == Some("Check out");
    tests::LoadByCriteria |client, world| client.tests().load_by_criteria(CONDITION).sorting("TestId").page_size(50).page_number(1),
        |tests| tests.iter().map(|test| test.test_id).eq([Some(world.test)]);
    tests::Update |client, world| client.tests().update(Test::default().with_test_id(world.test).with_title("Pay")).send_email_alert("N");
    tests::Delete |client, world| client.tests().delete(world.test);

    test_steps::Add |client, world| client.test_steps().add(
            TestStep::default().with_test_id(world.test).with_step("<b>Click</b>").with_expected_results("It opens."),
        ).send_email_alert("N"),
        |id| *id > 0 && *id != world.test_step;
    test_steps::Load |client, world| client.test_steps().load(world.test_step),
        |step| step.test_step_id == Some(world.test_step) && step.test_id == Some(world.test);
    test_steps::LoadByCriteria |client, world| client.test_steps().load_by_criteria(CONDITION).sorting("Seq").page_size(50).page_number(1),
        |steps| steps.iter().map(|step| step.test_step_id).eq([Some(world.test_step)]);
    test_steps::Update |client, world| client.test_steps().update(
            TestStep::default().with_test_step_id(world.test_step).with_test_id(world.test).with_step("Type"),
        ).send_email_alert("N");
    test_steps::Delete |client, world| client.test_steps().delete(world.test_step);

    test_sets::Add |client, world|
            client.test_sets().add(TestSet::default().with_title("Smoke").with_is_active("Y")).send_email_alert("N").new_notes("New"),
        |id| *id > 0 && *id != world.test_set;
    test_sets::Load |client, world| client.test_sets().load(world.test_set),
        |set| set.test_set_id == Some(world.test_set) && set.title.as_deref() == Some("Regression");
    test_sets::LoadByCriteria |client, world|
            client.test_sets().load_by_criteria(CONDITION).sorting("Title ASC").page_size(50).page_number(1),
        |sets| sets.iter().map(|set| set.test_set_id).eq([Some(world.test_set)]);
    test_sets::Update |client, world| client.test_sets().update(
            TestSet::default().with_test_set_id(world.test_set).with_title("Nightly"),
        ).send_email_alert("N");
    test_sets::Delete |client, world| client.test_sets().delete(world.test_set);

    test_set_items::Add |client, world| client.test_set_items().add(
            TestSetItem::default().with_test_set_id(world.test_set).with_test_id(world.test),
        ).send_email_alert("N"),
        |id| *id > 0 && *id != world.test_set_item;
    test_set_items::Load |client, world| client.test_set_items().load(world.test_set_item),
        |item| item.test_set_item_id == Some(world.test_set_item) && item.test_id == Some(world.test);
    test_set_items::LoadByCriteria |client, world|
            client.test_set_items().load_by_criteria(CONDITION).sorting("TestSetId").page_size(50).page_number(1),
        |items| items.iter().map(|item| item.test_set_item_id).eq([Some(world.test_set_item)]);
    test_set_items::Update |client, world| client.test_set_items().update(
            TestSetItem::default().with_test_set_item_id(world.test_set_item).with_test_set_id(world.test_set)
                .with_test_id(world.test).with_seq(2),
        ).send_email_alert("N");
    test_set_items::Delete |client, world| client.test_set_items().delete(world.test_set_item);

    test_runs::Add |client, world| client.test_runs().add(TestRun::default().with_test_id(world.test)).send_email_alert("N"),
        |id| *id > 0 && *id != world.test_run;
    test_runs::Load |client, world| client.test_runs().load(world.test_run),
        |run| run.test_run_id == Some(world.test_run) && run.test_set_id == Some(world.test_set);
    test_runs::LoadByCriteria |client, world|
            client.test_runs().load_by_criteria(CONDITION).sorting("DateStarted").page_size(50).page_number(1),
        |runs| runs.iter().map(|run| run.test_run_id).eq([Some(world.test_run)]);
    test_runs::Update |client, world| client.test_runs().update(
            TestRun::default().with_test_run_id(world.test_run).with_status_code("Passed").with_date_finished("2024-05-06T07:08:09.123"),
        ).send_email_alert("N");

    test_run_items::Load |client, world| client.test_run_items().load(world.test_run_item),
        |item| item.test_run_item_id == Some(world.test_run_item) && item.test_run_id == Some(world.test_run);
    test_run_items::LoadByCriteria |client, world|
            client.test_run_items().load_by_criteria(CONDITION).sorting("Seq").page_size(50).page_number(1),
        |items| items.iter().map(|item| item.test_run_item_id).eq([Some(world.test_run_item)]);
    test_run_items::Update |client, world| client.test_run_items().update(
            TestRunItem::default().with_test_run_item_id(world.test_run_item).with_status_code("Failed").with_run_time(7),
        ).send_email_alert("N");

    test_run_results::Load |client, world| client.test_run_results().load(world.test_run_result),
        |result| result.test_run_result_id == Some(world.test_run_result) && result.test_run_item_id == Some(world.test_run_item);
    test_run_results::LoadByCriteria |client, world|
            client.test_run_results().load_by_criteria(CONDITION).sorting("Seq").page_size(50).page_number(1),
        |results| results.iter().map(|result| result.test_run_result_id).eq([Some(world.test_run_result)]);
    test_run_results::Update |client, world| client.test_run_results().update(
            TestRunResult::default().with_test_run_result_id(world.test_run_result).with_status_code("Blocked")
                .with_actual_results("Nothing"),
        ).send_email_alert("N");

    test_configurations::Add |client, world| client.test_configurations().add(
            TestConfiguration::default().with_configuration_name("Linux").with_is_active("Y"),
        ).send_email_alert("N").new_notes("New"),
        |id| *id > 0 && *id != world.test_configuration;
    test_configurations::Load |client, world| client.test_configurations().load(world.test_configuration),
        |configuration| configuration.config_id == Some(world.test_configuration);
    test_configurations::LoadByCriteria |client, world|
            client.test_configurations().load_by_criteria(CONDITION).sorting("ConfigurationName").page_size(50).page_number(1),
        |configurations| configurations.iter().map(|configuration| configuration.config_id).eq([Some(world.test_configuration)]);
    test_configurations::Update |client, world| client.test_configurations().update(
            TestConfiguration::default().with_config_id(world.test_configuration).with_configuration_name("Windows 11"),
        ).send_email_alert("N");
    test_configurations::Delete |client, world| client.test_configurations().delete(world.test_configuration);
}
