use std::borrow::Cow;
use std::fmt;

/// A JSON pointer (RFC 6901), such as `/paths/~1case~1{code}/get`; the empty one is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as it stands behind `#` in a `$ref`, percent-encoding included. `None` if it does not start with `/`.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return None;
        }
        Some(Self(percent_decoded(fragment).into_owned()))
    }

    /// A pointer one step deeper; `name` is plain, not escaped.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + name.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        if name.contains(['~', '/']) {
            text.push_str(&name.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(name);
        }
        Self(text)
    }

    /// A pointer one list element deeper.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// A pointer several plain steps deeper.
    #[must_use]
    pub fn join<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().fold(self.clone(), |pointer, name| pointer.child(name))
    }

    /// The pointer one step up; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|cut| Self(self.0.get(..cut).unwrap_or_default().to_owned()))
    }

    /// The steps, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|segment| {
            if segment.contains('~') { Cow::Owned(segment.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(segment) }
        })
    }

    /// The last step, unescaped; `None` at the root.
    pub fn last(&self) -> Option<Cow<'_, str>> {
        self.segments().last()
    }

    /// Whether this pointer is `other` or leads to something inside it.
    pub fn is_within(&self, other: &Pointer) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether it is the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        rest = tail;
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_escaped_and_read_back() {
        let pointer = Pointer::root().join(["paths", "/a~b/{id}", "get"]);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/get");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), ["paths", "/a~b/{id}", "get"]);
        assert!(pointer.is_within(&Pointer::root().child("paths")));
        assert!(!pointer.is_within(&Pointer::root().child("path")));
    }

    #[test]
    fn fragments_are_percent_decoded() {
        assert_eq!(Pointer::from_fragment("/paths/~1a~1%7Bid%7D").map(|p| p.0).as_deref(), Some("/paths/~1a~1{id}"));
        assert_eq!(Pointer::from_fragment("/a%zz%").map(|p| p.0).as_deref(), Some("/a%zz%"));
        assert_eq!(Pointer::from_fragment("Suite"), None);
    }
}
