//! What hangs on an entity: links to others, and attached files.

use super::act::{Act, code, has};
use super::entities::CODED;
use super::kinds::{ATTACHMENTS, LINKED_ITEMS};
use super::view::number;
use super::wire::{Done, Failure};
use crate::elsewhere::upload_path;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Links two entities. A link is seen from both ends, under one number.
pub(super) fn link(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let (code, _) = code(body.get("LinkedEntityCode").and_then(Value::as_str).unwrap_or_default())?;
    let id = body.get("LinkedEntityId").and_then(Value::as_i64).unwrap_or_default();
    if !has(store, &act.project, code, &id.to_string()) {
        return Err(Failure::absent(format!("Entity {code} with Id {id} wasn't found.")));
    }
    let other = format!("{}/{code}/{id}", act.project);
    if other == act.scope {
        return Err(Failure::bad("LinkedEntityId: nothing is linked to itself."));
    }
    if store.list(LINKED_ITEMS, &act.scope).iter().any(|link| other_end(&act.project, link) == other) {
        return Err(Failure::exists(format!("The link to {code} {id} exists already.")));
    }
    let number = store.next_number(LINKED_ITEMS, "");
    let mut own = act.kind.fields.fresh();
    act.stamp(&mut own, true);
    own.extend([("link_id", json!(number)), ("linked_entity_code", json!(code)), ("linked_entity_id", json!(id))].map(named));
    let mut mirror = own.clone();
    for (one, two) in [("entity_code", "linked_entity_code"), ("entity_id", "linked_entity_id")] {
        mirror.extend([(one, own[two].clone()), (two, own[one].clone())].map(named));
    }
    let record = |fields| Record { key: number.to_string(), fields, hidden: Map::new() };
    store.put(LINKED_ITEMS, &other, record(mirror));
    store.put(LINKED_ITEMS, &act.scope, record(own.clone()));
    Ok(act.show(store, &record(own)))
}

pub(super) fn unlink(act: &Act<'_>, store: &mut Store) -> Done {
    let link = act.find(store)?.clone();
    store.remove(LINKED_ITEMS, &act.scope, &link.key);
    store.remove(LINKED_ITEMS, &other_end(&act.project, &link), &link.key);
    Ok(Value::Null)
}

/// The scope of the entity that a link leads to.
pub(super) fn other_end(project: &str, link: &Record) -> String {
    let code = link.field("linked_entity_code").and_then(Value::as_str).unwrap_or_default();
    format!("{project}/{code}/{}", number(link, "linked_entity_id"))
}

/// Title and status of the other end.
pub(super) fn complete(store: &Store, project: &str, link: &Record, fields: &mut Map<String, Value>) {
    let code = link.field("linked_entity_code").and_then(Value::as_str).unwrap_or_default();
    let kind = CODED.iter().find(|kind| kind.code == code);
    let id = number(link, "linked_entity_id").to_string();
    if let Some(record) = kind.and_then(|kind| store.get(kind.collection, project, &id)) {
        let status = record.field("status").or_else(|| record.field("status_code"));
        fields.extend([("title", record.field("title")), ("status", status)].map(|(name, value)| named((name, json!(value)))));
    }
}

pub(super) fn attach(act: &Act<'_>, store: &mut Store) -> Done {
    let mut record = act.make(store, act.body())?;
    bring_file(act, store, &mut record)?;
    let file_name = record.fields["file_name"].clone();
    let title = record.fields.entry("title").or_insert(Value::Null);
    if title.is_null() {
        *title = file_name;
    }
    store.put(ATTACHMENTS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

/// Another file under the same number; texts left out are reset.
pub(super) fn reattach(act: &Act<'_>, store: &mut Store) -> Done {
    let mut record = act.find(store)?.clone();
    act.reset(&mut record);
    act.stamp(&mut record.fields, false);
    act.absorb(store, &mut record, act.body())?;
    bring_file(act, store, &mut record)?;
    store.put(ATTACHMENTS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

fn bring_file(act: &Act<'_>, store: &mut Store, record: &mut Record) -> Result<(), Failure> {
    let file = act.call.file("File").ok_or_else(|| Failure::bad("File is required."))?;
    record.fields.extend([("attachment_type_code", json!("File")), ("file_name", json!(file.file_name))].map(named));
    let number = store.keep(file.clone());
    record.hidden.insert("upload".to_owned(), json!(number));
    record.hidden.insert("url".to_owned(), json!(format!("{}{}", act.elsewhere, upload_path(number))));
    Ok(())
}

pub(super) fn named<T>((name, value): (&str, T)) -> (String, T) {
    (name.to_owned(), value)
}
