//! The baseline: the types and operations of a generated crate as one would write them by hand with serde derive.
//!
//! It does less than the generated crate: no client, no setters of requests, no paging, no paths and queries, no text
//! conversions of enums, unknown members are dropped.

use crate::table::{Row, Table};
use crate::{Broken, disk};
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeMap;
use std::path::Path;
use syn::{Attribute, Expr, Fields, Ident, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Stmt, Type, parse_quote};

/// When the code that reads and writes is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Laziness {
    /// In the crate that calls it, as ours is.
    Lazy,
    /// In the baseline itself.
    Eager,
}

/// Which parts of the generated crate are taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The types.
    Types,
    /// The types, and the operations as plain values with functions that write their bodies and read their answers.
    Operations(Laziness),
}

/// Files of the generated crate that hold no operations.
const NO_RESOURCES: &[&str] = &["lib.rs", "client.rs", "request.rs", "types.rs"];

/// Writes the baseline of the generated crate at `generated` as a package called `name` to `folder`.
pub(crate) fn write(generated: &Path, folder: &Path, name: &str, part: Part) -> Result<(), Broken> {
    let (from, to) = (generated.join("src"), folder.join("src"));
    disk::write(&folder.join("Cargo.toml"), &manifest(name))?;
    let mut modules = vec![format_ident!("types")];
    if let Part::Operations(laziness) = part {
        for file in disk::files(&from)? {
            if NO_RESOURCES.contains(&file.as_str()) || !file.ends_with(".rs") {
                continue;
            }
            disk::write(&to.join(&file), &resource(&parse(&from.join(&file))?, laziness)?)?;
            modules.push(format_ident!("{}", file.trim_end_matches(".rs")));
        }
    }
    disk::write(&to.join("lib.rs"), &root(&modules)?)?;
    disk::write(&to.join("types.rs"), &module_list(parse(&from.join("types.rs"))?))?;
    for file in disk::files(&from.join("types"))? {
        let types = types(parse(&from.join("types").join(&file))?)?;
        disk::write(&to.join("types").join(&file), &types)?;
    }
    Ok(())
}

/// Writes the types of the generated crate alone, as they are, as a package called `name` to `folder`.
pub(crate) fn write_types_alone(generated: &Path, folder: &Path, name: &str) -> Result<(), Broken> {
    let (from, to) = (generated.join("src"), folder.join("src"));
    disk::copy(&from.join("types"), &to.join("types"))?;
    disk::write(&to.join("types.rs"), &module_list(parse(&from.join("types.rs"))?))?;
    disk::write(&to.join("lib.rs"), &root(&[format_ident!("types")])?)?;
    let runtime = r#"tms-runtime = { workspace = true, features = ["async", "blocking"] }"#;
    disk::write(&folder.join("Cargo.toml"), &package(name, runtime))
}

fn root(modules: &[Ident]) -> Result<String, Broken> {
    unparse(quote! {
        //! What is measured.
        #![allow(missing_docs, unused_imports, clippy::all)]
        #(pub mod #modules;)*
    })
}

fn package(name: &str, dependencies: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n")
}

fn manifest(name: &str) -> String {
    package(
        name,
        r#"serde = { workspace = true, features = ["derive"] }
serde_json = { workspace = true }
tms_runtime = { package = "baseline-support", path = "../baseline-support" }"#,
    )
}

fn parse(path: &Path) -> Result<syn::File, Broken> {
    syn::parse_file(&disk::read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn unparse(tokens: impl ToTokens) -> Result<String, Broken> {
    Ok(prettyplease::unparse(&syn::parse2(tokens.into_token_stream())?))
}

/// `types.rs`, with every module compiled in.
fn module_list(mut file: syn::File) -> String {
    for item in &mut file.items {
        if let Item::Mod(syn::ItemMod { attrs, .. }) | Item::Use(syn::ItemUse { attrs, .. }) = item {
            attrs.retain(|attribute| !attribute.path().is_ident("cfg"));
        }
    }
    prettyplease::unparse(&file)
}

/// A file of types.
fn types(mut file: syn::File) -> Result<String, Broken> {
    let mut tables = BTreeMap::new();
    for item in &file.items {
        if let Item::Macro(call) = item {
            let table = Table::of(&call.mac)?;
            tables.insert(table.name.to_string(), table);
        }
    }
    file.items.retain(|item| !matches!(item, Item::Macro(_)) && !imports_runtime(item));
    for item in &mut file.items {
        match item {
            Item::Struct(item) => derive_struct(item, table(&tables, &item.ident)?)?,
            Item::Enum(item) => derive_enum(item, table(&tables, &item.ident)?)?,
            Item::Impl(item) => without_extra(item),
            _ => {}
        }
    }
    file.items.insert(0, parse_quote! { use tms_runtime::codegen::*; });
    Ok(prettyplease::unparse(&file))
}

fn table<'a>(tables: &'a BTreeMap<String, Table>, name: &Ident) -> Result<&'a Table, Broken> {
    tables.get(&name.to_string()).ok_or_else(|| format!("no table describes `{name}`").into())
}

