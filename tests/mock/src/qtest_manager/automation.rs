//! Results that machines submit, one by one or many at once.

use super::act::{self, Act};
use super::containers::Container;
use super::kinds::{MODULE, TEST_CASES, TEST_CYCLE, TEST_CYCLES, TEST_RUNS, TEST_SUITE};
use super::wire::{Done, Failure, created, text};
use super::{cycles, links, logs, modules, runs, suites, test_cases, verbs};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Where runs, and test cases, go that nobody placed.
const STANDARD: &str = "Automation";

/// The status that a word of a machine stands for.
pub(super) fn status(word: &str) -> Result<Value, Failure> {
    let id = match word.to_ascii_uppercase().as_str() {
        "PASS" | "PASSED" => 601,
        "FAIL" | "FAILED" => 602,
        "INCOMPLETE" => 603,
        "BLOCK" | "BLOCKED" => 604,
        "SKIP" | "SKIPPED" | "UNEXECUTED" => 605,
        _ => return Err(Failure::bad(format!("Status {word} stands for none of this project."))),
    };
    runs::status(id).ok_or_else(|| Failure::bad("no status"))
}

fn word(body: &Map<String, Value>, name: &str) -> Result<String, Failure> {
    body.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| Failure::missing(name))
}

/// One result, of a run that is there or, at number 0, of a new one.
pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let run = match act.argument(1).as_str() {
        "0" => {
            let suite = match act.flag("suitePerDay", false) {
                true => {
                    let day =
                        act.word("suiteDate").filter(|day| day.len() == 8).ok_or_else(|| Failure::bad("suiteDate is no yyyymmdd."))?;
                    format!("{STANDARD} {}-{}-{}", &day[..4], &day[4..6], &day[6..])
                }
                false => STANDARD.to_owned(),
            };
            let container = suites::ensure(act, store, &Container::root(), &suite)?;
            let module = modules::ensure(act, store, None, STANDARD)?;
            let case = case(act, store, &body, module)?;
            self::run(act, store, &body, &case, &container)?
        }
        _ => logs::run(act, store)?,
    };
    let (record, linked) = log(act, store, &run, &body)?;
    let mut shown = logs::show(act, store, &record);
    shown["status"] = body.get("status").cloned().unwrap_or_default();
    shown["linkedDefects"] = linked;
    for name in ["automation_content", "system_name", "module_names", "agent_ids", "defect_pids", "order"] {
        if let Some(value) = body.get(name) {
            shown[name] = value.clone();
        }
    }
    let sent = body.get("test_step_logs").and_then(Value::as_array).cloned().unwrap_or_default();
    for (step, sent) in shown["test_step_logs"].as_array_mut().into_iter().flatten().zip(sent) {
        step["status"] = sent["status"].clone();
        if step["status"].is_null() {
            step["status"] = json!("SKIP");
        }
    }
    created(shown)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let status = status(&word(&body, "status")?)?;
    logs::changed(act, store, &body, status)
}

/// The log of a result, and which defects it was linked to.
fn log(act: &Act<'_>, store: &mut Store, run: &Record, body: &Map<String, Value>) -> Result<(Record, Value), Failure> {
    check_order(body)?;
    let record = logs::add(act, store, run, body, status(&word(body, "status")?)?)?;
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for pid in body.get("defect_pids").and_then(Value::as_array).into_iter().flatten().map(text) {
        match verbs::defect(store, &act.project, &pid).map(|defect| defect.key.clone()) {
            Some(key) => {
                links::link(store, &act.project, ("test-logs", &record.key), ("defects", &key));
                found.push(pid);
            }
            None => lost.push(pid),
        }
    }
    let fail = if lost.is_empty() { json!([]) } else { json!([{ "pids": lost, "error": "There is no such defect." }]) };
    Ok((record, json!({ "success": found, "fail": fail })))
}

/// Numbers of steps run from 0 without a gap, or are left out.
fn check_order(body: &Map<String, Value>) -> Result<(), Failure> {
    let steps = body.get("test_step_logs").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut orders: Vec<i64> = steps.iter().filter_map(|step| step["order"].as_i64()).collect();
    orders.sort_unstable();
    let runs = orders.iter().zip(0..).all(|(order, wanted)| *order == wanted);
    if orders.is_empty() || (runs && orders.len() == steps.len()) {
        Ok(())
    } else {
        Err(Failure::bad("The order of test_step_logs must run from 0 without a gap."))
    }
}

/// The test case of a result, by its content; made in a module if there is none.
fn case(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, module: i64) -> Result<Record, Failure> {
    let name = word(body, "name")?;
    let content = body.get("automation_content").and_then(Value::as_str).unwrap_or(&name).to_owned();
    let known = |case: &&Record| case.hidden.get("automation_content") == Some(&json!(content));
    if let Some(case) = store.list(TEST_CASES, &act.project).iter().find(known) {
        return Ok(case.clone());
    }
    let mut wanted = Map::from_iter([("name".to_owned(), json!(name))]);
    if let Some(properties) = body.get("testcase_properties") {
        wanted.insert("properties".to_owned(), properties.clone());
    }
    let steps = body.get("test_step_logs").and_then(Value::as_array).into_iter().flatten();
    let steps: Vec<Value> = steps.map(|step| json!({ "description": step["description"], "expected": step["expected_result"] })).collect();
    wanted.insert("test_steps".to_owned(), steps.into());
    let act = Act { kind: &super::kinds::TEST_CASE, project: act.project.clone(), ..*act };
    let key = text(&test_cases::add(&act, store, &wanted, Some(json!(module)))?["id"]);
    let case = store.get_mut(TEST_CASES, &act.project, &key).ok_or_else(|| Failure::absent("Test case", &key))?;
    case.hidden.insert("automation_content".to_owned(), json!(content));
    Ok(case.clone())
}

