//! SOAP answers, whatever they look like: what is read, and what errors say. Every case runs through both modes, and every list
//! also entry by entry.

mod support;

use std::fmt::Debug;
use support::both::{self, Seen};
use support::soap::{Add, Bug, Delete, Enter, LIST, List, Load, NAMESPACE, Plain, envelope, envelope_of, listed, loaded};
use tms_runtime::codegen::{Operation, Raw, Records};
use tms_runtime::{Bytes, MemoryTransport, SoapVersion};

const XML: &str = "text/xml; charset=utf-8";
const HEAD: &str = "the answer is not what the API documents: ";

fn answer(content_type: &str, body: impl Into<Bytes>) -> impl Fn(&MemoryTransport) {
    let response = http::Response::builder().header("content-type", content_type).body(body.into()).expect("a valid answer");
    move |memory| {
        memory.answer(response.clone());
    }
}

/// What becomes of an answer, without the name of the operation.
fn outcome<O: Operation<Output: Debug> + Clone>(operation: &O, content_type: &str, body: impl Into<Bytes>) -> String {
    let Seen { result, .. } = both::send(Plain, answer(content_type, body), operation);
    let info = format!("{}: ", O::INFO);
    result.strip_prefix(&info).map_or_else(|| result.clone(), str::to_owned)
}

/// What becomes of the answer of a list, which must be the same for its entries one by one.
fn list(content_type: &str, body: impl Into<Bytes> + Clone) -> String {
    let whole = outcome(&List::default(), content_type, body.clone());
    let single = both::records(Plain, answer(content_type, body), &List::default()).result;
    assert_eq!(single.strip_prefix("bugs.list (POST Bugs_List): ").unwrap_or(&single), whole, "the entries one by one (left)");
    whole
}

fn bug(id: i32, title: &str) -> String {
    format!("Bug {{ id: {id}, title: Some({title:?}), due: Absent, extra: {{}} }}")
}

#[test]
fn envelopes_of_all_kinds() {
    const NEWER: &str = "http://www.w3.org/2003/05/soap-envelope";
    const OLDER: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    let result = "<Bugs_LoadResult><Id>7</Id><Title>t</Title></Bugs_LoadResult>";
    let plain = format!("<Bugs_LoadResponse xmlns=\"urn:bugs\">{result}</Bugs_LoadResponse>");
    let table: [(&str, String); 15] = [
        ("usual", envelope(&plain)),
        ("the other version", envelope_of(SoapVersion::V12, &plain)),
        ("no declaration", envelope(&plain).split_once("?>").map_or_else(String::new, |(_, rest)| rest.to_owned())),
        ("byte order mark", format!("\u{feff}{}", envelope(&plain))),
        ("white space around", format!("\n  {}\n", envelope(&plain).split_once("?>").map_or("", |(_, rest)| rest))),
        ("default namespace", format!("<Envelope xmlns=\"{OLDER}\"><Body>{plain}</Body></Envelope>")),
        (
            "prefixes",
            format!(
                "<a:Envelope xmlns:a=\"{NEWER}\"><a:Body><b:Bugs_LoadResponse xmlns:b=\"urn:bugs\"><b:Bugs_LoadResult><b:Title>t</b:Title>\
                 <b:Id>7</b:Id></b:Bugs_LoadResult></b:Bugs_LoadResponse></a:Body></a:Envelope>"
            ),
        ),
        (
            "namespaces far out",
            format!(
                "<s:Envelope xmlns:s=\"{OLDER}\" xmlns=\"urn:bugs\" xmlns:x=\"urn:x\"><s:Body><Bugs_LoadResponse>{result}\
                 </Bugs_LoadResponse></s:Body></s:Envelope>"
            ),
        ),
        (
            "namespaces far in",
            envelope(
                "<b:Bugs_LoadResponse xmlns:b='urn:bugs'><Bugs_LoadResult xmlns='urn:bugs'><b:Id xmlns='urn:other'>7</b:Id>\
                 <Title xmlns='urn:bugs'>t</Title></Bugs_LoadResult></b:Bugs_LoadResponse>",
            ),
        ),
        (
            "header entries, even those that must be understood",
            format!(
                "<s:Envelope xmlns:s=\"{OLDER}\"><s:Header><a:A xmlns:a=\"urn:a\" s:mustUnderstand=\"1\"><a:Id>1</a:Id></a:A>text<B/></s:Header>\
                 <s:Header/><s:Body s:encodingStyle=\"\">{plain}</s:Body><after/></s:Envelope>"
            ),
        ),
        ("mixed versions", format!("<s:Envelope xmlns:s=\"{OLDER}\"><t:Body xmlns:t=\"{NEWER}\">{plain}</t:Body></s:Envelope>")),
        ("other elements around", envelope(&format!("<multi xmlns=\"urn:other\"/>{plain}<more/>"))),
        ("unknown elements beside", envelope(&plain.replace(result, &format!("<New><Id>9</Id></New>{result}<Other>1</Other>")))),
        ("comments", envelope(&plain.replace("</Id>", "<!-- a --></Id><!-- b --><?c d?>").replace("<Bugs", "<!-- e -->\n <Bugs"))),
        ("character data", envelope(&plain.replace(">t<", "><![CDATA[t]]><"))),
    ];
    for (name, body) in table {
        assert_eq!(outcome(&Load { id: 7 }, XML, body), bug(7, "t"), "{name}");
    }
}

