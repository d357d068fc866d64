//! The types: one file per feature for those only it needs, and files for the shared ones.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::features;
use super::scope::{Scope, ident, own};
use super::source::{Item, Module, SourceFile};
use super::{convert, flags, forms, structs, unions, words};
use crate::ir::{Api, Ident, Resource, Shape, Type, TypeId};

/// Where the shared types live.
const SHARED: &str = "shared";

/// `src/types.rs` and the files below it.
pub(super) fn files(api: &Api) -> Vec<SourceFile> {
    let mut module = Module::documented(&Doc::new("What requests and answers are made of."));
    let mut declarations = TokenStream::new();
    let mut files = Vec::new();
    for (feature, resources) in features::resources(api) {
        let own_types: Vec<_> = api.types.iter().filter(|(_, ty)| owner(api, ty) == Some(feature)).collect();
        if own_types.is_empty() {
            continue;
        }
        let name = module_of(feature, &resources);
        declarations.extend(declaration(name.as_str(), Some(&quote! { feature = #feature })));
        let links: Vec<String> = resources.iter().map(|resource| format!("[`{0}`](crate::{0})", resource.module.bare())).collect();
        files.push(file(api, name.bare(), &format!("Types of {}.", links.join(", ")), &own_types));
    }
    let shared = shared(api);
    if !shared.is_empty() {
        let features: Vec<&[&str]> = shared.iter().map(|group| group.features.as_slice()).collect();
        declarations.extend(declaration(SHARED, gate(api, &features).as_ref()));
        files.extend(shared_files(api, &shared));
    }
    if !declarations.is_empty() {
        module.items.push(Item::Code(declarations));
    }
    files.insert(0, SourceFile::rust("src/types.rs", &api.origin, module));
    files
}

/// The module of types that only one feature needs.
fn module_of(feature: &str, resources: &[&Resource]) -> Ident {
    match resources {
        [resource] => resource.module.clone(),
        _ => Ident::lossy(&feature.replace('-', "_")),
    }
}

/// The one feature that needs `ty`, if it is one.
fn owner<'a>(api: &'a Api, ty: &Type) -> Option<&'a str> {
    match features::of(api, &ty.used_by).as_slice() {
        [feature] => Some(feature),
        _ => None,
    }
}

fn declaration(module: &str, gate: Option<&TokenStream>) -> TokenStream {
    let module = own(module);
    let gate = gate.map(|gate| quote! { #[cfg(#gate)] });
    quote! {
        #gate
        mod #module;
        #gate
        pub use #module::*;
    }
}

/// Types that the same features need.
struct Group<'a> {
    /// None of them is needed: the types are always there.
    features: Vec<&'a str>,
    types: Vec<(TypeId, &'a Type)>,
}

impl Group<'_> {
    /// What its module is called after: the shortest name says least about the others.
    fn name(&self) -> String {
        let names = self.types.iter().map(|(_, ty)| ty.name.bare());
        snake_case(names.min_by_key(|name| (name.len(), *name)).unwrap_or_default())
    }
}

/// The types that no feature has for itself, by the features that need them: a build has those that it uses and no others.
fn shared(api: &Api) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (id, ty) in api.types.iter().filter(|(_, ty)| owner(api, ty).is_none()) {
        let features = features::of(api, &ty.used_by);
        match groups.iter_mut().find(|group| group.features == features) {
            Some(group) => group.types.push((id, ty)),
            None => groups.push(Group { features, types: vec![(id, ty)] }),
        }
    }
    groups
}

/// The condition for any of these lists; `None` if one is empty, and its types are always there.
fn gate(api: &Api, lists: &[&[&str]]) -> Option<TokenStream> {
    if lists.iter().any(|features| features.is_empty()) {
        return None;
    }
    let all = features::resources(api).into_iter().map(|(feature, _)| feature);
    let wanted: Vec<&str> = all.filter(|feature| lists.iter().any(|features| features.contains(feature))).collect();
    Some(features::any(&wanted))
}

/// One file if all shared types are needed by the same features, else a file for each group.
fn shared_files(api: &Api, groups: &[Group<'_>]) -> Vec<SourceFile> {
    let title = "Types that more than one resource uses.";
    if let [group] = groups {
        return vec![file(api, SHARED, title, &group.types)];
    }
    let mut named: BTreeMap<String, &Group<'_>> = BTreeMap::new();
    for group in groups {
        let mut name = group.name();
        while named.contains_key(&name) {
            name.push('_');
        }
        named.insert(name, group);
    }
    let mut module = Module::documented(&Doc::new(title));
    let mut files = Vec::new();
    for (name, group) in named {
        let name = Ident::lossy(&name);
        module.items.push(Item::Code(declaration(name.as_str(), gate(api, &[&group.features]).as_ref())));
        let title = if group.features.is_empty() { "Types that all resources use." } else { "Types that the same resources use." };
        files.push(file(api, &format!("{SHARED}/{}", name.bare()), title, &group.types));
    }
    files.insert(0, SourceFile::rust(format!("src/types/{SHARED}.rs"), &api.origin, module));
    files
}

/// `TestCase` makes `test_case`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut after_small = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && after_small {
            snake.push('_');
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn file(api: &Api, name: &str, title: &str, types: &[(TypeId, &Type)]) -> SourceFile {
    let scope = Scope::types(api, types.iter().map(|(_, ty)| &ty.name));
    let mut items: Vec<Item> = Vec::new();
    for (id, ty) in types {
        items.extend(type_items(&scope, *id, ty));
        items.extend(convert::items(&scope, *id).into_iter().map(Item::Code));
    }
    let mut module = Module::documented(&Doc::new(title));
    module.items.extend(scope.imports().map(Item::Code));
    module.items.append(&mut items);
    SourceFile::rust(format!("src/types/{name}.rs"), &api.origin, module)
}

fn type_items(scope: &Scope<'_>, id: TypeId, ty: &Type) -> Vec<Item> {
    match &ty.shape {
        Shape::Struct(shape) => structs::items(scope, ty, shape),
        Shape::Words(shape) => words::items(scope, ty, shape),
        Shape::Union(shape) => unions::items(scope, id, ty, shape),
        Shape::Flags(shape) => flags::items(scope, ty, shape),
        Shape::Form(shape) => forms::items(scope, ty, shape),
    }
}

/// The path of a type from the crate root, for links in documentation.
pub(super) fn link(api: &Api, id: TypeId) -> Option<String> {
    api.types.get(id).map(|ty| format!("[`{0}`](crate::types::{0})", ident(&ty.name)))
}
