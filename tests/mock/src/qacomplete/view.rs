//! What is shown of an entity.

use super::act::code;
use super::kinds::{
    ATTACHMENTS, FOLDERS, Kind, LINKED_ITEMS, NOTES, PROJECTS, RELEASES, REQUIREMENTS, TEST_RUN_ITEMS, TEST_RUNS, TEST_SET_ITEMS,
    TEST_SETS, TESTS, USERS,
};
use super::wire::clock;
use super::{related, rights, runs};
use crate::store::{Collection, Record, Store};
use serde_json::{Map, Value, json};

/// Numbers, and the members that name what they stand for.
const NAMES: [(&str, &str, Collection); 15] = [
    ("assignee_user_id", "assigned_to_name", USERS),
    ("owner_user_id", "owner_name", USERS),
    ("update_user_id", "user_name", USERS),
    ("update_user_id", "updated_user_name", USERS),
    ("create_user_id", "created_user_name", USERS),
    ("opened_by", "opened_by_name", USERS),
    ("run_by_user_id", "run_by_user_name", USERS),
    ("last_run_by_user_id", "last_run_by_name", USERS),
    ("last_run_by_user_id", "last_run_by_user_name", USERS),
    ("status_updated_by", "status_updated_by_user_name", USERS),
    ("folder_id", "folder_name", FOLDERS),
    ("parent_id", "parent_name", RELEASES),
    ("release_id", "release_name", RELEASES),
    ("test_set_id", "test_set_name", TEST_SETS),
    ("last_run_release_id", "last_run_release_name", RELEASES),
];

/// Who looks at what.
#[derive(Clone, Copy)]
pub(super) struct View<'s> {
    pub(super) store: &'s Store,
    pub(super) user: i64,
}

