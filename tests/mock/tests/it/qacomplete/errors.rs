//! Refusals have the documented body, also those a test asks for.

use super::{ask, call, failed, get, mock, verdict};
use http::StatusCode;
use serde_json::json;
use tms_mock::{Fault, Reason};

#[test]
fn a_wrong_method_is_an_error_of_the_server() {
    let mock = mock();
    for (method, target) in [("DELETE", "/v1/projects"), ("POST", "/v1/projects/11873"), ("PATCH", "/v1/projects/11873/Bugs/12/notes/1")] {
        failed(&ask(&mock, method, target, None), 500);
        assert_eq!(verdict(&mock)[0].0, Reason::WrongMethod, "{method} {target}");
    }
    failed(&ask(&mock, "GET", "/v1/nothing", None), 404);
    failed(&ask(&mock, "GET", "/v3/projects", None), 404);
}

#[test]
fn what_is_there_already_is_an_error_of_the_server() {
    let mock = mock();
    let link = json!({ "LinkedEntityCode": "TestSets", "LinkedEntityId": 182 });
    for (target, body) in [
        ("/v2/projects/11873/Bugs/folders", json!({ "FolderName": "version 11" })),
        ("/v1/projects/11873/Bugs/3714539/linkeditems", link),
        ("/v2/projects/11953/tests/2693/automations/JUnit", json!({})),
    ] {
        let message = failed(&ask(&mock, "POST", target, Some(body)), 500);
        assert!(message.contains("already"), "{message}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn documented_errors_can_be_scripted() {
    let mock = mock();
    for status in [400, 401, 403, 404, 408, 500] {
        let code = StatusCode::from_u16(status).expect("a status");
        mock.script("listDefects", [Fault::refusal(code, "on purpose")]);
        assert_eq!(failed(&ask(&mock, "GET", "/v1/projects/11873/defects", None), status), "on purpose");
    }
    mock.script("listDefects", [Fault::status(StatusCode::REQUEST_TIMEOUT)]);
    let reply = ask(&mock, "GET", "/v1/projects/11873/defects", None);
    assert_eq!((reply.status, reply.body.len()), (408, 0), "the body may be missing");
    mock.assert_no_verdicts();
}

#[test]
fn a_post_may_be_answered_with_another_place() {
    let mock = mock();
    mock.script("createDefect", [Fault::see_other("/rest-api/service/api/v1/projects/{/project_id}/defects/{/id}")]);
    let reply = ask(&mock, "POST", "/v1/projects/11873/defects", Some(json!({ "Title": "made", "Status": "s" })));
    assert_eq!((reply.status, reply.body.len()), (303, 0));
    let place = reply.header("Location").and_then(|place| place.strip_prefix("/rest-api/service/api")).expect("a place").to_owned();
    assert_eq!(get(&mock, &place)["title"], "made", "it was acted on");
    mock.assert_no_verdicts();
    mock.script("createDefect", [Fault::see_other("/{/nowhere}")]);
    failed(&ask(&mock, "POST", "/v1/projects/11873/defects", Some(json!({ "Title": "made", "Status": "s" }))), 500);
    assert_eq!(verdict(&mock)[0].0, Reason::BadFault);
}

#[test]
fn a_refused_request_uses_no_fault_up() {
    let mock = mock();
    mock.script("getDefect", [Fault::status(StatusCode::REQUEST_TIMEOUT)]);
    call(&mock, "GET", "/v1/projects/11873/defects/12?x=1").now();
    assert_eq!(mock.scripted(), 1);
}
