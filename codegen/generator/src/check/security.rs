use super::sites::Site;
use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag, did_you_mean};
use crate::source::Cursor;

/// Checks a security scheme by itself.
pub(super) fn scheme(walk: &mut Walk, at: &Cursor<'_>) {
    let Some(ty) = at.get("type").filter(|ty| ty.as_str().is_some()) else { return };
    walk.word(&ty, &["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]);
    let needed: &[&str] = match ty.as_str() {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        _ => &[],
    };
    for key in needed {
        if at.get(key).is_none_or(|value| value.node().is_null()) {
            let message = format!("the security scheme has no `{key}`");
            walk.report.push(Diagnostic::new(Tag::MissingKeyword, message, at.key_location()));
        }
    }
    if let (Some("oauth2"), Some(flow)) = (ty.as_str(), at.get("flows").and_then(|flows| flows.get("password")))
        && flow.node().as_map().is_some()
        && flow.get("tokenUrl").is_none_or(|url| url.node().is_null())
    {
        let message = "the flow has no `tokenUrl`".to_owned();
        walk.report.push(Diagnostic::new(Tag::MissingKeyword, message, flow.key_location()));
    }
    if let (Some("apiKey"), Some(place)) = (ty.as_str(), at.get("in")) {
        walk.word(&place, &["query", "header", "cookie"]);
    }
}

/// Checks the form of a list of security requirements.
pub(super) fn requirements(walk: &mut Walk, at: &Cursor<'_>) {
    if at.node().as_list().is_none() {
        walk.wrong(at, "`security` is a list");
    }
    for item in at.items().filter(|item| item.node().as_map().is_none()) {
        walk.wrong(&item, "a security requirement is a mapping from the name of a scheme to a list");
    }
}

/// Checks that all schemes named anywhere exist.
pub(super) fn check(document: &Cursor<'_>, sites: &[Site<'_>], walk: &mut Walk) {
    let schemes = document.get("components").and_then(|components| components.get("securitySchemes"));
    let known: Vec<&str> = schemes.iter().flat_map(|schemes| schemes.entries().map(|(name, _)| name).collect::<Vec<_>>()).collect();
    let owners = std::iter::once(document).chain(sites.iter().map(|site| &site.operation));
    for requirement in owners.filter_map(|owner| owner.get("security")).flat_map(|list| list.items().collect::<Vec<_>>()) {
        for (name, at) in requirement.entries().filter(|(name, _)| !known.contains(name)) {
            let message = format!("security scheme `{name}` is not defined");
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "define it under `components/securitySchemes`".to_owned(),
            };
            walk.report.push(Diagnostic::new(Tag::UnknownSecurityScheme, message, at.key_location()).help(help));
        }
    }
}
