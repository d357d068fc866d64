//! Parameters from text to typed values.

use super::verdict::{Problem, Reason};
use super::{Leniency, credentials};
use crate::behaviour::Behaviour;
use crate::call::{Arguments, Incoming};
use crate::spec::{Encoding, Operation, Parameter, PathTexts, Place, Scalar, Shape};
use http::header::COOKIE;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Other spellings of parameter names and values.
pub(super) struct Spelling<'a> {
    pub(super) leniency: Leniency,
    pub(super) behaviour: &'a dyn Behaviour,
}

/// Texts by query key, in the order they came.
type Texts = BTreeMap<String, Vec<String>>;

/// Decodes and judges all parameters; problems are added to the list.
pub(super) fn read(
    operation: &Operation,
    path_texts: PathTexts,
    incoming: &Incoming,
    spelling: &Spelling<'_>,
    problems: &mut Vec<Problem>,
) -> Arguments {
    let mut arguments = Arguments::default();
    for (name, text) in path_texts {
        if let Some(parameter) = operation.parameter(Place::Path, &name) {
            let value = read_text(parameter, &text, spelling);
            judge(parameter, &value, problems);
            arguments.path.push((name, value));
        }
    }
    let mut texts = sort_query(operation, incoming, spelling);
    for parameter in &operation.parameters {
        let (value, kept) = match parameter.place {
            Place::Path => continue,
            Place::Query => (read_query(parameter, &mut texts, spelling, problems), &mut arguments.query),
            Place::Header | Place::Cookie => (read_header(parameter, incoming, spelling), &mut arguments.other),
        };
        match value {
            Some(value) => {
                judge(parameter, &value, problems);
                kept.insert(parameter.name.clone(), value);
            }
            None if parameter.required => {
                problems.push(Problem::new(Reason::MissingParameter, place(parameter), "the parameter is required"));
            }
            None => {}
        }
    }
    let unknown = texts.keys().filter(|key| !credentials::query_keys(operation).any(|k| k == *key));
    problems
        .extend(unknown.map(|key| Problem::new(Reason::UnknownParameter, format!("query `{key}`"), "the operation has no such parameter")));
    arguments
}

/// Groups the query by key, other spellings replaced by the declared one.
fn sort_query(operation: &Operation, incoming: &Incoming, spelling: &Spelling<'_>) -> Texts {
    let mut texts = Texts::new();
    for (key, value) in incoming.pairs() {
        let declared = |name: &str| operation.parameter(Place::Query, name).is_some();
        let letters = spelling.behaviour.letters();
        let twin = operation.parameters.iter().find(|p| p.place == Place::Query && letters.same(&p.name, &key));
        let other = match (twin, spelling.leniency.takes_homonyms()) {
            (Some(_), _) if declared(&key) => None,
            (Some(twin), _) => Some(twin.name.clone()),
            (None, true) => spelling.behaviour.query_homonyms(&key).into_iter().find(|name| declared(name)),
            (None, false) => None,
        };
        texts.entry(other.unwrap_or(key)).or_default().push(value);
    }
    texts
}

/// Takes the parameter's texts out of the query.
fn read_query(parameter: &Parameter, texts: &mut Texts, spelling: &Spelling<'_>, problems: &mut Vec<Problem>) -> Option<Value> {
    match (&parameter.shape, parameter.encoding) {
        (Shape::Object(members), Encoding::Deep) => {
            let prefix = format!("{}[", parameter.name);
            let inner = |key: &str| key.strip_prefix(&prefix)?.strip_suffix(']').map(str::to_owned);
            read_members(members, texts, spelling, &inner)
        }
        (Shape::Object(members), _) => read_members(members, texts, spelling, &|key| members.contains_key(key).then(|| key.to_owned())),
        (Shape::List(item), Encoding::Repeated) => {
            let list = texts.remove(&parameter.name)?;
            Some(list.iter().map(|text| read_scalar(item, text, spelling)).collect())
        }
        _ => {
            let mut list = texts.remove(&parameter.name)?;
            if list.len() > 1 {
                problems.push(Problem::new(Reason::BadParameter, place(parameter), "the parameter is there more than once"));
            }
            list.pop().map(|text| read_text(parameter, &text, spelling))
        }
    }
}

fn read_members(
    members: &BTreeMap<String, Scalar>,
    texts: &mut Texts,
    spelling: &Spelling<'_>,
    inner: &dyn Fn(&str) -> Option<String>,
) -> Option<Value> {
    let keys: Vec<(String, String)> = texts.keys().filter_map(|key| Some((key.clone(), inner(key)?))).collect();
    let mut object = Map::new();
    for (key, member) in keys {
        let text = texts.remove(&key)?.pop()?;
        let value = members.get(&member).map_or_else(|| Value::from(text.as_str()), |s| read_scalar(s, &text, spelling));
        object.insert(member, value);
    }
    (!object.is_empty()).then_some(Value::Object(object))
}

fn read_header(parameter: &Parameter, incoming: &Incoming, spelling: &Spelling<'_>) -> Option<Value> {
    // Letters beyond ASCII are not ruled out, and clients send them as UTF-8.
    let header = |name: &str| Some(String::from_utf8_lossy(incoming.headers.get(name)?.as_bytes()));
    let text = match parameter.place {
        Place::Cookie => credentials::cookie(&header(COOKIE.as_str())?, &parameter.name)?.to_owned(),
        _ => header(&parameter.name)?.into_owned(),
    };
    Some(read_text(parameter, &text, spelling))
}

/// Reads a parameter that is a single text.
fn read_text(parameter: &Parameter, text: &str, spelling: &Spelling<'_>) -> Value {
    match (&parameter.shape, parameter.encoding) {
        (_, Encoding::Json) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        (Shape::List(item), Encoding::Joined(separator)) => text.split(separator).map(|text| read_scalar(item, text, spelling)).collect(),
        (Shape::List(item) | Shape::Scalar(item), _) => read_scalar(item, text, spelling),
        (Shape::Object(_), _) => Value::from(text),
    }
}

fn read_scalar(scalar: &Scalar, text: &str, spelling: &Spelling<'_>) -> Value {
    match (spelling.leniency.takes_homonyms(), text) {
        (true, "1") if scalar.is_boolean() => Value::Bool(true),
        (true, "0") if scalar.is_boolean() => Value::Bool(false),
        _ => scalar.read(text),
    }
}

fn judge(parameter: &Parameter, value: &Value, problems: &mut Vec<Problem>) {
    for violation in parameter.schema.violations(value) {
        let inside = if violation.pointer.is_empty() { String::new() } else { format!(" (at {})", violation.pointer) };
        let message = format!("{}{inside}", violation.message);
        problems.push(Problem::new(Reason::BadParameter, place(parameter), message));
    }
}

fn place(parameter: &Parameter) -> String {
    format!("{} `{}`", parameter.place.word(), parameter.name)
}