#[test]
fn encodings() {
    let body = loaded("<Id>7</Id><Title>tü</Title>").replace("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "");
    let wide = |mark: &[u8], text: &str| mark.iter().copied().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect::<Vec<u8>>();
    let latin =
        |text: &str| text.chars().map(|char| u8::try_from(u32::from(char)).expect("a character of ISO-8859-1")).collect::<Vec<u8>>();
    let declared = |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{body}");
    let good: [(&str, Vec<u8>); 7] = [
        ("text/xml", wide(b"\xFE\xFF", &declared("utf-16"))),
        ("text/xml; charset=utf-16", wide(b"", &body)),
        ("text/xml; charset=ISO-8859-1", latin(&body)),
        ("text/xml; charset=ISO-8859-1", latin(&declared("utf-8"))),
        ("text/xml", latin(&declared("windows-1252"))),
        ("text/xml", declared("utf-16").into_bytes()),
        ("text/xml; charset=utf-8", declared("ISO-8859-1").into_bytes()),
    ];
    for (content_type, body) in good {
        assert_eq!(outcome(&Load { id: 7 }, content_type, body.clone()), bug(7, "tü"), "{content_type}: {}", body.escape_ascii());
    }
    let bad: [(&str, Vec<u8>, &str); 4] = [
        (XML, latin(&body), "the answer is not UTF-8 at `"),
        ("text/xml; charset=us-ascii", body.clone().into_bytes(), "the answer is not US-ASCII at `"),
        (
            "text/xml; charset=gb2312",
            body.clone().into_bytes(),
            "the answer is in `gb2312`, which cannot be read; ask the service for UTF-8 at `",
        ),
        ("text/xml", [&b"\xFE\xFF\xD8\x00"[..], &wide(b"", &body)].concat(), "the answer is not UTF-16"),
    ];
    for (content_type, body, expected) in bad {
        let result = outcome(&Load { id: 7 }, content_type, body);
        assert!(result.starts_with(&format!("{HEAD}{expected}")), "{content_type}: {result}");
    }
}

#[test]
fn what_is_no_answer() {
    let good = loaded("<Id>7</Id><Title>t</Title>");
    let table: [(&str, &str, String, &str); 26] = [
        (
            "a web page",
            "text/html",
            "<!DOCTYPE html><html><body>Log in".into(),
            "expected a SOAP envelope, got `text/html` at `<!DOCTYPE html>",
        ),
        ("a disguised web page", XML, "\n<!doctype HTML><p>".into(), "expected a SOAP envelope, got a web page at `<!doctype HTML><p>`"),
        ("a good web page", "application/xhtml+xml", "<html/>".into(), "expected a SOAP envelope, got a web page at `<html/>`"),
        ("JSON", "application/json", "{\"a\":1}".into(), "expected a SOAP envelope, got `application/json` at `{\"a\":1}`"),
        (
            "attachments",
            "multipart/related; type=\"text/xml\"",
            "--b".into(),
            "expected a SOAP envelope, got `multipart/related; type=\"text/xml\"`",
        ),
        ("nothing", XML, String::new(), "expected a SOAP envelope, the body is empty"),
        ("blanks", XML, "\r\n".into(), "expected a SOAP envelope, the body is empty"),
        ("another document", XML, "<a:b xmlns:a='urn:a'/>".into(), "expected a SOAP envelope, got the element `b`"),
        ("another envelope", XML, "<Envelope/>".into(), "expected a SOAP envelope, got an envelope of the unknown namespace ``"),
        ("no body", XML, envelope("").replace("s:Body", "s:Bod"), "the envelope has no Body"),
        ("two bodies", XML, good.replace("</s:Envelope>", "<s:Body/></s:Envelope>"), "Body: the element may come only once"),
        ("an empty body", XML, envelope(""), "Body: missing element `Bugs_LoadResponse` at `</s:Body>"),
        (
            "another operation",
            XML,
            good.replace("Bugs_Load", "Bugs_Add"),
            "Body: expected `Bugs_LoadResponse`, got `Bugs_AddResponse` at `<Bugs_AddResponse ",
        ),
        (
            "another namespace",
            XML,
            good.replace("urn:bugs", "urn:tests"),
            "Body/Bugs_LoadResponse: expected the element in the namespace `urn:bugs`, found it in the namespace `urn:tests`",
        ),
        (
            "no namespace",
            XML,
            good.replace("<Bugs_LoadResult>", "<Bugs_LoadResult xmlns=''>"),
            "Body/Bugs_LoadResponse/Bugs_LoadResult: expected the element in the namespace `urn:bugs`, found it in no namespace",
        ),
        ("no result", XML, envelope("<Bugs_LoadResponse xmlns='urn:bugs'/>"), "Body/Bugs_LoadResponse: missing element `Bugs_LoadResult`"),
        (
            "another result",
            XML,
            good.replace("LoadResult", "LoadResult2"),
            "Body/Bugs_LoadResponse: expected `Bugs_LoadResult`, got `Bugs_LoadResult2`",
        ),
        ("a value that does not fit", XML, good.replace('7', "x"), "Body/Bugs_LoadResponse/Bugs_LoadResult/Id: expected"),
        ("an envelope under another name", "text/html", good.replace('7', "x"), "Body/Bugs_LoadResponse/Bugs_LoadResult/Id: expected"),
        ("a missing value", XML, good.replace("<Id>7</Id>", ""), "Body/Bugs_LoadResponse/Bugs_LoadResult: missing element `Id`"),
        (
            "two values",
            XML,
            good.replace("<Id>7</Id>", "<Id>7</Id><Id>8</Id>"),
            "Body/Bugs_LoadResponse/Bugs_LoadResult/Id: the element may come only once",
        ),
        (
            "two results",
            XML,
            good.replace("</Bugs_LoadResult>", "</Bugs_LoadResult><Bugs_LoadResult><Id>8</Id></Bugs_LoadResult>"),
            "Body/Bugs_LoadResponse/Bugs_LoadResult: the element may come only once",
        ),
        (
            "two answers",
            XML,
            good.replace("</s:Body>", "<Bugs_LoadResponse xmlns='urn:bugs'/></s:Body>"),
            "Body/Bugs_LoadResponse: the element may come only once",
        ),
        (
            "a document type",
            XML,
            format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{}", envelope("&b;")),
            "document types are refused at `<!DOCTYPE a",
        ),
        ("something behind", XML, format!("{good}<a/>"), "expected the end of the text behind the document element at `<a/>`"),
        ("a character", XML, good.replace(">t<", ">\u{1}<"), "a character that XML does not allow"),
    ];
    for (name, content_type, body, expected) in table {
        let result = outcome(&Load { id: 7 }, content_type, body);
        assert!(result.starts_with(&format!("{HEAD}{expected}")), "{name}: {result}\n expected: {expected}");
    }
    let compressed =
        http::Response::builder().header("content-type", XML).header("content-encoding", "gzip").body("\x1f").expect("an answer");
    let seen = both::send(Plain, |memory| _ = memory.answer(compressed.clone()), &Load { id: 7 });
    assert!(seen.result.contains("the answer is encoded as `gzip`, which was not asked for"), "{}", seen.result);
}

/// Wherever an answer is cut off, that is an error and not a shorter answer.
#[test]
fn truncated_answers() {
    let single = loaded("<Id>7</Id><Title>t</Title>");
    let whole = listed("<Bug><Id>1</Id></Bug><Bug><Id>2</Id></Bug>");
    let nothing = envelope("<Bugs_DeleteResponse xmlns='urn:bugs'/>");
    for length in 0..single.len() {
        let result = outcome(&Load { id: 7 }, XML, single[..length].to_owned());
        assert!(result.starts_with(HEAD), "cut off after {length} bytes: {result}");
    }
    for length in 0..whole.len() {
        let result = list(XML, whole[..length].to_owned());
        assert!(result.starts_with(HEAD), "cut off after {length} bytes: {result}");
    }
    for length in 1..nothing.len() {
        let result = outcome(&Delete { id: 7 }, XML, nothing[..length].to_owned());
        assert!(result.starts_with(HEAD), "cut off after {length} bytes: {result}");
    }
}

#[test]
fn hostile_answers() {
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=\"\"")).collect();
    let prefixes: String = (0..20_000).map(|number| format!(" xmlns:a{number}=\"u\"")).collect();
    let laughs = format!("<!DOCTYPE l [<!ENTITY a \"ha\">{}]>", (0..9).map(|n| format!("<!ENTITY l{n} \"&a;&a;\">")).collect::<String>());
    let table: [(&str, String, &str); 6] = [
        ("deep", loaded(&format!("<Id>7</Id>{deep}")), "nested too deeply"),
        ("attributes", loaded(&format!("<Id{attributes}>7</Id>")), "too many attributes"),
        ("namespaces", loaded(&format!("<Id{prefixes}>7</Id>")), "too many"),
        ("laughs", format!("{laughs}{}", loaded("<Id>&l8;</Id>")), "document types are refused"),
        ("an unknown entity", loaded("<Id>7</Id><Title>&nbsp;</Title>"), "the entity `&nbsp;` is not one of the five"),
        ("a reference", loaded("<Id>7</Id><Title>&#1;</Title>"), "is no character that XML allows"),
    ];
    for (name, body, expected) in table {
        // Where it is read, and where it is only passed over.
        let raw = Raw::new(const { &Load::INFO }, http::Response::new(Bytes::from(body)));
        for error in [Load::decode(&raw).map(drop), Delete::decode(&raw)].map(|result| result.expect_err(name).to_string()) {
            assert!(error.contains(HEAD) && error.contains(expected), "{name}: {error}");
            assert!(error.len() < 1000, "{name}: the error is {} bytes long", error.len());
        }
    }
}

