use crate::source::{Pointer, XmlCursor};
use std::borrow::Cow;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Says in words where in an API description a pointer leads: ``in `GET /case`, answer 200, property `title` ``.
pub(super) fn in_words(pointer: &Pointer) -> Option<String> {
    let steps: Vec<Cow<'_, str>> = pointer.segments().collect();
    let steps: Vec<&str> = steps.iter().map(AsRef::as_ref).collect();
    let mut words = Vec::new();
    let rest = match steps.as_slice() {
        ["paths", path, method, rest @ ..] if METHODS.contains(method) => {
            words.push(format!("`{} {path}`", method.to_ascii_uppercase()));
            rest
        }
        ["paths", path, rest @ ..] => {
            words.push(format!("`{path}`"));
            rest
        }
        ["components", kind, name, rest @ ..] => {
            words.push(format!("{} `{name}`", component(kind)));
            rest
        }
        _ => return None,
    };
    inner(rest, &mut words);
    Some(format!("in {}", words.join(", ")))
}

/// Says in words where in a WSDL or schema an element stands: ``in type `Bug`, element `Title` ``.
pub(super) fn xml_in_words(at: &XmlCursor<'_>) -> Option<String> {
    let named = |at: XmlCursor<'_>| {
        let noun = match at.local() {
            "complexType" | "simpleType" => "type",
            "attributeGroup" => "attribute group",
            "portType" => "port type",
            local @ ("element" | "attribute" | "group" | "message" | "part" | "binding" | "operation" | "service" | "port" | "fault") => {
                local
            }
            _ => return None,
        };
        Some(format!("{noun} `{}`", at.attr("name")?))
    };
    let mut words: Vec<String> = at.around().filter_map(named).collect();
    words.reverse();
    (!words.is_empty()).then(|| format!("in {}", words.join(", ")))
}

fn component(kind: &str) -> &str {
    match kind {
        "requestBodies" => "request body",
        "securitySchemes" => "security scheme",
        kind => kind.strip_suffix('s').unwrap_or(kind),
    }
}

/// Names only the steps a reader needs; the line itself is on display.
fn inner(mut steps: &[&str], words: &mut Vec<String>) {
    loop {
        steps = match steps {
            ["requestBody", rest @ ..] => {
                words.push("request body".to_owned());
                rest
            }
            ["responses", status, rest @ ..] => {
                words.push(format!("answer {status}"));
                rest
            }
            ["properties", name, rest @ ..] => {
                words.push(format!("property `{name}`"));
                rest
            }
            ["headers", name, rest @ ..] => {
                words.push(format!("header `{name}`"));
                rest
            }
            ["callbacks", name, ..] => {
                words.push(format!("callback `{name}`"));
                return;
            }
            // What is inside an example or default is data, not description.
            ["example" | "examples" | "default" | "enum", ..] => return,
            [_, rest @ ..] => rest,
            [] => return,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_as_words() {
        let words = |steps: &[&str]| in_words(&Pointer::root().join(steps.iter().copied()));
        assert_eq!(
            words(&["paths", "/suite/{id}", "patch", "requestBody", "content", "a/b", "schema", "properties", "suite", "$ref"]).as_deref(),
            Some("in `PATCH /suite/{id}`, request body, property `suite`")
        );
        assert_eq!(words(&["components", "schemas", "Case", "type"]).as_deref(), Some("in schema `Case`"));
        assert_eq!(words(&["info", "title"]), None);
    }
}
