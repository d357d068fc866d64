use super::table::{Keys, Table, invalid, is_ident};
use super::{
    Auth, Config, Envelope, Language, Paging, PagingStyle, RateLimit, Resource, Soap, Total, convert, example, feature, handle, job,
    module, package,
};
use crate::diagnostic::{Report, did_you_mean};
use crate::source::Cursor;
use std::collections::BTreeMap;

/// Reads the settings from the tree of `sdk.toml`. What cannot be read counts as absent and is reported.
pub(crate) fn read(root: &Cursor<'_>, language: Language, report: &mut Report) -> Config {
    let mut root = Table { at: root.clone(), language, report };
    root.keys(&Keys {
        both: &["crate", "title", "about", "source", "auth", "rate_limit", "paging", "resources", "rename", "retry", "modules", "examples"],
        openapi: &["envelope", "handles", "jobs", "redirect", "convert"],
        wsdl: &["secrets", "soap"],
    });
    let mut config = Config {
        file: Some(root.at.file()),
        package: package_name(&mut root),
        title: root.text("title"),
        about: root.text("about"),
        source: root.text("source"),
        rate_limit: root.table("rate_limit").and_then(rate_limit),
        envelope: root.table("envelope").and_then(envelope),
        secrets: root.texts("secrets"),
        soap: root.table("soap").map(soap).unwrap_or_default(),
        ..Config::default()
    };
    root.each("auth", |name, table| {
        config.auth.insert(name.to_owned(), auth(table));
    });
    root.each("paging", |name, table| {
        config.paging.extend(paging(table).map(|paging| (name.to_owned(), paging)));
    });
    root.each("resources", |name, table| {
        config.resources.insert(name.to_owned(), resource(name, table));
    });
    if let Some(mut table) = root.table("rename") {
        config.rename.extend(table.all_texts());
    }
    if let Some(mut table) = root.table("retry") {
        table.keys(&Keys { both: &["idempotent"], openapi: &["only_refused"], wsdl: &[] });
        config.idempotent = table.texts("idempotent");
        config.only_refused = table.texts("only_refused");
    }
    root.each("modules", |name, table| {
        config.modules.insert(name.to_owned(), module::read(table));
    });
    root.each("examples", |name, table| {
        config.examples.insert(name.to_owned(), example::read(table));
    });
    if language == Language::OpenApi {
        only_rest(&mut root, &mut config);
    }
    config
}

/// Tables that mean nothing to SOAP.
fn only_rest(root: &mut Table<'_, '_>, config: &mut Config) {
    if let Some(mut table) = root.table("redirect") {
        table.only(&["elsewhere"]);
        config.elsewhere = table.texts("elsewhere");
    }
    root.each("handles", |name, table| {
        config.handles.insert(name.to_owned(), handle::read(name, table));
    });
    root.each("jobs", |name, table| {
        config.jobs.extend(job::read(table).map(|job| (name.to_owned(), job)));
    });
    root.each("convert", |name, table| {
        config.converts.extend(convert::read(table).map(|convert| (name.to_owned(), convert)));
    });
}

fn package_name(root: &mut Table<'_, '_>) -> String {
    let name = root.needed("crate").unwrap_or_default();
    if let (Some(at), Some(fault)) = (root.at.get("crate"), package::invalid(&name))
        && !name.is_empty()
    {
        let help = format!("for example `{}`", package::from_file_name(&name));
        root.report.push(invalid(&at, format!("the name of a crate {fault}")).help(help));
    }
    name
}

fn auth(mut table: Table<'_, '_>) -> Auth {
    table.keys(&Keys { both: &["setter", "env"], openapi: &["refresh_client"], wsdl: &["element"] });
    let setter = table.text("setter");
    if let Some(setter) = &setter {
        ident(&mut table, "setter", setter);
    }
    if table.language == Language::Wsdl {
        table.demand("element");
    }
    let refresh_client = table.text("refresh_client");
    if let (Some(at), true) = (table.at.get("refresh_client"), refresh_client.iter().any(|name| name.contains(':'))) {
        table.report.push(invalid(&at, "the name of a client holds no colon".to_owned()));
    }
    Auth { setter, env: table.text("env"), refresh_client, element: table.text("element") }
}

fn soap(mut table: Table<'_, '_>) -> Soap {
    table.only(&["omit_empty", "required"]);
    Soap { omit_empty: table.flag("omit_empty"), required: table.texts("required") }
}

