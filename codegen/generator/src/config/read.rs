use super::table::{Keys, Table, invalid, is_ident};
use super::{Auth, Config, Envelope, Language, Paging, PagingStyle, RateLimit, Resource, Soap, convert, handle, module, package};
use crate::diagnostic::{Report, did_you_mean};
use crate::source::Cursor;
use std::collections::BTreeMap;

/// Reads the settings from the tree of `sdk.toml`. What cannot be read counts as absent and is reported.
pub(crate) fn read(root: &Cursor<'_>, language: Language, report: &mut Report) -> Config {
    let mut root = Table { at: root.clone(), language, report };
    root.keys(&Keys {
        both: &["crate", "title", "about", "source", "auth", "rate_limit", "paging", "resources", "rename", "retry", "modules"],
        openapi: &["envelope", "handles", "redirect", "convert"],
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
    table.keys(&Keys { both: &["setter", "env"], openapi: &[], wsdl: &["element"] });
    let setter = table.text("setter");
    if let Some(setter) = &setter {
        ident(&mut table, "setter", setter);
    }
    if table.language == Language::Wsdl {
        table.demand("element");
    }
    Auth { setter, env: table.text("env"), element: table.text("element") }
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
            table.only(&["style", "offset", "limit", "size", "items", "total"]);
            let (offset, limit) = (table.needed("offset"), table.needed("limit"));
            PagingStyle::Offset { offset: offset?, limit: limit? }
        }
        "page" => {
            table.only(&["style", "page", "limit", "first", "size", "items", "total"]);
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
    Some(Paging { style, items: table.maybe_empty("items").unwrap_or_default(), total: table.text("total"), size: table.count("size") })
}

fn resource(name: &str, mut table: Table<'_, '_>) -> Resource {
    table.keys(&Keys { both: &["operations"], openapi: &["tag", "under", "args"], wsdl: &["about"] });
    table.module_name(name);
    let mut resource = Resource {
        tag: table.text("tag"),
        under: table.text("under"),
        args: table.texts("args"),
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

/// Reports a value that is to become a method and cannot.
fn ident(table: &mut Table<'_, '_>, key: &str, name: &str) {
    if let Some(at) = table.at.get(key)
        && !is_ident(name)
    {
        let help = "method names are snake case: lower-case letters, digits and `_`";
        table.report.push(invalid(&at, format!("`{name}` cannot be the name of a method")).help(help));
    }
}
