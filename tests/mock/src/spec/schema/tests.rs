use super::{Direction, Schema};
use crate::spec::document::{Document, Node};
use serde_json::{Value, json};

/// Compiles the schema `S` of a document whose components are given as YAML.
fn compile(schemas: &str, direction: Direction) -> Result<Schema, String> {
    let text = format!("components: {{ schemas: {{ {schemas} }} }}");
    let document = Document::parse("test.yaml", &text).map_err(|e| e.to_string())?;
    let root = Node { value: document.root(), at: crate::spec::document::Pointer::root() };
    let node = document.target("#/components/schemas/S", &root.at).map_err(|e| e.to_string())?;
    Schema::compile(&document, &node, direction).map_err(|e| e.to_string())
}

#[track_caller]
fn check(schemas: &str, good: &[Value], bad: &[Value]) {
    let schema = compile(schemas, Direction::Request).expect("a usable schema");
    for value in good {
        assert!(schema.accepts(value), "{schemas} must take {value}: {:?}", schema.violations(value));
    }
    for value in bad {
        assert!(!schema.accepts(value), "{schemas} must not take {value}");
    }
}

#[test]
fn nullable_adds_null_beside_whatever_else() {
    check("S: { type: string, nullable: true }", &[json!(null), json!("a")], &[json!(1)]);
    check("S: { type: string }", &[json!("a")], &[json!(null)]);
    check("S: { type: string, nullable: true, enum: [a] }", &[json!(null), json!("a")], &[json!("b")]);
    let reference = "S: { nullable: true, allOf: [{ $ref: '#/components/schemas/T' }] }, T: { type: integer }";
    check(reference, &[json!(null), json!(1)], &[json!("a")]);
    check("S: { type: string, nullable: false }", &[json!("a")], &[json!(null)]);
}

#[test]
fn siblings_of_a_reference_mean_nothing() {
    let schemas = "S: { $ref: '#/components/schemas/T', nullable: true, maxLength: 1 }, T: { type: string }";
    check(schemas, &[json!("long")], &[json!(null)]);
}

#[test]
fn bounds_may_be_exclusive_by_a_flag() {
    let schemas = "S: { type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false }";
    check(schemas, &[json!(2), json!(5)], &[json!(1), json!(6)]);
}

#[test]
fn formats_are_held_to() {
    check("S: { type: integer, format: int32 }", &[json!(2_147_483_647)], &[json!(2_147_483_648_i64)]);
    check("S: { type: integer, format: int64 }", &[json!(2_147_483_648_i64)], &[json!("1")]);
    let instants = [json!("2018-05-02T20:32:23.000000Z"), json!("2018-05-02T20:32:23+02:00")];
    check("S: { type: string, format: date-time }", &instants, &[json!("2019-12-12 12:12:12"), json!("2018-05-02T20:32:23+0200")]);
    check("S: { type: string, format: date }", &[json!("2019-12-12")], &[json!("12.12.2019")]);
    check("S: { type: string, format: date-time-local }", &[json!("2019-12-12 12:12:12")], &[json!(1)]);
}

#[test]
fn schemas_may_refer_to_themselves_and_to_any_place() {
    let tree = "S: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/S' } } } }";
    let good = json!({ "children": [{ "children": [] }] });
    check(tree, &[good], &[json!({ "children": [{ "children": 1 }] })]);
    let inside = "S: { $ref: '#/components/schemas/T/properties/a~1b' }, T: { properties: { a/b: { type: boolean } } }";
    check(inside, &[json!(true)], &[json!(1)]);
}

