//! The search language: `'Name' ~ 'login' and Id >= 301`.

use super::wire::text;
use serde_json::Value;

/// A search that was read: alternatives of conditions that must all hold.
#[derive(Debug)]
pub(super) struct Query(Vec<Vec<Condition>>);

#[derive(Debug)]
struct Condition {
    field: String,
    test: Test,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Equals,
    Differs,
    Contains,
    Lacks,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    Empty,
    Filled,
}

const SIGNS: [(&str, Test); 8] = [
    ("<>", Test::Differs),
    ("<=", Test::AtMost),
    (">=", Test::AtLeast),
    ("!~", Test::Lacks),
    ("=", Test::Equals),
    ("~", Test::Contains),
    ("<", Test::Less),
    (">", Test::More),
];

impl Query {
    /// Reads a search; the message says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut words = words(text)?.into_iter();
        let (mut all, mut together) = (Vec::new(), Vec::new());
        loop {
            together.push(Condition::read(&mut words)?);
            match words.next() {
                None => {
                    all.push(together);
                    return Ok(Self(all));
                }
                Some(Word::Bare(word)) if word.eq_ignore_ascii_case("and") => {}
                Some(Word::Bare(word)) if word.eq_ignore_ascii_case("or") => all.push(std::mem::take(&mut together)),
                Some(word) => return Err(format!("`{}` is neither `and` nor `or`", word.text())),
            }
        }
    }

    /// Whether a thing passes. `values` are what it has at a name, or at the number of a field.
    pub(super) fn admits(&self, values: &dyn Fn(&str) -> Vec<Value>) -> bool {
        self.0.iter().any(|all| all.iter().all(|condition| condition.holds(&values(&condition.field))))
    }
}

#[derive(Debug)]
enum Word {
    Bare(String),
    Quoted(String),
    Sign(Test),
}

impl Word {
    fn text(&self) -> String {
        match self {
            Self::Bare(text) | Self::Quoted(text) => text.clone(),
            Self::Sign(test) => format!("{test:?}"),
        }
    }
}

fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let end = quoted.find('\'').ok_or("a quote is not closed")?;
            found.push(Word::Quoted(quoted[..end].to_owned()));
            rest = &quoted[end + 1..];
        } else if let Some((sign, test)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            found.push(Word::Sign(*test));
            rest = &rest[sign.len()..];
        } else if let Some(after) = rest.strip_prefix(['(', ')', ',']) {
            found.push(Word::Bare(rest[..rest.len() - after.len()].to_owned()));
            rest = after;
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "'<>=~!(),".contains(c)).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("`{rest}` begins with no word"));
            }
            found.push(Word::Bare(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

impl Condition {
    fn read(words: &mut impl Iterator<Item = Word>) -> Result<Self, String> {
        let (Some(Word::Bare(field) | Word::Quoted(field)), Some(test)) = (words.next(), words.next()) else {
            return Err("a condition is a name, an operator and a value".to_owned());
        };
        let mut value = || match words.next() {
            Some(Word::Bare(text) | Word::Quoted(text)) => Ok(text),
            _ => Err(format!("there is no value for `{field}`")),
        };
        let (test, values) = match test {
            Word::Sign(test) => (test, vec![value()?]),
            Word::Bare(word) if word.eq_ignore_ascii_case("is") => match value()?.to_lowercase().as_str() {
                "empty" => (Test::Empty, Vec::new()),
                "not empty" => (Test::Filled, Vec::new()),
                other => return Err(format!("nothing is `{other}`")),
            },
            Word::Bare(word) if word.eq_ignore_ascii_case("in") => {
                let mut values = Vec::new();
                if value()? != "(" {
                    return Err("`in` wants a list in brackets".to_owned());
                }
                loop {
                    values.push(value()?);
                    match value()?.as_str() {
                        "," => {}
                        ")" => break,
                        other => return Err(format!("`{other}` is neither a comma nor a bracket")),
                    }
                }
                (Test::In, values)
            }
            other => return Err(format!("`{}` is no operator", other.text())),
        };
        Ok(Self { field, test, values })
    }

    fn holds(&self, found: &[Value]) -> bool {
        let found: Vec<String> = found.iter().filter(|value| !value.is_null()).map(|value| text(value).to_lowercase()).collect();
        let wanted: Vec<String> = self.values.iter().map(|value| value.to_lowercase()).collect();
        let any = |test: &dyn Fn(&str, &str) -> bool| found.iter().any(|found| wanted.iter().any(|wanted| test(found, wanted)));
        match self.test {
            Test::Equals | Test::In => any(&|found, wanted| found == wanted),
            Test::Differs => !any(&|found, wanted| found == wanted),
            Test::Contains => any(&|found, wanted| found.contains(wanted)),
            Test::Lacks => !any(&|found, wanted| found.contains(wanted)),
            Test::Less => any(&|found, wanted| order(found, wanted).is_lt()),
            Test::AtMost => any(&|found, wanted| order(found, wanted).is_le()),
            Test::More => any(&|found, wanted| order(found, wanted).is_gt()),
            Test::AtLeast => any(&|found, wanted| order(found, wanted).is_ge()),
            Test::Empty => found.iter().all(String::is_empty),
            Test::Filled => found.iter().any(|value| !value.is_empty()),
        }
    }
}

/// Numbers by value, times by moment, other texts by letters.
fn order(one: &str, other: &str) -> std::cmp::Ordering {
    let time = |text: &str| crate::spec::moment(&text.to_uppercase());
    match (one.parse::<f64>(), other.parse::<f64>(), time(one), time(other)) {
        (Ok(one), Ok(other), ..) => one.total_cmp(&other),
        (_, _, Some(one), Some(other)) => one.cmp(&other),
        _ => one.cmp(other),
    }
}

#[cfg(test)]
mod tests {
    use super::Query;
    use serde_json::{Value, json};

    fn values(name: &str) -> Vec<Value> {
        match name {
            "Name" => vec![json!("Login works")],
            "Id" => vec![json!(301)],
            "Status" => vec![json!("501"), json!("New")],
            "Created Date" => vec![json!("2026-01-01T00:00:00+00:00")],
            _ => Vec::new(),
        }
    }

    #[test]
    fn searches_admit_what_they_say() {
        for (text, admits) in [
            ("Name = 'login works'", true),
            ("'Name' ~ 'LOGIN'", true),
            ("Name!~'login'", false),
            ("Id >= 301 and Id < 302", true),
            ("Id > 1000 or Status = 'New'", true),
            ("Id > 1000 and Status = 'New' or Id = 301", true),
            ("Status <> 501", false),
            ("Status in ('Old', 501)", true),
            ("Description is 'empty'", true),
            ("'Name' is 'not empty'", true),
            ("'Created Date' >= '2025-12-31T23:00:00.000-0200'", false),
            ("'Created Date' <= '2026-01-01T00:00:00Z'", true),
        ] {
            assert_eq!(Query::read(text).expect(text).admits(&values), admits, "{text}");
        }
    }

    #[test]
    fn what_is_no_search_is_refused() {
        for (text, says) in [
            ("", "a condition is"),
            ("Name", "a condition is"),
            ("Name = ", "no value"),
            ("Name like 'x'", "no operator"),
            ("Name = 'x", "not closed"),
            ("Name = 'x' xor Id = 1", "neither `and` nor `or`"),
            ("Name is 'full'", "nothing is"),
            ("Id in 1", "in brackets"),
            ("Id in (1 2)", "neither a comma nor a bracket"),
        ] {
            let error = Query::read(text).expect_err(text);
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
