//! Defects, and what hangs on things: files, links; searches.

use super::{file, shows};
use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{
    ANN, ATTACHMENT, BOB, CASE, CHANGE, COMMENT, CONTENT, DEFECT, LOG, OTHER_CASE, REQUIREMENT, moment, value,
};
use qtest_manager::File;
use qtest_manager::types::{
    ArtifactSearch, AttachmentOwner, CommentSearch, CommentedObject, DefectUpdate, HistorySearch, LinkSource, LinkTarget, NewComment,
    NewDefect, SearchedObject, SearchedOwner,
};
use tms_mock::qtest_manager as records;

crate::rest::exercises! { qtest_manager:
    defects::Create |client, world| client.project(PROJECT).defects().create(
            NewDefect::default().with_properties([value(601_001, "The form is gone"), value(601_004, "10302")]).with_attachments([file()]),
        ),
        |defect| defect.id > DEFECT && shows(defect.properties.as_ref(), 601_001, "The form is gone")
            && defect.attachments.iter().flatten().count() == 1;
    defects::ChangedSince |client, world| client.project(PROJECT).defects().changed_since(moment(1))
            .end_time("2025-01-31T00:00:00.000+0000").size(10).page(1),
        |defects| defects.iter().map(|defect| defect.id).eq([DEFECT]);
    defects::Get |client, world| client.project(PROJECT).defects().get("DF-1"),
        |defect| defect.id == DEFECT && shows(defect.properties.as_ref(), 601_001, "Login fails");
    defects::Update |client, world| client.project(PROJECT).defects().update(
            DEFECT, DefectUpdate::default().with_properties([value(601_003, "10002")]).with_attachments([file()]),
        ),
        |defect| shows(defect.properties.as_ref(), 601_003, "10002") && shows(defect.properties.as_ref(), 601_001, "Login fails");
    defects::Comments |client, world| client.project(PROJECT).defects().comments("DF-1").page(1).page_size(10),
        |page| page.total == Some(1) && page.items.iter().flatten().map(|comment| comment.id).eq([Some(COMMENT)]);
    defects::AddComment |client, world| client.project(PROJECT).defects().add_comment("DF-1", NewComment::new("Why?")),
        |comment| comment.content.as_deref() == Some("Why?") && comment.id.is_some();
    defects::GetComment |client, world| client.project(PROJECT).defects().get_comment("DF-1", COMMENT),
        |comment| comment.user_id == Some(BOB);
    defects::UpdateComment |client, world| client.project(PROJECT).defects().update_comment("1101", COMMENT, NewComment::new("Never mind")),
        |comment| comment.id == Some(COMMENT) && comment.content.as_deref() == Some("Never mind");
    defects::DeleteComment |client, world| client.project(PROJECT).defects().delete_comment("DF-1", COMMENT),
        |()| world.mock.records(records::COMMENTS, "1/defects/1101").is_empty();

    attachments::Search |client, world| client.project(PROJECT).attachments().search(SearchedOwner::TestCases)
            .ids([CASE]).author(ANN).created_date("ge 2025-01-01T00:00:00Z").page_size(10).page(1),
        |page| page.items.iter().flatten().map(|file| file.id).eq([Some(ATTACHMENT)]);
    attachments::List |client, world| client.project(PROJECT).attachments().list(AttachmentOwner::TestCases, CASE),
        |files| files.iter().map(|file| file.name.as_deref()).eq([Some("form.txt")]);
    attachments::Get |client, world| client.project(PROJECT).attachments().get(AttachmentOwner::TestCases, CASE, ATTACHMENT)
            .force_download(true),
        |content| *content == CONTENT;
    attachments::Upload |client, world| client.project(PROJECT).attachments().upload(
            AttachmentOwner::TestLogs, LOG, "run.txt", File::new("run.txt", "text/plain", "It ran."),
        ),
        |file| file.name.as_deref() == Some("run.txt") && file.content_type.as_deref() == Some("text/plain");
    attachments::Delete |client, world| client.project(PROJECT).attachments().delete(AttachmentOwner::TestCases, CASE, ATTACHMENT),
        |said| said.message.is_some() && !world.has(records::ATTACHMENTS, ATTACHMENT);

    links::List |client, world| client.project(PROJECT).links().list(LinkTarget::Defects)
            .ids([]).pids(["DF-1".to_owned()]).test_runs_of_shared_projects(false),
        |found| found.iter().map(|links| links.id).eq([Some(DEFECT)]) && found[0].objects.iter().flatten().count() == 2;
    links::Create |client, world| client.project(PROJECT).links().create(
            LinkSource::Requirements, REQUIREMENT, LinkTarget::TestCases, [OTHER_CASE],
        ),
        |made| made.iter().flat_map(|links| links.objects.iter().flatten()).any(|object| object.id == Some(OTHER_CASE));
    links::Delete |client, world| client.project(PROJECT).links().delete(
            LinkSource::Requirements, REQUIREMENT, LinkTarget::TestCases, [CASE],
        ),
        |()| world.mock.records(records::LINKS, "1").iter().all(|link| link.fields["to"]["object"] != "test-cases");
    links::LinkDefects |client, world| client.project(PROJECT).links().link_defects(
            LinkSource::TestSteps, world.step, LinkTarget::Defects, ["DF-1".to_owned()],
        ),
        |made| made.iter().flat_map(|links| links.objects.iter().flatten()).map(|defect| defect.pid.as_deref()).eq([Some("DF-1")]);
    links::UnlinkDefects |client, world| client.project(PROJECT).links().unlink_defects(
            LinkSource::TestLogs, LOG, LinkTarget::Defects, ["DF-1".to_owned()],
        ),
        |pids| *pids == ["DF-1"];

    search::Comments |client, world| client.project(PROJECT).search().comments(
            CommentSearch::new(CommentedObject::Defects).with_object(DEFECT).with_author(BOB).with_start(moment(1)).with_end(moment(31))
                .with_fields(["*".to_owned()]),
        ).page(1).page_size(10),
        |page| page.items.iter().flatten().map(|comment| comment.id).eq([Some(COMMENT)]);
    search::Histories |client, world| client.project(PROJECT).search().histories(
            HistorySearch::new(CommentedObject::Defects).with_fields(["*".to_owned()]).with_query("'Author' = 2")
                .with_object_query("'Id' = 1101"),
        ).page_size(10).page(1),
        |page| page.items.iter().flatten().map(|entry| entry.id).eq([Some(CHANGE)]);
    search::Artifacts |client, world| client.project(PROJECT).search().artifacts(
            ArtifactSearch::new(SearchedObject::TestCases).with_fields(["id".to_owned(), "name".to_owned()]).with_query("'Name' ~ 'login'"),
        ).append_test_steps(true).include_external_properties(false).include_test_log_properties(false).page_size(10).page(1),
        |page| page.items.iter().flatten().map(|found| (found.id, found.pid.as_deref())).eq([(Some(CASE), None)]);
}
