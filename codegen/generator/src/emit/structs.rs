//! Objects: a struct, its table, its constructor and its setters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Doc, code};
use super::scope::{Parameter, Scope, ident};
use super::soap;
use super::source::{Item, Table};
use crate::ir::{Field, Member, MemberKind, Presence, Shape, Struct, StructRole, Type, TypeRef};

/// Everything emitted for one object.
pub(super) fn items(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(scope, ty, shape)), Item::Table(table(scope, ty, shape))];
    let methods = methods(scope, shape);
    if !methods.is_empty() {
        let name = ident(&ty.name);
        items.push(Item::Code(quote! { impl #name { #methods } }));
    }
    items
}

fn definition(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> TokenStream {
    let name = ident(&ty.name);
    let docs = Doc::of(&ty.docs, &format!("{} {}.", scope.by_protocol("Object", "Type"), code(&ty.wire))).provenance(&ty.docs).attributes();
    let default = (!shape.fields.iter().any(is_demanded)).then(|| quote! { Default, });
    let fields = shape.fields.iter().map(|field| {
        let (name, ty) = (ident(&field.name), field_type(scope, field));
        let docs = field_docs(field).attributes();
        quote! { #docs pub #name: #ty, }
    });
    let extra = scope.runtime(scope.by_protocol("Extra", "XmlExtra"));
    let unknown = scope.by_protocol("Members", "Elements and attributes");
    let kept = if is_group(scope, ty) { "the type it is part of keeps them" } else { "they are written back" };
    let unknown = Doc::new(&format!("{unknown} this crate does not know; {kept}.")).attributes();
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #unknown
            pub extra: #extra,
        }
    }
}

/// Do its elements stand among those of other types?
fn is_group(scope: &Scope<'_>, ty: &Type) -> bool {
    let is_it =
        |inner: &TypeRef| matches!(inner, TypeRef::Named(id) if scope.api.types.get(*id).is_some_and(|other| other.name == ty.name));
    let holds = |field: &Field| match (&field.xml, &field.ty) {
        (Some(Member { kind: MemberKind::Group, .. }), TypeRef::Boxed(inner)) => is_it(inner),
        _ => false,
    };
    scope.api.types.iter().any(|(_, other)| matches!(&other.shape, Shape::Struct(shape) if shape.fields.iter().any(holds)))
}

fn field_docs(field: &Field) -> Doc {
    let fallback = match field.xml.as_ref().map(|xml| &xml.kind) {
        None => format!("Member {}.", code(&field.wire)),
        Some(MemberKind::Element | MemberKind::Array(_)) => format!("Element {}.", code(&field.wire)),
        Some(MemberKind::Attribute) => format!("Attribute {}.", code(&field.wire)),
        Some(MemberKind::Text) => "The text of the element.".to_owned(),
        Some(MemberKind::Choice) => "One of several elements.".to_owned(),
        Some(MemberKind::Group) => format!("Elements of the group {}.", code(&field.wire)),
    };
    let doc = Doc::of(&field.docs, &fallback).provenance(&field.docs);
    if field.deprecated { doc.own("**Deprecated.**") } else { doc }
}

fn field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    match field.presence {
        Presence::Required => scope.ty(&field.ty),
        Presence::Nullable | Presence::Optional => scope.wrapped("Option", &field.ty),
        Presence::Patch => {
            let (patch, ty) = (scope.runtime("Patch"), scope.ty(&field.ty));
            quote! { #patch<#ty> }
        }
    }
}

fn table(scope: &Scope<'_>, ty: &Type, shape: &Struct) -> Table {
    let (macro_name, subject) = (scope.by_protocol("object", "record"), ty.name.to_string());
    let members = || shape.fields.iter().filter_map(|field| Some((field, field.xml.as_ref()?)));
    let elements = members().filter(|(_, xml)| matches!(xml.kind, MemberKind::Element | MemberKind::Array(_)));
    let home = soap::commonest(elements.map(|(_, xml)| xml.namespace.as_str())).unwrap_or_default();
    let subject = if soap::speaks(scope.api) { format!("{subject} in {}", scope.namespaces.text(home)) } else { subject };
    let rows = shape.fields.iter().map(|field| match &field.xml {
        Some(xml) => xml_row(scope, field, xml, home),
        None => {
            let names: Vec<String> = std::iter::once(&field.wire).chain(&field.aliases).map(|name| format!("{name:?}")).collect();
            format!("{} => {}{}", names.join(" | "), field.name, if is_demanded(field) { "!" } else { "" })
        }
    });
    Table::new(scope, macro_name, subject, rows.collect())
}

/// `"Old" in crate::NAMESPACE_OLD => old!` in the table of a struct whose elements are in `home`.
fn xml_row(scope: &Scope<'_>, field: &Field, Member { namespace, kind }: &Member, home: &str) -> String {
    let Field { wire, name, .. } = field;
    let away = |home: &str| if namespace == home { String::new() } else { format!(" in {}", scope.namespaces.text(namespace)) };
    let subject = match kind {
        MemberKind::Element => format!("{wire:?}{}", away(home)),
        MemberKind::Array(item) => format!("{wire:?}[{item:?}]{}", away(home)),
        MemberKind::Attribute => format!("@{wire:?}{}", away("")),
        MemberKind::Text => "text".to_owned(),
        MemberKind::Choice => "choice".to_owned(),
        MemberKind::Group => "group".to_owned(),
    };
    let mark = match field.presence {
        Presence::Required if !is_repeated(field) => "!",
        Presence::Nullable if matches!(kind, MemberKind::Element | MemberKind::Array(_)) => "?",
        Presence::Required | Presence::Nullable | Presence::Optional | Presence::Patch => "",
    };
    format!("{subject} => {name}{mark}")
}

/// Must a value of the struct be given this field?
fn is_demanded(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable) && !is_repeated(field)
}

/// Does the field hold any number of elements? With none it is an empty list and nothing else.
fn is_repeated(field: &Field) -> bool {
    let each = |xml: &Member| matches!(xml.kind, MemberKind::Element | MemberKind::Choice);
    field.presence == Presence::Required && matches!(field.ty, TypeRef::List(_)) && field.xml.as_ref().is_some_and(each)
}

fn methods(scope: &Scope<'_>, shape: &Struct) -> TokenStream {
    let mut methods = TokenStream::new();
    if shape.fields.iter().any(is_demanded) {
        methods.extend(constructor(scope, &shape.fields));
    }
    if shape.role != StructRole::Output {
        methods.extend(shape.fields.iter().filter(|field| !is_demanded(field)).map(|field| setter(scope, field)));
    }
    methods
}

fn constructor(scope: &Scope<'_>, fields: &[Field]) -> TokenStream {
    let demanded: Vec<_> = fields.iter().filter(|field| is_demanded(field)).collect();
    let parameters = demanded.iter().map(|field| {
        let (name, ty) = (ident(&field.name), demanded_parameter(scope, field).ty);
        quote! { #name: #ty }
    });
    let extra = scope.runtime(scope.by_protocol("Extra", "XmlExtra"));
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        match field.presence {
            Presence::Required if is_repeated(field) => {
                let vec = scope.std("Vec");
                quote! { #name: #vec::new() }
            }
            Presence::Required | Presence::Nullable => demanded_parameter(scope, field).initializer(&name),
            Presence::Optional => quote! { #name: None },
            Presence::Patch => {
                let patch = scope.runtime("Patch");
                quote! { #name: #patch::Absent }
            }
        }
    });
    quote! {
        /// A value of its required members.
        #[inline]
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values,)* extra: #extra::default() }
        }
    }
}

fn demanded_parameter(scope: &Scope<'_>, field: &Field) -> Parameter {
    match field.presence {
        Presence::Nullable => scope.converting(&field_type(scope, field)),
        Presence::Required | Presence::Optional | Presence::Patch => scope.parameter(&field.ty),
    }
}

fn setter(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let method = format_ident!("with_{}", field.name.bare());
    let docs = Doc::new(&format!("Sets [`{0}`](Self::{0}).", field.name.bare())).attributes();
    let whole = matches!(field.presence, Presence::Patch | Presence::Required);
    let parameter = if whole { scope.converting(&field_type(scope, field)) } else { scope.parameter(&field.ty) };
    let (ty, value) = (&parameter.ty, parameter.value(&name));
    let value = if whole {
        value
    } else {
        quote! { Some(#value) }
    };
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
