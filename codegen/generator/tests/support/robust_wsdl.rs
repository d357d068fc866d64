//! The same for WSDL and XML Schema.

use super::{Folder, TextChange, read, survive, text_change};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::path::Path;
use tms_codegen::diagnostic::{Tag, render};
use tms_codegen::pipeline;

/// A spec that uses about every construct once.
const FILES: [&str; 3] = ["service.wsdl", "types.xsd", "sdk.toml"];

fn seed(file: &str) -> String {
    read(&format!("tests/robust-wsdl/{file}"))
}

/// The seed with one file changed.
fn changed(name: &str, file: &str, text: &str) -> Folder {
    let others = FILES.iter().filter(|other| **other != file);
    others.fold(Folder::new(name), |folder, other| folder.with(other, &seed(other))).with(file, text)
}

#[test]
fn the_seed_is_sound() {
    let lowered = pipeline::lower(Path::new("tests/robust-wsdl"), Path::new("."));
    assert_eq!(render(&lowered.report, &lowered.sources), "", "random changes are to start from a sound spec");
    assert_eq!(lowered.declared, 4);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_text_does_no_harm(file in select(FILES.to_vec()), changes in prop::collection::vec(text_change(), 1..4)) {
        let text = changes.iter().fold(seed(file), |text, change: &TextChange| change.apply(&text));
        survive(&changed("wsdl-text", file, &text));
    }

    #[test]
    fn changed_attributes_do_no_harm(file in select(FILES[..2].to_vec()), changes in prop::collection::vec((any::<Index>(), value()), 1..5)) {
        let mut text = seed(file);
        for (place, value) in &changes {
            let values = values(&text);
            let (start, end) = values[place.index(values.len())];
            text.replace_range(start..end, value);
        }
        survive(&changed("wsdl-attributes", file, &text));
    }

    #[test]
    fn moved_elements_do_no_harm(file in select(FILES[..2].to_vec()), moves in prop::collection::vec((any::<Index>(), any::<Index>()), 1..4)) {
        let mut text = seed(file);
        for (from, to) in &moves {
            let tags = tags(&text);
            let (start, end) = tags[from.index(tags.len())];
            let (target, _) = tags[to.index(tags.len())];
            let moved = text[start..end].to_owned();
            text.insert_str(target, &moved);
        }
        survive(&changed("wsdl-moves", file, &text));
    }
}

/// Where the values of attributes stand.
fn values(text: &str) -> Vec<(usize, usize)> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    quotes.chunks_exact(2).map(|pair| (pair[0] + 1, pair[1])).collect()
}

/// Where tags that are whole elements stand.
fn tags(text: &str) -> Vec<(usize, usize)> {
    let ends = text.match_indices("/>").map(|(at, _)| at + 2);
    ends.filter_map(|end| Some((text[..end].rfind('<')?, end))).collect()
}

/// Values that mean something somewhere.
fn value() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "tns:Load",
        "tns:Item",
        "t:Item",
        "t:Book",
        "t:Thing",
        "t:Extras",
        "t:ArrayOfItem",
        "tns:LoadIn",
        "tns:ShopSoap",
        "tns:Shop",
        "xs:int",
        "xs:anyType",
        "xs:IDREFS",
        "x:y",
        ":",
        "a b",
        "0",
        "-1",
        "99999999999999999999",
        "unbounded",
        "true",
        "encoded",
        "rpc",
        "urn:shop",
        "types.xsd",
        "service.wsdl",
        "../robust-wsdl/types.xsd",
        "/etc/passwd",
        "http://example.test/types.xsd",
        "http://www.w3.org/2001/XMLSchema",
        "http://schemas.xmlsoap.org/wsdl/",
        "http://schemas.xmlsoap.org/wsdl/soap12/",
        "Self",
        "type",
        "日本",
        "&#x10FFFF;",
        "&lt;",
    ])
}

#[test]
fn deep_documents_are_refused() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert!(survive(&changed("wsdl-deep", "service.wsdl", &deep)).contains(&Tag::NestingLimit));
    let open = "<a>".repeat(100_000);
    assert!(survive(&changed("wsdl-open", "service.wsdl", &open)).contains(&Tag::NestingLimit));
}

#[test]
fn entities_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
    assert!(survive(&changed("wsdl-bomb", "service.wsdl", bomb)).contains(&Tag::DocumentType));
    let file = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><a>&a;</a>";
    assert!(survive(&changed("wsdl-file", "service.wsdl", file)).contains(&Tag::DocumentType));
}

#[test]
fn tangled_schemas_end() {
    // Each type extends and holds the next one twice, each group uses two others: 2^60 paths lead through them.
    let types: String = (0..60)
        .map(|n| {
            let next = (n + 1) % 60;
            format!(
                "<xs:complexType name='T{n}'><xs:complexContent><xs:extension base='t:T{next}'><xs:sequence><xs:group ref='t:G{n}'/>\
                 <xs:element name='a' type='t:T{next}'/><xs:element name='b' type='t:T{next}'/></xs:sequence></xs:extension>\
                 </xs:complexContent></xs:complexType><xs:group name='G{n}'><xs:sequence><xs:group ref='t:G{next}'/><xs:group \
                 ref='t:G{next}'/></xs:sequence></xs:group><xs:element name='E{n}' type='t:T{n}' substitutionGroup='t:E{next}'/>"
            )
        })
        .collect();
    let text = seed("types.xsd").replace("</xs:schema>", &format!("{types}</xs:schema>"));
    let text = text.replace("type=\"xs:anyType\"", "type=\"t:T0\"");
    survive(&changed("wsdl-tangled", "types.xsd", &text));
}

#[test]
fn groups_that_double_end() {
    // No circle, but 2^40 elements if all were written out.
    let groups: String = (0..40)
        .map(|n| {
            let inner = if n == 39 {
                "<xs:element name='x' type='xs:int'/>".to_owned()
            } else {
                format!("<xs:group ref='t:D{0}'/><xs:group ref='t:D{0}'/>", n + 1)
            };
            format!("<xs:group name='D{n}'><xs:sequence>{inner}</xs:sequence></xs:group>")
        })
        .collect();
    let text = seed("types.xsd").replace("</xs:schema>", &format!("{groups}</xs:schema>")).replace("t:Extras\"/>", "t:D0\"/>");
    survive(&changed("wsdl-doubling", "types.xsd", &text));
}
