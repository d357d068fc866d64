//! Answers as the document shows them: examples where it has some, made up from the schema where it has none.

use super::document::{Document, Node, Pointer, SpecError};
use super::media::MediaRange;
use crate::answer::Answer;
use http::StatusCode;
use serde_json::{Map, Value, json};

/// An example of the success with the lowest status.
pub(super) fn answer(document: &Document, responses: &Node<'_>) -> Result<Answer, SpecError> {
    let all = document.members(responses)?;
    let success = all.into_iter().filter_map(|(status, node)| Some((status.parse::<StatusCode>().ok()?, node)));
    let Some((status, node)) = success.filter(|(status, _)| status.is_success()).min_by_key(|(status, _)| status.as_u16()) else {
        return Ok(Answer::empty(StatusCode::OK));
    };
    let Some(content) = document.member(&node, "content")? else { return Ok(Answer::empty(status)) };
    let Some((name, media)) = document.members(&content)?.into_iter().next() else { return Ok(Answer::empty(status)) };
    if !MediaRange::parse(name).is_some_and(|range| range.is_json()) {
        return Ok(Answer::bytes(status, name.replace("*/*", "application/octet-stream"), "example"));
    }
    let named = document.member(&media, "examples")?.map(|examples| document.members(&examples)).transpose()?;
    let named = named.and_then(|examples| examples.into_iter().find_map(|(_, example)| example.value.get("value")));
    let value = match (media.value.get("example").or(named), media.value.get("schema")) {
        (Some(example), _) => Some(example.clone()),
        (None, Some(value)) => make(document, &Node { value, at: media.at.key("schema") }, &mut Vec::new())?,
        (None, None) => None,
    };
    Ok(Answer::json(status, value.unwrap_or(Value::Null)))
}

/// A value that fits a schema; none where the schema holds itself.
fn make(document: &Document, schema: &Node<'_>, open: &mut Vec<Pointer>) -> Result<Option<Value>, SpecError> {
    let node = document.follow(schema.clone())?;
    if let Some(example) = node.value.get("example") {
        return Ok(Some(example.clone()));
    }
    if open.contains(&node.at) {
        return Ok(None);
    }
    open.push(node.at.clone());
    let made = make_one(document, &node, open);
    open.pop();
    made
}

fn make_one(document: &Document, node: &Node<'_>, open: &mut Vec<Pointer>) -> Result<Option<Value>, SpecError> {
    if let Some(first) = node.value.get("enum").and_then(|list| list.get(0)) {
        return Ok(Some(first.clone()));
    }
    if let Some(parts) = document.member(node, "allOf")? {
        return merged(document, node, &parts, open);
    }
    for keyword in ["oneOf", "anyOf"] {
        let Some(arms) = document.member(node, keyword)? else { continue };
        for arm in document.elements(&arms)? {
            if let Some(value) = make(document, &arm, open)? {
                return Ok(Some(value));
            }
        }
    }
    Ok(match document.text(node, "type")? {
        Some("array") => {
            let item = match document.member(node, "items")? {
                Some(items) => make(document, &items, open)?,
                None => None,
            };
            Some(item.into_iter().collect())
        }
        Some("string") => text(node).map(Value::from),
        Some("integer") => Some(node.value.get("minimum").cloned().unwrap_or(json!(1))),
        Some("number") => Some(node.value.get("minimum").cloned().unwrap_or(json!(1.5))),
        Some("boolean") => Some(json!(true)),
        _ => Some(Value::Object(members(document, node, open)?)),
    })
}

fn merged(document: &Document, node: &Node<'_>, parts: &Node<'_>, open: &mut Vec<Pointer>) -> Result<Option<Value>, SpecError> {
    let mut all = members(document, node, open)?;
    for part in document.elements(parts)? {
        match make(document, &part, open)? {
            Some(Value::Object(more)) => all.extend(more),
            Some(other) => return Ok(Some(other)),
            None => {}
        }
    }
    Ok(Some(Value::Object(all)))
}

fn members(document: &Document, node: &Node<'_>, open: &mut Vec<Pointer>) -> Result<Map<String, Value>, SpecError> {
    let mut made = Map::new();
    let Some(properties) = document.member(node, "properties")? else { return Ok(made) };
    for (name, property) in document.members(&properties)? {
        if document.flag(&property, "writeOnly")? == Some(true) {
            continue;
        }
        if let Some(value) = make(document, &property, open)? {
            made.insert(name.to_owned(), value);
        }
    }
    Ok(made)
}

/// A text; none where it must fit a pattern, which only an example can show.
fn text(node: &Node<'_>) -> Option<&'static str> {
    if node.value.get("pattern").is_some() {
        return None;
    }
    Some(match node.value.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-01-01T00:00:00+00:00",
        Some("date") => "2026-01-01",
        Some("uri") => "https://mock.example/",
        Some("email") => "someone@example.com",
        Some("uuid") => "00000000-0000-4000-8000-000000000001",
        _ => "text",
    })
}

#[cfg(test)]
mod tests {
    use crate::answer::{Answer, Payload};
    use crate::spec::testing::spec;
    use http::StatusCode;
    use serde_json::json;

    fn example(responses: &str) -> Answer {
        let text = format!(
            "openapi: 3.0.3\npaths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} }} }}\ncomponents: {{ schemas: {{ Tree: {{ \
             type: object, properties: {{ name: {{ type: string }}, up: {{ $ref: '#/components/schemas/Tree' }}, \
             down: {{ type: array, items: {{ $ref: '#/components/schemas/Tree' }} }} }} }} }} }}"
        );
        spec(&text).expect("a good spec").operations()[0].answers.example().clone()
    }

    #[test]
    fn the_lowest_success_is_shown() {
        let json = |schema: &str| format!("201: {{ content: {{ application/json: {{ {schema} }} }} }}, 204: {{}}, 400: {{}}");
        for (responses, status, body) in [
            ("204: {}, default: {}".to_owned(), 204, Payload::Empty),
            ("default: {}".to_owned(), 200, Payload::Empty),
            (json("example: [1]"), 201, Payload::Json(json!([1]))),
            (json("examples: { one: { value: 1 } }"), 201, Payload::Json(json!(1))),
            (json("schema: { $ref: '#/components/schemas/Tree' }"), 201, Payload::Json(json!({ "name": "text", "down": [] }))),
            (json("schema: { type: array, items: { enum: [b, a] } }"), 201, Payload::Json(json!(["b"]))),
            (
                json("schema: { allOf: [{ properties: { a: { type: integer, minimum: 3 } } }, { example: { b: 1 } }] }"),
                201,
                Payload::Json(json!({ "a": 3, "b": 1 })),
            ),
            (json("schema: { oneOf: [{ type: string, pattern: '^x$' }, { type: boolean }] }"), 201, Payload::Json(json!(true))),
        ] {
            let shown = example(&responses);
            assert_eq!(shown.status, StatusCode::from_u16(status).expect("a status"), "{responses}");
            assert_eq!(shown.body, body, "{responses}");
        }
    }
}
