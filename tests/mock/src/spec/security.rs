//! Where credentials travel.

use super::document::{Document, Node, Pointer, SpecError};

/// One credential a request must carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    Header(String),
    Query(String),
    Cookie(String),
    /// `Authorization: Bearer ...`
    Bearer,
    /// `Authorization: Basic ...`, by the name of its scheme: several may be told apart by who they let in.
    Basic(String),
}

/// Alternatives, each a set of credentials that must all be there. Empty: no credentials needed.
pub(crate) type Security = Vec<Vec<Credential>>;

/// The security of an operation: its own, or the document's.
pub(crate) fn read(document: &Document, operation: &Node<'_>) -> Result<Security, SpecError> {
    let own = document.member(operation, "security")?;
    let root = Node { value: document.root(), at: Pointer::root() };
    let Some(node) = own.map_or_else(|| document.member(&root, "security"), |n| Ok(Some(n)))? else {
        return Ok(Vec::new());
    };
    document.elements(&node)?.iter().map(|alternative| read_alternative(document, alternative)).collect()
}

fn read_alternative(document: &Document, node: &Node<'_>) -> Result<Vec<Credential>, SpecError> {
    let names = document.members(node)?;
    names.iter().map(|(name, at)| read_scheme(document, name, &at.at)).collect()
}

fn read_scheme(document: &Document, name: &str, from: &Pointer) -> Result<Credential, SpecError> {
    let at = Pointer::root().key("components").key("securitySchemes").key(name);
    let value = document
        .root()
        .get("components")
        .and_then(|c| c.get("securitySchemes")?.get(name))
        .ok_or_else(|| document.error(from, format!("security scheme `{name}` is not defined")))?;
    let scheme = document.follow(Node { value, at })?;
    match (document.text(&scheme, "type")?, document.text(&scheme, "in")?, document.text(&scheme, "scheme")?) {
        (Some("apiKey"), Some(place), _) => {
            let name = document.text(&scheme, "name")?.ok_or_else(|| document.error(&scheme.at, "`name` is missing"))?;
            match place {
                "header" => Ok(Credential::Header(name.to_owned())),
                "query" => Ok(Credential::Query(name.to_owned())),
                "cookie" => Ok(Credential::Cookie(name.to_owned())),
                _ => Err(document.error(&scheme.at.key("in"), "an api key is in header, query or cookie")),
            }
        }
        (Some("http"), _, Some(word)) if word.eq_ignore_ascii_case("bearer") => Ok(Credential::Bearer),
        (Some("http"), _, Some(word)) if word.eq_ignore_ascii_case("basic") => Ok(Credential::Basic(name.to_owned())),
        (Some("oauth2" | "openIdConnect"), ..) => Ok(Credential::Bearer),
        _ => Err(document.error(&scheme.at, "the mock knows apiKey, http basic and bearer, oauth2 and openIdConnect")),
    }
}
