//! Reviews of test cases.

use super::actions::Act;
use super::operations::Written;
use super::table::AUTHORS;
use super::wire::{Done, Failure, result};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Small plans have no reviews.
fn check_plan(act: &Act<'_>) -> Result<(), Failure> {
    if act.settings.has_extras() { Ok(()) } else { Err(Failure::payment()) }
}

pub(super) fn list(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    act.list(store)
}

pub(super) fn get(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    act.get(store)
}

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    let review = made(act, &act.body(), store)?;
    act.written(Written::Number, &review)
}

/// Each by itself; the answer says how it went.
pub(super) fn create_many(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    let mut items = Vec::new();
    for body in act.objects("reviews") {
        let (id, error) = match made(act, &body, store) {
            Ok(review) => (review.field("id").cloned(), None),
            Err(failure) => (None, Some(failure.message)),
        };
        items.push(json!({ "review_id": id, "case_id": body.get("case_id"), "error": error }));
    }
    result(json!({ "items": items }))
}

fn made(act: &Act<'_>, body: &Map<String, Value>, store: &mut Store) -> Result<Record, Failure> {
    check_reviewers(body, store)?;
    act.made(body, store)
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    check_reviewers(&act.body(), store)?;
    let review = found(act, store)?;
    if review.field("status") != Some(&json!("open")) {
        return Err(Failure::refused("Only open reviews can be changed"));
    }
    act.update(store, Written::Number)
}

pub(super) fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    check_plan(act)?;
    if found(act, store)?.field("status") == Some(&json!("merged")) {
        return Err(Failure::refused("A merged review cannot be deleted"));
    }
    act.delete(store, Written::Number)
}

fn found<'s>(act: &Act<'_>, store: &'s Store) -> Result<&'s Record, Failure> {
    let key = act.key(store)?;
    store.get(act.resource.collection, &act.scope, &key).ok_or_else(|| act.missing())
}

fn check_reviewers(body: &Map<String, Value>, store: &Store) -> Result<(), Failure> {
    let is_author = |uuid: &Value| store.list(AUTHORS, "").iter().any(|author| author.field("uuid") == Some(uuid));
    let sent = body.get("reviewers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    match sent.iter().position(|uuid| !is_author(uuid)) {
        Some(index) => Err(Failure::unprocessable(&format!("reviewers.{index}"), format!("there is no author {}", sent[index]))),
        None => Ok(()),
    }
}

/// Whether an author is to look at a review.
pub(super) fn is_reviewed_by(review: &Record, author: &Value) -> bool {
    let reviewers = review.field("reviewers").and_then(Value::as_array);
    reviewers.is_some_and(|reviewers| reviewers.iter().any(|reviewer| reviewer.get("author_uuid") == Some(author)))
}
