//! Projects, departments, security groups, users.

use super::act::Act;
use super::kinds::{DEPARTMENTS, PRIVILEGES, PROJECTS, SECURITY_GROUPS, USER_GROUPS, USERS};
use super::related::named;
use super::view::number;
use super::wire::{Done, Failure};
use super::{rights, verbs};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// The projects the caller has a group in.
pub(super) fn projects(act: &Act<'_>, store: &mut Store) -> Done {
    let mine = store.list(PROJECTS, "").iter().filter(|project| rights::group(store, act.user, &project.key).is_some());
    act.page(store, &mine.cloned().collect::<Vec<_>>(), "")
}

pub(super) fn project(act: &Act<'_>, store: &mut Store) -> Done {
    act.at(act.argument(0), |act| verbs::get(act, store))
}

/// The departments of the caller.
pub(super) fn departments(act: &Act<'_>, store: &mut Store) -> Done {
    let own = rights::departments(store, act.user);
    let mine: Vec<Record> = store.list(DEPARTMENTS, "").iter().filter(|record| own.contains(&record.key)).cloned().collect();
    act.page(store, &mine, act.filter())
}

pub(super) fn department(act: &Act<'_>, store: &mut Store) -> Done {
    check_department(act, store)?;
    act.at(act.argument(0), |act| verbs::get(act, store))
}

pub(super) fn groups(act: &Act<'_>, store: &mut Store) -> Done {
    check_department(act, store)?;
    act.page(store, store.list(SECURITY_GROUPS, &act.argument(0)), act.filter())
}

/// What a group may do, kind by kind. Its page is printed without a limit.
pub(super) fn privileges(act: &Act<'_>, store: &mut Store) -> Done {
    check_department(act, store)?;
    let (department, group) = (act.argument(0), act.argument(1));
    let group = store.get(SECURITY_GROUPS, &department, &group).ok_or_else(|| act.missing(&group))?;
    let mut page = act.page(store, store.list(PRIVILEGES, &format!("{department}/{}", group.key)), "")?;
    if let Some(result_set) = page.pointer_mut("/metadata/result_set").and_then(Value::as_object_mut) {
        result_set.remove("limit");
    }
    Ok(page)
}

pub(super) fn user_groups(act: &Act<'_>, store: &mut Store) -> Done {
    let user = member(act, store)?;
    let department = act.argument(0);
    let own = store.list(USER_GROUPS, &user).iter().filter(|group| rights::department(store, &group.key) == Some(&department));
    act.page(store, &own.cloned().collect::<Vec<_>>(), "")
}

/// Takes the place of all groups the user has in this department.
pub(super) fn replace_groups(act: &Act<'_>, store: &mut Store) -> Done {
    let user = member(act, store)?;
    let sent = sent_groups(act, store)?;
    let department = act.argument(0);
    let others = store.list(USER_GROUPS, &user).iter().filter(|group| rights::department(store, &group.key) != Some(&department));
    *store.list_mut(USER_GROUPS, &user) = others.cloned().collect();
    put_groups(store, &user, sent);
    user_groups(act, store)
}

/// Adds groups, or changes those of the projects that are named.
pub(super) fn update_groups(act: &Act<'_>, store: &mut Store) -> Done {
    let user = member(act, store)?;
    let sent = sent_groups(act, store)?;
    put_groups(store, &user, sent);
    user_groups(act, store)
}

fn sent_groups(act: &Act<'_>, store: &Store) -> Result<Vec<Map<String, Value>>, Failure> {
    let body = act.body();
    let department = act.argument(0);
    let mut groups = Vec::new();
    for group in body.get("Groups").and_then(Value::as_array).into_iter().flatten() {
        let (project, name) = (group["ProjId"].to_string(), group["GroupName"].as_str().unwrap_or_default());
        if rights::department(store, &project) != Some(&department) {
            return Err(Failure::bad(format!("ProjId: there is no project {project} in this department.")));
        }
        if store.get(SECURITY_GROUPS, &department, name).is_none() {
            return Err(Failure::bad(format!("GroupName: there is no group {name}.")));
        }
        let own = group.as_object().into_iter().flatten().map(|(name, value)| (super::kinds::Kind::target(name), value.clone()));
        groups.push(own.collect());
    }
    Ok(groups)
}

fn put_groups(store: &mut Store, user: &str, groups: Vec<Map<String, Value>>) {
    for fields in groups {
        let key = fields["proj_id"].to_string();
        store.put(USER_GROUPS, user, Record { key, fields, hidden: Map::new() });
    }
}

