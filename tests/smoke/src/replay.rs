//! A transcribed vector of a REST API, played against a client.

use crate::call::Call;
use crate::wire::Sent;
use crate::{Vector, shown, wire};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use tms_runtime::{Error, StatusCode, ToJson};

/// What came of a call: what was sent, and what the answer shows, as JSON text.
pub struct Played {
    /// The requests.
    pub sent: Vec<Sent>,
    /// The answer, or how it was refused.
    pub outcome: Result<String, Refusal>,
}

/// An error with a status.
#[derive(Debug)]
pub struct Refusal {
    /// The status, if an answer came.
    pub status: Option<StatusCode>,
    /// The error body as its type shows it, if it was one.
    pub fault: Option<Json>,
    /// What the error says.
    pub said: String,
}

impl Refusal {
    /// What a vector asks of an error.
    ///
    /// # Panics
    /// When an error body does not write JSON.
    pub fn new<F: ToJson>(error: &Error<F>) -> Self
    where
        Error<F>: std::fmt::Display,
    {
        let fault = match error {
            Error::Api(api) => Some(tms_runtime::json::to_string(api.fault())),
            _ => None,
        };
        let fault = fault.map(|text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("wrote {text}: {error}")));
        Self { status: error.status(), fault, said: error.to_string() }
    }
}

/// Plays a vector twice, the second time with members in the reply that no model knows, and checks everything it says.
///
/// # Panics
/// With the first difference.
pub fn check(vector: &Vector, play: impl Fn(&mut Call, Vec<http::Response<Vec<u8>>>) -> Played) {
    let name = vector.name();
    let run = |strangers: bool| {
        let mut call = Call::new(name, vector.at("/call"));
        let played = play(&mut call, replies(vector, strangers));
        call.finish();
        played
    };
    let played = run(false);
    wire::check_all(vector, &played.sent);
    if vector.expects_fault() {
        let refusal = played.outcome.expect_err("a vector with `fault`");
        assert_eq!(
            refusal.status.map(|status| u64::from(status.as_u16())),
            vector.at("/reply/status").as_u64(),
            "vector `{name}`: {}",
            refusal.said
        );
        for (pointer, want) in vector.at("/fault").as_object().into_iter().flatten() {
            let got = refusal.fault.as_ref().and_then(|fault| fault.pointer(pointer));
            assert_eq!(got, Some(want), "vector `{name}`: {pointer} of the error body (decoded left, expected right): {}", refusal.said);
        }
        return;
    }
    shown::check(vector, &played.outcome.unwrap_or_else(|refusal| panic!("vector `{name}`: {}", refusal.said)));
    if matches!(vector.at("/reply/body"), Json::Object(_) | Json::Array(_)) {
        let written = run(true).outcome.unwrap_or_else(|refusal| panic!("vector `{name}` with unknown members: {}", refusal.said));
        let unclaimed: BTreeSet<String> = shown::unclaimed(name, &written).into_iter().collect();
        let unknown = vector.pointers("unknown").into_iter().map(str::to_owned);
        let unknown = unknown.chain(vector.is_bare().then(|| "/status".to_owned())).collect();
        assert_eq!(unclaimed, unknown, "vector `{name}`: members no field claims (left) are not those expected");
    }
}

/// The replies of a vector, in order.
fn replies(vector: &Vector, strangers: bool) -> Vec<http::Response<Vec<u8>>> {
    let name = vector.name();
    let reply = |reply: &Json| {
        let status = reply["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
        let mut response = http::Response::builder().status(status);
        for (name, value) in reply["headers"].as_object().into_iter().flatten() {
            response = response.header(name, value.as_str().unwrap_or_default());
        }
        let body = match (reply.get("base64").and_then(Json::as_str), &reply["body"]) {
            (Some(text), _) => BASE64_STANDARD.decode(text).unwrap_or_else(|error| panic!("vector `{name}`: {text}: {error}")),
            (None, Json::Null) => Vec::new(),
            (None, body) => {
                response = response.header(http::header::CONTENT_TYPE, "application/json; charset=utf-8");
                if strangers { shown::with_strangers(body) } else { body.to_string() }.into_bytes()
            }
        };
        response.body(body).unwrap_or_else(|error| panic!("vector `{name}`: {error}"))
    };
    vector.exchanges().into_iter().map(|(_, printed)| reply(printed)).collect()
}
