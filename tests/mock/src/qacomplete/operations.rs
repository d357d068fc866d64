//! The 104 operations of the reference: what each is about, who may call it, what it does.

use super::act::Act;
use super::entities::{DEFECT, RELEASE, REQUIREMENT};
use super::kinds::{
    ATTACHMENT, AUTOMATION, AUTOMATION_ATTACHMENT, DEPARTMENT, FOLDER, Kind, LINKED_ITEM, NOTE, PRIVILEGE, PROJECT, SECURITY_GROUP,
    SET_ITEM, USER, USER_GROUP,
};
use super::library::{RUN_ITEM, TEST, TEST_RUN, TEST_SET};
use super::rights::Right;
use super::wire::Done;
use super::{automations, items, people, related, runs, verbs};
use crate::store::Store;

/// One documented operation.
pub(super) struct Action {
    /// Method and path without placeholder names.
    signature: &'static str,
    pub(super) kind: &'static Kind,
    pub(super) gate: Gate,
    pub(super) run: fn(&Act<'_>, &mut Store) -> Done,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// Everybody who is let in.
    User,
    /// Administrators.
    Admin,
    /// Those who have a group in the project.
    Member,
    /// Those with a right in the area of what it is about.
    Right(Right),
    /// Those who may read test hosts.
    Hosts,
}

const READ: Gate = Gate::Right(Right::Read);
const ADD: Gate = Gate::Right(Right::Add);
const UPDATE: Gate = Gate::Right(Right::Update);
const DELETE: Gate = Gate::Right(Right::Delete);

pub(super) fn action(signature: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.signature == signature)
}

