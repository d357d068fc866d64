//! The requests the documentation prints, byte for byte: their lengths are printed, too.

use super::{BOTH, Post, Version, ok, qacomplete, text};

/// Operation, what stands in its element, and the printed `Content-Length` in SOAP 1.1. Where a value is not printed, another of
/// its length stands for it.
const PRINTED: [(&str, &str, usize); 16] = [
    ("GetLoginInfo", "<AppCode>agSP</AppCode><Email>john.doe@example.com</Email><Password>p@ssword</Password>", 398),
    ("Bugs_Load", "A<BugId>5</BugId>", 478),
    ("Bugs_Delete", "A<BugId>5</BugId>", 482),
    ("Releases_Delete", "A<ReleaseId>30</ReleaseId>", 499),
    ("Attachments_GetAttachment", "A<AttachmentId>12</AttachmentId>", 525),
    ("Notes_Add", "B<Notes><FKId>3</FKId><EntityCode>Bugs</EntityCode><Description>A note.</Description></Notes>", 555),
    (
        "TraceabilityLinks_Add",
        "A<TraceabilityLink><EntityCode>Bugs</EntityCode><FKId>33</FKId><LinkedEntityCode>Releases</LinkedEntityCode>\
         <LinkedFKId>23</LinkedFKId><LinkType>Found in build</LinkType></TraceabilityLink>",
        674,
    ),
    ("TraceabilityLinks_Load", "A<EntityCode>Releases</EntityCode><FKId>23</FKId>", 536),
    (
        "TraceabilityLinks_Delete",
        "A<TraceabilityLinkId><EntityCode>Bugs</EntityCode><FKId>33</FKId><LinkedEntityCode>Releases</LinkedEntityCode>\
         <LinkedFKId>23</LinkedFKId><LinkType>Found in build</LinkType></TraceabilityLinkId>",
        684,
    ),
    ("Folders_Delete", "A<FolderId>3</FolderId>", 494),
    ("ProjectTasks_Delete", "A<TaskId>14</TaskId>", 501),
    ("ProjectPlanTasks_Delete", "A<TaskId>25</TaskId>", 509),
    ("Tests_Delete", "A<TestId>2</TestId>", 486),
    ("TestSteps_Delete", "A<TestStepId>10</TestStepId>", 503),
    ("TestSets_Delete", "A<TestSetId>1</TestSetId>", 498),
    ("TestSetItems_Delete", "A<TestSetId>1</TestSetId>", 506),
];

/// Credentials of the samples of notes.
const OTHER: &str = "<AuthenticationData><AppCode>agSP</AppCode><DeptId>8162</DeptId><ProjId>11873</ProjId><UserId>24661</UserId>\
     <PassCode>p@ssword</PassCode></AuthenticationData>";

#[test]
fn printed_requests_succeed() {
    let mock = qacomplete();
    for (operation, inner, length) in PRINTED {
        let inner = match inner.split_at(1) {
            ("A", rest) => format!("{}{rest}", super::CREDENTIALS),
            ("B", rest) => format!("{OTHER}{rest}"),
            _ => inner.to_owned(),
        };
        for version in BOTH {
            mock.reset();
            let post = Post::new(version, operation, &inner);
            let printed = length + if version == Version::V12 { 8 } else { 0 };
            assert_eq!(post.body.len(), printed, "{operation}");
            let reply = post.send(&mock);
            assert_eq!(reply.status, 200, "{operation}: {}", text(&reply));
            assert_eq!(reply.header("content-type"), Some(version.content_type()));
            assert_eq!(mock.hits()[operation], 1);
            mock.assert_no_verdicts();
        }
    }
}

#[test]
fn the_one_printed_answer_has_its_printed_length() {
    let mock = qacomplete();
    let (operation, inner, _) = PRINTED[6];
    let inner = format!("{}{}", super::CREDENTIALS, &inner[1..]);
    let reply = Post::new(Version::V11, operation, &inner).send(&mock);
    let id = "<TraceabilityLinks_AddResult>12</TraceabilityLinks_AddResult>";
    let expected = format!("<TraceabilityLinks_AddResponse xmlns=\"http://www.pragmaticsw.com/\">{id}</TraceabilityLinks_AddResponse>");
    assert_eq!(ok(&reply), Version::V11.envelope(&expected));
    assert_eq!(reply.body.len(), 406);
}

#[test]
fn soap_1_2_needs_no_action() {
    let mock = qacomplete();
    let mut post = Post::new(Version::V12, "GetVersion", "");
    post.content_type = Some(Version::V12.content_type().to_owned());
    ok(&post.send(&mock));
    mock.assert_no_verdicts();
}
