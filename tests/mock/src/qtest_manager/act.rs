//! A call in progress, and what every kind has in common: making, finding, changing, showing.

use super::kinds::{HISTORY, Kind, PROJECTS};
use super::operations;
use super::wire::{self, Done, Failure, text};
use super::{Settings, attachments, fields, oauth};
use crate::call::Call;
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Numbers of readable keys; the scope is project and prefix.
const KEYS: Collection = Collection::new("readable keys");

/// A call in progress.
pub(super) struct Act<'c> {
    pub(super) call: &'c Call,
    pub(super) kind: &'static Kind,
    /// Empty for what belongs to no project.
    pub(super) project: String,
    /// The number of who calls.
    pub(super) user: i64,
    pub(super) now: Timestamp,
    pub(super) settings: &'c Settings,
}

pub(super) fn perform(call: &Call, store: &mut Store, now: Timestamp, settings: &Settings) -> Done {
    let action = operations::action(call.signature()).ok_or_else(|| Failure::absent("Operation", call.signature()))?;
    let is_in_project = ["/projects/{}", "/user-profiles/{}"].iter().any(|part| call.signature().contains(part));
    let project = call.path(0).filter(|_| is_in_project).map(text).unwrap_or_default();
    if is_in_project && store.get(PROJECTS, "", &project).is_none() {
        return Err(Failure::absent("Project", &project));
    }
    let act = Act { call, kind: action.kind, project, user: oauth::user(call, store), now, settings };
    (action.run)(&act, store)
}

impl Act<'_> {
    /// A path argument as text.
    pub(super) fn argument(&self, index: usize) -> String {
        self.call.path(index).map(text).unwrap_or_default()
    }

    pub(super) fn body(&self) -> Map<String, Value> {
        self.call.body().and_then(Value::as_object).cloned().unwrap_or_default()
    }

    pub(super) fn number(&self, query: &str) -> Option<i64> {
        self.call.query(query).and_then(Value::as_i64)
    }

    pub(super) fn flag(&self, query: &str, standard: bool) -> bool {
        match self.call.query(query) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(word)) => word.eq_ignore_ascii_case("true"),
            _ => standard,
        }
    }

    pub(super) fn word(&self, query: &str) -> Option<&str> {
        self.call.query(query).and_then(Value::as_str)
    }

    /// Where the records of a kind are.
    pub(super) fn scope(&self) -> &str {
        if self.kind.object == "projects" { "" } else { &self.project }
    }

    /// The record of this kind with a number, or a readable key.
    pub(super) fn find<'s>(&self, store: &'s Store, key: &str) -> Result<&'s Record, Failure> {
        find(store, self.kind, self.scope(), key)
    }

    /// A new record of this kind, with a number of its own; it is not in the store yet.
    pub(super) fn make(&self, store: &mut Store, body: &Map<String, Value>) -> Result<Record, Failure> {
        make(store, self.kind, self.scope(), (self.now, self.user), body)
    }

    /// Takes over what a body brings: members, and values of fields.
    pub(super) fn absorb(&self, store: &Store, record: &mut Record, body: &Map<String, Value>) -> Result<(), Failure> {
        absorb(store, self.kind, self.scope(), record, body)
    }

    /// Stamps a change and notes what is different.
    pub(super) fn changed(&self, store: &mut Store, before: &Record, record: &mut Record) {
        for (name, value) in [
            ("last_modified_date", json!(wire::moment(self.now))),
            ("lastModifiedDate", json!(wire::moment(self.now))),
            ("last_modified_user_id", json!(self.user)),
        ] {
            if record.fields.contains_key(name) {
                record.fields.insert(name.to_owned(), value);
            }
        }
        let mut changes = Vec::new();
        let names = record.fields.iter().filter(|(name, _)| !name.starts_with("last_modified") && *name != "lastModifiedDate");
        for (name, value) in names.filter(|(name, value)| before.fields.get(*name) != Some(value)) {
            let old = before.fields.get(name).map(text);
            changes.push(json!({ "field": name, "old_value": old, "new_value": text(value) }));
        }
        let (old, new) = (fields::shown(store, self.kind, &self.project, before), fields::shown(store, self.kind, &self.project, record));
        for property in new.iter().filter(|property| !old.contains(property)) {
            let twin = old.iter().find(|old| old["field_id"] == property["field_id"]);
            let (old, new) = (twin.map(|p| p["field_value"].clone()), &property["field_value"]);
            changes.push(json!({ "field": property["field_name"], "old_value": old, "new_value": new }));
        }
        self.note(store, record, "changed", &changes);
    }

    /// Notes in the history of a thing what was done to it.
    pub(super) fn note(&self, store: &mut Store, record: &Record, what: &str, changes: &[Value]) {
        let id = store.next_number(HISTORY, "");
        let entry = json!({
            "id": id, "created": wire::moment(self.now), "description": format!("{} {what}", self.kind.noun), "author_id": self.user,
            "linked_object": { "object_type": self.kind.object, "object_id": record.fields.get("id") }, "changes": changes
        });
        let Value::Object(fields) = entry else { return };
        let scope = format!("{}/{}/{}", self.project, self.kind.object, record.key);
        store.put(HISTORY, &scope, Record { key: id.to_string(), fields, hidden: Map::new() });
    }

    /// A record as the API shows it.
    pub(super) fn show(&self, store: &Store, record: &Record) -> Value {
        show(store, self.kind, &self.project, record)
    }
}

