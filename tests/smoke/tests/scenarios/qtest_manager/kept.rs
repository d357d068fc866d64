//! Reading, changing one member and writing back.

use super::got;
use qtest_manager::types::{
    AllowedValueInput, BuildUpdate, FieldUpdate, ModuleUpdate, NewField, NewModule, ProjectUpdate, ReleaseUpdate, RequirementUpdate,
    TestCaseUpdate, TestCycleUpdate, TestRunUpdate, TestSuiteUpdate,
};
use qtest_manager::{DateTime, Operation, Request};
use serde_json::{Value as Json, json};
use std::fmt::Debug;
use tms_smoke::both;
use tms_smoke::qtest_manager::drive::answered;
use tms_smoke::qtest_manager::{Drive, PROJECT, World};

both!(
    modules_are_kept,
    requirements_are_kept,
    releases_and_builds_are_kept,
    cycles_and_suites_are_kept,
    runs_are_kept,
    projects_are_kept,
    fields_are_kept,
    what_is_left_out_stays,
    moving_changes_nothing_else,
    unknown_members_survive,
    what_is_written_for_reading_only_is_not_sent,
);

/// When it was changed.
const STAMP: &[&str] = &["last_modified_date"];

/// Writes back what was read, but for a change, and compares what is read then. Members that `moves` names move by themselves.
fn keeps<M: Drive, R: Operation<Fault: Debug>, W: Operation<Fault: Debug>>(
    read: impl Fn() -> Request<M, R>,
    write: impl FnOnce(R::Output) -> Request<M, W>,
    change: (&str, Json),
    moves: &[&str],
) where
    R::Output: tms_runtime::ToJson + Clone,
{
    let shown = |value: &R::Output| -> Json { serde_json::from_str(&tms_runtime::json::to_string(value)).expect("JSON") };
    let before = got(read());
    let mut wanted = shown(&before);
    got(write(before));
    let mut after = shown(&got(read()));
    let place = wanted.pointer_mut(change.0).unwrap_or_else(|| panic!("nothing at {} before", change.0));
    assert_ne!(*place, change.1, "that is no change");
    *place = change.1;
    for member in moves {
        (wanted[member], after[member]) = (json!(null), json!(null));
    }
    assert_eq!(after, wanted, "read (left), and what should have been kept (right)");
}

fn modules_are_kept<M: Drive>() {
    let world = World::start();
    let modules = M::client(&world.setup()).project(PROJECT).modules();
    got(modules.update(102, ModuleUpdate::default().with_description("<p>Money</p>").with_name("Payment")));
    keeps(
        || modules.get(102),
        |module| modules.update(102, ModuleUpdate::from(module).with_name("Paying")),
        ("/name", json!("Paying")),
        STAMP,
    );
    world.mock.assert_no_verdicts();
}

fn requirements_are_kept<M: Drive>() {
    let world = World::start();
    let requirements = M::client(&world.setup()).project(PROJECT).requirements();
    keeps(
        || requirements.get(201),
        |requirement| requirements.update(201, RequirementUpdate::from(requirement).with_name("Pay")),
        ("/name", json!("Pay")),
        STAMP,
    );
    world.mock.assert_no_verdicts();
}

fn releases_and_builds_are_kept<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let releases = project.releases();
    keeps(
        || releases.get(501),
        |release| releases.update(501, ReleaseUpdate::from(release).with_name("1.0")),
        ("/name", json!("1.0")),
        STAMP,
    );
    let builds = project.builds();
    keeps(|| builds.get(551), |build| builds.update(551, BuildUpdate::from(build).with_name("1.0.1")), ("/name", json!("1.0.1")), STAMP);
    world.mock.assert_no_verdicts();
}

fn cycles_and_suites_are_kept<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let cycles = project.test_cycles();
    keeps(
        || cycles.get(701),
        |cycle| cycles.update(701, TestCycleUpdate::from(cycle).with_name("Sprint 8")),
        ("/name", json!("Sprint 8")),
        STAMP,
    );
    let suites = project.test_suites();
    keeps(
        || suites.get(801),
        |suite| suites.update(801, TestSuiteUpdate::from(suite).with_name("Sanity")),
        ("/name", json!("Sanity")),
        STAMP,
    );
    world.mock.assert_no_verdicts();
}

fn runs_are_kept<M: Drive>() {
    let world = World::start();
    let runs = M::client(&world.setup()).project(PROJECT).test_runs();
    keeps(|| runs.get(901), |run| runs.update(901, TestRunUpdate::from(run).with_name("Again")), ("/name", json!("Again")), STAMP);
    world.mock.assert_no_verdicts();
}

