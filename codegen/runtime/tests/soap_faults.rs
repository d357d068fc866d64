//! SOAP faults: of both versions, at any status, in both modes; what is made of them, and what is never shown.

mod support;

use std::error::Error as _;
use std::sync::Arc;
use support::both::{self, Plain as Rest};
use support::soap::{self, Delete, Enter, List, Load, Newer, Plain, SECRET, envelope, envelope_of, fault, listed, loaded};
use tms_runtime::codegen::{Operation, XmlExtra, record};
use tms_runtime::{Blocking, Client, Error, MemoryTransport, QName, RetryPolicy, SoapFault, SoapVersion, StatusCode, TransportErrorKind};

const XML: &str = "text/xml; charset=utf-8";

fn answer(status: u16, content_type: &str, body: &str) -> impl Fn(&MemoryTransport) + use<> {
    let response = http::Response::builder().status(status).header("content-type", content_type);
    let response = response.body(body.to_owned()).expect("a valid answer");
    move |memory| {
        memory.answer(response.clone());
    }
}

fn client(memory: &MemoryTransport) -> Client<Blocking> {
    let builder = soap::builder::<Blocking>().transport(Arc::new(memory.clone()));
    builder.retry(RetryPolicy::never()).build().expect("a client")
}

/// The error of a call to a scripted server.
fn failed<O: Operation>(script: impl Fn(&MemoryTransport), operation: &O) -> Error<O::Fault> {
    let memory = MemoryTransport::new();
    script(&memory);
    match client(&memory).send(operation) {
        Ok(_) => panic!("{} did not fail", O::INFO),
        Err(error) => error,
    }
}

/// The fault of an answer.
fn read(body: &str) -> SoapFault {
    match failed(answer(500, XML, body), &Load { id: 1 }) {
        Error::Api(error) => error.fault().clone(),
        other => panic!("no fault: {other}"),
    }
}

#[test]
fn any_status_either_version() {
    for version in [SoapVersion::V11, SoapVersion::V12] {
        let body = fault(version, "Authentication data is not valid");
        let code = if version == SoapVersion::V11 { "Client" } else { "Sender" };
        for status in [200, 202, 400, 401, 500, 503] {
            let reason = StatusCode::from_u16(status).expect("a status");
            let said = if status < 300 { ", but the answer says that the call failed" } else { "" };
            let advice = if status == 401 { "; check the credentials given to the client builder" } else { "" };
            let what = format!("{reason}{said}: Authentication data is not valid ({code}, app.AuthException){advice}");
            let policy = |memory: &MemoryTransport| answer(status, XML, &body)(memory);
            let results = [
                ("bugs.load (POST Bugs_Load)", both::send(Plain, policy, &Load { id: 1 })),
                ("bugs.load (POST Bugs_Load)", both::send(Newer, policy, &Load { id: 1 })),
                ("bugs.list (POST Bugs_List)", both::send(Plain, policy, &List::default())),
                ("bugs.list (POST Bugs_List)", both::records(Plain, policy, &List::default())),
                ("bugs.delete (POST Bugs_Delete)", both::send(Plain, policy, &Delete { id: 1 })),
            ];
            for (operation, seen) in results {
                assert_eq!(seen.result, format!("{operation}: {what}"), "{version} at {status}");
                assert_eq!(seen.requests.len(), 1, "{version} at {status}: sent again");
            }
            let error = failed(policy, &Load { id: 1 });
            let Error::Api(api) = &error else { panic!("{error}") };
            assert_eq!(api.message().as_deref(), Some("Authentication data is not valid"));
            assert_eq!((api.status().as_u16(), &api.body()[..]), (status, body.as_bytes()), "the answer is kept");
            assert!(!error.is_retryable(), "{version} at {status}: a fault is the server's decision");
            assert_eq!(format!("{error:?}"), error.to_string());
        }
    }
    assert!(size_of::<Error<SoapFault>>() <= 24, "errors are small");
}

