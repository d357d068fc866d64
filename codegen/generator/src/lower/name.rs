use crate::names;
use crate::source::Spot;

/// The name a type gets from its place: a function of the place alone, so that the order of the document does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The wanted name, in camel case.
    pub(super) text: String,
    /// What to call it where that is taken.
    pub(super) fallback: Option<String>,
}

impl Name {
    pub(super) fn new(text: &str) -> Self {
        Self { text: names::camel_of(&names::words(text)), fallback: None }
    }

    pub(super) fn or(self, fallback: &str) -> Self {
        Self { fallback: Some(names::camel_of(&names::words(fallback))), ..self }
    }

    /// The name of something inside: `Case` and `severity` make `CaseSeverity`.
    pub(super) fn child(&self, part: &str) -> Self {
        Self { text: names::joined(&self.text, part), fallback: None }
    }

    /// The name of an entry: `CaseSteps` makes `CaseStep`, `CaseData` makes `CaseDataItem`.
    pub(super) fn entry(&self, otherwise: &str) -> Self {
        let mut words = names::words(&self.text);
        if let Some(last) = words.last_mut() {
            let one = names::singular(last);
            if *last != one {
                *last = one;
                return Self { text: names::camel_of(&words), fallback: None };
            }
        }
        self.child(otherwise)
    }

    /// The name of the thing at a place that a `$ref` leads to, and whether the document itself names it.
    pub(super) fn of_spot(spot: &Spot, file: &str) -> (Self, Option<String>) {
        let steps: Vec<_> = spot.pointer.segments().map(std::borrow::Cow::into_owned).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            [] => {
                let stem = file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
                (Self::new(stem), Some(stem.to_owned()))
            }
            ["components", kind, name, rest @ ..] => Self::of_component(kind, name, rest),
            [kind, name, rest @ ..] if KINDS.contains(kind) => Self::of_component(kind, name, rest),
            [name] => (Self::new(name), Some((*name).to_owned())),
            ["paths", name, rest @ ..] | [name, rest @ ..] => (Self::new(name).inside(rest), None),
        }
    }

    fn of_component(kind: &str, name: &str, rest: &[&str]) -> (Self, Option<String>) {
        let is_schema = matches!(kind, "schemas" | "definitions" | "$defs") && rest.is_empty();
        (Self::new(name).inside(rest), is_schema.then(|| name.to_owned()))
    }

    /// Goes on into a schema by the steps of a pointer.
    fn inside(self, steps: &[&str]) -> Self {
        match steps {
            [] => self,
            ["properties", name, rest @ ..] => self.child(name).inside(rest),
            ["items", rest @ ..] => self.entry("item").inside(rest),
            ["additionalProperties", rest @ ..] => self.entry("value").inside(rest),
            ["allOf" | "content", _, rest @ ..] | ["schema", rest @ ..] => self.inside(rest),
            ["oneOf" | "anyOf", index, rest @ ..] => self.child(index).inside(rest),
            [step, rest @ ..] => self.child(step).inside(rest),
        }
    }
}

/// Where files that hold parts keep them.
const KINDS: [&str; 6] = ["schemas", "definitions", "$defs", "parameters", "responses", "requestBodies"];
