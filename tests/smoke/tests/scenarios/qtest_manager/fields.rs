//! Values of fields, stubs of other things, and fields of steps.

use super::got;
use qtest_manager::types::{
    AllowedValueInput, IdRef, NewBuild, NewDefect, NewField, NewRequirement, NewTestCase, NewTestRun, NewTestStep, NewTestSuite,
    ProjectFieldObject, PropertyInput, RequirementUpdate, TestCaseRef, TestCaseUpdate, TestRunUpdate, TestStepUpdate,
};
use qtest_manager::types::{CustomFieldInfo, Property};
use qtest_manager::{Error, StatusCode};
use serde_json::json;
use tms_mock::Fault;
use tms_smoke::both;
use tms_smoke::qtest_manager::{Drive, PROJECT, World};

both!(
    nothing_needs_properties,
    values_are_read_with_what_they_mean,
    values_are_written_by_number,
    a_wrong_value_is_refused_in_the_words_of_the_service,
    what_was_read_is_written_back,
    stubs_are_numbers,
    a_change_of_a_run_says_which_version,
    fields_of_steps_name_the_step,
    fields_are_defined_and_used,
);

fn property(id: i64, value: &str) -> PropertyInput {
    PropertyInput::new(id).with_field_value(value)
}

fn value(properties: Option<&[Property]>, id: i64) -> Option<(&str, &str)> {
    let property = properties?.iter().find(|property| property.field_id == id)?;
    Some((property.field_value.as_deref()?, property.field_value_name.as_deref()?))
}

fn nothing_needs_properties<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    got(project.requirements().create(NewRequirement::new("R")));
    got(project.test_cases().create(NewTestCase::new("C")));
    got(project.test_suites().create(NewTestSuite::new("S")));
    got(project.test_runs().create(NewTestRun::new("T", TestCaseRef::new(301))));
    got(project.defects().create(NewDefect::default()));
    let bodies: Vec<_> = world.mock.requests().into_iter().filter_map(|request| request.json()).collect();
    let name = |name: &str| json!({ "name": name });
    assert_eq!(bodies, [name("R"), name("C"), name("S"), json!({ "name": "T", "test_case": { "id": 301 } }), json!({})]);
    world.mock.assert_no_verdicts();
}

fn values_are_read_with_what_they_mean<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let case = got(project.test_cases().get("TC-1"));
    let status = case.properties.as_deref().and_then(|all| all.iter().find(|property| property.field_id == 401)).expect("a status");
    assert_eq!(status.field_name.as_deref(), Some("Status"));
    assert_eq!(value(case.properties.as_deref(), 401), Some(("201", "New")));
    let none = M::collect(project.test_cases().list().expand_properties(false)).expect("cases");
    assert!(none.iter().all(|case| case.properties.is_none()), "not told, which is not the same as having none");
    // A value may come as a number, and unset.
    world
        .mock
        .script("getTestCase", [Fault::set("/properties/0/field_value", json!(201)), Fault::set("/properties/0/field_value", json!(null))]);
    let read = || got(project.test_cases().get("TC-1")).properties.expect("properties")[0].clone();
    let (number, null) = (read(), read());
    assert_eq!((number.field_id, number.field_value_name.as_deref()), (401, Some("New")), "the rest can be read");
    assert_eq!((null.field_id, null.field_value), (401, None));
}

fn values_are_written_by_number<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let new = NewTestCase::new("Important").with_properties([property(401, "202"), property(402, "303")]);
    let case = got(project.test_cases().create(new));
    assert_eq!(value(case.properties.as_deref(), 402), Some(("303", "High")));
    let update = TestCaseUpdate::default().with_properties([property(402, "301")]);
    let case = got(project.test_cases().update(case.id, update));
    assert_eq!(case.name.as_deref(), Some("Important"), "what is left out stays");
    assert_eq!(value(case.properties.as_deref(), 402), Some(("301", "Low")));
    assert_eq!(value(case.properties.as_deref(), 401), Some(("202", "Ready")));
    let sent = world.mock.requests().pop().and_then(|request| request.json());
    assert_eq!(sent, Some(json!({ "properties": [{ "field_id": 402, "field_value": "301" }] })));
    world.mock.assert_no_verdicts();
}

fn a_wrong_value_is_refused_in_the_words_of_the_service<M: Drive>() {
    let world = World::start();
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    for wrong in [property(402, "9"), property(999, "1")] {
        let error = M::send(cases.create(NewTestCase::new("Odd").with_properties([wrong]))).expect_err("refused");
        let Error::Api(api) = &error else { panic!("not the documented error body: {error:?}") };
        let message = api.fault().message.clone().expect("a reason");
        assert!(error.status() == Some(StatusCode::BAD_REQUEST) && error.to_string().contains(&message), "{error}");
    }
}