impl View<'_> {
    /// An entity in a list.
    pub(super) fn listed(self, kind: &Kind, scope: &str, record: &Record) -> Map<String, Value> {
        let mut fields = record.fields.clone();
        self.name(kind, scope, &mut fields);
        self.complete(kind, scope, record, &mut fields);
        let project = scope.split('/').next().unwrap_or_default();
        if kind.permissions {
            let acl = match kind.collection {
                PROJECTS => i64::from(rights::group(self.store, self.user, &record.key).is_some()),
                _ => rights::acl(self.store, self.user, project, kind.area),
            };
            fields.insert("__permissions".to_owned(), json!({ "acl": acl }));
        }
        // Texts that are not set are left out.
        drop_unset(&mut fields);
        for part in ["test_steps", "test_run_results"] {
            let parts = fields.get_mut(part).and_then(Value::as_array_mut).into_iter().flatten();
            parts.filter_map(Value::as_object_mut).for_each(drop_unset);
        }
        fields
    }

    /// An entity read by itself. Two members are printed under other names than public code has them.
    pub(super) fn single(self, kind: &Kind, scope: &str, record: &Record) -> Map<String, Value> {
        let mut fields = self.listed(kind, scope, record);
        let renamed = match kind.collection {
            TEST_SET_ITEMS => Some(("is_active", "active")),
            NOTES => Some(("entity_id", "fk_id")),
            _ => None,
        };
        if let Some((name, printed)) = renamed
            && let Some(value) = fields.remove(name)
        {
            fields.insert(printed.to_owned(), value);
        }
        fields
    }

    fn name(self, kind: &Kind, scope: &str, fields: &mut Map<String, Value>) {
        let project = scope.split('/').next().unwrap_or_default();
        for (number, name, collection) in NAMES {
            if kind.fields.sort(number).is_none() || kind.fields.sort(name).is_none() {
                continue;
            }
            let (collection, within) = match (collection, kind.collection) {
                (USERS, _) => (USERS, String::new()),
                (FOLDERS, _) => (FOLDERS, format!("{project}/{}", kind.code)),
                (RELEASES, FOLDERS) => (FOLDERS, scope.to_owned()),
                (other, _) => (other, project.to_owned()),
            };
            let id = fields.get(number).map(ToString::to_string).unwrap_or_default();
            if let Some(title) = self.store.get(collection, &within, &id).and_then(title) {
                fields.insert(name.to_owned(), json!(title));
            }
        }
    }

    /// Members that follow from other entities.
    fn complete(self, kind: &Kind, scope: &str, record: &Record, fields: &mut Map<String, Value>) {
        let own = format!("{scope}/{}/{}", kind.code, record.key);
        let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
        if kind.fields.sort("nbr_files").is_some() && kind.collection != TEST_SET_ITEMS && kind.collection != PROJECTS {
            set("nbr_files", json!(self.store.list(ATTACHMENTS, &own).len()));
            set("nbr_notes", json!(self.store.list(NOTES, &own).len()));
        }
        let project = scope.split('/').next().unwrap_or_default();
        match kind.collection {
            TESTS => {
                set("nbr_steps", json!(count(record, "test_steps")));
                set("avg_run_time_formated", json!(clock(number(record, "avg_run_time"))));
            }
            TEST_SETS => set("nbr_tests", json!(self.store.list(TEST_SET_ITEMS, &own).len())),
            TEST_SET_ITEMS => {
                let place = self.store.list(TEST_SET_ITEMS, scope).iter().position(|item| item.key == record.key);
                set("seq", json!(place.map_or(0, |place| place + 1)));
                if let Some(test) = self.store.get(TESTS, project, &number(record, "test_id").to_string()) {
                    set("title", test.field("title").cloned().unwrap_or_default());
                    set("nbr_steps", json!(count(test, "test_steps")));
                }
            }
            // As the page of requirements prints them.
            REQUIREMENTS => {
                set("active", json!(record.field("active").is_some_and(|active| active == &json!(true)).to_string()));
                let custom = record.field("custom_fields").and_then(Value::as_array).into_iter().flatten();
                set("custom_fields", custom.map(lower).collect());
            }
            FOLDERS => {
                let parents = super::folders::path(self.store, scope, record);
                set("full_folder_name", json!(parents.join("/")));
                let code = scope.split('/').nth(1).and_then(|word| code(word).ok()).map_or("", |(code, _)| code);
                set("entity_code", json!(if code == "FunctionalSpecs" { "Requirements" } else { code }));
                // Folders show only the name.
                fields.remove("create_user_id");
            }
            LINKED_ITEMS => related::complete(self.store, project, record, fields),
            TEST_RUNS => fields.extend(runs::counts(self.store, &own)),
            TEST_RUN_ITEMS => set("run_time_formated", json!(clock(number(record, "run_time")))),
            // Some numbers come as texts.
            PROJECTS => set("id", json!(record.key)),
            NOTES => set("id", json!(record.key)),
            _ => {}
        }
    }
}

fn drop_unset(fields: &mut Map<String, Value>) {
    fields.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
}

/// What a record is called.
fn title(record: &Record) -> Option<String> {
    let text = |name: &str| record.field(name).and_then(Value::as_str);
    let person = text("last_name").zip(text("first_name")).map(|(last, first)| format!("{last}, {first}"));
    person.or_else(|| ["title", "folder_name"].into_iter().find_map(text).map(str::to_owned))
}

pub(super) fn number(record: &Record, name: &str) -> i64 {
    record.field(name).and_then(Value::as_i64).unwrap_or_default()
}

fn count(record: &Record, name: &str) -> usize {
    record.field(name).and_then(Value::as_array).map_or(0, Vec::len)
}

/// A custom field with small letters.
fn lower(field: &Value) -> Value {
    let members = field.as_object().into_iter().flatten();
    let rename = |(name, value): (&String, &Value)| match name.as_str() {
        "Id" | "Name" | "Value" => (name.to_lowercase(), value.clone()),
        _ => (name.clone(), value.clone()),
    };
    Value::Object(members.map(rename).collect())
}
