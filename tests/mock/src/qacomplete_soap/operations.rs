//! The operations by name: what each does, to which kind of object.

use super::kinds::{
    AUDIT, AUTOMATION_HOST, AUTOMATION_RUN, AUTOMATION_SCHEDULE, AUTOMATION_TEST_ITEM, BUG, CONTACT, FOLDER, FUNCTIONAL_SPEC, Kind,
    PERF_LOG, PLAN_TASK, RELEASE, TASK, TEST, TEST_CASE, TEST_CONFIGURATION, TEST_RUN, TEST_RUN_ITEM, TEST_RUN_RESULT, TEST_SET,
    TEST_SET_ITEM, TEST_STEP, USER,
};

/// What an operation does.
#[derive(Clone, Copy)]
pub(super) enum Action {
    /// One of the common verbs.
    Common(Verb, &'static Kind),
    Special(Special),
}

/// What most kinds have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    /// As `Add`, without an answer.
    Record,
    Load,
    LoadByCriteria,
    Update,
    Delete,
}

/// What is done by one operation alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    Version,
    LoginInfo,
    ServerProperties,
    SendEmail,
    AuditsLoad,
    UserIdByEmail,
    UserEmailById,
    UsersOfProject,
    BugStatuses,
    AttachmentAdd,
    AttachmentFile,
    AttachmentList,
    AttachmentDelete,
    NoteAdd,
    NoteGet,
    NoteList,
    NoteUpdate,
    NoteDelete,
    LinkAdd,
    LinkList,
    LinkDelete,
    FieldAdd,
    FieldList,
    LookUpList,
    LookUpUpdate,
    PlanList,
    PlanImport,
    PlanExport,
    RunAdd,
    CasesByUnc,
    ItemsByHost,
    SchedulesBySpan,
    AnySchedules,
}

/// Second halves of names.
type Verbs = &'static [(&'static str, Verb)];

const ALL_FIVE: Verbs = &[
    ("Add", Verb::Add),
    ("Load", Verb::Load),
    ("LoadByCriteria", Verb::LoadByCriteria),
    ("Update", Verb::Update),
    ("Delete", Verb::Delete),
];
/// What cannot be made or deleted by itself.
const NO_ADD_NO_DELETE: Verbs = &[("Load", Verb::Load), ("LoadByCriteria", Verb::LoadByCriteria), ("Update", Verb::Update)];

/// The kinds by the first half of the names, with the second halves.
static COMMON: [(&str, &Kind, Verbs); 23] = [
    ("Bugs", &BUG, ALL_FIVE),
    ("Releases", &RELEASE, ALL_FIVE),
    ("FunctionalSpecs", &FUNCTIONAL_SPEC, ALL_FIVE),
    ("Folders", &FOLDER, ALL_FIVE),
    ("ProjectTasks", &TASK, ALL_FIVE),
    ("ProjectPlanTasks", &PLAN_TASK, ALL_FIVE),
    ("Contacts", &CONTACT, ALL_FIVE),
    ("Tests", &TEST, ALL_FIVE),
    ("TestSteps", &TEST_STEP, ALL_FIVE),
    ("TestSets", &TEST_SET, ALL_FIVE),
    ("TestSetItems", &TEST_SET_ITEM, ALL_FIVE),
    ("TestRuns", &TEST_RUN, NO_ADD_NO_DELETE),
    ("TestRunItems", &TEST_RUN_ITEM, NO_ADD_NO_DELETE),
    ("TestRunResults", &TEST_RUN_RESULT, NO_ADD_NO_DELETE),
    ("TestConfigurations", &TEST_CONFIGURATION, ALL_FIVE),
    ("TestCases", &TEST_CASE, ALL_FIVE),
    ("AutomationHosts", &AUTOMATION_HOST, ALL_FIVE),
    ("AutomationTestItems", &AUTOMATION_TEST_ITEM, ALL_FIVE),
    ("AutomationRuns", &AUTOMATION_RUN, ALL_FIVE),
    ("AutomationSchedules", &AUTOMATION_SCHEDULE, ALL_FIVE),
    ("User", &USER, &[("Add", Verb::Add)]),
    ("Audits", &AUDIT, &[("Add", Verb::Record)]),
    ("PerfLogs", &PERF_LOG, &[("Add", Verb::Record)]),
];

static SPECIAL: [(&str, Special); 35] = [
    ("GetVersion", Special::Version),
    ("GetLoginInfo", Special::LoginInfo),
    ("GetLoginInfoByEntity", Special::LoginInfo),
    ("ServerProperties_GetServerProperties", Special::ServerProperties),
    ("SendEmail", Special::SendEmail),
    ("Audits_LoadElevated", Special::AuditsLoad),
    ("User_GetIdByEmail", Special::UserIdByEmail),
    ("User_GetEmailById", Special::UserEmailById),
    ("User_GetByProject", Special::UsersOfProject),
    ("Bugs_GetStatuses", Special::BugStatuses),
    ("Attachments_Add", Special::AttachmentAdd),
    ("Attachments_GetAttachment", Special::AttachmentFile),
    ("Attachments_GetAttachmentsList", Special::AttachmentList),
    ("Attachments_Delete", Special::AttachmentDelete),
    ("Notes_Add", Special::NoteAdd),
    ("Notes_Get", Special::NoteGet),
    ("Notes_GetList", Special::NoteList),
    ("Notes_Update", Special::NoteUpdate),
    ("Notes_Delete", Special::NoteDelete),
    ("TraceabilityLinks_Add", Special::LinkAdd),
    ("TraceabilityLinks_Load", Special::LinkList),
    ("TraceabilityLinks_Delete", Special::LinkDelete),
    ("CustomFields_Add", Special::FieldAdd),
    ("CustomFields_AddLookUp", Special::FieldAdd),
    ("CustomFields_Load", Special::FieldList),
    ("LookUps_Load", Special::LookUpList),
    ("LookUps_Update", Special::LookUpUpdate),
    ("ProjectPlans_GetListOfProjectPlans", Special::PlanList),
    ("ProjectPlans_ImportMSProject", Special::PlanImport),
    ("ProjectPlans_ExportMSProject", Special::PlanExport),
    ("TestRuns_Add", Special::RunAdd),
    ("TestCases_LoadByUNC", Special::CasesByUnc),
    ("AutomationTestItems_LoadByHostName", Special::ItemsByHost),
    ("AutomationSchedules_LoadTestsByTimeSpan", Special::SchedulesBySpan),
    ("AutomationSchedules_IsTestsByTimeSpanExist", Special::AnySchedules),
];

/// What an operation does.
pub(super) fn action(operation: &str) -> Option<Action> {
    if let Some((_, special)) = SPECIAL.iter().find(|(name, _)| *name == operation) {
        return Some(Action::Special(*special));
    }
    let (first, second) = operation.split_once('_')?;
    let (_, kind, verbs) = COMMON.iter().find(|(name, ..)| *name == first)?;
    let (_, verb) = verbs.iter().find(|(name, _)| *name == second)?;
    Some(Action::Common(*verb, kind))
}
