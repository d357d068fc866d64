//! Who may do what: groups per project, rights per group and area.

use super::kinds::{PRIVILEGES, PROJECTS, USER_GROUPS, USERS};
use crate::store::{Record, Store};
use serde_json::Value;

/// A right in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    Read,
    Add,
    Update,
    Delete,
}

impl Right {
    pub(super) const ALL: [Self; 4] = [Self::Read, Self::Add, Self::Update, Self::Delete];

    /// The member of a group's privileges that grants it.
    pub(super) fn member(self) -> &'static str {
        match self {
            Self::Read => "can_read",
            Self::Add => "can_add",
            Self::Update => "can_update",
            Self::Delete => "can_delete",
        }
    }

    /// Its bit in `acl`; adding has none.
    fn bit(self) -> i64 {
        match self {
            Self::Read => 1,
            Self::Add => 0,
            Self::Update => 2,
            Self::Delete => 4,
        }
    }
}

/// The user with this mail address.
pub(crate) fn user<'s>(store: &'s Store, email: &str) -> Option<&'s Record> {
    let same = |record: &&Record| record.field("email").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(email));
    store.list(USERS, "").iter().find(same)
}

/// Whether a user is let in at all.
pub(crate) fn is_active(user: &Record) -> bool {
    user.field("is_active") == Some(&Value::Bool(true))
}

pub(super) fn is_admin(store: &Store, user: i64) -> bool {
    store.get(USERS, "", &user.to_string()).is_some_and(|user| user.field("is_security_admin") == Some(&Value::Bool(true)))
}

/// The group a user has in a project.
pub(super) fn group<'s>(store: &'s Store, user: i64, project: &str) -> Option<&'s str> {
    store.get(PROJECTS, "", project)?;
    store.get(USER_GROUPS, &user.to_string(), project)?.field("group_name")?.as_str()
}

/// The department of a project.
pub(super) fn department<'s>(store: &'s Store, project: &str) -> Option<&'s str> {
    store.get(PROJECTS, "", project)?.field("dept_id")?.as_str()
}

/// The departments a user is in: the primary one, and those of the projects.
pub(crate) fn departments(store: &Store, user: i64) -> Vec<String> {
    let primary = store.get(USERS, "", &user.to_string()).and_then(|user| user.field("primary_dept_id")).map(ToString::to_string);
    let groups = store.list(USER_GROUPS, &user.to_string()).iter();
    let others = groups.filter_map(|group| department(store, &group.key)).map(str::to_owned);
    let mut all: Vec<String> = primary.into_iter().chain(others).collect();
    all.sort();
    all.dedup();
    all
}

pub(super) fn may(store: &Store, user: i64, project: &str, area: &str, right: Right) -> bool {
    let privilege = || {
        let scope = format!("{}/{}", department(store, project)?, group(store, user, project)?);
        store.get(PRIVILEGES, &scope, area)?.field(right.member())?.as_bool()
    };
    privilege().unwrap_or_default()
}

/// Whether a user has a right in an area of any project.
pub(crate) fn may_somewhere(store: &Store, user: i64, area: &str, right: Right) -> bool {
    store.list(USER_GROUPS, &user.to_string()).iter().any(|group| may(store, user, &group.key, area, right))
}

/// What a user may do, in bits.
pub(super) fn acl(store: &Store, user: i64, project: &str, area: &str) -> i64 {
    Right::ALL.into_iter().filter(|right| may(store, user, project, area, *right)).map(Right::bit).sum()
}
