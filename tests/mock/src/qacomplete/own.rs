//! Members that the document does not know and an entity has all the same: who was shown them may send them back.

use super::act::Act;
use super::entities::CODED;
use super::fields::Fields;
use super::kinds::{self, Kind, Place, USER_GROUPS, USERS};
use super::library::{RESULT, RUN_ITEM, STEP, TEST_RUN};
use crate::store::{Collection, Record, Store};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every kind that can be seeded.
pub(super) fn kind(collection: Collection) -> Option<&'static Kind> {
    let others = [
        &kinds::PROJECT,
        &kinds::DEPARTMENT,
        &kinds::SECURITY_GROUP,
        &kinds::PRIVILEGE,
        &kinds::USER_GROUP,
        &kinds::USER,
        &kinds::SET_ITEM,
        &kinds::FOLDER,
        &kinds::LINKED_ITEM,
        &kinds::ATTACHMENT,
        &kinds::NOTE,
        &kinds::AUTOMATION,
        &kinds::AUTOMATION_ATTACHMENT,
        &TEST_RUN,
        &RUN_ITEM,
    ];
    CODED.into_iter().chain(others).find(|kind| kind.collection == collection)
}

/// The members of what a change is about. Where several things are changed at once, those of all.
pub(super) fn members(act: &Act<'_>, store: &Store) -> BTreeSet<String> {
    let (scope, key) = match (act.kind.collection, act.kind.place) {
        (USERS, _) => (String::new(), Some(act.argument(1))),
        (USER_GROUPS, _) => (act.argument(1), None),
        // These are addressed by their position.
        (kinds::TEST_SET_ITEMS, _) => (act.scope.clone(), None),
        (_, Place::Account) => return BTreeSet::new(),
        _ => (act.scope.clone(), act.key.clone()),
    };
    let all = store.list(act.kind.collection, &scope).iter();
    all.filter(|record| key.as_ref().is_none_or(|key| record.key == *key)).flat_map(|record| unknown(act.kind, record)).collect()
}

fn unknown(kind: &Kind, record: &Record) -> Vec<String> {
    let mut names: Vec<String> = record.fields.keys().filter(|name| !kind.knows(name)).cloned().collect();
    for (member, fields) in [("test_steps", &STEP), ("test_run_results", &RESULT)] {
        let parts = record.fields.get(member).and_then(Value::as_array).into_iter().flatten();
        names.extend(parts.flat_map(|part| unknown_in(fields, part)));
    }
    names
}

fn unknown_in(fields: &Fields, part: &Value) -> Vec<String> {
    let names = part.as_object().into_iter().flat_map(|map| map.keys());
    names.filter(|name| fields.sort(name).is_none()).cloned().collect()
}
