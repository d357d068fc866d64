//! Test runs, from release and test set to results.

use super::{ask, call, failed, form, get, mock};
use serde_json::{Value, json};
use tms_mock::Mock;

const RUNS: &str = "/v2/projects/11873/testruns";

fn start(mock: &Mock, body: Value) -> Value {
    ask(mock, "POST", RUNS, Some(body)).ok()
}

fn items(mock: &Mock, run: &Value) -> Vec<Value> {
    get(mock, &format!("{RUNS}/{}/items", run["id"]))["results"].as_array().expect("items").clone()
}

fn item_path(run: &Value, item: &Value) -> String {
    format!("{RUNS}/{}/items/{}", run["id"], item["id"])
}

#[test]
fn a_set_is_run_item_by_item() {
    let mock = mock();
    let release = ask(&mock, "POST", "/v1/projects/11873/releases", Some(json!({ "Title": "R", "ReleaseType": "Release" }))).ok();
    let run = start(&mock, json!({ "TestSetId": 182, "ReleaseId": release["id"] }));
    assert_eq!((&run["status_code"], &run["nbr_tests"], &run["release_name"]), (&json!("Awaiting Run"), &json!(2), &json!("R")));
    assert_eq!(run["test_set_name"], "Smoke test");
    let items = items(&mock, &run);
    assert_eq!((&items[0]["test_name"], &items[0]["is_stopped_on_fail"]), (&json!("Delete an order"), &json!(true)));
    assert_eq!(items[1]["test_run_results"].as_array().map(Vec::len), Some(2), "the steps of the test");
    for (item, status, of_run) in [(&items[0], "Passed", "In Progress"), (&items[1], "Failed", "Failed")] {
        let reported = ask(&mock, "PATCH", &item_path(&run, item), Some(json!({ "StatusCode": status, "RunTime": 65 }))).ok();
        assert_eq!((&reported["status_code"], &reported["run_time_formated"]), (&json!(status), &json!("00:01:05")));
        assert_eq!(get(&mock, &format!("{RUNS}/{}", run["id"]))["status_code"], of_run);
    }
    let done = get(&mock, &format!("{RUNS}/{}", run["id"]));
    for (name, expected) in [("nbr_passed", 1), ("nbr_failed", 1), ("nbr_awaiting_run", 0), ("run_time", 130)] {
        assert_eq!(done[name], expected, "{name}");
    }
    assert_ne!(done["date_finished"], "0001-01-01T00:00:00.0000000");
    let set = get(&mock, "/v2/projects/11873/testsets/182");
    assert_eq!((&set["last_run_status"], &set["last_run_release_name"], &set["nbr_times_run"]), (&json!("Failed"), &json!("R"), &json!(1)));
    let test = get(&mock, "/v2/projects/11873/tests/1");
    assert_eq!((&test["last_run_status"], &test["nbr_fail_status"]), (&json!("Failed"), &json!(1)));
    mock.assert_no_verdicts();
}

#[test]
fn a_run_needs_one_thing_to_run() {
    let mock = mock();
    for (body, status) in [
        (json!({}), 400),
        (json!({ "TestId": 1, "TestSetId": 182 }), 400),
        (json!({ "TestId": 7 }), 404),
        (json!({ "TestSetId": 7 }), 404),
        (json!({ "TestId": 1, "ReleaseId": 7 }), 400),
    ] {
        failed(&ask(&mock, "POST", RUNS, Some(body)), status);
    }
    ask(&mock, "DELETE", "/v1/projects/11873/testsets/182/items", None);
    failed(&ask(&mock, "POST", RUNS, Some(json!({ "TestSetId": 182 }))), 400);
    let run = start(&mock, json!({ "TestId": 1, "RunByHostId": 177 }));
    assert_eq!((&run["execution_type"], &run["nbr_tests"]), (&json!("Automated"), &json!(1)));
    mock.assert_no_verdicts();
}

