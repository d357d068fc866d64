//! Integers whose bits have names: a struct and its table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Doc, code};
use super::scope::{Scope, ident};
use super::source::{Item, Table};
use crate::ir::{Flags, Type};

/// Everything emitted for one set of flags.
pub(super) fn items(scope: &Scope<'_>, ty: &Type, shape: &Flags) -> Vec<Item> {
    vec![Item::Code(definition(ty)), Item::Code(constants(ty, shape)), Item::Table(table(scope, ty, shape))]
}

fn definition(ty: &Type) -> TokenStream {
    let name = ident(&ty.name);
    let docs = Doc::of(&ty.docs, &format!("Flags of {}.", code(&ty.wire))).provenance(&ty.docs).attributes();
    quote! {
        #docs
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct #name(i64);
    }
}

fn constants(ty: &Type, shape: &Flags) -> TokenStream {
    let name = ident(&ty.name);
    let constants = shape.flags.iter().map(|flag| {
        let (name, bits) = (ident(&flag.name), Literal::i64_unsuffixed(flag.bits));
        let docs = Doc::new(&code(&flag.wire)).attributes();
        quote! { #docs pub const #name: Self = Self(#bits); }
    });
    quote! { impl #name { #(#constants)* } }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Flags) -> Table {
    let rows = shape.flags.iter().map(|flag| flag.name.to_string());
    Table::new(scope, "flags", ty.name.to_string(), rows.collect())
}
