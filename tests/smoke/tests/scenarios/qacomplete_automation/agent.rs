//! A host from its registration to the reports of its runs.

use super::got;
use qacomplete_automation::File;
use qacomplete_automation::agent::{Event, Stop, TestResult};
use qacomplete_automation::types::{Agent, NewHost, Outcome, StepResult};
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tms_mock::{Fault, qacomplete_automation as records};
use tms_smoke::both;
use tms_smoke::qacomplete_automation::world::COMPUTER;
use tms_smoke::qacomplete_automation::{Setup, Work, World};

both!(
    a_host_registers_runs_and_reports,
    what_failed_stops_its_run,
    trouble_ends_only_what_it_belongs_to,
    a_script_cut_short_is_fetched_again,
    a_test_without_a_script_is_blocked,
    a_token_that_is_refused_ends_the_loop,
    a_stopped_loop_does_nothing,
    waiting_ends_at_once,
    a_test_under_way_is_still_reported,
);

/// What was told, and in which order.
type Told = Arc<Mutex<Vec<String>>>;

/// Works as a host until nothing is left to do; returns what the loop told.
fn worked<M: Work>(
    setup: &Setup,
    host: NewHost,
    test: impl FnMut(qacomplete_automation::agent::Place, Vec<u8>) -> TestResult + Send,
) -> Vec<String> {
    let client = M::client(setup);
    let host = M::find_or_register(&client.hosts(), host).expect("a host");
    let (told, stop) = (Told::default(), Stop::new());
    let (teller, stopper) = (told.clone(), stop.clone());
    let agent = client.as_host(&host).expect("a host with a token").agent(Agent::JUnit).every(Duration::from_millis(5)).stop(&stop);
    let agent = agent.on_event(move |event| {
        if matches!(event, Event::Polled { tests: 0 }) {
            stopper.stop();
        }
        teller.lock().expect("a lock").push(event.to_string());
    });
    M::work(agent, test).expect("an end");
    let told = told.lock().expect("a lock");
    told.clone()
}

/// The reports of the tests of runs: the place in the path and the body.
fn reports(world: &World) -> Vec<(String, Json)> {
    let reported = world.mock.requests().into_iter().filter(|request| request.operation.as_deref() == Some("reportItem"));
    reported.map(|request| (request.path.rsplit("/hosts/").next().unwrap_or_default().to_owned(), request.json().expect("JSON"))).collect()
}

fn a_host_registers_runs_and_reports<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let departments = got(client.departments().list());
    let department = departments.results.and_then(|list| list.into_iter().next()).expect("a department").id;
    let new = NewHost::new("AGENT", "x64, firefox").with_agents([Agent::JUnit]).with_is_active(true).with_dept_id(department);
    let host = got(client.hosts().register(new.clone()));
    let items = json!([{ "steps": 1, "scripts": [{ "agent": "junit", "size": 1000 }] }, { "scripts": [{ "agent": "junit", "size": 2000, "elsewhere": true }] }]);
    let run = world.mock.seed(records::RUNS, &host.id.to_string(), json!({ "items": items })).expect("a run");

    let told = worked::<M>(&world.setup(), new, |place, script| {
        assert_eq!(script.len() as i64, place.sequence_number * 1000);
        let step = StepResult::default().with_status(Outcome::Passed).with_step("Open").with_actual_result("It opened");
        TestResult::new(Outcome::Passed)
            .with_steps([step])
            .with_log(File::from_bytes(format!("log{}.xml", place.sequence_number), "<log/>"))
            .with_report(File::from_bytes(format!("report{}.mht", place.sequence_number), "MIME-Version: 1.0"))
    });

    let line = |place: i64, what: &str| format!("run {run}, test {place}: {what}");
    let lines = |place: i64| [line(place, "begins"), line(place, "Passed")];
    let spoken: Vec<_> = told.iter().filter(|line| line.starts_with("run")).cloned().collect();
    assert_eq!(spoken, [lines(1), lines(2)].concat());
    let (places, bodies): (Vec<_>, Vec<_>) = reports(&world).into_iter().unzip();
    assert_eq!(places, [1, 2].map(|place| format!("{}/runs/{run}/items/{place}", host.id)));
    for body in bodies {
        assert_eq!((&body["status"], &body["test_run_results"][0]["step"]), (&json!("Passed"), &json!("Open")));
        assert!(body["date_started"].as_str().is_some_and(|moment| moment.ends_with('Z')) && body["run_time"].is_i64(), "{body}");
    }
    let uploads: Vec<_> = world.mock.uploads().iter().map(|upload| (upload.file_name.clone(), upload.content.len())).collect();
    let uploaded = |name: &str, length: u64| (name.to_owned(), length);
    assert_eq!(uploads, [uploaded("log1.xml", 6), uploaded("report1.mht", 17), uploaded("log2.xml", 6), uploaded("report2.mht", 17)]);
    let own = client.as_host(&host).expect("a host with a token");
    assert_eq!(M::collect(own.runs().current()).expect("runs").len(), 0, "all is done");
    world.mock.assert_no_verdicts();
}

fn known() -> NewHost {
    NewHost::new(COMPUTER, "x64")
}

