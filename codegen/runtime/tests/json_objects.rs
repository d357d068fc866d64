//! Structs as tables: what is read, what is kept, what is written back, and where errors are.

use std::collections::BTreeMap;

use tms_runtime::json::{self, Extra, FromJson, JsonError, Patch, Reader, ToJson, Value, macros::object};

#[derive(Clone, Debug, Default, PartialEq)]
struct Step {
    position: i64,
    action: Option<String>,
    extra: Extra,
}

object! { Step { "position" => position!, "action" => action } }

#[derive(Clone, Debug, Default, PartialEq)]
struct Case {
    id: i64,
    title: String,
    due: Option<String>,
    priority: Option<i64>,
    steps: Option<Vec<Step>>,
    parent: Option<Box<Case>>,
    labels: Option<BTreeMap<String, bool>>,
    extra: Extra,
}

object! {
    Case {
        "id" => id!,
        "title" => title!,
        "due date" => due,
        "priority" => priority!,
        "steps" => steps,
        "parent" => parent,
        "labels" => labels,
    }
}

fn read(text: &str) -> Case {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn fails<T: FromJson>(text: &str) -> JsonError {
    json::from_str::<T>(text).map(|_| ()).expect_err(text)
}

#[test]
fn comes_back_as_it_was() {
    let texts = [
        r#"{"id":1,"title":"t","priority":null}"#,
        r#"{"id":1,"title":"t","due date":null,"priority":2,"steps":null,"parent":null,"labels":null}"#,
        r#"{"id":1,"title":"t","priority":2,"steps":[],"labels":{}}"#,
        r#"{"id":1,"title":"t","priority":2,"steps":[{"position":1,"action":null},{"position":2,"x":[1.50,"\u0041"]}]}"#,
        r#"{"id":1,"title":"\"\\\b\f\n\r\t\u0001é😀/","priority":-9223372036854775808,"labels":{"":true,"a\"b":false}}"#,
        r#"{"id":1,"title":"t","priority":1,"parent":{"id":2,"title":"u","priority":1,"new":1e400},"n\u0065w":{"a" : [ ]}}"#,
    ];
    for text in texts {
        assert_eq!(json::to_string(&read(text)), text);
    }
}

#[test]
fn takes_members_in_any_order_and_any_spelling() {
    let read = read(" { \"labels\" : { } , \"zz\" : 1 , \"t\\u0069tle\" : \"t\" ,\r\n\t\"priority\":1, \"i\\u0064\" : 1 } ");
    assert_eq!((read.id, read.title.as_str()), (1, "t"));
    assert_eq!(json::to_string(&read), r#"{"id":1,"title":"t","priority":1,"labels":{},"zz":1}"#);
}

#[test]
fn a_null_is_written_back_while_the_field_is_none() {
    let mut case = read(r#"{"id":1,"title":"t","due date":null,"priority":1,"steps":null}"#);
    assert!(case.extra.is_empty());
    case.steps = Some(Vec::new());
    assert_eq!(json::to_string(&case), r#"{"id":1,"title":"t","due date":null,"priority":1,"steps":[]}"#);
    case.steps = None;
    assert_eq!(json::to_string(&case), r#"{"id":1,"title":"t","due date":null,"priority":1,"steps":null}"#);
    case.extra.forget_nulls();
    assert_eq!(json::to_string(&case), r#"{"id":1,"title":"t","priority":1}"#);
    assert_eq!(case.extra, Extra::default());
}

#[test]
fn an_odd_optional_value_does_not_lose_the_page() {
    let text = r#"{"id":1,"title":"t","due date":{"odd":[true]},"priority":"high","steps":[{"position":{}}],"labels":[]}"#;
    let mut case = read(text);
    assert_eq!((case.due.as_ref(), case.priority, case.steps.as_ref()), (None, None, None));
    assert_eq!(case.extra.raw("due date"), Some(r#"{"odd":[true]}"#));
    assert_eq!(case.extra.get_as::<String>("priority").ok().flatten().as_deref(), Some("high"));
    let written = r#"{"id":1,"title":"t","due date":{"odd":[true]},"priority":"high","steps":[{"position":{}}],"labels":[]}"#;
    assert_eq!(json::to_value(&case), Value::parse(written).expect("JSON"));
    case.priority = Some(3);
    assert_eq!(json::to_value(&case).get("priority").and_then(Value::as_i64), Some(3));
    assert_eq!(json::to_string(&case).matches("priority").count(), 1);
    let mut again = Case::blank();
    let error = Reader::new(text).strict().document(&mut again).expect_err("strict");
    assert_eq!(error.path(), "$[\"due date\"]");
}

#[test]
fn of_a_repeated_member_the_last_wins() {
    let cases = [
        (r#"{"position":1,"action":"a","action":"b"}"#, r#"{"position":1,"action":"b"}"#),
        (r#"{"position":1,"action":null,"action":"b"}"#, r#"{"position":1,"action":"b"}"#),
        (r#"{"position":1,"action":"b","action":null}"#, r#"{"position":1,"action":null}"#),
        (r#"{"position":1,"action":7,"action":"b"}"#, r#"{"position":1,"action":"b"}"#),
        (r#"{"position":1,"action":7,"action":null}"#, r#"{"position":1,"action":null}"#),
        (r#"{"position":1,"action":"b","action":7}"#, r#"{"position":1,"action":7}"#),
        (r#"{"position":1,"action":null,"action":7,"action":8}"#, r#"{"position":1,"action":8}"#),
        (r#"{"position":1,"position":2}"#, r#"{"position":2}"#),
    ];
    for (text, expected) in cases {
        let step: Step = json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(json::to_string(&step), expected, "{text}");
        let again: Step = json::from_str(expected).expect(expected);
        assert_eq!(step, again, "nothing of the first value is left: {text}");
    }
    let nested = read(
        r#"{"id":1,"title":"t","priority":1,"parent":{"id":1,"title":"t","priority":1,"steps":[{"position":1}],"x":1},"parent":{"id":2,"title":"u","priority":1}}"#,
    );
    assert_eq!(json::to_string(&nested), r#"{"id":1,"title":"t","priority":1,"parent":{"id":2,"title":"u","priority":1}}"#);
    let unknown: Step = json::from_str(r#"{"position":1,"x":1,"y":0,"x":2}"#).expect("JSON");
    assert_eq!(unknown.extra.raw("x"), Some("2"));
    assert_eq!(unknown.extra.names().collect::<Vec<_>>(), ["y", "x"]);
    assert_eq!(Value::parse(r#"{"x":1,"y":0,"x":2}"#).expect("JSON").to_string(), r#"{"x":2,"y":0}"#);
}

#[test]
fn says_where_and_what() {
    let cases: &[(&str, &str, &str, (usize, usize))] = &[
        (r#"{"title":"t"}"#, "$", "missing field `id`", (1, 1)),
        (r#" {"id":1}"#, "$", "missing field `title`", (1, 2)),
        (r#"{"id":null,"title":"t"}"#, "$.id", "expected integer of 64 bits, found null", (1, 7)),
        ("{\"id\":1,\n \"title\": 7}", "$.title", "expected string, found number", (2, 11)),
        (r#"{"id":1.5,"title":"t"}"#, "$.id", "the number does not fit: expected integer of 64 bits", (1, 7)),
        (r#"{"id":99999999999999999999,"title":"t"}"#, "$.id", "the number does not fit: expected integer of 64 bits", (1, 7)),
        (r#"{"id":1,"title":"t","steps":[{"position":1},{"position":1,}]}"#, "$.steps[1]", "expected a key in quotes", (1, 59)),
        (r#"{"id":1,"title":"t","labels":{"a.b":tru}}"#, "$.labels[\"a.b\"]", "expected a value", (1, 37)),
        (r#"{"id":1,"title":"t","unknown":{"a":[01]}}"#, "$.unknown", "a number cannot start with a zero", (1, 38)),
        (r#"{"id":1,"title":"t"} x"#, "$", "expected the end of the text", (1, 22)),
        (r#"{"id":1,"title":"t""#, "$", "the text ends too early", (1, 20)),
        (r#"{"id":1;"title":"t"}"#, "$", "expected `,` or `}`", (1, 8)),
        ("[]", "$", "expected object, found array", (1, 1)),
        ("", "$", "the text ends too early", (1, 1)),
    ];
    for (text, path, reason, place) in cases {
        let error = fails::<Case>(text);
        let found = (error.path(), error.reason(), (error.line(), error.column()));
        assert_eq!(found, ((*path).to_owned(), (*reason).to_owned(), *place), "{text}");
    }
    let error = json::from_slice::<Case>(b"{\"id\":1,\"title\":\"\xff\"}").expect_err("no UTF-8");
    assert_eq!((error.reason().as_str(), error.offset()), ("not UTF-8", 17));
}

#[test]
fn a_path_names_every_level() {
    #[derive(Debug)]
    struct Page {
        entities: Vec<Case>,
        extra: Extra,
    }
    object! { Page { "entities" => entities! } }
    #[derive(Debug)]
    struct Answer {
        result: Page,
        extra: Extra,
    }
    object! { Answer { "result" => result! } }

    let text = r#"{"result":{"entities":[{"id":1,"title":"a"},{"id":2,"title":["odd","b"],"token":"secret"}]}}"#;
    let error = fails::<Answer>(text);
    assert_eq!(error.path(), "$.result.entities[1].title");
    assert_eq!(
        error.to_string(),
        r#"$.result.entities[1].title: expected string, found array (line 1, column 61) at `["odd","b"]`"#,
        "an excerpt shows the offending value and none beside it"
    );
    let error = fails::<Answer>(r#"{"token":"secret"}"#);
    assert_eq!(error.to_string(), "$: missing field `result` (line 1, column 1)");
}

#[test]
fn extra_can_be_looked_at_and_changed() {
    let mut step: Step = json::from_str(r#"{"position":1,"b":[1, 2],"a\u0062":"é","null":null}"#).expect("JSON");
    let extra = &mut step.extra;
    assert_eq!(extra.names().collect::<Vec<_>>(), ["b", "ab", "null"]);
    assert_eq!(extra.get("ab").as_ref().and_then(Value::as_str), Some("é"));
    assert_eq!(extra.get("null"), Some(Value::Null));
    assert_eq!(extra.get("none"), None);
    assert_eq!(extra.get_as::<Vec<i64>>("b").ok(), Some(Some(vec![1, 2])));
    assert!(extra.get_as::<i64>("b").is_err());
    extra.set("ab", 7_i64);
    extra.set("new \"key\"", "text");
    extra.set("list", vec![Some(true), None]);
    assert_eq!(extra.remove("b"), Value::parse("[1,2]").ok());
    assert_eq!(extra.remove("b"), None);
    let members: Vec<String> = extra.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(members, ["null=null", "ab=7", "new \"key\"=\"text\"", "list=[true,null]"]);
    assert_eq!(format!("{extra:?}"), r#"{"null": null, "ab": 7, "new \"key\"": "text", "list": [true,null]}"#);
    assert_eq!(json::to_string(&step), r#"{"position":1,"null":null,"ab":7,"new \"key\"":"text","list":[true,null]}"#);
    for name in ["ab", "new \"key\"", "list", "null"] {
        assert!(step.extra.remove(name).is_some());
    }
    assert!(step.extra.is_empty());
    assert_eq!(step.extra, Extra::default());
    step.extra.set("action", "sent beside the field");
    assert_eq!(json::to_string(&step), r#"{"position":1,"action":"sent beside the field"}"#);
    step.action = Some("field".to_owned());
    assert_eq!(json::to_string(&step), r#"{"position":1,"action":"field"}"#);
    assert!(size_of::<Extra>() <= 16);
}

#[test]
fn extra_holds_even_what_is_no_json() {
    struct Broken(&'static str);
    impl ToJson for Broken {
        fn write(&self, writer: &mut json::Writer) {
            writer.raw(self.0);
        }
    }
    let mut extra = Extra::default();
    extra.set("a", Broken("1,\"b\":2"));
    extra.set("c", Broken(""));
    assert_eq!(extra.names().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(extra.get("a").as_ref().and_then(Value::as_str), Some("1,\"b\":2"));
}

#[test]
fn absent_null_and_value_are_three_things() {
    #[derive(Clone, Debug, PartialEq)]
    struct Update {
        suite: Patch<i64>,
        title: Option<String>,
        extra: Extra,
    }
    object! { Update { "suite" => suite, "title" => title } }
    let cases = [("{}", Patch::Absent), (r#"{"suite":null}"#, Patch::Null), (r#"{"suite":1}"#, Patch::Value(1))];
    for (text, suite) in cases {
        let mut update: Update = json::from_str(text).expect(text);
        assert_eq!(update.suite, suite);
        assert_eq!(json::to_string(&update), text);
        update.suite = Patch::Absent;
        assert_eq!(json::to_string(&update), "{}", "a null that was read does not come back: {text}");
    }
    let from: [Patch<i64>; 3] = [1.into(), Some(1).into(), None.into()];
    assert_eq!(from, [Patch::Value(1), Patch::Value(1), Patch::Null]);
    let odd: Update = json::from_str(r#"{"suite":[]}"#).expect("JSON");
    assert_eq!(json::to_string(&odd), r#"{"suite":[]}"#);
}

#[test]
fn names_may_be_anything() {
    #[derive(Debug, PartialEq)]
    struct Odd {
        quote: Option<i64>,
        slash: Option<i64>,
        tab: Option<i64>,
        empty: Option<i64>,
        extra: Extra,
    }
    object! { Odd { "a\"b" => quote, "a\\b" => slash, "\t" => tab, "" => empty } }
    let text = r#"{"a\"b":1,"a\\b":2,"\t":3,"":4}"#;
    let odd: Odd = json::from_str(text).expect(text);
    assert_eq!((odd.quote, odd.slash, odd.tab, odd.empty), (Some(1), Some(2), Some(3), Some(4)));
    assert_eq!(json::to_string(&odd), text);
    let other: Odd = json::from_str(r#"{"a\b":5}"#).expect("JSON");
    assert_eq!((other.slash, other.extra.raw("a\u{8}")), (None, Some("5")));
}

#[derive(Clone, Debug, Default, PartialEq)]
struct CaseUpdate {
    title: Option<String>,
    priority: Option<i64>,
    description: Option<String>,
    extra: Extra,
}

object! { CaseUpdate { "title" => title, "priority" => priority, "description" => description } }

#[test]
fn nulls_of_one_struct_mean_nothing_in_another() {
    let case = read(r#"{"id":1,"title":"t","due date":null,"priority":2,"new":1}"#);
    let update = CaseUpdate { extra: case.extra, ..CaseUpdate::default() };
    // `due date` is the third field of the one, `description` of the other.
    assert_eq!(json::to_string(&update), r#"{"new":1}"#);
}
