use std::collections::BTreeSet;

use super::Xsd;
use super::docs::{add, docs};
use crate::ir::{Docs, Prim, TypeRef};
use crate::lower::draft::{Shape, Word};
use crate::lower::name::Name;
use crate::lower::words::words_or_text;
use crate::xsd::{Builtin, Kind, MAX_CHAIN, Part, builtin};

impl<'s> Xsd<'_, 's> {
    /// The shape of a simple type.
    pub(super) fn simple(&mut self, part: Part<'s>, name: &Name) -> Shape {
        if let Some(list) = part.child("list") {
            let item = self.referred(list, "itemType", "simpleType", name).unwrap_or(TypeRef::Prim(Prim::String));
            return Shape::Alias(TypeRef::Tokens(Box::new(item)));
        }
        if part.child("union").is_some() {
            return self.words(part, 0).map_or(Shape::Alias(TypeRef::Prim(Prim::String)), words_or_text);
        }
        let Some(restriction) = part.child("restriction") else { return Shape::Alias(TypeRef::Prim(Prim::String)) };
        match enumeration(restriction) {
            words if !words.is_empty() && self.is_text(restriction) => words_or_text(words),
            _ => Shape::Alias(self.referred(restriction, "base", "simpleType", name).unwrap_or(TypeRef::Prim(Prim::String))),
        }
    }

    /// What a documentation of a simple type says, and which values the type knows where it is no list of words.
    pub(super) fn simple_docs(&self, part: Part<'s>) -> Docs {
        let mut docs = docs(&part.at);
        let Some(restriction) = part.child("restriction") else { return docs };
        let values = enumeration(restriction);
        if !values.is_empty() && !self.is_text(restriction) {
            let known: Vec<String> = values.iter().take(MAX_SHOWN).map(|word| format!("`{}`", word.wire)).collect();
            add(&mut docs, &format!("Known values: {}.", known.join(", ")));
        }
        docs
    }

    /// The words of a type of which nothing but words are known.
    fn words(&self, part: Part<'s>, depth: usize) -> Option<Vec<Word>> {
        if depth > MAX_CHAIN {
            return None;
        }
        if let Some(union) = part.child("union") {
            let named = union.names("memberTypes").into_iter().map(|name| self.schemas.find(Kind::Type, name));
            let inline = union.children().filter(|child| child.at.local() == "simpleType").map(Some);
            let parts: Vec<Option<Part<'s>>> = named.chain(inline).collect();
            let mut all = Vec::new();
            for part in parts {
                all.extend(self.words(part?, depth + 1)?);
                if all.len() > MAX_WORDS {
                    return None;
                }
            }
            return Some(distinct(all));
        }
        let restriction = part.child("restriction")?;
        let words = enumeration(restriction);
        if words.is_empty() {
            let inline = restriction.child("simpleType");
            let base = inline.or_else(|| self.schemas.find(Kind::Type, restriction.name("base")?))?;
            return self.words(base, depth + 1);
        }
        self.is_text(restriction).then_some(words)
    }

    /// Whether the values of a restriction are texts in the end.
    fn is_text(&self, restriction: Part<'s>) -> bool {
        let mut here = restriction;
        for _ in 0..MAX_CHAIN {
            let base = match here.name("base") {
                Some(name) => match (self.schemas.find(Kind::Type, name), builtin(name)) {
                    (Some(part), _) => part,
                    (None, found) => return matches!(found, Some(Builtin::Simple(Prim::String)) | None),
                },
                None => match here.child("simpleType") {
                    Some(part) => part,
                    None => return true,
                },
            };
            match (base.child("restriction"), base.child("list")) {
                (Some(restriction), _) => here = restriction,
                (None, list) => return list.is_none(),
            }
        }
        true
    }
}

/// More words make no list that helps.
const MAX_WORDS: usize = 10_000;
const MAX_SHOWN: usize = 50;

fn enumeration(restriction: Part<'_>) -> Vec<Word> {
    let word = |part: Part<'_>| {
        let wire = part.attr("value")?.to_owned();
        Some(Word { wire, aliases: Vec::new(), hint: None, docs: docs(&part.at) })
    };
    distinct(restriction.children().filter(|part| part.at.local() == "enumeration").filter_map(word).collect())
}

/// Each word once; XML tells capital letters from small ones.
fn distinct(words: Vec<Word>) -> Vec<Word> {
    let mut seen = BTreeSet::new();
    words.into_iter().filter(|word| seen.insert(word.wire.clone())).collect()
}
