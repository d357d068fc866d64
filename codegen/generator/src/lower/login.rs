//! Security schemes by which the client itself gets the tokens it sends.

use super::head::server_url;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::SchemePlace;
use crate::source::Cursor;

/// A login with user and password; `None`, and a report of what was meant otherwise, if the scheme offers none.
pub(super) fn login(document: &Cursor<'_>, wire: &str, at: &Cursor<'_>, config: &Config, report: &mut Report) -> Option<SchemePlace> {
    let client = config.auth.get(wire).and_then(|auth| auth.refresh_client.clone());
    let flow = at.get("flows").and_then(|flows| flows.get("password")).filter(|_| at.str("type") == Some("oauth2"));
    let url = flow.as_ref().and_then(|flow| flow.get("tokenUrl").filter(|url| url.as_str().is_some()));
    let (Some(flow), Some(url)) = (flow, url) else {
        if let (Some(_), Some(place)) = (client, config.key(["auth", wire, "refresh_client"])) {
            let message = format!("`{wire}` offers no login with user and password whose tokens could be renewed");
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, place).help("remove `refresh_client`"));
        }
        return None;
    };
    let base = document.get("servers").and_then(|servers| servers.items().find_map(|server| server_url(&server)));
    let path = |url: &str| path(base.as_deref().unwrap_or_default(), url);
    let Some(token) = url.as_str().and_then(path) else {
        let message =
            format!("the tokens of `{wire}` are not given out below the first server: the client takes a token instead of a login");
        let help = "a login is sent to the address of the API and nowhere else; `tokenUrl` can be a path, such as `/oauth/token`";
        report.push(Diagnostic::new(Tag::IgnoredValue, message, url.location()).help(help));
        return None;
    };
    let refresh = flow.str("refreshUrl").and_then(path).unwrap_or_else(|| token.clone());
    Some(SchemePlace::Login { token, refresh, refresh_client: client })
}

/// The path of an address, put behind the base URL.
fn path(base: &str, url: &str) -> Option<String> {
    let url = url.trim();
    let path = if url.contains("://") { url.strip_prefix(base).filter(|_| !base.is_empty())? } else { url };
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
    let stays = !path.contains("//") && path.split('/').all(|step| !matches!(step, "." | ".."));
    match path {
        _ if !plain || !stays || path.trim_matches('/').is_empty() => None,
        path if path.starts_with('/') => Some(path.to_owned()),
        _ if url.contains("://") => None,
        path => Some(format!("/{path}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_behind_the_base_url() {
        let table = [
            ("https://h/v1", "/oauth/token", Some("/oauth/token")),
            ("https://h/v1", "oauth/token", Some("/oauth/token")),
            ("https://h/v1", "https://h/v1/token", Some("/token")),
            ("", "/token", Some("/token")),
            ("", "https://h/token", None),
            ("https://h/v1", "https://h/v10/token", None),
            ("https://h/v1", "https://login.h/token", None),
            ("https://h/v1", "//login.h/token", None),
            ("https://h/v1", "../token", None),
            ("https://h/v1", "/token?tenant=1", None),
            ("https://h/v1", "/", None),
            ("https://h/v1", "", None),
        ];
        for (base, url, expected) in table {
            assert_eq!(path(base, url).as_deref(), expected, "{url} at {base}");
        }
    }
}
