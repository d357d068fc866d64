//! Credentials, users and projects.

use super::calls::{Act, Done};
use super::kinds::{PROJECTS, USER, USERS};
use super::{APP_CODE, kinds, not_authentic};
use crate::store::{Record, Store};
use serde_json::{Value, json};

/// The projects that credentials name.
pub(super) fn projects(credentials: &Value) -> Vec<i64> {
    let many = credentials.pointer("/ProjIds/int").and_then(Value::as_array);
    match many {
        Some(list) => list.iter().filter_map(Value::as_i64).collect(),
        None => credentials.get("ProjId").and_then(Value::as_i64).into_iter().collect(),
    }
}

/// Whether credentials are those of a user and of projects there are: what is wrong with them otherwise, and where.
pub(super) fn admit(operation: &str, credentials: &Value, token: &str, store: &Store) -> Result<(), (String, String)> {
    let wrong = |place: &str, message: &str| Err((place.to_owned(), message.to_owned()));
    let number = |name: &str| credentials.get(name).and_then(Value::as_i64);
    if credentials.get("AppCode").and_then(Value::as_str) != Some(APP_CODE) {
        return wrong("AppCode", "it is not that of this installation");
    }
    if number("UserId").is_none_or(|id| store.get(USERS, "", &id.to_string()).is_none()) {
        return wrong("UserId", "there is no such user");
    }
    if credentials.get("PassCode").and_then(Value::as_str) != Some(token) {
        return wrong("PassCode", "it is not that of the user");
    }
    if credentials.get("ProjIds").is_some() && !operation.contains("_Load") {
        return wrong("ProjIds", "only loading takes several projects");
    }
    let projects = projects(credentials);
    if projects.is_empty() {
        return wrong("ProjId", "no project is named");
    }
    for id in projects {
        let Some(project) = store.get(PROJECTS, "", &id.to_string()) else {
            return wrong("ProjId", &format!("there is no project {id}"));
        };
        if credentials.get("ProjId").is_some() && project.field("DeptId").and_then(Value::as_i64) != number("DeptId") {
            return wrong("DeptId", &format!("project {id} is of another department"));
        }
    }
    Ok(())
}

/// What a user needs to know to call other operations.
pub(super) fn info(act: &Act<'_>, store: &Store) -> Done {
    if act.text("AppCode").is_some_and(|code| code != APP_CODE) {
        return Err(not_authentic("The application code is not that of this installation."));
    }
    let user = by_email(act, store).filter(|_| act.text("Password") == Some(act.call.token()));
    let user = user.ok_or_else(|| not_authentic("There is no user with this e-mail and password."))?;
    if let Some(code) = act.text("EntityCode").filter(|code| kinds::entity(code).is_none()) {
        return Err(super::refusal(format!("EntityCode `{code}` is not known.")));
    }
    let projects: Vec<Value> = store.list(PROJECTS, "").iter().map(|p| Value::Object(p.fields.clone())).collect();
    let first = store.list(PROJECTS, "").first().map(|p| p.fields.clone()).unwrap_or_default();
    Ok(Some(json!({
        "UserId": user.fields.get("UserId"), "AppCode": APP_CODE, "ProjId": first.get("ProjId"), "DeptId": first.get("DeptId"),
        "Projects": { "Project": projects }
    })))
}

fn by_email<'s>(act: &Act<'_>, store: &'s Store) -> Option<&'s Record> {
    let email = act.text("Email")?;
    store.list(USERS, "").iter().find(|user| user.field("Email").and_then(Value::as_str).is_some_and(|e| e.eq_ignore_ascii_case(email)))
}

/// 0 for nobody.
pub(super) fn id_by_email(act: &Act<'_>, store: &Store) -> Value {
    by_email(act, store).and_then(|user| user.fields.get("UserId").cloned()).unwrap_or(json!(0))
}

/// Empty for nobody.
pub(super) fn email_by_id(act: &Act<'_>, store: &Store) -> Value {
    let user = store.get(USERS, "", &act.id().to_string());
    user.and_then(|user| user.fields.get("Email").cloned()).unwrap_or(json!(""))
}

/// Every user: all may work in all projects here. Passwords are not shown.
pub(super) fn users(store: &Store) -> Value {
    let users = store.list(USERS, "").iter().map(|user| {
        let mut fields = user.fields.clone();
        fields.remove("Password");
        Value::Object(fields)
    });
    json!({ USER.type_name: users.collect::<Vec<_>>() })
}