#[test]
fn objects_lists_and_combinations() {
    let object = "S: { type: object, required: [a], properties: { a: { type: integer } }, additionalProperties: false }";
    check(object, &[json!({ "a": 1 })], &[json!({}), json!({ "a": 1, "b": 1 }), json!([])]);
    check("S: { additionalProperties: { type: integer } }", &[json!({ "a": 1 })], &[json!({ "a": "1" })]);
    check("S: { minProperties: 1 }", &[json!({ "a": 1 })], &[json!({})]);
    check("S: { type: array, items: {}, maxItems: 1 }", &[json!([]), json!([null])], &[json!([1, 2])]);
    check("S: { oneOf: [{ type: integer }, { type: string, pattern: '^[0-9]+$' }] }", &[json!(1), json!("1")], &[json!("a")]);
    check("S: { not: { type: string } }", &[json!(1)], &[json!("a")]);
}

#[test]
fn a_property_may_be_named_like_a_keyword() {
    check(
        "S: { properties: { type: { type: integer }, default: { type: integer } } }",
        &[json!({ "type": 1 })],
        &[json!({ "default": "a" })],
    );
}

#[test]
fn read_only_is_not_required_in_requests_nor_write_only_in_answers() {
    let schemas = "S: { required: [id, secret], properties: { id: { $ref: '#/components/schemas/Id' }, \
                   secret: { type: string, writeOnly: true } } }, Id: { type: integer, readOnly: true }";
    let accepts = |direction, value| compile(schemas, direction).expect("a usable schema").accepts(&value);
    assert!(accepts(Direction::Request, json!({ "secret": "x" })));
    assert!(!accepts(Direction::Request, json!({ "id": 1 })));
    assert!(accepts(Direction::Answer, json!({ "id": 1 })));
    assert!(!accepts(Direction::Answer, json!({ "secret": "x" })));
}

#[test]
fn what_is_no_openapi_3_0_schema_is_refused_with_its_place() {
    for (schemas, says) in [
        ("S: { type: 'null' }", "S/type: \"null\" is no type"),
        ("S: { type: [string, integer] }", "is no type"),
        ("S: { const: 1 }", "`const` is no keyword"),
        ("S: { properties: { a: { itmes: {} } } }", "S/properties/a/itmes: `itmes` is no keyword"),
        ("S: { $ref: '#/components/schemas/Missing' }", "nothing at #/components/schemas/Missing"),
        ("S: { $ref: 'other.yaml#/S' }", "there is no file other.yaml"),
        ("S: { $ref: '../other.yaml#/S' }", "outside of this folder"),
        ("S: { $ref: 'https://host.example/S' }", "no file of this folder"),
        ("S: { minimum: a }", "expected a number"),
        ("S: { allOf: {} }", "expected an array"),
        ("S: { items: 1 }", "must be an object"),
        ("S: { type: string, pattern: '(' }", "not a usable schema"),
    ] {
        let error = compile(schemas, Direction::Request).expect_err(schemas);
        assert!(error.contains(says), "{schemas}: {error}");
    }
}

#[test]
fn a_request_holds_no_member_that_nobody_declared() {
    let plain = "S: { type: object, properties: { a: { type: integer } } }";
    check(plain, &[json!({ "a": 1 }), json!({})], &[json!({ "b": 1 })]);
    let open = "S: { type: object, properties: { a: { type: integer } }, additionalProperties: true }";
    check(open, &[json!({ "a": 1, "b": 1 })], &[]);
    check("S: { type: object }", &[json!({ "b": 1 })], &[]);
    let merged =
        "S: { allOf: [{ $ref: '#/components/schemas/T' }, { properties: { b: { type: integer } } }] }, T: { properties: { a: {} } }";
    check(merged, &[json!({ "a": 1, "b": 1 })], &[json!({ "a": 1, "c": 1 })]);
    let nested = "S: { type: array, items: { nullable: true, type: object, properties: { a: {} } } }";
    check(nested, &[json!([{ "a": 1 }, null])], &[json!([{ "b": 1 }])]);
    let answer = compile(plain, Direction::Answer).expect("a usable schema");
    assert!(answer.accepts(&json!({ "b": 1 })), "answers may grow");
}
