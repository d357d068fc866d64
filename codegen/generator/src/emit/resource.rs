//! A resource: its handle, and each operation in one piece.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::scope::{Scope, ident};
use super::source::{Item, Module, SourceFile};
use super::{handle, job, operation, paging, wire};
use crate::ir::{Api, Key, Resource};

/// `src/<resource>.rs`
pub(super) fn file(api: &Api, resource: &Resource) -> SourceFile {
    let names = std::iter::once(&resource.ty).chain(resource.operations.iter().map(|operation| &operation.ty));
    let scope = Scope::resource(api, names);
    let mut items = vec![Item::Code(definition(&scope, resource))];
    for operation in &resource.operations {
        items.extend(operation::items(&scope, resource, operation).into_iter().map(Item::Code));
        items.extend(paging::implementation(&scope, operation).map(Item::Code));
        items.extend(job::implementation(&scope, resource, operation).map(Item::Code));
        items.extend(wire::streamed(&scope, operation).map(Item::Code));
        items.extend(wire::downloads(&scope, operation).map(Item::Code));
    }
    let title = Doc::of(&resource.docs, &format!("Operations on {}.", resource.module.bare().replace('_', " ")));
    let mut module = Module::documented(&title);
    module.items.extend(scope.imports().map(Item::Code));
    module.items.append(&mut items);
    SourceFile::rust(format!("src/{}.rs", resource.module.bare()), &api.origin, module)
}

fn definition(scope: &Scope<'_>, resource: &Resource) -> TokenStream {
    let (name, mode, default) = (ident(&resource.ty), scope.runtime("Mode"), scope.runtime("Async"));
    let call = handle::call_of(scope.api, resource);
    let docs = Doc::new(&format!("Handle to {}: `{call}`.", resource.module.bare().replace('_', " "))).attributes();
    let keys = handle::fields(scope, &resource.keys);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name<M: #mode = #default> {
            pub(crate) client: tms_runtime::Client<M>,
            #(#keys)*
        }
    }
}

/// The value of a key inside a handle's method.
pub(super) fn key_value(key: &Key) -> TokenStream {
    let name = ident(&key.name);
    if is_copy(&key.ty) {
        quote! { self.#name }
    } else {
        quote! { self.#name.clone() }
    }
}

/// Are values of this type copied?
pub(super) fn is_copy(ty: &crate::ir::TypeRef) -> bool {
    use crate::ir::{Prim, TypeRef};
    matches!(ty, TypeRef::Prim(Prim::Bool | Prim::I32 | Prim::I64 | Prim::U64 | Prim::F32 | Prim::F64))
}
