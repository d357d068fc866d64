//! Tests and their automations.

use crate::qacomplete::PROJECT;
use crate::qacomplete::world::{field, parameters};
use qacomplete::File;
use qacomplete::types::{Agent, AutomationInput, AutomationUpload, Search, TestInput, TestStepInput, TestUpdate};

crate::rest::exercises! { qacomplete:
    tests::List |client, world| client.project(PROJECT).tests().list().limit(25).offset(0).filter("Title = 'Buy'"),
        |page| page.results.iter().flatten().map(|test| test.id).eq([world.test]);
    tests::Create |client, world| client.project(PROJECT).tests().create(
            TestInput::new("Sell", "New").with_active(true).with_assignee_user_id(world.user).with_custom_fields([field("Custom1", "x")])
                .with_description("All").with_execution_type("Manual").with_folder_id(0).with_owner_user_id(world.user).with_priority("1")
                .with_test_type("Functional").with_test_steps([
                    TestStepInput::default().with_seq(1).with_step("Offer").with_expected_result("Offered").with_is_stopped_on_fail(true)
                        .with_script_source_id(0),
                ]),
        ),
        |test| test.title == "Sell" && test.test_steps.iter().flatten().map(|step| step.step.as_deref()).eq([Some("Offer")]);
    tests::Search |client, world| client.project(PROJECT).tests().search(Search::new("Title = 'Buy'")).limit(25).offset(0),
        |page| page.results.iter().flatten().map(|test| test.id).eq([world.test]);
    tests::Get |client, world| client.project(PROJECT).tests().get(world.test),
        |test| test.title == "Buy" && test.project_id == Some(PROJECT);
    tests::Replace |client, world| client.project(PROJECT).tests().replace(
            world.test,
            TestInput::new("Buy all", "Open").with_active(true).with_description("Everything")
                .with_test_steps([TestStepInput::default().with_seq(1).with_step("Take")]),
        ),
        |test| test.id == world.test && test.title == "Buy all" && test.test_steps.iter().flatten().count() == 1;
    tests::Update |client, world| client.project(PROJECT).tests().update(
            world.test,
            TestUpdate::default().with_title("Buy two").with_status("Open").with_active(true).with_assignee_user_id(0)
                .with_custom_fields([field("Custom1", "y")]).with_description("Two").with_execution_type("Manual").with_folder_id(0)
                .with_owner_user_id(world.user).with_priority("2").with_test_type("Functional")
                .with_test_steps([TestStepInput::default().with_seq(1).with_step("Take two")]),
        ),
        |test| test.id == world.test && test.title == "Buy two" && test.priority.as_deref() == Some("2");
    tests::Delete |client, world| client.project(PROJECT).tests().delete(world.test);

    automations::List |client, world| client.project(PROJECT).automations(world.test).list().limit(25).offset(0).filter("Title = 'By JUnit'"),
        |page| page.results.iter().flatten().map(|automation| &automation.agent).eq([&Agent::JUnit]);
    automations::Get |client, world| client.project(PROJECT).automations(world.test).get(Agent::JUnit),
        |automation| automation.agent == Agent::JUnit && automation.title.as_deref() == Some("By JUnit");
    automations::Create |client, world| client.project(PROJECT).automations(world.test).create(
            Agent::TestComplete,
            AutomationInput::default().with_title("By TestComplete").with_timeout(60).with_run_mode(0).with_params(parameters()),
        ),
        |automation| automation.agent == Agent::TestComplete && automation.timeout == Some(60);
    automations::Replace |client, world| client.project(PROJECT).automations(world.test).replace(
            Agent::JUnit, AutomationInput::default().with_title("Again").with_timeout(5).with_params(parameters()),
        ),
        |automation| automation.agent == Agent::JUnit && automation.title.as_deref() == Some("Again");
    automations::Update |client, world| client.project(PROJECT).automations(world.test).update(
            Agent::JUnit, AutomationInput::default().with_timeout(7),
        ),
        |automation| automation.timeout == Some(7) && automation.title.as_deref() == Some("By JUnit");
    automations::Delete |client, world| client.project(PROJECT).automations(world.test).delete(Agent::JUnit);

    automation_attachments::Get |client, world| client.project(PROJECT).automation_attachments(world.scripted, Agent::JUnit).get(),
        |file| file.file_name.as_deref() == Some("suite.zip");
    automation_attachments::Create |client, world| client.project(PROJECT).automation_attachments(world.test, Agent::JUnit).create()
            .body(AutomationUpload::new(File::new("new.zip", "application/zip", "PK"))).comments("First"),
        |file| file.file_name.as_deref() == Some("new.zip");
    automation_attachments::Replace |client, world| client.project(PROJECT).automation_attachments(world.scripted, Agent::JUnit).replace()
            .link("https://files.example.com/suite.zip").comments("Moved"),
        |file| file.file_name.as_deref() != Some("suite.zip") || file.file_format_code.is_some();
    automation_attachments::Update |client, world| client.project(PROJECT).automation_attachments(world.scripted, Agent::JUnit).update()
            .comments("As before"),
        |file| file.file_name.as_deref() == Some("suite.zip");
    automation_attachments::Delete |client, world| client.project(PROJECT).automation_attachments(world.scripted, Agent::JUnit).delete();
}
