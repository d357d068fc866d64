//! Multipart forms: a struct, and the parts it is sent as.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Doc, code};
use super::scope::{Scope, ident};
use super::source::Item;
use crate::ir::{Api, Form, FormPart, Prim, Shape, Type, TypeRef};

/// Everything emitted for one form but its encoding, which belongs to the operation.
pub(super) fn items(scope: &Scope<'_>, ty: &Type, form: &Form) -> Vec<Item> {
    let name = ident(&ty.name);
    let docs = Doc::of(&ty.docs, "A multipart form.").attributes();
    let default = (!form.parts.iter().any(|part| part.required)).then(|| quote! { , Default });
    let fields = form.parts.iter().map(|part| {
        let (name, ty) = (ident(&part.name), field_type(scope, part));
        let docs = Doc::of(&part.docs, &format!("Part {}.", code(&part.wire))).attributes();
        quote! { #docs pub #name: #ty, }
    });
    let methods = methods(scope, form);
    vec![
        Item::Code(quote! {
            #docs
            #[derive(Clone, Debug #default)]
            #[non_exhaustive]
            pub struct #name { #(#fields)* }
        }),
        Item::Code(quote! { impl #name { #methods } }),
    ]
}

fn field_type(scope: &Scope<'_>, part: &FormPart) -> TokenStream {
    if part.required { scope.ty(&part.ty) } else { scope.wrapped("Option", &part.ty) }
}

fn methods(scope: &Scope<'_>, form: &Form) -> TokenStream {
    let (required, optional): (Vec<_>, Vec<_>) = form.parts.iter().partition(|part| part.required);
    let parameters = required.iter().map(|part| {
        let (name, ty) = (ident(&part.name), scope.parameter(&part.ty).ty);
        quote! { #name: #ty }
    });
    let values = form.parts.iter().map(|part| {
        let name = ident(&part.name);
        if part.required {
            scope.parameter(&part.ty).initializer(&name)
        } else {
            quote! { #name: None }
        }
    });
    let constructor = (!required.is_empty()).then(|| {
        quote! {
            /// A form of its required parts.
            #[inline]
            #[must_use]
            pub fn new(#(#parameters),*) -> Self { Self { #(#values),* } }
        }
    });
    let setters = optional.iter().map(|part| setter(scope, part));
    quote! { #constructor #(#setters)* }
}

fn setter(scope: &Scope<'_>, part: &FormPart) -> TokenStream {
    let name = ident(&part.name);
    let method = format_ident!("with_{}", part.name.bare());
    let parameter = scope.parameter(&part.ty);
    let (ty, value) = (&parameter.ty, parameter.value(&name));
    let docs = Doc::new(&format!("Sets [`{0}`](Self::{0}).", part.name.bare())).attributes();
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// The statements that write `form`, an expression for the value, to `parts`.
pub(super) fn encode(api: &Api, form: &TypeRef, value: &TokenStream) -> TokenStream {
    let TypeRef::Named(id) = form else { return TokenStream::new() };
    let Some(Shape::Form(form)) = api.types.get(*id).map(|ty| &ty.shape) else { return TokenStream::new() };
    let parts = form.parts.iter().map(|part| {
        let (wire, name) = (&part.wire, ident(&part.name));
        let kind = kind(&part.ty);
        let method = match kind {
            Kind::File => quote! { file },
            Kind::Files => quote! { files },
            Kind::Value if part.json => quote! { json },
            Kind::Value => quote! { text },
        };
        match kind {
            Kind::File | Kind::Files if !part.required => quote! {
                if let Some(#name) = &#value.#name { form.#method(#wire, #name); }
            },
            _ => quote! { form.#method(#wire, &#value.#name); },
        }
    });
    quote! {
        let form = parts.multipart();
        #(#parts)*
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    File,
    Files,
}

fn kind(ty: &TypeRef) -> Kind {
    match ty {
        TypeRef::Prim(Prim::File) => Kind::File,
        TypeRef::List(inner) if **inner == TypeRef::Prim(Prim::File) => Kind::Files,
        _ => Kind::Value,
    }
}
