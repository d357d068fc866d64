//! What an operation looks like on the wire: its `Operation` implementation.

use proc_macro2::TokenStream;
use quote::quote;

use super::forms;
use super::scope::{Scope, ident, own};
use crate::ir::{Arg, Auth, Body, Operation, Output, Place, QueryStyle, Rest, Retry, Segment, Unwrap, Wire};

const JSON: &str = "application/json";

/// `impl Operation`
pub(super) fn implementation(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let (name, fault) = (ident(&op.ty), scope.ty(&op.fault));
    let (operation, parts, raw) = (scope.runtime("Operation"), scope.runtime("Parts"), scope.runtime("Raw"));
    let (encode_error, decode_error, result) = (scope.runtime("EncodeError"), scope.runtime("DecodeError"), scope.std("Result"));
    let (info, encode, output) = (info(scope, op), encode(scope, op), output(scope, &op.output));
    let decode = decode(op);
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
    let Wire::Rest(rest) = &op.wire;
    let (name, template, method) = (&op.name, &rest.template, method(rest));
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
    let envelope = if is_enveloped(scope, op) {
        quote! { Some(&crate::ENVELOPE) }
    } else {
        quote! { None }
    };
    quote! {
        const INFO: #info = #info {
            name: #name,
            method: #method_ty::#method,
            path: #template,
            auth: #auth,
            retry: #retry,
            envelope: #envelope,
        };
    }
}

/// Is the answer wrapped, so that the wrapper can tell a failure?
fn is_enveloped(scope: &Scope<'_>, op: &Operation) -> bool {
    let wrapped = match &op.output {
        Output::Json { unwrap, .. } => *unwrap != Unwrap::Whole,
        Output::Empty => true,
        Output::Bytes { .. } | Output::Text { .. } => false,
    };
    wrapped && scope.api.envelope.is_some()
}

fn method(rest: &Rest) -> proc_macro2::Ident {
    own(match rest.method.as_str() {
        "HEAD" => "Head",
        "POST" => "Post",
        "PUT" => "Put",
        "PATCH" => "Patch",
        "DELETE" => "Delete",
        "OPTIONS" => "Options",
        "TRACE" => "Trace",
        _ => "Get",
    })
}

fn encode(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    let Wire::Rest(rest) = &op.wire;
    let mut code = TokenStream::new();
    for segment in &rest.path {
        code.extend(match segment {
            Segment::Literal(text) => quote! { parts.literal(#text); },
            Segment::Arg(id) => op.args.get(id.0).map(|arg| argument(scope, arg)).unwrap_or_default(),
        });
    }
    code.extend(op.args.iter().filter(|arg| arg.place != Place::Path).map(|arg| argument(scope, arg)));
    code.extend(op.body.as_ref().map(|body| self::body(body, op.body_optional)));
    if let Some(mime) = accepted(&op.output) {
        code.extend(quote! { parts.accept(#mime); });
    }
    code
}

fn argument(scope: &Scope<'_>, arg: &Arg) -> TokenStream {
    let (wire, name) = (&arg.wire, ident(&arg.name));
    match arg.place {
        Place::Path => quote! { parts.path(#wire, &self.#name)?; },
        Place::Header => quote! { parts.header(#wire, &self.#name); },
        Place::Cookie => quote! { parts.cookie(#wire, &self.#name); },
        Place::Query(style) => {
            let (style_ty, style) = (scope.runtime("Style"), own(self::style(style)));
            quote! { parts.query(#wire, #style_ty::#style, &self.#name); }
        }
    }
}

fn style(style: QueryStyle) -> &'static str {
    match style {
        QueryStyle::Repeat => "Repeat",
        QueryStyle::Comma => "Comma",
        QueryStyle::Space => "Space",
        QueryStyle::Pipe => "Pipe",
        QueryStyle::Deep => "Deep",
        QueryStyle::Json => "Json",
    }
}

fn body(body: &Body, optional: bool) -> TokenStream {
    match body {
        Body::Json { mime, .. } if mime == JSON => quote! { parts.json(&self.body); },
        Body::Json { mime, .. } => quote! { parts.json_as(#mime, &self.body); },
        Body::Form(_) => quote! { parts.form(&self.body); },
        Body::Multipart(form) if optional => {
            let code = forms::encode(form, &quote! { body });
            quote! { if let Some(body) = &self.body { #code } }
        }
        Body::Multipart(form) => forms::encode(form, &quote! { self.body }),
        Body::Bytes { mime } => {
            let mime = if mime.contains('*') { "application/octet-stream" } else { mime };
            when_present(optional, |body| quote! { parts.bytes(#mime, #body); })
        }
        Body::Text { mime } => {
            let mime = if mime.contains('*') { "text/plain" } else { mime };
            when_present(optional, |body| quote! { parts.text(#mime, #body); })
        }
    }
}

/// `code` for a reference to the body, which an optional one may not have.
fn when_present(optional: bool, code: impl Fn(&TokenStream) -> TokenStream) -> TokenStream {
    if optional {
        let code = code(&quote! { body });
        quote! { if let Some(body) = &self.body { #code } }
    } else {
        code(&quote! { &self.body })
    }
}

/// The media type to ask for, when it is not what the runtime asks for anyway.
fn accepted(output: &Output) -> Option<&str> {
    match output {
        Output::Empty => None,
        Output::Json { mime, .. } | Output::Bytes { mime } | Output::Text { mime } => Some(mime.as_str()).filter(|mime| *mime != JSON),
    }
}

fn output(scope: &Scope<'_>, output: &Output) -> TokenStream {
    match output {
        Output::Empty => quote! { () },
        Output::Json { ty, optional: true, .. } => scope.wrapped("Option", ty),
        Output::Json { ty, .. } => scope.ty(ty),
        Output::Bytes { .. } => scope.runtime("Bytes"),
        Output::Text { .. } => scope.std("String"),
    }
}

fn decode(op: &Operation) -> TokenStream {
    match &op.output {
        Output::Empty => quote! { raw.empty() },
        Output::Bytes { .. } => quote! { raw.bytes() },
        Output::Text { .. } => quote! { raw.text() },
        Output::Json { unwrap: Unwrap::Whole, one, optional, .. } => match (one, optional) {
            (_, true) => quote! { raw.optional_json() },
            (true, false) => quote! { raw.one() },
            (false, false) => quote! { raw.json() },
        },
        Output::Json { optional: true, .. } => quote! { raw.optional_json_at(&crate::ENVELOPE) },
        Output::Json { one: true, .. } => quote! { raw.one_at(&crate::ENVELOPE) },
        Output::Json { unwrap: Unwrap::Value, .. } => quote! { raw.json_at(&crate::ENVELOPE) },
        Output::Json { .. } => quote! { raw.json_at_or_whole(&crate::ENVELOPE) },
    }
}
