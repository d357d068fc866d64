//! What happens around a call of a SOAP service: whole lives of objects, paging, streaming, faults, credentials, odd answers.

use qacomplete_soap::types::{Bug, CustomBlock, Release};
use qacomplete_soap::{ApiClient, Error, SoapVersion, StatusCode};
use serde_json::json;
use tms_mock::{Answer, Fault, Mock, qacomplete_soap as records};
use tms_smoke::both;
use tms_smoke::qacomplete_soap::drive::{credentials, in_memory};
use tms_smoke::qacomplete_soap::{Access, Drive, Setup, Stream, VERSIONS, World};
use tms_smoke::xml::Element;

both!(
    a_defect_lives_from_add_to_delete,
    unknown_elements_survive_load_change_update,
    what_the_server_escapes_twice_can_be_sent_back,
    a_list_is_read_page_by_page,
    a_full_last_page_takes_one_more_call,
    records_are_read_one_at_a_time,
    a_record_that_is_wrong_is_an_error_that_says_which,
    one_client_serves_several_projects,
    a_release_takes_its_iterations_and_builds_along,
    a_fault_is_an_error_of_the_service_at_any_status,
    a_fault_is_never_repeated,
    a_broken_gateway_is_repeated_only_where_that_does_no_harm,
    wrong_credentials_are_refused_and_printed_nowhere,
    missing_credentials_stop_the_call_before_it_is_sent,
    texts_without_content_are_not_sent,
    an_answer_of_the_other_version_is_read,
    an_answer_in_another_spelling_is_read,
    an_answer_of_another_namespace_is_an_error,
    declarations_of_entities_are_refused,
    html_instead_of_an_envelope_is_an_error_that_keeps_the_page,
    half_an_envelope_is_an_error,
    an_answer_without_its_result_is_an_error,
);

fn custom1(bug: &Bug) -> Option<&str> {
    bug.custom.as_ref()?.custom1.as_deref()
}

/// Runs a scenario over both versions of SOAP, each with a server of its own.
fn over_both<M: Drive>(scenario: impl Fn(&World, &ApiClient<M>, SoapVersion)) {
    for (_, version) in VERSIONS {
        let world = World::start();
        let client = M::client(&Setup::of(&world.mock, version));
        scenario(&world, &client, version);
    }
}

/// How often an operation was asked for.
fn asked(mock: &Mock, operation: &str) -> usize {
    mock.requests().iter().filter(|request| request.operation.as_deref() == Some(operation)).count()
}

/// The element of an operation, as sent last.
fn last_sent(mock: &Mock) -> Element {
    let body = mock.requests().pop().expect("a request").body;
    let root = Element::parse(std::str::from_utf8(&body).expect("UTF-8"));
    root.at("/Body/0").expect("an element in the body").clone()
}

fn a_defect_lives_from_add_to_delete<M: Drive>() {
    over_both::<M>(|world, client, _| {
        let bugs = client.bugs();
        let new = Bug::default()
            .with_title("Sum is wrong")
            .with_status_code("New")
            .with_custom(CustomBlock::default().with_custom1("<b>bold</b> & 漢"))
            .with_est_hrs(3);
        let id = M::send(bugs.add(new).new_notes("Seen twice")).expect("an id");
        let bug = M::send(bugs.load(id)).expect("the defect");
        assert_eq!((bug.bug_id, bug.title.as_deref(), bug.status_code.as_deref()), (Some(id), Some("Sum is wrong"), Some("New")));
        assert_eq!(custom1(&bug), Some("<b>bold</b> & 漢"));
        M::send(bugs.update(bug.with_status_code("Closed")).send_email_alert("N")).expect("an update");
        let bug = M::send(bugs.load(id)).expect("the defect");
        assert_eq!((bug.status_code.as_deref(), custom1(&bug)), (Some("Closed"), Some("<b>bold</b> & 漢")), "nothing got lost");
        // An update replaces everything: what is left out is cleared.
        M::send(bugs.update(Bug::default().with_bug_id(id).with_title("Only this"))).expect("an update");
        let bug = M::send(bugs.load(id)).expect("the defect");
        assert_eq!((bug.title.as_deref(), custom1(&bug).unwrap_or_default()), (Some("Only this"), ""));
        M::send(bugs.delete(id)).expect("a deletion");
        let error = M::send(bugs.load(id)).expect_err("it is gone");
        let Error::Api(api) = &error else { panic!("no fault: {error:?}") };
        assert!(!api.fault().message().is_empty() && error.to_string().contains("bugs.load"), "{error}");
        assert_eq!(world.mock.verdicts().len(), 0, "{:?}", world.mock.verdicts());
    });
}

