//! Folders: a tree per kind of entity.

use super::act::Act;
use super::kinds::FOLDERS;
use super::view::number;
use super::wire::Failure;
use crate::store::{Record, Store};
use serde_json::{Value, json};

/// Names from the root to a folder. A circle, which seeds may have, ends where it closes.
pub(super) fn path(store: &Store, scope: &str, folder: &Record) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = vec![folder.key.clone()];
    let mut next = Some(folder);
    while let Some(folder) = next {
        names.push(name(folder).to_owned());
        let parent = number(folder, "parent_id").to_string();
        next = store.get(FOLDERS, scope, &parent).filter(|_| !seen.contains(&parent));
        seen.push(parent);
    }
    names.reverse();
    names
}

/// The parent is named; no two folders at one place have the same name.
pub(super) fn settle(act: &Act<'_>, store: &Store, folder: &mut Record) -> Result<(), Failure> {
    let wanted = folder.fields.remove("parent_name");
    if let Some(parent) = wanted.as_ref().and_then(Value::as_str).filter(|name| !name.is_empty()) {
        let found = store.list(FOLDERS, &act.scope).iter().find(|record| name(record) == parent && record.key != folder.key);
        let found = found.ok_or_else(|| Failure::bad(format!("ParentName: there is no folder {parent}.")))?;
        folder.fields.insert("parent_id".to_owned(), found.fields.get("id").cloned().unwrap_or_default());
    } else if wanted.is_some_and(|name| name.is_null() || name == "") {
        // A PUT without it, or with an empty one, moves the folder to the root; a PATCH without it keeps the place.
        if act.body().contains_key("ParentName") || act.call.signature().starts_with("PUT") {
            folder.fields.insert("parent_id".to_owned(), json!(0));
        }
    }
    let twin = |other: &&Record| {
        other.key != folder.key && name(other) == name(folder) && number(other, "parent_id") == number(folder, "parent_id")
    };
    match store.list(FOLDERS, &act.scope).iter().find(twin) {
        Some(twin) => Err(Failure::exists(format!("Folder {} exists already.", name(twin)))),
        None => Ok(()),
    }
}

fn name(folder: &Record) -> &str {
    folder.field("folder_name").and_then(Value::as_str).unwrap_or_default()
}
