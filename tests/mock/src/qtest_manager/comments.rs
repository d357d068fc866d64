//! Comments on requirements, test cases, test runs and defects.

use super::act::Act;
use super::kinds::{COMMENTS, DEFECT, Kind, REQUIREMENT, TEST_CASE, TEST_RUN};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, nothing, ok};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// The five operations of one kind.
macro_rules! actions {
    ($($object:literal $kind:ident),+) => {
        [$(
            on(concat!("GET /api/v3/projects/{}/", $object, "/{}/comments"), &$kind, list),
            on(concat!("POST /api/v3/projects/{}/", $object, "/{}/comments"), &$kind, add),
            on(concat!("GET /api/v3/projects/{}/", $object, "/{}/comments/{}"), &$kind, get),
            on(concat!("PUT /api/v3/projects/{}/", $object, "/{}/comments/{}"), &$kind, update),
            on(concat!("DELETE /api/v3/projects/{}/", $object, "/{}/comments/{}"), &$kind, delete)
        ),+]
    };
}

pub(super) static ACTIONS: [Action; 20] =
    actions!["requirements" REQUIREMENT, "test-cases" TEST_CASE, "test-runs" TEST_RUN, "defects" DEFECT];

/// Where the comments on a thing are.
pub(super) fn scope(project: &str, kind: &Kind, key: &str) -> String {
    format!("{project}/{}/{key}", kind.object)
}

fn place(act: &Act<'_>, store: &Store) -> Result<String, Failure> {
    let record = act.find(store, &act.argument(1))?;
    Ok(scope(&act.project, act.kind, &record.key))
}

fn comment(act: &Act<'_>, store: &Store) -> Result<(String, Record), Failure> {
    let (scope, key) = (place(act, store)?, act.argument(2));
    let record = store.get(COMMENTS, &scope, &key).cloned().ok_or_else(|| Failure::absent("Comment", &key))?;
    Ok((scope, record))
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let scope = place(act, store)?;
    let all: Vec<Value> = store.list(COMMENTS, &scope).iter().map(|record| Value::Object(record.fields.clone())).collect();
    let path = format!("/api/v3/projects/{}/{}/{}/comments", act.project, act.kind.object, act.argument(1));
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(&all, &path))
}

fn add(act: &Act<'_>, store: &mut Store) -> Done {
    let scope = place(act, store)?;
    let (id, now) = (store.next_number(COMMENTS, ""), wire::moment(act.now));
    let content = act.body().remove("content");
    let shown = json!({ "id": id, "content": content, "userId": act.user, "created": now, "updated": now, "links": [] });
    if let Value::Object(fields) = &shown {
        store.put(COMMENTS, &scope, Record { key: id.to_string(), fields: fields.clone(), hidden: Map::new() });
    }
    ok(shown)
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let (_, record) = comment(act, store)?;
    ok(Value::Object(record.fields))
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record) = comment(act, store)?;
    if let Some(content) = act.body().remove("content") {
        record.fields.insert("content".to_owned(), content);
    }
    record.fields.insert("updated".to_owned(), json!(wire::moment(act.now)));
    store.put(COMMENTS, &scope, record.clone());
    ok(Value::Object(record.fields))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, record) = comment(act, store)?;
    store.remove(COMMENTS, &scope, &record.key);
    nothing()
}
