//! Projects, departments, groups and users.

use super::{ask, call_as, failed, get, ids, mock};
use serde_json::{Value, json};
use tms_mock::qacomplete as api;

#[test]
fn users_see_what_is_theirs() {
    let mock = mock();
    for (login, projects, departments) in [
        (api::JOHN, &[11873, 11946, 11953, 12345, 98429][..], &[8162][..]),
        (api::READER, &[11873], &[8162]),
        (api::TWO, &[11873, 12001], &[8162, 8163]),
        (api::OUTSIDER, &[], &[8163]),
    ] {
        let mut shown = ids(&call_as(&mock, login, "GET", "/v1/projects").now().ok());
        shown.sort_unstable();
        assert_eq!(shown, projects, "{login}");
        assert_eq!(ids(&call_as(&mock, login, "GET", "/v1/depts").now().ok()), departments, "{login}");
    }
}

#[test]
fn some_numbers_are_texts() {
    let mock = mock();
    let project = get(&mock, "/v1/projects/11873");
    assert_eq!((&project["id"], &project["dept_id"]), (&json!("11873"), &json!("8162")));
    assert_eq!(get(&mock, "/v1/projects/11873/Bugs/12/notes/1")["id"], "1");
    assert_eq!(get(&mock, "/v2/projects/98429/testruns/647894")["schedule_id"], "0");
    assert_eq!(get(&mock, "/v1/projects/11873/requirements/1")["active"], "true");
}

#[test]
fn a_user_is_created_changed_and_replaced() {
    let mock = mock();
    let path = "/v1/depts/8162/users";
    let new = json!({ "FirstName": "Nora", "LastName": "New", "Email": "nora@example.com", "Phone": "1", "Custom1": "x" });
    let user = ask(&mock, "POST", path, Some(new.clone())).ok();
    let target = format!("{path}/{}", user["id"]);
    assert_eq!((&user["work_phone"], &user["primary_dept_id"], &user["is_active"]), (&json!("1"), &json!(8162), &json!(true)));
    failed(&ask(&mock, "POST", path, Some(new)), 500);
    let least = json!({ "FirstName": "Nora", "LastName": "Newer", "Email": "nora@example.com" });
    assert_eq!(ask(&mock, "PATCH", &target, Some(least.clone())).ok()["work_phone"], "1");
    let replaced = ask(&mock, "PUT", &target, Some(least)).ok();
    assert_eq!((replaced.get("work_phone"), &replaced["last_name"]), (None, &json!("Newer")));
    failed(&ask(&mock, "GET", "/v1/depts/8162/users/24803", None), 404);
    failed(&ask(&mock, "GET", "/v1/depts/7/users", None), 404);
    failed(&ask(&mock, "GET", "/v1/depts/8163/users", None), 403);
    mock.assert_no_verdicts();
}

#[test]
fn only_the_primary_department_changes_a_user() {
    let mock = mock();
    mock.seed(api::PROJECTS, "", json!({ "id": "700", "proj_name": "p", "dept_id": "8163" })).expect("seeded");
    mock.seed(api::USER_GROUPS, &api::JOHN_ID.to_string(), json!({ "proj_id": 700, "group_name": "User" })).expect("seeded");
    mock.seed(api::USER_GROUPS, "24793", json!({ "proj_id": 700, "group_name": "User" })).expect("seeded");
    let least = || Some(json!({ "FirstName": "J", "LastName": "D", "Email": "jane@example.com" }));
    assert_eq!(get(&mock, "/v1/depts/8163/users/24793")["first_name"], "Jane");
    for method in ["PUT", "PATCH"] {
        failed(&ask(&mock, method, "/v1/depts/8163/users/24793", least()), 403);
    }
    failed(&ask(&mock, "DELETE", "/v1/depts/8163/users/24793", None), 403);
}

#[test]
fn groups_have_privileges() {
    let mock = mock();
    let page = get(&mock, "/v1/depts/8162/securitygroups/Reader");
    assert!(page["metadata"]["result_set"].get("limit").is_none(), "{page}");
    let bugs = page["results"].as_array().and_then(|all| all.iter().find(|p| p["entity-code"] == "Bugs")).expect("defects");
    assert_eq!((&bugs["can_read"], &bugs["can_add"]), (&json!(true), &json!(false)));
    failed(&ask(&mock, "GET", "/v1/depts/8162/securitygroups/Nobody", None), 404);
    let change = |project: i64, group: &str| Some(json!({ "Groups": [{ "ProjId": project, "GroupName": group }] }));
    let target = "/v1/depts/8162/users/24793/securitygroups";
    let projects = |page: &Value| page["results"].as_array().map(Vec::len);
    assert_eq!(projects(&get(&mock, target)), Some(2));
    assert_eq!(projects(&ask(&mock, "PATCH", target, change(98429, "User")).ok()), Some(3), "the others stay");
    assert_eq!(projects(&ask(&mock, "PUT", target, change(98429, "Reader")).ok()), Some(1), "the others go");
    failed(&ask(&mock, "PUT", target, change(12001, "Reader")), 400);
    failed(&ask(&mock, "PUT", target, change(98429, "Nobody")), 400);
}
