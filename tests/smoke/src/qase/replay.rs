//! Every operation of Qase with the arguments of a transcribed vector: one entry per operation, in the order of the page.

use super::bodies;
use crate::Call;
use crate::shown::shown;

shown!(qase: Attachment, AttachmentPage, Case, CasePage, CustomField, CustomFieldPage, Defect, DefectPage, EntityRef, Milestone, MilestonePage, Plan, PlanPage, Project, ProjectPage, ResultPage, Run, RunPage, SharedStep, SharedStepPage, Suite, SuitePage, TestResult, User, UserPage);

/// The project code, which binds most handles.
fn code(call: &mut Call) -> String {
    call.path("code")
}

/// The identifier of a thing that has a number.
fn id(call: &mut Call) -> i64 {
    call.path("id")
}

/// The identifier of a thing that has a hash.
fn hash(call: &mut Call) -> String {
    call.path("hash")
}

crate::rest::replays! { qase:
    projects::List |client, call| client.projects().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    projects::Get |client, call| client.projects().get(code(call));
    projects::Create |client, call| client.projects().create(bodies::new_project(call));

    cases::List |client, call| client.cases(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]"),
        milestone_id <- call.query::<i64>("filters[milestone_id]"),
        suite_id <- call.query::<i64>("filters[suite_id]"),
        severity <- call.words::<qase::types::Severity>("filters[severity]"),
        priority <- call.words::<qase::types::Priority>("filters[priority]"),
        r#type <- call.words::<qase::types::CaseType>("filters[type]"),
        behavior <- call.words::<qase::types::Behavior>("filters[behavior]"),
        is_automated <- call.query::<bool>("filters[is_automated]"),
        is_deprecated <- call.query::<bool>("filters[is_deprecated]");
    cases::Get |client, call| client.cases(code(call)).get(id(call));
    cases::Delete |client, call| client.cases(code(call)).delete(id(call));

    suites::List |client, call| client.suites(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]");
    suites::Get |client, call| client.suites(code(call)).get(id(call));
    suites::Create |client, call| client.suites(code(call)).create(bodies::new_suite(call));
    suites::Update |client, call| client.suites(code(call)).update(id(call), bodies::suite_update(call));
    suites::Delete |client, call| client.suites(code(call)).delete(id(call));

    milestones::List |client, call| client.milestones(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]");
    milestones::Get |client, call| client.milestones(code(call)).get(id(call));
    milestones::Create |client, call| client.milestones(code(call)).create(bodies::new_milestone(call));
    milestones::Update |client, call| client.milestones(code(call)).update(id(call), bodies::milestone_update(call));
    milestones::Delete |client, call| client.milestones(code(call)).delete(id(call));

    shared_steps::List |client, call| client.shared_steps(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]");
    // The page calls the hash of a shared step its id.
    shared_steps::Get |client, call| client.shared_steps(code(call)).get(call.path::<String>("id"));
    shared_steps::Create |client, call| client.shared_steps(code(call)).create(bodies::new_shared_step(call));
    shared_steps::Update |client, call|
        client.shared_steps(code(call)).update(call.path::<String>("id"), bodies::shared_step_update(call));
    shared_steps::Delete |client, call| client.shared_steps(code(call)).delete(call.path::<String>("id"));

    plans::List |client, call| client.plans(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]");
    plans::Get |client, call| client.plans(code(call)).get(id(call));
    plans::Create |client, call| client.plans(code(call)).create(bodies::new_plan(call));
    plans::Update |client, call| client.plans(code(call)).update(id(call), bodies::plan_update(call));
    plans::Delete |client, call| client.plans(code(call)).delete(id(call));

    runs::List |client, call| client.runs(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        status <- call.words::<qase::types::RunStatus>("filter[status]"),
        include <- call.word::<qase::types::RunInclude>("include");
    runs::Get |client, call| client.runs(code(call)).get(id(call)),
        include <- call.word::<qase::types::RunInclude>("include");
    runs::Create |client, call| client.runs(code(call)).create(bodies::new_run(call));
    runs::Delete |client, call| client.runs(code(call)).delete(id(call));

    results::List |client, call| client.results(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        status <- call.word::<qase::types::ResultStatus>("filter[status]"),
        member <- call.query::<i64>("filter[member]"),
        run <- call.query::<i64>("filter[run]"),
        case_id <- call.query::<i64>("filter[case_id]"),
        from_end_time <- call.query::<String>("filter[from_end_time]"),
        to_end_time <- call.query::<String>("filter[to_end_time]");
    results::Get |client, call| client.results(code(call)).get(hash(call));
    results::Create |client, call| client.results(code(call)).create(call.path::<i64>("run_id"), bodies::new_result(call));
    results::Update |client, call|
        client.results(code(call)).update(call.path::<i64>("run_id"), hash(call), bodies::result_update(call));
    results::Delete |client, call| client.results(code(call)).delete(hash(call));

    defects::List |client, call| client.defects(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        status <- call.word::<qase::types::DefectStatus>("filter[status]");
    defects::Get |client, call| client.defects(code(call)).get(id(call));
    defects::Resolve |client, call| client.defects(code(call)).resolve(id(call));
    defects::Delete |client, call| client.defects(code(call)).delete(id(call));

    custom_fields::List |client, call| client.custom_fields(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    custom_fields::Get |client, call| client.custom_fields(code(call)).get(id(call));

    attachments::List |client, call| client.attachments().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    attachments::Get |client, call| client.attachments().get(hash(call));

    users::List |client, call| client.users().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    users::Get |client, call| client.users().get(id(call));
}
