//! Documents that fit a schema and say it in every way XML allows.

use crate::xml::{Content, Element, Name, XSI};
use crate::xsd::{Field, Kind, Scalar, Schema};
use fastrand::Rng;
use std::fmt::Write;

/// A document, and what a value read from it must write.
#[derive(Debug)]
pub struct Instance {
    /// The document.
    pub text: String,
    /// The same elements: those of the schema in its order and spelled as values are written, then the unknown ones.
    pub meaning: Element,
}

/// Makes documents of a schema; the same seed makes the same documents.
#[derive(Debug)]
pub struct Maker<'a> {
    schema: &'a Schema,
    random: Rng,
    prefixes: usize,
}

/// An element to be written: as it stands in the document, and what it means.
struct Part {
    /// Where the schema puts it among its siblings; unknown elements come last.
    place: usize,
    spelled: Spelled,
    meaning: Element,
}

/// An element as it stands in a document.
struct Spelled {
    name: Name,
    attributes: Vec<(Name, String)>,
    body: Body,
}

enum Body {
    Text(String),
    Elements(Vec<Spelled>),
}

impl<'a> Maker<'a> {
    /// A maker of documents.
    #[must_use]
    pub fn new(schema: &'a Schema, seed: u64) -> Self {
        Self { schema, random: Rng::with_seed(seed), prefixes: 0 }
    }

    /// A document whose root has a type's name and is of that type.
    ///
    /// # Panics
    /// When the schema has no such type.
    pub fn document(&mut self, ty: &str) -> Instance {
        let name = Name::new(&self.schema.namespace, ty);
        let part = self.object(0, name, ty);
        let mut text = String::new();
        if self.random.bool() {
            text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        }
        self.write(&part.spelled, "", &mut text);
        Instance { text, meaning: part.meaning }
    }

    fn object(&mut self, place: usize, name: Name, ty: &str) -> Part {
        let schema = self.schema;
        let fields = schema.fields(ty).unwrap_or_else(|| panic!("the schema has no type `{ty}`"));
        // From objects with nothing in them to full ones.
        let fullness = [0.0, 0.05, 0.3, 0.7, 1.0][self.random.usize(..5)];
        let mut parts = Vec::new();
        for (place, field) in fields.iter().enumerate() {
            if self.random.f64() < fullness {
                let times = if field.repeats { self.random.usize(1..4) } else { 1 };
                for _ in 0..times {
                    let part = self.field(place, field);
                    parts.push(part);
                }
            }
        }
        let is_list = fields.iter().any(|field| field.repeats);
        let mut attributes = Vec::new();
        if !is_list {
            for _ in 0..self.random.usize(..3) {
                let part = self.stranger(fields.len(), fields, 2);
                parts.push(part);
            }
            attributes = self.strange_attributes();
            self.random.shuffle(&mut parts);
        }
        // A stable sort: what is repeated, and what is unknown, keeps its order.
        let mut meaning: Vec<(usize, Element)> = parts.iter().map(|part| (part.place, part.meaning.clone())).collect();
        meaning.sort_by_key(|(place, _)| *place);
        let meaning: Vec<Element> = meaning.into_iter().map(|(_, element)| element).collect();
        let content = if meaning.is_empty() { Content::Text(String::new()) } else { Content::Elements(meaning) };
        let spelled = parts.into_iter().map(|part| part.spelled).collect();
        let meaning = Element { name: name.clone(), attributes: attributes.clone(), content };
        Part { place, spelled: Spelled { name, attributes, body: Body::Elements(spelled) }, meaning }
    }

