//! The verbs most kinds have in common.

use super::calls::{Act, Done};
use super::kinds::{Kind, NOTE};
use super::operations::Verb;
use super::{cascade, criteria, refusal, view};
use crate::soap::SoapFault;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// What the server keeps of an object whatever an update says.
const KEPT: [&str; 4] = ["DateCreated", "CreateUserId", "ProjId", "DeptId"];

impl Act<'_> {
    pub(super) fn common(&self, verb: Verb, kind: &'static Kind, store: &mut Store) -> Done {
        match verb {
            Verb::Add => self.add(kind, self.object(), store).map(|id| Some(json!(id))),
            Verb::Record => self.add(kind, self.object(), store).map(|_| None),
            Verb::Load => self.find(store, kind, self.id()).map(|record| Some(view::show(self, store, kind, record))),
            Verb::LoadByCriteria => criteria::load(self, kind, store),
            Verb::Update => self.update(kind, self.object(), store).map(|_| None),
            Verb::Delete => {
                self.find(store, kind, self.id())?;
                cascade::delete(store, kind, self.id());
                Ok(None)
            }
        }
    }

    /// Makes an object; answers with its number.
    pub(super) fn add(&self, kind: &'static Kind, sent: Map<String, Value>, store: &mut Store) -> Result<i64, SoapFault> {
        let mut fields = self.accept(kind, sent, store)?;
        for (name, value) in kind.defaults {
            fields.entry(*name).or_insert(json!(value));
        }
        let id = store.next_number(kind.collection, "");
        let has = |name: &str| self.fields(kind).iter().any(|(field, _)| field == name);
        let project = self.projects.first().copied().unwrap_or_default();
        let department = self.call.credentials().get("DeptId").cloned().unwrap_or_default();
        let set = [
            ("DateCreated", json!(self.now)),
            ("DateUpdated", json!(self.now)),
            ("CreateUserId", json!(self.user)),
            ("UpdateUserId", json!(self.user)),
            ("ProjId", json!(project)),
            ("DeptId", department),
        ];
        fields.extend(set.into_iter().filter(|(name, _)| has(name)).map(|(name, value)| (name.to_owned(), value)));
        identify(kind, &mut fields, id);
        let hidden = json!({ "ProjId": project, "UpdateUserId": self.user });
        let Value::Object(hidden) = hidden else { return Err(SoapFault::server("no record")) };
        store.put(kind.collection, "", Record { key: id.to_string(), fields, hidden });
        let id = i64::try_from(id).map_err(|_| SoapFault::server("no number is left"))?;
        if let (Some(text), false) = (self.text("NewNotes"), kind.entity.is_empty()) {
            let note = json!({ "EntityCode": kind.entity, "FKId": id, "Description": text });
            self.add(&NOTE, note.as_object().cloned().unwrap_or_default(), store)?;
        }
        Ok(id)
    }

    /// Replaces an object: what was not sent is cleared, what the server alone writes stays.
    pub(super) fn update(&self, kind: &'static Kind, sent: Map<String, Value>, store: &mut Store) -> Result<i64, SoapFault> {
        let id = sent.get(kind.key).or_else(|| sent.get(kind.twin?)).and_then(Value::as_i64);
        let id = id.ok_or_else(|| refusal(format!("{} is required.", kind.key)))?;
        let old = self.find(store, kind, id)?.clone();
        let mut fields = self.accept(kind, sent, store)?;
        let kept = KEPT.iter().chain(kind.fixed).chain([&kind.key]).chain(kind.twin.as_ref());
        fields.extend(kept.filter_map(|name| Some(((*name).to_owned(), old.fields.get(*name)?.clone()))));
        let mut hidden = old.hidden;
        hidden.insert("UpdateUserId".to_owned(), json!(self.user));
        for (name, value) in [("DateUpdated", json!(self.now)), ("UpdateUserId", json!(self.user))] {
            if self.fields(kind).iter().any(|(field, _)| field == name) {
                fields.insert(name.to_owned(), value);
            }
        }
        store.put(kind.collection, "", Record { key: old.key, fields, hidden });
        Ok(id)
    }

    /// What was sent without what the server alone writes.
    fn accept(&self, kind: &Kind, mut sent: Map<String, Value>, store: &Store) -> Result<Map<String, Value>, SoapFault> {
        if let Some(name) = kind.required.iter().find(|name| !sent.contains_key(**name)) {
            return Err(refusal(format!("{name} is required.")));
        }
        for (name, collection) in kind.refers {
            let id = sent.get(*name).and_then(Value::as_i64).unwrap_or_default();
            if id != 0 && !self.seen(store, *collection).any(|record| record.key == id.to_string()) {
                return Err(refusal(format!("{name}: there is no {id} in {}.", collection.name())));
            }
        }
        let fields = self.fields(kind);
        let server = KEPT.iter().chain(kind.fixed).chain(&["DateUpdated", "UpdateUserId"]).chain([&kind.key]).chain(kind.twin.as_ref());
        server.for_each(|name| drop(sent.remove(*name)));
        view::derived(&fields).for_each(|pair| drop(sent.remove(pair.name)));
        if let (true, Some(Value::String(title))) = (kind.encoded, sent.get_mut("Title")) {
            *title = view::decoded(title);
        }
        Ok(sent)
    }
}

/// Writes an object's number into it.
pub(super) fn identify(kind: &Kind, fields: &mut Map<String, Value>, id: u64) {
    for name in [Some(kind.key), kind.twin].into_iter().flatten().filter(|name| !name.is_empty()) {
        fields.insert(name.to_owned(), json!(id));
    }
}
