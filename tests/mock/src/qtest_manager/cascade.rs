//! What goes with a thing that is deleted.

use super::kinds::{
    BUILD, COMMENTS, HISTORY, Kind, LINKS, MODULE, MODULES, REQUIREMENT, REQUIREMENTS, TEST_CASE, TEST_CASES, TEST_CYCLE, TEST_CYCLES,
    TEST_LOG, TEST_LOGS, TEST_RUN, TEST_RUNS, TEST_SUITE, TEST_SUITES, VERSIONS,
};
use super::wire::text;
use super::{attachments, verbs};
use crate::store::{Collection, Record, Store};
use serde_json::Value;

/// Deletes a thing and all that is part of it, or below it.
pub(super) fn delete(store: &mut Store, kind: &Kind, project: &str, key: &str) {
    for (part, keys) in parts(store, kind, project, key) {
        keys.iter().for_each(|key| delete(store, part, project, key));
    }
    store.remove(kind.collection, project, key);
    let own = format!("{project}/{}/{key}", kind.object);
    for collection in [COMMENTS, HISTORY] {
        store.list_mut(collection, &own).clear();
    }
    if kind.object == TEST_CASE.object {
        store.list_mut(VERSIONS, &format!("{project}/{key}")).clear();
    }
    attachments::drop_of(store, project, kind.object, key);
    let is_end =
        |record: &Record, side: &str| record.field(side).is_some_and(|end| end["object"] == kind.object && text(&end["id"]) == key);
    store.list_mut(LINKS, project).retain(|link| !is_end(link, "from") && !is_end(link, "to"));
}

/// What is part of a thing, or directly below it.
fn parts(store: &Store, kind: &Kind, project: &str, key: &str) -> Vec<(&'static Kind, Vec<String>)> {
    let having = |collection: Collection, member: &str| -> Vec<String> {
        let all = store.list(collection, project).iter();
        all.filter(|record| record.field(member).map(text).as_deref() == Some(key)).map(|record| record.key.clone()).collect()
    };
    let inside = |collection: Collection| below(store, collection, project, (parent_type(kind), key));
    match kind.object {
        "modules" => vec![
            (&MODULE, having(MODULES, "parent_id")),
            (&REQUIREMENT, having(REQUIREMENTS, "parent_id")),
            (&TEST_CASE, having(TEST_CASES, "parent_id")),
        ],
        "releases" => vec![
            (&BUILD, verbs::builds_of(store, project, key)),
            (&TEST_CYCLE, inside(TEST_CYCLES)),
            (&TEST_SUITE, inside(TEST_SUITES)),
            (&TEST_RUN, inside(TEST_RUNS)),
        ],
        "test-cycles" => vec![(&TEST_CYCLE, inside(TEST_CYCLES)), (&TEST_SUITE, inside(TEST_SUITES)), (&TEST_RUN, inside(TEST_RUNS))],
        "test-suites" => vec![(&TEST_RUN, inside(TEST_RUNS))],
        "test-cases" => vec![(&TEST_RUN, having(TEST_RUNS, "testCaseId"))],
        "test-runs" => vec![(&TEST_LOG, having(TEST_LOGS, "test_run_id"))],
        _ => Vec::new(),
    }
}

/// What `parentType` calls a kind of container.
fn parent_type(kind: &Kind) -> &'static str {
    match kind.object {
        "releases" => "release",
        "test-cycles" => "test-cycle",
        "test-suites" => "test-suite",
        _ => "root",
    }
}

/// What is directly inside a container.
pub(super) fn below(store: &Store, collection: Collection, project: &str, (kind, key): (&str, &str)) -> Vec<String> {
    let is_inside = |record: &&Record| {
        record.field("parentType").and_then(Value::as_str) == Some(kind) && record.field("parentId").map(text).as_deref() == Some(key)
    };
    store.list(collection, project).iter().filter(is_inside).map(|record| record.key.clone()).collect()
}
