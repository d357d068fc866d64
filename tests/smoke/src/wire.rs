//! What was sent, compared in meaning: query pairs decoded and in no particular order, bodies as JSON or as the parts of a form.

use crate::{Vector, form, shown};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use tms_runtime::MemoryTransport;

/// A request as it went out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Method.
    pub method: String,
    /// Scheme and host, as far as they are known.
    pub origin: String,
    /// Path, percent-encoded.
    pub path: String,
    /// Query as sent, without the question mark.
    pub raw_query: String,
    /// Headers that say something about the request; those of one connection are left out.
    pub headers: Vec<(String, String)>,
    /// Body; a form has a fixed boundary.
    pub body: Vec<u8>,
}

/// Headers that belong to a connection and its client library, not to the request.
const OF_THE_CONNECTION: [&str; 4] = ["host", "connection", "content-length", "transfer-encoding"];

impl Sent {
    /// A request from its parts.
    #[must_use]
    pub fn new(method: &str, path: &str, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Self {
        let (body, boundary) = form::settled(headers, body);
        let said = headers.iter().filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()));
        let text = |value: &http::HeaderValue| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            boundary.as_ref().map_or_else(|| text.clone(), |boundary| text.replace(boundary, form::BOUNDARY))
        };
        let mut headers: Vec<_> = said.map(|(name, value)| (name.to_string(), text(value))).collect();
        headers.sort();
        let (method, path, raw_query) = (method.to_owned(), path.to_owned(), query.unwrap_or_default().to_owned());
        Self { method, origin: String::new(), path, raw_query, headers, body }
    }

    /// A request as the mock server received it.
    ///
    /// # Panics
    /// When it was a form that cannot be read any more.
    #[must_use]
    pub fn of_mock(request: &tms_mock::Request) -> Self {
        let form = request.form.as_ref().map(|form| form.bytes().unwrap_or_else(|error| panic!("a form is lost: {error}")));
        let body = form.as_ref().unwrap_or(&request.body);
        Self::new(request.method.as_str(), &request.path, request.raw_query.as_deref(), &request.headers, body)
    }

    /// The requests a transport in memory was given.
    #[must_use]
    pub fn all(memory: &MemoryTransport) -> Vec<Self> {
        let sent = |request: &http::Request<bytes::Bytes>| {
            let (uri, body) = (request.uri(), request.body());
            let origin = format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |host| host.as_str()));
            Self { origin, ..Self::new(request.method().as_str(), uri.path(), uri.query(), request.headers(), body) }
        };
        memory.requests().iter().map(sent).collect()
    }

    /// The one request a transport in memory was given.
    ///
    /// # Panics
    /// When there were none or several.
    #[must_use]
    pub fn only(memory: &MemoryTransport) -> Self {
        let mut requests = Self::all(memory);
        assert_eq!(requests.len(), 1, "expected one request: {requests:?}");
        requests.remove(0)
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

/// Checks the one request that was sent against a vector's `request`.
///
/// # Panics
/// With the first difference.
pub fn check(vector: &Vector, sent: &Sent) {
    against(vector.name(), sent, vector.at("/request"));
}

/// Checks what was sent against a vector's `request` and those under `then`.
///
/// # Panics
/// With the first difference.
pub fn check_all(vector: &Vector, sent: &[Sent]) {
    let (name, exchanges) = (vector.name(), vector.exchanges());
    assert_eq!(sent.len(), exchanges.len(), "vector `{name}`: the number of requests (sent left, expected right): {sent:?}");
    sent.iter().zip(exchanges).for_each(|(sent, (request, _))| against(name, sent, request));
}

fn against(name: &str, sent: &Sent, expected: &Json) {
    let text = |key: &str| expected[key].as_str().unwrap_or_default().to_owned();
    let line = |method: &str, path: &str| format!("{method} {}", percent_decode_str(path).decode_utf8_lossy());
    if expected.get("url").is_some() {
        let url = format!("{}{}", sent.origin, sent.path);
        assert_eq!((sent.method.as_str(), url), (text("method").as_str(), text("url")), "vector `{name}`: where a redirect led to");
    } else {
        assert_eq!(line(&sent.method, &sent.path), line(&text("method"), &text("path")), "vector `{name}`: request line");
        assert_eq!(sent.query(), pairs(&expected["query"]), "vector `{name}`: query (sent left, expected right)");
    }
    for (header, value) in expected["headers"].as_object().into_iter().flatten() {
        assert_eq!(sent.header(header), value.as_str(), "vector `{name}`: header {header} (sent left, expected right)");
    }
    for header in expected["without"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        assert_eq!(sent.header(header), None, "vector `{name}`: {header} was sent along");
    }
    let keys = ["parts", "form", "base64"].map(|key| expected.get(key));
    let (body, expected) = match keys {
        [Some(parts), ..] => (form::parts(&sent.body), parts),
        [_, Some(fields), _] => (form::fields(&sent.body), fields),
        [.., Some(bytes)] => (BASE64_STANDARD.encode(&sent.body).into(), bytes),
        _ => (sent.json(), &expected["body"]),
    };
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

/// Checks that every operation an API's page lists has a vector, on its path below that of the server, and that vectors have
/// names of their own and belong to one of `operations`.
///
/// # Panics
/// With the first that does not.
pub fn check_documented(api: &str, server: &str, operations: &[&str]) {
    let vectors = crate::vector::of_api(api);
    let mut names = std::collections::BTreeSet::new();
    for vector in &vectors {
        assert!(names.insert(vector.name()), "two vectors are called `{}`", vector.name());
        let known = operations.contains(&vector.operation());
        assert!(known, "vector `{}`: the generated crate has no operation `{}`", vector.name(), vector.operation());
    }
    let prefix =
        server.parse::<http::Uri>().map_or_else(|error| panic!("{server}: {error}"), |uri| uri.path().trim_end_matches('/').to_owned());
    for (method, template, operation) in crate::vector::documented(api) {
        let mut own = vectors.iter().filter(|vector| vector.operation() == operation).peekable();
        assert!(own.peek().is_some(), "{operation} is documented, but has no vector in tests/vectors/{api}");
        for vector in own {
            let expected = (method.as_str(), filled(&format!("{prefix}{template}"), vector.at("/call/path")));
            let path = percent_decode_str(vector.at("/request/path").as_str().unwrap_or_default()).decode_utf8_lossy();
            let found = (vector.at("/request/method").as_str().unwrap_or_default(), path.into_owned());
            assert_eq!(found, expected, "vector `{}`: not the request documented.tsv lists", vector.name());
        }
    }
}
