//! Expressions that take a member out of an answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use crate::ir::{Api, Ident, Operation, Output, Presence, Prim, Shape, TypeRef};

/// A member of an answer: the expression that takes it, and what it is.
#[derive(Clone)]
pub(super) struct Value<'a> {
    pub(super) code: TokenStream,
    pub(super) ty: &'a TypeRef,
    /// The expression is an `Option`.
    pub(super) optional: bool,
}

/// What `send` returns, as the variable `output`; optional when an answer may hold nothing.
pub(super) fn output(op: &Operation) -> Option<Value<'_>> {
    let (ty, optional) = match &op.output {
        Output::Json { ty, optional, .. } => (ty, *optional),
        Output::Xml { ty, .. } => (ty, false),
        Output::Empty | Output::Bytes { .. } | Output::Text { .. } => return None,
    };
    let value = Value { code: quote! { output }, ty, optional };
    match ty {
        TypeRef::Nullable(_) if optional => None,
        TypeRef::Nullable(inner) => Some(Value { ty: inner, optional: true, ..value }),
        _ => Some(value),
    }
}

/// The member at the end of `path`.
pub(super) fn walk<'a>(api: &'a Api, start: Value<'a>, path: &[Ident]) -> Option<Value<'a>> {
    path.iter().try_fold(start, |value, field| step(api, &value, field))
}

fn step<'a>(api: &'a Api, value: &Value<'a>, field: &Ident) -> Option<Value<'a>> {
    let (ty, boxed) = match value.ty {
        TypeRef::Boxed(inner) => (&**inner, true),
        ty => (ty, false),
    };
    let TypeRef::Named(id) = ty else { return None };
    let Shape::Struct(shape) = &api.types.get(*id)?.shape else { return None };
    let found = shape.fields.iter().find(|candidate| candidate.name == *field)?;
    let optional = match found.presence {
        Presence::Required => false,
        Presence::Nullable | Presence::Optional => true,
        Presence::Patch => return None,
    };
    let (code, name) = (&value.code, ident(field));
    let code = match (value.optional, optional) {
        (false, _) => quote! { #code.#name },
        (true, _) if boxed => return None,
        (true, true) => quote! { #code.and_then(|value| value.#name) },
        (true, false) => quote! { #code.map(|value| value.#name) },
    };
    Some(Value { code, ty: &found.ty, optional: value.optional || optional })
}

impl Value<'_> {
    /// A list, empty when it is absent.
    pub(super) fn or_empty(&self) -> TokenStream {
        let code = &self.code;
        if self.optional {
            quote! { #code.unwrap_or_default() }
        } else {
            code.clone()
        }
    }

    /// A number as `Option<i64>`, if it is an integer that can be had without taking its owner apart.
    pub(super) fn as_count(&self) -> Option<TokenStream> {
        let code = &self.code;
        match (self.ty, self.optional) {
            (TypeRef::Prim(Prim::I64), true) => Some(quote! { #code }),
            (TypeRef::Prim(Prim::I64), false) => Some(quote! { Some(#code) }),
            (TypeRef::Prim(Prim::I32), true) => Some(quote! { #code.map(i64::from) }),
            (TypeRef::Prim(Prim::I32), false) => Some(quote! { Some(i64::from(#code)) }),
            _ => None,
        }
    }
}