/// The users of a department.
pub(super) fn users(act: &Act<'_>, store: &mut Store) -> Done {
    check_department(act, store)?;
    let department = act.argument(0);
    let all = store.list(USERS, "").iter().filter(|user| rights::departments(store, id(user)).contains(&department));
    act.page(store, &all.cloned().collect::<Vec<_>>(), act.filter())
}

/// A new user has the department for the primary one. Passwords cannot be given.
pub(super) fn create(act: &Act<'_>, store: &mut Store) -> Done {
    check_department(act, store)?;
    let body = act.body();
    let email = body.get("Email").and_then(Value::as_str).unwrap_or_default();
    if rights::user(store, email).is_some() {
        return Err(Failure::exists(format!("A user with the mail address {email} exists already.")));
    }
    let mut user = act.make(store, body)?;
    let department: Option<i64> = act.argument(0).parse().ok();
    user.fields.extend([("primary_dept_id", json!(department)), ("is_active", json!(true))].map(named));
    store.put(USERS, "", user.clone());
    Ok(act.show(store, &user))
}

pub(super) fn user(act: &Act<'_>, store: &mut Store) -> Done {
    let user = member(act, store)?;
    act.at(user, |act| verbs::get(act, store))
}

pub(super) fn replace(act: &Act<'_>, store: &mut Store) -> Done {
    let user = own_member(act, store)?;
    act.at(user, |act| verbs::replace(act, store))
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let user = own_member(act, store)?;
    act.at(user, |act| verbs::update(act, store))
}

/// Nobody is deleted.
pub(super) fn disable(act: &Act<'_>, store: &mut Store) -> Done {
    let user = own_member(act, store)?;
    if let Some(user) = store.get_mut(USERS, "", &user) {
        user.fields.insert("is_active".to_owned(), json!(false));
    }
    Ok(Value::Null)
}

/// The users of a project.
pub(super) fn project_users(act: &Act<'_>, store: &mut Store) -> Done {
    let members = store.list(USERS, "").iter().filter(|user| rights::group(store, id(user), &act.project).is_some());
    act.page(store, &members.cloned().collect::<Vec<_>>(), act.filter())
}

pub(super) fn project_user(act: &Act<'_>, store: &mut Store) -> Done {
    let user = act.argument(1);
    if rights::group(store, user.parse().unwrap_or_default(), &act.project).is_none() {
        return Err(act.missing(&user));
    }
    act.at(user, |act| verbs::get(act, store))
}

fn id(user: &Record) -> i64 {
    user.key.parse().unwrap_or_default()
}

/// The department in the path must exist and be one of the caller's.
fn check_department(act: &Act<'_>, store: &Store) -> Result<(), Failure> {
    let department = act.argument(0);
    if store.get(DEPARTMENTS, "", &department).is_none() {
        return Err(Failure::absent(format!("Entity Departments with Id {department} wasn't found.")));
    }
    let is_own = rights::departments(store, act.user).contains(&department);
    if is_own { Ok(()) } else { Err(Failure::denied()) }
}

/// The user in the path, who must be of the department.
fn member(act: &Act<'_>, store: &Store) -> Result<String, Failure> {
    check_department(act, store)?;
    let user = act.argument(1);
    let is_member = rights::departments(store, user.parse().unwrap_or_default()).contains(&act.argument(0));
    match store.get(USERS, "", &user) {
        Some(_) if is_member => Ok(user),
        _ => Err(Failure::absent(format!("Entity Users with Id {user} wasn't found."))),
    }
}

/// The user in the path, whose primary department must be that of the path.
fn own_member(act: &Act<'_>, store: &Store) -> Result<String, Failure> {
    let user = member(act, store)?;
    let primary = store.get(USERS, "", &user).map(|user| number(user, "primary_dept_id").to_string());
    if primary == Some(act.argument(0)) { Ok(user) } else { Err(Failure::denied()) }
}

impl Act<'_> {
    /// The same call about an account-wide record.
    fn at(&self, key: String, verb: impl FnOnce(&Act<'_>) -> Done) -> Done {
        let Act { call, kind, user, elsewhere, .. } = *self;
        let (project, now) = (String::new(), self.now.clone());
        verb(&Act { call, kind, user, project, scope: String::new(), key: Some(key), now, elsewhere })
    }

    fn filter(&self) -> &str {
        self.call.query("Filter").and_then(Value::as_str).unwrap_or_default()
    }
}
