//! Test runs and how they went.

use crate::qacomplete::PROJECT;
use qacomplete::File;
use qacomplete::types::{LogUpload, NewTestRun, ReportUpload, RunStatus, TestRunItemInput, TestRunStepInput};

crate::rest::exercises! { qacomplete:
    test_runs::List |client, world| client.project(PROJECT).test_runs().list().limit(25).offset(0).filter("(StatusCode ~ 'Awaiting') AND (Id > 0)"),
        |page| page.results.iter().flatten().map(|run| run.id).eq([world.run]);
    test_runs::Create |client, world| client.project(PROJECT).test_runs().create(
            NewTestRun::default().with_test_set_id(world.test_set).with_release_id(world.release).with_is_sequential(true)
                .with_force_new_run_creation(true),
        ),
        |run| run.id != world.run && run.test_set_id == Some(world.test_set) && run.status_code == Some(RunStatus::AwaitingRun);
    test_runs::Get |client, world| client.project(PROJECT).test_runs().get(world.run),
        |run| run.id == world.run && run.test_set_id == Some(world.test_set);
    test_runs::Delete |client, world| client.project(PROJECT).test_runs().delete(world.run);
    test_runs::Restart |client, world| client.project(PROJECT).test_runs().restart(world.run),
        |run| run.status_code == Some(RunStatus::AwaitingRun);

    test_run_items::List |client, world| client.project(PROJECT).test_run_items(world.run).list().limit(25).offset(0)
            .filter(format!("TestId = {}", world.test)),
        |page| page.results.iter().flatten().map(|item| item.id).eq([world.run_item]);
    test_run_items::Get |client, world| client.project(PROJECT).test_run_items(world.run).get(world.run_item),
        |item| item.test_id == Some(world.test) && item.test_run_id == Some(world.run);
    test_run_items::Replace |client, world| client.project(PROJECT).test_run_items(world.run).replace(
            world.run_item,
            TestRunItemInput::new(RunStatus::Failed).with_critical(true).with_run_time(12).with_run_by_user_id(world.user).with_run_by_host_id(0)
                .with_save_to_test_library(false).with_steps([
                    TestRunStepInput::default().with_seq(1).with_step_name("Pay").with_status_code(RunStatus::Failed).with_expected_result("Paid")
                        .with_actual_result("Not paid").with_critical(true),
                ]),
        ),
        |item| item.id == world.run_item && item.status_code == Some(RunStatus::Failed) && item.run_time == Some(12);
    test_run_items::Update |client, world| client.project(PROJECT).test_run_items(world.run).update(
            world.run_item, TestRunItemInput::new(RunStatus::Passed).with_run_time(3),
        ),
        |item| item.id == world.run_item && item.status_code == Some(RunStatus::Passed);
    test_run_items::UploadLog |client, world| client.project(PROJECT).test_run_items(world.run)
            .upload_log(world.run_item, LogUpload::new(File::from_bytes("run.xml", "<log/>")));
    test_run_items::UploadReport |client, world| client.project(PROJECT).test_run_items(world.run)
            .upload_report(world.run_item, ReportUpload::new(File::from_bytes("run.mht", "MIME-Version: 1.0")));
}
