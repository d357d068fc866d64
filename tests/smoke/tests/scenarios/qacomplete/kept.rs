//! What was read can be written back, and nothing gets lost: how that is held against the server.

use super::got;
use qacomplete::tms_runtime::ToJson;
use qacomplete::{Operation, Request};
use serde_json::{Value as Json, json};
use std::fmt::Debug;
use tms_smoke::qacomplete::Drive;
use tms_smoke::shown::same;

/// A member that the vendor may add some day; seeds carry it, at whatever depth.
pub(super) const HINT: &str = "vendor_hint";

/// Members that the server sets whenever something is written.
const TOUCHED: [&str; 8] = [
    "date_updated",
    "last_run_date",
    "status_updated_by",
    "status_updated_by_user_name",
    "update_user_id",
    "updated_user_name",
    "user_name",
    "version",
];

/// What the vendor may add.
pub(super) fn hint() -> Json {
    json!({ "deep": [1, "2", null], "since": "2027-01-01T00:00:00.0000000" })
}

/// An object with what the vendor may add.
pub(super) fn hinted(mut fields: Json) -> Json {
    fields[HINT] = hint();
    fields
}

/// Reads a thing, writes it and reads it again: only what was `changed`, by pointers into the answer, may be different.
pub(super) fn keeps<M: Drive, R, W>(
    read: impl Fn() -> Request<M, R>,
    write: impl FnOnce(R::Output) -> Request<M, W>,
    changed: &[(&str, Json)],
) where
    R: Operation<Fault: Debug, Output: ToJson>,
    W: Operation<Fault: Debug>,
{
    keeps_all_but(&[], read, write, changed);
}

/// The same where the server makes some members anew.
pub(super) fn keeps_all_but<M: Drive, R, W>(
    anew: &[&str],
    read: impl Fn() -> Request<M, R>,
    write: impl FnOnce(R::Output) -> Request<M, W>,
    changed: &[(&str, Json)],
) where
    R: Operation<Fault: Debug, Output: ToJson>,
    W: Operation<Fault: Debug>,
{
    let before = got(read());
    let mut expected = shown(&before);
    assert!(expected.to_string().contains(HINT), "{}: the seed has nothing unknown in it: {expected}", R::INFO.name);
    for (pointer, value) in changed {
        let place = expected.pointer_mut(pointer).unwrap_or_else(|| panic!("{}: there is no {pointer}", R::INFO.name));
        assert_ne!(place, value, "{}: {pointer} is that already", R::INFO.name);
        *place = value.clone();
    }
    got(write(before));
    let mut after = shown(&got(read()));
    let touched = [&TOUCHED, anew].concat();
    untouched(&mut expected, &touched);
    untouched(&mut after, &touched);
    let mut different = Vec::new();
    differences(&after, &expected, "", &mut different);
    assert!(different.is_empty(), "{} lost or changed something:\n  {}", W::INFO.name, different.join("\n  "));
}

/// The proof that the server would have forgotten what is unknown: writes something that was not read before.
pub(super) fn forgets<M: Drive, R, W>(read: impl Fn() -> Request<M, R>, write: Request<M, W>)
where
    R: Operation<Fault: Debug, Output: ToJson>,
    W: Operation<Fault: Debug>,
{
    got(write);
    let after = shown(&got(read())).to_string();
    assert!(!after.contains(HINT), "{} keeps what was not sent, so that `keeps` proves nothing: {after}", W::INFO.name);
}

fn shown(value: &impl ToJson) -> Json {
    let text = qacomplete::tms_runtime::json::to_string(value);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("wrote {text}: {error}"))
}

/// What is not the same, by pointers: what there is now (left) and what there should be (right).
fn differences(after: &Json, expected: &Json, at: &str, found: &mut Vec<String>) {
    match (after, expected) {
        (Json::Object(left), Json::Object(right)) => {
            for name in left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))) {
                differences(&after[name], &expected[name], &format!("{at}/{name}"), found);
            }
        }
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().for_each(|(index, (l, r))| differences(l, r, &format!("{at}/{index}"), found));
        }
        _ if same(after, expected) => {}
        _ => found.push(format!("{at}: {after}, not {expected}")),
    }
}

/// Takes out what the server sets by itself.
fn untouched(value: &mut Json, touched: &[&str]) {
    match value {
        Json::Object(members) => {
            members.retain(|name, _| !touched.contains(&name.as_str()));
            members.values_mut().for_each(|member| untouched(member, touched));
        }
        Json::Array(list) => list.iter_mut().for_each(|entry| untouched(entry, touched)),
        _ => {}
    }
}
