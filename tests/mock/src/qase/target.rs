//! A run that takes results.

use super::actions::{Act, fresh, text};
use super::table::{CASE, CASES, RESULTS, RUNS, SUITE, SUITES};
use super::{effects, runs};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A run that takes results, and what is looked up for each of them: many may come in one request.
pub(super) struct Target {
    run: String,
    number: Value,
    /// Its cases.
    cases: BTreeSet<String>,
    /// The cases of the project by title and suite; by title alone, the first.
    titles: BTreeMap<(String, Option<String>), Value>,
    /// Case and hash of its results by the `id` they came with.
    taken: BTreeMap<String, (Value, String)>,
}

impl Target {
    pub(super) fn open(act: &Act<'_>, store: &Store) -> Result<Self, super::wire::Failure> {
        let run = runs::open(act, store)?;
        let number = run.field("id").cloned().unwrap_or_default();
        let cases = run.field("cases").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut titles = BTreeMap::new();
        for case in store.list(CASES, &act.scope) {
            let number = case.field("id").cloned().unwrap_or_default();
            let (title, suite) = (case.field("title").map(text).unwrap_or_default(), case.field("suite_id").map(text));
            titles.entry((title.clone(), None)).or_insert_with(|| number.clone());
            titles.entry((title, suite)).or_insert(number);
        }
        let of_run = store.list(RESULTS, &act.scope).iter().filter(|result| result.field("run_id") == Some(&number));
        let taken = of_run.filter_map(|result| Some((text(result.hidden.get("key")?), known(result)))).collect();
        Ok(Self { run: run.key.clone(), cases: cases.iter().map(text).collect(), number, titles, taken })
    }

    pub(super) fn has_case(&self, case: &Value) -> bool {
        self.cases.contains(&text(case))
    }

    /// Case and hash of the result that came with this `id` before.
    pub(super) fn taken(&self, id: &Value) -> Option<&(Value, String)> {
        self.taken.get(&text(id))
    }

    /// Adds a result, and its case, should the run not have it.
    pub(super) fn put(&mut self, act: &Act<'_>, mut record: Record, body: &Map<String, Value>, store: &mut Store) -> Record {
        record.fields.insert("run_id".to_owned(), self.number.clone());
        let case = record.fields.get("case_id").cloned().unwrap_or_default();
        if self.cases.insert(text(&case)) {
            let run = store.get_mut(RUNS, &act.scope, &self.run);
            if let Some(cases) = run.and_then(|run| run.fields.get_mut("cases")?.as_array_mut()) {
                cases.push(case);
            }
        }
        if let Some(id) = record.hidden.get("key") {
            self.taken.insert(text(id), known(&record));
        }
        effects::open_defect(act, body, &record, store);
        store.add(RESULTS, &act.scope, record.clone());
        record
    }

    /// The case with a title, in these suites if some are named; what is not there is made.
    pub(super) fn case_titled(&mut self, act: &Act<'_>, title: &str, suites: &[&str], texts: Option<&Value>, store: &mut Store) -> Value {
        let suite = suites.iter().fold(Value::Null, |parent, title| suite_titled(act, title, &parent, store));
        let place = (title.to_owned(), (!suites.is_empty()).then(|| text(&suite)));
        if let Some(known) = self.titles.get(&place) {
            return known.clone();
        }
        let mut case = fresh(&CASE, None, store, &act.scope, act.now);
        case.fields.insert("title".to_owned(), json!(title));
        case.fields.insert("suite_id".to_owned(), suite);
        for name in ["description", "preconditions", "postconditions"] {
            if let Some(text) = texts.and_then(|texts| texts.get(name)) {
                case.fields.insert(name.to_owned(), text.clone());
            }
        }
        let number = case.field("id").cloned().unwrap_or_default();
        store.add(CASES, &act.scope, case);
        self.titles.entry((place.0.clone(), None)).or_insert_with(|| number.clone());
        self.titles.insert(place, number.clone());
        number
    }
}

fn known(result: &Record) -> (Value, String) {
    (result.field("case_id").cloned().unwrap_or_default(), result.key.clone())
}

fn suite_titled(act: &Act<'_>, title: &str, parent: &Value, store: &mut Store) -> Value {
    let is_it = |suite: &&Record| suite.field("title").and_then(Value::as_str) == Some(title) && suite.field("parent_id") == Some(parent);
    if let Some(known) = store.list(SUITES, &act.scope).iter().find(is_it) {
        return known.field("id").cloned().unwrap_or_default();
    }
    let mut suite = fresh(&SUITE, None, store, &act.scope, act.now);
    suite.fields.extend([("title".to_owned(), json!(title)), ("parent_id".to_owned(), parent.clone())]);
    let number = suite.field("id").cloned().unwrap_or_default();
    store.add(SUITES, &act.scope, suite);
    number
}