fn imports_runtime(item: &Item) -> bool {
    match item {
        Item::Use(item) => matches!(&item.tree, syn::UseTree::Path(path) if path.ident == "tms_runtime"),
        _ => false,
    }
}

fn derive() -> Attribute {
    parse_quote! { #[derive(::serde::Serialize, ::serde::Deserialize)] }
}

fn derive_struct(item: &mut ItemStruct, table: &Table) -> Result<(), Broken> {
    item.attrs.push(derive());
    let Fields::Named(fields) = &mut item.fields else { return Err(format!("`{}` has no named fields", item.ident).into()) };
    fields.named = std::mem::take(&mut fields.named).into_iter().filter(|field| !is_extra(field.ident.as_ref())).collect();
    for field in &mut fields.named {
        let row = field.ident.as_ref().and_then(|name| table.row(name));
        let row = row.ok_or_else(|| format!("`{}` has a field its table does not list", item.ident))?;
        field.attrs.extend(row.renamed());
        match outer(&field.ty).as_deref() {
            Some("Option") => field.attrs.push(parse_quote! { #[serde(default, skip_serializing_if = "Option::is_none")] }),
            Some("Patch") => field.attrs.push(parse_quote! { #[serde(default, skip_serializing_if = "Patch::is_absent")] }),
            _ => {}
        }
    }
    Ok(())
}

fn derive_enum(item: &mut ItemEnum, table: &Table) -> Result<(), Broken> {
    item.attrs.push(derive());
    if table.kind != "words" {
        item.attrs.push(parse_quote! { #[serde(untagged)] });
        return Ok(());
    }
    for variant in &mut item.variants {
        match table.row(&variant.ident) {
            Some(row) => {
                variant.attrs.extend(row.renamed());
                variant.attrs.extend(row.aliases());
            }
            None => variant.attrs.push(parse_quote! { #[serde(untagged)] }),
        }
    }
    Ok(())
}

/// The name of a type without its arguments.
fn outer(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

fn is_extra(name: Option<&Ident>) -> bool {
    name.is_some_and(|name| name == "extra")
}

/// Takes `extra` out of the constructors.
fn without_extra(item: &mut ItemImpl) {
    for method in &mut item.items {
        let ImplItem::Fn(method) = method else { continue };
        if let Some(Stmt::Expr(Expr::Struct(value), None)) = method.block.stmts.last_mut() {
            let is_extra = |member: &syn::Member| matches!(member, syn::Member::Named(name) if is_extra(Some(name)));
            value.fields = std::mem::take(&mut value.fields).into_iter().filter(|field| !is_extra(&field.member)).collect();
        }
    }
}

/// A file of operations: the plain values, and functions that write their bodies and read their answers.
fn resource(file: &syn::File, laziness: Laziness) -> Result<String, Broken> {
    let mut items: Vec<Item> = vec![parse_quote! { use crate::types; }, parse_quote! { use tms_runtime::codegen::*; }];
    for item in &file.items {
        match item {
            Item::Struct(item) if item.generics.params.is_empty() => {
                items.push(Item::Struct(item.clone()));
                let has_body = item.fields.iter().any(|field| field.ident.as_ref().is_some_and(|name| name == "body"));
                items.extend(has_body.then(|| writer(&item.ident, laziness)));
            }
            Item::Impl(item) if item.generics.params.is_empty() => match &item.trait_ {
                None => items.push(Item::Impl(item.clone())),
                Some((path, _)) if path.is_ident("Operation") => items.extend(reader(item, laziness)),
                Some(_) => {}
            },
            _ => {}
        }
    }
    unparse(quote! { #(#items)* })
}

fn inline(laziness: Laziness) -> Option<Attribute> {
    (laziness == Laziness::Lazy).then(|| parse_quote! { #[inline] })
}

fn writer(operation: &Ident, laziness: Laziness) -> Item {
    let inline = inline(laziness);
    parse_quote! {
        impl #operation {
            #inline
            pub fn write(&self) -> serde_json::Result<Vec<u8>> {
                serde_json::to_vec(&self.body)
            }
        }
    }
}

fn reader(item: &ItemImpl, laziness: Laziness) -> Option<Item> {
    let output = item.items.iter().find_map(|item| match item {
        ImplItem::Type(output) if output.ident == "Output" => Some(&output.ty),
        _ => None,
    })?;
    let (inline, operation) = (inline(laziness), &item.self_ty);
    Some(parse_quote! {
        impl #operation {
            #inline
            pub fn read(body: &[u8]) -> serde_json::Result<#output> {
                serde_json::from_slice(body)
            }
        }
    })
}

impl Row {
    /// The attribute that says how it is called in JSON, if it is not as in Rust.
    fn renamed(&self) -> Option<Attribute> {
        let wire = self.wire.first()?;
        (*wire != self.name.to_string().trim_start_matches("r#")).then(|| parse_quote! { #[serde(rename = #wire)] })
    }

    fn aliases(&self) -> impl Iterator<Item = Attribute> {
        self.wire.iter().skip(1).map(|alias| parse_quote! { #[serde(alias = #alias)] })
    }
}
