//! The verbs that most kinds have in common.

use super::act::Act;
use super::cascade;
use super::filter::Filter;
use super::kinds::{NOTES, RELEASES, TESTS};
use super::rights;
use super::view::View;
use super::wire::{Done, Failure, page};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let filter = act.call.query("Filter").and_then(Value::as_str).unwrap_or_default();
    matching(act, store, filter)
}

pub(super) fn search(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    matching(act, store, body.get("Filter").and_then(Value::as_str).unwrap_or_default())
}

fn matching(act: &Act<'_>, store: &Store, filter: &str) -> Done {
    act.page(store, store.list(act.kind.collection, &act.scope), filter)
}

pub(super) fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store)?;
    Ok(act.show(store, record))
}

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.make(store, act.body())?;
    let shown = act.show(store, &record);
    store.put(act.kind.collection, &act.scope, record);
    Ok(shown)
}

pub(super) fn replace(act: &Act<'_>, store: &mut Store) -> Done {
    change(act, store, true)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    change(act, store, false)
}

fn change(act: &Act<'_>, store: &mut Store, is_whole: bool) -> Done {
    let mut record = act.find(store)?.clone();
    if is_whole {
        act.reset(&mut record);
    }
    act.stamp(&mut record.fields, false);
    if let (TESTS, Some(version)) = (act.kind.collection, record.fields.get("version").and_then(Value::as_i64)) {
        record.fields.insert("version".to_owned(), json!(version + 1));
    }
    act.absorb(store, &mut record, act.body())?;
    let shown = act.show(store, &record);
    store.put(act.kind.collection, &act.scope, record);
    Ok(shown)
}

pub(super) fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = act.find(store)?.key.clone();
    store.remove(act.kind.collection, &act.scope, &key);
    cascade::after_delete(act, store, &key);
    Ok(Value::Null)
}

impl Act<'_> {
    /// A page of those records that pass a filter.
    pub(super) fn page(&self, store: &Store, records: &[Record], filter: &str) -> Done {
        let fields = &self.kind.fields;
        let filter = match filter.trim() {
            "" => None,
            text => Some(Filter::read(text, &|name| fields.named(name)).map_err(|message| Failure::bad(format!("Filter: {message}.")))?),
        };
        let view = View { store, user: self.user };
        let shown = records.iter().map(|record| view.listed(self.kind, &self.scope, record));
        let admitted: Vec<Value> = shown.filter(|entity| filter.as_ref().is_none_or(|f| f.admits(entity))).map(Value::Object).collect();
        Ok(page(self.call, &admitted, self.acl(store)))
    }

    pub(super) fn show(&self, store: &Store, record: &Record) -> Value {
        Value::Object(View { store, user: self.user }.single(self.kind, &self.scope, record))
    }

    pub(super) fn acl(&self, store: &Store) -> i64 {
        match self.area() {
            "" if rights::is_admin(store, self.user) => 7,
            "" => 1,
            area => rights::acl(store, self.user, &self.project, area),
        }
    }

    /// A new entity with a number of its own.
    pub(super) fn make(&self, store: &mut Store, body: Map<String, Value>) -> Result<Record, Failure> {
        let mut fields = self.kind.fields.fresh();
        self.stamp(&mut fields, true);
        let mut record = Record { key: String::new(), fields, hidden: Map::new() };
        if self.kind.collection == TESTS {
            record.fields.insert("version".to_owned(), json!(1));
        }
        if self.kind.collection == NOTES {
            let seq = store.list(NOTES, &self.scope).len() + 1;
            record.fields.insert("notes_type_code".to_owned(), json!("Notes"));
            record.fields.insert("seq".to_owned(), json!(seq));
        }
        self.absorb(store, &mut record, body)?;
        let id = store.next_number(self.kind.collection, "");
        record.key = id.to_string();
        record.fields.insert(self.kind.key.to_owned(), json!(id));
        if self.kind.collection == RELEASES {
            record.fields.insert("release_id".to_owned(), json!(id));
        }
        Ok(record)
    }
}
