//! Words, unions and tagged unions.

use std::collections::BTreeMap;

use tms_runtime::json::{self, Extra, FromJson, Value, macros};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Severity {
    Undefined,
    Blocker,
    Odd,
    Unknown(String),
}

macros::words! { Severity { Undefined = "undefined", Blocker = "blocker", Odd = "odd \"one\"\n" } }

#[test]
fn words_are_open() {
    for (text, severity) in [
        (r#""blocker""#, Severity::Blocker),
        (r#""odd \"one\"\n""#, Severity::Odd),
        (r#""Blocker""#, Severity::Unknown("Blocker".to_owned())),
        (r#""""#, Severity::Unknown(String::new())),
    ] {
        let read: Severity = json::from_str(text).expect(text);
        assert_eq!(read, severity);
        assert_eq!(json::to_string(&read), text);
        assert_eq!(Severity::from(read.as_str()), read);
        assert_eq!(Severity::from(read.to_string()), read);
    }
    assert_eq!(json::from_str::<Severity>(r#""block\u0065r""#).ok(), Some(Severity::Blocker));
    assert!(json::from_str::<Severity>("1").is_err_and(|error| error.is_data()));
}

#[derive(Clone, Debug, PartialEq)]
struct ById {
    id: i64,
    name: Option<String>,
    extra: Extra,
}

macros::object! { ById { "id" => id!, "name" => name } }

#[derive(Clone, Debug, PartialEq)]
struct ByIdAndSlug {
    id: i64,
    slug: Option<Severity>,
    extra: Extra,
}

macros::object! { ByIdAndSlug { "id" => id!, "slug" => slug } }

#[derive(Clone, Debug, PartialEq)]
enum Any {
    List(Vec<ById>),
    Map(BTreeMap<String, String>),
    Id(ById),
    Slug(ByIdAndSlug),
    Int(i64),
    Float(f64),
    Text(String),
    Unknown(Value),
}

macros::union! {
    Any {
        List(Vec<ById>),
        Map(BTreeMap<String, String>),
        Id(ById),
        Slug(ByIdAndSlug),
        Int(i64),
        Float(f64),
        Text(String),
    }
}

fn arm(text: &str) -> &'static str {
    let read: Any = json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(json::to_value(&read), Value::parse(text).expect(text), "{text} comes back");
    match read {
        Any::List(_) => "list",
        Any::Map(_) => "map",
        Any::Id(_) => "id",
        Any::Slug(_) => "slug",
        Any::Int(_) => "int",
        Any::Float(_) => "float",
        Any::Text(_) => "text",
        Any::Unknown(_) => "unknown",
    }
}

#[test]
fn a_union_is_told_by_its_structure() {
    for (text, expected) in [
        ("[]", "list"),
        (r#"[{"id":1,"name":null,"x":[1]}]"#, "list"),
        ("[1]", "unknown"),
        (r#"[{"id":1,"name":2}]"#, "unknown"),
        ("{}", "map"),
        (r#"{"id":"17"}"#, "map"),
        (r#"{"id":1}"#, "id"),
        (r#"{"id":1,"name":"n"}"#, "id"),
        (r#"{"id":1,"slug":"blocker"}"#, "slug"),
        (r#"{"id":1,"slug":"new word","x":1}"#, "id"),
        (r#"{"id":1,"slug":"new word","name":"x"}"#, "id"),
        (r#"{"id":1,"slug":"odd","name":"n","x":1}"#, "id"),
        (r#"{"name":1}"#, "unknown"),
        ("17", "int"),
        ("17.5", "float"),
        (r#""17""#, "text"),
        (r#""x""#, "text"),
        ("null", "unknown"),
        ("true", "unknown"),
    ] {
        assert_eq!(arm(text), expected, "{text}");
    }
    for text in [r#"{"id":1"#, "[1,]", "", r#"{"a":01}"#] {
        assert!(json::from_str::<Any>(text).is_err_and(|error| !error.is_data()), "{text}");
    }
}

#[test]
fn a_reader_is_as_tolerant_after_a_union_as_before() {
    #[derive(Debug)]
    struct Holder {
        any: Option<Any>,
        number: Option<i64>,
        extra: Extra,
    }
    macros::object! { Holder { "any" => any, "number" => number } }
    for any in ["[]", "true", r#"{"id":1,"name":7}"#] {
        let text = format!(r#"{{"any":{any},"number":"odd"}}"#);
        let holder: Holder = json::from_str(&text).expect("the number is optional");
        assert!(holder.any.is_some());
        assert_eq!(json::to_string(&holder), text);
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    left: i64,
    extra: Extra,
}

macros::object! { Left { "child" => child, "left" => left! } }

#[derive(Clone, Debug, PartialEq)]
struct Right {
    child: Option<Box<Tree>>,
    right: i64,
    extra: Extra,
}

macros::object! { Right { "child" => child, "right" => right! } }

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
    Unknown(Value),
}

macros::union! { Tree { Left(Left), Right(Right) } }

#[test]
fn nested_unions_do_not_cost_exponentially() {
    // Which arm it is shows only behind the child: two ways at each of 120 levels. Tried in full, this never ends.
    let depth = 120;
    let text = format!("{}1{}", r#"{"odd":1,"child":"#.repeat(depth), r#","right":1}"#.repeat(depth));
    let tree: Tree = json::from_str(&text).expect("JSON");
    assert_eq!(json::to_value(&tree), Value::parse(&text).expect("JSON"), "nothing is lost");
    let shallow: Tree = json::from_str(r#"{"child":{"child":{"left":1},"right":2},"left":3}"#).expect("JSON");
    let Tree::Left(Left { child: Some(child), left: 3, .. }) = shallow else { panic!("{shallow:?}") };
    assert!(matches!(*child, Tree::Right(Right { right: 2, child: Some(_), .. })));
}

#[derive(Clone, Debug, PartialEq)]
struct Cat {
    pet_type: String,
    lives: Option<i64>,
    extra: Extra,
}

macros::object! { Cat { "petType" => pet_type!, "lives" => lives } }

#[derive(Clone, Debug, PartialEq)]
struct Dog {
    pet_type: String,
    bark: i64,
    friend: Option<Box<Pet>>,
    extra: Extra,
}

macros::object! { Dog { "petType" => pet_type!, "bark" => bark!, "friend" => friend } }

#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(Value),
}

macros::tagged! { Pet by "petType" { Cat("cat", "CAT2"), Dog("dog") } }

#[test]
fn a_tagged_union_is_told_by_its_tag() {
    for (text, expected) in [
        (r#"{"petType":"cat","lives":9,"x":1}"#, "cat"),
        (r#"{"petType":"CAT2","lives":"many"}"#, "cat"),
        (r#"{"petType":"dog","bark":1,"friend":{"petType":"cat"}}"#, "dog"),
        (r#"{"petType":"dog","bark":1,"friend":{"petType":"fish"}}"#, "dog"),
        (r#"{"petType":"fish","x":[]}"#, "unknown"),
        (r#"{"petType":7}"#, "unknown"),
        (r#"{}"#, "unknown"),
        (r#"[]"#, "unknown"),
    ] {
        let pet: Pet = json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(json::to_string(&pet), text);
        let found = match pet {
            Pet::Cat(_) => "cat",
            Pet::Dog(_) => "dog",
            Pet::Unknown(_) => "unknown",
        };
        assert_eq!(found, expected, "{text}");
    }
    let late: Pet = json::from_str(r#"{"lives":1,"p\u0065tType":"dog","petType":"cat"}"#).expect("the last tag wins");
    assert!(matches!(late, Pet::Cat(_)));
    let error = json::from_str::<Pet>(r#"{"petType":"dog","bark":[]}"#).expect_err("a dog, but a broken one");
    assert_eq!(error.to_string(), "$.bark: expected integer of 64 bits, found array (line 1, column 25) at `[]`");
    let error = json::from_str::<Pet>(r#"{"petType":"dog","bark":1,}"#).expect_err("no JSON");
    assert!(!error.is_data());
}

#[test]
fn blanks_are_what_absent_is_read_over() {
    assert_eq!(Severity::blank(), Severity::Unknown(String::new()));
    assert_eq!(Tree::blank(), Tree::Unknown(Value::Null));
    assert!(matches!(Pet::blank(), Pet::Unknown(Value::Null)));
}
