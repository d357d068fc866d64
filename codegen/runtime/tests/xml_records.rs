//! Structs: what their tables read and write.

mod xml_support;

use tms_runtime::codegen::{Base64, Date, DateTime, FromXml, Patch, QName, Secret, ToXml, Tokens, Xml, XmlError, XmlExtra, record};
use tms_runtime::xml::{self, Reader, Slot, Writer};
use xml_support::{BUG, Bug, Color, Item, More, NAMESPACE, Nothing, Part, Price, Shelf, bug, part, read, reads, written};

const FULL: &str = concat!(
    r#"<Bug xmlns="urn:a" lang="en"><Id>1</Id><Title>a &amp; b</Title><Open>true</Open><Big>-5</Big><Huge>5</Huge><Ratio>0.5</Ratio>"#,
    r#"<Small>0.25</Small><Amount>1.50</Amount><Due>2019-12-12T12:12:12</Due><Day>2019-12-12</Day><File>AAEC</File><Pass>hush!</Pass>"#,
    r#"<Color>red</Color><Words>1 2</Words><Note kind="x">a<b xmlns="urn:a"/></Note><Price currency="EUR" xml:lang="de" tags="red x">9.90</Price>"#,
    r#"<Page>1</Page><Text>a</Text><Mark xmlns="urn:b">2</Mark><Marks>3</Marks><Marks>4</Marks><Tags><Tag>b</Tag></Tags><Sub><Id>5</Id></Sub>"#,
    r#"<Part><Id>2</Id></Part><Part xmlns:n1="urn:b" n1:lang="fr"><Part><Id>3</Id></Part></Part><Name>x</Name>"#,
    r#"<Name xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><Projects><Project>7</Project><Project>8</Project></Projects>"#,
    r#"<Users xmlns="urn:b"><User><Id xmlns="urn:a">9</Id></User><User xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></Users>"#,
    r#"<Links><Link>l</Link></Links><Old xmlns="urn:b">o</Old><Bare xmlns="">b</Bare><book>t</book><dvd xmlns="urn:b">4</dvd>"#,
    r#"<part><Id>5</Id></part></Bug>"#,
);

