//! Links, notes, automations and what they hang on.

use super::{ask, call, failed, get, ids, mock, verdict};
use serde_json::{Value, json};
use tms_mock::{Reason, qacomplete as api};

#[test]
fn a_link_is_seen_from_both_ends() {
    let mock = mock();
    let (here, there) = ("/v1/projects/11873/Bugs/12/linkeditems", "/v1/projects/11873/FunctionalSpecs/1/linkeditems");
    let link = ask(&mock, "POST", here, Some(json!({ "LinkedEntityCode": "functionalspecs", "LinkedEntityId": 1 }))).ok();
    assert_eq!((&link["title"], &link["status"], &link["entity_id"]), (&json!("The toolbar floats"), &json!("Approved"), &json!(12)));
    let id = link["link_id"].to_string();
    let other = get(&mock, &format!("{there}/{id}"));
    assert_eq!((&other["linked_entity_code"], &other["linked_entity_id"]), (&json!("Bugs"), &json!(12)));
    let found = ask(&mock, "POST", &format!("{there}/search"), Some(json!({ "Filter": "linkedEntityCode = 'Bugs'" }))).ok();
    assert_eq!(found["metadata"]["result_set"]["total"], 1);
    ask(&mock, "DELETE", &format!("{there}/{id}"), None);
    assert_eq!(get(&mock, here)["metadata"]["result_set"]["total"], 0);
    for (body, status) in [
        (json!({ "LinkedEntityCode": "Bugs", "LinkedEntityId": 12 }), 400),
        (json!({ "LinkedEntityCode": "Bugs", "LinkedEntityId": 13 }), 404),
        (json!({ "LinkedEntityCode": "Colours", "LinkedEntityId": 1 }), 400),
    ] {
        failed(&ask(&mock, "POST", here, Some(body)), status);
    }
}

#[test]
fn printed_and_public_names_of_members_are_both_in_use() {
    let mock = mock();
    let note = get(&mock, "/v1/projects/11873/Bugs/12/notes/1");
    assert_eq!((&note["fk_id"], note.get("entity_id")), (&json!(12), None));
    assert_eq!(get(&mock, "/v1/projects/11873/Bugs/12/notes")["results"][0]["entity_id"], 12);
    let item = get(&mock, "/v1/projects/11873/testsets/182/items/1");
    assert_eq!((&item["active"], item.get("is_active")), (&json!(true), None));
    assert_eq!(get(&mock, "/v1/projects/11873/testsets/182/items")["results"][0]["is_active"], true);
    mock.assert_no_verdicts();
}

#[test]
fn notes_are_about_things_that_are_there() {
    let mock = mock();
    let note = || Some(json!({ "Description": "<b>d</b>" }));
    for (target, status) in [
        ("/v1/projects/11873/Bugs/12/notes", 200),
        ("/v1/projects/11873/TestSteps/501/notes", 200),
        ("/v1/projects/11873/Releases/145910/notes", 200),
        ("/v1/projects/11873/TestSteps/7/notes", 404),
        ("/v1/projects/11873/Bugs/1/notes", 404),
        ("/v1/projects/98429/Bugs/12/notes", 404),
    ] {
        assert_eq!(ask(&mock, "POST", target, note()).status, status, "{target}");
    }
    assert_eq!(get(&mock, "/v1/projects/11873/defects/12")["nbr_notes"], 2);
    let of_other = Some(json!({ "Description": "d", "UpdateUserId": 24793 }));
    assert_eq!(ask(&mock, "PUT", "/v1/projects/11873/Bugs/12/notes/1", of_other).ok()["user_name"], "Doe, Jane");
}

