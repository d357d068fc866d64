//! Hosts: registered, found, given runs, reporting them.

use super::{basic, form};
use crate::client::{Reply, Send, send, start};
use serde_json::{Value, json};
use std::time::Duration;
use tms_mock::{Clock, Mock, qacomplete as users, qacomplete_automation as api};

pub(crate) fn mock() -> Mock {
    start(Mock::qacomplete_automation())
}

fn as_user<'m>(mock: &'m Mock, login: &str, method: &'m str, target: &str) -> Send<'m> {
    send(mock, method, target).without("Token").header("Authorization", &basic(login, mock.token()))
}

pub(crate) fn as_host<'m>(mock: &'m Mock, host: &Value, method: &'m str, target: &str) -> Send<'m> {
    let token = host["security_token"].as_str().expect("a token");
    send(mock, method, target).without("Token").header("Authorization", &basic(&host["id"].to_string(), token))
}

/// The host that is there from the beginning.
pub(crate) fn first() -> Value {
    json!({ "id": api::HOST_ID, "security_token": api::HOST_TOKEN })
}

fn register(mock: &Mock, name: &str) -> Value {
    let body = json!({ "host_name": name, "host_configuration": "x64", "agents": ["JUnit", "testcomplete/testexecute"] });
    as_user(mock, users::JOHN, "POST", "/v2/hosts").json(&body).now().ok()
}

fn current(mock: &Mock, host: &Value) -> Vec<Value> {
    let page = as_host(mock, host, "GET", &format!("/v2/hosts/{}/currentruns", host["id"])).now().ok();
    page["results"].as_array().expect("results").clone()
}

fn report(mock: &Mock, host: &Value, run: &Value, place: i64, body: &Value) -> Reply {
    as_host(mock, host, "PATCH", &format!("/v2/hosts/{}/runs/{}/items/{place}", host["id"], run["id"])).json(body).now()
}

#[test]
fn a_host_registers_runs_and_reports() {
    let mock = mock();
    let host = register(&mock, "RACK11-W7X64");
    assert_eq!((&host["id"], &host["is_active"]), (&json!(143), &json!(true)));
    assert_eq!(host["agents"], json!(["JUnit (Selenium)", "TestComplete/TestExecute"]), "long names come back");
    let runs = current(&mock, &host);
    let run = &runs[0];
    assert_eq!(run["test_run_items"].as_array().map(Vec::len), Some(2), "{run}");
    assert_eq!((&run["test_run_items"][0]["sequence_number"], &run["test_run_items"][0]["stop_on_fail"]), (&json!(1), &json!(true)));
    let item =
        report(&mock, &host, run, 1, &json!({ "status": "Passed", "run_time": 12, "test_run_results": [{ "status": "Passed" }] })).ok();
    assert_eq!((&item["sequence_number"], &item["stop_on_fail"]), (&json!(1), &json!(true)));
    assert_eq!(current(&mock, &host).len(), 1, "it waits until all are reported");
    let target = format!("/v2/hosts/143/runs/{}/items/2", run["id"]);
    for (kind, name) in [("logs", "run.xml"), ("logs", "run.tcLogX"), ("report", "run.mht")] {
        let part = kind.trim_end_matches('s');
        let reply = form(as_host(&mock, &host, "POST", &format!("{target}/{kind}")), &[(part, Some(name), b"<log/>")]).now();
        assert_eq!((reply.status, reply.body.len()), (200, 0), "{name}");
    }
    assert_eq!(form(as_host(&mock, &host, "POST", &format!("{target}/logs")), &[("log", Some("run.txt"), b"")]).now().status, 400);
    report(&mock, &host, run, 2, &json!({ "status": "Skipped" })).ok();
    assert_eq!(current(&mock, &host), Vec::<Value>::new(), "nothing is left");
    let kept = &mock.records(api::RUNS, "143")[0].hidden["items"][1];
    assert_eq!((&kept["log"], &kept["report"], &kept["status"]), (&json!(2), &json!(3), &json!("Skipped")), "the later log counts");
    mock.assert_no_verdicts();
}

#[test]
fn a_test_that_fails_may_stop_its_run() {
    let mock = mock();
    for (stops, left) in [(true, 0), (false, 1)] {
        mock.reset();
        let items = json!({ "items": [{ "stop_on_fail": stops }, {}] });
        let id = mock.seed(api::RUNS, &api::HOST_ID.to_string(), items).expect("seeded");
        report(&mock, &first(), &json!({ "id": id.parse::<i64>().expect("a number") }), 1, &json!({ "status": "Failed" })).ok();
        assert_eq!(current(&mock, &first()).len(), left, "{stops}");
    }
}

#[test]
fn runs_come_in_order_when_their_time_has_come_and_to_active_hosts() {
    let clock = Clock::manual();
    let mock = start(api::mock().clock(clock.clone()));
    let host = first();
    for (id, not_before) in [(30, "2026-01-01T00:10:00Z"), (20, "2025-01-01"), (10, "2026-01-01T00:05:00")] {
        let run = json!({ "id": id, "items": [{}], "not_before": not_before });
        mock.seed(api::RUNS, "142", run).expect("seeded");
    }
    let waiting = || current(&mock, &host).iter().map(|run| run["id"].as_i64().expect("a number")).collect::<Vec<_>>();
    assert_eq!(waiting(), [20]);
    clock.advance(Duration::from_secs(300));
    assert_eq!(waiting(), [10, 20]);
    clock.advance(Duration::from_secs(300));
    assert_eq!(waiting(), [10, 20, 30]);
    let page = as_host(&mock, &host, "GET", "/v2/hosts/142/currentruns?offset=1&limit=1").now().ok();
    assert_eq!((&page["metadata"]["result_set"]["total"], &page["results"][0]["id"]), (&json!(3), &json!(20)));
    as_host(&mock, &host, "PATCH", "/v2/hosts/142").json(&json!({ "is_active": false })).now().ok();
    assert_eq!(waiting(), [0; 0]);
    as_host(&mock, &host, "PATCH", "/v2/hosts/142").json(&json!({ "is_active": true })).now().ok();
    assert_eq!(waiting().len(), 3);
}

