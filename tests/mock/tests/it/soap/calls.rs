//! Every operation once.

use super::{BOTH, CREDENTIALS, Post, qacomplete, text};
use std::collections::BTreeSet;
use tms_mock::Mock;

const LINK: &str = "<EntityCode>Bugs</EntityCode><FKId>5</FKId><LinkedEntityCode>Releases</LinkedEntityCode><LinkedFKId>30</LinkedFKId>";
const RUN: &str = "<FullTestName>Smoke</FullTestName><AutomationHostName>runner-1</AutomationHostName>\
     <AutomationType>TestComplete</AutomationType><StartTime>2014-07-25T10:20:30</StartTime><EndTime>2014-07-25T10:21:00</EndTime>";
const SPAN: &str = "<AutomationType>TestComplete</AutomationType><AutomationHostName>runner-1</AutomationHostName>\
     <StartDate>2014-07-26T00:00:00</StartDate><EndDate>2014-07-27T00:00:00</EndDate>";

/// Operations with their arguments; those before the first `_Delete` leave what others need. `LoadByCriteria` is below.
const CALLS: [(&str, &str); 111] = [
    ("GetVersion", "-"),
    ("GetLoginInfo", "-<Email>john.doe@example.com</Email><Password>p@ssword</Password>"),
    ("GetLoginInfoByEntity", "-<Email>john.doe@example.com</Email><Password>p@ssword</Password><EntityCode>Bugs</EntityCode>"),
    ("ServerProperties_GetServerProperties", ""),
    ("SendEmail", "<From>a@example.com</From><To>b@example.com</To><Subject>Hello</Subject><EmailBody>World</EmailBody>"),
    ("PerfLogs_Add", "<PerfLog><Task>Import</Task></PerfLog>"),
    ("Audits_Add", "<Audit><FKId>5</FKId><EntityCode>Bugs</EntityCode><Title>Looked at</Title></Audit>"),
    ("Audits_LoadElevated", "<EntityCode>Bugs</EntityCode><Where>FKId = 5</Where><OrderBy>DateCreated DESC</OrderBy>"),
    ("User_Add", "<User><FirstName>Ann</FirstName><LastName>Lee</LastName><Email>ann@example.com</Email></User>"),
    ("User_GetIdByEmail", "<Email>john.doe@example.com</Email>"),
    ("User_GetEmailById", "<UserId>25315</UserId>"),
    ("User_GetByProject", ""),
    ("Bugs_Add", "<Bug><Title>New</Title></Bug><SendEmailAlert>N</SendEmailAlert><NewNotes>Seen</NewNotes>"),
    ("Bugs_Load", "<BugId>5</BugId>"),
    ("Bugs_Update", "<Bug><BugId>5</BugId><Title>Changed</Title></Bug><SendEmailAlert>Y</SendEmailAlert>"),
    ("Bugs_GetStatuses", ""),
    ("Releases_Add", "<Release><ParentId>30</ParentId><ReleaseType>Build</ReleaseType><Title>Build 3</Title></Release>"),
    ("Releases_Load", "<ReleaseId>30</ReleaseId>"),
    ("Releases_Update", "<Release><Id>30</Id><Title>2.0.1</Title></Release>"),
    ("FunctionalSpecs_Add", "<FunctionalSpecs><Title>Basket</Title></FunctionalSpecs>"),
    ("FunctionalSpecs_Load", "<FunctionalSpecId>4</FunctionalSpecId>"),
    ("FunctionalSpecs_Update", "<FunctionalSpec><FunctSpecId>4</FunctSpecId><Title>Basket</Title></FunctionalSpec>"),
    (
        "Attachments_Add",
        "<Attachment><FKId>5</FKId><EntityCode>Bugs</EntityCode><FileName>a.txt</FileName></Attachment><File>aGVsbG8=</File>\
         <SaveOriginal>true</SaveOriginal>",
    ),
    ("Attachments_GetAttachment", "<AttachmentId>12</AttachmentId>"),
    ("Attachments_GetAttachmentsList", "<EntityCode>Bugs</EntityCode><FKId>5</FKId>"),
    ("Notes_Add", "<Notes><FKId>5</FKId><EntityCode>Bugs</EntityCode><Description>Why?</Description></Notes>"),
    ("Notes_Get", "<EntityCode>Bugs</EntityCode><NoteId>1</NoteId>"),
    ("Notes_GetList", "<EntityCode>Bugs</EntityCode><FKId>5</FKId>"),
    ("Notes_Update", "<Note><FKId>5</FKId><EntityCode>Bugs</EntityCode><Description>So.</Description><NoteId>1</NoteId></Note>"),
    ("TraceabilityLinks_Add", "<TraceabilityLink>L</TraceabilityLink>"),
    ("TraceabilityLinks_Load", "<EntityCode>Bugs</EntityCode><FKId>33</FKId>"),
    (
        "Folders_Add",
        "<Folder><FolderName>Old</FolderName><EntityCode>Bugs</EntityCode><IsActive>Y</IsActive><IsVersion>N</IsVersion></Folder>",
    ),
    ("Folders_Load", "<FolderId>2</FolderId>"),
    (
        "Folders_Update",
        "<Folder><FolderId>2</FolderId><FolderName>New</FolderName><EntityCode>Bugs</EntityCode><IsActive>Y</IsActive>\
         <IsVersion>N</IsVersion></Folder>",
    ),
    ("CustomFields_Add", "<CustomField><EntityCode>Bugs</EntityCode><FieldName>Colour</FieldName></CustomField>"),
    (
        "CustomFields_AddLookUp",
        "<CustomField><EntityCode>Bugs</EntityCode><FieldName>Size</FieldName></CustomField><LookUpValues>S\nM\nL</LookUpValues>",
    ),
    ("CustomFields_Load", "<Entity>Bugs</Entity>"),
    ("LookUps_Load", "<Entity>Bugs</Entity>"),
    ("LookUps_Update", "<Entity>Bugs</Entity><LookUp><LookUpType>Bugs-Custom1</LookUpType><Values><string>Lynx</string></Values></LookUp>"),
    ("ProjectTasks_Add", "<ProjectTask><Title>Call</Title></ProjectTask>"),
    ("ProjectTasks_Load", "<TaskId>14</TaskId>"),
    ("ProjectTasks_Update", "<ProjectTasks><TaskId>14</TaskId><Title>Call again</Title></ProjectTasks><SendEMailAlert>N</SendEMailAlert>"),
    ("ProjectPlanTasks_Add", "<ProjectPlanTask><TaskName>Test</TaskName><ProjPlanId>7</ProjPlanId></ProjectPlanTask>"),
    ("ProjectPlanTasks_Load", "<TaskId>25</TaskId>"),
    (
        "ProjectPlanTasks_Update",
        "<ProjectPlanTasks><TaskId>25</TaskId><TaskName>Sketch</TaskName><ProjPlanId>7</ProjPlanId></ProjectPlanTasks>",
    ),
    ("ProjectPlans_GetListOfProjectPlans", "<IncludeInactive>true</IncludeInactive>"),
    (
        "ProjectPlans_ImportMSProject",
        "<ProjectPlan><Name>Next year</Name><Tasks><PPTask><TaskName>Dream</TaskName></PPTask></Tasks></ProjectPlan>",
    ),
    ("ProjectPlans_ExportMSProject", "<ProjPlanId>7</ProjPlanId>"),
    ("Contacts_Add", "<Contact><ContactPerson>Max Roe</ContactPerson></Contact>"),
    ("Contacts_Load", "<ContactId>6</ContactId>"),
    ("Contacts_Update", "<Contact><ContactId>6</ContactId><ContactPerson>Jane Poe</ContactPerson></Contact>"),
    ("Tests_Add", "<Test><Title>Pay</Title></Test>"),
    ("Tests_Load", "<TestId>2</TestId>"),
    ("Tests_Update", "<Tests><TestId>2</TestId><Title>Log in twice</Title></Tests>"),
    ("TestSteps_Add", "<TestStep><TestId>2</TestId><Seq>3</Seq></TestStep>"),
    ("TestSteps_Load", "<TestStepId>10</TestStepId>"),
    ("TestSteps_Update", "<TestStep><TestId>2</TestId><TestStepId>10</TestStepId><Seq>1</Seq></TestStep>"),
    ("TestSets_Add", "<TestSet><Title>Nightly</Title></TestSet>"),
    ("TestSets_Load", "<TestSetId>1</TestSetId>"),
    ("TestSets_Update", "<TestSet><TestSetId>1</TestSetId><Title>Smoke</Title></TestSet>"),
    ("TestSetItems_Add", "<TestSetItem><TestSetId>1</TestSetId><TestId>3</TestId></TestSetItem>"),
    ("TestSetItems_Load", "<TestSetItemId>1</TestSetItemId>"),
    ("TestSetItems_Update", "<TestSetItem><TestSetItemId>1</TestSetItemId><TestSetId>1</TestSetId><TestId>3</TestId></TestSetItem>"),
    ("TestRuns_Add", "<TestRun><TestSetId>1</TestSetId><TestConfigId>8</TestConfigId></TestRun>"),
    ("TestRuns_Load", "<TestRunId>20</TestRunId>"),
    ("TestRuns_Update", "<TestRun><TestRunId>20</TestRunId><StatusCode>Passed</StatusCode></TestRun>"),
    ("TestRunItems_Load", "<TestRunItemId>40</TestRunItemId>"),
    ("TestRunItems_Update", "<TestRunItem><TestRunItemId>40</TestRunItemId><StatusCode>Passed</StatusCode></TestRunItem>"),
    ("TestRunResults_Load", "<TestRunResultId>50</TestRunResultId>"),
    ("TestRunResults_Update", "<TestRunResult><TestRunResultId>50</TestRunResultId><StatusCode>Failed</StatusCode></TestRunResult>"),
    ("TestConfigurations_Add", "<TestConfiguration><ConfigurationName>Safari</ConfigurationName></TestConfiguration>"),
    ("TestConfigurations_Load", "<TestConfigurationId>8</TestConfigurationId>"),
    (
        "TestConfigurations_Update",
        "<TestConfiguration><ConfigId>8</ConfigId><ConfigurationName>Opera</ConfigurationName></TestConfiguration>",
    ),
    ("TestCases_Add", "<TestCase><Title>Old</Title></TestCase><CreateDefectUponFailedTestCase>N</CreateDefectUponFailedTestCase>"),
    ("TestCases_Load", "<TestCaseId>9</TestCaseId>"),
    ("TestCases_Update", "<TestCase><TestCaseId>9</TestCaseId><Title>Older</Title></TestCase>"),
    ("TestCases_LoadByUNC", "<AutomationScriptUNC>\\\\server\\scripts\\login.js</AutomationScriptUNC>"),
    ("AutomationHosts_Add", "<AutomationHost><HostName>runner-2</HostName></AutomationHost>"),
    ("AutomationHosts_Load", "<AutomationHostId>3</AutomationHostId>"),
    ("AutomationHosts_Update", "<AutomationHost><AutomationHostId>3</AutomationHostId><HostName>runner-1</HostName></AutomationHost>"),
    ("AutomationTestItems_Add", "<AutomationTestItem><AutomationHostId>3</AutomationHostId><TestName>Full</TestName></AutomationTestItem>"),
    ("AutomationTestItems_Load", "<AutomationTestItemId>15</AutomationTestItemId>"),
    (
        "AutomationTestItems_Update",
        "<AutomationTestItem><AutomationTestItemId>15</AutomationTestItemId><AutomationHostId>3</AutomationHostId>\
         <TestName>Smoke</TestName></AutomationTestItem>",
    ),
    ("AutomationTestItems_LoadByHostName", "<HostName>runner-1</HostName>"),
    ("AutomationRuns_Add", "<AutomationRun>RUN</AutomationRun>"),
    ("AutomationRuns_Load", "<AutomationHostId>16</AutomationHostId>"),
    ("AutomationRuns_Update", "<AutomationRun><AutomationRunId>16</AutomationRunId>RUN</AutomationRun>"),
    ("AutomationSchedules_Add", "<AutomationSchedule><AutomationTestItemId>15</AutomationTestItemId></AutomationSchedule>"),
    ("AutomationSchedules_Load", "<AutomationScheduleId>17</AutomationScheduleId>"),
    (
        "AutomationSchedules_Update",
        "<AutomationSchedule><AutomationScheduleId>17</AutomationScheduleId><AutomationTestItemId>15</AutomationTestItemId>\
         </AutomationSchedule>",
    ),
    ("AutomationSchedules_LoadTestsByTimeSpan", "S"),
    ("AutomationSchedules_IsTestsByTimeSpanExist", "S"),
    ("Attachments_Delete", "<AttachmentId>12</AttachmentId>"),
    ("Notes_Delete", "<EntityCode>Bugs</EntityCode><NoteId>1</NoteId>"),
    ("TraceabilityLinks_Delete", "<TraceabilityLinkId><LinkId>11</LinkId></TraceabilityLinkId>"),
    ("Bugs_Delete", "<BugId>5</BugId>"),
    ("Releases_Delete", "<ReleaseId>30</ReleaseId>"),
    ("FunctionalSpecs_Delete", "<FunctionalSpecId>4</FunctionalSpecId>"),
    ("Folders_Delete", "<FolderId>2</FolderId>"),
    ("ProjectTasks_Delete", "<TaskId>14</TaskId>"),
    ("ProjectPlanTasks_Delete", "<TaskId>25</TaskId>"),
    ("Contacts_Delete", "<ContactId>6</ContactId>"),
    ("TestSteps_Delete", "<TestStepId>10</TestStepId>"),
    ("TestSetItems_Delete", "<TestSetId>1</TestSetId>"),
    ("TestSets_Delete", "<TestSetId>1</TestSetId>"),
    ("Tests_Delete", "<TestId>2</TestId>"),
    ("TestConfigurations_Delete", "<TestConfigurationId>8</TestConfigurationId>"),
    ("TestCases_Delete", "<TestCaseId>9</TestCaseId>"),
    ("AutomationSchedules_Delete", "<AutomationScheduleId>17</AutomationScheduleId>"),
    ("AutomationRuns_Delete", "<AutomationRunId>16</AutomationRunId>"),
    ("AutomationTestItems_Delete", "<AutomationTestItemId>15</AutomationTestItemId>"),
    // AutomationHosts_Delete is below, so that a host is left for the rest.
];