#[test]
fn an_automation_has_one_file_or_link() {
    let mock = mock();
    let automation = "/v2/projects/11953/tests/2693/automations/junit";
    let target = format!("{automation}/attachment");
    let empty = |method: &str, query: &str| call(&mock, method, &format!("{target}{query}")).now();
    failed(&empty("GET", ""), 404);
    failed(&empty("POST", ""), 400);
    let shown = empty("POST", "?Link=http%3A%2F%2Ffiles.example%2Fa.zip&Comments=c").ok();
    assert_eq!((&shown["file_name"], &shown["file_format_code"]), (&json!("http://files.example/a.zip"), &json!("URL")));
    failed(&empty("POST", "?Link=x"), 500);
    let file = super::form(call(&mock, "PUT", &target), &[("File", Some("a.zip"), b"PK")]).now().ok();
    assert_eq!((&file["file_name"], &file["file_format_code"]), (&json!("a.zip"), &json!("PKZip File")));
    failed(&super::form(call(&mock, "PUT", &format!("{target}?Link=x")), &[("File", Some("a.zip"), b"PK")]).now(), 400);
    assert_eq!(empty("PATCH", "?Link=%5C%5Cserver%5Cshare").ok()["file_format_code"], "UNC");
    assert_eq!(empty("PATCH", "?Comments=more").ok()["file_format_code"], "UNC");
    let kept = &mock.records(api::AUTOMATION_ATTACHMENTS, "11953/Tests/2693");
    assert!(kept.iter().any(|record| record.hidden.get("comments") == Some(&json!("more"))), "{kept:?}");
    assert_eq!(empty("DELETE", "").status, 200);
    ask(&mock, "PUT", automation, Some(json!({ "Timeout": 5 }))).ok();
    let patched = ask(&mock, "PATCH", automation, Some(json!({ "Title": "t" }))).ok();
    assert_eq!((&patched["timeout"], &patched["title"]), (&json!(5), &json!("t")));
    ask(&mock, "DELETE", automation, None);
    failed(&empty("POST", "?Link=x"), 404);
    mock.assert_no_verdicts();
}

#[test]
fn custom_fields_have_small_letters_in_requirements() {
    let mock = mock();
    let body = json!({ "Title": "t", "Status": "s", "CustomFields": [{ "id": "Custom1", "name": "n", "value": "v" }] });
    let requirement = ask(&mock, "PUT", "/v1/projects/11873/requirements/1", Some(body.clone())).ok();
    assert_eq!(requirement["custom_fields"], json!([{ "id": "Custom1", "name": "n", "value": "v" }]));
    let defect = ask(&mock, "PUT", "/v1/projects/11873/defects/12", Some(body)).ok();
    assert_eq!(defect["custom_fields"], json!([{ "Id": "Custom1", "Name": "n", "Value": "v" }]));
    failed(&ask(&mock, "PUT", "/v1/projects/11873/requirements/1", Some(json!({ "Title": "", "Status": "s" }))), 400);
    assert_eq!(verdict(&mock)[0].0, Reason::BadBody);
}

#[test]
fn folders_are_a_tree() {
    let mock = mock();
    let path = "/v2/projects/11873/FunctionalSpecs/folders";
    let folder = |id: &Value| get(&mock, &format!("{path}/{id}"));
    let inner = ask(&mock, "POST", path, Some(json!({ "FolderName": "Lists", "ParentName": "Screens" }))).ok();
    assert_eq!((&inner["parent_id"], &inner["full_folder_name"]), (&json!(733), &json!("Screens/Lists")));
    assert_eq!((&inner["is_public"], &inner["is_active"]), (&json!(true), &json!(false)), "the documented defaults");
    assert_eq!(inner["entity_code"], "Requirements", "as the page prints it");
    ask(&mock, "PATCH", &format!("{path}/733"), Some(json!({ "FolderName": "Forms" }))).ok();
    assert_eq!(folder(&inner["id"])["parent_name"], "Forms");
    assert_eq!(ask(&mock, "PUT", &format!("{path}/{}", inner["id"]), Some(json!({ "FolderName": "Lists" }))).ok()["parent_id"], 0);
    assert_eq!(ids(&get(&mock, path)).len(), 3);
    assert!(!ids(&get(&mock, "/v2/projects/11873/Bugs/folders")).contains(&733));
}
