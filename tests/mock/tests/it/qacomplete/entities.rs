//! What was created can be read, replaced, changed and deleted: a PUT resets what is left out, a PATCH keeps it.

use super::{ask, failed, get, mock};
use crate::client::send;
use serde_json::{Value, json};
use tms_mock::{Collection, qacomplete as api};

/// A kind of entity and bodies for it.
struct Kind {
    collection: Collection,
    /// Scope of a seeded one.
    scope: &'static str,
    path: &'static str,
    code: &'static str,
    /// What creating takes.
    new: Value,
    /// The least that a PUT takes, and a PATCH; none where there is no PATCH.
    put: Value,
    patch: Option<Value>,
    /// A member that `new` sets and the others leave out, and what it is without.
    optional: &'static str,
    reset: Value,
}

fn kinds() -> Vec<Kind> {
    let titled = json!({ "Title": "changed", "Status": "Closed" });
    let unset = json!("0001-01-01T00:00:00.0000000");
    vec![
        Kind {
            collection: api::DEFECTS,
            scope: "11873",
            path: "/v1/projects/11873/defects",
            code: "Bugs",
            new: json!({ "Title": "new", "Status": "Open", "EstStart": "2020-02-03T04:05:06.0000000" }),
            put: titled.clone(),
            patch: Some(titled.clone()),
            optional: "est_start",
            reset: unset,
        },
        Kind {
            collection: api::REQUIREMENTS,
            scope: "11873",
            path: "/v1/projects/11873/requirements",
            code: "FunctionalSpecs",
            new: json!({ "Title": "new", "Status": "Open", "FolderId": 733 }),
            put: titled.clone(),
            patch: Some(titled.clone()),
            optional: "folder_id",
            reset: json!(0),
        },
        Kind {
            collection: api::RELEASES,
            scope: "11873",
            path: "/v1/projects/11873/releases",
            code: "Releases",
            new: json!({ "Title": "new", "ReleaseType": "Iteration", "ParentId": 145_910, "SeqNum": 3 }),
            put: json!({ "Title": "changed" }),
            patch: Some(json!({ "Title": "changed" })),
            optional: "seq_num",
            reset: json!(0),
        },
        Kind {
            collection: api::TESTS,
            scope: "11873",
            path: "/v2/projects/11873/tests",
            code: "Tests",
            new: json!({ "Title": "new", "Status": "Open", "OwnerUserId": api::JOHN_ID }),
            put: titled,
            patch: Some(json!({ "Title": "changed" })),
            optional: "owner_user_id",
            reset: json!(0),
        },
        Kind {
            collection: api::TEST_SETS,
            scope: "11873",
            path: "/v2/projects/11873/testsets",
            code: "TestSets",
            new: json!({ "Title": "new", "StatusCode": "Open", "AssigneeUserId": 0, "OwnerUserId": 0, "IsSequential": true }),
            put: json!({ "Title": "changed", "StatusCode": "Closed", "AssigneeUserId": 0, "OwnerUserId": 0 }),
            patch: Some(json!({ "Title": "changed" })),
            optional: "is_sequential",
            reset: json!(false),
        },
        Kind {
            collection: api::FOLDERS,
            scope: "11873/Bugs",
            path: "/v2/projects/11873/Bugs/folders",
            code: "Folders",
            new: json!({ "FolderName": "new", "ParentName": "version 11" }),
            put: json!({ "FolderName": "changed" }),
            patch: Some(json!({ "FolderName": "changed" })),
            optional: "parent_id",
            reset: json!(0),
        },
        Kind {
            collection: api::NOTES,
            scope: "11873/Bugs/12",
            path: "/v1/projects/11873/Bugs/12/notes",
            code: "Notes",
            new: json!({ "Description": "new", "OriginalId": 7 }),
            put: json!({ "Description": "changed" }),
            patch: None,
            optional: "original_id",
            reset: json!(0),
        },
    ]
}

fn put_to(kind: &Kind, created: &Value) -> String {
    let id = created["id"].as_str().map_or_else(|| created["id"].to_string(), str::to_owned);
    format!("{}/{id}", kind.path)
}

