//! What a request writes to an entity.

use super::act::Act;
use super::filter::time;
use super::kinds::{FOLDERS, Kind, RELEASES, TESTS, USERS};
use super::library::STEP;
use super::wire::Failure;
use super::{fields::Sort, folders};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

impl Act<'_> {
    /// Writes the members of a body. Those that the kind does not show are hidden; those that the document does not know are
    /// the entity's own, or the judge had not let them pass.
    pub(super) fn absorb(&self, store: &mut Store, record: &mut Record, body: Map<String, Value>) -> Result<(), Failure> {
        for (member, value) in body {
            let is_declared = self.kind.writes.contains(&member.as_str()) || self.kind.created.contains(&member.as_str());
            let target = if is_declared { Kind::target(&member) } else { member.clone() };
            self.check(store, &member, &target, &value)?;
            let value = match target.as_str() {
                "test_steps" => {
                    let old = store.get(self.kind.collection, &self.scope, &record.key).and_then(|old| old.field("test_steps"));
                    let old = old.and_then(Value::as_array).cloned().unwrap_or_default();
                    steps(store, &old, &value, &self.now, self.user)
                }
                _ => value,
            };
            match is_declared && !self.kind.knows(&target) {
                true => drop(record.hidden.insert(target, value)),
                false => drop(record.fields.insert(target, value)),
            }
        }
        match self.kind.collection {
            RELEASES => settle_release(&mut record.fields),
            FOLDERS => folders::settle(self, store, record),
            _ => Ok(()),
        }
    }

    /// Everything back to what nobody wrote, but what the server alone writes.
    pub(super) fn reset(&self, record: &mut Record) {
        let targets: Vec<String> = self.kind.writes.iter().map(|member| Kind::target(member)).collect();
        record.fields.retain(|name, _| self.kind.knows(name));
        for name in &targets {
            record.hidden.remove(name);
            if self.kind.fields.sort(name).is_some() {
                record.fields.insert(name.clone(), self.kind.fields.blank(name));
            }
        }
    }

    fn check(&self, store: &Store, member: &str, target: &str, value: &Value) -> Result<(), Failure> {
        if self.kind.filled.contains(&member) && value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Err(Failure::bad(format!("{member} must not be empty.")));
        }
        let referred = match target {
            "folder_id" => Some((FOLDERS, format!("{}/{}", self.project, self.kind.code))),
            "parent_id" | "release_id" => Some((RELEASES, self.project.clone())),
            "test_id" => Some((TESTS, self.project.clone())),
            _ if target.ends_with("user_id") => Some((USERS, String::new())),
            _ => None,
        };
        if let (Some((collection, scope)), Some(id)) = (referred, value.as_i64())
            && id != 0
            && store.get(collection, &scope, &id.to_string()).is_none()
        {
            return Err(Failure::bad(format!("{member}: there is no {id} in {}.", collection.name())));
        }
        if self.kind.fields.sort(target) == Some(Sort::Moment) && !value.as_str().is_some_and(is_moment) {
            return Err(Failure::bad(format!("{member}: {value} is no date.")));
        }
        let ids = value.as_array().filter(|_| target == "custom_fields").into_iter().flatten().filter_map(|field| field["Id"].as_str());
        let is_known = |id: &str| id.strip_prefix("Custom").and_then(|n| n.parse::<u8>().ok()).is_some_and(|n| (1..=90).contains(&n));
        match ids.into_iter().find(|id| !is_known(id)) {
            Some(id) => Err(Failure::bad(format!("CustomFields: {id} is none of Custom1 to Custom90."))),
            None => Ok(()),
        }
    }
}

/// A date that exists, or one of those in the documentation that do not: they may come back as they were shown.
fn is_moment(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let date = text.split('T').next().unwrap_or_default();
    time(text).is_some() || (date.split('-').count() == 3 && date.split('-').all(digits))
}

/// Iterations and builds belong to something; other types there are not.
fn settle_release(fields: &mut Map<String, Value>) -> Result<(), Failure> {
    let has_parent = fields.get("parent_id").and_then(Value::as_i64).unwrap_or_default() != 0;
    match fields.get("release_type").and_then(Value::as_str) {
        // A PUT may leave the type out.
        None => drop(fields.insert("release_type".to_owned(), json!("Release"))),
        Some("Release") => {}
        Some("Iteration" | "Build") if has_parent => {}
        Some(kind @ ("Iteration" | "Build")) => return Err(Failure::bad(format!("ParentId is required for {kind}."))),
        Some(other) => return Err(Failure::bad(format!("ReleaseType: {other} is none of Release, Iteration, Build."))),
    }
    Ok(())
}

/// Steps of a test as it keeps them. One with the number of a step that is there takes its place; what the document does not
/// know has to be sent again.
fn steps(store: &mut Store, old: &[Value], sent: &Value, now: &str, user: i64) -> Value {
    let fresh = || {
        let stamps = [("date_created", json!(now)), ("create_user_id", json!(user))];
        STEP.fresh().into_iter().chain(stamps.map(own_name)).collect()
    };
    let mut seq = 0;
    let mut step = |sent: &Value| {
        seq += 1;
        let own = sent.get("Id").and_then(Value::as_u64);
        let twin = old.iter().find(|step| own.is_some() && step["id"].as_u64() == own).and_then(Value::as_object);
        let known = |twin: &Map<String, Value>| twin.clone().into_iter().filter(|(name, _)| STEP.sort(name).is_some()).collect();
        let mut step: Map<String, Value> = twin.map_or_else(fresh, known);
        let id = twin.and(own).unwrap_or_else(|| store.next_number(STEPS, ""));
        for name in ["expected_result", "step", "is_stopped_on_fail", "script_source_id"] {
            step.insert(name.to_owned(), STEP.blank(name));
        }
        step.extend([("seq", json!(seq)), ("date_updated", json!(now)), ("update_user_id", json!(user))].map(own_name));
        step.extend(sent.as_object().into_iter().flatten().map(|(name, value)| (Kind::target(name), value.clone())));
        step.insert("id".to_owned(), json!(id));
        Value::Object(step)
    };
    sent.as_array().into_iter().flatten().map(&mut step).collect()
}

/// Numbers of steps.
pub(super) const STEPS: crate::store::Collection = crate::store::Collection::new("test steps");

fn own_name<T>((name, value): (&str, T)) -> (String, T) {
    (name.to_owned(), value)
}
