//! Groups: records whose elements stand among those of another.

mod xml_support;

use tms_runtime::codegen::{QName, XmlExtra, record};
use tms_runtime::xml::Writer;
use xml_support::{More, NAMESPACE, part, read, written};

/// Two groups, one of another namespace, and elements of its own around them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Grouped {
    lang: Option<String>,
    first: Option<i32>,
    more: Option<Box<More>>,
    middle: Option<i32>,
    odd: Option<Box<Pair>>,
    last: Vec<i32>,
    extra: XmlExtra,
}
record! {
    Grouped in "urn:a" {
        @"lang" => lang,
        "First" => first,
        group => more,
        "Middle" => middle,
        group => odd,
        "Last" => last,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Pair {
    one: Option<i32>,
    two: Option<i32>,
    extra: XmlExtra,
}
record! { Pair in "urn:b" { "One" => one, "Two" in "urn:a" => two } }

#[test]
fn a_group_stands_among_the_elements_of_its_struct() {
    let more = |more: More| Some(Box::new(more));
    let odd = |one, two| Some(Box::new(Pair { one, two, ..Pair::default() }));
    let page = || more(More { page: Some(1), ..More::default() });
    let cases: &[(&str, Result<Grouped, &str>)] = &[
        ("", Ok(Grouped::default())),
        ("<First>1</First><Middle>2</Middle>", Ok(Grouped { first: Some(1), middle: Some(2), ..Grouped::default() })),
        ("<Page>1</Page>", Ok(Grouped { more: page(), ..Grouped::default() })),
        ("<Page>1</Page><!-- --><Last>1</Last> <Last>2</Last>", Ok(Grouped { more: page(), last: vec![1, 2], ..Grouped::default() })),
        ("<p:Page x:y='' xmlns:x='urn:x'>1</p:Page><p:Middle>2</p:Middle>", Err("")),
        (
            "<Two>2</Two><Sub><Id>3</Id></Sub><One xmlns='urn:b'>1</One><Middle>4</Middle><Page>1</Page><First>5</First>",
            Ok(Grouped {
                first: Some(5),
                more: more(More { page: Some(1), sub: Some(part(3)), ..More::default() }),
                middle: Some(4),
                odd: odd(Some(1), Some(2)),
                ..Grouped::default()
            }),
        ),
        (
            "<Marks>1</Marks><Middle>4</Middle><Marks>2</Marks><Two>3</Two><Marks>3</Marks>",
            Ok(Grouped {
                more: more(More { marks: vec![1, 2, 3], ..More::default() }),
                middle: Some(4),
                odd: odd(None, Some(3)),
                ..Grouped::default()
            }),
        ),
        // Nothing has come if what has come says nothing.
        ("<Page xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>", Ok(Grouped::default())),
        ("<Page>1</Page><Page>2</Page>", Err("x/Page: the element may come only once")),
        ("<Page>1</Page><First>1</First><Text/><Page>2</Page>", Err("x/Page: the element may come only once")),
        ("<Two>1</Two><Page>1</Page><Two>2</Two>", Err("x/Two: the element may come only once")),
        ("<First>1</First><Page>1</Page><First>2</First>", Err("x/First: the element may come only once")),
        ("<Page>1</Page><Text>", Err("x/Text: ")),
        ("<Page>1</Page></y>", Err("x: ")),
    ];
    for (inner, expected) in cases {
        let grouped = read::<Grouped>(&format!("<x xmlns='urn:a'>{inner}</x>"));
        match (&grouped, expected) {
            (Err(error), Err(told)) => assert!(error.starts_with(told), "{inner}: {error}"),
            _ => assert_eq!(grouped.as_ref().ok(), expected.as_ref().ok(), "{inner}: {grouped:?}"),
        }
        let prefixed = format!("<p:x xmlns:p='urn:a'>{}</p:x>", inner.replace("</", "</p:").replace('<', "<p:").replace("<p:/p:", "</p:"));
        if let (Ok(expected), false) = (expected, inner.contains("xmlns") || inner.contains("<!")) {
            assert_eq!(read::<Grouped>(&prefixed).as_ref(), Ok(expected), "{prefixed}");
        }
        if let Ok(grouped) = grouped {
            assert_eq!(read::<Grouped>(&written("x", &grouped)), Ok(grouped));
        }
    }
}

#[test]
fn what_a_group_cannot_hold_is_kept_by_its_struct() {
    let text = concat!(
        r#"<x xmlns="urn:a" lang="en"><Page xmlns="urn:a">i</Page><New xmlns="urn:a"/><Marks xmlns="urn:a">x</Marks>"#,
        r#"<Two xmlns="urn:a">two</Two></x>"#
    );
    let mut grouped = read::<Grouped>(text).expect("nothing must be there");
    assert_eq!((&grouped.more, &grouped.odd), (&None, &None));
    assert_eq!(grouped.extra.names().collect::<Vec<_>>(), ["Page", "New", "Marks", "Two"]);
    assert_eq!(written("x", &grouped), text);
    // What was put in its place takes it; an entry of a list has none.
    grouped.more = Some(Box::new(More { page: Some(1), marks: vec![2], ..More::default() }));
    grouped.odd = Some(Box::new(Pair { one: Some(3), ..Pair::default() }));
    let text = concat!(
        r#"<x xmlns="urn:a" lang="en"><Page>1</Page><Marks>2</Marks><One xmlns="urn:b">3</One><New xmlns="urn:a"/>"#,
        r#"<Marks xmlns="urn:a">x</Marks><Two xmlns="urn:a">two</Two></x>"#
    );
    assert_eq!(written("x", &grouped), text);
    assert_eq!(written("x", &read::<Grouped>(text).expect("read again")), text);
    // The rest of a group is read beside what does not fit.
    let grouped =
        read::<Grouped>("<x xmlns='urn:a'><Page>i</Page><Text>a</Text><Marks>1</Marks><Marks/><Marks>2</Marks></x>").expect("a group");
    assert_eq!(grouped.more, Some(Box::new(More { text: Some("a".into()), marks: vec![1, 2], ..More::default() })));
    assert_eq!(grouped.extra.names().collect::<Vec<_>>(), ["Page", "Marks"]);
    // What a group that was read by itself did not know goes with it.
    let more = read::<More>("<x xmlns='urn:a'><Page>1</Page><New/><Text><y/></Text></x>").expect("a group");
    let grouped = Grouped { more: Some(Box::new(more)), middle: Some(1), ..Grouped::default() };
    let text = r#"<x xmlns="urn:a"><Page>1</Page><New xmlns="urn:a"/><Text xmlns="urn:a"><y/></Text><Middle>1</Middle></x>"#;
    assert_eq!(written("x", &grouped), text);
    let grouped = Grouped { more: Some(Box::default()), ..Grouped::default() };
    assert_eq!(written("x", &grouped), r#"<x xmlns="urn:a"/>"#);
    let mut writer = Writer::within(NAMESPACE).omitting_empty(true);
    writer.element(
        QName(NAMESPACE, "x"),
        &Grouped { more: Some(Box::new(More { text: Some(String::new()), ..More::default() })), ..grouped },
    );
    assert_eq!(writer.finish().expect("XML").text, "");
}
