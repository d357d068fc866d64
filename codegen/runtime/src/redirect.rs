//! Which redirects are followed: those that stay where the credentials belong, and without credentials some others.

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
    Follow(Hop),
    /// Report it, with this explanation.
    Refuse(String),
}

/// Where redirects of an attempt led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) target: Uri,
    /// How many redirects there were.
    count: u32,
    /// The call was carried out, and what came of it is fetched with a GET that has no body.
    pub(crate) fetch: bool,
    /// It led to another host, though perhaps back again: no more credentials.
    pub(crate) elsewhere: bool,
}

/// What redirects are judged by besides what the answer says.
pub(crate) struct Rules<'a> {
    pub(crate) method: &'a Method,
    /// Where the call was sent to.
    pub(crate) home: &'a Uri,
    /// Whether the answer may be fetched from another host.
    pub(crate) may_leave: bool,
}

/// What to do about an answer that came after the redirects up to `hop`.
pub(crate) fn decide(rules: &Rules<'_>, hop: Option<&Hop>, status: StatusCode, headers: &HeaderMap) -> Redirect {
    let Some(location) = headers.get(LOCATION).filter(|_| is_redirect(status)) else { return Redirect::No };
    let refuse = |why: &str| Redirect::Refuse(format!("the redirect is not followed: {why}"));
    let from = hop.map_or(rules.home, |hop| &hop.target);
    let Some(target) = location.to_str().ok().and_then(|location| resolve(from, location)) else {
        return refuse("it does not name a valid address");
    };
    let leaves = origin(from) != origin(&target);
    let place = place(&target);
    if leaves && !rules.may_leave {
        return refuse(&format!("it leads to another host, {place}; set it as base URL if that is right"));
    }
    if leaves && from.scheme() == Some(&Scheme::HTTPS) && target.scheme() != Some(&Scheme::HTTPS) {
        return refuse(&format!("it leads from https to {place}"));
    }
    if target.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return refuse("it holds a user name or password");
    }
    let (count, fetched, left) = hop.map_or((0, false, false), |hop| (hop.count, hop.fetch, hop.elsewhere));
    let reads = fetched || [Method::GET, Method::HEAD].contains(rules.method);
    if !reads && status != StatusCode::SEE_OTHER {
        return refuse(&format!("it would repeat a {} request", rules.method));
    }
    if count >= HOPS {
        return refuse(&format!("there were {HOPS} before it"));
    }
    Redirect::Follow(Hop { target, count: count + 1, fetch: fetched || !reads, elsewhere: left || leaves })
}

