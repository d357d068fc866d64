//! A SOAP service made by hand, with every construct of the IR and names that want to break the emitted crate.

use tms_codegen::ir::{
    Api, Arg, ArgId, ArmRule, Auth, Body, Docs, Field, Member, MemberKind, Operation, Output, Paging, Place, Presence, Prim, Protocol,
    QName, Resource, Retry, Scheme, SchemePlace, Server, Shape, Soap, SoapDetail, SoapInput, SoapVersion, StructRole, Tagging, TypeId,
    TypeRef, Types, Union, Variant, Wire, Word, Words,
};

use crate::zoo::{docs, ident, list, object, origin, scheme, text, ty};

/// The namespace of nearly everything.
const MAIN: &str = "urn:zoo \"soap\"";

/// Others: two whose last parts are the same, one without any, and none at all.
const OTHERS: [&str; 4] = ["http://zoo.test/a/types", "http://zoo.test/b/types/", "://", ""];

fn name(namespace: &str, local: &str) -> QName {
    QName { namespace: namespace.to_owned(), local: local.to_owned() }
}

fn member(namespace: &str, kind: MemberKind) -> Option<Member> {
    Some(Member { namespace: namespace.to_owned(), kind })
}

fn field(wire: &str, name: &str, ty: TypeRef, presence: Presence, kind: MemberKind) -> Field {
    let namespace = if matches!(kind, MemberKind::Element | MemberKind::Array(_)) { MAIN } else { "" };
    let xml = member(namespace, kind);
    Field {
        wire: wire.to_owned(),
        aliases: Vec::new(),
        name: ident(name),
        docs: docs(""),
        ty,
        presence,
        xml,
        deprecated: name.starts_with("old"),
    }
}

fn array() -> MemberKind {
    MemberKind::Array("item".to_owned())
}

fn nullable(inner: TypeRef) -> TypeRef {
    TypeRef::Nullable(Box::new(inner))
}

/// Everything an element can hold, in everything it can be.
fn everything() -> Vec<Field> {
    use MemberKind::{Attribute, Choice, Element};
    use Presence::{Nullable, Optional, Patch, Required};
    let named = |id: usize| TypeRef::Named(TypeId(id));
    let tokens = || TypeRef::Tokens(Box::new(text()));
    let mut fields = Vec::new();
    let prims = [
        Prim::Bool,
        Prim::I32,
        Prim::I64,
        Prim::U64,
        Prim::F32,
        Prim::F64,
        Prim::String,
        Prim::DateTime,
        Prim::Date,
        Prim::Base64,
        Prim::Decimal,
        Prim::Secret,
        Prim::Xml,
    ];
    for (n, prim) in prims.into_iter().enumerate() {
        for presence in [Required, Nullable, Optional, Patch] {
            let (wire, name) = (format!("{prim:?}-{presence:?}"), format!("f{n}_{presence:?}").to_lowercase());
            fields.push(field(&wire, &name, TypeRef::Prim(prim), presence, Element));
        }
        if prim != Prim::Xml {
            fields.push(field(&format!("{prim:?}"), &format!("a{n}"), TypeRef::Prim(prim), Optional, Attribute));
        }
        fields.push(field(&format!("{prim:?}s"), &format!("l{n}"), list(TypeRef::Prim(prim)), Required, Element));
    }
    for presence in [Required, Nullable, Optional, Patch] {
        let name = |kind: &str| format!("{kind}_{presence:?}").to_lowercase();
        fields.push(field(&format!("Array{presence:?}"), &name("array"), list(nullable(text())), presence, array()));
        fields.push(field(&format!("Tokens{presence:?}"), &name("tokens"), tokens(), presence, Element));
    }
    fields.push(field("lang", "lang", text(), Required, Attribute));
    fields.push(field("type", "type", named(1), Optional, Attribute));
    fields.push(field("list", "attribute_list", tokens(), Optional, Attribute));
    fields.push(field("self", "self", TypeRef::Boxed(Box::new(named(0))), Optional, Element));
    fields.push(field("nil", "old", list(nullable(named(4))), Required, Element));
    fields.push(Field { xml: member("", Element), ..field("bare", "bare", text(), Required, Element) });
    fields.push(Field { xml: member(OTHERS[0], array()), ..field("away", "away", list(text()), Optional, array()) });
    fields.push(Field { xml: member(OTHERS[1], Attribute), ..field("gone", "gone", text(), Required, Attribute) });
    fields.push(field("", "choice", named(2), Required, Choice));
    fields
}