const fn on(signature: &'static str, kind: &'static Kind, gate: Gate, run: fn(&Act<'_>, &mut Store) -> Done) -> Action {
    Action { signature, kind, gate, run }
}

/// Every operation of the reference, in its order.
static ACTIONS: [Action; 104] = [
    on("GET /v1/projects", &PROJECT, Gate::User, people::projects),
    on("GET /v1/projects/{}", &PROJECT, Gate::Member, people::project),
    on("GET /v1/depts", &DEPARTMENT, Gate::User, people::departments),
    on("GET /v1/depts/{}", &DEPARTMENT, Gate::User, people::department),
    on("GET /v1/depts/{}/securitygroups", &SECURITY_GROUP, Gate::Admin, people::groups),
    on("GET /v1/depts/{}/securitygroups/{}", &PRIVILEGE, Gate::Admin, people::privileges),
    on("GET /v1/depts/{}/users/{}/securitygroups", &USER_GROUP, Gate::Admin, people::user_groups),
    on("PUT /v1/depts/{}/users/{}/securitygroups", &USER_GROUP, Gate::Admin, people::replace_groups),
    on("PATCH /v1/depts/{}/users/{}/securitygroups", &USER_GROUP, Gate::Admin, people::update_groups),
    on("GET /v1/depts/{}/users", &USER, Gate::Admin, people::users),
    on("POST /v1/depts/{}/users", &USER, Gate::Admin, people::create),
    on("GET /v1/depts/{}/users/{}", &USER, Gate::Admin, people::user),
    on("PUT /v1/depts/{}/users/{}", &USER, Gate::Admin, people::replace),
    on("PATCH /v1/depts/{}/users/{}", &USER, Gate::Admin, people::update),
    on("DELETE /v1/depts/{}/users/{}", &USER, Gate::Admin, people::disable),
    on("GET /v1/projects/{}/users", &USER, Gate::Member, people::project_users),
    on("GET /v1/projects/{}/users/{}", &USER, Gate::Member, people::project_user),
    on("GET /v1/projects/{}/defects", &DEFECT, READ, verbs::list),
    on("POST /v1/projects/{}/defects", &DEFECT, ADD, verbs::create),
    on("POST /v1/projects/{}/defects/search", &DEFECT, READ, verbs::search),
    on("GET /v1/projects/{}/defects/{}", &DEFECT, READ, verbs::get),
    on("PUT /v1/projects/{}/defects/{}", &DEFECT, UPDATE, verbs::replace),
    on("PATCH /v1/projects/{}/defects/{}", &DEFECT, UPDATE, verbs::update),
    on("DELETE /v1/projects/{}/defects/{}", &DEFECT, DELETE, verbs::delete),
    on("GET /v1/projects/{}/requirements", &REQUIREMENT, READ, verbs::list),
    on("POST /v1/projects/{}/requirements", &REQUIREMENT, ADD, verbs::create),
    on("POST /v1/projects/{}/requirements/search", &REQUIREMENT, READ, verbs::search),
    on("GET /v1/projects/{}/requirements/{}", &REQUIREMENT, READ, verbs::get),
    on("PUT /v1/projects/{}/requirements/{}", &REQUIREMENT, UPDATE, verbs::replace),
    on("PATCH /v1/projects/{}/requirements/{}", &REQUIREMENT, UPDATE, verbs::update),
    on("DELETE /v1/projects/{}/requirements/{}", &REQUIREMENT, DELETE, verbs::delete),
    on("GET /v1/projects/{}/releases", &RELEASE, READ, verbs::list),
    on("POST /v1/projects/{}/releases", &RELEASE, ADD, verbs::create),
    on("GET /v1/projects/{}/releases/{}", &RELEASE, READ, verbs::get),
    on("PUT /v1/projects/{}/releases/{}", &RELEASE, UPDATE, verbs::replace),
    on("PATCH /v1/projects/{}/releases/{}", &RELEASE, UPDATE, verbs::update),
    on("DELETE /v1/projects/{}/releases/{}", &RELEASE, DELETE, verbs::delete),
    on("GET /v2/projects/{}/tests", &TEST, READ, verbs::list),
    on("POST /v2/projects/{}/tests", &TEST, ADD, verbs::create),
    on("POST /v2/projects/{}/tests/search", &TEST, READ, verbs::search),
    on("GET /v2/projects/{}/tests/{}", &TEST, READ, verbs::get),
    on("PUT /v2/projects/{}/tests/{}", &TEST, UPDATE, verbs::replace),
    on("PATCH /v2/projects/{}/tests/{}", &TEST, UPDATE, verbs::update),
    on("DELETE /v2/projects/{}/tests/{}", &TEST, DELETE, verbs::delete),
    on("GET /v2/projects/{}/testsets", &TEST_SET, READ, verbs::list),
    on("POST /v2/projects/{}/testsets", &TEST_SET, ADD, verbs::create),
    on("GET /v2/projects/{}/testsets/{}", &TEST_SET, READ, verbs::get),
    on("PUT /v2/projects/{}/testsets/{}", &TEST_SET, UPDATE, verbs::replace),
    on("PATCH /v2/projects/{}/testsets/{}", &TEST_SET, UPDATE, verbs::update),
    on("DELETE /v2/projects/{}/testsets/{}", &TEST_SET, DELETE, verbs::delete),
    on("GET /v1/projects/{}/testsets/{}/items", &SET_ITEM, READ, verbs::list),
    on("POST /v1/projects/{}/testsets/{}/items", &SET_ITEM, UPDATE, items::append),
    on("PUT /v1/projects/{}/testsets/{}/items", &SET_ITEM, UPDATE, items::replace_all),
    on("PATCH /v1/projects/{}/testsets/{}/items", &SET_ITEM, UPDATE, items::update_all),
    on("DELETE /v1/projects/{}/testsets/{}/items", &SET_ITEM, UPDATE, items::clear),
    on("GET /v1/projects/{}/testsets/{}/items/{}", &SET_ITEM, READ, items::get),
    on("POST /v1/projects/{}/testsets/{}/items/{}", &SET_ITEM, UPDATE, items::insert),
    on("PUT /v1/projects/{}/testsets/{}/items/{}", &SET_ITEM, UPDATE, items::replace),
    on("PATCH /v1/projects/{}/testsets/{}/items/{}", &SET_ITEM, UPDATE, items::update),
    on("DELETE /v1/projects/{}/testsets/{}/items/{}", &SET_ITEM, UPDATE, items::remove),
    on("GET /v2/projects/{}/testruns", &TEST_RUN, READ, verbs::list),
    on("POST /v2/projects/{}/testruns", &TEST_RUN, ADD, runs::start),
    on("GET /v2/projects/{}/testruns/{}", &TEST_RUN, READ, verbs::get),
    on("DELETE /v2/projects/{}/testruns/{}", &TEST_RUN, DELETE, verbs::delete),
    on("POST /v2/projects/{}/testruns/{}/restart", &TEST_RUN, UPDATE, runs::restart),
    on("GET /v2/projects/{}/testruns/{}/items", &RUN_ITEM, READ, verbs::list),
    on("GET /v2/projects/{}/testruns/{}/items/{}", &RUN_ITEM, READ, verbs::get),
    on("PUT /v2/projects/{}/testruns/{}/items/{}", &RUN_ITEM, UPDATE, runs::replace_item),
    on("PATCH /v2/projects/{}/testruns/{}/items/{}", &RUN_ITEM, UPDATE, runs::update_item),
    on("POST /v2/projects/{}/testruns/{}/items/{}/log", &RUN_ITEM, Gate::Hosts, runs::log),
    on("POST /v2/projects/{}/testruns/{}/items/{}/report", &RUN_ITEM, Gate::Hosts, runs::file_report),
    on("GET /v2/projects/{}/{}/folders", &FOLDER, READ, verbs::list),
    on("POST /v2/projects/{}/{}/folders", &FOLDER, ADD, verbs::create),
    on("GET /v2/projects/{}/{}/folders/{}", &FOLDER, READ, verbs::get),
    on("PUT /v2/projects/{}/{}/folders/{}", &FOLDER, UPDATE, verbs::replace),
    on("PATCH /v2/projects/{}/{}/folders/{}", &FOLDER, UPDATE, verbs::update),
    on("DELETE /v2/projects/{}/{}/folders/{}", &FOLDER, DELETE, verbs::delete),
    on("GET /v1/projects/{}/{}/{}/linkeditems", &LINKED_ITEM, READ, verbs::list),
    on("POST /v1/projects/{}/{}/{}/linkeditems", &LINKED_ITEM, UPDATE, related::link),
    on("POST /v1/projects/{}/{}/{}/linkeditems/search", &LINKED_ITEM, READ, verbs::search),
    on("GET /v1/projects/{}/{}/{}/linkeditems/{}", &LINKED_ITEM, READ, verbs::get),
    on("DELETE /v1/projects/{}/{}/{}/linkeditems/{}", &LINKED_ITEM, UPDATE, related::unlink),
    on("GET /v1/projects/{}/{}/{}/files", &ATTACHMENT, READ, verbs::list),
    on("POST /v1/projects/{}/{}/{}/files", &ATTACHMENT, UPDATE, related::attach),
    on("GET /v1/projects/{}/{}/{}/files/{}", &ATTACHMENT, READ, verbs::get),
    on("PUT /v1/projects/{}/{}/{}/files/{}", &ATTACHMENT, UPDATE, related::reattach),
    on("PATCH /v1/projects/{}/{}/{}/files/{}", &ATTACHMENT, UPDATE, verbs::update),
    on("DELETE /v1/projects/{}/{}/{}/files/{}", &ATTACHMENT, UPDATE, verbs::delete),
    on("GET /v1/projects/{}/{}/{}/notes", &NOTE, READ, verbs::list),
    on("POST /v1/projects/{}/{}/{}/notes", &NOTE, UPDATE, verbs::create),
    on("GET /v1/projects/{}/{}/{}/notes/{}", &NOTE, READ, verbs::get),
    on("PUT /v1/projects/{}/{}/{}/notes/{}", &NOTE, UPDATE, verbs::replace),
    on("DELETE /v1/projects/{}/{}/{}/notes/{}", &NOTE, UPDATE, verbs::delete),
    on("GET /v2/projects/{}/tests/{}/automations", &AUTOMATION, READ, verbs::list),
    on("GET /v2/projects/{}/tests/{}/automations/{}", &AUTOMATION, READ, verbs::get),
    on("POST /v2/projects/{}/tests/{}/automations/{}", &AUTOMATION, UPDATE, automations::create),
    on("PUT /v2/projects/{}/tests/{}/automations/{}", &AUTOMATION, UPDATE, verbs::replace),
    on("PATCH /v2/projects/{}/tests/{}/automations/{}", &AUTOMATION, UPDATE, verbs::update),
    on("DELETE /v2/projects/{}/tests/{}/automations/{}", &AUTOMATION, DELETE, verbs::delete),
    on("GET /v2/projects/{}/tests/{}/automations/{}/attachment", &AUTOMATION_ATTACHMENT, READ, automations::attachment),
    on("POST /v2/projects/{}/tests/{}/automations/{}/attachment", &AUTOMATION_ATTACHMENT, UPDATE, automations::attach),
    on("PUT /v2/projects/{}/tests/{}/automations/{}/attachment", &AUTOMATION_ATTACHMENT, UPDATE, automations::reattach),
    on("PATCH /v2/projects/{}/tests/{}/automations/{}/attachment", &AUTOMATION_ATTACHMENT, UPDATE, automations::update_attachment),
    on("DELETE /v2/projects/{}/tests/{}/automations/{}/attachment", &AUTOMATION_ATTACHMENT, UPDATE, automations::detach),
];