fn unknown_elements_survive_load_change_update<M: Drive>() {
    let rank = |bug: &Bug| bug.extra.get_as::<String>("Rank").expect("a text");
    over_both::<M>(|world, client, _| {
        let seed = json!({ "Title": "Ranked", "Rank": "7 & more", "StatusCode": "New" });
        let id = world.mock.seed(records::BUGS, "", seed).expect("a seed").parse::<i32>().expect("a number");
        let bug = M::send(client.bugs().load(id)).expect("the defect");
        assert_eq!(rank(&bug).as_deref(), Some("7 & more"), "what this crate does not know is kept: {:?}", bug.extra);
        M::send(client.bugs().update(bug.with_status_code("Closed"))).expect("an update");
        let sent = last_sent(&world.mock);
        assert_eq!(sent.at("/Bug/Rank").map(Element::text), Some("7 & more"), "{sent}");
        let bug = M::send(client.bugs().load(id)).expect("the defect");
        assert_eq!((bug.status_code.as_deref(), rank(&bug).as_deref()), (Some("Closed"), Some("7 & more")));
        world.mock.assert_no_verdicts();
    });
}

fn what_the_server_escapes_twice_can_be_sent_back<M: Drive>() {
    over_both::<M>(|_, client, _| {
        let id = M::send(client.bugs().add(Bug::default().with_title("a < b"))).expect("an id");
        let bug = M::send(client.bugs().load(id)).expect("the defect");
        assert_eq!(bug.title.as_deref(), Some("a &#60; b"), "documented: the text read still holds a reference");
        M::send(client.bugs().update(bug)).expect("an update");
        let title = M::send(client.bugs().load(id)).expect("the defect").title;
        assert_eq!(title.as_deref(), Some("a &#60; b"), "and is not escaped once more");
    });
}

/// Asks for all defects and says what came and which pages were asked for.
fn read_all<M: Drive>(world: &World, client: &ApiClient<M>, defects: usize) -> Vec<(String, String)> {
    let seeds = (1..defects).map(|number| json!({ "Title": format!("Defect {number}") }));
    world.mock.seed_all(records::BUGS, "", seeds).expect("the mock takes seeds");
    let bugs = M::collect(client.bugs().load_by_criteria("")).expect("every page");
    let ids: std::collections::BTreeSet<_> = bugs.iter().map(|bug| bug.bug_id).collect();
    assert_eq!((bugs.len(), ids.len()), (defects, defects), "each defect once");
    world.mock.assert_no_verdicts();
    let page = |request: tms_mock::Request| {
        let root = Element::parse(std::str::from_utf8(&request.body).expect("UTF-8"));
        let text = |name: &str| root.at(&format!("/Body/0/{name}")).map(Element::text).unwrap_or_default().to_owned();
        assert_eq!(root.at("/Body/0/Condition"), None, "no condition, no element");
        (text("PageNumber"), text("PageSize"))
    };
    world.mock.requests().into_iter().map(page).collect()
}

fn pages(last: usize) -> Vec<(String, String)> {
    (1..=last).map(|number| (number.to_string(), "200".to_owned())).collect()
}

fn a_list_is_read_page_by_page<M: Drive>() {
    over_both::<M>(|world, client, _| assert_eq!(read_all(world, client, 450), pages(3), "the short third page is the last"));
}

fn a_full_last_page_takes_one_more_call<M: Drive>() {
    over_both::<M>(|world, client, _| assert_eq!(read_all(world, client, 400), pages(3), "nothing tells that the second was the last"));
}

fn records_are_read_one_at_a_time<M: Stream>() {
    over_both::<M>(|world, client, _| {
        world.mock.seed_all(records::BUGS, "", (0..190).map(|number| json!({ "Title": format!("{number}") }))).expect("seeds");
        let whole = M::send(client.bugs().load_by_criteria("").page_size(200)).expect("an answer");
        let read = M::records(client.bugs().load_by_criteria("").page_size(200)).expect("an answer");
        let read: Vec<_> = read.map(|bug| bug.expect("a defect")).collect();
        assert!(read.len() == 191 && read == whole, "the same as at once");
        let none = M::records(client.test_cases().load_by_unc(r"\\nowhere")).expect("an answer");
        assert_eq!(none.count(), 0, "a list that is not there is empty");
    });
}

