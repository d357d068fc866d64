//! Rights, refusals, redirects, moments that are not set.

use super::got;
use crate::asked;
use qacomplete::types::{AttachmentUpload, DefectInput, EntityCode, FolderInput, NewRelease, NewTestRun, NoteInput, ReleaseType};
use qacomplete::{DateTime, Error, File, Operation, Request, StatusCode};
use serde_json::json;
use std::fmt::Debug;
use tms_mock::{Fault, qacomplete as records};
use tms_smoke::both;
use tms_smoke::qacomplete::{Access, Drive, PROJECT, Setup, World};

both!(
    who_may_only_read_cannot_write,
    who_may_not_delete_is_told_so,
    strangers_are_let_in_nowhere,
    missing_credentials_stop_the_call_before_it_is_sent,
    wrong_credentials_are_printed_nowhere,
    what_is_not_there_is_not_found,
    a_408_is_repeated_whatever_the_method,
    a_500_is_repeated_only_where_that_does_no_harm,
    removing_by_position_is_not_repeated,
    a_303_after_a_post_is_fetched,
    a_redirect_to_another_host_is_not_followed,
    moments_that_are_not_set_are_told_apart,
);

/// The status and the message of a call that has to be refused.
fn refused<M: Drive, O: Operation<Fault: Debug, Output: Debug>>(request: Request<M, O>) -> StatusCode
where
    Error: From<tms_runtime::Error<O::Fault>>,
{
    let error = Error::from(M::send(request).expect_err("a refusal"));
    let Error::Api(api) = &error else { panic!("not the documented error body: {error:?}") };
    let entry = api.fault().errors.iter().flatten().next().unwrap_or_else(|| panic!("no message: {error}"));
    assert_eq!(entry.code, Some(i64::from(api.status().as_u16())), "{error}");
    let message = entry.message.clone().unwrap_or_default();
    assert!(!message.is_empty() && error.to_string().contains(&message) && error.to_string().contains(O::INFO.name), "{error}");
    api.status()
}

fn who_may_only_read_cannot_write<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock, records::READER));
    let project = client.project(PROJECT);
    assert_eq!(got(project.defects().get(world.defect)).title, "Dangerous");
    let title = || DefectInput::new("Mine", "New");
    let statuses = [
        refused(project.defects().create(title())),
        refused(project.defects().replace(world.defect, title())),
        refused(project.defects().update(world.defect, title())),
        refused(project.defects().delete(world.defect)),
        refused(project.releases().create(NewRelease::new(ReleaseType::Release, "2.0"))),
        refused(project.tests().delete(world.test)),
        refused(project.test_set_items(world.test_set).clear()),
        refused(project.test_runs().create(NewTestRun::default().with_test_set_id(world.test_set))),
        refused(project.folders(EntityCode::Bugs).create(FolderInput::new("Mine"))),
        refused(project.notes(EntityCode::Bugs, world.defect).create(NoteInput::new("Mine"))),
        refused(project.attachments(EntityCode::Bugs, world.defect).create(AttachmentUpload::new(File::from_bytes("a", "b")))),
    ];
    assert_eq!(statuses, [StatusCode::FORBIDDEN; 11]);
    assert_eq!(got(project.defects().get(world.defect)).title, "Dangerous", "nothing happened");
    assert!(world.mock.uploads().is_empty());
}

fn who_may_not_delete_is_told_so<M: Drive>() {
    let world = World::start();
    let defects = M::client(&Setup::user(&world.mock, records::WRITER)).project(PROJECT).defects();
    let id = got(defects.create(DefectInput::new("Mine", "New"))).id;
    assert_eq!(refused(defects.delete(id)), StatusCode::FORBIDDEN);
    assert_eq!(got(defects.get(id)).title, "Mine");
}

fn strangers_are_let_in_nowhere<M: Drive>() {
    let world = World::start();
    let outsider = M::client(&Setup::user(&world.mock, records::OUTSIDER));
    assert_eq!(refused(outsider.project(PROJECT).defects().list()), StatusCode::FORBIDDEN);
    let gone = M::client(&Setup::user(&world.mock, records::GONE));
    assert_eq!(refused(gone.project(PROJECT).defects().list()), StatusCode::UNAUTHORIZED);
}

fn missing_credentials_stop_the_call_before_it_is_sent<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup { access: Access::default(), ..world.setup() });
    let error = M::send(client.projects().list()).expect_err("nobody");
    assert!(matches!(error, Error::Auth(_)) && error.to_string().contains("login"), "does not say what to set: {error:?}");
    assert!(world.mock.requests().is_empty());
}

fn wrong_credentials_are_printed_nowhere<M: Drive>() {
    let world = World::start();
    let client = M::client(&Setup { access: Access::of(records::JOHN, "wrong-password"), ..world.setup() }.attempts(3));
    let error = M::send(client.projects().list()).expect_err("a wrong password");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(world.mock.requests().len(), 1, "asking again cannot help");
    let encoded = "d3JvbmctcGFzc3dvcmQ"; // the end of the header
    let said = format!("{error} {error:?} {client:?}");
    assert!(!said.contains("wrong-password") && !said.contains(encoded), "{said}");
}

fn what_is_not_there_is_not_found<M: Drive>() {
    let world = World::start();
    let defects = M::client(&world.setup().attempts(3)).project(PROJECT).defects();
    got(defects.delete(world.defect));
    assert_eq!(refused(defects.get(world.defect)), StatusCode::NOT_FOUND);
    assert_eq!(refused(defects.delete(world.defect)), StatusCode::NOT_FOUND);
    assert_eq!(world.mock.requests().len(), 3, "asking again cannot help");
}