#[test]
fn lists() {
    let table: [(&str, String, &str); 11] = [
        (
            "entries",
            listed("<Bug><Id>1</Id></Bug>\n<Bug><Id>2</Id></Bug>"),
            "[Bug { id: 1, title: None, due: Absent, extra: {} }, Bug { id: 2, title: None, due: Absent, extra: {} }]",
        ),
        ("no entries", listed(""), "[]"),
        ("no entries, short", envelope("<Bugs_ListResponse xmlns='urn:bugs'><Bugs_ListResult/></Bugs_ListResponse>"), "[]"),
        (
            "nil",
            envelope(
                "<Bugs_ListResponse xmlns='urn:bugs'><Bugs_ListResult xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='1'/></Bugs_ListResponse>",
            ),
            "[]",
        ),
        ("no list", envelope("<Bugs_ListResponse xmlns='urn:bugs'/>"), "[]"),
        ("others between", listed("<New/><Bug><Id>1</Id></Bug><New/>"), "[Bug { id: 1, title: None, due: Absent, extra: {} }]"),
        (
            "only others",
            listed("<bug><Id>1</Id></bug>"),
            "the answer is not what the API documents: Body/Bugs_ListResponse/Bugs_ListResult: expected `Bug`, got `bug`",
        ),
        (
            "an entry of another namespace",
            listed("<Bug><Id>1</Id></Bug><Bug xmlns=''><Id>1</Id></Bug>"),
            "the answer is not what the API documents: Body/Bugs_ListResponse/Bugs_ListResult/Bug: expected the element in the namespace `urn:bugs`, found it in no namespace",
        ),
        (
            "a nil entry",
            listed("<Bug><Id>1</Id></Bug><Bug xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>"),
            "the answer is not what the API documents: Body/Bugs_ListResponse/Bugs_ListResult/Bug[1]: is nil",
        ),
        (
            "a bad entry",
            listed("<Bug><Id>1</Id></Bug><Bug><Id>?</Id></Bug>"),
            "the answer is not what the API documents: Body/Bugs_ListResponse/Bugs_ListResult/Bug[1]/Id: expected",
        ),
        (
            "text",
            listed("<Bug><Id>1</Id></Bug>x"),
            "the answer is not what the API documents: Body/Bugs_ListResponse/Bugs_ListResult: expected elements, found text",
        ),
    ];
    for (name, body, expected) in table {
        let result = list(XML, body);
        assert!(result.starts_with(expected), "{name}: {result}\n expected: {expected}");
    }
    assert_eq!(list("text/html", "<html>"), format!("{HEAD}expected a SOAP envelope, got `text/html` at `<html>`"));
    let latin = listed("<Bug><Id>1</Id><Title>\u{fc}</Title></Bug>").replace("utf-8", "iso-8859-1");
    let latin: Vec<u8> = latin.chars().map(|char| u8::try_from(u32::from(char)).expect("a character of ISO-8859-1")).collect();
    assert_eq!(list("text/xml", latin), format!("[{}]", bug(1, "ü")));
}

