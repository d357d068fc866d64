//! What is JSON and what is not, case by case; every case is also put to `serde_json`.

mod json_oracle;

use tms_runtime::json::{self, Extra, Value, macros::object};

/// Whether the text is JSON. Every one of them is tried alone, inside a read value and inside a skipped one.
const CASES: &[(&[u8], bool)] = &[
    // Arrays.
    (b"[]", true),
    (b"[ ]", true),
    (b"[[]   ]", true),
    (b"[\"\"]", true),
    (b"[null, 1, \"1\", {}]", true),
    (b"[1\n]", true),
    (b" [1] ", true),
    (b"[1,null,null,null,2]", true),
    (b"[2] ", true),
    (b"[1 true]", false),
    (b"[\"\": 1]", false),
    (b"[1,,]", false),
    (b"[1,]", false),
    (b"[,1]", false),
    (b"[1,,2]", false),
    (b"[\"x\"]]", false),
    (b"[\"x\"", false),
    (b"[3[4]]", false),
    (b"[", false),
    (b"]", false),
    (b"[1}", false),
    (b"[-]", false),
    (b"[   , \"\"]", false),
    (b"[\"a\",\n4\n,1,", false),
    (b"[*]", false),
    // Objects.
    (b"{}", true),
    (b"{ }", true),
    (b"{\"\":0}", true),
    (b"{\"a\":\"b\",\"a\":\"b\"}", true),
    (b"{\"a\":\"b\",\"a\":\"c\"}", true),
    (b"{\"foo\\u0000bar\": 42}", true),
    (b"{\n\"a\" : \"b\" \n}", true),
    (b"{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"y\"}", true),
    (b"{\"a\":[]}", true),
    (b"{\"a\"}", false),
    (b"{\"a\":}", false),
    (b"{\"a\" \"b\"}", false),
    (b"{\"a\":1,}", false),
    (b"{,\"a\":1}", false),
    (b"{\"a\":1,,\"b\":2}", false),
    (b"{a: 1}", false),
    (b"{'a':0}", false),
    (b"{1:1}", false),
    (b"{null:null}", false),
    (b"{\"a\":1 \"b\":2}", false),
    (b"{\"a\"::1}", false),
    (b"{\"a\":1]", false),
    (b"{\"a\":true} \"x\"", false),
    (b"{\"a\":\"b\"}/**/", false),
    (b"{\"a\":\"b\"}#", false),
    (b"{\"a\":/*comment*/\"b\"}", false),
    (b"{", false),
    (b"{\"", false),
    (b"{\"a\"", false),
    (b"{\"a\":", false),
    (b"{\"a\":1", false),
    (b"{\"a\":1,", false),
    (b"{\"\\ud8zz\":1}", false),
    // Numbers.
    (b"0", true),
    (b"-0", true),
    (b"-0.0", true),
    (b"123", true),
    (b"-123", true),
    (b"123.456e78", true),
    (b"0e+1", true),
    (b"0e1", true),
    (b"1E22", true),
    (b"1E-2", true),
    (b"1E+2", true),
    (b"123e45", true),
    (b"-1.5", true),
    (b"0.000000000000000000000000000000000000000000000000000000000000000000000000000001", true),
    (b"18446744073709551615", true),
    (b"-9223372036854775808", true),
    (b"100000000000000000000000000000000000000", true),
    (b"123123e-100000", true),
    (b"01", false),
    (b"-01", false),
    (b"00", false),
    (b"+1", false),
    (b"++1", false),
    (b"-", false),
    (b"--1", false),
    (b".5", false),
    (b"-.5", false),
    (b"1.", false),
    (b"-1.", false),
    (b"1.e1", false),
    (b"0.e1", false),
    (b"1e", false),
    (b"1e+", false),
    (b"1eE2", false),
    (b"1.5.5", false),
    (b"0x42", false),
    (b"1_000", false),
    (b"1 000", false),
    (b"Infinity", false),
    (b"-Infinity", false),
    (b"NaN", false),
    (b"-NaN", false),
    (b"1a", false),
    (b"-foo", false),
    (b"\xef\xbc\x91", false),
    // Words.
    (b"true", true),
    (b"false", true),
    (b"null", true),
    (b" null\t", true),
    (b"tru", false),
    (b"truE", false),
    (b"True", false),
    (b"nul", false),
    (b"nulll", false),
    (b"fals", false),
    (b"undefined", false),
    // Strings.
    (b"\"\"", true),
    (b"\"a\"", true),
    (b"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", true),
    (b"\"\\u0060\\u012a\\u12AB\"", true),
    (b"\"\\ud801\\udc37\"", true),
    (b"\"\\uDBFF\\uDFFF\"", true),
    (b"\"\\\\u0000\"", true),
    (b"\"\\u0000\"", true),
    (b"\"\\uFFFF\\uFDD0\"", true),
    (b"\"\x7f\"", true),
    (b"\"\xe2\x80\xa8\xe2\x80\xa9\"", true),
    (b"\"\xf0\x9d\x84\x9e \xef\xbf\xbf\"", true),
    (b"\"a/*b*/c/*d//e\"", true),
    (b"\"1234567\\\"890123456789\"", true),
    (b"\"", false),
    (b"\"a", false),
    (b"\"\\", false),
    (b"\"\\\"", false),
    (b"\"\\u\"", false),
    (b"\"\\u00A\"", false),
    (b"\"\\u00g0\"", false),
    (b"\"\\u+123\"", false),
    (b"\"\\x00\"", false),
    (b"\"\\a\"", false),
    (b"\"\\'\"", false),
    (b"\"\\U0041\"", false),
    (b"\"\\\xf0\x9f\x8c\x80\"", false),
    (b"\"new\nline\"", false),
    (b"\"tab\tinside\"", false),
    (b"\"\x00\"", false),
    (b"\"1234567\x1f\"", false),
    (b"'single'", false),
    (b"abc", false),
    (b"\\n", false),
    // Encoding.
    (b"\"\xff\"", false),
    (b"\"\xc0\xaf\"", false),
    (b"\"\xed\xa0\x80\"", false),
    (b"\"\xe2\x82\"", false),
    (b"\"\xf4\xbf\xbf\xbf\"", false),
    (b"\xff", false),
    (b"{\"\xb9\":0}", false),
    // Whole texts.
    (b"", false),
    (b" ", false),
    (b"\xef\xbb\xbf", false),
    (b"\xef\xbb\xbf{}", false),
    (b"\xe2\x81\xa0", false),
    (b"\x0c[]", false),
    (b"\xc2\xa0[]", false),
    (b"[\x0b1]", false),
    (b"1 2", false),
    (b"{}}", false),
    (b"[]\x00", false),
    (b"<html>", false),
    (b"&", false),
    (b"// comment\n{}", false),
];

