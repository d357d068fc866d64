//! Examples written by hand.

use std::collections::BTreeSet;

use super::modules::{agree, dependencies};
use crate::config::{Config, own_features};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::{self, Api, Module, ModuleGate};
use crate::load::Handwritten;
use crate::names::{Kind, spelled};
use crate::source::Location;

/// The example that every crate has.
const QUICKSTART: &str = "quickstart";

/// The examples that `files` make, sorted by name.
pub fn examples(
    files: Vec<Handwritten>,
    (api, modules): (Option<&Api>, &[Module]),
    config: &Config,
    report: &mut Report,
) -> Vec<ir::Example> {
    let mut examples = Vec::new();
    for file in files {
        let name = file.path.strip_suffix(".rs").unwrap_or(&file.path);
        if name == QUICKSTART || spelled(Kind::Module, name) != name {
            let message = format!("no example can be called `{name}`");
            let help = "examples stand in files of their own, called in snake case; the quickstart stands beside the description";
            report.push(Diagnostic::new(Tag::InvalidModule, message, Location::Path(file.shown)).help(help));
            continue;
        }
        let setting = config.examples.get(name).cloned().unwrap_or_default();
        let dependencies = dependencies(&setting.dependencies);
        examples.push(ir::Example { name: name.to_owned(), text: file.text, features: setting.features, dependencies });
    }
    for name in config.examples.keys().filter(|name| examples.iter().all(|example| example.name != **name)) {
        if let Some(at) = config.key(["examples", name]) {
            let message = format!("there is no example `{name}`");
            report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(format!("it would stand in `examples/{name}.rs`")));
        }
    }
    agree("examples", config.examples.iter().map(|(name, example)| (name.as_str(), &example.dependencies)), config, report);
    if let Some(api) = api {
        features(api, modules, config, report);
    }
    examples
}

/// Reports features that the crate does not have.
fn features(api: &Api, modules: &[Module], config: &Config, report: &mut Report) {
    let of_modules = modules.iter().filter_map(|module| match &module.gate {
        ModuleGate::Own { feature, .. } => Some(feature.as_str()),
        ModuleGate::Always | ModuleGate::With(_) => None,
    });
    let of_resources = api.resources.iter().map(|resource| resource.feature.as_str());
    let known: BTreeSet<&str> = own_features().iter().copied().chain(of_resources).chain(of_modules).collect();
    for (name, example) in &config.examples {
        for (index, feature) in example.features.iter().enumerate() {
            let place = config.value(["examples", name, "features", &index.to_string()]);
            let Some(at) = place.filter(|_| !known.contains(feature.as_str())) else { continue };
            let help = match did_you_mean(feature, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", listed(known.iter().copied())),
            };
            report.push(Diagnostic::new(Tag::UnknownConfigTarget, format!("there is no feature `{feature}`"), at).help(help));
        }
    }
}
