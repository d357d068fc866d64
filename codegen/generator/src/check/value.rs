use crate::source::{Cursor, Node, Number, Value};

/// Whether a value is of a JSON type.
pub(super) fn is_of_type(value: &Node, ty: &str) -> bool {
    match (&value.value, ty) {
        (Value::String(_), "string") | (Value::Bool(_), "boolean") | (Value::Number(_), "number") => true,
        (Value::Null, "null") | (Value::List(_), "array") | (Value::Map(_), "object") => true,
        (Value::Number(number), "integer") => number.is_integer(),
        _ => false,
    }
}

/// Whether two values are the same, whatever the order of members.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.value, other)))
        }
        _ => false,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    match (a.as_i64(), b.as_i64()) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64().is_some() && a.as_f64() == b.as_f64(),
    }
}

/// A value in a message.
pub(super) fn shown(value: &Node) -> String {
    match &value.value {
        Value::String(text) => format!("`\"{text}\"`"),
        Value::Number(number) => format!("`{number}`"),
        Value::Bool(value) => format!("`{value}`"),
        _ => value.kind().to_owned(),
    }
}

/// Whether a text is one of the words that YAML 1.1 takes for truth values, and stands without quotes.
pub(super) fn is_ambiguous(at: &Cursor<'_>) -> bool {
    const WORDS: [&str; 8] = ["yes", "no", "on", "off", "y", "n", "Yes", "No"];
    let Some(text) = at.as_str() else { return false };
    if !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return false;
    }
    let source = at.sources().file(at.file()).and_then(|file| file.text.get(at.node().span.start..));
    source.is_some_and(|source| source.starts_with(text))
}
