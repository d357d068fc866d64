//! Cargo features of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Ident, Module, ModuleGate, Resource};

/// Features that are neither of resources nor of modules.
const OWN: &[&str] = &["all", "async", "blocking", "default", "serde", "tracing"];

/// The feature that compiles a resource in.
pub(super) fn name(resource: &Resource) -> String {
    of(&resource.module)
}

/// The feature called after a module.
pub(super) fn of(module: &Ident) -> String {
    let name = module.bare().replace('_', "-");
    if OWN.contains(&name.as_str()) { format!("{name}-api") } else { name }
}

/// The modules written by hand that have a feature of their own, with what it needs.
pub(super) fn modules(api: &Api) -> impl Iterator<Item = (&Module, Vec<String>)> {
    api.modules.iter().filter_map(|module| match &module.gate {
        ModuleGate::Own { needs } => Some((module, needs.iter().map(of).collect())),
        ModuleGate::Always | ModuleGate::With(_) => None,
    })
}

/// The attribute that compiles a module in that is written by hand.
pub(super) fn gate(module: &Module) -> TokenStream {
    let feature = match &module.gate {
        ModuleGate::Always => return TokenStream::new(),
        ModuleGate::Own { .. } => of(&module.name),
        ModuleGate::With(other) => of(other),
    };
    quote! { #[cfg(feature = #feature)] }
}
