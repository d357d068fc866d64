//! What the service shows of a record: names beside numbers, titles as it writes them.

use super::calls::Act;
use super::kinds::{FOLDERS, Kind, RELEASES, TEST_CONFIGURATIONS, TEST_SETS, TESTS, USERS};
use crate::store::{Collection, Record, Store};
use serde_json::{Value, json};

/// A name that the service derives from a number.
pub(super) struct Pair {
    id: &'static str,
    pub(super) name: &'static str,
    collection: Collection,
}

const fn pair(id: &'static str, name: &'static str, collection: Collection) -> Pair {
    Pair { id, name, collection }
}

static PAIRS: [Pair; 12] = [
    pair("FolderId", "FolderName", FOLDERS),
    pair("UpdateUserId", "UserName", USERS),
    pair("AssigneeUserId", "AssignedToName", USERS),
    pair("OwnerUserId", "OwnerName", USERS),
    pair("OwnerUserId", "OwnerUserName", USERS),
    pair("RunByUserId", "RunByUserName", USERS),
    pair("ClosedBy", "ClosedByName", USERS),
    pair("ResolvedBy", "ResolvedByName", USERS),
    pair("ParentId", "ParentName", RELEASES),
    pair("TestSetId", "TestSetName", TEST_SETS),
    pair("TestId", "TestName", TESTS),
    pair("TestConfigId", "ConfigurationName", TEST_CONFIGURATIONS),
];

/// The names that are derived in a type with these elements. Who changed an object is known where the type does not show it, too.
/// A folder's own name is no derived one.
pub(super) fn derived(fields: &[(String, &'static str)]) -> impl Iterator<Item = &'static Pair> {
    let is_folder = fields.iter().any(|(field, _)| field == "FullFolderName");
    PAIRS.iter().filter(move |pair| {
        let has = |name: &str| fields.iter().any(|(field, _)| field == name);
        has(pair.name) && (has(pair.id) || pair.id == "UpdateUserId") && !(is_folder && pair.name == "FolderName")
    })
}

/// A record as an object of its type.
pub(super) fn show(act: &Act<'_>, store: &Store, kind: &Kind, record: &Record) -> Value {
    with_names(store, kind, &derived(&act.fields(kind)).collect::<Vec<_>>(), record)
}

fn with_names(store: &Store, kind: &Kind, pairs: &[&Pair], record: &Record) -> Value {
    let mut fields = record.fields.clone();
    for pair in pairs {
        let id = record.field(pair.id).and_then(Value::as_i64).unwrap_or_default();
        if let Some(name) = name(store, pair.collection, id) {
            fields.insert(pair.name.to_owned(), json!(name));
        }
    }
    if let (true, Some(Value::String(title))) = (kind.encoded, fields.get_mut("Title")) {
        *title = encoded(title);
    }
    Value::Object(fields)
}

/// Records as the content of an array element.
pub(super) fn list<'r>(act: &Act<'_>, store: &Store, kind: &Kind, records: impl IntoIterator<Item = &'r Record>) -> Value {
    let pairs: Vec<&Pair> = derived(&act.fields(kind)).collect();
    let items: Vec<Value> = records.into_iter().map(|record| with_names(store, kind, &pairs, record)).collect();
    json!({ kind.type_name: items })
}

/// What a record is called.
fn name(store: &Store, collection: Collection, id: i64) -> Option<String> {
    let record = store.get(collection, "", &id.to_string())?;
    let text = |name: &str| record.field(name).and_then(Value::as_str);
    if collection == USERS {
        return Some(format!("{}, {}", text("LastName")?, text("FirstName")?));
    }
    ["Title", "FolderName", "ConfigurationName", "HostName"].into_iter().find_map(text).map(str::to_owned)
}

/// The text that still holds numeric entities once XML is parsed.
pub(super) fn encoded(title: &str) -> String {
    title.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;")
}

/// What [`encoded`] came from.
pub(super) fn decoded(title: &str) -> String {
    title.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}
