//! What holds for every value and every text.

mod xml_support;

use proptest::prelude::*;
use proptest::string::string_regex;
use roxmltree::{Document, Node};
use tms_runtime::codegen::{Base64, DateTime, Decimal, FromXml, Patch, QName, Secret, Tokens, Xml};
use tms_runtime::xml::{self, Reader};
use xml_support::{BUG, Bug, Color, Item, More, Part, bug, read, survives};

/// An element: prefix, name, whether it declares a namespace of its own for the prefix, attributes, content.
#[derive(Clone, Debug)]
struct Tree {
    prefix: usize,
    declares: Option<usize>,
    name: String,
    attributes: Vec<(usize, String)>,
    content: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Element(Tree),
    Text(String),
    Raw(&'static str),
}

const PREFIXES: &[&str] = &["", "p", "q", "r"];
const NAMESPACES: &[&str] = &["urn:a", "urn:b", "urn:&amp;c", "urn:d"];

fn trees() -> impl Strategy<Value = Tree> {
    let head = (0..PREFIXES.len(), proptest::option::of(0..NAMESPACES.len()), "[a-z][a-z0-9.-]{0,3}");
    let attributes = proptest::collection::vec((0..PREFIXES.len(), "[ -~é]{0,6}"), 0..4);
    let leaf = prop_oneof![
        "[ -~\\n\\té]{0,8}".prop_map(Piece::Text),
        prop::sample::select(&["<!-- p:x -->", "<?pi p:x?>", "<![CDATA[<p:x>&]]>", "&#x41;", "&quot;"]).prop_map(Piece::Raw),
    ];
    let tree = (head.clone(), attributes.clone()).prop_map(|((prefix, declares, name), attributes)| Tree {
        prefix,
        declares,
        name,
        attributes,
        content: Vec::new(),
    });
    tree.prop_recursive(5, 30, 4, move |inner| {
        let content = proptest::collection::vec(prop_oneof![leaf.clone(), inner.prop_map(Piece::Element)], 0..5);
        (head.clone(), attributes.clone(), content).prop_map(|((prefix, declares, name), attributes, content)| Tree {
            prefix,
            declares,
            name,
            attributes,
            content,
        })
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&apos;")
}

fn qualified(prefix: usize, name: &str) -> String {
    if prefix == 0 { name.to_owned() } else { format!("{}:{name}", PREFIXES[prefix]) }
}

fn print(tree: &Tree, text: &mut String) {
    let name = qualified(tree.prefix, &tree.name);
    text.push_str(&format!("<{name}"));
    if let Some(namespace) = tree.declares {
        let colon = if tree.prefix == 0 { "" } else { ":" };
        text.push_str(&format!(" xmlns{colon}{}='{}'", PREFIXES[tree.prefix], NAMESPACES[namespace]));
    }
    for (index, (prefix, value)) in tree.attributes.iter().enumerate() {
        text.push_str(&format!(" {}='{}'", qualified(*prefix, &format!("a{index}")), escaped(value)));
    }
    text.push('>');
    for piece in &tree.content {
        match piece {
            Piece::Element(tree) => print(tree, text),
            Piece::Text(piece) => text.push_str(&escaped(piece)),
            Piece::Raw(piece) => text.push_str(piece),
        }
    }
    text.push_str(&format!("</{name}>"));
}

/// What a document means: names with namespaces, attributes, texts.
fn meaning(node: Node<'_, '_>, root: bool, meaning: &mut String) {
    if node.is_text() {
        return meaning.push_str(&format!("{:?}", node.text()));
    }
    if !node.is_element() {
        return;
    }
    let name = if root { "root" } else { node.tag_name().name() };
    let namespace = if root { None } else { node.tag_name().namespace() };
    meaning.push_str(&format!("<{}|{name}", namespace.unwrap_or_default()));
    for attribute in node.attributes() {
        meaning.push_str(&format!(" {:?}|{}={:?}", attribute.namespace(), attribute.name(), attribute.value()));
    }
    meaning.push('>');
    // Comments and instructions cut texts in pieces, which say nothing.
    let mut inner = String::new();
    node.children().for_each(|child| self::meaning(child, false, &mut inner));
    meaning.push_str(&inner.replace(")Some(", "").replace("\"\"", ""));
    meaning.push_str("</>");
}

fn means(text: &str) -> String {
    let mut text_of = String::new();
    meaning(Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}")).root_element(), true, &mut text_of);
    text_of
}

fn bugs() -> impl Strategy<Value = Bug> {
    let text = || string_regex("([ -~]|[\\t\\n\\r]|[é🐢\u{fffd}\u{85}\u{2028}]){0,9}").expect("an expression");
    let word = "[!-~é]{1,5}";
    let part = move || (any::<Option<i32>>(), proptest::option::of(text())).prop_map(|(id, lang)| Part { id, lang, ..Part::default() });
    let nested = move || (part(), proptest::option::of(part())).prop_map(|(outer, inner)| Part { part: inner.map(Box::new), ..outer });
    let item = prop_oneof![
        text().prop_map(Item::Book),
        any::<Option<i32>>().prop_map(Item::Dvd),
        nested().prop_map(|part| Item::Part(Box::new(part))),
    ];
    let first = (any::<i32>(), proptest::option::of(text()), any::<Option<bool>>(), any::<Option<i64>>(), any::<Option<u64>>());
    let numbers = (
        any::<f64>(),
        any::<f32>(),
        prop_oneof![Just(Patch::Absent), Just(Patch::Null), "-?[0-9]{1,40}(\\.[0-9]{0,9})?".prop_map(|text| decimal(&text))],
    );
    let words = (proptest::option::of(word.prop_map(|word| Color::from(word.as_str()))), proptest::collection::vec(any::<i32>(), 0..4));
    let lists = (
        proptest::collection::vec(nested(), 0..3),
        proptest::collection::vec(proptest::option::of(text()), 0..3),
        proptest::collection::vec(any::<i32>(), 0..3),
        proptest::option::of(proptest::collection::vec(proptest::option::of(nested()), 0..3)),
        prop_oneof![Just(Patch::Absent), Just(Patch::Null), proptest::collection::vec(text(), 0..3).prop_map(Patch::Value)],
        proptest::collection::vec(item, 0..4),
    );
    let others = (proptest::collection::vec(any::<u8>(), 0..9), text(), text(), text(), "[0-9T:-]{0,20}");
    let more = (
        any::<Option<i32>>(),
        proptest::option::of(text()),
        prop_oneof![Just(Patch::Absent), Just(Patch::Null), any::<i32>().prop_map(Patch::Value)],
        proptest::collection::vec(any::<i32>(), 0..3),
        proptest::option::of(proptest::collection::vec(text(), 0..3)),
        proptest::option::of(part()),
    );
    let more = more.prop_map(|(page, text, mark, marks, tags, sub)| More { page, text, mark, marks, tags, sub, ..More::default() });
    // One without members is none.
    let more = proptest::option::of(more).prop_map(|more| more.filter(|more| *more != More::default()).map(Box::new));
    (first, numbers, words, lists, others, more).prop_map(|(first, numbers, words, lists, others, more)| Bug {
        more,
        id: first.0,
        title: first.1,
        open: first.2,
        big: first.3,
        huge: first.4,
        ratio: Some(numbers.0),
        small: Some(numbers.1),
        amount: numbers.2,
        color: words.0,
        words: Some(Tokens(words.1)),
        parts: lists.0,
        names: lists.1,
        projects: lists.2,
        users: lists.3,
        links: lists.4,
        items: lists.5,
        file: Some(Base64(others.0)),
        pass: Some(Secret::from(others.1)),
        lang: Some(others.2),
        note: Some(Xml::from_text(&others.3)),
        due: Some(DateTime::from(others.4)),
        ..bug()
    })
}

fn decimal(text: &str) -> Patch<Decimal> {
    Patch::Value(text.parse().expect("a decimal number"))
}

const SCALARS: &[&str] =
    &["Open", "Big", "Huge", "Ratio", "Small", "Amount", "File", "Words", "Id", "Project", "dvd", "Page", "Mark", "Marks"];
const TEXTS: &[&str] = &["Title", "Due", "Pass", "Color", "Name", "Link", "book", "Text", "Tag"];
/// Elements without a text of their own; of the first four, each is the whole of a list.
const RECORDS: &[&str] = &["Projects", "Users", "Links", "Tags", "Part", "User", "part", "Sub"];

/// A bug that is damaged wherever `choose` says so: the text, the text without the elements to blame, how many these are, and
/// what was put where it does not fit.
fn damaged(text: &str, mut choose: impl FnMut() -> u8) -> (String, String, usize, Vec<String>) {
    let document = Document::parse(text).expect("XML");
    let mut changes = Vec::new();
    let (mut blamed, mut damage): (Vec<std::ops::Range<usize>>, _) = (Vec::new(), Vec::new());
    for node in document.descendants().filter(|node| node.is_element() && !node.children().any(|child| child.is_element())) {
        let (name, parent) = (node.tag_name().name(), node.parent_element());
        let Some(parent) = parent.filter(|parent| parent.tag_name().name() != "Note") else { continue };
        let is_nil = node.attributes().any(|attribute| attribute.name() == "nil");
        let must_be_there = name == "Id" && parent.tag_name().name() == "Bug";
        let choice = choose();
        if is_nil || must_be_there || choice & 3 > 0 {
            continue;
        }
        let word = format!("†{};", damage.len());
        let nested = format!("<x>{word}</x>");
        let content = match () {
            () if RECORDS.contains(&name) => word.clone(),
            () if TEXTS.contains(&name) => nested,
            () if SCALARS.contains(&name) => {
                if choice < 128 {
                    nested
                } else {
                    word.clone()
                }
            }
            () => continue,
        };
        let raw = &text[node.range()];
        let start = raw.strip_suffix("/>").unwrap_or_else(|| &raw[..raw.find('>').expect("a start tag")]);
        changes.push((node.range(), format!("{start}>{content}</{name}>")));
        blamed.push(if RECORDS[..4].contains(&parent.tag_name().name()) { parent.range() } else { node.range() });
        damage.push(word);
    }
    blamed.dedup();
    let outermost =
        blamed.iter().filter(|range| !blamed.iter().any(|outer| outer != *range && outer.start <= range.start && range.end <= outer.end));
    let removed: Vec<_> = outermost.map(|range| (range.clone(), String::new())).collect();
    (changed(text, &changes), changed(text, &removed), removed.len(), damage)
}

fn changed(text: &str, changes: &[(std::ops::Range<usize>, String)]) -> String {
    let mut text = text.to_owned();
    changes.iter().rev().for_each(|(range, new)| text.replace_range(range.clone(), new));
    text
}

/// Takes away all that was kept beside the fields, and counts it.
fn take_kept(bug: &mut Bug) -> usize {
    fn of_part(part: &mut Part) -> usize {
        std::mem::take(&mut part.extra).names().count() + part.part.as_mut().map_or(0, |part| of_part(part))
    }
    let mut count = std::mem::take(&mut bug.extra).names().count();
    count += bug.parts.iter_mut().map(of_part).sum::<usize>();
    count += bug.more.iter_mut().flat_map(|more| &mut more.sub).map(of_part).sum::<usize>();
    count += bug.users.iter_mut().flatten().flatten().map(of_part).sum::<usize>();
    let parts = bug.items.iter_mut().filter_map(|item| if let Item::Part(part) = item { Some(&mut **part) } else { None });
    count + parts.map(of_part).sum::<usize>()
}

/// The fuzz target's seeds are worth to begin with.
#[test]
fn seeds_are_read() {
    let seeds = [
        include_str!("../fuzz/seeds/xml/full"),
        include_str!("../fuzz/seeds/xml/nil"),
        include_str!("../fuzz/seeds/xml/odd"),
        include_str!("../fuzz/seeds/xml/prefixed"),
    ];
    for seed in seeds {
        read::<Bug>(seed).unwrap_or_else(|error| panic!("{error} in {seed}"));
        survives(seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_reads_back(bug in bugs()) {
        let text = xml::to_string(BUG, &bug).expect("XML");
        prop_assert_eq!(read::<Bug>(&text), Ok(bug), "{}", text);
        means(&text);
    }

    /// Texts that do not fit cost the members they stand in, and nothing else, and are not lost.
    #[test]
    fn what_does_not_fit_costs_nothing_else(bug in bugs(), choices in proptest::collection::vec(any::<u8>(), 1..20)) {
        let text = xml::to_string(BUG, &bug).expect("XML");
        let mut choices = choices.iter().cycle();
        let (text, without, count, damage) = damaged(&text, || *choices.next().expect("endless"));
        let expected = read::<Bug>(&without).expect("a bug");
        let bug = read::<Bug>(&text);
        prop_assert!(bug.is_ok(), "{:?} in {}", bug, text);
        let bug = bug.expect("a bug");

        let again = xml::to_string(BUG, &bug).expect("XML");
        for word in damage {
            prop_assert_eq!(again.matches(&word).count(), 1, "{} in {}", word, again);
        }
        prop_assert_eq!(read::<Bug>(&again), Ok(bug.clone()), "{}", again);

        // One at a time, the same.
        let list = format!("<l a='1'>{text}<!-- --> {text}</l>");
        let mut reader = Reader::new(&list);
        reader.root().expect("a list");
        for _ in 0..2 {
            reader = Reader::resume(&list, reader.pause());
            prop_assert!(reader.child().expect("an entry"));
            let mut entry = Bug::blank();
            entry.read(&mut reader).expect("a bug");
            prop_assert_eq!(&entry, &bug);
        }
        prop_assert!(!reader.child().expect("the end"));
        prop_assert!(reader.finish().is_ok());

        let mut rest = bug;
        prop_assert_eq!(take_kept(&mut rest), count, "{}", text);
        prop_assert_eq!(rest, expected, "{}", text);
    }

    #[test]
    fn every_string_reads_back_or_is_refused(text in any::<String>()) {
        match xml::to_string(QName("urn:a", "a"), &text) {
            Ok(written) => {
                prop_assert_eq!(read::<String>(&written), Ok(text.clone()), "{}", written);
                let document = Document::parse(&written).expect("XML");
                prop_assert_eq!(document.root_element().text().unwrap_or_default(), text);
            }
            Err(error) => {
                let illegal = text.contains(|c| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'));
                prop_assert!(illegal, "{}", error);
            }
        }
    }

    /// `roxmltree` is the judge: what is kept as text means what it meant, wherever it is put.
    #[test]
    fn what_is_kept_means_the_same(tree in trees()) {
        let mut text = String::new();
        print(&tree, &mut text);
        let text = format!("<x xmlns='urn:x' xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'>{text}</x>");
        let kept = read::<Xml>(&text).expect("XML");
        let document = kept.to_document();
        prop_assert_eq!(means(&text), means(&document), "{}\n{}", text, document);
        prop_assert_eq!(read::<Xml>(&document), Ok(kept));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([<>/&;='\"! -]|<[ab]>|</[ab]>|<!--|-->|<\\?|\\?>|<!\\[CDATA\\[|\\]\\]>|&amp;|xmlns|a|b|é){0,30}") {
        survives(&text);
        survives(&format!("<Bug xmlns='urn:a'><Id>1</Id>{text}</Bug>"));
        survives(&format!("<Bug xmlns='urn:a'><Id>1</Id><New {text}/></Bug>"));
        survives(&format!("<Bug xmlns='urn:a'><Id>1</Id><New>{text}</New></Bug>"));
        survives(&format!("<Bug xmlns='urn:a'><Id>1</Id><Big {text}/></Bug>"));
        survives(&format!("<Bug xmlns='urn:a'><Id>1</Id><Big>{text}</Big><Part>{text}</Part><Links>{text}</Links><book>{text}</book></Bug>"));
    }

    /// Whatever we read, `roxmltree` reads the same; it may also read what we refuse.
    #[test]
    fn what_is_read_is_xml(text in "(<[ab]>|</[ab]>|<a/>|<!--|-->|<\\?|\\?>|<!\\[CDATA\\[|\\]\\]|&amp;|&#x?[0-9a-f]{1,3};|a|b|é| ){0,20}") {
        let text = format!("<a>{text}</a>");
        if let Ok(kept) = read::<Xml>(&text) {
            prop_assert_eq!(means(&text), means(&kept.to_document()));
        }
    }
}
