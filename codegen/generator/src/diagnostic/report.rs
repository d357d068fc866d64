use super::{Diagnostic, Level, Tag};
use crate::source::{Location, Sources, Spot};
use std::collections::{BTreeMap, BTreeSet};

/// Collects problems, and which operations they rule out.
///
/// A problem of level `error` or `unsupported` concerns the operations that reach its place, unless its tag or place (syntax,
/// `sdk.toml`, the document as a whole) makes it fatal.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// What was already said.
    said: BTreeSet<(Tag, Location, String)>,
    /// Where there are problems that rule operations out.
    ruled: BTreeSet<Spot>,
    blocked: BTreeSet<Spot>,
}

impl Report {
    /// Takes a problem in, unless the same was said of the same place before.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.said.insert((diagnostic.tag, diagnostic.location.clone(), diagnostic.message.clone())) {
            if diagnostic.level() != Level::Warning {
                self.ruled.extend(diagnostic.location.spot().cloned());
            }
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes in everything another report holds.
    pub fn merge(&mut self, other: Report) {
        other.diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
        self.blocked.extend(other.blocked);
    }

    /// Notes that the operation at `spot` cannot be generated because of something it refers to.
    pub fn block(&mut self, spot: Spot) {
        self.blocked.insert(spot);
    }

    /// Whether the operation whose object stands at `operation` must be left out.
    pub fn blocks_operation(&self, operation: &Spot) -> bool {
        let begins_alike = |spot: &&Spot| spot.file == operation.file && spot.pointer.as_str().starts_with(operation.pointer.as_str());
        self.blocked.contains(operation) || self.ruled.range(operation..).take_while(begins_alike).any(|spot| spot.is_within(operation))
    }

    /// Whether there is a problem that rules out everything.
    pub fn is_fatal(&self) -> bool {
        self.fatal().next().is_some()
    }

    /// The problems that rule out everything.
    pub fn fatal(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| match diagnostic.level() {
            Level::Ice => true,
            Level::Error => diagnostic.tag.is_fatal() || diagnostic.location.spot().is_none_or(|spot| spot.pointer.is_root()),
            Level::Unsupported | Level::Warning => false,
        })
    }

    /// The problems that rule out at least one operation, fatal ones included.
    pub fn ruling(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level() != Level::Warning)
    }

    /// All problems, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// All problems by file and position.
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let key = |diagnostic: &&Diagnostic| (sources.position(&diagnostic.location), diagnostic.tag, diagnostic.message.clone());
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by_cached_key(key);
        sorted
    }

    /// Keeps the first of warnings that say the same of different places, and notes how many others there are.
    pub fn collapse_warnings(&mut self, sources: &Sources) {
        let mut firsts: BTreeMap<(Tag, String), (Diagnostic, usize)> = BTreeMap::new();
        let mut kept = Vec::new();
        for diagnostic in self.sorted(sources) {
            if diagnostic.level() != Level::Warning {
                kept.push(diagnostic.clone());
                continue;
            }
            let entry = firsts.entry((diagnostic.tag, diagnostic.message.clone()));
            entry.and_modify(|(_, others)| *others += 1).or_insert_with(|| (diagnostic.clone(), 0));
        }
        kept.extend(firsts.into_values().map(|(first, others)| match others {
            0 => first,
            1 => first.note("the same in one other place"),
            many => first.note(format!("the same in {many} other places")),
        }));
        self.diagnostics = kept;
    }

    /// How many problems of level `error` or worse there are.
    pub fn error_count(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level() <= Level::Error).count()
    }

    /// Whether there is a problem of level `error` or worse.
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// Whether there is no problem at all.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How often each tag occurs.
    pub fn counts_by_tag(&self) -> BTreeMap<Tag, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *counts.entry(diagnostic.tag).or_default() += 1;
        }
        counts
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