fn projects_are_kept<M: Drive>() {
    let world = World::start();
    let projects = M::client(&world.setup()).projects();
    keeps(
        || projects.get(PROJECT),
        |project| projects.update(PROJECT, ProjectUpdate::from(project).with_name("Store")),
        ("/name", json!("Store")),
        &[],
    );
    world.mock.assert_no_verdicts();
}

fn fields_are_kept<M: Drive>() {
    let world = World::start();
    let fields = M::client(&world.setup()).project(PROJECT).fields();
    let pick = |label: &str| AllowedValueInput::default().with_label(label);
    let new = NewField::new("Browser", 3).with_allowed_values([pick("Firefox"), pick("Chrome").with_is_default(true)]);
    let id = got(fields.create("builds", new)).id;
    let read = || fields.get("builds", id);
    keeps(read, |field| fields.update("builds", id, FieldUpdate::from(field).with_label("With")), ("/label", json!("With")), &[]);
    world.mock.assert_no_verdicts();
}

fn what_is_left_out_stays<M: Drive>() {
    let world = World::start();
    let cases = M::client(&world.setup()).project(PROJECT).test_cases();
    keeps(
        || cases.get("302"),
        |_| cases.update(302, TestCaseUpdate::default().with_precondition("A card").with_order(1)),
        ("/precondition", json!("A card")),
        &["last_modified_date", "test_case_version_id", "version"],
    );
}

fn moving_changes_nothing_else<M: Drive>() {
    let world = World::start();
    let project = M::client(&world.setup()).project(PROJECT);
    let modules = project.modules();
    let other = got(modules.create(NewModule::new("Other"))).id;
    let update = ModuleUpdate::default().with_name("Ignored");
    keeps(|| modules.get(102), |_| modules.update(102, update).parent_id(other), ("/parent_id", json!(other)), STAMP);
    let suites = project.test_suites();
    let moved = got(suites.update(801, TestSuiteUpdate::default().with_name("Ignored")).parent_id(501).parent_type("release"));
    assert_eq!((moved.name.as_deref(), moved.parent_id), (Some("Smoke"), Some(501)));
}

/// A module as a later version of the service may show it.
const LATER: &str =
    r##"{"id":7,"name":"Old","pid":"MD-1","parent_id":3,"description":null,"links":[],"color":{"hex":"#ff0000","shades":[1,2.50,null]}}"##;

/// The mock server takes no members that the document lacks, so this is done in memory.
fn unknown_members_survive<M: Drive>() {
    let (client, memory) = answered::<M>(&[LATER, LATER]);
    let modules = client.project(PROJECT).modules();
    let module = got(modules.get(7));
    assert_eq!(tms_runtime::json::to_string(&module), LATER, "unknown members to the byte, nulls as null");
    got(modules.update(7, ModuleUpdate::from(module).with_name("New")));
    let sent = memory.requests().pop().expect("a request").into_body();
    let sent: Json = serde_json::from_slice(&sent).expect("JSON");
    assert_eq!(sent, json!({ "name": "New", "color": { "hex": "#ff0000", "shades": [1, 2.50, null] } }));
}

fn what_is_written_for_reading_only_is_not_sent<M: Drive>() {
    let run = r#"{"id":9,"name":"R","pid":"TR-9","web_url":"https://acme.qtestnet.com/x","links":[{"rel":"self","href":"x"}],
        "properties":[{"field_id":1,"field_name":"Status","field_value":"601","field_value_name":"Passed"}],
        "test_case":{"id":301},"created_date":"2025-01-06T08:30:00+00:00"}"#;
    let (client, memory) = answered::<M>(&[run, run]);
    let runs = client.project(PROJECT).test_runs();
    let read = got(runs.get(9));
    assert_eq!(read.created_date, Some(DateTime::from("2025-01-06T08:30:00+00:00")));
    got(runs.update(9, TestRunUpdate::from(read)));
    let sent: Json = serde_json::from_slice(memory.requests().pop().expect("a request").body()).expect("JSON");
    assert_eq!(sent["properties"], json!([{ "field_id": 1, "field_value": "601" }]));
    assert_eq!(sent["test_case"], json!({ "id": 301 }));
    for member in ["id", "links", "pid", "created_date"] {
        assert!(sent.get(member).is_none(), "{member} is sent: {sent}");
    }
}
