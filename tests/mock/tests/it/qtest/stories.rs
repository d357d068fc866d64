//! What the tables in `fixtures/qtest` tell.

use super::{call, mock};
use crate::story::Story;
use std::collections::BTreeSet;

const STORIES: [&str; 5] = ["qtest/design", "qtest/execution", "qtest/automation", "qtest/related", "qtest/site"];

fn play(file: &str) -> BTreeSet<String> {
    Story { file, mock: &mock(), call, messages: &["/message"] }.play()
}

#[test]
fn stories_go_as_they_are_told() {
    let reached: BTreeSet<String> = STORIES.into_iter().flat_map(play).collect();
    // What has no table is answered whatever is asked: the vectors reach it.
    let by_example = super::printed::reached();
    let of_login = ["issueToken", "getTokenStatus"];
    let mock = mock();
    let all = mock.operations().iter().map(tms_mock::Operation::id);
    let missed: Vec<&str> = all.filter(|id| !reached.contains(*id) && !by_example.contains(*id) && !of_login.contains(id)).collect();
    assert!(missed.is_empty(), "neither a story nor a vector reaches {missed:?}");
}
