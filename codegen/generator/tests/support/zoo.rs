//! An API made by hand, with every construct of the IR and names that want to break the emitted crate.

use tms_codegen::ir::{
    Api, Arg, ArgId, ArmRule, Auth, Body, Count, Docs, Envelope, Field, Flags, Ident, Key, Operation, Origin, Output, Paging, Place,
    Presence, Prim, Protocol, QueryStyle, RateLimit, Resource, Rest, Retry, Scheme, SchemePlace, Segment, Server, Shape, Struct,
    StructRole, Tagging, Total, Type, TypeId, TypeRef, Types, Union, Unwrap, Variant, Wire, Word, Words,
};

#[path = "zoo_parts.rs"]
mod parts;

use parts::{constants, conversions, converted, examples, flag, form, handle, modules, source};

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name).unwrap_or_else(|error| panic!("{error}"))
}

/// Text that would break out of a comment, run as a doctest, or confuse a reader.
pub(crate) const HOSTILE: &str = "*/ } fn x() { \"\\ `open\n\n```rust\npanic!(\"run\")\n\n    indented()\n\n[`Missing`] [x](y) <script>alert(1)</script> \
                           http://evil.test/?a=[b] \u{202e}gpj.exe {braces} {{}} | pipe # hash\n1. one\n  * two\n---\n- \n> quote";

pub(crate) fn docs(summary: &str) -> Docs {
    Docs { summary: summary.to_owned(), details: HOSTILE.to_owned(), source: Some("page [1]".to_owned()), provenance: None }
}

pub(crate) fn origin() -> Origin {
    Origin { file: "specs/zoo/openapi.yaml".to_owned(), pointer: "/".to_owned() }
}

pub(crate) fn text() -> TypeRef {
    TypeRef::Prim(Prim::String)
}

pub(crate) fn list(inner: TypeRef) -> TypeRef {
    TypeRef::List(Box::new(inner))
}

fn field(wire: &str, name: &str, ty: TypeRef, presence: Presence) -> Field {
    let deprecated = name.starts_with("old");
    Field { wire: wire.to_owned(), aliases: Vec::new(), name: ident(name), docs: docs(""), ty, presence, xml: None, deprecated }
}

pub(crate) fn ty(name: &str, shape: Shape, used_by: &[&str]) -> Type {
    Type {
        wire: name.to_owned(),
        name: ident(name),
        docs: docs(&format!("A {name}.")),
        shape,
        used_by: used_by.iter().map(|module| ident(module)).collect(),
        origin: origin(),
    }
}

pub(crate) fn object(role: StructRole, fields: Vec<Field>) -> Shape {
    Shape::Struct(Struct { fields, role })
}