fn late() -> Fault {
    Fault::refusal(StatusCode::REQUEST_TIMEOUT, "The server gave up waiting")
}

fn a_408_is_repeated_whatever_the_method<M: Drive>() {
    let world = World::start();
    world.mock.script("createDefect", [late(), late()]);
    let defects = M::client(&world.setup().attempts(3)).project(PROJECT).defects();
    let id = got(defects.create(DefectInput::new("Late", "New"))).id;
    assert_eq!(asked(&world.mock, "createDefect"), 3, "the server certainly did not act");
    assert_eq!(got(defects.get(id)).title, "Late");
    world.mock.script("createDefect", [late(), late(), late()]);
    assert_eq!(refused(defects.create(DefectInput::new("Late", "New"))), StatusCode::REQUEST_TIMEOUT);
    assert_eq!(asked(&world.mock, "createDefect"), 6);
}

fn a_500_is_repeated_only_where_that_does_no_harm<M: Drive>() {
    let world = World::start();
    let broken = || Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR, "Object reference not set");
    for operation in ["createDefect", "updateDefect", "getDefect", "replaceDefect", "searchDefects"] {
        world.mock.script(operation, [broken()]);
    }
    let defects = M::client(&world.setup().attempts(2)).project(PROJECT).defects();
    let input = || DefectInput::new("Sum", "New");
    assert_eq!(refused(defects.create(input())), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(refused(defects.update(world.defect, input())), StatusCode::INTERNAL_SERVER_ERROR);
    got(defects.get(world.defect));
    got(defects.replace(world.defect, input()));
    got(defects.search(qacomplete::types::Search::new("Id > 0")));
    let counts =
        ["createDefect", "updateDefect", "getDefect", "replaceDefect", "searchDefects"].map(|operation| asked(&world.mock, operation));
    assert_eq!(counts, [1, 1, 2, 2, 2]);
}

fn removing_by_position_is_not_repeated<M: Drive>() {
    let world = World::start();
    world.mock.script("removeTestSetItem", [Fault::status(StatusCode::BAD_GATEWAY).after_acting()]);
    world.mock.script("clearTestSetItems", [Fault::status(StatusCode::BAD_GATEWAY)]);
    let items = M::client(&world.setup().attempts(3)).project(PROJECT).test_set_items(world.test_set);
    let error = M::send(items.remove(1)).expect_err("a broken gateway");
    assert_eq!(
        (error.status(), asked(&world.mock, "removeTestSetItem")),
        (Some(StatusCode::BAD_GATEWAY), 1),
        "the next item would go, too"
    );
    got(items.clear());
    assert_eq!(asked(&world.mock, "clearTestSetItems"), 2);
}

fn a_303_after_a_post_is_fetched<M: Drive>() {
    let world = World::start();
    world.mock.script("createDefect", [Fault::see_other("/rest-api/service/api/v1/projects/11873/defects/{/id}")]);
    let created = got(M::client(&world.setup()).project(PROJECT).defects().create(DefectInput::new("Elsewhere", "New")));
    assert_eq!(created.title, "Elsewhere");
    let requests = world.mock.requests();
    let [post, get] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((post.method.as_str(), get.method.as_str(), get.operation.as_deref()), ("POST", "GET", Some("getDefect")));
    assert!(get.headers.contains_key("authorization"), "the same host");
    assert!(get.body.is_empty() && !get.headers.contains_key("content-type"), "{get:?}");
    world.mock.assert_no_verdicts();
}

fn a_redirect_to_another_host_is_not_followed<M: Drive>() {
    let world = World::start();
    let other = World::start();
    let target = format!("{}/v1/projects/{PROJECT}/defects/{}?key=hidden", other.mock.url(), other.defect);
    world.mock.script("getDefect", [Fault::redirect(&target)]);
    world.mock.script("createDefect", [Fault::see_other(&target)]);
    let defects = M::client(&world.setup().attempts(3)).project(PROJECT).defects();
    let errors = [
        M::send(defects.get(world.defect)).expect_err("another host"),
        M::send(defects.create(DefectInput::new("Elsewhere", "New"))).expect_err("another host"),
    ];
    for error in errors {
        assert!(error.to_string().contains("another host") && !format!("{error} {error:?}").contains("hidden"), "{error:?}");
    }
    assert!(other.mock.requests().is_empty());
}

fn moments_that_are_not_set_are_told_apart<M: Drive>() {
    let world = World::start();
    let unset = ["0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000", "00001-01-01T00:00:00.0000000", "0001-01-01T00:00:00.0000000Z"];
    let set = ["1900-01-01T00:00:00.0000000", "2015-05-26T10:54:21.0930000", "2015-05-26T10:54:21Z", "2015-06-31T00:00:00.0000000"];
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let assert_kept = |text: &str, is_unset: bool| {
        world.mock.script("getDefect", [Fault::set("/est_start", json!(text))]);
        let defect = got(defects.get(world.defect));
        let moment: &DateTime = defect.est_start.as_ref().unwrap_or_else(|| panic!("{text} cannot be read"));
        assert_eq!(moment.is_unset(), is_unset, "{text}");
        let input = DefectInput::try_from(defect).expect("a defect with a status");
        let written = tms_runtime::json::to_string(&input);
        assert!(written.contains(&format!(r#""EstStart":"{text}""#)), "not written as it was read: {written}");
    };
    unset.iter().for_each(|text| assert_kept(text, true));
    set.iter().for_each(|text| assert_kept(text, false));
    assert!(got(defects.get(world.defect)).act_start.expect("a moment").is_unset(), "the server shows what is not set");
}
