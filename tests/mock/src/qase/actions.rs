//! The verbs that most operations are: list, get, create, update, resolve, delete.

use super::absorb::absorb;
use super::operations::{self, Verb, Written};
use super::settings::{Edition, Settings};
use super::shape::{Key, Resource, Scope, Single, Times, Write};
use super::table::PROJECTS;
use super::views::{self, View};
use super::wire::{Done, Failure, done, ok, result};
use super::{absorb, effects};
use crate::call::Call;
use crate::store::{Collection, Page, Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// A call in progress.
pub(super) struct Act<'c> {
    pub(super) resource: &'static Resource,
    pub(super) call: &'c Call,
    pub(super) scope: String,
    /// Path arguments after the project.
    pub(super) rest: Vec<String>,
    pub(super) now: Timestamp,
    pub(super) settings: &'c Settings,
}

pub(super) fn perform(call: &Call, store: &mut Store, now: Timestamp, settings: &Settings) -> Done {
    let action = operations::of(call).ok_or_else(|| Failure::not_found("Endpoint"))?;
    let mut arguments = (0..).map_while(|index| call.path(index)).map(text);
    let project = match action.resource.scope {
        Scope::Account => None,
        Scope::Project | Scope::AccountByProject => Some(arguments.next().unwrap_or_default()),
    };
    if project.as_ref().is_some_and(|code| store.get(PROJECTS, "", code).is_none()) {
        return Err(Failure::not_found("Project"));
    }
    let scope = project.filter(|_| action.resource.scope == Scope::Project).unwrap_or_default();
    let act = Act { resource: action.resource, call, scope, rest: arguments.collect(), now, settings };
    match action.verb {
        Verb::List => act.list(store),
        Verb::Get => act.get(store),
        Verb::Create(written) => act.create(store, written),
        Verb::Update(written) => act.update(store, written),
        Verb::Resolve => act.resolve(store),
        Verb::Delete(written) => act.delete(store, written),
        Verb::Own(run) => run(&act, store),
    }
}

