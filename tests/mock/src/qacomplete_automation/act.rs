//! A call in progress.

use super::{HOSTS, hosts, runs};
use crate::call::Call;
use crate::qacomplete::wire::{self, Done, Failure};
use crate::qacomplete::{Right, TEST_HOSTS, may_somewhere, user};
use crate::store::{Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// A call in progress.
pub(super) struct Act<'c> {
    pub(super) call: &'c Call,
    /// 0 for a host.
    pub(super) user: i64,
    pub(super) now: String,
    /// URL of the second address.
    pub(super) elsewhere: &'c str,
    /// Whether a host that registers finds a run waiting.
    pub(super) gives_runs: bool,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gate {
    User,
    /// Users who may read test hosts.
    Hosts,
    /// The host in the path.
    Own,
}

/// One documented operation.
struct Action {
    signature: &'static str,
    gate: Gate,
    run: fn(&Act<'_>, &mut Store) -> Done,
}

const fn on(signature: &'static str, gate: Gate, run: fn(&Act<'_>, &mut Store) -> Done) -> Action {
    Action { signature, gate, run }
}

/// Every operation of the reference.
static ACTIONS: [Action; 10] = [
    on("GET /v2/depts", Gate::User, hosts::list_departments),
    on("POST /v2/hosts", Gate::Hosts, hosts::register),
    on("GET /v2/hosts", Gate::Hosts, hosts::find),
    on("GET /v2/hosts/{}", Gate::Own, hosts::get),
    on("PATCH /v2/hosts/{}", Gate::Own, hosts::update),
    on("GET /v2/hosts/{}/currentruns", Gate::Own, runs::current),
    on("PATCH /v2/hosts/{}/runs/{}/items/{}", Gate::Own, runs::report),
    on("POST /v2/hosts/{}/runs/{}/items/{}/logs", Gate::Own, runs::log),
    on("POST /v2/hosts/{}/runs/{}/items/{}/report", Gate::Own, runs::file_report),
    on("GET /v2/hosts/{}/runs/{}/items/{}/script", Gate::Own, runs::script),
];

pub(super) fn knows(signature: &str) -> bool {
    action(signature).is_some()
}

fn action(signature: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.signature == signature)
}

pub(super) fn perform(call: &Call, store: &mut Store, now: Timestamp, (elsewhere, gives_runs): (&str, bool)) -> Done {
    let action = action(call.signature()).ok_or_else(|| Failure::absent("There is no such operation."))?;
    let user = call.caller().and_then(|login| user(store, login)).and_then(|user| user.key.parse().ok()).unwrap_or_default();
    let act = Act { call, user, now: wire::moment(now), elsewhere, gives_runs };
    match action.gate {
        Gate::Hosts if !may_somewhere(store, user, TEST_HOSTS, Right::Read) => return Err(Failure::denied()),
        Gate::Own => drop(act.host(store)?),
        Gate::User | Gate::Hosts => {}
    }
    (action.run)(&act, store)
}

/// An argument as text.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Act<'_> {
    pub(super) fn argument(&self, index: usize) -> String {
        self.call.path(index).map(text).unwrap_or_default()
    }

    pub(super) fn body(&self) -> Map<String, Value> {
        self.call.body().and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The host in the path, which must be the one that asks: a token opens one host.
    pub(super) fn host<'s>(&self, store: &'s Store) -> Result<&'s Record, Failure> {
        let id = self.argument(0);
        let host = store.get(HOSTS, "", &id).ok_or_else(|| Failure::absent(format!("Host with id {id} not found")))?;
        if self.call.caller() == Some(&id) { Ok(host) } else { Err(Failure::denied()) }
    }
}
