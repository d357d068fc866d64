//! Cargo features of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Ident, Module, ModuleGate, Resource};

/// The features of resources, each with the resources it brings, in the order of the first of these.
pub(super) fn resources(api: &Api) -> Vec<(&str, Vec<&Resource>)> {
    let mut features: Vec<(&str, Vec<&Resource>)> = Vec::new();
    for resource in &api.resources {
        match features.iter_mut().find(|(feature, _)| *feature == resource.feature) {
            Some((_, resources)) => resources.push(resource),
            None => features.push((&resource.feature, vec![resource])),
        }
    }
    features
}

/// The features of the resources with these modules.
pub(super) fn of<'a>(api: &'a Api, modules: &[Ident]) -> Vec<&'a str> {
    let is_one = |(_, resources): &(&str, Vec<&Resource>)| resources.iter().any(|resource| modules.contains(&resource.module));
    resources(api).into_iter().filter(is_one).map(|(feature, _)| feature).collect()
}

/// The condition that one of these features is on.
pub(super) fn any(features: &[&str]) -> TokenStream {
    match features {
        [feature] => quote! { feature = #feature },
        features => quote! { any(#(feature = #features),*) },
    }
}

/// The modules written by hand that have a feature of their own: its name, and the features it needs.
pub(super) fn modules(api: &Api) -> impl Iterator<Item = (&Module, &str, &[String])> {
    api.modules.iter().filter_map(|module| match &module.gate {
        ModuleGate::Own { feature, needs } => Some((module, feature.as_str(), needs.as_slice())),
        ModuleGate::Always | ModuleGate::With(_) => None,
    })
}

/// The attribute that compiles a module in that is written by hand.
pub(super) fn gate(module: &Module) -> TokenStream {
    match &module.gate {
        ModuleGate::Always => TokenStream::new(),
        ModuleGate::Own { feature, .. } | ModuleGate::With(feature) => quote! { #[cfg(feature = #feature)] },
    }
}
