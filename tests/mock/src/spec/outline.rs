//! What a body may hold, by name: other spellings of members, and which parts of a form are files.

use super::document::{Document, Node, Pointer, SpecError};
use serde_json::Value;
use std::collections::BTreeMap;

/// Members of an object, at every depth.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    members: BTreeMap<String, Self>,
    /// Declared names by the others of `x-aliases`.
    aliases: BTreeMap<String, String>,
    items: Option<Box<Self>>,
    is_file: bool,
}

impl Outline {
    /// Reads the outline of a schema. Where a schema holds itself, the outline ends.
    pub(crate) fn read(document: &Document, schema: &Node<'_>) -> Result<Self, SpecError> {
        read(document, schema, &mut Vec::new())
    }

    /// Whether a part of a form is a file.
    pub(crate) fn is_file(&self, part: &str) -> bool {
        self.members.get(part).is_some_and(|member| member.items.as_deref().unwrap_or(member).is_file)
    }

    /// Whether a part of a form may be there more than once.
    pub(crate) fn is_list(&self, part: &str) -> bool {
        self.members.get(part).is_some_and(|member| member.items.is_some())
    }

    /// Gives members their declared names: those that `x-aliases` lists, and with `snake` also `assignee_user_id` for
    /// `AssigneeUserId`. Where the declared one is there as well, the other stays.
    pub(crate) fn restore(&self, value: &mut Value, snake: bool) {
        match value {
            Value::Array(list) => {
                if let Some(items) = &self.items {
                    list.iter_mut().for_each(|item| items.restore(item, snake));
                }
            }
            Value::Object(map) => {
                let other: Vec<(String, String)> =
                    map.keys().filter_map(|key| Some((key.clone(), self.declared(key, snake)?.to_owned()))).collect();
                for (key, declared) in other {
                    if !map.contains_key(&declared)
                        && let Some(value) = map.remove(&key)
                    {
                        map.insert(declared, value);
                    }
                }
                for (key, value) in map {
                    if let Some(member) = self.members.get(key) {
                        member.restore(value, snake);
                    }
                }
            }
            _ => {}
        }
    }

    /// The declared name of a member under another name.
    fn declared(&self, key: &str, snake: bool) -> Option<&str> {
        if self.members.contains_key(key) {
            return None;
        }
        let alias = self.aliases.get(key).map(String::as_str);
        alias.or_else(|| self.members.keys().map(String::as_str).find(|name| snake && snake_case(name) == key))
    }

    fn absorb(&mut self, other: Self) {
        self.members.extend(other.members);
        self.aliases.extend(other.aliases);
        self.items = self.items.take().or(other.items);
        self.is_file |= other.is_file;
    }
}

fn read(document: &Document, schema: &Node<'_>, open: &mut Vec<Pointer>) -> Result<Outline, SpecError> {
    let node = document.follow(schema.clone())?;
    if open.contains(&node.at) {
        return Ok(Outline::default());
    }
    open.push(node.at.clone());
    let mut outline = Outline { is_file: node.value.get("format").and_then(Value::as_str) == Some("binary"), ..Outline::default() };
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if let Some(list) = document.member(&node, keyword)? {
            for element in document.elements(&list)? {
                outline.absorb(read(document, &element, open)?);
            }
        }
    }
    if let Some(items) = document.member(&node, "items")? {
        outline.items = Some(Box::new(read(document, &items, open)?));
    }
    if let Some(properties) = document.member(&node, "properties")? {
        for (name, property) in document.members(&properties)? {
            let aliases = property.value.get("x-aliases").and_then(Value::as_array);
            let aliases = aliases.into_iter().flatten().filter_map(Value::as_str);
            outline.aliases.extend(aliases.map(|alias| (alias.to_owned(), name.to_owned())));
            outline.members.insert(name.to_owned(), read(document, &property, open)?);
        }
    }
    open.pop();
    Ok(outline)
}

/// `AssigneeUserId` as `assignee_user_id`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::{Document, Node, Outline, Pointer, snake_case};
    use serde_json::{Value, json};

    const SCHEMA: &str = "
allOf:
  - { type: object, properties: { Id: { x-aliases: [number] }, TestSteps: { type: array, items: { properties: { IsStopped: {} } } } } }
  - { type: object, properties: { Params: { type: object }, File: { type: string, format: binary }, Self: { $ref: '#/' } } }
";

    fn outline() -> Outline {
        let document = Document::parse("test.yaml", &SCHEMA.replace("'#/'", "'#'")).expect("YAML");
        let root = Node { value: document.root(), at: Pointer::root() };
        Outline::read(&document, &root).expect("an outline")
    }

    #[test]
    fn other_names_become_the_declared_ones() {
        let all = json!({ "id": 1, "test_steps": [{ "is_stopped": true }], "Params": { "some_name": 1 } });
        for (snake, sent, restored) in [
            (true, all.clone(), json!({ "Id": 1, "TestSteps": [{ "IsStopped": true }], "Params": { "some_name": 1 } })),
            (false, all.clone(), all),
            (false, json!({ "number": 1 }), json!({ "Id": 1 })),
            (true, json!({ "ID": 1, "testSteps": 2 }), json!({ "ID": 1, "testSteps": 2 })),
            (true, json!({ "Id": 1, "id": 2 }), json!({ "Id": 1, "id": 2 })),
            (true, json!([1, "x"]), json!([1, "x"])),
        ] {
            let mut value: Value = sent.clone();
            outline().restore(&mut value, snake);
            assert_eq!(value, restored, "{sent}");
        }
    }

    #[test]
    fn files_are_told_from_texts() {
        assert!(outline().is_file("File") && !outline().is_file("Id") && !outline().is_file("file"));
    }

    #[test]
    fn names_are_split_at_capitals() {
        for (name, snake) in
            [("AssigneeUserId", "assignee_user_id"), ("IsAdAccount", "is_ad_account"), ("Custom1", "custom1"), ("id", "id")]
        {
            assert_eq!(snake_case(name), snake);
        }
    }
}
