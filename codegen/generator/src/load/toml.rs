use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{Entry, FileId, Location, Map, Node, Number, Span, Value};
use std::ops::Range;
use toml::de::{DeTable, DeValue, Error};

/// Parses TOML into the same kind of tree as the document.
pub(super) fn parse(text: &str, file: FileId) -> Result<Node, Vec<Diagnostic>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| broken(error, file)).collect());
    }
    Ok(Node { value: table(root.get_ref()), span: Span { start: 0, end: 0 } })
}

fn broken(error: &Error, file: FileId) -> Diagnostic {
    let span = error.span().map(span).unwrap_or_default();
    let tag = if error.message().contains("duplicate key") { Tag::DuplicateKey } else { Tag::Syntax };
    Diagnostic::new(tag, "this is not valid TOML", Location::text(file, span)).label(error.message())
}

fn span(range: Range<usize>) -> Span {
    Span { start: range.start, end: range.end }
}

fn table(table: &DeTable<'_>) -> Value {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| Entry {
        key: String::from(AsRef::<str>::as_ref(key.get_ref())),
        key_span: span(key.span()),
        value: node(value),
    };
    let mut entries: Vec<Entry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span);
    Value::Map(Map::new(entries).0)
}

fn node(value: &toml::Spanned<DeValue<'_>>) -> Node {
    let content = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(Number::from_text(number.to_string())),
            Err(_) => Value::String(number.as_str().to_owned()),
        },
        DeValue::Float(number) => Value::Number(Number::from_text(number.as_str())),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(value) => Value::String(value.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
        DeValue::Table(inner) => table(inner),
    };
    Node { value: content, span: span(value.span()) }
}
