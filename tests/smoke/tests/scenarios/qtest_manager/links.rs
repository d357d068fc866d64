//! Links between things, bodies of deletions, and paths that look alike.

use super::got;
use crate::asked;
use qtest_manager::types::{AttachmentOwner, LinkSource, LinkTarget, TemplateProjects};
use qtest_manager::{Error, StatusCode};
use serde_json::json;
use tms_smoke::both;
use tms_smoke::qtest_manager::{Drive, PROJECT, World};

both!(
    links_by_number_and_by_key_are_told_apart,
    deletions_bring_a_body,
    templates_are_detached_with_a_body,
    kinds_of_objects_are_words,
    a_path_of_a_word_goes_before_one_of_a_number,
);

fn links_by_number_and_by_key_are_told_apart<M: Drive>() {
    let world = World::start();
    let links = M::client(&world.setup()).project(PROJECT).links();
    let pids = |links: &[qtest_manager::types::ArtifactLinks]| -> Vec<String> {
        links.iter().flat_map(|of| of.objects.iter().flatten()).filter_map(|link| link.pid.clone()).collect()
    };
    let by_number = got(links.create(LinkSource::Requirements, 201, LinkTarget::TestCases, [302, 999]));
    assert!(pids(&by_number).ends_with(&["TC-2".to_owned()]), "what cannot be linked is left out");
    let by_key = got(links.link_defects(LinkSource::TestLogs, 1001, LinkTarget::Defects, ["DF-1".to_owned()]));
    let defect = by_key[0].objects.as_deref().and_then(<[_]>::first).expect("a defect");
    assert_eq!((by_key[0].id, defect.pid.as_deref(), defect.summary.as_deref()), (Some(1001), Some("DF-1"), Some("Login fails")));
    let paths: Vec<_> = world.mock.requests().into_iter().map(|request| (request.operation, request.path, request.raw_query)).collect();
    let path = |operation: &str, path: &str, query: Option<&str>| (Some(operation.to_owned()), path.to_owned(), query.map(str::to_owned));
    let expected = [
        path("createLinks", "/api/v3/projects/1/requirements/201/link", Some("type=test-cases")),
        path("linkDefects", "/api/v3/projects/1/test-logs/1001/defects", None),
    ];
    assert_eq!(paths, expected);
    assert_eq!(pids(&got(links.list(LinkTarget::TestCases).ids([301, 302]))), ["RQ-1", "RQ-1"]);
    assert_eq!(got(links.list(LinkTarget::Defects).pids(["DF-1".to_owned()])).len(), 1);
    let query = world.mock.requests()[2].raw_query.clone();
    assert_eq!(query.as_deref(), Some("type=test-cases&ids=301&ids=302"));
    world.mock.assert_no_verdicts();
}

fn deletions_bring_a_body<M: Drive>() {
    let world = World::start();
    let links = M::client(&world.setup()).project(PROJECT).links();
    got(links.create(LinkSource::Requirements, 201, LinkTarget::TestCases, [302]));
    got(links.delete(LinkSource::Requirements, 201, LinkTarget::TestCases, [301]));
    let left = got(links.list(LinkTarget::Requirements).ids([201]));
    let left: Vec<_> =
        left[0].objects.iter().flatten().filter(|link| link.link_type.as_deref() == Some("is_covered_by")).map(|link| link.id).collect();
    assert_eq!(left, [Some(302)]);
    got(links.link_defects(LinkSource::TestLogs, 1001, LinkTarget::Defects, ["DF-1".to_owned()]));
    let gone = got(links.unlink_defects(LinkSource::TestLogs, 1001, LinkTarget::Defects, ["DF-1".to_owned()]));
    assert_eq!(gone, ["DF-1"]);
    let error = M::send(links.unlink_defects(LinkSource::TestLogs, 1001, LinkTarget::Defects, ["DF-1".to_owned()])).expect_err("gone");
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    let deletions = world.mock.requests().into_iter().filter(|request| request.method == http::Method::DELETE);
    let deletions: Vec<_> = deletions.map(|request| (request.path.clone(), request.json())).collect();
    assert_eq!(deletions[0], ("/api/v3/projects/1/requirements/201/link".to_owned(), Some(json!([301]))));
    assert_eq!(deletions[1], ("/api/v3/projects/1/test-logs/1001/defects".to_owned(), Some(json!(["DF-1"]))));
    world.mock.assert_no_verdicts();
}

fn templates_are_detached_with_a_body<M: Drive>() {
    let world = World::start();
    let templates = M::client(&world.setup()).site_templates();
    got(templates.apply(3, TemplateProjects::new([1, 2]).with_create_new_site_field_values(false)));
    got(templates.detach(0, [1, 2]));
    let [applied, detached] = world.mock.requests().try_into().expect("two requests");
    assert_eq!(applied.json(), Some(json!({ "project_ids": [1, 2], "create_new_site_field_values": false })));
    assert_eq!((detached.method, detached.path.as_str()), (http::Method::DELETE, "/api/v3/site-templates/0/projects"));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&detached.body).expect("JSON"), json!([1, 2]));
    world.mock.assert_no_verdicts();
}

fn kinds_of_objects_are_words<M: Drive>() {
    let world = World::start();
    let attachments = M::client(&world.setup()).project(PROJECT).attachments();
    for (kind, id) in [(AttachmentOwner::TestCases, 302), (AttachmentOwner::TestLogs, 1001), ("defects".into(), 1101)] {
        assert!(got(attachments.list(kind, id)).is_empty());
    }
    let paths: Vec<_> = world.mock.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths[0], "/api/v3/projects/1/test-cases/302/attachments");
    assert_eq!(paths[2], "/api/v3/projects/1/defects/1101/attachments");
    let error = M::send(attachments.list("modules", 101)).expect_err("a word that the service does not know");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
}

/// `test-runs/execution-statuses` and `test-runs/{testRunId}`, `users/search` and `users/{userId}`, and so on.
fn a_path_of_a_word_goes_before_one_of_a_number<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let project = client.project(PROJECT);
    assert_eq!(got(project.test_runs().statuses()).len(), 5);
    assert_eq!(got(project.test_runs().get(901)).id, 901);
    assert!(got(project.test_runs().tree()).children.is_some_and(|children| !children.is_empty()));
    assert_eq!(got(project.test_logs().last(901)).id, 1001);
    assert_eq!(got(project.test_logs().get(901, 1001)).id, 1001);
    assert_eq!(got(client.users().search()).total, Some(2));
    assert_eq!(got(client.users().get(1)).id, 1);
    for operation in ["listExecutionStatuses", "getTestRun", "getExecutionTree", "getLastTestLog", "getTestLog", "searchUsers", "getUser"] {
        assert_eq!(asked(&world.mock, operation), 1, "{operation}");
    }
}
