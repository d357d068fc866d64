//! `serde_json` as the judge of our reader and writer: used by the property tests and by the fuzz target.
//! Needs its feature `float_roundtrip`, without which it reads some floats not quite right.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value as Theirs;
use tms_runtime::json::{self, Extra, FromJson, JsonError, Reader, Value, macros};

/// Panics if our reader and theirs disagree about these bytes.
pub(crate) fn agree(bytes: &[u8]) {
    let ours = json::from_slice::<Value>(bytes);
    let theirs = serde_json::from_slice::<Theirs>(bytes);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(ours, theirs), "read {ours} for {theirs}");
            writes_the_same(ours, theirs);
        }
        // Ours keeps the text of numbers too large for a float.
        (Ok(_), Err(error)) => assert!(error.to_string().starts_with("number out of range"), "accepted: {error}"),
        (Err(error), Ok(theirs)) => panic!("rejected {theirs}: {error:?}"),
        (Err(_), Err(_)) => {}
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        assert!(ours.is_err(), "accepted what is not UTF-8");
        return;
    };
    skips_the_same(text, &ours);
    if let Ok(ours) = &ours {
        loses_nothing(text, ours);
    }
    reads_typed_the_same(text);
}

fn writes_the_same(ours: &Value, theirs: &Theirs) {
    let written = ours.to_string();
    let again: Theirs = serde_json::from_str(&written).expect("what we write is JSON to others");
    assert!(again == *theirs, "wrote {written} for {theirs}");
    let reread = Value::parse(&written).expect("what we write is JSON to us");
    assert_eq!(reread, *ours);
}

/// Whether two free-form values are the same value.
pub(crate) fn same(ours: &Value, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Theirs::Number(theirs)) => {
            if let Some(theirs) = theirs.as_u64() {
                ours.as_u64() == Some(theirs)
            } else if let Some(theirs) = theirs.as_i64() {
                ours.as_i64() == Some(theirs)
            } else {
                theirs.as_f64() == Some(ours.as_f64())
            }
        }
        (Value::String(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::Array(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Theirs::Object(theirs)) => {
            let member = |(name, ours): (&str, &Value)| theirs.get(name).is_some_and(|theirs| same(ours, theirs));
            ours.len() == theirs.len() && ours.iter().all(member)
        }
        _ => false,
    }
}

/// The text of any value.
struct Raw(String);

impl FromJson for Raw {
    fn blank() -> Self {
        Self(String::new())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        reader.raw()?.clone_into(&mut self.0);
        Ok(())
    }
}

fn skips_the_same(text: &str, ours: &Result<Value, JsonError>) {
    let raw = json::from_str::<Raw>(text);
    match (&raw, serde_json::from_str::<IgnoredAny>(text)) {
        (Ok(raw), Ok(_)) => assert_eq!(raw.0, text.trim_matches([' ', '\n', '\r', '\t'])),
        (Ok(_), Err(error)) => panic!("skipped: {error}"),
        (Err(error), Ok(_)) => assert_eq!(error.reason(), "nested too deeply"),
        (Err(_), Err(_)) => {}
    }
    match (&raw, ours) {
        (Ok(_), Err(error)) => assert!(error.is_data(), "skipped what cannot be read: {error}"),
        (Err(error), Ok(_)) => panic!("read what cannot be skipped: {error}"),
        _ => {}
    }
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Theirs1 {
    id: i64,
    name: String,
    #[serde(rename = "rate/é")]
    rate: Option<f64>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    inner: Option<Box<Theirs1>>,
}

#[derive(Debug, Default, PartialEq)]
struct Ours1 {
    id: i64,
    name: String,
    rate: Option<f64>,
    tags: Option<Vec<String>>,
    inner: Option<Box<Ours1>>,
    extra: Extra,
}

macros::object! { Ours1 { "id" => id!, "name" => name!, "rate/é" => rate, "tags" => tags, "inner" => inner } }

impl Theirs1 {
    fn is(&self, ours: &Ours1) -> bool {
        let same_inner = match (&self.inner, &ours.inner) {
            (Some(theirs), Some(ours)) => theirs.is(ours),
            (theirs, ours) => theirs.is_none() && ours.is_none(),
        };
        (self.id, &self.name, self.rate, &self.tags) == (ours.id, &ours.name, ours.rate, &ours.tags) && same_inner
    }
}

/// Whatever serde reads we read too, and the same. The other way round we read more: numbers in quotes, `17.0`, odd values of
/// optional fields, repeated fields.
fn reads_typed_the_same(text: &str) {
    if let Ok(theirs) = serde_json::from_str::<Theirs1>(text)
        // serde reads structs from arrays too.
        && text.trim_start().starts_with('{')
        && !text.contains('[')
    {
        let ours = json::from_str::<Ours1>(text).unwrap_or_else(|error| panic!("rejected {theirs:?}: {error}"));
        assert!(theirs.is(&ours), "read {ours:?} for {theirs:?}");
    }
    if let Ok(ours) = json::from_str::<Ours1>(text) {
        let written = json::to_string(&ours);
        let again = json::from_str::<Ours1>(&written).unwrap_or_else(|error| panic!("wrote {written}: {error}"));
        assert!(again.extra == ours.extra && json::to_string(&again) == written, "{written} is not stable");
    }
    match (json::from_str::<String>(text), serde_json::from_str::<String>(text)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{ours:?} for {theirs:?}"),
    }
    if let Ok(theirs) = serde_json::from_str::<i64>(text) {
        assert_eq!(json::from_str::<i64>(text).ok(), Some(theirs));
    }
    if let Ok(theirs) = serde_json::from_str::<f64>(text) {
        assert_eq!(json::from_str::<f64>(text).ok(), Some(theirs));
    }
}

/// A struct and a union that hold everything: texts and structs in their fields, anything else beside them.
#[derive(Debug)]
struct Anything {
    name: Option<String>,
    inner: Option<Box<Arms>>,
    tags: Option<Vec<Anything>>,
    extra: Extra,
}

macros::object! { Anything { "name" => name, "inner" => inner, "tags" => tags } }

#[derive(Debug)]
enum Arms {
    List(Vec<Arms>),
    Text(String),
    Tagged(Tagged),
    Struct(Box<Anything>),
    Map(BTreeMap<String, String>),
    Unknown(Value),
}

macros::union! {
    Arms { List(Vec<Arms>), Text(String), Tagged(Tagged), Struct(Box<Anything>), Map(BTreeMap<String, String>) }
}

#[derive(Debug)]
enum Tagged {
    N(Box<Anything>),
    Unknown(Value),
}

macros::tagged! { Tagged by "name" { N("n", "x") } }

/// What is read typed and written again is the same value.
fn loses_nothing(text: &str, ours: &Value) {
    let arms = json::from_str::<Arms>(text).expect("a union holds whatever is JSON");
    assert!(json::to_value(&arms) == *ours, "a union made {} of {ours}", json::to_string(&arms));
    if ours.as_object().is_some() {
        let anything = json::from_str::<Anything>(text).expect("a struct without required fields holds every object");
        assert!(json::to_value(&anything) == *ours, "a struct made {} of {ours}", json::to_string(&anything));
    }
}
