//! Loading by criteria: sorting and pages; and the filter text of audits.

use super::calls::{Act, Done};
use super::kinds::Kind;
use super::{refusal, view};
use crate::soap::{SoapFault, parse_xml};
use crate::store::{Page, Record, Store};
use serde_json::Value;
use std::cmp::Ordering;

/// The size of a page that says nothing about it, and the largest there is.
const PAGE_SIZE: i64 = 200;

/// One page of the objects of a kind.
pub(super) fn load(act: &Act<'_>, kind: &Kind, store: &Store) -> Done {
    if let Some(condition) = act.text("Condition") {
        parse_xml(condition).map_err(|e| refusal(format!("Condition is no XML document: {e}")))?;
    }
    let size = act.call.arguments().get("PageSize").and_then(Value::as_i64).unwrap_or(PAGE_SIZE);
    let number = act.call.arguments().get("PageNumber").and_then(Value::as_i64).unwrap_or(1);
    if !(1..=PAGE_SIZE).contains(&size) {
        return Err(refusal(format!("PageSize must be between 1 and {PAGE_SIZE}, and is {size}.")));
    }
    if number < 1 {
        return Err(refusal(format!("PageNumber starts at 1, and is {number}.")));
    }
    let mut records: Vec<&Record> = act.seen(store, kind.collection).collect();
    records.sort_by_key(|record| record.key.parse::<i64>().unwrap_or_default());
    sort(act, kind, act.text("Sorting").unwrap_or_default(), &mut records)?;
    let index = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    let page = Page::cut(records.len(), records, index((number - 1).saturating_mul(size)), index(size));
    Ok(Some(view::list(act, store, kind, page.entities)))
}

/// Sorts by `Property [ASC|DESC], ..`; equals stay as they are.
pub(super) fn sort(act: &Act<'_>, kind: &Kind, sorting: &str, records: &mut [&Record]) -> Result<(), SoapFault> {
    let fields = act.fields(kind);
    for part in sorting.split(',').filter(|part| !part.trim().is_empty()).rev() {
        let mut words = part.split_whitespace();
        let (name, direction, more) = (words.next().unwrap_or_default(), words.next().unwrap_or("ASC"), words.next());
        let descending = match (direction.to_ascii_uppercase().as_str(), more) {
            ("ASC", None) => false,
            ("DESC", None) => true,
            _ => return Err(refusal(format!("Sorting is a list of `Property [ASC|DESC]`, and holds `{}`.", part.trim()))),
        };
        let Some((name, builtin)) = fields.iter().find(|(field, _)| field == name) else {
            return Err(refusal(format!("Sorting: {} has no property `{name}`.", kind.type_name)));
        };
        records.sort_by(|a, b| {
            let order = compare(a.fields.get(name), b.fields.get(name), builtin);
            if descending { order.reverse() } else { order }
        });
    }
    Ok(())
}

fn compare(a: Option<&Value>, b: Option<&Value>, builtin: &str) -> Ordering {
    let number = |value: Option<&Value>| match value {
        Some(Value::String(text)) => text.parse::<f64>().unwrap_or_default(),
        Some(value) => value.as_f64().unwrap_or_default(),
        None => 0.0,
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_lowercase();
    match builtin {
        "int" | "decimal" => number(a).total_cmp(&number(b)),
        _ => text(a).cmp(&text(b)),
    }
}

/// Whether a record passes `FKId = 1234`, or several such joined by `and`; texts and dates stand in single quotes.
pub(super) fn passes(act: &Act<'_>, kind: &Kind, record: &Record, filter: &str) -> Result<bool, SoapFault> {
    let fields = act.fields(kind);
    for part in split_and(filter) {
        let broken = || refusal(format!("Where is a list of `Property = value` joined by `and`, and holds `{part}`."));
        let at = part.find(['=', '<', '>']).ok_or_else(broken)?;
        let (name, rest) = (part[..at].trim(), &part[at..]);
        let operator = ["<=", ">=", "<>", "<", ">", "="].into_iter().find(|o| rest.starts_with(o)).ok_or_else(broken)?;
        let value = rest[operator.len()..].trim();
        let value = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')).unwrap_or(value);
        let (name, builtin) = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).ok_or_else(broken)?;
        let value = match *builtin {
            // 'YYYY-MM-DD HH:MM:SS', against 'YYYY-MM-DDTHH:MM:SS'.
            "dateTime" => value.replacen(' ', "T", 1),
            _ => value.to_owned(),
        };
        let order = compare(record.fields.get(name), Some(&Value::from(value)), builtin);
        let holds = match operator {
            "=" => order.is_eq(),
            "<>" => order.is_ne(),
            "<" => order.is_lt(),
            ">" => order.is_gt(),
            "<=" => order.is_le(),
            _ => order.is_ge(),
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The parts between `and`s, however those are spelled.
fn split_and(filter: &str) -> Vec<&str> {
    let lower = filter.to_ascii_lowercase();
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, word) in lower.match_indices(" and ") {
        parts.push(filter[start..at].trim());
        start = at + word.len();
    }
    parts.push(filter[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}
