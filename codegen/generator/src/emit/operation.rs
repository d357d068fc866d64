//! One operation: the handle's method, the value, its constructor, its setters, its `Operation` implementation.

use proc_macro2::{Ident as Name, TokenStream};
use quote::quote;

use super::docs::{Doc, code};
use super::resource::key_value;
use super::scope::{Parameter, Scope, ident, own};
use super::{explain, wire};
use crate::ir::{Arg, Body, Operation, Resource};

/// Everything emitted for one operation but its paging.
pub(super) fn items(scope: &Scope<'_>, resource: &Resource, op: &Operation) -> Vec<TokenStream> {
    let mut items = vec![method(scope, resource, op), value(scope, op), constructor(scope, op)];
    items.extend(setters(scope, op));
    items.push(wire::implementation(scope, op));
    items
}

/// The type of the field `body`, without `Option`.
pub(super) fn body_type(scope: &Scope<'_>, body: &Body) -> TokenStream {
    match body {
        Body::Json { ty, .. } | Body::Form(ty) | Body::Multipart(ty) | Body::Xml(ty) => scope.ty(ty),
        Body::File { .. } => scope.runtime("File"),
        Body::Text { .. } => scope.std("String"),
    }
}

fn body_parameter(scope: &Scope<'_>, body: &Body) -> Parameter {
    match body {
        Body::Json { ty, .. } | Body::Form(ty) | Body::Multipart(ty) | Body::Xml(ty) => scope.parameter(ty),
        Body::File { .. } | Body::Text { .. } => scope.converting(&body_type(scope, body)),
    }
}

/// What a call cannot do without, in order: its arguments but those `without`, and its body.
fn demanded(scope: &Scope<'_>, op: &Operation, without: impl Fn(&Arg) -> bool) -> Vec<(Name, Parameter)> {
    let args = op.args.iter().filter(|arg| arg.required && !without(arg));
    let mut all: Vec<_> = args.map(|arg| (ident(&arg.name), scope.parameter(&arg.ty))).collect();
    if let Some(body) = op.body.as_ref().filter(|_| !op.body_optional) {
        all.push((own("body"), body_parameter(scope, body)));
    }
    all
}

fn parameters(demanded: &[(Name, Parameter)]) -> Vec<TokenStream> {
    let parameter = |(name, parameter): &(Name, Parameter)| {
        let ty = &parameter.ty;
        quote! { #name: #ty }
    };
    demanded.iter().map(parameter).collect()
}

fn method(scope: &Scope<'_>, resource: &Resource, op: &Operation) -> TokenStream {
    let (handle, method, ty) = (ident(&resource.ty), ident(&op.method), ident(&op.ty));
    let (mode, request) = (scope.runtime("Mode"), scope.request());
    let docs = explain::operation(scope, resource, op).attributes();
    let deprecated = op.deprecated.as_ref().map(|note| match super::docs::line(note) {
        note if note.is_empty() => quote! { #[deprecated] },
        note => quote! { #[deprecated = #note] },
    });
    let demanded = demanded(scope, op, |arg| arg.from_handle);
    let parameters = parameters(&demanded);
    let values = resource.keys.iter().map(key_value).chain(demanded.iter().map(|(name, _)| quote! { #name }));
    quote! {
        impl<M: #mode> #handle<M> {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self, #(#parameters),*) -> #request<M, #ty> {
                #request::new(&self.client, #ty::new(#(#values),*))
            }
        }
    }
}

fn value(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let name = ident(&op.ty);
    let docs = explain::value(op).attributes();
    let fields = op.args.iter().map(|arg| {
        let (name, ty) = (ident(&arg.name), if arg.required { scope.ty(&arg.ty) } else { scope.wrapped("Option", &arg.ty) });
        let docs = Doc::default().foreign(&arg.docs.summary).or(&code(&arg.wire)).attributes();
        quote! { #docs pub #name: #ty, }
    });
    let body = op.body.as_ref().map(|body| {
        let ty = body_type(scope, body);
        let option = scope.std("Option");
        let ty = if op.body_optional {
            quote! { #option<#ty> }
        } else {
            ty
        };
        quote! {
            /// What is sent.
            pub body: #ty,
        }
    });
    let default = demanded(scope, op, |_| false).is_empty().then(|| quote! { , Default });
    quote! {
        #docs
        #[derive(Clone, Debug #default)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* #body }
    }
}

fn constructor(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let name = ident(&op.ty);
    let demanded = demanded(scope, op, |_| false);
    let parameters = parameters(&demanded);
    let mut values: Vec<TokenStream> = demanded.iter().map(|(name, parameter)| parameter.initializer(name)).collect();
    values.extend(op.args.iter().filter(|arg| !arg.required).map(|arg| {
        let name = ident(&arg.name);
        quote! { #name: None }
    }));
    if op.body.is_some() && op.body_optional {
        values.push(quote! { body: None });
    }
    quote! {
        impl #name {
            /// The operation with its required arguments.
            #[inline]
            #[must_use]
            pub fn new(#(#parameters),*) -> Self { Self { #(#values),* } }
        }
    }
}

fn setters(scope: &Scope<'_>, op: &Operation) -> Option<TokenStream> {
    let (mode, request, name) = (scope.runtime("Mode"), scope.request(), ident(&op.ty));
    let mut setters: Vec<TokenStream> = op.args.iter().filter(|arg| !arg.required).map(|arg| argument_setter(scope, arg)).collect();
    if let Some(body) = op.body.as_ref().filter(|_| op.body_optional) {
        let docs = Doc::new("What is sent.");
        setters.push(setter(&docs, &own("body"), &body_parameter(scope, body)));
    }
    (!setters.is_empty()).then(|| quote! { impl<M: #mode> #request<M, #name> { #(#setters)* } })
}

fn argument_setter(scope: &Scope<'_>, arg: &Arg) -> TokenStream {
    let docs = Doc::of(&arg.docs, &format!("Sets {}.", code(&arg.wire))).provenance(&arg.docs);
    setter(&docs, &ident(&arg.name), &scope.parameter(&arg.ty))
}

fn setter(docs: &Doc, name: &Name, parameter: &Parameter) -> TokenStream {
    let (docs, ty, value) = (docs.attributes(), &parameter.ty, parameter.value(name));
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.operation_mut().#name = Some(#value);
            self
        }
    }
}
