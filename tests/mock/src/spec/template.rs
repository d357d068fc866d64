//! Path templates: `/case/{code}/{id}`.

use percent_encoding::percent_decode_str;

/// Whether `Case` and `case` are the same word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// They are not.
    #[default]
    Exact,
    /// They are, in paths and names of query keys; and members of bodies in PascalCase may come in snake_case.
    AnyCase,
}

impl Letters {
    pub(crate) fn same(self, one: &str, other: &str) -> bool {
        match self {
            Self::Exact => one == other,
            Self::AnyCase => one.eq_ignore_ascii_case(other),
        }
    }

    /// What is left of a path without its prefix.
    pub(crate) fn strip<'p>(self, path: &'p str, prefix: &str) -> Option<&'p str> {
        let (start, rest) = path.split_at_checked(prefix.len())?;
        self.same(start, prefix).then_some(rest)
    }
}

/// Placeholder names and decoded texts, in the order of the path.
pub(crate) type PathTexts = Vec<(String, String)>;

/// A parsed path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    text: String,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Placeholder { prefix: String, name: String, suffix: String },
}

/// How exact a template is: segment by segment from the left, a literal before a placeholder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exactness(Vec<bool>);

impl Template {
    /// Fails with what is wrong: no leading slash, unbalanced braces, two placeholders in one segment.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let path = text.strip_prefix('/').ok_or_else(|| format!("`{text}` does not begin with a slash"))?;
        let segments = path.split('/').map(|s| Segment::parse(s, text)).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), segments })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn exactness(&self) -> Exactness {
        Exactness(self.segments.iter().map(|s| matches!(s, Segment::Literal(_))).collect())
    }

    /// The template with its placeholders' names taken out: templates that differ only in them are the same.
    pub(crate) fn skeleton(&self) -> String {
        self.segments.iter().fold(String::new(), |text, segment| match segment {
            Segment::Literal(literal) => text + "/" + literal,
            Segment::Placeholder { prefix, suffix, .. } => text + "/" + prefix + "{}" + suffix,
        })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|s| match s {
            Segment::Literal(_) => None,
            Segment::Placeholder { name, .. } => Some(name.as_str()),
        })
    }

    /// The placeholders' decoded texts, if the path (still percent-encoded) fits.
    pub(crate) fn matches(&self, path: &str, letters: Letters) -> Option<PathTexts> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        if parts.len() != self.segments.len() {
            return None;
        }
        let mut arguments = Vec::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            let text = percent_decode_str(part).decode_utf8().ok()?;
            match segment {
                Segment::Literal(literal) if letters.same(literal, &text) => {}
                Segment::Literal(_) => return None,
                Segment::Placeholder { prefix, name, suffix } => {
                    let value = text.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?;
                    if value.is_empty() {
                        return None;
                    }
                    arguments.push((name.clone(), value.to_owned()));
                }
            }
        }
        Some(arguments)
    }
}

impl Segment {
    fn parse(text: &str, template: &str) -> Result<Self, String> {
        let Some((prefix, rest)) = text.split_once('{') else {
            return match text.contains('}') {
                true => Err(format!("`{template}` has a brace too many")),
                false => Ok(Self::Literal(text.to_owned())),
            };
        };
        let (name, suffix) = rest.split_once('}').ok_or_else(|| format!("`{template}` has an open brace"))?;
        if suffix.contains(['{', '}']) || name.is_empty() {
            return Err(format!("`{template}`: one named placeholder per segment is supported"));
        }
        Ok(Self::Placeholder { prefix: prefix.to_owned(), name: name.to_owned(), suffix: suffix.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, Template};

    fn arguments(template: &str, path: &str) -> Option<Vec<(String, String)>> {
        Template::parse(template).expect("template").matches(path, Letters::Exact)
    }

    #[test]
    fn placeholders_take_whole_decoded_segments() {
        let found = arguments("/case/{code}/{id}", "/case/D%2FM%20O/17").expect("fits");
        assert_eq!(found, [("code".to_owned(), "D/M O".to_owned()), ("id".to_owned(), "17".to_owned())]);
        assert_eq!(arguments("/case/{code}", "/case/"), None, "an empty segment is no argument");
        assert_eq!(arguments("/case/{code}", "/case/A/1"), None);
        assert_eq!(arguments("/case/{code}", "/cases/A"), None);
    }

    #[test]
    fn a_placeholder_may_have_text_around_it() {
        let found = arguments("/file/v{name}.json", "/file/vone.json").expect("fits");
        assert_eq!(found, [("name".to_owned(), "one".to_owned())]);
        assert_eq!(arguments("/file/v{name}.json", "/file/one.json"), None);
    }

    #[test]
    fn letter_case_counts_or_not() {
        let template = Template::parse("/Case/{code}").expect("template");
        assert_eq!(template.matches("/case/Demo", Letters::Exact), None);
        let found = template.matches("/case/Demo", Letters::AnyCase).expect("fits");
        assert_eq!(found, [("code".to_owned(), "Demo".to_owned())]);
    }

    #[test]
    fn broken_templates_are_refused() {
        for text in ["case", "/a/{b", "/a/b}", "/a/{}", "/a/{b}{c}"] {
            assert!(Template::parse(text).is_err(), "{text} was taken");
        }
    }
}
