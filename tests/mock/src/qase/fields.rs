//! Fields of the workspace, and configurations of a project.

use super::actions::{Act, text};
use super::operations::Written;
use super::table::CASE;
use super::wire::{Done, Failure, result};
use crate::store::{Collection, Record, Store, list};
use serde_json::{Value, json};

/// Types whose fields need options: selectbox, radio, multiselect.
const WITH_OPTIONS: [i64; 3] = [3, 5, 6];

pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let needs_options = body.get("type").and_then(Value::as_i64).is_some_and(|kind| WITH_OPTIONS.contains(&kind));
    let has_options = body.get("value").and_then(Value::as_array).is_some_and(|options| !options.is_empty());
    if needs_options && !has_options {
        return Err(Failure::unprocessable("value", "The value field is required for this type."));
    }
    act.create(store, Written::Number)
}

/// What the numbers of system fields mean in this workspace. The answer is a bare list.
pub(super) fn system(_act: &Act<'_>, _store: &mut Store) -> Done {
    let fields = CASE.codes.iter().map(|(slug, codes)| {
        let option = |(word, number): &(&str, i64)| json!({ "id": number, "title": word, "slug": word, "is_default": *number == 0 });
        let first = |(index, (_, number)): &(usize, &(&str, i64))| codes.iter().position(|(_, other)| other == number) == Some(*index);
        let options: Vec<Value> = codes.iter().enumerate().filter(first).map(|(_, code)| option(code)).collect();
        json!({ "title": slug, "slug": slug, "default_value": "0", "is_required": false, "entity": 0, "type": 3, "options": options })
    });
    result(fields.collect())
}

/// Adds a configuration to its group.
pub(super) fn configure(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let group = body.get("group_id").map(text).unwrap_or_default();
    if store.get(act.resource.collection, &act.scope, &group).is_none() {
        return Err(Failure::unprocessable("group_id", format!("there is no group {group}")));
    }
    let number = store.next_number(Collection::new("configurations"), &act.scope);
    let group = store.get_mut(act.resource.collection, &act.scope, &group).ok_or_else(|| act.missing())?;
    if let Some(list) = group.fields.get_mut("configurations").and_then(Value::as_array_mut) {
        list.push(json!({ "id": number, "title": body.get("title") }));
    }
    result(json!({ "id": number }))
}

/// Whether one of these projects has a shared parameter.
pub(super) fn is_in_project(parameter: &Record, codes: &Value) -> bool {
    let own = parameter.field("project_codes").and_then(Value::as_array);
    parameter.field("is_enabled_for_all_projects") == Some(&json!(true))
        || own.is_some_and(|own| list(codes).iter().any(|code| own.contains(code)))
}
