//! What a decoded value shows, compared with what a vector says it must show.

use crate::Vector;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde_json::Value as Json;
use tms_runtime::{ToJson, Value};

/// A member that no model knows; it is put first into every object of a reply, to be recognised when it comes back.
const STRANGER: &str = "~stranger";

/// What an operation returns, for its members to be looked at.
pub trait Shown {
    /// As JSON text: bytes as base64, nothing as null.
    fn shown(&self) -> String;
}

impl Shown for () {
    fn shown(&self) -> String {
        "null".to_owned()
    }
}

impl Shown for Bytes {
    fn shown(&self) -> String {
        quoted(&BASE64_STANDARD.encode(self))
    }
}

impl<K: Ord, V> Shown for std::collections::BTreeMap<K, V>
where
    Self: ToJson,
{
    fn shown(&self) -> String {
        tms_runtime::json::to_string(self)
    }
}

impl<T: ToJson> Shown for Vec<T> {
    fn shown(&self) -> String {
        tms_runtime::json::to_string(self)
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map_or_else(|| "null".to_owned(), Shown::shown)
    }
}

impl Shown for i64 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

/// Shows types that can be written as JSON.
macro_rules! shown {
    ($api:ident: $($ty:ident),+ $(,)?) => {$(
        impl crate::shown::Shown for $api::types::$ty {
            fn shown(&self) -> String {
                tms_runtime::json::to_string(self)
            }
        }
    )+};
}
pub(crate) use shown;

/// Checks a decoded value, given as the JSON it writes, against everything the vector says.
///
/// # Panics
/// When the value lost, changed or invented something.
pub fn check(vector: &Vector, written: &str) {
    let name = vector.name();
    let shown: Json = serde_json::from_str(written).unwrap_or_else(|error| panic!("vector `{name}`: wrote {written}: {error}"));
    let mut expected = seen_as(&shown, vector.result());
    for (pointer, want) in vector.at("/decoded").as_object().into_iter().flatten() {
        let got = shown.pointer(pointer);
        assert!(got.is_some_and(|got| same(got, want)), "vector `{name}`: decoded {pointer} is {got:?}, expected {want}");
        if let Some(place) = expected.pointer_mut(pointer) {
            *place = want.clone();
        }
    }
    for pointer in vector.pointers("absent") {
        let got = shown.pointer(pointer);
        assert!(got.is_none(), "vector `{name}`: decoded {pointer} is {got:?}, expected nothing there");
    }
    assert!(same(&shown, &expected), "vector `{name}`: the decoded value shows\n  {shown}\nthe reply holds\n  {expected}");
}

/// What a reply holds, seen as what a call returns: a page, or one thing alone, as the list that it stands for; an empty object as
/// nothing where nothing is returned.
fn seen_as(shown: &Json, reply: &Json) -> Json {
    match (shown, reply) {
        (Json::Array(_), Json::Object(members)) => match members.get("items") {
            Some(Json::Array(items)) => items.clone().into(),
            _ => vec![reply.clone()].into(),
        },
        (Json::Null, Json::Object(members)) if members.is_empty() => Json::Null,
        _ => reply.clone(),
    }
}

/// JSON equality with numbers compared by value: 40 is 40.0.
#[must_use]
pub fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r)),
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len() && left.iter().all(|(key, l)| right.get(key).is_some_and(|r| same(l, r)))
        }
        _ => left == right,
    }
}

/// A reply with one unknown member at the beginning of every object of its result.
#[must_use]
pub fn with_strangers(reply: &Json) -> String {
    match reply.get("result").filter(|_| reply.get("status").is_some()) {
        None => laced(reply),
        Some(result) => {
            let members = reply.as_object().into_iter().flatten().filter(|(key, _)| *key != "result");
            let members: Vec<String> = members.map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
            format!("{{{},\"result\":{}}}", members.join(","), laced(result))
        }
    }
}

/// A value with one unknown member at the beginning of every object.
#[must_use]
pub fn laced(value: &Json) -> String {
    match value {
        Json::Array(list) => format!("[{}]", list.iter().map(laced).collect::<Vec<_>>().join(",")),
        Json::Object(members) => {
            // In a map the stranger is an entry, and has to be of the type of the others.
            let alike = match members.values().next() {
                Some(Json::String(_)) | None => "\"\"",
                Some(Json::Array(_)) => "[]",
                _ => "0",
            };
            let stranger = std::iter::once(format!("{}:{alike}", quoted(STRANGER)));
            let members = members.iter().map(|(key, value)| format!("{}:{}", quoted(key), laced(value)));
            format!("{{{}}}", stranger.chain(members).collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

fn quoted(key: &str) -> String {
    Json::from(key).to_string()
}

/// Pointers to the members that no field claimed, of a value that was read from a reply [with strangers](with_strangers):
/// a struct writes its fields first and then what it does not know, in the order it was read, so what follows the stranger is
/// unknown too. (A map sorts the stranger to its end.)
///
/// # Panics
/// When the value is not JSON, or lost a stranger.
#[must_use]
pub fn unclaimed(name: &str, written: &str) -> Vec<String> {
    let value: Value = written.parse().unwrap_or_else(|error| panic!("vector `{name}`: wrote {written}: {error}"));
    let mut found = Vec::new();
    walk(name, &value, "", &mut found);
    found
}

fn walk(name: &str, value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(index, item)| walk(name, item, &format!("{at}/{index}"), found)),
        Value::Object(members) => {
            let mut strange = false;
            for (key, member) in members.iter() {
                let pointer = format!("{at}/{key}");
                if key == STRANGER {
                    strange = true;
                    continue;
                }
                if strange {
                    found.push(pointer.clone());
                }
                walk(name, member, &pointer, found);
            }
            assert!(strange, "vector `{name}`: the object at `{at}` lost an unknown member");
        }
        _ => {}
    }
}
