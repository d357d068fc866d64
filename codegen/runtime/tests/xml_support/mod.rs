//! A model with every kind of field, written as the generator writes them, and the two ways to check one case.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::fmt::Debug;

use tms_runtime::codegen::{
    Base64, Date, DateTime, Decimal, FromXml, Patch, QName, Secret, ToXml, Tokens, Xml, XmlError, XmlExtra, choice, record, xml_words,
};
use tms_runtime::xml;

pub(crate) const NAMESPACE: &str = "urn:a";
pub(crate) const OTHER: &str = "urn:b";

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Color {
    Red,
    Blue,
    Unknown(String),
}
xml_words! { Color { Red = "red", Blue = "blue" | "Blue" } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    Book(String),
    Dvd(Option<i32>),
    Part(Box<Part>),
}
choice! { Item in crate::xml_support::NAMESPACE { Book = "book", Dvd = "dvd" in crate::xml_support::OTHER, Part = "part" } }

/// Attributes and a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Price {
    pub(crate) currency: String,
    pub(crate) lang: Option<String>,
    pub(crate) tags: Option<Tokens<Color>>,
    pub(crate) value: Decimal,
    pub(crate) extra: XmlExtra,
}
record! {
    Price in crate::xml_support::NAMESPACE {
        @"currency" => currency!,
        @"lang" in "http://www.w3.org/XML/1998/namespace" => lang,
        @"tags" => tags,
        text => value!,
    }
}

/// Something that can hold itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    pub(crate) id: Option<i32>,
    pub(crate) lang: Option<String>,
    pub(crate) part: Option<Box<Part>>,
    pub(crate) extra: XmlExtra,
}
record! {
    Part in crate::xml_support::NAMESPACE {
        "Id" => id,
        @"lang" in crate::xml_support::OTHER => lang,
        "Part" => part,
    }
}

/// Elements that stand among those of a bug.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct More {
    pub(crate) page: Option<i32>,
    pub(crate) text: Option<String>,
    pub(crate) mark: Patch<i32>,
    pub(crate) marks: Vec<i32>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) sub: Option<Part>,
    pub(crate) extra: XmlExtra,
}
record! {
    More in crate::xml_support::NAMESPACE {
        "Page" => page,
        "Text" => text,
        "Mark" in crate::xml_support::OTHER => mark,
        "Marks" => marks,
        "Tags"["Tag"] => tags,
        "Sub" => sub,
    }
}

/// Every kind of field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bug {
    pub(crate) id: i32,
    pub(crate) title: Option<String>,
    pub(crate) open: Option<bool>,
    pub(crate) big: Option<i64>,
    pub(crate) huge: Option<u64>,
    pub(crate) ratio: Option<f64>,
    pub(crate) small: Option<f32>,
    pub(crate) amount: Patch<Decimal>,
    pub(crate) due: Option<DateTime>,
    pub(crate) day: Option<Date>,
    pub(crate) file: Option<Base64>,
    pub(crate) pass: Option<Secret>,
    pub(crate) color: Option<Color>,
    pub(crate) words: Option<Tokens<i32>>,
    pub(crate) note: Option<Xml>,
    pub(crate) price: Option<Price>,
    pub(crate) more: Option<Box<More>>,
    pub(crate) parts: Vec<Part>,
    pub(crate) names: Vec<Option<String>>,
    pub(crate) projects: Vec<i32>,
    pub(crate) users: Option<Vec<Option<Part>>>,
    pub(crate) links: Patch<Vec<String>>,
    pub(crate) old: Option<String>,
    pub(crate) bare: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) lang: Option<String>,
    pub(crate) extra: XmlExtra,
}
record! {
    Bug in crate::xml_support::NAMESPACE {
        "Id" => id!,
        "Title" => title,
        "Open" => open,
        "Big" => big,
        "Huge" => huge,
        "Ratio" => ratio,
        "Small" => small,
        "Amount" => amount,
        "Due" => due?,
        "Day" => day,
        "File" => file,
        "Pass" => pass,
        "Color" => color,
        "Words" => words,
        "Note" => note,
        "Price" => price,
        group => more,
        "Part" => parts,
        "Name" => names,
        "Projects"["Project"] => projects,
        "Users"["User"] in crate::xml_support::OTHER => users,
        "Links"["Link"] => links,
        "Old" in crate::xml_support::OTHER => old,
        "Bare" in "" => bare,
        choice => items,
        @"lang" => lang,
    }
}

/// Must hold one of several.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shelf {
    pub(crate) item: Item,
    pub(crate) spare: Option<i32>,
    pub(crate) extra: XmlExtra,
}
record! { Shelf in "urn:a" { choice => item!, "spare" => spare } }

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nothing {
    pub(crate) extra: XmlExtra,
}
record! { Nothing in "" {} }

pub(crate) const BUG: QName = QName(NAMESPACE, "Bug");

/// A bug with nothing but its number.
pub(crate) fn bug() -> Bug {
    xml::from_str("<Bug xmlns='urn:a'><Id>1</Id></Bug>").expect("a bug")
}

/// The value of a text, or what a user would be told.
pub(crate) fn read<T: FromXml>(text: &str) -> Result<T, String> {
    xml::from_str(text).map_err(|error: XmlError| error.to_string())
}

/// Each text is this value, or this error.
#[track_caller]
pub(crate) fn reads<T: FromXml + Debug + PartialEq>(cases: &[(&str, Result<T, &str>)]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let read = read::<T>(text);
        if read.as_ref().map_err(String::as_str) != expected.as_ref().map_err(|error| *error) {
            wrong.push_str(&format!("{text}\n  is       {read:?}\n  expected {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "read something else:\n{wrong}");
}

/// A value's text in the namespace of the model.
pub(crate) fn written(name: &'static str, value: &dyn ToXml) -> String {
    xml::to_string(QName(NAMESPACE, name), value).unwrap_or_else(|error| format!("error: {error}"))
}

/// Each value is written as this text, and reads back the same.
#[track_caller]
pub(crate) fn round<T: FromXml + ToXml + Debug + PartialEq>(cases: &[(T, &str)]) {
    for (value, expected) in cases {
        let text = xml::to_string(QName("", "a"), value).expect("XML");
        assert_eq!(&text, expected, "writing {value:?}");
        assert_eq!(read::<T>(&text).as_ref(), Ok(value), "reading {text}");
    }
}

/// Panics if what can be read of a text cannot be written, or reads back as something else. What does not fit its member must
/// not fit it again.
pub(crate) fn survives(text: &str) {
    let Ok(first) = xml::from_str::<Bug>(text) else { return };
    let again = |bug: &Bug| {
        let text = xml::to_string(BUG, bug).expect("what was read can be written");
        xml::from_str::<Bug>(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
    };
    let second = again(&first);
    let third = again(&second);
    // By their looks, as NaN is not equal to itself.
    assert_eq!(format!("{second:?}"), format!("{third:?}"), "{text}");
    // A space in a date becomes the `T` of XML; and what only looks like a prefix of what is unknown may come to be one.
    let changes = first.due.as_ref().is_some_and(|due| due.as_str().contains(' ')) || text.contains("n1:") || text.contains("xsi:");
    assert!(changes || format!("{first:?}") == format!("{second:?}"), "{text}\n{first:?}\n{second:?}");
}

/// A part with nothing but a number.
pub(crate) fn part(id: i32) -> Part {
    Part { id: Some(id), ..Part::default() }
}
