//! Objects: a struct, its table, its constructor and its setters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Doc, code};
use super::scope::{Parameter, Scope, ident};
use super::source::{Item, Table};
use crate::ir::{Field, Presence, Struct, StructRole, Type};

/// Everything emitted for one object.
pub(super) fn items(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(scope, ty, shape)), Item::Table(table(scope, ty, shape))];
    let methods = methods(scope, shape);
    if !methods.is_empty() {
        let name = ident(&ty.name);
        items.push(Item::Code(quote! { impl #name { #methods } }));
    }
    items
}

fn definition(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> TokenStream {
    let name = ident(&ty.name);
    let docs = Doc::of(&ty.docs, &format!("Object {}.", code(&ty.wire))).provenance(&ty.docs).attributes();
    let default = (!shape.fields.iter().any(is_demanded)).then(|| quote! { Default, });
    let fields = shape.fields.iter().map(|field| {
        let (name, ty) = (ident(&field.name), field_type(scope, field));
        let docs = field_docs(field).attributes();
        quote! { #docs pub #name: #ty, }
    });
    let extra = scope.runtime("Extra");
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            /// Members this crate does not know; they are written back.
            pub extra: #extra,
        }
    }
}

fn field_docs(field: &Field) -> Doc {
    let doc = Doc::of(&field.docs, &format!("Member {}.", code(&field.wire))).provenance(&field.docs);
    if field.deprecated { doc.own("**Deprecated.**") } else { doc }
}

fn field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    match field.presence {
        Presence::Required => scope.ty(&field.ty),
        Presence::Nullable | Presence::Optional => scope.wrapped("Option", &field.ty),
        Presence::Patch => {
            let (patch, ty) = (scope.runtime("Patch"), scope.ty(&field.ty));
            quote! { #patch<#ty> }
        }
    }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> Table {
    let rows = shape.fields.iter().map(|field| {
        let mark = if is_demanded(field) { "!" } else { "" };
        format!("{:?} => {}{mark}", field.wire, field.name)
    });
    Table::new(scope, "object", ty.name.to_string(), rows.collect())
}

/// Must a value of the struct be given this field?
fn is_demanded(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
}

fn methods(scope: &Scope<'_>, shape: &Struct) -> TokenStream {
    let mut methods = TokenStream::new();
    if shape.fields.iter().any(is_demanded) {
        methods.extend(constructor(scope, &shape.fields));
    }
    if shape.role != StructRole::Output {
        methods.extend(shape.fields.iter().filter(|field| !is_demanded(field)).map(|field| setter(scope, field)));
    }
    methods
}

fn constructor(scope: &Scope<'_>, fields: &[Field]) -> TokenStream {
    let demanded: Vec<_> = fields.iter().filter(|field| is_demanded(field)).collect();
    let parameters = demanded.iter().map(|field| {
        let (name, ty) = (ident(&field.name), demanded_parameter(scope, field).ty);
        quote! { #name: #ty }
    });
    let extra = scope.runtime("Extra");
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        match field.presence {
            Presence::Required | Presence::Nullable => demanded_parameter(scope, field).initializer(&name),
            Presence::Optional => quote! { #name: None },
            Presence::Patch => {
                let patch = scope.runtime("Patch");
                quote! { #name: #patch::Absent }
            }
        }
    });
    quote! {
        /// A value of its required members.
        #[inline]
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values,)* extra: #extra::default() }
        }
    }
}

fn demanded_parameter(scope: &Scope<'_>, field: &Field) -> Parameter {
    match field.presence {
        Presence::Nullable => scope.converting(&field_type(scope, field)),
        Presence::Required | Presence::Optional | Presence::Patch => scope.parameter(&field.ty),
    }
}

fn setter(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let method = format_ident!("with_{}", field.name.bare());
    let docs = Doc::new(&format!("Sets [`{0}`](Self::{0}).", field.name.bare())).attributes();
    let patch = field.presence == Presence::Patch;
    let parameter = if patch { scope.converting(&field_type(scope, field)) } else { scope.parameter(&field.ty) };
    let (ty, value) = (&parameter.ty, parameter.value(&name));
    let value = if patch {
        value
    } else {
        quote! { Some(#value) }
    };
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
