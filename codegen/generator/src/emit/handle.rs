//! The way to a resource: methods of the client, and of the handles between it and resources.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::features;
use super::resource::key_value;
use super::scope::{Scope, ident};
use super::source::{Item, Module, SourceFile};
use crate::ir::{Api, Handle, Ident, Key, Resource};

/// `src/<handle>.rs`
pub(super) fn file(api: &Api, handle: &Handle) -> SourceFile {
    let (scope, gated) = (Scope::resource(api, std::iter::once(&handle.ty)), Scope::gated(api));
    let words = handle.module.bare().replace('_', " ");
    let definition = definition(&scope, handle, &format!("Handle to one {words}: `{}`.", call(handle)));
    let (name, mode) = (ident(&handle.ty), scope.runtime("Mode"));
    let client = quote! { self.client.clone() };
    let methods = below(api, handle).map(|resource| {
        let (inherited, own) = resource.keys.split_at_checked(handle.keys.len()).unwrap_or((&resource.keys, &[]));
        to_resource(&gated, resource, own, inherited, &client)
    });
    let methods = quote! { impl<M: #mode> #name<M> { #(#methods)* } };
    let mut module = Module::documented(&Doc::new(&format!("Everything of one {words}.")));
    module.items.extend(scope.imports().map(Item::Code));
    module.items.extend([definition, methods].map(Item::Code));
    SourceFile::rust(format!("src/{}.rs", handle.module.bare()), &api.origin, module)
}

fn definition(scope: &Scope<'_>, handle: &Handle, docs: &str) -> TokenStream {
    let (name, mode, default) = (ident(&handle.ty), scope.runtime("Mode"), scope.runtime("Async"));
    let docs = Doc::new(docs).attributes();
    let keys = fields(scope, &handle.keys);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name<M: #mode = #default> {
            pub(crate) client: tms_runtime::Client<M>,
            #(#keys)*
        }
    }
}

/// The fields that hold what a handle binds.
pub(super) fn fields(scope: &Scope<'_>, keys: &[Key]) -> Vec<TokenStream> {
    let field = |key: &Key| {
        let (name, ty) = (ident(&key.name), scope.ty(&key.ty));
        quote! { pub(crate) #name: #ty, }
    };
    keys.iter().map(field).collect()
}

/// The resources that are reached by a handle.
fn below<'a>(api: &'a Api, handle: &'a Handle) -> impl Iterator<Item = &'a Resource> {
    api.resources.iter().filter(|resource| resource.under.as_ref() == Some(&handle.module))
}

/// The condition under which there is something to reach by a handle.
pub(super) fn gate(api: &Api, handle: &Handle) -> TokenStream {
    let modules: Vec<Ident> = below(api, handle).map(|resource| resource.module.clone()).collect();
    features::any(&features::of(api, &modules))
}

/// The methods of the client.
pub(super) fn methods(scope: &Scope<'_>) -> TokenStream {
    let client = quote! { self.runtime.clone() };
    let handles = scope.api.handles.iter().map(|handle| to_handle(scope, handle, &client));
    let direct = scope.api.resources.iter().filter(|resource| resource.under.is_none());
    let direct = direct.map(|resource| to_resource(scope, resource, &resource.keys, &[], &client));
    quote! { #(#handles)* #(#direct)* }
}

fn to_handle(scope: &Scope<'_>, handle: &Handle, client: &TokenStream) -> TokenStream {
    let docs = Doc::new(&format!("Everything of one {}.", handle.module.bare().replace('_', " "))).attributes();
    let gate = gate(scope.api, handle);
    let (module, ty) = (ident(&handle.module), ident(&handle.ty));
    let method = method(scope, &module, &quote! { crate::#module::#ty }, &handle.keys, &[], client);
    quote! { #docs #[cfg(#gate)] #method }
}

/// The method that leads to a resource; it takes `keys`, and what is `inherited` from the handle it belongs to.
fn to_resource(scope: &Scope<'_>, resource: &Resource, keys: &[Key], inherited: &[Key], client: &TokenStream) -> TokenStream {
    let docs = Doc::of(&resource.docs, &format!("Operations on {}.", resource.module.bare().replace('_', " "))).attributes();
    let feature = &resource.feature;
    let (module, ty) = (ident(&resource.module), ident(&resource.ty));
    let method = method(scope, &module, &quote! { crate::#module::#ty }, keys, inherited, client);
    quote! { #docs #[cfg(feature = #feature)] #method }
}

fn method(
    scope: &Scope<'_>,
    name: &proc_macro2::Ident,
    ty: &TokenStream,
    keys: &[Key],
    inherited: &[Key],
    client: &TokenStream,
) -> TokenStream {
    let keys: Vec<_> = keys.iter().map(|key| (ident(&key.name), scope.parameter(&key.ty))).collect();
    let parameters = keys.iter().map(|(name, parameter)| {
        let ty = &parameter.ty;
        quote! { #name: #ty }
    });
    let inherited = inherited.iter().map(|key| {
        let (name, value) = (ident(&key.name), key_value(key));
        quote! { #name: #value }
    });
    let values = inherited.chain(keys.iter().map(|(name, parameter)| parameter.initializer(name)));
    quote! {
        #[inline]
        pub fn #name(&self, #(#parameters),*) -> #ty<M> {
            #ty { client: #client, #(#values),* }
        }
    }
}

/// `client.project(project_id)`
fn call(handle: &Handle) -> String {
    format!("client.{}({})", handle.module, names(&handle.keys))
}

/// `client.project(project_id).defects()`
pub(super) fn call_of(api: &Api, resource: &Resource) -> String {
    written(api, resource, |key| key.name.bare().to_owned())
}

/// The way to a resource, with what `value` says for each key.
pub(super) fn written(api: &Api, resource: &Resource, value: impl Fn(&Key) -> String) -> String {
    let above = api.handles.iter().find(|handle| resource.under.as_ref() == Some(&handle.module));
    let bound = above.map_or(0, |handle| handle.keys.len());
    let values = |keys: &[Key]| keys.iter().map(&value).collect::<Vec<_>>().join(", ");
    let (inherited, own) = resource.keys.split_at_checked(bound).unwrap_or((&[], &resource.keys));
    let above = above.map(|handle| format!(".{}({})", handle.module, values(inherited))).unwrap_or_default();
    format!("client{above}.{}({})", resource.module, values(own))
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name.bare()).collect::<Vec<_>>().join(", ")
}
