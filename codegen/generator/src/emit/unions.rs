//! Alternatives: an enum, its table, and conversions from its arms.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::scope::{Scope, ident};
use super::soap;
use super::source::{Item, Table, compact};
use crate::ir::{QName, Tagging, Type, TypeId, TypeRef, Union, Variant};

/// Everything emitted for one union.
pub(super) fn items(scope: &Scope<'_>, id: TypeId, ty: &Type, shape: &Union) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(scope, ty, shape)), Item::Table(table(scope, ty, shape))];
    items.extend(convertible(id, shape).map(|arm| Item::Code(conversion(scope, ty, arm))));
    items
}

fn definition(scope: &Scope<'_>, ty: &Type, shape: &Union) -> TokenStream {
    let name = ident(&ty.name);
    let fallback = match shape.tagging {
        Tagging::Element => "One of several elements.".to_owned(),
        Tagging::Untagged | Tagging::Member(_) => format!("One of the shapes of {}.", code(&ty.wire)),
    };
    let docs = Doc::of(&ty.docs, &fallback).provenance(&ty.docs).attributes();
    let arms = shape.arms.iter().map(|arm| {
        let (name, ty) = (ident(&arm.name), scope.ty(&arm.ty));
        let docs = Doc::new(&arm_docs(scope, arm)).attributes();
        quote! { #docs #name(#ty), }
    });
    // An element no arm has is kept by the struct around it.
    let unknown = (shape.tagging != Tagging::Element).then(|| {
        let value = scope.runtime("Value");
        quote! {
            /// A shape this crate does not know.
            Unknown(#value),
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#arms)*
            #unknown
        }
    }
}

fn arm_docs(scope: &Scope<'_>, arm: &Variant) -> String {
    if let Some(element) = &arm.element {
        return format!("Element {}.", code(&element.local));
    }
    match arm.rule.0.as_slice() {
        [] => format!("As `{}`.", compact(&scope.ty(&arm.ty))),
        values => values.iter().map(|value| code(value)).collect::<Vec<_>>().join(" or "),
    }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Union) -> Table {
    match &shape.tagging {
        Tagging::Element => choice(scope, ty, shape),
        Tagging::Untagged => {
            let rows = shape.arms.iter().map(|arm| format!("{}({})", arm.name, compact(&scope.ty(&arm.ty))));
            Table::new(scope, "union", ty.name.to_string(), rows.collect())
        }
        Tagging::Member(member) => {
            let rows = shape.arms.iter().map(|arm| {
                let values: Vec<String> = arm.rule.0.iter().map(|value| format!("{value:?}")).collect();
                format!("{}({})", arm.name, values.join(", "))
            });
            Table::new(scope, "tagged", format!("{} by {member:?}", ty.name), rows.collect())
        }
    }
}

/// `choice! { Item in crate::NAMESPACE { Book = "book" } }`
fn choice(scope: &Scope<'_>, ty: &Type, shape: &Union) -> Table {
    let elements = shape.arms.iter().filter_map(|arm| Some((&arm.name, arm.element.as_ref()?)));
    let home = soap::commonest(elements.clone().map(|(_, element)| element.namespace.as_str())).unwrap_or_default();
    let rows = elements.map(|(name, QName { namespace, local })| {
        let away = if namespace == home { String::new() } else { format!(" in {}", scope.namespaces.text(namespace)) };
        format!("{name} = {local:?}{away}")
    });
    let mut rows: Vec<String> = rows.collect();
    // A reader starts out with the first arm: it must not be one that holds the union again.
    let finite = shape.arms.iter().position(|arm| !matches!(arm.ty, TypeRef::Boxed(_)));
    if let Some(rows) = rows.get_mut(..=finite.unwrap_or_default()) {
        rows.rotate_right(1);
    }
    Table::new(scope, "choice", format!("{} in {}", ty.name, scope.namespaces.text(home)), rows)
}

/// The arms whose type no other arm has: a conversion from it says which arm is meant.
fn convertible<'a>(id: TypeId, shape: &'a Union) -> impl Iterator<Item = &'a Variant> + use<'a> {
    let mut uses: BTreeMap<&TypeRef, usize> = BTreeMap::new();
    for arm in &shape.arms {
        *uses.entry(&arm.ty).or_default() += 1;
    }
    shape.arms.iter().filter(move |arm| arm.ty != TypeRef::Named(id) && uses.get(&arm.ty) == Some(&1))
}

fn conversion(scope: &Scope<'_>, ty: &Type, arm: &Variant) -> TokenStream {
    let (name, from, payload, variant) = (ident(&ty.name), scope.std("From"), scope.ty(&arm.ty), ident(&arm.name));
    quote! {
        impl #from<#payload> for #name {
            #[inline]
            fn from(value: #payload) -> Self {
                Self::#variant(value)
            }
        }
    }
}
