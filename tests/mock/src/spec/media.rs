//! Media types and ranges.

/// `application/json`, `text/*` or `*/*`; parameters are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaRange {
    kind: String,
    sub: String,
}

impl MediaRange {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let essence = text.split(';').next()?.trim();
        let (kind, sub) = essence.split_once('/')?;
        let good = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_graphic());
        (good(kind) && good(sub)).then(|| Self { kind: kind.to_ascii_lowercase(), sub: sub.to_ascii_lowercase() })
    }

    /// Whether the two have a type in common.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let part = |a: &str, b: &str| a == "*" || b == "*" || a == b;
        part(&self.kind, &other.kind) && part(&self.sub, &other.sub)
    }

    pub(crate) fn is_json(&self) -> bool {
        self.kind == "application" && (self.sub == "json" || self.sub.ends_with("+json"))
    }

    /// Bodies whose parts have names.
    pub(crate) fn is_form(&self) -> bool {
        self.kind == "multipart" && self.sub == "form-data"
    }

    /// Bodies of names and values, written like a query.
    pub(crate) fn is_url_encoded(&self) -> bool {
        self.kind == "application" && self.sub == "x-www-form-urlencoded"
    }
}
