//! Pointers lead to the right line, column and text, whatever the file looks like.

use std::fs;
use std::path::Path;
use tms_codegen::load;
use tms_codegen::source::{Location, Pointer, Sources, Spot};

/// A file, a pointer, and where its key and value stand: `line:column text`.
struct Case {
    file: &'static str,
    text: &'static str,
    pointer: &'static str,
    key: &'static str,
    value: &'static str,
}

const CASES: &[Case] = &[
    Case { file: "a.yaml", text: "a:\n  b: one\n", pointer: "/a/b", key: "2:3 b", value: "2:6 one" },
    Case { file: "a.yaml", text: "a:\n  b: one\n", pointer: "/a", key: "1:1 a", value: "1:1 a" },
    Case { file: "a.yaml", text: "ä: 'ö'\n日本: {é: [ü, \"x\"]}\n", pointer: "/日本/é/1", key: "2:13 \"x\"", value: "2:13 \"x\"" },
    Case { file: "a.yaml", text: "a: 1\r\nb:\r\n  - c: two\r\n", pointer: "/b/0/c", key: "3:5 c", value: "3:8 two" },
    Case { file: "a.yaml", text: "\u{feff}a: 1\nb: 2\n", pointer: "/b", key: "2:1 b", value: "2:4 2" },
    Case { file: "a.yaml", text: "a: [x,  y]  # note\n", pointer: "/a", key: "1:1 a", value: "1:4 [x,  y]" },
    Case { file: "a.yaml", text: "a: plain text  # note\n", pointer: "/a", key: "1:1 a", value: "1:4 plain text" },
    Case { file: "a.yaml", text: "\"a b\": |\n  long\n  text\nz: 1\n", pointer: "/a b", key: "1:1 \"a b\"", value: "2:3 long" },
    Case { file: "a.yaml", text: "a:\nb: 1\n", pointer: "/a", key: "1:1 a", value: "1:1 a" },
    Case { file: "a.yaml", text: "x: &x {k: v}\na: *x\n", pointer: "/a/k", key: "1:8 k", value: "1:11 v" },
    Case { file: "a.yaml", text: "x: &x\n  k: v\n  l: v\na:\n  <<: *x\n  l: w\n", pointer: "/a/k", key: "2:3 k", value: "2:6 v" },
    Case { file: "a.yaml", text: "x: &x\n  k: v\n  l: v\na:\n  <<: *x\n  l: w\n", pointer: "/a/l", key: "6:3 l", value: "6:6 w" },
    Case { file: "a.yaml", text: "/a~b/{id}: 1\n", pointer: "/~1a~0b~1{id}", key: "1:1 /a~b/{id}", value: "1:12 1" },
    Case { file: "a.yaml", text: "200: ok\n", pointer: "/200", key: "1:1 200", value: "1:6 ok" },
    Case { file: "a.json", text: "{\n\t\"a\": {\"b\\n\": [1, -2.5e3]}\n}", pointer: "/a/b\n/1", key: "2:19 -2.5e3", value: "2:19 -2.5e3" },
    Case { file: "a.json", text: "{\"😀\": \"\\ud83d\\ude00\"}", pointer: "/😀", key: "1:2 \"😀\"", value: "1:7 \"\\ud83d\\ude00\"" },
    Case {
        file: "a.wsdl",
        text: "<a>\r\n  <b x='1'  y = \"zwei\"\n/><c/></a>",
        pointer: "/0",
        key: "2:3 <b x='1'  y = \"zwei\"",
        value: "2:3 <b x='1'  y = \"zwei\"",
    },
    Case { file: "a.wsdl", text: "<a>\r\n  <b x='1'  y = \"zwei\"\n/><c/></a>", pointer: "/0/@y", key: "2:13 y", value: "2:18 zwei" },
    Case { file: "a.wsdl", text: "<a>\r\n  <b x='1'  y = \"zwei\"\n/><c/></a>", pointer: "/1", key: "3:3 <c/>", value: "3:3 <c/>" },
    Case {
        file: "a.wsdl",
        text: "\u{feff}<?xml version='1.0'?><!-- é --><é é='&#228;&amp;' p:q='' xmlns:p='p'/>",
        pointer: "/@é",
        key: "1:35 é",
        value: "1:38 &#228;&amp;",
    },
    Case {
        file: "a.wsdl",
        text: "\u{feff}<?xml version='1.0'?><!-- é --><é é='&#228;&amp;' p:q='' xmlns:p='p'/>",
        pointer: "/@p:q",
        key: "1:51 p:q",
        value: "1:51 p:q",
    },
    Case { file: "a.wsdl", text: "<a>text<b/><![CDATA[<x/>]]><c d='1'/></a>", pointer: "/1/@d", key: "1:31 d", value: "1:34 1" },
    Case { file: "a.wsdl", text: "<a><b/></a>", pointer: "/0/7/@x", key: "1:4 <b/>", value: "1:4 <b/>" },
    // A pointer that leads nowhere shows the nearest thing above.
    Case { file: "a.yaml", text: "a:\n  b: one\n", pointer: "/a/b/c/d", key: "2:3 b", value: "2:3 b" },
];

#[test]
fn pointers_lead_to_their_text() {
    for (index, case) in CASES.iter().enumerate() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("positions").join(index.to_string());
        fs::create_dir_all(&folder).expect("a folder for input");
        fs::write(folder.join(case.file), case.text).expect("an input file");
        let loaded = load::api(&folder.join(case.file));
        assert!(loaded.report.is_empty(), "{:?} is loaded", case.text);
        let file = loaded.sources.document().map(|root| root.file()).or_else(|| loaded.sources.wsdl().map(|root| root.file()));
        let file = file.expect("a document");
        let spot = Spot { file, pointer: Pointer::from_fragment(case.pointer).expect("a pointer") };
        let found = [Location::key(&spot), Location::value(&spot)].map(|location| shown(&loaded.sources, &location));
        assert_eq!(found, [case.key, case.value], "{:?} at {}", case.text, case.pointer);
    }
}

fn shown(sources: &Sources, location: &Location) -> String {
    let at = sources.position(location).expect("a position");
    let text = &sources.file(at.file).expect("a file").text[at.span.start..at.span.end];
    format!("{}:{} {text}", at.line, at.column)
}
