//! The 45 operations of the reference.

use super::shape::Resource;
use super::table::{ATTACHMENT, CASE, CUSTOM_FIELD, DEFECT, MILESTONE, PLAN, PROJECT, RESULT, RUN, SHARED_STEP, SUITE, USER};
use crate::store::Collection;

/// One documented operation.
pub(super) struct Action {
    /// Method and path without placeholder names.
    pub(super) signature: &'static str,
    pub(super) resource: &'static Resource,
    pub(super) verb: Verb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    List,
    Get,
    Create(Written),
    Update(Written),
    Resolve,
    Delete(Written),
}

/// What a write answers with, beside `status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
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

pub(super) fn action(signature: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.signature == signature)
}

pub(super) fn resource(collection: Collection) -> Option<&'static Resource> {
    ACTIONS.iter().map(|action| action.resource).find(|resource| resource.collection == collection)
}

/// Every operation of the reference, in its order.
pub(super) static ACTIONS: [Action; 45] = [
    action_of("GET /projects", &PROJECT, Verb::List),
    action_of("GET /project/{}", &PROJECT, Verb::Get),
    action_of("POST /project", &PROJECT, Verb::Create(Written::NumberBeside)),
    action_of("GET /case/{}", &CASE, Verb::List),
    action_of("GET /case/{}/{}", &CASE, Verb::Get),
    action_of("DELETE /case/{}/{}", &CASE, Verb::Delete(Written::Nothing)),
    action_of("GET /suite/{}", &SUITE, Verb::List),
    action_of("GET /suite/{}/{}", &SUITE, Verb::Get),
    action_of("POST /suite/{}", &SUITE, Verb::Create(Written::NumberBeside)),
    action_of("PATCH /suite/{}/{}", &SUITE, Verb::Update(Written::Nothing)),
    action_of("DELETE /suite/{}/{}", &SUITE, Verb::Delete(Written::Nothing)),
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
    action_of("POST /run/{}", &RUN, Verb::Create(Written::Number)),
    action_of("DELETE /run/{}/{}", &RUN, Verb::Delete(Written::NumberAsText)),
    action_of("GET /result/{}", &RESULT, Verb::List),
    action_of("GET /result/{}/{}", &RESULT, Verb::Get),
    action_of("POST /result/{}/{}", &RESULT, Verb::Create(Written::Hash)),
    action_of("PATCH /result/{}/{}/{}", &RESULT, Verb::Update(Written::Hash)),
    action_of("DELETE /result/{}/{}", &RESULT, Verb::Delete(Written::Hash)),
    action_of("GET /defect/{}", &DEFECT, Verb::List),
    action_of("GET /defect/{}/{}", &DEFECT, Verb::Get),
    action_of("PATCH /defect/{}/resolve/{}", &DEFECT, Verb::Resolve),
    action_of("DELETE /defect/{}/{}", &DEFECT, Verb::Delete(Written::NumberAsText)),
    action_of("GET /custom_field/{}", &CUSTOM_FIELD, Verb::List),
    action_of("GET /custom_field/{}/{}", &CUSTOM_FIELD, Verb::Get),
    action_of("GET /attachment", &ATTACHMENT, Verb::List),
    action_of("GET /attachment/{}", &ATTACHMENT, Verb::Get),
    action_of("GET /user", &USER, Verb::List),
    action_of("GET /user/{}", &USER, Verb::Get),
];

const fn action_of(signature: &'static str, resource: &'static Resource, verb: Verb) -> Action {
    Action { signature, resource, verb }
}
