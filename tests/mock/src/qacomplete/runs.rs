//! Test runs: made of a test or a set, reported item by item.

use super::act::Act;
use super::fields::Fields;
use super::kinds::{Kind, RELEASES, TEST_RUN_ITEMS, TEST_RUNS, TEST_SET_ITEMS, TEST_SETS, TESTS};
use super::library::{RESULT, RUN_ITEM};
use super::related::named;
use super::view::number;
use super::wire::{Done, Failure, clock};
use crate::elsewhere::upload_path;
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// What a test that was not run yet has.
const AWAITING: &str = "Awaiting Run";
/// Numbers of results.
const RESULTS: Collection = Collection::new("test run results");

/// Starts a run of one test, or of a set.
pub(super) fn start(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let id = |name: &str| body.get(name).and_then(Value::as_i64).unwrap_or_default();
    let exists = |collection, id: i64| store.get(collection, &act.project, &id.to_string()).is_some();
    let absent = |code: &str, id: i64| Failure::absent(format!("Entity {code} with Id {id} wasn't found."));
    let tests = match (id("TestId"), id("TestSetId")) {
        (0, 0) => return Err(Failure::bad("TestId or TestSetId is required.")),
        (test, 0) if exists(TESTS, test) => vec![(test, false)],
        (test, 0) => return Err(absent("Tests", test)),
        (0, set) if exists(TEST_SETS, set) => tests_of(store, &act.project, set),
        (0, set) => return Err(absent("TestSets", set)),
        _ => return Err(Failure::bad("TestId and TestSetId exclude each other.")),
    };
    if tests.is_empty() {
        return Err(Failure::bad("TestSetId: the set has no active tests."));
    }
    if id("ReleaseId") != 0 && !exists(RELEASES, id("ReleaseId")) {
        return Err(Failure::bad(format!("ReleaseId: there is no release {}.", id("ReleaseId"))));
    }
    let fields = [
        ("test_set_id", json!(id("TestSetId"))),
        ("test_config_id", json!(id("TestConfigId"))),
        ("release_id", json!(id("ReleaseId"))),
        ("is_sequential", body.get("IsSequential").cloned().unwrap_or(json!(false))),
        ("execution_type", json!(if id("RunByHostId") == 0 { "Manual" } else { "Automated" })),
    ];
    Ok(begin(act, store, Map::from_iter(fields.map(named)), &tests, json!(id("RunByHostId"))))
}

/// Starts a new run of what an old one ran.
pub(super) fn restart(act: &Act<'_>, store: &mut Store) -> Done {
    let old = act.find(store)?;
    let kept = ["test_set_id", "test_config_id", "release_id", "is_sequential", "execution_type", "test_host"];
    let fields = kept.iter().filter_map(|name| Some(((*name).to_owned(), old.field(name)?.clone()))).collect();
    let items = store.list(TEST_RUN_ITEMS, &format!("{}/TestRuns/{}", act.project, old.key)).iter();
    let tests: Vec<_> = items.map(|item| (number(item, "test_id"), item.field("is_stopped_on_fail") == Some(&json!(true)))).collect();
    let host = old.hidden.get("host").cloned().unwrap_or_default();
    Ok(begin(act, store, fields, &tests, host))
}

/// The active tests of a set, and whether the run stops when they fail.
fn tests_of(store: &Store, project: &str, set: i64) -> Vec<(i64, bool)> {
    let items = store.list(TEST_SET_ITEMS, &format!("{project}/TestSets/{set}")).iter();
    let is = |item: &Record, name: &str| item.field(name) == Some(&json!(true));
    items.filter(|item| is(item, "is_active")).map(|item| (number(item, "test_id"), is(item, "is_stopped_on_fail"))).collect()
}

fn begin(act: &Act<'_>, store: &mut Store, own: Map<String, Value>, tests: &[(i64, bool)], host: Value) -> Value {
    let id = store.next_number(TEST_RUNS, "");
    let mut fields = act.kind.fields.fresh();
    act.stamp(&mut fields, true);
    fields.extend([("id", json!(id)), ("run_by_user_id", json!(act.user)), ("schedule_id", json!("0"))].map(named));
    fields.extend(own);
    let run = Record { key: id.to_string(), fields, hidden: Map::from_iter([named(("host", host))]) };
    let scope = format!("{}/TestRuns/{id}", act.project);
    for (index, (test, stops)) in tests.iter().enumerate() {
        let item = item(store, &act.project, &run, index + 1, *test, *stops);
        store.put(TEST_RUN_ITEMS, &scope, item);
    }
    store.put(TEST_RUNS, &act.project, run.clone());
    act.show(store, &run)
}

