//! Answers as Qase gives them, of any length.
//!
//! Members and their order are those of the reference's samples; lengths, escapes and the share of text that is not ASCII
//! vary from case to case, the same in every run.

use crate::random::Random;
use std::fmt::Write;

const WORDS: [&str; 12] = ["basket", "checkout", "the", "customer", "sees", "a", "receipt", "after", "payment", "with", "valid", "data"];
const FOREIGN: [&str; 4] = ["Überweisung", "données", "оплата", "確認"];

/// Whether cases hold members that no specification names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// They do not.
    None,
    /// Three of them.
    Some,
}

/// The value of an answer with a page of cases.
#[must_use]
pub fn page(count: u64, unknown: Unknown) -> String {
    let cases: Vec<String> = (1..=count).map(|id| case(id, unknown)).collect();
    format!(r#"{{"total":{count},"filtered":{count},"count":{count},"entities":[{}]}}"#, cases.join(","))
}

/// A whole answer around a value.
#[must_use]
pub fn answer(value: &str) -> String {
    format!(r#"{{"status":true,"result":{value}}}"#)
}

/// One case.
#[must_use]
pub fn case(id: u64, unknown: Unknown) -> String {
    let mut random = Random::new(id);
    let mut text = |words: u64| text(&mut random, words);
    let (title, description) = (text(7), text(28));
    let (preconditions, postconditions) = (text(12), if id.is_multiple_of(3) { text(8) } else { String::new() });
    let suite = if id.is_multiple_of(4) { "null".to_owned() } else { (id % 40).to_string() };
    let tags = if id.is_multiple_of(10) { r#"{"title":"web"},{"title":"slow"}"# } else { "" };
    let mut case = format!(
        r#"{{"id":{id},"position":{},"title":"{title}","description":"{description}","preconditions":"{preconditions}","postconditions":"{postconditions}","severity":{},"priority":{},"type":{},"behavior":{},"is_automated":{},"is_deprecated":false,"milestone_id":null,"suite_id":{suite},"tags":[{tags}],"links":[],"revision":{},"custom_fields":[],"attachments":[],"steps":[],"created":"2018-05-02T20:32:23.000000Z","updated":"2019-07-21T13:24:08.000000Z""#,
        id * 2,
        id % 7,
        id % 4,
        id % 9,
        id % 4,
        id.is_multiple_of(2),
        1 + id % 5,
    );
    if unknown == Unknown::Some {
        let more = r#","member_id":7,"author":{"id":7,"name":"Robin Doe","roles":["owner","tester"]},"is_manual":false"#;
        case.push_str(more);
    }
    case.push('}');
    case
}

/// JSON text of so many words; every tenth has an escape or is not ASCII.
fn text(random: &mut Random, words: u64) -> String {
    let mut text = String::new();
    for _ in 0..words + random.below(5) {
        let separator = if text.is_empty() { "" } else { " " };
        let word = match random.below(40) {
            0 => FOREIGN[random.index(FOREIGN.len())],
            1 => r#"\"quoted\""#,
            2 => r"line\nbreak",
            _ => WORDS[random.index(WORDS.len())],
        };
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{separator}{word}");
    }
    text
}
