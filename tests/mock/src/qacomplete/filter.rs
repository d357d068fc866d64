//! Filters: read by the documented grammar, and evaluated.
//!
//! ```text
//! filter    = condition | group { logic group }
//! group     = [ "NOT" ] "(" inner ")"
//! inner     = part { logic part }        part = condition | group
//! logic     = "AND" | "OR"
//! condition = field operation
//! ```
//!
//! Words may be in any letter case. Where the documentation is silent: `AND` binds tighter than `OR`, a quote inside a text is
//! doubled, texts are compared without regard to letter case, and a number that is 0 or a moment that is not set is empty.

mod compare;
mod parse;
mod token;

pub(crate) use compare::time;

use super::fields::Sort;
use serde_json::{Map, Value};

/// A filter that was read.
#[derive(Debug)]
pub(super) enum Filter {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Condition(Condition),
}

/// One comparison.
#[derive(Debug)]
pub(super) struct Condition {
    field: String,
    test: Test,
}

/// What a field is held against.
#[derive(Debug)]
enum Test {
    Number(Symbol, f64),
    OtherField(Symbol, String),
    OneOf(Vec<f64>),
    Truth(bool),
    Text(String),
    Contains(String),
    Moment(Symbol, jiff::civil::DateTime),
    Empty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Equal,
    Unequal,
    Greater,
    Less,
    AtLeast,
    AtMost,
    Contains,
}

/// Finds a member by its name in a filter, and what it holds.
pub(super) type Resolve<'a> = &'a dyn Fn(&str) -> Option<(String, Sort)>;

impl Filter {
    /// Reads a filter, or says what is wrong with it.
    pub(super) fn read(text: &str, resolve: Resolve<'_>) -> Result<Self, String> {
        parse::read(text, resolve)
    }

    /// Whether an entity, as it is shown, passes.
    pub(super) fn admits(&self, entity: &Map<String, Value>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.admits(entity)),
            Self::Any(parts) => parts.iter().any(|part| part.admits(entity)),
            Self::Not(part) => !part.admits(entity),
            Self::Condition(condition) => compare::holds(condition, entity),
        }
    }
}
