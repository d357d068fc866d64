//! What hangs on other objects: files, notes, links, custom fields, choice lists, audits.

use super::calls::{Act, Done};
use super::criteria;
use super::kinds::{self, ATTACHMENT, ATTACHMENTS, AUDIT, CUSTOM_FIELD, CUSTOM_FIELDS, Kind, LINK, LINKS, LOOK_UP, LOOK_UPS, NOTE, NOTES};
use super::{refusal, view};
use crate::soap::SoapFault;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Custom fields an entity can have.
const MAX_FIELDS: i64 = 90;

/// The object that `code` and `id` name must be there.
fn check_owner(act: &Act<'_>, store: &Store, code: &str, id: i64) -> Result<(), SoapFault> {
    let kind = kinds::entity(code).ok_or_else(|| refusal(format!("EntityCode `{code}` is not known.")))?;
    act.find(store, kind, id).map(drop)
}

fn text<'v>(fields: &'v Map<String, Value>, name: &str) -> &'v str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn check_owner_of(act: &Act<'_>, store: &Store, sent: &Map<String, Value>) -> Result<(), SoapFault> {
    check_owner(act, store, text(sent, "EntityCode"), sent.get("FKId").and_then(Value::as_i64).unwrap_or_default())
}

/// The records of a kind that hang on the object the arguments name.
pub(super) fn list_of(act: &Act<'_>, kind: &Kind, store: &Store) -> Done {
    let (code, id) = (act.text("EntityCode").unwrap_or_default(), act.number("FKId"));
    check_owner(act, store, code, id)?;
    let own = |record: &&Record| record.field("EntityCode") == Some(&json!(code)) && record.field("FKId") == Some(&json!(id));
    Ok(Some(view::list(act, store, kind, act.seen(store, kind.collection).filter(own))))
}

pub(super) fn attach(act: &Act<'_>, store: &mut Store) -> Done {
    let sent = act.object();
    check_owner_of(act, store, &sent)?;
    let file = act.call.arguments().get("File").cloned().unwrap_or_default();
    let id = act.add(&ATTACHMENT, sent, store)?;
    if let Some(record) = store.get_mut(ATTACHMENTS, "", &id.to_string()) {
        record.fields.insert("AttachmentTypeCode".to_owned(), json!("File"));
        record.hidden.insert("File".to_owned(), file);
    }
    Ok(Some(json!(id)))
}

pub(super) fn file(act: &Act<'_>, store: &Store) -> Done {
    let record = act.find(store, &ATTACHMENT, act.id())?;
    Ok(Some(record.hidden.get("File").cloned().unwrap_or(json!(""))))
}

pub(super) fn delete_attachment(act: &Act<'_>, store: &mut Store) -> Done {
    act.find(store, &ATTACHMENT, act.id())?;
    store.remove(ATTACHMENTS, "", &act.id().to_string());
    Ok(None)
}

pub(super) fn add_note(act: &Act<'_>, store: &mut Store) -> Done {
    let sent = act.object();
    check_owner_of(act, store, &sent)?;
    act.add(&NOTE, sent, store).map(|id| Some(json!(id)))
}

/// The note that the arguments name: by its number and what it is a note of.
fn find_note<'s>(act: &Act<'_>, store: &'s Store) -> Result<&'s Record, SoapFault> {
    let id = act.number("NoteId");
    let note = act.find(store, &NOTE, id)?;
    let same = note.field("EntityCode").and_then(Value::as_str) == act.text("EntityCode");
    same.then_some(note).ok_or_else(|| refusal(format!("The note {id} is none of {}.", act.text("EntityCode").unwrap_or_default())))
}

pub(super) fn note(act: &Act<'_>, store: &Store) -> Done {
    find_note(act, store).map(|note| Some(view::show(act, store, &NOTE, note)))
}

pub(super) fn delete_note(act: &Act<'_>, store: &mut Store) -> Done {
    let key = find_note(act, store)?.key.clone();
    store.remove(NOTES, "", &key);
    Ok(None)
}

/// Answers with the note as it is now.
pub(super) fn update_note(act: &Act<'_>, store: &mut Store) -> Done {
    let sent = act.object();
    check_owner_of(act, store, &sent)?;
    let id = act.update(&NOTE, sent, store)?;
    act.find(store, &NOTE, id).map(|note| Some(view::show(act, store, &NOTE, note)))
}

pub(super) fn add_link(act: &Act<'_>, store: &mut Store) -> Done {
    let sent = act.object();
    check_owner_of(act, store, &sent)?;
    check_owner(act, store, text(&sent, "LinkedEntityCode"), sent.get("LinkedFKId").and_then(Value::as_i64).unwrap_or_default())?;
    act.add(&LINK, sent, store).map(|id| Some(json!(id)))
}

/// The links of an object, whichever end it is.
pub(super) fn links(act: &Act<'_>, store: &Store) -> Done {
    let (code, id) = (act.text("EntityCode").unwrap_or_default(), act.number("FKId"));
    check_owner(act, store, code, id)?;
    let end = |link: &Record, entity: &str, key: &str| link.field(entity) == Some(&json!(code)) && link.field(key) == Some(&json!(id));
    let own = |link: &&Record| end(link, "EntityCode", "FKId") || end(link, "LinkedEntityCode", "LinkedFKId");
    Ok(Some(view::list(act, store, &LINK, act.seen(store, LINKS).filter(own))))
}

