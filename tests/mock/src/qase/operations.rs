//! The 45 operations of the reference, and those that only today's service has.

use super::actions::Act;
use super::shape::Resource;
use super::table::today::{AUTHOR, CONFIGURATION_GROUP, ENVIRONMENT, REVIEW, SHARED_PARAMETER};
use super::table::{
    ATTACHMENT, CASE, CUSTOM_FIELD, DEFECT, MILESTONE, PLAN, PROJECT, PROJECT_CUSTOM_FIELD, RESULT, RUN, SHARED_STEP, SUITE, USER,
};
use super::wire::Done;
use super::{attachments, cases, fields, issues, projects, results, reviews, runs, search, taken};
use crate::call::Call;
use crate::store::{Collection, Store};
use serde_json::Value;

/// One operation.
pub(super) struct Action {
    /// Method and path without placeholder names.
    pub(super) signature: &'static str,
    pub(super) resource: &'static Resource,
    pub(super) verb: Verb,
}

#[derive(Clone, Copy)]
pub(super) enum Verb {
    List,
    Get,
    Create(Written),
    Update(Written),
    Resolve,
    Delete(Written),
    /// What no other operation does.
    Own(fn(&Act<'_>, &mut Store) -> Done),
}

/// What a write answers with, beside `status`. Today's service names what was written under `result`; the reference has
/// these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing, today as well.
    Status,
    Nothing,
    /// `id` beside `status`.
    NumberBeside,
    /// `result.id`.
    Number,
    /// `result.id`, the number as text.
    NumberAsText,
    /// `result.hash`.
    Hash,
}

/// The path of the reference's list with a number in it: today that is one field.
static CUSTOM_FIELD_BY_NUMBER: Action = action_of("GET /custom_field/{}", &CUSTOM_FIELD, Verb::Get);

/// What a call asks for.
pub(super) fn of(call: &Call) -> Option<&'static Action> {
    match call.path(0) {
        Some(Value::Number(_)) if call.signature() == CUSTOM_FIELD_BY_NUMBER.signature => Some(&CUSTOM_FIELD_BY_NUMBER),
        _ => action(call.signature()),
    }
}

/// All of them. One path stands there once, and is two operations.
pub(super) fn all() -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().chain(&TODAY)
}

pub(super) fn action(signature: &str) -> Option<&'static Action> {
    all().find(|action| action.signature == signature)
}

pub(super) fn resource(collection: Collection) -> Option<&'static Resource> {
    all().map(|action| action.resource).find(|resource| resource.collection == collection)
}

