//! Every operation of Qase with the arguments of a transcribed vector: one entry per operation, in the order of the page. Those
//! that only today's service has are in `today`.

#![allow(deprecated, reason = "the operations that have moved are called too")]

mod today;

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
    projects::ListDocumented |client, call| client.projects().list_documented(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    projects::Get |client, call| client.projects().get(code(call));
    projects::Create |client, call| client.projects().create(bodies::new_project(call));

    cases::List |client, call| client.cases(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filters_search <- call.query::<String>("filters[search]"),
        filters_milestone_id <- call.query::<i64>("filters[milestone_id]"),
        filters_suite_id <- call.query::<i64>("filters[suite_id]"),
        filters_severity <- call.words::<qase::types::Severity>("filters[severity]"),
        filters_priority <- call.words::<qase::types::Priority>("filters[priority]"),
        filters_type <- call.words::<qase::types::CaseType>("filters[type]"),
        filters_behavior <- call.words::<qase::types::Behavior>("filters[behavior]"),
        filters_is_automated <- call.query::<bool>("filters[is_automated]"),
        filters_is_deprecated <- call.query::<bool>("filters[is_deprecated]");
    cases::Get |client, call| client.cases(code(call)).get(id(call));
    cases::Delete |client, call| client.cases(code(call)).delete(id(call));

    suites::List |client, call| client.suites(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filters_search <- call.query::<String>("filters[search]");
    suites::Get |client, call| client.suites(code(call)).get(id(call));
    suites::Create |client, call| client.suites(code(call)).create(bodies::new_suite(call));
    suites::Update |client, call| client.suites(code(call)).update(id(call), bodies::suite_update(call));
    suites::Delete |client, call| client.suites(code(call)).delete(id(call));

    milestones::List |client, call| client.milestones(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filters_search <- call.query::<String>("filters[search]");
    milestones::Get |client, call| client.milestones(code(call)).get(id(call));
    milestones::Create |client, call| client.milestones(code(call)).create(bodies::new_milestone(call));
    milestones::Update |client, call| client.milestones(code(call)).update(id(call), bodies::milestone_update(call));
    milestones::Delete |client, call| client.milestones(code(call)).delete(id(call));

    shared_steps::List |client, call| client.shared_steps(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filters_search <- call.query::<String>("filters[search]");
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
        filter_status <- call.words::<qase::types::RunStatus>("filter[status]"),
        include <- call.word::<qase::types::RunInclude>("include").map(|word| vec![word]);
    runs::Get |client, call| client.runs(code(call)).get(id(call)),
        include <- call.word::<qase::types::RunInclude>("include").map(|word| vec![word]);
    runs::Create |client, call| client.runs(code(call)).create(bodies::new_run(call));
    runs::Delete |client, call| client.runs(code(call)).delete(id(call));

    results::List |client, call| client.results(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filter_status <- call.word::<qase::types::ResultStatus>("filter[status]"),
        filter_member <- call.query::<i64>("filter[member]"),
        filter_run <- call.query::<i64>("filter[run]"),
        filter_case_id <- call.query::<i64>("filter[case_id]"),
        filter_from_end_time <- call.query::<String>("filter[from_end_time]"),
        filter_to_end_time <- call.query::<String>("filter[to_end_time]");
    results::Get |client, call| client.results(code(call)).get(hash(call));
    results::Create |client, call| client.results(code(call)).create(call.path::<i64>("run_id"), bodies::new_result(call));
    results::Update |client, call|
        client.results(code(call)).update(call.path::<i64>("run_id"), hash(call), bodies::result_update(call));
    results::DeleteByHash |client, call| client.results(code(call)).delete_by_hash(hash(call));

    defects::List |client, call| client.defects(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        filter_status <- call.word::<qase::types::DefectStatus>("filter[status]");
    defects::Get |client, call| client.defects(code(call)).get(id(call));
    defects::Resolve |client, call| client.defects(code(call)).resolve(id(call));
    defects::Delete |client, call| client.defects(code(call)).delete(id(call));

    custom_fields::ListOfProject |client, call| client.custom_fields().list_of_project(code(call)),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    custom_fields::GetOfProject |client, call| client.custom_fields().get_of_project(code(call), id(call));

    attachments::List |client, call| client.attachments().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    attachments::Get |client, call| client.attachments().get(hash(call));

    users::List |client, call| client.users().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    users::Get |client, call| client.users().get(id(call));
}
