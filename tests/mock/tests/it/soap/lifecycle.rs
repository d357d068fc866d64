//! Objects from their making to their end.

use super::{all, call, fault, ok, only, qacomplete, refused, text};
use crate::client::Reply;
use serde_json::json;
use std::time::Duration;
use tms_mock::{Clock, Mock, qacomplete_soap as records};

fn add_bug(mock: &Mock, fields: &str) -> String {
    only(&call(mock, "Bugs_Add", &format!("<Bug>{fields}</Bug>")), "Bugs_AddResult")
}

fn bug(mock: &Mock, id: &str) -> Reply {
    call(mock, "Bugs_Load", &format!("<BugId>{id}</BugId>"))
}

#[test]
fn an_update_replaces_everything_but_what_the_server_writes() {
    let clock = Clock::manual();
    let mock = crate::client::start(Mock::qacomplete_soap().clock(clock.clone()));
    let fields = "<Title>First</Title><StatusCode>New</StatusCode><AssigneeUserId>24661</AssigneeUserId><Description>Long</Description>";
    let id = add_bug(&mock, fields);
    assert_eq!(id, "35", "the next number");
    let made = bug(&mock, &id);
    assert_eq!((only(&made, "AssigneeUserId"), only(&made, "UserName")), ("24661".to_owned(), "Doe, John".to_owned()));
    clock.advance(Duration::from_secs(3600));
    let changes = format!("<Bug><BugId>{id}</BugId><Title>Second</Title><DateCreated>2001-01-01T00:00:00</DateCreated></Bug>");
    ok(&call(&mock, "Bugs_Update", &changes));
    let changed = bug(&mock, &id);
    assert_eq!((only(&changed, "BugId"), only(&changed, "Title")), (id, "Second".to_owned()));
    assert!(all(&changed, "StatusCode").is_empty() && all(&changed, "Description").is_empty(), "left out is cleared: {}", text(&changed));
    assert_eq!(only(&changed, "AssigneeUserId"), "0", "a number that is not set");
    assert_eq!(only(&changed, "DateClosed"), "0001-01-01T00:00:00", "a date that is not set");
    assert_eq!(only(&changed, "DateCreated"), "2025-12-31T17:00:00", "the server's own time, and its own affair");
    assert_eq!(only(&changed, "DateUpdated"), "2025-12-31T18:00:00");
    mock.assert_no_verdicts();
}

#[test]
fn numbers_bring_names_and_names_sent_are_not_taken() {
    let mock = qacomplete();
    let id =
        add_bug(&mock, "<BugId>5</BugId><Title>x</Title><UserName>Nobody</UserName><FolderId>2</FolderId><FolderName>None</FolderName>");
    assert_eq!(id, "35", "a number sent is not taken, either");
    let made = bug(&mock, &id);
    assert_eq!((only(&made, "UserName"), only(&made, "FolderName")), ("Doe, John".to_owned(), "Backlog".to_owned()));
}

#[test]
fn a_title_comes_back_with_entities_in_its_text_and_may_be_sent_so() {
    let mock = qacomplete();
    let id = add_bug(&mock, "<Title>a &lt; b &amp; c &gt; d</Title><Description>a &lt; b</Description>");
    for round in 0..2 {
        let loaded = bug(&mock, &id);
        assert!(text(&loaded).contains("<Title>a &amp;#60; b &amp;#38; c &amp;#62; d</Title>"), "round {round}: {}", text(&loaded));
        assert_eq!(only(&loaded, "Title"), "a &#60; b &#38; c &#62; d", "what an XML parser makes of it");
        assert_eq!(only(&loaded, "Description"), "a < b", "other texts are as they were");
        let same = "<Title>a &amp;#60; b &amp;#38; c &amp;#62; d</Title><Description>a &lt; b</Description>";
        ok(&call(&mock, "Bugs_Update", &format!("<Bug><BugId>{id}</BugId>{same}</Bug>")));
    }
    let test = "<Test><Title>a &lt; b</Title></Test>";
    let id = only(&call(&mock, "Tests_Add", test), "Tests_AddResult");
    assert_eq!(only(&call(&mock, "Tests_Load", &format!("<TestId>{id}</TestId>")), "Title"), "a < b", "not every type is named");
}

