//! Cargo features of the generated crate.

/// Features that are neither of resources nor of modules.
const OWN: &[&str] = &["all", "async", "blocking", "default", "serde", "tracing"];

/// The feature that is called after a module.
pub(super) fn of_module(module: &str) -> String {
    let name = module.replace('_', "-");
    if is_own(&name) { format!("{name}-api") } else { name }
}

/// Those that every crate has.
pub(crate) fn own_features() -> &'static [&'static str] {
    OWN
}

/// Is it one that every crate has?
pub(super) fn is_own(name: &str) -> bool {
    OWN.contains(&name)
}

/// Is it kebab case?
pub(super) fn is_kebab(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !name.ends_with('-')
        && !name.contains("--")
}
