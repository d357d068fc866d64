//! Every operation of QAComplete with the arguments of a transcribed vector: one entry per operation, in the order of the crate.

use crate::Call;
use crate::rest::replays;
use crate::shown::shown;
use qacomplete::ApiClient;
use qacomplete::department::Department;
use qacomplete::project::Project;
use qacomplete::types::{Agent, AttachmentReplacement, AttachmentUpload, AutomationUpload, LogUpload, ReportUpload};
use tms_runtime::Mode;

shown!(qacomplete:
    Attachment, AttachmentPage, Automation, AutomationAttachment, AutomationPage, Defect, DefectPage, Department, DepartmentPage, Folder,
    FolderPage, LinkedItem, LinkedItemPage, Note, NotePage, PrivilegePage, Project, ProjectPage, Release, ReleasePage, Requirement,
    RequirementPage, SecurityGroupPage, Test, TestPage, TestRun, TestRunItem, TestRunItemPage, TestRunPage, TestSet, TestSetItem,
    TestSetItemPage, TestSetPage, User, UserGroupPage, UserPage, WrittenTestSetItems,
);

/// The project that most paths begin with.
fn project<M: Mode>(client: &ApiClient<M>, call: &mut Call) -> Project<M> {
    client.project(call.path("ProjectId"))
}

/// The department that the other paths begin with.
fn department<M: Mode>(client: &ApiClient<M>, call: &mut Call) -> Department<M> {
    client.department(call.path("DeptId"))
}

/// A number in the path.
fn id(call: &mut Call) -> i64 {
    call.path("Id")
}

/// A text in the path.
fn word(call: &mut Call, name: &str) -> String {
    call.path(name)
}

/// A test runner, in the spelling of the vector: words of another spelling than that of requests are known to be the same.
fn agent(call: &mut Call) -> Agent {
    let name = word(call, "Agent");
    let agent = Agent::from(name.as_str());
    if agent.as_str() == name { agent } else { Agent::Unknown(name) }
}

/// What attachments, notes and links hang on.
macro_rules! thing {
    ($client:ident, $call:ident, $things:ident) => {
        project($client, $call).$things(word($call, "EntityCode"), $call.path("EntityId"))
    };
}

/// The automation of a test.
macro_rules! automation {
    ($client:ident, $call:ident) => {
        project($client, $call).automation_attachments($call.path("TestId"), agent($call))
    };
}

fn offset(call: &mut Call) -> Option<i64> {
    call.query("offset")
}

fn limit(call: &mut Call) -> Option<i64> {
    call.query("limit")
}

fn filter(call: &mut Call) -> Option<String> {
    call.query("Filter")
}