/// In arena order: the ids the references below use.
fn types() -> Types {
    use Presence::{Nullable, Optional, Patch, Required};
    let named = |id: usize| TypeRef::Named(TypeId(id));
    let prims = [Prim::Bool, Prim::I32, Prim::I64, Prim::F32, Prim::F64, Prim::String, Prim::DateTime, Prim::Date, Prim::Base64];
    let presences = [Required, Nullable, Optional, Patch];
    let mut fields = Vec::new();
    for (n, prim) in prims.into_iter().enumerate() {
        fields.extend(
            presences.iter().map(|p| field(&format!("{prim:?} \"{p:?}\""), &format!("f{n}_{p:?}").to_lowercase(), TypeRef::Prim(prim), *p)),
        );
    }
    fields.push(field("type", "type", named(1), Optional));
    fields.push(field("map", "map", TypeRef::Map(Box::new(TypeRef::Nullable(Box::new(named(3))))), Optional));
    fields.push(field("self", "self", TypeRef::Boxed(Box::new(named(0))), Optional));
    fields.push(field("any", "any", TypeRef::Json, Required));
    fields.push(field("old", "old", list(named(2)), Patch));
    fields.push(Field { aliases: vec!["a\"s".to_owned(), "b".to_owned()], ..field("as", "as", text(), Optional) });
    fields.push(field("flags", "flags", named(10), Optional));
    fields.push(field("secret", "secret", TypeRef::Prim(Prim::Secret), Required));
    let word = |wire: &str, name: &str| Word { wire: wire.to_owned(), name: ident(name), docs: docs(""), aliases: Vec::new() };
    let arm = |name: &str, ty: TypeRef, words: &[&str]| Variant {
        name: ident(name),
        ty,
        rule: ArmRule(words.iter().map(|word| (*word).to_owned()).collect()),
        element: None,
    };
    let item = || vec![field("id", "id", TypeRef::Prim(Prim::I64), Required), field("kind", "kind", text(), Required)];
    Types(vec![
        ty("String", object(StructRole::Both, fields), &["option", "vec"]),
        ty("Option", Shape::Words(Words { words: vec![word("a\"b", "Clone"), word("c", "Debug")] }), &["option", "vec"]),
        ty("Result", object(StructRole::Input, vec![field("x", "x", text(), Optional)]), &["option", "vec"]),
        ty(
            "Value",
            Shape::Union(Union {
                tagging: Tagging::Untagged,
                arms: vec![arm("Vec", list(text()), &[]), arm("Box", TypeRef::Boxed(Box::new(named(0))), &[]), arm("String", text(), &[])],
            }),
            &["option", "vec"],
        ),
        ty(
            "Vec",
            object(
                StructRole::Output,
                vec![
                    field("items", "items", list(named(6)), Optional),
                    field("total", "total", TypeRef::Prim(Prim::I32), Optional),
                    field("next", "next", text(), Optional),
                ],
            ),
            &["vec"],
        ),
        ty(
            "Extra",
            Shape::Union(Union {
                tagging: Tagging::Member("kind".to_owned()),
                arms: vec![arm("A", named(6), &["a", "aa"]), arm("B", named(6), &["b"])],
            }),
            &["vec"],
        ),
        ty("Into", object(StructRole::Output, item()), &["vec"]),
        ty("Error", object(StructRole::Output, vec![field("message", "message", text(), Optional)]), &[]),
        ty("File", form(), &["option"]),
        ty("Upload2", form(), &["option"]),
        ty("Default", Shape::Flags(Flags { flags: vec![flag("read", "READ", 1), flag("self", "SELF", 6)] }), &["option", "vec"]),
        ty("Clone", object(StructRole::Input, converted()), &["option"]),
        ty("From", object(StructRole::Input, vec![field("kind", "kind", text(), Required)]), &["option"]),
        ty("Copy", object(StructRole::Output, source()), &["vec"]),
    ])
}

fn arg(wire: &str, name: &str, ty: TypeRef, required: bool, place: Place) -> Arg {
    Arg { wire: wire.to_owned(), name: ident(name), docs: docs(""), ty, required, from_handle: false, place, xml: None }
}

fn query(name: &str, ty: TypeRef, style: QueryStyle) -> Arg {
    arg(&format!("{name}[x]"), name, ty, false, Place::Query(style))
}

fn operation(name: &str, ty: &str, method: &str, args: Vec<Arg>, body: Option<Body>, output: Output) -> Operation {
    let ids: Vec<_> = args.iter().enumerate().filter(|(_, arg)| arg.place == Place::Path).map(|(id, _)| Segment::Arg(ArgId(id))).collect();
    let path = std::iter::once(Segment::Literal("/zoo/`\"/".to_owned())).chain(ids).collect();
    Operation {
        id: format!("{name} id \"quoted\""),
        name: format!("zoo.{name}"),
        method: ident(name),
        ty: ident(ty),
        docs: docs(""),
        deprecated: (name == "put").then(|| HOSTILE.to_owned()),
        wire: Wire::Rest(Rest {
            method: method.to_owned(),
            server: (name == "patch").then(|| "../v2".to_owned()),
            path,
            constants: if name == "patch" { constants() } else { Vec::new() },
            template: "/zoo/`\"/{id}".to_owned(),
            elsewhere: name == "bytes",
        }),
        args,
        body,
        body_optional: name.starts_with("maybe"),
        output,
        fault: TypeRef::Named(TypeId(7)),
        paging: None,
        job: None,
        auth: Auth::AnyOf(vec![vec!["key".to_owned(), "Basic \"auth\"".to_owned()], Vec::new()]),
        retry: Retry::OnlyRefused,
        origin: origin(),
    }
}

fn json(ty: TypeRef, unwrap: Unwrap, count: Count, optional: bool) -> Output {
    Output::Json { mime: "application/json".to_owned(), ty, unwrap, count, optional }
}

