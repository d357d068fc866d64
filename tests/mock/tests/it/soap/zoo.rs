//! The core with another service: every construct of WSDL and XML Schema. It knows no vendor.

use super::{Version, fault, ok, text};
use crate::client::{send, start};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tms_mock::soap::{Call, Service, SoapFault, Types};
use tms_mock::{Collection, Mock, Problem, Reason, Reason::*, SeedError, StartError, Store};

/// Remembers what it was asked.
#[derive(Clone, Default)]
struct Zoo {
    asked: Arc<Mutex<Value>>,
    deaf_to: &'static str,
}

impl Service for Zoo {
    fn name(&self) -> &'static str {
        "zoo"
    }

    fn seed(&self, _: &mut Store) {}

    fn knows(&self, operation: &str) -> bool {
        operation != self.deaf_to
    }

    fn answer(&self, call: &Call<'_>, _: &mut Store, _: Timestamp) -> Result<Option<Value>, SoapFault> {
        *self.asked.lock().expect("no test panics here") = Value::Object(call.arguments().clone());
        match call.arguments().get("Nil") {
            Some(Value::Number(n)) if n.as_i64() == Some(13) => Ok(Some(json!({ "$": "<broken" }))),
            _ => Ok(None),
        }
    }

    fn insert(&self, _: Types<'_>, _: &mut Store, _: Collection, _: &str, _: Value, _: Timestamp) -> Result<String, SeedError> {
        Err(SeedError::new("nothing is kept"))
    }

    fn refuse(&self, problems: &[Problem]) -> SoapFault {
        SoapFault::client(problems.first().map_or("", |p| p.message.as_str()))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/soap").join(name)
}

fn zoo() -> (Mock, Zoo) {
    let zoo = Zoo::default();
    (start(Mock::soap_builder(folder("zoo"), zoo.clone(), "")), zoo)
}

fn post(mock: &Mock, version: Version, action: &str, body: &str) -> crate::client::Reply {
    let request = send(mock, "POST", "").without("Token").without("Accept").text(&version.envelope(body));
    let content_type = match version {
        Version::V11 => version.content_type().to_owned(),
        Version::V12 => format!("{}; action=\"{action}\"", version.content_type()),
    };
    request.header("Content-Type", &content_type).header("SOAPAction", &format!("\"{action}\"")).now()
}

fn keep(mock: &Mock, inner: &str) -> crate::client::Reply {
    post(mock, Version::V11, "urn:zoo#Keep", &format!("<Keep xmlns=\"urn:animals\">{inner}</Keep>"))
}

#[test]
fn what_the_schema_allows_is_read() {
    let (mock, zoo) = zoo();
    for (inner, expected) in [
        ("<All><B>x</B><A>1</A></All>", json!({ "All": { "A": 1, "B": "x" } })),
        ("<All><A>1</A><C>0</C><B/></All>", json!({ "All": { "A": 1, "B": "", "C": false } })),
        ("<Optional/>", json!({ "Optional": {} })),
        (
            "<Optional><From>2014-07-25</From><To>2014-07-26</To><Blue>2</Blue></Optional>",
            json!({ "Optional": { "From": "2014-07-25", "To": "2014-07-26", "Blue": 2 } }),
        ),
        ("<Optional><First>1</First><Last>2</Last></Optional>", json!({ "Optional": { "First": 1, "Last": 2 } })),
        (
            "<Repeated><Dog>a</Dog><Cat>b</Cat><Dog>c</Dog><Number>1</Number><Number>2</Number></Repeated>",
            json!({ "Repeated": { "Dog": ["a", "c"], "Cat": ["b"], "Number": [1, 2] } }),
        ),
        ("<Mixed>a <b>bold</b> word</Mixed>", json!({ "Mixed": { "$": "a <b>bold</b> word", "b": ["bold"] } })),
        ("<Anything a=\"1\">x<y/></Anything>", json!({ "Anything": { "$": "x<y/>", "*": ["<y xmlns=\"urn:animals\"></y>"] } })),
        (
            "<Animal id=\"7\" xsi:type=\"Bird\" song=\"la\"><Name>Kea</Name><Wings>2</Wings></Animal>",
            json!({ "Animal": { "@id": 7, "@song": "la", "Name": "Kea", "Wings": 2 } }),
        ),
        (
            "<Animal id=\"7\" xsi:type=\"p:SilentBird\" xmlns:p=\"urn:animals\"><Name>Kea</Name><Wings>2</Wings></Animal>",
            json!({ "Animal": { "@id": 7, "Name": "Kea", "Wings": 2 } }),
        ),
        (
            "<Cage by=\"EUR\" xml:lang=\"en\"><Cage><Cage/></Cage><Cage/></Cage>",
            json!({ "Cage": { "@by": "EUR", "@lang": "en", "Cage": [{ "Cage": [{}] }, {}] } }),
        ),
        ("<Price currency=\"EUR\">9.90</Price>", json!({ "Price": { "@currency": "EUR", "$": "9.90" } })),
        ("<Words><Enumerated>USD</Enumerated></Words>", json!({ "Words": { "Enumerated": "USD" } })),
        ("<Words><List> 1 2\n3 </List></Words>", json!({ "Words": { "List": [1, 2, 3] } })),
        ("<Words><Union>EUR</Union></Words>", json!({ "Words": { "Union": "EUR" } })),
        ("<Words><Union>5</Union></Words>", json!({ "Words": { "Union": 5 } })),
        ("<Words><Short>  a  b </Short></Words>", json!({ "Words": { "Short": "a b" } })),
        ("<Words><Fixed>yes</Fixed></Words>", json!({ "Words": { "Fixed": "yes" } })),
        (
            "<Other any=\"1\"><x xmlns=\"urn:x\"/><Word xmlns=\"urn:words\">EUR</Word></Other>",
            json!({ "Other": { "*": ["<x xmlns=\"urn:x\"></x>", "<Word xmlns=\"urn:words\">EUR</Word>"] } }),
        ),
        ("<Nil xsi:nil=\"true\"/>", json!({ "Nil": null })),
        ("<Nil xsi:nil=\"false\">3</Nil>", json!({ "Nil": 3 })),
        ("<Local><In>1</In><Out xmlns=\"\">2</Out></Local>", json!({ "Local": { "In": 1, "Out": 2 } })),
        ("<Parrot id=\"1\"><Name>Polly</Name><Wings>2</Wings></Parrot>", json!({ "Parrot": { "@id": 1, "Name": "Polly", "Wings": 2 } })),
        ("<Word xmlns=\"urn:words\">EUR</Word>", json!({ "Word": "EUR" })),
    ] {
        let reply = keep(&mock, inner);
        let verdicts: Vec<String> = mock.verdicts().iter().map(ToString::to_string).collect();
        assert_eq!(reply.status, 200, "{inner}: {verdicts:?}");
        assert_eq!(*zoo.asked.lock().expect("no test panics here"), expected, "{inner}");
    }
}

