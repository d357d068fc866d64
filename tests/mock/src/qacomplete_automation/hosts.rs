//! Departments, and the hosts that are registered in them.

use super::act::{Act, text};
use super::{HOSTS, runs};
use crate::qacomplete::wire::{Done, Failure, agent, page};
use crate::qacomplete::{DEPARTMENTS, departments};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// What an agent may change of its host.
const WRITES: [&str; 6] = ["host_name", "host_configuration", "agents", "os", "is_active", "agent_version"];

/// The departments of the user, under the names that this API has for their members.
pub(super) fn list_departments(act: &Act<'_>, store: &mut Store) -> Done {
    let own = departments(store, act.user);
    let shown = |record: &Record| {
        let field = |name: &str| record.field(name).cloned().unwrap_or_default();
        json!({ "id": field("id"), "name": field("dept_name"), "company": "Edgar", "date_created": field("date_created") })
    };
    let mine: Vec<Value> = store.list(DEPARTMENTS, "").iter().filter(|record| own.contains(&record.key)).map(shown).collect();
    Ok(page(act.call, &mine, 7))
}

pub(super) fn register(act: &Act<'_>, store: &mut Store) -> Done {
    let mut body = act.body();
    let named: Vec<i64> = [act.call.query("DeptId"), body.get("dept_id")].into_iter().flatten().filter_map(Value::as_i64).collect();
    body.remove("dept_id");
    let department = match named.as_slice() {
        [one, other] if one != other => return Err(Failure::bad("DeptId and dept_id name two departments.")),
        named => department(act, store, named.first().copied())?,
    };
    let host_name = body.get("host_name").and_then(Value::as_str).unwrap_or_default().to_owned();
    if host_name.trim().is_empty() {
        return Err(Failure::bad("host_name must not be empty."));
    }
    if find_by_name(store, &host_name, department).is_some() {
        return Err(exists(&host_name));
    }
    let id = store.next_number(HOSTS, "");
    let token = token(store);
    let mut record = fresh(id, &token, department);
    absorb(&mut record, body)?;
    store.put(HOSTS, "", record.clone());
    if act.gives_runs {
        runs::give_first(store, &record);
    }
    Ok(Value::Object(record.fields))
}

pub(super) fn find(act: &Act<'_>, store: &mut Store) -> Done {
    let department = department(act, store, act.call.query("deptid").and_then(Value::as_i64))?;
    let name = act.call.query("name").map(text).unwrap_or_default();
    let host = find_by_name(store, &name, department).ok_or_else(|| Failure::absent(format!("Host with name {name} not found")))?;
    Ok(Value::Object(host.fields.clone()))
}

pub(super) fn get(act: &Act<'_>, store: &mut Store) -> Done {
    Ok(Value::Object(act.host(store)?.fields.clone()))
}

pub(super) fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let mut host = act.host(store)?.clone();
    let body = act.body();
    if let Some(name) = body.get("host_name").and_then(Value::as_str) {
        let department = host.field("dept_id").and_then(Value::as_i64).unwrap_or_default();
        if find_by_name(store, name, department).is_some_and(|twin| twin.key != host.key) {
            return Err(exists(name));
        }
    }
    absorb(&mut host, body)?;
    store.put(HOSTS, "", host.clone());
    Ok(Value::Object(host.fields))
}

/// A host that a test brings along.
pub(super) fn fresh(id: u64, token: &str, department: i64) -> Record {
    let fields = json!({
        "id": id, "host_name": "", "host_configuration": "", "agents": [], "os": "", "is_active": true,
        "security_token": token, "agent_version": "2.10.1607"
    });
    let fields = fields.as_object().cloned().unwrap_or_default();
    let hidden = Map::from_iter([("dept_id".to_owned(), json!(department))]);
    Record { key: id.to_string(), fields, hidden }
}

/// Writes what a body brings; agents by their long names.
pub(super) fn absorb(host: &mut Record, body: Map<String, Value>) -> Result<(), Failure> {
    for (name, value) in body {
        let value = match (name.as_str(), value) {
            ("agents", Value::Array(agents)) => {
                let long = |given: Value| {
                    let known = agent(&text(&given)).map(Value::from);
                    known.ok_or_else(|| Failure::bad(format!("agents: {given} is no agent.")))
                };
                Value::Array(agents.into_iter().map(long).collect::<Result<_, _>>()?)
            }
            (_, value) => value,
        };
        host.fields.insert(name, value);
    }
    Ok(())
}

/// Whether a member of a host can be seeded.
pub(super) fn knows(member: &str) -> bool {
    WRITES.contains(&member) || ["id", "security_token"].contains(&member)
}

/// A token in the form of a GUID.
pub(super) fn token(store: &mut Store) -> String {
    let hash = store.next_hash();
    [&hash[..8], &hash[8..12], &hash[12..16], &hash[16..20], &hash[20..32]].join("-")
}

/// The department that is named, or the only one the user has.
fn department(act: &Act<'_>, store: &Store, named: Option<i64>) -> Result<i64, Failure> {
    let own: Vec<i64> = departments(store, act.user).iter().filter_map(|id| id.parse().ok()).collect();
    match (named, own.as_slice()) {
        (Some(named), own) if own.contains(&named) => Ok(named),
        (Some(_), _) => Err(Failure::denied()),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Failure::bad("The user is in several departments: one of them must be named.")),
    }
}

fn find_by_name<'s>(store: &'s Store, name: &str, department: i64) -> Option<&'s Record> {
    let is = |host: &&Record| {
        let own = host.field("host_name").and_then(Value::as_str).unwrap_or_default();
        own.eq_ignore_ascii_case(name) && host.field("dept_id").and_then(Value::as_i64) == Some(department)
    };
    store.list(HOSTS, "").iter().find(is)
}

fn exists(name: &str) -> Failure {
    Failure::exists(format!("Host with name {name} exists already"))
}
