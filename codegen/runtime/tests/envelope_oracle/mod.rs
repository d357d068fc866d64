//! One answer read in every way there is: used by the tests and by the fuzz target.

use tms_runtime::codegen::{
    Auth, Decimal, Fault, Info, Method, Patch, QName, Raw, Records, Retry, SoapFault, Tokens, Xml, XmlExtra, record,
};
use tms_runtime::{Bytes, DecodeError};

const INFO: Info = Info { name: "any", method: Method::Post, path: "Any", auth: Auth::None, retry: Retry::OnlyRefused, envelope: None };
const ARRAY: [QName; 3] = [QName("urn:a", "R"), QName("urn:a", "L"), QName("urn:a", "I")];

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    id: i32,
    title: Option<String>,
    due: Patch<String>,
    cost: Option<Decimal>,
    inner: Option<Box<Entry>>,
    words: Vec<Tokens<bool>>,
    any: Option<Xml>,
    tag: Option<String>,
    extra: XmlExtra,
}
record! {
    Entry in "urn:a" {
        "i" => id!, "t" => title, "d" => due, "c" => cost, "n" => inner, "w" => words, "x" => any, @"a" => tag,
    }
}

/// The first byte says how the answer is announced, the rest is its body.
fn raw(bytes: &[u8]) -> Raw {
    const CONTENT_TYPES: [&str; 8] = [
        "text/xml; charset=utf-8",
        "application/soap+xml",
        "text/xml; charset=iso-8859-1",
        "text/xml; charset=\"utf-16\"",
        "text/xml;charset=windows-1252",
        "text/xml; charset=us-ascii",
        "text/html",
        "text/xml; charset=x",
    ];
    let (first, body) = bytes.split_first().unwrap_or((&0, &[]));
    let mut response = http::Response::new(Bytes::copy_from_slice(body));
    let content_type = CONTENT_TYPES[usize::from(first % 8)];
    response.headers_mut().insert("content-type", http::HeaderValue::from_static(content_type));
    if first / 8 % 2 == 1 {
        *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
    }
    Raw::new(const { &INFO }, response)
}

/// Panics if two ways of reading an answer disagree, or one cannot cope with it at all.
pub(crate) fn agree(bytes: &[u8]) {
    let raw = raw(bytes);
    let fault = SoapFault::of(&raw);
    if let Some(fault) = &fault {
        let line = fault.to_string();
        assert!(line.chars().count() <= 201 && !line.contains('\n'), "{line:?}");
        let _ = (fault.code(), fault.subcodes().count(), fault.reasons().count(), fault.actor(), fault.role(), fault.message());
        let _ = fault.detail::<Entry>(ARRAY[2]);
    }
    let empty = raw.soap_empty();
    let single = raw.soap::<Entry>(ARRAY[0]);
    let child = raw.soap_child::<Option<Entry>>(ARRAY[0], ARRAY[1]);
    let required = raw.soap_child::<Entry>(ARRAY[0], ARRAY[1]);
    let repeated = raw.soap_child::<Vec<Entry>>(ARRAY[0], ARRAY[1]);
    let whole = raw.soap_array::<Entry>(ARRAY[0], ARRAY[1], ARRAY[2]);
    let errors = [error(&empty), error(&single), error(&child), error(&required), error(&repeated), error(&whole)];
    if fault.is_some() {
        assert!(errors.iter().all(Option::is_some), "a fault was taken for an answer");
    }
    if let Some(error) = error(&empty) {
        let blank = raw.body().trim_ascii().is_empty();
        assert!(blank || errors.iter().all(Option::is_some), "only `soap_empty` refuses: {error}");
    }
    if let (Ok(required), Ok(child)) = (&required, &child) {
        assert_eq!(Some(required), child.as_ref());
    }
    if let (Ok(child), Ok(repeated)) = (&child, &repeated) {
        assert_eq!(&Vec::from_iter(child.clone()), repeated);
    }
    one_by_one(&raw, whole);
}

/// The entries of a list one by one are those of the whole list, up to the same error.
fn one_by_one(raw: &Raw, whole: Result<Vec<Entry>, DecodeError>) {
    let records: Records<Entry> = raw.clone().soap_records(ARRAY[0], ARRAY[1], ARRAY[2]);
    let mut entries = Vec::new();
    let mut failure = None;
    for record in records {
        assert!(failure.is_none(), "something came after an error");
        match record {
            Ok(entry) => entries.push(entry),
            Err(error) => failure = Some(error),
        }
    }
    match (whole, failure) {
        (Ok(whole), None) => assert_eq!(whole, entries),
        (Err(whole), Some(single)) => {
            assert_eq!(whole.to_string(), single.to_string());
            assert_eq!((whole.path(), whole.reason(), whole.excerpt()), (single.path(), single.reason(), single.excerpt()));
        }
        (Ok(whole), Some(error)) => panic!("{} entries at once, {} one by one, then: {error}", whole.len(), entries.len()),
        (Err(error), None) => panic!("at once: {error}; one by one {} entries", entries.len()),
    }
}

fn error<T>(result: &Result<T, DecodeError>) -> Option<String> {
    result.as_ref().err().map(|error| {
        let text = error.to_string();
        assert!(text.len() < 10_000, "an error of {} bytes", text.len());
        text
    })
}