#[test]
fn parts_of_faults() {
    let older = read(&fault(SoapVersion::V11, "a &amp; b"));
    assert_eq!((older.version(), older.code(), older.qualified_code()), (SoapVersion::V11, "Client", "s:Client"));
    assert_eq!((older.reason(), older.message(), older.actor(), older.role()), ("Error", "a & b", Some("app.AuthException"), None));
    assert_eq!(older.detail_xml().map(|detail| detail.as_str().contains("Text=\"a &amp; b\"")), Some(true));

    let newer = read(&envelope_of(
        SoapVersion::V12,
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>m:Timeout</s:Value><s:Subcode><s:Value> m:Late </s:Value></s:Subcode>\
         </s:Subcode></s:Code><s:Reason><s:Text xml:lang='de'>Zu sp\u{e4}t</s:Text><s:Text xml:lang='en-GB'>Too late</s:Text></s:Reason>\
         <s:Node>urn:node</s:Node><s:Role>urn:role</s:Role><s:Detail><m:Max xmlns:m='urn:m'>5</m:Max></s:Detail></s:Fault>",
    ));
    assert_eq!((newer.version(), newer.code(), newer.qualified_code()), (SoapVersion::V12, "Sender", "s:Sender"));
    assert_eq!(newer.subcodes().collect::<Vec<_>>(), ["m:Timeout", "m:Late"]);
    assert_eq!(newer.reasons().collect::<Vec<_>>(), [("de", "Zu sp\u{e4}t"), ("en-GB", "Too late")]);
    assert_eq!((newer.message(), newer.actor(), newer.role()), ("Too late", Some("urn:node"), Some("urn:role")));
    assert_eq!(newer.detail::<i32>(QName("urn:m", "Max")).and_then(Result::ok), Some(5));
    assert!(newer.detail::<i32>(QName("urn:n", "Max")).is_none(), "another namespace is another element");
    assert!(newer.detail::<bool>(QName("urn:m", "Max")).is_some_and(|value| value.is_err()));
    assert_eq!(newer.to_string(), "Too late (Sender, urn:node)");
    assert_eq!(format!("{newer:?}"), "SoapFault(Too late (Sender, urn:node))");
}

#[test]
fn declared_details() {
    #[derive(Clone, Debug, PartialEq)]
    struct Invalid {
        field: String,
        extra: XmlExtra,
    }
    record! { Invalid in "urn:bugs" { "Field" => field! } }
    let fault = read(&envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>Invalid</faultstring><detail><Other/><b:Invalid xmlns:b='urn:bugs'>\
         <b:Field>Title</b:Field></b:Invalid></detail></s:Fault>",
    ));
    let invalid = fault.detail::<Invalid>(QName("urn:bugs", "Invalid")).expect("the detail").expect("a good detail");
    assert_eq!(invalid.field, "Title");
}

#[test]
fn odd_faults() {
    let table: [(&str, &str, &str); 15] = [
        ("empty", "<s:Fault/>", "a fault without a reason"),
        ("only a code", "<s:Fault><faultcode>Server</faultcode></s:Fault>", "Server"),
        ("only a reason", "<s:Fault><faultstring> oh\n no </faultstring></s:Fault>", "oh no"),
        ("blank parts", "<s:Fault><faultcode> </faultcode><faultstring/><faultactor/></s:Fault>", "a fault without a reason"),
        ("qualified parts", "<s:Fault><s:faultcode>a:B.C</s:faultcode><s:faultstring>x</s:faultstring></s:Fault>", "x (B.C)"),
        (
            "parts of the other version",
            "<s:Fault><Code><Value>q:V</Value></Code><Reason><Text>x</Text></Reason><Detail><Description Text='y'/></Detail></s:Fault>",
            "y (V)",
        ),
        (
            "nil parts",
            "<s:Fault xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><faultactor i:nil='true'/><detail i:nil='true'/>\
             <faultcode>s:Client</faultcode><faultstring>x</faultstring></s:Fault>",
            "x (Client)",
        ),
        ("unknown parts", "<s:Fault><new><faultstring>y</faultstring></new><faultstring>x</faultstring></s:Fault>", "x"),
        ("an empty detail", "<s:Fault><faultstring>x</faultstring><detail/></s:Fault>", "x"),
        ("a blank description", "<s:Fault><faultstring>x</faultstring><detail><Description Text=' '/></detail></s:Fault>", "x"),
        ("a description without text", "<s:Fault><faultstring>x</faultstring><detail><Description>y</Description></detail></s:Fault>", "x"),
        (
            "a qualified description",
            "<s:Fault><faultstring>x</faultstring><detail><a:Description xmlns:a='urn:a' Text='y'/></detail></s:Fault>",
            "y",
        ),
        ("a text as detail", "<s:Fault><faultstring>x</faultstring><detail>words</detail></s:Fault>", "x"),
        ("markup in the reason", "<s:Fault><faultcode>c</faultcode><faultstring><b>x</b></faultstring></s:Fault>", "c"),
        ("beside other elements", "<Bugs_LoadResponse xmlns='urn:bugs'/><s:Fault><faultstring>x</faultstring></s:Fault><more/>", "x"),
    ];
    for (name, body, expected) in table {
        for status in [200, 500] {
            let error = failed(answer(status, XML, &envelope(body)), &Load { id: 1 });
            let Error::Api(api) = &error else { panic!("{name} at {status}: {error}") };
            assert_eq!(api.fault().to_string(), expected, "{name}");
        }
    }
    let whole = fault(SoapVersion::V11, "words");
    let cut = &whole[..whole.find("<faultactor").expect("an actor")];
    assert_eq!(read(cut).to_string(), "Error (Client)", "a fault that breaks off still says something");
    let deep = format!("<s:Fault><faultstring>x</faultstring><detail>{}</detail></s:Fault>", "<a>".repeat(10_000));
    assert_eq!(read(&envelope(&deep)).to_string(), "x");
    let codes = format!("<s:Fault><s:Code>{}</s:Code></s:Fault>", "<s:Value>a</s:Value>".repeat(10_000));
    assert_eq!(read(&envelope(&codes)).subcodes().count(), 15, "so many codes are no codes");
    let long = read(&fault(SoapVersion::V11, &"long ".repeat(1000)));
    assert!(long.to_string().chars().count() <= 201 && long.message().len() == 4999, "shown in short, kept whole");
}

