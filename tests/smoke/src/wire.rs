//! What was sent, compared in meaning: query pairs decoded and in no particular order, bodies as JSON.

use crate::{Vector, shown};
use http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use tms_runtime::MemoryTransport;

/// A request as it went out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Method.
    pub method: String,
    /// Path, percent-encoded.
    pub path: String,
    /// Query as sent, without the question mark.
    pub raw_query: String,
    /// Headers that say something about the request; those of one connection are left out.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Headers that belong to a connection and its client library, not to the request.
const OF_THE_CONNECTION: [&str; 4] = ["host", "connection", "content-length", "transfer-encoding"];

impl Sent {
    /// A request from its parts.
    #[must_use]
    pub fn new(method: &str, path: &str, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Self {
        let said = headers.iter().filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()));
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let mut headers: Vec<_> = said.map(|(name, value)| (name.to_string(), text(value))).collect();
        headers.sort();
        let (method, path, raw_query) = (method.to_owned(), path.to_owned(), query.unwrap_or_default().to_owned());
        Self { method, path, raw_query, headers, body: body.to_vec() }
    }

    /// A request as the mock server received it.
    #[must_use]
    pub fn of_mock(request: &tms_mock::Request) -> Self {
        Self::new(request.method.as_str(), &request.path, request.raw_query.as_deref(), &request.headers, &request.body)
    }

    /// The one request a transport in memory was given.
    ///
    /// # Panics
    /// When there were none or several.
    #[must_use]
    pub fn only(memory: &MemoryTransport) -> Self {
        let requests = memory.requests();
        let [request] = requests.as_slice() else { panic!("{} requests were sent, expected one: {requests:?}", requests.len()) };
        let (uri, body) = (request.uri(), request.body());
        Self::new(request.method().as_str(), uri.path(), uri.query(), request.headers(), body)
    }

    /// Decoded query pairs, sorted. A plus sign is a plus sign.
    #[must_use]
    pub fn query(&self) -> Vec<(String, String)> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pair = |pair: &str| pair.split_once('=').map_or((decoded(pair), String::new()), |(key, value)| (decoded(key), decoded(value)));
        let mut pairs: Vec<_> = self.raw_query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
        pairs.sort();
        pairs
    }

    /// A header's value, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when there is none.
    ///
    /// # Panics
    /// When it is something else.
    #[must_use]
    pub fn json(&self) -> Json {
        if self.body.is_empty() {
            return Json::Null;
        }
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is not JSON: {error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// Checks what was sent against a vector's `request`.
///
/// # Panics
/// With the first difference.
pub fn check(vector: &Vector, sent: &Sent) {
    let name = vector.name();
    let text = |pointer: &str| vector.at(pointer).as_str().unwrap_or_default().to_owned();
    let line = |method: &str, path: &str| format!("{method} {}", percent_decode_str(path).decode_utf8_lossy());
    assert_eq!(line(&sent.method, &sent.path), line(&text("/request/method"), &text("/request/path")), "vector `{name}`: request line");
    assert_eq!(sent.query(), pairs(vector.at("/request/query")), "vector `{name}`: query (sent left, expected right)");
    for (header, value) in vector.at("/request/headers").as_object().into_iter().flatten() {
        assert_eq!(sent.header(header), value.as_str(), "vector `{name}`: header {header} (sent left, expected right)");
    }
    let (body, expected) = (sent.json(), vector.at("/request/body"));
    assert!(shown::same(&body, expected), "vector `{name}`: the body sent is\n  {body}\nexpected\n  {expected}");
}

fn pairs(list: &Json) -> Vec<(String, String)> {
    let text = |pair: &Json, index: usize| pair.get(index).and_then(Json::as_str).unwrap_or_default().to_owned();
    let mut pairs: Vec<_> = list.as_array().into_iter().flatten().map(|pair| (text(pair, 0), text(pair, 1))).collect();
    pairs.sort();
    pairs
}

/// A path template with a vector's path arguments in it.
#[must_use]
pub fn filled(template: &str, arguments: &Json) -> String {
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let fill = |path: String, (name, value): (&String, &Json)| path.replace(&format!("{{{name}}}"), &text(value));
    arguments.as_object().into_iter().flatten().fold(template.to_owned(), fill)
}
