//! Issues of other tools that cases and runs are linked to.

use super::actions::{Act, text};
use super::table::{CASES, RUNS};
use super::wire::{Done, Failure, done};
use crate::answer::Answer;
use crate::store::{Record, Store, list};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// Small plans know no issues.
pub(super) fn list_cases(act: &Act<'_>, store: &mut Store) -> Done {
    let asks = ["external_issues[type]", "external_issues[ids][]"].iter().any(|name| act.call.query(name).is_some());
    if (asks || includes(act, "external_issues")) && !act.settings.has_extras() {
        return Err(Failure::payment());
    }
    act.list(store)
}

/// Whether a call asks for something to be shown besides.
pub(super) fn includes(act: &Act<'_>, what: &str) -> bool {
    match act.call.query("include") {
        Some(Value::String(text)) => text.split(',').any(|word| word == what),
        Some(Value::Array(words)) => words.contains(&json!(what)),
        _ => false,
    }
}

pub(super) fn attach(act: &Act<'_>, store: &mut Store) -> Done {
    change_cases(act, store, |issues, ids| {
        for id in ids {
            let issue = shown(id);
            if !issues.contains(&issue) {
                issues.push(issue);
            }
        }
    })
}

pub(super) fn detach(act: &Act<'_>, store: &mut Store) -> Done {
    change_cases(act, store, |issues, ids| issues.retain(|issue| !ids.contains(&issue["id"])))
}

fn shown(id: &Value) -> Value {
    json!({ "id": id, "link": format!("https://jira.example/browse/{}", text(id)) })
}

fn change_cases(act: &Act<'_>, store: &mut Store, change: fn(&mut Vec<Value>, &[Value])) -> Done {
    if !act.settings.has_extras() {
        return Err(Failure::payment());
    }
    let tracker = act.body().get("type").cloned().unwrap_or_default();
    for (key, link) in links(act, "case_id", store)? {
        let ids = link.get("external_issues").and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(case) = store.get_mut(CASES, &act.scope, &key) else { continue };
        change_case(case, &tracker, |issues| change(issues, &ids));
    }
    done()
}

/// Changes the issues of a tracker, which stand in a group of their own.
fn change_case(case: &mut Record, tracker: &Value, change: impl FnOnce(&mut Vec<Value>)) {
    let Some(groups) = case.fields.entry("external_issues").or_insert_with(|| json!([])).as_array_mut() else { return };
    if !groups.iter().any(|group| group["type"] == *tracker) {
        groups.push(json!({ "type": tracker, "issues": [] }));
    }
    let own = groups.iter_mut().find(|group| group["type"] == *tracker);
    if let Some(issues) = own.and_then(|group| group["issues"].as_array_mut()) {
        change(issues);
    }
    groups.retain(|group| group["issues"] != json!([]));
}

/// A run has one issue at most. What the answer holds is not described.
pub(super) fn link_runs(act: &Act<'_>, store: &mut Store) -> Done {
    let tracker = act.body().get("type").cloned().unwrap_or_default();
    for (key, link) in links(act, "run_id", store)? {
        let Some(run) = store.get_mut(RUNS, &act.scope, &key) else { continue };
        let issue = match link.get("external_issue") {
            Some(id @ Value::String(_)) => json!({ "id": id, "type": tracker, "link": shown(id)["link"] }),
            _ => Value::Null,
        };
        run.fields.insert("external_issue".to_owned(), issue);
    }
    Ok(Answer::empty(StatusCode::OK))
}

/// A link, by the key of the thing it is of.
type Link = (String, Map<String, Value>);

/// The links of a body; all their things must be there.
fn links(act: &Act<'_>, member: &str, store: &Store) -> Result<Vec<Link>, Failure> {
    let with_key = |link: Map<String, Value>| (link.get(member).map(text).unwrap_or_default(), link);
    let links: Vec<Link> = act.objects("links").into_iter().map(with_key).collect();
    let unknown = links.iter().position(|(key, _)| store.get(act.resource.collection, &act.scope, key).is_none());
    match unknown {
        Some(index) => Err(Failure::invalid(&format!("links.{index}.{member}"), format!("{} not found", act.resource.noun))),
        None => Ok(links),
    }
}

/// Whether a case is linked to an issue of a tool.
pub(super) fn is_of_tracker(case: &Record, tracker: &Value) -> bool {
    groups(case).any(|group| group["type"] == *tracker)
}

/// Whether a case is linked to one of these issues.
pub(super) fn is_linked(case: &Record, ids: &Value) -> bool {
    groups(case).filter_map(|group| group["issues"].as_array()).flatten().any(|issue| list(ids).contains(&issue["id"]))
}

fn groups(case: &Record) -> impl Iterator<Item = &Value> {
    case.field("external_issues").and_then(Value::as_array).into_iter().flatten()
}
