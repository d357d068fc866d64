//! Users and hosts: who may do what, and with which credential.

use super::got;
use qacomplete_automation::types::{Agent, HostUpdate, ItemReport, NewHost, Outcome};
use qacomplete_automation::{Error, StatusCode};
use tms_mock::{Fault, qacomplete as people};
use tms_smoke::both;
use tms_smoke::qacomplete_automation::world::{COMPUTER, TOKEN};
use tms_smoke::qacomplete_automation::{Access, Drive, Setup, Work, World};

both!(
    each_call_takes_its_own_credential,
    a_call_without_its_credential_is_not_sent,
    a_host_speaks_only_for_itself,
    a_wrong_token_is_refused_and_printed_nowhere,
    the_token_of_a_host_is_printed_nowhere,
    a_host_is_registered_once,
    several_departments_want_one_to_be_chosen,
    without_the_right_nothing_is_registered,
    a_change_keeps_the_rest,
    a_408_is_repeated_and_a_500_on_a_report_is_not,
);

fn each_call_takes_its_own_credential<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    got(client.departments().list());
    got(client.hosts().find(COMPUTER));
    got(client.hosts().get(world.host));
    got(client.runs(world.host).current());
    let sent = |request: &tms_mock::Request| request.headers.get("authorization").map(|value| value.as_bytes().to_vec());
    let headers: Vec<_> = world.mock.requests().iter().map(sent).collect();
    assert!(headers[0].is_some() && headers[2].is_some());
    assert_eq!(headers[0], headers[1]);
    assert_eq!(headers[2], headers[3]);
    assert_ne!(headers[0], headers[2]);
    world.mock.assert_no_verdicts();
}

fn a_call_without_its_credential_is_not_sent<M: Drive>() {
    let world = World::start();
    let setup = world.setup();
    let user = M::client(&Setup { access: Access { host: None, ..setup.access.clone() }, ..setup.clone() });
    let host = M::client(&Setup { access: Access { user: None, ..setup.access.clone() }, ..setup });
    let errors = [
        (M::send(host.departments().list()).expect_err("a host"), "login"),
        (M::send(host.hosts().find(COMPUTER)).expect_err("a host"), "login"),
        (M::send(host.hosts().register(NewHost::new("B", "x64"))).expect_err("a host"), "login"),
        (M::send(user.hosts().get(world.host)).expect_err("a user"), "host"),
        (M::send(user.runs(world.host).current()).expect_err("a user"), "host"),
        (M::send(user.runs(world.host).script(world.run, 1, Agent::JUnit)).expect_err("a user"), "host"),
        (M::send(user.runs(world.host).report(world.run, 1, ItemReport::default())).expect_err("a user"), "host"),
    ];
    for (error, setter) in errors {
        assert!(matches!(error, Error::Auth(_)) && error.to_string().contains(setter), "does not say what to set: {error:?}");
    }
    assert!(world.mock.requests().is_empty());
}

fn a_host_speaks_only_for_itself<M: Drive>() {
    let world = World::start();
    let other = got(M::client(&world.setup()).hosts().register(NewHost::new("OTHER", "x64")));
    let client = M::client(&world.setup());
    let error = M::send(client.runs(other.id).current()).expect_err("another host's runs");
    assert!(matches!(error.status(), Some(StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED)), "{error}");
    let host = client.as_host(&other).expect("a host with a token");
    assert_eq!(host.id(), other.id);
    assert_eq!(M::collect(host.runs().current()).expect("its own runs").len(), 0);
    assert_eq!(M::collect(client.runs(world.host).current()).expect("the first client is as it was").len(), 1);
}

fn a_wrong_token_is_refused_and_printed_nowhere<M: Drive>() {
    let world = World::start();
    let wrong = "00000000-wrong";
    let client = M::client(&Setup::of(&world.mock).with_host(world.host, wrong));
    let error = M::send(client.runs(world.host).current()).expect_err("a wrong token");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(!format!("{error} {error:?} {client:?}").contains(wrong));
}

fn the_token_of_a_host_is_printed_nowhere<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let host = got(client.hosts().find(COMPUTER));
    assert_eq!(host.security_token.as_ref().map(qacomplete_automation::Secret::expose), Some(TOKEN));
    let own = client.as_host(&host).expect("a host with a token");
    assert!(!format!("{host:?} {own:?} {client:?}").contains(TOKEN));
    let mut nobody = host;
    nobody.security_token = None;
    let error = client.as_host(&nobody).expect_err("no token");
    assert!(error.to_string().contains("host"), "{error}");
}

fn a_host_is_registered_once<M: Work>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let new = || NewHost::new(COMPUTER, "x64");
    let error = M::send(client.hosts().register(new())).expect_err("it is there");
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(M::find_or_register(&client.hosts(), new()).expect("found").id, world.host);
    let other = M::find_or_register(&client.hosts(), NewHost::new("NEW", "x64")).expect("registered");
    assert!(other.id != world.host && other.security_token.is_some());
    // Somebody else is faster: the host is there after all.
    world.mock.script("findHost", [Fault::refusal(StatusCode::NOT_FOUND, "Host with name NEW not found")]);
    assert_eq!(M::find_or_register(&client.hosts(), NewHost::new("NEW", "x64")).expect("found in the end").id, other.id);
}

fn several_departments_want_one_to_be_chosen<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock, people::TWO));
    let departments = got(client.departments().list());
    let ids: Vec<_> = departments.results.iter().flatten().map(|department| department.id).collect();
    assert_eq!(ids.len(), 2, "{departments:?}");
    let error = M::send(client.hosts().register(NewHost::new("TWO", "x64"))).expect_err("which department?");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST), "{error}");
    let host = got(client.hosts().register(NewHost::new("TWO", "x64").with_dept_id(ids[1])));
    assert_eq!(got(client.hosts().find("TWO").dept_id(ids[1])).id, host.id);
}

fn without_the_right_nothing_is_registered<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock, people::OUTSIDER));
    for error in [
        M::send(client.hosts().register(NewHost::new("NEW", "x64"))).expect_err("no right"),
        M::send(client.hosts().find(COMPUTER)).expect_err("no right"),
    ] {
        assert_eq!(error.status(), Some(StatusCode::FORBIDDEN), "{error}");
    }
}

fn a_change_keeps_the_rest<M: Drive>() {
    let world = World::start();
    let hosts = M::client(&world.setup()).hosts();
    let before = got(hosts.get(world.host));
    let changed = got(hosts.update(world.host, HostUpdate::default().with_os("Linux").with_agents([Agent::JUnit, Agent::ReadyApi])));
    assert_eq!((changed.os.as_deref(), changed.host_name, changed.is_active), (Some("Linux"), before.host_name, before.is_active));
    assert_eq!(changed.agents.as_deref(), Some([Agent::JUnit, Agent::ReadyApi].as_slice()), "long names are the same agents");
}

fn a_408_is_repeated_and_a_500_on_a_report_is_not<M: Drive>() {
    let world = World::start();
    world.mock.script("registerHost", [Fault::refusal(StatusCode::REQUEST_TIMEOUT, "Too slow")]);
    world.mock.script("reportItem", [Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR, "Broken")]);
    let client = M::client(&world.setup().attempts(3));
    got(client.hosts().register(NewHost::new("NEW", "x64")));
    let report = ItemReport::default().with_status(Outcome::Passed);
    let error = M::send(client.runs(world.host).report(world.run, 1, report)).expect_err("a 500");
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    let asked: Vec<_> = world.mock.requests().into_iter().filter_map(|request| request.operation).collect();
    assert_eq!(asked, ["registerHost", "registerHost", "reportItem"]);
}
