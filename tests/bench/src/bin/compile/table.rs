//! The tables of generated types: `object!`, `words!`, `union!` and `tagged!`.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Macro, Token, braced};

/// What a table says of its type.
#[derive(Debug)]
pub(crate) struct Table {
    /// The macro.
    pub(crate) kind: String,
    /// The type.
    pub(crate) name: Ident,
    rows: Vec<Row>,
}

/// A field or a word.
#[derive(Debug)]
pub(crate) struct Row {
    /// In Rust.
    pub(crate) name: Ident,
    /// In JSON; the first is the one that is written.
    pub(crate) wire: Vec<String>,
}

impl Table {
    /// The table a macro call holds. Rows of unions are of no interest.
    pub(crate) fn of(call: &Macro) -> syn::Result<Self> {
        let kind = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let (name, rows) = match kind.as_str() {
            "object" => rows(call.parse_body::<Rows<Field>>()?),
            "words" => rows(call.parse_body::<Rows<Word>>()?),
            "union" | "tagged" => (call.parse_body::<Name>()?.0, Vec::new()),
            _ => return Err(syn::Error::new_spanned(&call.path, "the baseline does not know this table")),
        };
        Ok(Self { kind, name, rows })
    }

    /// The row of a field or variant.
    pub(crate) fn row(&self, name: &Ident) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == *name)
    }
}

fn rows<R: Into<Row>>(rows: Rows<R>) -> (Ident, Vec<Row>) {
    (rows.name, rows.rows.into_iter().map(Into::into).collect())
}

struct Rows<R> {
    name: Ident,
    rows: Vec<R>,
}

impl<R: Parse> Parse for Rows<R> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        let name = input.parse()?;
        braced!(content in input);
        Ok(Self { name, rows: content.parse_terminated(R::parse, Token![,])?.into_iter().collect() })
    }
}

/// `"wire" => name!`
struct Field(Row);

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let wire: LitStr = input.parse()?;
        input.parse::<Token![=>]>()?;
        let name = input.call(Ident::parse_any)?;
        input.parse::<Option<Token![!]>>()?;
        Ok(Self(Row { name, wire: vec![wire.value()] }))
    }
}

/// `Name = "wire" | "other"`
struct Word(Row);

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let mut wire = vec![input.parse::<LitStr>()?.value()];
        while input.parse::<Option<Token![|]>>()?.is_some() {
            wire.push(input.parse::<LitStr>()?.value());
        }
        Ok(Self(Row { name, wire }))
    }
}

impl From<Field> for Row {
    fn from(field: Field) -> Self {
        field.0
    }
}

impl From<Word> for Row {
    fn from(word: Word) -> Self {
        word.0
    }
}

struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self(name))
    }
}