#[test]
fn elements_the_document_does_not_know_survive_where_it_is_partial() {
    let mock = qacomplete();
    let id = mock.seed(records::BUGS, "", json!({ "Title": "x", "Rank": 3 })).expect("seeded");
    assert_eq!(only(&bug(&mock, &id), "Rank"), "3");
    let sent = format!("<Bug><BugId>{id}</BugId><Title>y</Title><Rank>4</Rank><Place kind=\"new\"><Row>1</Row></Place></Bug>");
    ok(&call(&mock, "Bugs_Update", &sent));
    let loaded = bug(&mock, &id);
    assert_eq!((only(&loaded, "Rank"), only(&loaded, "Row")), ("4".to_owned(), "1".to_owned()));
    let text = ok(&loaded);
    assert!(text.find("<Title>") < text.find("<Rank>"), "after the known ones: {text}");
    mock.assert_no_verdicts();
    let error = mock.seed(records::TEST_STEPS, "", json!({ "Rank": 3 })).expect_err("a step is known in full");
    assert!(error.to_string().contains("`Rank`"), "{error}");
}

#[test]
fn a_deleted_object_is_gone_and_its_number_stays_used() {
    let mock = qacomplete();
    ok(&call(&mock, "Bugs_Delete", "<BugId>34</BugId>"));
    assert!(refused(&bug(&mock, "34")).contains("no Bug with the number 34"));
    assert!(refused(&call(&mock, "Bugs_Delete", "<BugId>34</BugId>")).contains("34"));
    assert!(refused(&call(&mock, "Bugs_Update", "<Bug><BugId>34</BugId><Title>x</Title></Bug>")).contains("34"));
    assert_eq!(add_bug(&mock, "<Title>x</Title>"), "35");
    mock.assert_no_verdicts();
}

#[test]
fn a_refusal_about_data_comes_in_the_version_asked() {
    let mock = qacomplete();
    for version in super::BOTH {
        let inner = format!("{}<BugId>99</BugId>", super::CREDENTIALS);
        let reply = super::Post::new(version, "Bugs_Load", &inner).send(&mock);
        let fault = fault(&reply, version, 500);
        assert_eq!(fault.actor.as_deref(), Some(records::DATA_EXCEPTION));
        assert!(text(&reply).contains("<detail><Description Text="), "no prefix in either version");
    }
    assert_eq!(mock.hits()["Bugs_Load"], 0);
}

#[test]
fn children_go_with_their_parents() {
    let gone = |mock: &Mock, operation: &str, argument: &str, numbers: &[i64]| {
        for number in numbers {
            refused(&call(mock, operation, &format!("<{argument}>{number}</{argument}>")));
        }
    };
    let there = |mock: &Mock, operation: &str, argument: &str, numbers: &[i64]| {
        for number in numbers {
            ok(&call(mock, operation, &format!("<{argument}>{number}</{argument}>")));
        }
    };
    let mock = qacomplete();
    ok(&call(&mock, "Releases_Delete", "<ReleaseId>30</ReleaseId>"));
    gone(&mock, "Releases_Load", "ReleaseId", &[30, 31, 32, 33]);
    there(&mock, "Releases_Load", "ReleaseId", &[23]);
    ok(&call(&mock, "Tests_Delete", "<TestId>2</TestId>"));
    gone(&mock, "TestSteps_Load", "TestStepId", &[10, 11]);
    there(&mock, "TestSteps_Load", "TestStepId", &[12]);
    gone(&mock, "TestSetItems_Load", "TestSetItemId", &[1]);
    there(&mock, "TestSetItems_Load", "TestSetItemId", &[2]);
    ok(&call(&mock, "TestSets_Delete", "<TestSetId>1</TestSetId>"));
    gone(&mock, "TestSetItems_Load", "TestSetItemId", &[2]);
    there(&mock, "TestRunItems_Load", "TestRunItemId", &[40, 41]);
    ok(&call(&mock, "AutomationTestItems_Delete", "<AutomationTestItemId>15</AutomationTestItemId>"));
    gone(&mock, "AutomationSchedules_Load", "AutomationScheduleId", &[17]);
}

