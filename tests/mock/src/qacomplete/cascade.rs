//! What goes with an entity that is deleted.

use super::act::Act;
use super::entities::CODED;
use super::kinds::{AUTOMATION_ATTACHMENTS, AUTOMATIONS, FOLDERS, LINKED_ITEMS, TEST_SET_ITEMS, TEST_SETS, TESTS};
use super::view::number;
use crate::store::Store;
use serde_json::{Value, json};

pub(super) fn after_delete(act: &Act<'_>, store: &mut Store, key: &str) {
    match act.kind.collection {
        FOLDERS => empty_folder(act, store, key),
        AUTOMATIONS => drop(store.remove(AUTOMATION_ATTACHMENTS, &act.scope, key)),
        LINKED_ITEMS | AUTOMATION_ATTACHMENTS => {}
        _ => {
            let own = format!("{}/{}/{key}", act.scope, act.kind.code);
            let links: Vec<(String, String)> = store
                .list(LINKED_ITEMS, &own)
                .iter()
                .map(|link| (super::related::other_end(&act.project, link), link.key.clone()))
                .collect();
            for (other, link) in links {
                store.remove(LINKED_ITEMS, &other, &link);
            }
            store.clear(&own);
        }
    }
    if act.kind.collection == TESTS {
        let sets: Vec<String> = store.list(TEST_SETS, &act.project).iter().map(|set| set.key.clone()).collect();
        for set in sets {
            let items = store.list_mut(TEST_SET_ITEMS, &format!("{}/TestSets/{set}", act.project));
            items.retain(|item| number(item, "test_id").to_string() != key);
        }
    }
}

/// What was in a folder is in none.
fn empty_folder(act: &Act<'_>, store: &mut Store, key: &str) {
    let members = CODED.iter().map(|kind| (kind.collection, act.project.clone(), "folder_id", kind.code));
    let code = act.scope.split('/').nth(1).unwrap_or_default().to_owned();
    let members: Vec<_> = members.filter(|(.., own)| *own == code).map(|(c, s, member, _)| (c, s, member)).collect();
    for (collection, scope, member) in members.into_iter().chain([(FOLDERS, act.scope.clone(), "parent_id")]) {
        for record in store.list_mut(collection, &scope) {
            if record.field(member).map(Value::to_string).as_deref() == Some(key) {
                record.fields.insert(member.to_owned(), json!(0));
            }
        }
    }
}
