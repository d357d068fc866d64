//! Lists of every form, to their end.

use super::got;
use qtest_manager::types::{ArtifactSearch, FieldObject, NewComment, NewModule, NewTestCase, NewTestStep, SearchedObject};
use serde_json::json;
use std::collections::BTreeSet;
use tms_mock::{Fault, Mock, qtest_manager as records};
use tms_smoke::both;
use tms_smoke::qtest_manager::{Drive, PROJECT, World};

both!(
    a_bare_list_with_a_total_in_its_headers,
    a_total_in_the_headers_outlasts_a_short_page,
    a_bare_list_without_a_total,
    a_bare_list_with_a_size,
    a_list_inside_an_envelope,
    a_search_is_a_list,
    steps_come_in_any_form,
    a_list_that_is_not_paged_is_whole,
    the_first_page_may_be_another,
    a_list_stops_where_it_fails,
    a_server_that_ignores_the_size_is_read_to_its_end,
);

/// Page and size of each request of an operation.
fn pages(mock: &Mock, operation: &str, size: &str) -> Vec<(String, String)> {
    let requests = mock.requests();
    let of = requests.iter().filter(|request| request.operation.as_deref() == Some(operation));
    of.map(|request| (request.query("page").unwrap_or("-").to_owned(), request.query(size).unwrap_or("-").to_owned())).collect()
}

fn numbers<const N: usize>(pairs: [(i64, i64); N]) -> Vec<(String, String)> {
    pairs.map(|(page, size)| (page.to_string(), size.to_string())).to_vec()
}

fn seed(world: &World, collection: tms_mock::Collection, count: usize, also: &serde_json::Value) {
    let scope = if collection == records::PROJECTS { String::new() } else { PROJECT.to_string() };
    let seeds = (0..count).map(|number| {
        let mut fields = also.clone();
        fields["name"] = json!(format!("Seed {number}"));
        fields
    });
    world.mock.seed_all(collection, &scope, seeds).expect("the mock takes seeds");
}

fn distinct(ids: impl IntoIterator<Item = i64>) -> usize {
    ids.into_iter().collect::<BTreeSet<_>>().len()
}

fn a_bare_list_with_a_total_in_its_headers<M: Drive>() {
    let world = World::start();
    seed(&world, records::PROJECTS, 222, &json!({}));
    let projects = M::collect(M::client(&world.setup()).projects().list().assigned(false)).expect("every page");
    assert_eq!((projects.len(), distinct(projects.iter().map(|project| project.id))), (225, 225));
    assert_eq!(pages(&world.mock, "listProjects", "pageSize"), numbers([(1, 100), (2, 100), (3, 100)]));
    world.mock.assert_no_verdicts();
}

fn a_total_in_the_headers_outlasts_a_short_page<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    seed(&world, records::PROJECTS, 4, &json!({}));
    world.mock.script("listProjects", [Fault::remove("/3")]);
    let projects = M::collect(client.projects().list().assigned(false).page_size(4)).expect("every page");
    assert_eq!(projects.len(), 6, "X-Item-Total says that there is more");
    assert_eq!(pages(&world.mock, "listProjects", "pageSize"), numbers([(1, 4), (2, 4)]));
    let fields = M::collect(client.project(PROJECT).fields().values(FieldObject::TestRuns, 801).page_size(2)).expect("values");
    assert_eq!(fields.len(), 5);
    assert_eq!(pages(&world.mock, "listFieldValues", "pageSize"), numbers([(1, 2), (2, 2), (3, 2)]));
}

fn a_bare_list_without_a_total<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_CYCLES, 11, &json!({ "parentId": 0, "parentType": "root" }));
    let cycles = M::client(&world.setup()).project(PROJECT).test_cycles();
    let found = M::collect(cycles.list().page_size(5)).expect("every page");
    assert_eq!((found.len(), distinct(found.iter().map(|cycle| cycle.id))), (12, 12));
    assert_eq!(pages(&world.mock, "listTestCycles", "pageSize"), numbers([(1, 5), (2, 5), (3, 5)]), "the last page is not full");
    assert_eq!(M::collect(cycles.list().page_size(6)).expect("two full pages").len(), 12);
    assert_eq!(
        pages(&world.mock, "listTestCycles", "pageSize").len(),
        3 + 3,
        "without a total, only an empty page says that there is no more"
    );
    world.mock.assert_no_verdicts();
}

fn a_bare_list_with_a_size<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_CASES, 203, &json!({ "parent_id": 102 }));
    let project = M::client(&world.setup()).project(PROJECT);
    let cases = M::collect(project.test_cases().list().parent_id(102)).expect("every page");
    assert_eq!((cases.len(), distinct(cases.iter().map(|case| case.id))), (204, 204));
    assert_eq!(pages(&world.mock, "listTestCases", "size"), numbers([(1, 100), (2, 100), (3, 100)]));
    seed(&world, records::REQUIREMENTS, 4, &json!({ "parent_id": 101 }));
    assert_eq!(M::collect(project.requirements().list().size(2)).expect("every page").len(), 5);
    assert_eq!(pages(&world.mock, "listRequirements", "size"), numbers([(1, 2), (2, 2), (3, 2)]));
    world.mock.assert_no_verdicts();
}

