//! Automations of a test, one per agent, and the file of each.

use super::act::Act;
use super::kinds::{AUTOMATION_ATTACHMENTS, AUTOMATIONS};
use super::related::named;
use super::wire::{Done, Failure};
use crate::elsewhere::upload_path;
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let agent = act.key.clone().unwrap_or_default();
    if store.get(AUTOMATIONS, &act.scope, &agent).is_some() {
        return Err(Failure::exists(format!("The test has an automation for {agent} already.")));
    }
    let mut record = Record { key: agent.clone(), fields: act.kind.fields.fresh(), hidden: Map::new() };
    record.fields.insert("agent".to_owned(), json!(agent));
    act.absorb(store, &mut record, act.body())?;
    store.put(AUTOMATIONS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn attachment(act: &Act<'_>, store: &mut Store) -> Done {
    check_automation(act, store)?;
    let record = act.find(store)?;
    Ok(act.show(store, record))
}

pub(super) fn attach(act: &Act<'_>, store: &mut Store) -> Done {
    check_automation(act, store)?;
    let agent = act.key.clone().unwrap_or_default();
    if store.get(AUTOMATION_ATTACHMENTS, &act.scope, &agent).is_some() {
        return Err(Failure::exists("The automation has an attachment already."));
    }
    let mut record = Record { key: agent, fields: act.kind.fields.fresh(), hidden: Map::new() };
    act.stamp(&mut record.fields, true);
    bring(act, store, &mut record)?;
    store.put(AUTOMATION_ATTACHMENTS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn reattach(act: &Act<'_>, store: &mut Store) -> Done {
    check_automation(act, store)?;
    let mut record = act.find(store)?.clone();
    record.hidden.clear();
    act.stamp(&mut record.fields, false);
    bring(act, store, &mut record)?;
    store.put(AUTOMATION_ATTACHMENTS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn update_attachment(act: &Act<'_>, store: &mut Store) -> Done {
    check_automation(act, store)?;
    let mut record = act.find(store)?.clone();
    act.stamp(&mut record.fields, false);
    if let Some(link) = link(act) {
        refer(&mut record, link);
    }
    comment(act, &mut record);
    store.put(AUTOMATION_ATTACHMENTS, &act.scope, record.clone());
    Ok(act.show(store, &record))
}

pub(super) fn detach(act: &Act<'_>, store: &mut Store) -> Done {
    check_automation(act, store)?;
    let key = act.find(store)?.key.clone();
    store.remove(AUTOMATION_ATTACHMENTS, &act.scope, &key);
    Ok(Value::Null)
}

fn check_automation(act: &Act<'_>, store: &Store) -> Result<(), Failure> {
    let agent = act.key.as_deref().unwrap_or_default();
    match store.get(AUTOMATIONS, &act.scope, agent) {
        Some(_) => Ok(()),
        None => Err(Failure::absent(format!("Entity Automations with Id {agent} wasn't found."))),
    }
}

fn link<'a>(act: &'a Act<'_>) -> Option<&'a str> {
    act.call.query("Link").and_then(Value::as_str).filter(|link| !link.is_empty())
}

/// A file or a link, and not both.
fn bring(act: &Act<'_>, store: &mut Store, record: &mut Record) -> Result<(), Failure> {
    match (act.call.file("File"), link(act)) {
        (None, None) => return Err(Failure::bad("File or Link is required.")),
        (Some(_), Some(_)) => return Err(Failure::bad("File and Link exclude each other.")),
        (None, Some(link)) => refer(record, link),
        (Some(file), None) => {
            let format = if file.file_name.to_lowercase().ends_with(".zip") { "PKZip File" } else { "File" };
            record.fields.extend([("file_name", json!(file.file_name)), ("file_format_code", json!(format))].map(named));
            let path = upload_path(store.keep(file.clone()));
            record.hidden.insert("url".to_owned(), json!(format!("{}{path}", act.elsewhere)));
        }
    }
    comment(act, record);
    Ok(())
}

/// A web address, or a path on a network share.
fn refer(record: &mut Record, link: &str) {
    let format = if link.starts_with("\\\\") { "UNC" } else { "URL" };
    record.fields.extend([("file_name", json!(link)), ("file_format_code", json!(format))].map(named));
    record.hidden.insert("url".to_owned(), json!(link));
}

/// No answer shows comments; a test can look them up.
fn comment(act: &Act<'_>, record: &mut Record) {
    if let Some(comments) = act.call.query("Comments") {
        record.hidden.insert("comments".to_owned(), comments.clone());
    }
}