#[test]
fn what_is_no_fault() {
    for body in [&loaded("<Id>1</Id>"), "<html>Service unavailable", "", "{}", &envelope("<Fault xmlns='urn:bugs'/>")] {
        let error = failed(answer(500, XML, body), &Load { id: 1 });
        assert!(matches!(error, Error::Status(_)) && error.is_retryable(), "{body}: {error}");
    }
    let other = failed(answer(200, XML, &envelope("<Fault xmlns='urn:bugs'/>")), &Load { id: 1 });
    assert!(
        other.to_string().ends_with("expected `Bugs_LoadResponse`, got `Fault` at `<Fault xmlns='urn:bugs'/></s:Body></s:Envelope>`"),
        "{other}"
    );
    let page = failed(answer(500, "text/html", "<html>\n<b>Server Error"), &Load { id: 1 });
    assert_eq!(page.to_string(), "bugs.load (POST Bugs_Load): 500 Internal Server Error: `<html> <b>Server Error`");
    let header = envelope(&loaded("")).replace("<s:Body>", &format!("<s:Header>{}</s:Header><s:Body>", "<s:Fault/>"));
    assert!(matches!(failed(answer(500, XML, &header), &Load { id: 1 }), Error::Status(_)), "a fault stands in the body");
}

/// A fault that comes when records have been read already.
#[test]
fn late_faults() {
    let body = listed("<Bug><Id>1</Id></Bug>").replace("</s:Body>", "<s:Fault><faultstring>late</faultstring></s:Fault></s:Body>");
    let seen = both::send(Plain, answer(200, XML, &body), &List::default());
    assert_eq!(seen.result, "bugs.list (POST Bugs_List): 200 OK, but the answer says that the call failed: late");
    let seen = both::records(Plain, answer(200, XML, &body), &List::default());
    let expected = "bugs.list (POST Bugs_List): the answer is not what the API documents: the answer says that the call failed: late";
    assert_eq!(seen.result, expected);
}

#[test]
fn what_is_sent_again() {
    let again = |status: u16, body: &str| {
        let memory = |memory: &MemoryTransport| {
            answer(status, XML, body)(memory);
            answer(200, XML, &loaded("<Id>1</Id>"))(memory);
        };
        let memory_transport = MemoryTransport::new();
        memory(&memory_transport);
        let client = soap::builder::<Blocking>().transport(Arc::new(memory_transport.clone())).build().expect("a client");
        let outcome = client.send(&Load { id: 1 }).is_ok();
        (memory_transport.requests().len(), outcome)
    };
    for version in [SoapVersion::V11, SoapVersion::V12] {
        let said = fault(version, "no");
        for status in [200, 400, 408, 500, 502, 503, 504] {
            assert_eq!(again(status, &said), (1, false), "{version}: a fault at {status} is the service's decision");
        }
        assert_eq!(again(429, &said), (2, true), "{version}: asked too often");
    }
    for (status, body) in [(500, "<html>"), (503, ""), (502, "{}"), (500, &*envelope(""))] {
        assert_eq!(again(status, body), (2, true), "{status} {body}");
    }
    assert_eq!(again(400, "<html>"), (1, false));
    // What must not be done twice.
    let seen = both::send(Plain, answer(500, "text/html", "<html>"), &Delete { id: 1 });
    assert_eq!(seen.requests.len(), 1, "sent again: {}", seen.result);
    let interrupted = |memory: &MemoryTransport| _ = memory.failure(TransportErrorKind::Interrupted);
    assert_eq!(both::send(Plain, interrupted, &Delete { id: 1 }).requests.len(), 1);
    let refused = |memory: &MemoryTransport| {
        memory.failure(TransportErrorKind::Connect);
        answer(200, XML, "")(memory);
    };
    assert_eq!(both::send(Plain, refused, &Delete { id: 1 }).requests.len(), 2, "nothing had arrived");
    // The same fault means nothing to an API that speaks JSON.
    let rest = |memory: &MemoryTransport| {
        answer(500, XML, &fault(SoapVersion::V11, "no"))(memory);
        memory.json(200, support::api::case(1));
    };
    assert_eq!(both::send(Rest, rest, &support::api::get(1)).requests.len(), 2);
}

