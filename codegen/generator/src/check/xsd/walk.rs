use super::{reference, vocabulary};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::source::Name;
use crate::xsd::{Kind, Part, Schemas};

/// What a check of all schemas shares.
pub(super) struct Walk<'a, 's> {
    pub(super) schemas: &'a Schemas<'s>,
    pub(super) report: &'a mut Report,
    /// Candidates that may still be looked at for a name that was meant.
    guesses: usize,
}

/// Enough for some hundred wrong names in a large schema.
const MAX_GUESSES: usize = 1_000_000;

/// Checks each part of each schema by itself.
pub(super) fn check(schemas: &Schemas<'_>, report: &mut Report) {
    let mut walk = Walk { schemas, report, guesses: MAX_GUESSES };
    for schema in schemas.schemas() {
        walk.part(schema);
    }
}

impl<'s> Walk<'_, 's> {
    fn part(&mut self, part: Part<'s>) {
        let parent = part.at.local();
        let known = vocabulary::children(parent);
        reference::check(self, part);
        self.names(part);
        self.words(part);
        self.occurs(part);
        for child in part.children() {
            let local = child.at.local();
            if known.contains(&local) {
                self.part(child);
                continue;
            }
            let message = format!("XML Schema does not define `{local}` in `{parent}`");
            let near = did_you_mean(local, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            self.report.push(Diagnostic::new(Tag::UnknownElement, message, child.at.location()).maybe_help(near));
        }
        if matches!(parent, "redefine" | "override") {
            self.redefined(part);
        }
    }

    /// Attributes without which a part means nothing, and names that no element can have.
    fn names(&mut self, part: Part<'s>) {
        let local = part.at.local();
        let needed: &[&str] = match local {
            "element" | "attribute" | "group" | "attributeGroup" if !part.is_global() => &["name", "ref"],
            "element" | "attribute" | "group" | "attributeGroup" => &["name"],
            "complexType" | "simpleType" if part.is_global() => &["name"],
            "extension" => &["base"],
            "enumeration" => &["value"],
            _ => return,
        };
        if needed.iter().all(|name| part.attr(name).is_none()) {
            let message = format!("`{local}` has no {}", listed(needed.iter().copied()));
            self.report.push(Diagnostic::new(Tag::MissingAttribute, message, part.at.location()));
        }
        if let Some(name) = part.attr("name").filter(|name| !is_name(name)) {
            let message = format!("`{name}` is not a name");
            let help = "a name begins with a letter and goes on with letters, digits, `.`, `-` and `_`";
            self.report.push(Diagnostic::new(Tag::InvalidName, message, part.at.attr_location("name")).help(help));
        }
    }

    /// Attributes whose values are words of XML Schema.
    fn words(&mut self, part: Part<'s>) {
        const FLAGS: &[&str] = &["true", "false", "1", "0"];
        const FORMS: &[&str] = &["qualified", "unqualified"];
        let attributes: &[(&str, &[&str])] = match part.at.local() {
            "schema" => &[("elementFormDefault", FORMS), ("attributeFormDefault", FORMS)],
            "element" => &[("form", FORMS), ("nillable", FLAGS), ("abstract", FLAGS)],
            "attribute" => &[("form", FORMS), ("use", &["required", "optional", "prohibited"])],
            "complexType" => &[("abstract", FLAGS), ("mixed", FLAGS)],
            "complexContent" => &[("mixed", FLAGS)],
            _ => return,
        };
        for (attribute, known) in attributes {
            let Some(value) = part.attr(attribute).filter(|value| !known.contains(value)) else { continue };
            let message = format!("`{attribute}` is {}, not `{value}`", listed(known.iter().copied()));
            self.report.push(Diagnostic::new(Tag::UnknownValue, message, part.at.attr_location(attribute)));
        }
    }

    fn occurs(&mut self, part: Part<'s>) {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (min, max) = (part.attr("minOccurs"), part.attr("maxOccurs"));
        for (attribute, value) in [("minOccurs", min), ("maxOccurs", max)] {
            let (wanted, word) = if attribute == "maxOccurs" { ("a number or `unbounded`", "unbounded") } else { ("a number", "0") };
            if let Some(value) = value.filter(|value| !number(value) && *value != word) {
                let message = format!("`{attribute}` must be {wanted}, not `{value}`");
                self.report.push(Diagnostic::new(Tag::InvalidOccurs, message, part.at.attr_location(attribute)));
            }
        }
        let value = |text: Option<&str>| text.map_or(Some(1), |text| text.parse::<u64>().ok());
        if let (Some(least), Some(most)) = (value(min), value(max))
            && least > most
        {
            let attribute = if min.is_some() { "minOccurs" } else { "maxOccurs" };
            let message = format!("this must occur at least {least} times and at most {most} times");
            self.report.push(Diagnostic::new(Tag::InvalidOccurs, message, part.at.attr_location(attribute)));
        }
    }

    fn redefined(&mut self, part: Part<'s>) {
        for child in part.children() {
            let message = format!("`{}` is defined anew by `{}`", child.attr("name").unwrap_or(child.at.local()), part.at.local());
            let help = "edit the schema it comes from, and include that";
            self.report.push(Diagnostic::new(Tag::UnsupportedSchema, message, child.at.location()).help(help));
        }
    }

    /// The component that was probably meant by a misspelled name. Schemas in which very many names are wrong get no more guesses.
    pub(super) fn near(&mut self, kind: Kind, name: Name<'s>) -> Option<(&'s str, Part<'s>)> {
        let candidates: Vec<_> = self.schemas.in_namespace(kind, name.namespace).take(self.guesses).collect();
        self.guesses -= candidates.len();
        let near = did_you_mean(name.local, candidates.iter().map(|(local, _)| *local))?;
        candidates.into_iter().find(|(local, _)| *local == near)
    }
}

/// Whether an element can have this name.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = |c: char| c.is_alphabetic() || c == '_';
    // Combining and extending characters are letters enough.
    chars.next().is_some_and(starts)
        && chars.all(|c| starts(c) || c.is_numeric() || matches!(c, '.' | '-' | '\u{B7}' | '\u{300}'..='\u{36F}'))
}
