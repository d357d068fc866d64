//! Requests the document does not allow: the fault, and what the verdict says.

use super::{BOTH, CREDENTIALS, NAMESPACE, Post, Version, fault, qacomplete, text};
use tms_mock::Reason::{self, *};
use tms_mock::qacomplete_soap::DATA_EXCEPTION;

/// Which fault answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// With a description, by the class that checks credentials.
    Credentials,
    /// With a description.
    Data,
    /// The framework's: all in the reason.
    Framework,
}

use Kind::{Credentials, Data, Framework};

/// Operation, what stands in its element (`A` at the start: credentials first), rule, place, and a part of the message.
const REFUSED: [(&str, &str, Reason, &str, &str, Kind); 31] = [
    ("Bugs_Load", "A<BugId>5</BugId><Colour>red</Colour>", UnknownElement, "/Bugs_Load/Colour", "no such element", Framework),
    ("Bugs_Load", "A<bugId>5</bugId>", UnknownElement, "/Bugs_Load/bugId", "spells it `BugId`", Framework),
    ("Bugs_Load", "A<BugId xmlns=\"urn:x\">5</BugId>", UnknownElement, "/Bugs_Load/BugId", "namespace `urn:x`", Framework),
    ("Bugs_Load", "A<BugId lang=\"en\">5</BugId>", UnknownElement, "/Bugs_Load/BugId", "attribute `lang`", Framework),
    ("Bugs_Load", "A<BugId><x/>5</BugId>", UnknownElement, "/Bugs_Load/BugId", "`x` where there is only text", Framework),
    ("Bugs_Load", "<BugId>5</BugId>A", WrongOrder, "/Bugs_Load/AuthenticationData", "belongs before `BugId`", Framework),
    ("Bugs_Add", "A<Bug><Title>x</Title><BugId>1</BugId></Bug>", WrongOrder, "/Bugs_Add/Bug/BugId", "belongs before `Title`", Framework),
    ("Bugs_Load", "A<BugId>5</BugId><BugId>6</BugId>", DuplicateElement, "/Bugs_Load/BugId", "may not come again", Framework),
    ("Bugs_Add", "A<Bug><Title>x</Title><Title>y</Title></Bug>", DuplicateElement, "/Bugs_Add/Bug/Title", "again", Framework),
    ("Bugs_Load", "A<BugId>five</BugId>", BadValue, "/Bugs_Load/BugId", "`five` is no int", Framework),
    ("Bugs_Load", "A<BugId>2147483648</BugId>", BadValue, "/Bugs_Load/BugId", "is no int", Framework),
    ("Bugs_Load", "A<BugId>5</BugId>text", BadValue, "/Bugs_Load", "text between elements", Framework),
    ("Bugs_Add", "A<Bug><Title>x</Title><DateOpened>25.07.2014</DateOpened></Bug>", BadValue, "Bug/DateOpened", "no dateTime", Framework),
    ("Bugs_Add", "A<Bug><Title>x</Title><EstHrs>1,5</EstHrs></Bug>", BadValue, "/Bugs_Add/Bug/EstHrs", "no decimal", Framework),
    (
        "Attachments_Add",
        "A<Attachment><FKId>5</FKId></Attachment><File>$$</File><SaveOriginal>true</SaveOriginal>",
        BadValue,
        "/Attachments_Add/File",
        "no base64Binary",
        Framework,
    ),
    (
        "Attachments_Add",
        "A<Attachment><FKId>5</FKId></Attachment><File>aGk=</File><SaveOriginal>Y</SaveOriginal>",
        BadValue,
        "/Attachments_Add/SaveOriginal",
        "no boolean",
        Framework,
    ),
    ("Bugs_Add", "A<Bug><Title xsi:nil=\"true\"/></Bug>", BadValue, "/Bugs_Add/Bug/Title", "may not be nil", Framework),
    ("Bugs_Load", "A<BugId xsi:type=\"xsd:string\">5</BugId>", BadValue, "/Bugs_Load/BugId", "may not stand here", Framework),
    ("Bugs_Load", "A", MissingElement, "/Bugs_Load", "`BugId` is missing", Data),
    ("Bugs_Add", "A<NewNotes>x</NewNotes>", MissingElement, "/Bugs_Add", "`Bug` is missing", Data),
    ("Bugs_Load", "A<BugId></BugId>", EmptyElement, "/Bugs_Load/BugId", "does not support empty elements", Data),
    ("Bugs_Load", "A<BugId/>", EmptyElement, "/Bugs_Load/BugId", "does not support empty elements", Data),
    ("Bugs_Add", "A<Bug><Title/></Bug>", EmptyElement, "/Bugs_Add/Bug/Title", "empty", Data),
    ("Bugs_Add", "A<Bug/>", EmptyElement, "/Bugs_Add/Bug", "empty", Data),
    ("Bugs_Add", "A<Bug><Title>x</Title><Unheard/></Bug>", EmptyElement, "/Bugs_Add/Bug/Unheard", "empty", Data),
    ("Bugs_LoadByCriteria", "A<Condition></Condition>", EmptyElement, "/Bugs_LoadByCriteria/Condition", "empty", Data),
    ("TestSteps_Add", "A<TestStep><TestId>2</TestId><Rank>1</Rank></TestStep>", UnknownElement, "TestStep/Rank", "no such", Framework),
    ("Bugs_Load", "<BugId>5</BugId>", Unauthorized, "/Bugs_Load/AuthenticationData", "the credentials are missing", Credentials),
    ("User_GetByProject", "", Unauthorized, "/User_GetByProject/AuthenticationData", "missing", Credentials),
    ("GetVersion", "A", UnknownElement, "/GetVersion/AuthenticationData", "no such element", Framework),
    (
        "GetLoginInfo",
        "A<Email>john.doe@example.com</Email><Password>p@ssword</Password>",
        UnknownElement,
        "/GetLoginInfo/AuthenticationData",
        "no such element",
        Framework,
    ),
];

