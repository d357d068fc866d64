use super::named::schemas;
use super::schema;
use super::sites::Site;
use crate::config::{Config, Half, Target, Total};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean};
use crate::source::{Cursor, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// Checks that what `sdk.toml` names exists in the document.
pub(super) fn check(sources: &Sources, config: &Config, sites: &[Site<'_>], report: &mut Report) {
    let Some(document) = sources.document().filter(|_| config.file.is_some()) else { return };
    let mut names = Names { config, report, document: &document, schemas: schemas(sources), operations: BTreeMap::new() };
    names.operations.extend(sites.iter().filter_map(|site| Some((site.operation.str("operationId")?, site))));
    names.auth();
    names.paging(sites);
    names.resources(sites);
    names.rename();
    names.handles(sites);
    names.operations_named();
    names.converts();
    names.jobs();
}

struct Names<'c, 's> {
    config: &'c Config,
    report: &'c mut Report,
    document: &'c Cursor<'s>,
    schemas: Vec<(&'s str, Cursor<'s>)>,
    operations: BTreeMap<&'s str, &'c Site<'s>>,
}

impl<'s> Names<'_, 's> {
    fn known(&mut self, noun: &str, name: &str, place: &[&str], half: Half, known: &BTreeSet<&str>) {
        self.config.demand(&Target { noun, name, place, half }, known, self.report);
    }

    fn auth(&mut self) {
        let schemes = self.component_names("securitySchemes");
        for name in self.config.auth.keys() {
            self.known("security scheme", name, &["auth", name], Half::Key, &schemes);
        }
    }

    fn paging(&mut self, sites: &[Site<'s>]) {
        let parameters: BTreeSet<&str> = sites.iter().flat_map(|site| parameter_names(site, Some("query"))).collect();
        let headers: BTreeSet<&str> = sites.iter().flat_map(header_names).collect();
        for (style, paging) in &self.config.paging {
            for (key, name) in paging.style.parameters() {
                self.known("query parameter", name, &["paging", style, key], Half::Value, &parameters);
            }
            if let Some(Total::Header(name)) = &paging.total {
                self.known("header of an answer", name, &["paging", style, "total_header"], Half::Value, &headers);
            }
        }
    }

    fn resources(&mut self, sites: &[Site<'s>]) {
        let mut tags: BTreeSet<&str> = BTreeSet::new();
        for list in sites.iter().filter_map(|site| site.operation.get("tags")).chain(self.document.get("tags")) {
            tags.extend(list.items().filter_map(|item| item.as_str().or_else(|| item.str("name"))));
        }
        let arguments: BTreeSet<&str> = sites.iter().flat_map(|site| parameter_names(site, Some("path"))).collect();
        let ids: BTreeSet<&str> = self.operations.keys().copied().collect();
        for (module, resource) in &self.config.resources {
            if let Some(tag) = &resource.tag {
                self.known("tag", tag, &["resources", module, "tag"], Half::Value, &tags);
            }
            for (index, argument) in resource.args.iter().enumerate() {
                self.known("path parameter", argument, &["resources", module, "args", &index.to_string()], Half::Value, &arguments);
            }
            for id in resource.operations.keys() {
                self.known("operation", id, &["resources", module, "operations", id], Half::Key, &ids);
                self.listed_once(module, id);
            }
        }
    }

    /// Reports an operation that another resource has already.
    fn listed_once(&mut self, module: &str, id: &str) {
        let Some((first, _)) = self.config.operation(id).filter(|(first, _)| *first != module) else { return };
        let place = |module| self.config.key(["resources", module, "operations", id]);
        if let (Some(at), Some(other)) = (place(module), place(first)) {
            let message = format!("operation `{id}` belongs to `{first}` already");
            let diagnostic = Diagnostic::new(Tag::InvalidConfigValue, message, at).also(other, "listed here");
            self.report.push(diagnostic.help("an operation is a method of one resource"));
        }
    }

    fn rename(&mut self) {
        let schemas: BTreeSet<&str> = self.schemas.iter().map(|(name, _)| *name).collect();
        let owners: BTreeSet<&str> = schemas.iter().copied().chain(self.operations.keys().copied()).collect();
        for name in self.config.rename.keys() {
            if owners.contains(name.as_str()) {
                continue;
            }
            // Names of schemas may hold dots themselves.
            let split = name.match_indices('.').filter_map(|(dot, _)| Some((name.get(..dot)?, name.get(dot + 1..)?)));
            // Types that the document does not name may be meant: lowering knows their names, and tells if there is none.
            let Some((owner, member)) = split.rev().find(|(owner, _)| owners.contains(owner)) else { continue };
            let first = member.split('.').next().unwrap_or_default();
            if let Some(members) = self.members(owner).filter(|members| !members.contains(first)) {
                let near = did_you_mean(first, members.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                let message = format!("`{owner}` has no member `{first}`");
                let Some(location) = self.config.key(["rename", name]) else { continue };
                self.report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, location).maybe_help(near));
            }
        }
    }

    fn handles(&mut self, sites: &[Site<'s>]) {
        let arguments: BTreeSet<&str> = sites.iter().flat_map(|site| parameter_names(site, Some("path"))).collect();
        for (handle, setting) in &self.config.handles {
            for (index, names) in setting.args.iter().enumerate() {
                let index = index.to_string();
                for (inner, name) in names.iter().enumerate() {
                    let inner = inner.to_string();
                    let place = ["handles", handle, "args", &index, &inner];
                    let depth = if names.len() > 1 { 5 } else { 4 };
                    self.known("path parameter", name, place.get(..depth).unwrap_or(&place), Half::Value, &arguments);
                }
            }
        }
    }

    /// Lists of operations.
    fn operations_named(&mut self) {
        let ids: BTreeSet<&str> = self.operations.keys().copied().collect();
        let Config { idempotent, only_refused, elsewhere, .. } = self.config;
        for (table, key, list) in
            [("retry", "idempotent", idempotent), ("retry", "only_refused", only_refused), ("redirect", "elsewhere", elsewhere)]
        {
            for (index, id) in list.iter().enumerate() {
                self.known("operation", id, &[table, key, &index.to_string()], Half::Value, &ids);
            }
        }
    }

    fn jobs(&mut self) {
        let ids: BTreeSet<&str> = self.operations.keys().copied().collect();
        for (name, job) in &self.config.jobs {
            self.known("operation", &job.poll, &["jobs", name, "poll"], Half::Value, &ids);
        }
    }

    fn converts(&mut self) {
        let schemas: BTreeSet<&str> = self.schemas.iter().map(|(name, _)| *name).collect();
        for (to, convert) in &self.config.converts {
            self.known("schema", to, &["convert", to], Half::Key, &schemas);
            self.known("schema", &convert.from, &["convert", to, "from"], Half::Value, &schemas);
        }
    }

    /// The fields of a schema or the parameters of an operation, if they can be told.
    fn members(&self, owner: &str) -> Option<BTreeSet<&'s str>> {
        let mut names = BTreeSet::new();
        if let Some((_, schema)) = self.schemas.iter().find(|(name, _)| *name == owner) {
            let told = schema::properties(schema, &mut names, &mut BTreeSet::new());
            return (told && !names.is_empty()).then_some(names);
        }
        let site = self.operations.get(owner)?;
        names.extend(parameter_names(site, None));
        // Bodies and answers written in place have names of the generator's making.
        names.extend(["body", "answer", "fault"]);
        Some(names)
    }

    fn component_names(&self, section: &str) -> BTreeSet<&'s str> {
        let all = self.document.get("components").and_then(|components| components.get(section));
        all.iter().flat_map(|all| all.entries().map(|(name, _)| name).collect::<Vec<_>>()).collect()
    }
}

/// The parameters of an operation and its path, in one place or all.
fn parameter_names<'s>(site: &Site<'s>, place: Option<&str>) -> Vec<&'s str> {
    let lists = [&site.operation, &site.item].into_iter().filter_map(|owner| owner.get("parameters"));
    let items = lists.flat_map(|list| list.items().collect::<Vec<_>>());
    let parameters = items.filter_map(|item| item.follow().ok());
    let fits = |parameter: &Cursor<'_>| place.is_none_or(|place| parameter.str("in") == Some(place));
    parameters.filter(fits).filter_map(|parameter| parameter.str("name")).collect()
}

/// The headers that the answers of an operation have.
fn header_names<'s>(site: &Site<'s>) -> Vec<&'s str> {
    let answers: Vec<Cursor<'s>> = site.operation.get("responses").iter().flat_map(Cursor::entries).map(|(_, answer)| answer).collect();
    let headers = answers.into_iter().filter_map(|answer| answer.follow().ok()?.get("headers"));
    headers.flat_map(|headers| headers.entries().map(|(name, _)| name).collect::<Vec<_>>()).collect()
}