#[test]
fn entries_are_read_when_they_are_asked_for() {
    let body = listed("<Bug><Id>1</Id></Bug><Bug><Id>2</Id></Bug><Bug><Id>x</Id></Bug><Bug><Id>4</Id></Bug>");
    let raw = Raw::new(const { &List::INFO }, http::Response::new(Bytes::from(body.clone())));
    let mut records: Records<Bug> = raw.soap_records(LIST[0], LIST[1], LIST[2]);
    assert_eq!(format!("{records:?}"), "Records(bugs.list (POST Bugs_List))");
    let ids: Vec<i32> = records.by_ref().take(2).map(|bug| bug.expect("a good entry").id).collect();
    assert_eq!(ids, [1, 2]);
    let error = records.next().expect("an entry").expect_err("a bad entry");
    assert_eq!(error.path(), "Body/Bugs_ListResponse/Bugs_ListResult/Bug[2]/Id");
    assert!(error.excerpt().starts_with("x</Id></Bug><Bug>"), "{}", error.excerpt());
    assert!(records.next().is_none() && records.next().is_none(), "after an error there is nothing more");
    fn sendable<T: Send + 'static>(_: &T) {}
    sendable(&records);
}

#[test]
fn answers_without_result() {
    let good = [
        envelope("<Bugs_DeleteResponse xmlns='urn:bugs'/>"),
        envelope(""),
        envelope_of(SoapVersion::V12, "<Anything><at/>all</Anything>"),
        String::new(),
        " \n".to_owned(),
    ];
    for body in good {
        assert_eq!(outcome(&Delete { id: 1 }, XML, body.clone()), "()", "{body}");
    }
    let accepted = http::Response::builder().status(202).body("").expect("an answer");
    assert_eq!(both::send(Plain, |memory| _ = memory.answer(accepted.clone()), &Delete { id: 1 }).result, "()");
    let page = outcome(&Delete { id: 1 }, "text/html", "<html>Log in");
    assert_eq!(page, format!("{HEAD}expected a SOAP envelope, got `text/html` at `<html>Log in`"));
    let absent = format!("<EnterResponse xmlns='{NAMESPACE}'/>");
    let enter = Enter { password: "fake".into() };
    assert_eq!(outcome(&enter, XML, envelope(&absent)), "None", "a result that may be absent");
    assert_eq!(outcome(&enter, XML, envelope(&absent.replace("/>", "><EnterResult/></EnterResponse>"))), "Some(\"\")");
    let nil = "><EnterResult xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/></EnterResponse>";
    assert_eq!(outcome(&enter, XML, envelope(&absent.replace("/>", nil))), "None");
    let add =
        Add { bug: Bug { id: 0, title: None, due: tms_runtime::Patch::Absent, extra: tms_runtime::XmlExtra::default() }, notes: None };
    let added = "<Bugs_AddResponse xmlns='urn:bugs'><Bugs_AddResult> 17\n</Bugs_AddResult></Bugs_AddResponse>";
    assert_eq!(outcome(&add, XML, envelope(added)), "17");
}