    fn field(&mut self, place: usize, field: &Field) -> Part {
        let name = Name::new(&self.schema.namespace, &field.name);
        if field.nillable && self.random.u8(..4) == 0 {
            let nil = |text: &str| vec![(Name::new(XSI, "nil"), text.to_owned())];
            let spelling = if self.random.bool() { "true" } else { "1" };
            let spelled = Spelled { name: name.clone(), attributes: nil(spelling), body: Body::Text(String::new()) };
            return Part { place, spelled, meaning: Element { name, attributes: nil("true"), content: Content::Text(String::new()) } };
        }
        match &field.kind {
            Kind::Object(ty) => self.object(place, name, ty),
            Kind::Scalar(scalar) => {
                let (spelled, meant) = self.scalar(*scalar);
                let meaning = Element::new(name.clone(), Content::Text(meant));
                Part { place, spelled: Spelled { name, attributes: Vec::new(), body: Body::Text(spelled) }, meaning }
            }
        }
    }

    /// A value as spelled and as written.
    fn scalar(&mut self, scalar: Scalar) -> (String, String) {
        let (spelled, meant) = match scalar {
            Scalar::Text => {
                let text = self.text();
                return (text.clone(), text);
            }
            Scalar::Int => self.number(),
            Scalar::Decimal => twice(self.decimal()),
            Scalar::DateTime => twice(self.date()),
        };
        (self.padded(&spelled), meant)
    }

