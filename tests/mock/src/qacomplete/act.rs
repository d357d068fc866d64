//! A call in progress: who calls, where it leads, whether it may be done.

use super::entities::CODED;
use super::kinds::{Kind, Place, TEST_HOSTS, TEST_RUNS, TESTS};
use super::operations::{self, Gate};
use super::own;
use super::rights::{self, Right};
use super::wire::{self, Done, Failure};
use crate::call::Call;
use crate::store::{Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A call in progress.
pub(super) struct Act<'c> {
    pub(super) call: &'c Call,
    pub(super) kind: &'static Kind,
    pub(super) user: i64,
    /// Empty for what belongs to no project.
    pub(super) project: String,
    /// Where the records are.
    pub(super) scope: String,
    /// The record that the path names, if it does.
    pub(super) key: Option<String>,
    pub(super) now: String,
    /// URL of the second address.
    pub(super) elsewhere: &'c str,
}

/// A path argument as text.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn perform(call: &Call, store: &mut Store, now: Timestamp, elsewhere: &str) -> Done {
    let action = operations::action(call.signature()).ok_or_else(|| Failure::absent("There is no such operation."))?;
    let act = Act::new(call, action.kind, action.gate, store, (now, elsewhere))?;
    (action.run)(&act, store)
}

/// Members that the document does not know, of what a change is about.
pub(super) fn own_members(call: &Call, store: &Store) -> BTreeSet<String> {
    let is_change = ["PUT ", "PATCH "].iter().any(|method| call.signature().starts_with(method));
    let action = operations::action(call.signature()).filter(|_| is_change);
    let act = action.and_then(|action| Act::new(call, action.kind, action.gate, store, (Timestamp::UNIX_EPOCH, "")).ok());
    act.map(|act| own::members(&act, store)).unwrap_or_default()
}

/// Whether a project has an entity of this code and number. Steps are parts of tests.
pub(super) fn has(store: &Store, project: &str, code: &str, id: &str) -> bool {
    let step = |record: &Record| {
        let steps = record.field("test_steps").and_then(Value::as_array);
        steps.is_some_and(|steps| steps.iter().any(|step| step["id"].as_u64() == id.parse().ok()))
    };
    match code {
        "TestSteps" => store.list(TESTS, project).iter().any(step),
        "TestRuns" => store.get(TEST_RUNS, project, id).is_some(),
        _ => CODED.iter().any(|kind| kind.code == code && store.get(kind.collection, project, id).is_some()),
    }
}

/// A code as the documentation writes it, and the area of its rights.
pub(super) fn code(text: &str) -> Result<(&'static str, &'static str), Failure> {
    let steps = ("TestSteps", "Tests");
    let all = CODED.iter().map(|kind| (kind.code, kind.area)).chain([steps]);
    let found = all.into_iter().find(|(code, _)| code.eq_ignore_ascii_case(text));
    found.ok_or_else(|| Failure::bad(format!("EntityCode: {text} is none of Releases, Bugs, FunctionalSpecs, Tests, TestSets, TestSteps.")))
}

