//! SOAP requests: the bytes that are sent, in both versions and both modes.

mod support;

use std::fmt::Debug;
use std::sync::Arc;
use support::both::{self, Setup};
use support::soap::{self, API, Add, Bug, Delete, Enter, List, Load, Login, Newer, Plain, SECRET, SOAP};
use tms_runtime::codegen::{
    Auth, DecodeError, EncodeError, Info, Method, Mode, Operation, Parts, Patch, QName, Raw, Retry, Soap, SoapFault,
};
use tms_runtime::soap::Message;
use tms_runtime::{Blocking, Client, ClientBuilder, MemoryTransport, SoapVersion, XmlExtra};

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">";
const LOGIN: &str = "<Login><Project>7</Project><Code>fake&lt;&amp;&gt;\"sesame'open</Code></Login>";
const INFO: Info = Info { name: "odd", method: Method::Post, path: "Odd", auth: Auth::None, retry: Retry::OnlyRefused, envelope: None };

/// An operation that writes whatever it is told.
#[derive(Clone)]
struct Odd(fn(&mut Parts));

impl Operation for Odd {
    type Output = ();
    type Fault = SoapFault;
    const INFO: Info = INFO;

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        self.0(parts);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<(), DecodeError> {
        raw.soap_empty()
    }
}

/// As [`Odd`], but with a credential.
#[derive(Clone)]
struct OddWithLogin(Odd);

impl Operation for OddWithLogin {
    type Output = ();
    type Fault = SoapFault;
    const INFO: Info = Info { auth: Auth::AnyOf(&[&["Login"]]), ..INFO };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        self.0.encode(parts)
    }

    fn decode(raw: &Raw) -> Result<(), DecodeError> {
        raw.soap_empty()
    }
}

/// The request an operation sends, whatever comes back.
fn sent<O: Operation<Output: Debug> + Clone>(setup: impl Setup, operation: &O) -> String {
    let seen = both::send(
        setup,
        |memory| {
            memory.answer(http::Response::new(""));
        },
        operation,
    );
    assert_eq!(seen.requests.len(), 1, "{}", seen.result);
    seen.requests[0].clone()
}

/// What stands in the body of the envelope an operation sends.
fn body<O: Operation<Output: Debug> + Clone>(operation: &O) -> String {
    let request = sent(Plain, operation);
    let (_, envelope) = request.split_once("\n\n").unwrap_or_default();
    let body = envelope.strip_prefix(OPEN).and_then(|rest| rest.strip_prefix("<soap:Body>")?.strip_suffix("</soap:Body></soap:Envelope>"));
    body.unwrap_or_else(|| panic!("not an envelope without header: {envelope}")).to_owned()
}

#[test]
fn whole_requests_of_both_versions() {
    let older = format!(
        "POST http://bugs.example.com/service.asmx\naccept: text/xml\nsoapaction: \"urn:bugs/Load\"\n\
         content-type: text/xml; charset=utf-8\nuser-agent: sample/0.1.0\n\n\
         {OPEN}<soap:Body><Bugs_Load xmlns=\"urn:bugs\">{LOGIN}<Id>42</Id></Bugs_Load></soap:Body></soap:Envelope>"
    );
    assert_eq!(sent(Plain, &Load { id: 42 }), older);
    let newer = older
        .replace("accept: text/xml\nsoapaction: \"urn:bugs/Load\"", "accept: application/soap+xml")
        .replace("text/xml; charset=utf-8", "application/soap+xml; charset=utf-8; action=\"urn:bugs/Load\"")
        .replace("soap:", "soap12:")
        .replace("xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"", "xmlns:soap12=\"http://www.w3.org/2003/05/soap-envelope\"");
    assert_eq!(sent(Newer, &Load { id: 42 }), newer);
}

