//! What is sent, taken over into records: much is shown otherwise than it was sent.

use super::actions::{Act, text};
use super::effects;
use super::shape::{Destination, Write};
use super::table::{ATTACHMENTS, SHARED_PARAMETERS};
use super::views;
use crate::store::{Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Takes over what the body brings; null clears, what is absent stays.
pub(super) fn absorb(act: &Act<'_>, record: &mut Record, body: &Map<String, Value>, store: &Store) {
    for Write { member, into, .. } in act.resource.writes {
        let Some(value) = body.get(*member) else { continue };
        let (name, shown) = match *into {
            Destination::Field(name) => (name, value.clone()),
            Destination::Hidden(name) => {
                record.hidden.insert(name.to_owned(), value.clone());
                continue;
            }
            Destination::Steps => {
                effects::merge_steps(record, value, act.call.signature().starts_with("POST"), store);
                continue;
            }
            Destination::Assignments => ("cases", assignments(value)),
            Destination::Outcome => ("status", capitalized(value)),
            Destination::CustomFields => ("custom_fields", custom_fields(value)),
            Destination::Tags => (*member, tags(value)),
            Destination::Files => (*member, files(value, store)),
            Destination::CaseSteps => (*member, steps(value, store)),
            Destination::Parameters => (*member, list(value).iter().map(|parameter| parameter_of_case(parameter, store)).collect()),
            Destination::Reviewers => {
                (*member, list(value).iter().map(|uuid| json!({ "author_uuid": uuid, "status": "unapproved" })).collect())
            }
            Destination::Proposal => {
                let kind = if record.field("case_id").is_some_and(|id| !id.is_null()) { "edit" } else { "create" };
                record.fields.insert("title".to_owned(), value.get("title").cloned().unwrap_or_default());
                record.fields.insert("type".to_owned(), json!(kind));
                (*member, value.clone())
            }
            Destination::Moment(name) => {
                let moment = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
                (name, moment.map_or(Value::Null, views::offset))
            }
            Destination::Word(name, words) => {
                let word = value.as_u64().and_then(|number| words.get(usize::try_from(number).ok()?));
                (name, word.map_or_else(|| value.clone(), |word| json!(word)))
            }
        };
        record.fields.insert(name.to_owned(), shown);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn assignments(cases: &Value) -> Value {
    list(cases).iter().map(|number| json!({ "case_id": number, "assignee_id": null })).collect()
}

/// `passed` is read back as `Passed`.
pub(super) fn capitalized(word: &Value) -> Value {
    let mut letters = word.as_str().unwrap_or_default().chars();
    match letters.next() {
        Some(first) => Value::from(first.to_ascii_uppercase().to_string() + letters.as_str()),
        None => word.clone(),
    }
}

fn custom_fields(values: &Value) -> Value {
    let one = |(id, value): (&String, &Value)| json!({ "id": id.parse::<i64>().ok(), "value": value });
    values.as_object().into_iter().flatten().map(one).collect()
}

fn tags(titles: &Value) -> Value {
    list(titles).iter().enumerate().map(|(index, title)| json!({ "title": title, "internal_id": index + 1 })).collect()
}

/// Files by their hashes.
pub(super) fn files(hashes: &Value, store: &Store) -> Value {
    let file = |hash: &Value| {
        let known = store.get(ATTACHMENTS, "", &text(hash));
        let of = |name: &str| known.and_then(|file| file.field(name)).cloned().unwrap_or_default();
        json!({ "hash": hash, "filename": of("file"), "mime": of("mime"), "size": of("size"), "url": of("full_path") })
    };
    list(hashes).iter().map(file).collect()
}

/// Steps as they are shown: with files instead of hashes, on every level.
pub(super) fn steps(sent: &Value, store: &Store) -> Value {
    let step = |step: &Value| {
        let mut step = step.clone();
        for (name, shown) in [("attachments", files as fn(&Value, &Store) -> Value), ("steps", steps)] {
            if let Some(member) = step.get_mut(name) {
                *member = shown(member, store);
            }
        }
        step
    };
    list(sent).iter().map(step).collect()
}

/// A shared parameter, one of the case's own, or a group of these.
fn parameter_of_case(sent: &Value, store: &Store) -> Value {
    let shared = sent.get("shared_id").and_then(|id| store.get(SHARED_PARAMETERS, "", &text(id)));
    let items = match shared.and_then(|parameter| parameter.field("parameters")).or_else(|| sent.get("items")) {
        Some(items) => list(items).to_vec(),
        None => vec![sent.clone()],
    };
    let shared_id = shared.map(|parameter| &parameter.key);
    match items.as_slice() {
        [item] => json!({ "type": "single", "shared_id": shared_id, "item": item }),
        _ => json!({ "type": "group", "shared_id": shared_id, "items": items }),
    }
}

/// A UUID out of a hash.
pub(super) fn uuid(hash: &str) -> Value {
    json!(format!("{}-{}-4{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32]))
}
