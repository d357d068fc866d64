//! `Cargo.toml` and `rustfmt.toml`.

use super::docs::line;
use super::{features, soap};
use crate::ir::{Api, Dependency};
use std::collections::BTreeMap;

/// The generator, the runtime and all that is generated for it are released together.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `Cargo.toml`
pub(super) fn cargo(api: &Api) -> String {
    let (package, repository) = (&api.package, env!("CARGO_PKG_REPOSITORY"));
    let (license, rust_version) = (env!("CARGO_PKG_LICENSE"), env!("CARGO_PKG_RUST_VERSION"));
    let (description, keywords, features) = (string(&line(&api.about)), keywords(package), features(api));
    format!(
        "[package]\nname = {name}\nversion = \"{VERSION}\"\ndescription = {description}\nkeywords = {keywords}\ncategories = \
         [\"api-bindings\"]\nreadme = \"README.md\"\nlicense = \"{license}\"\nrepository = \"{repository}\"\nedition = \"2024\"\n\
         rust-version = \"{rust_version}\"\n\n\
         [package.metadata.docs.rs]\nall-features = true\n\n\
         [features]\n{features}\n\
         [dependencies]\n{dependencies}\n[dev-dependencies]\n{dev}\n{examples}",
        name = string(package),
        dependencies = dependencies(api),
        dev = dev_dependencies(api),
        examples = examples(api),
    )
}

/// What the crate stands on, sorted by name.
fn dependencies(api: &Api) -> String {
    let soap = if soap::speaks(api) { ", features = [\"soap\"]" } else { "" };
    let runtime = format!("{{ path = \"../../codegen/runtime\", version = \"{VERSION}\", default-features = false{soap} }}");
    let by_hand = api.modules.iter().flat_map(|module| &module.dependencies);
    let by_hand = merged(by_hand).into_values().map(|dependency| (dependency.name.clone(), requirement(&dependency, ", optional = true")));
    lines(by_hand.chain([("tms-runtime".to_owned(), runtime)]))
}

/// What the examples stand on, sorted by name.
fn dev_dependencies(api: &Api) -> String {
    let tokio = Dependency { name: "tokio".to_owned(), version: "1".to_owned(), features: vec!["macros".to_owned(), "rt".to_owned()] };
    let all = api.examples.iter().flat_map(|example| &example.dependencies).chain([&tokio]);
    lines(merged(all).into_values().map(|dependency| (dependency.name.clone(), requirement(&dependency, ""))))
}

/// Each crate once, with the features that any of `all` wants.
fn merged<'a>(all: impl Iterator<Item = &'a Dependency>) -> BTreeMap<&'a str, Dependency> {
    let mut merged: BTreeMap<&str, Dependency> = BTreeMap::new();
    for dependency in all {
        let known = merged.entry(&dependency.name).or_insert_with(|| Dependency { features: Vec::new(), ..dependency.clone() });
        known.features.extend(dependency.features.iter().cloned());
        known.features.sort();
        known.features.dedup();
    }
    merged
}

fn lines(entries: impl Iterator<Item = (String, String)>) -> String {
    let sorted: BTreeMap<String, String> = entries.collect();
    sorted.into_iter().map(|(name, requirement)| format!("{name} = {requirement}\n")).collect()
}

fn requirement(dependency: &Dependency, more: &str) -> String {
    let features = if dependency.features.is_empty() { String::new() } else { format!(", features = [{}]", list(&dependency.features)) };
    format!("{{ version = {}, default-features = false{features}{more} }}", string(&dependency.version))
}

fn examples(api: &Api) -> String {
    let quickstart = ("quickstart", &[] as &[String]);
    let all = std::iter::once(quickstart).chain(api.examples.iter().map(|example| (example.name.as_str(), example.features.as_slice())));
    let each = all.map(|(name, features)| {
        let features: Vec<String> = ["all", "async"].map(str::to_owned).into_iter().chain(features.iter().cloned()).collect();
        format!("[[example]]\nname = {}\nrequired-features = [{}]\n", string(name), list(&features))
    });
    each.collect::<Vec<_>>().join("\n")
}

fn list(texts: &[String]) -> String {
    texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", ")
}

/// `rustfmt.toml`: the layout is the generator's business.
pub(super) const RUSTFMT: &str = "disable_all_formatting = true\n";

fn features(api: &Api) -> String {
    let resources = features::resources(api).into_iter().map(|(feature, _)| (feature, Vec::new(), true));
    // `all` brings no crate along.
    let by_hand = features::modules(api).map(|(module, feature, needs)| {
        let crates = module.dependencies.iter().map(|dependency| format!("dep:{}", dependency.name));
        (feature, needs.iter().cloned().chain(crates).collect(), module.dependencies.is_empty())
    });
    let features: Vec<(&str, Vec<String>, bool)> = resources.chain(by_hand).collect();
    let all: String = features.iter().filter(|(_, _, in_all)| *in_all).map(|(name, _, _)| format!("    {},\n", string(name))).collect();
    let resources: String = features.iter().map(|(name, needs, _)| format!("{name} = [{}]\n", list(needs))).collect();
    let serde = "# `serde::{Serialize, Deserialize}` for the types.\nserde = [\"tms-runtime/serde\"]\n";
    let serde = if soap::speaks(api) { "" } else { serde };
    format!(
        "default = [\"all\", \"async\"]\n# The async client: reqwest over rustls.\nasync = [\"tms-runtime/async\"]\n# The blocking \
         client: ureq over rustls.\nblocking = [\"tms-runtime/blocking\"]\n{serde}# One span per call.\ntracing = [\"tms-runtime/tracing\"]\n# Every resource.\nall = [\n{all}]\n\
         {resources}"
    )
}

/// At most five words, each as the registry wants them.
fn keywords(package: &str) -> String {
    let legal = package.len() <= 20 && package.starts_with(|c: char| c.is_ascii_alphanumeric());
    let own = Some(package).filter(|word| legal && !["api", "client", "sdk"].contains(word));
    let words: Vec<String> = own.into_iter().chain(["api", "client", "sdk"]).map(string).collect();
    format!("[{}]", words.join(", "))
}

/// A TOML basic string.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