fn full() -> Bug {
    Bug {
        id: 1,
        title: Some("a & b".into()),
        open: Some(true),
        big: Some(-5),
        huge: Some(5),
        ratio: Some(0.5),
        small: Some(0.25),
        amount: Patch::Value("1.50".parse().expect("a number")),
        due: Some(DateTime::from("2019-12-12T12:12:12")),
        day: Some(Date::from("2019-12-12")),
        file: Some(Base64(vec![0, 1, 2])),
        pass: Some(Secret::from("hush!")),
        color: Some(Color::Red),
        words: Some(Tokens(vec![1, 2])),
        note: Some(read::<Xml>(r#"<Note xmlns="urn:a" kind="x">a<b/></Note>"#).expect("XML")),
        price: Some(Price {
            currency: "EUR".into(),
            lang: Some("de".into()),
            tags: Some(Tokens(vec![Color::Red, Color::Unknown("x".into())])),
            value: "9.90".parse().expect("a number"),
            extra: XmlExtra::default(),
        }),
        more: Some(Box::new(More {
            page: Some(1),
            text: Some("a".into()),
            mark: Patch::Value(2),
            marks: vec![3, 4],
            tags: Some(vec!["b".into()]),
            sub: Some(part(5)),
            extra: XmlExtra::default(),
        })),
        parts: vec![part(2), Part { id: None, lang: Some("fr".into()), part: Some(Box::new(part(3))), extra: XmlExtra::default() }],
        names: vec![Some("x".into()), None],
        projects: vec![7, 8],
        users: Some(vec![Some(part(9)), None]),
        links: Patch::Value(vec!["l".into()]),
        old: Some("o".into()),
        bare: Some("b".into()),
        items: vec![Item::Book("t".into()), Item::Dvd(Some(4)), Item::Part(Box::new(part(5)))],
        lang: Some("en".into()),
        extra: XmlExtra::default(),
    }
}

#[test]
fn every_kind_of_field_goes_there_and_back() {
    assert_eq!(written("Bug", &full()), FULL);
    assert_eq!(read::<Bug>(FULL), Ok(full()));
    reads(&[("<x/>", Ok(Nothing::default()))]);
    assert_eq!(written("x", &Nothing::default()), r#"<x xmlns="urn:a"/>"#);
}

#[test]
fn absent_nil_and_empty_are_three_things() {
    const XSI: &str = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    let with = |inner: &str| read::<Bug>(&format!("<Bug xmlns='urn:a' {XSI}><Id>1</Id>{inner}</Bug>")).expect(inner);
    for (inner, change) in [
        ("", &(|_: &mut Bug| {}) as &dyn Fn(&mut Bug)),
        ("<Title xsi:nil='true'/>", &|_| {}),
        ("<Title/>", &|bug| bug.title = Some(String::new())),
        ("<Amount xsi:nil='1'></Amount>", &|bug| bug.amount = Patch::Null),
        ("<Due xsi:nil=' true '> <!-- x --></Due>", &|_| {}),
        ("<Projects/>", &|_| {}),
        ("<Projects xsi:nil='true'/>", &|_| {}),
        ("<Users/>", &|bug| bug.users = Some(vec![])),
        ("<Users xmlns='urn:b' xsi:nil='true'/>", &|_| {}),
        ("<Links/>", &|bug| bug.links = Patch::Value(vec![])),
        ("<Links xsi:nil='true'/>", &|bug| bug.links = Patch::Null),
        ("<Name/><Name xsi:nil='false'>x</Name>", &|bug| bug.names = vec![Some(String::new()), Some("x".into())]),
        ("<dvd xmlns='urn:b' xsi:nil='true'/>", &|bug| bug.items = vec![Item::Dvd(None)]),
    ] {
        let inner = if inner.starts_with("<Users/>") { "<Users xmlns='urn:b'/>" } else { inner };
        let mut expected = bug();
        change(&mut expected);
        assert_eq!(with(inner), expected, "{inner}");
    }
    let mut bug = bug();
    bug.title = Some(String::new());
    bug.amount = Patch::Null;
    bug.users = Some(vec![]);
    bug.links = Patch::Null;
    bug.names = vec![None];
    bug.note = Some(Xml::default());
    bug.parts = vec![Part::default()];
    let nil = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#;
    let text = format!(
        r#"<Bug xmlns="urn:a"><Id>1</Id><Title/><Amount {nil}<Due {nil}<Note/><Part/><Name {nil}<Users xmlns="urn:b"/><Links {nil}</Bug>"#
    );
    assert_eq!(written("Bug", &bug), text);
    assert_eq!(read::<Bug>(&text), Ok(bug));
}

#[test]
fn nothing_empty_is_written_where_that_is_forbidden() {
    let omitting = |value: &dyn tms_runtime::ToXml| {
        let mut writer = Writer::within(NAMESPACE).omitting_empty(true);
        writer.element(BUG, value);
        writer.finish().expect("XML").text
    };
    let mut bug = bug();
    bug.title = Some(String::new());
    bug.amount = Patch::Null;
    bug.words = Some(Tokens::default());
    bug.file = Some(Base64::default());
    bug.note = Some(Xml::new("<a><b/><c x='1'/><d> </d></a><e></e>").expect("XML"));
    bug.parts = vec![Part::default(), Part { part: Some(Box::default()), ..Part::default() }, part(3)];
    bug.names = vec![None, Some(String::new())];
    bug.users = Some(vec![Some(Part::default()), None]);
    bug.items = vec![Item::Book(String::new()), Item::Dvd(None)];
    assert_eq!(omitting(&bug), r#"<Bug><Id>1</Id><Note><a xmlns=""><c x='1'/><d> </d></a></Note><Part><Id>3</Id></Part></Bug>"#);
    let unknown = "<Bug xmlns='urn:a'><Id>1</Id><New/><Newer><Old></Old><!-- x --></Newer><Newest a='1'/></Bug>";
    assert_eq!(omitting(&read::<Bug>(unknown).expect("a bug")), r#"<Bug><Id>1</Id><Newest xmlns="urn:a" a='1'/></Bug>"#);
    assert_eq!(omitting(&Part::default()), "");
    let mut writer = Writer::new().omitting_empty(true);
    writer.array(Slot::Element(BUG), BUG, &Vec::<i32>::new());
    assert_eq!(writer.finish().expect("XML").text, "");
}

#[test]
fn what_is_unknown_survives() {
    let text = concat!(
        "<p:Bug xmlns:p='urn:a' xmlns='urn:d' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:q='urn:q' q:rank='1' size='&quot;2\n'",
        " xsi:type='q:Odd' xsi:schemaLocation='urn:a a.xsd'><p:Id>1</p:Id><New>a<p:b q:c='d'/></New><Title>not ours</Title>",
        "<p:More xsi:type='q:T' xmlns=''><x/></p:More></p:Bug>",
    );
    let bug = read::<Bug>(text).expect("a bug");
    let extra = &bug.extra;
    assert_eq!(extra.names().collect::<Vec<_>>(), ["New", "Title", "More"]);
    assert_eq!(extra.get("New"), Some(r#"<New xmlns="urn:d" xmlns:p="urn:a" xmlns:q="urn:q">a<p:b q:c='d'/></New>"#));
    assert_eq!(extra.get_as::<String>("Title").expect("a text"), Some("not ours".into()));
    assert_eq!(
        extra.get_as::<i32>("Title").expect_err("no number").to_string(),
        "Title: expected integer of 32 bits (byte 21) at `not ours`"
    );
    assert_eq!(extra.get_as::<i32>("None").expect("nothing"), None);
    assert_eq!((extra.attribute("size"), extra.attribute("type"), extra.attribute("schemaLocation")), (Some("\"2 "), Some("q:Odd"), None));
    assert!(!extra.is_empty());
    let again = written("Bug", &bug);
    assert_eq!(
        again,
        concat!(
            r#"<Bug xmlns="urn:a" xmlns:q="urn:q" q:rank="1" size="&quot;2 " xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="q:Odd">"#,
            r#"<Id>1</Id><Due xsi:nil="true"/><New xmlns="urn:d" xmlns:p="urn:a" xmlns:q="urn:q">a<p:b q:c='d'/></New>"#,
            r#"<Title xmlns="urn:d">not ours</Title>"#,
            r#"<p:More xmlns:p="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:q="urn:q" xsi:type='q:T' xmlns=''><x/></p:More></Bug>"#,
        )
    );
    let read_again = read::<Bug>(&again).expect("a bug");
    assert_eq!(written("Bug", &read_again), again);
    assert_eq!(
        format!("{:?}", read::<Part>("<Part xmlns='urn:a' a='1'><b/></Part>").expect("a part").extra),
        r#"{"a": "1", "b": "<b xmlns=\"urn:a\"/>"}"#
    );
    assert_eq!(std::mem::size_of::<XmlExtra>(), 8);
}

/// Members that can do without a value, of every kind.
#[derive(Clone, Debug, Default, PartialEq)]
struct Odd {
    size: Option<i32>,
    rank: Option<i32>,
    due: Patch<i32>,
    day: Option<i32>,
    item: Option<Item>,
    ids: Vec<i32>,
    more: Option<Vec<i32>>,
    parts: Vec<Part>,
    boxed: Box<Option<i32>>,
    extra: XmlExtra,
}
record! {
    Odd in "urn:a" {
        @"size" => size,
        @"rank" in "urn:b" => rank,
        "Due" => due,
        "Day" => day?,
        choice => item,
        "Ids"["Id"] => ids!,
        "More" => more,
        "Parts"["Part"] => parts,
        "Boxed" => boxed,
    }
}

#[test]
fn what_does_not_fit_makes_way_for_what_does() {
    let text = concat!(
        r#"<o xmlns="urn:a" size="big" xmlns:n1="urn:b" n1:rank="1st"><Due xmlns="urn:a">x</Due><book xmlns="urn:a"><x/></book>"#,
        r#"<More xmlns="urn:a">y</More><Ids xmlns="urn:a"><Id/></Ids><More xmlns="urn:a"/><Day xmlns="urn:a"/><Parts xmlns="urn:a">x</Parts>"#,
        r#"<Boxed xmlns="urn:a">x</Boxed></o>"#,
    );
    let mut odd = read::<Odd>(text).expect("nothing must be there");
    assert_eq!(odd, Odd { ids: vec![], extra: odd.extra.clone(), ..Odd::default() });
    assert_eq!(odd.extra.names().collect::<Vec<_>>(), ["Due", "book", "More", "Ids", "More", "Day", "Parts", "Boxed"]);
    assert_eq!((odd.extra.attribute("size"), odd.extra.attribute("rank")), (Some("big"), Some("1st")));
    assert_eq!(odd.extra.get_as::<String>("Due").expect("a text").as_deref(), Some("x"));
    assert_eq!(written("o", &odd), text);
    let mut writer = Writer::within(NAMESPACE).omitting_empty(true);
    writer.element(BUG, &odd);
    assert!(!writer.finish().expect("XML").text.contains("<Day"), "what is empty is left out as ever");

    (odd.size, odd.rank, odd.due, odd.day) = (Some(1), Some(2), Patch::Null, Some(3));
    (odd.item, odd.ids, odd.more) = (Some(Item::Book("t".into())), vec![4], Some(vec![5]));
    (odd.parts, *odd.boxed) = (vec![part(6)], Some(7));
    let text = concat!(
        r#"<o xmlns="urn:a" size="1" xmlns:n1="urn:b" n1:rank="2"><Due xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
        r#"<Day>3</Day><book>t</book><Ids><Id>4</Id></Ids><More>5</More><Parts><Part><Id>6</Id></Part></Parts><Boxed>7</Boxed>"#,
        r#"<More xmlns="urn:a">y</More><More xmlns="urn:a"/></o>"#,
    );
    assert_eq!(written("o", &odd), text);
    // Another struct has no places for what was kept.
    let moved = Part { extra: odd.extra, ..part(1) };
    assert_eq!(written("o", &moved).matches("<Due").count(), 1);
    let mut lists = read::<Odd>("<o xmlns='urn:a'><More>1</More><More>x</More><More>2</More></o>").expect("a list");
    assert_eq!((lists.more.take(), lists.extra.get("More")), (Some(vec![1, 2]), Some(r#"<More xmlns="urn:a">x</More>"#)));
}

/// What leaves its element before it finds out that it does not fit.
#[derive(Clone, Debug, PartialEq)]
struct Even(String);

impl FromXml for Even {
    fn blank() -> Self {
        Self(String::new())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        self.0 = reader.text()?.into_owned();
        if self.0.len() & 1 == 0 { Ok(()) } else { Err(reader.data("expected an even text")) }
    }
}

impl ToXml for Even {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.text(slot, &self.0);
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Evens {
    even: Option<Even>,
    evens: Vec<Even>,
    extra: XmlExtra,
}
record! { Evens in "urn:a" { "Even" => even, "All"["Even"] => evens } }

#[test]
fn types_of_others_need_not_fit_either() {
    let text =
        "<p:o xmlns:p='urn:a' q='x'><p:Even a='1' xmlns:q='urn:q'>x<!-- --></p:Even><p:All><p:Even>xx</p:Even></p:All> <!-- --></p:o>";
    let evens = read::<Evens>(text).expect("evens");
    assert_eq!((&evens.even, &evens.evens), (&None, &vec![Even("xx".into())]));
    assert_eq!(evens.extra.get("Even"), Some("<p:Even xmlns=\"\" xmlns:p=\"urn:a\" a='1' xmlns:q='urn:q'>x<!-- --></p:Even>"));
    assert_eq!(read::<Evens>(&written("o", &evens)), Ok(evens));
}

#[test]
fn xml_of_any_kind() {
    let text = "<d xmlns:p='urn:p' xmlns='urn:d' Text='a&lt;' p:x='p:y'><!-- 1 -->a &amp; <![CDATA[<]]><p:b>1</p:b><c xmlns=''/> z</d>";
    let any = read::<Xml>(text).expect("XML");
    assert_eq!(any.attribute("Text"), Some("a<"));
    assert_eq!(any.as_str(), r#"<!-- 1 -->a &amp; <![CDATA[<]]><p:b xmlns="urn:d" xmlns:p="urn:p">1</p:b><c xmlns=''/> z"#);
    assert_eq!(any.child::<i32>(QName("urn:p", "b")).expect("there").expect("a number"), 1);
    assert!(any.child::<i32>(QName("urn:d", "b")).is_none());
    let wrong = any.child::<bool>(QName("urn:p", "b"));
    assert!(wrong.is_none_or(|read| read.is_ok()), "1 is a boolean");
    assert_eq!(read::<Xml>(&any.to_document()).as_ref(), Ok(&any));
    assert_eq!(format!("{any:?}"), any.to_document());
    assert_eq!(any.to_string(), any.as_str());
    assert_eq!(written("d", &any).replace("<d xmlns=\"urn:a\"", "<xml").replace("</d>", "</xml>"), any.to_document());
    for broken in ["<", "<a>", "</xml><xml>", "&x;", "\u{1}"] {
        assert!(Xml::new(broken).is_err(), "{broken:?}");
    }
    assert!(Xml::default().is_empty());
}

#[test]
fn one_of_several() {
    reads(&[
        ("<s xmlns='urn:a'><book>x</book></s>", Ok(shelf(Item::Book("x".into())))),
        ("<a:s xmlns:a='urn:b' xmlns='urn:a'><a:dvd>1</a:dvd></a:s>", Ok(shelf(Item::Dvd(Some(1))))),
        ("<s xmlns='urn:a'><part/></s>", Ok(shelf(Item::Part(Box::default())))),
        ("<s xmlns='urn:a'><dvd>1</dvd></s>", Err("s: missing element: one of `book`, `dvd`, `part` (byte 17)")),
        ("<s xmlns='urn:a'><book/><part/></s>", Err("s/part: the element may come only once (byte 31)")),
        ("<s xmlns='urn:a'><book><b/></book></s>", Err("s/book: expected text, found an element (byte 23)")),
    ]);
    assert_eq!(
        written("s", &shelf(Item::Dvd(None))),
        r#"<s xmlns="urn:a"><dvd xmlns="urn:b" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></s>"#
    );
    assert_eq!(read::<Item>("<x/>"), Err("x: expected one of `book`, `dvd`, `part` (byte 4)".into()));
}

fn shelf(item: Item) -> Shelf {
    Shelf { item, spare: None, extra: XmlExtra::default() }
}

#[test]
fn a_list_is_read_one_at_a_time() {
    let list = "<e:Envelope xmlns:e='urn:e' xmlns='urn:a'><e:Body><List><Part><Id>1</Id></Part> <!-- x --> <Part/><Part lang='x'><Id>3</Id></Part>\
                <Part><Id>x</Id></Part><Part>x</Part></List><Rest/></e:Body></e:Envelope> ";
    let mut reader = Reader::new(list);
    reader.root().expect("a document");
    assert!(reader.is(QName("urn:e", "Envelope")) && reader.depth() == 1);
    assert!(reader.child().expect("a body"));
    reader.begin_path();
    assert!(reader.child().expect("a list"));
    assert_eq!((reader.local(), reader.namespace()), ("List", "urn:a"));
    let mut paused = reader.pause();
    let (mut ids, mut odd) = (Vec::new(), Vec::new());
    let error = loop {
        let mut reader = Reader::resume(list, paused);
        assert!(reader.child().expect("an entry"));
        reader.set_index(ids.len());
        let mut part = Part::blank();
        match part.read(&mut reader) {
            Ok(()) => {
                ids.push(part.id);
                odd.push(part.extra.get("Id").map(str::to_owned));
            }
            Err(error) => break error,
        }
        paused = reader.pause();
    };
    assert_eq!(ids, [Some(1), None, Some(3), None]);
    assert_eq!(odd, [None, None, None, Some("<Id xmlns=\"urn:a\">x</Id>".to_owned())]);
    assert_eq!(error.to_string(), "Body/List/Part[4]: expected elements, found text (byte 159)");
    assert_eq!(
        (error.path(), error.reason(), error.offset(), error.excerpt(), error.is_data()),
        ("Body/List/Part[4]", "expected elements, found text", 159, "", true)
    );

    let short = list.replace("<Part>x</Part>", "");
    let mut reader = Reader::new(&short);
    reader.root().and_then(|()| reader.child()).and_then(|_| reader.child()).expect("a list");
    let mut parts = Vec::<Part>::new();
    reader.array(QName("urn:a", "Part"), &mut parts).expect("parts");
    assert_eq!(parts.len(), 4);
    assert!(reader.child().expect("the rest"));
    reader.skip().expect("skipped");
    assert!(!reader.child().expect("the end of the body") && !reader.child().expect("the end"));
    reader.finish().expect("nothing more");
    assert_eq!(reader.depth(), 0);
}

#[test]
fn a_writer_declares_what_is_not_declared() {
    let mut writer = Writer::within("urn:a").with_prefix("xsi", xml::XSI).with_prefix("n1", "urn:n");
    writer.element(BUG, &Patch::<i32>::Null);
    writer.element(QName("", "x"), &1);
    writer.element(QName("urn:b", "x"), &vec![1, 2]);
    writer.element(QName("urn:a", "x"), &None::<i32>);
    writer.element(BUG, &Part { lang: Some("l".into()), ..Part::default() });
    let written = writer.finish().expect("XML");
    assert_eq!(
        written.text,
        r#"<Bug xsi:nil="true"/><x xmlns="">1</x><x xmlns="urn:b">1</x><x xmlns="urn:b">2</x><Bug xmlns:n2="urn:b" n2:lang="l"/>"#
    );
    assert_eq!(format!("{:?} {written:?}", Writer::new()), format!("Writer(0 bytes) Written({} bytes)", written.text.len()));
}