fn item(store: &mut Store, project: &str, run: &Record, place: usize, test: i64, stops: bool) -> Record {
    let id = store.next_number(TEST_RUN_ITEMS, "");
    let project_number: Option<i64> = project.parse().ok();
    let test = store.get(TESTS, project, &test.to_string()).cloned();
    let of_test = |name: &str| test.as_ref().and_then(|test| test.field(name)).cloned().unwrap_or_default();
    let of_run = |name: &str| run.field(name).cloned().unwrap_or_default();
    let mut results = Vec::new();
    for step in of_test("test_steps").as_array().into_iter().flatten() {
        let own = [
            ("id", json!(store.next_number(RESULTS, ""))),
            ("test_run_item_id", json!(id)),
            ("project_id", json!(project_number)),
            ("test_step_id", step["id"].clone()),
            ("status_code", json!(AWAITING)),
        ];
        let copied = ["seq", "step", "expected_result", "is_stopped_on_fail"].map(|name| (name, step[name].clone()));
        results.push(filled(&RESULT, own.into_iter().chain(copied)));
    }
    let own = [
        ("id", json!(id)),
        ("project_id", json!(project_number)),
        ("test_run_id", of_run("id")),
        ("test_set_id", of_run("test_set_id")),
        ("release_id", of_run("release_id")),
        ("automated", json!(of_run("execution_type") == "Automated")),
        ("test_id", of_test("id")),
        ("test_name", of_test("title")),
        ("test_description", of_test("description")),
        ("version", of_test("version")),
        ("sequence_number", json!(place)),
        ("is_stopped_on_fail", json!(stops)),
        ("status_code", json!(AWAITING)),
        ("test_run_results", json!(results)),
    ];
    let Value::Object(fields) = filled(&RUN_ITEM.fields, own) else { return run.clone() };
    Record { key: id.to_string(), fields, hidden: Map::new() }
}

fn filled<'n>(fields: &Fields, own: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    let mut map = fields.fresh();
    map.extend(own.into_iter().map(named));
    Value::Object(map)
}

pub(super) fn replace_item(act: &Act<'_>, store: &mut Store) -> Done {
    report(act, store, true)
}

pub(super) fn update_item(act: &Act<'_>, store: &mut Store) -> Done {
    report(act, store, false)
}

fn report(act: &Act<'_>, store: &mut Store, is_whole: bool) -> Done {
    let mut item = act.find(store)?.clone();
    let old: Vec<Value> = item.field("test_run_results").and_then(Value::as_array).cloned().unwrap_or_default();
    if is_whole {
        act.reset(&mut item);
    }
    let mut body = act.body();
    let steps = body.remove("Steps");
    act.absorb(store, &mut item, body)?;
    if let Some(Value::Array(steps)) = steps {
        let results = results(store, &item, old, &steps, is_whole);
        item.fields.insert("test_run_results".to_owned(), results);
    }
    item.fields.extend([("status_updated_by", json!(act.user)), ("last_run_date", json!(act.now))].map(named));
    let shown = act.show(store, &item);
    store.put(TEST_RUN_ITEMS, &act.scope, item.clone());
    note_on_test(act, store, &item);
    note_on_run(act, store);
    Ok(shown)
}

/// Steps as they were reported: by the number of the result, or by their place. A PUT keeps no others.
fn results(store: &mut Store, item: &Record, old: Vec<Value>, steps: &[Value], is_whole: bool) -> Value {
    let (mut kept, mut old) = if is_whole { (Vec::new(), old) } else { (old.clone(), old) };
    for step in steps {
        let same = |result: &Value| match step.get("TestRunResultId") {
            Some(id) => result["id"] == *id,
            None => step.get("Seq").is_some_and(|seq| result["seq"] == *seq),
        };
        let twin = old.iter().position(same).map(|index| old.swap_remove(index));
        let mut result = match twin.as_ref().and_then(Value::as_object) {
            Some(twin) if !is_whole => twin.clone(),
            twin => RESULT
                .fresh()
                .into_iter()
                .chain([
                    named(("id", twin.map_or_else(|| json!(store.next_number(RESULTS, "")), |twin| twin["id"].clone()))),
                    named(("test_run_item_id", item.fields["id"].clone())),
                    named(("project_id", item.fields["project_id"].clone())),
                    named(("seq", json!(kept.len() + 1))),
                    named(("status_code", json!(AWAITING))),
                ])
                .collect(),
        };
        let id = result["id"].clone();
        result.extend(step.as_object().into_iter().flatten().map(|(name, value)| (Kind::target(name), value.clone())));
        result.insert("id".to_owned(), id.clone());
        match kept.iter_mut().find(|other| other["id"] == id) {
            Some(place) => *place = Value::Object(result),
            None => kept.push(Value::Object(result)),
        }
    }
    Value::Array(kept)
}

