//! Every transcribed vector in both modes: the bytes of requests, what answers and faults show.

use http::Response;
use http::header::CONTENT_TYPE;
use qacomplete_soap::Error;
use std::collections::BTreeSet;
use tms_smoke::qacomplete_soap::drive::in_memory;
use tms_smoke::qacomplete_soap::{Access, Drive, VERSIONS, replay};
use tms_smoke::xml::Element;
use tms_smoke::{Vector, both, vector, wire};

both!(every_vector_is_sent_and_read_as_printed);

fn every_vector_is_sent_and_read_as_printed<M: Drive>() {
    for vector in vector::of_api("qacomplete-soap") {
        let (sent, outcome) = exchange::<M>(&vector);
        check_request(&vector, &sent);
        match vector.at("/fault").as_object() {
            None => check_answer(&vector, &outcome.unwrap_or_else(|error| panic!("vector `{}`: {error}", vector.name()))),
            Some(_) => check_fault(&vector, &outcome.expect_err(vector.name())),
        }
    }
}

/// What is sent when a vector's call is made, and what comes of its reply.
fn exchange<M: Drive>(vector: &Vector) -> (wire::Sent, Result<Element, Error>) {
    let spoken = text(vector, "/soap");
    let (_, version) = VERSIONS.into_iter().find(|(name, _)| *name == spoken).unwrap_or_else(|| panic!("no SOAP {spoken}"));
    let access = Access { version, credentials: replay::credentials(vector) };
    let status = vector.at("/reply/status").as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    let reply = Response::builder().status(status).header(CONTENT_TYPE, text(vector, "/reply/content_type"));
    let body = text(vector, "/reply/body").to_owned();
    if let Some(length) = vector.at("/reply/length").as_u64() {
        assert_eq!(joined(&body).len() as u64, length, "vector `{}`: the reply is not transcribed as printed", vector.name());
    }
    let (client, memory) = in_memory::<M>(&access, [reply.body(body).expect("a reply")]);
    let outcome = replay::run(&client, vector);
    (wire::Sent::only(&memory), outcome)
}

/// The pages print white space between elements, and a length without it.
fn joined(printed: &str) -> String {
    let mut pieces = printed.trim().split('>').map(str::trim_start);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |joined, piece| joined + ">" + piece)
}

fn check_request(vector: &Vector, sent: &wire::Sent) {
    let name = vector.name();
    if vector.at("/request").is_null() {
        return;
    }
    let body = joined(text(vector, "/request/body"));
    assert_eq!(Some(body.len() as u64), vector.at("/request/length").as_u64(), "vector `{name}`: not transcribed as printed");
    assert_eq!(String::from_utf8_lossy(&sent.body), body, "vector `{name}`: the body sent (left) is not the one printed (right)");
    let (media, printed) = (sent.header("content-type").unwrap_or_default(), text(vector, "/request/content_type"));
    assert!(media.starts_with(printed), "vector `{name}`: content type {media}, printed {printed}");
    assert_eq!(sent.header("soapaction"), vector.at("/request/soap_action").as_str(), "vector `{name}`: SOAPAction");
}

fn check_answer(vector: &Vector, shown: &Element) {
    for (path, want) in vector.at("/decoded").as_object().into_iter().flatten() {
        let listed = path.trim_start_matches('/').starts_with(|c: char| c.is_ascii_digit());
        let found = shown.at(&if listed { path.clone() } else { format!("/0{path}") });
        assert_eq!(found.map(Element::text), want.as_str(), "vector `{}`: decoded {path} in {shown}", vector.name());
    }
}

fn check_fault(vector: &Vector, error: &Error) {
    let name = vector.name();
    let Error::Api(api) = error else { panic!("vector `{name}`: no fault of the service: {error:?}") };
    let fault = api.fault();
    assert_eq!(fault.message(), text(vector, "/fault/message"), "vector `{name}`: message");
    assert_eq!(fault.code(), text(vector, "/fault/code"), "vector `{name}`: code");
    assert_eq!(fault.actor(), vector.at("/fault/actor").as_str(), "vector `{name}`: actor");
    let said = error.to_string();
    assert!(said.contains(text(vector, "/fault/message")) && said.contains("bugs.load"), "vector `{name}`: says too little: {said}");
}

fn text<'a>(vector: &'a Vector, pointer: &str) -> &'a str {
    vector.at(pointer).as_str().unwrap_or_default()
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for vector in vector::of_api("qacomplete-soap") {
        assert!(names.insert(vector.name().to_owned()), "two vectors are called `{}`", vector.name());
    }
}

/// The samples that print a length, in either version.
#[test]
fn every_printed_length_has_a_vector() {
    let vectors = vector::of_api("qacomplete-soap");
    let lengths = vectors.iter().filter(|vector| vector.at("/request/length").is_u64()).count();
    assert_eq!(lengths, 21, "17 requests of SOAP 1.1 and 4 of SOAP 1.2 are printed with a length");
}
