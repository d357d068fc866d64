use heck::ToSnakeCase;
use std::borrow::Cow;

/// Words that capitals alone would split wrongly; written as one word.
const ACRONYMS: [&str; 25] = [
    "OAuth",
    "OpenID",
    "OpenAPI",
    "GraphQL",
    "GitHub",
    "GitLab",
    "BitBucket",
    "JavaScript",
    "TypeScript",
    "MySQL",
    "PostgreSQL",
    "YouTube",
    "LinkedIn",
    "PayPal",
    "DevOps",
    "IPv4",
    "IPv6",
    "APIs",
    "IDs",
    "URLs",
    "URIs",
    "UUIDs",
    "iOS",
    "macOS",
    "eBay",
];

/// The words of a name, lower case. Punctuation separates; symbols that mean something are spelled.
pub(super) fn words(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["empty".to_owned()];
    }
    let text = &*unescaped(text);
    // Most names are in snake case already.
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') && text != "_" {
        return text.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    let words = split(&prepared(text, symbol));
    if words.is_empty() { words_and_symbols(text) } else { words }
}

/// The words of a name with every symbol spelled.
pub(super) fn words_and_symbols(text: &str) -> Vec<String> {
    let words = split(&prepared(&unescaped(text), |c| symbol(c).or_else(|| punctuation(c))));
    if words.is_empty() { vec!["blank".to_owned()] } else { words }
}

/// The name that .NET wrote as an XML name: `WSF_x0020_Schedule` is `WSF Schedule`.
fn unescaped(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        let c = after.split_once('_').filter(|(code, _)| code.len() == 4).and_then(|(code, behind)| {
            let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
            Some((c, behind))
        });
        out.push_str(before);
        match c {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    if out.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

fn split(text: &str) -> Vec<String> {
    let plain: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    plain.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The text in ASCII, symbols spelled, acronyms as single words.
fn prepared(text: &str, spell: impl Fn(char) -> Option<&'static str>) -> String {
    let ascii = any_ascii::any_ascii(text);
    let mut out = String::with_capacity(ascii.len());
    let mut chars = ascii.chars().peekable();
    while let Some(c) = chars.next() {
        let leads = out.trim().is_empty() && chars.peek().is_some_and(char::is_ascii_alphanumeric);
        match spell(c) {
            _ if c == '\'' => {}
            // Inside a name it only separates.
            Some(_) if c == '_' && !out.trim().is_empty() => out.push(' '),
            Some(word) => out.extend([" ", word, " "]),
            None if c == '-' && leads => out.push_str(" minus "),
            None => out.push(c),
        }
    }
    ACRONYMS.iter().fold(out, |text, acronym| if text.contains(acronym) { with_acronym(&text, acronym) } else { text })
}

/// Writes each occurrence of `acronym` that stands as a word of its own as one capitalised word.
fn with_acronym(text: &str, acronym: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(acronym) {
        out.push_str(before);
        let previous = out.chars().last();
        let starts_low = acronym.starts_with(|c: char| c.is_ascii_lowercase());
        let begins = previous.is_none_or(|c| if starts_low { !c.is_ascii_alphabetic() } else { !c.is_ascii_uppercase() });
        let ends = !after.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && ends {
            let mut chars = acronym.chars();
            out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
            out.push_str(&chars.as_str().to_ascii_lowercase());
        } else {
            out.push_str(acronym);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Symbols that carry meaning wherever they stand.
fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '&' => "and",
        '%' => "percent",
        '*' => "star",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '|' => "or",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        _ => return None,
    })
}

/// Symbols that mostly just separate.
fn punctuation(c: char) -> Option<&'static str> {
    Some(match c {
        '-' => "dash",
        '_' => "underscore",
        '.' => "dot",
        '/' => "slash",
        '\\' => "backslash",
        ':' => "colon",
        ';' => "semicolon",
        ',' => "comma",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '"' => "quote",
        '`' => "backtick",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        _ => return None,
    })
}
