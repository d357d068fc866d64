//! Text that must not be shown.

use crate::json::{FromJson, JsonError, Reader, ToJson, Writer};
use std::fmt;
use std::sync::Arc;

/// What stands where a secret was.
const MASK: &str = "***";

/// Shorter secrets are not searched for in foreign text: replacing them would garble it and hide nothing.
const SEARCHED_FROM: usize = 4;

/// A password, token or key. `Debug` shows `***`; there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(Arc<str>);

impl Secret {
    /// User name and password as one secret, for HTTP basic authentication.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self(format!("{user}:{password}").into())
    }

    /// The text itself: take care where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl FromJson for Secret {
    fn blank() -> Self {
        Self::from("")
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        *self = Self::from(&*reader.str()?);
        Ok(())
    }
}

impl ToJson for Secret {
    fn write(&self, writer: &mut Writer) {
        writer.str(&self.0);
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// The texts to take out of foreign text before it is shown: servers like to echo credentials in error messages.
#[derive(Clone, Default)]
pub(crate) struct Redaction(Option<Arc<[String]>>);

impl Redaction {
    /// Takes out these texts, too.
    pub(crate) fn and(&self, mut more: Vec<String>) -> Self {
        if more.is_empty() {
            return self.clone();
        }
        more.extend(self.0.as_deref().unwrap_or_default().iter().cloned());
        Self::of(more)
    }

    /// Takes out what either does.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        self.and(other.0.as_deref().unwrap_or_default().to_vec())
    }

    /// Takes out these texts, the longest first.
    pub(crate) fn of(mut texts: Vec<String>) -> Self {
        texts.retain(|text| text.len() >= SEARCHED_FROM);
        texts.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        texts.dedup();
        if texts.is_empty() { Self(None) } else { Self(Some(texts.into())) }
    }

    /// The text without the secrets.
    pub(crate) fn apply(&self, text: String) -> String {
        let secrets = self.0.as_deref().unwrap_or_default();
        secrets.iter().fold(text, |text, secret| if text.contains(secret.as_str()) { text.replace(secret.as_str(), MASK) } else { text })
    }

    /// A text that was cut off, without the beginning of a secret at its end.
    pub(crate) fn apply_to_end(&self, mut text: String) -> String {
        // Perhaps a character was cut in two.
        let end = text.strip_suffix(char::REPLACEMENT_CHARACTER).unwrap_or(&text);
        let begun = |secret: &String| {
            let beginnings = secret.char_indices().map(|(length, _)| &secret[..length]).filter(|beginning| !beginning.is_empty());
            beginnings.filter(|beginning| end.ends_with(beginning)).map(str::len).max()
        };
        if let Some(begun) = self.0.as_deref().unwrap_or_default().iter().filter_map(begun).max() {
            text.truncate(end.len() - begun);
        }
        text
    }

    /// How many bytes of text must be looked at to show `shown` of them without cutting a secret in two.
    pub(crate) fn margin(&self) -> usize {
        self.0.as_deref().and_then(|secrets| secrets.first()).map_or(0, String::len)
    }
}

impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shows_a_secret() {
        let secret = Secret::basic("alice", "wonderland");
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(secret.expose(), "alice:wonderland");
        let redaction = Redaction::of(vec!["token".into(), "token-long".into(), "abc".into(), String::new()]);
        assert_eq!(format!("{redaction:?}"), "***");
        assert_eq!(redaction.apply("bad token-long, bad token, abc".into()), "bad ***, bad ***, abc");
        for (cut, expected) in [("bad token-lo", "bad "), ("bad tok\u{fffd}", "bad "), ("bad t", "bad "), ("bad", "bad"), ("", "")] {
            assert_eq!(redaction.apply_to_end(cut.into()), expected);
        }
    }
}