fn a_record_that_is_wrong_is_an_error_that_says_which<M: Stream>() {
    over_both::<M>(|world, client, _| {
        let number = format!("<BugId>{}</BugId>", world.bug);
        let bad = || Fault::edit(&number, "<BugId>7</BugId><BugId>8</BugId>");
        world.mock.script("Bugs_LoadByCriteria", [bad(), bad()]);
        let newest_second = || client.bugs().load_by_criteria("").sorting("BugId DESC");
        world.mock.seed(records::BUGS, "", json!({ "Title": "Second" })).expect("a seed");
        let error = M::send(newest_second()).expect_err("two numbers");
        assert!(error.to_string().contains("Bug[1]/BugId"), "does not say where: {error}");
        let mut read = M::records(newest_second()).expect("an answer");
        assert_eq!(read.next().expect("a first record").expect("a defect").title.as_deref(), Some("Second"));
        let error = read.next().expect("a second record").expect_err("two numbers");
        assert!(error.to_string().contains("Bug[1]/BugId"), "does not say where: {error}");
        assert!(read.next().is_none(), "nothing can be trusted behind it");
        // One member that does not fit costs nothing else.
        world.mock.script("Bugs_Load", [Fault::edit(&number, "<BugId>seven</BugId>")]);
        let bug = M::send(client.bugs().load(world.bug)).expect("a defect");
        assert_eq!((bug.bug_id, bug.extra.get_as::<String>("BugId").expect("a text").as_deref()), (None, Some("seven")));
        assert!(bug.title.is_some(), "the rest is read");
    });
}

fn one_client_serves_several_projects<M: Drive>() {
    over_both::<M>(|world, client, _| {
        let other = records::OTHER_PROJ_ID.to_string();
        world.mock.seed(records::BUGS, &other, json!({ "Title": "Elsewhere" })).expect("a seed");
        let titles = |client: &ApiClient<M>| -> Vec<String> {
            let bugs = M::collect(client.bugs().load_by_criteria("")).expect("defects");
            bugs.into_iter().filter_map(|bug| bug.title).collect()
        };
        let there = credentials(records::OTHER_DEPT_ID, records::OTHER_PROJ_ID).with_pass_code(world.mock.token());
        let there = client.with_authentication_data(there).expect("a client");
        assert_eq!((titles(client), titles(&there)), (vec!["Dangerous".to_owned()], vec!["Elsewhere".to_owned()]));
        let mut both = credentials(records::DEPT_ID, records::PROJ_ID).with_pass_code(world.mock.token());
        let number = |number: i64| i32::try_from(number).expect("a number");
        both = both.with_proj_ids([number(records::PROJ_ID), number(records::OTHER_PROJ_ID)]);
        both.proj_id = None;
        let both = client.with_authentication_data(both).expect("a client");
        assert_eq!(titles(&both), ["Dangerous", "Elsewhere"]);
        let connections: std::collections::BTreeSet<_> = world.mock.requests().iter().map(|request| request.connection).collect();
        assert_eq!(connections.len(), 1, "they share what connections there are");
        world.mock.assert_no_verdicts();
    });
}

fn a_release_takes_its_iterations_and_builds_along<M: Drive>() {
    over_both::<M>(|world, client, _| {
        let releases = client.releases();
        let below = |title: &str, kind: &str, parent: i32| {
            M::send(releases.add(Release::default().with_title(title).with_release_type(kind).with_parent_id(parent))).expect("an id")
        };
        let iteration = below("Sprint 1", "Iteration", world.release);
        let build = below("Build 17", "Build", iteration);
        M::send(releases.delete(world.release)).expect("a deletion");
        for id in [world.release, iteration, build] {
            assert!(matches!(M::send(releases.load(id)), Err(Error::Api(_))), "{id} is still there");
        }
    });
}

fn a_fault_is_an_error_of_the_service_at_any_status<M: Drive>() {
    over_both::<M>(|world, client, version| {
        for status in [StatusCode::OK, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::BAD_REQUEST] {
            world.mock.script("Bugs_Delete", [Fault::refusal(status, "Not today & not tomorrow")]);
            let error = M::send(client.bugs().delete(world.bug)).expect_err("a refusal");
            let Error::Api(api) = &error else { panic!("no fault: {error:?}") };
            assert_eq!((api.fault().message(), error.status()), ("Not today & not tomorrow", Some(status)));
            assert_eq!(api.fault().version(), version);
            let said = error.to_string();
            assert!(said.contains("bugs.delete") && said.contains("Not today & not tomorrow"), "says too little: {said}");
            assert!(!error.is_retryable(), "the server has decided");
        }
    });
}

