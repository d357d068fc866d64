//! `serde` on generated types, by way of their own JSON.
#![cfg(feature = "serde")]

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tms_runtime::json::{self, Base64, Extra, FromJson, Patch, ToJson, Value, macros};
use tms_runtime::{Date, DateTime};

#[derive(Clone, Debug, PartialEq)]
struct Case {
    id: i64,
    rate: Option<f64>,
    created: Option<DateTime>,
    due: Option<Date>,
    bytes: Option<Base64>,
    suite: Patch<i64>,
    severity: Option<Severity>,
    steps: Option<Steps>,
    extra: Extra,
}

macros::object! {
    Case {
        "id" => id!,
        "rate" => rate,
        "created" => created,
        "due" => due,
        "bytes" => bytes,
        "suite" => suite,
        "severity" => severity,
        "steps" => steps,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Severity {
    Blocker,
    Unknown(String),
}

macros::words! { Severity { Blocker = "blocker" } }

#[derive(Clone, Debug, PartialEq)]
enum Steps {
    List(Vec<Value>),
    Unknown(Value),
}

macros::union! { Steps { List(Vec<Value>) } }

#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    Case(Case),
    Unknown(Value),
}

macros::tagged! { Tagged by "severity" { Case("blocker") } }

fn passes_through<T: FromJson + ToJson + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
    let ours: T = json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let theirs: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(ours, theirs);
    let written = serde_json::to_string(&ours).expect("our values have serde forms");
    assert_eq!(written, json::to_string(&ours));
}

#[test]
fn serde_reads_and_writes_what_we_do() {
    for text in [
        r#"{"id":1}"#,
        r#"{"id":-1,"rate":null,"suite":null,"severity":null,"unknown":{"a":[1,-2,0.5,"\u0000",true,null]}}"#,
        r#"{"id":1,"rate":0.1,"created":1525293143,"due":"2019-12-12","bytes":"AP8Q","suite":5,"severity":"new","steps":[{}]}"#,
        r#"{"id":18,"created":"2019-12-12 12:12:12","severity":"blocker","steps":7}"#,
        r#"{"id":1,"rate":"odd"}"#,
    ] {
        passes_through::<Case>(text);
        passes_through::<Tagged>(text);
        passes_through::<Value>(text);
    }
    let error = serde_json::from_str::<Case>(r#"{"rate":1}"#).expect_err("no id");
    assert!(error.to_string().contains("missing field `id`"), "{error}");
}

#[test]
fn models_can_be_parts_of_types_with_serde_derives() {
    #[derive(Serialize, Deserialize)]
    struct Stored {
        case: Case,
        patch: Patch<Vec<i64>>,
    }
    let text = r#"{"case":{"id":1,"x":2},"patch":[1]}"#;
    let stored: Stored = serde_json::from_str(text).expect(text);
    assert_eq!(stored.case.extra.raw("x"), Some("2"));
    assert_eq!(serde_json::to_string(&stored).expect("our values have serde forms"), text);
    assert_eq!(serde_json::to_string(&stored.case.extra).expect("an object"), r#"{"x":2}"#);
}

#[test]
fn numbers_beyond_serde_are_refused_not_bent() {
    let value = Value::parse("1e999").expect("JSON has numbers of any size");
    assert!(serde_json::to_string(&value).is_err());
}
