//! From bytes to the element in an envelope's body.

use super::xml;
use crate::call::Incoming;
use crate::judge::{Problem, Reason};
use http::header::CONTENT_TYPE;
use roxmltree::{Document, Node};

/// Elements in elements: more than any request needs.
const MAX_DEPTH: usize = 100;

/// A version of SOAP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V11,
    V12,
}

impl Version {
    /// The namespace of its envelope.
    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::V11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::V12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::V11 => "text/xml",
            Self::V12 => "application/soap+xml",
        }
    }

    /// Puts what stands in a body into an envelope.
    pub(crate) fn envelope(self, body: &str) -> String {
        let namespace = self.namespace();
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:xsi=\"{}\" xmlns:xsd=\"{}\" xmlns:soap=\"{namespace}\">\
             <soap:Body>{body}</soap:Body></soap:Envelope>",
            xml::XSI,
            xml::XSD,
        )
    }
}

/// What the headers of a request announce.
#[derive(Debug)]
pub(crate) struct Announced {
    pub(crate) version: Version,
    /// None: not announced, which SOAP 1.2 allows.
    pub(crate) action: Option<String>,
}

/// A rule that a request broke before it had an operation.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) problem: Problem,
    pub(crate) manner: Manner,
}

/// How such a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Fault,
    VersionMismatch,
    MustUnderstand,
}

fn broken(reason: Reason, place: &str, message: impl Into<String>) -> Broken {
    Broken { problem: Problem::new(reason, place, message), manner: Manner::Fault }
}

/// The version a content type announces; the problem says why there is none.
pub(crate) fn version(incoming: &Incoming) -> Result<Version, Problem> {
    let bad = |message: String| Problem::new(Reason::BadContentType, "header Content-Type", message);
    let text = content_type(incoming).ok_or_else(|| bad("it is missing".to_owned()))?;
    let media = text.split(';').next().unwrap_or_default().trim();
    let versions = [Version::V11, Version::V12];
    let version = versions.into_iter().find(|version| media.eq_ignore_ascii_case(version.media_type()));
    version.ok_or_else(|| bad(format!("`{text}` is neither text/xml (SOAP 1.1) nor application/soap+xml (SOAP 1.2)")))
}

/// The action and the charset of a request.
pub(crate) fn announced(incoming: &Incoming, version: Version) -> Result<Announced, Broken> {
    let text = content_type(incoming).unwrap_or_default();
    if parameter(text, "charset").is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(broken(Reason::BadContentType, "header Content-Type", format!("`{text}`: the service speaks UTF-8")));
    }
    let action = match version {
        Version::V12 => parameter(text, "action"),
        Version::V11 => {
            let bad = |message: String| broken(Reason::BadAction, "header SOAPAction", message);
            let mut values = incoming.headers.get_all("soapaction").iter();
            let value = values.next().ok_or_else(|| bad("it is missing".to_owned()))?;
            if values.next().is_some() {
                return Err(bad("it is there twice".to_owned()));
            }
            let text = value.to_str().map_err(|_| bad("it is not readable".to_owned()))?;
            let quoted = text.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            Some(quoted.ok_or_else(|| bad(format!("`{text}` does not stand in double quotes")))?.to_owned())
        }
    };
    Ok(Announced { version, action })
}

/// Parses a body.
pub(crate) fn document(incoming: &Incoming) -> Result<Document<'_>, Broken> {
    let bad = |message: String| broken(Reason::BadBody, "body", message);
    let text = std::str::from_utf8(&incoming.body).map_err(|e| bad(format!("not UTF-8: {e}")))?;
    let declared = text.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let encoding = declared.and_then(|(head, _)| head.split_once("encoding=")).map(|(_, rest)| rest);
    let encoding = encoding.and_then(|rest| rest.get(1..)?.split(['"', '\'']).next());
    if let Some(encoding) = encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
        return Err(bad(format!("it declares itself to be {encoding}, and the service speaks UTF-8")));
    }
    let document = xml::parse(text).map_err(|e| bad(format!("not XML: {e}")))?;
    match document.descendants().any(|node| node.ancestors().take(MAX_DEPTH + 1).count() > MAX_DEPTH) {
        true => Err(bad(format!("more than {MAX_DEPTH} elements in one another"))),
        false => Ok(document),
    }
}

