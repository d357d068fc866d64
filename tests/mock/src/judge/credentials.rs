//! Credentials.

use super::verdict::{Problem, Reason};
use crate::call::Incoming;
use crate::spec::{Credential, Operation};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};

/// What lets a request in. The same tokens serve every scheme but HTTP Basic.
pub(crate) struct Keys<'a> {
    pub(crate) is_token: &'a dyn Fn(&str) -> bool,
    /// Whom a scheme of HTTP Basic lets in, by scheme, login and password.
    pub(crate) is_login: &'a dyn Fn(&str, &str, &str) -> bool,
}

/// Who sent a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    pub(crate) login: Option<String>,
    pub(crate) token: Option<String>,
}

/// Whether the request carries what the operation asks for.
pub(crate) fn check(operation: &Operation, incoming: &Incoming, keys: &Keys<'_>) -> Result<Caller, Problem> {
    let good = |credential: &Credential| match credential {
        Credential::Basic(scheme) => login(incoming).is_some_and(|(login, password)| (keys.is_login)(scheme, &login, &password)),
        _ => sent(credential, incoming).is_some_and(|token| (keys.is_token)(&token)),
    };
    let open = operation.security.is_empty();
    if let Some(alternative) = operation.security.iter().find(|alternative| alternative.iter().all(good)) {
        let is_basic = |credential: &&Credential| matches!(credential, Credential::Basic(_));
        let login = alternative.iter().find(is_basic).and_then(|_| login(incoming)).map(|(login, _)| login);
        let token = alternative.iter().find(|credential| !is_basic(credential)).and_then(|credential| sent(credential, incoming));
        return Ok(Caller { login, token });
    }
    if open {
        return Ok(Caller::default());
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
        Credential::Bearer | Credential::Basic(_) => "header Authorization".to_owned(),
    }
}

fn sent(credential: &Credential, incoming: &Incoming) -> Option<String> {
    let header = |name: &str| incoming.headers.get(name).and_then(|v| v.to_str().ok());
    match credential {
        Credential::Header(name) => header(name).map(str::to_owned),
        Credential::Query(name) => incoming.pairs().into_iter().find(|(key, _)| key == name).map(|(_, value)| value),
        Credential::Cookie(name) => header(COOKIE.as_str()).and_then(|text| cookie(text, name)).map(str::to_owned),
        Credential::Bearer => authorization(incoming, "bearer"),
        Credential::Basic(_) => authorization(incoming, "basic"),
    }
}

/// What follows the name of a scheme in `Authorization`.
fn authorization(incoming: &Incoming, scheme: &str) -> Option<String> {
    let (word, rest) = incoming.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    word.eq_ignore_ascii_case(scheme).then(|| rest.trim().to_owned())
}

/// Login and password of HTTP Basic.
fn login(incoming: &Incoming) -> Option<(String, String)> {
    let bytes = STANDARD.decode(authorization(incoming, "basic")?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (login, password) = text.split_once(':')?;
    Some((login.to_owned(), password.to_owned()))
}

/// The value of a cookie in a `Cookie` header.
pub(super) fn cookie<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let pairs = text.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}
