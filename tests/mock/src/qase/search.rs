//! Search by a query language, of which the mock knows conditions joined by `and`.

use super::actions::Act;
use super::table::{CASES, DEFECTS, PLANS, PROJECTS, RESULTS, RUNS};
use super::wire::{Done, Failure, result};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// Kinds of things, and the member that tells each from the others in answers.
const KINDS: [(&str, Collection, &str); 5] = [
    ("case", CASES, "test_case_id"),
    ("run", RUNS, "run_id"),
    ("result", RESULTS, "result_hash"),
    ("defect", DEFECTS, "defect_id"),
    ("plan", PLANS, "plan_id"),
];

/// `title ~ "login"`
struct Condition<'q> {
    name: &'q str,
    operator: &'q str,
    value: &'q str,
}

pub(super) fn search(act: &Act<'_>, store: &mut Store) -> Done {
    let query = act.call.query("query").and_then(Value::as_str).unwrap_or_default();
    let conditions = parse(query).ok_or_else(|| Failure::invalid("query", format!("`{query}` is not understood")))?;
    let of = |name: &str| conditions.iter().find(|condition| condition.name == name).map(|condition| condition.value);
    let mut found = Vec::new();
    for (_, collection, name) in KINDS.iter().filter(|(kind, ..)| of("entity").is_none_or(|wanted| wanted == *kind)) {
        for project in store.list(PROJECTS, "").iter().filter(|project| of("project").is_none_or(|code| code == project.key)) {
            let records = store.list(*collection, &project.key).iter();
            let admitted = records.filter(|record| conditions.iter().all(|condition| condition.admits(record)));
            found.extend(admitted.map(|record| shown(record, name)));
        }
    }
    let (offset, limit) = act.window();
    let page: Vec<&Value> = found.iter().skip(offset).take(limit).collect();
    result(json!({ "total": found.len(), "entities": page }))
}

fn parse(query: &str) -> Option<Vec<Condition<'_>>> {
    let mut conditions = Vec::new();
    let mut rest = query.trim();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
        let (name, after) = rest.split_at(end);
        let after = after.trim_start();
        let operator = ["!=", "=", "~"].into_iter().find(|operator| after.starts_with(operator))?;
        let after = after[operator.len()..].trim_start();
        let quote = after.chars().next().filter(|letter| ['"', '\''].contains(letter))?;
        let (value, after) = after[1..].split_once(quote)?;
        conditions.push(Condition { name, operator, value });
        rest = after.trim_start();
        rest = match rest.get(..4) {
            Some(word) if word.eq_ignore_ascii_case("and ") => rest[4..].trim_start(),
            _ if rest.is_empty() => rest,
            _ => return None,
        };
    }
    Some(conditions)
}

impl Condition<'_> {
    fn admits(&self, record: &Record) -> bool {
        if ["entity", "project"].contains(&self.name) {
            return true;
        }
        let field = record.field(self.name).map(super::actions::text).unwrap_or_default().to_lowercase();
        let value = self.value.to_lowercase();
        match self.operator {
            "=" => field == value,
            "~" => field.contains(&value),
            _ => field != value,
        }
    }
}

/// A thing with the member that says what it is; its times have offsets.
fn shown(record: &Record, name: &str) -> Value {
    let mut fields: Map<String, Value> = record.fields.clone();
    let key = fields.get("id").or_else(|| fields.get("hash")).cloned().unwrap_or_default();
    fields.insert(name.to_owned(), key);
    for time in ["start_time", "end_time"] {
        if let Some(Value::String(text)) = fields.get_mut(time) {
            *text = text.replace(' ', "T") + "+00:00";
        }
    }
    Value::Object(fields)
}