/// The element in the body of an envelope of the announced version.
pub(crate) fn payload<'a>(document: &'a Document<'_>, version: Version) -> Result<Node<'a, 'a>, Broken> {
    let root = document.root_element();
    let bad = |message: String| broken(Reason::BadEnvelope, "body", message);
    let namespace = root.tag_name().namespace().unwrap_or_default();
    if root.tag_name().name() != "Envelope" {
        return Err(bad(format!("`{}` is no Envelope", root.tag_name().name())));
    }
    if namespace != version.namespace() {
        let message = format!("envelope namespace `{namespace}` was unexpected, expecting `{}`", version.namespace());
        return Err(Broken { manner: Manner::VersionMismatch, ..bad(message) });
    }
    let own = |name: &'static str| move |node: &Node<'_, '_>| node.has_tag_name((version.namespace(), name));
    let mut parts: Vec<Node<'_, '_>> = xml::elements(root).collect();
    if parts.first().is_some_and(own("Header")) {
        check_headers(parts.remove(0), version)?;
    }
    let [body] = parts.as_slice() else {
        return Err(bad(format!("an Envelope holds a Header or none and one Body, found {} elements beside the Header", parts.len())));
    };
    if !own("Body")(body) {
        return Err(bad(format!("`{}` where the Body belongs", body.tag_name().name())));
    }
    let mut children = xml::elements(*body);
    match (children.next(), children.next()) {
        (Some(child), None) if xml::text(*body).trim().is_empty() => Ok(child),
        (None, _) => Err(bad("the Body is empty".to_owned())),
        (Some(_), _) => Err(bad("the Body holds more than one element".to_owned())),
    }
}

/// No operation declares a header, so that every one is a mistake.
fn check_headers(header: Node<'_, '_>, version: Version) -> Result<(), Broken> {
    let Some(entry) = xml::elements(header).next() else { return Ok(()) };
    let name = entry.tag_name().name();
    let must = entry.attribute((version.namespace(), "mustUnderstand"));
    let manner = if matches!(must, Some("1" | "true")) { Manner::MustUnderstand } else { Manner::Fault };
    let message = format!("the document declares no header `{name}`");
    Err(Broken { problem: Problem::new(Reason::UnknownElement, format!("header entry {name}"), message), manner })
}

fn content_type(incoming: &Incoming) -> Option<&str> {
    incoming.headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// A parameter of a content type; in quotes it may hold semicolons.
fn parameter(content_type: &str, name: &str) -> Option<String> {
    let mut rest = content_type.split_once(';')?.1;
    loop {
        let (key, tail) = rest.split_once('=')?;
        let (value, next) = match tail.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => tail.split_at(tail.find(';').unwrap_or(tail.len())),
        };
        if key.trim_matches([' ', ';']).eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = next.trim_start_matches([' ', ';']);
    }
}

#[cfg(test)]
mod tests {
    use super::parameter;

    #[test]
    fn parameters_are_found_wherever_they_stand() {
        let text = "application/soap+xml; charset=utf-8; action=\"http://x/;=y\" ; a=b";
        assert_eq!(parameter(text, "charset").as_deref(), Some("utf-8"));
        assert_eq!(parameter(text, "ACTION").as_deref(), Some("http://x/;=y"));
        assert_eq!(parameter(text, "a").as_deref(), Some("b"));
        assert_eq!(parameter(text, "b"), None);
        assert_eq!(parameter("text/xml", "charset"), None);
    }
}
