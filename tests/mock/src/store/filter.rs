//! Filters of a list.

use super::Record;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A query parameter that narrows a list.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Name of the parameter.
    pub parameter: &'static str,
    /// Field it looks at.
    pub field: &'static str,
    /// How the two are compared.
    pub test: Test,
}

/// How a filter compares.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The field's text contains the argument, in any case of letters.
    Contains,
    /// The same JSON value; texts in any case of letters.
    Equals,
    /// The argument is a list, and the field is one of it.
    OneOf,
    /// As `OneOf`, where the field holds a number that stands for a word.
    OneOfNumbered(&'static [(&'static str, i64)]),
    /// The field's time is later than the argument (`2019-12-12 12:12:12`, or Unix seconds).
    After,
    /// The field's time is earlier than the argument.
    Before,
    /// Anything else, told from record and argument.
    By(fn(&Record, &Value) -> bool),
}

impl Filter {
    /// Whether the argument can be compared at all; the message says why not.
    pub fn check(&self, argument: &Value) -> Result<(), String> {
        match self.test {
            Test::After | Test::Before if time(argument).is_none() => Err(format!("{argument} is no date and time")),
            _ => Ok(()),
        }
    }

    /// Whether a record passes.
    #[must_use]
    pub fn admits(&self, record: &Record, argument: &Value) -> bool {
        let field = record.field(self.field).unwrap_or(&Value::Null);
        match self.test {
            Test::Contains => match (field.as_str(), argument.as_str()) {
                (Some(text), Some(part)) => text.to_lowercase().contains(&part.to_lowercase()),
                _ => false,
            },
            Test::Equals => same(field, argument),
            Test::OneOf => list(argument).iter().any(|wanted| same(field, wanted)),
            Test::OneOfNumbered(words) => list(argument).iter().any(|wanted| {
                let number = words.iter().find(|(word, _)| wanted.as_str() == Some(word)).map(|(_, number)| *number);
                number.is_some() && number == field.as_i64()
            }),
            Test::After => time(field).zip(time(argument)).is_some_and(|(field, bound)| field > bound),
            Test::Before => time(field).zip(time(argument)).is_some_and(|(field, bound)| field < bound),
            Test::By(admits) => admits(record, argument),
        }
    }
}

/// What an argument lists; one that is no list is the only entry.
pub(crate) fn list(argument: &Value) -> &[Value] {
    argument.as_array().map_or(std::slice::from_ref(argument), Vec::as_slice)
}

fn same(a: &Value, b: &Value) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a == b,
    }
}

fn time(value: &Value) -> Option<DateTime> {
    match value.as_i64() {
        Some(seconds) => Timestamp::from_second(seconds).ok().map(|time| time.to_zoned(TimeZone::UTC).datetime()),
        None => DateTime::strptime("%Y-%m-%d %H:%M:%S", value.as_str()?).ok(),
    }
}
