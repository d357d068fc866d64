//! Open lists of strings: an enum and its table.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::scope::{Scope, ident};
use super::source::{Item, Table};
use crate::ir::{Type, Words};

/// Everything emitted for one open list.
pub(super) fn items(scope: &Scope<'_>, ty: &Type, shape: &Words) -> Vec<Item> {
    vec![Item::Code(definition(scope, ty, shape)), Item::Table(table(scope, ty, shape))]
}

fn definition(scope: &Scope<'_>, ty: &Type, shape: &Words) -> TokenStream {
    let (name, string) = (ident(&ty.name), scope.std("String"));
    let docs = Doc::of(&ty.docs, &format!("Values of {}.", code(&ty.wire))).provenance(&ty.docs).attributes();
    let variants = shape.words.iter().map(|word| {
        let name = ident(&word.name);
        let docs = Doc::of(&word.docs, &code(&word.wire)).attributes();
        quote! { #docs #name, }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value this crate does not know.
            Unknown(#string),
        }
    }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Words) -> Table {
    let rows = shape.words.iter().map(|word| {
        let spellings: Vec<String> = std::iter::once(&word.wire).chain(&word.aliases).map(|text| format!("{text:?}")).collect();
        format!("{} = {}", word.name, spellings.join(" | "))
    });
    Table::new(scope, scope.by_protocol("words", "xml_words"), ty.name.to_string(), rows.collect())
}