/// The record of a kind with a number, or a readable key.
pub(super) fn find<'s>(store: &'s Store, kind: &Kind, scope: &str, key: &str) -> Result<&'s Record, Failure> {
    let named = |record: &&Record| record.field("pid").and_then(Value::as_str) == Some(key);
    let found = store.get(kind.collection, scope, key).or_else(|| store.list(kind.collection, scope).iter().find(named));
    found.ok_or_else(|| Failure::absent(kind.noun, key))
}

/// A new record of a kind. Who makes it, and when, is written into it where the kind shows that.
pub(super) fn make(
    store: &mut Store,
    kind: &Kind,
    scope: &str,
    (now, user): (Timestamp, i64),
    body: &Map<String, Value>,
) -> Result<Record, Failure> {
    let Value::Object(fields) = (kind.blank)() else { return Err(Failure::bad("nothing to make")) };
    let mut record = Record { key: String::new(), fields, hidden: Map::new() };
    absorb(store, kind, scope, &mut record, body)?;
    let id = store.next_number(kind.collection, "");
    record.key = id.to_string();
    let moment = json!(wire::moment(now));
    let mut stamp = |name: &str, value: Value| {
        if let Some(member) = record.fields.get_mut(name) {
            *member = value;
        }
    };
    stamp("id", json!(id));
    for name in ["created_date", "last_modified_date", "submitted_date", "createdDate", "lastModifiedDate"] {
        stamp(name, moment.clone());
    }
    for name in ["creator_id", "submitter_id", "last_modified_user_id"] {
        stamp(name, json!(user));
    }
    stamp("web_url", json!(web_url(scope, kind.object, &id.to_string())));
    if !kind.prefix.is_empty() {
        let number = store.next_number(KEYS, &format!("{scope}/{}", kind.prefix));
        stamp("pid", json!(format!("{}-{number}", kind.prefix)));
    }
    Ok(record)
}

/// Takes over what a body brings: members, and values of fields.
pub(super) fn absorb(store: &Store, kind: &Kind, scope: &str, record: &mut Record, body: &Map<String, Value>) -> Result<(), Failure> {
    for name in kind.writes {
        if let Some(value) = body.get(*name) {
            record.fields.insert((*name).to_owned(), value.clone());
        }
    }
    match body.get("properties") {
        Some(Value::Array(properties)) => fields::write(store, kind, scope, record, properties),
        _ => Ok(()),
    }
}

/// A record as the API shows it: what is not set is left out, values of fields stand in `properties`.
pub(super) fn show(store: &Store, kind: &Kind, project: &str, record: &Record) -> Value {
    let mut shown: Map<String, Value> =
        record.fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect();
    if fields::OBJECTS.contains(&kind.object) {
        shown.insert("properties".to_owned(), Value::Array(fields::shown(store, kind, project, record)));
    }
    if ["defects", "test-logs", "test-cases"].contains(&kind.object) {
        shown.insert("attachments".to_owned(), Value::Array(attachments::of(store, project, kind.object, &record.key)));
    }
    shown.insert("links".to_owned(), json!([]));
    Value::Object(shown)
}

/// Where the web application would show a thing.
pub(super) fn web_url(project: &str, object: &str, key: &str) -> String {
    format!("https://acme.example/p/{project}/portal/project#object={object}&id={key}")
}

/// The next place among things that stand together.
pub(super) fn next_order<'r>(siblings: impl Iterator<Item = &'r Record>) -> i64 {
    siblings.filter_map(|record| record.field("order")?.as_i64()).max().unwrap_or(0) + 1
}