fn what_failed_stops_its_run<M: Work>() {
    let world = World::start();
    let mut begun = Vec::new();
    worked::<M>(&world.setup(), known(), |place, _| {
        begun.push(place.sequence_number);
        TestResult::new(Outcome::Failed)
    });
    assert_eq!(begun, [1], "the first test stops the run when it fails");
    let statuses: Vec<_> = reports(&world).into_iter().map(|(_, body)| body["status"].clone()).collect();
    assert_eq!(statuses, ["Failed", "Skipped"]);
}

fn trouble_ends_only_what_it_belongs_to<M: Work>() {
    let world = World::start();
    let broken = || Fault::status(http::StatusCode::BAD_GATEWAY);
    world.mock.script("listCurrentRuns", [broken()]);
    world.mock.script("downloadScript", [broken()]);
    world.mock.script("reportItem", [broken()]);
    world.mock.script("uploadLog", [broken()]);
    let mut begun = Vec::new();
    let told = worked::<M>(&world.setup(), known(), |place, _| {
        begun.push(place.sequence_number);
        TestResult::new(Outcome::Passed).with_log(File::from_bytes("run.xml", "<log/>"))
    });
    assert_eq!(begun, [1, 2], "each test is run once, whatever fails around it");
    let failures: Vec<_> = told.iter().filter(|line| line.contains("failed")).collect();
    assert_eq!(failures.len(), 4, "each trouble is told once: {failures:#?}");
    assert_eq!(reports(&world).len(), 3, "the report that failed, and that of each test");
    assert_eq!(world.mock.scripted(), 0);
}

fn a_script_cut_short_is_fetched_again<M: Work>() {
    let world = World::start();
    world.mock.script("downloadScript", [Fault::truncate(10)]);
    let mut begun = Vec::new();
    worked::<M>(&world.setup(), known(), |place, _| {
        begun.push(place.sequence_number);
        TestResult::new(Outcome::Passed)
    });
    assert_eq!(begun, [1, 2], "the connection broke, not the test");
    let statuses: Vec<_> = reports(&world).into_iter().map(|(_, body)| body["status"].clone()).collect();
    assert_eq!(statuses, ["Passed", "Passed"]);
}

fn a_test_without_a_script_is_blocked<M: Work>() {
    let world = World::start();
    let run = world.mock.seed(records::RUNS, &world.host.to_string(), json!({ "items": [{ "scripts": [] }] })).expect("a run");
    worked::<M>(&world.setup(), known(), |place, _| {
        assert_eq!(place.run, world.run, "there is nothing to be run in the other one");
        TestResult::new(Outcome::Passed)
    });
    let of_run = |(place, body): (String, Json)| place.contains(&format!("/runs/{run}/")).then(|| body["status"].clone());
    let statuses: Vec<_> = reports(&world).into_iter().filter_map(of_run).collect();
    assert_eq!(statuses, ["Blocked"]);
    assert_eq!(reports(&world).len(), 3, "and the loop went on");
}

fn a_token_that_is_refused_ends_the_loop<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let mut host = got(client.hosts().find(COMPUTER));
    host.security_token = Some("00000000-wrong".into());
    let agent = client.as_host(&host).expect("a token").agent(Agent::JUnit).every(Duration::from_millis(5));
    let error = M::work(agent, |_, _| TestResult::new(Outcome::Passed)).expect_err("a wrong token");
    assert_eq!(error.status(), Some(http::StatusCode::UNAUTHORIZED));
}

fn a_stopped_loop_does_nothing<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let host = got(client.hosts().find(COMPUTER));
    let before = world.mock.requests().len();
    let stop = Stop::new();
    stop.stop();
    let agent = client.as_host(&host).expect("a token").agent(Agent::JUnit).stop(&stop);
    M::work(agent, |_, _| TestResult::new(Outcome::Passed)).expect("an end");
    assert_eq!(world.mock.requests().len(), before);
}

fn waiting_ends_at_once<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let host = got(client.hosts().register(NewHost::new("IDLE", "x64")));
    let (stop, polled) = (Stop::new(), std::sync::mpsc::channel());
    let (tell, told) = polled;
    let agent = client.as_host(&host).expect("a token").agent(Agent::JUnit).every(Duration::from_secs(600)).stop(&stop);
    let agent = agent.on_event(move |event| {
        if matches!(event, Event::Polled { .. }) {
            tell.send(()).expect("somebody listens");
        }
    });
    let stopper = std::thread::spawn(move || {
        told.recv().expect("the list was read");
        std::thread::sleep(Duration::from_millis(20));
        stop.stop();
    });
    M::work(agent, |_, _| TestResult::new(Outcome::Passed)).expect("an end, long before ten minutes are over");
    stopper.join().expect("the other thread");
}

fn a_test_under_way_is_still_reported<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let host = got(client.hosts().find(COMPUTER));
    let stop = Stop::new();
    let agent = client.as_host(&host).expect("a token").agent(Agent::JUnit).stop(&stop);
    let mut begun = 0;
    M::work(agent, |_, _| {
        begun += 1;
        stop.stop();
        TestResult::new(Outcome::Passed).with_log(File::from_bytes("run.xml", "<log/>"))
    })
    .expect("an end");
    assert_eq!((begun, reports(&world).len(), world.mock.uploads().len()), (1, 1, 1), "the first of two tests, with its log");
}
