//! REST: method, path, parameters and bodies.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::forms;
use super::super::scope::{Scope, ident, own};
use crate::ir::{Api, Arg, Body, Constant, Count, Operation, Output, Place, QueryStyle, Rest, Segment, Unwrap};

const JSON: &str = "application/json";

/// The wrapper to look into for a failure, if the answer has one.
pub(super) fn envelope(scope: &Scope<'_>, op: &Operation) -> TokenStream {
    if is_enveloped(scope, op) {
        quote! { Some(&crate::ENVELOPE) }
    } else {
        quote! { None }
    }
}

/// Is the answer wrapped, so that the wrapper can tell a failure?
fn is_enveloped(scope: &Scope<'_>, op: &Operation) -> bool {
    let wrapped = match &op.output {
        Output::Json { unwrap, .. } => *unwrap != Unwrap::Whole,
        Output::Empty => true,
        Output::Bytes { .. } | Output::Text { .. } | Output::Xml { .. } => false,
    };
    wrapped && scope.api.envelope.is_some()
}

pub(super) fn method(rest: &Rest) -> proc_macro2::Ident {
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

pub(super) fn encode(scope: &Scope<'_>, op: &Operation, rest: &Rest) -> TokenStream {
    let mut code = rest.server.as_ref().map(|step| quote! { parts.server(#step); }).unwrap_or_default();
    for segment in &rest.path {
        code.extend(match segment {
            Segment::Literal(text) => quote! { parts.literal(#text); },
            Segment::Arg(id) => op.args.get(id.0).map(|arg| argument(scope, arg)).unwrap_or_default(),
        });
    }
    code.extend(rest.constants.iter().map(|constant| {
        let Constant { wire, place, value } = constant;
        written(scope, wire, *place, &quote! { #value })
    }));
    code.extend(op.args.iter().filter(|arg| arg.place != Place::Path).map(|arg| argument(scope, arg)));
    code.extend(op.body.as_ref().map(|body| self::body(scope.api, body, op.body_optional)));
    if rest.elsewhere {
        code.extend(quote! { parts.follow_elsewhere(); });
    }
    if let Some(mime) = accepted(&op.output) {
        code.extend(quote! { parts.accept(#mime); });
    }
    code
}

fn argument(scope: &Scope<'_>, arg: &Arg) -> TokenStream {
    let name = ident(&arg.name);
    written(scope, &arg.wire, arg.place, &quote! { self.#name })
}

fn written(scope: &Scope<'_>, wire: &str, place: Place, value: &TokenStream) -> TokenStream {
    match place {
        Place::Path => quote! { parts.path(#wire, &#value)?; },
        Place::Header => quote! { parts.header(#wire, &#value); },
        Place::Cookie => quote! { parts.cookie(#wire, &#value); },
        Place::Element | Place::SoapHeader => TokenStream::new(),
        Place::Query(style) => {
            let (style_ty, style) = (scope.runtime("Style"), own(self::style(style)));
            quote! { parts.query(#wire, #style_ty::#style, &#value); }
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

fn body(api: &Api, body: &Body, optional: bool) -> TokenStream {
    match body {
        Body::Json { mime, .. } if mime == JSON => quote! { parts.json(&self.body); },
        Body::Json { mime, .. } => quote! { parts.json_as(#mime, &self.body); },
        Body::Xml(_) => TokenStream::new(),
        Body::Form(_) => quote! { parts.form(&self.body); },
        Body::Multipart(form) if optional => {
            let code = forms::encode(api, form, &quote! { body });
            quote! { if let Some(body) = &self.body { #code } }
        }
        Body::Multipart(form) => forms::encode(api, form, &quote! { self.body }),
        Body::File { mime: None } => when_present(optional, |body| quote! { parts.file(#body); }),
        Body::File { mime: Some(mime) } => when_present(optional, |body| quote! { parts.file_as(#mime, #body); }),
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

/// `impl Downloads`, if the answer is bytes: it can be read piece by piece.
pub(in crate::emit) fn downloads(scope: &Scope<'_>, op: &Operation) -> Option<TokenStream> {
    is_download(op).then(|| {
        let (downloads, name) = (scope.runtime("Downloads"), ident(&op.ty));
        quote! { impl #downloads for #name {} }
    })
}

/// Is the answer a file?
pub(in crate::emit) fn is_download(op: &Operation) -> bool {
    matches!(op.output, Output::Bytes { .. })
}

/// The media type to ask for, when it is not what the runtime asks for anyway.
fn accepted(output: &Output) -> Option<&str> {
    match output {
        Output::Empty | Output::Xml { .. } => None,
        Output::Json { mime, .. } | Output::Bytes { mime } | Output::Text { mime } => Some(mime.as_str()).filter(|mime| *mime != JSON),
    }
}

pub(super) fn decode(op: &Operation) -> TokenStream {
    match &op.output {
        Output::Empty | Output::Xml { .. } => quote! { raw.empty() },
        Output::Bytes { .. } => quote! { raw.bytes() },
        Output::Text { .. } => quote! { raw.text() },
        Output::Json { unwrap: Unwrap::Whole, count, optional, .. } => match (count, optional) {
            (_, true) => quote! { raw.optional_json() },
            (Count::Whole, false) => quote! { raw.json() },
            (Count::One, false) => quote! { raw.one() },
            (Count::Many, false) => quote! { raw.many() },
            (Count::Paged(member), false) => quote! { raw.many_in(#member) },
        },
        Output::Json { optional: true, .. } => quote! { raw.optional_json_at(&crate::ENVELOPE) },
        Output::Json { count: Count::One, .. } => quote! { raw.one_at(&crate::ENVELOPE) },
        Output::Json { unwrap: Unwrap::Value, .. } => quote! { raw.json_at(&crate::ENVELOPE) },
        Output::Json { .. } => quote! { raw.json_at_or_whole(&crate::ENVELOPE) },
    }
}