/// A resource with a key whose operations have every kind of argument, body and answer.
fn calls() -> Resource {
    use QueryStyle::{Comma, Deep, Json, Pipe, Repeat, Space};
    let key = || Arg { from_handle: true, ..arg("id", "id", TypeRef::Prim(Prim::I64), true, Place::Path) };
    let all = vec![
        key(),
        arg("name", "name", text(), true, Place::Path),
        arg("q", "q", list(text()), true, Place::Query(Comma)),
        arg("X-Head", "head", text(), true, Place::Header),
        arg("cookie", "cookie", text(), false, Place::Cookie),
        query("repeat", list(TypeRef::Prim(Prim::I64)), Repeat),
        query("space", list(text()), Space),
        query("pipe", list(text()), Pipe),
        query("deep", TypeRef::Named(TypeId(2)), Deep),
        query("as_json", TypeRef::Json, Json),
        query("type", TypeRef::Named(TypeId(1)), Repeat),
    ];
    let named = |id| TypeRef::Named(TypeId(id));
    let json_body = |ty, mime: &str| Some(Body::Json { ty, mime: mime.to_owned() });
    let file = |mime: Option<&str>| Some(Body::File { mime: mime.map(str::to_owned) });
    let whole = |ty| json(ty, Unwrap::Whole, Count::Whole, false);
    let operations = vec![
        operation("get", "Some", "GET", all, None, whole(named(0))),
        operation(
            "put",
            "None",
            "PUT",
            vec![key()],
            json_body(named(2), "application/json"),
            json(named(0), Unwrap::Value, Count::Whole, false),
        ),
        operation(
            "patch",
            "Request",
            "PATCH",
            vec![key()],
            json_body(named(0), "application/merge-patch+json"),
            json(named(0), Unwrap::ValueOrWhole, Count::Whole, false),
        ),
        operation(
            "maybe_put",
            "Ok",
            "PUT",
            vec![key()],
            json_body(list(text()), "application/json"),
            json(named(0), Unwrap::Value, Count::One, false),
        ),
        operation("maybe_bytes", "Err", "POST", vec![key()], file(None), Output::Empty),
        operation("bytes", "String", "POST", vec![key()], file(Some("image/png")), Output::Bytes { mime: "image/png".to_owned() }),
        operation(
            "text",
            "Vec",
            "POST",
            vec![key()],
            Some(Body::Text { mime: "text/csv".to_owned() }),
            Output::Text { mime: "text/plain".to_owned() },
        ),
        operation("form", "Into", "POST", vec![key()], Some(Body::Form(named(2))), whole(TypeRef::Nullable(Box::new(named(0))))),
        operation(
            "multipart",
            "Info",
            "POST",
            vec![key()],
            Some(Body::Multipart(named(8))),
            json(named(0), Unwrap::Whole, Count::Whole, true),
        ),
        operation(
            "maybe_multipart",
            "Parts",
            "POST",
            vec![key()],
            Some(Body::Multipart(named(9))),
            json(named(0), Unwrap::Whole, Count::One, false),
        ),
        operation("many", "Raw", "GET", vec![key()], None, json(list(named(0)), Unwrap::Whole, Count::Many, false)),
        operation("any", "Copy", "GET", vec![key()], None, json(list(named(0)), Unwrap::Whole, Count::Paged("a \"b\"".to_owned()), false)),
        operation("type", "Default", "DELETE", vec![key()], None, json(TypeRef::Json, Unwrap::Value, Count::Whole, true)),
    ];
    let id = Key { name: ident("id"), ty: TypeRef::Prim(Prim::I64), docs: docs("") };
    Resource {
        module: ident("option"),
        feature: "option".to_owned(),
        ty: ident("Option"),
        docs: docs("Calls."),
        under: Some(ident("result")),
        keys: vec![id],
        operations,
    }
}

