use super::{Boolean, Date, Field, Filter, Number, Text};
use tms_runtime::DateTime;

const ID: Field<Number> = Field::number("id");
const HOURS: Field<Number> = Field::number("ActHrs");
const TITLE: Field<Text> = Field::text("title");
const STATUS: Field<Text> = Field::text("status");
const ACTIVE: Field<Boolean> = Field::boolean("active");
const UPDATED: Field<Date> = Field::date("DateUpdated");

#[test]
fn what_the_reference_prints() {
    let table = [
        (ID.one_of([1, 2]).and(TITLE.ne("Test Case 1")), "(id in {1,2}) AND (title != 'Test Case 1')"),
        (STATUS.contains("Awaiting").and(ACTIVE.eq(true)), "(status ~ 'Awaiting') AND (active = true)"),
        (TITLE.is_not_empty().or(STATUS.ne("Active")), "(title is not empty) OR (status != 'Active')"),
    ];
    for (filter, expected) in table {
        assert_eq!(filter.to_string(), expected);
    }
}

#[test]
fn conditions() {
    let table = [
        (ID.eq(5), "id = 5"),
        (ID.ne(-5_i8), "id != -5"),
        (ID.gt(u64::MAX), "id > 18446744073709551615"),
        (HOURS.lt(2.5), "ActHrs < 2.5"),
        (HOURS.ge(1e21), "ActHrs >= 1000000000000000000000"),
        (HOURS.le(Field::number("EstHrs")), "ActHrs <= EstHrs"),
        (ID.one_of([7]), "id in {7}"),
        (ID.none_of(vec![7, 8, 9]), "id not in {7,8,9}"),
        (ID.is_empty(), "id is empty"),
        (ID.is_not_empty(), "id is not empty"),
        (TITLE.eq(String::from("a b")), "title = 'a b'"),
        (TITLE.eq(""), "title = ''"),
        (TITLE.contains("it's 'so'"), "title ~ 'it''s ''so'''"),
        (TITLE.is_not("a\\%{}()"), "title is not 'a\\%{}()'"),
        (TITLE.is_empty(), "title is empty"),
        (ACTIVE.eq(false), "active = false"),
        (UPDATED.ge("2015-05-26"), "DateUpdated >= '2015-05-26'"),
        (UPDATED.lt(DateTime::from("2015-05-26T10:54:21.0930000")), "DateUpdated < '2015-05-26T10:54:21.0930000'"),
        (UPDATED.ne(tms_runtime::Date::from("2015-05-26")), "DateUpdated != '2015-05-26'"),
        (Filter::raw("Custom1 = 'x'"), "Custom1 = 'x'"),
    ];
    for (filter, expected) in table {
        assert_eq!(String::from(&filter), expected, "{filter:?}");
    }
}

#[test]
fn joined() {
    let [a, b, c, d] = ["a", "b", "c", "d"].map(Filter::raw);
    let (a, b, c, d) = (|| a.clone(), || b.clone(), || c.clone(), || d.clone());
    let table = [
        (a().and(b()).and(c()), "(a) AND (b) AND (c)"),
        (a().and(b().and(c())), "(a) AND (b) AND (c)"),
        (a().or(b()).or(c().or(d())), "(a) OR (b) OR (c) OR (d)"),
        (a().or(b()).and(c()), "((a) OR (b)) AND (c)"),
        (a().or(b().and(c())), "(a) OR ((b) AND (c))"),
        (!a(), "NOT (a)"),
        (!!a(), "NOT (NOT (a))"),
        (!(a().and(b())), "NOT ((a) AND (b))"),
        ((!a()).and(b()), "(NOT (a)) AND (b)"),
        (Filter::raw("(a) OR (b)").or(c()), "((a) OR (b)) OR (c)"),
    ];
    for (filter, expected) in table {
        assert_eq!(filter.to_string(), expected);
    }
}

/// A filter as it was meant, or as it was read.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

/// Conditions that look like parts of a filter.
fn leaf(index: usize) -> Filter {
    [TITLE.eq("a) OR (b"), STATUS.ne("it's ("), ID.one_of([1, 2])][index].clone()
}

impl Tree {
    /// All of them, so many levels high at most.
    fn all(height: usize) -> Vec<Self> {
        let mut trees: Vec<Self> = (0..3).map(Self::Leaf).collect();
        if height == 0 {
            return trees;
        }
        let below = Self::all(height - 1);
        for one in &below {
            trees.push(Self::Not(Box::new(one.clone())));
            for other in &below {
                let both = || vec![one.clone(), other.clone()];
                trees.extend([Self::And(both()), Self::Or(both())]);
            }
        }
        trees
    }

    fn build(&self) -> Filter {
        match self {
            Self::Leaf(index) => leaf(*index),
            Self::Not(inner) => !inner.build(),
            Self::And(parts) => parts.iter().map(Self::build).reduce(Filter::and).expect("no parts"),
            Self::Or(parts) => parts.iter().map(Self::build).reduce(Filter::or).expect("no parts"),
        }
    }

    /// Whether it holds when these conditions do.
    fn holds(&self, leaves: usize) -> bool {
        match self {
            Self::Leaf(index) => leaves >> index & 1 == 1,
            Self::Not(inner) => !inner.holds(leaves),
            Self::And(parts) => parts.iter().all(|part| part.holds(leaves)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(leaves)),
        }
    }

    /// Reads a filter as strictly as the grammar can be read: one word on each level.
    fn read(text: &str) -> Option<Self> {
        if let Some(index) = (0..3).find(|index| leaf(*index).to_string() == text) {
            return Some(Self::Leaf(index));
        }
        let (first, mut rest) = Self::group(text)?;
        let mut parts = vec![first];
        let mut word = None;
        while !rest.is_empty() {
            let (next, behind) = rest.strip_prefix(' ')?.split_once(' ')?;
            if *word.get_or_insert(next) != next {
                return None;
            }
            let (part, behind) = Self::group(behind)?;
            parts.push(part);
            rest = behind;
        }
        match word {
            None => parts.pop(),
            Some("AND") => Some(Self::And(parts)),
            Some("OR") => Some(Self::Or(parts)),
            Some(_) => None,
        }
    }

    /// `[NOT] (..)`, and what comes behind it.
    fn group(text: &str) -> Option<(Self, &str)> {
        let (negated, text) = text.strip_prefix("NOT ").map_or((false, text), |text| (true, text));
        let (mut depth, mut quoted) = (0, false);
        let end = text.bytes().position(|byte| {
            quoted ^= byte == b'\'';
            depth += match byte {
                b'(' if !quoted => 1,
                b')' if !quoted => -1,
                _ => 0,
            };
            depth == 0
        })?;
        let inner = Self::read(text[..end].strip_prefix('(')?)?;
        Some((if negated { Self::Not(Box::new(inner)) } else { inner }, &text[end + 1..]))
    }
}

#[test]
fn what_is_read_is_what_was_built() {
    for tree in Tree::all(2) {
        let text = tree.build().to_string();
        let read = Tree::read(&text).unwrap_or_else(|| panic!("{text} does not follow the grammar"));
        for leaves in 0..8 {
            assert_eq!(read.holds(leaves), tree.holds(leaves), "{text} is read as {read:?}, built from {tree:?}");
        }
    }
}
