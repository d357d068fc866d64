//! What goes with an object that is deleted.

use super::kinds::{self, ATTACHMENTS, FOLDERS, Kind, LINKS, NOTES};
use crate::store::{Record, Store};
use serde_json::{Value, json};

/// Deletes an object, what is in it, and what is attached to it.
pub(super) fn delete(store: &mut Store, kind: &Kind, id: i64) {
    if store.remove(kind.collection, "", &id.to_string()).is_none() {
        return;
    }
    for (collection, name) in kind.children {
        let children = store.list(*collection, "").iter().filter(|child| child.field(name) == Some(&json!(id)));
        let numbers: Vec<i64> = children.filter_map(|child| child.key.parse().ok()).collect();
        if let Some(child) = kinds::of(*collection) {
            numbers.into_iter().for_each(|number| delete(store, child, number));
        }
    }
    if !kind.entity.is_empty() {
        let names = |record: &Record, code: &str, key: &str| {
            record.field(code).and_then(Value::as_str).and_then(kinds::entity).is_some_and(|other| other.entity == kind.entity)
                && record.field(key) == Some(&json!(id))
        };
        for collection in [NOTES, ATTACHMENTS, LINKS] {
            let attached = |record: &Record| names(record, "EntityCode", "FKId") || names(record, "LinkedEntityCode", "LinkedFKId");
            store.list_mut(collection, "").retain(|record| !attached(record));
        }
    }
    if kind.collection == FOLDERS {
        for kind in kinds::ALL {
            for record in store.list_mut(kind.collection, "") {
                if kind.collection != FOLDERS && record.field("FolderId") == Some(&json!(id)) {
                    record.fields.insert("FolderId".to_owned(), json!(0));
                }
            }
        }
    }
}
