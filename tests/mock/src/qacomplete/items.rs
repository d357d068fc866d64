//! Tests of a test set, by their position.

use super::act::Act;
use super::kinds::TEST_SET_ITEMS;
use super::view::View;
use super::wire::{Done, Failure};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Appends tests.
pub(super) fn append(act: &Act<'_>, store: &mut Store) -> Done {
    let made = make_all(act, store)?;
    store.list_mut(TEST_SET_ITEMS, &act.scope).extend(made);
    act.page(store, store.list(TEST_SET_ITEMS, &act.scope), "")
}

/// Puts other tests in the place of all.
pub(super) fn replace_all(act: &Act<'_>, store: &mut Store) -> Done {
    let made = make_all(act, store)?;
    *store.list_mut(TEST_SET_ITEMS, &act.scope) = made;
    act.page(store, store.list(TEST_SET_ITEMS, &act.scope), "")
}

/// Changes all at once; there must be as many changes as tests. Answers with the bare list, the other form that is possible.
pub(super) fn update_all(act: &Act<'_>, store: &mut Store) -> Done {
    let mut items = store.list(TEST_SET_ITEMS, &act.scope).to_vec();
    let changes = sent(act);
    if changes.len() != items.len() {
        return Err(Failure::bad(format!("Items: there are {}, the set has {}.", changes.len(), items.len())));
    }
    for (index, mut change) in changes.into_iter().enumerate() {
        let seq = change.remove("Seq").and_then(|seq| seq.as_u64()).map_or(index + 1, |seq| usize::try_from(seq).unwrap_or(0));
        let item = seq.checked_sub(1).and_then(|index| items.get_mut(index));
        let item = item.ok_or_else(|| Failure::bad(format!("Items: the set has no item {seq}.")))?;
        act.stamp(&mut item.fields, false);
        act.absorb(store, item, change)?;
    }
    *store.list_mut(TEST_SET_ITEMS, &act.scope) = items;
    let view = View { store, user: act.user };
    Ok(store.list(TEST_SET_ITEMS, &act.scope).iter().map(|item| Value::Object(view.listed(act.kind, &act.scope, item))).collect())
}

pub(super) fn clear(act: &Act<'_>, store: &mut Store) -> Done {
    store.list_mut(TEST_SET_ITEMS, &act.scope).clear();
    Ok(Value::Null)
}

pub(super) fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let index = index(act, store)?;
    Ok(shown(act, store, index))
}

/// Inserts a test at a position; those from there on move up.
pub(super) fn insert(act: &Act<'_>, store: &mut Store) -> Done {
    let length = store.list(TEST_SET_ITEMS, &act.scope).len();
    let index = position(act).filter(|index| *index <= length).ok_or_else(|| act.missing(act.key.as_deref().unwrap_or_default()))?;
    let item = make(act, store, act.body())?;
    store.list_mut(TEST_SET_ITEMS, &act.scope).insert(index, item);
    Ok(shown(act, store, index))
}

pub(super) fn replace(act: &Act<'_>, store: &mut Store) -> Done {
    change(act, store, true)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    change(act, store, false)
}

fn change(act: &Act<'_>, store: &mut Store, is_whole: bool) -> Done {
    let index = index(act, store)?;
    let mut item = store.list(TEST_SET_ITEMS, &act.scope)[index].clone();
    if is_whole {
        act.reset(&mut item);
    }
    act.stamp(&mut item.fields, false);
    act.absorb(store, &mut item, act.body())?;
    store.list_mut(TEST_SET_ITEMS, &act.scope)[index] = item;
    Ok(shown(act, store, index))
}

pub(super) fn remove(act: &Act<'_>, store: &mut Store) -> Done {
    let index = index(act, store)?;
    store.list_mut(TEST_SET_ITEMS, &act.scope).remove(index);
    Ok(Value::Null)
}

fn shown(act: &Act<'_>, store: &Store, index: usize) -> Value {
    act.show(store, &store.list(TEST_SET_ITEMS, &act.scope)[index])
}

/// The position in the path, from 0.
fn position(act: &Act<'_>) -> Option<usize> {
    act.key.as_deref()?.parse::<usize>().ok()?.checked_sub(1)
}

fn index(act: &Act<'_>, store: &Store) -> Result<usize, Failure> {
    let there = |index: &usize| *index < store.list(TEST_SET_ITEMS, &act.scope).len();
    position(act).filter(there).ok_or_else(|| act.missing(act.key.as_deref().unwrap_or_default()))
}

fn sent(act: &Act<'_>) -> Vec<Map<String, Value>> {
    let body = act.body();
    let items = body.get("Items").and_then(Value::as_array).cloned().unwrap_or_default();
    items.into_iter().filter_map(|item| if let Value::Object(map) = item { Some(map) } else { None }).collect()
}

fn make_all(act: &Act<'_>, store: &mut Store) -> Result<Vec<Record>, Failure> {
    sent(act).into_iter().map(|item| make(act, store, item)).collect()
}

fn make(act: &Act<'_>, store: &mut Store, sent: Map<String, Value>) -> Result<Record, Failure> {
    if sent.get("TestId").and_then(Value::as_i64).unwrap_or_default() == 0 {
        return Err(Failure::bad("TestId is required."));
    }
    let mut item = act.make(store, sent)?;
    let set: Option<i64> = act.scope.rsplit('/').next().and_then(|id| id.parse().ok());
    item.fields.insert("test_set_id".to_owned(), json!(set));
    Ok(item)
}