/// Every operation of the reference, in its order.
static ACTIONS: [Action; 45] = [
    action_of("GET /projects", &PROJECT, Verb::List),
    action_of("GET /project/{}", &PROJECT, Verb::Get),
    action_of("POST /project", &PROJECT, Verb::Own(projects::create)),
    action_of("GET /case/{}", &CASE, Verb::Own(issues::list_cases)),
    action_of("GET /case/{}/{}", &CASE, Verb::Get),
    action_of("DELETE /case/{}/{}", &CASE, Verb::Delete(Written::Nothing)),
    action_of("GET /suite/{}", &SUITE, Verb::List),
    action_of("GET /suite/{}/{}", &SUITE, Verb::Get),
    action_of("POST /suite/{}", &SUITE, Verb::Create(Written::NumberBeside)),
    action_of("PATCH /suite/{}/{}", &SUITE, Verb::Update(Written::Nothing)),
    action_of("DELETE /suite/{}/{}", &SUITE, Verb::Own(cases::delete_suite)),
    action_of("GET /milestone/{}", &MILESTONE, Verb::List),
    action_of("GET /milestone/{}/{}", &MILESTONE, Verb::Get),
    action_of("POST /milestone/{}", &MILESTONE, Verb::Create(Written::NumberBeside)),
    action_of("PATCH /milestone/{}/{}", &MILESTONE, Verb::Update(Written::Nothing)),
    action_of("DELETE /milestone/{}/{}", &MILESTONE, Verb::Delete(Written::Nothing)),
    action_of("GET /shared_step/{}", &SHARED_STEP, Verb::List),
    action_of("GET /shared_step/{}/{}", &SHARED_STEP, Verb::Get),
    action_of("POST /shared_step/{}", &SHARED_STEP, Verb::Create(Written::NumberBeside)),
    action_of("PATCH /shared_step/{}/{}", &SHARED_STEP, Verb::Update(Written::Nothing)),
    action_of("DELETE /shared_step/{}/{}", &SHARED_STEP, Verb::Delete(Written::Nothing)),
    action_of("GET /plan/{}", &PLAN, Verb::List),
    action_of("GET /plan/{}/{}", &PLAN, Verb::Get),
    action_of("POST /plan/{}", &PLAN, Verb::Create(Written::Number)),
    action_of("PATCH /plan/{}/{}", &PLAN, Verb::Update(Written::Number)),
    action_of("DELETE /plan/{}/{}", &PLAN, Verb::Delete(Written::NumberAsText)),
    action_of("GET /run/{}", &RUN, Verb::List),
    action_of("GET /run/{}/{}", &RUN, Verb::Get),
    action_of("POST /run/{}", &RUN, Verb::Own(runs::create)),
    action_of("DELETE /run/{}/{}", &RUN, Verb::Delete(Written::NumberAsText)),
    action_of("GET /result/{}", &RESULT, Verb::List),
    action_of("GET /result/{}/{}", &RESULT, Verb::Get),
    action_of("POST /result/{}/{}", &RESULT, Verb::Own(results::create)),
    action_of("PATCH /result/{}/{}/{}", &RESULT, Verb::Own(results::update)),
    action_of("DELETE /result/{}/{}", &RESULT, Verb::Delete(Written::Hash)),
    action_of("GET /defect/{}", &DEFECT, Verb::List),
    action_of("GET /defect/{}/{}", &DEFECT, Verb::Get),
    action_of("PATCH /defect/{}/resolve/{}", &DEFECT, Verb::Resolve),
    action_of("DELETE /defect/{}/{}", &DEFECT, Verb::Delete(Written::NumberAsText)),
    action_of("GET /custom_field/{}", &PROJECT_CUSTOM_FIELD, Verb::List),
    action_of("GET /custom_field/{}/{}", &PROJECT_CUSTOM_FIELD, Verb::Get),
    action_of("GET /attachment", &ATTACHMENT, Verb::List),
    action_of("GET /attachment/{}", &ATTACHMENT, Verb::Get),
    action_of("GET /user", &USER, Verb::List),
    action_of("GET /user/{}", &USER, Verb::Get),
];