#[test]
fn what_the_schema_does_not_allow_is_refused() {
    let (mock, _) = zoo();
    let cases: [(&str, Reason, &str); 33] = [
        ("", MissingElement, "one of `All`, `Optional`"),
        ("<Nil>1</Nil><Local/>", WrongOrder, "does not belong"),
        ("<Nil>1</Nil><Nil>2</Nil>", DuplicateElement, "again"),
        ("<All><A>1</A></All>", MissingElement, "`B` is missing"),
        ("<All><A>1</A><B/><A>2</A></All>", DuplicateElement, "again"),
        ("<Optional><From>2014-07-25</From></Optional>", MissingElement, "`To` is missing"),
        ("<Optional><Red>1</Red><Blue>2</Blue></Optional>", WrongOrder, "does not belong"),
        ("<Optional><Last>2</Last><First>1</First></Optional>", WrongOrder, "belong"),
        ("<Repeated><Number>1</Number><Number>2</Number></Repeated>", MissingElement, "one of `Cat`, `Dog`"),
        ("<Repeated><Cat/><Number>1</Number></Repeated>", MissingElement, "`Number` is missing"),
        ("<Repeated><Cat/><Cat/><Cat/><Dog/><Number>1</Number><Number>2</Number></Repeated>", WrongOrder, "does not belong"),
        ("<Mixed><i/></Mixed>", UnknownElement, "no such element"),
        ("<Animal id=\"1\"><Name>x</Name></Animal>", BadValue, "abstract"),
        ("<Animal id=\"1\" xsi:type=\"Cage\"><Name>x</Name></Animal>", BadValue, "may not stand here"),
        ("<Animal id=\"1\" xsi:type=\"Dragon\"><Name>x</Name></Animal>", BadValue, "names no type"),
        ("<Animal xsi:type=\"Bird\"><Name>x</Name><Wings>2</Wings></Animal>", MissingElement, "attribute `id`"),
        ("<Animal id=\"1\" xsi:type=\"Bird\"><Wings>2</Wings><Name>x</Name></Animal>", WrongOrder, "belongs before `Wings`"),
        (
            "<Animal id=\"1\" song=\"la\" xsi:type=\"SilentBird\"><Name>x</Name><Wings>2</Wings></Animal>",
            UnknownElement,
            "attribute `song`",
        ),
        ("<Cage by=\"GBP\"/>", BadValue, "`GBP` is none of EUR, USD"),
        ("<Price currency=\"EUR\">-1</Price>", BadValue, "MinInclusive 0"),
        ("<Price currency=\"EUR\">1000.00</Price>", BadValue, "MaxExclusive 1000"),
        ("<Price currency=\"EUR\">1.001</Price>", BadValue, "FractionDigits"),
        ("<Price>1</Price>", MissingElement, "attribute `currency`"),
        ("<Words><List>1 2 3 4</List></Words>", BadValue, "Max length 3"),
        ("<Words><List>1 b</List></Words>", BadValue, "no int"),
        ("<Words><Union>GBP</Union></Words>", BadValue, "none of EUR, USD and `GBP` is no int"),
        ("<Words><Short>abcde</Short></Words>", BadValue, "Max length 4"),
        ("<Words><Fixed>no</Fixed></Words>", BadValue, "always `yes`"),
        ("<Other><Nil/></Other>", UnknownElement, "no such element"),
        ("<Other><Word xmlns=\"urn:words\">GBP</Word></Other>", BadValue, "none of EUR"),
        ("<Nil xsi:nil=\"true\">1</Nil>", BadValue, "has content"),
        ("<Local><In>1</In><Out>2</Out></Local>", UnknownElement, "the schema has it in ``"),
        ("<Beast id=\"1\"><Name>x</Name></Beast>", UnknownElement, "it is abstract"),
    ];
    for (inner, reason, message) in cases {
        mock.reset();
        let reply = keep(&mock, inner);
        assert_eq!(reply.status, 500, "{inner}");
        let problem = &mock.verdicts()[0].problems[0];
        assert_eq!(problem.reason, reason, "{inner}: {}", mock.verdicts()[0]);
        assert!(problem.message.contains(message), "{inner}: {}", mock.verdicts()[0]);
    }
}

