//! Users, groups, and who is in which project.

use super::act::{self, Act};
use super::kinds::{GROUP, GROUPS, PROJECTS, USER, USERS};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, message, ok, text};
use crate::answer::Answer;
use crate::store::{Record, Store};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// A picture of one point.
const AVATAR: &[u8] = &[
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1,
    0, 0x3b,
];
/// The profile of who is given none.
const DEVELOPER: (i64, &str) = (3, "Developer");
/// Profiles of the site.
const PROFILES: [(i64, &str); 4] = [(1, "Administrator"), (2, "Lead"), DEVELOPER, (4, "Tester")];
/// What a status of a user means.
const ACTIVE: i64 = 1;

pub(super) static ACTIONS: [Action; 14] = [
    on("GET /api/v3/projects/{}/users", &USER, members),
    on("GET /api/v3/search/user", &USER, by_project),
    on("GET /api/v3/users/search", &USER, by_name),
    on("POST /api/v3/users", &USER, create),
    on("GET /api/v3/users/{}", &USER, get),
    on("PUT /api/v3/users/{}", &USER, update),
    on("GET /api/v3/users/{}/avatar", &USER, avatar),
    on("POST /api/v3/users/{}/projects", &USER, assign_one),
    on("POST /api/v3/users/projects", &USER, assign_many),
    on("PUT /api/v3/users/projects", &USER, remove),
    on("GET /api/v3/re-evaluation", &USER, who),
    on("GET /api/v3/user-profiles/current", &USER, profiles),
    on("GET /api/v3/groups", &GROUP, groups),
    on("POST /api/v3/groups", &GROUP, create_group),
];

/// Projects that a user is in.
fn projects(user: &Record) -> Vec<Value> {
    user.hidden.get("projects").and_then(Value::as_array).cloned().unwrap_or_default()
}

pub(super) fn is_in(store: &Store, user: i64, project: &str) -> bool {
    store.get(USERS, "", &user.to_string()).is_some_and(|user| projects(user).iter().any(|id| text(id) == project))
}

/// Puts a user into a project.
pub(super) fn assign(store: &mut Store, user: &str, project: &str) -> Result<(), Failure> {
    let record = store.get_mut(USERS, "", user).ok_or_else(|| Failure::absent("User", user))?;
    let mut all = projects(record);
    if !all.iter().any(|id| text(id) == project) {
        all.push(json!(project.parse::<i64>().ok()));
    }
    record.hidden.insert("projects".to_owned(), all.into());
    Ok(())
}

/// What a user may do in a project: everything.
pub(super) fn profile(user: i64, project: &str) -> Value {
    let rights = json!({ "create": true, "edit": true, "delete": true, "view": true });
    let mut profile = json!({ "user_id": user, "project_id": project.parse::<i64>().ok(), "project": { "admin": true }, "project_setting": { "manage": true } });
    for kind in
        ["release", "build", "module", "requirement", "test_case", "test_cycle", "test_suite", "test_run", "defect", "session", "schedule"]
    {
        profile[kind] = rights.clone();
    }
    profile
}

fn is_active(user: &Record) -> bool {
    user.field("status") == Some(&json!(ACTIVE))
}

fn members(act: &Act<'_>, store: &mut Store) -> Done {
    let inactive = act.flag("inactive", true);
    let all = store.list(USERS, "").iter().filter(|user| projects(user).iter().any(|id| text(id) == act.project));
    ok(all.filter(|user| inactive || is_active(user)).map(|user| act.show(store, user)).collect())
}

/// A page, or everything where `pagination=false`.
fn paged(act: &Act<'_>, all: &[Value], path: &str) -> Value {
    match act.flag("pagination", true) {
        true => Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(all, path),
        false => json!({ "links": [], "page": 1, "page_size": all.len(), "total": all.len(), "items": all }),
    }
}