/// What of an address should not be shown: its query can be a key to what is there.
pub(crate) fn secrets(address: &str) -> Vec<String> {
    let address = address.split('#').next().unwrap_or_default();
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let values = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value);
    let decoded = values.clone().map(|value| percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned());
    decoded.chain(values.map(str::to_owned)).chain([query.to_owned()]).collect()
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
    let is_http = |uri: &Uri| [Some(&Scheme::HTTP), Some(&Scheme::HTTPS)].contains(&uri.scheme());
    text.parse::<Uri>().ok().filter(|uri| is_http(uri) && uri.host().is_some_and(|host| !host.is_empty()))
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

    const HOME: &str = "https://h.example/v1/a?x=y";

    fn hop(target: &'static str, count: u32) -> Hop {
        Hop { target: Uri::from_static(target), count, fetch: false, elsewhere: false }
    }

    fn follow(target: &'static str, count: u32, fetch: bool, elsewhere: bool) -> Redirect {
        Redirect::Follow(Hop { fetch, elsewhere, ..hop(target, count) })
    }

    fn refuse(why: &str) -> Redirect {
        Redirect::Refuse(format!("the redirect is not followed: {why}"))
    }

    fn decided(method: &str, before: Option<&Hop>, may_leave: bool, status: u16, location: &'static str) -> Redirect {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_static(location));
        let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        let rules = Rules { method: &method, home: &Uri::from_static(HOME), may_leave };
        decide(&rules, before, StatusCode::from_u16(status).unwrap_or_default(), &headers)
    }

    #[test]
    fn at_home() {
        let elsewhere = |place| refuse(&format!("it leads to another host, {place}; set it as base URL if that is right"));
        let to = |target| follow(target, 1, false, false);
        let table = [
            ("GET", 302, "/b?c=1#top", to("https://h.example/b?c=1")),
            ("HEAD", 308, "https://H.example:443/b", to("https://H.example:443/b")),
            ("GET", 301, "?page=2", to("https://h.example/v1/a?page=2")),
            ("GET", 301, "b/c", to("https://h.example/v1/b/c")),
            ("GET", 303, "", to("https://h.example/v1/a")),
            ("GET", 307, "//h.example/b", to("https://h.example/b")),
            ("POST", 303, "/b", follow("https://h.example/b", 1, true, false)),
            ("DELETE", 303, "/b", follow("https://h.example/b", 1, true, false)),
            ("POST", 302, "/b", refuse("it would repeat a POST request")),
            ("PUT", 307, "/b", refuse("it would repeat a PUT request")),
            ("POST", 303, "https://evil.example/b", elsewhere("https://evil.example")),
            ("GET", 302, "https://evil.example/b?token=x", elsewhere("https://evil.example")),
            ("GET", 302, "https://u:p@evil.example/", elsewhere("https://evil.example")),
            ("POST", 302, "//evil.example/b", elsewhere("https://evil.example")),
            ("GET", 302, "http://h.example/b", elsewhere("http://h.example")),
            ("GET", 302, "https://h.example:8443/b", elsewhere("https://h.example:8443")),
            ("GET", 302, "https://u:p@h.example/b", refuse("it holds a user name or password")),
            ("GET", 302, "https://", refuse("it does not name a valid address")),
            ("GET", 302, "mailto:a", refuse("it does not name a valid address")),
            ("GET", 302, "ftp://h.example/b", refuse("it does not name a valid address")),
            ("GET", 200, "/b", Redirect::No),
            ("GET", 304, "/b", Redirect::No),
        ];
        for (method, status, location, expected) in table {
            assert_eq!(decided(method, None, false, status, location), expected, "{method}, {status}, Location: {location}");
        }
        let rules = Rules { method: &Method::GET, home: &Uri::from_static(HOME), may_leave: false };
        assert_eq!(decide(&rules, None, StatusCode::FOUND, &HeaderMap::new()), Redirect::No);
    }

    #[test]
    fn elsewhere() {
        let away = |target, count| Hop { elsewhere: true, ..hop(target, count) };
        let table = [
            ("GET", None, 302, "https://other.example/b?key=x", follow("https://other.example/b?key=x", 1, false, true)),
            ("GET", None, 307, "//other.example/b", follow("https://other.example/b", 1, false, true)),
            ("POST", None, 303, "https://other.example/b", follow("https://other.example/b", 1, true, true)),
            ("POST", None, 307, "https://other.example/b", refuse("it would repeat a POST request")),
            ("GET", None, 302, "http://other.example/b", refuse("it leads from https to http://other.example")),
            ("GET", None, 302, "http://h.example/b", refuse("it leads from https to http://h.example")),
            ("GET", None, 302, "https://u:p@other.example/", refuse("it holds a user name or password")),
            // What comes later is judged from where it comes, and nobody gets credentials again.
            ("GET", Some(away("https://o.example/x/y", 1)), 302, "z", follow("https://o.example/x/z", 2, false, true)),
            ("GET", Some(away("https://o.example/x", 4)), 302, HOME, follow(HOME, 5, false, true)),
            ("GET", Some(away("https://o.example/x", 5)), 302, HOME, refuse("there were 5 before it")),
            ("GET", Some(away("https://o.example/x", 1)), 302, "http://o.example/", refuse("it leads from https to http://o.example")),
            ("GET", Some(away("http://o.example/x", 1)), 302, "https://o.example/", follow("https://o.example/", 2, false, true)),
        ];
        for (method, before, status, location, expected) in table {
            let decision = decided(method, before.as_ref(), true, status, location);
            assert_eq!(decision, expected, "{method}, {status}, after {before:?}, Location: {location}");
        }
        let fetched = Hop { fetch: true, ..hop("https://h.example/b", 1) };
        assert_eq!(decided("POST", Some(&fetched), false, 302, "/c"), follow("https://h.example/c", 2, true, false));
    }

    #[test]
    fn queries_are_secret() {
        let shown = secrets("https://o.example/a?X-Signature=ab%2Fcd&flag&n=1#top");
        assert_eq!(shown, ["ab/cd", "1", "ab%2Fcd", "1", "X-Signature=ab%2Fcd&flag&n=1"]);
    }
}