#[test]
fn put_resets_and_patch_keeps() {
    let mock = mock();
    for kind in kinds() {
        let created = ask(&mock, "POST", kind.path, Some(kind.new.clone())).ok();
        let set = &created[kind.optional];
        assert_ne!(*set, kind.reset, "{}: {created}", kind.path);
        let target = put_to(&kind, &created);
        assert_eq!(get(&mock, &target)[kind.optional], *set, "{target}");
        if let Some(patch) = &kind.patch {
            let changed = ask(&mock, "PATCH", &target, Some(patch.clone())).ok();
            assert_eq!(changed[kind.optional], *set, "PATCH {target}");
            assert_eq!(changed.as_object().map(|o| o.values().any(|v| v == "changed")), Some(true), "{changed}");
        }
        let replaced = ask(&mock, "PUT", &target, Some(kind.put.clone())).ok();
        assert_eq!(replaced[kind.optional], kind.reset, "PUT {target}");
        assert_eq!(get(&mock, &target), replaced, "{target}");
        for server in ["id", "date_created", "project_id"] {
            assert_eq!(replaced.get(server), created.get(server), "PUT {target}: {server}");
        }
    }
    mock.assert_no_verdicts();
}

#[test]
fn delete_answers_200_with_nothing() {
    let mock = mock();
    for kind in kinds() {
        let created = ask(&mock, "POST", kind.path, Some(kind.new.clone())).ok();
        let target = put_to(&kind, &created);
        let deleted = ask(&mock, "DELETE", &target, None);
        assert_eq!((deleted.status, deleted.body.len(), deleted.header("Content-Type")), (200, 0, None), "{target}");
        for method in ["GET", "DELETE"] {
            let id = target.rsplit('/').next().expect("a number");
            assert_eq!(failed(&ask(&mock, method, &target, None), 404), format!("Entity {} with Id {id} wasn't found.", kind.code));
        }
    }
    let stranger = send(&mock, "DELETE", "/v1/projects/11873/defects/12").without("Token").now();
    assert_eq!(stranger.status, 401, "without credentials");
}

#[test]
fn members_the_document_does_not_know_may_come_back() {
    let mock = mock();
    for kind in kinds() {
        let mut fields = json!({ "vendor_hint": { "level": 3 } });
        let name = if kind.collection == api::FOLDERS { "folder_name" } else { "title" };
        fields[name] = json!("seeded");
        let id = mock.seed(kind.collection, kind.scope, fields).expect("seeded");
        let target = format!("{}/{id}", kind.path);
        assert_eq!(get(&mock, &target)["vendor_hint"]["level"], 3, "{target}");
        if let Some(patch) = &kind.patch {
            assert_eq!(ask(&mock, "PATCH", &target, Some(patch.clone())).ok()["vendor_hint"]["level"], 3, "PATCH {target}");
        }
        let mut put = kind.put.clone();
        put["vendor_hint"] = json!({ "level": 4 });
        assert_eq!(ask(&mock, "PUT", &target, Some(put.clone())).ok()["vendor_hint"]["level"], 4, "PUT {target}");
        assert_eq!(ask(&mock, "PUT", &target, Some(kind.put.clone())).ok().get("vendor_hint"), None, "a PUT without it loses it: {target}");
        failed(&ask(&mock, "PUT", &target, Some(put)), 400);
        let mut other = kind.new.clone();
        other["vendor_hint"] = json!(1);
        failed(&ask(&mock, "POST", kind.path, Some(other)), 400);
    }
}

