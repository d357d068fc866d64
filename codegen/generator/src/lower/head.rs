use super::docs::docs;
use super::login::login;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{Api, Docs, Envelope, Ident, Origin, Protocol, RateLimit, Scheme, SchemePlace, Server, Types};
use crate::names::{Claim, Kind, distinct};
use crate::source::{Cursor, Sources};

/// Everything of an API but its operations and types.
pub(super) fn head(document: &Cursor<'_>, config: &Config, report: &mut Report) -> Api {
    let info = document.get("info");
    let text = |key| info.as_ref().and_then(|info| info.str(key)).map(str::trim).filter(|text: &&str| !text.is_empty());
    let title = config.title.clone().or_else(|| text("title").map(str::to_owned)).unwrap_or_else(|| config.package.clone());
    let about = config.about.clone().unwrap_or_else(|| format!("Typed client for the {title} API"));
    Api {
        package: config.package.clone(),
        about,
        version: text("version").unwrap_or_default().to_owned(),
        protocol: Protocol::Rest,
        origin: file_name(document.sources(), document),
        docs: info.as_ref().map(|info| Docs { source: config.source.clone(), ..docs_of_info(info) }).unwrap_or_default(),
        servers: servers(document, report),
        schemes: schemes(document, config, report),
        rate_limit: config.rate_limit.map(|limit| RateLimit { requests: limit.requests, seconds: limit.seconds }),
        envelope: config.envelope.clone().map(|envelope| Envelope { ok: envelope.ok, value: envelope.value }),
        fault: None,
        types: Types::default(),
        resources: Vec::new(),
        handles: Vec::new(),
        conversions: Vec::new(),
        modules: Vec::new(),
        examples: Vec::new(),
        quickstart: None,
        title,
    }
}

fn file_name(sources: &Sources, at: &Cursor<'_>) -> String {
    sources.file(at.file()).map_or_else(String::new, |file| file.name.clone())
}

/// The title is known already: the docs are the description.
fn docs_of_info(info: &Cursor<'_>) -> Docs {
    let docs = docs(info);
    if info.str("description").is_some() { docs } else { Docs::default() }
}

/// Absolute servers, their variables at their defaults.
fn servers(document: &Cursor<'_>, report: &mut Report) -> Vec<Server> {
    let list = document.get("servers");
    let mut servers: Vec<Server> = Vec::new();
    for at in list.iter().flat_map(Cursor::items) {
        let Some(url) = server_url(&at) else { continue };
        let known = servers.iter().any(|server| server.url == url);
        if !known && url.contains("://") {
            servers.push(Server { url, docs: docs(&at) });
        }
    }
    if servers.is_empty() {
        let place = list.unwrap_or_else(|| document.clone());
        let message = "there is no absolute server URL: whoever builds the client must say where the API is";
        report.push(Diagnostic::new(Tag::NoServer, message, place.key_location()));
    }
    servers
}

/// The URL of a server without trailing slash.
pub(super) fn server_url(at: &Cursor<'_>) -> Option<String> {
    let mut url = at.str("url")?.trim().to_owned();
    for (name, variable) in at.get("variables").iter().flat_map(Cursor::entries) {
        let default = variable.get("default").as_ref().and_then(super::words::plain).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), &default);
    }
    Some(url.trim_end_matches('/').to_owned())
}

fn schemes(document: &Cursor<'_>, config: &Config, report: &mut Report) -> Vec<Scheme> {
    let all = document.get("components").and_then(|components| components.get("securitySchemes"));
    let mut found = Vec::new();
    for (wire, at) in all.iter().flat_map(Cursor::entries) {
        let Ok(at) = at.follow() else { continue };
        match login(document, wire, &at, config, report).or_else(|| place(&at)) {
            Some(place) => found.push((wire, at, place)),
            None => {
                let message = format!("the credentials of `{wire}` cannot be sent");
                let help = "supported are API keys, HTTP basic and bearer authentication, and tokens of OAuth 2 and OpenID Connect";
                report.push(Diagnostic::new(Tag::UnsupportedScheme, message, at.key_location()).help(help));
            }
        }
    }
    let setting = |wire: &str| config.auth.get(wire);
    let claims: Vec<Claim<'_>> =
        found.iter().map(|(wire, _, _)| Claim { text: wire, chosen: setting(wire).and_then(|auth| auth.setter.as_deref()) }).collect();
    let names: Vec<Ident> = distinct(Kind::Setter, &claims).into_iter().map(|given| given.name).collect();
    let build = |((wire, at, place), setter): ((&str, Cursor<'_>, SchemePlace), Ident)| Scheme {
        wire: wire.to_owned(),
        setter,
        env: setting(wire).and_then(|auth| auth.env.clone()),
        place,
        docs: docs(&at),
    };
    found.into_iter().zip(names).map(build).collect()
}

/// Where a credential goes; `None` for what needs more than sending a text along.
pub(super) fn place(at: &Cursor<'_>) -> Option<SchemePlace> {
    let name = || at.str("name").map(str::to_owned);
    match (at.str("type")?, at.str("in"), at.str("scheme").map(str::to_ascii_lowercase).as_deref()) {
        ("apiKey", Some("header"), _) => name().map(SchemePlace::Header),
        ("apiKey", Some("query"), _) => name().map(SchemePlace::Query),
        ("apiKey", Some("cookie"), _) => name().map(SchemePlace::Cookie),
        ("http", _, Some("basic")) => Some(SchemePlace::Basic),
        ("http", _, Some("bearer")) | ("oauth2" | "openIdConnect", _, _) => Some(SchemePlace::Bearer),
        _ => None,
    }
}

/// A place of the document as the IR keeps it.
pub(super) fn origin(at: &Cursor<'_>) -> Origin {
    Origin { file: file_name(at.sources(), at), pointer: at.pointer().as_str().to_owned() }
}