fn status(item: &Record) -> &str {
    item.field("status_code").and_then(Value::as_str).unwrap_or(AWAITING)
}

/// The test knows how it went last.
fn note_on_test(act: &Act<'_>, store: &mut Store, item: &Record) {
    let Some(test) = store.get_mut(TESTS, &act.project, &number(item, "test_id").to_string()) else { return };
    let counted = match status(item) {
        AWAITING => return,
        "Passed" => Some("nbr_pass_status"),
        "Failed" => Some("nbr_fail_status"),
        _ => None,
    };
    for name in counted.into_iter().chain(["nbr_times_run"]) {
        let next = number(test, name) + 1;
        test.fields.insert(name.to_owned(), json!(next));
    }
    let last = [
        ("last_run_status", json!(status(item))),
        ("last_run_date", json!(act.now)),
        ("last_run_by_user_id", json!(act.user)),
        ("last_run_test_set", item.fields["test_set_id"].clone()),
    ];
    test.fields.extend(last.map(named));
}

/// The run begins with its first report and ends with its last; then its set knows, too.
fn note_on_run(act: &Act<'_>, store: &mut Store) {
    let counts = counts(store, &act.scope);
    let run = act.scope.rsplit('/').next().unwrap_or_default();
    let Some(run) = store.get_mut(TEST_RUNS, &act.project, run) else { return };
    if number(run, "started") == 0 {
        run.hidden.insert("started".to_owned(), json!(1));
        run.fields.insert("date_started".to_owned(), json!(act.now));
    }
    if counts["nbr_awaiting_run"] != json!(0) {
        return;
    }
    run.fields.insert("date_finished".to_owned(), json!(act.now));
    let (set, release) = (number(run, "test_set_id").to_string(), run.fields["release_id"].clone());
    let Some(set) = store.get_mut(TEST_SETS, &act.project, &set) else { return };
    let times = number(set, "nbr_times_run") + 1;
    let last = [
        ("last_run_status", counts["status_code"].clone()),
        ("last_run_date", json!(act.now)),
        ("last_run_by_user_id", json!(act.user)),
        ("last_run_release_id", release),
        ("nbr_times_run", json!(times)),
    ];
    set.fields.extend(last.map(named));
}

/// What a run shows of its items.
pub(super) fn counts(store: &Store, scope: &str) -> Map<String, Value> {
    let items = store.list(TEST_RUN_ITEMS, scope);
    let count = |word: &str| items.iter().filter(|item| status(item) == word).count();
    let (passed, failed, blocked, awaiting) = (count("Passed"), count("Failed"), count("Blocked"), count(AWAITING));
    let word = match () {
        () if awaiting == items.len() => AWAITING,
        () if awaiting > 0 => "In Progress",
        () if failed > 0 => "Failed",
        () if blocked > 0 => "Blocked",
        () if passed == 0 => "Skipped",
        () => "Passed",
    };
    let seconds: i64 = items.iter().map(|item| number(item, "run_time")).sum();
    Map::from_iter(
        [
            ("status_code", json!(word)),
            ("nbr_tests", json!(items.len())),
            ("nbr_passed", json!(passed)),
            ("nbr_failed", json!(failed)),
            ("nbr_blocked", json!(blocked)),
            ("nbr_awaiting_run", json!(awaiting)),
            ("run_time", json!(seconds)),
            ("run_time_formated", json!(clock(seconds))),
        ]
        .map(named),
    )
}

pub(super) fn log(act: &Act<'_>, store: &mut Store) -> Done {
    keep(act, store, "file_log", &["tclogx", "xml"])
}

pub(super) fn file_report(act: &Act<'_>, store: &mut Store) -> Done {
    keep(act, store, "file_report", &["mht"])
}

/// Keeps a file; the item says where it can be downloaded.
fn keep(act: &Act<'_>, store: &mut Store, member: &str, endings: &[&str]) -> Done {
    let mut item = act.find(store)?.clone();
    let file = act.call.file("File").ok_or_else(|| Failure::bad("File is required."))?;
    let ending = file.file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !endings.contains(&ending.as_str()) {
        return Err(Failure::bad(format!("File: {} is no file of this kind.", file.file_name)));
    }
    let path = upload_path(store.keep(file.clone()));
    item.fields.insert(member.to_owned(), json!(format!("{}{path}", act.elsewhere)));
    store.put(TEST_RUN_ITEMS, &act.scope, item);
    Ok(Value::Null)
}
