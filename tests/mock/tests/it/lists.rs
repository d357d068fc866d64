//! Paging and filters.

use crate::client::{get, qase};
use serde_json::{Value, json};
use tms_mock::{Mock, qase as api};

fn numbers(mock: &Mock, target: &str) -> Vec<i64> {
    let entities = get(mock, target).ok()["result"]["entities"].as_array().cloned().expect("entities");
    entities.iter().map(|entity| entity["id"].as_i64().expect("a number")).collect()
}

fn counters(mock: &Mock, target: &str) -> (u64, u64, u64, usize) {
    let result = get(mock, target).ok()["result"].clone();
    let counter = |name: &str| result[name].as_u64().expect(name);
    (counter("total"), counter("filtered"), counter("count"), result["entities"].as_array().map_or(0, Vec::len))
}

#[test]
fn pages_follow_one_another_to_the_end() {
    let mock = qase();
    mock.seed_all(api::CASES, "QAPP", (1..=250).map(|n| json!({ "title": format!("Case {n}") }))).expect("seeds");
    assert_eq!(counters(&mock, "/case/QAPP"), (250, 250, 100, 100), "the default page is 100");
    let mut seen = Vec::new();
    for offset in (0..=300).step_by(60) {
        seen.extend(numbers(&mock, &format!("/case/QAPP?limit=60&offset={offset}")));
    }
    assert_eq!(seen, (1..=250).collect::<Vec<_>>());
    assert_eq!(counters(&mock, "/case/QAPP?limit=60&offset=240"), (250, 250, 10, 10));
    assert_eq!(counters(&mock, "/case/QAPP?limit=60&offset=250"), (250, 250, 0, 0), "beyond the end is an empty page");
    assert_eq!(counters(&mock, "/case/QAPP?limit=2&filters[search]=case%2024"), (250, 11, 2, 2));
}

#[test]
fn cases_are_filtered() {
    let mock = qase();
    let cases = |query: &str| numbers(&mock, &format!("/case/DEMO?{query}"));
    assert_eq!(cases("filters[search]=CASE%207"), [7]);
    assert_eq!(cases("filters[milestone_id]=1"), [2, 4, 6, 8, 10]);
    assert_eq!(cases("filters[suite_id]=1"), [3, 5, 6, 9]);
    assert_eq!(cases("filters[severity]=major"), [1, 3, 10]);
    assert_eq!(cases("filters[severity]=major,critical"), [1, 2, 3, 9, 10]);
    assert_eq!(cases("filters%5Bseverity%5D=major%2Ccritical"), [1, 2, 3, 9, 10], "encoded is the same");
    assert_eq!(cases("filters[severity]=blocker"), cases("filters[severity]=blocked"), "two words for one thing");
    assert_eq!(cases("filters[priority]=high"), [1, 9]);
    assert_eq!(cases("filters[type]=functional,smoke"), [2, 3]);
    assert_eq!(cases("filters[behavior]=destructive"), [3, 7]);
    assert_eq!(cases("filters[is_automated]=true"), [3, 6, 9]);
    assert_eq!(cases("filters[is_deprecated]=true"), [10]);
    assert_eq!(cases("filters[is_automated]=true&filters[suite_id]=1&filters[search]=9"), [9], "all must hold");
    assert_eq!(cases("filters[severity]=unheard-of"), [0; 0]);
}

#[test]
fn titles_are_searched() {
    let mock = qase();
    assert_eq!(numbers(&mock, "/suite/DEMO?filters[search]=level"), [1, 2]);
    assert_eq!(numbers(&mock, "/milestone/DEMO?filters[search]=2.0"), [2]);
    assert_eq!(counters(&mock, "/shared_step/DEMO?filters[search]=shared"), (1, 1, 1, 1));
    assert_eq!(counters(&mock, "/shared_step/DEMO?filters[search]=other"), (1, 0, 0, 0));
    assert_eq!(numbers(&mock, "/plan/DEMO?filters[search]=SAMPLE"), [1, 16]);
}

#[test]
fn runs_and_defects_are_filtered_by_status() {
    let mock = qase();
    assert_eq!(numbers(&mock, "/run/DEMO?filter[status]=active"), [1]);
    assert_eq!(numbers(&mock, "/run/DEMO?filter[status]=complete,abort"), [2]);
    assert_eq!(numbers(&mock, "/run/DEMO?filter[status]=active,complete"), [1, 2]);
    assert_eq!(numbers(&mock, "/defect/DEMO?filter[status]=open"), [1]);
    assert_eq!(numbers(&mock, "/defect/DEMO?filter[status]=resolved"), [2]);
    let with_cases = get(&mock, "/run/DEMO?include=cases").ok()["result"]["entities"][0]["cases"].clone();
    assert_eq!(with_cases, json!([1, 2, 3]));
    assert_eq!(get(&mock, "/run/DEMO").ok()["result"]["entities"][0].get("cases"), None);
}

#[test]
fn results_are_filtered() {
    let mock = qase();
    let cases = |query: &str| -> Vec<Value> {
        let list = get(&mock, &format!("/result/DEMO?{query}")).ok()["result"]["entities"].clone();
        list.as_array().expect("entities").iter().map(|result| result["case_id"].clone()).collect()
    };
    assert_eq!(cases("filter[status]=passed"), [1], "`passed` finds `Passed`");
    assert_eq!(cases("filter[member]=1"), [2]);
    assert_eq!(cases("filter[run]=1"), [1, 2]);
    assert_eq!(cases("filter[run]=2"), [0; 0]);
    assert_eq!(cases("filter[case_id]=2"), [2]);
    assert_eq!(cases("filter[from_end_time]=2019-01-01%2000:00:00"), [2]);
    assert_eq!(cases("filter[to_end_time]=2019-01-01+00:00:00"), [1]);
    assert_eq!(cases("filter[from_end_time]=2018-11-11%2011:11:11&filter[to_end_time]=2019-12-12%2012:30:00"), [0; 0]);
    let refused = get(&mock, "/result/DEMO?filter[from_end_time]=yesterday");
    refused.failed(400);
    assert_eq!(refused.json()["errorFields"][0]["field"], "filter[from_end_time]");
}