fn a_fault_is_never_repeated<M: Drive>() {
    for (_, version) in VERSIONS {
        let world = World::start();
        let client = M::client(&Setup::of(&world.mock, version).attempts(3));
        let error = M::send(client.bugs().load(999_999)).expect_err("no such defect");
        assert!(matches!(error, Error::Api(_)) && error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR), "{error:?}");
        assert_eq!(asked(&world.mock, "Bugs_Load"), 1);
    }
}

fn a_broken_gateway_is_repeated_only_where_that_does_no_harm<M: Drive>() {
    for (_, version) in VERSIONS {
        let world = World::start();
        let client = M::client(&Setup::of(&world.mock, version).attempts(3));
        let broken = || Fault::html(StatusCode::BAD_GATEWAY);
        world.mock.script("Bugs_Load", [broken(), broken()]);
        world.mock.script("Bugs_Add", [broken()]);
        world.mock.script("Bugs_Delete", [broken()]);
        assert_eq!(M::send(client.bugs().load(world.bug)).expect("the third attempt").bug_id, Some(world.bug));
        let error = M::send(client.bugs().add(Bug::default().with_title("Once"))).expect_err("a 502");
        assert!(matches!(error, Error::Status(_)) && error.status() == Some(StatusCode::BAD_GATEWAY), "{error:?}");
        M::send(client.bugs().delete(world.bug)).expect_err("a 502");
        let counts = ["Bugs_Load", "Bugs_Add", "Bugs_Delete"].map(|operation| asked(&world.mock, operation));
        assert_eq!(counts, [3, 1, 1], "only what reads is asked for again");
    }
}

fn wrong_credentials_are_refused_and_printed_nowhere<M: Drive>() {
    for (_, version) in VERSIONS {
        let world = World::start();
        let wrong = credentials(records::DEPT_ID, records::PROJ_ID).with_pass_code("wrong<&>code");
        assert!(!format!("{wrong:?}").contains("wrong<&>code"));
        let client = M::client(&Setup::of(&world.mock, version).with(wrong));
        assert!(!format!("{client:?}").contains("wrong<&>code"));
        let error = M::send(client.bugs().load(world.bug)).expect_err("wrong credentials");
        let Error::Api(api) = &error else { panic!("no fault: {error:?}") };
        assert!(api.fault().message().starts_with("Authentication data is not valid."), "{}", api.fault().message());
        assert_eq!(api.fault().actor(), Some("psWS.AuthenticationException"));
        // Nor when the server gives back what it was sent.
        let echo = "<p title=\"wrong&lt;&amp;&gt;code\">wrong<&>code";
        let page = |status| Fault::replace(Answer::bytes(status, "text/html", echo));
        let refusal = Fault::refusal(StatusCode::OK, "not wrong<&>code");
        world.mock.script("Bugs_Load", [page(StatusCode::BAD_GATEWAY), page(StatusCode::OK), refusal]);
        for _ in 0..3 {
            let error = M::send(client.bugs().load(world.bug)).expect_err("an odd answer");
            let said = format!("{error} {error:?}");
            assert!(!said.contains("wrong<&>code") && !said.contains("wrong&lt;&amp;&gt;code"), "printed: {said}");
        }
    }
}

fn missing_credentials_stop_the_call_before_it_is_sent<M: Drive>() {
    for (_, version) in VERSIONS {
        let world = World::start();
        let mut setup = Setup::of(&world.mock, version);
        setup.access.credentials = None;
        let client = M::client(&setup);
        let error = M::send(client.bugs().load(world.bug)).expect_err("no credentials");
        assert!(error.to_string().contains("authentication_data"), "does not say what to set: {error}");
        assert!(world.mock.requests().is_empty());
        M::send(client.service().get_version()).expect("this one needs none");
        assert_eq!(last_sent(&world.mock).children(), []);
    }
}

fn texts_without_content_are_not_sent<M: Drive>() {
    over_both::<M>(|world, client, _| {
        let bug = Bug::default().with_title("Empty").with_status_code("").with_custom(CustomBlock::default().with_custom_fields([]));
        M::send(client.bugs().add(bug).send_email_alert("").new_notes("")).expect("an id");
        let sent = last_sent(&world.mock);
        assert_eq!(sent.at("/Bug").map(|bug| bug.children().len()), Some(1), "{sent}");
        assert_eq!(sent.children().len(), 2, "credentials and the defect: {sent}");
        world.mock.assert_no_verdicts();
    });
}

/// A client whose one answer is this body.
fn answered<M: Drive>(version: SoapVersion, body: &str) -> ApiClient<M> {
    let access = Access { version, credentials: Some(credentials(1, 2).with_pass_code("none")) };
    let reply = http::Response::builder().status(200).header("content-type", "text/xml; charset=utf-8").body(body.to_owned());
    in_memory::<M>(&access, [reply.expect("a response")]).0
}