fn calls(mock: &Mock) -> Vec<(String, String)> {
    let listed = CALLS.iter().map(|(operation, inner)| {
        let inner = inner.replace(">L<", &format!(">{LINK}<")).replace("RUN<", &format!("{RUN}<"));
        let inner = match (inner.strip_prefix('-'), inner.as_str()) {
            (Some(open), _) => open.to_owned(),
            (None, "S") => format!("{CREDENTIALS}{SPAN}"),
            (None, inner) => format!("{CREDENTIALS}{inner}"),
        };
        ((*operation).to_owned(), inner)
    });
    let criteria = "<Condition><![CDATA[<any/>]]></Condition><PageSize>10</PageSize><PageNumber>1</PageNumber>";
    let lists = mock.operations().iter().map(|o| o.id().to_owned()).filter(|id| id.ends_with("_LoadByCriteria"));
    let lists = lists.map(|id| (id, format!("{CREDENTIALS}{criteria}")));
    let last = ("AutomationHosts_Delete".to_owned(), format!("{CREDENTIALS}<AutomationHostId>3</AutomationHostId>"));
    lists.chain(listed).chain([last]).collect()
}

#[test]
fn every_operation_succeeds_in_both_versions() {
    let mock = qacomplete();
    let mut called = BTreeSet::new();
    for (operation, inner) in calls(&mock) {
        for version in BOTH {
            mock.reset();
            let reply = Post::new(version, &operation, &inner).send(&mock);
            assert_eq!(reply.status, 200, "{operation}: {}", text(&reply));
            assert_eq!(mock.hits()[&operation], 1, "{operation}");
            assert_eq!(mock.requests()[0].operation.as_deref(), Some(operation.as_str()));
            mock.assert_no_verdicts();
        }
        assert!(called.insert(operation.clone()), "{operation} is listed twice");
    }
    let declared: BTreeSet<String> = mock.operations().iter().map(|o| o.id().to_owned()).collect();
    assert_eq!(called, declared);
}

#[test]
fn every_operation_succeeds_one_after_the_other() {
    let mock = qacomplete();
    for (operation, inner) in calls(&mock) {
        let reply = Post::new(BOTH[0], &operation, &inner).send(&mock);
        assert_eq!(reply.status, 200, "{operation}: {}", text(&reply));
    }
    let never: Vec<String> = mock.hits().into_iter().filter(|(_, hits)| *hits == 0).map(|(operation, _)| operation).collect();
    assert!(never.is_empty(), "{never:?}");
    mock.assert_no_verdicts();
}
