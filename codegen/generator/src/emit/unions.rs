//! Alternatives: an enum, its table, and conversions from its arms.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::scope::{Scope, ident};
use super::source::{Item, Table, compact};
use crate::ir::{Tagging, Type, TypeId, TypeRef, Union, Variant};

/// Everything emitted for one union.
pub(super) fn items(scope: &Scope<'_>, id: TypeId, ty: &Type, shape: &Union) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(scope, ty, shape)), Item::Table(table(scope, ty, shape))];
    items.extend(convertible(id, shape).map(|arm| Item::Code(conversion(scope, ty, arm))));
    items
}

fn definition(scope: &Scope<'_>, ty: &Type, shape: &Union) -> TokenStream {
    let (name, value) = (ident(&ty.name), scope.runtime("Value"));
    let docs = Doc::of(&ty.docs, &format!("One of the shapes of {}.", code(&ty.wire))).provenance(&ty.docs).attributes();
    let arms = shape.arms.iter().map(|arm| {
        let (name, ty) = (ident(&arm.name), scope.ty(&arm.ty));
        let docs = Doc::new(&arm_docs(scope, arm)).attributes();
        quote! { #docs #name(#ty), }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#arms)*
            /// A shape this crate does not know.
            Unknown(#value),
        }
    }
}

fn arm_docs(scope: &Scope<'_>, arm: &Variant) -> String {
    match arm.rule.0.as_slice() {
        [] => format!("As `{}`.", compact(&scope.ty(&arm.ty))),
        values => values.iter().map(|value| code(value)).collect::<Vec<_>>().join(" or "),
    }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Union) -> Table {
    match &shape.tagging {
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
