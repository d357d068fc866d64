use super::Number;

/// Where a piece of text stands in its file: byte offsets, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// A value of a YAML, JSON or TOML file together with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands. For what stands behind a YAML alias that is where the anchor stands.
    pub span: Span,
}

/// The content of a [`Node`]: JSON's data model.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, or nothing at all behind a YAML key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Map),
}

/// One member of a [`Map`].
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key; keys that are numbers in YAML (`200:`) are kept as written.
    pub key: String,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// What the key holds.
    pub value: Node,
}

/// A mapping in file order. Of a repeated key the first is kept; the loader reports the others.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<Entry>,
    /// Indexes of `entries`, sorted by key.
    sorted: Vec<u32>,
}

impl Map {
    /// Builds a mapping; also returns the entries whose key was there before.
    pub(crate) fn new(entries: Vec<Entry>) -> (Self, Vec<Entry>) {
        let mut sorted: Vec<u32> = (0u32..).take(entries.len()).collect();
        let key = |index: &u32| entries.get(*index as usize).map(|entry| entry.key.as_str());
        sorted.sort_by(|a, b| key(a).cmp(&key(b)).then(a.cmp(b)));
        if !sorted.windows(2).any(|pair| matches!(pair, [a, b] if key(a) == key(b))) {
            return (Self { entries, sorted }, Vec::new());
        }
        let mut repeated = vec![false; entries.len()];
        for pair in sorted.windows(2) {
            if let [a, b] = pair
                && key(a) == key(b)
                && let Some(flag) = repeated.get_mut(*b as usize)
            {
                *flag = true;
            }
        }
        let (mut kept, mut extra) = (Vec::new(), Vec::new());
        for (entry, again) in entries.into_iter().zip(repeated) {
            if again { extra.push(entry) } else { kept.push(entry) }
        }
        (Self::new(kept).0, extra)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Key and value of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let at = |index: &u32| self.entries.get(*index as usize);
        let found = self.sorted.binary_search_by(|index| at(index).map_or("", |entry| &entry.key).cmp(key)).ok()?;
        self.sorted.get(found).and_then(at)
    }

    /// All members in file order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// All keys in file order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Node {
    /// Member `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The member or element that one pointer segment names.
    pub fn step(&self, segment: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(map) => map.get(segment),
            Value::List(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The mapping, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        if let Value::Map(map) = &self.value { Some(map) } else { None }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Value::Number(number) = &self.value { Some(number) } else { None }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// What it is, with an article, for messages: `a text`, `a list`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The same data for `serde_json`. Numbers JSON cannot write (`.inf`, `.nan`) become null.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => json_number(number),
            Value::String(text) => Json::String(text.clone()),
            Value::List(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(map) => Json::Object(map.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()),
        }
    }
}

fn json_number(number: &Number) -> serde_json::Value {
    serde_json::from_str(number.as_str())
        .ok()
        .or_else(|| number.as_i64().map(Into::into))
        .or_else(|| number.as_f64().and_then(serde_json::Number::from_f64).map(Into::into))
        .unwrap_or(serde_json::Value::Null)
}
