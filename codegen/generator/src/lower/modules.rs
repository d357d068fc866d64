//! Modules written by hand: where they stand among those that are made, and which feature compiles them in.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Dependency, Module};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::{self, Api, Ident, ModuleFile, ModuleGate};
use crate::load::Handwritten;
use crate::names::{Kind, spelled};
use crate::source::Location;

/// The modules that `files` make, sorted by name. Without an API only that can be told what does not depend on its resources.
pub fn modules(files: Vec<Handwritten>, api: Option<&Api>, config: &Config, report: &mut Report) -> Vec<ir::Module> {
    let mut by_module: BTreeMap<String, Vec<Handwritten>> = BTreeMap::new();
    for file in files {
        let first = file.path.split('/').next().unwrap_or_default();
        by_module.entry(first.strip_suffix(".rs").unwrap_or(first).to_owned()).or_default().push(file);
    }
    let mut made: BTreeSet<&str> = api.iter().flat_map(|api| &api.resources).map(|resource| resource.module.bare()).collect();
    if api.is_none() {
        made.extend(config.resources.keys().map(String::as_str));
    }
    let mut taken: BTreeSet<&str> = config.handles.keys().map(String::as_str).collect();
    taken.extend(made.iter().copied().chain(["lib", "main"]));
    by_module.retain(|name, files| match fault(name, files, &taken) {
        Some((message, help)) => {
            let shown = files.first().map_or_else(String::new, |file| file.shown.clone());
            report.push(Diagnostic::new(Tag::InvalidModule, message, Location::Path(shown)).help(help));
            false
        }
        None => true,
    });
    let names: BTreeSet<String> = by_module.keys().cloned().collect();
    let known: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    for name in config.modules.keys().filter(|name| !known.contains(name.as_str())) {
        if let Some(at) = config.key(["modules", name]) {
            let message = format!("there is no module `{name}`");
            report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(format!("it would stand in `src/{name}.rs`")));
        }
    }
    let shares = |name: &&str| config.modules.get(*name).is_some_and(|module| module.feature.is_some());
    let own: BTreeSet<&str> = known.iter().copied().filter(|name| !shares(name)).collect();
    clashes(&own, config, report);
    let features: BTreeSet<&str> = made.iter().copied().chain(own).collect();
    agree("modules", config.modules.iter().map(|(name, module)| (name.as_str(), &module.dependencies)), config, report);
    by_module.into_iter().map(|(name, files)| module(&name, files, &features, config, report)).collect()
}

/// Reports crates that two modules, or two examples, want in different versions: a crate has one manifest.
pub(super) fn agree<'c>(
    section: &str,
    owners: impl Iterator<Item = (&'c str, &'c BTreeMap<String, Dependency>)>,
    config: &Config,
    report: &mut Report,
) {
    let mut known: BTreeMap<&str, (&str, &Dependency)> = BTreeMap::new();
    for (owner, (name, dependency)) in owners.flat_map(|(owner, all)| all.iter().map(move |one| (owner, one))) {
        let (first, other) = *known.entry(name).or_insert((owner, dependency));
        let Some(at) = config.key([section, owner, "dependencies", name]).filter(|_| other.version != dependency.version) else { continue };
        let message = format!("`{name}` is wanted as `{}` here, and as `{}` by `{first}`", dependency.version, other.version);
        report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help("one version must do for both"));
    }
}

/// Reports features of resources that are those of modules.
fn clashes(modules: &BTreeSet<&str>, config: &Config, report: &mut Report) {
    for (name, resource) in &config.resources {
        let Some(feature) = &resource.feature else { continue };
        if let (Some(module), Some(at)) =
            (modules.iter().find(|module| config.feature(module) == *feature), config.value(["resources", name, "feature"]))
        {
            let message = format!("`{feature}` is the feature of the module `{module}`");
            let help = format!(
                "choose another name, or let the module have the feature of the resource: `[modules.{module}] feature = \"{name}\"`"
            );
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help(help));
        }
    }
}

/// What speaks against a module, and what to do about it.
fn fault(name: &str, files: &[Handwritten], taken: &BTreeSet<&str>) -> Option<(String, &'static str)> {
    if taken.contains(name) || spelled(Kind::Module, name) != name {
        let message = format!("no module written by hand can be called `{name}`");
        return Some((message, "names are snake case; those of resources, handles and the crate's own modules are taken"));
    }
    let root = format!("{name}.rs");
    if !files.iter().any(|file| file.path == root) {
        return Some((
            format!("this file belongs to no module: there is no `src/{root}`"),
            "only modules below one in `src` stand in folders",
        ));
    }
    None
}

fn module(name: &str, files: Vec<Handwritten>, features: &BTreeSet<&str>, config: &Config, report: &mut Report) -> ir::Module {
    let default = Module::default();
    let setting = config.modules.get(name).unwrap_or(&default);
    let mut check = |feature: &str, place: &[&str]| {
        let Some(at) = config.value(place.iter().copied()).filter(|_| !features.contains(feature)) else { return };
        let help = match did_you_mean(feature, features.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", listed(features.iter().copied())),
        };
        let message = format!("there is no resource or module `{feature}` whose feature could be meant");
        report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(help));
    };
    for (index, need) in setting.needs.iter().enumerate() {
        check(need, &["modules", name, "needs", &index.to_string()]);
    }
    let gate = match setting.feature.as_deref() {
        None => ModuleGate::Own { feature: config.feature(name), needs: setting.needs.iter().map(|need| config.feature(need)).collect() },
        Some(Module::ALWAYS) => ModuleGate::Always,
        Some(other) => {
            check(other, &["modules", name, "feature"]);
            ModuleGate::With(config.feature(other))
        }
    };
    if let (false, true, Some(at)) = (setting.needs.is_empty(), setting.feature.is_some(), config.key(["modules", name, "needs"])) {
        let message = "only the feature of the module itself can need others".to_owned();
        report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help("remove `needs` or `feature`"));
    }
    if let (false, true, Some(at)) =
        (setting.dependencies.is_empty(), setting.feature.is_some(), config.key(["modules", name, "dependencies"]))
    {
        let message = "only a module with a feature of its own can stand on other crates".to_owned();
        report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help("remove `dependencies` or `feature`"));
    }
    let root = files.iter().find(|file| file.path == format!("{name}.rs")).map_or("", |file| file.text.as_str());
    let summary = root.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).find(|line| !line.is_empty());
    let summary = summary.unwrap_or_default().to_owned();
    let files = files.into_iter().map(|file| ModuleFile { path: file.path, text: file.text }).collect();
    ir::Module { name: Ident::lossy(name), gate, summary, files, dependencies: dependencies(&setting.dependencies) }
}

/// What something written by hand stands on.
pub(super) fn dependencies(all: &BTreeMap<String, Dependency>) -> Vec<ir::Dependency> {
    let each = |(name, Dependency { version, features }): (&String, &Dependency)| ir::Dependency {
        name: name.clone(),
        version: version.clone(),
        features: features.clone(),
    };
    all.iter().map(each).collect()
}
