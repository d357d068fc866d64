use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::draft::{Shape, Word};
use super::schema::types;
use crate::ir::{Docs, Prim, TypeRef};
use crate::source::{Cursor, Value};

impl<'s> Lower<'_, 's> {
    /// The shape of a schema that lists its values; `None` if it lists none.
    pub(super) fn enumeration(&mut self, at: &Cursor<'s>) -> Option<Shape> {
        let values: Vec<Cursor<'s>> = values(at).filter(|value| !value.node().is_null()).collect();
        let first = values.first()?;
        let declared = types(at);
        let of = |wanted: fn(&Value) -> bool| values.iter().all(|value| wanted(&value.node().value));
        if declared == ["string"] || (declared.is_empty() && of(|value| matches!(value, Value::String(_)))) {
            return Some(words_or_text(words(at)));
        }
        Some(Shape::Alias(match declared.as_slice() {
            [ty] => self.of_type(at, ty, &super::name::Name::default()),
            _ if of(|value| matches!(value, Value::Bool(_))) => TypeRef::Prim(Prim::Bool),
            _ if of(|value| matches!(value, Value::Number(number) if number.is_integer())) => TypeRef::Prim(Prim::I64),
            _ if of(|value| matches!(value, Value::Number(_))) => TypeRef::Prim(Prim::F64),
            _ => {
                let first = first.clone();
                self.json(&first, "the values are of several types")
            }
        }))
    }
}

pub(super) fn words_or_text(words: Vec<Word>) -> Shape {
    // A list that holds only the empty text says nothing worth a type.
    if words.iter().all(|word| word.wire.is_empty()) { Shape::Alias(TypeRef::Prim(Prim::String)) } else { Shape::Words(words) }
}

/// The words a schema lists.
pub(super) fn words(at: &Cursor<'_>) -> Vec<Word> {
    let list = |keys: [&str; 3]| keys.iter().find_map(|key| at.get(key));
    let names = list(["x-enum-varnames", "x-enumNames", "x-enum-names"]);
    let texts = list(["x-enum-descriptions", "x-enumDescriptions", "x-enum-docs"]);
    let mut all: Vec<Word> = Vec::new();
    for (index, value) in values(at).enumerate() {
        let Some(wire) = plain(&value) else { continue };
        let beside = |list: &Option<Cursor<'_>>| {
            let list = list.as_ref()?;
            let found = list.step(&index.to_string()).or_else(|| list.get(&wire))?;
            found.as_str().map(str::to_owned)
        };
        let docs = Docs { summary: beside(&texts).unwrap_or_default(), ..Docs::default() };
        let hint = beside(&names);
        let spellings = at.get("x-enum-aliases").and_then(|aliases| aliases.get(&wire));
        let aliases = spellings.iter().flat_map(Cursor::items).filter_map(|text| text.as_str().map(str::to_owned)).collect();
        all.push(Word { wire, aliases, hint, docs });
    }
    distinct(all)
}

/// Words, each once. One that differs from another only in letter case and separators is another spelling of it; single letters
/// are words of their own.
pub(super) fn distinct(all: impl IntoIterator<Item = Word>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for word in all {
        let key = alike(&word.wire);
        let key = if key.chars().count() > 1 { key } else { word.wire.clone() };
        match places.get(&key).and_then(|place| words.get_mut(*place)) {
            Some(known) => known.aliases.extend(std::iter::once(word.wire).chain(word.aliases)),
            None => {
                places.insert(key, words.len());
                words.push(word);
            }
        }
    }
    let mut taken: BTreeSet<String> = words.iter().map(|word| word.wire.clone()).collect();
    words.iter_mut().for_each(|word| word.aliases.retain(|alias| taken.insert(alias.clone())));
    words
}

/// A word without what spellings differ in: `ONE_WAY` and `oneWay` are alike, `1-0` and `10` are not.
fn alike(wire: &str) -> String {
    let chars: Vec<char> = wire.chars().collect();
    let letter = |index: Option<usize>| index.and_then(|index| chars.get(index)).is_some_and(|c| c.is_alphabetic());
    let beside_letter = |index: usize| index > 0 && (letter(index.checked_sub(1)) || letter(Some(index + 1)));
    let kept = chars.iter().enumerate().filter(|(index, c)| !(matches!(c, '_' | '-' | ' ') && beside_letter(*index)));
    kept.flat_map(|(_, c)| c.to_lowercase()).collect()
}

/// The values a schema lists.
fn values<'s>(at: &Cursor<'s>) -> impl Iterator<Item = Cursor<'s>> {
    let listed: Vec<_> = at.get("enum").iter().flat_map(Cursor::items).collect();
    let only = if listed.is_empty() { at.get("const") } else { None };
    listed.into_iter().chain(only)
}

/// A value as it stands in a text; `None` for null, lists and mappings.
pub(super) fn plain(value: &Cursor<'_>) -> Option<String> {
    match &value.node().value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// The one value a schema allows, if it is only one.
pub(super) fn only_value(at: &Cursor<'_>) -> Option<String> {
    let mut values = values(at);
    let only = plain(&values.next()?)?;
    values.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_word_are_alike() {
        for (a, b) in [("ONE_WAY", "oneWay"), ("Passed", "passed"), ("in progress", "IN-PROGRESS"), ("code_128", "code128")] {
            assert_eq!(alike(a), alike(b));
        }
        for (a, b) in [("-created", "created"), ("1-0", "10"), ("a+", "a"), ("1.0", "10")] {
            assert_ne!(alike(a), alike(b));
        }
    }
}
