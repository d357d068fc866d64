use super::{Docs, Ident, Origin};

/// All named types of an API. A [`TypeId`] is an index into it.
#[derive(Clone, Debug, Default)]
pub struct Types(pub Vec<Type>);

/// Names a type in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

impl Types {
    /// The type behind `id`, if the arena has it; [`verify`](super::verify) proves that every reference does.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&Type> {
        self.0.get(id.0)
    }

    /// All types with their ids, in arena order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.0.iter().enumerate().map(|(index, ty)| (TypeId(index), ty))
    }
}

/// A named type: an item in the generated crate.
#[derive(Clone, Debug)]
pub struct Type {
    /// Name of the schema, or how an anonymous one was named.
    pub wire: String,
    /// Name of the item.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Modules of the resources that reach it, sorted; empty for what every build needs (the shared fault and all it holds).
    pub used_by: Vec<Ident>,
    /// Where it was declared.
    pub origin: Origin,
}

/// What a named type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known members.
    Struct(Struct),
    /// A string from an open list.
    Words(Words),
    /// One of several shapes.
    Union(Union),
    /// An integer whose bits have names.
    Flags(Flags),
    /// A multipart form.
    Form(Form),
}

/// An object with known members; unknown ones are kept beside them.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Members in document order.
    pub fields: Vec<Field>,
    /// Whether it is sent, received or both.
    pub role: StructRole,
}

/// Which way values of a struct travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructRole {
    /// Only in requests.
    Input,
    /// Only in answers.
    Output,
    /// In both.
    Both,
}

/// A member of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name on the wire.
    pub wire: String,
    /// Other names it is read under, and then written under.
    pub aliases: Vec<String>,
    /// Name of the field.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Type of a present, non-null value.
    pub ty: TypeRef,
    /// Whether it may be missing or null.
    pub presence: Presence,
    /// How it stands in XML; `None` for members of JSON objects.
    pub xml: Option<Member>,
    /// The vendor advises against it.
    pub deprecated: bool,
}

/// A name in XML.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    /// The namespace; empty for none.
    pub namespace: String,
    /// The name in it.
    pub local: String,
}

/// How a member or argument stands in XML; its local name is the wire name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The namespace; empty for none.
    pub namespace: String,
    /// As what it stands there.
    pub kind: MemberKind,
}

/// As what a member stands in XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A child element; of a list, one for each entry.
    Element,
    /// A child element that holds one element of this name (in the namespace of the member) for each entry of the list.
    Array(String),
    /// An attribute.
    Attribute,
    /// The character content.
    Text,
    /// One of several child elements: the type is a union by [`Tagging::Element`], or a list of it. The wire name means nothing.
    Choice,
    /// Several child elements, directly among those of the struct: the type is a struct of its own, boxed, of elements that all may
    /// be missing. The wire name is that of the group; it does not stand in documents.
    Group,
}

/// Whether a member may be missing or null, and so which Rust type wraps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never null: `T`.
    Required,
    /// Always there, may be null: `Option<T>`, written as null.
    Nullable,
    /// May be missing: `Option<T>`, left out when `None`.
    Optional,
    /// May be missing or null, and the API tells these apart in requests: `Patch<T>`.
    Patch,
}

/// A string from a list that may grow.
#[derive(Clone, Debug)]
pub struct Words {
    /// Known values in document order.
    pub words: Vec<Word>,
}

/// A known value of an open list.
#[derive(Clone, Debug)]
pub struct Word {
    /// Value on the wire.
    pub wire: String,
    /// Other spellings of it that are read as the same variant, such as `Passed` beside `passed`.
    pub aliases: Vec<String>,
    /// Name of the variant.
    pub name: Ident,
    /// Documentation; often empty.
    pub docs: Docs,
}

/// One of several shapes.
#[derive(Clone, Debug)]
pub struct Union {
    /// How a reader tells them apart.
    pub tagging: Tagging,
    /// The alternatives in document order.
    pub arms: Vec<Variant>,
}

/// How a reader tells the arms of a union apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By trying; the arm that leaves fewest members unknown wins.
    Untagged,
    /// By the value of this member, which each arm holds itself.
    Member(String),
    /// By the name of the element, see [`Variant::element`].
    Element,
}

/// An alternative of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Name of the variant.
    pub name: Ident,
    /// Its payload.
    pub ty: TypeRef,
    /// Which values of the tag choose it; unused when untagged.
    pub rule: ArmRule,
    /// The element that chooses it; `Some` in unions by [`Tagging::Element`] and nowhere else.
    pub element: Option<QName>,
}

/// Values of a discriminator that choose an arm, the first being the usual one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArmRule(pub Vec<String>);

/// An integer whose bits have names; others may be set as well.
#[derive(Clone, Debug)]
pub struct Flags {
    /// The named bits in document order.
    pub flags: Vec<Flag>,
}

/// A named bit, or several that have a name together.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Name in the document, such as `read`.
    pub wire: String,
    /// Name of the constant, such as `READ`.
    pub name: Ident,
    /// The bits.
    pub bits: i64,
}

/// A multipart form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its parts in document order.
    pub parts: Vec<FormPart>,
}

/// One part of a multipart form.
#[derive(Clone, Debug)]
pub struct FormPart {
    /// Name on the wire, such as `file[]`.
    pub wire: String,
    /// Field, such as `file`.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// `TypeRef::Prim(Prim::File)`, a list of it, or anything sent as text or JSON.
    pub ty: TypeRef,
    /// A form without it does not compile.
    pub required: bool,
    /// The part is sent as JSON rather than as text.
    pub json: bool,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeRef {
    /// A type of the language or the runtime.
    Prim(Prim),
    /// A named type.
    Named(TypeId),
    /// `Vec<T>`
    List(Box<TypeRef>),
    /// `BTreeMap<String, T>`
    Map(Box<TypeRef>),
    /// `Option<T>` where a value may be null outside a struct: an entry of a list or map, a whole answer.
    Nullable(Box<TypeRef>),
    /// `Box<T>`, where a type holds itself.
    Boxed(Box<TypeRef>),
    /// Any JSON value.
    Json,
    /// A list in one text, its entries separated by white space: `Tokens<T>`.
    Tokens(Box<TypeRef>),
}

/// A type of the language or the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prim {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// Date and time in any documented form; keeps its text.
    DateTime,
    /// Calendar date.
    Date,
    /// Bytes, in Base64 inside JSON.
    Base64,
    /// A file part of a multipart form.
    File,
    /// Decimal number of any precision.
    Decimal,
    /// Text that `Debug` must not show.
    Secret,
    /// Any XML content.
    Xml,
}
