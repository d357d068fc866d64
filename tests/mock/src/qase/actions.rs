//! The verbs: list, get, create, update, resolve, delete.

use super::effects;
use super::operations::{Action, Verb, Written};
use super::shape::{Destination, Key, Resource, Scope, Times, Write};
use super::table::{PROJECTS, RESULTS, RUNS};
use super::views::{self, View};
use crate::answer::Answer;
use crate::call::Call;
use crate::store::{Page, Record, Store};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The reference's default page size.
const PAGE_SIZE: usize = 100;

/// A call that the document allows and the data does not.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    message: String,
    field: Option<&'static str>,
}

impl Failure {
    pub(super) fn not_found(noun: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: format!("{noun} not found"), field: None }
    }

    fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into(), field: Some(field) }
    }

    pub(super) fn answer(self) -> Answer {
        let fields: Vec<Value> = self.field.iter().map(|f| json!({ "field": f, "error": self.message })).collect();
        Answer::json(self.status, json!({ "status": false, "errorMessage": self.message, "errorFields": fields }))
    }
}

/// A call in progress.
struct Act<'c> {
    resource: &'static Resource,
    call: &'c Call,
    scope: String,
    /// Path arguments after the project.
    rest: Vec<String>,
    now: Timestamp,
}

pub(super) fn perform(action: &Action, call: &Call, store: &mut Store, now: Timestamp) -> Result<Value, Failure> {
    let mut arguments = (0..).map_while(|index| call.path(index)).map(text);
    let scope = match action.resource.scope {
        Scope::Account => String::new(),
        Scope::Project => arguments.next().unwrap_or_default(),
    };
    if action.resource.scope == Scope::Project && store.get(PROJECTS, "", &scope).is_none() {
        return Err(Failure::not_found("Project"));
    }
    let act = Act { resource: action.resource, call, scope, rest: arguments.collect(), now };
    match action.verb {
        Verb::List => act.list(store),
        Verb::Get => act.get(store),
        Verb::Create(written) => act.create(store, written),
        Verb::Update(written) => act.update(store, written),
        Verb::Resolve => act.resolve(store),
        Verb::Delete(written) => act.delete(store, written),
    }
}