/// An envelope around the result of `Bugs_Load`.
fn envelope(soap: &str, namespace: &str, result: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{soap}\"><s:Body><Bugs_LoadResponse xmlns=\"{namespace}\">{result}</Bugs_LoadResponse></s:Body></s:Envelope>"
    )
}

const SOAP: [&str; 2] = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];
const NAMESPACE: &str = "http://www.pragmaticsw.com/";
const RESULT: &str = "<Bugs_LoadResult><BugId>7</BugId></Bugs_LoadResult>";

fn an_answer_of_the_other_version_is_read<M: Drive>() {
    for (version, other) in [(SoapVersion::V11, SOAP[1]), (SoapVersion::V12, SOAP[0])] {
        let client = answered::<M>(version, &envelope(other, NAMESPACE, RESULT));
        assert_eq!(M::send(client.bugs().load(7)).expect("the defect").bug_id, Some(7));
    }
}

fn an_answer_in_another_spelling_is_read<M: Drive>() {
    let body = format!(
        "<?xml version='1.0'?><!-- hello --><E:Envelope xmlns:E='{}' xmlns:q='{NAMESPACE}'><E:Header><x/></E:Header><E:Body>\n\
         <q:Bugs_LoadResponse><New/><q:Bugs_LoadResult><q:Title><![CDATA[a < ]]>b<!-- c --> &#100;</q:Title><q:BugId> 7\n</q:BugId>\
         <q:DateClosed>0001-01-01T00:00:00</q:DateClosed></q:Bugs_LoadResult></q:Bugs_LoadResponse></E:Body></E:Envelope>\n",
        SOAP[0]
    );
    let bug = M::send(answered::<M>(SoapVersion::V11, &body).bugs().load(7)).expect("the defect");
    assert_eq!((bug.bug_id, bug.title.as_deref()), (Some(7), Some("a < b d")));
    assert_eq!(bug.date_closed.map(|date| date.to_string()).as_deref(), Some("0001-01-01T00:00:00"));
}

/// An answer that cannot be read is a decode error that names the operation and says what is wrong.
fn unreadable<M: Drive>(body: &str, said: &str) {
    for (_, version) in VERSIONS {
        let error = M::send(answered::<M>(version, body).bugs().load(7)).expect_err("cannot be read");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_eq!(error.body().map(tms_runtime::Bytes::len), Some(body.len()), "the answer is kept");
        let message = error.to_string();
        assert!(message.contains("bugs.load") && message.contains(said), "does not say `{said}`: {message}");
    }
}

fn an_answer_of_another_namespace_is_an_error<M: Drive>() {
    unreadable::<M>(&envelope(SOAP[0], "urn:elsewhere", RESULT), "Bugs_LoadResponse");
    unreadable::<M>(&envelope("urn:elsewhere", NAMESPACE, RESULT), "Envelope");
}

fn declarations_of_entities_are_refused<M: Drive>() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    unreadable::<M>(&format!("{laughs}{}", envelope(SOAP[0], NAMESPACE, RESULT)), "DOCTYPE");
}

fn html_instead_of_an_envelope_is_an_error_that_keeps_the_page<M: Drive>() {
    over_both::<M>(|world, client, _| {
        world.mock.script("Bugs_Load", [Fault::html(StatusCode::OK), Fault::html(StatusCode::INTERNAL_SERVER_ERROR)]);
        let error = M::send(client.bugs().load(world.bug)).expect_err("a web page");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.body().is_some_and(|body| body.starts_with(b"<!DOCTYPE html>")));
        let error = M::send(client.bugs().load(world.bug)).expect_err("a web page");
        assert!(matches!(error, Error::Status(_)) && error.is_retryable(), "{error:?}");
        assert!(error.body().is_some_and(|body| body.starts_with(b"<!DOCTYPE html>")));
    });
}

fn half_an_envelope_is_an_error<M: Drive>() {
    let whole = envelope(SOAP[0], NAMESPACE, RESULT);
    unreadable::<M>(&whole[..whole.len() / 2], "end of input");
    unreadable::<M>(whole.trim_end_matches("</s:Envelope>"), "ends too early");
    over_both::<M>(|world, client, _| {
        world.mock.script("Bugs_Load", [Fault::truncate(60)]);
        let error = M::send(client.bugs().load(world.bug)).expect_err("half a body");
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    });
}

fn an_answer_without_its_result_is_an_error<M: Drive>() {
    unreadable::<M>(&envelope(SOAP[0], NAMESPACE, ""), "Bugs_LoadResult");
}