#[test]
fn each_operation_takes_its_own_credential() {
    let mock = mock();
    let host = first();
    let other = register(&mock, "OTHER");
    for (method, target, by_user, by_host) in [
        ("GET", "/v2/depts", 200, 401),
        ("GET", "/v2/hosts?name=BUILD-01", 200, 401),
        ("GET", "/v2/hosts/142", 401, 200),
        ("GET", "/v2/hosts/142/currentruns", 401, 200),
        ("GET", "/v2/hosts/143", 401, 403),
        ("GET", "/v2/hosts/15", 401, 404),
        ("GET", "/v2/hosts/142/runs/7/items/1/script?agent=junit", 401, 404),
    ] {
        let user = as_user(&mock, users::JOHN, method, target).header("Accept", "*/*").now();
        assert_eq!(user.status, by_user, "a user: {target}");
        assert_eq!(as_host(&mock, &host, method, target).header("Accept", "*/*").now().status, by_host, "a host: {target}");
    }
    let swapped = json!({ "id": 142, "security_token": other["security_token"] });
    assert_eq!(as_host(&mock, &swapped, "GET", "/v2/hosts/142").now().status, 401);
    let unknown = as_host(&mock, &host, "GET", "/v2/hosts/15").now();
    assert_eq!(super::failed(&unknown, 404), "Host with id 15 not found", "as it is printed");
    for (login, status) in [(users::JOHN, 200), (users::READER, 200), (users::OUTSIDER, 403), (users::GONE, 401)] {
        assert_eq!(as_user(&mock, login, "GET", "/v2/hosts?name=BUILD-01").now().status, status, "{login}");
    }
}

#[test]
fn names_are_unique_in_a_department() {
    let mock = mock();
    let body = |name: &str, dept: Option<i64>| {
        let mut body = json!({ "host_name": name, "host_configuration": "c" });
        if let Some(dept) = dept {
            body["dept_id"] = json!(dept);
        }
        body
    };
    let post = |login: &str, query: &str, body: &Value| as_user(&mock, login, "POST", &format!("/v2/hosts{query}")).json(body).now();
    for (login, query, body, status) in [
        (users::JOHN, "", body("A", None), 200),
        (users::JOHN, "", body("a", None), 500),
        (users::TWO, "", body("A", None), 400),
        (users::TWO, "", body("A", Some(8162)), 500),
        (users::TWO, "?DeptId=8163", body("A", None), 200),
        (users::TWO, "?deptid=8163", body("B", Some(8162)), 400),
        (users::JOHN, "?DeptId=8163", body("C", None), 403),
        (users::JOHN, "", body(" ", None), 400),
        (users::JOHN, "", json!({ "host_name": "D" }), 400),
        (users::JOHN, "", json!({ "host_name": "D", "host_configuration": "c", "agents": ["robot"] }), 400),
        (users::JOHN, "", body(&"x".repeat(101), None), 400),
    ] {
        assert_eq!(post(login, query, &body).status, status, "{login} {query} {body}");
    }
    let find = |login: &str, query: &str| as_user(&mock, login, "GET", &format!("/v2/hosts?{query}")).now().status;
    for (login, query, status) in [
        (users::JOHN, "name=A", 200),
        (users::JOHN, "name=none", 404),
        (users::TWO, "name=A", 400),
        (users::TWO, "name=A&deptid=8163", 200),
        (users::JOHN, "name=A&deptid=8163", 403),
        (users::JOHN, "deptid=8162", 400),
    ] {
        assert_eq!(find(login, query), status, "{login} {query}");
    }
    let rename = as_host(&mock, &first(), "PATCH", "/v2/hosts/142").json(&json!({ "host_name": "A" })).now();
    assert_eq!(rename.status, 500);
}

#[test]
fn reports_are_judged() {
    let mock = mock();
    let id = mock.seed(api::RUNS, "142", json!({ "items": [{}] })).expect("seeded");
    let run = json!({ "id": id.parse::<i64>().expect("a number") });
    for (place, body, status) in [
        (1, json!({ "status": "Green" }), 400),
        (1, json!({ "status": "Passed", "date_started": "soon" }), 400),
        (1, json!({ "status": "Passed", "run_time": "12" }), 400),
        (1, json!({ "status": "Passed", "colour": "red" }), 400),
        (0, json!({ "status": "Passed" }), 400),
        (2, json!({ "status": "Passed" }), 404),
        (1, json!({ "status": "Passed", "date_started": "2014-07-22T21:30:00Z", "date_finished": "2014-07-22T21:30:12.5000000" }), 200),
    ] {
        assert_eq!(report(&mock, &first(), &run, place, &body).status, status, "{place} {body}");
    }
    let steps = json!({ "test_run_results": [{ "status": "NA" }] });
    for _ in 0..2 {
        report(&mock, &first(), &run, 1, &steps).ok();
    }
    let kept = &mock.records(api::RUNS, "142")[0].hidden["items"][0];
    assert_eq!(
        (kept["test_run_results"].as_array().map(Vec::len), &kept["status"]),
        (Some(2), &json!("Passed")),
        "a repeated report shows"
    );
}