/// A value that was read has a label besides, which is not sent.
fn what_was_read_is_written_back<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    got(project
        .requirements()
        .update(201, RequirementUpdate::default().with_properties([property(501, "With a card"), property(502, "303")])));
    let before = got(project.requirements().get(201));
    let after = got(project.requirements().update(201, RequirementUpdate::from(&before).with_name("Pay by card or cash")));
    assert_eq!((after.properties, after.name.as_deref()), (before.properties.clone(), Some("Pay by card or cash")));
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    let first = before.properties.expect("properties");
    assert_eq!(sent["properties"][0], json!({ "field_id": first[0].field_id, "field_value": first[0].field_value }));
    assert_eq!(sent["properties"].as_array().map(Vec::len), Some(first.len()));
    world.mock.assert_no_verdicts();
}

fn stubs_are_numbers<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let case = got(project.test_cases().get("301"));
    let runs = project.test_runs();
    let run = got(runs.create(NewTestRun::new("By stub", TestCaseRef::new(case.id))));
    let shown = run.test_case.as_ref().expect("the test case");
    assert_eq!((shown.id, shown.name.as_deref(), &shown.properties), (301, None, &None), "no more than its number");
    let whole = got(runs.get(run.id).expand("testcase.teststep")).test_case.expect("the test case");
    assert_eq!((whole.name.as_deref(), whole.test_steps.map(|steps| steps.len())), (Some("Login works"), Some(2)));
    let release = got(project.releases().get(501));
    let build = got(project.builds().create(NewBuild::new("Build 2", IdRef::from(&release))));
    assert_eq!(build.release.map(|release| release.id), Some(501));
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    assert_eq!(sent["release"], json!({ "id": 501 }));
    // The version that the test case was read in goes along.
    got(runs.create(NewTestRun::new("By test case", TestCaseRef::from(&case))));
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    assert_eq!(sent["test_case"], json!({ "id": 301, "test_case_version_id": case.test_case_version_id }));
    world.mock.assert_no_verdicts();
}

fn a_change_of_a_run_says_which_version<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let newer = got(project.test_cases().update(301, TestCaseUpdate::default().with_precondition("A user")));
    let run = got(project.test_runs().get(901));
    assert_ne!(run.test_case_version_id, newer.test_case_version_id, "a run stays with its version");
    let version = newer.test_case_version_id.expect("a version");
    let moved = got(project.test_runs().update(901, TestRunUpdate::from(&run).with_test_case_version_id(version)));
    assert_eq!((moved.test_case_version_id, moved.name, moved.properties), (Some(version), run.name, run.properties));
}

fn fields_of_steps_name_the_step<M: Drive>() {
    let world = World::start();
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    let info = CustomFieldInfo::default().with_id(841).with_value("card 4711");
    let step = got(cases.add_step(301, NewTestStep::new("Pay", "Paid").with_order(2).with_custom_field_info([info])));
    let own = |step: &qtest_manager::types::TestStep| step.custom_field_info.as_deref().expect("fields")[0].clone();
    assert_eq!((step.order, own(&step).value.as_deref(), own(&step).object_id), (Some(2), Some("card 4711"), Some(step.id)));
    let changed = got(cases.update_step(301, step.id, TestStepUpdate::new("Pay at once", "Paid")));
    assert_ne!(changed.id, step.id, "a changed step has another number");
    assert_eq!(own(&changed).object_id, Some(changed.id));
    assert_eq!(M::send(cases.get_step(301, step.id)).expect_err("gone").status(), Some(StatusCode::NOT_FOUND));
    let steps: Vec<_> = got(cases.steps(301)).into_iter().filter_map(|step| step.description).collect();
    assert_eq!(steps, ["Open the page", "Pay at once", "Fill it in"]);
    world.mock.assert_no_verdicts();
}

fn fields_are_defined_and_used<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let pick = |label: &str| AllowedValueInput::default().with_label(label);
    let new = NewField::new("Browser", 3).with_allowed_values([pick("Firefox"), pick("Chrome").with_is_default(true)]);
    let field = got(project.fields().create(ProjectFieldObject::TestCases, new));
    let values = field.allowed_values.expect("values");
    let firefox = values[0].value.expect("a number").to_string();
    let default = got(project.test_cases().create(NewTestCase::new("Default")));
    assert_eq!(value(default.properties.as_deref(), field.id).map(|(_, name)| name), Some("Chrome"));
    let chosen = got(project.test_cases().create(NewTestCase::new("Chosen").with_properties([property(field.id, &firefox)])));
    assert_eq!(value(chosen.properties.as_deref(), field.id), Some((firefox.as_str(), "Firefox")));
    got(project.fields().delete(ProjectFieldObject::TestCases, field.id));
    assert_eq!(value(got(project.test_cases().get(chosen.id.to_string())).properties.as_deref(), field.id), None);
    world.mock.assert_no_verdicts();
}
