//! What an operation looks like on the wire: its `Operation` implementation.

mod rest;
mod soap;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use rest::{downloads, is_download};
pub(super) use soap::streamed;

use super::scope::{Scope, ident, own};
use crate::ir::{Auth, Operation, Output, Retry, Wire};

/// `impl Operation`
pub(super) fn implementation(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let name = ident(&op.ty);
    let (operation, parts, raw) = (scope.runtime("Operation"), scope.runtime("Parts"), scope.runtime("Raw"));
    let (encode_error, decode_error, result) = (scope.runtime("EncodeError"), scope.runtime("DecodeError"), scope.std("Result"));
    let (info, output) = (info(scope, op), output(scope, &op.output));
    let (fault, encode, decode) = match &op.wire {
        Wire::Rest(rest) => (scope.ty(&op.fault), rest::encode(scope, op, rest), rest::decode(op)),
        Wire::Soap(soap) => (scope.runtime("SoapFault"), soap::encode(scope, op, soap), soap::decode(scope, op)),
    };
    quote! {
        impl #operation for #name {
            type Output = #output;
            type Fault = #fault;
            #info
            #[inline]
            fn encode(&self, parts: &mut #parts) -> #result<(), #encode_error> {
                #encode
                Ok(())
            }
            #[inline]
            fn decode(raw: &#raw) -> #result<Self::Output, #decode_error> { #decode }
        }
    }
}

fn info(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let (info, method_ty, auth_ty, retry_ty) =
        (scope.runtime("Info"), scope.runtime("Method"), scope.runtime("Auth"), scope.runtime("Retry"));
    let name = &op.name;
    let (method, path, envelope) = match &op.wire {
        Wire::Rest(rest) => (rest::method(rest), &rest.template, rest::envelope(scope, op)),
        Wire::Soap(_) => (own("Post"), &op.id, quote! { None }),
    };
    let auth = match &op.auth {
        Auth::None => quote! { #auth_ty::None },
        Auth::AnyOf(sets) => {
            let sets = sets.iter().map(|set| quote! { &[#(#set),*] });
            quote! { #auth_ty::AnyOf(&[#(#sets),*]) }
        }
    };
    let retry = match op.retry {
        Retry::Idempotent => quote! { #retry_ty::Idempotent },
        Retry::OnlyRefused => quote! { #retry_ty::OnlyRefused },
    };
    quote! {
        const INFO: #info = #info {
            name: #name,
            method: #method_ty::#method,
            path: #path,
            auth: #auth,
            retry: #retry,
            envelope: #envelope,
        };
    }
}

fn output(scope: &Scope<'_>, output: &Output) -> TokenStream {
    match output {
        Output::Empty => quote! { () },
        Output::Json { ty, optional: true, .. } => scope.wrapped("Option", ty),
        Output::Json { ty, .. } | Output::Xml { ty, .. } => scope.ty(ty),
        Output::Bytes { .. } => scope.runtime("Bytes"),
        Output::Text { .. } => scope.std("String"),
    }
}