#[test]
fn the_address_is_used_as_it_is() {
    #[derive(Clone, Copy)]
    struct At(&'static str);
    impl Setup for At {
        fn builder<M: Mode>(self) -> ClientBuilder<M> {
            soap::builder().base_url(self.0)
        }
    }
    for (url, expected) in [
        ("http://h/psws/psws.asmx", "http://h/psws/psws.asmx"),
        ("http://h/psws/", "http://h/psws/"),
        ("http://h", "http://h/"),
        ("https://h:8443/a%20b", "https://h:8443/a%20b"),
    ] {
        let request = sent(At(url), &Delete { id: 1 });
        assert_eq!(request.lines().next(), Some(&*format!("POST {expected}")));
    }
    let refused = both::send(At("http://h/a?x=1"), |_| {}, &Delete { id: 1 });
    assert!(refused.result.contains("the base URL is refused: it has a query"), "{}", refused.result);
}

#[test]
fn bodies() {
    let bug = Bug { id: 1, title: Some("a & b <c>\r".into()), due: Patch::Absent, extra: XmlExtra::default() };
    assert_eq!(
        body(&Add { bug: bug.clone(), notes: Some("ü".into()) }),
        format!(
            "<Bugs_Add xmlns=\"urn:bugs\">{LOGIN}<Bug><Id>1</Id><Title>a &amp; b &lt;c&gt;&#13;</Title></Bug><Notes>ü</Notes></Bugs_Add>"
        )
    );
    let empty = Add { bug: Bug { title: Some(String::new()), due: Patch::Null, ..bug }, notes: Some(String::new()) };
    let lean = format!("<Bugs_Add xmlns=\"urn:bugs\">{LOGIN}<Bug><Id>1</Id></Bug></Bugs_Add>");
    assert_eq!(body(&empty), lean, "nothing empty is sent");
    assert_eq!(body(&List::default()), format!("<Bugs_List xmlns=\"urn:bugs\">{LOGIN}</Bugs_List>"));
    assert_eq!(
        body(&List { sorting: None, projects: vec![1, 2] }),
        format!("<Bugs_List xmlns=\"urn:bugs\">{LOGIN}<Projects><int>1</int><int>2</int></Projects></Bugs_List>")
    );
    let enter = body(&Enter { password: "fake-word".into() });
    assert_eq!(enter, "<Enter xmlns=\"urn:bugs\"><Password>fake-word</Password></Enter>", "no credential where none is wanted");
}

/// A body whose arguments stand in `Op` of `urn:a`.
fn wrapped<'p>(parts: &'p mut Parts, soap: &Soap) -> &'p mut Message {
    let body = parts.soap(soap, "");
    body.wrapper(QName("urn:a", "Op"));
    body
}

#[test]
fn other_shapes() {
    const WHOLE: Soap = Soap { omit_empty: false, ..SOAP };
    let table: [(&str, Odd, &str); 8] = [
        ("nothing at all", Odd(|parts| _ = parts.soap(&SOAP, "")), ""),
        ("no arguments", Odd(|parts| parts.soap(&SOAP, "").wrapper(QName("urn:a", "Op"))), "<Op xmlns=\"urn:a\"></Op>"),
        ("bare", Odd(|parts| parts.soap(&SOAP, "").root(QName("urn:a&b", "In"), &"x".to_owned())), "<In xmlns=\"urn:a&amp;b\">x</In>"),
        (
            "rpc",
            Odd(|parts| {
                let body = parts.soap(&SOAP, "");
                body.wrapper(QName("urn:a", "Op"));
                body.element_in(QName("", "one"), &1);
                body.array_in(QName("", "many"), QName("urn:b", "item"), &vec![2, 3]);
            }),
            "<Op xmlns=\"urn:a\"><one xmlns=\"\">1</one><many xmlns=\"\"><item xmlns=\"urn:b\">2</item><item xmlns=\"urn:b\">3</item></many></Op>",
        ),
        ("repeated", Odd(|parts| wrapped(parts, &SOAP).element("n", &vec![1, 2])), "<Op xmlns=\"urn:a\"><n>1</n><n>2</n></Op>"),
        (
            "absent",
            Odd(|parts| {
                let body = wrapped(parts, &WHOLE);
                body.element("n", &None::<i32>);
                body.array("l", "n", &None::<Vec<i32>>);
            }),
            "<Op xmlns=\"urn:a\"></Op>",
        ),
        ("empty", Odd(|parts| wrapped(parts, &WHOLE).element("n", &Some(String::new()))), "<Op xmlns=\"urn:a\"><n/></Op>"),
        ("nil", Odd(|parts| wrapped(parts, &WHOLE).element("n", &Patch::<i32>::Null)), "<Op xmlns=\"urn:a\"><n xsi:nil=\"true\"/></Op>"),
    ];
    for (name, operation, expected) in table {
        assert_eq!(body(&operation), expected, "{name}");
    }
}