#[test]
fn what_requests_refer_to_must_be_there() {
    let mock = mock();
    let defect = |more: Value| with(json!({ "Title": "t", "Status": "s" }), &more);
    for (path, body, complaint) in [
        ("/v1/projects/11873/defects", defect(json!({ "AssigneeUserId": 1 })), "AssigneeUserId: there is no 1"),
        ("/v1/projects/11873/defects", defect(json!({ "FolderId": 733 })), "FolderId: there is no 733"),
        ("/v1/projects/11873/defects", defect(json!({ "Title": " " })), "Title must not be empty"),
        ("/v1/projects/11873/defects", defect(json!({ "EstStart": "soon" })), "is no date"),
        ("/v1/projects/11873/defects", defect(json!({ "CustomFields": [{ "Id": "Custom91" }] })), "Custom91 is none"),
        ("/v1/projects/11873/releases", json!({ "Title": "t", "ReleaseType": "Build" }), "ParentId is required"),
        ("/v1/projects/11873/releases", json!({ "Title": "t", "ReleaseType": "Phase" }), "none of Release"),
        ("/v1/projects/11873/releases", json!({ "Title": "t", "ReleaseType": "Build", "ParentId": 1 }), "there is no 1"),
        ("/v2/projects/11873/Bugs/folders", json!({ "FolderName": "t", "ParentName": "none" }), "there is no folder none"),
        ("/v2/projects/11873/Colours/folders", json!({ "FolderName": "t" }), "EntityCode: Colours"),
        ("/v1/projects/11873/Bugs/12/notes", json!({ "Description": "" }), "Description must not be empty"),
    ] {
        let message = failed(&ask(&mock, "POST", path, Some(body)), 400);
        assert!(message.contains(complaint), "{path}: {message}");
    }
}

#[test]
fn dates_in_every_spelling_come_back_as_they_were_sent() {
    let mock = mock();
    for date in [
        "2015-05-26T10:54:21.0930000",
        "0001-01-01T00:00:00.0000000",
        "00001-01-01T00:00:00.0000000",
        "1900-01-01T00:00:00.0000000",
        "2015-06-31T00:00:00.0000000",
        "2014-07-22T21:30:00Z",
        "2014-07-22",
    ] {
        let body = json!({ "Title": "t", "Status": "s", "EstStart": date });
        assert_eq!(ask(&mock, "PUT", "/v1/projects/11873/defects/12", Some(body)).ok()["est_start"], date);
    }
}

#[test]
fn what_goes_takes_along_what_hangs_on_it() {
    let mock = mock();
    ask(&mock, "DELETE", "/v2/projects/11873/Bugs/folders/254", None);
    assert_eq!(get(&mock, "/v1/projects/11873/defects/12")["folder_id"], 0);
    assert_eq!(get(&mock, "/v2/projects/11873/Bugs/folders/255")["full_folder_name"], "Floating");
    ask(&mock, "DELETE", "/v1/projects/11873/defects/3714539", None);
    assert_eq!(get(&mock, "/v1/projects/11873/TestSets/182/linkeditems")["metadata"]["result_set"]["total"], 0);
    ask(&mock, "DELETE", "/v2/projects/11873/tests/1", None);
    assert_eq!(get(&mock, "/v1/projects/11873/testsets/182/items")["metadata"]["result_set"]["total"], 1);
    failed(&ask(&mock, "GET", "/v1/projects/11873/Bugs/3714539/notes", None), 404);
}

#[test]
fn steps_keep_their_numbers() {
    let mock = mock();
    let target = "/v2/projects/11873/tests/1";
    let steps = json!([{ "Id": 502, "Step": "Press Add twice" }, { "Step": "Wait" }]);
    let changed = ask(&mock, "PATCH", target, Some(json!({ "TestSteps": steps }))).ok();
    let shown: Vec<(i64, i64, &str)> = changed["test_steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|s| (s["id"].as_i64().expect("a number"), s["seq"].as_i64().expect("a place"), s["step"].as_str().expect("a text")))
        .collect();
    assert_eq!(shown[0], (502, 1, "Press Add twice"));
    assert_eq!((shown[1].1, shown[1].2), (2, "Wait"));
    assert!(shown[1].0 > 502, "a number of its own");
    assert_eq!((&changed["nbr_steps"], &changed["version"]), (&json!(2), &json!(2)));
    let reset = ask(&mock, "PUT", target, Some(json!({ "Title": "t", "Status": "s" }))).ok();
    assert_eq!(reset["test_steps"], json!([]));
}

fn with(mut value: Value, more: &Value) -> Value {
    for (name, member) in more.as_object().into_iter().flatten() {
        value[name] = member.clone();
    }
    value
}
