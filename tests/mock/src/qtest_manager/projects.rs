//! Projects.

use super::act::Act;
use super::kinds::{PROJECT, PROJECTS, USERS};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, ok};
use super::{people, samples};
use crate::store::{Record, Store};
use serde_json::{Value, json};

pub(super) static ACTIONS: [Action; 6] = [
    on("GET /api/v3/projects", &PROJECT, list),
    on("POST /api/v3/projects", &PROJECT, create),
    on("POST /api/v3/projects/search", &PROJECT, search),
    on("GET /api/v3/projects/{}", &PROJECT, get),
    on("PUT /api/v3/projects/{}", &PROJECT, update),
    on("GET /api/v3/projects/{}/user-profiles/current", &PROJECT, profile),
];

fn show(act: &Act<'_>, store: &Store, record: &Record) -> Value {
    let mut shown = act.show(store, record);
    if act.word("expand") == Some("userprofile") {
        shown["user_profile"] = people::profile(act.user, &record.key);
    }
    shown
}

/// Projects that the caller is in; with `assigned=false`, all.
fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let everything = !act.flag("assigned", true);
    let own = store.list(PROJECTS, "").iter().filter(|project| everything || people::is_in(store, act.user, &project.key));
    let all: Vec<Value> = own.map(|record| show(act, store, record)).collect();
    Window::of(act.call, "pageSize", wire::PAGE_SIZE).headed(&all, "/api/v3/projects")
}

/// A new project has fields, and its maker in it.
fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let mut record = act.make(store, &act.body())?;
    let names = record.fields["admins"].as_array().cloned().unwrap_or_default();
    let mut admins: Vec<Value> = record.fields["admin_ids"].as_array().cloned().unwrap_or_default();
    for name in &names {
        let user = store.list(USERS, "").iter().find(|user| user.field("username") == Some(name));
        let id = user.map(|user| user.fields["id"].clone()).ok_or_else(|| Failure::bad(format!("User {name} does not exist.")))?;
        if !admins.contains(&id) {
            admins.push(id);
        }
    }
    if admins.is_empty() {
        admins.push(json!(act.user));
    }
    for admin in &admins {
        people::assign(store, &wire::text(admin), &record.key)?;
    }
    people::assign(store, &act.user.to_string(), &record.key)?;
    record.fields.insert("admin_ids".to_owned(), admins.into());
    store.put(PROJECTS, "", record.clone());
    samples::fields(store, &record.key)?;
    created(act.show(store, &record))
}

fn search(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let wanted = body.get("uuid").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = store.list(PROJECTS, "").iter().filter(|project| project.field("uuid").is_some_and(|uuid| wanted.contains(uuid)));
    ok(found.map(|record| act.show(store, record)).collect())
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = act.find(store, &act.argument(0))?;
    ok(show(act, store, record))
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let mut record = act.find(store, &act.argument(0))?.clone();
    act.absorb(store, &mut record, &act.body())?;
    store.put(PROJECTS, "", record.clone());
    ok(act.show(store, &record))
}

fn profile(act: &Act<'_>, _: &mut Store) -> Done {
    ok(people::profile(act.user, &act.project))
}