/// Letter case counts.
fn by_project(act: &Act<'_>, store: &mut Store) -> Done {
    let part = act.word("projectName").unwrap_or_default();
    let named = |project: &&Record| project.field("name").and_then(Value::as_str).is_some_and(|name| name.contains(part));
    let found: Vec<Value> = store.list(PROJECTS, "").iter().filter(named).map(|project| project.fields["id"].clone()).collect();
    let inactive = act.flag("inactive", true);
    let mut all = Vec::new();
    for user in store.list(USERS, "").iter().filter(|user| inactive || is_active(user)) {
        let own: Vec<Value> = projects(user).into_iter().filter(|id| found.contains(id)).collect();
        if !own.is_empty() {
            let mut shown = act.show(store, user);
            shown["assigned_projects"] = own.into();
            all.push(shown);
        }
    }
    let mut page = paged(act, &all, "/api/v3/search/user");
    page["total_project"] = json!(found.len());
    ok(page)
}

fn by_name(act: &Act<'_>, store: &mut Store) -> Done {
    let part = act.word("username").unwrap_or_default().to_lowercase();
    let named = |user: &&Record| user.field("username").and_then(Value::as_str).is_some_and(|name| name.to_lowercase().contains(&part));
    let systems = act.call.query("authSystemConfigIds").and_then(Value::as_array);
    let of_system = |user: &&Record| systems.is_none_or(|ids| user.field("external_auth_config_id").is_some_and(|id| ids.contains(id)));
    let inactive = act.flag("includeInactiveUsers", false);
    let found = store.list(USERS, "").iter().filter(named).filter(of_system).filter(|user| inactive || is_active(user));
    let all: Vec<Value> = found.map(|user| account(act, store, user)).collect();
    ok(paged(act, &all, "/api/v3/users/search"))
}

fn account(act: &Act<'_>, store: &Store, user: &Record) -> Value {
    let mut shown = act.show(store, user);
    shown["authentication_system"] = json!("INTERNAL");
    shown
}

fn check_login(body: &Map<String, Value>) -> Result<(), Failure> {
    let external = body.get("external_auth_config_id").and_then(Value::as_i64).is_some_and(|id| id != -1);
    match external && !body.contains_key("external_user_name") {
        true => Err(Failure::missing("external_user_name")),
        false => Ok(()),
    }
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    check_login(&body)?;
    let name = body.get("username").cloned().unwrap_or_default();
    if store.list(USERS, "").iter().any(|user| user.field("username") == Some(&name)) {
        return Err(Failure::bad(format!("User {name} exists already.")));
    }
    let mut record = act::make(store, &USER, "", (act.now, act.user), &body)?;
    record.fields.insert("email".to_owned(), name.clone());
    record.fields.insert("username".to_owned(), name);
    record.fields.insert("avatar".to_owned(), json!(format!("https://acme.example/api/v3/users/{}/avatar", record.key)));
    if let Some(password) = body.get("password") {
        record.hidden.insert("password".to_owned(), password.clone());
    }
    store.put(USERS, "", record.clone());
    ok(act.show(store, &record))
}

fn user(store: &Store, key: &str) -> Result<Record, Failure> {
    store.get(USERS, "", key).cloned().ok_or_else(|| Failure::absent("User", key))
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let record = user(store, &act.argument(0))?;
    ok(act.show(store, &record))
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let (mut record, body) = (user(store, &act.argument(0))?, act.body());
    check_login(&body)?;
    act::absorb(store, &USER, "", &mut record, &body)?;
    if let Some(password) = body.get("password") {
        record.hidden.insert("password".to_owned(), password.clone());
    }
    store.put(USERS, "", record.clone());
    ok(act.show(store, &record))
}

fn avatar(act: &Act<'_>, store: &mut Store) -> Done {
    user(store, &act.argument(0))?;
    Ok(Answer::bytes(StatusCode::OK, "image/gif", AVATAR))
}