#[test]
fn header_entries() {
    let operation = Odd(|parts| {
        let body = wrapped(parts, &SOAP);
        body.header(QName("urn:s", "Session"), &Some(Login { project: Some(1), ..Login::default() }));
        body.header(QName("", "Plain"), &"x".to_owned());
        body.header(QName("urn:s", "Absent"), &None::<String>);
    });
    let request = sent(Plain, &operation);
    let header =
        "<soap:Header><Session xmlns=\"urn:s\"><Project xmlns=\"urn:bugs\">1</Project></Session><Plain>x</Plain></soap:Header><soap:Body>";
    assert!(request.contains(&format!("{OPEN}{header}")), "{request}");
    let absent = Odd(|parts| wrapped(parts, &SOAP).header(QName("urn:s", "Session"), &None::<String>));
    assert_eq!(body(&absent), "<Op xmlns=\"urn:a\"></Op>", "no Header without entries");
}

#[test]
fn actions() {
    #[derive(Clone, Copy)]
    struct Spoken(Option<SoapVersion>);
    impl Setup for Spoken {
        fn builder<M: Mode>(self) -> ClientBuilder<M> {
            let builder = soap::builder();
            if let Some(version) = self.0 { builder.soap_version(version) } else { builder }
        }
    }
    const OLDER: &[SoapVersion] = &[SoapVersion::V11];
    const NEWER: &[SoapVersion] = &[SoapVersion::V12];
    const BOTH: &[SoapVersion] = &[SoapVersion::V12, SoapVersion::V11];
    // versions of the operation, version of the client, whether SOAP 1.1 is spoken
    let table: [(Odd, Option<SoapVersion>, bool); 6] = [
        (Odd(|parts| _ = parts.soap(&Soap { versions: BOTH, ..SOAP }, "a")), None, true),
        (Odd(|parts| _ = parts.soap(&Soap { versions: BOTH, ..SOAP }, "a")), Some(SoapVersion::V12), false),
        (Odd(|parts| _ = parts.soap(&Soap { versions: OLDER, ..SOAP }, "a")), Some(SoapVersion::V12), true),
        (Odd(|parts| _ = parts.soap(&Soap { versions: NEWER, ..SOAP }, "a")), Some(SoapVersion::V11), false),
        (Odd(|parts| _ = parts.soap(&Soap { versions: NEWER, ..SOAP }, "a")), None, false),
        (Odd(|parts| _ = parts.soap(&Soap { versions: BOTH, ..SOAP }, "a")), Some(SoapVersion::V11), true),
    ];
    for (index, (operation, version, older)) in table.into_iter().enumerate() {
        let request = sent(Spoken(version), &operation);
        assert_eq!(request.contains("\nsoapaction: \"a\"\n"), older, "row {index}: {request}");
        assert_eq!(
            request.contains("\ncontent-type: application/soap+xml; charset=utf-8; action=\"a\"\n"),
            !older,
            "row {index}: {request}"
        );
    }
    let none = Odd(|parts| _ = parts.soap(&SOAP, ""));
    assert!(sent(Plain, &none).contains("\nsoapaction: \"\"\n"), "an action is always sent");
    assert!(sent(Newer, &none).contains("\ncontent-type: application/soap+xml; charset=utf-8\n"), "no action, no parameter");
    let odd = Odd(|parts| _ = parts.soap(&SOAP, "a\"b\\c"));
    assert!(sent(Newer, &odd).contains(r#"; action="a\"b\\c""#), "{}", sent(Newer, &odd));
    let bad = both::send(Plain, |_| {}, &Odd(|parts| _ = parts.soap(&SOAP, "a\nb")));
    assert_eq!(bad.result, "odd (POST Odd): the SOAP action has characters that cannot stand in a header");
}

#[test]
fn what_cannot_be_written() {
    let table: [(&str, Odd, &str); 2] = [
        (
            "an argument",
            Odd(|parts| wrapped(parts, &SOAP).element("n", &"a\u{1}".to_owned())),
            "an argument cannot be written as XML: `n`: the text holds U+0001, which XML does not allow",
        ),
        (
            "a header entry",
            Odd(|parts| wrapped(parts, &SOAP).header(QName("", "h"), &"a\u{0}".to_owned())),
            "an argument cannot be written as XML: `h`: the text holds U+0000, which XML does not allow",
        ),
    ];
    for (name, operation, expected) in table {
        let seen = both::send(Plain, |_| {}, &operation);
        assert_eq!(seen.result, format!("odd (POST Odd): {expected}"), "{name}");
        assert!(seen.requests.is_empty(), "{name}: something was sent");
    }
    let bare = OddWithLogin(Odd(|parts| parts.soap(&SOAP, "").root(QName("", "a"), &1)));
    let seen = both::send(Plain, |_| {}, &bare);
    assert_eq!(seen.result, "odd (POST Odd): the request has no element to put the credential into");
}

#[test]
fn credentials() {
    let foreign = OddWithLogin(Odd(|parts| wrapped(parts, &SOAP).element("n", &1)));
    let login = "<Login xmlns=\"urn:bugs\"><Project>7</Project><Code>fake&lt;&amp;&gt;\"sesame'open</Code></Login>";
    assert_eq!(body(&foreign), format!("<Op xmlns=\"urn:a\">{login}<n>1</n></Op>"), "a wrapper of another namespace");

    let memory = MemoryTransport::new();
    let builder = || Client::<Blocking>::builder(&API).transport(Arc::new(memory.clone()));
    let error = builder().build().expect("a client").send(&Load { id: 1 }).expect_err("no login").to_string();
    assert_eq!(error, "bugs.load (POST Bugs_Load): no credentials: set `Login` with `.login(..)` on the client builder");
    let nil = Login { code: Some("\u{1}secret".into()), ..Login::default() };
    let table = [
        (builder().element_credential("Login", &Login::default()), "the credential `Login` given to `.login(..)` is empty"),
        (
            builder().element_credential("Login", &nil),
            "the credential `Login` given to `.login(..)` cannot be written as XML: the text holds U+0001",
        ),
        (builder().element_credential("Token", &soap::login()), "the credential `Token` given to `.token(..)` is no text"),
        (builder().credential("Login", SECRET), "the credential `Login` given to `.login(..)` is no element"),
        (builder().element_credential("Other", &soap::login()), "the API has no security scheme `Other`"),
    ];
    for (builder, expected) in table {
        assert!(!format!("{builder:?}").contains(SECRET), "{builder:?}");
        let error = builder.build().expect_err(expected).to_string();
        assert!(error.starts_with(expected) && !error.contains("secret"), "{error}");
    }
    assert!(memory.requests().is_empty(), "something was sent");
}

#[test]
fn another_credential_on_the_same_connections() {
    let memory = MemoryTransport::new();
    for _ in 0..3 {
        memory.answer(http::Response::new(""));
    }
    let first = soap::builder::<Blocking>().transport(Arc::new(memory.clone())).build().expect("a client");
    let login = Login { project: Some(8), code: Some("fake-other-code".into()), ..Login::default() };
    let second = first.with_element_credential("Login", &login).expect("a client");
    for client in [&first, &second, &first] {
        client.send(&Delete { id: 1 }).expect("an answer");
    }
    let projects: Vec<bool> =
        memory.requests().iter().map(|request| String::from_utf8_lossy(request.body()).contains("<Project>8</Project>")).collect();
    assert_eq!(projects, [false, true, false]);
    let error = first.with_element_credential("Login", &Login::default()).expect_err("an empty credential").to_string();
    assert_eq!(error, "the credential `Login` given to `.login(..)` is empty");
    assert!(first.with_element_credential("Nobody", &login).is_err());
    // A server that was told one may tell it the other.
    memory.answer(http::Response::builder().status(400).body(format!("{SECRET} fake-other-code")).expect("an answer"));
    let error = second.send(&Load { id: 1 }).expect_err("refused").to_string();
    assert!(error.contains("`*** ***`"), "{error}");
    assert!(!format!("{second:?}").contains("fake"), "{second:?}");
}
