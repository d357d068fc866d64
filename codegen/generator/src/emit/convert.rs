//! Conversions from what was read to what is sent: `From`, or `TryFrom` where something that must be sent may be missing.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::features;
use super::scope::{Scope, ident};
use crate::ir::{Api, Change, Conversion, Field, Presence, Shape, Taken, Type, TypeId, TypeRef};

/// The conversions that make values of a type.
pub(super) fn items(scope: &Scope<'_>, id: TypeId) -> Vec<TokenStream> {
    let of_type = scope.api.conversions.iter().filter(|conversion| conversion.to == id);
    of_type.filter_map(|conversion| implementations(scope, conversion)).flatten().collect()
}

fn implementations(scope: &Scope<'_>, conversion: &Conversion) -> Option<[TokenStream; 2]> {
    let (from, to) = (scope.api.types.get(conversion.from)?, scope.api.types.get(conversion.to)?);
    let Shape::Struct(shape) = &to.shape else { return None };
    let gate = gate(scope.api, from, to);
    let source = match gate {
        Some(_) => Scope::gated(scope.api).ty(&TypeRef::Named(conversion.from)),
        None => scope.ty(&TypeRef::Named(conversion.from)),
    };
    let pairs: Vec<(&Field, Option<&Taken>)> = shape.fields.iter().zip(conversion.fields.iter().map(Option::as_ref)).collect();
    let values = pairs.iter().map(|(field, taken)| {
        let (name, value) = (ident(&field.name), value(scope, to, field, *taken));
        quote! { #name: #value }
    });
    let value = quote! { Self { #(#values,)* extra: value.extra } };
    let (name, docs) = (ident(&to.name), docs(from, &pairs).attributes());
    let gate = gate.map(|gate| quote! { #[cfg(#gate)] });
    Some(if conversion.fallible {
        let (try_from, result, error) = (scope.std("TryFrom"), scope.std("Result"), scope.runtime("MissingMember"));
        [
            quote! {
                #docs
                #gate
                impl #try_from<#source> for #name {
                    type Error = #error;
                    fn try_from(value: #source) -> #result<Self, #error> { Ok(#value) }
                }
            },
            quote! {
                #gate
                impl #try_from<&#source> for #name {
                    type Error = #error;
                    fn try_from(value: &#source) -> #result<Self, #error> { value.clone().try_into() }
                }
            },
        ]
    } else {
        let from = scope.std("From");
        [
            quote! {
                #docs
                #gate
                impl #from<#source> for #name {
                    fn from(value: #source) -> Self { #value }
                }
            },
            quote! {
                #gate
                impl #from<&#source> for #name {
                    fn from(value: &#source) -> Self { value.clone().into() }
                }
            },
        ]
    })
}

/// The condition under which the source is there, unless it always is where the target is.
fn gate(api: &Api, from: &Type, to: &Type) -> Option<TokenStream> {
    let (from, to) = (features::of(api, &from.used_by), features::of(api, &to.used_by));
    let covered = from.is_empty() || (!to.is_empty() && to.iter().all(|feature| from.contains(feature)));
    (!covered).then(|| features::any(&from))
}

fn docs(from: &Type, pairs: &[(&Field, Option<&Taken>)]) -> Doc {
    let text = format!("What is sent, from the {} that was read; members this crate does not know are sent along.", code(from.name.bare()));
    let lacking: Vec<String> = pairs.iter().filter(|(_, taken)| taken.is_none()).map(|(field, _)| code(field.name.bare())).collect();
    let doc = Doc::new(&text);
    if lacking.is_empty() {
        return doc;
    }
    let (are, they) = if lacking.len() == 1 { ("is", "it") } else { ("are", "they") };
    doc.own(&format!("Not read, and therefore left out, {are} {}: set what {they} should be.", lacking.join(", ")))
}

/// What a member of the target becomes.
fn value(scope: &Scope<'_>, to: &Type, field: &Field, taken: Option<&Taken>) -> TokenStream {
    let patch = |name: TokenStream| {
        let patch = scope.runtime("Patch");
        quote! { #patch::#name }
    };
    let Some(taken) = taken else {
        return if field.presence == Presence::Patch {
            patch(quote! { Absent })
        } else {
            quote! { None }
        };
    };
    let source = ident(&taken.field);
    let source = quote! { value.#source };
    match (taken.presence == Presence::Required, field.presence) {
        (true, Presence::Required) => changed(scope, &source, &taken.change),
        (false, Presence::Required) => {
            let (error, ty, member) = (scope.runtime("MissingMember"), to.name.bare(), &field.wire);
            changed(scope, &quote! { #source.ok_or(#error::new(#ty, #member))? }, &taken.change)
        }
        (true, Presence::Nullable | Presence::Optional) => {
            let value = changed(scope, &source, &taken.change);
            quote! { Some(#value) }
        }
        (false, Presence::Nullable | Presence::Optional) => changed_option(scope, &source, &taken.change),
        (true, Presence::Patch) => {
            let (patch, value) = (patch(quote! { Value }), changed(scope, &source, &taken.change));
            quote! { #patch(#value) }
        }
        (false, Presence::Patch) => {
            let (absent, present, value) =
                (patch(quote! { Absent }), patch(quote! { Value }), changed_option(scope, &source, &taken.change));
            quote! { #value.map_or(#absent, #present) }
        }
    }
}

/// A value, changed.
fn changed(scope: &Scope<'_>, value: &TokenStream, change: &Change) -> TokenStream {
    match change {
        Change::Same => value.clone(),
        Change::Convert { fallible: false, .. } => quote! { #value.into() },
        Change::Convert { fallible: true, .. } => quote! { #value.try_into()? },
        Change::Each { fallible, .. } => {
            let list = each(scope, value, *fallible);
            let question = fallible.then(|| quote! { ? });
            quote! { #list #question }
        }
    }
}

/// An optional value, changed where it is there.
fn changed_option(scope: &Scope<'_>, value: &TokenStream, change: &Change) -> TokenStream {
    let (into, try_into) = (scope.std("Into"), scope.std("TryInto"));
    match change {
        Change::Same => value.clone(),
        Change::Convert { fallible: false, .. } => quote! { #value.map(#into::into) },
        Change::Convert { fallible: true, .. } => quote! { #value.map(#try_into::try_into).transpose()? },
        Change::Each { fallible, .. } => {
            let list = each(scope, &quote! { list }, *fallible);
            let transposed = fallible.then(|| quote! { .transpose()? });
            quote! { #value.map(|list| #list) #transposed }
        }
    }
}

/// A list whose entries are converted; a `Result` of it if that may fail.
fn each(scope: &Scope<'_>, list: &TokenStream, fallible: bool) -> TokenStream {
    if fallible {
        let (try_into, result) = (scope.std("TryInto"), scope.std("Result"));
        quote! { #list.into_iter().map(#try_into::try_into).collect::<#result<_, _>>() }
    } else {
        let into = scope.std("Into");
        quote! { #list.into_iter().map(#into::into).collect() }
    }
}
