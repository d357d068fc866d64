//! SOAP: the elements of a request in wire order, and where the answer holds its value.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::{Scope, ident};
use super::super::soap::{version_array, versions};
use crate::ir::{Arg, Member, MemberKind, Operation, Output, Place, QName, Soap, SoapInput, TypeRef};

pub(super) fn encode(scope: &Scope<'_>, op: &Operation, soap: &Soap) -> TokenStream {
    let headers = op.args.iter().filter(|arg| arg.place == Place::SoapHeader).map(|arg| header(scope, arg));
    let mut lines: Vec<TokenStream> = headers.collect();
    match &soap.input {
        SoapInput::Empty => {}
        SoapInput::Wrapped { element, children } => {
            let name = scope.qname(element);
            lines.push(quote! { body.wrapper(#name); });
            let children = children.iter().filter_map(|id| op.args.get(id.0));
            lines.extend(children.map(|arg| child(scope, element, arg)));
        }
        SoapInput::Bare(element) => {
            let name = scope.qname(element);
            lines.push(quote! { body.root(#name, &self.body); });
        }
    }
    let ((before, service), action) = (service(scope, soap), &soap.action);
    let body = (!lines.is_empty()).then(|| quote! { let body = });
    quote! {
        #before
        #body parts.soap(&#service, #action);
        #(#lines)*
    }
}

/// The crate's constant; an operation that is not there in all versions narrows it by a statement of its own.
fn service(scope: &Scope<'_>, soap: &Soap) -> (TokenStream, TokenStream) {
    if soap.versions == versions(scope.api) {
        return (TokenStream::new(), quote! { crate::SOAP });
    }
    let (ty, versions) = (scope.runtime("Soap"), version_array(&scope.runtime("SoapVersion"), &soap.versions));
    (quote! { let service = #ty { versions: #versions, ..crate::SOAP }; }, quote! { service })
}

/// The names of a member: its own, and that of the items of an array.
fn names(local: &str, Member { namespace, kind }: &Member) -> (QName, Option<QName>) {
    let name = |local: &str| QName { namespace: namespace.clone(), local: local.to_owned() };
    let item = if let MemberKind::Array(item) = kind { Some(name(item)) } else { None };
    (name(local), item)
}

fn header(scope: &Scope<'_>, arg: &Arg) -> TokenStream {
    let namespace = arg.xml.as_ref().map(|xml| xml.namespace.clone()).unwrap_or_default();
    let (name, field) = (scope.qname(&QName { namespace, local: arg.wire.clone() }), ident(&arg.name));
    quote! { body.header(#name, &self.#field); }
}

fn child(scope: &Scope<'_>, wrapper: &QName, arg: &Arg) -> TokenStream {
    let Some(xml) = &arg.xml else { return TokenStream::new() };
    let (name, item) = names(&arg.wire, xml);
    let near = name.namespace == wrapper.namespace;
    let (wire, long, value) = (&name.local, scope.qname(&name), value(arg, item.is_some()));
    match item {
        Some(item) if near => {
            let item = &item.local;
            quote! { body.array(#wire, #item, #value); }
        }
        Some(item) => {
            let item = scope.qname(&item);
            quote! { body.array_in(#long, #item, #value); }
        }
        None if near => quote! { body.element(#wire, #value); },
        None => quote! { body.element_in(#long, #value); },
    }
}

/// What is written of an argument. One that must be there is, even if it is an array without items or null.
fn value(arg: &Arg, is_array: bool) -> TokenStream {
    let field = ident(&arg.name);
    if arg.required && (is_array || matches!(arg.ty, TypeRef::Nullable(_))) {
        quote! { &Some(&self.#field) }
    } else {
        quote! { &self.#field }
    }
}

pub(super) fn decode(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let Output::Xml { element, child, .. } = &op.output else { return quote! { raw.soap_empty() } };
    let wrapper = scope.qname(element);
    let Some((local, member)) = child else { return quote! { raw.soap(#wrapper) } };
    let (name, item) = names(local, member);
    let name = scope.qname(&name);
    match item {
        Some(item) => {
            let item = scope.qname(&item);
            quote! { raw.soap_array(#wrapper, #name, #item) }
        }
        None => quote! { raw.soap_child(#wrapper, #name) },
    }
}

/// `impl Streamed`, if the answer is an array.
pub(in super::super) fn streamed(scope: &Scope<'_>, op: &Operation) -> Option<TokenStream> {
    let Output::Xml { ty: TypeRef::List(record), element, child: Some((local, member)) } = &op.output else { return None };
    let (name, Some(item)) = names(local, member) else { return None };
    let (ty, record) = (ident(&op.ty), scope.ty(record));
    let (streamed, records, raw) = (scope.runtime("Streamed"), scope.runtime("Records"), scope.runtime("Raw"));
    let (wrapper, name, item) = (scope.qname(element), scope.qname(&name), scope.qname(&item));
    Some(quote! {
        impl #streamed for #ty {
            type Record = #record;
            #[inline]
            fn records(raw: #raw) -> #records<Self::Record> { raw.soap_records(#wrapper, #name, #item) }
        }
    })
}
