//! What an entity looks like: its members by what they hold.

use super::wire::UNSET;
use serde_json::{Map, Value, json};

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Number,
    Text,
    Truth,
    Moment,
    /// Lists and objects.
    Other,
}

/// The members of an entity. All that is not set is shown: numbers as 0, moments as year 1, lists empty; but no texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) numbers: &'static [&'static str],
    pub(super) texts: &'static [&'static str],
    /// With what they are where nobody says otherwise.
    pub(super) truths: &'static [(&'static str, bool)],
    pub(super) moments: &'static [&'static str],
    pub(super) lists: &'static [&'static str],
    pub(super) maps: &'static [&'static str],
}

impl Fields {
    pub(super) const NONE: Self = Self { numbers: &[], texts: &[], truths: &[], moments: &[], lists: &[], maps: &[] };

    /// What a member holds, if there is one of this name.
    pub(super) fn sort(&self, name: &str) -> Option<Sort> {
        match name {
            _ if self.numbers.contains(&name) => Some(Sort::Number),
            _ if self.texts.contains(&name) => Some(Sort::Text),
            _ if self.truths.iter().any(|(truth, _)| *truth == name) => Some(Sort::Truth),
            _ if self.moments.contains(&name) => Some(Sort::Moment),
            _ if self.lists.contains(&name) || self.maps.contains(&name) => Some(Sort::Other),
            _ => None,
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let truths = self.truths.iter().map(|(name, _)| *name);
        [self.numbers, self.texts, self.moments, self.lists, self.maps].into_iter().flatten().copied().chain(truths)
    }

    /// What a member is before anybody sets it.
    pub(super) fn blank(&self, name: &str) -> Value {
        match self.sort(name) {
            Some(Sort::Number) => json!(0),
            Some(Sort::Truth) => json!(self.truths.contains(&(name, true))),
            Some(Sort::Moment) => json!(UNSET),
            Some(Sort::Other) if self.maps.contains(&name) => json!({}),
            Some(Sort::Other) => json!([]),
            Some(Sort::Text) | None => Value::Null,
        }
    }

    /// An entity nobody has written to.
    pub(super) fn fresh(&self) -> Map<String, Value> {
        self.names().map(|name| (name.to_owned(), self.blank(name))).collect()
    }

    /// The member that a filter calls by this name: in any letter case, without underscores.
    pub(super) fn named(&self, name: &str) -> Option<(String, Sort)> {
        let member = self.names().find(|member| member.replace('_', "").eq_ignore_ascii_case(name))?;
        Some((member.to_owned(), self.sort(member)?))
    }
}
