//! Whether a request is what the document allows, and an answer what it promises.

mod answer;
mod arguments;
mod body;
mod credentials;
mod multipart;
mod verdict;

pub(crate) use answer::check as check_answer;
pub(crate) use credentials::{Caller, Keys, check as check_credentials};
pub(crate) use verdict::Refusal;
pub use verdict::{Problem, Reason, Verdict};

use crate::behaviour::Behaviour;
use crate::call::{Call, Incoming};
use crate::spec::{MediaRange, Operation, PathTexts};
use crate::store::Store;
use arguments::Spelling;
use http::header::ACCEPT;
use std::collections::BTreeMap;

/// How much the mock lets pass that the document does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leniency {
    /// The document alone decides.
    #[default]
    Strict,
    /// Also the other spellings the vendor's own pages use: homonymous paths and parameter names, `1`/`0` for yes/no.
    Homonyms,
    /// Also what the vendor's published clients send: null for members that are absent, an empty text for no body.
    Clients,
}

impl Leniency {
    /// Whether other spellings are taken.
    pub(crate) fn takes_homonyms(self) -> bool {
        self != Self::Strict
    }
}

/// Reads a request that has an operation into a typed call, or says everything that is wrong with it.
pub(crate) fn read_call(
    operation: &Operation,
    path_texts: PathTexts,
    incoming: &Incoming,
    (behaviour, leniency): (&dyn Behaviour, Leniency),
    store: &Store,
    caller: Caller,
) -> Result<Call, Refusal> {
    let mut problems = Vec::new();
    check_accept(operation, incoming, &mut problems);
    let arguments = arguments::read(operation, path_texts, incoming, &Spelling { leniency, behaviour }, &mut problems);
    let (operation_id, signature) = (operation.id().to_owned(), operation.signature().to_owned());
    let size = incoming.content().len();
    let mut call = Call { operation: operation_id, signature, arguments, body: None, files: BTreeMap::new(), upload: None, size, caller };
    let own = behaviour.own_members(&call, store);
    let content = body::read(operation, incoming, (behaviour.letters(), leniency), &own, &mut problems);
    (call.body, call.files, call.upload) = (content.value, content.files, content.upload);
    match problems.is_empty() {
        true => Ok(call),
        false => Err(Refusal { operation: Some(operation.id().to_owned()), problems, allowed: Vec::new() }),
    }
}

fn check_accept(operation: &Operation, incoming: &Incoming, problems: &mut Vec<Problem>) {
    let mut listed = incoming.headers.get_all(ACCEPT).iter().peekable();
    let offered: Vec<&MediaRange> = operation.answers.success_media().map(|m| &m.range).collect();
    if listed.peek().is_none() || offered.is_empty() {
        return;
    }
    let text = listed.filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(",");
    let wanted = text.split(',').filter(|item| !is_excluded(item)).filter_map(MediaRange::parse);
    if !wanted.into_iter().any(|wanted| offered.iter().any(|offer| offer.meets(&wanted))) {
        let message = format!("`{text}` admits none of this operation's media types");
        problems.push(Problem::new(Reason::NotAcceptable, "header Accept", message));
    }
}

/// `text/html;q=0` says: not this one.
fn is_excluded(item: &str) -> bool {
    let mut weights = item.split(';').skip(1).filter_map(|p| p.trim().strip_prefix("q="));
    weights.any(|q| q.trim().parse::<f32>() == Ok(0.0))
}
