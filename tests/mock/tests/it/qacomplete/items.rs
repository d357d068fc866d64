//! Tests of a set, by their position.

use super::{ask, failed, get, mock};
use serde_json::{Value, json};
use tms_mock::{Mock, qacomplete as api};

const ITEMS: &str = "/v1/projects/11873/testsets/182/items";

/// Number of the test, and position, of every item.
fn order(mock: &Mock) -> Vec<(i64, i64)> {
    let page = get(mock, ITEMS);
    let results = page["results"].as_array().expect("items");
    results.iter().map(|item| (item["test_id"].as_i64().expect("a test"), item["seq"].as_i64().expect("a place"))).collect()
}

fn position(seq: i64) -> String {
    format!("{ITEMS}/{seq}")
}

#[test]
fn positions_follow_insertions_and_removals() {
    let mock = mock();
    assert_eq!(order(&mock), [(2678, 1), (1, 2)]);
    let page = ask(&mock, "POST", ITEMS, Some(json!({ "Items": [{ "TestId": 1 }] }))).ok();
    assert_eq!(page["metadata"]["result_set"]["total"], 3, "the whole list comes back");
    assert_eq!(order(&mock), [(2678, 1), (1, 2), (1, 3)]);
    let item = ask(&mock, "POST", &position(1), Some(json!({ "TestId": 1, "DefaultHostId": 5 }))).ok();
    assert_eq!((&item["seq"], &item["title"], &item["default_host_id"]), (&json!(1), &json!("Add an order"), &json!(5)));
    assert_eq!(order(&mock), [(1, 1), (2678, 2), (1, 3), (1, 4)]);
    assert_eq!(ask(&mock, "DELETE", &position(1), None).status, 200);
    assert_eq!(ask(&mock, "DELETE", &position(1), None).status, 200, "the next one has this position now");
    assert_eq!(order(&mock), [(1, 1), (1, 2)]);
    assert_eq!(ask(&mock, "POST", &position(3), Some(json!({ "TestId": 2678 }))).ok()["seq"], 3, "right after the last");
    failed(&ask(&mock, "POST", &position(5), Some(json!({ "TestId": 2678 }))), 404);
    assert_eq!(ask(&mock, "PUT", ITEMS, Some(json!({ "Items": [{ "TestId": 2678 }] }))).ok()["metadata"]["result_set"]["total"], 1);
    assert_eq!(order(&mock), [(2678, 1)]);
    assert_eq!(ask(&mock, "DELETE", ITEMS, None).status, 200);
    assert_eq!((order(&mock), &get(&mock, "/v2/projects/11873/testsets/182")["nbr_tests"]), (vec![], &json!(0)));
    assert_eq!(get(&mock, "/v2/projects/11873/tests/2678")["title"], "Delete an order", "the tests stay");
    for method in ["GET", "DELETE"] {
        failed(&ask(&mock, method, &position(1), None), 404);
    }
    failed(&ask(&mock, "POST", ITEMS, Some(json!({ "Items": [{ "TestId": 7 }] }))), 400);
    mock.assert_no_verdicts();
}

#[test]
fn settings_are_replaced_changed_or_changed_all_at_once() {
    let mock = mock();
    let one = json!({ "IsActive": false });
    let patched = ask(&mock, "PATCH", &position(1), Some(one.clone())).ok();
    assert_eq!(
        (&patched["active"], &patched["is_stopped_on_fail"], &patched["default_host_id"]),
        (&json!(false), &json!(true), &json!(177))
    );
    let replaced = ask(&mock, "PUT", &position(1), Some(one)).ok();
    assert_eq!(
        (&replaced["active"], &replaced["is_stopped_on_fail"], &replaced["default_host_id"]),
        (&json!(false), &json!(false), &json!(0))
    );
    assert_eq!(replaced["test_id"], 2678, "the test stays");
    let changes = json!({ "Items": [{ "Seq": 2, "DefaultHostId": 2 }, { "Seq": 1, "DefaultHostId": 1 }] });
    let all = ask(&mock, "PATCH", ITEMS, Some(changes)).ok();
    let hosts: Vec<&Value> = all.as_array().expect("the bare list").iter().map(|item| &item["default_host_id"]).collect();
    assert_eq!(hosts, [&json!(1), &json!(2)]);
    for items in [json!([]), json!([{ "IsActive": true }]), json!([{ "Seq": 1 }, { "Seq": 7 }])] {
        failed(&ask(&mock, "PATCH", ITEMS, Some(json!({ "Items": items }))), 400);
    }
    mock.assert_no_verdicts();
}

#[test]
fn what_the_document_does_not_know_survives_a_list_that_comes_back() {
    let mock = mock();
    mock.seed(api::TEST_SET_ITEMS, "11873/TestSets/182", json!({ "test_id": 1, "vendor_hint": 3 })).expect("seeded");
    let shown = get(&mock, &position(3));
    assert_eq!(shown["vendor_hint"], 3);
    let back = json!({ "Items": [{ "TestId": 1, "vendor_hint": 3 }] });
    assert_eq!(ask(&mock, "PUT", ITEMS, Some(back)).ok()["results"][0]["vendor_hint"], 3);
    mock.assert_no_verdicts();
}