/// The secret in the forms that an XML server can send it back in.
fn echoes() -> Vec<String> {
    let escaped = SECRET.replace('&', "&amp;").replace('<', "&lt;");
    let attribute = escaped.replace('>', "&gt;").replace('"', "&quot;");
    vec![escaped, attribute.clone(), attribute.replace('\'', "&apos;"), attribute.replace('\'', "&#39;")]
}

#[test]
fn secrets_are_never_shown() {
    let hidden: Vec<&str> = SECRET.split(['<', '&', '>', '"', '\'']).filter(|part| !part.is_empty()).collect();
    assert_eq!(hidden, ["fake", "sesame", "open"]);
    let mut shown = Vec::new();
    for echo in echoes() {
        let words = format!("bad word {echo}; {}", format!("{echo} ").repeat(40));
        let in_attribute = words.replace('"', "&quot;").replace('<', "&lt;");
        let bodies = [
            fault(SoapVersion::V11, &in_attribute),
            fault(SoapVersion::V12, &in_attribute),
            envelope(&format!(
                "<s:Fault><faultcode>{echo}</faultcode><faultstring>{words}</faultstring><faultactor>{echo}</faultactor></s:Fault>"
            )),
            envelope(&format!("<s:Fault><faultstring><![CDATA[{SECRET}]]></faultstring></s:Fault>")),
            loaded(&format!("<Id>{words}</Id>")),
            loaded(&format!("<!--{SECRET}--><Id>1</Id><Id/>")),
            words.clone(),
            format!("<html>{words}"),
        ];
        for (body, status) in bodies.iter().flat_map(|body| [(body, 200), (body, 400), (body, 500)]) {
            let error = failed(answer(status, XML, body), &Load { id: 1 });
            shown.extend([error.to_string(), format!("{error:?}"), format!("{:?}", error.source().map(ToString::to_string))]);
            if let Error::Api(error) = &error {
                shown.extend([error.fault().to_string(), format!("{:?}", error.fault()), error.message().unwrap_or_default()]);
            }
            let wide: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let response = http::Response::builder().status(status).body([b"\xFF\xFE", &wide[..]].concat()).expect("an answer");
            let error = failed(|memory| _ = memory.answer(response.clone()), &Load { id: 1 });
            shown.push(error.to_string());
        }
    }
    let memory = MemoryTransport::new();
    answer(200, XML, &loaded("<Id>1</Id>"))(&memory);
    let client = client(&memory);
    let request = client.request(Load { id: 1 });
    shown.extend([format!("{client:?} {request:?}"), format!("{:?} {:?}", soap::builder::<Blocking>(), soap::login())]);
    request.send().expect("an answer");
    for text in shown {
        // Blanks between its letters, as of UTF-16 taken for UTF-8, do not hide a secret.
        let dense: String = text.split_whitespace().collect();
        for part in &hidden {
            assert!(!dense.contains(part), "`{part}` of a secret in: {text}");
        }
    }
}

/// A secret that is an argument, not a credential.
#[test]
fn secrets_of_one_call_are_never_shown() {
    let enter = Enter { password: "fake-pass<word".into() };
    for body in [fault(SoapVersion::V11, "fake-pass&lt;word is wrong"), "fake-pass&lt;word fake-pass<word".to_owned()] {
        for status in [200, 500] {
            let error = failed(answer(status, XML, &body), &enter).to_string();
            assert!(error.contains("***") && !error.contains("fake-pass"), "{error}");
        }
        // Of another call it is not a secret.
        let other = failed(answer(500, XML, &body), &Load { id: 1 }).to_string();
        assert!(other.contains("fake-pass"), "{other}");
    }
}
