use super::Config;
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use std::collections::BTreeSet;

/// Something of the document that a line of `sdk.toml` speaks of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    /// What it is: `operation`, `tag`, …
    pub(crate) noun: &'a str,
    /// What `sdk.toml` calls it.
    pub(crate) name: &'a str,
    /// Where that stands in `sdk.toml`.
    pub(crate) place: &'a [&'a str],
    /// On which side of the `=`.
    pub(crate) half: Half,
}

/// A side of the `=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Key,
    Value,
}

impl Config {
    /// Reports a target that is not among those the document has.
    pub(crate) fn demand(&self, target: &Target<'_>, known: &BTreeSet<&str>, report: &mut Report) {
        let Target { noun, name, place, half } = *target;
        if known.contains(name) {
            return;
        }
        let steps = place.iter().copied();
        let Some(location) = (if half == Half::Key { self.key(steps) } else { self.value(steps) }) else { return };
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if known.is_empty() => None,
            None => Some(format!("it has: {}", listed(known.iter().copied()))),
        };
        let message = format!("the document has no {noun} `{name}`");
        report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, location).maybe_help(help));
    }
}
