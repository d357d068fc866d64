//! The operations that only today's service has.

use crate::qase::World;
use crate::qase::world::PROJECT;
use qase::types::{
    AttachmentUpload, AuthorType, BulkCase, CaseIssueLinks, CaseIssues, CaseProposal, CaseUpdate, CustomFieldUpdate, DefectStatusUpdate,
    DefectUpdate, EnvironmentUpdate, FieldEntity, FieldType, Jira, NewCase, NewCaseStep, NewCases, NewConfiguration, NewConfigurationGroup,
    NewCustomField, NewDefect, NewEnvironment, NewFieldOption, NewResult, NewResultStepV2, NewResultV2, NewResults, NewResultsV2,
    NewReview, NewReviews, NewSharedParameter, ParameterType, ParameterValues, ProjectMember, ResultCase, ResultExecution, ResultStatus,
    ReviewStatus, ReviewType, ReviewUpdate, RunIssue, RunIssueLinks, RunPublicity, RunUpdate, SearchHit, SettableDefectStatus,
    SharedParameterUpdate, StepData, StepExecution, StepStatus,
};
use qase::{File, Patch};

/// A parameter with two values.
fn browser() -> ParameterValues {
    ParameterValues::new("Browser", ["Chrome".to_owned(), "Firefox".to_owned()])
}

/// A result of version 2.
fn sign_in(world: &World) -> NewResultV2 {
    let step = NewResultStepV2::default().with_data(StepData::new("Open")).with_execution(StepExecution::new(StepStatus::Passed));
    NewResultV2::new("Sign in", ResultExecution::new(ResultStatus::Passed).with_duration(1200))
        .with_id("run-1/sign-in")
        .with_testops_id(world.case)
        .with_steps([step])
        .with_attachments([world.attachment.clone()])
}

