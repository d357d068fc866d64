//! Answers as a QAComplete server gives them to `Bugs_LoadByCriteria`, of any length, with records of thirty elements.

use crate::random::Random;
use std::fmt::Write;

/// The namespace of the service.
pub const NAMESPACE: &str = "http://www.pragmaticsw.com/";

const WORDS: [&str; 12] = ["login", "fails", "after", "the", "session", "of", "a", "user", "expires", "on", "every", "page"];
const ODD: [&str; 6] = ["Überweisung", "données", "確認", "&lt;b&gt;", "Q&amp;A", "&#13;"];

/// A whole answer.
#[must_use]
pub fn answer(count: u32) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body>",
    );
    // Writing to a `String` cannot fail.
    let _ = write!(xml, "<Bugs_LoadByCriteriaResponse xmlns=\"{NAMESPACE}\">{}</Bugs_LoadByCriteriaResponse>", result(count));
    xml.push_str("</soap:Body></soap:Envelope>");
    xml
}

/// What stands in the answer's wrapper.
fn result(count: u32) -> String {
    let mut xml = String::from("<Bugs_LoadByCriteriaResult>");
    (1..=count).for_each(|id| record(&mut xml, id));
    xml.push_str("</Bugs_LoadByCriteriaResult>");
    xml
}

fn record(xml: &mut String, id: u32) {
    let mut random = Random::new(u64::from(id));
    xml.push_str("<Bug>");
    let mut element = |name: &str, value: &dyn std::fmt::Display| {
        let _ = write!(xml, "<{name}>{value}</{name}>");
    };
    element("BugId", &id);
    element("ProjId", &1032);
    element("FolderId", &(id % 17));
    element("Title", &text(&mut random, 6));
    element("StatusCode", &["New", "Open", "Closed"][random.index(3)]);
    element("SeverityCode", &"3-Medium");
    element("PriorityCode", &"2-Fix soon");
    element("SoftwareVersionCode", &format_args!("1.{}", id % 9));
    element("HowFoundCode", &"Regression test");
    element("ModuleCode", &"Checkout");
    element("Description", &text(&mut random, 24));
    element("StepsToRepro", &text(&mut random, 18));
    element("ActualResults", &text(&mut random, 8));
    element("ExpectedResults", &text(&mut random, 8));
    element("Resolution", &text(&mut random, 3));
    element("IssueCode", &"Defect");
    element("AssigneeUserId", &(25_000 + id % 40));
    element("AssignedToName", &"Doe, Robin");
    element("UpdateUserId", &(25_000 + id % 40));
    element("UserName", &"Roe, Jules");
    element("FolderName", &"Sprint 12");
    element("EstHrs", &format_args!("{}.{:02}", id % 60, id % 100));
    element("ActHrs", &format_args!("{}.50", id % 60));
    element("PctComplete", &(id % 101));
    element("IsPublic", &id.is_multiple_of(2));
    element("Rank", &(u64::from(id) * 4_294_967_296));
    element("DateCreated", &format_args!("2014-07-{:02}T14:56:51.937", 1 + id % 28));
    element("DateUpdated", &format_args!("2014-08-{:02}T08:03:11.2", 1 + id % 28));
    element("DateOpened", &format_args!("2014-07-{:02}T00:00:00", 1 + id % 28));
    element("DateClosed", &"0001-01-01T00:00:00");
    xml.push_str("</Bug>");
}

/// Text of so many words; every tenth has an entity or is not ASCII.
fn text(random: &mut Random, words: u64) -> String {
    let mut text = String::new();
    for _ in 0..words + random.below(5) {
        let separator = if text.is_empty() { "" } else { " " };
        let word = if random.below(12) == 0 { ODD[random.index(ODD.len())] } else { WORDS[random.index(WORDS.len())] };
        let _ = write!(text, "{separator}{word}");
    }
    text
}