impl Act<'_> {
    fn list(&self, store: &Store) -> Result<Value, Failure> {
        let sent: Vec<_> = self.resource.filters.iter().filter_map(|f| Some((f, self.call.query(f.parameter)?))).collect();
        for (filter, argument) in &sent {
            filter.check(argument).map_err(|message| Failure::invalid(filter.parameter, message))?;
        }
        let all = store.list(self.resource.collection, &self.scope);
        let admitted = |record: &&Record| sent.iter().all(|(filter, argument)| filter.admits(record, argument));
        let matching: Vec<&Record> = all.iter().filter(admitted).collect();
        let number =
            |name, default| self.call.query(name).and_then(Value::as_u64).map_or(default, |n| usize::try_from(n).unwrap_or(usize::MAX));
        let page = Page::cut(all.len(), matching, number("offset", 0), number("limit", PAGE_SIZE));
        let show = |record: &&Record| views::show(self.resource, record, View::List, self.call, &self.scope, store);
        let entities: Vec<Value> = page.entities.iter().map(show).collect();
        Ok(json!({ "status": true, "result": {
            "total": page.total, "filtered": page.filtered, "count": entities.len(), "entities": entities
        }}))
    }

    fn get(&self, store: &Store) -> Result<Value, Failure> {
        let key = self.key(store)?;
        let record = store.get(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        let entity = views::show(self.resource, record, View::Single, self.call, &self.scope, store);
        Ok(json!({ "status": true, "result": views::wrap(self.resource, entity) }))
    }

    fn create(&self, store: &mut Store, written: Written) -> Result<Value, Failure> {
        let body = self.body();
        self.check_references(store, &body)?;
        let key = match self.resource.key {
            Key::Code => body.get("code").cloned(),
            Key::Number | Key::Hash | Key::HashOrNumber => None,
        };
        if key.as_ref().is_some_and(|key| store.get(self.resource.collection, &self.scope, &text(key)).is_some()) {
            return Err(Failure::invalid("code", format!("{} with this code exists already", self.resource.noun)));
        }
        let mut record = fresh(self.resource, key, store, &self.scope, self.now);
        if self.resource.collection == RESULTS {
            self.attach_to_run(store, &body, &mut record)?;
        }
        self.absorb(&mut record, &body);
        effects::after_result(self.resource, &body, &record, store, &self.scope, self.now);
        let answer = written.answer(&record);
        store.put(self.resource.collection, &self.scope, record);
        Ok(answer)
    }

    fn update(&self, store: &mut Store, written: Written) -> Result<Value, Failure> {
        let body = self.body();
        let key = self.key(store)?;
        if body.is_empty() {
            return Err(Failure { status: StatusCode::BAD_REQUEST, message: "At least one field is needed".to_owned(), field: None });
        }
        self.check_references(store, &body)?;
        let mut record = store.get(self.resource.collection, &self.scope, &key).cloned().ok_or_else(|| self.missing())?;
        self.absorb(&mut record, &body);
        self.stamp(&mut record);
        effects::after_result(self.resource, &body, &record, store, &self.scope, self.now);
        let answer = written.answer(&record);
        store.put(self.resource.collection, &self.scope, record);
        Ok(answer)
    }

    /// A defect that is resolved already is not found, says the reference.
    fn resolve(&self, store: &mut Store) -> Result<Value, Failure> {
        let key = self.key(store)?;
        let record = store.get_mut(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        if record.field("status") == Some(&json!("resolved")) {
            return Err(self.missing());
        }
        record.fields.insert("status".to_owned(), json!("resolved"));
        self.stamp(record);
        Ok(Written::Number.answer(record))
    }

    fn delete(&self, store: &mut Store, written: Written) -> Result<Value, Failure> {
        let key = self.key(store)?;
        let record = store.remove(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        effects::after_delete(self.resource.collection, &record, store, &self.scope);
        Ok(written.answer(&record))
    }

    /// The key the path names: its last argument. A result may have its run before it, which must be right.
    fn key(&self, store: &Store) -> Result<String, Failure> {
        let named = self.rest.last().ok_or_else(|| self.missing())?;
        let number = |record: &&Record| record.hidden.get("number").map(text).as_ref() == Some(named);
        let record = match store.get(self.resource.collection, &self.scope, named) {
            None if self.resource.key == Key::HashOrNumber => store.list(self.resource.collection, &self.scope).iter().find(number),
            found => found,
        };
        let record = record.ok_or_else(|| self.missing())?;
        match self.rest.as_slice() {
            [run, _] if record.field("run_id").map(text).as_ref() != Some(run) => Err(self.missing()),
            _ => Ok(record.key.clone()),
        }
    }

    /// A result's run is in the path; its case must be one of the run's.
    fn attach_to_run(&self, store: &Store, body: &Map<String, Value>, record: &mut Record) -> Result<(), Failure> {
        let run = self.rest.first().and_then(|key| store.get(RUNS, &self.scope, key));
        let run = run.ok_or_else(|| Failure::not_found("Test run"))?;
        let cases = run.field("cases").and_then(Value::as_array);
        let case = body.get("case_id").unwrap_or(&Value::Null);
        if !cases.is_some_and(|cases| cases.contains(case)) {
            return Err(Failure::invalid("case_id", format!("Test case {case} does not belong to the run")));
        }
        record.fields.insert("run_id".to_owned(), run.fields.get("id").cloned().unwrap_or_default());
        Ok(())
    }

    fn body(&self) -> Map<String, Value> {
        self.call.body().and_then(Value::as_object).cloned().unwrap_or_default()
    }

    fn check_references(&self, store: &Store, body: &Map<String, Value>) -> Result<(), Failure> {
        for Write { member, must_exist, .. } in self.resource.writes {
            let (Some(collection), Some(value)) = (must_exist, body.get(*member)) else { continue };
            let scope = super::operations::resource(*collection).map_or("", |r| match r.scope {
                Scope::Project => self.scope.as_str(),
                Scope::Account => "",
            });
            let numbers = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let unknown = numbers.iter().filter(|n| !n.is_null());
            if let Some(number) = unknown.into_iter().find(|n| store.get(*collection, scope, &text(n)).is_none()) {
                return Err(Failure::invalid(member, format!("there is no {number} in {}", collection.name())));
            }
        }
        Ok(())
    }

    /// Takes over what the body brings; null clears, what is absent stays.
    fn absorb(&self, record: &mut Record, body: &Map<String, Value>) {
        for Write { member, into, .. } in self.resource.writes {
            let Some(value) = body.get(*member) else { continue };
            match into {
                Destination::Field(name) => drop(record.fields.insert((*name).to_owned(), value.clone())),
                Destination::Hidden(name) => drop(record.hidden.insert((*name).to_owned(), value.clone())),
                Destination::Assignments => drop(record.fields.insert("cases".to_owned(), assignments(value))),
                Destination::Outcome => drop(record.fields.insert("status".to_owned(), capitalized(value))),
                Destination::Steps => effects::merge_steps(record, value, self.call.signature().starts_with("POST")),
            }
        }
    }

    fn stamp(&self, record: &mut Record) {
        if self.resource.times == Times::CreatedUpdated {
            record.fields.insert("updated".to_owned(), views::instant(self.now));
        }
    }

    fn missing(&self) -> Failure {
        Failure::not_found(self.resource.noun)
    }
}

impl Written {
    fn answer(self, record: &Record) -> Value {
        let number = record.fields.get("id").or_else(|| record.hidden.get("number")).cloned().unwrap_or_default();
        match self {
            Self::Nothing => json!({ "status": true }),
            Self::NumberBeside => json!({ "status": true, "id": number }),
            Self::Number => json!({ "status": true, "result": { "id": number } }),
            Self::NumberAsText => json!({ "status": true, "result": { "id": record.key } }),
            Self::Hash => json!({ "status": true, "result": { "hash": record.key } }),
        }
    }
}

/// A new record, all blank but its key and times. Without a key it gets the next one; what is addressed by a word must
/// bring its own.
pub(super) fn fresh(resource: &Resource, key: Option<Value>, store: &mut Store, scope: &str, now: Timestamp) -> Record {
    let mut fields = match (resource.blank)() {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    match resource.times {
        Times::None => {}
        Times::At(name) => drop(fields.insert(name.to_owned(), views::moment(now))),
        Times::CreatedUpdated => {
            for name in ["created", "updated"] {
                fields.insert(name.to_owned(), views::instant(now));
            }
        }
    }
    let mut hidden = Map::new();
    if matches!(resource.key, Key::HashOrNumber | Key::Code) {
        hidden.insert("number".to_owned(), Value::from(store.next_number(resource.collection, scope)));
    }
    let key = key.unwrap_or_else(|| match resource.key {
        Key::Number => Value::from(store.next_number(resource.collection, scope)),
        Key::Hash | Key::HashOrNumber => Value::from(store.next_hash()),
        Key::Code => Value::Null,
    });
    fields.insert(resource.key.field().to_owned(), key.clone());
    Record { key: text(&key), fields, hidden }
}

/// A key or number as it stands in a path.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn assignments(cases: &Value) -> Value {
    let numbers = cases.as_array().map_or(&[][..], Vec::as_slice);
    numbers.iter().map(|number| json!({ "case_id": number, "assignee_id": null })).collect()
}

/// `passed` is read back as `Passed`.
fn capitalized(word: &Value) -> Value {
    let mut letters = word.as_str().unwrap_or_default().chars();
    match letters.next() {
        Some(first) => Value::from(first.to_ascii_uppercase().to_string() + letters.as_str()),
        None => word.clone(),
    }
}
