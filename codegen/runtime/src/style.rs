//! How values become text in paths, queries, forms and headers.

use crate::json::Value;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How a query parameter that is no plain text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a=1&a=2`; of an object each member is a parameter.
    Repeat,
    /// `a=1,2` (the comma percent-encoded, as are the separators below).
    Comma,
    /// `a=1 2`
    Space,
    /// `a=1|2`
    Pipe,
    /// `a[b]=1&a[c]=2`
    Deep,
    /// `b=1&c=2`: each member of an object is a parameter.
    Object,
    /// `a={"b":1}`
    Json,
}

/// Percent-encodes text for a path segment or one side of a query pair.
pub(crate) fn encoded(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, RESERVED)
}

/// A value as plain text: strings without quotes, arrays and objects as JSON; `None` for null.
pub(crate) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}

/// A value as one text: elements and members separated by `separator`; `None` if nothing remains.
pub(crate) fn joined(value: &Value, separator: &str) -> Option<String> {
    let parts: Vec<String> = match value {
        Value::Array(elements) => elements.iter().filter_map(text).map(Cow::into_owned).collect(),
        Value::Object(members) => {
            members.iter().filter_map(|(name, value)| Some([name.to_owned(), text(value)?.into_owned()])).flatten().collect()
        }
        scalar => text(scalar).map(Cow::into_owned).into_iter().collect(),
    };
    if parts.is_empty() { None } else { Some(parts.join(separator)) }
}

/// The name-value pairs a query parameter stands for.
pub(crate) fn pairs(name: &str, style: Style, value: &Value) -> Vec<(String, String)> {
    let one = |text: Option<String>| text.map(|text| (name.to_owned(), text)).into_iter().collect();
    match style {
        Style::Comma => one(joined(value, ",")),
        Style::Space => one(joined(value, " ")),
        Style::Pipe => one(joined(value, "|")),
        Style::Json => one(if matches!(value, Value::Null) { None } else { Some(value.to_string()) }),
        Style::Repeat | Style::Object => match value {
            Value::Object(members) => members.iter().flat_map(|(name, value)| repeated(name, value)).collect(),
            value => repeated(name, value),
        },
        Style::Deep => {
            let mut pairs = Vec::new();
            deep(name, value, &mut pairs);
            pairs
        }
    }
}

/// The name-value pairs of a form: each member of the object a field, nested members in brackets.
pub(crate) fn fields(value: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if let Value::Object(members) = value {
        members.iter().for_each(|(name, value)| deep(name, value, &mut pairs));
    }
    pairs
}

fn repeated(name: &str, value: &Value) -> Vec<(String, String)> {
    let elements = if let Value::Array(elements) = value { elements.as_slice() } else { std::slice::from_ref(value) };
    elements.iter().filter_map(|element| Some((name.to_owned(), text(element)?.into_owned()))).collect()
}

fn deep(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(member, value)| deep(&format!("{name}[{member}]"), value, pairs));
        }
        value => pairs.extend(repeated(name, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(style: Style, json: &str) -> String {
        let value = json.parse::<Value>().unwrap_or_else(|error| panic!("{json}: {error}"));
        let pairs = pairs("p", style, &value);
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
    }

    #[test]
    fn styles() {
        use Style::{Comma, Deep, Json, Object, Pipe, Repeat, Space};
        let table = [
            (Repeat, r#""a b&c""#, "p=a%20b%26c"),
            (Repeat, "17", "p=17"),
            (Repeat, "1.50", "p=1.50"),
            (Repeat, "false", "p=false"),
            (Repeat, r#"["a","b,c",null]"#, "p=a&p=b%2Cc"),
            (Repeat, "[]", ""),
            (Repeat, "null", ""),
            (Repeat, r#"{"a":1,"b":[2,3]}"#, "a=1&b=2&b=3"),
            (Repeat, r#"[[1,2],{"a":1}]"#, "p=%5B1%2C2%5D&p=%7B%22a%22%3A1%7D"),
            (Object, r#"{"a":1,"b":"x","c":null}"#, "a=1&b=x"),
            (Comma, r#"["a","b"]"#, "p=a%2Cb"),
            (Comma, "[]", ""),
            (Comma, r#""a""#, "p=a"),
            (Comma, r#"{"a":1,"b":2}"#, "p=a%2C1%2Cb%2C2"),
            (Space, "[1,2]", "p=1%202"),
            (Pipe, "[1,2]", "p=1%7C2"),
            (Deep, r#"{"a":1,"b":{"c":[2,3]}}"#, "p%5Ba%5D=1&p%5Bb%5D%5Bc%5D=2&p%5Bb%5D%5Bc%5D=3"),
            (Deep, "1", "p=1"),
            (Json, r#"{"a":[1,"ü"]}"#, "p=%7B%22a%22%3A%5B1%2C%22%C3%BC%22%5D%7D"),
            (Json, "null", ""),
        ];
        for (style, json, expected) in table {
            assert_eq!(query(style, json), expected, "{style:?} of {json}");
        }
    }
}