fn rate_limit(mut table: Table<'_, '_>) -> Option<RateLimit> {
    table.only(&["requests", "seconds"]);
    table.demand("requests");
    table.demand("seconds");
    let (requests, seconds) = (table.count("requests"), table.count("seconds"));
    Some(RateLimit { requests: requests?, seconds: seconds? })
}

fn envelope(mut table: Table<'_, '_>) -> Option<Envelope> {
    table.only(&["ok", "value"]);
    let ok = table.text("ok");
    Some(Envelope { ok, value: table.needed("value")? })
}

fn paging(mut table: Table<'_, '_>) -> Option<Paging> {
    const STYLES: [&str; 3] = ["offset", "page", "token"];
    let style = table.needed("style")?;
    let style = match style.as_str() {
        "offset" => {
            table.keys(&counted(&["style", "offset", "limit", "size", "items", "total"]));
            let (offset, limit) = (table.needed("offset"), table.needed("limit"));
            PagingStyle::Offset { offset: offset?, limit: limit? }
        }
        "page" => {
            table.keys(&counted(&["style", "page", "limit", "first", "size", "items", "total"]));
            let first = table.number("first", 0).unwrap_or(1);
            PagingStyle::Page { page: table.needed("page")?, limit: table.text("limit"), first }
        }
        "token" => {
            table.only(&["style", "token", "limit", "next", "size", "items", "total"]);
            let (token, next) = (table.needed("token"), table.needed("next"));
            PagingStyle::Token { token: token?, next: next?, limit: table.text("limit") }
        }
        other => {
            let help =
                did_you_mean(other, STYLES).map_or("allowed: `offset`, `page` or `token`".into(), |near| format!("did you mean `{near}`?"));
            if let Some(at) = table.at.get("style") {
                table.report.push(invalid(&at, format!("`{other}` is not a paging style")).help(help));
            }
            return None;
        }
    };
    Some(Paging { style, items: table.maybe_empty("items").unwrap_or_default(), total: total(&mut table), size: table.count("size") })
}

/// The keys of a style whose answers may count all entries; answers of SOAP do so in their body.
fn counted<'k>(both: &'k [&'k str]) -> Keys<'k> {
    Keys { both, openapi: &["total_header"], wsdl: &[] }
}

fn total(table: &mut Table<'_, '_>) -> Option<Total> {
    let (member, header) = (table.text("total"), table.text("total_header"));
    if let (Some(_), Some(at)) = (&member, table.at.get("total_header")) {
        let message = "`total` says already where the number of all entries stands".to_owned();
        table.report.push(invalid(&at, message).help("remove one of the two, or make it a way of paging of its own"));
    }
    member.map(Total::Member).or(header.map(Total::Header))
}

fn resource(name: &str, mut table: Table<'_, '_>) -> Resource {
    table.keys(&Keys { both: &["operations", "feature", "about"], openapi: &["tag", "under", "args"], wsdl: &[] });
    table.module_name(name);
    let mut resource = Resource {
        tag: table.text("tag"),
        under: table.text("under"),
        args: table.texts("args"),
        feature: feature(&mut table),
        about: table.text("about"),
        operations: BTreeMap::new(),
    };
    if let Some(mut operations) = table.table("operations") {
        for (id, method) in operations.all_texts() {
            ident(&mut operations, &id, &method);
            resource.operations.insert(id, method);
        }
    }
    resource
}

/// The feature that compiles something in.
fn feature(table: &mut Table<'_, '_>) -> Option<String> {
    let name = table.text("feature")?;
    let fault = match (feature::is_own(&name), feature::is_kebab(&name)) {
        (true, _) => Some((format!("every crate has a feature `{name}` for something else"), "choose another name")),
        (_, false) => Some((
            format!("`{name}` cannot be the name of a feature"),
            "names of features are kebab case: lower-case letters, digits and `-`",
        )),
        (false, true) => None,
    };
    if let (Some((message, help)), Some(at)) = (fault, table.at.get("feature")) {
        table.report.push(invalid(&at, message).help(help));
    }
    Some(name)
}

/// Reports a value that is to become a method and cannot.
fn ident(table: &mut Table<'_, '_>, key: &str, name: &str) {
    if let Some(at) = table.at.get(key)
        && !is_ident(name)
    {
        let help = "method names are snake case: lower-case letters, digits and `_`";
        table.report.push(invalid(&at, format!("`{name}` cannot be the name of a method")).help(help));
    }
}
