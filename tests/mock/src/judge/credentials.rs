//! Credentials.

use super::verdict::{Problem, Reason};
use crate::call::Incoming;
use crate::spec::{Credential, Operation};
use http::header::{AUTHORIZATION, COOKIE};

/// Whether the request carries what the operation asks for. The same token serves every scheme.
pub(crate) fn check(operation: &Operation, incoming: &Incoming, token: &str) -> Result<(), Problem> {
    let open = operation.security.is_empty();
    let satisfied = |alternative: &Vec<Credential>| alternative.iter().all(|c| sent(c, incoming).as_deref() == Some(token));
    if open || operation.security.iter().any(satisfied) {
        return Ok(());
    }
    let mut wanted = operation.security.iter().flatten();
    let present = wanted.clone().find(|c| sent(c, incoming).is_some());
    let (credential, message) = match present {
        Some(credential) => (Some(credential), "the credential is wrong"),
        None => (wanted.next(), "the credential is missing"),
    };
    Err(Problem::new(Reason::Unauthorized, credential.map_or_else(String::new, place), message))
}

/// Names of query keys that carry credentials, so that they do not count as unknown.
pub(super) fn query_keys(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.security.iter().flatten().filter_map(|c| match c {
        Credential::Query(name) => Some(name.as_str()),
        _ => None,
    })
}

fn place(credential: &Credential) -> String {
    match credential {
        Credential::Header(name) => format!("header {name}"),
        Credential::Query(name) => format!("query `{name}`"),
        Credential::Cookie(name) => format!("cookie {name}"),
        Credential::Bearer => "header Authorization".to_owned(),
    }
}

fn sent(credential: &Credential, incoming: &Incoming) -> Option<String> {
    let header = |name: &str| incoming.headers.get(name).and_then(|v| v.to_str().ok());
    match credential {
        Credential::Header(name) => header(name).map(str::to_owned),
        Credential::Query(name) => incoming.pairs().into_iter().find(|(key, _)| key == name).map(|(_, value)| value),
        Credential::Cookie(name) => header(COOKIE.as_str()).and_then(|text| cookie(text, name)).map(str::to_owned),
        Credential::Bearer => {
            let (word, token) = header(AUTHORIZATION.as_str())?.split_once(' ')?;
            word.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
        }
    }
}

/// The value of a cookie in a `Cookie` header.
pub(super) fn cookie<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let pairs = text.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}