#[test]
fn notes_files_and_links_go_with_their_object() {
    let mock = qacomplete();
    ok(&call(&mock, "Bugs_Delete", "<BugId>5</BugId>"));
    refused(&call(&mock, "Notes_Get", "<EntityCode>Bugs</EntityCode><NoteId>1</NoteId>"));
    refused(&call(&mock, "Attachments_GetAttachment", "<AttachmentId>12</AttachmentId>"));
    let links = "<EntityCode>Releases</EntityCode><FKId>23</FKId>";
    assert_eq!(all(&call(&mock, "TraceabilityLinks_Load", links), "LinkId"), ["11"], "seen from its other end");
    ok(&call(&mock, "Bugs_Delete", "<BugId>33</BugId>"));
    assert!(all(&call(&mock, "TraceabilityLinks_Load", links), "LinkId").is_empty());
}

#[test]
fn a_deleted_folder_leaves_its_objects_without_one() {
    let mock = qacomplete();
    ok(&call(&mock, "Folders_Delete", "<FolderId>2</FolderId>"));
    let loaded = bug(&mock, "5");
    assert_eq!(only(&loaded, "FolderId"), "0");
    assert!(all(&loaded, "FolderName").is_empty());
}

#[test]
fn what_an_object_needs_and_names_must_be_there() {
    let mock = qacomplete();
    for (operation, arguments, told) in [
        ("Bugs_Add", "<Bug><StatusCode>New</StatusCode></Bug>", "Title is required"),
        ("Bugs_Add", "<Bug><Title>x</Title><FolderId>9</FolderId></Bug>", "FolderId: there is no 9"),
        ("Bugs_Update", "<Bug><Title>x</Title></Bug>", "BugId is required"),
        ("Folders_Add", "<Folder><FolderName>x</FolderName><EntityCode>Bugs</EntityCode></Folder>", "IsActive is required"),
        ("TestSteps_Add", "<TestStep><TestId>99</TestId></TestStep>", "TestId: there is no 99"),
        ("TestRuns_Add", "<TestRun><ReleaseId>30</ReleaseId></TestRun>", "TestId or TestSetId is required"),
        ("Notes_Add", "<Notes><FKId>5</FKId><EntityCode>Birds</EntityCode><Description>x</Description></Notes>", "`Birds` is not known"),
        ("Notes_Add", "<Notes><FKId>99</FKId><EntityCode>Bugs</EntityCode><Description>x</Description></Notes>", "number 99"),
        ("Notes_Get", "<EntityCode>Releases</EntityCode><NoteId>1</NoteId>", "none of Releases"),
        ("TraceabilityLinks_Delete", "<TraceabilityLinkId><LinkId>99</LinkId></TraceabilityLinkId>", "no such link"),
        ("LookUps_Update", "<Entity>Bugs</Entity><LookUp><LookUpType>Bugs-Custom9</LookUpType></LookUp>", "no choice list"),
        (
            "CustomFields_Add",
            "<CustomField><EntityCode>Bugs</EntityCode><CustomFieldNbr>1</CustomFieldNbr><FieldName>x</FieldName></CustomField>",
            "CustomFieldNbr 1 is in use",
        ),
    ] {
        let message = refused(&call(&mock, operation, arguments));
        assert!(message.contains(told), "{operation}: {message}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn a_run_of_a_test_set_has_an_item_per_test_and_a_result_per_step() {
    let mock = qacomplete();
    let run = only(
        &call(&mock, "TestRuns_Add", "<TestRun><TestSetId>1</TestSetId><TestConfigId>8</TestConfigId></TestRun>"),
        "TestRuns_AddResult",
    );
    let loaded = call(&mock, "TestRuns_Load", &format!("<TestRunId>{run}</TestRunId>"));
    assert_eq!((only(&loaded, "NbrTests"), only(&loaded, "TestSetName")), ("2".to_owned(), "Smoke".to_owned()));
    assert_eq!(only(&loaded, "ConfigurationName"), "Firefox on Linux");
    let of_run = |operation: &str, owner: &str, number: &str, key: &str| {
        let list = call(&mock, operation, "");
        let pairs = all(&list, owner).into_iter().zip(all(&list, key));
        pairs.filter(|(owner, _)| owner == number).map(|(_, key)| key).collect::<Vec<_>>()
    };
    let items = of_run("TestRunItems_LoadByCriteria", "TestRunId", &run, "TestRunItemId");
    assert_eq!(items.len(), 2);
    let results = of_run("TestRunResults_LoadByCriteria", "TestRunItemId", &items[0], "TestRunResultId");
    assert_eq!(results.len(), 2, "test 2 has two steps");
    let update = format!("<TestRunResult><TestRunResultId>{}</TestRunResultId><StatusCode>Passed</StatusCode></TestRunResult>", results[0]);
    ok(&call(&mock, "TestRunResults_Update", &update));
    let result = call(&mock, "TestRunResults_Load", &format!("<TestRunResultId>{}</TestRunResultId>", results[0]));
    assert_eq!((only(&result, "StatusCode"), only(&result, "TestStepId")), ("Passed".to_owned(), "10".to_owned()));
}

#[test]
fn notes_files_fields_and_plans_are_kept() {
    let mock = qacomplete();
    let id = only(&call(&mock, "Bugs_Add", "<Bug><Title>x</Title></Bug><NewNotes>Seen twice</NewNotes>"), "Bugs_AddResult");
    let notes = call(&mock, "Notes_GetList", &format!("<EntityCode>Bugs</EntityCode><FKId>{id}</FKId>"));
    assert_eq!(all(&notes, "Description"), ["Seen twice"]);
    let file = format!(
        "<Attachment><FKId>{id}</FKId><EntityCode>Bugs</EntityCode><FileName>a.bin</FileName></Attachment><File>AAEC\n/w==</File>\
         <SaveOriginal>1</SaveOriginal>"
    );
    let attachment = only(&call(&mock, "Attachments_Add", &file), "Attachments_AddResult");
    let loaded = call(&mock, "Attachments_GetAttachment", &format!("<AttachmentId>{attachment}</AttachmentId>"));
    assert_eq!(only(&loaded, "Attachments_GetAttachmentResult"), "AAEC/w==");
    let field = "<CustomField><EntityCode>Bugs</EntityCode><FieldName>Size</FieldName></CustomField><LookUpValues>S\nM\n\nL</LookUpValues>";
    assert_eq!(only(&call(&mock, "CustomFields_AddLookUp", field), "CustomFields_AddLookUpResult"), "2", "the next free one");
    let lists = call(&mock, "LookUps_Load", "<Entity>Defects</Entity>");
    assert_eq!(all(&lists, "LookUpType"), ["Bugs-StatusCode", "Bugs-Custom1", "Bugs-Custom2"]);
    assert_eq!(all(&lists, "string")[6..], ["S", "M", "L"]);
    let plan = "<ProjectPlan><Name>Next</Name><Tasks><PPTask><TaskName>a</TaskName></PPTask><PPTask><TaskName>b</TaskName></PPTask></Tasks></ProjectPlan>";
    let plan = only(&call(&mock, "ProjectPlans_ImportMSProject", plan), "ProjectPlans_ImportMSProjectResult");
    let exported = call(&mock, "ProjectPlans_ExportMSProject", &format!("<ProjPlanId>{plan}</ProjPlanId>"));
    assert_eq!(all(&exported, "TaskName"), ["a", "b"]);
    mock.assert_no_verdicts();
}

#[test]
fn a_bare_mock_has_nothing_in_its_projects() {
    let mock = crate::client::start(records::bare());
    let lists: Vec<String> = mock.operations().iter().map(|o| o.id().to_owned()).filter(|id| id.ends_with("_LoadByCriteria")).collect();
    for operation in lists {
        assert!(text(&call(&mock, &operation, "")).contains(&format!("<{operation}Result/>")), "{operation}");
    }
    assert_eq!(all(&call(&mock, "Bugs_GetStatuses", ""), "string"), ["New", "Open", "Resolved", "Closed"]);
    mock.seed(records::LOOK_UPS, "", json!({ "LookUpType": "Bugs-Custom1", "Values": ["a", "b"] }))
        .expect("a list without its item's name");
    assert_eq!(all(&call(&mock, "LookUps_Load", "<Entity>Bugs</Entity>"), "string")[4..], ["a", "b"]);
    assert_eq!(mock.seed(records::BUGS, "11873", json!({ "Title": "x" })), Ok("1".to_owned()));
    assert!(mock.seed(records::BUGS, "7", json!({})).expect_err("no such project").to_string().contains("`7`"));
    mock.reset();
    assert_eq!(mock.seed(records::BUGS, "", json!({ "Title": "x" })), Ok("1".to_owned()), "bare again");
    assert_eq!(only(&bug(&mock, "1"), "UserName"), "Doe, John", "a seeded record has what the server gives a fresh one");
}

#[test]
fn a_note_is_updated_by_its_number() {
    let mock = qacomplete();
    let note = "<FKId>5</FKId><EntityCode>Bugs</EntityCode><Description>So.</Description>";
    let updated = call(&mock, "Notes_Update", &format!("<Note>{note}<NoteId>1</NoteId></Note>"));
    assert_eq!((only(&updated, "Description"), only(&updated, "UserName")), ("So.".to_owned(), "Doe, John".to_owned()));
    assert!(refused(&call(&mock, "Notes_Update", &format!("<Note>{note}</Note>"))).contains("NoteId is required"));
}

#[test]
fn automated_tests_are_found_by_host_and_schedules_by_time() {
    let mock = qacomplete();
    let by_host = |host: &str| {
        let reply = call(&mock, "AutomationTestItems_LoadByHostName", &format!("<HostName>{host}</HostName>"));
        all(&reply, "AutomationTestItemId")
    };
    assert_eq!((by_host("runner-1"), by_host("runner-2")), (vec!["15".to_owned()], vec![]));
    let item = "<AutomationTestItem><AutomationHostName>runner-2</AutomationHostName><TestName>x</TestName></AutomationTestItem>";
    let id = only(&call(&mock, "AutomationTestItems_Add", item), "AutomationTestItems_AddResult");
    assert_eq!(by_host("runner-2"), [id]);
    for (host, from, found) in [
        ("runner-1", "2014-07-26T02:00:00", "true"),
        ("runner-1", "2014-07-26T02:00:01", "false"),
        ("runner-2", "2014-07-26T00:00:00", "false"),
    ] {
        let span = format!(
            "<AutomationType>TestComplete</AutomationType><AutomationHostName>{host}</AutomationHostName><StartDate>{from}</StartDate>\
             <EndDate>2014-07-27T00:00:00</EndDate>"
        );
        let reply = call(&mock, "AutomationSchedules_IsTestsByTimeSpanExist", &span);
        assert_eq!(only(&reply, "AutomationSchedules_IsTestsByTimeSpanExistResult"), found, "{host} {from}");
    }
}