fn types() -> Types {
    use MemberKind::{Attribute, Choice, Element, Text};
    use Presence::{Optional, Required};
    let named = |id: usize| TypeRef::Named(TypeId(id));
    let word = |wire: &str, name: &str| Word { wire: wire.to_owned(), name: ident(name), docs: docs(""), aliases: Vec::new() };
    let arm = |arm: &str, ty: TypeRef, element: QName| Variant { name: ident(arm), ty, rule: ArmRule::default(), element: Some(element) };
    let arms = vec![
        arm("String", text(), name(MAIN, "s\"")),
        arm("Xml", named(4), name("", "x")),
        arm("Box", TypeRef::Boxed(Box::new(named(0))), name(MAIN, "b")),
        arm("Secret", TypeRef::Prim(Prim::Secret), name(OTHERS[0], "s")),
    ];
    let choices = vec![field("", "one", named(2), Optional, Choice), field("", "many", list(named(2)), Required, Choice)];
    let credential = vec![
        field("User", "user", text(), Required, Element),
        field("Project", "project", TypeRef::Prim(Prim::I32), Required, Element),
        field("PassCode", "pass_code", TypeRef::Prim(Prim::Secret), Optional, Element),
        field("Roles", "roles", list(text()), Optional, array()),
    ];
    let content =
        vec![field("value", "value", TypeRef::Prim(Prim::Decimal), Required, Text), field("at", "at", text(), Optional, Attribute)];
    let both = ["option", "records"];
    Types(vec![
        ty("Secret", object(StructRole::Both, everything()), &both),
        ty("Xml", Shape::Words(Words { words: vec![word("a\"b", "Clone"), word("c", "Debug")] }), &both),
        ty("XmlExtra", Shape::Union(Union { tagging: Tagging::Element, arms }), &both),
        ty("AuthenticationData", object(StructRole::Input, credential), &[]),
        ty("QName", object(StructRole::Both, content), &both),
        ty("Patch", object(StructRole::Input, choices), &["option"]),
        ty("SoapFault", object(StructRole::Output, Vec::new()), &["records"]),
    ])
}

fn arg(wire: &str, name: &str, ty: TypeRef, required: bool, namespace: &str, kind: MemberKind) -> Arg {
    let xml = member(namespace, kind);
    Arg { wire: wire.to_owned(), name: ident(name), docs: docs(""), ty, required, from_handle: false, place: Place::Element, xml }
}

fn header(wire: &str, name: &str, ty: TypeRef, required: bool) -> Arg {
    Arg { place: Place::SoapHeader, ..arg(wire, name, ty, required, OTHERS[2], MemberKind::Element) }
}

fn operation(id: &str, ty: &str, args: Vec<Arg>, output: Output) -> Operation {
    let children = args.iter().enumerate().filter(|(_, arg)| arg.place == Place::Element).map(|(index, _)| ArgId(index)).collect();
    let input = SoapInput::Wrapped { element: name(MAIN, id), children };
    Operation {
        id: id.to_owned(),
        name: format!("zoo.{id}"),
        method: ident(id),
        ty: ident(ty),
        docs: docs(""),
        deprecated: None,
        wire: soap(input, vec![SoapVersion::V11, SoapVersion::V12], Vec::new()),
        args,
        body: None,
        body_optional: false,
        output,
        fault: TypeRef::Json,
        paging: None,
        job: None,
        auth: Auth::AnyOf(vec![vec!["AuthenticationData".to_owned()], vec!["Pin".to_owned()]]),
        retry: Retry::OnlyRefused,
        origin: origin(),
    }
}

fn soap(input: SoapInput, versions: Vec<SoapVersion>, details: Vec<SoapDetail>) -> Wire {
    Wire::Soap(Soap { action: "urn:zoo#\"act\"".to_owned(), versions, input, details })
}

/// An answer whose element holds `child`.
fn child(ty: TypeRef, kind: MemberKind) -> Output {
    let member = Member { namespace: MAIN.to_owned(), kind };
    Output::Xml { ty, element: name(MAIN, "Response"), child: Some(("Result".to_owned(), member)) }
}

fn whole(ty: TypeRef) -> Output {
    Output::Xml { ty, element: name(OTHERS[1], "Whole"), child: None }
}

