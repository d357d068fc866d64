//! Pages: their envelope, where they begin and end.

use super::{ask, call_as, failed, get, ids, mock};
use serde_json::json;
use tms_mock::qacomplete as api;

#[test]
fn a_page_says_where_it_stands() {
    let mock = mock();
    let records = (0..60).map(|n| json!({ "title": format!("Defect {n}"), "status": "New" }));
    mock.seed_all(api::DEFECTS, "11873", records).expect("seeded");
    for (query, count, offset, limit) in [
        ("", 25, 0, 25),
        ("?limit=100", 63, 0, 100),
        ("?offset=60", 3, 60, 25),
        ("?offset=10&limit=5", 5, 10, 5),
        ("?offset=100", 0, 100, 25),
        ("?OFFSET=60&Limit=2", 2, 60, 2),
    ] {
        let page = get(&mock, &format!("/v1/projects/11873/defects{query}"));
        let result_set = json!({ "count": count, "offset": offset, "limit": limit, "total": 63 });
        assert_eq!(page["metadata"]["result_set"], result_set, "{query}");
        assert_eq!(page["results"].as_array().map(Vec::len), Some(count), "{query}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn a_limit_of_0_gives_metadata_only() {
    let mock = mock();
    let page = get(&mock, "/v1/projects/11873/defects?limit=0");
    let result_set = json!({ "count": 0, "offset": 0, "limit": 0, "total": 3 });
    assert_eq!(page, json!({ "metadata": { "result_set": result_set, "permissions": { "acl": 7 } } }));
}

#[test]
fn pages_and_entities_say_what_the_caller_may_do() {
    let mock = mock();
    for (login, acl) in [(api::JOHN, 7), (api::WRITER, 3), (api::READER, 1)] {
        for path in
            ["/v1/projects/11873/defects", "/v1/projects/11873/requirements", "/v1/projects/11873/releases", "/v2/projects/11873/tests"]
        {
            let page = call_as(&mock, login, "GET", path).now().ok();
            assert_eq!(page["metadata"]["permissions"]["acl"], acl, "{login} {path}");
            assert_eq!(page["results"][0]["__permissions"]["acl"], acl, "{login} {path}");
        }
    }
}

#[test]
fn a_search_is_a_list_with_its_filter_in_the_body() {
    let mock = mock();
    for path in ["/v1/projects/11873/defects", "/v1/projects/11873/requirements", "/v2/projects/11873/tests"] {
        let all = ids(&get(&mock, path));
        let filter = format!("id = {}", all[0]);
        let found = ask(&mock, "POST", &format!("{path}/search?limit=1"), Some(json!({ "Filter": filter }))).ok();
        assert_eq!(ids(&found), all[..1], "{path}");
        let none = ask(&mock, "POST", &format!("{path}/search"), Some(json!({ "filter": "id = 0" }))).ok();
        assert_eq!(none["metadata"]["result_set"]["total"], 0, "{path}");
        failed(&ask(&mock, "POST", &format!("{path}/search"), Some(json!({}))), 400);
    }
}

#[test]
fn what_is_not_set_is_shown_but_for_texts() {
    let mock = mock();
    let id = ask(&mock, "POST", "/v1/projects/11873/defects", Some(json!({ "Title": "t", "Status": "New" }))).ok()["id"].clone();
    let defect = get(&mock, &format!("/v1/projects/11873/defects/{id}"));
    for (name, expected) in [
        ("act_hrs", json!(0)),
        ("assignee_user_id", json!(0)),
        ("est_start", json!("0001-01-01T00:00:00.0000000")),
        ("custom_fields", json!([])),
        ("user_name", json!("Smith, John")),
        ("opened_by", json!(api::JOHN_ID)),
        ("project_id", json!(11873)),
    ] {
        assert_eq!(defect[name], expected, "{name}");
    }
    for name in ["description", "assigned_to_name", "severity_code"] {
        assert!(defect.get(name).is_none(), "{name} is there");
    }
}