#[test]
fn steps_are_reported_by_number_or_by_place() {
    let mock = mock();
    let run = start(&mock, json!({ "TestId": 1 }));
    let item = items(&mock, &run).remove(0);
    let target = item_path(&run, &item);
    let first = &item["test_run_results"][0];
    let steps = json!([
        { "TestRunResultId": first["id"], "StatusCode": "Passed", "ActualResult": "It opened" },
        { "Seq": 2, "StatusCode": "Failed" },
        { "StepName": "Wait", "StatusCode": "Passed", "Critical": true }
    ]);
    let shown = ask(&mock, "PATCH", &target, Some(json!({ "StatusCode": "Failed", "Steps": steps }))).ok();
    let results = shown["test_run_results"].as_array().expect("results").clone();
    let told: Vec<(&Value, &Value, &Value)> = results.iter().map(|r| (&r["seq"], &r["step"], &r["status_code"])).collect();
    assert_eq!(
        told,
        [
            (&json!(1), &json!("Open the list of orders"), &json!("Passed")),
            (&json!(2), &json!("Press Add"), &json!("Failed")),
            (&json!(3), &json!("Wait"), &json!("Passed"))
        ]
    );
    assert_eq!((&results[0]["actual_result"], &results[2]["is_stopped_on_fail"]), (&json!("It opened"), &json!(true)));
    // Everything back, by a PUT: nothing is lost.
    let back: Vec<Value> = results
        .iter()
        .map(|r| {
            json!({
                "Seq": r["seq"], "StepName": r["step"], "StatusCode": r["status_code"], "TestStepId": r["test_step_id"],
                "TestRunResultId": r["id"], "ExpectedResult": text(&r["expected_result"]), "ActualResult": text(&r["actual_result"]),
                "Critical": r["is_stopped_on_fail"]
            })
        })
        .collect();
    let whole = json!({ "StatusCode": "Failed", "Critical": shown["is_stopped_on_fail"], "RunTime": shown["run_time"],
        "RunByUserId": shown["run_by_user_id"], "Steps": back });
    let again = ask(&mock, "PUT", &target, Some(whole)).ok();
    for (before, after) in results.iter().zip(again["test_run_results"].as_array().expect("results")) {
        for name in ["id", "seq", "step", "status_code", "test_step_id", "is_stopped_on_fail"] {
            assert_eq!(before[name], after[name], "{name}");
        }
    }
    let reset = ask(&mock, "PUT", &target, Some(json!({ "StatusCode": "Passed" }))).ok();
    assert_eq!((&reset["test_run_results"], &reset["run_time"]), (&json!([]), &json!(0)));
    mock.assert_no_verdicts();
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn a_restarted_run_is_a_new_one() {
    let mock = mock();
    let run = start(&mock, json!({ "TestSetId": 182 }));
    let item = items(&mock, &run).remove(0);
    ask(&mock, "PATCH", &item_path(&run, &item), Some(json!({ "StatusCode": "Blocked" }))).ok();
    let printed = call(&mock, "POST", "/v2/projects/98429/testruns/647894/restart").now().ok();
    assert_eq!((&printed["nbr_tests"], &printed["test_set_id"]), (&json!(1), &json!(277_958)), "what was run, not what the set has now");
    let again = call(&mock, "POST", &format!("{RUNS}/{}/restart", run["id"])).header("Content-Length", "0").now().ok();
    assert_ne!(again["id"], run["id"]);
    assert_eq!((&again["status_code"], &again["nbr_tests"]), (&json!("Awaiting Run"), &json!(2)));
    assert_eq!(get(&mock, &format!("{RUNS}/{}", run["id"]))["nbr_blocked"], 1, "the old one stays as it was");
    assert_eq!(ask(&mock, "DELETE", &format!("{RUNS}/{}", run["id"]), None).status, 200);
    failed(&ask(&mock, "GET", &format!("{RUNS}/{}/items", run["id"]), None), 404);
}

#[test]
fn logs_and_reports_are_kept_and_can_be_downloaded() {
    let mock = mock();
    let run = start(&mock, json!({ "TestId": 1 }));
    let target = item_path(&run, &items(&mock, &run)[0]);
    for (kind, member, name, content) in
        [("log", "file_log", "run.tcLogX", b"<log/>".as_slice()), ("report", "file_report", "run.MHT", b"MIME-Version: 1.0")]
    {
        let reply = form(call(&mock, "POST", &format!("{target}/{kind}")), &[("File", Some(name), content)]).now();
        assert_eq!((reply.status, reply.body.len()), (200, 0), "{kind}");
        let url = get(&mock, &target)[member].as_str().expect("a place").to_owned();
        assert_eq!(super::scripts::fetch(&url, &[]).body, content, "{url}");
        failed(&form(call(&mock, "POST", &format!("{target}/{kind}")), &[("File", Some("run.txt"), content)]).now(), 400);
    }
    assert_eq!(mock.uploads().iter().map(|file| file.file_name.as_str()).collect::<Vec<_>>(), ["run.tcLogX", "run.MHT"]);
    mock.assert_no_verdicts();
}
