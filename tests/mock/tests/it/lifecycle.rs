//! What was created can be read, listed, changed, resolved and deleted.

use crate::client::{delete, get, patch, post, qase};
use serde_json::{Value, json};
use tms_mock::{Mock, qase as api};

/// A kind of entity: where it lives and how its answers look.
struct Kind {
    path: &'static str,
    body: Value,
    /// Where the create answer has the key.
    created: &'static str,
    /// Where a single read has the entity.
    single: &'static str,
    change: Value,
    /// The delete answer, the key's place left open.
    deleted: fn(&Value) -> Value,
}

fn kinds() -> Vec<Kind> {
    let bare = |_: &Value| json!({ "status": true });
    vec![
        Kind {
            path: "/suite/DEMO",
            body: json!({ "title": "new", "description": "d", "parent_id": 1 }),
            created: "/id",
            single: "/result/0",
            change: json!({ "title": "changed" }),
            deleted: bare,
        },
        Kind {
            path: "/milestone/DEMO",
            body: json!({ "title": "new", "description": "d" }),
            created: "/id",
            single: "/result/0",
            change: json!({ "title": "changed" }),
            deleted: bare,
        },
        Kind {
            path: "/shared_step/DEMO",
            body: json!({ "title": "new", "action": "Open URL" }),
            created: "/id",
            single: "/result/0",
            change: json!({ "title": "changed", "action": "Close URL" }),
            deleted: bare,
        },
        Kind {
            path: "/plan/DEMO",
            body: json!({ "title": "new", "cases": [1, 2] }),
            created: "/result/id",
            single: "/result",
            change: json!({ "title": "changed" }),
            deleted: |key| json!({ "status": true, "result": { "id": key.to_string() } }),
        },
    ]
}

#[test]
fn create_read_list_change_delete() {
    for kind in kinds() {
        let mock = qase();
        let total = || get(&mock, kind.path).ok()["result"]["total"].as_u64().expect("a total");
        let before = total();
        let key = post(&mock, kind.path, &kind.body).ok().pointer(kind.created).expect(kind.path).clone();
        let one = format!("{}/{key}", kind.path);
        let read = || get(&mock, &one).ok().pointer(kind.single).expect(kind.path).clone();
        assert_eq!(read()["title"], "new", "{one}");
        assert_eq!(total(), before + 1, "{one}");
        let listed = get(&mock, kind.path).ok()["result"]["entities"].as_array().expect("entities").last().cloned();
        assert_eq!(listed.expect("one at least")["title"], "new", "{one}");
        patch(&mock, &one, &kind.change).ok();
        assert_eq!(read()["title"], "changed", "{one}");
        assert_eq!(delete(&mock, &one).ok(), (kind.deleted)(&key), "{one}");
        delete(&mock, &one).failed(404);
        get(&mock, &one).failed(404);
        patch(&mock, &one, &kind.change).failed(404);
        assert_eq!(total(), before, "{one}");
        mock.assert_no_verdicts();
    }
}

#[test]
fn numbers_are_not_given_out_twice() {
    let mock = qase();
    let create = || post(&mock, "/suite/DEMO", &json!({ "title": "x" })).ok()["id"].as_u64().expect("a number");
    let first = create();
    delete(&mock, &format!("/suite/DEMO/{first}")).ok();
    assert_eq!(create(), first + 1);
}

#[test]
fn in_a_change_null_clears_and_absence_keeps() {
    let mock = qase();
    patch(&mock, "/suite/DEMO/2", &json!({ "parent_id": null })).ok();
    let suite = get(&mock, "/suite/DEMO/2").ok()["result"][0].clone();
    assert_eq!((&suite["parent_id"], &suite["title"]), (&Value::Null, &json!("Level 2")));
    patch(&mock, "/milestone/DEMO/1", &json!({ "description": "d" })).ok();
    patch(&mock, "/milestone/DEMO/1", &json!({ "description": null })).ok();
    let milestone = get(&mock, "/milestone/DEMO/1").ok()["result"][0].clone();
    assert_eq!((&milestone["description"], &milestone["title"]), (&Value::Null, &json!("Release 1.0")));
}

#[test]
fn a_change_is_stamped() {
    let mock = qase();
    let times = || {
        let suite = get(&mock, "/suite/DEMO/1").ok()["result"][0].clone();
        (suite["created"].clone(), suite["updated"].clone())
    };
    let before = times();
    patch(&mock, "/suite/DEMO/1", &json!({ "title": "x" })).ok();
    assert_eq!(times().0, before.0);
    assert!(times().1.as_str() > before.1.as_str(), "{:?} after {before:?}", times());
}

