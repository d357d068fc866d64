//! Every operation of Qase that its reference has against the mock server: one entry per operation, in the order of the page.
//! Those that only today's service has are in `today`.
//!
//! An entry is the call as a user would write it, and what its typed answer must show.

#![allow(deprecated, reason = "the operations that have moved are called too")]

mod today;

use super::world::PROJECT;
use qase::Patch;
use qase::types::{
    Behavior, CaseType, DefectStatus, MilestoneUpdate, NewMilestone, NewPlan, NewProject, NewResult, NewResultStep, NewRun, NewSharedStep,
    NewSuite, PlanUpdate, Priority, ProjectAccess, ResultStatus, ResultUpdate, RunInclude, RunStatus, Severity, SharedStepUpdate,
    StepStatus, SuiteUpdate,
};

crate::rest::exercises! { qase:
    projects::ListDocumented |client, world| client.projects().list_documented().limit(10).offset(0),
        |page| page.entities.iter().any(|project| project.code == PROJECT && project.title == "Smoke");
    projects::Get |client, world| client.projects().get(PROJECT),
        |project| project.title == "Smoke" && project.counts.as_ref().is_some_and(|counts| counts.cases == Some(1));
    projects::Create |client, world| client.projects().create(
            NewProject::new("New", "NEW").with_description("Awesome project").with_access(ProjectAccess::All).with_members([]),
        ),
        |created| created.id.is_some() || created.code.is_some();

    cases::List |client, world| client.cases(PROJECT).list().limit(10).offset(0)
            .search("log").severity([Severity::Major, Severity::Critical]).priority([Priority::Undefined, Priority::High, Priority::Medium, Priority::Low])
            .r#type([CaseType::Undefined, CaseType::Other, CaseType::Functional]).behavior([Behavior::Undefined, Behavior::Positive])
            .filters_is_automated(false).filters_is_deprecated(false),
        |page| page.count == Some(1) && page.entities.iter().map(|case| case.id).eq([world.case]);
    cases::Get |client, world| client.cases(PROJECT).get(world.case),
        |case| case.title == "Login" && case.tags.as_ref().is_some_and(|tags| tags.len() == 1);
    cases::Delete |client, world| client.cases(PROJECT).delete(world.case),
        |deleted| deleted.id.is_none() && deleted.hash.is_none();

    suites::List |client, world| client.suites(PROJECT).list().limit(10).search("acc"),
        |page| page.entities.iter().map(|suite| suite.title.as_str()).eq(["Accounts"]);
    suites::Get |client, world| client.suites(PROJECT).get(world.suite),
        |suite| suite.id == world.suite && suite.title == "Accounts";
    suites::Create |client, world| client.suites(PROJECT).create(
            NewSuite::new("Invoices").with_description("All of them").with_preconditions("Signed in").with_parent_id(world.suite),
        ),
        |created| created.id.is_some_and(|id| id > world.suite);
    suites::Update |client, world| client.suites(PROJECT).update(
            world.suite, SuiteUpdate::default().with_description(Patch::Null).with_parent_id(Patch::Null).with_title("Members"),
        ),
        |updated| updated.hash.is_none();
    suites::Delete |client, world| client.suites(PROJECT).delete(world.suite),
        |deleted| deleted.hash.is_none();

    milestones::List |client, world| client.milestones(PROJECT).list().limit(10).search("release"),
        |page| page.entities.iter().map(|milestone| milestone.id).eq([world.milestone]);
    milestones::Get |client, world| client.milestones(PROJECT).get(world.milestone),
        |milestone| milestone.title == "Release 1.0";
    milestones::Create |client, world| client.milestones(PROJECT).create(NewMilestone::new("Release 2.0").with_description("Next")),
        |created| created.id.is_some_and(|id| id > world.milestone);
    milestones::Update |client, world| client.milestones(PROJECT).update(
            world.milestone, MilestoneUpdate::default().with_title("Release 1.1").with_description(Patch::Null),
        ),
        |updated| updated.hash.is_none();
    milestones::Delete |client, world| client.milestones(PROJECT).delete(world.milestone),
        |deleted| deleted.hash.is_none();

    shared_steps::List |client, world| client.shared_steps(PROJECT).list().limit(10).search("sign"),
        |page| page.entities.iter().map(|step| step.hash.as_str()).eq([world.shared_step.as_str()]);
    shared_steps::Get |client, world| client.shared_steps(PROJECT).get(&world.shared_step),
        |step| step.hash == world.shared_step && step.action.as_deref() == Some("Open the page");
    shared_steps::Create |client, world| client.shared_steps(PROJECT).create(
            NewSharedStep::new("Sign out").with_action("Press the button").with_expected_result("Signed out"),
        ),
        |created| created.id.is_some() || created.hash.is_some();
    shared_steps::Update |client, world| client.shared_steps(PROJECT).update(
            &world.shared_step, SharedStepUpdate::new("Enter").with_action("Open").with_expected_result("Opened"),
        ),
        |updated| updated.code.is_none();
    shared_steps::Delete |client, world| client.shared_steps(PROJECT).delete(&world.shared_step),
        |deleted| deleted.code.is_none();

    plans::List |client, world| client.plans(PROJECT).list().limit(10).offset(0),
        |page| page.entities.iter().map(|plan| plan.id).eq([world.plan]);
    plans::Get |client, world| client.plans(PROJECT).get(world.plan),
        |plan| plan.title == "Regression";
    plans::Create |client, world| client.plans(PROJECT).create(NewPlan::new("Smoke", [world.case]).with_description("Quick")),
        |created| created.id.is_some_and(|id| id > world.plan);
    plans::Update |client, world| client.plans(PROJECT).update(
            world.plan, PlanUpdate::default().with_title("All").with_description(Patch::Null).with_cases([world.case]),
        ),
        |updated| updated.id == Some(world.plan);
    plans::Delete |client, world| client.plans(PROJECT).delete(world.plan),
        |deleted| deleted.id == Some(world.plan);

    runs::List |client, world| client.runs(PROJECT).list().limit(10).status([RunStatus::Active, RunStatus::Complete]).include([RunInclude::Cases]),
        |page| page.entities.iter().map(|run| run.id).eq([world.run]) && page.entities[0].cases.is_some();
    runs::Get |client, world| client.runs(PROJECT).get(world.run).include([RunInclude::Cases]),
        |run| run.title == "Nightly" && run.cases.as_ref().is_some_and(|cases| cases.len() == 1);
    runs::Create |client, world| client.runs(PROJECT).create(
            NewRun::new("By hand").with_cases([world.case]).with_description("Awesome run").with_environment_id(Patch::Null),
        ),
        |created| created.id.is_some_and(|id| id > world.run);
    runs::Delete |client, world| client.runs(PROJECT).delete(world.run),
        |deleted| deleted.id == Some(world.run);

    results::List |client, world| client.results(PROJECT).list().limit(10).offset(0)
            .status(ResultStatus::Passed).run([world.run]).case_id([world.case])
            .from_end_time("2024-01-01 00:00:00").to_end_time("2024-12-31 23:59:59"),
        |page| page.entities.iter().map(|result| result.hash.as_str()).eq([world.result.as_str()]);
    results::Get |client, world| client.results(PROJECT).get(&world.result),
        |result| result.run_id == Some(world.run) && result.case_id == Some(world.case);
    results::Create |client, world| client.results(PROJECT).create(
            world.run,
            NewResult::new(ResultStatus::Failed).with_case_id(world.case).with_time(100).with_comment("By the API").with_defect(true)
                .with_member_id(world.user).with_steps([NewResultStep::new(StepStatus::Failed).with_position(1)]),
        ),
        |created| created.hash.as_ref().is_some_and(|hash| *hash != world.result);
    results::Update |client, world| client.results(PROJECT).update(
            world.run, &world.result, ResultUpdate::default().with_status(ResultStatus::Blocked).with_time(7).with_comment("Late"),
        ),
        |updated| updated.hash.as_deref() == Some(world.result.as_str());
    results::DeleteByHash |client, world| client.results(PROJECT).delete_by_hash(&world.result),
        |deleted| deleted.hash.as_deref() == Some(world.result.as_str());

    defects::List |client, world| client.defects(PROJECT).list().limit(10).status(DefectStatus::Open),
        |page| page.entities.iter().map(|defect| defect.id).eq([world.defect]);
    defects::Get |client, world| client.defects(PROJECT).get(world.defect),
        |defect| defect.title == "Dangerous" && defect.status == Some(DefectStatus::Open);
    defects::Resolve |client, world| client.defects(PROJECT).resolve(world.defect),
        |resolved| resolved.id == Some(world.defect);
    defects::Delete |client, world| client.defects(PROJECT).delete(world.defect),
        |deleted| deleted.id == Some(world.defect);

    custom_fields::ListOfProject |client, world| client.custom_fields().list_of_project(PROJECT).limit(10).offset(0),
        |page| page.entities.iter().any(|field| field.id == world.custom_field && field.title == "Browser");
    custom_fields::GetOfProject |client, world| client.custom_fields().get_of_project(PROJECT, world.custom_field),
        |field| field.title == "Browser";

    attachments::List |client, world| client.attachments().list().limit(100).offset(0),
        |page| page.entities.iter().any(|file| file.hash == world.attachment && file.file.as_deref() == Some("screen.png"));
    attachments::Get |client, world| client.attachments().get(&world.attachment),
        |file| file.hash == world.attachment && file.mime.as_deref() == Some("image/png");

    users::List |client, world| client.users().list().limit(100).offset(0),
        |page| page.entities.iter().any(|user| user.id == world.user && user.name.as_deref() == Some("Jane Roe"));
    users::Get |client, world| client.users().get(world.user),
        |user| user.id == world.user && user.name.as_deref() == Some("Jane Roe");
}
