//! What a server may send, and what a user is told of it.

mod xml_support;

use tms_runtime::codegen::{Decimal, Patch, Xml, XmlExtra, record};
use xml_support::{Bug, Item, Part, bug, read, reads, written};

/// A bug with this in it.
fn whole(inner: &str) -> String {
    format!("<Bug xmlns='urn:a' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>{inner}</Bug>")
}

#[test]
fn what_says_the_same_reads_the_same() {
    let mut expected = bug();
    expected.title = Some("a<b".into());
    expected.amount = Patch::Value(Decimal::from(5));
    for text in [
        "<Bug xmlns='urn:a'><Id>1</Id><Title>a&lt;b</Title><Amount>5</Amount></Bug>",
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<!-- x -->\n<Bug xmlns='urn:a'>\n <Amount> 5 </Amount>\n <Title>a&#60;b</Title>\n <Id>\n1</Id></Bug>\n<!-- x -->",
        "<b:Bug xmlns:b='urn:a'><b:Id>1</b:Id><b:Title>a<![CDATA[<b]]></b:Title><b:Amount>5</b:Amount></b:Bug>",
        "<b:Bug xmlns:b='urn:a' xmlns='urn:x'><c:Id xmlns:c='urn:a'>1</c:Id><Title xmlns='urn:a'>a&lt;<!-- x -->b</Title><b:Amount>5</b:Amount></b:Bug>",
        "<Bug xmlns='urn:a'><Id>1</Id><?x y?><Title x='y'>a&#x3c;<?x?>b</Title ><!-- </Bug> --><Amount\n>5</Amount\t></Bug>",
        "<b:Bug xmlns:b='urn:&#97;'><x:Title xmlns:x=\"urn:a\">a&lt;b</x:Title><b:Id>1</b:Id><b:Amount>5</b:Amount></b:Bug>",
        "<Bug xmlns='urn:a' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><Id i:nil='0'>1</Id><Due i:nil='true'/><Title i:type='x'>a&lt;b</Title><Amount>5</Amount></Bug>",
    ] {
        let mut read = read::<Bug>(text);
        if let Ok(bug) = &mut read {
            bug.extra = Default::default();
        }
        assert_eq!(read.as_ref(), Ok(&expected), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let cases = [
        ("", "Bug: missing element `Id` (byte 71)"),
        ("<Id xmlns='urn:b'>1</Id>", "Bug: missing element `Id` (byte 71)"),
        ("<Id xmlns=''>1</Id>", "Bug: missing element `Id` (byte 71)"),
        ("<Id>1</Id><Id>2</Id>", "Bug/Id: the element may come only once (byte 85)"),
        ("<Id>1</Id><Projects/><Projects/>", "Bug/Projects: the element may come only once (byte 103)"),
        ("<Id i:nil='true'/>", "Bug/Id: is nil, but a value is required (byte 89)"),
        ("<Id i:nil='yes'/>", "Bug/Id: expected a boolean as `xsi:nil` (byte 88) at `yes`"),
        ("<Id>1</Id>text", "Bug: expected elements, found text (byte 81)"),
        ("<Id>1</Id>&lt;", "Bug: expected elements, found text (byte 81)"),
        ("<Id>1</Id><![CDATA[x]]>", "Bug: expected elements, found text (byte 81)"),
        // What comes twice is nobody's to choose from, however optional.
        ("<Id>1</Id><Due/><Due/>", "Bug/Due: the element may come only once (byte 93)"),
        ("<Id>1</Id><Big>x</Big><Big>1</Big>", "Bug/Big: the element may come only once (byte 98)"),
        ("<Id>1</Id><Part/><Part><Id>1</Id><Id>2</Id></Part>", "Bug/Part[1]/Id: the element may come only once (byte 108)"),
        ("<Id>1</Id><Part xmlns:p='urn:b' xmlns:q='urn:b' p:lang='1' q:lang='2'/>", "Bug/Part[0]: an attribute comes twice (byte 142)"),
        (
            "<Id>1</Id><Price currency='E' tags='red' xml:lang='&#2;'>x</Price>",
            "Bug/Price/@lang: `&#2;` is no character that XML allows (byte 128)",
        ),
        // What does not fit must still be XML.
        ("<Id>1</Id><Big>x<y></Big>", "Bug/Big/y: expected `</y>`, found another end tag (byte 90)"),
        ("<Id>1</Id><Big>x&y;</Big>", "Bug/Big: the entity `&y;` is not one of the five of XML; others are refused (byte 87)"),
        ("<Id>1</Id><Part/><Part>x<y:z/></Part>", "Bug/Part: the prefix `y` is not declared (byte 95)"),
        ("<Id>1</Id><Part><Id>x</Id>", "Bug/Part[0]: expected `</Part>`, found another end tag (byte 97)"),
        (
            "<Id>a very long text that is certainly no number</Id>",
            "Bug/Id: expected integer of 32 bits (byte 75) at `a very long text that is certainly no nu`",
        ),
        ("<Id>ééééééééééééééééééééé</Id>", "Bug/Id: expected integer of 32 bits (byte 75) at `éééééééééééééééééééé`"),
    ]
    .map(|(inner, expected)| (whole(inner), expected));
    reads::<Bug>(&cases.each_ref().map(|(text, expected)| (text.as_str(), Err(*expected))));
}

/// What a bug holds; of each element that is kept its name, the declarations added to it and the rest of its text; and what
/// is read all the same.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)], fn(&mut Bug));

/// What an optional member cannot hold is kept for the record around it: name and text, and the record reads back the same.
#[test]
fn what_does_not_fit_is_kept() {
    const NS: &str = r#" xmlns="urn:a""#;
    const I: &str = r#" xmlns="urn:a" xmlns:i="http://www.w3.org/2001/XMLSchema-instance""#;
    let id: fn(&mut Bug) = |_| {};
    let cases: &[Case] = &[
        ("<Big></Big>", &[("Big", NS, "></Big>")], id),
        ("<Big/>", &[("Big", NS, "/>")], id),
        ("<Big>n/a</Big><Ratio>1</Ratio>", &[("Big", NS, ">n/a</Big>")], |bug| bug.ratio = Some(1.0)),
        ("<Ratio>1,5</Ratio><Open>yes</Open>", &[("Ratio", NS, ">1,5</Ratio>"), ("Open", NS, ">yes</Open>")], id),
        ("<Amount>1e3</Amount>", &[("Amount", NS, ">1e3</Amount>")], id),
        ("<File><![CDATA[#]]></File>", &[("File", NS, "><![CDATA[#]]></File>")], id),
        ("<Words>1 x</Words>", &[("Words", NS, ">1 x</Words>")], id),
        ("<Due><x/></Due>", &[("Due", NS, "><x/></Due>")], id),
        ("<Title i:nil='true'>x</Title>", &[("Title", I, " i:nil='true'>x</Title>")], id),
        ("<Title i:nil='true'><x/></Title>", &[("Title", I, " i:nil='true'><x/></Title>")], id),
        ("<Title i:nil='yes'/>", &[("Title", I, " i:nil='yes'/>")], id),
        ("<New><Id i:nil='yes'/></New>", &[("New", I, "><Id i:nil='yes'/></New>")], id),
        // One of a list, which is without it.
        ("<Part>x</Part>", &[("Part", NS, ">x</Part>")], id),
        ("<Part/><Part>x</Part><Part/>", &[("Part", NS, ">x</Part>")], |bug| bug.parts = vec![Part::default(); 2]),
        ("<Part i:nil='true'/>", &[("Part", I, " i:nil='true'/>")], id),
        ("<Name>a</Name><Name><x/></Name>", &[("Name", NS, "><x/></Name>")], |bug| bug.names = vec![Some("a".into())]),
        ("<book><x/></book><book>t</book>", &[("book", NS, "><x/></book>")], |bug| bug.items = vec![Item::Book("t".into())]),
        // A whole list in an element of its own.
        ("<Projects><Project>1</Project><Project/></Projects>", &[("Projects", NS, "><Project>1</Project><Project/></Projects>")], id),
        ("<Links>x</Links>", &[("Links", NS, ">x</Links>")], id),
        ("<Users xmlns='urn:b'><User>x</User></Users>", &[("Users", "", " xmlns='urn:b'><User>x</User></Users>")], id),
        // A record that lacks what it must have.
        ("<Price>1</Price>", &[("Price", NS, ">1</Price>")], id),
        ("<Price currency='E' tags='red'>x</Price>", &[("Price", NS, " currency='E' tags='red'>x</Price>")], id),
        ("<Price currency='E'><x/></Price>", &[("Price", NS, " currency='E'><x/></Price>")], id),
    ];
    for (inner, kept, change) in cases {
        let text = whole(&format!("<Id>1</Id>{inner}"));
        let read_bug = read::<Bug>(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        assert_eq!(read_bug.extra.names().count(), kept.len(), "{inner}");
        for (name, declared, rest) in *kept {
            assert_eq!(read_bug.extra.get(name), Some(format!("<{name}{declared}{rest}").as_str()), "{inner}");
        }
        let mut expected = bug();
        change(&mut expected);
        expected.extra = read_bug.extra.clone();
        assert_eq!(read_bug, expected, "{inner}");
        let again = written("Bug", &read_bug);
        assert_eq!(read::<Bug>(&again).as_ref(), Ok(&read_bug), "{again}");
        for (name, declared, rest) in *kept {
            assert_eq!(again.matches(&format!("<{name}{declared}{rest}")).count(), 1, "{again}");
        }
    }
}

#[test]
fn what_is_no_xml_is_refused() {
    reads::<Part>(&[
        ("", Err("the text ends too early (byte 0)")),
        ("  ", Err("the text ends too early (byte 2)")),
        ("{}", Err("expected an XML document (byte 0)")),
        ("<!DOCTYPE html><html></html>", Err("document types are refused (byte 0)")),
        ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", Err("document types are refused (byte 0)")),
        ("<a><!DOCTYPE a></a>", Err("a: document types are refused (byte 3)")),
        ("<a>&b;</a>", Err("a: expected elements, found text (byte 3)")),
        ("<a><x>&b;</x></a>", Err("a/x: the entity `&b;` is not one of the five of XML; others are refused (byte 6)")),
        ("<a b='&c;'/>", Err("a/@b: the entity `&c;` is not one of the five of XML; others are refused (byte 12)")),
        ("<a b='&c'/>", Err("a/@b: a reference without `;` in the value of an attribute (byte 11)")),
        ("<a b='<'/>", Err("a/@b: `<` in the value of an attribute (byte 10)")),
        ("<a b='1' b='2'/>", Err("an attribute comes twice (byte 16)")),
        ("<a b/>", Err("an attribute is not `name=\"value\"` (byte 6)")),
        ("<a b=c/>", Err("an attribute is not `name=\"value\"` (byte 8)")),
        ("<a 1='c'/>", Err("an illegal character in the name of an attribute (byte 10)")),
        ("<a xmlns='urn:a' xmlns='urn:b'/>", Err("an attribute comes twice (byte 32)")),
        ("<p:a/>", Err("the prefix `p` is not declared (byte 0)")),
        ("<a><x:y/></a>", Err("a: the prefix `x` is not declared (byte 3)")),
        ("<a x:y='1'/>", Err("the prefix `x` is not declared (byte 12)")),
        ("<a xmlns:p=''/>", Err("the prefix `p` cannot be declared so (byte 15)")),
        ("<a xmlns:xmlns='urn:x'/>", Err("the prefix `xmlns` cannot be declared so (byte 24)")),
        ("<:a/>", Err("expected the name of an element (byte 0)")),
        ("<1/>", Err("expected the name of an element (byte 0)")),
        ("< a/>", Err("expected the name of an element (byte 0)")),
        ("<a'b'/>", Err("an illegal character in the name of an element (byte 0)")),
        ("<a:b:c/>", Err("an illegal character in the name of an element (byte 0)")),
        ("<a></b>", Err("a: expected `</a>`, found another end tag (byte 3)")),
        ("<p:a xmlns:p='urn:a'>7p:Id>1</p:Id></p:a>", Err("a: expected elements, found text (byte 21)")),
        ("<a><b></a></b>", Err("a/b: expected `</b>`, found another end tag (byte 6)")),
        ("<a><Id xmlns='urn:a'>1</a></Id>", Err("a/Id: expected `</Id>`, found another end tag (byte 22)")),
        ("<a></a><b/>", Err("expected the end of the text behind the document element (byte 7)")),
        ("<a></a>b", Err("expected the end of the text behind the document element (byte 7)")),
        ("<a></a></a>", Err("expected the end of the text behind the document element (byte 7)")),
        ("<a></a><?xml version='1.0'?>", Err("an XML declaration in the middle of the text (byte 7)")),
        ("<a><?xml version='1.0'?></a>", Err("a: an XML declaration in the middle of the text (byte 3)")),
        ("<a><!-- a -- b --></a>", Err("a: forbidden string `--` was found in a comment (byte 18)")),
        ("<a>\u{1}</a>", Err("a character that XML does not allow (byte 3)")),
        ("<a b='\u{ffff}'/>", Err("a character that XML does not allow (byte 6)")),
    ]);
    reads::<String>(&[
        ("<a>&#0;</a>", Err("a: `&#0;` is no character that XML allows (byte 3)")),
        ("<a>&#1;</a>", Err("a: `&#1;` is no character that XML allows (byte 3)")),
        ("<a>&#xD800;&#xDC00;</a>", Err("a: `&#xD800;` is no character that XML allows (byte 3)")),
        ("<a>&#xFFFE;</a>", Err("a: `&#xFFFE;` is no character that XML allows (byte 3)")),
        ("<a>&#+9;</a>", Err("a: `&#+9;` is no character that XML allows (byte 3)")),
        ("<a>&#;</a>", Err("a: `&#;` is no character that XML allows (byte 3)")),
        ("<a>&#99999999999;</a>", Err("a: `&#99999999999;` is no character that XML allows (byte 3)")),
        ("<a>&</a>", Err("a: entity or character reference not closed: `;` not found before end of input (byte 4)")),
        ("<a>&nbsp;</a>", Err("a: the entity `&nbsp;` is not one of the five of XML; others are refused (byte 3)")),
    ]);
}

/// Every beginning of a document is refused, wherever it stops, and never read as something else.
#[test]
fn a_truncated_document_is_refused() {
    let whole = "<?xml version='1.0'?><!-- c --><p:Bug xmlns:p='urn:a' q='&lt;'><p:Id>1</p:Id><New><![CDATA[x]]>&#65;<?pi?></New><p:Title>a&amp;é</p:Title></p:Bug>";
    assert!(read::<Bug>(whole).is_ok());
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert!(read::<Bug>(&whole[..end]).is_err(), "{}", &whole[..end]);
        assert!(read::<Xml>(&whole[..end]).is_err(), "{}", &whole[..end]);
    }
    reads::<Bug>(&[
        ("<Bug xmlns='urn:a'><Id>1</I", Err("Bug/Id: tag not closed: `>` not found before end of input (byte 24)")),
        ("<Bug xmlns='urn:a'><Id>1</Id>", Err("Bug: the text ends too early (byte 29)")),
        ("<Bug xmlns='urn:a'><Id>1", Err("Bug/Id: the text ends too early (byte 24)")),
        ("<Bug xmlns='urn:a", Err("attribute value not closed: `'` not found before end of input (byte 0)")),
        ("<Bug xmlns='urn:a'><!-- ", Err("Bug: comment not closed: `-->` not found before end of input (byte 19)")),
        ("<Bug xmlns='urn:a'><New><![CDATA[ ", Err("Bug/New: CDATA not closed: `]]>` not found before end of input (byte 24)")),
    ]);
}

/// Does not fit if anything in it does not.
#[derive(Debug, PartialEq)]
struct Node {
    id: i32,
    nodes: Vec<Self>,
    values: Vec<i32>,
    extra: XmlExtra,
}
record! { Node in "" { "Node" => nodes, "Value" => values, "Id" => id! } }

/// What would cost much time or memory is refused before it does.
#[test]
fn what_is_too_much_is_refused() {
    let laughs: String = (1..10).map(|level| format!("<!ENTITY l{level} '{}'>", format!("&l{};", level - 1).repeat(10))).collect();
    let deep = |name: &str, depth: usize| format!("{}{}", format!("<{name}>").repeat(depth), format!("</{name}>").repeat(depth));
    let many = |one: &dyn Fn(usize) -> String, count: usize| (0..count).map(one).collect::<String>();
    let attributes = many(&|index| format!(" a{index}='1'"), 1_000_000);
    let prefixes = many(&|index| format!(" xmlns:a{index}='urn:{index}'"), 20_000);
    let nested = many(&|index| format!("<x xmlns:a{index}='urn:{index}' xmlns:b{index}='urn:b' xmlns:c{index}='urn:c'>"), 100);
    for (inner, expected) in [
        (format!("<!DOCTYPE a [{laughs}]>"), "Bug: document types are refused"),
        (format!("<Id>1</Id>{}", deep("Unknown", 10_000)), "nested too deeply"),
        (format!("<Id>1</Id>{}", deep("Part", 10_000)), "nested too deeply"),
        (format!("<Id>1</Id><Note>{}</Note>", deep("a", 10_000)), "nested too deeply"),
        (format!("<Id{attributes}>1</Id>"), "Bug: too many attributes"),
        (format!("<New{attributes}/>"), "Bug: too many attributes"),
        (format!("<Id{prefixes}>1</Id>"), "Bug: too many declarations of namespaces"),
        (format!("<New>{nested}"), "too many declarations of namespaces"),
        (format!("<New xmlns='urn:{}'/>", "n".repeat(4093)), "Bug: the name of a namespace is too long"),
        ("<".repeat(1_000_000), "Bug: expected the name of an element"),
        ("<a".repeat(1_000_000), "Bug: an illegal character in the name of an element"),
        ("<a>".repeat(1_000_000), "nested too deeply"),
        ("<!--".repeat(1_000_000), "Bug: comment not closed"),
    ] {
        let error = read::<Bug>(&whole(&inner)).expect_err("refused");
        assert!(error.contains(expected), "{} .. : {error}", &inner[..30]);
        assert!(error.len() < 2_500, "the error shows {} bytes", error.len());
    }
    // Blamed on the innermost, once; or, where every level fails, passed over once more per level: anything worse would not end.
    let inner = format!("{}x{}", "<Part>".repeat(100), "</Part>".repeat(100));
    let mut bug = read::<Bug>(&whole(&format!("<Id>1</Id>{inner}"))).expect("a bug");
    let mut part = bug.parts.pop().expect("a part");
    let mut depth = 1;
    while let Some(inner) = part.part {
        (part, depth) = (*inner, depth + 1);
    }
    assert_eq!((depth, part.extra.get("Part")), (99, Some("<Part xmlns=\"urn:a\">x</Part>")));
    let bottom = "<Value/>".repeat(2_000);
    let node = format!("<Node>{}{bottom}{}</Node>", "<Node>".repeat(100), "</Node>".repeat(100));
    assert_eq!(read::<Node>(&node), Err("Node: missing element `Id` (byte 6)".into()));
    // As deep as allowed, and as many.
    let allowed = format!("<Id>1</Id>{}", deep("Unknown", 127));
    assert_eq!(read::<Bug>(&whole(&allowed)).map(|bug| bug.extra.names().count()), Ok(1));
    let namespace = format!("<Id>1</Id><New xmlns='urn:{}'/>", "n".repeat(4092));
    assert_eq!(read::<Bug>(&whole(&namespace)).map(|bug| bug.id), Ok(1));
    let attributes = many(&|index| format!(" a{index}='1'"), 256);
    assert_eq!(read::<Bug>(&whole(&format!("<Id{attributes}>1</Id>"))).map(|bug| bug.id), Ok(1));
    // Not too much, however much it is.
    let long = "x&amp;".repeat(200_000);
    assert_eq!(
        read::<Bug>(&whole(&format!("<Id>1</Id><Title>{long}</Title>"))).map(|bug| bug.title.map(|title| title.len())),
        Ok(Some(400_000))
    );
    let lots = "<New xmlns:p='urn:p' p:a='p:b'>1:2</New>".repeat(20_000);
    assert_eq!(read::<Bug>(&whole(&format!("<Id>1</Id>{lots}"))).map(|bug| bug.extra.names().count()), Ok(20_000));
}
