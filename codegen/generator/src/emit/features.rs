//! Cargo features of the generated crate.

use crate::ir::Resource;

/// Features that are not resources.
const OWN: &[&str] = &["all", "async", "blocking", "default", "serde", "tracing"];

/// The feature that compiles a resource in.
pub(super) fn name(resource: &Resource) -> String {
    let name = resource.module.bare().replace('_', "-");
    if OWN.contains(&name.as_str()) { format!("{name}-api") } else { name }
}
