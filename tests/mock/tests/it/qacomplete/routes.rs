//! From paths to operations, where several fit and letter case is free.

use super::{ask, call, get, mock};
use crate::client::{send, start};
use serde_json::json;
use tms_mock::{Leniency, Mock};

#[test]
fn paths_lead_to_one_operation() {
    let mock = mock();
    for (method, target, operation) in [
        ("GET", "/v2/projects/11873/tests/folders", "listFolders"),
        ("GET", "/v2/projects/11873/testsets/folders", "listFolders"),
        ("GET", "/v2/projects/11873/testruns/folders", "listFolders"),
        ("GET", "/v2/projects/11873/Tests/folders/5", "getFolder"),
        ("GET", "/v2/projects/11873/tests/1", "getTest"),
        ("POST", "/v2/projects/11873/tests/search", "searchTests"),
        ("GET", "/v2/projects/11873/testsets/182", "getTestSet"),
        ("GET", "/v2/projects/11873/testruns/5", "getTestRun"),
        ("GET", "/v2/projects/11873/tests/1/automations", "listAutomations"),
        ("GET", "/v1/projects/11873/Tests/1/notes", "listNotes"),
        ("GET", "/v1/projects/11873/testsets/182/items", "listTestSetItems"),
        ("GET", "/v1/projects/11873/TestSets/182/Items/1", "getTestSetItem"),
        ("GET", "/V1/Projects/11873/Defects/12", "getDefect"),
        ("GET", "/v1/projects/11873/bugs/12/files", "listAttachments"),
    ] {
        ask(&mock, method, target, Some(json!({ "Filter": "" })).filter(|_| method == "POST"));
        let request = mock.requests().pop().expect("a request");
        assert_eq!(request.operation.as_deref(), Some(operation), "{method} {target}");
    }
}

#[test]
fn the_prefix_is_in_any_letter_case() {
    let mock = mock();
    let target = call(&mock, "GET", "/v1/projects").head();
    let request = target.replace("/rest-api/service/api", "/Rest-API/Service/Api");
    let reply = crate::client::Connection::open(&mock).exchange(&request, b"").expect("an answer");
    assert_eq!(reply.status, 200);
    let other = send(&mock, "GET", "/../v1/projects").without("Token").now();
    assert_eq!(other.status, 404);
}

#[test]
fn codes_and_agents_are_in_any_letter_case() {
    let mock = mock();
    assert_eq!(get(&mock, "/v1/projects/11873/BUGS/12/notes/1")["entity_code"], "Bugs");
    let path = "/v2/projects/11953/tests/2693/automations";
    for agent in ["testcomplete", "TESTCOMPLETE", "TestComplete%2FTestExecute", "testcomplete%2ftestexecute"] {
        assert_eq!(get(&mock, &format!("{path}/{agent}"))["agent"], "TestComplete/TestExecute", "{agent}");
    }
    for (agent, long) in
        [("readyapi", "ReadyAPI / SoapUI OS"), ("ReadyAPI+%2F+SoapUI+OS", "ReadyAPI / SoapUI OS"), ("TestNG", "TestNG (Selenium)")]
    {
        ask(&mock, "DELETE", &format!("{path}/{agent}"), None);
        assert_eq!(ask(&mock, "POST", &format!("{path}/{agent}"), Some(json!({}))).ok()["agent"], long);
    }
    super::failed(&ask(&mock, "GET", &format!("{path}/robot"), None), 400);
}

#[test]
fn v1_answers_for_tests_where_public_code_uses_it() {
    let strict = mock();
    assert_eq!(ask(&strict, "GET", "/v1/projects/11873/tests/1", None).status, 404);
    let lenient = start(Mock::qacomplete().leniency(Leniency::Homonyms));
    for target in ["/v1/projects/11873/tests", "/v1/projects/11873/tests/1", "/v1/projects/11873/testsets"] {
        assert_eq!(ask(&lenient, "GET", target, None).status, 200, "{target}");
    }
}
