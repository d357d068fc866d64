//! Elements kept as text.

use super::escape::escape;
use super::scope::Open;
use super::{Reader, XmlError, scan};

impl Reader<'_> {
    /// Leaves the element the reader is in, and adds its text to `kept`, completed by the declarations of namespaces that it
    /// needs to mean the same anywhere.
    pub(super) fn capture(&mut self, kept: &mut String) -> Result<(), XmlError> {
        let Some(open) = self.scope.stack.last().copied() else { return Err(self.broken("expected an element")) };
        self.skip_content()?;
        self.keep(&open, kept);
        self.scope.pop();
        Ok(())
    }

    fn keep(&self, open: &Open, kept: &mut String) {
        let raw = &self.text[open.start..self.offset()];
        let own = self.scope.declarations_of(open);
        let (name, rest) = raw.split_at(1 + open.name_len);
        kept.push_str(name);
        let declared = |prefix: &str| own.iter().any(|declaration| *declaration.prefix == *prefix);
        let mut declare = |prefix: &str, uri: &str| {
            kept.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            kept.push_str(prefix);
            kept.push_str("=\"");
            escape(kept, uri, true);
            kept.push('"');
        };
        if !declared("") {
            declare("", self.scope.uri(open.default_before()));
        }
        // A prefix may also stand in a value (`xsi:type="a:T"`), so whatever looks like one is taken for one.
        let mut seen: Vec<&str> = own.iter().map(|declaration| &*declaration.prefix).collect();
        for (colon, _) in raw.match_indices(':') {
            let from = raw[..colon].rfind(|character: char| !scan::in_name(character)).map_or(0, |at| at + 1);
            let Some(prefix) = raw.get(from..colon).filter(|prefix| !prefix.is_empty() && !seen.contains(prefix)) else { continue };
            if let Some(uri) = self.scope.outer_uri(prefix, open) {
                declare(prefix, uri);
                seen.push(prefix);
            }
        }
        kept.push_str(rest);
    }
}