crate::rest::exercises! { qase:
    projects::List |client, world| client.projects().list().limit(100).offset(0),
        |page| page.entities.iter().any(|project| project.code == PROJECT && project.title == "Smoke");
    projects::Delete |client, world| client.projects().delete(PROJECT), |deleted| deleted.id.is_none();
    projects::GrantAccess |client, world| client.projects().grant_access(PROJECT, ProjectMember::new(world.user)),
        |granted| granted.id.is_none();
    projects::RevokeAccess |client, world| client.projects().revoke_access(PROJECT, ProjectMember::new(world.user)),
        |revoked| revoked.id.is_none();

    cases::Create |client, world| client.cases(PROJECT).create(
            NewCase::new("Sign in").with_severity(4).with_suite_id(world.suite).with_tags(["web".to_owned()]).with_steps([
                NewCaseStep::default().with_action("Open the page").with_attachments([world.attachment.clone()]),
            ]),
        ),
        |created| created.id.is_some_and(|id| id > world.case);
    cases::Update |client, world| client.cases(PROJECT).update(world.case, CaseUpdate::default().with_title("Sign in").with_is_manual(false)),
        |updated| updated.id == Some(world.case);
    cases::CreateBulk |client, world| client.cases(PROJECT).create_bulk(NewCases::new([BulkCase::new("One"), BulkCase::new("Two")])),
        |created| created.ids.as_ref().is_some_and(|ids| ids.len() == 2 && ids.iter().all(|id| *id > world.case));
    cases::AttachIssues |client, world| client.cases(PROJECT).attach_issues(
            CaseIssueLinks::new(Jira::JiraCloud, [CaseIssues::new(world.case, ["PROJ-1".to_owned()])]),
        ),
        |linked| linked.id.is_none();
    cases::DetachIssues |client, world| client.cases(PROJECT).detach_issues(
            CaseIssueLinks::new(Jira::JiraServer, [CaseIssues::new(world.case, ["PROJ-1".to_owned()])]),
        ),
        |unlinked| unlinked.id.is_none();

    runs::Update |client, world| client.runs(PROJECT).update(
            world.run, RunUpdate::default().with_title("Weekly").with_environment_id(world.environment).with_milestone_id(Patch::Null),
        ),
        |updated| updated.hash.is_none();
    runs::Complete |client, world| client.runs(PROJECT).complete(world.run), |completed| completed.hash.is_none();
    runs::Publish |client, world| client.runs(PROJECT).publish(world.run, RunPublicity::new(true)),
        |report| report.url.as_ref().is_some_and(|url| url.starts_with("https://"));
    runs::LinkIssues |client, world| client.runs(PROJECT).link_issues(
            RunIssueLinks::new(Jira::JiraCloud, [RunIssue::new(world.run).with_external_issue("PROJ-1".to_owned())]),
        );

    results::CreateBulk |client, world| client.results(PROJECT).create_bulk(world.run, NewResults::new([
            NewResult::new(ResultStatus::Passed).with_case_id(world.case).with_time_ms(1200),
            NewResult::new(ResultStatus::Skipped).with_case(ResultCase::new("Sign out").with_suite_title("Web\tAccounts")),
        ])),
        |taken| taken.hash.is_none();
    results::Delete |client, world| client.results(PROJECT).delete(world.run, &world.result),
        |deleted| deleted.hash.as_deref() == Some(world.result.as_str());

    defects::Create |client, world| client.defects(PROJECT).create(
            NewDefect::new("Dangerous", "It broke", 2).with_milestone_id(world.milestone).with_tags(["web".to_owned()]),
        ),
        |created| created.id.is_some_and(|id| id > world.defect);
    defects::Update |client, world| client.defects(PROJECT).update(
            world.defect, DefectUpdate::default().with_title("Less dangerous").with_severity(5).with_milestone_id(Patch::Null),
        ),
        |updated| updated.id == Some(world.defect);
    defects::SetStatus |client, world| client.defects(PROJECT).set_status(world.defect, DefectStatusUpdate::new(SettableDefectStatus::InProgress)),
        |moved| moved.hash.is_none();

    custom_fields::List |client, world| client.custom_fields().list().limit(100).offset(0).entity(FieldEntity::Case).r#type(FieldType::Selectbox),
        |page| page.entities.iter().map(|field| field.id).eq([world.custom_field]);
    custom_fields::Create |client, world| client.custom_fields().create(
            NewCustomField::new("System", 1, 3).with_value([NewFieldOption::new(1, "Linux")]).with_is_enabled_for_all_projects(true),
        ),
        |created| created.id.is_some_and(|id| id > world.custom_field);
    custom_fields::Get |client, world| client.custom_fields().get(world.custom_field),
        |field| field.title == "Browser" && field.entity == Some(FieldEntity::Case);
    custom_fields::Update |client, world| client.custom_fields().update(
            world.custom_field, CustomFieldUpdate::new("Web browser").with_placeholder(Patch::Null),
        ),
        |updated| updated.hash.is_none();
    custom_fields::Delete |client, world| client.custom_fields().delete(world.custom_field), |deleted| deleted.hash.is_none();
    system_fields::List |client, world| client.system_fields().list(),
        |fields| fields.iter().any(|field| field.slug.as_deref() == Some("severity") && field.options.as_ref().is_some_and(|all| all.len() > 1));

    attachments::Upload |client, world| client.attachments().upload(PROJECT, AttachmentUpload::new([
            File::from_bytes("screen.png", "not really"), File::from_bytes("log.txt", "neither"),
        ])),
        |files| files.iter().map(|file| file.filename.as_deref()).eq([Some("screen.png"), Some("log.txt")]);
    attachments::Delete |client, world| client.attachments().delete(&world.attachment),
        |deleted| deleted.hash.as_deref() == Some(world.attachment.as_str());

    environments::List |client, world| client.environments(PROJECT).list().limit(100).offset(0).search("stag").slug("staging"),
        |page| page.entities.iter().map(|environment| environment.id).eq([world.environment]);
    environments::Create |client, world| client.environments(PROJECT).create(
            NewEnvironment::new("Production", "production").with_description("Live").with_host("www.example.com"),
        ),
        |created| created.id.is_some_and(|id| id > world.environment);
    environments::Get |client, world| client.environments(PROJECT).get(world.environment),
        |environment| environment.slug.as_deref() == Some("staging");
    environments::Update |client, world| client.environments(PROJECT).update(world.environment, EnvironmentUpdate::default().with_title("Staging 2")),
        |updated| updated.id == Some(world.environment);
    environments::Delete |client, world| client.environments(PROJECT).delete(world.environment),
        |deleted| deleted.id == Some(world.environment);

    configurations::List |client, world| client.configurations(PROJECT).list(),
        |page| page.entities.iter().map(|group| (group.id, group.title.as_deref())).eq([(world.configuration_group, Some("Browser"))]);
    configurations::Create |client, world| client.configurations(PROJECT).create(NewConfiguration::new("Opera", world.configuration_group)),
        |created| created.id.is_some();
    configurations::CreateGroup |client, world| client.configurations(PROJECT).create_group(NewConfigurationGroup::new("System")),
        |created| created.id.is_some_and(|id| id > world.configuration_group);

    shared_parameters::List |client, world| client.shared_parameters().list().limit(100).offset(0).search("bro")
            .r#type(ParameterType::Single).project_codes([PROJECT.to_owned()]),
        |page| page.entities.iter().map(|parameter| parameter.id.as_str()).eq([world.shared_parameter.as_str()]);
    shared_parameters::Create |client, world| client.shared_parameters().create(
            NewSharedParameter::new("Browser", ParameterType::Single, true, [browser()]),
        ),
        |created| created.id.as_ref().is_some_and(|id| *id != world.shared_parameter);
    shared_parameters::Get |client, world| client.shared_parameters().get(&world.shared_parameter),
        |parameter| parameter.title.as_deref() == Some("Browser");
    shared_parameters::Update |client, world| client.shared_parameters().update(
            &world.shared_parameter, SharedParameterUpdate::default().with_parameters([browser()]),
        ),
        |updated| updated.id.as_ref() == Some(&world.shared_parameter);
    shared_parameters::Delete |client, world| client.shared_parameters().delete(&world.shared_parameter),
        |deleted| deleted.id.as_ref() == Some(&world.shared_parameter);

    authors::List |client, world| client.authors().list().limit(100).offset(0).search("roe").r#type(AuthorType::User),
        |page| page.entities.iter().map(|author| author.uuid.as_deref()).eq([Some(world.author.as_str())]);
    authors::Get |client, world| client.authors().get(&world.author), |author| author.name.as_deref() == Some("Jane Roe");

    reviews::List |client, world| client.reviews(PROJECT).list().limit(100).offset(0).search("sign").status(ReviewStatus::Open)
            .r#type(ReviewType::Create),
        |page| page.entities.iter().map(|review| review.id).eq([world.review]);
    reviews::Create |client, world| client.reviews(PROJECT).create(
            NewReview::new(CaseProposal::default().with_title("Login")).with_case_id(world.case).with_reviewers([world.author.clone()]),
        ),
        |created| created.id.is_some_and(|id| id > world.review);
    reviews::Get |client, world| client.reviews(PROJECT).get(world.review),
        |review| review.status == Some(ReviewStatus::Open) && review.proposed_case.is_some();
    reviews::Update |client, world| client.reviews(PROJECT).update(world.review, ReviewUpdate::default().with_reviewers([])),
        |updated| updated.id == Some(world.review);
    reviews::Delete |client, world| client.reviews(PROJECT).delete(world.review), |deleted| deleted.id == Some(world.review);
    reviews::CreateBulk |client, world| client.reviews(PROJECT).create_bulk(NewReviews::new([
            NewReview::new(CaseProposal::default().with_title("New")),
            NewReview::new(CaseProposal::default().with_title("Gone")).with_case_id(404),
        ])),
        |outcomes| matches!(outcomes.items.as_slice(), [one, two] if one.review_id.is_some() && two.review_id.is_none() && two.error.is_some());

    search::Query |client, world| client.search().query(format!("entity = \"result\" and project = \"{PROJECT}\"")).limit(100).offset(0),
        |page| page.entities.iter().any(|hit| matches!(hit, SearchHit::FoundResult(result) if result.result_hash == world.result));

    results_v2::Create |client, world| client.results_v2(PROJECT, world.run).create(sign_in(world)),
        |taken| taken.case_id == Some(world.case) && taken.hash.is_some();
    results_v2::CreateBulk |client, world| client.results_v2(PROJECT, world.run).create_bulk(NewResultsV2::new([sign_in(world)])),
        |taken| taken.hash.is_none();
    custom_fields_v2::List |client, world| client.custom_fields_v2().list().limit(100).offset(0).entity(FieldEntity::Case).r#type(FieldType::Selectbox),
        |page| page.entities.iter().map(|field| field.id).eq([world.custom_field]);
    custom_fields_v2::Get |client, world| client.custom_fields_v2().get(world.custom_field),
        |field| field.value.as_ref().is_some_and(|options| options.iter().any(|option| option.title.as_deref() == Some("Chrome")));
}
