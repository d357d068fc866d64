//! From the names of a specification to Rust names: words, acronyms, symbols, digits, keywords, singular and plural.
//! This is the only place that splits and joins words; nothing else decides how a name is spelled.

mod number;
mod scope;
mod split;

pub(crate) use number::{plural, singular};
pub(crate) use scope::{Claim, Given, distinct};

use crate::ir::Ident;

/// What a name is for, and so how it is written and which names it must keep clear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A type of the `types` module.
    Type,
    /// The type of an operation value; it lives beside the handle and the imports of a resource module.
    Call,
    /// A variant of an open enum or union.
    Variant,
    /// A field of a struct.
    Field,
    /// An argument: a field of an operation and a setter of its request.
    Arg,
    /// A method of a handle.
    Method,
    /// A module, handle method and feature.
    Module,
    /// A setter of the client builder.
    Setter,
    /// An associated constant.
    Constant,
}

impl Kind {
    fn is_camel(self) -> bool {
        matches!(self, Self::Type | Self::Call | Self::Variant)
    }

    /// Names that emission has taken. Types need none: emission writes the whole path of what a type of the API hides.
    fn reserved(self) -> &'static [&'static str] {
        match self {
            Self::Type | Self::Call | Self::Constant => &[],
            Self::Variant => &["Unknown"],
            Self::Field => &["extra"],
            Self::Arg => &[
                "body",
                "client",
                "clone",
                "download",
                "header",
                "headers",
                "into_operation",
                "items",
                "new",
                "operation",
                "operation_mut",
                "pages",
                "records",
                "retry",
                "send",
                "send_with_response",
                "timeout",
            ],
            Self::Method => &["clone", "new"],
            Self::Module => &[
                "all",
                "alloc",
                "async",
                "blocking",
                "builder",
                "client",
                "clone",
                "core",
                "crate",
                "default",
                "new",
                "operations",
                "request",
                "self",
                "send",
                "serde",
                "std",
                "super",
                "test",
                "tms_runtime",
                "tracing",
                "types",
            ],
            Self::Setter => &[
                "attempt_timeout",
                "base_url",
                "build",
                "clone",
                "header",
                "max_download_bytes",
                "max_response_bytes",
                "new",
                "rate_limit",
                "retry",
                "soap_version",
                "timeout",
                "transport",
            ],
        }
    }

    /// What is put behind a name that is taken.
    fn suffix(self) -> &'static str {
        match self {
            Self::Type | Self::Call | Self::Variant | Self::Field | Self::Arg | Self::Constant => "value",
            Self::Method => "call",
            Self::Module => "api",
            Self::Setter => "auth",
        }
    }
}

/// The name in the style of `kind`, such as `CaseStep` or `case_step`; a legal identifier but for keywords.
pub(crate) fn spelled(kind: Kind, text: &str) -> String {
    clear(kind, write(kind, &split::words(text)))
}

/// Like [`spelled`], but every symbol is spelled out: `-created` and `created` differ.
fn spelled_out(kind: Kind, text: &str) -> String {
    clear(kind, write(kind, &split::words_and_symbols(text)))
}

/// The identifier for `text`.
pub(crate) fn ident(kind: Kind, text: &str) -> Ident {
    Ident::lossy(&spelled(kind, text))
}

/// Joins camel-case names to one: `ListCases` and `severity` make `ListCasesSeverity`.
pub(crate) fn joined(parent: &str, child: &str) -> String {
    let mut words = split::words(parent);
    words.extend(split::words(child));
    camel(&words)
}

/// The words of a name, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    split::words(text)
}

/// Words as a camel-case name.
pub(crate) fn camel_of(words: &[String]) -> String {
    camel(words)
}

fn write(kind: Kind, words: &[String]) -> String {
    let text = match kind {
        Kind::Constant => words.join("_").to_ascii_uppercase(),
        kind if kind.is_camel() => camel(words),
        _ => words.join("_"),
    };
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    if kind.is_camel() || kind == Kind::Constant { format!("N{text}") } else { format!("n{text}") }
}

fn clear(kind: Kind, text: String) -> String {
    if !kind.reserved().contains(&text.as_str()) {
        text
    } else if kind.is_camel() {
        camel(&[text, kind.suffix().to_ascii_lowercase()])
    } else {
        format!("{text}_{}", kind.suffix())
    }
}

/// `case`, `step` -> `CaseStep`; digits that would run together are kept apart: `N1_0`.
fn camel(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(text.chars().last()) && digit(word.chars().next()) {
            text.push('_');
        }
        let mut chars = word.chars();
        text.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        text.push_str(chars.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measured_trap_is_avoided() {
        let table = [
            (Kind::Method, "getOAuth2Token", "get_oauth2_token"),
            (Kind::Field, "URLs", "urls"),
            (Kind::Field, "userIDs", "user_ids"),
            (Kind::Field, "XMLHttpRequest", "xml_http_request"),
            (Kind::Field, "iOSVersion", "ios_version"),
            (Kind::Variant, "+1", "Plus1"),
            (Kind::Variant, "-1", "Minus1"),
            (Kind::Variant, "-created", "MinusCreated"),
            (Kind::Variant, "1.0", "N1_0"),
            (Kind::Variant, "10", "N10"),
            (Kind::Variant, "", "Empty"),
            (Kind::Variant, "*", "Star"),
            (Kind::Variant, ">=", "GreaterEquals"),
            (Kind::Variant, "c++", "CPlusPlus"),
            (Kind::Variant, "unknown", "UnknownValue"),
            (Kind::Variant, "---", "DashDashDash"),
            (Kind::Field, "2fa_code", "n2fa_code"),
            (Kind::Field, "$filter", "filter"),
            (Kind::Field, "_id", "id"),
            (Kind::Field, "größe", "grosse"),
            (Kind::Arg, "filters[search]", "filters_search"),
            (Kind::Arg, "body", "body_value"),
            (Kind::Type, "Option", "Option"),
            (Kind::Type, "case-step", "CaseStep"),
            (Kind::Type, "WSF_x0020_Schedule", "WsfSchedule"),
            (Kind::Field, "_x0031_st_x0020_of_xyz", "n1st_of_xyz"),
            (Kind::Field, "a_x12_b_x", "a_x12_b_x"),
            (Kind::Module, "types", "types_api"),
            (Kind::Constant, "read-only", "READ_ONLY"),
        ];
        for (kind, text, name) in table {
            assert_eq!(spelled(kind, text), name, "{text}");
        }
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(ident(Kind::Field, "type").as_str(), "r#type");
        assert_eq!(ident(Kind::Field, "self").as_str(), "self_");
        assert_eq!(ident(Kind::Variant, "self").as_str(), "Self_");
        assert_eq!(ident(Kind::Field, "\u{1F680}").as_str(), "rocket");
    }
}
