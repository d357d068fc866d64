//! The operations of QAComplete SOAP that have transcribed vectors, with the arguments of one.

use super::Drive;
use crate::call::{Argument, Arguments};
use crate::xml::Element;
use crate::{Vector, fluent};
use qacomplete_soap::types::{AuthenticationData, AutomationHost, Bug, LoginInfo, Notes, TestRunResult, TraceabilityLink};
use qacomplete_soap::{ApiClient, Base64, Error};
use tms_runtime::QName;
use tms_runtime::xml;

/// What an operation returns, for its elements to be looked at.
trait Shown {
    /// What it is made of, as one document whose root means nothing.
    fn shown(&self) -> Element;
}

impl Shown for () {
    fn shown(&self) -> Element {
        Element::parse("<all/>")
    }
}

macro_rules! shown {
    ($($ty:ty),+) => {$(
        impl Shown for $ty {
            fn shown(&self) -> Element {
                let written = xml::to_string(QName("", "it"), self).unwrap_or_else(|error| panic!("{error}"));
                Element::parse(&format!("<all>{written}</all>"))
            }
        }
    )+};
}

shown!(i32, String, Base64, AutomationHost, Bug, LoginInfo, TestRunResult, Vec<TraceabilityLink>);

/// The credentials a vector lists.
#[must_use]
pub fn credentials(vector: &Vector) -> Option<AuthenticationData> {
    let mut listed: Arguments = Argument::of(vector.at("/credentials"))?;
    let credentials = fluent!(AuthenticationData::default();
        with_app_code <- listed.get::<String>("AppCode"),
        with_dept_id <- listed.get::<i32>("DeptId"),
        with_proj_id <- listed.get::<i32>("ProjId"),
        with_user_id <- listed.get::<i32>("UserId"),
        with_pass_code <- listed.get::<String>("PassCode"),
        with_proj_ids <- listed.get::<Vec<i32>>("ProjIds"),
    );
    listed.finish(vector.name());
    Some(credentials)
}

fn link(mut fields: Arguments) -> TraceabilityLink {
    let link = fluent!(TraceabilityLink::default();
        with_entity_code <- fields.get::<String>("EntityCode"),
        with_fk_id <- fields.get::<i32>("FKId"),
        with_linked_entity_code <- fields.get::<String>("LinkedEntityCode"),
        with_linked_fk_id <- fields.get::<i32>("LinkedFKId"),
        with_link_type <- fields.get::<String>("LinkType"),
    );
    fields.finish("a link");
    link
}

fn note(mut fields: Arguments) -> Notes {
    let note = fluent!(Notes::default();
        with_fk_id <- fields.get::<i32>("FKId"),
        with_entity_code <- fields.get::<String>("EntityCode"),
        with_description <- fields.get::<String>("Description"),
    );
    fields.finish("a note");
    note
}

macro_rules! replays {
    ($($id:literal |$client:ident, $call:ident| $request:expr $(, $setter:ident <- $argument:expr)*;)+) => {
        /// Makes a vector's call as a caller would make it, and gives what was decoded: one element, or one for each entry of a
        /// list.
        ///
        /// # Errors
        /// Those of the call.
        ///
        /// # Panics
        /// When there is no way to make the call.
        pub fn run<M: Drive>(client: &ApiClient<M>, vector: &Vector) -> Result<Element, Error> {
            let mut call: Arguments = Argument::of(vector.at("/call")).unwrap_or_else(|| panic!("`{}`: `call` is no mapping", vector.name()));
            match vector.operation() {
                $($id => {
                    let $client = client;
                    #[allow(unused_variables)] // some take no arguments
                    let $call = &mut call;
                    let request = fluent!($request; $($setter <- $argument),*);
                    call.finish(vector.name());
                    M::send(request).map(|output| output.shown())
                })+
                other => panic!("`{}`: add an entry for {other} to tests/smoke/src/qacomplete_soap/replay.rs", vector.name()),
            }
        }
    };
}

replays! {
    "GetVersion" |client, call| client.service().get_version();
    "GetLoginInfo" |client, call|
        client.service().get_login_info(call.need::<String>("Email"), call.need::<String>("Password")),
        app_code <- call.get::<String>("AppCode");
    "Bugs_Load" |client, call| client.bugs().load(call.need::<i32>("BugId"));
    "Bugs_Delete" |client, call| client.bugs().delete(call.need::<i32>("BugId"));
    "Releases_Delete" |client, call| client.releases().delete(call.need::<i32>("ReleaseId"));
    "Attachments_GetAttachment" |client, call| client.attachments().get(call.need::<i32>("AttachmentId"));
    "Notes_Add" |client, call| client.notes().add(note(call.need("Notes")));
    "TraceabilityLinks_Add" |client, call|
        client.traceability_links().add(link(call.need("TraceabilityLink")));
    "TraceabilityLinks_Load" |client, call|
        client.traceability_links().load(call.need::<String>("EntityCode"), call.need::<i32>("FKId"));
    "TraceabilityLinks_Delete" |client, call|
        client.traceability_links().delete(link(call.need("TraceabilityLinkId")));
    "Folders_Delete" |client, call| client.folders().delete(call.need::<i32>("FolderId"));
    "ProjectTasks_Delete" |client, call| client.project_tasks().delete(call.need::<i32>("TaskId"));
    "ProjectPlanTasks_Delete" |client, call|
        client.project_plan_tasks().delete(call.need::<i32>("TaskId"));
    "Tests_Delete" |client, call| client.tests().delete(call.need::<i32>("TestId"));
    "TestSteps_Delete" |client, call| client.test_steps().delete(call.need::<i32>("TestStepId"));
    "TestSets_Delete" |client, call| client.test_sets().delete(call.need::<i32>("TestSetId"));
    "TestSetItems_Delete" |client, call| client.test_set_items().delete(call.need::<i32>("TestSetId"));
    "TestRunResults_Load" |client, call|
        client.test_run_results().load(call.need::<i32>("TestRunResultId"));
    "AutomationHosts_Load" |client, call|
        client.automation_hosts().load(call.need::<i32>("AutomationHostId"));
}
