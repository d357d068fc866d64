/// A paging style: applies to every operation that has all its parameters and whose answer has `items`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub style: PagingStyle,
    /// Path of the list in the answer (inside the envelope), steps separated by dots; empty when the answer is the list.
    pub items: String,
    /// Where the answer tells the number of matching entries, if it does.
    pub total: Option<Total>,
    /// Page size sent when the caller set none.
    pub size: Option<u32>,
}

/// Where an answer tells how many entries match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    /// At this path in its body.
    Member(String),
    /// In this header.
    Header(String),
}

/// How the next page is asked for; the texts are names of query parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// Skip what was read.
    Offset {
        /// How many entries to skip.
        offset: String,
        /// How many to return.
        limit: String,
    },
    /// Ask for a page by number.
    Page {
        /// Which page.
        page: String,
        /// How many entries a page has.
        limit: Option<String>,
        /// Number of the first page.
        first: u32,
    },
    /// Send back the token of the last answer.
    Token {
        /// Takes the token.
        token: String,
        /// Path of the next token in the answer.
        next: String,
        /// How many entries to return.
        limit: Option<String>,
    },
}

impl PagingStyle {
    /// The query parameters an operation must have to be paged this way, with the settings that name them.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let (first, limit) = match self {
            Self::Offset { offset, limit } => (("offset", offset), Some(limit)),
            Self::Page { page, limit, .. } => (("page", page), limit.as_ref()),
            Self::Token { token, limit, .. } => (("token", token), limit.as_ref()),
        };
        std::iter::once(first).chain(limit.map(|limit| ("limit", limit))).map(|(key, name)| (key, name.as_str()))
    }
}
