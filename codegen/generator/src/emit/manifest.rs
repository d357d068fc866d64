//! `Cargo.toml` and `rustfmt.toml`.

use super::docs::line;
use super::{features, soap};
use crate::ir::Api;

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
         [dependencies]\ntms-runtime = {{ path = \"../../codegen/runtime\", version = \"{VERSION}\", default-features = false{soap} }}\n\n\
         [dev-dependencies]\ntokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }}\n\n\
         [[example]]\nname = \"quickstart\"\nrequired-features = [\"all\", \"async\"]\n",
        name = string(package),
        soap = if soap::speaks(api) { ", features = [\"soap\"]" } else { "" },
    )
}

/// `rustfmt.toml`: the layout is the generator's business.
pub(super) const RUSTFMT: &str = "disable_all_formatting = true\n";

fn features(api: &Api) -> String {
    let resources = api.resources.iter().map(|resource| (features::name(resource), Vec::new()));
    let by_hand = features::modules(api).map(|(module, needs)| (features::of(&module.name), needs));
    let features: Vec<(String, Vec<String>)> = resources.chain(by_hand).collect();
    let all: String = features.iter().map(|(name, _)| format!("    {},\n", string(name))).collect();
    let list = |needs: &[String]| needs.iter().map(|need| string(need)).collect::<Vec<_>>().join(", ");
    let resources: String = features.iter().map(|(name, needs)| format!("{name} = [{}]\n", list(needs))).collect();
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
