//! Words and signs of a filter.

use super::Symbol;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A field, `AND`, `in`, `empty` ...
    Word(String),
    Number(f64),
    Text(String),
    Symbol(Symbol),
    Open,
    Close,
    OpenSet,
    CloseSet,
    Comma,
}

/// Signs, the longer ones first.
const SYMBOLS: [(&str, Symbol); 7] = [
    ("!=", Symbol::Unequal),
    (">=", Symbol::AtLeast),
    ("<=", Symbol::AtMost),
    ("=", Symbol::Equal),
    (">", Symbol::Greater),
    ("<", Symbol::Less),
    ("~", Symbol::Contains),
];

const SIGNS: [(char, Token); 5] =
    [('(', Token::Open), (')', Token::Close), ('{', Token::OpenSet), ('}', Token::CloseSet), (',', Token::Comma)];

pub(super) fn split(text: &str) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if let Some((sign, symbol)) = SYMBOLS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            (Token::Symbol(*symbol), &rest[sign.len()..])
        } else if let Some((_, token)) = SIGNS.iter().find(|(sign, _)| *sign == first) {
            (token.clone(), &rest[1..])
        } else if let Some(quoted) = rest.strip_prefix('\'') {
            quote(quoted).ok_or_else(|| format!("the text that begins at {rest} does not end"))?
        } else if first.is_ascii_digit() || first == '-' {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(rest.len());
            (Token::Number(rest[..end].parse().map_err(|_| format!("{} is no number", &rest[..end]))?), &rest[end..])
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            (Token::Word(rest[..end].to_owned()), &rest[end..])
        } else {
            return Err(format!("`{first}` means nothing here"));
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

/// What stands up to the closing quote; two quotes are one.
fn quote(text: &str) -> Option<(Token, &str)> {
    let mut inner = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('\'')?;
        inner += before;
        match after.strip_prefix('\'') {
            Some(more) => {
                inner.push('\'');
                rest = more;
            }
            None => return Some((Token::Text(inner), after)),
        }
    }
}