/// The link that the object describes: by its number, or by everything it says.
pub(super) fn delete_link(act: &Act<'_>, store: &mut Store) -> Done {
    let sent = act.object();
    let same = |link: &&Record| sent.iter().all(|(name, value)| link.field(name) == Some(value));
    let found = act.seen(store, LINKS).find(same).map(|link| link.key.clone());
    let key = found.ok_or_else(|| refusal("There is no such link."))?;
    store.remove(LINKS, "", &key);
    Ok(None)
}

/// A new field of an entity, and its choices if it has any; answers with its place among the fields.
pub(super) fn add_field(act: &Act<'_>, store: &mut Store) -> Done {
    let mut sent = act.object();
    let code = text(&sent, "EntityCode").to_owned();
    kinds::entity(&code).ok_or_else(|| refusal(format!("EntityCode `{code}` is not known.")))?;
    let taken: Vec<i64> = numbers_of(act, store, &code);
    let asked = sent.get("CustomFieldNbr").and_then(Value::as_i64).filter(|number| *number != 0);
    let free = || (1..=MAX_FIELDS).find(|number| !taken.contains(number));
    let number = asked.or_else(free).ok_or_else(|| refusal(format!("All custom fields of {code} are in use.")))?;
    if !(1..=MAX_FIELDS).contains(&number) || taken.contains(&number) {
        return Err(refusal(format!("CustomFieldNbr {number} is in use, or not between 1 and {MAX_FIELDS}.")));
    }
    sent.insert("CustomFieldNbr".to_owned(), json!(number));
    act.add(&CUSTOM_FIELD, sent, store)?;
    if let Some(values) = act.text("LookUpValues") {
        let values: Vec<&str> = values.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let list = json!({ "LookUpType": format!("{code}-Custom{number}"), "Values": { "string": values } });
        act.add(&LOOK_UP, list.as_object().cloned().unwrap_or_default(), store)?;
    }
    Ok(Some(json!(number)))
}

fn numbers_of(act: &Act<'_>, store: &Store, code: &str) -> Vec<i64> {
    let own = act.seen(store, CUSTOM_FIELDS).filter(|field| field.field("EntityCode") == Some(&json!(code)));
    own.filter_map(|field| field.field("CustomFieldNbr")?.as_i64()).collect()
}

/// The entity that an argument names, as the data call it.
fn entity(act: &Act<'_>) -> Result<&'static str, SoapFault> {
    let code = act.text("Entity").unwrap_or_default();
    kinds::entity(code).map(|kind| kind.entity).ok_or_else(|| refusal(format!("Entity `{code}` is not known.")))
}

pub(super) fn fields(act: &Act<'_>, store: &Store) -> Done {
    let code = json!(entity(act)?);
    let own = act.seen(store, CUSTOM_FIELDS).filter(|field| field.field("EntityCode") == Some(&code));
    Ok(Some(view::list(act, store, &CUSTOM_FIELD, own)))
}

pub(super) fn look_ups(act: &Act<'_>, store: &Store) -> Done {
    let prefix = format!("{}-", entity(act)?);
    let own = act.seen(store, LOOK_UPS).filter(|list| text(&list.fields, "LookUpType").starts_with(&prefix));
    Ok(Some(view::list(act, store, &LOOK_UP, own)))
}

pub(super) fn update_look_up(act: &Act<'_>, store: &mut Store) -> Done {
    let (code, sent) = (entity(act)?, act.object());
    let name = text(&sent, "LookUpType").to_owned();
    let same = |list: &&Record| text(&list.fields, "LookUpType") == name;
    let found = act.seen(store, LOOK_UPS).find(same).filter(|_| name.starts_with(&format!("{code}-"))).cloned();
    let list = found.ok_or_else(|| refusal(format!("{code} has no choice list `{name}`.")))?;
    store.put(LOOK_UPS, "", Record { fields: sent, ..list });
    Ok(None)
}

/// The statuses that defects can have.
pub(super) fn statuses(act: &Act<'_>, store: &Store) -> Value {
    let list = act.seen(store, LOOK_UPS).find(|list| text(&list.fields, "LookUpType") == "Bugs-StatusCode");
    list.and_then(|list| list.fields.get("Values").cloned()).unwrap_or(json!({}))
}

pub(super) fn audits(act: &Act<'_>, store: &Store) -> Done {
    let code = act.text("EntityCode").unwrap_or_default();
    let mut records = Vec::new();
    for record in act.seen(store, AUDIT.collection).filter(|record| record.field("EntityCode") == Some(&json!(code))) {
        if criteria::passes(act, &AUDIT, record, act.text("Where").unwrap_or_default())? {
            records.push(record);
        }
    }
    criteria::sort(act, &AUDIT, act.text("OrderBy").unwrap_or_default(), &mut records)?;
    Ok(Some(view::list(act, store, &AUDIT, records)))
}
