//! Projects, and who is let into them.

use super::actions::Act;
use super::operations::Written;
use super::table::USERS;
use super::wire::{Done, Failure, done};
use crate::store::Store;
use serde_json::{Value, json};

/// Where a project needs a group, it must be named.
pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    if body.get("access") == Some(&json!("group")) && !body.contains_key("group") {
        return Err(Failure::unprocessable("group", "The group field is required when access is group."));
    }
    act.create(store, Written::NumberBeside)
}

pub(super) fn grant(act: &Act<'_>, store: &mut Store) -> Done {
    change_members(act, store, |members, member| {
        if !members.contains(&member) {
            members.push(member);
        }
    })
}

pub(super) fn revoke(act: &Act<'_>, store: &mut Store) -> Done {
    change_members(act, store, |members, member| members.retain(|other| *other != member))
}

fn change_members(act: &Act<'_>, store: &mut Store, change: fn(&mut Vec<Value>, Value)) -> Done {
    let key = act.key(store)?;
    let member = act.body().get("member_id").cloned().unwrap_or_default();
    if !act.has(USERS, &member, store) {
        return Err(Failure::unprocessable("member_id", format!("there is no team member {member}")));
    }
    let project = store.get_mut(act.resource.collection, "", &key).ok_or_else(|| act.missing())?;
    if let Some(members) = project.hidden.entry("members").or_insert_with(|| json!([])).as_array_mut() {
        change(members, member);
    }
    done()
}