#[test]
fn projects_are_created_once_and_start_empty() {
    let mock = qase();
    let body = json!({ "title": "New", "code": "NEW", "description": "Awesome project", "access": "all", "members": [] });
    assert_eq!(post(&mock, "/project", &body).ok(), json!({ "status": true, "id": 3 }));
    post(&mock, "/project", &body).failed(400);
    get(&mock, "/case/NEW").ok();
    assert_eq!(get(&mock, "/project/NEW").ok()["result"]["counts"]["cases"], 0);
    assert_eq!(get(&mock, "/projects").ok()["result"]["total"], 3);
    get(&mock, "/project/NONE").failed(404);
    get(&mock, "/case/NONE").failed(404);
    post(&mock, "/suite/NONE", &json!({ "title": "x" })).failed(404);
}

#[test]
fn project_counts_follow_the_data() {
    let mock = qase();
    let counts = || get(&mock, "/project/DEMO").ok()["result"]["counts"].clone();
    assert_eq!(
        counts(),
        json!({ "cases": 10, "suites": 3, "milestones": 2, "runs": { "total": 2, "active": 1 },
                "defects": { "total": 2, "open": 1 } })
    );
    delete(&mock, "/case/DEMO/10").ok();
    patch_without_body(&mock, "/defect/DEMO/resolve/1");
    assert_eq!((counts()["cases"].clone(), counts()["defects"].clone()), (json!(9), json!({ "total": 2, "open": 0 })));
}

fn patch_without_body(mock: &Mock, target: &str) -> Value {
    crate::client::send(mock, "PATCH", target).now().ok()
}

#[test]
fn a_defect_is_resolved_once() {
    let mock = qase();
    let resolve = || crate::client::send(&mock, "PATCH", "/defect/DEMO/resolve/1").now();
    assert_eq!(resolve().ok(), json!({ "status": true, "result": { "id": 1 } }));
    assert_eq!(get(&mock, "/defect/DEMO/1").ok()["result"]["status"], "resolved");
    assert_eq!(resolve().failed(404), "Defect not found");
    assert_eq!(delete(&mock, "/defect/DEMO/1").ok(), json!({ "status": true, "result": { "id": "1" } }));
    delete(&mock, "/defect/DEMO/1").failed(404);
}

#[test]
fn runs_take_only_cases_that_exist() {
    let mock = qase();
    let body = json!({ "title": "New test run", "environment_id": null, "cases": [1, 2] });
    let id = post(&mock, "/run/DEMO", &body).ok()["result"]["id"].clone();
    let run = get(&mock, &format!("/run/DEMO/{id}?include=cases")).ok()["result"].clone();
    assert_eq!((&run["cases"], &run["environment"], &run["status"]), (&json!([1, 2]), &Value::Null, &json!(0)));
    assert_eq!(get(&mock, &format!("/run/DEMO/{id}")).ok()["result"].get("cases"), None, "only when asked for");
    let message = post(&mock, "/run/DEMO", &json!({ "title": "x", "cases": [1, 99] })).failed(400);
    assert!(message.contains("99"), "{message}");
    post(&mock, "/suite/DEMO", &json!({ "title": "x", "parent_id": 99 })).failed(400);
}

