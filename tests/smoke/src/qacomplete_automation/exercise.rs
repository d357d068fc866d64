//! Every operation of QAComplete Test Automation against the mock server.
//!
//! An entry is the call as a user would write it, with every argument there is, and what its typed answer must show, if it has one.

use super::world::COMPUTER;
use qacomplete_automation::types::{Agent, HostUpdate, ItemReport, LogUpload, NewHost, Outcome, ReportUpload, StepResult};
use qacomplete_automation::{DateTime, File};

/// The department of the samples.
const DEPARTMENT: i64 = 8162;

/// A moment as the overview writes them.
fn moment(second: u8) -> DateTime {
    DateTime::utc(2014, 7, 22, 21, 30, second).expect("a moment")
}

crate::rest::exercises! { qacomplete_automation:
    departments::List |client, world| client.departments().list(),
        |page| page.results.iter().flatten().map(|department| department.id).eq([DEPARTMENT]);

    hosts::Find |client, world| client.hosts().find(COMPUTER).dept_id(DEPARTMENT),
        |host| host.id == world.host && host.security_token.is_some();
    hosts::Register |client, world| client.hosts().register(
            NewHost::new("RACK12", "x64, firefox").with_agents([Agent::JUnit, Agent::TestComplete]).with_os("Windows").with_is_active(true)
                .with_agent_version("2.10.1607").with_dept_id(DEPARTMENT),
        ).dept_id(DEPARTMENT),
        |host| host.id != world.host && host.host_name.as_deref() == Some("RACK12") && host.security_token.is_some();
    hosts::Get |client, world| client.hosts().get(world.host),
        |host| host.id == world.host && host.host_name.as_deref() == Some(COMPUTER);
    hosts::Update |client, world| client.hosts().update(
            world.host,
            HostUpdate::default().with_host_name("RACK13").with_host_configuration("x86").with_agents([Agent::NUnit]).with_os("Linux")
                .with_is_active(false).with_agent_version("2.10.1608"),
        ),
        |host| host.id == world.host && host.is_active == Some(false) && host.agents.as_deref() == Some(&[Agent::NUnit]);

    runs::Current |client, world| client.runs(world.host).current().limit(25).offset(0),
        |page| page.results.iter().flatten().map(|run| run.id).eq([world.run]);
    runs::Report |client, world| client.runs(world.host).report(
            world.run,
            1,
            ItemReport::default().with_status(Outcome::Passed).with_date_started(moment(0)).with_date_finished(moment(12)).with_run_time(12)
                .with_test_run_results([
                    StepResult::default().with_status(Outcome::Na).with_actual_result("It opened").with_step("Open the form")
                        .with_step_criteria("").with_expected_result("It opens"),
                ]),
        ),
        |item| item.sequence_number == Some(1) && item.stop_on_fail == Some(true);
    runs::UploadLog |client, world| client.runs(world.host).upload_log(world.run, 1, LogUpload::new(File::from_bytes("run.xml", "<log/>")));
    runs::UploadReport |client, world| client.runs(world.host)
            .upload_report(world.run, 2, ReportUpload::new(File::from_bytes("run.mht", "MIME-Version: 1.0")));
    runs::Script |client, world| client.runs(world.host).script(world.run, 2, Agent::JUnit),
        |script| script.starts_with(b"PK");
}
