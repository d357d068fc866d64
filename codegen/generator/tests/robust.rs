//! No input makes the generator panic or hang: specs changed at random (more of them with `PROPTEST_CASES=10000`), and specs built
//! to hurt.

#[path = "support/robust_wsdl.rs"]
mod wsdl;
#[path = "support/robust_xml.rs"]
mod xml;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use tms_codegen::diagnostic::{Tag, render};
use tms_codegen::{check, load, pipeline};

/// A spec that uses about every keyword once.
const SEED: &str = "tests/robust/openapi.yaml";
const SETTINGS: &str = "tests/robust/sdk.toml";

#[test]
fn the_seed_is_sound() {
    let lowered = pipeline::lower(Path::new("tests/robust"), Path::new("."));
    assert_eq!(render(&lowered.report, &lowered.sources), "", "random changes are to start from a sound spec");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_text_does_no_harm(changes in prop::collection::vec(text_change(), 1..4)) {
        let mut text = read(SEED);
        for change in &changes {
            text = change.apply(&text);
        }
        survive(&Folder::new("text").with("openapi.yaml", &text).with("sdk.toml", &read(SETTINGS)));
    }

    #[test]
    fn changed_settings_do_no_harm(changes in prop::collection::vec(text_change(), 1..4)) {
        let mut text = read(SETTINGS);
        for change in &changes {
            text = change.apply(&text);
        }
        survive(&Folder::new("settings").with("openapi.yaml", &read(SEED)).with("sdk.toml", &text));
    }

    #[test]
    fn changed_values_do_no_harm(changes in prop::collection::vec((any::<Index>(), value()), 1..4)) {
        let mut tree = seed();
        for (place, value) in &changes {
            let places = places(&tree);
            if let Some(target) = tree.pointer_mut(place.get(&places).as_str()) {
                *target = value.clone();
            }
        }
        survive(&Folder::new("values").with("openapi.json", &tree.to_string()).with("sdk.toml", &read(SETTINGS)));
    }

    #[test]
    fn moved_values_do_no_harm(moves in prop::collection::vec((any::<Index>(), any::<Index>()), 1..4)) {
        let mut tree = seed();
        for (from, to) in &moves {
            let places = places(&tree);
            let moved = tree.pointer(from.get(&places).as_str()).cloned().unwrap_or_default();
            if let Some(target) = tree.pointer_mut(to.get(&places).as_str()) {
                *target = moved;
            }
        }
        survive(&Folder::new("moves").with("openapi.json", &tree.to_string()).with("sdk.toml", &read(SETTINGS)));
    }
}

#[test]
fn deep_documents_are_refused() {
    for (name, text) in [
        ("openapi.json", format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000))),
        ("openapi.json", format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))),
        ("openapi.yaml", "[".repeat(100_000)),
        ("openapi.yaml", "- ".repeat(20_000)),
        ("openapi.yaml", (0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
    ] {
        let folder = Folder::new("deep").with(name, &text);
        let tags = survive(&folder);
        assert!(tags.contains(&Tag::NestingLimit) || tags.contains(&Tag::Syntax), "{name} {text:.40}: {tags:?}");
    }
}

#[test]
fn many_files_are_refused() {
    let mut folder = Folder::new("files").with("openapi.yaml", "openapi: 3.0.3\npaths:\n  /a:\n    $ref: f0.yaml\n");
    for index in 0..1100 {
        folder = folder.with(&format!("f{index}.yaml"), &format!("x-next:\n  $ref: f{}.yaml\n", index + 1));
    }
    assert!(survive(&folder).contains(&Tag::FileLimit));
}

#[test]
fn large_files_are_refused() {
    let folder = Folder::new("large").with("openapi.yaml", "");
    let file = fs::File::create(folder.0.join("openapi.yaml")).expect("a file");
    file.set_len((64 << 20) + 1).expect("room for a sparse file");
    assert!(survive(&folder).contains(&Tag::FileLimit));
}

#[test]
fn tangled_references_end() {
    // Each schema holds the next one twice: 2^60 paths lead through them.
    let schemas: String = (0..60)
        .map(|n| {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", (n + 1) % 60);
            format!("    S{n}: {{allOf: [{next}, {next}], oneOf: [{next}, {next}], required: [x], properties: {{p: {next}}}}}\n")
        })
        .collect();
    let chain: String = (0..5000).map(|n| format!("    C{n}: {{$ref: '#/components/schemas/C{}'}}\n", n + 1)).collect();
    let text = format!(
        "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        '200': {{content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/S0'}}}}}}}}\ncomponents:\n  schemas:\n{schemas}{chain}"
    );
    survive(&Folder::new("tangled").with("openapi.yaml", &text));
}