#[test]
fn results_belong_to_a_run_and_one_of_its_cases() {
    let mock = qase();
    post(&mock, "/result/DEMO/99", &json!({ "case_id": 1, "status": "passed" })).failed(404);
    let refused = post(&mock, "/result/DEMO/1", &json!({ "case_id": 4, "status": "passed" }));
    refused.failed(400);
    assert_eq!(refused.json()["errorFields"][0]["field"], "case_id");
    post(&mock, "/result/DEMO/1", &json!({ "case_id": 1, "status": "passed", "member_id": 99 })).failed(400);

    let hash = post(&mock, "/result/DEMO/1", &json!({ "case_id": 3, "status": "blocked", "time": 7 })).ok()["result"]["hash"]
        .as_str()
        .expect("a hash")
        .to_owned();
    assert!(hash.len() == 40 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");
    let result = get(&mock, &format!("/result/DEMO/{hash}")).ok()["result"].clone();
    assert_eq!((&result["status"], &result["time_spent"], &result["run_id"]), (&json!("Blocked"), &json!(7), &json!(1)));
    let stats = get(&mock, "/run/DEMO/1").ok()["result"]["stats"].clone();
    let expected = json!({ "total": 3, "untested": 0, "passed": 1, "failed": 1, "blocked": 1, "skipped": 0,
                           "retest": 0, "deleted": 4 });
    assert_eq!(stats, expected);

    patch(&mock, &format!("/result/DEMO/2/{hash}"), &json!({ "status": "passed" })).failed(404);
    patch(&mock, &format!("/result/DEMO/1/{hash}"), &json!({ "status": "passed" })).ok();
    assert_eq!(get(&mock, "/run/DEMO/1").ok()["result"]["stats"]["passed"], 2);
    assert_eq!(delete(&mock, &format!("/result/DEMO/{hash}")).ok()["result"]["hash"], hash.as_str());
    get(&mock, &format!("/result/DEMO/{hash}")).failed(404);
    mock.assert_no_verdicts();
}

#[test]
fn given_steps_overwrite_only_the_existing_ones() {
    let mock = qase();
    let path = "/result/DEMO/1/2898ba7f3b4d857cec8bee4a852cdc85f8b33132";
    let steps = json!([{ "position": 3, "status": "passed" }, { "position": 9, "status": "failed" }]);
    patch(&mock, path, &json!({ "steps": steps })).ok();
    let result = get(&mock, "/result/DEMO/2898ba7f3b4d857cec8bee4a852cdc85f8b33132").ok()["result"].clone();
    let expected = json!([{ "position": 1, "status": "passed" }, { "position": 3, "status": "passed" }]);
    assert_eq!(result["steps"], expected);
}

#[test]
fn a_result_can_open_a_defect() {
    let mock = qase();
    let body = json!({ "case_id": 1, "status": "failed", "member_id": 2, "comment": "It burns", "defect": true });
    post(&mock, "/result/DEMO/1", &body).ok();
    let defect = get(&mock, "/defect/DEMO/3").ok()["result"].clone();
    assert_eq!((&defect["actual_result"], &defect["status"], &defect["user_id"]), (&json!("It burns"), &json!("open"), &json!(2)));
}

#[test]
fn deletions_reach_what_depends_on_them() {
    let mock = qase();
    delete(&mock, "/case/DEMO/1").ok();
    let run = get(&mock, "/run/DEMO/1?include=cases").ok()["result"].clone();
    assert_eq!((&run["cases"], &run["stats"]["total"], &run["stats"]["deleted"]), (&json!([2, 3]), &json!(2), &json!(5)));
    assert_eq!(get(&mock, "/plan/DEMO/16").ok()["result"]["cases_count"], 0);
    assert_eq!(get(&mock, "/shared_step/DEMO").ok()["result"]["entities"][0]["cases"], json!([3, 5, 7]));
    delete(&mock, "/run/DEMO/1").ok();
    assert_eq!(get(&mock, "/result/DEMO").ok()["result"]["total"], 0);
}

#[test]
fn what_cannot_be_created_can_be_seeded() {
    let mock = qase();
    let key = mock.seed(api::CASES, "DEMO", json!({ "title": "Seeded", "severity": "trivial", "ai": 1 })).expect("seeds");
    assert_eq!(key, "11");
    let case = get(&mock, "/case/DEMO/11").ok()["result"][0].clone();
    assert_eq!((&case["title"], &case["severity"], &case["ai"]), (&json!("Seeded"), &json!("trivial"), &json!(1)));
    assert_eq!(get(&mock, "/case/DEMO").ok()["result"]["entities"][10]["severity"], 6, "a number in lists");
    assert_eq!(mock.seed(api::CASES, "DEMO", json!({ "id": 500 })).expect("seeds"), "500");
    assert_eq!(mock.seed(api::CASES, "DEMO", json!({})).expect("seeds"), "501", "numbers go on from there");
    assert_eq!(mock.seed(api::PROJECTS, "", json!({ "code": "PP", "title": "P" })).expect("seeds"), "PP");
    get(&mock, "/case/PP").ok();
    let error = |collection, scope: &str, fields| mock.seed(collection, scope, fields).expect_err("refused").to_string();
    assert!(error(api::CASES, "NONE", json!({})).contains("no project `NONE`"));
    assert!(error(api::USERS, "DEMO", json!({})).contains("scope must be empty"));
    assert!(error(api::PROJECTS, "", json!({ "title": "P" })).contains("`code`"));
    assert!(error(api::CASES, "DEMO", json!(1)).contains("object"));
}
