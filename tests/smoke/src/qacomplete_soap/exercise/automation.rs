//! What came before release 9.7 and 9.9: test cases and the bridge for automated tests.

use super::{CONDITION, exercises};
use qacomplete_soap::types::{AutomationHost, AutomationRun, AutomationSchedule, AutomationTestItem, TestCase};

exercises! {
    test_cases::Add |client, world| client.test_cases().add(TestCase::default().with_title("Log in"))
            .send_email_alert("N").create_defect_upon_failed_test_case("N").new_notes("New"),
        |id| *id > 0 && *id != world.test_case;
    test_cases::Load |client, world| client.test_cases().load(world.test_case),
        |case| case.test_case_id == Some(world.test_case) && case.title.as_deref() == Some("Old one");
    test_cases::LoadByCriteria |client, world|
            client.test_cases().load_by_criteria(CONDITION).sorting("Title").page_size(50).page_number(1),
        |cases| cases.iter().map(|case| case.test_case_id).eq([Some(world.test_case)]);
    test_cases::LoadByUnc |client, world| client.test_cases().load_by_unc(r"\\server\share\script"),
        |cases| cases.is_empty();
    test_cases::Update |client, world| client.test_cases().update(
            TestCase::default().with_test_case_id(world.test_case).with_title("Older one"),
        ).send_email_alert("N");
    test_cases::Delete |client, world| client.test_cases().delete(world.test_case);

    automation_hosts::Add |client, world| client.automation_hosts().add(AutomationHost::default().with_host_name("Test-WinXPx86")),
        |id| *id > 0 && *id != world.automation_host;
    automation_hosts::Load |client, world| client.automation_hosts().load(world.automation_host),
        |host| host.automation_host_id == Some(world.automation_host) && host.host_name.as_deref() == Some("Test-Win7x86");
    automation_hosts::LoadByCriteria |client, world|
            client.automation_hosts().load_by_criteria(CONDITION).sorting("HostName").page_size(50).page_number(1),
        |hosts| hosts.iter().map(|host| host.automation_host_id).eq([Some(world.automation_host)]);
    automation_hosts::Update |client, world| client.automation_hosts().update(
            AutomationHost::default().with_automation_host_id(world.automation_host).with_host_name("Test-Win10"),
        );
    automation_hosts::Delete |client, world| client.automation_hosts().delete(world.automation_host);

    automation_test_items::Add |client, world| client.automation_test_items().add(
            AutomationTestItem::default().with_test_name("Orders").with_automation_host_id(world.automation_host)
                .with_automation_type("TestComplete"),
        ),
        |id| *id > 0 && *id != world.automation_test_item;
    automation_test_items::Load |client, world| client.automation_test_items().load(world.automation_test_item),
        |item| item.automation_test_item_id == Some(world.automation_test_item);
    automation_test_items::LoadByCriteria |client, world|
            client.automation_test_items().load_by_criteria(CONDITION).sorting("TestName").page_size(50).page_number(1),
        |items| items.iter().map(|item| item.automation_test_item_id).eq([Some(world.automation_test_item)]);
    automation_test_items::LoadByHostName |client, world| client.automation_test_items().load_by_host_name("Test-Win7x86"),
        |items| items.iter().map(|item| item.automation_test_item_id).eq([Some(world.automation_test_item)]);
    automation_test_items::Update |client, world| client.automation_test_items().update(
            AutomationTestItem::default().with_automation_test_item_id(world.automation_test_item).with_test_name("Bills"),
        );
    automation_test_items::Delete |client, world| client.automation_test_items().delete(world.automation_test_item);

    automation_runs::Add |client, world| client.automation_runs().add(
            AutomationRun::default().with_automation_host_name("Test-Win7x86").with_full_test_name("Orders")
                .with_automation_type("TestComplete")
                .with_start_time("2014-08-12T08:00:00").with_end_time("2014-08-12T08:26:39"),
        ),
        |id| *id > 0 && *id != world.automation_run;
    automation_runs::Load |client, world| client.automation_runs().load(world.automation_run),
        |run| run.automation_run_id == Some(world.automation_run);
    automation_runs::LoadByCriteria |client, world|
            client.automation_runs().load_by_criteria(CONDITION).sorting("NbrFailed").page_size(50).page_number(1),
        |runs| runs.iter().map(|run| run.automation_run_id).eq([Some(world.automation_run)]);
    automation_runs::Update |client, world| client.automation_runs().update(
            AutomationRun::default().with_automation_run_id(world.automation_run).with_automation_test_item_id(world.automation_test_item)
                .with_automation_host_name("Test-Win7x86").with_full_test_name("Orders").with_automation_type("TestComplete")
                .with_start_time("2014-08-12T08:00:00").with_end_time("2014-08-12T08:26:39").with_status("Passed"),
        );
    automation_runs::Delete |client, world| client.automation_runs().delete(world.automation_run);

    automation_schedules::Add |client, world| client.automation_schedules().add(
            AutomationSchedule::default().with_automation_test_item_id(world.automation_test_item)
                .with_date_begin("2014-08-12T00:00:00").with_time_run("08:00"),
        ),
        |id| *id > 0 && *id != world.automation_schedule;
    automation_schedules::Load |client, world| client.automation_schedules().load(world.automation_schedule),
        |schedule| schedule.automation_schedule_id == Some(world.automation_schedule);
    automation_schedules::LoadByCriteria |client, world|
            client.automation_schedules().load_by_criteria(CONDITION).sorting("DateBegin").page_size(50).page_number(1),
        |schedules| schedules.iter().map(|schedule| schedule.automation_schedule_id).eq([Some(world.automation_schedule)]);
    automation_schedules::LoadByTimeSpan |client, world| client.automation_schedules().load_by_time_span(
            "TestComplete", "Test-Win7x86", "2014-08-01T00:00:00", "2014-09-01T00:00:00",
        ),
        |schedules| schedules.iter().map(|schedule| schedule.automation_schedule_id).eq([Some(world.automation_schedule)]);
    automation_schedules::ExistInTimeSpan |client, world| client.automation_schedules().exist_in_time_span(
            "TestComplete", "Test-Win7x86", "2014-08-01T00:00:00", "2014-09-01T00:00:00",
        ),
        |exist| *exist;
    automation_schedules::Update |client, world| client.automation_schedules().update(
            AutomationSchedule::default().with_automation_schedule_id(world.automation_schedule)
                .with_automation_test_item_id(world.automation_test_item).with_status("Done"),
        );
    automation_schedules::Delete |client, world| client.automation_schedules().delete(world.automation_schedule);
}