#[test]
fn each_version_has_its_own_actions_and_operations() {
    let (mock, zoo) = zoo();
    let body = "<Keep xmlns=\"urn:animals\"><Nil>1</Nil></Keep>";
    let kept = "<KeepResponse xmlns=\"urn:animals\"/>";
    for (version, action, other) in [(Version::V11, "urn:zoo#Keep", "urn:zoo#Keep12"), (Version::V12, "urn:zoo#Keep12", "urn:zoo#Keep")] {
        assert!(ok(&post(&mock, version, action, body)).contains(kept));
        fault(&post(&mock, version, other, body), version, 500);
        assert_eq!(mock.verdicts().pop().expect("a verdict").problems[0].reason, BadAction);
    }
    let feed = "<f:Feed xmlns:f=\"urn:animals\" currency=\"EUR\">5</f:Feed>";
    let reply = post(&mock, Version::V11, "", feed);
    assert!(ok(&reply).contains("<soap:Body></soap:Body>"), "one-way: {}", text(&reply));
    assert_eq!(*zoo.asked.lock().expect("no test panics here"), json!({ "@currency": "EUR", "$": "5" }), "bare");
    fault(&post(&mock, Version::V12, "urn:zoo#Keep12", feed), Version::V12, 500);
    assert_eq!(mock.verdicts().pop().expect("a verdict").problems[0].reason, UnknownOperation, "it has no SOAP 1.2 port");
    let names: Vec<&str> = mock.operations().iter().map(tms_mock::Operation::id).collect();
    assert_eq!((names, mock.url().ends_with("/services/zoo")), (vec!["Keep", "Feed"], true));
}

#[test]
fn an_answer_of_its_own_that_breaks_the_schema_is_found() {
    let (mock, _) = zoo();
    let reply = keep(&mock, "<Nil>13</Nil>");
    fault(&reply, Version::V11, 500);
    assert_eq!(mock.verdicts()[0].problems[0].reason, BadAnswer);
    assert_eq!(mock.hits()["Keep"], 0);
}

#[test]
fn every_file_is_served_below_the_address() {
    let (mock, _) = zoo();
    for (path, root) in [
        ("/services/parts/messages.wsdl", "definitions"),
        ("/services/animals.xsd", "schema"),
        ("/services/parts/circle.xsd", "schema"),
        ("/services/words.xsd", "schema"),
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: mock.test\r\n\r\n");
        let reply = crate::client::Connection::open(&mock).exchange(&request, b"").expect("an answer");
        assert!(ok(&reply).contains(root), "{path}");
    }
    let wsdl = ok(&crate::client::get(&mock, "?WSDL"));
    assert_eq!(wsdl.matches("http://mock.test/services/zoo").count(), 3, "{wsdl}");
}

#[test]
fn documents_the_mock_cannot_judge_by_do_not_start() {
    for (name, place, message) in [
        ("pattern", ":5:44", "does not check `pattern`"),
        ("rpc", ":12:5", "operation `Do`: the mock reads document/literal only"),
        ("header", ":12:5", "operation `Do`: the mock does not read headers"),
        ("reference", ":5:7", "there is no type `{urn:t}Nothing`"),
        ("prefix", ":8:3", "the prefix of `nobody:Do` is not declared"),
        ("network", ":5:7", "is on the network"),
        ("overload", ":12:5", "twice"),
        ("port", "", "there is no SOAP port"),
        ("nowhere", "", "nowhere"),
    ] {
        let error = Mock::soap_builder(folder(name), Zoo::default(), "").start().expect_err(name);
        let StartError::Spec(error) = error else { panic!("{name}: {error}") };
        let shown = error.to_string();
        assert!(shown.contains(message) && shown.contains(&format!("{place}: ")), "{name}: {shown}");
    }
}

#[test]
fn operations_the_service_does_not_know_stop_the_start() {
    let deaf = Zoo { deaf_to: "Feed", ..Zoo::default() };
    let error = Mock::soap_builder(folder("zoo"), deaf, "").start().expect_err("one is not known");
    assert!(matches!(&error, StartError::Unanswered(list) if list == &["Feed"]), "{error}");
}
