//! What emission yields: files of items, not yet text.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::scope::Scope;

/// A file of the generated crate.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path inside the crate, with `/`.
    pub path: String,
    /// Path of the specification that the file header names.
    pub origin: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Rust items.
    Rust(Module),
    /// Text that is ready but for the header.
    Text(String),
}

/// A Rust source file.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Documentation of the module and inner attributes, in order.
    pub head: Vec<Inner>,
    /// Its items.
    pub items: Vec<Item>,
}

/// A line at the top of a Rust source file.
#[derive(Clone, Debug)]
pub enum Inner {
    /// A line of documentation.
    Doc(String),
    /// An attribute, without `#![` and `]`.
    Attribute(String),
}

/// One or more items.
#[derive(Clone, Debug)]
pub enum Item {
    /// Items for the formatter.
    Code(TokenStream),
    /// A macro call that lists something, one row per line.
    Table(Table),
    /// An item whose text is ready (the formatter does not lay out macro definitions well).
    Text(String),
}

/// A macro call such as `object! { Case { "id" => id!, } }`.
#[derive(Clone, Debug)]
pub struct Table {
    /// The macro.
    pub macro_name: String,
    /// What stands before the inner brace.
    pub subject: String,
    /// One row per line, without commas.
    pub rows: Vec<String>,
}

impl SourceFile {
    /// A Rust source file.
    pub(crate) fn rust(path: impl Into<String>, origin: &str, module: Module) -> Self {
        Self { path: path.into(), origin: origin.to_owned(), content: Content::Rust(module) }
    }

    /// Any other file.
    pub(crate) fn text(path: impl Into<String>, origin: &str, text: String) -> Self {
        Self { path: path.into(), origin: origin.to_owned(), content: Content::Text(text) }
    }

    /// How many `impl Operation` it holds.
    pub(crate) fn operations(&self) -> usize {
        let Content::Rust(module) = &self.content else { return 0 };
        let code = module.items.iter().filter_map(|item| match item {
            Item::Code(tokens) => Some(tokens.clone().into_iter().collect::<Vec<_>>()),
            Item::Table(_) | Item::Text(_) => None,
        });
        let is = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
        code.map(|tokens| tokens.windows(2).filter(|pair| is(&pair[0], "Operation") && is(&pair[1], "for")).count()).sum()
    }
}

impl Table {
    /// A call of the runtime's macro `name`.
    pub(crate) fn new(scope: &Scope<'_>, name: &'static str, subject: String, rows: Vec<String>) -> Self {
        Self { macro_name: compact(&scope.runtime(name)), subject, rows }
    }
}

impl Module {
    /// A module with documentation.
    pub(crate) fn documented(doc: &super::docs::Doc) -> Self {
        Self { head: doc.lines().iter().cloned().map(Inner::Doc).collect(), items: Vec::new() }
    }
}

/// Tokens as text, spaced as in a type or a path.
pub(crate) fn compact(tokens: &TokenStream) -> String {
    let mut text = String::new();
    write_compact(tokens.clone(), &mut text);
    text
}

fn write_compact(tokens: TokenStream, text: &mut String) {
    let mut after_word = false;
    for token in tokens {
        let word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if word && after_word {
            text.push(' ');
        }
        after_word = word;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write_compact(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if punct.as_char() == ',' && punct.spacing() == Spacing::Alone {
                    text.push(' ');
                }
            }
            other => text.push_str(&other.to_string()),
        }
    }
}
