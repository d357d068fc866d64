//! What crate documentation and `README.md` have in common: prose, the quickstart, tables.

use super::docs::{Doc, code, line};
use super::quickstart::Quickstart;
use super::{credential, features, handle, soap};
use crate::ir::{Api, Resource, Scheme, SchemePlace};

/// What the crate is.
pub(super) fn introduction(api: &Api) -> Doc {
    let about = line(&api.about);
    let about = if about.ends_with(['.', '!', '?']) { about } else { format!("{about}.") };
    Doc::default().own(&about).foreign(&api.docs.summary).foreign(&api.docs.details).provenance(&api.docs)
}

/// Which features there are.
pub(super) fn features(api: &Api) -> Vec<String> {
    let mut lines = vec![
        "| Feature | Default | What it brings |".to_owned(),
        "|---|---|---|".to_owned(),
        "| `async` | yes | the async client, over reqwest and rustls |".to_owned(),
        "| `blocking` | | the blocking client, `blocking::Client`, over ureq and rustls |".to_owned(),
    ];
    if !soap::speaks(api) {
        lines.push("| `serde` | | `serde::{Serialize, Deserialize}` for the types |".to_owned());
    }
    lines.extend(["| `tracing` | | a span per call |", "| `all` | yes | every resource below |"].map(str::to_owned));
    lines.extend(features::resources(api).into_iter().map(|(feature, resources)| {
        let brings: Vec<String> = resources.into_iter().map(counted).collect();
        format!("| `{feature}` | with `all` | {} |", brings.join(", "))
    }));
    lines.extend(features::modules(api).map(|(module, feature, _)| {
        let crates: Vec<String> = module.dependencies.iter().map(|dependency| code(&dependency.name)).collect();
        let (on, with) = if crates.is_empty() { ("with `all` ", String::new()) } else { ("", format!(", with {}", crates.join(", "))) };
        format!("| `{feature}` | {on}| module `{}`{with} |", module.name)
    }));
    lines
}

/// A resource, and how many operations it has.
fn counted(resource: &Resource) -> String {
    let (module, count) = (resource.module.bare(), resource.operations.len());
    format!("`{module}`: {count} operation{}", if count == 1 { "" } else { "s" })
}

/// Which handles the client has; each links to its module in crate documentation.
pub(super) fn resources(api: &Api, linked: bool) -> Vec<String> {
    let mut lines = vec!["| Handle | |".to_owned(), "|---|---|".to_owned()];
    lines.extend(api.resources.iter().map(|resource| {
        let call = format!("`{}`", handle::call_of(api, resource));
        let call = if linked { format!("[{call}](mod@{})", resource.module) } else { call };
        format!("| {call} | {} |", line(&resource.docs.summary).replace('|', "\\|"))
    }));
    lines
}

/// Which modules there are beside resources; empty when there are none.
pub(super) fn modules(api: &Api, linked: bool) -> Vec<String> {
    if api.modules.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["| Module | |".to_owned(), "|---|---|".to_owned()];
    lines.extend(api.modules.iter().map(|module| {
        let name = if linked { format!("[`{0}`](mod@{0})", module.name) } else { code(module.name.bare()) };
        // Its links would not lead anywhere from here.
        let summary = line(&module.summary.replace("[`", "`").replace("`]", "`")).replace('|', "\\|");
        format!("| {name} | {summary} |")
    }));
    lines
}

/// Which credentials the builder takes; empty when the API wants none.
pub(super) fn credentials(api: &Api) -> Vec<String> {
    if api.schemes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["| Setter | Credential | Examples read it from |".to_owned(), "|---|---|---|".to_owned()];
    lines.extend(api.schemes.iter().map(|scheme| {
        let variables = credential::variables(api, scheme).iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        format!("| `ClientBuilder::{}` | {} | {variables} |", scheme.setter, place(scheme))
    }));
    lines
}

/// Where a credential goes, in words.
pub(super) fn place(scheme: &Scheme) -> String {
    match &scheme.place {
        SchemePlace::Header(name) => format!("header {}", code(name)),
        SchemePlace::Query(name) => format!("query parameter {}", code(name)),
        SchemePlace::Cookie(name) => format!("cookie {}", code(name)),
        SchemePlace::Basic => "user and password (HTTP Basic)".to_owned(),
        SchemePlace::Bearer => "bearer token".to_owned(),
        SchemePlace::Login { .. } => "bearer token, which user name and password are exchanged for (OAuth 2)".to_owned(),
        SchemePlace::Element { name, .. } => format!("first element {} of the request", code(&name.local)),
    }
}

/// `README.md`
pub(super) fn readme(api: &Api, quickstart: &Quickstart) -> String {
    let mut lines = vec![format!("# {}", api.package), String::new()];
    lines.extend(introduction(api).lines().iter().cloned());
    lines.extend(["", "## Quickstart", ""].map(str::to_owned));
    lines.extend(quickstart.prose.iter().cloned());
    lines.extend([String::new(), "```rust".to_owned()]);
    lines.extend(quickstart.code.lines().map(str::to_owned));
    lines.push("```".to_owned());
    for (title, table) in [
        ("Credentials", credentials(api)),
        ("Resources", resources(api, false)),
        ("Modules", modules(api, false)),
        ("Features", features(api)),
    ] {
        if !table.is_empty() {
            lines.extend([String::new(), format!("## {title}"), String::new()]);
            lines.extend(table);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
