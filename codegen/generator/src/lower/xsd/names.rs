use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Name, XmlCursor};
use crate::xsd::{Kind, Schemas};

/// What components are called that share their name with those of other namespaces.
#[derive(Debug)]
pub(super) struct Names<'s> {
    /// A short name for each namespace, unlike all others.
    words: BTreeMap<&'s str, String>,
    /// Which namespaces define a name, those that need no telling apart first.
    owners: BTreeMap<(Kind, &'s str), BTreeSet<(bool, &'s str)>>,
    home: &'s str,
}

impl<'s> Names<'s> {
    pub(super) fn new(schemas: &Schemas<'s>, document: Option<XmlCursor<'s>>) -> Self {
        let home = document.and_then(|document| document.attr("targetNamespace")).unwrap_or_default();
        let mut owners: BTreeMap<(Kind, &'s str), BTreeSet<(bool, &'s str)>> = BTreeMap::new();
        let mut namespaces = BTreeSet::new();
        for (kind, Name { namespace, local }, _) in schemas.components() {
            namespaces.insert(namespace);
            owners.entry((kind, local)).or_default().insert((namespace != home, namespace));
        }
        Self { words: words(&namespaces), owners, home }
    }

    /// The name of a component, with a word for its namespace where another one has the name already.
    pub(super) fn of(&self, kind: Kind, name: Name<'s>) -> String {
        let first = self.owners.get(&(kind, name.local)).and_then(|owners| owners.first());
        match self.words.get(name.namespace) {
            Some(word) if first.is_some_and(|first| *first != (name.namespace != self.home, name.namespace)) => {
                format!("{word} {}", name.local)
            }
            _ => name.local.to_owned(),
        }
    }
}

/// A short name for each namespace: its last words, as many as it takes to tell it from the others.
fn words<'s>(namespaces: &BTreeSet<&'s str>) -> BTreeMap<&'s str, String> {
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic());
    let split = |namespace: &'s str| -> Vec<&'s str> { namespace.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_word).collect() };
    let all: Vec<(&'s str, Vec<&'s str>)> = namespaces.iter().map(|namespace| (*namespace, split(namespace))).collect();
    let longest = all.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
    let mut found: BTreeMap<&'s str, String> = BTreeMap::new();
    for count in 1..=longest {
        let ends: Vec<(&'s str, String)> = all
            .iter()
            .map(|(namespace, words)| (*namespace, words.get(words.len().saturating_sub(count)..).unwrap_or_default().join(" ")))
            .collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        ends.iter().for_each(|(_, end)| *uses.entry(end).or_default() += 1);
        for (namespace, end) in &ends {
            if uses.get(end.as_str()) == Some(&1) && !end.is_empty() {
                found.entry(namespace).or_insert_with(|| end.clone());
            }
        }
    }
    for (index, (namespace, words)) in all.iter().enumerate() {
        found.entry(namespace).or_insert_with(|| format!("{}{}", words.last().copied().unwrap_or("other"), index + 1));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_told_apart_by_their_last_words() {
        let namespaces =
            ["http://a.test/exchange/2006/types", "http://a.test/exchange/2006/messages", "urn:x:types", "http://a.test/2006", "1", ""];
        let words = words(&BTreeSet::from(namespaces));
        let found = namespaces.map(|namespace| words.get(namespace).map(String::as_str).unwrap_or_default());
        assert_eq!(found, ["exchange types", "messages", "x types", "test", "other2", "other1"]);
    }
}
