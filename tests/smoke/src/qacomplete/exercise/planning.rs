//! Releases, requirements, defects.

use crate::qacomplete::PROJECT;
use crate::qacomplete::world::{field, moment};
use qacomplete::types::{DefectInput, NewRelease, ReleaseInput, ReleaseType, ReleaseUpdate, RequirementInput, Search};

crate::rest::exercises! { qacomplete:
    releases::List |client, world| client.project(PROJECT).releases().list().limit(25).offset(0).filter("ReleaseType = 'Release'"),
        |page| page.results.iter().flatten().map(|release| release.id).eq([world.release]);
    releases::Create |client, world| client.project(PROJECT).releases().create(
            NewRelease::new(ReleaseType::Build, "1.0.1").with_parent_id(world.release).with_description("Nightly").with_folder_id(0)
                .with_owner_user_id(world.user).with_assignee_user_id(world.user).with_is_auto_adjust_est_dates(false)
                .with_status_code("Open").with_is_active(true).with_custom_fields([field("Custom1", "7")])
                .with_est_start_date(moment(1)).with_est_finish_date(moment(2)).with_seq_num(1),
        ),
        |release| release.parent_id == Some(world.release) && release.release_type == Some(ReleaseType::Build);
    releases::Get |client, world| client.project(PROJECT).releases().get(world.release),
        |release| release.id == world.release && release.title == "1.0";
    releases::Replace |client, world| client.project(PROJECT).releases().replace(
            world.release,
            ReleaseInput::new("1.1").with_release_type(ReleaseType::Release).with_description("Late").with_parent_id(0).with_folder_id(0)
                .with_owner_user_id(world.user).with_assignee_user_id(world.user).with_is_auto_adjust_est_dates(true)
                .with_status_code("Open").with_is_active(true).with_custom_fields([field("Custom1", "8")])
                .with_est_start_date(moment(1)).with_est_finish_date(moment(2)).with_seq_num(2),
        ),
        |release| release.id == world.release && release.title == "1.1" && release.seq_num == Some(2);
    releases::Update |client, world| client.project(PROJECT).releases().update(
            world.release,
            ReleaseUpdate::default().with_title("1.2").with_release_type(ReleaseType::Release).with_description("Later").with_parent_id(0)
                .with_folder_id(0).with_owner_user_id(world.user).with_assignee_user_id(0).with_is_auto_adjust_est_dates(true)
                .with_status_code("Open").with_is_active(true).with_custom_fields([field("Custom1", "9")])
                .with_est_start_date(moment(3)).with_est_finish_date(moment(4)).with_seq_num(3),
        ),
        |release| release.id == world.release && release.title == "1.2" && release.est_start_date == Some(moment(3));
    releases::Delete |client, world| client.project(PROJECT).releases().delete(world.release);

    requirements::List |client, world| client.project(PROJECT).requirements().list().limit(25).offset(0).filter("Title ~ 'check'"),
        |page| page.results.iter().flatten().map(|requirement| requirement.id).eq([world.requirement]);
    requirements::Create |client, world| client.project(PROJECT).requirements().create(
            RequirementInput::new("Pay", "New").with_active(true).with_act_start(moment(1)).with_act_finish(moment(2)).with_act_hrs(1.5)
                .with_assignee_user_id(world.user).with_business_rule("None").with_comments("First").with_custom_fields([field("Custom1", "x")])
                .with_description("By card").with_est_start(moment(1)).with_est_finish(moment(2)).with_est_hrs(3.0)
                .with_est_hrs_remaining(1.5).with_folder_id(0).with_grouping("A").with_sub_grouping("B").with_keywords("card").with_original_id(0)
                .with_owner_user_id(world.user).with_pct_complete(50),
        ),
        |requirement| requirement.title == "Pay" && requirement.act_hrs == Some(1.5) && requirement.active == Some(true);
    requirements::Search |client, world| client.project(PROJECT).requirements().search(Search::new("Title ~ 'check'")).limit(25).offset(0),
        |page| page.results.iter().flatten().map(|requirement| requirement.id).eq([world.requirement]);
    requirements::Get |client, world| client.project(PROJECT).requirements().get(world.requirement),
        |requirement| requirement.title == "Check out" && requirement.project_id == Some(PROJECT);
    requirements::Replace |client, world| client.project(PROJECT).requirements().replace(
            world.requirement, RequirementInput::new("Check in", "Done").with_description("The other way").with_active(false),
        ),
        |requirement| requirement.id == world.requirement && requirement.title == "Check in" && requirement.active == Some(false);
    requirements::Update |client, world| client.project(PROJECT).requirements().update(
            world.requirement, RequirementInput::new("Check all", "Done").with_keywords("all"),
        ),
        |requirement| requirement.id == world.requirement && requirement.title == "Check all";
    requirements::Delete |client, world| client.project(PROJECT).requirements().delete(world.requirement);

    defects::List |client, world| client.project(PROJECT).defects().list().limit(25).offset(0).filter("(Status = 'New') AND (Title ~ 'dang')"),
        |page| page.results.iter().flatten().map(|defect| defect.id).eq([world.defect]);
    defects::Create |client, world| client.project(PROJECT).defects().create(
            DefectInput::new("Sum is wrong", "New").with_act_start(moment(1)).with_act_finish(moment(2)).with_act_hrs(1.5)
                .with_actual_results("4").with_expected_results("5").with_assignee_user_id(world.user).with_custom_fields([field("Custom1", "x")])
                .with_description("2 + 3").with_est_start(moment(1)).with_est_finish(moment(2)).with_est_hrs(3.0).with_est_hrs_remaining(1.5)
                .with_folder_id(world.folder).with_functional_area_code("Sums").with_how_found_code("By chance").with_issue_code("Bug")
                .with_module_code("Core").with_pct_complete(50).with_priority_code("1").with_resolution("None").with_resolution_code("Open")
                .with_severity_code("3-Medium").with_software_version_code("1.0").with_steps_to_repro("Add"),
        ),
        |defect| defect.title == "Sum is wrong" && defect.est_hrs == Some(3.0) && defect.folder_id == Some(world.folder);
    defects::Search |client, world| client.project(PROJECT).defects().search(Search::new("Title ~ 'dang'")).limit(25).offset(0),
        |page| page.results.iter().flatten().map(|defect| defect.id).eq([world.defect]);
    defects::Get |client, world| client.project(PROJECT).defects().get(world.defect),
        |defect| defect.title == "Dangerous" && defect.status.as_deref() == Some("New");
    defects::Replace |client, world| client.project(PROJECT).defects().replace(
            world.defect, DefectInput::new("Harmless", "Open").with_severity_code("5-Low"),
        ),
        |defect| defect.id == world.defect && defect.title == "Harmless" && defect.severity_code.as_deref() == Some("5-Low");
    defects::Update |client, world| client.project(PROJECT).defects().update(
            world.defect, DefectInput::new("Dangerous", "Resolved").with_act_hrs(2.0),
        ),
        |defect| defect.id == world.defect && defect.status.as_deref() == Some("Resolved") && defect.act_hrs == Some(2.0);
    defects::Delete |client, world| client.project(PROJECT).defects().delete(world.defect);
}