replays! { qacomplete:
    attachments::List |client, call| thing!(client, call, attachments).list(), offset <- offset(call), limit <- limit(call);
    attachments::Create |client, call| thing!(client, call, attachments).create(
        crate::fluent!(AttachmentUpload::new(call.body().file("File"));
            with_title <- call.body().get::<String>("Title"), with_comments <- call.body().get::<String>("Comments"))
    );
    attachments::Get |client, call| thing!(client, call, attachments).get(id(call));
    attachments::Replace |client, call| thing!(client, call, attachments).replace(id(call),
        crate::fluent!(AttachmentReplacement::new(call.body().file("File"), call.body().need::<String>("Title"));
            with_comments <- call.body().get::<String>("Comments"))
    );
    attachments::Delete |client, call| thing!(client, call, attachments).delete(id(call));
    attachments::Update |client, call| thing!(client, call, attachments).update(id(call), call.whole());

    automation_attachments::Get |client, call| automation!(client, call).get();
    automation_attachments::Create |client, call| automation!(client, call).create(),
        body <- upload(call), link <- call.query::<String>("Link"), comments <- call.query::<String>("Comments");
    automation_attachments::Replace |client, call| automation!(client, call).replace(),
        body <- upload(call), link <- call.query::<String>("Link"), comments <- call.query::<String>("Comments");
    automation_attachments::Update |client, call| automation!(client, call).update(),
        link <- call.query::<String>("Link"), comments <- call.query::<String>("Comments");
    automation_attachments::Delete |client, call| automation!(client, call).delete();

    automations::List |client, call| project(client, call).automations(call.path("TestId")).list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    automations::Get |client, call| project(client, call).automations(call.path("TestId")).get(agent(call));
    automations::Create |client, call| project(client, call).automations(call.path("TestId")).create(agent(call), call.whole());
    automations::Replace |client, call| project(client, call).automations(call.path("TestId")).replace(agent(call), call.whole());
    automations::Update |client, call| project(client, call).automations(call.path("TestId")).update(agent(call), call.whole());
    automations::Delete |client, call| project(client, call).automations(call.path("TestId")).delete(agent(call));

    defects::List |client, call| project(client, call).defects().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    defects::Create |client, call| project(client, call).defects().create(call.whole());
    defects::Search |client, call| project(client, call).defects().search(call.whole::<qacomplete::types::Search>()),
        offset <- offset(call), limit <- limit(call);
    defects::Get |client, call| project(client, call).defects().get(id(call));
    defects::Replace |client, call| project(client, call).defects().replace(id(call), call.whole());
    defects::Update |client, call| project(client, call).defects().update(id(call), call.whole());
    defects::Delete |client, call| project(client, call).defects().delete(id(call));

    departments::List |client, call| client.departments().list(), offset <- offset(call), limit <- limit(call), filter <- filter(call);
    departments::Get |client, call| client.departments().get(call.path("DeptId"));

    folders::List |client, call| project(client, call).folders(word(call, "EntityCode")).list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    folders::Create |client, call| project(client, call).folders(word(call, "EntityCode")).create(call.whole());
    folders::Get |client, call| project(client, call).folders(word(call, "EntityCode")).get(id(call));
    folders::Replace |client, call| project(client, call).folders(word(call, "EntityCode")).replace(id(call), call.whole());
    folders::Update |client, call| project(client, call).folders(word(call, "EntityCode")).update(id(call), call.whole());
    folders::Delete |client, call| project(client, call).folders(word(call, "EntityCode")).delete(id(call));

    linked_items::List |client, call| thing!(client, call, linked_items).list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    linked_items::Create |client, call| thing!(client, call, linked_items).create(call.whole());
    linked_items::Search |client, call| thing!(client, call, linked_items).search(call.whole::<qacomplete::types::Search>()),
        offset <- offset(call), limit <- limit(call);
    linked_items::Get |client, call| thing!(client, call, linked_items).get(id(call));
    linked_items::Delete |client, call| thing!(client, call, linked_items).delete(id(call));

    notes::List |client, call| thing!(client, call, notes).list(), offset <- offset(call), limit <- limit(call);
    notes::Create |client, call| thing!(client, call, notes).create(call.whole());
    notes::Get |client, call| thing!(client, call, notes).get(id(call));
    notes::Replace |client, call| thing!(client, call, notes).replace(id(call), call.whole());
    notes::Delete |client, call| thing!(client, call, notes).delete(id(call));

    // These two paths call the number of the project `ProjId`.
    project_users::List |client, call| client.project(call.path("ProjId")).project_users().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    project_users::Get |client, call| client.project(call.path("ProjId")).project_users().get(call.path("UserId"));

    projects::List |client, call| client.projects().list(), offset <- offset(call), limit <- limit(call);
    projects::Get |client, call| client.projects().get(call.path("ProjectId"));

    releases::List |client, call| project(client, call).releases().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    releases::Create |client, call| project(client, call).releases().create(call.whole());
    releases::Get |client, call| project(client, call).releases().get(id(call));
    releases::Replace |client, call| project(client, call).releases().replace(id(call), call.whole());
    releases::Update |client, call| project(client, call).releases().update(id(call), call.whole());
    releases::Delete |client, call| project(client, call).releases().delete(id(call));

    requirements::List |client, call| project(client, call).requirements().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    requirements::Create |client, call| project(client, call).requirements().create(call.whole());
    requirements::Search |client, call| project(client, call).requirements().search(call.whole::<qacomplete::types::Search>()),
        offset <- offset(call), limit <- limit(call);
    requirements::Get |client, call| project(client, call).requirements().get(id(call));
    requirements::Replace |client, call| project(client, call).requirements().replace(id(call), call.whole());
    requirements::Update |client, call| project(client, call).requirements().update(id(call), call.whole());
    requirements::Delete |client, call| project(client, call).requirements().delete(id(call));

    security_groups::List |client, call| department(client, call).security_groups().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    security_groups::Privileges |client, call| department(client, call).security_groups().privileges(word(call, "Name"));

    test_run_items::List |client, call| project(client, call).test_run_items(id(call)).list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    test_run_items::Get |client, call| project(client, call).test_run_items(id(call)).get(call.path("ItemId"));
    test_run_items::Replace |client, call| project(client, call).test_run_items(id(call)).replace(call.path("ItemId"), call.whole());
    test_run_items::Update |client, call| project(client, call).test_run_items(id(call)).update(call.path("ItemId"), call.whole());
    test_run_items::UploadLog |client, call| project(client, call).test_run_items(id(call)).upload_log(
        call.path("ItemId"), LogUpload::new(call.body().file("File")),
    );
    test_run_items::UploadReport |client, call| project(client, call).test_run_items(id(call)).upload_report(
        call.path("ItemId"), ReportUpload::new(call.body().file("File")),
    );

    test_runs::List |client, call| project(client, call).test_runs().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    test_runs::Create |client, call| project(client, call).test_runs().create(call.whole());
    test_runs::Get |client, call| project(client, call).test_runs().get(id(call));
    test_runs::Delete |client, call| project(client, call).test_runs().delete(id(call));
    test_runs::Restart |client, call| project(client, call).test_runs().restart(id(call));

    test_set_items::List |client, call| project(client, call).test_set_items(id(call)).list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    test_set_items::Add |client, call| project(client, call).test_set_items(id(call)).add(call.whole());
    test_set_items::ReplaceAll |client, call| project(client, call).test_set_items(id(call)).replace_all(call.whole());
    test_set_items::UpdateAll |client, call| project(client, call).test_set_items(id(call)).update_all(call.whole());
    test_set_items::Clear |client, call| project(client, call).test_set_items(id(call)).clear();
    test_set_items::Get |client, call| project(client, call).test_set_items(id(call)).get(call.path("Seq"));
    test_set_items::Insert |client, call| project(client, call).test_set_items(id(call)).insert(call.path("Seq"), call.whole());
    test_set_items::Replace |client, call| project(client, call).test_set_items(id(call)).replace(call.path("Seq"), call.whole());
    test_set_items::Update |client, call| project(client, call).test_set_items(id(call)).update(call.path("Seq"), call.whole());
    test_set_items::Remove |client, call| project(client, call).test_set_items(id(call)).remove(call.path("Seq"));

    test_sets::List |client, call| project(client, call).test_sets().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    test_sets::Create |client, call| project(client, call).test_sets().create(call.whole());
    test_sets::Get |client, call| project(client, call).test_sets().get(id(call));
    test_sets::Replace |client, call| project(client, call).test_sets().replace(id(call), call.whole());
    test_sets::Update |client, call| project(client, call).test_sets().update(id(call), call.whole());
    test_sets::Delete |client, call| project(client, call).test_sets().delete(id(call));

    tests::List |client, call| project(client, call).tests().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    tests::Create |client, call| project(client, call).tests().create(call.whole());
    tests::Search |client, call| project(client, call).tests().search(call.whole::<qacomplete::types::Search>()),
        offset <- offset(call), limit <- limit(call);
    tests::Get |client, call| project(client, call).tests().get(id(call));
    tests::Replace |client, call| project(client, call).tests().replace(id(call), call.whole());
    tests::Update |client, call| project(client, call).tests().update(id(call), call.whole());
    tests::Delete |client, call| project(client, call).tests().delete(id(call));

    user_groups::List |client, call| department(client, call).user_groups(id(call)).list(), offset <- offset(call), limit <- limit(call);
    user_groups::Replace |client, call| department(client, call).user_groups(id(call)).replace(call.whole());
    user_groups::Update |client, call| department(client, call).user_groups(id(call)).update(call.whole());

    users::List |client, call| department(client, call).users().list(),
        offset <- offset(call), limit <- limit(call), filter <- filter(call);
    users::Create |client, call| department(client, call).users().create(call.whole());
    users::Get |client, call| department(client, call).users().get(call.path("UserId"));
    users::Replace |client, call| department(client, call).users().replace(call.path("UserId"), call.whole());
    users::Update |client, call| department(client, call).users().update(call.path("UserId"), call.whole());
    users::Disable |client, call| department(client, call).users().disable(call.path("UserId"));
}

/// The file of an automation, if the vector passes one.
fn upload(call: &mut Call) -> Option<AutomationUpload> {
    call.has_body().then(|| AutomationUpload::new(call.body().file("File")))
}
