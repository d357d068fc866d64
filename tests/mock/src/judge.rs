//! Whether a request is what the document allows, and an answer what it promises.

mod answer;
mod arguments;
mod body;
mod credentials;
mod verdict;

pub(crate) use answer::check as check_answer;
pub(crate) use credentials::check as check_credentials;
pub(crate) use verdict::Refusal;
pub use verdict::{Problem, Reason, Verdict};

use crate::call::{Call, Incoming};
use crate::spec::{MediaRange, Operation, PathTexts};
use arguments::Spelling;
use http::header::ACCEPT;

/// How much the mock lets pass that the document does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leniency {
    /// The document alone decides.
    #[default]
    Strict,
    /// Also the other spellings the vendor's own pages use: homonymous paths and parameter names, `1`/`0` for yes/no.
    Homonyms,
}

/// Reads a request that has an operation into a typed call, or says everything that is wrong with it.
pub(crate) fn read_call(
    operation: &Operation,
    path_texts: PathTexts,
    incoming: &Incoming,
    spelling: &dyn Fn(&str) -> Vec<String>,
    leniency: Leniency,
) -> Result<Call, Refusal> {
    let mut problems = Vec::new();
    check_accept(operation, incoming, &mut problems);
    let spelling = Spelling { leniency, homonyms: spelling };
    let arguments = arguments::read(operation, path_texts, incoming, &spelling, &mut problems);
    let body = body::read(operation, incoming, &mut problems);
    match problems.is_empty() {
        true => Ok(Call { operation: operation.id().to_owned(), signature: operation.signature(), arguments, body }),
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
