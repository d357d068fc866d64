//! The types: one file per resource for those only it uses, one for the shared ones.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::features;
use super::scope::{Scope, ident, own};
use super::source::{Item, Module, SourceFile};
use super::{convert, flags, forms, structs, unions, words};
use crate::ir::{Api, Shape, Type, TypeId};

/// Where the shared types live.
const SHARED: &str = "shared";

/// `src/types.rs` and the files below it.
pub(super) fn files(api: &Api) -> Vec<SourceFile> {
    let mut module = Module::documented(&Doc::new("What requests and answers are made of."));
    let mut declarations = TokenStream::new();
    let mut files = Vec::new();
    for resource in &api.resources {
        let own_types: Vec<_> = api.types.iter().filter(|(_, ty)| owner(ty) == Some(resource.module.as_str())).collect();
        if own_types.is_empty() {
            continue;
        }
        let feature = features::name(resource);
        declarations.extend(declaration(&resource.module.to_string(), &quote! { feature = #feature }));
        let title = format!("Types of [`{0}`](crate::{0}).", resource.module.bare());
        files.push(file(api, resource.module.bare(), &title, &own_types));
    }
    let shared: Vec<_> = api.types.iter().filter(|(_, ty)| owner(ty).is_none()).collect();
    if !shared.is_empty() {
        declarations.extend(shared_declaration(api, &shared));
        files.push(file(api, SHARED, "Types that more than one resource uses.", &shared));
    }
    if !declarations.is_empty() {
        module.items.push(Item::Code(declarations));
    }
    files.insert(0, SourceFile::rust("src/types.rs", &api.origin, module));
    files
}

/// The one resource that uses `ty`, if it is one.
fn owner(ty: &Type) -> Option<&str> {
    match ty.used_by.as_slice() {
        [module] => Some(module.as_str()),
        _ => None,
    }
}

fn declaration(module: &str, gate: &TokenStream) -> TokenStream {
    let module = own(module);
    quote! {
        #[cfg(#gate)]
        mod #module;
        #[cfg(#gate)]
        pub use #module::*;
    }
}

/// The shared types are there when a resource that uses one is; always when every build needs one.
fn shared_declaration(api: &Api, shared: &[(TypeId, &Type)]) -> TokenStream {
    let users: BTreeSet<_> = shared.iter().flat_map(|(_, ty)| &ty.used_by).collect();
    if users.is_empty() || shared.iter().any(|(_, ty)| ty.used_by.is_empty()) {
        return quote! { mod shared; pub use shared::*; };
    }
    let features = api.resources.iter().filter(|resource| users.contains(&resource.module)).map(features::name);
    declaration(SHARED, &quote! { any(#(feature = #features),*) })
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