#[test]
fn what_breaks_the_schema_is_refused() {
    let mock = qacomplete();
    for (operation, inner, reason, place, message, kind) in REFUSED {
        let inner =
            inner.strip_prefix('A').map_or_else(|| inner.replace(">A", &format!(">{CREDENTIALS}")), |rest| format!("{CREDENTIALS}{rest}"));
        for version in BOTH {
            mock.reset();
            let reply = Post::new(version, operation, &inner).send(&mock);
            let fault = fault(&reply, version, 500);
            let verdicts = mock.verdicts();
            assert_eq!(verdicts.len(), 1, "{operation} {inner}");
            assert_eq!(verdicts[0].operation.as_deref(), Some(operation));
            assert_eq!(verdicts[0].problems.len(), 1, "one mistake is one problem: {}", verdicts[0]);
            let problem = &verdicts[0].problems[0];
            assert_eq!(problem.reason, reason, "{operation} {inner}: {}", verdicts[0]);
            assert!(problem.place.ends_with(place), "{operation} {inner}: {}", verdicts[0]);
            assert!(problem.message.contains(message), "{operation} {inner}: {}", verdicts[0]);
            let sender = if version == Version::V11 { "soap:Client" } else { "soap:Sender" };
            assert_eq!(fault.code, sender);
            let told = match kind {
                Framework => {
                    assert_eq!((&fault.actor, &fault.message), (&None, &None));
                    assert!(fault.reason.starts_with("Server was unable to read request."), "{fault:?}");
                    fault.reason.clone()
                }
                Data | Credentials => {
                    let class = if kind == Data { DATA_EXCEPTION } else { "psWS.AuthenticationException" };
                    assert_eq!((fault.reason.as_str(), fault.actor.as_deref()), ("Error", Some(class)));
                    fault.message.clone().expect("a description")
                }
            };
            assert!(told.contains(&problem.message), "{told}");
            assert_eq!(told.starts_with("Authentication data is not valid"), kind == Credentials, "{told}");
            assert_eq!(mock.hits()[operation], 0);
        }
    }
}

#[test]
fn several_mistakes_are_all_told() {
    let mock = qacomplete();
    let inner = format!("{CREDENTIALS}<Bug><Title/><PctComplete>half</PctComplete></Bug><Colour>red</Colour>");
    Post::new(Version::V11, "Bugs_Add", &inner).send(&mock);
    let reasons: Vec<Reason> = mock.verdicts()[0].problems.iter().map(|p| p.reason).collect();
    assert_eq!(reasons, [UnknownElement, EmptyElement, BadValue]);
}

#[test]
fn wrong_credentials_say_which_part_is_wrong() {
    let mock = qacomplete();
    for (from, to, place) in [
        ("agSP", "agSPEnt", "AppCode"),
        ("<DeptId>7154", "<DeptId>7155", "DeptId"),
        ("<ProjId>1032", "<ProjId>9", "ProjId"),
        ("<ProjId>1032</ProjId>", "", "ProjId"),
        ("<UserId>25315", "<UserId>1", "UserId"),
        ("p@ssword", "password", "PassCode"),
        ("<PassCode>p@ssword</PassCode>", "", "PassCode"),
    ] {
        for version in BOTH {
            mock.reset();
            let inner = format!("{}<BugId>5</BugId>", CREDENTIALS.replace(from, to));
            let fault = fault(&Post::new(version, "Bugs_Load", &inner).send(&mock), version, 500);
            assert_eq!(fault.actor.as_deref(), Some("psWS.AuthenticationException"), "{to}");
            assert!(fault.message.expect("a description").starts_with("Authentication data is not valid"), "{to}");
            let problem = &mock.verdicts()[0].problems[0];
            assert_eq!(
                (problem.reason, problem.place.as_str()),
                (Unauthorized, format!("body /Bugs_Load/AuthenticationData/{place}").as_str())
            );
        }
    }
}

