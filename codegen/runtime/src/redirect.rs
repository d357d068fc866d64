//! Which redirects are followed: those that stay where the credentials belong.

use http::header::LOCATION;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, Method, StatusCode, Uri};

/// Redirects followed in one attempt.
const HOPS: u32 = 5;

/// What to do about an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Redirect {
    /// Nothing, it is none.
    No,
    /// Ask there.
    Follow(Uri),
    /// Report it, with this explanation.
    Refuse(String),
}

/// What to do about an answer that came from `from` after `hops` redirects.
pub(crate) fn decide(method: &Method, from: &Uri, hops: u32, status: StatusCode, headers: &HeaderMap) -> Redirect {
    let Some(location) = headers.get(LOCATION).filter(|_| is_redirect(status)) else { return Redirect::No };
    let refuse = |why: &str| Redirect::Refuse(format!("the redirect is not followed: {why}"));
    let Some(target) = location.to_str().ok().and_then(|location| resolve(from, location)) else {
        return refuse("it does not name a valid address");
    };
    if origin(from) != origin(&target) {
        let place = place(&target);
        return refuse(&format!("it leads to another host, {place}; set it as base URL if that is right"));
    }
    if method != Method::GET && method != Method::HEAD {
        return refuse(&format!("it would repeat a {method} request"));
    }
    if hops >= HOPS {
        return refuse(&format!("there were {HOPS} before it"));
    }
    Redirect::Follow(target)
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The address a reference means, seen from `from`.
fn resolve(from: &Uri, reference: &str) -> Option<Uri> {
    let reference = reference.split('#').next().unwrap_or_default();
    let scheme = from.scheme_str()?;
    let authority = from.authority()?;
    let directory = from.path().rsplit_once('/').map_or("", |(directory, _)| directory);
    let text = if reference.starts_with("//") {
        format!("{scheme}:{reference}")
    } else if reference.starts_with('/') {
        format!("{scheme}://{authority}{reference}")
    } else if reference.starts_with('?') || reference.is_empty() {
        format!("{scheme}://{authority}{}{reference}", from.path())
    } else if reference.split(['/', '?']).next().is_some_and(|first| first.contains(':')) {
        reference.to_owned()
    } else {
        format!("{scheme}://{authority}{directory}/{reference}")
    };
    text.parse::<Uri>().ok().filter(|uri| uri.scheme().is_some() && uri.host().is_some_and(|host| !host.is_empty()))
}

/// Scheme, host and port.
fn origin(uri: &Uri) -> (Option<&Scheme>, Option<String>, Option<u16>) {
    let default = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    (uri.scheme(), uri.host().map(str::to_ascii_lowercase), Some(uri.port_u16().unwrap_or(default)))
}

/// Scheme, host and port as text: the rest of an address may hold what should not be shown.
pub(crate) fn place(uri: &Uri) -> String {
    let host = uri.authority().map_or("", Authority::as_str);
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), host.rsplit('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn decisions() {
        let follow = |uri: &'static str| Redirect::Follow(Uri::from_static(uri));
        let refuse = |why: &str| Redirect::Refuse(format!("the redirect is not followed: {why}"));
        let elsewhere = |place| refuse(&format!("it leads to another host, {place}; set it as base URL if that is right"));
        let table = [
            ("GET", 302, 0, "/b?c=1#top", follow("https://h.example/b?c=1")),
            ("HEAD", 308, 0, "https://H.example:443/b", follow("https://H.example:443/b")),
            ("GET", 301, 0, "?page=2", follow("https://h.example/v1/a?page=2")),
            ("GET", 301, 0, "b/c", follow("https://h.example/v1/b/c")),
            ("GET", 307, 0, "//h.example/b", follow("https://h.example/b")),
            ("GET", 307, 5, "/b", refuse("there were 5 before it")),
            ("POST", 303, 0, "/b", refuse("it would repeat a POST request")),
            ("GET", 302, 0, "https://evil.example/b?token=x", elsewhere("https://evil.example")),
            ("GET", 302, 0, "https://u:p@evil.example/", elsewhere("https://evil.example")),
            ("POST", 302, 0, "//evil.example/b", elsewhere("https://evil.example")),
            ("GET", 302, 0, "http://h.example/b", elsewhere("http://h.example")),
            ("GET", 302, 0, "https://h.example:8443/b", elsewhere("https://h.example:8443")),
            ("GET", 302, 0, "https://", refuse("it does not name a valid address")),
            ("GET", 302, 0, "mailto:a", refuse("it does not name a valid address")),
            ("GET", 200, 0, "/b", Redirect::No),
            ("GET", 304, 0, "/b", Redirect::No),
        ];
        let from = Uri::from_static("https://h.example/v1/a?x=y");
        for (method, status, hops, location, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_static(location));
            let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
            let status = StatusCode::from_u16(status).unwrap_or_default();
            let decision = decide(&method, &from, hops, status, &headers);
            assert_eq!(decision, expected, "{method}, {status}, Location: {location}");
        }
        assert_eq!(decide(&Method::GET, &from, 0, StatusCode::FOUND, &HeaderMap::new()), Redirect::No);
    }
}
