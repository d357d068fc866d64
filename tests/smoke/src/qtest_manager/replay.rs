//! Every operation of qTest Manager with the arguments of a transcribed vector, by what it is about.

mod design;
mod execution;
mod fields;
mod jira;
mod related;
mod site;

use crate::Call;
use crate::shown::shown;
use qtest_manager::ApiClient;
use qtest_manager::project::Project;
use tms_runtime::Mode;

shown!(qtest_manager:
    AdminProfile, AllowedValueList, ArtifactPage, AssignedProject, AssignedUsers, Attachment, AttachmentPage, AuthSystems,
    AutomationAgentPage, AutomationTestLog, Build, Comment, CommentPage, Defect, ExecutionTree, Field, HistoryPage, JiraAuthorization,
    JiraConnectionStatus, JiraDefectMapping, JiraReleaseMapping, JiraRequirementMapping, Job, LdapImport, LdapUserPage, LoggedUser,
    Message, Module, ProfileLists, Project, ProjectUserPage, Release, Requirement, ResourceLinks, TestCase, TestCycle, TestLog,
    TestLogPage, TestRun, TestRunPage, TestStep, TestSuite, Token, TokenStatus, User, UserGroup, UserPage, UserProfile, Webhook,
);

/// The project that most paths begin with.
fn project<M: Mode>(client: &ApiClient<M>, call: &mut Call) -> Project<M> {
    client.project(call.path("projectId"))
}

/// A text in the path.
fn word(call: &mut Call, name: &str) -> String {
    call.path(name)
}