impl<'c> Act<'c> {
    /// Says where a call leads, if it may be done.
    fn new(
        call: &'c Call,
        kind: &'static Kind,
        gate: Gate,
        store: &Store,
        (now, elsewhere): (Timestamp, &'c str),
    ) -> Result<Self, Failure> {
        let user = call.caller().and_then(|email| rights::user(store, email)).ok_or_else(Failure::denied)?;
        let user = user.key.parse().map_err(|_| Failure::denied())?;
        let (project, scope) = (String::new(), String::new());
        let mut act = Act { call, kind, user, project, scope, key: None, now: wire::moment(now), elsewhere };
        act.find_place(store, gate)?;
        Ok(act)
    }
}

impl Act<'_> {
    /// Follows the path to where the records are. Who may not go there is told so before anything else.
    fn find_place(&mut self, store: &Store, gate: Gate) -> Result<(), Failure> {
        let mut arguments = (0..).map_while(|index| self.call.path(index)).map(text);
        if self.kind.place != Place::Account || gate == Gate::Member {
            self.project = arguments.next().unwrap_or_default();
        }
        let mut area = self.kind.area;
        let parent = match self.kind.place {
            Place::Account => None,
            Place::Project => {
                self.scope.clone_from(&self.project);
                None
            }
            Place::Folder | Place::Entity => {
                let (code, of_code) = code(&arguments.next().unwrap_or_default())?;
                area = of_code;
                let parent = if self.kind.place == Place::Entity { arguments.next().map(|id| (code, id)) } else { None };
                self.scope = format!("{}/{code}", self.project);
                parent
            }
            Place::Below(code) => {
                self.scope = format!("{}/{code}", self.project);
                arguments.next().map(|id| (code, id))
            }
        };
        self.key = if self.kind.place == Place::Account { None } else { arguments.next() };
        self.pass(store, gate, area)?;
        if let Some((code, id)) = parent {
            if !has(store, &self.project, code, &id) {
                return Err(Failure::absent(format!("Entity {code} with Id {id} wasn't found.")));
            }
            self.scope = format!("{}/{id}", self.scope);
        }
        if let (Some(key), "agent") = (&self.key, self.kind.key) {
            let agent = wire::agent(key).ok_or_else(|| Failure::bad(format!("Agent: {key} is no agent.")))?;
            self.key = Some(agent.to_owned());
        }
        Ok(())
    }

    fn pass(&self, store: &Store, gate: Gate, area: &str) -> Result<(), Failure> {
        let may = |area: &str, right| rights::may(store, self.user, &self.project, area, right);
        let passes = match gate {
            Gate::User => true,
            Gate::Admin => rights::is_admin(store, self.user),
            Gate::Member => rights::group(store, self.user, &self.project).is_some(),
            Gate::Right(right) => may(area, right),
            Gate::Hosts => may(TEST_HOSTS, Right::Read),
        };
        if passes { Ok(()) } else { Err(Failure::denied()) }
    }

    /// The area whose rights decide over what the path leads to.
    pub(super) fn area(&self) -> &'static str {
        match self.kind.area {
            "" => self.scope.split('/').nth(1).and_then(|word| code(word).ok()).map_or("", |(_, area)| area),
            area => area,
        }
    }

    /// A path argument as text.
    pub(super) fn argument(&self, index: usize) -> String {
        self.call.path(index).map(text).unwrap_or_default()
    }

    pub(super) fn body(&self) -> Map<String, Value> {
        self.call.body().and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The record that the path names.
    pub(super) fn find<'s>(&self, store: &'s Store) -> Result<&'s Record, Failure> {
        let key = self.key.as_deref().unwrap_or_default();
        store.get(self.kind.collection, &self.scope, key).ok_or_else(|| self.missing(key))
    }

    pub(super) fn missing(&self, key: &str) -> Failure {
        Failure::absent(format!("Entity {} with Id {key} wasn't found.", self.kind.code))
    }

    /// Members that the server writes, where the kind has them.
    pub(super) fn stamp(&self, fields: &mut Map<String, Value>, is_new: bool) {
        let project: Value = self.project.parse::<i64>().map_or(Value::Null, Value::from);
        let parts: Vec<&str> = self.scope.split('/').collect();
        let entity = parts.get(2).and_then(|id| id.parse::<i64>().ok());
        let (now, user) = (json!(self.now), json!(self.user));
        let always = [("date_updated", now.clone()), ("update_user_id", user.clone())];
        let once = [
            ("project_id", project),
            ("date_created", now.clone()),
            ("date_opened", now),
            ("create_user_id", user.clone()),
            ("opened_by", user),
            ("entity_code", json!(parts.get(1))),
            ("entity_id", json!(entity)),
        ];
        let all = always.into_iter().chain(once.into_iter().filter(|_| is_new));
        fields.extend(all.filter(|(name, _)| self.kind.fields.sort(name).is_some()).map(|(name, value)| (name.to_owned(), value)));
    }
}