#[test]
fn json_is_what_serde_json_takes_for_it() {
    let lossless = r#"{"a": ["\ud83d\ude00\n\"\\", -0.5e-3, true, null, {}, [], ""], "b\u0041": {"": 1}}"#;
    for text in [lossless, "[1,2", "{\"a\":1,}", "01", "\"\\x\"", "\"\t\"", "nul", "[] []", "\"\\ud83d\"", "-", "1.", "\u{feff}{}"] {
        let folder = Folder::new("json").with("openapi.json", text);
        let loaded = load::api(&folder.0);
        let ours = loaded.sources.document().map(|document| document.node().to_json());
        let theirs: Option<Json> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
        assert_eq!(ours, theirs, "{text}");
    }
}

/// Runs the front half of the generator and shows what it says; answers the tags.
fn survive(folder: &Folder) -> Vec<Tag> {
    let lowered = pipeline::lower(&folder.0, &folder.0);
    let text = render(&lowered.report, &lowered.sources);
    assert_eq!(text.is_empty(), lowered.report.is_empty());
    for declared in check::declared(&lowered.sources) {
        lowered.report.blocks_operation(&declared.spot);
    }
    assert!(!lowered.report.iter().any(|diagnostic| diagnostic.tag() == Tag::Internal), "{text}");
    lowered.report.iter().map(tms_codegen::diagnostic::Diagnostic::tag).collect()
}

/// A folder below the target directory, emptied first.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("robust").join(name);
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("a folder for input");
        Self(path)
    }

    fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.0.join(name), text).expect("an input file");
        self
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).expect("a seed")
}

fn seed() -> Json {
    load::api(Path::new(SEED)).sources.document().expect("a sound seed").node().to_json()
}

/// Pointers to everything in a tree.
fn places(tree: &Json) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut waiting = vec![(String::new(), tree)];
    while let Some((pointer, value)) = waiting.pop() {
        let inner: Vec<(String, &Json)> = match value {
            Json::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
            Json::Object(members) => members.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect(),
            _ => Vec::new(),
        };
        for (step, value) in inner {
            let pointer = format!("{pointer}/{step}");
            found.push(pointer.clone());
            waiting.push((pointer, value));
        }
    }
    found
}

#[derive(Clone, Debug)]
enum TextChange {
    Cut(Index),
    DropLine(Index),
    RepeatLine(Index, Index),
    Insert(Index, String),
    Word(Index, String),
}

fn text_change() -> impl Strategy<Value = TextChange> {
    let index = any::<Index>;
    prop_oneof![
        1 => index().prop_map(TextChange::Cut),
        4 => index().prop_map(TextChange::DropLine),
        4 => (index(), index()).prop_map(|(from, to)| TextChange::RepeatLine(from, to)),
        4 => (index(), "[-\\[\\]{}:,&*#?|>'\"%@!~ \t\r\nä\u{1F600}0-9a]{1,4}").prop_map(|(at, text)| TextChange::Insert(at, text)),
        4 => (index(), word()).prop_map(|(at, text)| TextChange::Word(at, text)),
    ]
}

impl TextChange {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() {
            return String::new();
        }
        let boundary = |index: &Index| text.char_indices().map(|(at, _)| at).nth(index.index(text.chars().count())).unwrap_or(0);
        match self {
            Self::Cut(at) => return text[..boundary(at)].to_owned(),
            Self::DropLine(at) => {
                lines.remove(at.index(lines.len()));
            }
            Self::RepeatLine(from, to) => lines.insert(to.index(lines.len()), lines[from.index(lines.len())]),
            Self::Insert(at, new) => {
                let at = boundary(at);
                return format!("{}{new}{}", &text[..at], &text[at..]);
            }
            Self::Word(at, new) => {
                let at = at.index(lines.len());
                let line = lines[at].split_once(": ").map_or_else(|| new.clone(), |(key, _)| format!("{key}: {new}"));
                lines[at] = &line;
                return lines.join("\n");
            }
        }
        lines.join("\n")
    }
}

/// Words that mean something to OpenAPI, in the wrong place.
fn word() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "~",
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        ".nan",
        "[]",
        "{}",
        "''",
        "object",
        "array",
        "string",
        "integer",
        "oneOf",
        "allOf",
        "$ref",
        "'#'",
        "'#/'",
        "'#/components/schemas/Thing'",
        "'#/components/schemas/Tree'",
        "'#/paths/~1things/get'",
        "'other.yaml'",
        "'https://example.test/x'",
        "query",
        "path",
        "{$ref: '#/components/schemas/Thing'}",
        "'{id}'",
        "/things/{id}/{id}",
        "'/{'",
        "'Self'",
        "'type'",
        "'日本'",
        "'a\\b'",
        "&x [*x]",
        "!!binary a",
        "deepObject",
        "multipart/form-data",
        "'*/*'",
        "default",
    ])
    .prop_map(str::to_owned)
}

/// Values of every kind, small.
fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        word().prop_map(Json::from),
        select(vec!["#/components/schemas/Thing", "#/components/schemas/Tree", "#", "#/paths/~1things/get"])
            .prop_map(|target| serde_json::json!({ "$ref": target })),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((word(), inner), 0..4).prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}
