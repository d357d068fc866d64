//! Who may depend on whom.

use serde_json::Value;

use crate::{Failure, exec};

/// What a package of ours may depend on among ours; `generated/*` has a rule of its own.
const OURS: &[(&str, &[&str])] = &[("tms-runtime", &[]), ("tms-codegen", &[]), ("tms-mock", &[])];

/// What a user's tree may hold directly through us; everything optional included.
const RUNTIME: &[&str] = &[
    "base64",
    "bytes",
    "futures-core",
    "http",
    // Bodies that stream, in the async mode, which has it anyway.
    "http-body",
    "itoa",
    "percent-encoding",
    "quick-xml",
    "reqwest",
    "rustls",
    "rustls-platform-verifier",
    "serde",
    "tokio",
    "tracing",
    "ureq",
];

/// What a module written by hand stands on in a generated crate, behind the module's own feature.
const MODULES: &[(&str, &str)] = &[("qase", "quick-xml")];

/// Dependencies that break the arrows of ARCHITECTURE.md.
pub fn breaches() -> Result<Vec<String>, Failure> {
    let packages = packages()?;
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut breaches = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let generated = package["manifest_path"].as_str().is_some_and(is_generated);
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let other = dependency["name"].as_str().unwrap_or_default();
            let normal = dependency["kind"].is_null();
            let allowed = match OURS.iter().find(|(ours, _)| *ours == name) {
                _ if generated => {
                    let optional = dependency["optional"].as_bool() == Some(true);
                    !normal || other == "tms-runtime" || (optional && MODULES.contains(&(name, other)))
                }
                Some((_, allowed)) if names.contains(&other) => allowed.contains(&other),
                _ => true,
            };
            if !allowed {
                breaches.push(format!("{name} -> {other}: this arrow does not exist (ARCHITECTURE.md, \"Arrows\")"));
            }
            if name == "tms-runtime" && normal && !RUNTIME.contains(&other) {
                breaches.push(format!("tms-runtime -> {other}: every user pays for it; add it to the list in xtask/src/tidy/arrows.rs with a reason, or do without"));
            }
        }
    }
    Ok(breaches)
}

/// Features of a generated crate that stand for one resource each.
pub fn features_of(api: &str) -> Result<Vec<String>, Failure> {
    let packages = packages()?;
    let package = packages.iter().find(|package| package["name"] == api && package["manifest_path"].as_str().is_some_and(is_generated));
    let Some(all) = package.and_then(|package| package["features"]["all"].as_array()) else {
        return Err(Failure::Broken(format!("generated/{api} has no feature `all` (`cargo xtask regenerate` writes the crate)")));
    };
    Ok(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn is_generated(manifest: &str) -> bool {
    manifest.replace('\\', "/").contains("/generated/")
}

fn packages() -> Result<Vec<Value>, Failure> {
    Ok(exec::metadata()?["packages"].as_array().cloned().unwrap_or_default())
}