/// Changes a right request of `Bugs_Load`.
type Change = fn(&mut Post);

#[test]
fn envelope_action_and_content_type_are_checked() {
    let changes: [(&str, Version, Change, Reason, &str, &str); 17] = [
        ("no action", Version::V11, |p| p.action = None, BadAction, "soap:Client", "did not recognize"),
        ("empty action", Version::V11, |p| p.action = Some("\"\"".into()), BadAction, "soap:Client", "no operation has the action ``"),
        ("bare action", Version::V11, |p| p.action = Some(format!("{NAMESPACE}Bugs_Load")), BadAction, "soap:Client", "double quotes"),
        ("unknown action", Version::V11, |p| p.action = Some("\"urn:x\"".into()), BadAction, "soap:Client", "`urn:x`"),
        (
            "another's action",
            Version::V11,
            |p| p.action = Some(format!("\"{NAMESPACE}Bugs_Delete\"")),
            BadAction,
            "soap:Client",
            "not the action of `Bugs_Load`",
        ),
        (
            "another's action",
            Version::V12,
            |p| p.content_type = p.content_type.as_ref().map(|c| c.replace("Load", "Delete")),
            BadAction,
            "soap:Sender",
            "not the action of `Bugs_Load`",
        ),
        (
            "charset",
            Version::V11,
            |p| p.content_type = Some("text/xml; charset=iso-8859-1".into()),
            BadContentType,
            "soap:Client",
            "speaks UTF-8",
        ),
        (
            "declared encoding",
            Version::V11,
            |p| p.body = p.body.replace("encoding=\"utf-8\"", "encoding=\"utf-16\""),
            BadBody,
            "soap:Client",
            "utf-16",
        ),
        (
            "the other version",
            Version::V11,
            |p| p.body = p.body.replace(Version::V11.namespace(), Version::V12.namespace()),
            BadEnvelope,
            "soap:VersionMismatch",
            "was unexpected",
        ),
        (
            "the other version",
            Version::V12,
            |p| p.body = p.body.replace(Version::V12.namespace(), Version::V11.namespace()),
            BadEnvelope,
            "soap:VersionMismatch",
            "was unexpected",
        ),
        ("no envelope", Version::V11, |p| p.body = "<Bugs_Load/>".into(), BadEnvelope, "soap:Client", "no Envelope"),
        ("empty body", Version::V11, |p| p.body = Version::V11.envelope(""), BadEnvelope, "soap:Client", "the Body is empty"),
        ("two in the body", Version::V12, |p| p.body = Version::V12.envelope("<a/><b/>"), BadEnvelope, "soap:Sender", "more than one"),
        ("unknown root", Version::V11, |p| p.body = p.body.replace("Bugs_Load", "Bugs_Lode"), UnknownOperation, "soap:Client", "Bugs_Lode"),
        (
            "unknown namespace",
            Version::V12,
            |p| p.body = p.body.replace(NAMESPACE, "urn:x"),
            UnknownOperation,
            "soap:Sender",
            "{urn:x}Bugs_Load",
        ),
        (
            "a header",
            Version::V11,
            |p| p.body = p.body.replace("<soap:Body>", "<soap:Header><a/></soap:Header><soap:Body>"),
            UnknownElement,
            "soap:Client",
            "no header `a`",
        ),
        (
            "a header that must be understood",
            Version::V11,
            |p| p.body = p.body.replace("<soap:Body>", "<soap:Header><a soap:mustUnderstand=\"1\"/></soap:Header><soap:Body>"),
            UnknownElement,
            "soap:MustUnderstand",
            "no header `a`",
        ),
    ];
    let mock = qacomplete();
    for (what, version, change, reason, code, message) in changes {
        mock.reset();
        let mut post = Post::new(version, "Bugs_Load", &format!("{CREDENTIALS}<BugId>5</BugId>"));
        change(&mut post);
        let fault = fault(&post.send(&mock), version, 500);
        assert_eq!(fault.code, code, "{what}");
        assert!(fault.reason.contains(message), "{what}: {fault:?}");
        let problem = &mock.verdicts()[0].problems[0];
        assert_eq!(problem.reason, reason, "{what}: {}", mock.verdicts()[0]);
    }
}

#[test]
fn what_is_no_soap_is_refused_in_plain_text() {
    let mock = qacomplete();
    for (content_type, told) in [
        (Some("application/xml"), "`application/xml` is neither"),
        (Some("text/plain"), "neither"),
        (Some("application/json"), "neither"),
        (None, "missing"),
    ] {
        mock.reset();
        let mut post = Post::new(Version::V11, "Bugs_Load", CREDENTIALS);
        post.content_type = content_type.map(str::to_owned);
        let reply = post.send(&mock);
        assert_eq!((reply.status, reply.header("content-type")), (415, Some("text/plain; charset=utf-8")));
        assert!(text(&reply).contains(told), "{}", text(&reply));
        assert_eq!(mock.verdicts()[0].problems[0].reason, BadContentType);
    }
}