/// The run of a test case in a container, made if there is none.
fn run(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>, case: &Record, container: &Container) -> Result<Record, Failure> {
    let keys = container.inside(store, TEST_RUNS, &act.project);
    let runs = keys.iter().filter_map(|key| store.get(TEST_RUNS, &act.project, key));
    if let Some(run) = runs.into_iter().find(|run| run.field("testCaseId") == case.fields.get("id")) {
        return Ok(run.clone());
    }
    let wanted = json!({ "name": word(body, "name")?, "test_case": { "id": case.fields["id"] } });
    runs::add(act, store, wanted.as_object().unwrap_or(&Map::new()), container)
}

fn results(body: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let logs = body.get("test_logs").and_then(Value::as_array).into_iter().flatten();
    logs.filter_map(Value::as_object).cloned().collect()
}

/// Whether every result can be taken; told before a job begins.
pub(super) fn check_all(body: &Map<String, Value>) -> Result<(), Failure> {
    for result in results(body) {
        status(&word(&result, "status")?)?;
        check_order(&result)?;
    }
    Ok(())
}

/// Many results into one suite. Answers with what came of it.
pub(super) fn submit_batch(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>) -> Result<Value, Failure> {
    let suite = match body.get("test_suite") {
        Some(key) => act::find(store, &TEST_SUITE, &act.project, &text(key))?.clone(),
        None => {
            let suite = suites::ensure(act, store, &Container::root(), STANDARD)?;
            suite.record(store, &act.project).cloned().ok_or_else(|| Failure::bad("no suite"))?
        }
    };
    let container = Container { kind: "test-suite".to_owned(), id: suite.key.parse().unwrap_or_default() };
    let above = match body.get("parent_module") {
        Some(key) => act::find(store, &MODULE, &act.project, &text(key))?.fields["id"].as_i64(),
        None => None,
    };
    let module = match (above, body.get("skipCreatingAutomationModule")) {
        (Some(above), Some(Value::Bool(true))) => above,
        (above, _) => modules::ensure(act, store, above, STANDARD)?,
    };
    let results = results(body);
    for result in &results {
        let case = case(act, store, result, module)?;
        let run = run(act, store, result, &case, &container)?;
        log(act, store, &run, result)?;
    }
    Ok(json!({ "testSuiteId": suite.fields["id"], "testSuiteName": suite.fields["name"], "totalTestLogs": results.len() }))
}

/// Many results, each with the folders that it stands in.
pub(super) fn submit_tree(act: &Act<'_>, store: &mut Store, body: &Map<String, Value>) -> Result<Value, Failure> {
    let cycle = act::find(store, &TEST_CYCLE, &act.project, &word(body, "test_cycle")?)?.clone();
    let results = results(body);
    for result in &results {
        let names: Vec<String> = result.get("module_names").and_then(Value::as_array).into_iter().flatten().map(text).collect();
        let mut module = None;
        let mut container = Container { kind: "test-cycle".to_owned(), id: cycle.key.parse().unwrap_or_default() };
        for name in &names {
            module = Some(modules::ensure(act, store, module, name)?);
            container = ensure_cycle(act, store, &container, name)?;
        }
        let module = module.ok_or_else(|| Failure::missing("module_names"))?;
        let case = case(act, store, result, module)?;
        let run = run(act, store, result, &case, &container)?;
        log(act, store, &run, result)?;
    }
    Ok(json!({ "testCycleId": cycle.fields["id"], "testCycleName": cycle.fields["name"], "totalTestLogs": results.len() }))
}

fn ensure_cycle(act: &Act<'_>, store: &mut Store, parent: &Container, name: &str) -> Result<Container, Failure> {
    let keys = parent.inside(store, TEST_CYCLES, &act.project);
    let named = |key: &&String| store.get(TEST_CYCLES, &act.project, key).and_then(|cycle| cycle.field("name")) == Some(&json!(name));
    let id = match keys.iter().find(named) {
        Some(key) => key.parse().ok(),
        None => {
            let body = Map::from_iter([("name".to_owned(), json!(name))]);
            cycles::add(act, store, &body, parent)?["id"].as_i64()
        }
    };
    Ok(Container { kind: "test-cycle".to_owned(), id: id.ok_or_else(|| Failure::bad("no cycle"))? })
}

/// What a batch names must be there before a job begins.
pub(super) fn check_places(act: &Act<'_>, store: &Store, body: &Map<String, Value>) -> Result<(), Failure> {
    for (member, kind) in [("test_suite", &TEST_SUITE), ("parent_module", &MODULE), ("test_cycle", &TEST_CYCLE)] {
        if let Some(key) = body.get(member) {
            act::find(store, kind, &act.project, &text(key)).map_err(|_| Failure::bad(format!("{member} {key} does not exist.")))?;
        }
    }
    Ok(())
}