/// Every kind of argument, message and answer.
fn calls() -> Resource {
    use MemberKind::Element;
    let named = |id| TypeRef::Named(TypeId(id));
    let all = vec![
        arg("id", "id", TypeRef::Prim(Prim::U64), true, MAIN, Element),
        arg("raw", "raw", TypeRef::Prim(Prim::Xml), true, MAIN, Element),
        arg("password", "password", TypeRef::Prim(Prim::Secret), true, "", Element),
        arg("ids", "ids", list(TypeRef::Prim(Prim::I32)), true, MAIN, array()),
        arg("nil", "nil", nullable(named(4)), true, MAIN, Element),
        header("session", "session", text(), true),
        arg("amount", "amount", TypeRef::Prim(Prim::Decimal), false, MAIN, Element),
        arg("away", "away", list(nullable(text())), false, OTHERS[0], array()),
        arg("type", "type", named(1), false, MAIN, Element),
        arg("tags", "tags", TypeRef::Tokens(Box::new(TypeRef::Prim(Prim::I64))), false, MAIN, Element),
        arg("body", "body", list(named(0)), false, MAIN, Element),
        header("trace", "trace", named(4), false),
    ];
    let bare = |versions, input| soap(input, versions, Vec::new());
    let (old, new) = (vec![SoapVersion::V11], vec![SoapVersion::V12]);
    let details = vec![
        SoapDetail { element: name(MAIN, "Bad\""), ty: named(4) },
        SoapDetail { element: name("", "plain"), ty: TypeRef::Prim(Prim::DateTime) },
    ];
    let both = vec![SoapVersion::V11, SoapVersion::V12];
    let operations = vec![
        operation("load", "Soap", all, child(named(0), Element)),
        operation("ping", "Ok", Vec::new(), Output::Empty),
        operation("maybe", "Some", Vec::new(), child(nullable(named(0)), Element)),
        operation("repeated", "None", Vec::new(), child(list(text()), Element)),
        Operation {
            wire: bare(old, SoapInput::Bare(name(OTHERS[0], "Body"))),
            body: Some(Body::Xml(named(5))),
            ..operation("bare", "SoapVersion", Vec::new(), whole(named(0)))
        },
        Operation {
            wire: bare(new, SoapInput::Bare(name("", "Text"))),
            body: Some(Body::Xml(TypeRef::Prim(Prim::Base64))),
            body_optional: true,
            ..operation("maybe_bare", "Parts", vec![header("h", "h", text(), false)], whole(text()))
        },
        Operation { wire: soap(SoapInput::Empty, both, details), ..operation("nothing", "Raw", Vec::new(), Output::Empty) },
    ];
    Resource {
        module: ident("option"),
        feature: "option".to_owned(),
        ty: ident("Option"),
        docs: docs("Calls."),
        under: None,
        keys: Vec::new(),
        operations,
    }
}

/// Arrays, paged and not.
fn lists() -> Resource {
    let named = |id| TypeRef::Named(TypeId(id));
    let number = |wire: &str| arg(wire, wire, TypeRef::Prim(Prim::I32), false, MAIN, MemberKind::Element);
    let paging = Paging::Page {
        page: ArgId(0),
        size_arg: Some(ArgId(1)),
        first: 1,
        size: 200,
        items: Vec::new(),
        items_optional: false,
        total: None,
        item: named(0),
    };
    let operations = vec![
        Operation {
            paging: Some(paging),
            retry: Retry::Idempotent,
            ..operation("pages", "Streamed", vec![number("page"), number("size")], child(list(named(0)), array()))
        },
        operation("names", "Vec", Vec::new(), child(list(nullable(text())), array())),
        operation("fault", "Records", Vec::new(), child(named(6), MemberKind::Element)),
    ];
    Resource {
        module: ident("records"),
        feature: "records".to_owned(),
        ty: ident("SoapFault"),
        docs: Docs::default(),
        under: None,
        keys: Vec::new(),
        operations,
    }
}

/// The whole API.
pub(crate) fn api() -> Api {
    let element = |local: &str, ty| SchemePlace::Element { name: name(MAIN, local), ty };
    Api {
        package: "soap-zoo".to_owned(),
        title: "SOAP Zoo".to_owned(),
        about: "Everything at once".to_owned(),
        version: "1".to_owned(),
        protocol: Protocol::Soap { omit_empty: false },
        origin: "specs/soap-zoo/service.wsdl".to_owned(),
        docs: docs("The zoo."),
        servers: vec![Server { url: "http://zoo.test/zoo.asmx".to_owned(), docs: Docs::default() }],
        schemes: vec![
            Scheme {
                env: Some("ZOO".to_owned()),
                ..scheme("AuthenticationData", "authentication_data", element("AuthenticationData", TypeRef::Named(TypeId(3))))
            },
            scheme("Pin", "pin", element("Pin", TypeRef::Prim(Prim::Secret))),
        ],
        rate_limit: None,
        envelope: None,
        fault: None,
        types: types(),
        resources: vec![calls(), lists()],
        handles: Vec::new(),
        conversions: Vec::new(),
        modules: Vec::new(),
        examples: Vec::new(),
        quickstart: None,
    }
}
