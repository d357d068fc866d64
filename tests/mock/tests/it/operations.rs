//! Every documented operation once: the answer has the shape the reference prints.

use crate::client::{qase, send};
use crate::samples::{SAMPLES, Sample};
use serde_json::Value;
use std::collections::BTreeSet;
use tms_mock::Mock;

fn ask(mock: &Mock, sample: &Sample) -> Value {
    let method = sample.heading.split(' ').next().expect("a method");
    let request = send(mock, method, sample.target);
    let request = match sample.body {
        Some(body) => request.json(&serde_json::from_str(body).expect("a payload")),
        None => request,
    };
    request.now().ok()
}

/// Where two values differ in shape: names of members, kinds of values. A printed null or an empty list says nothing
/// about what else could stand there; of a list the first element speaks for all.
fn differences(printed: &Value, answered: &Value, at: &str, found: &mut Vec<String>) {
    match (printed, answered) {
        (Value::Null, _) => {}
        (_, Value::Null) => found.push(format!("{at}: null, printed is {printed}")),
        (Value::Object(printed), Value::Object(answered)) => {
            let names: BTreeSet<&String> = printed.keys().chain(answered.keys()).collect();
            for name in names {
                match (printed.get(name), answered.get(name)) {
                    (Some(printed), Some(answered)) => differences(printed, answered, &format!("{at}/{name}"), found),
                    (Some(_), None) => found.push(format!("{at}/{name} is missing")),
                    _ => found.push(format!("{at}/{name} is not printed")),
                }
            }
        }
        (Value::Array(printed), Value::Array(answered)) => match (printed.first(), answered.first()) {
            (Some(printed), Some(answered)) => differences(printed, answered, &format!("{at}/0"), found),
            (Some(_), None) => found.push(format!("{at} is empty")),
            _ => {}
        },
        _ if kind(printed) == kind(answered) => {}
        _ => found.push(format!("{at}: {answered}, printed is {printed}")),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn answers_have_the_printed_shape() {
    let mock = qase();
    let mut found = Vec::new();
    for sample in &SAMPLES {
        mock.reset();
        let answered = ask(&mock, sample);
        let printed = serde_json::from_str(sample.answer).expect("a printed answer");
        differences(&printed, &answered, &format!("{} {}", sample.number, sample.heading), &mut found);
        mock.assert_no_verdicts();
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn requests_and_operations_are_one_to_one() {
    let mock = qase();
    let mut reached = BTreeSet::new();
    for sample in &SAMPLES {
        mock.reset();
        ask(&mock, sample);
        let id = mock.requests()[0].operation.clone().expect(sample.heading);
        assert_eq!(mock.hits()[&id], 1, "{}", sample.heading);
        assert!(reached.insert(id), "{} reached an operation that another had reached", sample.heading);
    }
    let declared: BTreeSet<String> = mock.operations().iter().map(|o| o.id().to_owned()).collect();
    let live = today().into_iter().map(|(_, id)| id);
    assert_eq!(reached.into_iter().chain(live).collect::<BTreeSet<_>>(), declared);
}

fn skeleton(text: &str) -> String {
    let parts = text.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Method and path, and the id, of each operation that today's service has, as transcribed.
pub(crate) fn today() -> Vec<(String, String)> {
    let list = include_str!("../../../vectors/qase/live.tsv");
    let row = |line: &str| match line.split('\t').collect::<Vec<_>>()[..] {
        [method, path, _, id] => (skeleton(&format!("{method} {path}")), id.to_owned()),
        _ => panic!("live.tsv: {line}"),
    };
    list.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

#[test]
fn paths_are_the_printed_ones() {
    let mock = qase();
    let declared: BTreeSet<String> = mock.operations().iter().map(|o| skeleton(&format!("{} {}", o.method(), o.path()))).collect();
    let printed = SAMPLES.iter().map(|sample| skeleton(sample.heading));
    let live = today().into_iter().map(|(place, _)| place);
    assert_eq!(declared, printed.chain(live).collect());
}
