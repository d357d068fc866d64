use super::Language;
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::source::{Cursor, Value};

/// A table of `sdk.toml` being read; problems go to the report and the value counts as absent.
pub(super) struct Table<'s, 'r> {
    pub(super) at: Cursor<'s>,
    pub(super) language: Language,
    pub(super) report: &'r mut Report,
}

/// The keys a table may have.
pub(super) struct Keys<'a> {
    pub(super) both: &'a [&'a str],
    pub(super) openapi: &'a [&'a str],
    pub(super) wsdl: &'a [&'a str],
}

impl<'s> Table<'s, '_> {
    /// Reports keys other than `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        self.keys(&Keys { both: known, openapi: &[], wsdl: &[] });
    }

    /// Reports keys that are unknown, or known in the other language only.
    pub(super) fn keys(&mut self, keys: &Keys<'_>) {
        let (here, elsewhere, what) = match self.language {
            Language::OpenApi => (keys.openapi, keys.wsdl, "an OpenAPI document"),
            Language::Wsdl => (keys.wsdl, keys.openapi, "a WSDL"),
        };
        let known: Vec<&str> = keys.both.iter().chain(here).copied().collect();
        let unknown: Vec<_> = self.at.entries().filter(|(key, _)| !known.contains(key)).collect();
        for (key, at) in unknown {
            if elsewhere.contains(&key) {
                let (place, other) = match self.language {
                    Language::OpenApi => (self.place(), "SOAP"),
                    Language::Wsdl => (self.place(), "OpenAPI"),
                };
                let place = place.map(|place| format!("{place} ")).unwrap_or_default();
                let message = format!("`{place}{key}` is a setting for {other} only, and this API is described by {what}");
                self.report.push(Diagnostic::new(Tag::UnknownConfigKey, message, at.key_location()).help("remove it"));
                continue;
            }
            let help = match did_you_mean(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("allowed here: {}", listed(known.iter().copied())),
            };
            let message = match self.place() {
                Some(place) => format!("`{place}` has no setting `{key}`"),
                None => format!("there is no setting `{key}`"),
            };
            self.report.push(Diagnostic::new(Tag::UnknownConfigKey, message, at.key_location()).help(help));
        }
    }

    /// Which table this is, for messages.
    fn place(&self) -> Option<String> {
        let steps: Vec<_> = self.at.pointer().segments().map(std::borrow::Cow::into_owned).collect();
        (!steps.is_empty()).then(|| format!("[{}]", steps.join(".")))
    }

    /// A sub-table.
    pub(super) fn table(&mut self, key: &str) -> Option<Table<'s, '_>> {
        let at = self.at.get(key)?;
        if at.node().as_map().is_none() {
            self.wrong(&at, "a table");
            return None;
        }
        Some(Table { at, language: self.language, report: self.report })
    }

    /// The sub-tables of a sub-table, such as all `[resources.x]`.
    pub(super) fn each(&mut self, key: &str, mut read: impl FnMut(&str, Table<'s, '_>)) {
        let Some(table) = self.table(key) else { return };
        let names: Vec<_> = table.at.entries().collect();
        for (name, at) in names {
            if at.node().as_map().is_some() {
                read(name, Table { at, language: table.language, report: table.report });
            } else {
                let shown = at.node().kind();
                table.report.push(invalid(&at, format!("`{name}` must be a table, not {shown}")));
            }
        }
    }

    /// A text that may be empty.
    pub(super) fn maybe_empty(&mut self, key: &str) -> Option<String> {
        if self.at.str(key) == Some("") { Some(String::new()) } else { self.text(key) }
    }

    /// A truth value; `false` if it is not there.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let Some(at) = self.at.get(key) else { return false };
        let value = at.node().as_bool();
        if value.is_none() {
            self.wrong(&at, "`true` or `false`");
        }
        value == Some(true)
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let at = self.at.get(key)?;
        match &at.node().value {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::String(_) => {
                self.report.push(invalid(&at, format!("`{key}` is empty")));
                None
            }
            _ => {
                self.wrong(&at, "a text");
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn needed(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        self.demand(key);
        text
    }

    /// A number from 1.
    pub(super) fn count(&mut self, key: &str) -> Option<u32> {
        self.number(key, 1)
    }

    /// A number from 0 or 1.
    pub(super) fn number(&mut self, key: &str, least: u32) -> Option<u32> {
        let at = self.at.get(key)?;
        let number = at.node().as_number().and_then(crate::source::Number::as_i64);
        let fits = number.and_then(|number| u32::try_from(number).ok()).filter(|number| *number >= least);
        if fits.is_none() {
            self.wrong(&at, &format!("a whole number from {least}"));
        }
        fits
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(at) = self.at.get(key) else { return Vec::new() };
        if at.node().as_list().is_none() {
            self.wrong(&at, "a list of texts");
        }
        let mut texts = Vec::new();
        for item in at.items() {
            match item.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.report.push(invalid(&item, format!("`{key}` must be a list of texts, not of {}", item.node().kind()))),
            }
        }
        texts
    }

    /// A list whose entries are texts or lists of texts.
    pub(super) fn lists(&mut self, key: &str) -> Vec<Vec<String>> {
        let Some(at) = self.at.get(key) else { return Vec::new() };
        if at.node().as_list().is_none() {
            self.wrong(&at, "a list of texts");
        }
        let mut lists = Vec::new();
        for item in at.items() {
            let one = item.as_str().map(|text| vec![text.to_owned()]);
            let several = || item.items().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>();
            match one.or_else(several).filter(|texts| !texts.is_empty()) {
                Some(texts) => lists.push(texts),
                None => {
                    let message = format!("`{key}` must be a list of texts, or of lists of texts, not of {}", item.node().kind());
                    self.report.push(invalid(&item, message));
                }
            }
        }
        lists
    }

    /// All members of this table, which must be texts.
    pub(super) fn all_texts(&mut self) -> Vec<(String, String)> {
        let keys: Vec<_> = self.at.entries().map(|(key, _)| key.to_owned()).collect();
        keys.into_iter().filter_map(|key| self.text(&key).map(|text| (key, text))).collect()
    }

    /// Reports `key` unless it is there.
    pub(super) fn demand(&mut self, key: &str) {
        if self.at.get(key).is_none() {
            let message = self.place().map_or_else(|| format!("`{key}` is missing"), |place| format!("`{place}` lacks `{key}`"));
            let example = if key == "crate" { Some("add `crate = \"name-of-the-crate\"`".to_owned()) } else { None };
            self.report.push(Diagnostic::new(Tag::MissingConfigKey, message, self.at.key_location()).maybe_help(example));
        }
    }

    /// Reports a name that is to become a module and cannot.
    pub(super) fn module_name(&mut self, name: &str) {
        if !is_ident(name) {
            let message = format!("`{name}` cannot be the name of a module");
            let help = "module names are snake case: lower-case letters, digits and `_`";
            self.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, self.at.key_location()).help(help));
        }
    }

    fn wrong(&mut self, at: &Cursor<'_>, wanted: &str) {
        let key = at.key().unwrap_or_default();
        self.report.push(invalid(at, format!("`{key}` must be {wanted}, not {}", shown(at))));
    }
}

/// A value as messages show it.
fn shown(at: &Cursor<'_>) -> String {
    match &at.node().value {
        Value::Number(number) => format!("`{number}`"),
        _ => at.node().kind().to_owned(),
    }
}

pub(super) fn invalid(at: &Cursor<'_>, message: String) -> Diagnostic {
    Diagnostic::new(Tag::InvalidConfigValue, message, at.location())
}

pub(super) fn is_ident(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !matches!(name, "self" | "super" | "crate" | "_")
}
