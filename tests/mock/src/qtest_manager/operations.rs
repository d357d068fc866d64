//! The operations that the mock acts on. All others are answered with the examples of the document.

use super::act::Act;
use super::kinds::Kind;
use super::wire::Done;
use super::{
    attachments, comments, cycles, fields, jobs, links, logs, modules, oauth, people, projects, runs, search, steps, suites, test_cases,
    verbs, webhooks,
};
use crate::store::Store;

/// An operation.
pub(super) struct Action {
    /// Method and path without placeholder names.
    pub(super) signature: &'static str,
    pub(super) kind: &'static Kind,
    pub(super) run: fn(&Act<'_>, &mut Store) -> Done,
}

pub(super) const fn on(signature: &'static str, kind: &'static Kind, run: fn(&Act<'_>, &mut Store) -> Done) -> Action {
    Action { signature, kind, run }
}

static ALL: [&[Action]; 18] = [
    &attachments::ACTIONS,
    &comments::ACTIONS,
    &cycles::ACTIONS,
    &fields::ACTIONS,
    &jobs::ACTIONS,
    &links::ACTIONS,
    &logs::ACTIONS,
    &modules::ACTIONS,
    &oauth::ACTIONS,
    &people::ACTIONS,
    &projects::ACTIONS,
    &runs::ACTIONS,
    &search::ACTIONS,
    &steps::ACTIONS,
    &suites::ACTIONS,
    &test_cases::ACTIONS,
    &verbs::ACTIONS,
    &webhooks::ACTIONS,
];

/// Every operation that the mock acts on.
pub(super) fn all() -> impl Iterator<Item = &'static Action> {
    ALL.into_iter().flatten()
}

pub(super) fn action(signature: &str) -> Option<&'static Action> {
    all().find(|action| action.signature == signature)
}