/// Every operation that only today's service has.
static TODAY: [Action; 51] = [
    action_of("GET /project", &PROJECT, Verb::List),
    action_of("DELETE /project/{}", &PROJECT, Verb::Delete(Written::Status)),
    action_of("POST /project/{}/access", &PROJECT, Verb::Own(projects::grant)),
    action_of("DELETE /project/{}/access", &PROJECT, Verb::Own(projects::revoke)),
    action_of("POST /case/{}", &CASE, Verb::Own(cases::create)),
    action_of("PATCH /case/{}/{}", &CASE, Verb::Own(cases::update)),
    action_of("POST /case/{}/bulk", &CASE, Verb::Own(cases::create_many)),
    action_of("POST /case/{}/external-issue/attach", &CASE, Verb::Own(issues::attach)),
    action_of("POST /case/{}/external-issue/detach", &CASE, Verb::Own(issues::detach)),
    action_of("PATCH /run/{}/{}", &RUN, Verb::Own(runs::update)),
    action_of("POST /run/{}/{}/complete", &RUN, Verb::Own(runs::complete)),
    action_of("PATCH /run/{}/{}/public", &RUN, Verb::Own(runs::publish)),
    action_of("POST /run/{}/external-issue", &RUN, Verb::Own(issues::link_runs)),
    action_of("POST /result/{}/{}/bulk", &RESULT, Verb::Own(results::create_many)),
    action_of("DELETE /result/{}/{}/{}", &RESULT, Verb::Delete(Written::Hash)),
    action_of("POST /defect/{}", &DEFECT, Verb::Create(Written::Number)),
    action_of("PATCH /defect/{}/{}", &DEFECT, Verb::Update(Written::Number)),
    action_of("PATCH /defect/{}/status/{}", &DEFECT, Verb::Update(Written::Status)),
    action_of("GET /custom_field", &CUSTOM_FIELD, Verb::List),
    action_of("POST /custom_field", &CUSTOM_FIELD, Verb::Own(fields::create)),
    action_of("PATCH /custom_field/{}", &CUSTOM_FIELD, Verb::Update(Written::Status)),
    action_of("DELETE /custom_field/{}", &CUSTOM_FIELD, Verb::Delete(Written::Status)),
    action_of("GET /system_field", &CUSTOM_FIELD, Verb::Own(fields::system)),
    action_of("POST /attachment/{}", &ATTACHMENT, Verb::Own(attachments::upload)),
    action_of("DELETE /attachment/{}", &ATTACHMENT, Verb::Delete(Written::Hash)),
    action_of("GET /environment/{}", &ENVIRONMENT, Verb::List),
    action_of("POST /environment/{}", &ENVIRONMENT, Verb::Create(Written::Number)),
    action_of("GET /environment/{}/{}", &ENVIRONMENT, Verb::Get),
    action_of("PATCH /environment/{}/{}", &ENVIRONMENT, Verb::Update(Written::Number)),
    action_of("DELETE /environment/{}/{}", &ENVIRONMENT, Verb::Delete(Written::Number)),
    action_of("GET /configuration/{}", &CONFIGURATION_GROUP, Verb::List),
    action_of("POST /configuration/{}", &CONFIGURATION_GROUP, Verb::Own(fields::configure)),
    action_of("POST /configuration/{}/group", &CONFIGURATION_GROUP, Verb::Create(Written::Number)),
    action_of("GET /shared_parameter", &SHARED_PARAMETER, Verb::List),
    action_of("POST /shared_parameter", &SHARED_PARAMETER, Verb::Create(Written::Number)),
    action_of("GET /shared_parameter/{}", &SHARED_PARAMETER, Verb::Get),
    action_of("PATCH /shared_parameter/{}", &SHARED_PARAMETER, Verb::Update(Written::Number)),
    action_of("DELETE /shared_parameter/{}", &SHARED_PARAMETER, Verb::Delete(Written::Number)),
    action_of("GET /author", &AUTHOR, Verb::List),
    action_of("GET /author/{}", &AUTHOR, Verb::Get),
    action_of("GET /review/{}", &REVIEW, Verb::Own(reviews::list)),
    action_of("POST /review/{}", &REVIEW, Verb::Own(reviews::create)),
    action_of("GET /review/{}/{}", &REVIEW, Verb::Own(reviews::get)),
    action_of("PATCH /review/{}/{}", &REVIEW, Verb::Own(reviews::update)),
    action_of("DELETE /review/{}/{}", &REVIEW, Verb::Own(reviews::delete)),
    action_of("POST /review/{}/bulk", &REVIEW, Verb::Own(reviews::create_many)),
    action_of("GET /search", &PROJECT, Verb::Own(search::search)),
    action_of("POST /v2/{}/run/{}/result", &RESULT, Verb::Own(taken::take)),
    action_of("POST /v2/{}/run/{}/results", &RESULT, Verb::Own(taken::take_many)),
    action_of("GET /v2/custom_field", &CUSTOM_FIELD, Verb::List),
    action_of("GET /v2/custom_field/{}", &CUSTOM_FIELD, Verb::Get),
];

const fn action_of(signature: &'static str, resource: &'static Resource, verb: Verb) -> Action {
    Action { signature, resource, verb }
}
