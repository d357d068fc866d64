//! Scripts: as they come, from another host, too many of them, too large.

use super::got;
use qacomplete_automation::types::Agent;
use qacomplete_automation::{ApiClient, Error};
use serde_json::json;
use tms_mock::{Blob, Fault};
use tms_smoke::both;
use tms_smoke::qacomplete_automation::world::TOKEN;
use tms_smoke::qacomplete_automation::{Work, World, in_memory};

both!(
    a_script_comes_in_pieces,
    a_script_elsewhere_is_fetched_without_credentials,
    a_few_hops_are_followed_and_many_are_not,
    other_calls_do_not_leave_their_host,
    a_script_behind_https_is_not_fetched_without,
    a_script_that_is_too_large_is_refused,
    a_script_cut_short_is_an_error,
);

fn a_script_comes_in_pieces<M: Work>() {
    let world = World::start();
    let run = world.run_of(&json!({ "agent": "junit", "size": 300_000 }));
    let runs = M::client(&world.setup()).runs(world.host);
    let whole = got(runs.script(run, 1, Agent::JUnit));
    assert!(whole == Blob::pattern(300_000).bytes().expect("bytes"));
    assert!(M::download(runs.script(run, 1, Agent::JUnit)).expect("a script") == whole);
    world.mock.assert_no_verdicts();
}

fn a_script_elsewhere_is_fetched_without_credentials<M: Work>() {
    let world = World::start();
    let run = world.run_of(&json!({ "agent": "junit", "size": 70_000, "elsewhere": true }));
    let runs = M::client(&world.setup()).runs(world.host);
    let wanted = Blob::pattern(70_000).bytes().expect("bytes");
    assert!(got(runs.script(run, 1, Agent::JUnit)) == wanted);
    assert!(M::download(runs.script(run, 1, Agent::JUnit)).expect("a script") == wanted);
    let (here, there) = (world.mock.requests(), world.mock.elsewhere_requests());
    assert_eq!((here.len(), there.len()), (2, 2));
    for request in &there {
        assert_eq!(request.method.as_str(), "GET");
        let secret = ["authorization", "cookie", "proxy-authorization"].map(|name| request.headers.contains_key(name));
        assert_eq!(secret, [false; 3], "{:?}", request.headers);
        assert_eq!(request.headers.get("accept"), here[0].headers.get("accept"), "what it accepts stays the same");
    }
    assert!(here.iter().all(|request| request.headers.contains_key("authorization")));
    world.mock.assert_no_verdicts();
}

fn a_few_hops_are_followed_and_many_are_not<M: Work>() {
    let world = World::start();
    let runs = M::client(&world.setup().attempts(3)).runs(world.host);
    let few = world.run_of(&json!({ "agent": "junit", "size": 10, "elsewhere": true, "hops": 4 }));
    assert_eq!(got(runs.script(few, 1, Agent::JUnit)).len(), 10, "five redirects");
    let before = world.mock.elsewhere_requests().len();
    let many = world.run_of(&json!({ "agent": "junit", "size": 10, "elsewhere": true, "hops": 5 }));
    for error in [
        M::send(runs.script(many, 1, Agent::JUnit)).expect_err("six redirects"),
        M::download(runs.script(many, 1, Agent::JUnit)).expect_err("six redirects"),
    ] {
        assert!(error.to_string().contains("redirect") && error.to_string().contains("runs.script"), "{error}");
    }
    assert_eq!(world.mock.elsewhere_requests().len() - before, 10, "five each: the sixth is not asked for, and nothing is repeated");
}

fn other_calls_do_not_leave_their_host<M: Work>() {
    let world = World::start();
    let there = format!("{}/uploads/1?key=hidden", world.mock.elsewhere().expect("a second address"));
    world.mock.script("getHost", [Fault::redirect(&there)]);
    world.mock.script("registerHost", [Fault::see_other(&there)]);
    let client = M::client(&world.setup());
    for error in [
        M::send(client.hosts().get(world.host)).expect_err("another host"),
        M::send(client.hosts().register(qacomplete_automation::types::NewHost::new("NEW", "x64"))).expect_err("another host"),
    ] {
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
    }
    assert!(world.mock.elsewhere_requests().is_empty());
}

/// The API's own address is https; this one is asked for nothing.
fn a_script_behind_https_is_not_fetched_without<M: Work>() {
    let redirect = http::Response::builder().status(302).header("location", "http://files.example.com/suite.zip?key=hidden");
    let (client, memory) = in_memory::<M>([redirect.body(Vec::new()).expect("a redirect")]);
    let error = M::send(client.runs(143).script(1, 1, Agent::JUnit)).expect_err("http");
    assert!(error.to_string().contains("https") && !format!("{error} {error:?}").contains("hidden"), "{error:?}");
    assert_eq!(memory.requests().len(), 1);
}

fn a_script_that_is_too_large_is_refused<M: Work>() {
    let world = World::start();
    let builder = ApiClient::<M>::builder().base_url(world.mock.url()).host(world.host.to_string(), TOKEN);
    let client = builder.max_download_bytes(50_000).max_response_bytes(50_000).build().expect("a client");
    for elsewhere in [false, true] {
        let run = world.run_of(&json!({ "agent": "junit", "size": 50_001, "elsewhere": elsewhere }));
        let script = || client.runs(world.host).script(run, 1, Agent::JUnit);
        let (piecemeal, whole) = (M::download(script()).expect_err("too large"), M::send(script()).expect_err("too large"));
        for (error, setting) in [(piecemeal, "max_download_bytes"), (whole, "max_response_bytes")] {
            assert!(matches!(error, Error::Transport(_)) && error.to_string().contains(setting), "does not say what to do: {error}");
            assert!(!error.is_retryable(), "{error}");
        }
        let run = world.run_of(&json!({ "agent": "junit", "size": 50_000, "elsewhere": elsewhere }));
        assert_eq!(M::download(client.runs(world.host).script(run, 1, Agent::JUnit)).expect("just so").len(), 50_000);
    }
}

fn a_script_cut_short_is_an_error<M: Work>() {
    let world = World::start();
    let run = world.run_of(&json!({ "agent": "junit", "size": 100_000 }));
    world.mock.script("downloadScript", [Fault::truncate(60_000)]);
    let client = M::client(&world.setup().attempts(3));
    let error = M::download(client.runs(world.host).script(run, 1, Agent::JUnit)).expect_err("half a script");
    assert!(matches!(error, Error::Transport(_)) && error.to_string().contains("runs.script"), "{error:?}");
    assert_eq!(world.mock.requests().len(), 1, "what was begun is not begun again");
}