impl Act<'_> {
    pub(super) fn list(&self, store: &Store) -> Done {
        let sent: Vec<_> = self.resource.filters.iter().filter_map(|f| Some((f, self.call.query(f.parameter)?))).collect();
        for (filter, argument) in &sent {
            filter.check(argument).map_err(|message| Failure::invalid(filter.parameter, message))?;
        }
        let all = store.list(self.resource.collection, &self.scope);
        let admitted = |record: &&Record| sent.iter().all(|(filter, argument)| filter.admits(record, argument));
        let matching: Vec<&Record> = all.iter().filter(admitted).collect();
        let (offset, limit) = self.window();
        let page = Page::cut(all.len(), matching, offset, limit);
        let entities: Vec<Value> = page.entities.iter().map(|record| views::show(self, record, View::List, store)).collect();
        result(json!({ "total": page.total, "filtered": page.filtered, "count": entities.len(), "entities": entities }))
    }

    /// Offset and limit; the default page size of the reference is not that of today.
    pub(super) fn window(&self) -> (usize, usize) {
        let number =
            |name, default| self.call.query(name).and_then(Value::as_u64).map_or(default, |n| usize::try_from(n).unwrap_or(usize::MAX));
        let size = match self.settings.edition {
            Edition::Reference => 100,
            Edition::Today => 10,
        };
        (number("offset", 0), number("limit", size))
    }

    pub(super) fn get(&self, store: &Store) -> Done {
        let key = self.key(store)?;
        let record = store.get(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        let entity = views::show(self, record, View::Single, store);
        result(match (self.settings.edition, self.resource.single) {
            (Edition::Reference, Single::ArrayOfOne) => json!([entity]),
            _ => entity,
        })
    }

    pub(super) fn create(&self, store: &mut Store, written: Written) -> Done {
        let record = self.made(&self.body(), store)?;
        self.written(written, &record)
    }

    /// Makes what a body describes.
    pub(super) fn made(&self, body: &Map<String, Value>, store: &mut Store) -> Result<Record, Failure> {
        self.check_references(store, body)?;
        let key = match self.resource.key {
            Key::Code => body.get("code").cloned(),
            Key::Number | Key::NumberOrUuid | Key::Hash | Key::HashOrNumber | Key::Uuid => None,
        };
        if key.as_ref().is_some_and(|key| store.get(self.resource.collection, &self.scope, &text(key)).is_some()) {
            return Err(Failure::invalid("code", format!("{} with this code exists already", self.resource.noun)));
        }
        let mut record = fresh(self.resource, key, store, &self.scope, self.now);
        absorb(self, &mut record, body, store);
        store.put(self.resource.collection, &self.scope, record.clone());
        Ok(record)
    }

    pub(super) fn update(&self, store: &mut Store, written: Written) -> Done {
        let body = self.body();
        let key = self.key(store)?;
        if body.is_empty() {
            return Err(Failure::empty());
        }
        self.check_references(store, &body)?;
        let mut record = store.get(self.resource.collection, &self.scope, &key).cloned().ok_or_else(|| self.missing())?;
        absorb(self, &mut record, &body, store);
        self.stamp(&mut record);
        let answer = self.written(written, &record);
        store.put(self.resource.collection, &self.scope, record);
        answer
    }

    /// A defect that is resolved already is not found, says the reference.
    fn resolve(&self, store: &mut Store) -> Done {
        let key = self.key(store)?;
        let record = store.get_mut(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        if record.field("status") == Some(&json!("resolved")) {
            return Err(self.missing());
        }
        record.fields.insert("status".to_owned(), json!("resolved"));
        self.stamp(record);
        self.written(Written::Number, record)
    }

    pub(super) fn delete(&self, store: &mut Store, written: Written) -> Done {
        let key = self.key(store)?;
        let record = store.remove(self.resource.collection, &self.scope, &key).ok_or_else(|| self.missing())?;
        effects::after_delete(self.resource.collection, &record, store, &self.scope);
        self.written(written, &record)
    }

    /// The key the path names: its last argument. A result may have its run before it, which must be right.
    pub(super) fn key(&self, store: &Store) -> Result<String, Failure> {
        let named = self.rest.last().ok_or_else(|| self.missing())?;
        let other = match self.resource.key {
            Key::HashOrNumber => Some("number"),
            Key::NumberOrUuid => Some("uuid"),
            Key::Number | Key::Hash | Key::Uuid | Key::Code => None,
        };
        let is_named = |record: &&Record| other.and_then(|name| record.field(name)).map(text).as_ref() == Some(named);
        let found = store.get(self.resource.collection, &self.scope, named);
        let record = found.or_else(|| store.list(self.resource.collection, &self.scope).iter().find(is_named));
        let record = record.ok_or_else(|| self.missing())?;
        match self.rest.as_slice() {
            [run, _] if record.field("run_id").map(text).as_ref() != Some(run) => Err(self.missing()),
            _ => Ok(record.key.clone()),
        }
    }

    pub(super) fn body(&self) -> Map<String, Value> {
        self.call.body().and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The objects of a list in the body.
    pub(super) fn objects(&self, member: &str) -> Vec<Map<String, Value>> {
        let list = self.body().get(member).and_then(Value::as_array).cloned().unwrap_or_default();
        list.into_iter().filter_map(|one| one.as_object().cloned()).collect()
    }

    pub(super) fn check_references(&self, store: &Store, body: &Map<String, Value>) -> Result<(), Failure> {
        for Write { member, must_exist, .. } in self.resource.writes {
            let (Some(collection), Some(value)) = (must_exist, body.get(*member)) else { continue };
            let numbers = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            if let Some(number) = numbers.iter().filter(|n| !n.is_null()).find(|n| !self.has(*collection, n, store)) {
                return Err(Failure::invalid(member, format!("there is no {number} in {}", collection.name())));
            }
        }
        Ok(())
    }

    /// Whether there is such a thing, in the project or in the account.
    pub(super) fn has(&self, collection: Collection, key: &Value, store: &Store) -> bool {
        let scope = operations::resource(collection).map_or("", |resource| match resource.scope {
            Scope::Project => self.scope.as_str(),
            Scope::Account | Scope::AccountByProject => "",
        });
        store.get(collection, scope, &text(key)).is_some()
    }

    pub(super) fn stamp(&self, record: &mut Record) {
        match self.resource.times {
            Times::CreatedUpdated => drop(record.fields.insert("updated".to_owned(), views::instant(self.now))),
            Times::CreatedUpdatedAt => drop(record.fields.insert("updated_at".to_owned(), views::offset(self.now))),
            Times::None | Times::At(_) => {}
        }
    }

    pub(super) fn missing(&self) -> Failure {
        Failure::not_found(self.resource.noun)
    }

    /// What a write answers with.
    pub(super) fn written(&self, written: Written, record: &Record) -> Done {
        let number = || record.fields.get("id").or_else(|| record.hidden.get("number")).cloned().unwrap_or_default();
        match (self.settings.edition, written) {
            (_, Written::Status) => done(),
            (Edition::Today, _) => {
                let name = self.resource.key.field();
                result(json!({ name: record.fields.get(name) }))
            }
            (Edition::Reference, Written::Nothing) => done(),
            (Edition::Reference, Written::NumberBeside) => ok(json!({ "status": true, "id": number() })),
            (Edition::Reference, Written::Number) => result(json!({ "id": number() })),
            (Edition::Reference, Written::NumberAsText) => result(json!({ "id": record.key })),
            (Edition::Reference, Written::Hash) => result(json!({ "hash": record.key })),
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
    let mut stamp = |names: &[&str], moment: Value| fields.extend(names.iter().map(|name| ((*name).to_owned(), moment.clone())));
    match resource.times {
        Times::None => {}
        Times::At(name) => stamp(&[name], views::moment(now)),
        Times::CreatedUpdated => stamp(&["created", "updated"], views::instant(now)),
        Times::CreatedUpdatedAt => stamp(&["created_at", "updated_at"], views::offset(now)),
    }
    let mut hidden = Map::new();
    if matches!(resource.key, Key::HashOrNumber | Key::Code) {
        hidden.insert("number".to_owned(), Value::from(store.next_number(resource.collection, scope)));
    }
    let key = key.unwrap_or_else(|| match resource.key {
        Key::Number | Key::NumberOrUuid => Value::from(store.next_number(resource.collection, scope)),
        Key::Hash | Key::HashOrNumber => Value::from(store.next_hash()),
        Key::Uuid => absorb::uuid(&store.next_hash()),
        Key::Code => Value::Null,
    });
    fields.insert(resource.key.field().to_owned(), key.clone());
    Record { key: text(&key), fields, hidden }
}

/// A key or number as it stands in a path.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
