//! What the document says of requests is held to; letter case and underscores of members are free.

use super::{ask, call, failed, get, mock, verdict};
use serde_json::{Value, json};
use tms_mock::Reason;

const DEFECT: &str = "/v1/projects/11873/defects/12";

#[test]
fn members_come_in_pascal_case_and_in_snake_case() {
    let mock = mock();
    let custom = json!([{ "id": "Custom3", "name": "Colour", "value": "red" }]);
    let pascal = json!({ "Title": "t", "Status": "s", "AssigneeUserId": 24793, "EstHrsRemaining": 1.5, "CustomFields": custom });
    let snake = json!({ "title": "t", "status": "s", "assignee_user_id": 24793, "est_hrs_remaining": 1.5, "custom_fields": custom });
    let mixed = json!({ "Title": "t", "status": "s", "assignee_user_id": 24793, "EstHrsRemaining": 1.5, "custom_fields": custom });
    for body in [pascal, snake, mixed] {
        let shown = ask(&mock, "PUT", DEFECT, Some(body.clone())).ok();
        assert_eq!(shown["assigned_to_name"], "Doe, Jane", "{body}");
        assert_eq!(shown["est_hrs_remaining"], 1.5, "{body}");
        assert_eq!(shown["custom_fields"], json!([{ "Id": "Custom3", "Name": "Colour", "Value": "red" }]), "{body}");
    }
    let steps = json!({ "test_steps": [{ "is_stopped_on_fail": true, "expected_result": "e" }] });
    let test = ask(&mock, "PATCH", "/v2/projects/11873/tests/1", Some(steps)).ok();
    assert_eq!((&test["test_steps"][0]["is_stopped_on_fail"], &test["test_steps"][0]["expected_result"]), (&json!(true), &json!("e")));
    mock.assert_no_verdicts();
}

#[test]
fn free_form_members_keep_their_names() {
    let mock = mock();
    let params = json!({ "some_name": "1", "Title": "2" });
    let target = "/v2/projects/11953/tests/2693/automations/junit";
    assert_eq!(ask(&mock, "PUT", target, Some(json!({ "params": params }))).ok()["params"], params);
}

#[test]
fn requests_that_break_the_document_are_refused() {
    let mock = mock();
    let least = |name: &str, value: Value| {
        let mut body = json!({ "Title": "t", "Status": "s" });
        body[name] = value;
        body
    };
    for (body, place) in [
        (json!({ "Title": "t" }), "body "),
        (json!({ "Status": "s" }), "body "),
        (least("Colour", json!("red")), "body "),
        (least("assigneeUserID", json!(1)), "body "),
        (least("ActHrs", json!("many")), "body /ActHrs"),
        (least("FolderId", json!("12")), "body /FolderId"),
        (least("Title", json!("x".repeat(256))), "body /Title"),
        (least("title", json!("twice")), "body "),
        (least("Title", Value::Null), "body /Title"),
        (least("CustomFields", json!([{ "Id": 3 }])), "body /CustomFields/0/Id"),
    ] {
        failed(&ask(&mock, "PUT", DEFECT, Some(body.clone())), 400);
        assert_eq!(verdict(&mock)[0], (Reason::BadBody, place.to_owned()), "{body}");
    }
    for (target, reason) in [
        ("/v1/projects/11873/defects?limit=-1", Reason::BadParameter),
        ("/v1/projects/11873/defects?offset=first", Reason::BadParameter),
        ("/v1/projects/11873/defects?sort=id", Reason::UnknownParameter),
        ("/v1/projects?Filter=x", Reason::UnknownParameter),
        ("/v1/projects/orders/defects", Reason::BadParameter),
    ] {
        failed(&ask(&mock, "GET", target, None), 400);
        assert_eq!(verdict(&mock)[0].0, reason, "{target}");
    }
}

#[test]
fn bodies_come_with_their_content_type() {
    let mock = mock();
    let text = r#"{"Title":"t","Status":"s"}"#;
    for (content_type, reason) in [
        (Some("application/xml"), Reason::BadContentType),
        (Some("multipart/form-data; boundary=x"), Reason::BadContentType),
        (None, Reason::BadContentType),
    ] {
        let request = call(&mock, "PUT", DEFECT).text(text);
        let request = match content_type {
            Some(content_type) => request.header("Content-Type", content_type),
            None => request,
        };
        failed(&request.now(), 400);
        assert_eq!(verdict(&mock)[0].0, reason, "{content_type:?}");
    }
    failed(&call(&mock, "PUT", DEFECT).now(), 400);
    assert_eq!(verdict(&mock)[0].0, Reason::MissingBody);
    failed(&call(&mock, "GET", DEFECT).text("{}").header("Content-Type", "application/json").now(), 400);
    assert_eq!(verdict(&mock)[0].0, Reason::UnexpectedBody);
    failed(&call(&mock, "GET", DEFECT).header("Accept", "application/xml").now(), 400);
    assert_eq!(verdict(&mock)[0].0, Reason::NotAcceptable);
    assert_eq!(get(&mock, DEFECT)["title"], "Floating toolbar flickers", "nothing was written");
}
