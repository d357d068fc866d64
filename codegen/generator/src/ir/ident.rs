use std::fmt;

/// A legal Rust identifier that is not a bare keyword (`r#type` is fine).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

/// The text is not an identifier of edition 2024.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidIdent(pub String);

/// Keywords of edition 2024, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Keywords that even `r#` cannot make an identifier.
const NEVER: &[&str] = &["Self", "crate", "self", "super", "_"];

impl Ident {
    /// Checks `text` and escapes keywords: `type` becomes `r#type`, `self` becomes `self_`.
    ///
    /// # Errors
    /// [`InvalidIdent`] when `text` is empty, starts with a digit or holds anything but ASCII letters, digits and `_`.
    pub fn new(text: &str) -> Result<Self, InvalidIdent> {
        let mut chars = text.chars();
        let legal =
            chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_') && chars.all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !legal {
            return Err(InvalidIdent(text.to_owned()));
        }
        Ok(Self(if NEVER.contains(&text) {
            format!("{text}_")
        } else if KEYWORDS.contains(&text) {
            format!("r#{text}")
        } else {
            text.to_owned()
        }))
    }

    /// Makes an identifier of any text: characters that none may hold become `_`, and one that starts with a digit gets `_` before it.
    #[must_use]
    pub fn lossy(text: &str) -> Self {
        let mut safe: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        if !safe.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            safe.insert(0, '_');
        }
        Self::new(&safe).unwrap_or_else(|_| Self("_0".to_owned()))
    }

    /// The identifier as it stands in source text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for use inside a longer name or in prose.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for InvalidIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a Rust identifier", self.0)
    }
}

impl std::error::Error for InvalidIdent {}