/// The profile that a body names; who names none gets that of developers.
fn named_profile(body: &Map<String, Value>) -> Result<Value, Failure> {
    let id = body.get("profile").and_then(|profile| profile["id"].as_i64()).unwrap_or(DEVELOPER.0);
    let found = PROFILES.into_iter().find(|(number, _)| *number == id);
    found.map(|(id, name)| json!({ "id": id, "name": name })).ok_or_else(|| Failure::bad(format!("Profile {id} does not exist.")))
}

fn wanted_project(store: &Store, body: &Map<String, Value>) -> Result<String, Failure> {
    let project = body.get("project_id").map(text).unwrap_or_default();
    match store.get(PROJECTS, "", &project) {
        Some(_) => Ok(project),
        None => Err(Failure::absent("Project", &project)),
    }
}

fn assign_one(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let (project, profile) = (wanted_project(store, &body)?, named_profile(&body)?);
    assign(store, &act.argument(0), &project)?;
    ok(json!({ "project_id": body["project_id"], "profile": profile }))
}

fn assign_many(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let (project, profile) = (wanted_project(store, &body)?, named_profile(&body)?);
    for id in body.get("user_ids").and_then(Value::as_array).into_iter().flatten() {
        assign(store, &text(id), &project)?;
    }
    ok(json!({ "project_id": body["project_id"], "user_ids": body["user_ids"], "profile": profile }))
}

fn remove(act: &Act<'_>, store: &mut Store) -> Done {
    for wanted in act.call.body().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let project = wanted_project(store, wanted)?;
        for id in wanted.get("user_ids").and_then(Value::as_array).into_iter().flatten().map(text) {
            let record = store.get_mut(USERS, "", &id).ok_or_else(|| Failure::absent("User", &id))?;
            let left: Vec<Value> = projects(record).into_iter().filter(|own| text(own) != project).collect();
            record.hidden.insert("projects".to_owned(), left.into());
        }
    }
    message("The users were removed.")
}

fn who(act: &Act<'_>, store: &mut Store) -> Done {
    let user = user(store, &act.user.to_string())?;
    ok(json!({
        "id": user.fields["id"], "user_name": user.fields["username"], "first_name": user.fields["first_name"],
        "last_name": user.fields["last_name"], "client_id": 2, "client_name": "Acme", "client_site": "https://acme.example",
        "client_site_name": "acme", "package_type": "Elite", "timezone_offset": "+00:00", "access_admin_page": true,
        "applications": [{ "name": "Manager", "display_order": 1, "url": "https://acme.example" }], "support_links": {}, "links": []
    }))
}

fn profiles(act: &Act<'_>, store: &mut Store) -> Done {
    let user = user(store, &act.user.to_string())?;
    ok(projects(&user).iter().map(|project| profile(act.user, &text(project))).collect())
}

fn show_group(act: &Act<'_>, store: &Store, group: &Record) -> Value {
    let mut shown = act.show(store, group);
    let ids = group.field("user_ids").and_then(Value::as_array).cloned().unwrap_or_default();
    let users = ids.iter().filter_map(|id| store.get(USERS, "", &text(id))).map(|user| {
        json!({
            "id": user.fields["id"], "userName": user.fields["username"], "firstName": user.fields["first_name"],
            "lastName": user.fields["last_name"]
        })
    });
    shown["users"] = users.collect();
    shown["total_user"] = json!(ids.len());
    shown
}

fn groups(act: &Act<'_>, store: &mut Store) -> Done {
    ok(store.list(GROUPS, "").iter().map(|group| show_group(act, store, group)).collect())
}

fn create_group(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let mut record = act::make(store, &GROUP, "", (act.now, act.user), &body)?;
    let names = body.get("authority_names").and_then(Value::as_array).into_iter().flatten();
    let authorities: Vec<Value> =
        names.enumerate().map(|(place, name)| json!({ "id": place + 1, "name": name, "displayName": name })).collect();
    record.fields.insert("authorities".to_owned(), authorities.into());
    store.put(GROUPS, "", record.clone());
    ok(show_group(act, store, &record))
}
