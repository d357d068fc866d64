//! Which names an emitted module can use, and what it must import for them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Ident as Name, Span, TokenStream};
use quote::quote;

use super::soap::{self, Namespaces};
use crate::ir::{Api, Ident, Prim, QName, Shape, TypeId, TypeRef};

/// An identifier of the IR as a token.
pub(crate) fn ident(ident: &Ident) -> Name {
    own(ident.as_str())
}

/// An identifier of our own as a token.
pub(crate) fn own(name: &str) -> Name {
    match name.strip_prefix("r#") {
        Some(bare) => Name::new_raw(bare, Span::call_site()),
        None => Name::new(name, Span::call_site()),
    }
}

/// Which module is being emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// A resource: types are `types::Case`.
    Resource,
    /// A file of types: others are imported from `super`.
    Types,
    /// Items that are not always compiled in: nothing is imported for them, since it might not be used.
    Gated,
}

/// The names of one emitted module.
///
/// A name of the runtime or the prelude that a type of the API has too is written with its whole path, so that no
/// specification can break the crate by what it calls its schemas. Imports are remembered as names are asked for, since the
/// list must neither lack one nor hold one too many.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    pub(crate) namespaces: Namespaces,
    home: Home,
    /// Types the module defines.
    local: BTreeSet<&'a str>,
    /// Types it defines or may import.
    near: BTreeSet<&'a str>,
    used: RefCell<Used>,
}

#[derive(Default)]
struct Used {
    runtime: BTreeSet<&'static str>,
    root: BTreeSet<&'static str>,
    types: BTreeSet<String>,
    maps: bool,
}

impl<'a> Scope<'a> {
    /// A resource module that defines `local` types.
    pub(crate) fn resource(api: &'a Api, local: impl Iterator<Item = &'a Ident>) -> Self {
        let local: BTreeSet<_> = local.map(Ident::as_str).collect();
        Self { api, namespaces: Namespaces::of(api), home: Home::Resource, near: local.clone(), local, used: RefCell::default() }
    }

    /// A file of types that defines `local` types; it may import any other.
    pub(crate) fn types(api: &'a Api, local: impl Iterator<Item = &'a Ident>) -> Self {
        let local: BTreeSet<_> = local.map(Ident::as_str).collect();
        let near = api.types.iter().map(|(_, ty)| ty.name.as_str()).chain(local.iter().copied()).collect();
        Self { api, namespaces: Namespaces::of(api), home: Home::Types, near, local, used: RefCell::default() }
    }

    /// Items of any module that are not always compiled in.
    pub(crate) fn gated(api: &'a Api) -> Self {
        Self { home: Home::Gated, ..Self::resource(api, std::iter::empty()) }
    }

