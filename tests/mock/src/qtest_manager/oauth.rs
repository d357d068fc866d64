//! Logging in: tokens that are given out, end, and are renewed.

use super::act::Act;
use super::kinds::{SITE, USERS};
use super::operations::{Action, on};
use super::wire::{Done, Failure, ok};
use crate::call::Call;
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Tokens that let in, by their text.
const TOKENS: Collection = Collection::new("access tokens");
/// Tokens that get new ones, by their text.
const REFRESH_TOKENS: Collection = Collection::new("refresh tokens");
/// The name that clients have when they renew a token.
const REFRESH_CLIENT: &str = "qtest-api";
/// Whom the fixed token stands for.
const FIRST_USER: i64 = 1;
const SCOPE: &str = "read write create delete administration execute import export share baseline";

pub(super) static ACTIONS: [Action; 2] = [on("POST /oauth/token", &SITE, token), on("GET /oauth/status", &SITE, status)];

/// Whether a token lets in.
pub(super) fn takes(token: &str, store: &Store, now: Timestamp) -> bool {
    store.get(TOKENS, "", token).and_then(end).is_some_and(|end| now.as_millisecond() < end)
}

/// When a token ends, in milliseconds since 1970.
fn end(record: &Record) -> Option<i64> {
    record.field("end")?.as_i64()
}

/// The number of who calls.
pub(super) fn user(call: &Call, store: &Store) -> i64 {
    let token = call.token().and_then(|token| store.get(TOKENS, "", token));
    token.and_then(|record| record.field("user")?.as_i64()).unwrap_or(FIRST_USER)
}

/// Ends every token that was given out.
pub(super) fn expire(store: &mut Store) {
    store.list_mut(TOKENS, "").clear();
}

/// Ends every token that gets new ones.
pub(super) fn revoke(store: &mut Store) {
    store.list_mut(REFRESH_TOKENS, "").clear();
}

fn token(act: &Act<'_>, store: &mut Store) -> Done {
    let body = act.body();
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    let client = act.call.caller().unwrap_or_default();
    match field("grant_type").unwrap_or("password") {
        "password" => {
            let (name, password) = (field("username"), field("password"));
            let name = name.ok_or_else(|| Failure::bad("invalid_request: username is missing"))?;
            let knows = |user: &&Record| {
                user.field("username").and_then(Value::as_str) == Some(name) && user.field("password").and_then(Value::as_str) == password
            };
            let user = store.list(USERS, "").iter().filter(|user| user.field("status") == Some(&json!(1))).find(knows);
            let id = user.and_then(|user| user.field("id")?.as_i64()).ok_or_else(|| Failure::bad("invalid_grant: Bad credentials"))?;
            give(act, store, id)
        }
        "refresh_token" => {
            if client != REFRESH_CLIENT {
                return Err(Failure::unauthorized(format!("invalid_client: {client} may not renew tokens")));
            }
            let record = field("refresh_token").and_then(|token| store.get(REFRESH_TOKENS, "", token));
            let id = record.and_then(|record| record.field("user")?.as_i64());
            give(act, store, id.ok_or_else(|| Failure::bad("invalid_grant: Invalid refresh token"))?)
        }
        other => Err(Failure::bad(format!("unsupported_grant_type: {other}"))),
    }
}

fn give(act: &Act<'_>, store: &mut Store, user: i64) -> Done {
    let life = act.settings.token_life;
    let end = act.now.as_millisecond().saturating_add(i64::try_from(life.as_millis()).unwrap_or(i64::MAX));
    let (access, refresh) = (uuid(store), uuid(store));
    for (collection, token) in [(TOKENS, &access), (REFRESH_TOKENS, &refresh)] {
        let hidden = Map::from_iter([("user".to_owned(), json!(user)), ("end".to_owned(), json!(end))]);
        store.put(collection, "", Record { key: token.clone(), fields: Map::new(), hidden });
    }
    ok(json!({
        "access_token": access, "token_type": "bearer", "refresh_token": refresh, "scope": SCOPE, "agent": act.call.caller(),
        "expires_in": life.as_secs()
    }))
}

/// A hash that looks like the tokens of the samples.
fn uuid(store: &mut Store) -> String {
    let hash = store.next_hash();
    [&hash[..8], &hash[8..12], &hash[12..16], &hash[16..20], &hash[20..32]].join("-")
}

/// A token that was not given out here is the fixed one, which never ends.
fn status(act: &Act<'_>, store: &mut Store) -> Done {
    let end = act.call.token().and_then(|token| store.get(TOKENS, "", token)).and_then(end);
    let left = end.map_or(0, |end| (end - act.now.as_millisecond()).max(0));
    ok(json!({ "expiration": end.unwrap_or(0), "validityInMilliseconds": left }))
}
