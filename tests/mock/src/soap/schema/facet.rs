//! What a restriction of a simple type adds.

use super::super::xml;
use super::builtin::collapse;
use roxmltree::Node;
use std::cmp::Ordering;

/// The facets of one restriction step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facets {
    enumeration: Vec<String>,
    bounds: Vec<(Bound, String)>,
    lengths: Vec<(Length, usize)>,
    pub(crate) collapses: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    MinInclusive,
    MaxInclusive,
    MinExclusive,
    MaxExclusive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Exact,
    Min,
    Max,
    TotalDigits,
    FractionDigits,
}

impl Facets {
    /// Reads the facets in an `xs:restriction`; the error names one that the mock cannot check.
    pub(crate) fn read(restriction: Node<'_, '_>) -> Result<Self, String> {
        let mut facets = Self::default();
        for node in xml::schema_elements(restriction) {
            let value = node.attribute("value").unwrap_or_default().to_owned();
            let number = || value.trim().parse().map_err(|_| format!("`{value}` is no number"));
            let name = node.tag_name().name();
            match name {
                "enumeration" => facets.enumeration.push(value),
                "minInclusive" => facets.bounds.push((Bound::MinInclusive, value)),
                "maxInclusive" => facets.bounds.push((Bound::MaxInclusive, value)),
                "minExclusive" => facets.bounds.push((Bound::MinExclusive, value)),
                "maxExclusive" => facets.bounds.push((Bound::MaxExclusive, value)),
                "length" => facets.lengths.push((Length::Exact, number()?)),
                "minLength" => facets.lengths.push((Length::Min, number()?)),
                "maxLength" => facets.lengths.push((Length::Max, number()?)),
                "totalDigits" => facets.lengths.push((Length::TotalDigits, number()?)),
                "fractionDigits" => facets.lengths.push((Length::FractionDigits, number()?)),
                "whiteSpace" => facets.collapses |= value == "collapse",
                "pattern" => return Err("the mock does not check `pattern`".to_owned()),
                _ => {}
            }
        }
        Ok(facets)
    }

    /// Holds a text (white space as its base type wants it) to the facets. `items` is how many a list has.
    pub(crate) fn check(&self, text: &str, items: Option<usize>) -> Result<(), String> {
        let text = if self.collapses { collapse(text) } else { text.to_owned() };
        if !self.enumeration.is_empty() && !self.enumeration.contains(&text) {
            return Err(format!("`{text}` is none of {}", self.enumeration.join(", ")));
        }
        if let Some((bound, value)) = self.bounds.iter().find(|(bound, value)| !bound.holds(&text, value)) {
            return Err(format!("`{text}` breaks {bound:?} {value}"));
        }
        match self.lengths.iter().find(|(length, value)| !length.holds(&text, items, *value)) {
            Some((length, value)) => Err(format!("`{text}` breaks {length:?} length {value}")),
            None => Ok(()),
        }
    }
}

impl Bound {
    fn holds(self, text: &str, bound: &str) -> bool {
        let order = compare(text, bound);
        match self {
            Self::MinInclusive => order != Ordering::Less,
            Self::MaxInclusive => order != Ordering::Greater,
            Self::MinExclusive => order == Ordering::Greater,
            Self::MaxExclusive => order == Ordering::Less,
        }
    }
}

impl Length {
    fn holds(self, text: &str, items: Option<usize>, wanted: usize) -> bool {
        let length = items.unwrap_or_else(|| text.chars().count());
        let (_, whole, part) = decimal(text);
        match self {
            Self::Exact => length == wanted,
            Self::Min => length >= wanted,
            Self::Max => length <= wanted,
            Self::TotalDigits => whole.len() + part.len() <= wanted,
            Self::FractionDigits => part.len() <= wanted,
        }
    }
}

/// Sign, digits before and after the point without zeros that say nothing.
fn decimal(text: &str) -> (bool, &str, &str) {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    (negative, whole.trim_start_matches('0'), part.trim_end_matches('0'))
}

/// Compares two numbers exactly; dates and times of one form by their text.
fn compare(a: &str, b: &str) -> Ordering {
    let numeric = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
    if !numeric(a) || !numeric(b) || a.rfind('-').is_some_and(|at| at > 0) {
        return match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            _ => a.cmp(b),
        };
    }
    let ((a_negative, a_whole, a_part), (b_negative, b_whole, b_part)) = (decimal(a), decimal(b));
    let size = a_whole.len().cmp(&b_whole.len()).then_with(|| a_whole.cmp(b_whole)).then_with(|| a_part.cmp(b_part));
    let zero = |whole: &str, part: &str| whole.is_empty() && part.is_empty();
    match (a_negative && !zero(a_whole, a_part), b_negative && !zero(b_whole, b_part)) {
        (false, false) => size,
        (true, true) => size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn numbers_are_compared_as_numbers() {
        for (a, b, order) in [
            ("10", "9", Greater),
            ("-10", "9", Less),
            ("-10", "-9", Less),
            ("0.50", ".5", Equal),
            ("-0", "0", Equal),
            ("0.1", "0.09", Greater),
            ("9007199254740993", "9007199254740992", Greater),
            ("1e3", "999", Greater),
            ("2014-07-25", "2014-08-01", Less),
        ] {
            assert_eq!(compare(a, b), order, "{a} and {b}");
        }
    }
}