    /// A type, trait or macro of the runtime.
    pub(crate) fn runtime(&self, name: &'static str) -> TokenStream {
        let token = own(name);
        if self.home == Home::Gated || self.shadows(name) {
            return quote! { tms_runtime::codegen::#token };
        }
        self.used.borrow_mut().runtime.insert(name);
        quote! { #token }
    }

    /// The crate's own `Request`.
    pub(crate) fn request(&self) -> TokenStream {
        if self.shadows("Request") {
            return quote! { crate::Request };
        }
        self.used.borrow_mut().root.insert("Request");
        quote! { Request }
    }

    /// `soap` where the API speaks SOAP, `rest` where it does not.
    pub(crate) fn by_protocol<T>(&self, rest: T, soap: T) -> T {
        if soap::speaks(self.api) { soap } else { rest }
    }

    /// A name in XML as a value of the runtime.
    pub(crate) fn qname(&self, name: &QName) -> TokenStream {
        let (ty, namespace, local) = (self.runtime("QName"), self.namespaces.expression(&name.namespace), &name.local);
        quote! { #ty(#namespace, #local) }
    }

    /// A name of the prelude.
    pub(crate) fn std(&self, name: &'static str) -> TokenStream {
        let token = own(name);
        if !self.shadows(name) {
            return quote! { #token };
        }
        let module = match name {
            "Vec" => "vec",
            "String" => "string",
            "Box" => "boxed",
            "Result" => "result",
            "Into" | "From" | "TryFrom" | "TryInto" => "convert",
            "Default" => "default",
            _ => "option",
        };
        let module = own(module);
        quote! { ::std::#module::#token }
    }

    /// A type where it is used.
    pub(crate) fn ty(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Prim(prim) => self.prim(*prim),
            TypeRef::Named(id) => self.named(*id),
            TypeRef::List(inner) => self.wrapped("Vec", inner),
            TypeRef::Nullable(inner) => self.wrapped("Option", inner),
            TypeRef::Boxed(inner) => self.wrapped("Box", inner),
            TypeRef::Map(inner) => {
                let (map, string, inner) = (self.map(), self.std("String"), self.ty(inner));
                quote! { #map<#string, #inner> }
            }
            TypeRef::Json => self.runtime("Value"),
            TypeRef::Tokens(inner) => {
                let (tokens, inner) = (self.runtime("Tokens"), self.ty(inner));
                quote! { #tokens<#inner> }
            }
        }
    }

    /// `Option<T>`, `Vec<T>` or `Box<T>`.
    pub(crate) fn wrapped(&self, outer: &'static str, inner: &TypeRef) -> TokenStream {
        let (outer, inner) = (self.std(outer), self.ty(inner));
        quote! { #outer<#inner> }
    }

    /// The type of a parameter for values of `ty`, and whether it is converted with `into`.
    pub(crate) fn parameter(&self, ty: &TypeRef) -> Parameter {
        let token = self.ty(ty);
        if !self.converts(ty) {
            return Parameter::plain(token);
        }
        self.converting(&token)
    }

    /// A parameter for whatever converts into `ty`.
    pub(crate) fn converting(&self, ty: &TokenStream) -> Parameter {
        let into = self.std("Into");
        Parameter { ty: quote! { impl #into<#ty> }, converts: true }
    }

    /// The imports of the module, to be asked for last.
    pub(crate) fn imports(&self) -> Option<TokenStream> {
        let used = self.used.borrow();
        let mut uses = TokenStream::new();
        let root = used.root.iter().map(|name| own(name));
        match used.root.len() {
            0 => {}
            1 => uses.extend(quote! { #(use crate::#root;)* }),
            _ => uses.extend(quote! { use crate::{#(#root),*}; }),
        }
        if used.maps {
            uses.extend(quote! { use std::collections::BTreeMap; });
        }
        let (types, runtime): (Vec<_>, Vec<_>) =
            (used.types.iter().map(|name| own(name)).collect(), used.runtime.iter().map(|name| own(name)).collect());
        uses.extend(import(&quote! { super }, &types));
        uses.extend(import(&quote! { tms_runtime::codegen }, &runtime));
        (!uses.is_empty()).then_some(uses)
    }

    fn shadows(&self, name: &str) -> bool {
        self.near.contains(name)
    }

    fn named(&self, id: TypeId) -> TokenStream {
        let Some(ty) = self.api.types.get(id) else { return self.runtime("Value") };
        let name = ident(&ty.name);
        match self.home {
            Home::Resource => {
                self.used.borrow_mut().root.insert("types");
                return quote! { types::#name };
            }
            Home::Gated => return quote! { crate::types::#name },
            Home::Types => {}
        }
        if !self.local.contains(ty.name.as_str()) {
            self.used.borrow_mut().types.insert(ty.name.as_str().to_owned());
        }
        quote! { #name }
    }

    fn map(&self) -> TokenStream {
        if self.home == Home::Gated || self.shadows("BTreeMap") {
            return quote! { ::std::collections::BTreeMap };
        }
        self.used.borrow_mut().maps = true;
        quote! { BTreeMap }
    }

    fn prim(&self, prim: Prim) -> TokenStream {
        match prim {
            Prim::Bool => quote! { bool },
            Prim::I32 => quote! { i32 },
            Prim::I64 => quote! { i64 },
            Prim::F32 => quote! { f32 },
            Prim::F64 => quote! { f64 },
            Prim::String => self.std("String"),
            Prim::DateTime => self.runtime("DateTime"),
            Prim::Date => self.runtime("Date"),
            Prim::Base64 => self.runtime("Base64"),
            Prim::File => self.runtime("File"),
            Prim::U64 => quote! { u64 },
            Prim::Decimal => self.runtime("Decimal"),
            Prim::Secret => self.runtime("Secret"),
            Prim::Xml => self.runtime("Xml"),
        }
    }

    /// Whether callers may pass something that becomes the type: text, a list, an arm of a union.
    fn converts(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Prim(prim) => matches!(prim, Prim::String | Prim::DateTime | Prim::Date | Prim::Base64 | Prim::Decimal | Prim::Secret),
            TypeRef::Named(id) => {
                !matches!(self.api.types.get(*id).map(|ty| &ty.shape), Some(Shape::Struct(_) | Shape::Flags(_) | Shape::Form(_)))
            }
            TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Boxed(_) | TypeRef::Json | TypeRef::Tokens(_) => true,
        }
    }
}

/// A parameter of a constructor or setter.
pub(crate) struct Parameter {
    /// Its type.
    pub(crate) ty: TokenStream,
    converts: bool,
}

impl Parameter {
    /// A parameter that is taken as it is.
    pub(crate) fn plain(ty: TokenStream) -> Self {
        Self { ty, converts: false }
    }

    /// Whether it is converted with `into`.
    pub(crate) fn converts(&self) -> bool {
        self.converts
    }

    /// How a struct literal takes the parameter called `name` for the field of that name.
    pub(crate) fn initializer(&self, name: &Name) -> TokenStream {
        if self.converts {
            quote! { #name: #name.into() }
        } else {
            quote! { #name }
        }
    }

    /// The value of the parameter called `name`.
    pub(crate) fn value(&self, name: &Name) -> TokenStream {
        if self.converts {
            quote! { #name.into() }
        } else {
            quote! { #name }
        }
    }
}

fn import(module: &TokenStream, names: &[Name]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [name] => quote! { use #module::#name; },
        _ => quote! { use #module::{#(#names),*}; },
    }
}
