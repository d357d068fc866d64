//! Whether a condition holds.

use super::{Condition, Symbol, Test};
use crate::qacomplete::wire::UNSET;
use jiff::civil::DateTime;
use serde_json::{Map, Value};
use std::cmp::Ordering;

pub(super) fn holds(condition: &Condition, entity: &Map<String, Value>) -> bool {
    let value = entity.get(&condition.field).unwrap_or(&Value::Null);
    match &condition.test {
        Test::Number(symbol, bound) => number(value).partial_cmp(bound).is_some_and(|order| symbol.fits(order)),
        Test::OtherField(symbol, other) => {
            let bound = number(entity.get(other).unwrap_or(&Value::Null));
            number(value).partial_cmp(&bound).is_some_and(|order| symbol.fits(order))
        }
        Test::OneOf(numbers) => numbers.contains(&number(value)),
        Test::Truth(wanted) => truth(value) == *wanted,
        Test::Text(text) => lower(value) == text.to_lowercase(),
        Test::Contains(text) => lower(value).contains(&text.to_lowercase()),
        Test::Moment(symbol, bound) => value.as_str().and_then(time).is_some_and(|time| symbol.fits(time.cmp(bound))),
        Test::Empty => match value {
            Value::Number(_) => number(value) == 0.0,
            Value::String(text) => text.is_empty() || time(text).is_some_and(|moment| Some(moment) == time(UNSET)),
            value => value.is_null(),
        },
    }
}

impl Symbol {
    fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::Less => order.is_lt(),
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
            Self::Contains => false,
        }
    }
}

/// Numbers may be shown as texts; what is not there is 0.
fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_default()
}

/// So may truth values.
fn truth(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| value.as_str() == Some("true"))
}

fn lower(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_lowercase()
}

/// A moment in any of the spellings in use: with and without time, fraction, `Z`, and with a year of five digits.
pub(crate) fn time(text: &str) -> Option<DateTime> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let year = text.find('-')?;
    let text = if year == 5 { text.strip_prefix('0')? } else { text };
    text.parse().ok()
}