fn a_list_inside_an_envelope<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_RUNS, 6, &json!({ "testCaseId": 301, "parentId": 801, "parentType": "test-suite" }));
    let project = M::client(&world.setup()).project(PROJECT);
    let runs = || project.test_runs().list().parent_id(801).parent_type("test-suite").page_size(4);
    let page = got(runs().page(2));
    assert_eq!((page.page, page.page_size, page.total, page.items.map(|items| items.len())), (Some(2), Some(4), Some(7), Some(3)));
    let found = M::collect(runs()).expect("every page");
    assert_eq!((found.len(), distinct(found.iter().map(|run| run.id))), (7, 7));
    assert_eq!(
        pages(&world.mock, "listTestRuns", "pageSize")[1..],
        numbers([(1, 4), (2, 4)]),
        "the last page is short, and reaches the total"
    );
    for number in 0..3 {
        got(project.defects().add_comment("DF-1", NewComment::new(format!("Comment {number}"))));
    }
    let comments = M::collect(project.defects().comments("DF-1").page_size(3)).expect("every page");
    assert_eq!(comments.iter().map(|comment| comment.content.as_deref()).collect::<Vec<_>>()[0], Some("Seen again"));
    assert_eq!(comments.len(), 4);
    world.mock.assert_no_verdicts();
}

fn a_search_is_a_list<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_CASES, 9, &json!({ "parent_id": 102 }));
    let search = M::client(&world.setup()).project(PROJECT).search();
    let wanted = ArtifactSearch::new(SearchedObject::TestCases).with_fields(["*".to_owned()]).with_query("Name ~ 'Seed'");
    let found = M::collect(search.artifacts(wanted).page_size(4)).expect("every page");
    assert_eq!((found.len(), distinct(found.iter().filter_map(|found| found.id))), (9, 9));
    assert_eq!(pages(&world.mock, "searchArtifacts", "pageSize"), numbers([(1, 4), (2, 4), (3, 4)]));
    let bodies: BTreeSet<_> = world.mock.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies.len(), 1, "what is searched goes along with each page");
}

/// A list, a page, a single step: which one is not documented.
fn steps_come_in_any_form<M: Drive>() {
    let world = World::start();
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    let steps = (1..=5).map(|number| NewTestStep::new(format!("Do {number}"), "Done")).collect::<Vec<_>>();
    let case = got(cases.create(NewTestCase::new("Long").with_test_steps(steps)));
    let version = case.test_case_version_id.expect("a version");
    let read = |size: i32| -> Vec<String> {
        let steps = M::collect(cases.version_steps_paged(case.id, version).size(size)).expect("every page");
        steps.into_iter().filter_map(|step| step.description).collect()
    };
    let all: Vec<_> = (1..=5).map(|number| format!("Do {number}")).collect();
    assert_eq!(read(2), all, "pages in envelopes");
    let step = |number: usize| json!({ "id": number, "description": format!("Do {number}") });
    world.mock.script("listVersionStepsPaged", [Fault::set("", json!([step(1), step(2)])), Fault::set("", step(3))]);
    assert_eq!(read(2), all[..3], "a bare list, then a single one");
    world.mock.script("listVersionStepsPaged", [Fault::set("", json!([]))]);
    assert!(read(2).is_empty(), "an empty list");
    let paged: Vec<_> =
        M::collect(cases.steps_paged(case.id).size(2)).expect("bare pages").into_iter().filter_map(|step| step.description).collect();
    assert_eq!(paged, all);
}

fn a_list_that_is_not_paged_is_whole<M: Drive>() {
    let world = World::start();
    let modules = M::client(&world.setup()).project(PROJECT).modules();
    for number in 0..120 {
        got(modules.create(NewModule::new(format!("Part {number}")).with_parent_id(102)).parent_id(102));
    }
    assert_eq!(got(modules.list().parent_id(102)).len(), 120);
    let tree = got(modules.get(101).expand("descendants"));
    let payment = tree.children.as_deref().and_then(<[_]>::first).expect("a module below");
    assert_eq!((payment.id, payment.children.as_ref().map(Vec::len)), (102, Some(120)));
}

fn the_first_page_may_be_another<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_CASES, 8, &json!({ "parent_id": 102 }));
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    assert_eq!(M::collect(cases.list().page(3).size(4)).expect("the rest").len(), 2);
    assert_eq!(M::collect(cases.list().page(9).size(4)).expect("nothing").len(), 0);
}

fn a_list_stops_where_it_fails<M: Drive>() {
    let world = World::start();
    seed(&world, records::TEST_CASES, 8, &json!({ "parent_id": 102 }));
    world.mock.script("listTestCases", [Fault::pass(), Fault::refusal(http::StatusCode::FORBIDDEN, "Not yours any more")]);
    let error = M::collect(M::client(&world.setup()).project(PROJECT).test_cases().list().size(4)).expect_err("the second page");
    assert!(error.to_string().contains("test_cases.list") && error.to_string().contains("Not yours any more"), "{error}");
    assert_eq!(world.mock.requests().len(), 2);
}

/// The reference says of projects that all come unless a page is asked for; such a server may answer more than was asked for.
fn a_server_that_ignores_the_size_is_read_to_its_end<M: Drive>() {
    let world = World::start();
    let all: Vec<_> = (1..=7).map(|id| json!({ "id": id, "name": format!("{id}") })).collect();
    world.mock.script(
        "listProjects",
        [Fault::set("", json!(all)).header("x-item-total".parse().expect("a name"), "7".parse().expect("a value"))],
    );
    let projects = M::collect(M::client(&world.setup()).projects().list().page_size(5)).expect("all at once");
    assert_eq!(projects.len(), 7, "no more than there are");
    assert_eq!(pages(&world.mock, "listProjects", "pageSize"), numbers([(1, 5)]), "what one answer holds is not asked for again");
}