/// Half of a surrogate pair: grammar allows it, but it is no text.
const LONE_SURROGATES: &[&str] =
    &[r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800\ud800\udc00""#, r#""\ud83d\\udc00""#, r#""\uDFAAx""#];

#[derive(Clone, Debug, PartialEq)]
struct Known {
    known: Option<Value>,
    extra: Extra,
}

object! { Known { "known" => known } }

#[test]
fn accepts_json_and_nothing_else() {
    for (text, is_json) in CASES {
        let shown = String::from_utf8_lossy(text);
        json_oracle::agree(text);
        assert_eq!(json::from_slice::<Value>(text).is_ok(), *is_json, "alone: {shown}");
        for key in ["known", "unknown"] {
            let object = [b"{ \"", key.as_bytes(), b"\" : ", text, b" , \"more\":1}"].concat();
            assert_eq!(json::from_slice::<Known>(&object).is_ok(), *is_json, "as {key}: {shown}");
            json_oracle::agree(&object);
        }
        let array = [b"[", *text, b"]"].concat();
        // A few of the cases become JSON when they stand between brackets.
        json_oracle::agree(&array);
    }
}

#[test]
fn half_a_surrogate_pair_is_no_text_but_can_be_kept() {
    for text in LONE_SURROGATES {
        json_oracle::agree(text.as_bytes());
        let error = Value::parse(text).expect_err(text);
        assert!(error.is_data(), "{error}");
        for key in ["known", "unknown"] {
            let document = format!(r#"{{"{key}":{text}}}"#);
            let read: Known = json::from_str(&document).expect(text);
            assert_eq!(read.extra.raw(key), Some(*text));
            assert!(read.extra.get(key).and_then(|value| value.as_str().map(|text| text.contains('\u{fffd}'))).unwrap_or_default());
            assert_eq!(json::to_string(&read), document);
        }
    }
}

#[test]
fn follows_127_containers_and_not_128() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for (depth, good) in [(1, true), (126, true), (127, true), (128, false), (200_000, false)] {
            let inner = if open == "[" { "" } else { "1" };
            let text = [&open.repeat(depth), inner, &close.repeat(depth)].concat();
            let read = Value::parse(&text);
            assert_eq!(read.is_ok(), good, "{depth} times {open}");
            assert!(good || read.is_err_and(|error| error.reason() == "nested too deeply"));
            json_oracle::agree(text.as_bytes());
            let skipped = format!("{{\"unknown\":{text}}}");
            assert_eq!(json::from_str::<Known>(&skipped).is_ok(), good && depth < 127, "skipped: {depth} times {open}");
        }
        json_oracle::agree(open.repeat(100_000).as_bytes());
    }
}
