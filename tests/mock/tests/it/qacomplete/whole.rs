//! What the mock promises as a whole: every operation has its behaviour, and a reset undoes all.

use super::{ask, get, mock};
use crate::client::start;
use serde_json::json;
use tms_mock::{Mock, SeedError, qacomplete as api, qacomplete_automation as automation};

#[test]
fn operations_that_were_never_called_are_listed() {
    for (mock, count) in [(mock(), 104), (start(Mock::qacomplete_automation()), 10)] {
        assert_eq!(mock.operations().len(), count);
        assert_eq!(mock.hits().values().filter(|hits| **hits == 0).count(), count);
    }
    let mock = mock();
    get(&mock, "/v1/projects");
    assert_eq!(mock.hits()["listProjects"], 1);
}

#[test]
fn a_reset_undoes_everything() {
    let mock = mock();
    let before = get(&mock, "/v1/projects/11873/defects");
    ask(&mock, "DELETE", "/v1/projects/11873/defects/12", None);
    super::form(super::call(&mock, "POST", "/v1/projects/11873/Bugs/17/files"), &[("File", Some("a"), b"a")]).now().ok();
    mock.reset();
    assert_eq!((get(&mock, "/v1/projects/11873/defects"), mock.uploads().len()), (before, 0));
}

#[test]
fn seeds_must_fit() {
    let (rest, hosts) = (mock(), start(Mock::qacomplete_automation()));
    let refused = |result: Result<String, SeedError>, complaint: &str| {
        let error = result.expect_err(complaint).to_string();
        assert!(error.contains(complaint), "{error}");
    };
    refused(rest.seed(automation::RUNS, "", json!({})), "no collection `runs`");
    refused(rest.seed(api::DEFECTS, "7", json!({})), "no project `7`");
    refused(rest.seed(api::DEFECTS, "11873", json!([])), "an object");
    refused(hosts.seed(api::DEFECTS, "", json!({})), "no collection `defects`");
    refused(hosts.seed(automation::RUNS, "7", json!({})), "no host `7`");
    refused(hosts.seed(automation::RUNS, "142", json!({})), "needs `items`");
    refused(hosts.seed(automation::RUNS, "142", json!({ "items": [{ "scripts": [{ "agent": "robot" }] }] })), "`agent`");
    refused(hosts.seed(automation::RUNS, "142", json!({ "items": [{ "scripts": [{ "agent": "junit", "url": 1 }] }] })), "no `url`");
    refused(hosts.seed(automation::HOSTS, "", json!({ "colour": 1 })), "no `colour`");
    refused(hosts.seed(automation::HOSTS, "", json!({ "agents": ["robot"] })), "agent is unknown");
}

#[test]
fn a_bare_mock_has_users_and_projects_only() {
    let mock = start(api::bare());
    assert_eq!(get(&mock, "/v1/projects/11873")["proj_name"], "Orders");
    for path in ["/v1/projects/11873/defects", "/v2/projects/11873/tests", "/v2/projects/11873/testruns"] {
        assert_eq!(get(&mock, path)["metadata"]["result_set"]["total"], 0, "{path}");
    }
}

#[test]
fn clients_are_told_what_they_need() {
    let names = |mock: &Mock| mock.env().into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&mock()), ["QACOMPLETE_BASE_URL", "QACOMPLETE_LOGIN", "QACOMPLETE_PASSWORD"]);
    let hosts = start(Mock::qacomplete_automation());
    assert_eq!(names(&hosts), ["QACOMPLETE_AUTOMATION_BASE_URL", "QACOMPLETE_LOGIN", "QACOMPLETE_PASSWORD"]);
    assert!(hosts.url().ends_with("/rest-api/service/automation"));
}
