//! The complex types and groups of a schema, read by the tests for themselves: neither the generator nor the mock has a say in it.

use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// A schema of sequences: groups, optional and repeated elements of named types.
#[derive(Debug)]
pub struct Schema {
    /// Target namespace; all elements are in it.
    pub namespace: String,
    types: BTreeMap<String, Vec<Field>>,
}

/// An element of a sequence.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its local name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// There may be any number of it.
    pub repeats: bool,
    /// It may be nil.
    pub nillable: bool,
}

/// What an element holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A complex type of the same schema.
    Object(String),
    /// Characters.
    Scalar(Scalar),
}

/// A built-in type.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// `xs:string`
    Text,
    /// `xs:int`
    Int,
    /// `xs:decimal`
    Decimal,
    /// `xs:dateTime`
    DateTime,
}

impl Schema {
    /// Reads a file of `specs`.
    ///
    /// # Panics
    /// When it cannot be read, or has more than sequences in it.
    #[must_use]
    pub fn of(file: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs").join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let root = document.root_element();
        let groups: BTreeMap<&str, Node<'_, '_>> = named(root, "group").collect();
        // A group is a type of its own to the crate, though its elements stand among those of the types that refer to it.
        let types = named(root, "complexType").chain(named(root, "group"));
        let types = types.map(|(name, node)| (name.to_owned(), fields(node, &groups))).collect();
        Self { namespace: root.attribute("targetNamespace").unwrap_or_default().to_owned(), types }
    }

    /// The fields of a type or group, in order.
    #[must_use]
    pub fn fields(&self, name: &str) -> Option<&[Field]> {
        self.types.get(name).map(Vec::as_slice)
    }

    /// Every group, and every complex type that is more than a list of one repeated element.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        let is_list = |fields: &[Field]| matches!(fields, [only] if only.repeats);
        self.types.iter().filter(move |(_, fields)| !is_list(fields)).map(|(name, _)| name.as_str())
    }
}

fn named<'a, 'i: 'a>(root: Node<'a, 'i>, tag: &'static str) -> impl Iterator<Item = (&'a str, Node<'a, 'i>)> {
    root.children().filter(move |node| node.has_tag_name((XS, tag))).filter_map(|node| Some((node.attribute("name")?, node)))
}

fn fields(parent: Node<'_, '_>, groups: &BTreeMap<&str, Node<'_, '_>>) -> Vec<Field> {
    let sequence = parent.children().find(|node| node.has_tag_name((XS, "sequence")));
    let particles = sequence.into_iter().flat_map(|sequence| sequence.children()).filter(Node::is_element);
    let fields = particles.flat_map(|node| match node.tag_name().name() {
        "annotation" => Vec::new(),
        "element" => vec![field(node)],
        "group" => fields(groups[local(node.attribute("ref").unwrap_or_default())], groups),
        other => panic!("tests/smoke/src/xsd.rs does not read xs:{other}"),
    });
    fields.collect()
}

fn field(node: Node<'_, '_>) -> Field {
    let of = |name: &str| node.attribute(name).unwrap_or_default();
    let kind = match of("type") {
        "xs:string" => Kind::Scalar(Scalar::Text),
        "xs:int" => Kind::Scalar(Scalar::Int),
        "xs:decimal" => Kind::Scalar(Scalar::Decimal),
        "xs:dateTime" => Kind::Scalar(Scalar::DateTime),
        object if object.starts_with("tns:") => Kind::Object(local(object).to_owned()),
        other => panic!("tests/smoke/src/xsd.rs does not know `{other}`"),
    };
    Field { name: of("name").to_owned(), kind, repeats: of("maxOccurs") == "unbounded", nillable: of("nillable") == "true" }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
