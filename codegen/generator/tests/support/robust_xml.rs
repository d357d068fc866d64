//! Files that are odd or built to hurt, as XML and as schemas.

use super::{Folder, survive};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;
use std::path::Path;
use tms_codegen::diagnostic::Tag;
use tms_codegen::{ir, pipeline};

const SEED: &str = "tests/robust-wsdl";

fn bytes(file: &str) -> Vec<u8> {
    fs::read(Path::new(SEED).join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The seed with the bytes of one file changed.
fn changed(name: &str, file: &str, text: &[u8]) -> Folder {
    let folder = Folder::new(name);
    for other in ["service.wsdl", "types.xsd", "sdk.toml"] {
        fs::write(folder.0.join(other), if other == file { text.to_vec() } else { bytes(other) }).expect("an input file");
    }
    folder
}

/// A service of one operation that answers with `t:Result`, and these definitions.
fn service(definitions: &str) -> String {
    format!(
        "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:soap='http://schemas.xmlsoap.org/wsdl/soap/' \
         xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'><types><xs:schema targetNamespace='urn:t'>\
         <xs:element name='Get'><xs:complexType/></xs:element><xs:element name='Got' type='t:Result'/>{definitions}</xs:schema></types>\
         <message name='In'><part name='p' element='t:Get'/></message><message name='Out'><part name='p' element='t:Got'/></message>\
         <portType name='P'><operation name='Get'><input message='t:In'/><output message='t:Out'/></operation></portType>\
         <binding name='B' type='t:P'><soap:binding transport='http://schemas.xmlsoap.org/soap/http'/><operation name='Get'>\
         <soap:operation soapAction=''/><input><soap:body use='literal'/></input><output><soap:body use='literal'/></output></operation>\
         </binding><service name='S'><port name='P' binding='t:B'><soap:address location='http://t.test/'/></port></service></definitions>"
    )
}

fn complex(name: &str, content: &str) -> String {
    format!("<xs:complexType name='{name}'>{content}</xs:complexType>")
}

/// The tags reported of a service with these definitions, and how many operations it has.
fn outcome(name: &str, definitions: &str) -> (Vec<Tag>, usize) {
    let folder = Folder::new(name).with("service.wsdl", &service(definitions));
    let tags = survive(&folder);
    let api = pipeline::lower(&folder.0, &folder.0).api;
    (tags, api.map_or(0, |api| api.resources.iter().map(|resource| resource.operations.len()).sum()))
}

#[derive(Clone, Debug)]
enum Change {
    Cut(Index),
    Swap(Index, Index),
    Double(Index, Index),
    Set(Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    prop_oneof![
        1 => index().prop_map(Change::Cut),
        4 => (index(), index()).prop_map(|(a, b)| Change::Swap(a, b)),
        4 => (index(), index()).prop_map(|(a, b)| Change::Double(a, b)),
        4 => (index(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
    ]
}

impl Change {
    fn apply(&self, mut text: Vec<u8>) -> Vec<u8> {
        if text.is_empty() {
            return text;
        }
        let len = text.len();
        match self {
            Self::Cut(at) => text.truncate(at.index(len)),
            Self::Swap(a, b) => text.swap(a.index(len), b.index(len)),
            Self::Double(a, b) => {
                let (a, b) = (a.index(len), b.index(len));
                let piece = text[a.min(b)..a.max(b).min(a.min(b) + 300)].to_vec();
                text.splice(b..b, piece);
            }
            Self::Set(at, byte) => text[at.index(len)] = *byte,
        }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_do_no_harm(file in select(vec!["service.wsdl", "types.xsd"]), changes in prop::collection::vec(change(), 1..6)) {
        let text = changes.iter().fold(bytes(file), |text, change| change.apply(text));
        survive(&changed("xml-bytes", file, &text));
    }
}

#[test]
fn every_encoding_says_the_same() {
    let text = String::from_utf8(bytes("types.xsd")).expect("UTF-8");
    let body = text.split_once("?>").map_or(text.as_str(), |(_, body)| body);
    let dump = |name: &str, text: &[u8]| {
        let lowered = pipeline::lower(&changed(name, "types.xsd", text).0, Path::new("."));
        ir::show(&lowered.api.expect("an API"), &|_| true)
    };
    let declared = |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{body}");
    let units = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let plain = dump("xml-plain", text.as_bytes());
    for (name, text) in [
        ("xml-none", body.trim_start().as_bytes().to_vec()),
        ("xml-mark", format!("\u{feff}{}", declared("utf-8")).into_bytes()),
        ("xml-utf16", units(&format!("\u{feff}{}", declared("UTF-16")), u16::to_le_bytes)),
        ("xml-utf16be", units(&format!("\u{feff}{}", declared("UTF-16")), u16::to_be_bytes)),
        ("xml-ascii", declared("windows-1252").into_bytes()),
    ] {
        assert_eq!(dump(name, &text), plain, "{name}");
    }
}

#[test]
fn endless_attributes_and_prefixes_are_read() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}='{n}'")).collect();
    let prefixes: String = (0..50_000).map(|n| format!(" xmlns:p{n}='urn:{n}'")).collect();
    let used: String = (0..50_000).map(|n| format!("<p{n}:x/>")).collect();
    let appinfo = format!("<xs:annotation><xs:appinfo{attributes}/><xs:appinfo{prefixes}>{used}</xs:appinfo></xs:annotation>");
    assert_eq!(outcome("xml-attributes", &complex("Result", &format!("{appinfo}<xs:sequence/>"))), (Vec::new(), 1));
}

#[test]
fn unknown_prefixes_and_names_without_number_end() {
    let names: String = (0..5_000).map(|n| format!("<xs:element name='e{n}' type='t:T{n}' x:y='1'/>\n")).collect();
    let (tags, operations) = outcome("xml-names", &complex("Result", &format!("<xs:sequence>{names}</xs:sequence>")));
    assert!(tags.contains(&Tag::UnknownName) && tags.contains(&Tag::UnknownPrefix), "{tags:?}");
    assert_eq!(operations, 0);
}

#[test]
fn wide_types_end() {
    let elements = |prefix: &str| (0..5_000).map(|n| format!("<xs:element name='{prefix}{n}' type='xs:int'/>")).collect::<String>();
    let words: String = (0..5_000).map(|n| format!("<xs:enumeration value='w{n}'/>")).collect();
    let content = format!(
        "<xs:sequence><xs:choice>{}</xs:choice><xs:choice maxOccurs='unbounded'>{}</xs:choice><xs:choice><xs:sequence>{}</xs:sequence>\
         <xs:sequence>{}</xs:sequence></xs:choice><xs:element name='word'><xs:simpleType><xs:restriction base='xs:string'>{words}\
         </xs:restriction></xs:simpleType></xs:element></xs:sequence>",
        elements("a"),
        elements("b"),
        elements("c"),
        elements("c"),
    );
    assert_eq!(outcome("xml-wide", &complex("Result", &content)), (Vec::new(), 1));
}

#[test]
fn long_chains_are_refused() {
    let chain = |link: &dyn Fn(usize) -> String| (0..2_000).map(link).collect::<String>();
    let types =
        chain(&|n| complex(&format!("C{n}"), &format!("<xs:complexContent><xs:extension base='t:C{}'/></xs:complexContent>", n + 1)));
    let simple = chain(&|n| format!("<xs:simpleType name='S{n}'><xs:restriction base='t:S{}'/></xs:simpleType>", n + 1));
    let groups = chain(&|n| format!("<xs:group name='G{n}'><xs:sequence><xs:group ref='t:G{}'/></xs:sequence></xs:group>", n + 1));
    let attributes = chain(&|n| format!("<xs:attributeGroup name='A{n}'><xs:attributeGroup ref='t:A{}'/></xs:attributeGroup>", n + 1));
    let heads = chain(&|n| format!("<xs:element name='E{n}' substitutionGroup='t:E{}'/>", n + 1));
    let ends = "<xs:complexType name='C2000'/><xs:simpleType name='S2000'><xs:restriction base='xs:string'/></xs:simpleType><xs:group \
                name='G2000'><xs:sequence/></xs:group><xs:attributeGroup name='A2000'/><xs:element name='E2000' type='xs:string'/>";
    for (name, result) in [
        ("types", "<xs:sequence><xs:element name='x' type='t:C0'/></xs:sequence>"),
        ("simple", "<xs:sequence><xs:element name='x' type='t:S0'/></xs:sequence>"),
        ("groups", "<xs:group ref='t:G0'/>"),
        ("attributes", "<xs:attributeGroup ref='t:A0'/>"),
    ] {
        let (tags, operations) = outcome(name, &format!("{types}{simple}{groups}{attributes}{ends}{}", complex("Result", result)));
        assert!(tags.contains(&Tag::DefinitionCycle), "{name}: {tags:?}");
        assert_eq!(operations, 0, "{name}");
    }
    let head = complex("Result", "<xs:sequence><xs:element ref='t:E2000'/></xs:sequence>");
    let (_, operations) = outcome("heads", &format!("{heads}{ends}<xs:complexType name='Other'/>{head}"));
    assert_eq!(operations, 1, "substitution groups may be of any depth");
}

#[test]
fn endless_imports_are_refused() {
    let schema = |next: usize| {
        format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'><xs:include schemaLocation='f{next}.xsd'/></xs:schema>"
        )
    };
    let first = "<xs:include schemaLocation='f0.xsd'/>";
    let mut folder = Folder::new("xml-files").with("service.wsdl", &service(&format!("{first}{}", complex("Result", ""))));
    for index in 0..1_100 {
        folder = folder.with(&format!("f{index}.xsd"), &schema(index + 1));
    }
    assert!(survive(&folder).contains(&Tag::FileLimit));
}
