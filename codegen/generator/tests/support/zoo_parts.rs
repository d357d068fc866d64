//! Parts of the zoo that stand beside its types and operations: forms, flags, conversions, handles, modules.

use tms_codegen::ir::{
    Change, Constant, Conversion, Dependency, Example, Field, Flag, Form, FormPart, Handle, Key, Module, ModuleFile, ModuleGate, Place,
    Presence, Prim, QueryStyle, Shape, Taken, TypeId, TypeRef,
};

use super::{docs, field, ident, list, text};

pub(super) fn flag(wire: &str, name: &str, bits: i64) -> Flag {
    Flag { wire: wire.to_owned(), name: ident(name), bits }
}

/// Fields that are made in every way there is.
pub(super) fn converted() -> Vec<Field> {
    use Presence::{Nullable, Optional, Patch, Required};
    let entries = || list(TypeRef::Named(TypeId(12)));
    vec![
        field("a", "a", text(), Required),
        field("b", "b", text(), Nullable),
        field("c", "c", text(), Patch),
        field("d", "d", entries(), Required),
        field("e", "e", entries(), Optional),
        field("f", "f", entries(), Patch),
        field("g", "g", text(), Optional),
        field("h", "h", text(), Patch),
    ]
}

/// What those are made from.
pub(super) fn source() -> Vec<Field> {
    let texts = ["a", "b", "c"].map(|name| field(name, name, text(), Presence::Optional));
    let lists = ["d", "e", "f"].map(|name| field(name, name, list(TypeRef::Named(TypeId(6))), Presence::Optional));
    texts.into_iter().chain(lists).collect()
}

/// Of the types above: one that can fail, one that cannot, and neither source is there whenever the target is.
pub(super) fn conversions() -> Vec<Conversion> {
    let taken = |name: &str, presence, change| Some(Taken { field: ident(name), presence, change });
    let each = || Change::Each { to: TypeId(12), fallible: false };
    let same = |name: &str| taken(name, Presence::Optional, Change::Same);
    let list = |name: &str| taken(name, Presence::Optional, each());
    vec![
        Conversion {
            from: TypeId(13),
            to: TypeId(11),
            fallible: true,
            fields: vec![same("a"), same("b"), same("c"), list("d"), list("e"), list("f"), None, None],
        },
        Conversion { from: TypeId(6), to: TypeId(12), fallible: false, fields: vec![taken("kind", Presence::Required, Change::Same)] },
    ]
}

pub(super) fn form() -> Shape {
    let part = |wire: &str, name: &str, ty: TypeRef, required: bool, json: bool| FormPart {
        wire: wire.to_owned(),
        name: ident(name),
        docs: docs(""),
        ty,
        required,
        json,
    };
    let file = || TypeRef::Prim(Prim::File);
    Shape::Form(Form {
        parts: vec![
            part("file", "file", file(), true, false),
            part("file[]", "files", list(file()), true, false),
            part("thumb", "thumb", file(), false, false),
            part("more", "more", list(file()), false, false),
            part("title", "title", text(), true, false),
            part("tags", "tags", list(text()), false, false),
            part("meta", "meta", TypeRef::Named(TypeId(2)), false, true),
        ],
    })
}

/// A handle called like a type of the prelude.
pub(super) fn handle() -> Handle {
    let key = Key { name: ident("id"), ty: TypeRef::Prim(Prim::I64), docs: docs("") };
    Handle { module: ident("result"), ty: ident("Mode"), keys: vec![key] }
}

fn bytes(features: &[&str]) -> Dependency {
    Dependency { name: "bytes".to_owned(), version: "1".to_owned(), features: features.iter().map(|name| (*name).to_owned()).collect() }
}

/// Examples that need a crate and a feature.
pub(super) fn examples() -> Vec<Example> {
    let text = "fn main() {\n    assert_eq!(zoo_api::crated::NOTHING, bytes::Bytes::new());\n}\n".to_owned();
    vec![Example { name: "on_a_crate".to_owned(), text, features: vec!["crated".to_owned()], dependencies: vec![bytes(&[])] }]
}

/// What is sent beside the arguments.
pub(super) fn constants() -> Vec<Constant> {
    let constant = |wire: &str, place| Constant { wire: wire.to_owned(), place, value: "a \"b\"".to_owned() };
    vec![constant("k", Place::Query(QueryStyle::Repeat)), constant("X-Constant", Place::Header), constant("c", Place::Cookie)]
}

/// Modules written by hand, with every kind of gate.
pub(super) fn modules() -> Vec<Module> {
    let file = |path: &str, text: &str| ModuleFile { path: path.to_owned(), text: text.to_owned() };
    let module = |name: &str, gate, files| {
        let summary = "A [`str`] | more".to_owned();
        Module { name: ident(name), gate, summary, files, dependencies: Vec::new() }
    };
    let crated = ModuleGate::Own { feature: "crated".to_owned(), needs: Vec::new() };
    let uses = "//! On a crate.\n\n/// Nothing.\npub const NOTHING: bytes::Bytes = bytes::Bytes::new();\n";
    vec![
        Module { dependencies: vec![bytes(&["std"])], ..module("crated", crated, vec![file("crated.rs", uses)]) },
        module("always", ModuleGate::Always, vec![file("always.rs", "//! Always there.\n")]),
        module(
            "own",
            ModuleGate::Own { feature: "own".to_owned(), needs: vec!["option".to_owned()] },
            vec![file("own.rs", "//! Its own.\n\nmod inner;\n"), file("own/inner.rs", "//! Inside.\n")],
        ),
        module("with", ModuleGate::With("own".to_owned()), vec![file("with.rs", "//! With another.\n")]),
    ]
}