/// A resource without keys whose operations page in every way.
fn lists() -> Resource {
    let number = |name: &str, prim| arg(name, name, TypeRef::Prim(prim), false, Place::Query(QueryStyle::Repeat));
    let total = || Some(Total::Path(vec![ident("total")]));
    let item = || TypeRef::Named(TypeId(6));
    let paged = |name: &str, ty: &str, args: Vec<Arg>, output: Output, paging: Paging| Operation {
        paging: Some(paging),
        ..operation(name, ty, "GET", args, None, output)
    };
    let page = || json(TypeRef::Named(TypeId(4)), Unwrap::Whole, Count::Whole, false);
    let items = || vec![ident("items")];
    let operations = vec![
        paged(
            "offset",
            "Offset",
            vec![number("offset", Prim::I32), number("limit", Prim::I64)],
            page(),
            Paging::Offset {
                offset: ArgId(0),
                limit: ArgId(1),
                size: 50,
                items: items(),
                items_optional: true,
                total: total(),
                item: item(),
            },
        ),
        paged(
            "plain",
            "Plain",
            vec![number("offset", Prim::I64), Arg { required: true, ..number("limit", Prim::I32) }].into_iter().rev().collect(),
            json(list(item()), Unwrap::Whole, Count::Whole, true),
            Paging::Offset {
                offset: ArgId(1),
                limit: ArgId(0),
                size: 50,
                items: Vec::new(),
                items_optional: false,
                total: None,
                item: item(),
            },
        ),
        paged(
            "page",
            "Page",
            vec![number("page", Prim::I64)],
            page(),
            Paging::Page {
                page: ArgId(0),
                size_arg: None,
                first: 1,
                size: 10,
                items: items(),
                items_optional: true,
                total: Some(Total::Header("X-\"Total\"".to_owned())),
                item: item(),
            },
        ),
        paged(
            "sized",
            "Cursor",
            vec![number("page", Prim::I32), number("size", Prim::I32)],
            json(TypeRef::Nullable(Box::new(TypeRef::Named(TypeId(4)))), Unwrap::Whole, Count::Whole, false),
            Paging::Page {
                page: ArgId(0),
                size_arg: Some(ArgId(1)),
                first: 0,
                size: 10,
                items: items(),
                items_optional: true,
                total: total(),
                item: item(),
            },
        ),
        paged(
            "token",
            "Token",
            vec![number("token", Prim::String)],
            page(),
            Paging::Token { token: ArgId(0), items: items(), items_optional: true, next: ident("next"), next_optional: true, item: item() },
        ),
    ];
    Resource {
        module: ident("vec"),
        feature: "vec".to_owned(),
        ty: ident("Vec"),
        docs: Docs::default(),
        under: None,
        keys: Vec::new(),
        operations,
    }
}

pub(crate) fn scheme(wire: &str, setter: &str, place: SchemePlace) -> Scheme {
    Scheme { wire: wire.to_owned(), setter: ident(setter), env: None, place, docs: docs("") }
}

fn login() -> SchemePlace {
    SchemePlace::Login { token: "/token".to_owned(), refresh: "/renew".to_owned(), refresh_client: Some("zoo \"api\"".to_owned()) }
}

/// The whole API.
pub(crate) fn api() -> Api {
    Api {
        package: "zoo-api".to_owned(),
        title: "Zoo \"API\"".to_owned(),
        about: "Everything at once, with \"quotes\" and \\ backslashes".to_owned(),
        version: "1".to_owned(),
        protocol: Protocol::Rest,
        origin: "specs/zoo/openapi.yaml".to_owned(),
        docs: docs("The zoo."),
        servers: vec![Server { url: "https://zoo.test/v1".to_owned(), docs: Docs::default() }],
        schemes: vec![
            scheme("key", "key", SchemePlace::Header("X-Key".to_owned())),
            scheme("Basic \"auth\"", "login", SchemePlace::Basic),
            scheme("q", "query_key", SchemePlace::Query("key[]".to_owned())),
            scheme("c", "session", SchemePlace::Cookie("sid".to_owned())),
            scheme("b", "bearer", SchemePlace::Bearer),
            scheme("l \"login\"", "user", login()),
        ],
        rate_limit: Some(RateLimit { requests: 10, seconds: 1 }),
        envelope: Some(Envelope { ok: Some("ok".to_owned()), value: "value".to_owned() }),
        fault: Some(TypeRef::Named(TypeId(7))),
        types: types(),
        handles: vec![handle()],
        resources: vec![calls(), lists()],
        conversions: conversions(),
        modules: modules(),
        examples: examples(),
        quickstart: None,
    }
}