    fn number(&mut self) -> (String, String) {
        let number = if self.random.bool() { self.random.i32(0..1000) } else { self.random.i32(..) };
        let spelled = match self.random.u8(..4) {
            0 if number >= 0 => format!("+{number}"),
            1 if number >= 0 => format!("00{number}"),
            _ => number.to_string(),
        };
        (spelled, number.to_string())
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 22] = [
            "a", "Z", "0", " ", "  ", "\t", "\n", "\r", "&", "<b>", "</b>", "]]>", "\"", "'", "&#60;", "&amp;", "é", "ß", "漢", "🦀",
            "\u{85}", "\u{feff}",
        ];
        (0..self.random.usize(..12)).map(|_| PIECES[self.random.usize(..PIECES.len())]).collect()
    }

    fn decimal(&mut self) -> String {
        let digits = |random: &mut Rng, most: usize| (0..random.usize(1..most)).map(|_| random.digit(10)).collect::<String>();
        let sign = ["", "-"][self.random.usize(..2)];
        let whole = digits(&mut self.random, 30);
        if self.random.bool() { format!("{sign}{whole}.{}", digits(&mut self.random, 20)) } else { format!("{sign}{whole}") }
    }

    fn date(&mut self) -> String {
        let random = &mut self.random;
        let (hour, minute, second) = (random.u8(..24), random.u8(..60), random.u8(..60));
        if random.u8(..6) == 0 {
            return "0001-01-01T00:00:00".to_owned();
        }
        let day = format!("{:04}-{:02}-{:02}", random.u16(1..=9999), random.u8(1..=12), random.u8(1..=28));
        let fraction = ["", ".5", ".093", ".1234567"][random.usize(..4)];
        let zone = ["", "", "Z", "+04:00", "-07:00", "+05:30"][random.usize(..6)];
        format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
    }

    /// White space around values that are no texts means nothing.
    fn padded(&mut self, value: &str) -> String {
        const AROUND: [&str; 5] = ["", "", "", " ", "\n\t "];
        let (before, after) = (AROUND[self.random.usize(..5)], AROUND[self.random.usize(..5)]);
        format!("{before}{value}{after}")
    }

    /// An element the schema does not know, at times with the name of one it knows, in another namespace.
    fn stranger(&mut self, place: usize, known: &[Field], depth: usize) -> Part {
        let name = match self.random.u8(..4) {
            0 if !known.is_empty() => Name::new("urn:elsewhere", &known[self.random.usize(..known.len())].name),
            1 => Name::new("", "Unqualified"),
            2 => Name::new(&self.schema.namespace, "Später"),
            _ => Name::new(&self.schema.namespace, "Unknown-1.x_"),
        };
        let attributes = self.strange_attributes();
        let below = if depth > 0 { self.random.usize(..3) } else { 0 };
        if below == 0 {
            let text = self.text();
            let meaning = Element { name: name.clone(), attributes: attributes.clone(), content: Content::Text(text.clone()) };
            return Part { place, spelled: Spelled { name, attributes, body: Body::Text(text) }, meaning };
        }
        let (mut spelled, mut meant) = (Vec::new(), Vec::new());
        for _ in 0..below {
            let part = self.stranger(0, known, depth - 1);
            spelled.push(part.spelled);
            meant.push(part.meaning);
        }
        let meaning = Element { name: name.clone(), attributes: attributes.clone(), content: Content::Elements(meant) };
        Part { place, spelled: Spelled { name, attributes, body: Body::Elements(spelled) }, meaning }
    }

    fn strange_attributes(&mut self) -> Vec<(Name, String)> {
        let known = [Name::new("", "hint"), Name::new("urn:attributes", "hint")];
        let mut attributes = Vec::new();
        for name in known {
            if self.random.u8(..4) == 0 {
                attributes.push((name, self.text()));
            }
        }
        attributes
    }

    /// Writes an element in a scope where `default` is the namespace of names without a prefix.
    fn write(&mut self, element: &Spelled, default: &str, out: &mut String) {
        let mut declared = String::new();
        let namespace = &element.name.namespace;
        let plain = namespace.is_empty() || self.random.u8(..3) > 0;
        let (tag, inner) = if plain {
            if namespace != default {
                let _ = write!(declared, " xmlns=\"{namespace}\"");
            }
            (element.name.local.clone(), namespace.clone())
        } else {
            let prefix = self.prefix(namespace, &mut declared);
            (format!("{prefix}:{}", element.name.local), default.to_owned())
        };
        for (name, value) in &element.attributes {
            let name = match name.namespace.as_str() {
                "" => name.local.clone(),
                namespace => format!("{}:{}", self.prefix(namespace, &mut declared), name.local),
            };
            let quote = if self.random.bool() { '"' } else { '\'' };
            let _ = write!(declared, " {name}={quote}{}{quote}", escaped(value, Some(quote)));
        }
        let _ = write!(out, "<{tag}{declared}");
        match &element.body {
            Body::Text(text) if text.is_empty() && self.random.bool() => out.push_str("/>"),
            Body::Text(text) => {
                out.push('>');
                self.write_text(text, out);
                let _ = write!(out, "</{tag} >");
            }
            Body::Elements(elements) => {
                out.push('>');
                for element in elements {
                    self.between(out);
                    self.write(element, &inner, out);
                }
                self.between(out);
                let _ = write!(out, "</{tag}>");
            }
        }
    }

    fn prefix(&mut self, namespace: &str, declared: &mut String) -> String {
        self.prefixes += 1;
        let prefix = format!("n{}", self.prefixes);
        let _ = write!(declared, " xmlns:{prefix}=\"{namespace}\"");
        prefix
    }

    /// What means nothing between elements.
    fn between(&mut self, out: &mut String) {
        out.push_str(["", "", "\n  ", "<!-- a <comment> -->", "<?pi ?>"][self.random.usize(..5)]);
    }

    /// Characters in all their spellings, with comments among them.
    fn write_text(&mut self, text: &str, out: &mut String) {
        let mut rest = text;
        while !rest.is_empty() {
            let cut = rest.char_indices().nth(self.random.usize(1..6)).map_or(rest.len(), |(at, _)| at);
            let (piece, after) = rest.split_at(cut);
            rest = after;
            match self.random.u8(..5) {
                0 if !piece.contains("]]>") && !piece.contains('\r') => {
                    let _ = write!(out, "<![CDATA[{piece}]]>");
                }
                1 => out.extend(piece.chars().map(|c| format!("&#x{:X};", u32::from(c)))),
                2 => {
                    let _ = write!(out, "{}<!-- - -->", escaped(piece, None));
                }
                _ => out.push_str(&escaped(piece, None)),
            }
        }
    }
}

fn twice(text: String) -> (String, String) {
    (text.clone(), text)
}

/// Text without what has a meaning in markup, or would be taken for other white space.
fn escaped(text: &str, quote: Option<char>) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if Some(c) == quote || (quote.is_some() && matches!(c, '\n' | '\t')) => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
